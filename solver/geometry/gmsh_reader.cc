// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/gmsh_reader.h"

#include "geometry/gmsh_scanner.h"

#include <array>
#include <cstdlib>
#include <limits>
#include <map>
#include <unordered_map>
#include <utility>

namespace lacuna
{
  namespace
  {
    constexpr int quadrilateral = 3, hexahedron = 5;

    /** Dimension and plural name of a gmsh element type; dimension -1 if it is unknown. */
    struct ElementKind
    {
      int dimension = -1;
      std::string name;
    };

    ElementKind element_kind(const int gmsh_type)
    {
      static const std::map<int, ElementKind> kinds{{1, {1, "lines"}},
                                                    {2, {2, "triangles"}},
                                                    {3, {2, "quadrilaterals"}},
                                                    {4, {3, "tetrahedra"}},
                                                    {5, {3, "hexahedra"}},
                                                    {6, {3, "wedges"}},
                                                    {7, {3, "pyramids"}},
                                                    {8, {1, "second-order lines"}},
                                                    {9, {2, "second-order triangles"}},
                                                    {10, {2, "second-order quadrilaterals"}},
                                                    {11, {3, "second-order tetrahedra"}},
                                                    {12, {3, "second-order hexahedra"}},
                                                    {13, {3, "second-order wedges"}},
                                                    {14, {3, "second-order pyramids"}},
                                                    {15, {0, "points"}},
                                                    {16, {2, "second-order quadrilaterals"}},
                                                    {17, {3, "second-order hexahedra"}},
                                                    {18, {3, "second-order wedges"}},
                                                    {19, {3, "second-order pyramids"}},
                                                    {29, {3, "third-order tetrahedra"}},
                                                    {92, {3, "third-order hexahedra"}},
                                                    {93, {3, "fourth-order hexahedra"}}};
      const auto known = kinds.find(gmsh_type);
      return known != kinds.end()
                 ? known->second
                 : ElementKind{-1, "elements of gmsh type " + std::to_string(gmsh_type)};
    }

    MeshRemedies remedies()
    {
      return {"Mesh the volume in gmsh before saving, and save all elements.",
              "Mesh the volume with first-order hexahedra, one transfinite volume after the other.",
              "Give every volume one physical volume in gmsh before saving.",
              "Give every outer surface one physical surface in gmsh.",
              "gmsh writes a cell once for every physical volume that it belongs to: each volume "
              "needs exactly one.",
              "Join them in gmsh ('Coherence Mesh')",
              "physical ids of gmsh start from 1"};
    }

    class Reader
    {
    public:
      explicit Reader(const std::filesystem::path &file) : scan(file)
      {
        mesh.file     = file;
        mesh.remedies = remedies();
      }

      MeshData read()
      {
        for (std::string section = scan.next_section(); !section.empty();
             section             = scan.next_section())
        {
          if (section == "MeshFormat")
            read_format();
          else if (section == "PhysicalNames")
            read_names();
          else if (section == "Entities" && is_4)
            read_entities();
          else if (section == "Nodes")
            read_nodes();
          else if (section == "Elements")
            read_elements();
          else
          {
            scan.skip_section();
            continue;
          }
          scan.end_section();
        }
        for (const auto &[present, name] : {std::pair{has_format, "$MeshFormat"},
                                            {has_nodes, "$Nodes"},
                                            {has_elements, "$Elements"}})
          if (!present)
            scan.fail(std::string("the file has no ") + name +
                      " section.\nThe mesh file is incomplete; write it again.");
        return std::move(mesh);
      }

    private:
      void read_format()
      {
        const double version = scan.real();
        const bool binary    = scan.integer() != 0;
        scan.integer(); // bytes of a real number
        if (version != 2.2 && version != 4.1)
          scan.fail("this is a gmsh file of version " + trimmed(version) +
                    "; versions 2.2 and 4.1 are read.\nSave it again: " + scan.save_again());
        if (binary)
          scan.fail("this is a binary gmsh file; only ASCII files are read.\n"
                    "Save it again: " +
                    scan.save_again());
        is_4       = version == 4.1;
        has_format = true;
      }

      static std::string trimmed(const double version)
      {
        std::string text = std::to_string(version);
        text.erase(text.find_last_not_of('0') + 1);
        return text.back() == '.' ? text + "0" : text;
      }

      void read_names()
      {
        const std::size_t names = scan.count();
        for (std::size_t n = 0; n < names; ++n)
        {
          scan.progress(n, names);
          const auto dimension = scan.integer();
          const int id         = physical_id(scan.integer());
          const auto name      = scan.quoted();
          if (dimension == 3)
            mesh.region_names[id] = name;
          else if (dimension == 2)
            mesh.face_names[id] = name;
        }
      }

      /** gmsh 4.1 gives physical ids to geometric entities, and those to elements. */
      void read_entities()
      {
        std::array<std::size_t, 4> entities{};
        std::size_t total = 0, done = 0;
        for (auto &number : entities)
        {
          number = scan.count();
          total += number;
        }
        for (int dimension = 0; dimension < 4; ++dimension)
          for (std::size_t e = 0; e < entities[dimension]; ++e)
          {
            scan.progress(done++, total);
            const auto tag = scan.integer();
            for (int k = 0; k < (dimension == 0 ? 3 : 6); ++k)
              scan.real(); // bounding box
            const std::size_t physical = scan.count();
            if (physical > 1 && dimension >= 2)
              scan.fail((dimension == 3 ? "volume " : "surface ") + std::to_string(tag) +
                        " belongs to " + std::to_string(physical) +
                        " physical groups.\nEvery cell needs one region and every boundary face "
                        "one name: remove the others in gmsh.");
            for (std::size_t k = 0; k < physical; ++k)
              physical_of[{dimension, tag}] = physical_id(scan.integer());
            scan.skip_line(); // bounding entities
          }
      }

      /** The sign of a physical id tells orientation only. */
      int physical_id(const long long tag)
      {
        if (std::llabs(tag) > std::numeric_limits<int>::max())
          scan.fail("the physical id " + std::to_string(tag) + " is too large.");
        return static_cast<int>(std::llabs(tag));
      }

      void require_format()
      {
        if (!has_format)
          scan.fail("$MeshFormat must come before nodes and elements.");
      }

      void read_nodes()
      {
        require_format();
        if (has_nodes)
          scan.fail("the file has a second $Nodes section.");
        has_nodes                = true;
        const std::size_t blocks = is_4 ? scan.count() : 1;
        const std::size_t total  = scan.count();
        if (is_4)
          scan.skip_line(); // smallest and largest tag
        for (std::size_t block = 0; block < blocks; ++block)
        {
          scan.progress(mesh.nodes.size(), total);
          if (is_4)
            read_node_block(total);
          else
            for (std::size_t n = 0; n < total; ++n)
            {
              scan.progress(n, total);
              add_node(scan.integer());
              read_point();
            }
        }
        check_total("nodes", mesh.nodes.size(), total);
      }

      void read_node_block(const std::size_t total)
      {
        for (int k = 0; k < 3; ++k)
          scan.integer(); // entity and whether it has parameters
        const std::size_t nodes = scan.count();
        for (std::size_t n = 0; n < nodes; ++n)
        {
          scan.progress(mesh.nodes.size(), total);
          add_node(scan.integer());
        }
        for (std::size_t n = 0; n < nodes; ++n)
        {
          scan.progress(mesh.nodes.size(), total);
          read_point();
          scan.skip_line(); // parameters on curves and surfaces
        }
      }

      void read_point()
      {
        Coordinates point;
        for (double &coordinate : point)
          coordinate = scan.real();
        mesh.nodes.push_back(point);
      }

      void add_node(const long long id)
      {
        if (!index_of.emplace(id, mesh.node_ids.size()).second)
          scan.fail("node " + std::to_string(id) + " appears twice.");
        mesh.node_ids.push_back(id);
      }

      void check_total(const std::string &what, const std::size_t found,
                       const std::size_t announced)
      {
        if (found != announced)
          scan.fail("the file announces " + std::to_string(announced) + " " + what + " but holds " +
                    std::to_string(found) + ".");
      }

      void read_elements()
      {
        require_format();
        if (has_elements)
          scan.fail("the file has a second $Elements section.");
        if (!has_nodes)
          scan.fail("$Elements comes before $Nodes.");
        has_elements             = true;
        const std::size_t blocks = is_4 ? scan.count() : 1;
        const std::size_t total  = scan.count();
        std::size_t done         = 0;
        if (is_4)
          scan.skip_line(); // smallest and largest tag
        for (std::size_t block = 0; block < blocks; ++block)
        {
          scan.progress(done, total);
          if (is_4)
          {
            const auto dimension       = static_cast<int>(scan.integer());
            const auto entity          = physical_of.find({dimension, scan.integer()});
            const int physical         = entity == physical_of.end() ? 0 : entity->second;
            const auto type            = static_cast<int>(scan.integer());
            const std::size_t elements = scan.count();
            for (std::size_t e = 0; e < elements; ++e)
            {
              scan.progress(done++, total);
              read_element(scan.integer(), type, physical);
            }
          }
          else
            for (; done < total; ++done)
            {
              scan.progress(done, total);
              read_tagged_element();
            }
        }
        check_total("elements", done, total);
      }

      /** Version 2.2: id, type, number of tags, tags (the first is the physical id), nodes. */
      void read_tagged_element()
      {
        const auto id          = scan.integer();
        const auto type        = static_cast<int>(scan.integer());
        const std::size_t tags = scan.count();
        int physical           = 0;
        for (std::size_t t = 0; t < tags; ++t)
        {
          const auto tag = scan.integer();
          if (t == 0)
            physical = physical_id(tag);
        }
        read_element(id, type, physical);
      }

      void read_element(const long long id, const int type, const int physical)
      {
        // gmsh goes around the quadrilateral, lexicographic order does not: the third and fourth
        // node change places.
        if (type == hexahedron)
        {
          const auto n = element_nodes<8>(id);
          mesh.hexahedra.push_back(
              {id, physical, {n[0], n[1], n[3], n[2], n[4], n[5], n[7], n[6]}});
        }
        else if (type == quadrilateral)
        {
          const auto n = element_nodes<4>(id);
          mesh.quadrilaterals.push_back({id, physical, {n[0], n[1], n[3], n[2]}});
        }
        else
        {
          const ElementKind kind = element_kind(type);
          auto &others           = mesh.other_elements[kind.name];
          others.dimension       = kind.dimension;
          ++others.number;
          if (physical != 0)
            others.ids.insert(physical);
          scan.skip_line();
        }
      }

      template <std::size_t N>
      std::array<unsigned int, N> element_nodes(const long long id)
      {
        const std::size_t line = scan.line();
        std::array<unsigned int, N> nodes;
        for (auto &node : nodes)
        {
          const auto node_id = scan.integer();
          const auto known   = index_of.find(node_id);
          if (known == index_of.end())
            scan.fail("element " + std::to_string(id) + " uses node " + std::to_string(node_id) +
                      ", which is not in $Nodes.");
          node = known->second;
        }
        if (scan.line() != line || !scan.at_end_of_line())
          scan.fail("element " + std::to_string(id) + " does not have " + std::to_string(N) +
                    " nodes on its line.");
        return nodes;
      }

      GmshScanner scan;
      MeshData mesh;
      bool is_4 = false, has_format = false;
      bool has_nodes = false, has_elements = false;
      std::unordered_map<long long, unsigned int> index_of;
      std::map<std::pair<int, long long>, int> physical_of;
    };
  } // namespace

  MeshData read_gmsh(const std::filesystem::path &file)
  {
    return Reader(file).read();
  }
} // namespace lacuna
