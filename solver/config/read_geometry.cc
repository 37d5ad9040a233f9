// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/case_reading.h"
#include "config/disc_preset.h"
#include "config/in_mm.h"
#include "config/quantity.h"
#include "config/shape_names.h"
#include "config/suggestion.h"
#include "config/text.h"
#include "config/user_error.h"

#include <charconv>
#include <map>
#include <utility>

namespace lacuna
{
  namespace
  {
    int parse_integer(const std::string &text, int smallest, int largest)
    {
      int value                = 0;
      const char *const end    = text.data() + text.size();
      const auto [rest, error] = std::from_chars(text.data(), end, value);
      if (text.empty() || error != std::errc() || rest != end || value < smallest ||
          value > largest)
        throw UserError(in_quotes(text) + " is not an integer from " + std::to_string(smallest) +
                        " to " + std::to_string(largest));
      return value;
    }

    /** Region and face names become parts of paths and lists. */
    std::string checked_name(const std::string &text)
    {
      const std::string name = normal_name(text);
      if (name.empty() || name.find_first_of("/:,=<>") != std::string::npos)
        throw UserError(in_quotes(text) + " is not a name; use letters, digits and blanks");
      return name;
    }

    Layer parse_layer(const std::string &text)
    {
      const auto colon = text.find(':'), slash = text.rfind('/');
      if (colon == std::string::npos || slash == std::string::npos || slash < colon)
        throw UserError(in_quotes(text) +
                        " is not a layer; write 'REGION: THICKNESS / CELLS', for example "
                        "'nucleus: 4.4 mm / 40'");
      Layer layer;
      layer.region    = checked_name(text.substr(0, colon));
      layer.thickness = parse_quantity(text.substr(colon + 1, slash - colon - 1), "mm");
      if (layer.thickness <= 0)
        throw UserError(in_quotes(text) +
                        " is not a layer; its thickness must be larger than 0 mm");
      layer.cells =
          static_cast<unsigned int>(parse_integer(trim(text.substr(slash + 1)), 1, 10000));
      return layer;
    }

    std::vector<Layer> parse_layers(const std::string &text)
    {
      std::vector<Layer> layers;
      for (const std::string &piece : split(text, ','))
        layers.push_back(parse_layer(piece));
      return layers;
    }

    std::vector<std::pair<int, std::string>> parse_ids(const std::string &text)
    {
      std::vector<std::pair<int, std::string>> ids;
      for (const std::string &piece : split(text, ','))
      {
        const auto colon = piece.find(':');
        if (colon == std::string::npos)
          throw UserError(in_quotes(piece) +
                          " is not understood; write 'ID: NAME', for example '1: nucleus'");
        const int id = parse_integer(trim(piece.substr(0, colon)), 0, 1000000);
        for (const auto &[earlier, name] : ids)
          if (earlier == id)
            throw UserError("the id " + std::to_string(id) + " is named twice, " + in_quotes(name) +
                            " and " + in_quotes(trim(piece.substr(colon + 1))));
        ids.emplace_back(id, checked_name(piece.substr(colon + 1)));
      }
      return ids;
    }

    std::map<std::string, unsigned int> parse_further_refinements(const std::string &text)
    {
      std::map<std::string, unsigned int> result;
      for (const std::string &piece : split(text, ','))
      {
        const auto colon = piece.find(':');
        if (colon == std::string::npos)
          throw UserError(in_quotes(piece) +
                          " is not understood; write 'REGION: TIMES', for example 'nucleus: 1'");
        const std::string region = checked_name(piece.substr(0, colon));
        const int times          = parse_integer(trim(piece.substr(colon + 1)), 0, 8);
        if (!result.emplace(region, times).second)
          throw UserError("the region " + in_quotes(region) + " is named twice");
      }
      return result;
    }

    /** Runs a parser of this file on a text parameter; what it throws becomes a problem. */
    template <class Parser>
    auto parsed(CaseReading &reading, const Values &values, const std::string &parameter,
                Parser parser)
    {
      try
      {
        return parser(values.text(parameter));
      }
      catch (const UserError &error)
      {
        reading.report(values, parameter, error.what());
        return decltype(parser(""))();
      }
    }

    std::vector<Layer> read_end_layers(CaseReading &reading, const Values &values,
                                       const std::string &parameter)
    {
      if (values.is_word(parameter))
        return {};
      return parsed(reading, values, parameter, parse_layers);
    }

    /** Some of the height must be left to the layers around the axis. */
    void require_middle(CaseReading &reading, const Values &values)
    {
      constexpr double rounding        = 1e-9; // of a sum of decimal numbers
      const GeometrySettings &geometry = reading.result.geometry;
      const double ends =
          total_thickness(geometry.bottom_layers) + total_thickness(geometry.top_layers);
      if (ends < (1 - rounding) * geometry.size_z)
        return;
      reading.report(values, geometry.bottom_layers.empty() ? "Top layers" : "Bottom layers",
                     "the bottom and top layers are " + in_mm(ends) +
                         " thick together, which leaves nothing of the 'Height' of " +
                         in_mm(geometry.size_z) +
                         " to 'Layers'; make them thinner, or the height larger");
    }

    /** What all bodies have that are swept along z. */
    void read_sweep(CaseReading &reading, const Values &values)
    {
      GeometrySettings &geometry = reading.result.geometry;
      geometry.size_z            = values.number("Height");
      geometry.cells_z           = static_cast<unsigned int>(values.number("Cells along z"));
      geometry.bottom_layers     = read_end_layers(reading, values, "Bottom layers");
      geometry.top_layers        = read_end_layers(reading, values, "Top layers");
      require_middle(reading, values);
    }

    LumbarDiscSettings read_disc(const Values &values)
    {
      const DiscPreset &preset = disc_preset(values.text("Level"));
      const auto measure       = [&](const std::string &name, double standard)
      { return values.is_word(name) ? standard : values.number(name); };
      const auto count = [&](const std::string &name)
      { return static_cast<unsigned int>(values.number(name)); };
      LumbarDiscSettings disc{};
      disc.width                 = measure("Width", preset.width / 1000);
      disc.depth                 = measure("Depth", preset.depth / 1000);
      disc.anterior_height       = measure("Anterior height", preset.anterior_height / 1000);
      disc.posterior_height      = measure("Posterior height", preset.posterior_height / 1000);
      disc.kidney_ratio          = measure("Kidney ratio", preset.kidney_ratio);
      disc.squareness            = measure("Squareness", preset.squareness);
      disc.nucleus_area_fraction = measure("Nucleus area fraction", preset.nucleus_area_fraction);
      disc.nucleus_offset        = measure("Nucleus offset", preset.nucleus_offset / 1000);
      disc.superior_bulge        = values.number("Superior bulge");
      disc.inferior_bulge        = values.number("Inferior bulge");
      disc.bulge_radius          = values.number("Bulge radius");
      disc.bulge_apex            = values.number("Bulge apex");
      disc.endplate_thickness_centre = values.number("Endplate thickness at centre");
      disc.endplate_thickness_rim    = values.number("Endplate thickness at rim");
      disc.inner_annulus_share       = values.number("Inner annulus share");
      disc.core_cells                = count("Core cells");
      disc.nucleus_rings             = count("Nucleus rings");
      disc.inner_rings               = count("Inner annulus rings");
      disc.outer_rings               = count("Outer annulus rings");
      disc.tissue_layers             = count("Tissue layers");
      disc.endplate_layers           = count("Endplate layers");
      return disc;
    }

    double unit_of_length(const std::string &unit)
    {
      return parse_quantity("1 " + unit, "m");
    }

    void read_measures(CaseReading &reading, const Values &values)
    {
      GeometrySettings &geometry = reading.result.geometry;
      const auto cells           = [&](const std::string &name)
      { return static_cast<unsigned int>(values.number(name)); };
      switch (geometry.shape)
      {
      case Shape::lumbar_disc:
        geometry.disc = read_disc(values);
        if (const std::string objection = disc_objection(geometry.disc); !objection.empty())
          reading.problems.add(values.location(), "Geometry/Lumbar disc: " + objection);
        return;
      case Shape::mesh_file:
        geometry.mesh_file              = values.text("File");
        geometry.mesh_unit              = unit_of_length(values.text("Length unit"));
        geometry.mesh_regions           = parsed(reading, values, "Regions", parse_ids);
        geometry.mesh_faces             = parsed(reading, values, "Faces", parse_ids);
        geometry.merge_coincident_nodes = values.boolean("Merge coincident nodes");
        return;
      case Shape::box:
        geometry.size_y  = values.number("Size y");
        geometry.size_z  = values.number("Size z");
        geometry.cells_y = cells("Cells along y");
        geometry.cells_z = cells("Cells along z");
        break;
      case Shape::hollow_cylinder:
        geometry.inner_radius = values.number("Inner radius");
        break;
      case Shape::elliptic_cylinder:
        geometry.second_semi_axis = values.number("Second semi-axis");
        break;
      case Shape::ball:
      case Shape::cylinder:
        break;
      }
      if (geometry.shape != Shape::box && geometry.shape != Shape::ball)
        read_sweep(reading, values);
      geometry.layers = parsed(reading, values, "Layers", parse_layers);
    }

    void read_further_refinements(CaseReading &reading, const Values &values)
    {
      if (values.text("Refine further") == "none")
        return;
      GeometrySettings &geometry = reading.result.geometry;
      geometry.further_refinements =
          parsed(reading, values, "Refine further", parse_further_refinements);
      for (const auto &[region, times] : geometry.further_refinements)
        if (!contains(reading.names.regions, region))
          reading.report(values, "Refine further",
                         "there is no region " + in_quotes(region) +
                             suggestion(region, reading.names.regions));
        else if (geometry.refinements + times > 8)
          reading.report(values, "Refine further",
                         in_quotes(region) + " would be split " +
                             std::to_string(geometry.refinements + times) +
                             " times together with 'Global refinements'; 8 is the most");
    }

    /** Measures of a shape that is not built would be ignored in silence. */
    void remove_other_shapes(CaseReading &reading, Node &node, Shape shape)
    {
      for (const std::string &name : shape_names())
      {
        const std::string section = section_of_shape(shape_named(name));
        const Node *written       = node.find(section);
        if (written == nullptr || shape_named(name) == shape)
          continue;
        reading.problems.add(written->location, "Geometry: the section " + in_quotes(section) +
                                                    " has no effect, because 'Shape = " +
                                                    shape_names()[static_cast<std::size_t>(shape)] +
                                                    "'; remove it, or write 'set Shape = " + name +
                                                    "'");
        node.sections.erase(node.sections.begin() + (written - node.sections.data()));
      }
    }

    /** Shape and level decide how the rest is described. */
    void find_shape(CaseReading &reading)
    {
      Node *const node = reading.written("Geometry");
      if (node == nullptr || node->find_entry("Shape") == nullptr)
        return;
      const std::string shape = node->find_entry("Shape")->value;
      if (!contains(shape_names(), shape))
        return;
      reading.names.shape = shape_named(shape);
      remove_other_shapes(reading, *node, *reading.names.shape);
      if (*reading.names.shape != Shape::lumbar_disc)
        return;
      reading.names.level = "L4-L5";
      if (const Node *disc = node->find("Lumbar disc"))
        if (const auto *level = disc->find_entry("Level"))
          for (const DiscPreset &preset : disc_presets())
            if (level->value == preset.level)
              reading.names.level = level->value;
    }
  } // namespace

  void read_geometry(CaseReading &reading)
  {
    find_shape(reading);
    if (!reading.names.shape)
    {
      // Without a shape nothing is known of its measures: only the rest of the section can be
      // checked.
      Section description = describe_geometry(reading.names);
      Node node = reading.written("Geometry") != nullptr ? *reading.written("Geometry") : Node{};
      if (reading.written("Geometry") == nullptr)
        node.location = reading.root.location;
      check(description, node, "Geometry", false, reading.problems);
      return;
    }
    const Values values        = reading.part(describe_geometry(reading.names));
    const std::size_t before   = reading.problems.count();
    GeometrySettings &geometry = reading.result.geometry;
    if (!values.valid())
      return;
    geometry.shape       = *reading.names.shape;
    geometry.refinements = static_cast<unsigned int>(values.number("Global refinements"));
    geometry.degree      = static_cast<unsigned int>(values.number("Element degree"));
    read_measures(reading, values.section(section_of_shape(geometry.shape)));
    if (reading.problems.count() > before && geometry.shape != Shape::lumbar_disc)
      return;
    reading.names.regions = geometry.regions();
    read_further_refinements(reading, values);
    reading.names.faces   = geometry.faces();
    reading.regions_known = reading.faces_known = true;
  }
} // namespace lacuna
