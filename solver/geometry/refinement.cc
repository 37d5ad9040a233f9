// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/refinement.h"

#include <deal.II/base/mpi.h>
#include <deal.II/grid/grid_tools.h>

#include <algorithm>
#include <iterator>

namespace lacuna
{
  namespace
  {
    using Cell = DistributedMesh::cell_iterator;

    unsigned int level_of(const dealii::CellId &cell)
    {
      return cell.get_child_indices().size();
    }

    /** Whether this rank is to tell that a cell has children: one of all ranks that know of it. */
    bool speaks_for(const Cell &cell)
    {
      Cell descendant = cell;
      while (descendant->has_children())
        descendant = descendant->child(0);
      return descendant->is_locally_owned();
    }

    std::vector<dealii::CellId> refined_cells(const DistributedMesh &mesh)
    {
      std::vector<dealii::CellId::binary_type> mine;
      for (unsigned int level = 0; level < mesh.n_levels(); ++level)
        for (const Cell &cell : mesh.cell_iterators_on_level(level))
          if (cell->has_children() && speaks_for(cell))
            mine.push_back(cell->id().to_binary<dim>());
      std::vector<dealii::CellId> result;
      for (const auto &part : dealii::Utilities::MPI::all_gather(mesh.get_communicator(), mine))
        for (const auto &name : part)
          result.emplace_back(name);
      std::sort(result.begin(), result.end());
      return result;
    }

    /** Vertices that this rank knows to hang from an edge or a face of a cell of one level, and
     * where its linear cell has them. */
    void move_hanging_vertices(DistributedMesh &mesh, unsigned int level, std::vector<bool> &moved)
    {
      const auto move = [&](auto &vertex, unsigned int index, const dealii::Point<dim> &to)
      {
        vertex       = to;
        moved[index] = true;
      };
      for (const Cell &cell : mesh.cell_iterators_on_level(level))
      {
        if (!cell->is_active() || cell->is_artificial())
          continue;
        for (const unsigned int l : cell->line_indices())
          if (const auto line = cell->line(l); line->has_children())
            move(line->child(0)->vertex(1), line->child(0)->vertex_index(1),
                 (line->vertex(0) + line->vertex(1)) / 2);
        for (const auto &face : cell->face_iterators())
          if (face->has_children())
            move(face->isotropic_child(0)->vertex(3), face->isotropic_child(0)->vertex_index(3),
                 (face->vertex(0) + face->vertex(1) + face->vertex(2) + face->vertex(3)) / 4);
      }
    }
  } // namespace

  unsigned int Refinement::n_local_levels() const
  {
    unsigned int result = 0;
    for (const dealii::CellId &cell : cells)
      result = std::max(result, level_of(cell) + 1);
    return result;
  }

  Refinement Refinement::coarser() const
  {
    if (global > 0)
      return {global - 1, cells};
    const unsigned int finest = n_local_levels();
    Refinement result;
    std::copy_if(cells.begin(), cells.end(), std::back_inserter(result.cells),
                 [&](const dealii::CellId &cell) { return level_of(cell) + 1 < finest; });
    return result;
  }

  bool Refinement::refines(const dealii::CellId &cell) const
  {
    return std::binary_search(cells.begin(), cells.end(), cell);
  }

  Refinement
  refine_mesh(DistributedMesh &mesh, unsigned int n_local_levels,
              const std::function<bool(const DistributedMesh::active_cell_iterator &)> &is_wanted,
              unsigned int global)
  {
    for (unsigned int level = 0; level < n_local_levels; ++level)
    {
      for (const auto &cell : mesh.active_cell_iterators())
        if (cell->is_locally_owned() && unsigned(cell->level()) == level && is_wanted(cell))
          cell->set_refine_flag();
      mesh.execute_coarsening_and_refinement();
    }
    const Refinement result{global, refined_cells(mesh)};
    mesh.refine_global(global);
    return result;
  }

  void close_gaps_at_hanging_vertices(DistributedMesh &mesh)
  {
    // From coarse to fine, since what a vertex hangs from may hang itself.
    for (unsigned int level = 0; level + 1 < mesh.n_global_levels(); ++level)
    {
      std::vector<bool> moved(mesh.n_vertices(), false);
      if (level < mesh.n_levels())
        move_hanging_vertices(mesh, level, moved);
      const std::vector<bool> owned = dealii::GridTools::get_locally_owned_vertices(mesh);
      std::transform(moved.begin(), moved.end(), owned.begin(), moved.begin(),
                     [](bool is_moved, bool is_owned) { return is_moved && is_owned; });
      mesh.communicate_locally_moved_vertices(moved);
    }
  }
} // namespace lacuna
