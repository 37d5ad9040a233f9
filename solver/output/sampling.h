// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "output/quantity_field.h"
#include "species/locate.h"

#include <vector>

namespace lacuna
{
  /** Values at the probes that the parameter file names, interpolated within the region that holds
   * each. */
  class ProbeSampler
  {
  public:
    /** Throws UserError if a probe lies outside the tissue. Collective. */
    ProbeSampler(const std::vector<ProbeLine> &lines, const StateLayout &layout);

    bool empty() const { return probes.empty(); }
    /** One row per probe point, complete on rank 0. Collective. */
    std::vector<ProbeRow> sample(const std::vector<QuantityField> &fields) const;

  private:
    struct Probe
    {
      ProbeRow row;
      Place place;
    };
    const StateLayout &layout;
    std::vector<Probe> probes;
  };

  /**
   * The values of a field at the corners (and, for quadratic elements, mid-points) of every
   * owned cell, taken from the cell's own region: [cell][lexicographic point], as the field files
   * want them. Collective.
   */
  std::vector<double> sample_cells(const StateLayout &layout, const QuantityField &field);
} // namespace lacuna
