// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace lacuna
{
  /** Without white space at both ends. */
  std::string trim(const std::string &text);

  /** Trimmed, and with single blanks inside: how names are compared. */
  std::string normal_name(const std::string &text);

  /** The trimmed pieces between separators; no pieces for blank text. */
  std::vector<std::string> split(const std::string &text, char separator);

  /** Control characters, which a terminal would obey, as \x1b; line breaks stay. */
  std::string printable(const std::string &text);

  /** 'text' for a message: control characters as \x1b, and cut when it is long. */
  std::string in_quotes(const std::string &text);

  /** 'a', 'b' and 'c'. */
  std::string list_in_quotes(const std::vector<std::string> &texts);

  bool contains(const std::vector<std::string> &texts, const std::string &text);

  /** Whether there are control characters other than white space. */
  bool has_control_characters(const std::string &text);

  /** Whether the bytes are well-formed UTF-8. */
  bool is_utf8(const std::string &text);
} // namespace lacuna
