// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/geometry_settings.h"
#include "geometry/body.h"
#include "geometry/refinement.h"

#include <deal.II/fe/mapping.h>

#include <memory>
#include <string>
#include <vector>

namespace lacuna
{
  /**
   * Where the tissue is: distributed hexahedra, refined, with curved bodies attached to all cells
   * so that refinement converges to the body. The material id of a cell is its index in `regions`,
   * the boundary id of a face its index in `faces`; every boundary face has one of the named faces.
   */
  struct Geometry
  {
    explicit Geometry(MPI_Comm communicator);

    DistributedMesh triangulation;
    std::unique_ptr<dealii::Mapping<dim>> mapping; ///< of the degree of the finite element
    std::vector<std::string> regions, faces;
    std::vector<std::string> notes;   ///< what a mesh reader wants the user to know
    std::shared_ptr<const Body> body; ///< whose coarse cells were refined
    Refinement refinement;            ///< of them
  };

  /** Builds and refines the body. Throws UserError if the settings describe none, or a mesh file is
   * not acceptable. */
  std::unique_ptr<Geometry> build_geometry(const GeometrySettings &settings, MPI_Comm communicator);

  /** The same body with cells that are refined otherwise, for linear elements. Collective. */
  std::unique_ptr<Geometry> build_refined(const Geometry &other, const Refinement &refinement);

  /** Volume of every region (m^3) and area of every face (m^2), over all ranks, by quadrature on
   * the mapped cells. */
  std::vector<double> region_volumes(const Geometry &geometry);
  std::vector<double> face_areas(const Geometry &geometry);
} // namespace lacuna
