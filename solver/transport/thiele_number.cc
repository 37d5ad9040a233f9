// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/thiele_number.h"

#include "transport/batches.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace lacuna
{
  double BoundingBox::smallest_extent() const
  {
    double smallest = std::numeric_limits<double>::max();
    for (unsigned int d = 0; d < dim; ++d)
      smallest = std::min(smallest, high[d] - low[d]);
    return smallest;
  }

  std::vector<BoundingBox> bounding_boxes(const StateLayout &layout)
  {
    constexpr double far = std::numeric_limits<double>::max();
    std::vector<BoundingBox> boxes(layout.geometry.regions.size(),
                                   {{{far, far, far}}, {{-far, -far, -far}}});
    for (unsigned int p = 0; p < layout.n_points(); ++p)
      for (unsigned int d = 0; d < dim; ++d)
      {
        const double x   = layout.node_position[layout.point_node[p]][d];
        BoundingBox &box = boxes[layout.point_region[p]];
        box.low[d]       = std::min(box.low[d], x);
        box.high[d]      = std::max(box.high[d], x);
      }
    for (BoundingBox &box : boxes)
      for (unsigned int d = 0; d < dim; ++d)
      {
        box.low[d]  = dealii::Utilities::MPI::min(box.low[d], layout.communicator());
        box.high[d] = dealii::Utilities::MPI::max(box.high[d], layout.communicator());
      }
    return boxes;
  }

  std::vector<std::vector<double>> thiele_numbers(const Model &model, const State &state)
  {
    const StateLayout &layout   = model.layout;
    const unsigned int n_mobile = model.species.mobile.size();
    const auto boxes            = bounding_boxes(layout);
    std::vector<std::vector<double>> largest_uptake(boxes.size(), std::vector<double>(n_mobile)),
        result = largest_uptake;
    Reaction::Batch batch = model.reaction.make_batch();
    const auto look_at    = [&](unsigned int p)
    {
      const unsigned int point = batch.first_point + p, region = layout.point_region[point];
      const double h       = 0.5 * boxes[region].smallest_extent();
      const Coordinates &x = layout.node_position[layout.point_node[point]];
      for (unsigned int s = 0; s < n_mobile; ++s)
      {
        const double uptake = batch.mobile_loss.row(s)[p];
        if (uptake <= largest_uptake[region][s])
          continue;
        largest_uptake[region][s] = uptake;
        const double supply =
            model.medium.diffusivity(s, region, x) * batch.state.row(s)[p]; // of a gradient c / h
        result[region][s] = supply > 0 ? std::sqrt(uptake * h * h / supply) : 0;
      }
    };
    for_each_batch(layout, model.reaction, state.mobile, state.immobile, batch,
                   [&](unsigned int, unsigned int)
                   {
                     model.reaction.evaluate(batch, model.points, state.time);
                     for (unsigned int p = 0; p < batch.n_points; ++p)
                       look_at(p);
                   });
    for (auto &of_region : result)
      for (double &number : of_region)
        number = dealii::Utilities::MPI::max(number, layout.communicator());
    return result;
  }
} // namespace lacuna
