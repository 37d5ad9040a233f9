// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/control_run.h"

#include "config/compare_parameters.h"
#include "config/text.h"
#include "config/user_error.h"
#include "output/state_file.h"
#include "output/text_file.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace lacuna
{
  namespace
  {
    void fail(const Case &input, const std::string &sentence)
    {
      throw UserError(input.file.string() + ": Injections/Control run: " +
                      in_quotes(input.control_run.string()) + " " + sentence +
                      "\n  Run this case with --set 'Injections/Control=only' and name the folder "
                      "of that run, or write 'set Control = yes'.");
    }
  } // namespace

  void check_control_run(const Case &input)
  {
    const auto &folder = input.control_run;
    std::ifstream file(folder / "summary.json");
    const auto summary       = nlohmann::json::parse(file, nullptr, false);
    const std::string status = summary.is_discarded() ? "" : summary.value("status", "");
    if ((status != "done" && status != "target missed") ||
        !std::filesystem::exists(folder / "start.bin"))
      fail(input, "does not hold a finished run of the untreated tissue alone.");
    const auto difference = first_difference(read_text_file(folder / "parameters.prm"),
                                             input.parameters, beside_the_control());
    if (difference)
      fail(input, "is the control of another case: '" + difference->path + "' was " +
                      in_quotes(difference->before) + " there and is " +
                      in_quotes(difference->now) + " here.");
  }

  void begin_as_control_run(Simulation &treated)
  {
    treated.set_given_values();
    treated.restore(read_state(treated.input.control_run / "start.bin", treated.layout));
  }

  void take_control_history(const Case &input)
  {
    for (const char *file : {"history.csv", "errors.csv"})
      if (std::filesystem::exists(input.control_run / file))
        write_atomically(input.output.folder / "control" / file,
                         read_text_file(input.control_run / file));
  }
} // namespace lacuna
