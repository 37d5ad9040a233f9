// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/command.h"
#include "commands/run.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace lacuna
{
  void describe_run(CLI::App &run, Action &action)
  {
    struct Input
    {
      RunOptions options;
      std::string file, folder;
    };
    const auto input = std::make_shared<Input>();
    run.add_option("FILE", input->file, "parameter file")->required();
    add_overrides(run, input->options.overrides,
                  "replace a parameter: 'Section/Parameter=value unit'");
    run.add_option("--output", input->folder, "folder for the results");
    run.add_flag("--overwrite", input->options.overwrite, "replace the results of an earlier run");
    run.add_flag("--quiet", input->options.quiet, "say nothing but errors");
    add_examples(run, {"mpirun -n 2 lacuna run case.prm --output results/first",
                       "lacuna run case.prm --set 'Time/End=90 d' --overwrite"});
    run.callback(
        [input, &run, &action]
        {
          input->options.file = input->file;
          if (run.count("--output") > 0)
            input->options.folder = input->folder;
          action = [input] { return lacuna::run(input->options, MPI_COMM_WORLD); };
        });
  }
} // namespace lacuna
