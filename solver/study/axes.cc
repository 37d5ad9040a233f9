// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/axes.h"

#include "config/problems.h"
#include "config/quantity.h"
#include "config/suggestion.h"
#include "config/text.h"
#include "config/user_error.h"
#include "config/values.h"
#include "study/csv_reader.h"
#include "study/sample_design.h"

#include <algorithm>
#include <cmath>

namespace lacuna
{
  namespace
  {
    std::string unit_or_one(const std::string &unit)
    {
      return unit.empty() ? "1" : unit;
    }

    /** Values that are all quantities of one dimension are numbers, in the unit of the first. */
    void find_numbers(Axis &axis)
    {
      if (axis.levels.empty())
        return;
      try
      {
        axis.unit = unit_or_one(split_quantity(axis.levels[0].label).unit);
        for (AxisLevel &level : axis.levels)
          level.number = parse_quantity_in(level.label, axis.unit);
        axis.kind = Axis::Kind::numbers;
      }
      catch (const UserError &)
      {
        axis.unit = "";
        axis.kind = Axis::Kind::labels;
      }
    }

    Axis listed(const std::string &name, const Location &location, const std::string &parameter,
                const std::vector<std::string> &values)
    {
      Axis axis;
      axis.name      = name;
      axis.location  = location;
      axis.parameter = parameter;
      for (const std::string &value : values)
        axis.levels.push_back({value, {{parameter, value, location}}, 0});
      find_numbers(axis);
      return axis;
    }

    class AxisReader
    {
    public:
      AxisReader(const Values &values_, const std::string &name_, SamplingMethod method_,
                 Problems &problems_)
          : values(values_), name(name_), method(method_), problems(problems_)
      {
      }

      std::vector<Axis> read(const Node *levels)
      {
        const bool has_values = !values.text("Values").empty(),
                   has_range  = !values.text("Range").empty(),
                   has_file   = !values.text("File").empty();
        if (has_values + has_range + has_file + (levels != nullptr) != 1)
        {
          add_problem("",
                      "exactly one of 'Values', 'Range', 'File' and 'subsection Levels' must say "
                      "which values it takes");
          return {};
        }
        check_parameter(has_values || has_range);
        check_range_words(has_range);
        std::vector<Axis> axes = has_values  ? from_values()
                                 : has_range ? from_range()
                                 : has_file  ? from_file()
                                             : from_levels(*levels);
        for (Axis &axis : axes)
          if (axis.together_with.empty())
            axis.together_with = normal_name(values.text("Together with"));
        return axes;
      }

    private:
      void add_problem(const std::string &parameter, const std::string &sentence)
      {
        problems.add(parameter.empty() ? values.location() : values.location(parameter),
                     "Axes/" + name + (parameter.empty() ? "" : "/" + parameter) + ": " + sentence);
      }

      std::string parameter() const
      {
        std::string path;
        for (const std::string &part : split(values.text("Parameter"), '/'))
          path += (path.empty() ? "" : "/") + normal_name(part);
        return path;
      }

      void check_parameter(bool wanted)
      {
        if (wanted && parameter().empty())
          add_problem("",
                      "it is not said what is varied; write 'set Parameter = Section/Parameter'");
        if (!wanted && !parameter().empty())
          add_problem("Parameter", "this has no effect here; levels and tables name the parameters "
                                   "that they set");
      }

      void check_range_words(bool has_range)
      {
        const bool samples = has_range && method != SamplingMethod::grid;
        if (has_range && !samples && !values.is_set("Steps"))
          add_problem("Range", "in a grid it must be said how many values are taken; write for "
                               "example 'set Steps = 5'");
        if (values.is_set("Steps") && (!has_range || samples))
          add_problem("Steps", samples
                                   ? "this has no effect, because the range is sampled; remove it"
                                   : "this has no effect without 'Range'; remove it");
        if (values.is_set("Spacing") && !has_range)
          add_problem("Spacing", "this has no effect without 'Range'; remove it");
      }

      std::vector<Axis> from_values()
      {
        const std::string text = values.text("Values");
        const char separator   = text.find(';') != std::string::npos ? ';' : ',';
        const auto pieces      = split(text, separator);
        if (contains(pieces, ""))
          add_problem("Values", in_quotes(text) + " holds an empty value");
        return {listed(name, values.location("Values"), parameter(), pieces)};
      }

      std::vector<Axis> from_range()
      {
        const auto ends = split(values.text("Range"), ',');
        Axis axis       = listed(name, values.location("Range"), parameter(), ends);
        if (ends.size() != 2 || axis.kind != Axis::Kind::numbers)
        {
          add_problem("Range", in_quotes(values.text("Range")) +
                                   " is no range; write first and last value with their units, for "
                                   "example '0.5 mL, 3 mL'");
          return {};
        }
        axis.minimum     = axis.levels[0].number;
        axis.maximum     = axis.levels[1].number;
        axis.logarithmic = values.text("Spacing") == "logarithmic";
        if (axis.minimum >= axis.maximum || (axis.logarithmic && axis.minimum <= 0))
        {
          add_problem("Range", axis.minimum >= axis.maximum
                                   ? "the last value must be larger than the first"
                                   : "a logarithmic spacing needs values larger than 0");
          return {};
        }
        if (method == SamplingMethod::grid)
          return {stepped(axis)};
        axis.kind = Axis::Kind::range;
        axis.levels.clear();
        return {axis};
      }

      Axis stepped(const Axis &range)
      {
        std::vector<std::string> steps;
        const auto n = static_cast<unsigned int>(values.number("Steps"));
        for (unsigned int k = 0; k < n; ++k)
          steps.push_back(value_in(range, double(k) / (n - 1)));
        return listed(name, range.location, range.parameter, steps);
      }

      std::vector<Axis> from_levels(const Node &levels)
      {
        Axis axis;
        axis.name     = name;
        axis.location = levels.location;
        for (const Node::Entry &entry : levels.entries)
          problems.add(entry.location, "Axes/" + name + "/Levels: " + in_quotes(entry.name) +
                                           " stands outside of a level; write it into "
                                           "'subsection NAME OF THE LEVEL'");
        for (const Node &level : levels.sections)
          axis.levels.push_back({level.name, settings_of(level), 0});
        if (axis.levels.empty())
          add_problem("", "'Levels' holds no level; write 'subsection NAME OF THE LEVEL'");
        return {axis};
      }

      std::vector<Axis> from_file()
      {
        const Location location = values.location("File");
        CsvTable table;
        try
        {
          table = read_csv(values.text("File"));
        }
        catch (const UserError &error)
        {
          problems.add(location, "Axes/" + name + "/File: " + error.what());
          return {};
        }
        if (table.rows.empty())
        {
          add_problem("File", "the table holds no row below its header");
          return {};
        }
        std::vector<Axis> axes;
        for (std::size_t column = 0; column < table.header.size(); ++column)
          axes.push_back(from_column(table, column, location));
        for (std::size_t k = 1; k < axes.size(); ++k)
          axes[k].together_with = axes[0].name;
        return axes;
      }

      /** The column "label" names the rows; others are paths of parameters. */
      Axis from_column(const CsvTable &table, std::size_t column, const Location &location)
      {
        const std::string path = without_unit(table.header[column]),
                          unit = unit_of_column(table.header[column]);
        std::vector<std::string> cells;
        for (const auto &row : table.rows)
          cells.push_back(unit.empty() || unit == "1" ? row[column] : row[column] + " " + unit);
        if (path != "label")
          return listed(path, location, path, cells);
        Axis axis;
        axis.name     = name;
        axis.location = location;
        for (const std::string &cell : cells)
          axis.levels.push_back({cell, {}, 0});
        return axis;
      }

      const Values &values;
      const std::string &name;
      SamplingMethod method;
      Problems &problems;
    };

    /** Partners exist and fit. */
    void check_axes(const std::vector<Axis> &axes, Problems &problems)
    {
      std::vector<std::string> names;
      names.reserve(axes.size());
      for (const Axis &axis : axes)
        names.push_back(axis.name);
      for (const Axis &axis : axes)
      {
        if (axis.together_with.empty())
          continue;
        const auto partner =
            std::find_if(axes.begin(), axes.end(),
                         [&](const Axis &other) { return other.name == axis.together_with; });
        const std::string path = "Axes/" + axis.name + "/Together with: ";
        if (partner == axes.end() || partner->name == axis.name)
          problems.add(axis.location, path + "there is no other axis " +
                                          in_quotes(axis.together_with) +
                                          suggestion(axis.together_with, names));
        else if (partner->levels.size() != axis.levels.size())
          problems.add(axis.location, path + in_quotes(partner->name) + " has " +
                                          std::to_string(partner->levels.size()) +
                                          " values, this axis has " +
                                          std::to_string(axis.levels.size()));
        else if (partner->kind == Axis::Kind::range)
          problems.add(axis.location, path + "ranges that are sampled cannot move together");
        else if (!partner->together_with.empty() && partner->together_with != axis.name)
          problems.add(axis.location, path + in_quotes(partner->name) +
                                          " moves together with another axis itself; name " +
                                          in_quotes(partner->together_with));
      }
    }
  } // namespace

  std::vector<Axis> read_axes(const Values &axes, const std::vector<Node> &levels,
                              SamplingMethod method, Problems &problems)
  {
    std::vector<Axis> result;
    for (const std::string &name : axes.section_names())
    {
      const auto own    = std::find_if(levels.begin(), levels.end(),
                                       [&](const Node &node) { return node.name == name; });
      const Values axis = axes.section(name);
      for (const Axis &read :
           AxisReader(axis, name, method, problems).read(own == levels.end() ? nullptr : &*own))
        result.push_back(read);
    }
    check_axes(result, problems);
    const bool ranges =
        std::any_of(result.begin(), result.end(),
                    [](const Axis &axis) { return axis.kind == Axis::Kind::range; });
    if (method != SamplingMethod::grid && !ranges && problems.count() == 0)
      problems.add(axes.location(), "Sampling: there is nothing to sample; give an axis a 'Range', "
                                    "or write 'set Method = grid'");
    return result;
  }
} // namespace lacuna
