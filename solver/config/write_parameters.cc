// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/write_parameters.h"

#include "config/text.h"
#include "config/user_error.h"
#include "config/values.h"

#include <set>
#include <sstream>

namespace lacuna
{
  namespace
  {
    constexpr std::size_t widest_line = 100;

    std::string comment(const std::string &text, const std::string &indent)
    {
      std::string result, line = indent + "#";
      std::istringstream words(text);
      for (std::string word; words >> word; line += " " + word)
        if (line.size() + 1 + word.size() > widest_line && line.size() > indent.size() + 1)
        {
          result += line + "\n";
          line = indent + "#";
        }
      return result + line + "\n";
    }

    std::string explanation(const Parameter &parameter)
    {
      std::string text = parameter.meaning;
      if (parameter.kind == Parameter::Kind::choice)
        text += " One of " + list_in_quotes(parameter.choices) + ".";
      else if (!parameter.choices.empty())
        text += " Or " + list_in_quotes(parameter.choices) + ".";
      if (const std::string bounds = bounds_text(parameter); !bounds.empty())
        text += " Must be " + bounds + ".";
      if (!parameter.source.empty())
        text += " Source: " + parameter.source + ".";
      return text;
    }

    bool is_numeric(Parameter::Kind kind)
    {
      return kind == Parameter::Kind::quantity || kind == Parameter::Kind::integer;
    }

    /** "4.0 mM" is the default "4 mM". */
    bool is_default(const Parameter &parameter, const std::string &value)
    {
      if (!parameter.default_text)
        return false;
      if (value == *parameter.default_text)
        return true;
      if (!is_numeric(parameter.kind) || contains(parameter.choices, value) ||
          contains(parameter.choices, *parameter.default_text))
        return false;
      return parse_number(parameter, value) == parse_number(parameter, *parameter.default_text);
    }

    /** Two sections are apart by a blank line; explanations only in the complete file. */
    class Writer
    {
    public:
      explicit Writer(bool only_differences_) : only_differences(only_differences_) {}

      /** The whole file; its sections come in the order of the description. */
      std::string root(const Section &description, const Node &node)
      {
        std::string text = entries(description, node, "");
        for (const Section &section : description.sections)
        {
          const Node *written = node.find(section.name);
          const std::string content =
              written == nullptr ? absent(section, "") : whole(section, *written, "");
          text += content.empty() ? "" : "\n" + content;
        }
        return text;
      }

    private:
      std::string entries(const Section &description, const Node &node, const std::string &indent)
      {
        std::string text;
        for (const Parameter &parameter : description.parameters)
          if (!parameter.free_name())
            text += entry(parameter, node.find_entry(parameter.name), indent);
        return text;
      }

      /** The sections below come as they are written, since the order of faces has a meaning. */
      std::string inside(const Section &description, const Node &node, const std::string &indent)
      {
        std::string text = entries(description, node, indent);
        for (const Node &section : node.sections)
          if (const Section *known = find_section(description, section.name))
            text += whole(*known, section, indent);
        for (const Section &section : description.sections)
          if (!section.free_name() && node.find(section.name) == nullptr)
            text += absent(section, indent);
        return text;
      }

      std::string absent(const Section &section, const std::string &indent)
      {
        Node node;
        node.name = section.name;
        return whole(section, node, indent);
      }

      /** A comment the first time that this is explained. */
      std::string explained(const std::string &text, const std::string &indent)
      {
        const bool skip = only_differences || text.empty() || !given.insert(text).second;
        return skip ? "" : comment(text, indent);
      }

      std::string entry(const Parameter &parameter, const Node::Entry *written,
                        const std::string &indent)
      {
        if (written == nullptr && (only_differences || !parameter.default_text))
          return "";
        std::string value = written == nullptr ? *parameter.default_text : written->value;
        if (only_differences && is_default(parameter, value))
          return "";
        if (parameter.kind == Parameter::Kind::file && written != nullptr && !value.empty())
          value = written->location.resolve(value).string();
        return explained(explanation(parameter), indent) + indent + "set " + parameter.name + " =" +
               (value.empty() ? "" : " " + value) + "\n";
      }

      std::string whole(const Section &description, const Node &node, const std::string &indent)
      {
        const std::string content = inside(description, node, indent + "  ");
        if (content.empty() && (only_differences || description.sections.empty()) &&
            !description.free_name())
          return "";
        return explained(description.meaning, indent) + indent + "subsection " + node.name + "\n" +
               content + indent + "end\n";
      }

      bool only_differences;
      std::set<std::string> given; ///< explanations
    };
  } // namespace

  std::string write_parameters(const Section &description, const Node &node, bool only_differences)
  {
    return comment(only_differences ? "What differs from the defaults."
                                    : "The complete input, with every default filled in.",
                   "") +
           "\n" + Writer(only_differences).root(description, node);
  }
} // namespace lacuna
