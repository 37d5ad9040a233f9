// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "output/history.h"

#include <functional>
#include <stdexcept>

namespace lacuna
{
  namespace
  {
    using Column =
        std::function<void(const std::string &name, const std::string &unit, double value)>;

    void visit(const Statistics &statistics, const QuantityRecord &quantity,
               const std::string &part, const Column &column)
    {
      column(quantity.name + " min " + part, quantity.unit, statistics.minimum);
      column(quantity.name + " mean " + part, quantity.unit, statistics.mean);
      column(quantity.name + " max " + part, quantity.unit, statistics.maximum);
      if (!quantity.integral_unit.empty())
        column(quantity.name + " integral " + part, quantity.integral_unit, statistics.integral);
    }

    void visit(const DoseRecord &dose, const Column &column)
    {
      const std::string name = dose.population + ' ' + dose.dose + ' ';
      column(name + "loaded", dose.unit, dose.loaded);
      column(name + "delivered", dose.unit, dose.delivered);
      column(name + "leaked", dose.unit, dose.leaked);
      column(name + "dead on arrival", dose.unit, dose.dead_on_arrival);
      column(name + "viable", dose.unit, dose.viable);
      column(name + "dead", dose.unit, dose.dead);
    }

    void visit(const BalanceRecord &balance, const Column &column)
    {
      column(balance.species + " in", balance.unit, balance.in);
      column(balance.species + " injected", balance.unit, balance.injected);
      column(balance.species + " produced", balance.unit, balance.produced);
      column(balance.species + " consumed", balance.unit, balance.consumed);
      column(balance.species + " stored", balance.unit, balance.stored);
      column(balance.species + " defect", balance.unit, balance.defect);
      column(balance.species + " largest relative defect", "1", balance.largest_relative_defect);
    }

    /** The one order of columns: the header and the rows are both made from it. */
    void visit(const StepRecord &step, const std::vector<std::string> &regions,
               const Column &column)
    {
      column("time", "d", step.time);
      column("dt", "d", step.dt);
      for (const QuantityRecord &quantity : step.quantities)
      {
        visit(quantity.whole, quantity, "whole", column);
        for (std::size_t r = 0; r < quantity.regions.size(); ++r)
          visit(quantity.regions[r], quantity, regions.at(r), column);
      }
      for (const DoseRecord &dose : step.doses)
        visit(dose, column);
      for (const BalanceRecord &balance : step.balance)
        visit(balance, column);
    }
  } // namespace

  std::vector<std::string> history_columns(const StepRecord &step,
                                           const std::vector<std::string> &regions)
  {
    std::vector<std::string> names;
    visit(step, regions,
          [&](const std::string &name, const std::string &, double) { names.push_back(name); });
    return names;
  }

  std::vector<NumericalError> numbers_of(const StepRecord &step,
                                         const std::vector<std::string> &regions)
  {
    std::vector<NumericalError> result;
    visit(step, regions,
          [&](const std::string &name, const std::string &unit, double value)
          {
            const std::string defect = "defect"; // an error itself
            if (name == "time" || name == "dt" ||
                (name.size() > defect.size() &&
                 name.compare(name.size() - defect.size(), defect.size(), defect) == 0))
              return;
            NumericalError number;
            number.name  = name;
            number.unit  = unit;
            number.value = value;
            result.push_back(number);
          });
    return result;
  }

  void ErrorHistory::append(double time_in_days, const std::vector<NumericalError> &errors)
  {
    if (errors.empty()) // they are not known any more
      return;
    std::vector<std::string> names = {label("time", "d")}, values = {csv_number(time_in_days)};
    for (const NumericalError &error : errors)
    {
      names.push_back(label(error.name, error.unit));
      values.push_back(csv_number(error.error));
    }
    if (columns == 0)
      file.row(names);
    columns = names.size();
    file.row(values);
  }

  History::History(const std::filesystem::path &path, std::vector<std::string> regions_)
      : file(path), regions(std::move(regions_))
  {
  }

  void History::append(const StepRecord &step)
  {
    std::vector<std::string> names, values;
    visit(step, regions,
          [&](const std::string &name, const std::string &unit, double value)
          {
            names.push_back(label(name, unit));
            values.push_back(csv_number(value));
          });
    if (columns == 0)
      file.row(names);
    else if (columns != names.size())
      throw std::logic_error("A step has other columns than the first one of its history.");
    columns = names.size();
    file.row(values);
  }
} // namespace lacuna
