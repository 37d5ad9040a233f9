// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "output/field_series.h"

#include "output/text_file.h"

#include <deal.II/base/data_out_base.h>
#include <deal.II/base/mpi.h>
#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/fe_dgq.h>
#include <deal.II/fe/fe_values.h>
#include <deal.II/grid/reference_cell.h>

#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace lacuna
{
  namespace
  {
    constexpr double seconds_per_day = 86400, mm_per_metre = 1000;

    std::string xml_text(const std::string &text)
    {
      std::string result;
      for (const char c : text)
        switch (c)
        {
        case '&':
          result += "&amp;";
          break;
        case '<':
          result += "&lt;";
          break;
        case '>':
          result += "&gt;";
          break;
        case '"':
          result += "&quot;";
          break;
        default:
          result += c;
        }
      return result;
    }

    /** Patches made directly from cell-wise values. DataOut would need a finite element field,
     * which cannot jump, and allows no blanks in names. */
    class CellwiseData : public dealii::DataOutInterface<dim>
    {
    public:
      CellwiseData(const Geometry &geometry, unsigned int degree,
                   const std::vector<FieldValues> &fields)
      {
        for (const FieldValues &field : fields)
          names.push_back(xml_text(field.name));
        names.emplace_back("region");

        const dealii::QIterated<dim> points(dealii::QTrapezoid<1>(), degree);
        const dealii::FE_DGQ<dim> no_element(0);
        dealii::FEValues<dim> places(*geometry.mapping, no_element, points,
                                     dealii::update_quadrature_points);
        patches.reserve(geometry.triangulation.n_locally_owned_active_cells());
        for (const auto &cell : geometry.triangulation.active_cell_iterators())
          if (cell->is_locally_owned())
          {
            places.reinit(cell);
            add_patch(places.get_quadrature_points(), degree, cell->material_id(), fields);
          }
      }

    private:
      void add_patch(const std::vector<dealii::Point<dim>> &points, unsigned int degree,
                     unsigned int region, const std::vector<FieldValues> &fields)
      {
        const unsigned int n          = points.size();
        const std::size_t begin       = patches.size() * n;
        const unsigned int region_row = fields.size();

        dealii::DataOutBase::Patch<dim, dim> patch;
        patch.patch_index          = patches.size();
        patch.reference_cell       = dealii::ReferenceCells::get_hypercube<dim>();
        patch.n_subdivisions       = degree;
        patch.points_are_available = true;
        patch.data.reinit(fields.size() + 1 + dim, n);
        for (unsigned int q = 0; q < n; ++q)
        {
          for (unsigned int f = 0; f < fields.size(); ++f)
            patch.data(f, q) = static_cast<float>(fields[f].values.at(begin + q));
          patch.data(region_row, q) = static_cast<float>(region);
          for (unsigned int d = 0; d < dim; ++d)
            patch.data(region_row + 1 + d, q) = static_cast<float>(points[q][d] * mm_per_metre);
        }
        for (const unsigned int v : dealii::GeometryInfo<dim>::vertex_indices())
          patch.vertices[v] = corner(points, degree, v) * mm_per_metre;
        patches.push_back(std::move(patch));
      }

      static dealii::Point<dim> corner(const std::vector<dealii::Point<dim>> &points,
                                       unsigned int degree, unsigned int vertex)
      {
        const unsigned int line = degree + 1;
        return points[degree *
                      ((vertex & 1) + line * ((vertex >> 1 & 1) + line * (vertex >> 2 & 1)))];
      }

      const std::vector<dealii::DataOutBase::Patch<dim, dim>> &get_patches() const override
      {
        return patches;
      }
      std::vector<std::string> get_dataset_names() const override { return names; }

      std::vector<dealii::DataOutBase::Patch<dim, dim>> patches;
      std::vector<std::string> names;
    };

    std::string numbered(std::size_t index, const std::string &ending)
    {
      char text[24];
      std::snprintf(text, sizeof text, "%04zu", index);
      return text + ending;
    }

    /** Throws on all ranks if the stream of one of them failed. */
    void check_written(bool written, const std::filesystem::path &folder, MPI_Comm communicator)
    {
      if (dealii::Utilities::MPI::min(written ? 1 : 0, communicator) == 0)
        throw std::runtime_error("Cannot write the fields to '" + folder.string() +
                                 "'. Is the disk full, or the folder read-only?");
    }
  } // namespace

  FieldSeries::FieldSeries(std::filesystem::path folder_, const Geometry &geometry_,
                           unsigned int degree_)
      : folder(std::move(folder_)), geometry(geometry_), degree(degree_)
  {
  }

  void FieldSeries::write(double time_in_seconds, const std::vector<FieldValues> &fields)
  {
    namespace mpi               = dealii::Utilities::MPI;
    const MPI_Comm communicator = geometry.triangulation.get_communicator();
    const auto rank             = mpi::this_mpi_process(communicator);
    const auto n_ranks          = mpi::n_mpi_processes(communicator);
    const double time           = time_in_seconds / seconds_per_day;
    const std::size_t index     = series.size();

    CellwiseData data(geometry, degree, fields);
    dealii::DataOutBase::VtkFlags flags;
    flags.time                = time;
    flags.cycle               = index;
    flags.print_date_and_time = false;
    flags.compression_level   = dealii::DataOutBase::VtkFlags::default_compression;
    data.set_flags(flags);

    // VTK cannot read a piece without cells: ranks that own none write no file.
    const bool owns_cells = geometry.triangulation.n_locally_owned_active_cells() > 0;
    const auto has_piece  = mpi::all_gather(communicator, owns_cells ? 1 : 0);
    bool written          = true;
    if (owns_cells)
    {
      std::error_code error;
      std::filesystem::create_directories(folder / "fields", error);
      std::ofstream piece(folder / "fields" / numbered(index, "." + std::to_string(rank) + ".vtu"));
      if (piece)
        data.write_vtu(piece);
      piece.close();
      written = bool(piece);
    }
    check_written(written, folder, communicator);

    series.emplace_back(time, "fields/" + numbered(index, ".pvtu"));
    if (rank == 0)
    {
      std::vector<std::string> pieces;
      for (unsigned int r = 0; r < n_ranks; ++r)
        if (has_piece[r] != 0)
          pieces.push_back(numbered(index, "." + std::to_string(r) + ".vtu"));
      std::ofstream record(folder / series.back().second);
      data.write_pvtu_record(record, pieces);
      record.close();
      written = bool(record);
      try
      {
        if (written)
          write_index();
      }
      catch (const std::runtime_error &)
      {
        written = false;
      }
    }
    check_written(written, folder, communicator);
  }

  void FieldSeries::write_index() const
  {
    std::string text = "<?xml version=\"1.0\"?>\n"
                       "<!-- Lacuna: lengths in mm, times in d -->\n"
                       "<VTKFile type=\"Collection\" version=\"0.1\" byte_order=\"LittleEndian\">\n"
                       "  <Collection>\n";
    for (const auto &[time, file] : series)
    {
      char number[32];
      std::snprintf(number, sizeof number, "%.17g", time);
      text += std::string("    <DataSet timestep=\"") + number +
              "\" group=\"\" part=\"0\" file=\"" + file + "\"/>\n";
    }
    write_atomically(folder / "fields.pvd", text + "  </Collection>\n</VTKFile>\n");
  }
} // namespace lacuna
