// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/recorder.h"

#include "commands/judgement.h"
#include "output/state_file.h"
#include "transport/collective_error.h"

#include <deal.II/base/mpi.h>

#include <vector>

namespace lacuna
{
  Recorder::Recorder(const Simulation &simulation_, Log &log_)
      : simulation(simulation_), log(log_),
        sampler(simulation_.input.output.probes, simulation_.layout),
        is_first_rank(dealii::Utilities::MPI::this_mpi_process(simulation_.layout.communicator()) ==
                      0),
        undershoots(simulation_), ranges(simulation_)
  {
  }

  void Recorder::open(const std::filesystem::path &folder_, bool with_fields, const RunState *saved)
  {
    folder                    = folder_;
    with_probes               = with_fields;
    const StateLayout &layout = simulation.layout;
    record_maker              = std::make_unique<RecordMaker>(simulation, saved);
    if (is_first_rank)
    {
      history = std::make_unique<History>(folder / "history.csv", layout.geometry.regions);
      std::vector<std::string> labels;
      for (const QuantityField &field : quantity_fields_of(simulation))
        labels.push_back(field.label());
      if (with_probes && !sampler.empty())
        probes = std::make_unique<ProbeTable>(folder / "probes.csv", labels);
    }
    if (with_fields && simulation.input.output.fields)
      fields = std::make_unique<FieldSeries>(folder, layout.geometry, layout.fe.degree);
  }

  void Recorder::record(bool with_fields)
  {
    const auto quantities = quantity_fields_of(simulation);
    latest                = record_maker->make_record(quantities);
    if (!sampler.empty() && with_probes)
    {
      const auto rows = sampler.sample(quantities);
      if (is_first_rank && probes)
        probes->append(latest.time, rows);
    }
    if (is_first_rank)
    {
      history->append(latest);
      undershoots.add(latest);
    }
    ranges.look();
    if (with_fields)
      record_fields();
    collectively(simulation.layout.communicator(),
                 [&]
                 {
                   if (is_first_rank)
                     judge(simulation, latest);
                 });
  }

  void Recorder::record_errors(const Companions &companions)
  {
    if (!is_first_rank)
      return;
    errors = companions.errors(latest);
    if (!errors.empty() && !error_history)
      error_history = std::make_unique<ErrorHistory>(folder / "errors.csv");
    if (error_history)
      error_history->append(latest.time, errors);
  }

  void Recorder::record_fields()
  {
    if (!fields || simulation.state.time == last_fields_time)
      return;
    std::vector<FieldValues> values;
    for (const QuantityField &field : quantity_fields_of(simulation))
      values.push_back({field.label(), sample_cells(simulation.layout, field)});
    fields->write(simulation.state.time, values);
    last_fields_time = simulation.state.time;
  }

  void Recorder::finish()
  {
    for (const auto &sentences : {doubts_on(latest), undershoots.sentences(), ranges.sentences()})
      for (const std::string &sentence : sentences)
        log.warning(sentence);
    if (folder.empty()) // there is no state: not even the initial one was found
      return;
    RunState state;
    simulation.save(state);
    record_maker->save(state);
    write_state(folder / "state.bin", simulation.layout, state);
  }
} // namespace lacuna
