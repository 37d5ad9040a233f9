// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/command.h"
#include "commands/parameters.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace lacuna
{
  void describe_parameters(CLI::App &parameters, Action &action)
  {
    struct Input
    {
      std::vector<std::string> plugins;
      bool json = false;
    };
    const auto input = std::make_shared<Input>();
    parameters.add_option("--plugin", input->plugins, "also those of this law")
        ->allow_extra_args(false);
    parameters.add_flag("--json", input->json, "as JSON");
    add_examples(parameters, {"lacuna parameters --plugin bibby-metabolism",
                              "lacuna parameters --json > parameters.json"});
    parameters.callback(
        [input, &action]
        { action = [input] { return run_parameters(input->plugins, input->json); }; });
  }
} // namespace lacuna
