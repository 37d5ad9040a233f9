// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/parameters.h"

#include "config/case.h"
#include "config/text.h"
#include "laws/law_library.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <iostream>
#include <sstream>

namespace lacuna
{
  namespace
  {
    using Json = nlohmann::ordered_json;

    constexpr std::size_t page_width = 100;

    /** A text in lines of the page, indented. */
    std::string paragraph(const std::string &text, const std::string &indent)
    {
      std::string result, line;
      std::istringstream words(text);
      for (std::string word; words >> word;)
      {
        if (!line.empty() && indent.size() + line.size() + 1 + word.size() > page_width)
        {
          result += indent + line + "\n";
          line.clear();
        }
        line += (line.empty() ? "" : " ") + word;
      }
      return line.empty() ? result : result + indent + line + "\n";
    }

    std::string default_text(const Parameter &parameter)
    {
      if (!parameter.default_text)
        return "must be given";
      return "default " + (parameter.default_text->empty() ? "empty" : *parameter.default_text);
    }

    /** "quantity in mM or kPa, default 4 mM, at least 0 mM". */
    std::string facts(const Parameter &parameter)
    {
      std::string text = kind_text(parameter.kind);
      if (const std::string unit = unit_text(parameter); !unit.empty())
        text += " in " + unit;
      text += ", " + default_text(parameter);
      if (const std::string bounds = bounds_text(parameter); !bounds.empty())
        text += ", " + bounds;
      if (!parameter.choices.empty())
        text += (parameter.kind == Parameter::Kind::choice ? "; one of " : "; or ") +
                list_in_quotes(parameter.choices);
      return text;
    }

    Json as_json(const Parameter &parameter, const std::string &path)
    {
      const auto bound = [](double value)
      { return std::isfinite(value) ? Json(value) : Json(nullptr); };
      Json json;
      json["path"]       = path;
      json["kind"]       = kind_text(parameter.kind);
      json["default"]    = parameter.default_text ? Json(*parameter.default_text) : Json(nullptr);
      json["unit"]       = parameter.unit;
      json["other_unit"] = parameter.other_unit;
      json["minimum"]    = bound(parameter.minimum);
      json["exclusive_minimum"] = parameter.exclusive_minimum;
      json["maximum"]           = bound(parameter.maximum);
      json["choices"]           = parameter.choices;
      json["meaning"]           = parameter.meaning;
      json["source"]            = parameter.source;
      return json;
    }

    void append(const Section &section, const std::string &path, Json &list)
    {
      for (const Parameter &parameter : section.parameters)
        list.push_back(as_json(parameter, path + parameter.name));
      for (const Section &below : section.sections)
        append(below, path + below.name + "/", list);
    }

    /** The core, and the parameters of plugins as sections of Laws. */
    Section describe_with(const std::vector<std::string> &plugins)
    {
      Section whole = describe_case();
      for (Section &laws : whole.sections)
        for (std::size_t i = 0; laws.name == "Laws" && i < plugins.size(); ++i)
        {
          const auto library = LawLibrary::load(plugins[i]);
          laws.sections.push_back({"<law: " + std::string(library->plugin().name) + ">",
                                   library->plugin().meaning,
                                   library->parameters(),
                                   {}});
        }
      return whole;
    }
  } // namespace

  void print_parameters(const Section &section, const std::string &path, std::ostream &out)
  {
    for (const Parameter &parameter : section.parameters)
    {
      out << path << parameter.name << "\n"
          << paragraph(facts(parameter), "    ") << paragraph(parameter.meaning, "    ");
      if (!parameter.source.empty())
        out << paragraph("Source: " + parameter.source, "    ");
    }
    for (const Section &below : section.sections)
    {
      out << "\n" << path << below.name << "\n" << paragraph(below.meaning, "  ");
      print_parameters(below, path + below.name + "/", out);
    }
  }

  std::string parameters_as_json(const Section &section)
  {
    Json list = Json::array();
    append(section, "", list);
    return list.dump(2, ' ', false, Json::error_handler_t::replace); // plugins bring texts
  }

  int run_parameters(const std::vector<std::string> &plugins, bool json)
  {
    const Section described = describe_with(plugins);
    if (json)
      std::cout << parameters_as_json(described) << "\n";
    else
      print_parameters(described, "", std::cout);
    return 0;
  }
} // namespace lacuna
