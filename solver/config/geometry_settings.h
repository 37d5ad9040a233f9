// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace lacuna
{
  enum class Shape
  {
    box,
    ball,
    cylinder,
    hollow_cylinder,
    elliptic_cylinder,
    lumbar_disc,
    mesh_file
  };

  /** One named layer of a simple body: along x for a box, outward for round bodies, inward from the
   * end of a cylinder. */
  struct Layer
  {
    std::string region;
    double thickness   = 0; ///< m
    unsigned int cells = 1; ///< coarse cells across it
  };

  double total_thickness(const std::vector<Layer> &layers); ///< m

  struct LumbarDiscSettings
  {
    std::string level;
    double width, depth, anterior_height, posterior_height; ///< m
    double kidney_ratio, squareness;                        ///< k2, q
    double nucleus_area_fraction, nucleus_offset;           ///< -, m behind the disc centroid
    double superior_bulge, inferior_bulge, bulge_radius;    ///< m, m, fraction of the outline
    double bulge_apex; ///< fraction of the depth semi-axis, 0 = centre
    double endplate_thickness_centre, endplate_thickness_rim; ///< m
    double inner_annulus_share; ///< of the ring between nucleus and periphery
    unsigned int core_cells, nucleus_rings, inner_rings, outer_rings, tissue_layers,
        endplate_layers;
  };

  struct GeometrySettings
  {
    Shape shape              = Shape::box;
    unsigned int refinements = 0;                            ///< of all cells
    std::map<std::string, unsigned int> further_refinements; ///< region -> of its cells
    unsigned int degree = 1;                                 ///< of the finite element, 1 or 2
    std::vector<Layer> layers;                               ///< simple bodies
    std::vector<Layer> bottom_layers,
        top_layers;                ///< cylinders: over the whole section, from the face inward
    double size_y = 0, size_z = 0; ///< box: extents in y and z; round bodies: size_z = height
    double inner_radius     = 0;   ///< hollow cylinder
    double second_semi_axis = 0;   ///< elliptic cylinder: along y (layers give the one along x)
    unsigned int cells_y    = 1,
                 cells_z    = 1; ///< cylinders: between the bottom and the top layers
    LumbarDiscSettings disc{};
    std::filesystem::path mesh_file;
    double mesh_unit = 1; ///< m
    std::vector<std::pair<int, std::string>> mesh_regions,
        mesh_faces; ///< id -> name, in file order
    bool merge_coincident_nodes = false;

    std::vector<std::string> regions() const; ///< names, in order, without repetition
    std::vector<std::string> faces() const;
  };
} // namespace lacuna
