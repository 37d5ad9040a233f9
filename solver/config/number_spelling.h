// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace lacuna
{
  /** Blanks and minus signs of typeset text (no-break space, U+2212) as those of a keyboard. */
  std::string with_plain_characters(const std::string &text);

  /**
   * What a text may mean whose number is spelt otherwise than here: "4 million/mL", "4,5 mM",
   * "1.000.000 /mL", "4 x 10^6 /mL". Each is a number in digits with what stood behind it; there
   * are two for "1,500 mM", none for a text of no such spelling.
   */
  std::vector<std::string> possible_spellings(const std::string &text);

  /** Why a text is not one number: it is several, a table, an expression, or stands in brackets.
   * Empty if none of that. `noun`: "number", "integer". */
  std::string why_not_scalar(const std::string &text, const std::string &noun);
} // namespace lacuna
