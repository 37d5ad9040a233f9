// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/case_reading.h"
#include "config/in_days.h"
#include "config/text.h"

namespace lacuna
{
  namespace
  {
    void read_probe(CaseReading &reading, const Values &values, const std::string &name)
    {
      ProbeLine probe;
      probe.name   = name;
      probe.from   = reading.coordinates(values, "From");
      probe.to     = values.is_word("To") ? probe.from : reading.coordinates(values, "To");
      probe.points = static_cast<unsigned int>(values.number("Points"));
      if (values.is_word("To") && probe.points > 1)
        reading.report(values, "Points",
                       "a line of several points needs its other end; write 'set To = ...'");
      if (!values.is_word("To") && probe.points == 1)
        reading.report(values, "To",
                       "a line needs 2 points or more; write for example 'set Points = 11'");
      reading.result.output.probes.push_back(probe);
    }
  } // namespace

  void read_output(CaseReading &reading)
  {
    const Values values = reading.part(describe_output());
    if (!values.valid())
      return;
    OutputSettings &output   = reading.result.output;
    const std::string folder = values.text("Folder");
    output.folder = folder.empty() ? std::filesystem::path("results") / reading.result.file.stem()
                                   : std::filesystem::path(folder);
    output.fields = values.boolean("Fields");
    output.numerical_errors = values.boolean("Numerical errors");
    if (!output.numerical_errors && reading.result.accuracy.target > 0)
      reading.report(values, "Numerical errors",
                     "'Target error' in 'Accuracy' is held against them; remove one of the two");
    output.field_times       = values.list("Field times");
    const TimeSettings &time = reading.result.time;
    for (const double at : output.field_times)
      if (at < time.start || (reading.time_known && !time.steady && at > time.end))
        reading.report(values, "Field times",
                       in_days(at) + " is not between the start of the run, " +
                           in_days(time.start) + ", and its 'End', " + in_days(time.end));
    const Values probes = values.section("Probes");
    for (const std::string &name : probes.section_names())
      read_probe(reading, probes.section(name), name);
  }
} // namespace lacuna
