// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/selection.h"

#include "config/quantity.h"
#include "config/suggestion.h"
#include "config/text.h"
#include "config/user_error.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace lacuna
{
  namespace
  {
    [[noreturn]] void fail(const std::string &word, const std::string &sentence)
    {
      throw UserError("--only " + in_quotes(word) + ": " + sentence);
    }

    unsigned int number(const std::string &word, const std::string &text)
    {
      unsigned int value       = 0;
      const char *const end    = text.data() + text.size();
      const auto [rest, error] = std::from_chars(text.data(), end, value);
      if (error != std::errc() || rest != end)
        fail(word, in_quotes(text) + " is no number of a case; write '7', '3-9,12' or "
                                     "'axis=value'");
      return value;
    }

    std::set<unsigned int> numbers(const StudyPlan &plan, const std::string &word)
    {
      std::set<unsigned int> known, result;
      for (const PlannedCase &planned : plan.cases)
        known.insert(planned.number);
      for (const std::string &part : split(word, ','))
      {
        const auto dash  = part.find('-');
        const auto first = number(word, trim(part.substr(0, dash)));
        const auto last =
            dash == std::string::npos ? first : number(word, trim(part.substr(dash + 1)));
        for (const unsigned int end : {first, last})
          if (known.count(end) == 0)
            fail(word, "there is no case " + std::to_string(end) + "; the cases are " +
                           compact_list(known));
        if (first > last)
          fail(word, "write the smaller number first: '" + std::to_string(last) + "-" +
                         std::to_string(first) + "'");
        result.insert(known.lower_bound(first), known.upper_bound(last));
      }
      if (result.empty())
        fail(word, "this names no case; write '7', '3-9,12' or 'axis=value'");
      return result;
    }

    bool same_value(const Axis &axis, const std::string &value, const std::string &wanted)
    {
      if (axis.kind == Axis::Kind::labels)
        return value == wanted;
      try
      {
        return parse_quantity_in(value, axis.unit) == parse_quantity_in(wanted, axis.unit);
      }
      catch (const UserError &)
      {
        return false;
      }
    }

    std::string value_of(const PlannedCase &planned, const std::string &axis)
    {
      for (const auto &[name, value] : planned.inputs)
        if (name == axis)
          return value;
      return "";
    }

    std::set<unsigned int> condition(const StudyPlan &plan, const std::string &word)
    {
      const auto equals        = word.find('=');
      const std::string name   = normal_name(word.substr(0, equals)),
                        wanted = trim(word.substr(equals + 1));
      std::vector<std::string> names, values;
      for (const Axis &axis : plan.study.axes)
        names.push_back(axis.name);
      const auto axis = std::find_if(plan.study.axes.begin(), plan.study.axes.end(),
                                     [&](const Axis &a) { return a.name == name; });
      if (axis == plan.study.axes.end())
        fail(word, "there is no axis " + in_quotes(name) + suggestion(name, names));
      std::set<unsigned int> result;
      for (const PlannedCase &planned : plan.cases)
        if (same_value(*axis, value_of(planned, name), wanted))
          result.insert(planned.number);
      for (const AxisLevel &level : axis->levels)
        values.push_back(level.label);
      if (result.empty())
        fail(word, "no case has this value" +
                       (values.empty() ? std::string() : suggestion(wanted, values)));
      return result;
    }

    std::set<unsigned int> common(const std::set<unsigned int> &a, const std::set<unsigned int> &b)
    {
      std::set<unsigned int> result;
      std::set_intersection(a.begin(), a.end(), b.begin(), b.end(),
                            std::inserter(result, result.end()));
      return result;
    }
  } // namespace

  std::set<unsigned int> selected_cases(const StudyPlan &plan,
                                        const std::vector<std::string> &words)
  {
    std::set<unsigned int> all, listed, fitting;
    for (const PlannedCase &planned : plan.cases)
      all.insert(planned.number);
    fitting = all;
    for (const std::string &word : words)
      if (word.find('=') != std::string::npos)
        fitting = common(fitting, condition(plan, word));
      else
        listed.merge(numbers(plan, word));
    const auto result = listed.empty() ? fitting : common(fitting, listed);
    if (result.empty())
      throw UserError("no case fits all of --only");
    return result;
  }

  std::string compact_list(const std::set<unsigned int> &numbers)
  {
    std::string text;
    for (auto at = numbers.begin(); at != numbers.end();)
    {
      const unsigned int first = *at;
      unsigned int last        = first;
      while (++at != numbers.end() && *at == last + 1)
        last = *at;
      text += (text.empty() ? "" : ",") + std::to_string(first) +
              (last == first ? "" : "-" + std::to_string(last));
    }
    return text;
  }
} // namespace lacuna
