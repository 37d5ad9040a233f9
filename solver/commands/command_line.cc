// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/command_line.h"

#include "commands/command.h"
#include "commands/usage_error.h"
#include "commands/version.h"
#include "config/text.h"
#include "config/user_error.h"
#include "output/log.h"

#include <CLI/CLI.hpp>

#include <exception>

namespace lacuna
{
  namespace
  {
    std::string version_text()
    {
      std::string text;
      for (const auto &[what, number] : versions())
        text += what + " " + number + "\n";
      return text;
    }

    void describe_all(CLI::App &app, Action &action)
    {
      app.require_subcommand(1);
      app.set_version_flag("--version", version_text());
      app.set_help_all_flag("--help-all", "Help for all commands");
      add_examples(app, {"lacuna doctor", "lacuna check case.prm",
                         "mpirun -n 2 lacuna run case.prm --output results/first"});
      for (const Command &command : commands())
        command.describe(*app.add_subcommand(command.name, command.meaning), action);
    }

    int dispatch(int argc, char **argv, bool is_first_rank)
    {
      CLI::App app("Lacuna: nutrition and cell survival in avascular tissue", "lacuna");
      Action action;
      describe_all(app, action);
      const Arguments arguments(argv + 1, argv + argc);
      check_arguments(arguments);
      try
      {
        app.parse(argc, argv);
      }
      catch (const CLI::ParseError &error)
      {
        if (error.get_exit_code() == 0)
          return is_first_rank ? app.exit(error) : 0;
        throw UserError(usage_error(app, error, arguments));
      }
      // What a command needs was started by the first word.
      if (find_command(arguments.front()) == nullptr)
        throw UserError("the command comes first; write 'lacuna COMMAND ...'");
      return action();
    }
  } // namespace

  int run_command_line(int argc, char **argv, bool is_first_rank,
                       const std::function<void()> &abort)
  {
    try
    {
      return dispatch(argc, argv, is_first_rank);
    }
    catch (const UserError &error)
    {
      if (is_first_rank)
        print_error(error.what());
      return 2;
    }
    catch (const std::exception &error)
    {
      print_error(error.what(), "internal error:");
      abort();
    }
    return 1;
  }
} // namespace lacuna
