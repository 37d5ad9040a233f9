// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/cell_quality.h"

#include <algorithm>
#include <cmath>

namespace lacuna
{
  double distance(const Coordinates &a, const Coordinates &b)
  {
    return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
  }

  double scaled_jacobian(const Corners &corners, const unsigned int corner)
  {
    std::array<Coordinates, dim> edge;
    double lengths = 1;
    for (unsigned int d = 0; d < dim; ++d)
    {
      const unsigned int bit  = 1u << d;
      const Coordinates &low  = corners[corner & ~bit];
      const Coordinates &high = corners[corner | bit];
      for (unsigned int i = 0; i < dim; ++i)
        edge[d][i] = high[i] - low[i];
      lengths *= distance(low, high);
    }
    if (lengths == 0)
      return 0;
    const double determinant = edge[0][0] * (edge[1][1] * edge[2][2] - edge[1][2] * edge[2][1]) -
                               edge[0][1] * (edge[1][0] * edge[2][2] - edge[1][2] * edge[2][0]) +
                               edge[0][2] * (edge[1][0] * edge[2][1] - edge[1][1] * edge[2][0]);
    return determinant / lengths;
  }

  double scaled_jacobian(const Corners &corners)
  {
    double smallest = 1;
    for (unsigned int corner = 0; corner < 8; ++corner)
      smallest = std::min(smallest, scaled_jacobian(corners, corner));
    return smallest;
  }

  std::array<double, 2> edge_lengths(const Corners &corners)
  {
    std::array<double, 2> range{distance(corners[0], corners[1]), 0};
    for (unsigned int corner = 0; corner < 8; ++corner)
      for (unsigned int bit = 1; bit < 8; bit *= 2)
        if ((corner & bit) == 0)
        {
          const double length = distance(corners[corner], corners[corner | bit]);
          range               = {std::min(range[0], length), std::max(range[1], length)};
        }
    return range;
  }

  Coordinates centroid(const Corners &corners)
  {
    Coordinates sum{};
    for (const auto &corner : corners)
      for (unsigned int i = 0; i < dim; ++i)
        sum[i] += corner[i] / 8;
    return sum;
  }
} // namespace lacuna
