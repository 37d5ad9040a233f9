// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/csv_reader.h"

#include "config/text.h"
#include "config/user_error.h"

#include <fstream>

namespace lacuna
{
  namespace
  {
    std::vector<std::string> cells_of(const std::string &line, const std::string &place)
    {
      std::vector<std::string> cells(1);
      bool quoted = false;
      for (std::size_t k = 0; k < line.size(); ++k)
        if (line[k] == '"' && quoted && k + 1 < line.size() && line[k + 1] == '"')
          cells.back() += line[++k];
        else if (line[k] == '"')
          quoted = !quoted;
        else if (line[k] == ',' && !quoted)
          cells.emplace_back();
        else
          cells.back() += line[k];
      if (quoted)
        throw UserError(place + ": a quote is never closed; a cell ends on the line it begins on");
      for (std::string &cell : cells)
        cell = trim(cell);
      return cells;
    }

    std::size_t bracket(const std::string &column)
    {
      return column.empty() || column.back() != ']' ? std::string::npos : column.rfind('[');
    }
  } // namespace

  int CsvTable::find(const std::string &name) const
  {
    for (std::size_t k = 0; k < header.size(); ++k)
      if (without_unit(header[k]) == name)
        return static_cast<int>(k);
    return -1;
  }

  std::string without_unit(const std::string &column)
  {
    return trim(column.substr(0, bracket(column)));
  }

  std::string unit_of_column(const std::string &column)
  {
    const auto begin = bracket(column);
    return begin == std::string::npos ? ""
                                      : trim(column.substr(begin + 1, column.size() - begin - 2));
  }

  CsvTable read_csv(const std::filesystem::path &file)
  {
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
      throw UserError(file.string() + ": the file cannot be read");
    CsvTable table;
    std::string line;
    for (unsigned int number = 1; std::getline(stream, line); ++number)
    {
      if (number == 1 && line.rfind("\xef\xbb\xbf", 0) == 0)
        line.erase(0, 3); // byte-order mark
      const std::string place = file.string() + ":" + std::to_string(number);
      if (trim(line).empty() || trim(line).front() == '#')
        continue;
      auto cells = cells_of(line, place);
      if (table.header.empty())
        table.header = std::move(cells);
      else if (cells.size() == table.header.size())
        table.rows.push_back(std::move(cells));
      else
        throw UserError(place + ": this line has " + std::to_string(cells.size()) +
                        " cells, the header has " + std::to_string(table.header.size()));
    }
    return table;
  }
} // namespace lacuna
