// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/suggestion.h"

#include "config/text.h"

#include <algorithm>

namespace lacuna
{
  namespace
  {
    std::string lower_case(std::string text)
    {
      for (char &character : text)
        if (character >= 'A' && character <= 'Z')
          character = static_cast<char>(character - 'A' + 'a');
        else if (character == '-' || character == '_')
          character = ' ';
      return text;
    }

    /** Insertions, deletions, substitutions and swaps of neighbours that lead from one text to the
     * other. */
    std::size_t edit_distance(const std::string &a, const std::string &b)
    {
      std::vector<std::size_t> before(b.size() + 1), previous(b.size() + 1), row(b.size() + 1);
      for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
      for (std::size_t i = 1; i <= a.size(); ++i)
      {
        before.swap(previous);
        previous.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j)
        {
          row[j] =
              std::min({previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] != b[j - 1])});
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = std::min(row[j], before[j - 2] + 1);
        }
      }
      return row[b.size()];
    }

    constexpr std::size_t longest_name = 100;

    std::size_t allowed_distance(const std::string &name)
    {
      return std::clamp<std::size_t>(name.size() / 3, 1, 3);
    }

    bool is_candidate(const std::string &name)
    {
      return !name.empty() && name.size() <= longest_name && name.front() != '<';
    }

    /** "Bath salt" for "Salt", "Glucose limiter constant" for "Glucose limitter"; empty unless
     * there is just one such. */
    std::string the_one_like_part(const std::string &name, const std::vector<std::string> &known)
    {
      std::string found;
      const std::string part = lower_case(name);
      for (const std::string &candidate : known)
      {
        const std::string whole = lower_case(candidate);
        const bool inside       = part.size() >= 3 && whole.find(part) != std::string::npos;
        const bool begins =
            part.size() >= 6 && whole.size() > part.size() &&
            edit_distance(part, whole.substr(0, part.size())) <= allowed_distance(name);
        if (!is_candidate(candidate) || !(inside || begins))
          continue;
        if (!found.empty())
          return "";
        found = candidate;
      }
      return found;
    }
  } // namespace

  std::string nearest(const std::string &name, const std::vector<std::string> &known)
  {
    if (name.empty() || name.size() > longest_name)
      return "";
    std::string best;
    std::size_t best_distance = allowed_distance(name) + 1;
    for (const std::string &candidate : known)
    {
      if (!is_candidate(candidate))
        continue;
      const std::size_t distance = edit_distance(lower_case(name), lower_case(candidate));
      if (distance < best_distance && distance < candidate.size())
      {
        best          = candidate;
        best_distance = distance;
      }
    }
    return best.empty() ? the_one_like_part(name, known) : best;
  }

  std::string suggestion(const std::string &name, const std::vector<std::string> &known)
  {
    if (const std::string best = nearest(name, known); !best.empty())
      return "; did you mean " + in_quotes(best) + "?";
    if (known.empty())
      return "";
    return (known.size() == 1 ? "; the only one is " : "; there are ") + list_in_quotes(known);
  }

  std::string or_rather(const std::string &name, const std::vector<std::string> &known)
  {
    const std::string text = suggestion(name, known);
    return text.empty() || text.back() != '?' ? text + "." : text;
  }

  std::string similar_file(const std::filesystem::path &file)
  {
    std::vector<std::string> names;
    std::error_code error;
    const auto folder =
        file.parent_path().empty() ? std::filesystem::path(".") : file.parent_path();
    for (auto entry = std::filesystem::directory_iterator(folder, error);
         !error && entry != std::filesystem::directory_iterator(); entry.increment(error))
      if (entry->path().extension() == file.extension())
        names.push_back(entry->path().filename().string());
    std::sort(names.begin(), names.end());
    const std::string best = nearest(file.filename().string(), names);
    return best.empty() ? ""
                        : "; did you mean " + in_quotes((file.parent_path() / best).string()) + "?";
  }
} // namespace lacuna
