// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "effects/outcome.h"

#include "commands/laws_of_case.h"
#include "commands/run.h"
#include "config/user_error.h"
#include "effects/working_folder.h"
#include "support/case_run.h"
#include "transport/simulation.h"

#include <algorithm>
#include <cmath>

namespace lacuna
{
  namespace
  {
    /** An ignored parameter changes no bit of an answer. One that acts on rounding only, changes
     * less than this. */
    constexpr double smallest_effect = 1e-8;

    class Collection
    {
    public:
      explicit Collection(Answers &answers) : answers(answers) {}

      void add(const std::string &name, double value) { answers.series[name].push_back(value); }

      void add(const std::string &name, const Statistics &statistics)
      {
        add(name + " min", statistics.minimum);
        add(name + " mean", statistics.mean);
        add(name + " max", statistics.maximum);
        add(name + " integral", statistics.integral);
      }

      void add(const QuantityRecord &quantity)
      {
        const std::string name = quantity.name + " [" + quantity.unit + "]";
        add(name, quantity.whole);
        for (std::size_t r = 0; r < quantity.regions.size(); ++r)
          add(name + " in " + std::to_string(r), quantity.regions[r]);
      }

      void add(const DoseRecord &dose)
      {
        const std::string name = dose.population + ", " + dose.dose;
        for (const auto &[what, value] : {std::pair("time", dose.time_of_dose),
                                          {"loaded", dose.loaded},
                                          {"delivered", dose.delivered},
                                          {"leaked", dose.leaked},
                                          {"dead on arrival", dose.dead_on_arrival},
                                          {"viable", dose.viable},
                                          {"dead", dose.dead}})
          add(name + " " + what, value);
      }

      void add(const BalanceRecord &balance)
      {
        for (const auto &[what, value] : {std::pair("in", balance.in),
                                          {"injected", balance.injected},
                                          {"produced", balance.produced},
                                          {"consumed", balance.consumed},
                                          {"stored", balance.stored}})
          add("balance of " + balance.species + " " + what, value);
      }

      void add(const ProbeRow &row)
      {
        for (std::size_t d = 0; d < row.at.size(); ++d)
          add("probe " + row.probe + " at", row.at[d]);
        for (std::size_t q = 0; q < row.values.size(); ++q)
          add("probe " + row.probe + " " + std::to_string(q), row.values[q]);
      }

      void add(const Moment &moment)
      {
        add("time", moment.time);
        for (const QuantityRecord &quantity : moment.record.quantities)
          add(quantity);
        for (const DoseRecord &dose : moment.record.doses)
          add(dose);
        for (const BalanceRecord &balance : moment.record.balance)
          add(balance);
        for (const ProbeRow &row : moment.probes)
          add(row);
      }

    private:
      Answers &answers;
    };

    Answers answers_of(const CaseRun &run)
    {
      Answers answers;
      Collection collection(answers);
      for (const Moment &moment : run.moments())
        collection.add(moment);
      for (const auto &reports : run.simulation().dosing.reports)
        answers.sentences.insert(answers.sentences.end(), reports.begin(), reports.end());
      answers.work = {double(run.moments().size()), double(run.n_newton()),
                      double(run.simulation().n_linear())};
      return answers;
    }

    bool differ(const std::vector<double> &a, const std::vector<double> &b)
    {
      if (a.size() != b.size())
        return true;
      double scale = 0, difference = 0;
      for (std::size_t i = 0; i < a.size(); ++i)
      {
        scale      = std::max({scale, std::abs(a[i]), std::abs(b[i])});
        difference = std::max(difference, std::abs(a[i] - b[i]));
      }
      return difference > smallest_effect * scale;
    }
  } // namespace

  namespace
  {
    /** The outcome of an action that gives answers, or throws what the program would report. */
    template <class Action>
    Outcome outcome_of(Action action)
    {
      try
      {
        return {Outcome::Kind::answered, action(), ""};
      }
      catch (const EvaluationError &error)
      {
        return {Outcome::Kind::failed, {}, error.what()};
      }
      catch (const UserError &error)
      {
        return {Outcome::Kind::refused, {}, error.what()};
      }
      catch (const ConvergenceError &error)
      {
        return {Outcome::Kind::failed, {}, error.what()};
      }
    }
  } // namespace

  Outcome outcome_of(const std::string &file, const std::vector<std::string> &overrides)
  {
    return outcome_of([&]() { return answers_of(CaseRun(file, overrides)); });
  }

  Outcome files_of(const std::string &file, const std::vector<std::string> &overrides)
  {
    return outcome_of(
        [&]()
        {
          const WorkingFolder folder;
          if (const int status = run({file, overrides, {}, false, true}, MPI_COMM_WORLD);
              status != 0)
            throw ConvergenceError("exit status " + std::to_string(status));
          return folder.answers();
        });
  }

  std::string refusal_of(const std::string &file, const std::vector<std::string> &overrides)
  {
    try
    {
      read_case(file, overrides, law_lookup());
    }
    catch (const UserError &error)
    {
      return error.what();
    }
    return "";
  }

  bool differ(const Answers &a, const Answers &b, bool work)
  {
    if (a.series.size() != b.series.size() || a.sentences != b.sentences)
      return true;
    for (const auto &[name, values] : a.series)
    {
      const auto other = b.series.find(name);
      if (other == b.series.end() || differ(values, other->second))
        return true;
    }
    return work && a.work != b.work;
  }
} // namespace lacuna
