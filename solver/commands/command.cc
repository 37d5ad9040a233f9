// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/command.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace lacuna
{
  const std::vector<Command> &commands()
  {
    using Start = Command::Start;
    static const std::vector<Command> table{
        {"run", "Runs a case", Start::in_parallel, describe_run},
        {"check", "Checks a case without solving it", Start::in_parallel, describe_check},
        {"parameters", "Lists all parameters: default, unit, bounds, meaning, source", Start::alone,
         describe_parameters},
        {"doctor", "Says whether Lacuna can work here, and what to do if not", Start::diagnosed,
         describe_doctor},
        {"study", "Runs many cases that differ in their inputs", Start::alone, describe_study},
        {"report", "Writes the page of a run or a study", Start::alone, describe_report},
        {"plugin", "Shows, checks and begins laws", Start::alone, describe_plugin},
    };
    return table;
  }

  const Command *find_command(const std::string &name)
  {
    const auto found = std::find_if(commands().begin(), commands().end(),
                                    [&](const Command &command) { return command.name == name; });
    return found == commands().end() ? nullptr : &*found;
  }

  void add_examples(CLI::App &command, const std::vector<std::string> &examples)
  {
    std::string text = examples.size() == 1 ? "Example:" : "Examples:";
    for (const std::string &example : examples)
      text += "\n  " + example;
    command.footer(text);
  }

  void add_overrides(CLI::App &command, std::vector<std::string> &overrides,
                     const std::string &meaning)
  {
    command.add_option("--set", overrides, meaning)->take_all()->allow_extra_args(false);
  }
} // namespace lacuna
