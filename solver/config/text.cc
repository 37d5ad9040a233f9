// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/text.h"

#include <algorithm>

namespace lacuna
{
  namespace
  {
    constexpr const char *white_space    = " \t\r\n\f\v";
    constexpr std::size_t longest_quoted = 100;

    bool is_control(char character)
    {
      return static_cast<unsigned char>(character) < 0x20 || character == 0x7f;
    }
  } // namespace

  std::string trim(const std::string &text)
  {
    const auto begin = text.find_first_not_of(white_space);
    if (begin == std::string::npos)
      return "";
    return text.substr(begin, text.find_last_not_of(white_space) - begin + 1);
  }

  std::string normal_name(const std::string &text)
  {
    std::string name;
    for (const char character : trim(text))
      if (std::string(white_space).find(character) == std::string::npos)
        name += character;
      else if (name.back() != ' ')
        name += ' ';
    return name;
  }

  std::vector<std::string> split(const std::string &text, char separator)
  {
    std::vector<std::string> pieces;
    if (trim(text).empty())
      return pieces;
    std::size_t begin = 0;
    for (;;)
    {
      const auto end = text.find(separator, begin);
      pieces.push_back(trim(text.substr(begin, end - begin)));
      if (end == std::string::npos)
        return pieces;
      begin = end + 1;
    }
  }

  std::string in_quotes(const std::string &text)
  {
    std::string shown = text;
    if (shown.size() > longest_quoted)
    {
      std::size_t length = longest_quoted - 3;
      while (length > 0 && (static_cast<unsigned char>(shown[length]) & 0xc0) == 0x80)
        --length; // not in the middle of a character
      shown = shown.substr(0, length) + "...";
    }
    std::replace_if(shown.begin(), shown.end(), is_control, '?');
    return "'" + shown + "'";
  }

  std::string list_in_quotes(const std::vector<std::string> &texts)
  {
    std::string list;
    for (std::size_t i = 0; i < texts.size(); ++i)
      list += (i == 0 ? "" : i + 1 == texts.size() ? " and " : ", ") + in_quotes(texts[i]);
    return list;
  }

  bool contains(const std::vector<std::string> &texts, const std::string &text)
  {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
  }

  namespace
  {
    /** Bytes of a character that begins with this one; 0 if none does. */
    std::size_t length_of_character(unsigned char lead)
    {
      if (lead < 0x80)
        return 1;
      if (lead < 0xc2)
        return 0;
      return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    }

    /** Whether three or four bytes that begin so are the shortest for their character, and it is
     * neither half of a surrogate pair nor beyond the last one. */
    bool is_character(std::size_t length, unsigned char lead, unsigned char second)
    {
      const unsigned int code = (lead & 0x0fu) << 6 | (second & 0x3fu);
      if (length == 3)
        return code >= 0x20 && (code < 0x360 || code >= 0x380);
      return code >= 0x10 && code < 0x110;
    }
  } // namespace

  bool is_utf8(const std::string &text)
  {
    for (std::size_t i = 0; i < text.size();)
    {
      const auto lead          = static_cast<unsigned char>(text[i]);
      const std::size_t length = length_of_character(lead);
      if (length == 0 || i + length > text.size())
        return false;
      for (std::size_t k = 1; k < length; ++k)
        if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80)
          return false;
      if (length >= 3 && !is_character(length, lead, static_cast<unsigned char>(text[i + 1])))
        return false;
      i += length;
    }
    return true;
  }
} // namespace lacuna
