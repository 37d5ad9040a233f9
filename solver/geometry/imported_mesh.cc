// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/imported_mesh.h"

#include "geometry/gmsh_reader.h"
#include "geometry/mesh_check.h"

namespace lacuna
{
  Body imported_mesh(const GeometrySettings &settings)
  {
    AcceptedMesh accepted = accept_mesh(read_gmsh(settings.mesh_file), settings);
    Body body;
    body.mesh    = std::move(accepted.mesh);
    body.regions = std::move(accepted.regions);
    body.faces   = std::move(accepted.faces);
    body.notes   = std::move(accepted.notes);
    return body;
  }
} // namespace lacuna
