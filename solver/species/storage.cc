// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "species/storage.h"

#include <deal.II/base/mpi.h>

namespace lacuna
{
  Storage::Storage(const StateLayout &layout_, const Medium &medium_,
                   const std::vector<double> &porosity_, unsigned int n_mobile)
      : layout(layout_), medium(medium_), porosity(porosity_), at_node(layout_.n_nodes, n_mobile)
  {
    for (unsigned int p = 0; p < layout.n_points(); ++p)
      for (unsigned int s = 0; s < n_mobile; ++s)
        at_node(layout.point_node[p], s) += at_point(p, s);
  }

  std::vector<double> Storage::amounts(ConstNodeView concentration) const
  {
    std::vector<double> result(concentration.n_species(), 0.);
    for_each_value(concentration, [&](std::size_t node, unsigned int s)
                   { result[s] += at_node(node, s) * concentration(node, s); });
    dealii::Utilities::MPI::sum(result, layout.communicator(), result);
    return result;
  }
} // namespace lacuna
