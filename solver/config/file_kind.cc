// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/file_kind.h"

#include "config/problems.h"
#include "config/user_error.h"

#include <algorithm>
#include <filesystem>
#include <initializer_list>

namespace lacuna
{
  namespace
  {
    bool has_any(const Node &root, std::initializer_list<const char *> sections)
    {
      return std::any_of(sections.begin(), sections.end(),
                         [&](const char *section) { return root.find(section) != nullptr; });
    }

    bool is_study(const Node &root)
    {
      return (root.find_entry("Case") != nullptr ||
              has_any(root, {"Axes", "Answers", "Sampling"})) &&
             !has_any(root, {"Geometry", "Tissue"});
    }

    bool is_case(const Node &root)
    {
      return has_any(root, {"Geometry", "Tissue", "Boundary conditions", "Time"}) &&
             root.find_entry("Case") == nullptr && !has_any(root, {"Axes"});
    }
  } // namespace

  void refuse_study(const Node &root)
  {
    const std::string &file = root.location.file;
    if (is_study(root))
      throw UserError(file + ": this is a study, not a case; write 'lacuna study " + file + "'");
  }

  void refuse_case(const std::filesystem::path &file)
  {
    Problems ignored;
    bool found = false;
    try
    {
      found = is_case(scan(file, ignored));
    }
    catch (const UserError &)
    {
      return;
    }
    if (found)
      throw UserError(file.string() + ": this is a case, not a study; write 'lacuna run " +
                      file.string() + "'");
  }
} // namespace lacuna
