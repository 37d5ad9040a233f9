// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/case_reading.h"

#include <algorithm>

namespace lacuna
{
  namespace
  {
    /** Of a step, that errors add up to less than a quarter of what is asked (measured: a tolerance
     * of 5e-3 makes 0.3 % of the survivors of six million cells in half a millilitre). */
    constexpr double tolerance_of_target = 0.25;

    /** What has no numerical errors cannot be held against a target. */
    void require_errors(CaseReading &reading, const Values &values)
    {
      if (reading.result.initial.start == Start::finished_run)
        reading.report(values, "Target error",
                       "a run that goes on from a finished one does not know its numerical errors; "
                       "write 'set Target error = none', and let the run that begins reach it");
    }

    /** A written 'none' switches all of it off. */
    void refuse_without_target(CaseReading &reading, const Values &values)
    {
      if (values.is_set("Target error"))
        return;
      const auto refuse = [&](const char *name)
      {
        reading.report(values, name,
                       "this has no effect without a target; write 'set Target error = 5 %', or "
                       "remove it");
      };
      if (!values.names("Answers").empty())
        refuse("Answers");
      for (const char *name : {"Largest number of unknowns", "Longest time"})
        if (!values.is_word(name))
          refuse(name);
    }

    /** The mesh and the steps of the first trial, unless the file gives them: the coarsest mesh
     * that has a coarser one to be held against, and steps whose errors add up to less than what
     * is asked. */
    void begin_trials(CaseReading &reading)
    {
      AccuracySettings &accuracy = reading.result.accuracy;
      GeometrySettings &geometry = reading.result.geometry;
      TimeSettings &time         = reading.result.time;
      accuracy.mesh_is_given     = geometry.refinements > 0;
      if (!accuracy.mesh_is_given && geometry.degree == 1)
        geometry.refinements = 1;
      accuracy.steps_are_given = time.fixed_step > 0;
      if (time.tolerance == TimeSettings().tolerance)
        time.tolerance = std::max(time.tolerance, tolerance_of_target * accuracy.target);
    }
  } // namespace

  void read_accuracy(CaseReading &reading)
  {
    const Values values = reading.part(describe_accuracy());
    if (!values.valid() || !reading.time_known)
      return;
    if (values.is_word("Target error"))
      return refuse_without_target(reading, values);
    AccuracySettings &accuracy = reading.result.accuracy;
    accuracy.target            = values.number("Target error");
    accuracy.answers           = values.names("Answers");
    if (!values.is_word("Largest number of unknowns"))
      accuracy.largest_unknowns = values.number("Largest number of unknowns");
    if (!values.is_word("Longest time"))
      accuracy.longest_time = values.number("Longest time");
    require_errors(reading, values);
    begin_trials(reading);
  }
} // namespace lacuna
