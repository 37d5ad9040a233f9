// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/results.h"

#include "config/quantity.h"
#include "config/suggestion.h"
#include "config/text.h"
#include "config/user_error.h"
#include "output/text_file.h"
#include "study/case_outcome.h"
#include "study/csv_reader.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>

namespace lacuna
{
  namespace
  {
    constexpr double seconds_per_day = 86400;
    const std::string no_value       = "nan";

    /** Columns in the order in which they first occur; rows may miss some. */
    class Columns
    {
    public:
      explicit Columns(std::size_t n_rows_) : n_rows(n_rows_) {}

      void set(std::size_t row, const std::string &name, const std::string &unit,
               const std::string &cell, const std::string &otherwise = no_value)
      {
        const auto [found, is_new] = index.emplace(name, columns.size());
        if (is_new)
          columns.push_back({name, unit, std::vector<std::string>(n_rows, otherwise)});
        columns[found->second].cells[row] = cell;
      }

      std::vector<ResultColumn> columns;

    private:
      std::size_t n_rows;
      std::map<std::string, std::size_t> index;
    };

    std::optional<double> as_number(const std::string &cell)
    {
      char *end          = nullptr;
      const double value = std::strtod(cell.c_str(), &end);
      return cell.empty() || *end != '\0' ? std::nullopt : std::optional<double>(value);
    }

    double number_or_nan(const std::string &cell)
    {
      return as_number(cell).value_or(std::nan(""));
    }

    CsvTable history_of(const std::filesystem::path &file)
    {
      std::error_code ignored;
      return std::filesystem::exists(file, ignored) ? read_csv(file) : CsvTable();
    }

    /** The value at a time, in proportion between steps; at the end without one. */
    double value_at(const CsvTable &history, int column, const std::optional<double> &time)
    {
      if (history.rows.empty())
        return std::nan("");
      if (!time)
        return number_or_nan(history.rows.back()[column]);
      const double days = *time / seconds_per_day;
      const auto at     = [&](std::size_t row) { return number_or_nan(history.rows[row][0]); };
      std::size_t later = 0;
      while (later + 1 < history.rows.size() && at(later) < days)
        ++later;
      const double here = number_or_nan(history.rows[later][column]);
      if (later == 0 || at(later) == days)
        return here;
      const double before = number_or_nan(history.rows[later - 1][column]),
                   share  = (days - at(later - 1)) / (at(later) - at(later - 1));
      return before + share * (here - before);
    }

    class Gathering
    {
    public:
      Gathering(const StudyPlan &plan_, const std::filesystem::path &folder_)
          : plan(plan_), folder(folder_), table(plan.cases.size())
      {
        for (std::size_t row = 0; row < plan.cases.size(); ++row)
          add_case(row);
        for (std::size_t row = 0; row < plan.cases.size(); ++row)
          table.set(row, "seconds", "s", csv_number(outcomes[row].seconds));
      }

      StudyResults results() { return {std::move(table.columns), std::move(warnings)}; }

    private:
      void add_case(std::size_t row)
      {
        const PlannedCase &planned = plan.cases[row];
        const auto run             = place::case_folder(planned.number);
        const CaseOutcome outcome  = outcome_of_case(folder, planned.number);
        outcomes.push_back(outcome);
        table.set(row, "case", "", std::to_string(planned.number));
        table.set(row, "folder", "", run.string());
        table.set(row, "status", "", status_text(outcome.status));
        table.set(row, "reason", "", outcome.reason);
        for (const auto &[name, value] : planned.inputs)
          add_input(row, name, value);
        const bool done        = outcome.status == CaseOutcome::Status::done;
        const CsvTable history = done ? history_of(folder / run / "history.csv") : CsvTable(),
                       untreated =
                           done ? history_of(folder / run / "control/history.csv") : CsvTable();
        const Errors errors{done ? history_of(folder / run / "errors.csv") : CsvTable(),
                            done ? history_of(folder / run / "control/errors.csv") : CsvTable()};
        for (const StudyAnswer &answer : plan.study.answers)
          add_answer(row, answer, history, untreated, errors, done);
        add_last_row(row, "", history, history);
        add_last_row(row, "untreated ", untreated, history);
      }

      void add_input(std::size_t row, const std::string &name, const std::string &value)
      {
        const auto axis = std::find_if(plan.study.axes.begin(), plan.study.axes.end(),
                                       [&](const Axis &a) { return a.name == name; });
        if (axis->kind == Axis::Kind::labels)
          return table.set(row, name, "", value);
        table.set(row, name, axis->unit == "1" ? "" : axis->unit,
                  shortest(parse_quantity_in(value, axis->unit)));
      }

      /** Numerical errors, in the columns and rows of the histories. */
      struct Errors
      {
        const CsvTable treated, untreated;
      };

      /** The error of a value of the history, of a difference, or of a ratio `value` to a
       * reference: errors add up at worst. */
      static double error_of(const StudyAnswer &answer, const Errors &errors, double value,
                             double reference)
      {
        const auto in = [&](const CsvTable &table)
        {
          const int column = table.find(answer.quantity);
          return column < 0 ? std::nan("") : value_at(table, column, answer.time);
        };
        switch (answer.compare)
        {
        case StudyAnswer::Compare::nothing:
          return in(errors.treated);
        case StudyAnswer::Compare::difference:
          return in(errors.treated) + in(errors.untreated);
        default:
          return (in(errors.treated) + std::abs(value) * in(errors.untreated)) /
                 std::abs(reference);
        }
      }

      void add_answer(std::size_t row, const StudyAnswer &answer, const CsvTable &history,
                      const CsvTable &untreated, const Errors &errors, bool done)
      {
        using Compare    = StudyAnswer::Compare;
        const int column = history.find(answer.quantity);
        std::string unit = column < 0 ? "" : unit_of_column(history.header[column]);
        double value     = column < 0 ? std::nan("") : value_at(history, column, answer.time);
        if (done && column < 0)
          warn_of(answer, history);
        double reference = std::nan("");
        if (answer.compare != Compare::nothing)
        {
          const int other = untreated.find(answer.quantity);
          if (other >= 0)
            reference = value_at(untreated, other, answer.time);
          value = answer.compare == Compare::difference ? value - reference : value / reference;
          if (answer.compare == Compare::ratio)
            unit = "";
        }
        const std::string error_name = answer.name + " error";
        table.set(row, answer.name, unit, csv_number(value));
        table.set(row, error_name, unit, csv_number(error_of(answer, errors, value, reference)));
        if (!unit.empty()) // the first case may be one without results
          for (ResultColumn &known : table.columns)
            if (known.name == answer.name || known.name == error_name)
              known.unit = unit;
      }

      void warn_of(const StudyAnswer &answer, const CsvTable &history)
      {
        std::vector<std::string> names;
        for (const std::string &column : history.header)
          names.push_back(without_unit(column));
        const std::string sentence =
            answer.location.text() + ": Answers/" + answer.name + ": history.csv has no column " +
            in_quotes(answer.quantity) +
            (nearest(answer.quantity, names).empty() ? "" : suggestion(answer.quantity, names));
        if (!contains(warnings, sentence))
          warnings.push_back(sentence);
      }

      /** Whether an input or an answer has this name; it then stands for that. */
      bool is_asked(const std::string &name) const
      {
        const auto has_name    = [&](const auto &item) { return item.name == name; };
        const StudyFile &study = plan.study;
        return std::any_of(study.axes.begin(), study.axes.end(), has_name) ||
               std::any_of(study.answers.begin(), study.answers.end(), has_name);
      }

      /** Of the untreated tissue only what the treated one has too, without the time. */
      void add_last_row(std::size_t row, const std::string &prefix, const CsvTable &table_of_run,
                        const CsvTable &treated)
      {
        if (table_of_run.rows.empty())
          return;
        for (std::size_t k = prefix.empty() ? 0 : 2; k < table_of_run.header.size(); ++k)
        {
          const std::string name = without_unit(table_of_run.header[k]);
          if (name != "dt" && treated.find(name) >= 0 && !is_asked(prefix + name))
            table.set(row, prefix + name, unit_of_column(table_of_run.header[k]),
                      table_of_run.rows.back()[k]);
        }
      }

      const StudyPlan &plan;
      const std::filesystem::path &folder;
      Columns table;
      std::vector<CaseOutcome> outcomes;
      std::vector<std::string> warnings;
    };
  } // namespace

  std::vector<double> ResultColumn::numbers() const
  {
    std::vector<double> values;
    for (const std::string &cell : cells)
      if (const auto value = as_number(cell))
        values.push_back(*value);
    return values.size() == cells.size() ? values : std::vector<double>();
  }

  StudyResults gather_results(const StudyPlan &plan, const std::filesystem::path &folder)
  {
    return Gathering(plan, folder).results();
  }

  std::string results_text(const StudyResults &results)
  {
    std::vector<std::string> header;
    for (const ResultColumn &column : results.columns)
      header.push_back(label(column.name, column.unit));
    std::string text = csv_row(header);
    for (std::size_t row = 0; row < results.columns.at(0).cells.size(); ++row)
    {
      std::vector<std::string> cells;
      for (const ResultColumn &column : results.columns)
        cells.push_back(column.cells[row]);
      text += csv_row(cells);
    }
    return text;
  }
} // namespace lacuna
