// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/quantity.h"
#include "laws/law_caller.h"
#include "laws/law_library.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

namespace lacuna
{
  /** Equal to half a unit of the last digit of a printed number ("5.459944", "1.465e-18", ".305").
   */
  inline ::testing::AssertionResult printed(double value, const std::string &number)
  {
    const auto exponent      = number.find('e');
    const std::string digits = number.substr(0, exponent);
    const auto point         = digits.find('.');
    const int places         = point == std::string::npos ? 0 : digits.size() - point - 1;
    const int power   = exponent == std::string::npos ? 0 : std::stoi(number.substr(exponent + 1));
    const double half = 0.5 * std::pow(10., power - places);
    const double expected = std::stod(number);
    if (std::abs(value - expected) <= half * (1 + 1e-9))
      return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure() << value << " is not the printed " << number;
  }

  /** A loaded law at one point: set what it reads, ask for rates, signals and their derivatives. */
  class LawAtPoint
  {
  public:
    LawAtPoint(const std::string &name, const LawValues &values = {},
               const std::string &folder = ".")
        : law(LawLibrary::load(name, folder)->create("test", values)), n(law->reads.size()),
          caller(*law, changed_reads(), all_reads()), workspace(1)
    {
      caller.prepare(workspace);
      for (unsigned int r = 0; r < n; ++r)
        input(r) = law->reads[r].kind == LawRead::Kind::signal &&
                           law->reads[r].combination == LACUNA_COMBINE_PRODUCT
                       ? 1
                       : 0;
    }

    /** The input of that name; the unit tells two inputs of one name apart. */
    double &input(const std::string &name, const std::string &unit = "")
    {
      return input(index(name, unit));
    }

    LawAtPoint &set(const std::string &name, double value) { return set(name, "", value); }
    LawAtPoint &set(const std::string &name, const std::string &unit, double value)
    {
      input(name, unit) = value;
      return *this;
    }

    double gain(const std::string &name, const std::string &unit = "")
    {
      evaluate();
      return *workspace.gain(changed(name, unit));
    }
    double loss(const std::string &name, const std::string &unit = "")
    {
      evaluate();
      const unsigned int r = changed(name, unit);
      return *workspace.loss(r) + decay(name) * input(r);
    }
    double rate(const std::string &name, const std::string &unit = "")
    {
      return gain(name, unit) - loss(name, unit);
    }
    double signal(std::size_t k = 0)
    {
      evaluate();
      return *workspace.signal(k);
    }
    /** The signal for a process of a target. */
    double signal(const std::string &process, const std::string &target)
    {
      for (std::size_t k = 0; k < law->provides.size(); ++k)
        if (law->provides[k].process == process && law->provides[k].target == target)
          return signal(k);
      throw std::logic_error("the law provides no " + process + " of " + target);
    }
    double motility(std::size_t k = 0)
    {
      evaluate();
      return *workspace.motility(k);
    }
    double attraction(std::size_t k = 0)
    {
      evaluate();
      return *workspace.attraction(k);
    }

    /** What a dose leaves of a changed species that stays in place. */
    double after(const lacuna_dose &dose, const std::string &name)
    {
      caller.at_dose(in_SI(dose), workspace, 1);
      return *workspace.after(changed(name, ""));
    }

    /** d rate(name) / d input(by). */
    double slope(const std::string &name, const std::string &by, const std::string &unit = "")
    {
      evaluate();
      const unsigned int r = changed(name, ""), c = index(by, unit);
      return *workspace.d_gain(r, c) - *workspace.d_loss(r, c);
    }

    /** Every derivative of every rate and signal against central differences of fourth order. */
    void expect_exact_derivatives(double tolerance = 1e-8)
    {
      evaluate();
      const auto exact = all_slopes();
      for (unsigned int c = 0; c < n; ++c)
      {
        const double x = input(c), size = std::abs(x) > 0 ? std::abs(x) : 1, h = 1e-4 * size;
        const auto right = results_at(c, x + h), left = results_at(c, x - h);
        const auto far_right = results_at(c, x + 2 * h), far_left = results_at(c, x - 2 * h);
        input(c) = x;
        for (std::size_t i = 0; i < left.size(); ++i)
        {
          const double difference =
              (8 * (right[i] - left[i]) - (far_right[i] - far_left[i])) / (12 * h);
          const double scale = std::abs(right[i]) / size + std::abs(difference);
          EXPECT_NEAR(exact[i][c], difference, tolerance * scale + 1e-30)
              << "result " << i << " with respect to " << law->reads[c].name << " ["
              << law->reads[c].unit << "]";
        }
      }
      evaluate();
    }

    std::unique_ptr<Law> law;

  private:
    /** What the host does: the declared decay of a law's own species, per time unit of the law. */
    double decay(const std::string &name) const
    {
      for (const auto &species : law->owns)
        if (species.name == name)
          return species.decay * law->time_unit;
      return 0;
    }
    unsigned int index(const std::string &name, const std::string &unit) const
    {
      for (unsigned int r = 0; r < n; ++r)
        if (law->reads[r].name == name && (unit.empty() || law->reads[r].unit == unit))
          return r;
      throw std::logic_error("the law does not read " + name + " " + unit);
    }
    unsigned int changed(const std::string &name, const std::string &unit) const
    {
      for (unsigned int r = 0; r < n; ++r)
        if (law->reads[r].name == name && law->reads[r].changes &&
            (unit.empty() || law->reads[r].unit == unit))
          return r;
      throw std::logic_error("the law does not change " + name + " " + unit);
    }

    double &input(unsigned int r) { return *workspace.read(r); }

    std::vector<unsigned int> all_reads() const
    {
      std::vector<unsigned int> result(n);
      std::iota(result.begin(), result.end(), 0U);
      return result;
    }
    std::vector<unsigned int> changed_reads() const
    {
      std::vector<unsigned int> result;
      for (unsigned int r = 0; r < n; ++r)
        if (law->reads[r].changes)
          result.push_back(r);
      return result;
    }

    static Dose in_SI(const lacuna_dose &given)
    {
      Dose dose;
      dose.name      = given.name;
      dose.species   = given.species;
      dose.number    = given.number;
      dose.same_site = given.same_site;
      dose.loaded    = given.loaded;
      dose.volume    = 1e-6 * given.volume;
      dose.site      = {1e-3 * given.x, 1e-3 * given.y, 1e-3 * given.z};
      return dose;
    }

    /** Asks for everything; the signals' pass cannot read used signals. */
    void evaluate()
    {
      caller.signals(workspace, 1);
      caller.rates(workspace, 1);
      if (!law->motions.empty())
        caller.motion(workspace, 1);
    }

    std::vector<double> results_at(unsigned int read, double value)
    {
      input(read) = value;
      evaluate();
      std::vector<double> all;
      for_each_result([&](const double *result, const auto &) { all.push_back(*result); });
      return all;
    }
    /** [result][read] */
    std::vector<std::vector<double>> all_slopes() const
    {
      std::vector<std::vector<double>> all;
      for_each_result(
          [&](const double *, const auto &slope_by)
          {
            all.emplace_back();
            for (unsigned int c = 0; c < n; ++c)
            {
              const double *slope = slope_by(c);
              all.back().push_back(slope == nullptr ? 0 : *slope);
            }
          });
      return all;
    }

    /** Calls action(result, function from a read to the derivative by it). */
    template <class Action>
    void for_each_result(const Action &action) const
    {
      const auto &w = workspace;
      for (const unsigned int r : changed_reads())
      {
        action(w.gain(r), [&, r](unsigned int c) { return w.d_gain(r, c); });
        action(w.loss(r), [&, r](unsigned int c) { return w.d_loss(r, c); });
      }
      for (unsigned int k = 0; k < law->provides.size(); ++k)
        action(w.signal(k), [&, k](unsigned int c) { return w.d_signal(k, c); });
      for (unsigned int m = 0; m < law->motions.size(); ++m)
      {
        action(w.motility(m), [&, m](unsigned int c) { return w.d_motility(m, c); });
        action(w.attraction(m), [&, m](unsigned int c) { return w.d_attraction(m, c); });
      }
    }

    unsigned int n;
    LawCaller caller;
    LawCaller::Workspace workspace;
  };
} // namespace lacuna
