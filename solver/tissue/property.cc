// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "tissue/property.h"

#include "config/user_error.h"

#include <muParser.h>

#include <memory>

namespace lacuna
{
  namespace
  {
    /** A parser and the variables it is bound to; the two must not be separated. */
    struct Expression
    {
      mu::Parser parser;
      Coordinates millimetres{};
    };
  } // namespace

  Property make_property(const FieldSetting &setting)
  {
    if (setting.expression.empty())
      return [value = setting.constant](const Coordinates &) { return value; };

    auto expression = std::make_shared<Expression>();
    try
    {
      expression->parser.DefineVar("x", &expression->millimetres[0]);
      expression->parser.DefineVar("y", &expression->millimetres[1]);
      expression->parser.DefineVar("z", &expression->millimetres[2]);
      expression->parser.DefineConst("pi", 3.14159265358979323846);
      expression->parser.SetExpr(setting.expression);
      expression->parser.Eval();
    }
    catch (const mu::Parser::exception_type &error)
    {
      throw UserError("'" + setting.expression +
                      "' is not an expression of x, y and z: " + error.GetMsg());
    }
    return [expression, factor = setting.expression_factor](const Coordinates &position)
    {
      for (unsigned int d = 0; d < dim; ++d)
        expression->millimetres[d] = 1e3 * position[d];
      return factor * expression->parser.Eval();
    };
  }
} // namespace lacuna
