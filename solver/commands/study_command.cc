// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/command.h"
#include "commands/study.h"
#include "config/suggestion.h"
#include "config/text.h"
#include "config/user_error.h"

#include <CLI/CLI.hpp>

#include <charconv>
#include <memory>

namespace lacuna
{
  namespace
  {
    /** A check of an option that counts something. */
    std::string check_count(const std::string &text)
    {
      constexpr unsigned int largest = 100000;
      unsigned int number            = 0;
      const char *const end          = text.data() + text.size();
      const auto [rest, error]       = std::from_chars(text.data(), end, number);
      const bool counts = error == std::errc() && rest == end && number > 0 && number <= largest;
      return counts ? ""
                    : in_quotes(text) + " is no whole number from 1 to " + std::to_string(largest);
    }

    void add_execution(CLI::App &command, StudyExecution &execution)
    {
      command
          .add_option("--jobs", execution.jobs,
                      "cases at a time (default: as many as there are processors for)")
          ->check(check_count);
      command.add_option("--only", execution.only, "cases: '7', '3-9,12' or 'axis=value'")
          ->take_all()
          ->allow_extra_args(false);
      command.add_flag("--dry-run", execution.dry_run, "say what would be run");
      command.add_flag("--quiet", execution.quiet, "say nothing but errors");
    }

    void describe_status(CLI::App &status, Action &action)
    {
      struct Input
      {
        std::string folder;
        bool unfinished = false, unfinished_untreated = false, failed = false,
             failed_untreated = false;

        StatusList list() const
        {
          return unfinished             ? StatusList::unfinished
                 : unfinished_untreated ? StatusList::unfinished_untreated
                 : failed               ? StatusList::failed
                 : failed_untreated     ? StatusList::failed_untreated
                                        : StatusList::none;
        }
      };
      const auto input = std::make_shared<Input>();
      status.add_option("DIR", input->folder, "folder of the study")->required();
      status.add_flag("--unfinished", input->unfinished, "only the numbers of the cases to be run");
      status.add_flag("--unfinished-untreated", input->unfinished_untreated,
                      "... of untreated tissues");
      status.add_flag("--failed", input->failed, "only the numbers of the cases that failed");
      status.add_flag("--failed-untreated", input->failed_untreated, "... of untreated tissues");
      add_examples(status, {"lacuna study status results/studies/injection-volume"});
      status.callback([input, &action]
                      { action = [input] { return study_status(input->folder, input->list()); }; });
    }

    void describe_resume(CLI::App &resume, Action &action)
    {
      const auto options    = std::make_shared<ResumeOptions>();
      const auto no_collect = std::make_shared<bool>(false);
      resume.add_option("DIR", options->folder, "folder of the study")->required();
      add_execution(resume, options->execution);
      resume.add_option("--untreated", options->untreated, "only this untreated tissue")
          ->check(check_count);
      resume.add_flag("--retry-failed", options->retry_failed, "also run cases that failed");
      resume.add_flag("--accept-changes", options->accept_changes,
                      "compute anew what has changed since");
      resume.add_flag("--no-collect", *no_collect, "leave results.csv as it is");
      const std::string example = "lacuna study resume results/studies/injection-volume";
      add_examples(resume, {example, example + " --only 7 --retry-failed"});
      resume.callback(
          [options, no_collect, &action]
          {
            options->collect = !*no_collect;
            action           = [options] { return resume_study(*options); };
          });
    }

    void describe_collect(CLI::App &collect, Action &action)
    {
      const auto folder = std::make_shared<std::string>();
      collect.add_option("DIR", *folder, "folder of the study")->required();
      add_examples(collect, {"lacuna study collect results/studies/injection-volume"});
      collect.callback([folder, &action] { action = [folder] { return collect_study(*folder); }; });
    }

    const std::vector<std::string> &batch_systems()
    {
      static const std::vector<std::string> names{"slurm", "snakemake"};
      return names;
    }

    std::string check_batch_system(const std::string &name)
    {
      return contains(batch_systems(), name)
                 ? ""
                 : in_quotes(name) + " is not a batch system that is known here" +
                       suggestion(name, batch_systems());
    }

    void add_options(CLI::App &study, StudyOptions &options, std::string &folder)
    {
      study.add_option("FILE", options.file, "study file");
      add_overrides(study, options.overrides,
                    "replace a parameter of the study, or of all its cases: 'Path=value unit'");
      study.add_option("--output", folder, "folder for the results");
      study.add_flag("--overwrite", options.overwrite, "replace an earlier study there");
      study.add_option("--to", options.to, "only plan, for a batch system: slurm or snakemake")
          ->check(check_batch_system);
      add_execution(study, options.execution);
    }

    /** A misspelt command would be taken for the file. */
    void check_file(const std::filesystem::path &file, const CLI::App &study)
    {
      const std::string see = "\n  See 'lacuna study --help'.";
      std::vector<std::string> known;
      for (const CLI::App *command : study.get_subcommands({}))
        known.push_back(command->get_name());
      std::error_code ignored;
      const std::string name = file.string();
      if (name.empty())
        throw UserError(
            "FILE is missing; write 'lacuna study FILE' (FILE: study file), or one of the "
            "commands " +
            list_in_quotes(known) + see);
      if (std::filesystem::exists(file, ignored))
        return;
      if (name == "help")
        throw UserError("'help' is not a command of 'lacuna study'; write 'lacuna study --help'");
      if (!file.has_extension() && !nearest(name, known).empty())
        throw UserError("there is no file " + in_quotes(name) + suggestion(name, known) + see);
    }
  } // namespace

  void describe_study(CLI::App &study, Action &action)
  {
    const auto options = std::make_shared<StudyOptions>();
    const auto folder  = std::make_shared<std::string>();
    add_options(study, *options, *folder);
    study.require_subcommand(0, 1);
    describe_status(*study.add_subcommand("status", "Says what is done, failed and waiting"),
                    action);
    describe_resume(*study.add_subcommand("resume", "Runs the cases that are not finished"),
                    action);
    describe_collect(*study.add_subcommand("collect", "Gathers what is done into results.csv"),
                     action);
    add_examples(study, {"lacuna study volumes.prm --jobs 4", "lacuna study volumes.prm --dry-run",
                         "lacuna study volumes.prm --set 'Time/End=90 d' --only 'grade=III'",
                         "lacuna study volumes.prm --output results/volumes --to slurm"});
    study.callback(
        [options, folder, &study, &action]
        {
          if (!study.get_subcommands().empty())
            return;
          check_file(options->file, study);
          if (study.count("--output") > 0)
            options->folder = *folder;
          action = [options] { return run_study(*options); };
        });
  }
} // namespace lacuna
