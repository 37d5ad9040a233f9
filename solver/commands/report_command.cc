// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/command.h"
#include "commands/report.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace lacuna
{
  void describe_report(CLI::App &command, Action &action)
  {
    const auto options = std::make_shared<ReportOptions>();
    command.add_option("DIR", options->folder, "folder of a run or a study")->required();
    command.add_option("--output", options->output, "the page (default: DIR/report.html)");
    add_examples(command, {"lacuna report results/studies/injection-volume"});
    command.callback([options, &action] { action = [options] { return report(*options); }; });
  }
} // namespace lacuna
