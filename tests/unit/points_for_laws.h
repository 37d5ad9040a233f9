// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/reaction.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lacuna
{
  /** A handful of points without a mesh, on which laws are bound and evaluated as in a run. */
  struct PointsForLaws
  {
    Case input;
    SpeciesTable species;
    std::vector<DerivedQuantity> derived;
    PointProperties points;

    void add_mobile(const std::string &name, const std::string &unit)
    {
      species.mobile.push_back(named(name, unit));
    }
    void add_immobile(const std::string &name, const std::string &unit)
    {
      species.immobile.push_back(named(name, unit));
    }

    /** The points must outlive what is bound to them. */
    Reaction bind(const std::vector<const Law *> &laws)
    {
      medium = std::make_unique<Medium>(input, species, std::vector<RegionProperties>());
      return {input, species, *medium, derived, points, laws};
    }

    /** A batch of all points with this state (SI) everywhere: mobile, then immobile species. */
    Reaction::Batch evaluate(const Reaction &reaction, const std::vector<double> &state,
                             double time = 0) const
    {
      Reaction::Batch batch = reaction.make_batch();
      batch.n_points        = points.x.size();
      for (unsigned int v = 0; v < state.size(); ++v)
        std::fill_n(batch.state.row(v), batch.n_points, state[v]);
      reaction.evaluate(batch, points, time);
      return batch;
    }

  private:
    std::unique_ptr<Medium> medium;

    static Species named(const std::string &name, const std::string &unit)
    {
      Species result;
      result.name = result.population = name;
      result.unit                     = unit;
      return result;
    }
  };
} // namespace lacuna
