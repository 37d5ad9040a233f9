// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace CLI
{
  class App;
}

namespace lacuna
{
  /** What the chosen command does; returns the exit status. */
  using Action = std::function<int()>;

  struct Command
  {
    enum class Start
    {
      alone,       ///< no MPI: it needs none, or starts processes that are parallel runs themselves
      in_parallel, ///< within MPI_COMM_WORLD
      diagnosed    ///< the same, after a look at whether MPI can start here
    };
    std::string name, meaning;
    Start start;
    /** Adds arguments and options; once they are parsed, the action is set. */
    std::function<void(CLI::App &, Action &)> describe;
  };

  /** All commands, in the order of the help. */
  const std::vector<Command> &commands();

  /** Null if there is none of that name. */
  const Command *find_command(const std::string &name);

  // Each beside its command, in NAME_command.cc.
  void describe_run(CLI::App &run, Action &action);
  void describe_check(CLI::App &check, Action &action);
  void describe_parameters(CLI::App &parameters, Action &action);
  void describe_doctor(CLI::App &doctor, Action &action);
  void describe_study(CLI::App &study, Action &action);
  void describe_report(CLI::App &report, Action &action);
  void describe_plugin(CLI::App &plugin, Action &action);

  /** The lines with which the help of a command ends. */
  void add_examples(CLI::App &command, const std::vector<std::string> &examples);

  /** "--set", as often as one likes. */
  void add_overrides(CLI::App &command, std::vector<std::string> &overrides,
                     const std::string &meaning);
} // namespace lacuna
