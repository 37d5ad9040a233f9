// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/field.h"
#include "species/point_properties.h"
#include "species/species.h"
#include "species/state_layout.h"

#include <vector>

namespace lacuna
{
  /**
   * Exchange of the mobile species through the named faces, lumped at nodes. Where faces meet, a
   * fixed value beats exchange and flux, and among fixed values the face that the file names first
   * wins.
   */
  class Boundary
  {
  public:
    Boundary(const std::vector<BoundarySetting> &settings, const SpeciesTable &species,
             const StateLayout &layout, const PointProperties &points);
    Boundary(const Boundary &)            = delete; // `fixed` and `natural` point into `settings`
    Boundary &operator=(const Boundary &) = delete;

    const std::vector<BoundarySetting> settings;

    /** One owned node whose concentration is prescribed. */
    struct Fixed
    {
      unsigned int node, species;
      const TimeTable *value;
    };
    /** One owned node on a face with exchange or flux; `area` is the integral of its shape function
     * (m^2). */
    struct Natural
    {
      unsigned int node, species;
      double area;
      const BoundarySetting *setting;
    };
    std::vector<Fixed> fixed;
    std::vector<Natural> natural;
    bool is_fixed(std::size_t node, unsigned int species) const
    {
      return ConstFlags(fixed_flags.data(), n_nodes, n_species)(node, species);
    }

    /** Nodes (over all ranks) where fixed faces with different values meet. */
    unsigned long n_contested = 0;

    /** Times at which a prescribed value, coefficient or flux has a kink or jump. */
    std::vector<double> knots() const;

  private:
    using ConstFlags = FieldView<Node, const char>;
    std::size_t n_nodes;
    unsigned int n_species;
    std::vector<char> fixed_flags; ///< of owned nodes and species
  };
} // namespace lacuna
