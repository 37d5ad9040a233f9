// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/medium.h"
#include "species/point_properties.h"
#include "transport/region_mass.h"
#include "transport/stiffness.h"
#include "transport/transfer.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace lacuna
{
  /**
   * What belongs to one level of the mesh, whatever lives on it: where the unknowns are, of what
   * the tissue is there, and the operators. Simulations of one case (with and without its doses)
   * stand on one level; each adds the species of its own (Model).
   */
  class Level
  {
  public:
    /** Collective. `input` and `layout` must outlive the level. */
    Level(const Case &input, const StateLayout &layout);
    ~Level();

    /** The stiffness of the factors of a diffusivity; assembled when it is first asked for, and
     * shared by all that have the same. Collective. */
    const Stiffness &stiffness(const Medium::Diffusivity &diffusivity);

    const StateLayout &layout;
    const std::vector<RegionProperties> tissue; ///< in the order of the geometry's regions
    const PointProperties points;
    const double volume; ///< m^3 of tissue, all ranks

    /** How the points of each region overlap; assembled when it is first asked for. Collective. */
    const RegionMass &region_mass();

    struct Coarser;
    /**
     * The next coarser level and the way to it, made when it is first asked for: linear elements on
     * the same mesh if this level's are quadratic, or else the mesh without the finest cells. None
     * if there is no such mesh. Collective.
     */
    Coarser *coarser();

  private:
    bool has_coarser() const
    {
      return layout.fe.degree > 1 || layout.geometry.refinement.n_levels() > 0;
    }
    const Case &input;
    std::unique_ptr<Coarser> next;
    std::unique_ptr<const RegionMass> mass;
    std::map<std::string, std::unique_ptr<const Stiffness>> operators; ///< by Diffusivity::key
  };

  /** A coarser level, with what it stands on. */
  struct Level::Coarser
  {
    Coarser(const Case &input, const StateLayout &finer);
    const std::unique_ptr<const Geometry> geometry;
    const StateLayout layout;
    Level level;
    const Transfer transfer; ///< to and from the finer level
  };
} // namespace lacuna
