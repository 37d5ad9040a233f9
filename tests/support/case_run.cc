// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/case_run.h"

#include "commands/continued_run.h"
#include "commands/laws_of_case.h"
#include "commands/record_maker.h"
#include "output/sampling.h"
#include "output/state_file.h"

#include <deal.II/base/mpi.h>
#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/fe_values.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>

namespace lacuna
{
  namespace
  {
    const QuantityField &find(const std::vector<QuantityField> &fields, const std::string &name)
    {
      for (const QuantityField &field : fields)
        if (field.name == name)
          return field;
      throw std::logic_error("no quantity '" + name + "' is recorded");
    }

    std::size_t index(const std::vector<std::string> &names, const std::string &name)
    {
      const auto found = std::find(names.begin(), names.end(), name);
      if (found == names.end())
        throw std::logic_error("no quantity '" + name + "' is recorded");
      return found - names.begin();
    }

    template <class Record>
    const Record &find_record(const std::vector<Record> &records, std::string Record::*member,
                              const std::string &name)
    {
      for (const Record &record : records)
        if (record.*member == name)
          return record;
      throw std::logic_error("there is no record of '" + name + "'");
    }
  } // namespace

  struct CaseRun::Everything
  {
    Everything(const std::string &file, const std::vector<std::string> &overrides)
        : input(planned_case(file, overrides)), laws(input),
          geometry(build_geometry(input.geometry, MPI_COMM_WORLD)),
          layout(*geometry, input.geometry.degree), level(input, layout),
          simulation(input, level, laws.pointers(), true), sampler(input.output.probes, layout),
          continued(state_to_continue(input, layout))
    {
    }

    static Case planned_case(const std::string &file, const std::vector<std::string> &overrides)
    {
      Case result = read_case(file, overrides, law_lookup());
      plan_continuation(result);
      return result;
    }

    void prepare(const std::vector<std::pair<std::string, FieldFunction>> &initial)
    {
      if (initial.empty())
      {
        simulation.prepare(continued ? &*continued : nullptr);
        return;
      }
      simulation.set_given_values();
      for (const auto &[name, field] : initial)
      {
        const int s = simulation.species.find_mobile(name);
        for (unsigned int node = 0; node < layout.n_nodes; ++node)
        {
          const Coordinates &x = layout.node_position[node];
          simulation.state.mobile(node, s) =
              simulation.species.mobile[s].unit_factor * field(1e3 * x[0], 1e3 * x[1], 1e3 * x[2]);
        }
      }
    }

    void record()
    {
      const auto fields = quantity_fields_of(simulation);
      names.clear();
      for (const QuantityField &field : fields)
        names.push_back(field.name);
      Moment moment;
      moment.time   = simulation.state.time;
      moment.record = record_maker->make_record(fields);
      if (!sampler.empty())
        moment.probes = sampler.sample(fields);
      moments.push_back(moment);
    }

    void run()
    {
      simulation.begin();
      record_maker = std::make_unique<RecordMaker>(simulation, continued ? &*continued : nullptr);
      record();
      if (!input.time.steady)
        while (simulation.step())
          record();
    }

    const Case input;
    const LawsOfCase laws;
    std::unique_ptr<Geometry> geometry;
    const StateLayout layout;
    Level level;
    Simulation simulation;
    ProbeSampler sampler;
    const std::optional<RunState> continued;
    std::unique_ptr<RecordMaker> record_maker;
    std::vector<std::string> names; ///< of the fields
    std::vector<Moment> moments;
  };

  CaseRun::CaseRun(const std::string &file, const std::vector<std::string> &overrides,
                   const std::vector<std::pair<std::string, FieldFunction>> &initial)
      : all(std::make_unique<Everything>(file, overrides))
  {
    all->prepare(initial);
    all->run();
  }

  CaseRun::~CaseRun()                   = default;
  CaseRun::CaseRun(CaseRun &&) noexcept = default;

  const Moment &CaseRun::moment(double time) const
  {
    for (const Moment &moment : all->moments)
      if (std::abs(moment.time - time) <= 1e-6 * (1 + time))
        return moment;
    throw std::logic_error("the run did not stop at t = " + std::to_string(time) + " s");
  }

  double CaseRun::value(const std::string &quantity, const std::string &probe) const
  {
    const std::vector<double> values = profile(quantity, probe);
    if (values.empty())
      throw std::logic_error("there is no probe '" + probe + "'");
    return values.front();
  }

  double CaseRun::at(const std::string &quantity, double x, double y, double z) const
  {
    return at_time(all->moments.back().time, quantity, x, y, z);
  }

  double CaseRun::at_time(double time, const std::string &quantity, double x, double y,
                          double z) const
  {
    for (const ProbeRow &row : moment(time).probes)
      if (std::abs(row.at[0] - x) + std::abs(row.at[1] - y) + std::abs(row.at[2] - z) < 1e-9)
        return row.values.at(index(all->names, quantity));
    throw std::logic_error("no probe is at (" + std::to_string(x) + ", " + std::to_string(y) +
                           ", " + std::to_string(z) + ") mm");
  }

  std::vector<double> CaseRun::profile(const std::string &quantity, const std::string &probe) const
  {
    std::vector<double> result;
    for (const ProbeRow &row : all->moments.back().probes)
      if (row.probe == probe)
        result.push_back(row.values.at(index(all->names, quantity)));
    return result;
  }

  const QuantityRecord &CaseRun::quantity(const std::string &name) const
  {
    return quantity_at(all->moments.back().time, name);
  }

  const QuantityRecord &CaseRun::quantity_at(double time, const std::string &name) const
  {
    return find_record(moment(time).record.quantities, &QuantityRecord::name, name);
  }

  const BalanceRecord &CaseRun::balance(const std::string &species) const
  {
    return find_record(all->moments.back().record.balance, &BalanceRecord::species, species);
  }

  const DoseRecord &CaseRun::dose(const std::string &name) const
  {
    return find_record(all->moments.back().record.doses, &DoseRecord::dose, name);
  }

  double CaseRun::error(const std::string &quantity, const FieldFunction &exact) const
  {
    const StateLayout &layout     = all->layout;
    const auto fields             = quantity_fields_of(all->simulation);
    const std::vector<double> &at = find(fields, quantity).values;
    const auto spread             = layout.by_region([&](unsigned int p) { return at[p]; });

    dealii::FEValues<dim> values(
        *layout.geometry.mapping, layout.fe, dealii::QGauss<dim>(layout.fe.degree + 3),
        dealii::update_values | dealii::update_quadrature_points | dealii::update_JxW_values);
    std::vector<dealii::types::global_dof_index> nodes(layout.fe.n_dofs_per_cell());
    double squared = 0, volume = 0;
    for (const auto &cell : layout.dof_handler.active_cell_iterators())
      if (cell->is_locally_owned())
      {
        values.reinit(cell);
        cell->get_dof_indices(nodes);
        for (unsigned int q = 0; q < values.n_quadrature_points; ++q)
        {
          const auto &x = values.quadrature_point(q);
          double value  = -exact(1e3 * x[0], 1e3 * x[1], 1e3 * x[2]);
          for (unsigned int i = 0; i < nodes.size(); ++i)
            value += values.shape_value(i, q) * spread[cell->material_id()](nodes[i]);
          squared += value * value * values.JxW(q);
          volume += values.JxW(q);
        }
      }
    squared = dealii::Utilities::MPI::sum(squared, MPI_COMM_WORLD);
    volume  = dealii::Utilities::MPI::sum(volume, MPI_COMM_WORLD);
    return std::sqrt(squared / volume);
  }

  std::vector<double> CaseRun::point_values(const std::string &quantity) const
  {
    return find(quantity_fields_of(all->simulation), quantity).values;
  }

  std::vector<std::array<double, 3>> CaseRun::point_positions() const
  {
    std::vector<std::array<double, 3>> result;
    for (const unsigned int node : all->layout.point_node)
    {
      const Coordinates &x = all->layout.node_position[node];
      result.push_back({1e3 * x[0], 1e3 * x[1], 1e3 * x[2]});
    }
    return result;
  }

  std::vector<unsigned int> CaseRun::point_regions() const
  {
    return {all->layout.point_region.begin(), all->layout.point_region.end()};
  }

  const std::vector<Moment> &CaseRun::moments() const
  {
    return all->moments;
  }

  unsigned long CaseRun::n_newton() const
  {
    return all->simulation.n_newton();
  }

  const Simulation &CaseRun::simulation() const
  {
    return all->simulation;
  }

  std::vector<PlacedDose> place_doses(const std::string &file,
                                      const std::vector<std::string> &overrides)
  {
    using dealii::Utilities::MPI::sum;
    const Case input = read_case(file, overrides, law_lookup());
    const LawsOfCase laws(input);
    const auto geometry = build_geometry(input.geometry, MPI_COMM_WORLD);
    const StateLayout layout(*geometry, input.geometry.degree);
    Level level(input, layout);
    const Simulation simulation(input, level, laws.pointers(), true);
    std::vector<PlacedDose> result;
    for (const Bolus &bolus : simulation.dosing.boluses)
    {
      PlacedDose dose;
      dose.by_region.assign(geometry->regions.size(), 0.);
      dose.smallest = 1;
      for (unsigned int p = 0; p < layout.n_points(); ++p)
      {
        const double share = bolus.share[p];
        dose.sum += share;
        dose.smallest = std::min(dose.smallest, share);
        dose.by_region[layout.point_region[p]] += share;
        dose.points += share > 0;
        for (unsigned int d = 0; d < dim; ++d)
          dose.middle[d] += 1e3 * share * layout.node_position[layout.point_node[p]][d];
      }
      dose.sum      = sum(dose.sum, MPI_COMM_WORLD);
      dose.smallest = dealii::Utilities::MPI::min(dose.smallest, MPI_COMM_WORLD);
      dose.points   = sum(dose.points, MPI_COMM_WORLD);
      sum(dose.by_region, MPI_COMM_WORLD, dose.by_region);
      for (unsigned int d = 0; d < dim; ++d)
      {
        dose.middle[d]    = sum(dose.middle[d], MPI_COMM_WORLD);
        dose.half_axes[d] = 1e3 * bolus.half_axes[d];
      }
      dose.peak          = 1e-9 * bolus.peak;
      dose.tissue_volume = 1e9 * bolus.tissue_volume;
      dose.warnings      = bolus.warnings;
      result.push_back(dose);
    }
    return result;
  }

  std::string verification(const std::string &file)
  {
    return LACUNA_SOURCE_DIR "/parameter-files/verification/" + file;
  }

  std::string test_file(const std::string &path)
  {
    return LACUNA_SOURCE_DIR "/tests/" + path;
  }

  std::vector<double> orders(const std::vector<double> &errors)
  {
    std::vector<double> result;
    for (std::size_t k = 1; k < errors.size(); ++k)
      result.push_back(std::log2(errors[k - 1] / errors[k]));
    return result;
  }
} // namespace lacuna
