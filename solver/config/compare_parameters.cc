// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/compare_parameters.h"

#include <algorithm>
#include <iterator>

namespace lacuna
{
  namespace
  {
    void add_entries(const Node &node, const std::string &path,
                     std::map<std::string, std::string> &entries)
    {
      for (const Node::Entry &entry : node.entries)
        entries[path + entry.name] = entry.value;
      for (const Node &section : node.sections)
        add_entries(section, path + section.name + "/", entries);
    }

    bool lies_in(const std::string &path, const std::string &section)
    {
      return path == section || path.rfind(section + "/", 0) == 0;
    }
  } // namespace

  std::map<std::string, std::string> entries_beside(const Node &root,
                                                    const std::vector<std::string> &ignored)
  {
    std::map<std::string, std::string> entries;
    add_entries(root, "", entries);
    for (auto entry = entries.begin(); entry != entries.end();)
      entry =
          std::any_of(ignored.begin(), ignored.end(),
                      [&](const std::string &section) { return lies_in(entry->first, section); })
              ? entries.erase(entry)
              : std::next(entry);
    return entries;
  }

  const std::vector<std::string> &beside_the_control()
  {
    static const std::vector<std::string> paths = {"Title", "Injections", "Output"};
    return paths;
  }

  std::optional<ParameterDifference> first_difference(const std::string &before,
                                                      const std::string &now,
                                                      const std::vector<std::string> &ignored)
  {
    const auto old_entries = entries_beside(scan_text(before, "the earlier input"), ignored);
    const auto new_entries = entries_beside(scan_text(now, "the input"), ignored);
    auto all               = old_entries;
    all.insert(new_entries.begin(), new_entries.end());
    const auto value = [](const auto &entries, const std::string &path)
    {
      const auto entry = entries.find(path);
      return entry == entries.end() ? std::string() : entry->second;
    };
    for (const auto &[path, unused] : all)
      if (value(old_entries, path) != value(new_entries, path))
        return ParameterDifference{path, value(old_entries, path), value(new_entries, path)};
    return std::nullopt;
  }
} // namespace lacuna
