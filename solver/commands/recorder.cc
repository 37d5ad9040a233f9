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
    observer                  = std::make_unique<Observer>(simulation, saved);
    if (is_first_rank)
    {
      history = std::make_unique<History>(folder / "history.csv", layout.geometry.regions);
      std::vector<std::string> labels;
      for (const Observable &observable : observables_of(simulation))
        labels.push_back(observable.label());
      if (with_probes && !sampler.empty())
        probes = std::make_unique<ProbeTable>(folder / "probes.csv", labels);
    }
    if (with_fields && simulation.input.output.fields)
      fields = std::make_unique<FieldSeries>(folder, layout.geometry, layout.fe.degree);
  }

  void Recorder::record(bool with_fields)
  {
    const auto observables = observables_of(simulation);
    observation            = observer->observe(observables);
    if (!sampler.empty() && with_probes)
    {
      const auto rows = sampler.sample(observables);
      if (is_first_rank && probes)
        probes->append(observation.time, rows);
    }
    if (is_first_rank)
    {
      history->append(observation);
      undershoots.add(observation);
    }
    ranges.look();
    if (with_fields)
      record_fields();
    collectively(simulation.layout.communicator(),
                 [&]
                 {
                   if (is_first_rank)
                     judge(simulation, observation);
                 });
  }

  void Recorder::record_fields()
  {
    if (!fields || simulation.state.time == last_fields_time)
      return;
    std::vector<FieldValues> values;
    for (const Observable &observable : observables_of(simulation))
      values.push_back({observable.label(), sample_cells(simulation.layout, observable)});
    fields->write(simulation.state.time, values);
    last_fields_time = simulation.state.time;
  }

  void Recorder::finish()
  {
    for (const std::string &sentence : undershoots.sentences())
      log.warning(sentence);
    for (const std::string &sentence : ranges.sentences())
      log.warning(sentence);
    if (folder.empty()) // there is no state: not even the initial one was found
      return;
    RunState state;
    simulation.save(state);
    observer->save(state);
    write_state(folder / "state.bin", simulation.layout, state);
  }
} // namespace lacuna
