// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Dispatch to a command, nothing else.

#include "commands/check.h"
#include "commands/parameters.h"
#include "commands/plugin.h"
#include "commands/plugin_check.h"
#include "commands/plugin_new.h"
#include "commands/run.h"
#include "commands/version.h"
#include "config/suggestion.h"
#include "config/user_error.h"

#include <CLI/CLI.hpp>

#include <deal.II/base/mpi.h>

#include <petscsys.h>

#include <cstdio>
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
    plugin.add_subcommand("list", "Lists the laws that are found")
        ->callback([&action] { action = [] { return lacuna::run_plugin_list(); }; });

    CLI::App *info = plugin.add_subcommand("info", "Describes one law");
    info->add_option("NAME", name, "name or path")->required();
    add_overrides(info);
    info->callback([&action] { action = [] { return lacuna::run_plugin_info(name, overrides); }; });

    CLI::App *check = plugin.add_subcommand("check", "Checks one law, without a case");
    check->add_option("NAME", name, "name or path")->required();
    add_overrides(check);
    check->callback([&action]
                    { action = [] { return lacuna::run_plugin_check(name, overrides); }; });

    CLI::App *begin = plugin.add_subcommand("new", "Begins a law of your own");
    begin->add_option("NAME", name, "of the law, such as glucose-death")->required();
    begin->add_option("--in", folder, "folder in which its folder is made (default: here)");
    begin->callback([&action] { action = [] { return lacuna::run_plugin_new(name, folder); }; });
  }

  /** Sets up the commands; the chosen one ends up in `action`. */
  void describe(CLI::App &app, std::function<int()> &action)
  {
    app.require_subcommand(1);
    app.set_help_all_flag("--help-all", "Help for all commands");

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
    check->callback(
        [&action] { action = [] { return lacuna::check_case(file, overrides, MPI_COMM_WORLD); }; });

    CLI::App *parameters = app.add_subcommand(
        "parameters", "Lists all parameters: default, unit, bounds, meaning, source");
    parameters->add_option("--plugin", plugins, "also those of this law")->allow_extra_args(false);
    parameters->add_flag("--json", json, "as JSON");
    parameters->callback([&action]
                         { action = [] { return lacuna::run_parameters(plugins, json); }; });

    describe_plugin(*app.add_subcommand("plugin", "Shows, checks and begins laws"), action);
  }

  /** A word that is no command, with the nearest that is. */
  void check_command(int argc, char **argv)
  {
    const std::vector<std::string> commands = {"run", "check", "parameters", "plugin"};
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

int main(int argc, char **argv)
{
  dealii::Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  PetscPushErrorHandler(PetscIgnoreErrorHandler, nullptr); // errors come back as exceptions
  const bool speaks = dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0;
  try
  {
    return dispatch(argc, argv, speaks);
  }
  catch (const UserError &error)
  {
    if (speaks)
      std::cerr << "error: " << error.what() << '\n';
    return 2;
  }
  catch (const std::exception &error)
  {
    std::cerr << "internal error: " << error.what() << '\n';
    MPI_Abort(MPI_COMM_WORLD, 1);
  }
  return 1;
}
