// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/tasks.h"

#include <map>

namespace lacuna
{
  namespace
  {
    using Status = CaseOutcome::Status;

    class TaskList
    {
    public:
      TaskList(const StudyPlan &plan_, const TaskRequest &request_) : plan(plan_), request(request_)
      {
      }

      std::vector<Task> tasks;

      void add(const PlannedCase &planned)
      {
        const auto &folder       = request.folder;
        const CaseOutcome before = outcome_of_case(folder, planned.number);
        const bool again         = (before.status == Status::failed && request.retry_failed) ||
                           request.changed.count(planned.number) != 0;
        if (before.finished() && !again)
          return;
        int after = -1;
        for (const UntreatedTissue &tissue : plan.untreated)
          if (tissue.number == planned.untreated)
            after = add(tissue);
        add(planned.name(), planned.label(), planned.assignments(folder),
            place::case_folder(planned.number), place::case_outcome(planned.number), after);
      }

      /** Index of the task; -1 if the tissue is there already. */
      int add(const UntreatedTissue &tissue)
      {
        if (const auto known = index.find(tissue.number); known != index.end())
          return known->second;
        const auto run           = place::untreated_folder(tissue.number);
        const CaseOutcome before = outcome_of_untreated(request.folder, tissue.number);
        int &at                  = index[tissue.number];
        at                       = -1;
        if (before.status == Status::done && !input_changed(request.folder / run, tissue.input))
          return at;
        at = static_cast<int>(tasks.size());
        add(tissue.name(), "", assignments_of(tissue.settings), run,
            place::untreated_outcome(tissue.number), -1);
        const bool again = request.retry_failed || request.untreated.count(tissue.number) != 0;
        if (before.status == Status::failed && !again)
          tasks.back().known_failure = before.reason;
        return at;
      }

    private:
      void add(const std::string &name, const std::string &label,
               const std::vector<std::string> &assignments, const std::filesystem::path &run,
               const std::filesystem::path &outcome, int after)
      {
        const auto &folder = request.folder;
        tasks.push_back({name, label, command(assignments, folder / run), folder / run,
                         folder / place::log_beside(outcome), folder / outcome, after});
      }

      std::vector<std::string> command(const std::vector<std::string> &assignments,
                                       const std::filesystem::path &run) const
      {
        std::vector<std::string> words;
        if (plan.study.ranks > 1)
          words = {
              request.mpirun.string(), "-n", std::to_string(plan.study.ranks), "--bind-to", "none",
              "--oversubscribe"};
        words.insert(words.end(), {request.program.string(), "run", plan.study.case_file.string()});
        for (const std::string &assignment : assignments)
          words.insert(words.end(), {"--set", assignment});
        words.insert(words.end(), {"--output", run.string(), "--overwrite", "--quiet"});
        return words;
      }

      const StudyPlan &plan;
      const TaskRequest &request;
      std::map<unsigned int, int> index; ///< of the tasks of untreated tissues
    };
  } // namespace

  std::vector<Task> tasks_of(const StudyPlan &plan, const TaskRequest &request)
  {
    TaskList list(plan, request);
    for (const UntreatedTissue &tissue : plan.untreated)
      if (request.untreated.count(tissue.number) != 0)
        list.add(tissue);
    for (const PlannedCase &planned : plan.cases)
      if (request.cases.count(planned.number) != 0)
        list.add(planned);
    return list.tasks;
  }

  void settle_outcomes(const StudyPlan &plan, const TaskRequest &request)
  {
    const auto settle =
        [&](const std::filesystem::path &file, const std::string &name, const CaseOutcome &outcome)
    {
      if (outcome.finished() && !std::filesystem::exists(request.folder / file))
        write_outcome(request.folder / file, name, outcome);
    };
    for (const PlannedCase &planned : plan.cases)
      if (request.cases.count(planned.number) != 0)
        settle(place::case_outcome(planned.number), planned.name(),
               outcome_of_case(request.folder, planned.number));
    for (const UntreatedTissue &tissue : plan.untreated)
      settle(place::untreated_outcome(tissue.number), tissue.name(),
             outcome_of_untreated(request.folder, tissue.number));
  }
} // namespace lacuna
