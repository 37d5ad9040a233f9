// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/geometry.h"

#include "config/user_error.h"
#include "geometry/cell_quality.h"
#include "geometry/disc_shape.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/fe_nothing.h>
#include <deal.II/fe/fe_values.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <set>

using namespace lacuna;

namespace
{
  constexpr double pi = dealii::numbers::PI;
  const auto meshes   = std::filesystem::path(LACUNA_SOURCE_DIR) / "meshes";
  const auto mm       = 1e-3;
  using Names         = std::vector<std::string>;

  /** The outline, heights and nucleus of a real L4-L5 disc, on the 140 cells of the coarsest mesh.
   */
  GeometrySettings l4_l5(const unsigned int refinements, const unsigned int degree = 1)
  {
    GeometrySettings settings;
    settings.shape       = Shape::lumbar_disc;
    settings.refinements = refinements;
    settings.degree      = degree;

    auto &disc                     = settings.disc;
    disc.width                     = 53.5 * mm;
    disc.depth                     = 39.0 * mm;
    disc.anterior_height           = 15.9 * mm;
    disc.posterior_height          = 10.2 * mm;
    disc.kidney_ratio              = 0.067;
    disc.squareness                = 0.028;
    disc.nucleus_area_fraction     = 0.47;
    disc.nucleus_offset            = 1.8 * mm;
    disc.superior_bulge            = 1.5 * mm;
    disc.inferior_bulge            = 0.7 * mm;
    disc.bulge_radius              = 0.85;
    disc.bulge_apex                = 0;
    disc.endplate_thickness_centre = 0.55 * mm;
    disc.endplate_thickness_rim    = 0.9 * mm;
    disc.inner_annulus_share       = 0.5;
    disc.core_cells                = 2;
    disc.nucleus_rings = disc.inner_rings = disc.outer_rings = 1;
    disc.tissue_layers                                       = 3;
    disc.endplate_layers                                     = 1;
    return settings;
  }

  GeometrySettings round_body(const Shape shape, const unsigned int refinements,
                              const unsigned int degree)
  {
    GeometrySettings settings;
    settings.shape       = shape;
    settings.refinements = refinements;
    settings.degree      = degree;
    settings.layers      = {{"core", 1.5 * mm, 2}, {"shell", 1 * mm, 1}};
    settings.size_z      = 3 * mm;
    settings.cells_z     = 2;
    return settings;
  }

  double sum(const std::vector<double> &values)
  {
    return std::accumulate(values.begin(), values.end(), 0.);
  }

  std::unique_ptr<Geometry> build(const GeometrySettings &settings)
  {
    return build_geometry(settings, MPI_COMM_WORLD);
  }

  double volume(const GeometrySettings &settings)
  {
    return sum(region_volumes(*build(settings)));
  }

  Coordinates coordinates(const dealii::Point<dim> &point)
  {
    return {point[0], point[1], point[2]};
  }

  double smallest_scaled_jacobian(const Geometry &geometry)
  {
    double smallest = 1;
    for (const auto &cell : geometry.triangulation.active_cell_iterators())
      if (cell->is_locally_owned())
      {
        Corners corners;
        for (unsigned int c = 0; c < 8; ++c)
          corners[c] = coordinates(cell->vertex(c));
        smallest = std::min(smallest, scaled_jacobian(corners));
      }
    return dealii::Utilities::MPI::min(smallest, MPI_COMM_WORLD);
  }

  /** Calls use(position, names of the regions that meet there) for every vertex of the cells of
   * this rank. */
  template <typename Use>
  void for_each_vertex(const Geometry &geometry, const Use &use)
  {
    std::map<unsigned int, std::set<std::string>> regions;
    std::map<unsigned int, Coordinates> position;
    for (const auto &cell : geometry.triangulation.active_cell_iterators())
      if (!cell->is_artificial())
        for (unsigned int c = 0; c < 8; ++c)
        {
          regions[cell->vertex_index(c)].insert(geometry.regions[cell->material_id()]);
          position[cell->vertex_index(c)] = coordinates(cell->vertex(c));
        }
    for (const auto &[vertex, names] : regions)
      use(position[vertex], names);
  }

  double relative(const double value, const double exact)
  {
    return value / exact - 1;
  }
} // namespace

TEST(DiscShape, HasTheMeasuresThatWereAskedFor)
{
  for (const double kidney_ratio : {0., 0.067, 0.25, 0.33})
  {
    auto settings         = l4_l5(0).disc;
    settings.kidney_ratio = kidney_ratio;
    const DiscShape shape(settings);
    double low_x = 0, low_y = 0, high_y = 0, area = 0;
    constexpr int points = 20000;
    auto before          = shape.section(0, 1);
    for (int k = 1; k <= points; ++k)
    {
      const double t = 2 * pi * k / points;
      const auto at  = shape.section(std::sin(t), std::cos(t));
      low_x          = std::min(low_x, at[0]);
      low_y          = std::min(low_y, at[1]);
      high_y         = std::max(high_y, at[1]);
      area += (before[1] * at[0] - before[0] * at[1]) / 2; // t runs clockwise
      before = at;
    }
    EXPECT_NEAR(-2 * low_x, 53.5 * mm, 1e-8);
    EXPECT_NEAR(high_y - low_y, 39.0 * mm, 1e-8);
    EXPECT_NEAR(relative(area, shape.area()), 0, 1e-6);
    EXPECT_NEAR(shape.nucleus_area_fraction(), 0.47, 1e-12);
    EXPECT_NEAR(shape.nucleus_offset(), 1.8 * mm, 1e-12);
    EXPECT_NEAR(shape.height(high_y), 15.9 * mm, 1e-8);
    EXPECT_NEAR(shape.height(low_y), 10.2 * mm, 1e-8);
  }
}

TEST(DiscShape, InvertsItself)
{
  auto settings         = l4_l5(0).disc;
  settings.kidney_ratio = 0.33;
  const DiscShape shape(settings);
  for (const double rho : {0., 0.3, 0.7, 1.})
    for (double t = 0; t < 6; t += 0.5)
      for (const double zeta : {0., 0.05, 0.1, 0.5, 0.93, 1.})
      {
        const Coordinates reference{rho * std::sin(t), rho * std::cos(t), zeta};
        const auto back = shape.reference(shape.position(reference));
        EXPECT_LT(distance(reference, back), 1e-11);
      }
}

TEST(DiscShape, RefusesANucleusThatFillsTheDisc)
{
  auto settings                  = l4_l5(0).disc;
  settings.nucleus_area_fraction = 0.85;
  settings.nucleus_offset        = 4 * mm;
  EXPECT_THROW(DiscShape shape(settings), UserError);
  settings                        = l4_l5(0).disc;
  settings.endplate_thickness_rim = 5.5 * mm;
  EXPECT_THROW(DiscShape shape(settings), UserError);
}

TEST(LumbarDisc, VolumeConvergesToTheClosedForm)
{
  const double exact = DiscShape(l4_l5(0).disc).volume();
  EXPECT_NEAR(exact, 22.75e-6, 0.01e-6);

  // Straight edges: a quarter of the error at each refinement.
  const double q1[] = {-10.1e-2, -2.59e-2, -0.652e-2, -0.163e-2};
  for (unsigned int level = 0; level < 4; ++level)
    EXPECT_NEAR(relative(volume(l4_l5(level)), exact), q1[level], 0.01 * std::abs(q1[level]));

  // Quadratic edges: a sixteenth.
  const double q2[] = {-7.6e-4, -4.8e-5, -3.3e-6};
  for (unsigned int level = 0; level < 3; ++level)
    EXPECT_NEAR(relative(volume(l4_l5(level, 2)), exact), q2[level], 0.02 * std::abs(q2[level]));
}

TEST(LumbarDisc, ConcaveBackConvergesAsWell)
{
  auto settings              = l4_l5(3);
  settings.disc.kidney_ratio = 0.33;
  EXPECT_NEAR(relative(volume(settings), DiscShape(settings.disc).volume()), 0, 3e-3);
  settings.refinements = 2;
  settings.degree      = 2;
  EXPECT_NEAR(relative(volume(settings), DiscShape(settings.disc).volume()), 0, 3e-5);
}

TEST(LumbarDisc, HasItsRegionsAndFaces)
{
  const auto geometry = build(l4_l5(2, 2));
  EXPECT_EQ(geometry->regions, (Names{"nucleus", "inner annulus", "outer annulus", "endplate"}));
  EXPECT_EQ(geometry->faces,
            (Names{"superior endplate", "inferior endplate", "annulus periphery", "rim"}));
  EXPECT_EQ(geometry->triangulation.n_global_active_cells(), 140u * 64);

  const double exact       = DiscShape(l4_l5(0).disc).volume();
  const auto volumes       = region_volumes(*geometry);
  const double fractions[] = {0.4294, 0.2024, 0.2862, 0.0819};
  for (unsigned int r = 0; r < 4; ++r)
    EXPECT_NEAR(volumes[r] / exact, fractions[r], 1e-4);

  // The section is 1631 mm^2; the endplates cover what is not under the rim, and are slightly
  // domed.
  const auto areas = face_areas(*geometry);
  EXPECT_NEAR(areas[0], 1204e-6, 1e-6);
  EXPECT_NEAR(areas[1], 1200e-6, 1e-6);
  EXPECT_NEAR(areas[2], 1924e-6, 1e-6);
  EXPECT_NEAR(areas[3], 982e-6, 1e-6);
}

TEST(LumbarDisc, CellsStayWellShaped)
{
  const double expected[] = {0.61, 0.56, 0.53, 0.51};
  for (unsigned int level = 0; level < 4; ++level)
    EXPECT_NEAR(smallest_scaled_jacobian(*build(l4_l5(level))), expected[level], 0.01);
}

TEST(LumbarDisc, RefinementKeepsTheInterfaces)
{
  const auto settings = l4_l5(2);
  const auto geometry = build(settings);
  const DiscShape shape(settings.disc);
  const double r = shape.nucleus_radius(), e = shape.nucleus_centre();
  unsigned int found = 0;
  for_each_vertex(*geometry,
                  [&](const Coordinates &at, const std::set<std::string> &regions)
                  {
                    const auto reference = shape.reference(at);
                    if (regions.count("nucleus") && regions.count("inner annulus"))
                    {
                      EXPECT_NEAR(std::hypot(reference[0], reference[1] - e), r, 1e-9);
                      ++found;
                    }
                    if (regions.count("nucleus") && regions.count("endplate"))
                    {
                      EXPECT_NEAR(std::abs(reference[2] - 0.5), 0.4, 1e-9);
                      ++found;
                    }
                  });
  EXPECT_GT(found, 100u);
}

TEST(Box, IsCutIntoLayersAlongX)
{
  GeometrySettings bar; // one cell thick, a thousand times longer than its finest cell is wide
  bar.shape  = Shape::box;
  bar.layers = {{"nucleus", 4.4 * mm, 40}, {"endplate", 0.6 * mm, 10}, {"nucleus", 1 * mm, 3}};
  bar.size_y = 0.01 * mm;
  bar.size_z = 5 * mm;
  const auto geometry = build(bar);
  EXPECT_EQ(geometry->triangulation.n_global_active_cells(), 53u);
  EXPECT_EQ(geometry->regions, (Names{"nucleus", "endplate"}));
  EXPECT_EQ(geometry->faces, (Names{"left", "right", "front", "back", "bottom", "top"}));

  const auto volumes = region_volumes(*geometry);
  EXPECT_NEAR(relative(volumes[0], 5.4 * 0.01 * 5 * 1e-9), 0, 1e-12);
  EXPECT_NEAR(relative(volumes[1], 0.6 * 0.01 * 5 * 1e-9), 0, 1e-12);
  const auto areas     = face_areas(*geometry);
  const double exact[] = {0.05, 0.05, 30, 30, 0.06, 0.06}; // mm^2
  for (unsigned int f = 0; f < 6; ++f)
    EXPECT_NEAR(relative(areas[f], exact[f] * 1e-6), 0, 1e-12);

  bar.cells_y = 2;
  bar.cells_z = 3;
  EXPECT_EQ(build(bar)->triangulation.n_global_active_cells(), 53u * 6);
}

TEST(Ball, ConvergesWithExactInterfaces)
{
  const double core  = 4. / 3 * pi * std::pow(1.5 * mm, 3),
               whole = 4. / 3 * pi * std::pow(2.5 * mm, 3);
  double before      = 0;
  for (unsigned int level = 0; level < 4; ++level)
  {
    const auto geometry = build(round_body(Shape::ball, level, 1));
    const auto volumes  = region_volumes(*geometry);
    const double error  = std::abs(relative(sum(volumes), whole));
    if (level > 1)
      EXPECT_NEAR(before / error, 4, 0.2);
    before = error;
    for_each_vertex(*geometry,
                    [](const Coordinates &at, const std::set<std::string> &regions)
                    {
                      if (regions.size() == 2)
                        EXPECT_NEAR(distance(at, {}), 1.5 * mm, 1e-12);
                    });
  }
  const auto fine    = build(round_body(Shape::ball, 2, 2));
  const auto volumes = region_volumes(*fine);
  EXPECT_NEAR(relative(volumes[0], core), 0, 2e-5);
  EXPECT_NEAR(relative(sum(volumes), whole), 0, 2e-5);
  EXPECT_NEAR(relative(face_areas(*fine)[0], 4 * pi * 6.25e-6), 0, 2e-5);
  EXPECT_GT(smallest_scaled_jacobian(*build(round_body(Shape::ball, 2, 1))), 0.4);
}

TEST(Cylinder, ConvergesWithExactInterfaces)
{
  const auto fine = build(round_body(Shape::cylinder, 2, 2));
  EXPECT_EQ(fine->faces, (Names{"side", "bottom", "top"}));
  const auto volumes = region_volumes(*fine);
  EXPECT_NEAR(relative(volumes[0], pi * 2.25e-6 * 3 * mm), 0, 2e-5);
  EXPECT_NEAR(relative(volumes[1], pi * 4e-6 * 3 * mm), 0, 2e-5);
  const auto areas = face_areas(*fine);
  EXPECT_NEAR(relative(areas[0], 2 * pi * 2.5 * mm * 3 * mm), 0, 2e-5);
  EXPECT_NEAR(relative(areas[1], pi * 6.25e-6), 0, 2e-5);
  EXPECT_NEAR(areas[1], areas[2], 1e-15);
  EXPECT_NEAR(relative(volume(round_body(Shape::cylinder, 3, 1)), pi * 6.25e-6 * 3 * mm), 0, 2e-3);
  for_each_vertex(*fine,
                  [](const Coordinates &at, const std::set<std::string> &regions)
                  {
                    if (regions.size() == 2)
                      EXPECT_NEAR(std::hypot(at[0], at[1]), 1.5 * mm, 1e-12);
                    EXPECT_LE(std::abs(at[2]), 1.5 * mm + 1e-12);
                  });
}

TEST(HollowCylinder, ConvergesWithExactInterfaces)
{
  auto settings         = round_body(Shape::hollow_cylinder, 2, 2);
  settings.inner_radius = 1 * mm;
  const auto geometry   = build(settings);
  EXPECT_EQ(geometry->faces, (Names{"inner side", "outer side", "bottom", "top"}));
  const auto volumes = region_volumes(*geometry);
  EXPECT_NEAR(relative(volumes[0], pi * (6.25 - 1) * 1e-6 * 3 * mm), 0, 2e-5);
  EXPECT_NEAR(relative(volumes[1], pi * (12.25 - 6.25) * 1e-6 * 3 * mm), 0, 2e-5);
  const auto areas = face_areas(*geometry);
  EXPECT_NEAR(relative(areas[0], 2 * pi * 1 * mm * 3 * mm), 0, 2e-5);
  EXPECT_NEAR(relative(areas[1], 2 * pi * 3.5 * mm * 3 * mm), 0, 2e-5);
}

TEST(EllipticCylinder, HasConcentricEllipses)
{
  auto settings             = round_body(Shape::elliptic_cylinder, 2, 2);
  settings.second_semi_axis = 1.25 * mm; // half of that along x
  const auto geometry       = build(settings);
  const auto volumes        = region_volumes(*geometry);
  EXPECT_NEAR(relative(volumes[0], pi * 1.5 * 0.75e-6 * 3 * mm), 0, 2e-5);
  EXPECT_NEAR(relative(sum(volumes), pi * 2.5 * 1.25e-6 * 3 * mm), 0, 2e-5);
  for_each_vertex(*geometry,
                  [](const Coordinates &at, const std::set<std::string> &regions)
                  {
                    if (regions.size() == 2)
                      EXPECT_NEAR(std::hypot(at[0], 2 * at[1]), 1.5 * mm, 1e-12);
                  });
}

TEST(Cylinder, HasLayersAcrossItsEnds)
{
  auto settings          = round_body(Shape::cylinder, 1, 2);
  settings.bottom_layers = {{"plate", 0.2 * mm, 2}, {"core", 0.3 * mm, 1}};
  settings.top_layers    = {{"bone", 0.1 * mm, 1}, {"plate", 0.7 * mm, 3}};
  const auto geometry    = build(settings);
  EXPECT_EQ(geometry->regions, (Names{"core", "shell", "plate", "bone"}));
  EXPECT_EQ(geometry->faces, (Names{"side", "bottom", "top"}));
  // The section has a core of four cells, a ring of eight around it and one of eight outside.
  EXPECT_EQ(geometry->triangulation.n_global_active_cells(), 20u * (2 + 1 + 2 + 3 + 1) * 8);

  const auto volumes   = region_volumes(*geometry);
  const double inner   = pi * 2.25e-6;
  const double section = pi * 6.25e-6;
  EXPECT_NEAR(relative(volumes[0], inner * 1.7 * mm + section * 0.3 * mm), 0, 3e-4);
  EXPECT_NEAR(relative(volumes[1], (section - inner) * 1.7 * mm), 0, 3e-4);
  EXPECT_NEAR(relative(volumes[2], section * 0.9 * mm), 0, 3e-4);
  EXPECT_NEAR(relative(volumes[3], section * 0.1 * mm), 0, 3e-4);
}

TEST(Cylinder, IsOfOnePieceWithLayersOfItsOwnRegion)
{
  const auto plain    = round_body(Shape::cylinder, 1, 1);
  auto layered        = plain;
  layered.layers      = {{"gel", 1.5 * mm, 2}, {"gel", 1 * mm, 1}};
  layered.top_layers  = {{"gel", 0.4 * mm, 1}};
  const auto geometry = build(layered);
  EXPECT_EQ(geometry->regions, (Names{"gel"}));
  EXPECT_NEAR(relative(sum(region_volumes(*geometry)), volume(plain)), 0, 1e-12);
}

TEST(HollowCylinder, HasLayersAcrossItsEnds)
{
  auto settings          = round_body(Shape::hollow_cylinder, 1, 2);
  settings.inner_radius  = 1 * mm;
  settings.bottom_layers = {{"plate", 0.5 * mm, 1}};
  const auto geometry    = build(settings);
  EXPECT_EQ(geometry->regions, (Names{"core", "shell", "plate"}));
  const auto volumes = region_volumes(*geometry);
  EXPECT_NEAR(relative(volumes[0], pi * (6.25 - 1) * 1e-6 * 2.5 * mm), 0, 3e-4);
  EXPECT_NEAR(relative(volumes[1], pi * (12.25 - 6.25) * 1e-6 * 2.5 * mm), 0, 3e-4);
  EXPECT_NEAR(relative(volumes[2], pi * (12.25 - 1) * 1e-6 * 0.5 * mm), 0, 3e-4);
  EXPECT_NEAR(relative(face_areas(*geometry)[0], 2 * pi * 1 * mm * 3 * mm), 0, 3e-4);
}

namespace
{
  /** The disc on which solvers are compared, benchmarks/yardstick. */
  GeometrySettings yardstick(const unsigned int refinements, const unsigned int degree)
  {
    GeometrySettings settings;
    settings.shape            = Shape::elliptic_cylinder;
    settings.refinements      = refinements;
    settings.degree           = degree;
    settings.layers           = {{"nucleus", 15 * mm, 2}, {"annulus", 10 * mm, 2}};
    settings.second_semi_axis = 18 * mm;
    settings.size_z           = 12 * mm;
    settings.cells_z          = 3;
    settings.bottom_layers = settings.top_layers = {{"endplate", 1 * mm, 1}};
    return settings;
  }

  /** Errors of the volumes of nucleus, annulus and endplates, then of the areas of side, bottom and
   * top; relative. */
  std::vector<double> errors_of_yardstick(const unsigned int refinements, const unsigned int degree)
  {
    const double a = 25 * mm, b = 18 * mm, nucleus = 0.36 * pi * a * b;
    const double perimeter = 4 * a * std::comp_ellint_2(std::sqrt(1 - b * b / (a * a)));
    const double exact[]   = {nucleus * 10 * mm,   (pi * a * b - nucleus) * 10 * mm,
                              pi * a * b * 2 * mm, perimeter * 12 * mm,
                              pi * a * b,          pi * a * b};
    const auto geometry    = build(yardstick(refinements, degree));
    auto measures          = region_volumes(*geometry);
    const auto areas       = face_areas(*geometry);
    measures.insert(measures.end(), areas.begin(), areas.end());
    for (unsigned int m = 0; m < measures.size(); ++m)
      measures[m] = std::abs(relative(measures[m], exact[m]));
    return measures;
  }
} // namespace

TEST(EllipticCylinder, WithEndplatesConvergesToTheClosedForm)
{
  for (const unsigned int degree : {1, 2})
  {
    std::vector<double> before = errors_of_yardstick(1, degree);
    for (const unsigned int level : {2, 3})
    {
      const std::vector<double> errors = errors_of_yardstick(level, degree);
      ASSERT_EQ(errors.size(), 6u);
      for (unsigned int m = 0; m < errors.size(); ++m)
        EXPECT_NEAR(std::log2(before[m] / errors[m]), 2 * degree, 0.1)
            << "measure " << m << ", degree " << degree;
      before = errors;
    }
    for (const double error : before)
      EXPECT_LT(error, degree == 1 ? 3e-3 : 3e-6);
  }
}

TEST(EllipticCylinder, RefinementKeepsTheInterfacesOfEndplates)
{
  unsigned int in_plane = 0, around = 0;
  for_each_vertex(*build(yardstick(2, 1)),
                  [&](const Coordinates &at, const std::set<std::string> &regions)
                  {
                    if (regions.count("endplate") && regions.size() > 1)
                    {
                      EXPECT_NEAR(std::abs(at[2]), 5 * mm, 1e-15);
                      ++in_plane;
                    }
                    if (regions.count("nucleus") && regions.count("annulus"))
                    {
                      EXPECT_NEAR(std::hypot(at[0] / 25, at[1] / 18), 0.6 * mm, 1e-15);
                      EXPECT_LE(std::abs(at[2]), 5 * mm + 1e-15);
                      ++around;
                    }
                  });
  EXPECT_GT(in_plane, 200u);
  EXPECT_GT(around, 100u);
}

TEST(MeshFile, ReadsARealDisc)
{
  GeometrySettings settings;
  settings.shape        = Shape::mesh_file;
  settings.mesh_file    = meshes / "lss" / "L45_disc_metres.msh";
  settings.mesh_regions = {{1, "nucleus"},
                           {2, "inner annulus"},
                           {3, "inner annulus"},
                           {4, "outer annulus"},
                           {5, "outer annulus"}};
  settings.mesh_faces   = {
        {1, "superior endplate"}, {2, "inferior endplate"}, {3, "annulus periphery"}};
  const auto geometry = build(settings);
  EXPECT_EQ(geometry->triangulation.n_global_active_cells(), 1716u);
  EXPECT_EQ(geometry->regions, (Names{"nucleus", "inner annulus", "outer annulus"}));
  EXPECT_TRUE(geometry->notes.empty());
  EXPECT_NEAR(sum(region_volumes(*geometry)), 2.1053e-5, 1e-9);
  EXPECT_NEAR(smallest_scaled_jacobian(*geometry), 0.7226, 1e-4);

  std::vector<unsigned int> cells(3), faces(3);
  for (const auto &cell : geometry->triangulation.active_cell_iterators())
    if (cell->is_locally_owned())
    {
      ++cells[cell->material_id()];
      for (const auto &face : cell->face_iterators())
        if (face->at_boundary())
          ++faces[face->boundary_id()];
    }
  dealii::Utilities::MPI::sum(cells, MPI_COMM_WORLD, cells);
  dealii::Utilities::MPI::sum(faces, MPI_COMM_WORLD, faces);
  EXPECT_EQ(cells, (std::vector<unsigned int>{756, 480, 480}));
  EXPECT_EQ(faces, (std::vector<unsigned int>{286, 286, 240}));

  // Facets stay facets.
  settings.refinements = 1;
  EXPECT_NEAR(relative(volume(settings), sum(region_volumes(*geometry))), 0, 1e-12);
}

TEST(Geometry, IsTheSameOnAnyNumberOfRanks)
{
  for (const auto &settings : {l4_l5(1), l4_l5(1, 2), round_body(Shape::ball, 1, 1)})
  {
    const auto shared = build_geometry(settings, MPI_COMM_WORLD);
    const auto alone  = build_geometry(settings, MPI_COMM_SELF);
    EXPECT_EQ(shared->triangulation.n_global_active_cells(),
              alone->triangulation.n_global_active_cells());
    const auto shared_volumes = region_volumes(*shared), volumes = region_volumes(*alone);
    const auto shared_areas = face_areas(*shared), areas = face_areas(*alone);
    for (unsigned int r = 0; r < volumes.size(); ++r)
      EXPECT_NEAR(relative(shared_volumes[r], volumes[r]), 0, 1e-13);
    for (unsigned int f = 0; f < areas.size(); ++f)
      EXPECT_NEAR(relative(shared_areas[f], areas[f]), 0, 1e-13);
  }
}

namespace
{
  /** The volume (m^3) as the flux of x / 3 through the boundary: that of the cells, unless there
   * are gaps between them. */
  double volume_from_outside(const Geometry &geometry)
  {
    using namespace dealii;
    const FE_Nothing<dim> element;
    const QGauss<dim - 1> quadrature(3);
    FEFaceValues<dim> values(*geometry.mapping, element, quadrature,
                             update_JxW_values | update_normal_vectors | update_quadrature_points);
    double sum = 0;
    for (const auto &cell : geometry.triangulation.active_cell_iterators())
      if (cell->is_locally_owned())
        for (const auto &face : cell->face_iterators())
          if (face->at_boundary())
          {
            values.reinit(cell, face);
            for (const unsigned int q : values.quadrature_point_indices())
              sum += values.normal_vector(q) * values.quadrature_point(q) * values.JxW(q) / dim;
          }
    return Utilities::MPI::sum(sum, MPI_COMM_WORLD);
  }
} // namespace

/** New vertices of a curved body lie on it, and so beside the edges of cells that are not refined.
 */
TEST(LocalRefinement, LeavesNoGapsInACurvedBody)
{
  for (const unsigned int global : {0, 1})
  {
    GeometrySettings settings    = l4_l5(global);
    settings.further_refinements = {{"nucleus", 1}, {"inner annulus", 2}};
    const auto geometry          = build(settings);
    const double inside          = sum(region_volumes(*geometry));
    EXPECT_TRUE(geometry->triangulation.has_hanging_nodes());
    EXPECT_NEAR(volume_from_outside(*geometry) / inside, 1, 1e-12);
    EXPECT_GT(smallest_scaled_jacobian(*geometry), 0.1);
  }
}

TEST(LocalRefinement, HasCoarserMeshesDownToTheCoarseCells)
{
  GeometrySettings settings    = l4_l5(1);
  settings.further_refinements = {{"nucleus", 2}};
  auto geometry                = build(settings);
  EXPECT_EQ(geometry->refinement.n_levels(), 3);
  std::vector<std::size_t> cells;
  while (geometry->refinement.n_levels() > 0)
  {
    cells.push_back(geometry->triangulation.n_global_active_cells());
    geometry = build_refined(*geometry, geometry->refinement.coarser());
  }
  cells.push_back(geometry->triangulation.n_global_active_cells());
  EXPECT_EQ(cells[0], 8 * cells[1]) << "the last refinement is of all cells";
  EXPECT_GT(cells[1], cells[2]);
  EXPECT_EQ(cells[3], build(l4_l5(0))->triangulation.n_global_active_cells());
}
