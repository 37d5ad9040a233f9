// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Dispatch to a command, nothing else.

#include "commands/check.h"
#include "commands/doctor.h"
#include "commands/parameters.h"
#include "commands/plugin.h"
#include "commands/plugin_check.h"
#include "commands/plugin_new.h"
#include "commands/report.h"
#include "commands/run.h"
#include "commands/study.h"
#include "commands/version.h"
#include "config/suggestion.h"
#include "config/user_error.h"
#include "output/log.h"

#include <CLI/CLI.hpp>

#include <deal.II/base/mpi.h>

#include <petscsys.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>

namespace
{
  using lacuna::UserError;

  std::string version_text()
  {
    std::string text;
    for (const auto &[what, number] : lacuna::versions())
      text += what + " " + number + "\n";
    return text;
  }

  /** The lines with which the help of a command ends. */
  void add_examples(CLI::App *command, const std::vector<std::string> &examples)
  {
    std::string text = examples.size() == 1 ? "Example:" : "Examples:";
    for (const std::string &example : examples)
      text += "\n  " + example;
    command->footer(text);
  }

  /** Sets up the commands on laws. */
  void describe_plugin(CLI::App &plugin, std::function<int()> &action)
  {
    static std::string name, folder = ".";
    static std::vector<std::string> overrides;
    const auto add_overrides = [](CLI::App *command)
    {
      command->add_option("--set", overrides, "replace a parameter: 'Parameter=value unit'")
          ->take_all()
          ->allow_extra_args(false);
    };
    plugin.require_subcommand(1);
    add_examples(&plugin, {"lacuna plugin list", "lacuna plugin new glucose-death"});

    CLI::App *list = plugin.add_subcommand("list", "Lists the laws that are found");
    add_examples(list,
                 {"lacuna plugin list", "LACUNA_PLUGIN_PATH=$HOME/my-laws lacuna plugin list"});
    list->callback([&action] { action = [] { return lacuna::run_plugin_list(); }; });

    CLI::App *info = plugin.add_subcommand("info", "Describes one law");
    info->add_option("NAME", name, "name or path")->required();
    add_overrides(info);
    add_examples(info, {"lacuna plugin info bibby-metabolism", "lacuna plugin info ./mine.so"});
    info->callback([&action] { action = [] { return lacuna::run_plugin_info(name, overrides); }; });

    CLI::App *check = plugin.add_subcommand("check", "Checks one law, without a case");
    check->add_option("NAME", name, "name or path")->required();
    add_overrides(check);
    add_examples(check, {"lacuna plugin check ./mine.so",
                         "lacuna plugin check ./mine.so --set 'Death rate=2 1/d'"});
    check->callback([&action]
                    { action = [] { return lacuna::run_plugin_check(name, overrides); }; });

    CLI::App *begin = plugin.add_subcommand("new", "Begins a law of your own");
    begin->add_option("NAME", name, "of the law, such as glucose-death")->required();
    begin->add_option("--in", folder, "folder in which its folder is made (default: here)");
    add_examples(begin, {"lacuna plugin new glucose-death --in ~/my-laws"});
    begin->callback([&action] { action = [] { return lacuna::run_plugin_new(name, folder); }; });
  }

  void add_execution(CLI::App *command, lacuna::StudyExecution &execution)
  {
    command
        ->add_option("--jobs", execution.jobs,
                     "cases at a time (default: as many as there are processors for)")
        ->check(CLI::Range(1, 100000));
    command->add_option("--only", execution.only, "cases: '7', '3-9,12' or 'axis=value'")
        ->take_all()
        ->allow_extra_args(false);
    command->add_flag("--dry-run", execution.dry_run, "say what would be run");
    command->add_flag("--quiet", execution.quiet, "say nothing but errors");
  }

  /** Sets up the commands on studies that were begun. */
  void describe_begun_study(CLI::App &study, std::function<int()> &action)
  {
    static lacuna::ResumeOptions options;
    static bool no_collect = false;
    static bool unfinished = false, unfinished_untreated = false, failed = false,
                failed_untreated = false;

    CLI::App *status = study.add_subcommand("status", "Says what is done, failed and waiting");
    status->add_option("DIR", options.folder, "folder of the study")->required();
    status->add_flag("--unfinished", unfinished, "only the numbers of the cases to be run");
    status->add_flag("--unfinished-untreated", unfinished_untreated, "... of untreated tissues");
    status->add_flag("--failed", failed, "only the numbers of the cases that failed");
    status->add_flag("--failed-untreated", failed_untreated, "... of untreated tissues");
    add_examples(status, {"lacuna study status results/studies/injection-volume"});
    status->callback(
        [&action]
        {
          action = []
          {
            using List = lacuna::StatusList;
            return lacuna::study_status(options.folder, unfinished ? List::unfinished
                                                        : unfinished_untreated
                                                            ? List::unfinished_untreated
                                                        : failed           ? List::failed
                                                        : failed_untreated ? List::failed_untreated
                                                                           : List::none);
          };
        });

    CLI::App *resume = study.add_subcommand("resume", "Runs the cases that are not finished");
    resume->add_option("DIR", options.folder, "folder of the study")->required();
    add_execution(resume, options.execution);
    resume->add_option("--untreated", options.untreated, "only this untreated tissue")
        ->check(CLI::Range(1, 100000));
    resume->add_flag("--retry-failed", options.retry_failed, "also run cases that failed");
    resume->add_flag("--accept-changes", options.accept_changes,
                     "compute anew what has changed since");
    resume->add_flag("--no-collect", no_collect, "leave results.csv as it is");
    add_examples(resume, {"lacuna study resume results/studies/injection-volume",
                          "lacuna study resume results/studies/injection-volume --only 7 --retry-failed"});
    resume->callback(
        [&action]
        {
          action = []
          {
            options.collect = !no_collect;
            return lacuna::resume_study(options);
          };
        });

    CLI::App *collect = study.add_subcommand("collect", "Gathers what is done into results.csv");
    collect->add_option("DIR", options.folder, "folder of the study")->required();
    add_examples(collect, {"lacuna study collect results/studies/injection-volume"});
    collect->callback([&action] { action = [] { return lacuna::collect_study(options.folder); }; });
  }

  /** Sets up the commands on studies and reports. */
  void describe_study(CLI::App &study, std::function<int()> &action)
  {
    static lacuna::StudyOptions options;
    static std::string folder;
    study.add_option("FILE", options.file, "study file");
    study
        .add_option("--set", options.overrides,
                    "replace a parameter of the study, or of all its cases: 'Path=value unit'")
        ->take_all()
        ->allow_extra_args(false);
    study.add_option("--output", folder, "folder for the results");
    study.add_flag("--overwrite", options.overwrite, "replace an earlier study there");
    study.add_option("--to", options.to, "only plan, for a batch system: slurm or snakemake")
        ->check(CLI::IsMember({"slurm", "snakemake"}));
    add_execution(&study, options.execution);
    study.require_subcommand(0, 1);
    describe_begun_study(study, action);
    add_examples(&study, {"lacuna study volumes.prm --jobs 4", "lacuna study volumes.prm --dry-run",
                          "lacuna study volumes.prm --set 'Time/End=90 d' --only 'grade=III'",
                          "lacuna study volumes.prm --output results/volumes --to slurm"});
    study.callback(
        [&study, &action]
        {
          if (!study.get_subcommands().empty())
            return;
          if (options.file.empty())
            throw UserError("study: FILE is required, or one of status, resume and collect\n  See "
                            "'lacuna study --help'.");
          if (!folder.empty())
            options.folder = folder;
          action = [] { return lacuna::run_study(options); };
        });
  }

  void describe_report(CLI::App &report, std::function<int()> &action)
  {
    static lacuna::ReportOptions options;
    report.add_option("DIR", options.folder, "folder of a run or a study")->required();
    report.add_option("--output", options.output, "the page (default: DIR/report.html)");
    add_examples(&report, {"lacuna report results/studies/injection-volume"});
    report.callback([&action] { action = [] { return lacuna::report(options); }; });
  }

  /** Sets up the commands; the chosen one ends up in `action`. */
  void describe(CLI::App &app, std::function<int()> &action)
  {
    app.require_subcommand(1);
    app.set_help_all_flag("--help-all", "Help for all commands");
    add_examples(&app, {"lacuna doctor", "lacuna check case.prm",
                        "mpirun -n 2 lacuna run case.prm --output results/first"});

    static lacuna::RunOptions run_options;
    static std::string file, folder;
    static std::vector<std::string> overrides, plugins;
    static bool json = false;

    CLI::App *run = app.add_subcommand("run", "Runs a case");
    run->add_option("FILE", file, "parameter file")->required();
    run->add_option("--set", overrides, "replace a parameter: 'Section/Parameter=value unit'")
        ->take_all()
        ->allow_extra_args(false);
    run->add_option("--output", folder, "folder for the results");
    run->add_flag("--overwrite", run_options.overwrite, "replace the results of an earlier run");
    run->add_flag("--quiet", run_options.quiet, "say nothing but errors");
    add_examples(run, {"mpirun -n 2 lacuna run case.prm --output results/first",
                       "lacuna run case.prm --set 'Time/End=90 d' --overwrite"});
    run->callback(
        [&action]
        {
          action = []
          {
            run_options.file      = file;
            run_options.overrides = overrides;
            if (!folder.empty())
              run_options.folder = folder;
            return lacuna::run(run_options, MPI_COMM_WORLD);
          };
        });

    CLI::App *check = app.add_subcommand("check", "Checks a case without solving it");
    check->add_option("FILE", file, "parameter file")->required();
    check->add_option("--set", overrides, "replace a parameter: 'Section/Parameter=value unit'")
        ->take_all()
        ->allow_extra_args(false);
    add_examples(check, {"lacuna check case.prm",
                         "lacuna check case.prm --set 'Geometry/Global refinements=2'"});
    check->callback(
        [&action] { action = [] { return lacuna::check_case(file, overrides, MPI_COMM_WORLD); }; });

    CLI::App *parameters = app.add_subcommand(
        "parameters", "Lists all parameters: default, unit, bounds, meaning, source");
    parameters->add_option("--plugin", plugins, "also those of this law")->allow_extra_args(false);
    parameters->add_flag("--json", json, "as JSON");
    add_examples(parameters, {"lacuna parameters --plugin bibby-metabolism",
                              "lacuna parameters --json > parameters.json"});
    parameters->callback([&action]
                         { action = [] { return lacuna::run_parameters(plugins, json); }; });

    CLI::App *doctor =
        app.add_subcommand("doctor", "Says whether Lacuna can work here, and what to do if not");
    add_examples(doctor, {"lacuna doctor", "mpirun -n 2 lacuna doctor"});
    doctor->callback([&action] { action = [] { return lacuna::run_doctor(MPI_COMM_WORLD); }; });

    describe_study(*app.add_subcommand("study", "Runs many cases that differ in their inputs"),
                   action);
    describe_report(*app.add_subcommand("report", "Writes the page of a run or a study"), action);
    describe_plugin(*app.add_subcommand("plugin", "Shows, checks and begins laws"), action);
  }

  /** A word that is no command, with the nearest that is. */
  void check_command(int argc, char **argv)
  {
    const std::vector<std::string> commands = {"run",        "check",  "study", "report",
                                               "parameters", "doctor", "plugin"};
    if (argc > 1 && argv[1][0] != '-' &&
        std::find(commands.begin(), commands.end(), argv[1]) == commands.end())
      throw UserError("'" + std::string(argv[1]) + "' is no command" +
                      lacuna::suggestion(argv[1], commands) + "\n  See 'lacuna --help'.");
  }

  int dispatch(int argc, char **argv, bool speaks)
  {
    CLI::App app("Lacuna: nutrition and cell survival in avascular tissue", "lacuna");
    app.set_version_flag("--version", version_text());
    std::function<int()> action;
    describe(app, action);
    try
    {
      check_command(argc, argv);
      app.parse(argc, argv);
    }
    catch (const CLI::ParseError &error)
    {
      if (error.get_exit_code() == 0)
        return speaks ? app.exit(error) : 0;
      throw UserError(std::string(error.what()) + "\n  See 'lacuna --help'.");
    }
    return action();
  }
} // namespace

namespace
{
  /** Before MPI has begun, only mpirun's variable tells. */
  bool is_first_process()
  {
    const char *rank = std::getenv("OMPI_COMM_WORLD_RANK");
    return rank == nullptr || rank == std::string("0");
  }

  /** Runs the command and turns what it throws into a message and an exit status. */
  int guarded(int argc, char **argv, bool speaks, const std::function<void()> &abort)
  {
    try
    {
      return dispatch(argc, argv, speaks);
    }
    catch (const UserError &error)
    {
      if (speaks)
        std::cerr << lacuna::in_red("error:") << ' ' << error.what() << '\n';
      return 2;
    }
    catch (const std::exception &error)
    {
      std::cerr << lacuna::in_red("internal error:") << ' ' << error.what() << '\n';
      abort();
    }
    return 1;
  }
} // namespace

int main(int argc, char **argv)
{
  const std::string command = argc > 1 ? argv[1] : "";
  // These start processes, each of which is a parallel run of its own: they must not be part of
  // one.
  if (command == "study" || command == "report")
    return guarded(argc, argv, is_first_process(), [] {});
  // Without what MPI needs, nothing below would be reached.
  if (command == "doctor" && !lacuna::mpi_can_start())
    return 2;
  dealii::Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  PetscPushErrorHandler(PetscIgnoreErrorHandler, nullptr); // errors come back as exceptions
  return guarded(argc, argv, dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0,
                 [] { MPI_Abort(MPI_COMM_WORLD, 1); });
}
