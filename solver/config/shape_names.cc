// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/shape_names.h"

#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace lacuna
{
  const std::vector<std::string> &shape_names()
  {
    static const std::vector<std::string> names{
        "box",         "ball",     "cylinder", "hollow cylinder", "elliptic cylinder",
        "lumbar disc", "mesh file"};
    return names;
  }

  Shape shape_named(const std::string &name)
  {
    const auto found = std::find(shape_names().begin(), shape_names().end(), name);
    if (found == shape_names().end())
      throw std::logic_error("there is no shape '" + name + "'");
    return static_cast<Shape>(found - shape_names().begin());
  }

  std::string section_of_shape(Shape shape)
  {
    std::string name = shape_names()[static_cast<std::size_t>(shape)];
    name.front()     = static_cast<char>(std::toupper(static_cast<unsigned char>(name.front())));
    return name;
  }

  namespace
  {
    void add_new(std::vector<std::string> &names, const std::string &name)
    {
      if (std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(name);
    }
  } // namespace

  double total_thickness(const std::vector<Layer> &layers)
  {
    double sum = 0;
    for (const Layer &layer : layers)
      sum += layer.thickness;
    return sum;
  }

  std::vector<std::string> GeometrySettings::regions() const
  {
    std::vector<std::string> names;
    if (shape == Shape::lumbar_disc)
      return {"nucleus", "inner annulus", "outer annulus", "endplate"};
    if (shape == Shape::mesh_file)
      for (const auto &[id, name] : mesh_regions)
        add_new(names, name);
    else
      for (const auto *list : {&layers, &bottom_layers, &top_layers})
        for (const Layer &layer : *list)
          add_new(names, layer.region);
    return names;
  }

  std::vector<std::string> GeometrySettings::faces() const
  {
    std::vector<std::string> names;
    switch (shape)
    {
    case Shape::box:
      return {"left", "right", "front", "back", "bottom", "top"};
    case Shape::ball:
      return {"surface"};
    case Shape::cylinder:
    case Shape::elliptic_cylinder:
      return {"side", "bottom", "top"};
    case Shape::hollow_cylinder:
      return {"inner side", "outer side", "bottom", "top"};
    case Shape::lumbar_disc:
      return {"superior endplate", "inferior endplate", "annulus periphery", "rim"};
    case Shape::mesh_file:
      for (const auto &[id, name] : mesh_faces)
        add_new(names, name);
    }
    return names;
  }
} // namespace lacuna
