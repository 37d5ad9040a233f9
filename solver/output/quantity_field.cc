// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "output/quantity_field.h"

#include "output/record_outline.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <limits>

namespace lacuna
{
  namespace
  {
    QuantityField of_record(const QuantityRecord &record, unsigned int n_points)
    {
      QuantityField result;
      result.name        = record.name;
      result.unit        = record.unit;
      result.amount_unit = record.integral_unit;
      result.values.resize(n_points);
      if (!result.amount_unit.empty())
        result.amounts.resize(n_points);
      return result;
    }

    /** What one rank knows of one quantity in one region. */
    struct Part
    {
      double volume = 0, first_moment = 0, amount = 0;
      double minimum = std::numeric_limits<double>::infinity(), minimum_at[dim] = {};
      double maximum = -std::numeric_limits<double>::infinity(), maximum_at[dim] = {};

      void add(double value, double weight, double added_amount, const Coordinates &position)
      {
        volume += weight;
        first_moment += weight * value;
        amount += added_amount;
        if (value < minimum)
        {
          minimum = value;
          std::copy(position.begin(), position.end(), minimum_at);
        }
        if (value > maximum)
        {
          maximum = value;
          std::copy(position.begin(), position.end(), maximum_at);
        }
      }

      void merge(const Part &other)
      {
        volume += other.volume;
        first_moment += other.first_moment;
        amount += other.amount;
        if (other.minimum < minimum)
        {
          minimum = other.minimum;
          std::copy_n(other.minimum_at, dim, minimum_at);
        }
        if (other.maximum > maximum)
        {
          maximum = other.maximum;
          std::copy_n(other.maximum_at, dim, maximum_at);
        }
      }

      Statistics statistics() const
      {
        Statistics result;
        result.minimum  = minimum;
        result.maximum  = maximum;
        result.mean     = first_moment / volume;
        result.integral = amount;
        for (unsigned int d = 0; d < dim; ++d)
        {
          result.minimum_at[d] = 1e3 * minimum_at[d];
          result.maximum_at[d] = 1e3 * maximum_at[d];
        }
        return result;
      }
    };

    QuantityField of_mobile(unsigned int s, const QuantityRecord &record, const StateLayout &layout,
                            const Species &species, const Medium &medium,
                            const PointProperties &points, const State &state)
    {
      QuantityField result = of_record(record, layout.n_points());
      for (unsigned int p = 0; p < layout.n_points(); ++p)
      {
        const double c    = state.mobile(layout.point_node[p], s);
        result.values[p]  = c / species.unit_factor;
        result.amounts[p] = c * layout.point_weight[p] *
                            medium.storage_share(s, points.porosity[p]) / species.amount_factor;
      }
      return result;
    }

    QuantityField of_derived(const QuantityRecord &record, const DerivedQuantity &derived,
                             const std::vector<double> &base, const StateLayout &layout,
                             const State &state)
    {
      QuantityField result = of_record(record, layout.n_points());
      for (unsigned int p = 0; p < layout.n_points(); ++p)
        result.values[p] =
            derived.evaluate(base[p], state.mobile.at(layout.point_node[p])) / derived.unit_factor;
      return result;
    }

    QuantityField of_immobile(unsigned int k, const QuantityRecord &record,
                              const StateLayout &layout, const Species &species, const State &state)
    {
      QuantityField result = of_record(record, layout.n_points());
      for (unsigned int p = 0; p < layout.n_points(); ++p)
      {
        const double n   = state.immobile(p, k);
        result.values[p] = n / species.unit_factor;
        if (!result.amounts.empty())
          result.amounts[p] = n * layout.point_weight[p] / species.amount_factor;
      }
      return result;
    }
  } // namespace

  std::vector<QuantityField> make_quantity_fields(const StateLayout &layout,
                                                  const SpeciesTable &species, const Medium &medium,
                                                  const std::vector<DerivedQuantity> &derived,
                                                  const PointProperties &points, const State &state)
  {
    std::vector<QuantityField> result;
    const auto outline = outline_quantities(species, derived);
    auto record        = outline.begin();
    for (unsigned int s = 0; s < species.mobile.size(); ++s)
      result.push_back(of_mobile(s, *record++, layout, species.mobile[s], medium, points, state));
    for (unsigned int d = 0; d < derived.size(); ++d)
      result.push_back(of_derived(*record++, derived[d], points.derived_base[d], layout, state));
    for (unsigned int k = 0; k < species.immobile.size(); ++k)
      result.push_back(of_immobile(k, *record++, layout, species.immobile[k], state));
    return result;
  }

  std::vector<QuantityRecord> make_statistics(const StateLayout &layout,
                                              const std::vector<QuantityField> &fields)
  {
    const unsigned int n_regions = layout.geometry.regions.size();
    std::vector<Part> mine(fields.size() * n_regions);
    for (unsigned int q = 0; q < fields.size(); ++q)
      for (unsigned int p = 0; p < layout.n_points(); ++p)
        mine[q * n_regions + layout.point_region[p]].add(
            fields[q].values[p], layout.point_weight[p],
            fields[q].amounts.empty() ? 0. : fields[q].amounts[p],
            layout.node_position[layout.point_node[p]]);

    const MPI_Comm communicator = layout.communicator();
    const unsigned int n_ranks  = dealii::Utilities::MPI::n_mpi_processes(communicator);
    static_assert(std::is_trivially_copyable<Part>::value, "parts are sent as bytes");
    const int bytes = static_cast<int>(mine.size() * sizeof(Part));
    std::vector<Part> all(mine.size() * n_ranks);
    MPI_Gather(mine.data(), bytes, MPI_BYTE, all.data(), bytes, MPI_BYTE, 0, communicator);

    std::vector<QuantityRecord> result;
    for (unsigned int q = 0; q < fields.size(); ++q)
    {
      QuantityRecord record;
      record.name          = fields[q].name;
      record.unit          = fields[q].unit;
      record.integral_unit = fields[q].amount_unit;
      Part whole;
      for (unsigned int r = 0; r < n_regions; ++r)
      {
        Part region;
        for (unsigned int rank = 0; rank < n_ranks; ++rank)
          region.merge(all[rank * mine.size() + q * n_regions + r]);
        whole.merge(region);
        record.regions.push_back(region.statistics());
      }
      record.whole = whole.statistics();
      result.push_back(record);
    }
    return result;
  }
} // namespace lacuna
