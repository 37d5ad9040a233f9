// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/case_outcome.h"

#include "config/compare_parameters.h"
#include "config/text.h"
#include "output/text_file.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <map>
#include <optional>

namespace lacuna
{
  namespace
  {
    using Status = CaseOutcome::Status;

    const std::map<std::string, Status> &statuses()
    {
      static const std::map<std::string, Status> names = {{"waiting", Status::waiting},
                                                          {"done", Status::done},
                                                          {"failed", Status::failed},
                                                          {"stopped", Status::stopped}};
      return names;
    }

    nlohmann::json read_json(const std::filesystem::path &file)
    {
      std::ifstream stream(file);
      return nlohmann::json::parse(stream, nullptr, false);
    }

    std::string status_of_run(const std::filesystem::path &run_folder)
    {
      const auto summary = read_json(run_folder / "summary.json");
      return summary.is_object() ? summary.value("status", "") : "";
    }

    bool run_is_done(const std::filesystem::path &run_folder)
    {
      return status_of_run(run_folder) == "done" || missed_target(run_folder);
    }

    /** Where a case takes its control from, and where it writes, is the study's affair. */
    const std::vector<std::string> &beside_the_case()
    {
      static const std::vector<std::string> paths = {"Injections/Control", "Injections/Control run",
                                                     "Output/Folder"};
      return paths;
    }

    std::optional<ParameterDifference> change(const std::filesystem::path &run_folder,
                                              const std::string &input)
    {
      const auto file = run_folder / "parameters.prm";
      std::error_code ignored;
      if (!std::filesystem::exists(file, ignored))
        return std::nullopt;
      return first_difference(read_text_file(file), input, beside_the_case());
    }

    std::string now_instead_of(const std::string &what, const std::string &before,
                               const std::string &now)
    {
      return what + " was " + in_quotes(before) + " and is now " + in_quotes(now);
    }

    /** What is not any more as it was when the case ran; "" if nothing. */
    std::string change_of(const PlannedCase &planned, const std::filesystem::path &run)
    {
      if (const auto difference = change(run, planned.input))
        return now_instead_of("'" + difference->path + "'", difference->before, difference->now);
      const auto summary = read_json(run / "summary.json");
      if (!summary.is_object() || !summary.contains("versions"))
        return "";
      for (const auto &[law, version] : planned.laws)
        if (const std::string before = summary["versions"].value("law " + law, version);
            before != version)
          return now_instead_of("the version of law '" + law + "'", before, version);
      return "";
    }
  } // namespace

  bool missed_target(const std::filesystem::path &run_folder)
  {
    return status_of_run(run_folder) == "target missed";
  }

  std::string status_text(CaseOutcome::Status status)
  {
    for (const auto &[name, known] : statuses())
      if (known == status)
        return name;
    return "";
  }

  void write_outcome(const std::filesystem::path &file, const std::string &of,
                     const CaseOutcome &outcome)
  {
    const nlohmann::ordered_json json = {{"run", of},
                                         {"status", status_text(outcome.status)},
                                         {"exit_status", outcome.exit_status},
                                         {"reason", outcome.reason},
                                         {"seconds", outcome.seconds}};
    std::filesystem::create_directories(file.parent_path());
    write_atomically(file,
                     json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + '\n');
  }

  CaseOutcome read_outcome(const std::filesystem::path &outcome_file,
                           const std::filesystem::path &run_folder)
  {
    CaseOutcome outcome;
    if (const auto json = read_json(outcome_file); json.is_object())
    {
      const auto status   = statuses().find(json.value("status", "waiting"));
      outcome.status      = status == statuses().end() ? Status::waiting : status->second;
      outcome.exit_status = json.value("exit_status", 0);
      outcome.reason      = json.value("reason", "");
      outcome.seconds     = json.value("seconds", 0.);
    }
    // The results are what counts: they may be gone, or complete although the outcome was not
    // written any more.
    if (outcome.status != Status::failed)
    {
      const bool done = run_is_done(run_folder);
      if (done)
        outcome.status = Status::done;
      else if (outcome.status == Status::done)
        outcome = CaseOutcome();
    }
    return outcome;
  }

  CaseOutcome outcome_of_case(const std::filesystem::path &study_folder, unsigned int number)
  {
    return read_outcome(study_folder / place::case_outcome(number),
                        study_folder / place::case_folder(number));
  }

  CaseOutcome outcome_of_untreated(const std::filesystem::path &study_folder, unsigned int number)
  {
    return read_outcome(study_folder / place::untreated_outcome(number),
                        study_folder / place::untreated_folder(number));
  }

  bool input_changed(const std::filesystem::path &run_folder, const std::string &input)
  {
    return !input.empty() && change(run_folder, input).has_value();
  }

  ChangedCases changed_cases(const StudyPlan &plan, const std::filesystem::path &folder)
  {
    ChangedCases changed;
    for (const PlannedCase &planned : plan.cases)
    {
      const auto run = folder / place::case_folder(planned.number);
      if (!outcome_of_case(folder, planned.number).finished())
        continue;
      const std::string difference = change_of(planned, run);
      if (difference.empty())
        continue;
      if (changed.numbers.empty())
        changed.first = planned.name() + ": " + difference;
      changed.numbers.push_back(planned.number);
    }
    return changed;
  }
} // namespace lacuna
