// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/study.h"
#include "commands/study_folder.h"
#include "commands/study_run.h"
#include "study/sample_design.h"
#include "study/selection.h"

#include <cstdio>

namespace lacuna
{
  namespace
  {
    namespace fs = std::filesystem;
    using Status = CaseOutcome::Status;
  } // namespace

  int study_status(const fs::path &folder, StatusList list)
  {
    const StudyPlan plan     = plan_as_recorded(folder);
    const StudyCounts counts = count_outcomes(plan, folder);
    const auto of            = [](const std::map<Status, std::set<unsigned int>> &by_status,
                       const std::vector<Status> &wanted)
    {
      std::set<unsigned int> numbers;
      for (const Status status : wanted)
        if (const auto found = by_status.find(status); found != by_status.end())
          numbers.insert(found->second.begin(), found->second.end());
      return numbers;
    };
    if (list != StatusList::none)
    {
      const bool cases  = list == StatusList::unfinished || list == StatusList::failed;
      const bool failed = list == StatusList::failed || list == StatusList::failed_untreated;
      std::printf("%s\n",
                  compact_list(of(cases ? counts.cases : counts.untreated,
                                  failed ? std::vector<Status>{Status::failed}
                                         : std::vector<Status>{Status::waiting, Status::stopped}))
                      .c_str());
      return 0;
    }
    std::printf("%s\n%s: %s\n", plan.study.title.c_str(),
                count_text(plan.cases.size(), "case").c_str(), summary_line(counts).c_str());
    for (const PlannedCase &planned : plan.cases)
    {
      const CaseOutcome outcome = outcome_of_case(folder, planned.number);
      if (outcome.status == Status::failed || outcome.status == Status::stopped)
        std::printf("%s (%s): %s: %s\n", planned.name().c_str(), planned.label().c_str(),
                    status_text(outcome.status).c_str(), outcome.reason.c_str());
    }
    return 0;
  }

  int collect_study(const fs::path &folder)
  {
    Log log(true, screen(false));
    const StudyPlan plan = plan_as_recorded(folder);
    collect(plan, folder, log);
    say_end(plan, folder, log);
    return 0;
  }
} // namespace lacuna
