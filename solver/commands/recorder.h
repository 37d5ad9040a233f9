// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "commands/companions.h"
#include "commands/range_watch.h"
#include "commands/record_maker.h"
#include "commands/undershoots.h"
#include "output/field_series.h"
#include "output/history.h"
#include "output/log.h"
#include "output/probes.h"
#include "output/sampling.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace lacuna
{
  /** Writes what happens to one simulation into one folder. */
  class Recorder
  {
  public:
    /** Checks the probes (UserError); writes nothing yet. */
    Recorder(const Simulation &simulation, Log &log);

    /** Opens the files in `folder`, which must exist. Without fields only the history is kept. A
     * run that goes on from a `saved` one counts on what that one has counted. */
    void open(const std::filesystem::path &folder, bool with_fields, const RunState *saved);

    /** Records the present state; fields if `with_fields` and the folder wants them. Collective. */
    void record(bool with_fields);

    /** Records the numerical errors of what was recorded last. */
    void record_errors(const Companions &companions);

    /** Writes the fields of the present state, unless they are written already. Collective. */
    void record_fields();

    /** Warns of undershoots, and writes the final state, so that another run can start from it. */
    void finish();

    const StepRecord &last() const { return latest; }
    const std::vector<NumericalError> &last_errors() const { return errors; }

  private:
    const Simulation &simulation;
    Log &log;
    ProbeSampler sampler;
    std::filesystem::path folder;
    bool is_first_rank; ///< rank 0
    std::unique_ptr<RecordMaker> record_maker;
    std::unique_ptr<History> history;
    std::unique_ptr<ProbeTable> probes;
    std::unique_ptr<FieldSeries> fields;
    std::unique_ptr<ErrorHistory> error_history;
    StepRecord latest;
    std::vector<NumericalError> errors; ///< of `latest`
    Undershoots undershoots;
    RangeWatch ranges;
    bool with_probes        = false;
    double last_fields_time = -1;
  };
} // namespace lacuna
