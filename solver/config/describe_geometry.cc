// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/describe.h"
#include "config/disc_preset.h"
#include "config/quantity.h"
#include "config/shape_names.h"
#include "config/text.h"

namespace lacuna
{
  namespace
  {
    using Kind = Parameter::Kind;

    const char *const lss =
        "measured on the L1-L2 ... L5-S1 meshes of one lumbar spine (LSS) [computed]";

    Parameter layers(const std::string &direction)
    {
      return other(Kind::text, "Layers", must_be_given,
                   "The layers " + direction +
                       ", each 'REGION: THICKNESS / CELLS', separated by commas, for example "
                       "'nucleus: 4.4 mm / 40, endplate: 0.6 mm / 10'.");
    }

    Parameter end_layers(const std::string &end)
    {
      Parameter parameter = other(
          Kind::text, (end == "top" ? "Top" : "Bottom") + std::string(" layers"), "none",
          "The layers that cover the whole section at the " + end + ", from the " + end +
              " face inward, each 'REGION: THICKNESS / CELLS', separated by commas, for example "
              "'endplate: 0.6 mm / 2'; part of the height.");
      parameter.choices = {"none"};
      return parameter;
    }

    Parameter size(const std::string &name, const Default &default_text, const std::string &meaning)
    {
      return quantity(name, default_text, "mm", positive, meaning);
    }

    Parameter cells_along(const std::string &axis)
    {
      return integer("Cells along " + axis, "1", {1, 10000}, "Coarse cells along " + axis + ".");
    }

    Section box()
    {
      return {"Box",
              "A box with layers along x; one corner is at the origin, left is x = 0, front y = 0, "
              "bottom z = 0.",
              {layers("along x"), size("Size y", "1 mm", "Extent along y."),
               size("Size z", "1 mm", "Extent along z."), cells_along("y"), cells_along("z")},
              {}};
    }

    Section ball()
    {
      return {"Ball", "A ball about the origin.", {layers("outward")}, {}};
    }

    Section cylinder(const std::string &name, const std::string &meaning,
                     const std::string &direction, const std::vector<Parameter> &own)
    {
      Section section{name, meaning, own, {}};
      section.parameters.push_back(layers(direction));
      section.parameters.push_back(
          size("Height", must_be_given, "Extent along z; the middle is at z = 0."));
      section.parameters.push_back(
          integer("Cells along z", "1", {1, 10000},
                  "Coarse cells along z, between the bottom and the top layers."));
      section.parameters.push_back(end_layers("bottom"));
      section.parameters.push_back(end_layers("top"));
      return section;
    }

    /** A measure that the level of the disc fixes unless it is given. */
    Parameter as_level(const Names &names, const std::string &name, const std::string &unit,
                       const Bounds &bounds, double DiscPreset::*value, const std::string &meaning)
    {
      std::string tail;
      if (!names.level.empty())
        tail = " At " + names.level + ": " + shortest(disc_preset(names.level).*value) +
               (unit == "1" ? "" : " " + unit) + ".";
      return quantity_or("as level", name, unit, bounds, meaning + tail, lss);
    }

    std::vector<Parameter> disc_measures(const Names &names)
    {
      std::vector<std::string> levels;
      for (const DiscPreset &preset : disc_presets())
        levels.emplace_back(preset.level);
      const Bounds length{5, 150, false}, height{1, 40, false};
      return {
          choice("Level", "L4-L5", levels, "The disc whose measures stand for 'as level'.", lss),
          as_level(names, "Width", "mm", length, &DiscPreset::width, "From left to right."),
          as_level(names, "Depth", "mm", length, &DiscPreset::depth, "From front to back."),
          as_level(names, "Anterior height", "mm", height, &DiscPreset::anterior_height,
                   "Height at the front edge; the bulges add to it inside."),
          as_level(names, "Posterior height", "mm", height, &DiscPreset::posterior_height,
                   "Height at the back edge; the bulges add to it inside."),
          as_level(names, "Kidney ratio", "1", {0, 0.35, false}, &DiscPreset::kidney_ratio,
                   "k2 = b2/b1 of the outline: 0 is symmetric front to back, above 0.25 the back "
                   "is concave."),
          as_level(names, "Squareness", "1", {-0.1, 0.1, false}, &DiscPreset::squareness,
                   "q = a3/a1 of the outline: 0 is an ellipse, larger is squarer."),
          as_level(names, "Nucleus area fraction", "1", {0.01, 0.85, false},
                   &DiscPreset::nucleus_area_fraction,
                   "Share of the nucleus in the cross-section."),
          as_level(names, "Nucleus offset", "mm", {-20, 20, false}, &DiscPreset::nucleus_offset,
                   "How far the centroid of the nucleus lies behind that of the disc."),
      };
    }

    std::vector<Parameter> disc_bulges()
    {
      const char *const wang = "591 endplates [seen: PMC3481085 Wang 2012]";
      return {
          quantity("Superior bulge", "1.5 mm", "mm", {0, 10, false},
                   "How deep the concavity of the vertebra above the disc is.", wang),
          quantity("Inferior bulge", "0.7 mm", "mm", {0, 10, false},
                   "How deep the concavity of the vertebra below the disc is.", wang),
          quantity("Bulge radius", "0.85", "1", {0.1, 1, false},
                   "Where the flat rim begins, as a fraction of the outline.", "[assumed]"),
          quantity(
              "Bulge apex", "0", "1", {-0.5, 0.5, false},
              "Where the concavity is deepest, as a fraction of the depth semi-axis; negative is "
              "behind the centre.",
              "[assumed]; real apices lie in the posterior half [seen: spinejournal 2012 He]"),
          quantity("Endplate thickness at centre", "0.55 mm", "mm", {0.05, 5, false},
                   "Thickness of the cartilage endplates at their centre.",
                   "[assumed] from 0.77 +- 0.24 mm, thinner at the centre [seen: pubmed 23674162]"),
          quantity("Endplate thickness at rim", "0.9 mm", "mm", {0.05, 5, false},
                   "Thickness of the cartilage endplates from 0.7 of the outline outward.",
                   "[assumed] from 0.77 +- 0.24 mm, thinner at the centre [seen: pubmed 23674162]"),
          quantity("Inner annulus share", "0.5", "1", {0.05, 0.95, false},
                   "Share of the inner annulus in the ring between nucleus and periphery.",
                   "[assumed]"),
      };
    }

    std::vector<Parameter> disc_cells()
    {
      return {
          integer("Core cells", "4", {2, 100},
                  "Coarse cells along each side of the square core of the nucleus."),
          integer("Nucleus rings", "2", {1, 100},
                  "Rings of coarse cells around the core in the nucleus."),
          integer("Inner annulus rings", "1", {1, 100},
                  "Rings of coarse cells in the inner annulus."),
          integer("Outer annulus rings", "1", {1, 100},
                  "Rings of coarse cells in the outer annulus."),
          integer("Tissue layers", "4", {1, 100}, "Coarse cells along z between the endplates."),
          integer("Endplate layers", "1", {1, 100}, "Coarse cells along z in each endplate."),
      };
    }

    Section lumbar_disc(const Names &names)
    {
      Section section{
          "Lumbar disc",
          "A lumbar disc with its cartilage endplates; x points to the right, y to the front, "
          "z up; the middle of its outline is at 0.",
          disc_measures(names),
          {}};
      for (const auto &group : {disc_bulges(), disc_cells()})
        section.parameters.insert(section.parameters.end(), group.begin(), group.end());
      return section;
    }

    Section mesh_file()
    {
      return {
          "Mesh file",
          "A mesh of hexahedra, gmsh 2.2 or 4.1 ASCII.",
          {other(Kind::file, "File", must_be_given, "The mesh, relative to the parameter file."),
           choice("Length unit", must_be_given, {"m", "cm", "mm", "um"},
                  "What the numbers in the mesh count."),
           other(Kind::text, "Regions", must_be_given,
                 "The names of the physical volumes, each 'ID: NAME', separated by commas."),
           other(Kind::text, "Faces", must_be_given,
                 "The names of the physical surfaces, each 'ID: NAME', separated by commas."),
           boolean("Merge coincident nodes", "no",
                   "Whether nodes at the same place become one, where the mesh would be cut.")},
          {}};
    }

    Section section_of(Shape shape, const Names &names)
    {
      switch (shape)
      {
      case Shape::box:
        return box();
      case Shape::ball:
        return ball();
      case Shape::cylinder:
        return cylinder("Cylinder", "A cylinder about the z axis.", "outward", {});
      case Shape::hollow_cylinder:
        return cylinder("Hollow cylinder", "A tube about the z axis.", "outward",
                        {size("Inner radius", must_be_given, "Radius of the bore.")});
      case Shape::elliptic_cylinder:
        return cylinder("Elliptic cylinder", "A cylinder of elliptic section about the z axis.",
                        "outward along x",
                        {size("Second semi-axis", must_be_given,
                              "Semi-axis along y; the layers give the one along x.")});
      case Shape::lumbar_disc:
        return lumbar_disc(names);
      case Shape::mesh_file:
        break;
      }
      return mesh_file();
    }
  } // namespace

  Section describe_geometry(const Names &names)
  {
    const bool disc = names.shape == Shape::lumbar_disc;
    Section section;
    section.name       = "Geometry";
    section.meaning    = "Where the tissue is, and how finely it is divided.";
    section.parameters = {
        choice("Shape", must_be_given, shape_names(),
               "The body; the sub-section of that name holds its measures."),
        integer("Global refinements", disc ? "2" : "0", {0, 8},
                "How often every cell is split into eight. A lumbar disc begins with 2, other "
                "bodies with 0."),
        other(Parameter::Kind::text, "Refine further", "none",
              "Regions whose cells are split further, and how often: 'nucleus: 1, endplate: 2'. "
              "What touches them follows, so that neighbours differ by one split."),
        integer("Element degree", "1", {1, 2}, "Polynomial degree of the finite elements."),
    };
    for (const std::string &name : shape_names())
      if (!names.shape || shape_named(name) == *names.shape)
        section.sections.push_back(section_of(shape_named(name), names));
    return section;
  }
} // namespace lacuna
