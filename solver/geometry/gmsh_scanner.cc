// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/gmsh_scanner.h"

#include "config/user_error.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>

namespace lacuna
{
  namespace
  {
    bool is_space(const char c)
    {
      return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    bool starts_with(const std::string_view text, const std::string_view start)
    {
      return text.substr(0, start.size()) == start;
    }

    template <typename Number>
    bool parse(std::string_view word, Number &value)
    {
      if (starts_with(word, "+"))
        word.remove_prefix(1);
      const auto result = std::from_chars(word.data(), word.data() + word.size(), value);
      return result.ec == std::errc() && result.ptr == word.data() + word.size();
    }

    constexpr const char *accepted =
        "Lacuna reads gmsh meshes, version 2.2 or 4.1, ASCII.\nExport the mesh in this format from "
        "the program that made it, with one physical volume for every region and one physical "
        "surface for every outer face.";

    /** As one word of a shell command. */
    std::string shell_word(const std::string &text)
    {
      constexpr const char *plain =
          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./+=:,@";
      if (text.find_first_not_of(plain) == std::string::npos)
        return text;
      std::string word = "'";
      for (const char c : text)
        word += c == '\'' ? std::string("'\\''") : std::string(1, c);
      return word + "'";
    }
  } // namespace

  GmshScanner::GmshScanner(const std::filesystem::path &path) : file(path)
  {
    std::error_code error;
    if (!std::filesystem::exists(file, error))
      throw UserError("The mesh file " + file.string() + " does not exist.");
    if (!std::filesystem::is_regular_file(file, error))
      throw UserError("The mesh file " + file.string() + " is not a file.");
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
      throw UserError("The mesh file " + file.string() + " cannot be read.");
    text.assign(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
    if (starts_with(text, "\xEF\xBB\xBF")) // a byte order mark
      position = 3;
    check_kind();
  }

  void GmshScanner::check_kind() const
  {
    const std::size_t start = text.find_first_not_of(" \t\r\n", position);
    if (start == std::string::npos)
      throw UserError("The mesh file " + file.string() + " is empty.");
    if (text[start] == '$')
      return;
    const std::string_view begin = std::string_view(text).substr(start, 400);
    std::string kind             = "it does not start with $MeshFormat";
    if (starts_with(begin, "# vtk"))
      kind = "it is a VTK file";
    else if (starts_with(begin, "<"))
      kind = "it is an XML file";
    else if (starts_with(begin, "*") || begin.find("*NODE") != std::string_view::npos ||
             begin.find("*Node") != std::string_view::npos)
      kind = "it looks like an Abaqus file, which gmsh does not read either";
    throw UserError("The mesh file " + file.string() + " is not a gmsh file: " + kind + ".\n" +
                    accepted);
  }

  std::string GmshScanner::save_again() const
  {
    auto result = file;
    result.replace_filename(file.stem().string() + "-msh41.msh");
    return "gmsh " + shell_word(file.string()) + " -save -format msh41 -o " +
           shell_word(result.string());
  }

  void GmshScanner::fail(const std::string &message) const
  {
    throw UserError(file.string() + ":" + std::to_string(line_number) + ": " + message);
  }

  void GmshScanner::fail_early() const
  {
    const bool at_end       = position >= text.size();
    const std::string where = at_end ? "file ends" : "a new section starts";
    const std::string read =
        done < expected ? " (read " + std::to_string(done) + " of " + std::to_string(expected) + ")"
                        : "";
    fail(where + " inside $" + section + read + ".\nThe mesh file is incomplete; write it again.");
  }

  void GmshScanner::skip_spaces()
  {
    for (; position < text.size() && is_space(text[position]); ++position)
      if (text[position] == '\n')
        ++line_number;
  }

  std::string_view GmshScanner::peek()
  {
    skip_spaces();
    std::size_t end = position;
    while (end < text.size() && !is_space(text[end]))
      ++end;
    return std::string_view(text).substr(position, end - position);
  }

  std::string_view GmshScanner::word()
  {
    const auto next = peek();
    if (next.empty() || next.front() == '$')
      fail_early();
    position += next.size();
    return next;
  }

  std::string GmshScanner::next_section()
  {
    section.clear();
    done = expected = 0;
    for (auto next = peek(); !next.empty(); next = peek())
    {
      if (next.front() == '$')
      {
        section = next.substr(1);
        position += next.size();
        return section;
      }
      skip_line();
    }
    return {};
  }

  void GmshScanner::end_section()
  {
    const auto next = peek();
    if (next == "$End" + section)
    {
      position += next.size();
      return;
    }
    if (next.empty() || next.front() == '$')
      fail_early();
    fail("$" + section + " holds more than it announces: expected $End" + section + ", found '" +
         std::string(next.substr(0, 40)) + "'.");
  }

  void GmshScanner::skip_section()
  {
    const std::string end = "$End" + section;
    for (auto next = peek(); next != end; next = peek())
    {
      if (next.empty())
        fail_early();
      skip_line();
    }
    position += end.size();
  }

  void GmshScanner::progress(const std::size_t entry, const std::size_t entries)
  {
    done     = entry;
    expected = entries;
  }

  double GmshScanner::real()
  {
    const auto next = word();
    double value    = 0;
    if (!parse(next, value))
      fail("'" + std::string(next.substr(0, 40)) + "' in $" + section + " is not a number.");
    if (!std::isfinite(value))
      fail("'" + std::string(next) + "' in $" + section + " is not a finite number.");
    return value;
  }

  long long GmshScanner::integer()
  {
    const auto next = word();
    long long value = 0;
    if (!parse(next, value))
      fail("'" + std::string(next.substr(0, 40)) + "' in $" + section + " is not an integer.");
    return value;
  }

  std::size_t GmshScanner::count()
  {
    const long long value = integer();
    if (value < 0)
      fail(std::to_string(value) + " in $" + section + " is not a count.");
    return value;
  }

  std::string GmshScanner::quoted()
  {
    skip_spaces();
    const std::size_t line_end = std::min(text.find('\n', position), text.size());
    const std::size_t close    = text.find('"', position + 1);
    if (position >= text.size() || text[position] != '"' || close >= line_end)
      fail("expected a name in quotation marks in $" + section + ".");
    const std::string name = text.substr(position + 1, close - position - 1);
    position               = close + 1;
    return name;
  }

  void GmshScanner::skip_line()
  {
    position = std::min(text.find('\n', position), text.size());
  }

  bool GmshScanner::at_end_of_line()
  {
    while (position < text.size() && text[position] != '\n' && is_space(text[position]))
      ++position;
    return position >= text.size() || text[position] == '\n';
  }
} // namespace lacuna
