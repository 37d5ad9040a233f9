// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/field_setting.h"

#include "config/dimension_name.h"
#include "config/quantity.h"
#include "config/text.h"
#include "config/user_error.h"

#include <muParser.h>

#include <cctype>

namespace lacuna
{
  namespace
  {
    bool is_word_character(char character)
    {
      return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_';
    }

    /** Whether x, y or z stands in the text as a word of its own. */
    bool depends_on_position(const std::string &text)
    {
      for (std::size_t i = 0; i < text.size(); ++i)
        if ((text[i] == 'x' || text[i] == 'y' || text[i] == 'z') &&
            (i == 0 || !is_word_character(text[i - 1])) &&
            (i + 1 == text.size() || !is_word_character(text[i + 1])))
          return true;
      return false;
    }

    /** The length of the group in parentheses with which the text begins; 0 if there is none. */
    std::size_t leading_group(const std::string &text)
    {
      int depth = 0;
      for (std::size_t i = 0; i < text.size(); ++i)
      {
        depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
        if (depth == 0)
          return text[i] == ')' ? i + 1 : 0;
      }
      return 0;
    }

    void check_expression(const std::string &expression)
    {
      double x = 0, y = 0, z = 0;
      try
      {
        mu::Parser parser;
        parser.DefineVar("x", &x);
        parser.DefineVar("y", &y);
        parser.DefineVar("z", &z);
        parser.DefineConst("pi", 3.14159265358979323846);
        parser.SetExpr(expression);
        parser.Eval();
      }
      catch (const mu::ParserError &error)
      {
        throw UserError(in_quotes(expression) +
                        " is not an expression of x, y, z: " + trim(error.GetMsg()));
      }
    }

    bool is_unit(const std::string &text)
    {
      try
      {
        si_factor(text);
        return true;
      }
      catch (const UserError &)
      {
        return false;
      }
    }
  } // namespace

  FieldSetting parse_field(const std::string &text, const std::string &unit)
  {
    FieldSetting field;
    const std::string trimmed = trim(text);
    if (!depends_on_position(trimmed))
    {
      field.constant = parse_quantity(trimmed, unit);
      return field;
    }
    const std::size_t group   = leading_group(trimmed);
    const std::string written = trim(trimmed.substr(group));
    const bool has_unit       = group > 0 && !written.empty() && is_unit(written);
    field.expression          = has_unit ? trimmed.substr(0, group) : trimmed;
    if (has_unit)
      field.expression_factor = factor_of_unit(trimmed, written, unit);
    else if (unit != "1")
      throw UserError("the expression " + in_quotes(trimmed) +
                      " has no unit; write it in parentheses " + "with its unit behind, such as " +
                      unit_behind(unit));
    check_expression(field.expression);
    return field;
  }
} // namespace lacuna
