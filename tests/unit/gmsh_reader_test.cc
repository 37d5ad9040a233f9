// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/user_error.h"
#include "geometry/gmsh_reader.h"
#include "geometry/mesh_check.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <gtest/gtest.h>
#include <iterator>
#include <unistd.h>

using namespace lacuna;

namespace
{
  const auto tests = std::filesystem::path(LACUNA_SOURCE_DIR) / "tests";

  /** The twelve small discs in tests/meshes: one of them is valid, the others are this one with one
   * thing changed. */
  GeometrySettings small_disc(const std::string &file)
  {
    GeometrySettings settings;
    settings.shape        = Shape::mesh_file;
    settings.mesh_file    = tests / "meshes" / file;
    settings.mesh_unit    = 1;
    settings.mesh_regions = {
        {1, "nucleus"}, {2, "inner annulus"}, {3, "outer annulus"}, {4, "endplate"}};
    settings.mesh_faces = {{1, "superior endplate"},
                           {2, "inferior endplate"},
                           {3, "annulus periphery"},
                           {4, "rim"},
                           {5, "rim"}};
    return settings;
  }

  AcceptedMesh load(const GeometrySettings &settings)
  {
    return accept_mesh(read_gmsh(settings.mesh_file), settings);
  }

  std::string refusal(const GeometrySettings &settings)
  {
    try
    {
      load(settings);
    }
    catch (const UserError &error)
    {
      return error.what();
    }
    return "accepted";
  }

  std::string refusal(const std::string &file)
  {
    return refusal(small_disc(file));
  }

  void expect_sentence(const std::string &message, const std::string &sentence)
  {
    EXPECT_NE(message.find(sentence), std::string::npos) << message;
  }

  /** A temporary file that holds the valid small disc, or one in the other format, with a text
   * replaced. */
  class Variant
  {
  public:
    Variant(const std::string &text, const std::string &replacement,
            const std::string &original = "00_good_metres.msh")
        : path(std::filesystem::temp_directory_path() /
               ("lacuna-mesh-" + std::to_string(::getpid()) + ".msh"))
    {
      std::ifstream in(tests / "meshes" / original);
      std::string content(std::istreambuf_iterator<char>(in), {});
      const auto at = content.find(text);
      EXPECT_NE(at, std::string::npos);
      content.replace(at, text.size(), replacement);
      std::ofstream(path) << content;
    }
    ~Variant() { std::filesystem::remove(path); }

    GeometrySettings settings() const
    {
      auto result      = small_disc("");
      result.mesh_file = path;
      return result;
    }

  private:
    std::filesystem::path path;
  };

  /** Writes a 2.2 file of boxes: every box is its eight corners in lexicographic order; nodes are
   * not shared. */
  GeometrySettings box_file(const std::filesystem::path &path,
                            const std::vector<std::array<Coordinates, 2>> &boxes,
                            const std::function<bool(const Coordinates &)> &tagged)
  {
    std::ofstream out(path);
    out << "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$Nodes\n" << 8 * boxes.size() << "\n";
    constexpr unsigned int around[] = {0, 1, 3, 2, 4, 5, 7, 6};
    std::string elements;
    unsigned int number = 0;
    for (unsigned int b = 0; b < boxes.size(); ++b)
    {
      const auto corner = [&](const unsigned int c) -> Coordinates {
        return {boxes[b][c & 1][0], boxes[b][(c >> 1) & 1][1], boxes[b][c >> 2][2]};
      };
      for (unsigned int c = 0; c < 8; ++c)
        out << 8 * b + c + 1 << ' ' << corner(c)[0] << ' ' << corner(c)[1] << ' ' << corner(c)[2]
            << '\n';
      elements += std::to_string(++number) + " 5 2 1 1";
      for (const unsigned int c : around)
        elements += " " + std::to_string(8 * b + c + 1);
      elements += "\n";
      for (const auto &face : face_corners)
      {
        Coordinates centre{};
        for (const unsigned int c : face)
          for (unsigned int i = 0; i < 3; ++i)
            centre[i] += corner(c)[i] / 4;
        if (!tagged(centre))
          continue;
        elements += std::to_string(++number) + " 3 2 1 1";
        for (const unsigned int k : {0, 1, 3, 2})
          elements += " " + std::to_string(8 * b + face[k] + 1);
        elements += "\n";
      }
    }
    out << "$EndNodes\n$Elements\n" << number << "\n" << elements << "$EndElements\n";

    GeometrySettings settings;
    settings.mesh_file    = path;
    settings.mesh_unit    = 1e-3;
    settings.mesh_regions = {{1, "gel"}};
    settings.mesh_faces   = {{1, "surface"}};
    return settings;
  }

  const auto scratch = std::filesystem::temp_directory_path() /
                       ("lacuna-boxes-" + std::to_string(::getpid()) + ".msh");
  const auto everywhere = [](const Coordinates &) { return true; };
} // namespace

TEST(GmshReader, ReadsVersion22)
{
  const auto mesh = read_gmsh(tests / "meshes" / "00_good_metres.msh");
  EXPECT_EQ(mesh.nodes.size(), 165u);
  EXPECT_EQ(mesh.hexahedra.size(), 112u);
  EXPECT_EQ(mesh.quadrilaterals.size(), 88u);
  EXPECT_EQ(mesh.region_names.at(4), "CEP");
  EXPECT_EQ(mesh.face_names.at(3), "annulus_periphery");
}

TEST(GmshReader, Version41GivesTheSameMesh)
{
  const auto old_format = load(small_disc("00_good_metres.msh"));
  const auto new_format = load(small_disc("28_msh41_ascii_ok.msh"));
  const auto described  = [](const AcceptedMesh &accepted)
  {
    // Nodes and cells come in another order: compare them by position.
    std::vector<std::vector<double>> cells;
    for (const auto &cell : accepted.mesh.cells)
    {
      std::vector<Coordinates> corners;
      for (const unsigned int vertex : cell.vertices)
        corners.push_back(accepted.mesh.vertices[vertex]);
      std::sort(corners.begin(), corners.end());
      std::vector<double> cell_text{static_cast<double>(cell.region)};
      for (const auto &corner : corners)
        cell_text.insert(cell_text.end(), corner.begin(), corner.end());
      cells.push_back(cell_text);
    }
    for (const auto &face : accepted.mesh.faces)
    {
      std::vector<Coordinates> corners;
      for (const unsigned int vertex : face.vertices)
        corners.push_back(accepted.mesh.vertices[vertex]);
      std::sort(corners.begin(), corners.end());
      std::vector<double> face_text{static_cast<double>(face.face)};
      for (const auto &corner : corners)
        face_text.insert(face_text.end(), corner.begin(), corner.end());
      cells.push_back(face_text);
    }
    std::sort(cells.begin(), cells.end());
    return cells;
  };
  EXPECT_EQ(described(old_format), described(new_format));
}

TEST(GmshReader, RefusesOtherFilesWithLineAndReason)
{
  expect_sentence(refusal("no_such.msh"), "no_such.msh does not exist");
  expect_sentence(refusal("13_truncated_in_elements.msh"),
                  "file ends inside $Elements (read 133 of 200)");
  expect_sentence(refusal(Variant("2.2 0 8", "2.2 1 8").settings()), "binary gmsh file");
  const auto old  = Variant("2.2 0 8", "4.0 0 8").settings();
  const auto name = old.mesh_file.string();
  expect_sentence(refusal(Variant("2.2 0 8", "4.0 0 8").settings()),
                  "Save it again: gmsh " + name + " -save -format msh41 -o " +
                      name.substr(0, name.size() - 4) + "-msh41.msh");
  expect_sentence(refusal(Variant("$MeshFormat", "*Heading").settings()),
                  "an Abaqus file, which gmsh does not read either.\nLacuna reads gmsh meshes, "
                  "version 2.2 or 4.1, ASCII.\nExport the mesh in this format from the program "
                  "that made it");
  expect_sentence(refusal(Variant("2.2 0 8", "4.0 0 8").settings()), "version 4.0");
  expect_sentence(refusal(Variant("$MeshFormat", "# vtk DataFile").settings()), "it is a VTK file");
  expect_sentence(
      refusal(Variant("$Nodes\n165\n1 -0.00732141649", "$Nodes\n165\n1 nan").settings()),
      ":18: 'nan' in $Nodes is not a finite number");
  expect_sentence(refusal(Variant("$Nodes\n165\n1 ", "$Nodes\n165\n2 ").settings()),
                  "node 2 appears twice");
  expect_sentence(refusal(Variant("$Nodes\n165", "$Nodes\n164").settings()),
                  "holds more than it announces");
  expect_sentence(refusal(Variant("$Nodes\n165", "$Nodes\n166").settings()),
                  "inside $Nodes (read 165 of 166)");
}

TEST(MeshCheck, AcceptsTheValidDiscs)
{
  const auto good = load(small_disc("00_good_metres.msh"));
  EXPECT_EQ(good.mesh.cells.size(), 112u);
  EXPECT_EQ(good.mesh.faces.size(), 88u);
  EXPECT_EQ(good.regions.size(), 4u);
  EXPECT_EQ(good.faces.back(), "rim"); // two ids share this name
  EXPECT_EQ(good.faces.size(), 4u);
  EXPECT_TRUE(good.notes.empty());

  const auto unused = load(small_disc("20_unused_nodes_ok.msh"));
  EXPECT_EQ(unused.mesh.vertices.size(), 165u);
  ASSERT_EQ(unused.notes.size(), 1u);
  expect_sentence(unused.notes[0], "2 nodes of the mesh file used by no cell and left out");
}

TEST(MeshCheck, RefusesEachFaultWithItsReason)
{
  const auto inverted = refusal("01_inverted_cell.msh");
  expect_sentence(inverted, "in region '");
  expect_sentence(inverted, "is inside out (scaled Jacobian -");
  expect_sentence(inverted, "centroid (");
  expect_sentence(inverted, "4 cells affected");

  const auto unwelded = refusal("03_duplicate_nodes_unwelded.msh");
  expect_sentence(unwelded, "touch but share no nodes: 56 coincident node pairs");
  expect_sentence(unwelded, "'Merge coincident nodes = yes'");

  expect_sentence(refusal("04_missing_region_ids.msh"),
                  "no region ids in file; the parameter file expects 'Regions = 1: nucleus, "
                  "2: inner annulus, 3: outer annulus, 4: endplate'");
  expect_sentence(refusal("06_no_boundary_ids.msh"),
                  "no boundary ids: no nutrient supply could be applied");
  expect_sentence(refusal("08_mixed_hex_tet.msh"),
                  "mesh mixes 80 hexahedra and 192 tetrahedra; only all-hex meshes are supported");
  expect_sentence(refusal("10_units_mm_not_m.msh"), "mesh is 50 m wide");
  expect_sentence(refusal("10_units_mm_not_m.msh"), "If it is in mm set 'Length unit = mm'");
  expect_sentence(refusal("11_two_dimensional.msh"), "2D mesh: 28 quadrilaterals, no volume cells");
  expect_sentence(refusal("17_collapsed_hex_repeated_nodes.msh"),
                  "6 hexahedra have repeated nodes (collapsed to wedges), first: element ");
}

TEST(MeshCheck, MergesCoincidentNodesOnRequest)
{
  auto settings                   = small_disc("03_duplicate_nodes_unwelded.msh");
  settings.merge_coincident_nodes = true;
  const auto merged               = load(settings);
  EXPECT_EQ(merged.mesh.vertices.size(), 165u);
  EXPECT_EQ(merged.mesh.faces.size(), 88u);
  ASSERT_EQ(merged.notes.size(), 1u);
  expect_sentence(merged.notes[0], "56 coincident nodes merged");
}

TEST(MeshCheck, ScalesByTheDeclaredUnit)
{
  auto settings      = small_disc("10_units_mm_not_m.msh");
  settings.mesh_unit = 1e-3;
  const auto mesh    = load(settings).mesh;
  const auto good    = load(small_disc("00_good_metres.msh")).mesh;
  EXPECT_NEAR(mesh.vertices[7][0], good.vertices[7][0], 1e-9);
}

TEST(MeshCheck, WantsTheSameIdsOnBothSides)
{
  auto settings = small_disc("00_good_metres.msh");
  settings.mesh_regions.pop_back();
  const auto missing = refusal(settings);
  expect_sentence(missing, "region id 4 of the file has no name in the parameter file");
  expect_sentence(missing, "In the file: 1 (NP), 2 (inner_AF), 3 (outer_AF), 4 (CEP).");
  expect_sentence(missing, "1: nucleus, 2: inner annulus, 3: outer annulus.");

  settings = small_disc("00_good_metres.msh");
  settings.mesh_faces.emplace_back(9, "needle track");
  expect_sentence(refusal(settings), "face id 9 named in the parameter file is not in the file");

  settings = small_disc("00_good_metres.msh");
  settings.mesh_regions.emplace_back(1, "annulus");
  expect_sentence(refusal(settings), "names the id 1 twice: 'nucleus' and 'annulus'");
}

TEST(MeshCheck, SaysWhereAnIdIsThatIsNotWhereItShouldBe)
{
  GeometrySettings settings;
  settings.mesh_file    = tests / "meshes" / "30_interface_tagged.msh";
  settings.mesh_unit    = 1e-3;
  settings.mesh_regions = {{1, "nucleus"}, {2, "annulus"}};
  settings.mesh_faces   = {{1, "outside"}, {2, "interface"}};
  expect_sentence(refusal(settings),
                  "face id 2 named in the parameter file lies inside the body, between region "
                  "'nucleus' (id 1, \"nucleus\" in the file) and region 'annulus' (id 2, "
                  "\"annulus\" in the file); boundary conditions act on its outside only, so "
                  "remove this id from 'Faces'.\n");
  settings.mesh_faces.pop_back();
  EXPECT_EQ(load(settings).faces, std::vector<std::string>{"outside"});

  settings = small_disc("00_good_metres.msh");
  settings.mesh_regions.emplace_back(5, "rim");
  expect_sentence(refusal(settings), "region id 5 named in the parameter file belongs to "
                                     "quadrilaterals in the file; a region is made of hexahedra");

  const Variant with_line("$Elements\n200\n", "$Elements\n201\n999 1 2 9 9 1 2\n");
  settings = with_line.settings();
  settings.mesh_faces.emplace_back(9, "needle track");
  expect_sentence(refusal(settings),
                  "face id 9 named in the parameter file belongs to lines in the "
                  "file; a face is made of quadrilaterals on the outside");
}

TEST(MeshCheck, RefusesSeparatePieces)
{
  const auto settings =
      box_file(scratch, {{{{0, 0, 0}, {1, 1, 1}}}, {{{2, 0, 0}, {3, 1, 1}}}}, everywhere);
  expect_sentence(refusal(settings), "the mesh falls into 2 pieces that share no face");
  std::filesystem::remove(scratch);
}

TEST(MeshCheck, RefusesHangingNodesEvenWhereTheyAreTagged)
{
  // A large cube beside two that are half as high; merging joins what coincides, the middle nodes
  // hang.
  auto settings                   = box_file(scratch,
                                             {{{{0, 0, 0}, {1, 1, 1}}},
                                              {{{1, 0, 0}, {2, 1, .5}}},
                                              {{{1, 0, .5}, {2, 1, 1}}},
                                              {{{0, 1, 0}, {1, 2, 1}}},
                                              {{{1, 1, 0}, {2, 2, 1}}}},
                                             everywhere);
  settings.merge_coincident_nodes = true;
  expect_sentence(refusal(settings), "a crack or a hanging node");
  std::filesystem::remove(scratch);
}

TEST(MeshCheck, RefusesBoundaryFacesWithoutId)
{
  const auto settings = box_file(scratch, {{{{0, 0, 0}, {1, 1, 1}}}},
                                 [](const Coordinates &centre) { return centre[0] < 1; });
  expect_sentence(refusal(settings), "1 of 6 boundary faces have no id, first: of element 1");
  std::filesystem::remove(scratch);
}

TEST(MeshCheck, TurnsMirroredCells)
{
  const auto settings = box_file(scratch, {{{{0, 0, 1}, {1, 1, 0}}}}, everywhere);
  const auto accepted = load(settings);
  EXPECT_NEAR(scaled_jacobian(accepted.mesh.corners(accepted.mesh.cells[0])), 1, 1e-12);
  expect_sentence(accepted.notes.at(0), "1 cell numbered as mirror images and turned");
  std::filesystem::remove(scratch);
}

TEST(MeshCheck, RefusesDuplicateCells)
{
  auto settings =
      box_file(scratch, {{{{0, 0, 0}, {1, 1, 1}}}, {{{0, 0, 0}, {1, 1, 1}}}}, everywhere);
  settings.merge_coincident_nodes = true;
  expect_sentence(refusal(settings), "1 hexahedron written twice, first: elements 1 and 8");
  std::filesystem::remove(scratch);
}

TEST(MeshCheck, RefusesFlatCells)
{
  const auto settings = box_file(scratch, {{{{0, 0, 0}, {1, 1, 0}}}}, everywhere);
  expect_sentence(refusal(settings), "is flat");
  std::filesystem::remove(scratch);
}
