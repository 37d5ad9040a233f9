// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/lumbar_disc.h"

#include "geometry/disc_shape.h"
#include "geometry/o_grid.h"

#include <memory>

namespace lacuna
{
  namespace
  {
    enum DiscRegion : unsigned int
    {
      nucleus,
      inner_annulus,
      outer_annulus,
      endplate
    };

    enum DiscFace : unsigned int
    {
      superior_endplate,
      inferior_endplate,
      annulus_periphery,
      rim
    };

    OGrid section_of(const LumbarDiscSettings &settings, const DiscShape &shape)
    {
      const double r         = shape.nucleus_radius();
      const double interface = r + settings.inner_annulus_share * (1 - r);

      OGrid grid;
      grid.drift         = shape.nucleus_centre() / (1 - r);
      grid.core_cells    = settings.core_cells;
      grid.blended_rings = settings.nucleus_rings;
      for (unsigned int k = 0; k < settings.nucleus_rings; ++k)
        grid.rings.push_back({r, nucleus});
      for (unsigned int k = 1; k <= settings.inner_rings; ++k)
        grid.rings.push_back({r + (interface - r) * k / settings.inner_rings, inner_annulus});
      for (unsigned int k = 1; k <= settings.outer_rings; ++k)
        grid.rings.push_back(
            {interface + (1 - interface) * k / settings.outer_rings, outer_annulus});
      return grid;
    }

    std::vector<double> levels_of(const LumbarDiscSettings &settings)
    {
      std::vector<double> levels{0};
      for (unsigned int k = 1; k <= settings.endplate_layers; ++k)
        levels.push_back(0.1 * k / settings.endplate_layers);
      for (unsigned int k = 1; k <= settings.tissue_layers; ++k)
        levels.push_back(0.1 + 0.8 * k / settings.tissue_layers);
      for (unsigned int k = 1; k <= settings.endplate_layers; ++k)
        levels.push_back(0.9 + 0.1 * k / settings.endplate_layers);
      return levels;
    }
  } // namespace

  Body lumbar_disc(const LumbarDiscSettings &settings)
  {
    const auto shape = std::make_shared<const DiscShape>(settings);

    // The endplate layers run across the whole section and belong to the annulus over its outer
    // part: no collapsed cells where the cartilage ends.
    const unsigned int plates = settings.endplate_layers;
    const unsigned int layers = 2 * plates + settings.tissue_layers;
    SweepNames names;
    names.region = [=](const unsigned int region, const unsigned int layer) -> unsigned int
    {
      const bool in_plate = layer < plates || layer >= layers - plates;
      return in_plate && region != outer_annulus ? endplate : region;
    };
    names.bottom = [](const unsigned int region) -> unsigned int
    { return region == outer_annulus ? rim : inferior_endplate; };
    names.top = [](const unsigned int region) -> unsigned int
    { return region == outer_annulus ? rim : superior_endplate; };
    names.outermost = annulus_periphery;

    const OGrid grid = section_of(settings, *shape);
    Body body;
    body.regions   = {"nucleus", "inner annulus", "outer annulus", "endplate"};
    body.faces     = {"superior endplate", "inferior endplate", "annulus periphery", "rim"};
    body.curves    = Body::Curves::swept;
    body.embedding = shape;
    body.drift     = grid.drift;
    body.mesh      = sweep(grid, levels_of(settings), names, *shape);
    require_valid_cells(body.mesh);
    return body;
  }
} // namespace lacuna
