// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/check.h"
#include "commands/command.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace lacuna
{
  void describe_check(CLI::App &check, Action &action)
  {
    struct Input
    {
      std::string file;
      std::vector<std::string> overrides;
    };
    const auto input = std::make_shared<Input>();
    check.add_option("FILE", input->file, "parameter file")->required();
    add_overrides(check, input->overrides, "replace a parameter: 'Section/Parameter=value unit'");
    add_examples(check, {"lacuna check case.prm",
                         "lacuna check case.prm --set 'Geometry/Global refinements=2'"});
    check.callback(
        [input, &action] {
          action = [input] { return check_case(input->file, input->overrides, MPI_COMM_WORLD); };
        });
  }
} // namespace lacuna
