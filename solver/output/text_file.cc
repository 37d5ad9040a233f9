// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "output/text_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ostream>
#include <sstream>
#include <stdexcept>

namespace lacuna
{
  namespace
  {
    [[noreturn]] void fail(const std::filesystem::path &path)
    {
      throw std::runtime_error("Cannot write '" + path.string() + "': " + std::strerror(errno) +
                               ". Is the disk full, or the folder read-only?");
    }

    std::string csv_cell(const std::string &text)
    {
      if (text.find_first_of(",\"\n\r") == std::string::npos)
        return text;
      std::string quoted = "\"";
      for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
      return quoted + '"';
    }
  } // namespace

  std::string label(const std::string &name, const std::string &unit)
  {
    return unit.empty() || unit == "1" ? name : name + " [" + unit + "]";
  }

  void write_atomically(const std::filesystem::path &file, const std::string &text)
  {
    std::filesystem::path part = file;
    part += "." + std::to_string(getpid()) + ".part"; // two processes may write one file
    errno = 0;
    std::ofstream stream(part, std::ios::binary | std::ios::trunc);
    stream << text;
    stream.close();
    if (!stream)
      fail(file);
    std::error_code error;
    std::filesystem::rename(part, file, error);
    if (error)
      throw std::runtime_error("Cannot write '" + file.string() + "': " + error.message() + ".");
  }

  std::string read_text_file(const std::filesystem::path &file)
  {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream content;
    content << stream.rdbuf();
    if (!stream.is_open() || stream.bad())
      throw std::runtime_error("Cannot read '" + file.string() + "'.");
    return content.str();
  }

  std::string csv_row(const std::vector<std::string> &cells)
  {
    std::string line;
    for (std::size_t k = 0; k < cells.size(); ++k)
      line += (k == 0 ? "" : ",") + csv_cell(cells[k]);
    return line + '\n';
  }

  std::string csv_number(double value)
  {
    char text[32];
    std::snprintf(text, sizeof text, "%.12g", value);
    return text;
  }

  CsvFile::CsvFile(const std::filesystem::path &path_) : path(path_)
  {
    errno = 0;
    file.open(path, std::ios::binary | std::ios::trunc);
    if (!file)
      fail(path);
  }

  void CsvFile::row(const std::vector<std::string> &cells)
  {
    errno = 0;
    file << csv_row(cells) << std::flush;
    if (!file)
      fail(path);
  }
} // namespace lacuna
