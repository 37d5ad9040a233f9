// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/boundary.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace lacuna
{
  namespace
  {
    struct NodeOnFace
    {
      unsigned int node;
      double area; ///< integral of its shape function, m^2
    };

    std::vector<NodeOnFace> nodes_on_face(const std::string &name, const StateLayout &layout,
                                          const PointProperties &points)
    {
      const auto &faces = layout.geometry.faces;
      const auto face   = std::find(faces.begin(), faces.end(), name) - faces.begin();
      std::vector<NodeOnFace> result;
      for (unsigned int node = 0; node < layout.n_nodes; ++node)
      {
        double area = 0;
        for (unsigned int p = layout.node_begin[node]; p < layout.node_begin[node + 1]; ++p)
          area += points.face_area[face][p];
        if (area > 0)
          result.push_back({node, area});
      }
      return result;
    }
  } // namespace

  Boundary::Boundary(const std::vector<BoundarySetting> &settings_, const SpeciesTable &species,
                     const StateLayout &layout, const PointProperties &points)
      : settings(settings_), n_nodes(layout.n_nodes), n_species(species.mobile.size()),
        fixed_flags(n_nodes * n_species, 0)
  {
    const FieldView<Node, char> flags(fixed_flags.data(), n_nodes, n_species);
    std::map<std::pair<unsigned int, unsigned int>, const TimeTable *> taken;
    unsigned long contested = 0;

    const auto for_each_node = [&](const BoundarySetting &setting, const auto &action)
    {
      if (const int s = species.find_mobile(setting.species); s >= 0)
        for (const auto &[node, area] : nodes_on_face(setting.face, layout, points))
          action(node, static_cast<unsigned int>(s), area);
    };

    for (const BoundarySetting &setting : settings)
      if (setting.kind == BoundaryKind::fixed)
        for_each_node(setting,
                      [&](unsigned int node, unsigned int s, double)
                      {
                        const auto [place, is_new] =
                            taken.emplace(std::make_pair(node, s), &setting.value);
                        if (is_new)
                        {
                          fixed.push_back({node, s, &setting.value});
                          flags(node, s) = 1;
                        }
                        else if (place->second->values != setting.value.values)
                          ++contested;
                      });
    for (const BoundarySetting &setting : settings)
      if (setting.kind == BoundaryKind::exchange || setting.kind == BoundaryKind::flux)
        for_each_node(setting,
                      [&](unsigned int node, unsigned int s, double area)
                      {
                        if (!is_fixed(node, s))
                          natural.push_back({node, s, area, &setting});
                      });
    n_contested = dealii::Utilities::MPI::sum(contested, layout.communicator());
  }

  std::vector<double> Boundary::knots() const
  {
    std::vector<double> result;
    for (const BoundarySetting &setting : settings)
      for (const TimeTable *table : {&setting.value, &setting.coefficient, &setting.flux})
      {
        const auto knots = table->knots();
        result.insert(result.end(), knots.begin(), knots.end());
      }
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
  }
} // namespace lacuna
