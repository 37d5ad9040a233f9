// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/quantity.h"
#include "laws/law.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <memory>
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
          inputs(n), gains(n), losses(n), signals(law->provides.size()), d_gains(n * n),
          d_losses(n * n), d_signals(law->provides.size() * n), motilities(law->moves.size()),
          attractions(law->moves.size()), d_motilities(law->moves.size() * n),
          d_attractions(law->moves.size() * n)
    {
      for (std::size_t r = 0; r < n; ++r)
        inputs[r] = law->reads[r].kind == LawRead::Kind::signal &&
                            law->reads[r].combination == LACUNA_COMBINE_PRODUCT
                        ? 1
                        : 0;
    }

    /** The input of that name; the unit tells two inputs of one name apart. */
    double &input(const std::string &name, const std::string &unit = "")
    {
      return inputs[index(name, unit)];
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
      return gains[changed(name, unit)];
    }
    double loss(const std::string &name, const std::string &unit = "")
    {
      evaluate();
      return losses[changed(name, unit)] + decay(name) * inputs[changed(name, unit)];
    }
    double rate(const std::string &name, const std::string &unit = "")
    {
      return gain(name, unit) - loss(name, unit);
    }
    double signal(std::size_t k = 0)
    {
      evaluate();
      return signals[k];
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
      return motilities[k];
    }
    double attraction(std::size_t k = 0)
    {
      evaluate();
      return attractions[k];
    }

    /** What a dose leaves of a changed species that stays in place. */
    double after(const lacuna_dose &dose, const std::string &name)
    {
      std::vector<double> left = inputs;
      auto read = pointers(inputs), result = pointers(left);
      for (std::size_t r = 0; r < n; ++r)
        if (!law->reads[r].changes)
          result[r] = nullptr;
      lacuna_batch batch{};
      batch.size     = sizeof(batch);
      batch.n_points = 1;
      batch.n_reads  = n;
      batch.reads    = read.data();
      batch.after    = result.data();
      law->at_dose(dose, batch);
      return left[changed(name, "")];
    }

    /** d rate(name) / d input(by). */
    double slope(const std::string &name, const std::string &by, const std::string &unit = "")
    {
      evaluate();
      const std::size_t k = changed(name, "") * n + index(by, unit);
      return d_gains[k] - d_losses[k];
    }

    /** Every derivative of every rate and signal against central differences of fourth order. */
    void expect_exact_derivatives(double tolerance = 1e-8)
    {
      evaluate();
      const auto exact = all_slopes();
      for (std::size_t c = 0; c < n; ++c)
      {
        const double x = inputs[c], size = std::abs(x) > 0 ? std::abs(x) : 1, h = 1e-4 * size;
        const auto right = results_at(c, x + h), left = results_at(c, x - h);
        const auto far_right = results_at(c, x + 2 * h), far_left = results_at(c, x - 2 * h);
        inputs[c] = x;
        for (std::size_t i = 0; i < left.size(); ++i)
        {
          const double difference =
              (8 * (right[i] - left[i]) - (far_right[i] - far_left[i])) / (12 * h);
          const double scale = std::abs(right[i]) / size + std::abs(difference);
          EXPECT_NEAR(exact[i * n + c], difference, tolerance * scale + 1e-30)
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
          return species.decay * si_factor(law->library->plugin().time_unit);
      return 0;
    }
    std::size_t index(const std::string &name, const std::string &unit) const
    {
      for (std::size_t r = 0; r < n; ++r)
        if (law->reads[r].name == name && (unit.empty() || law->reads[r].unit == unit))
          return r;
      throw std::logic_error("the law does not read " + name + " " + unit);
    }
    std::size_t changed(const std::string &name, const std::string &unit) const
    {
      for (std::size_t r = 0; r < n; ++r)
        if (law->reads[r].name == name && law->reads[r].changes &&
            (unit.empty() || law->reads[r].unit == unit))
          return r;
      throw std::logic_error("the law does not change " + name + " " + unit);
    }

    static std::vector<double *> pointers(std::vector<double> &table)
    {
      std::vector<double *> result;
      for (double &entry : table)
        result.push_back(&entry);
      return result;
    }

    /** Fills all tables; what the law does not change stays zero. The signals' pass cannot read
     * used signals. */
    void evaluate()
    {
      auto gain = pointers(gains), loss = pointers(losses), signal = pointers(signals);
      auto d_gain = pointers(d_gains), d_loss = pointers(d_losses);
      auto d_signal = pointers(d_signals), read = pointers(inputs);
      std::vector<double *> first_pass_read = read;
      for (std::size_t r = 0; r < n; ++r)
        if (law->reads[r].kind == LawRead::Kind::signal)
          first_pass_read[r] = nullptr;

      lacuna_batch batch{};
      batch.size           = sizeof(batch);
      batch.n_points       = 1;
      batch.n_reads        = n;
      batch.n_signals      = signals.size();
      batch.reads          = first_pass_read.data();
      batch.gain           = gain.data();
      batch.loss           = loss.data();
      batch.d_gain         = d_gain.data();
      batch.d_loss         = d_loss.data();
      batch.signal         = signal.data();
      batch.d_signal       = d_signal.data();
      batch.first_instance = 1;
      law->signals(batch);
      batch.reads = read.data();
      law->rates(batch);
      if (law->moves.empty())
        return;
      auto motility = pointers(motilities), attraction = pointers(attractions);
      auto d_motility = pointers(d_motilities), d_attraction = pointers(d_attractions);
      batch.motility     = motility.data();
      batch.attraction   = attraction.data();
      batch.d_motility   = d_motility.data();
      batch.d_attraction = d_attraction.data();
      law->motion(batch);
    }

    std::vector<double> results_at(std::size_t read, double value)
    {
      inputs[read] = value;
      evaluate();
      return all_results();
    }
    std::vector<double> all_results() const
    {
      std::vector<double> all = gains;
      all.insert(all.end(), losses.begin(), losses.end());
      all.insert(all.end(), signals.begin(), signals.end());
      all.insert(all.end(), motilities.begin(), motilities.end());
      all.insert(all.end(), attractions.begin(), attractions.end());
      return all;
    }
    std::vector<double> all_slopes() const
    {
      std::vector<double> all = d_gains;
      all.insert(all.end(), d_losses.begin(), d_losses.end());
      all.insert(all.end(), d_signals.begin(), d_signals.end());
      all.insert(all.end(), d_motilities.begin(), d_motilities.end());
      all.insert(all.end(), d_attractions.begin(), d_attractions.end());
      return all;
    }

    std::size_t n;
    std::vector<double> inputs, gains, losses, signals, d_gains, d_losses, d_signals;
    std::vector<double> motilities, attractions, d_motilities, d_attractions;
  };
} // namespace lacuna
