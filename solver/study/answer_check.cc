// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/answer_check.h"

#include "config/suggestion.h"
#include "config/text.h"
#include "output/history.h"
#include "output/record_outline.h"
#include "study/csv_reader.h"

namespace lacuna
{
  namespace
  {
    using Names = std::vector<std::string>;

    constexpr std::size_t most_listed = 12;

    bool begins_with(const std::string &text, const std::string &start)
    {
      return text.compare(0, start.size(), start) == 0;
    }

    std::string listed(Names names)
    {
      const std::size_t more = names.size() > most_listed ? names.size() - most_listed : 0;
      names.resize(names.size() - more);
      return more == 0 ? list_in_quotes(names)
                       : list_in_quotes(names) + " and " + std::to_string(more) + " more";
    }

    /** Those that begin as the name does, with as many words of it as any has. */
    Names that_begin_like(const std::string &name, const Names &columns)
    {
      for (std::string start = name + " "; start.size() > 1;)
      {
        Names found;
        for (const std::string &column : columns)
          if (begins_with(column, start))
            found.push_back(column);
        if (!found.empty())
          return found;
        const auto blank = start.rfind(' ', start.size() - 2);
        start            = blank == std::string::npos ? "" : start.substr(0, blank + 1);
      }
      return {};
    }

    /** What a history holds, in short: the first words of its columns. */
    Names subjects(const StepRecord &recorded)
    {
      Names names;
      for (const QuantityRecord &quantity : recorded.quantities)
        names.push_back(quantity.name);
      for (const DoseRecord &dose : recorded.doses)
        names.push_back(dose.population + ' ' + dose.dose);
      return names;
    }

    /** What one run records. */
    struct Recorded
    {
      Recorded(const Case &input, const bool with_injections)
          : record(outline(input, with_injections)),
            columns(history_columns(record, input.geometry.regions()))
      {
      }

      bool has(const std::string &name) const { return contains(columns, name); }

      /** What may have been meant by a name that is not a column. */
      std::string advice(const std::string &name) const
      {
        if (const std::string bare = without_unit(name); bare != name && has(bare))
          return "; write it without its unit: " + in_quotes(bare);
        if (const Names longer = that_begin_like(name, columns);
            !longer.empty() && begins_with(longer[0], name + " "))
          return "; it can be " + listed(longer);
        if (const std::string near = nearest(name, columns); !near.empty())
          return "; did you mean " + in_quotes(near) + "?";
        if (const Names alike = that_begin_like(name, columns); !alike.empty())
          return "; there are " + listed(alike);
        return "; what it can be begins with " + listed(subjects(record)) + ", for example " +
               in_quotes(columns.at(2));
      }

      StepRecord record;
      Names columns;
    };

    /** The answers of one study held against one case. */
    class AnswerCheck
    {
    public:
      explicit AnswerCheck(const Case &input)
          : input(input), treated(input, input.control != Control::alone), untreated(input, false)
      {
      }

      void check(const StudyAnswer &answer)
      {
        check_time(answer);
        if (!treated.has(answer.quantity))
          add(answer, "Quantity",
              "the history of this case will have no column " + in_quotes(answer.quantity) +
                  treated.advice(answer.quantity));
        else if (answer.compare != StudyAnswer::Compare::nothing)
          check_control(answer);
      }

      std::vector<AnswerProblem> problems;

    private:
      void add(const StudyAnswer &answer, const std::string &parameter, const std::string &sentence)
      {
        const std::string path = "Answers/" + answer.name + "/" + parameter;
        problems.push_back({path, answer.location.text() + ": " + path + ": " + sentence});
      }

      void check_time(const StudyAnswer &answer)
      {
        if (answer.time && input.time.steady)
          add(answer, "Time", "the case is a steady state, which has no times; remove it");
        else if (answer.time && *answer.time > input.time.end)
          add(answer, "Time", "it lies after the end of the case");
      }

      void check_control(const StudyAnswer &answer)
      {
        const bool has_control =
            input.control == Control::computed || input.control == Control::finished_run;
        if (!has_control)
          add(answer, "Compare",
              "the case has no control; write 'set Control = yes' in its section 'Injections'");
        else if (!untreated.has(answer.quantity))
          add(answer, "Compare",
              "the untreated tissue has no " + in_quotes(answer.quantity) +
                  " to compare with, because it gets no injection; remove 'Compare', or ask for "
                  "what both have");
      }

      const Case &input;
      const Recorded treated, untreated;
    };
  } // namespace

  std::vector<AnswerProblem> check_answers(const std::vector<StudyAnswer> &answers,
                                           const Case &input)
  {
    if (answers.empty())
      return {};
    AnswerCheck check(input);
    for (const StudyAnswer &answer : answers)
      check.check(answer);
    return check.problems;
  }
} // namespace lacuna
