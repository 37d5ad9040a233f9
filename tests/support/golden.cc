// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/golden.h"

#include <fstream>
#include <stdexcept>

namespace lacuna
{
  namespace
  {
    std::vector<std::string> split_line(const std::string &line)
    {
      std::vector<std::string> cells(1);
      bool quoted = false;
      for (const char c : line)
        if (c == '"')
          quoted = !quoted;
        else if (c == ',' && !quoted)
          cells.emplace_back();
        else if (c != '\r')
          cells.back() += c;
      return cells;
    }

    double number(const std::string &text)
    {
      return text.empty() ? 0. : std::stod(text);
    }
  } // namespace

  std::vector<GoldenValue> golden(const std::string &file, const std::string &name)
  {
    std::ifstream in(LACUNA_SOURCE_DIR "/tests/data/" + file + ".csv");
    std::vector<GoldenValue> result;
    for (std::string line; std::getline(in, line);)
      if (const auto cells = split_line(line); cells.size() > 8 && cells[0] == name)
        result.push_back({cells[1], cells[8], number(cells[2]), number(cells[3]), number(cells[4]),
                          number(cells[5]), number(cells[6])});
    if (result.empty())
      throw std::logic_error("tests/data/" + file + ".csv has no case '" + name + "'");
    return result;
  }

  double golden_value(const std::string &file, const std::string &name, const std::string &quantity,
                      const std::string &note)
  {
    for (const GoldenValue &row : golden(file, name))
      if (row.quantity == quantity && (note.empty() || row.note == note))
        return row.value;
    throw std::logic_error(name + " has no '" + quantity + "' (" + note + ")");
  }
} // namespace lacuna
