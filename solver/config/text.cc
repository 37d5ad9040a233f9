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

    /** The bytes of the control character at this place: 0 if there is none. U+0080 to U+009f are
     * some in two bytes, others are one. */
    std::size_t control_length(const std::string &text, std::size_t at)
    {
      const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
      if (byte(at) < 0x20 || byte(at) == 0x7f)
        return 1;
      return byte(at) == 0xc2 && at + 1 < text.size() && byte(at + 1) < 0xa0 ? 2 : 0;
    }

    std::string escaped(char character)
    {
      const char *const digits = "0123456789abcdef";
      const auto code          = static_cast<unsigned char>(character);
      return std::string("\\x") + digits[code / 16] + digits[code % 16];
    }

    std::string with_escapes(const std::string &text, const std::string &kept)
    {
      std::string shown;
      for (std::size_t i = 0; i < text.size(); ++i)
      {
        const bool keep          = kept.find(text[i]) != std::string::npos;
        const std::size_t length = keep ? 0 : control_length(text, i);
        if (length == 0)
          shown += text[i];
        else
          shown += escaped(text[i + length - 1]); // U+009b is the byte 9b of Latin-1
        i += length == 2 ? 1 : 0;
      }
      return shown;
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
    return "'" + with_escapes(shown, "") + "'";
  }

  std::string printable(const std::string &text)
  {
    return with_escapes(text, "\n\t");
  }

  bool has_control_characters(const std::string &text)
  {
    for (std::size_t i = 0; i < text.size(); ++i)
      if (std::string(white_space).find(text[i]) == std::string::npos &&
          control_length(text, i) > 0)
        return true;
    return false;
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
