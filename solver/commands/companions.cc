// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/companions.h"

#include "config/user_error.h"
#include "output/history.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace lacuna
{
  namespace
  {
    constexpr double lowest_order = 1, highest_order = 3; ///< that are taken for what they seem
    constexpr double safety   = 1.5;
    constexpr double of_steps = 4. / 3; ///< what steps make, over what halving them changes

    /** What a difference between two meshes says of the finer one, with an order. */
    double of_finer(double difference, double order)
    {
      return std::abs(difference) / (std::exp2(order) - 1);
    }

    /** Least and largest values sit on single nodes, which a finer mesh places elsewhere: their
     * errors do not fall with a power of the cells' length. */
    bool is_extreme(const std::string &name)
    {
      return name.find(" min ") != std::string::npos || name.find(" max ") != std::string::npos;
    }

    std::optional<double> observed_order(double finest, double middle, double coarsest)
    {
      const double ratio = (coarsest - middle) / (middle - finest);
      return ratio > 0 && std::isfinite(ratio) ? std::optional<double>(std::log2(ratio))
                                               : std::nullopt;
    }
  } // namespace

  struct Companions::Companion
  {
    Companion(const Case &original, Level &level_, const std::vector<const Law *> &laws,
              bool with_injections, unsigned int steps_)
        : input(without_step_control(original)), steps(steps_),
          simulation(input, level_, laws, with_injections)
    {
    }

    static Case without_step_control(Case input)
    {
      input.time.fixed_step   = std::numeric_limits<double>::infinity(); // up to where it shall
      input.time.largest_step = 0;
      return input;
    }

    void begin()
    {
      simulation.begin();
      record_maker = std::make_unique<RecordMaker>(simulation, nullptr);
    }

    void follow(double time)
    {
      const double start = simulation.state.time;
      for (unsigned int k = 1; k <= steps && time > start; ++k)
      {
        const double next = k == steps ? time : start + (time - start) * k / steps;
        while (simulation.state.time < next) // once, unless a step had to be halved
          simulation.step(next);
      }
      record = record_maker->make_record(quantity_fields_of(simulation));
    }

    const Case input;
    const unsigned int steps; ///< for each of the simulation that is accompanied
    Simulation simulation;
    std::unique_ptr<RecordMaker> record_maker;
    StepRecord record;
  };

  Companions::Companions(const Case &input, Level &level, const std::vector<const Law *> &laws,
                         bool with_injections)
      : regions(level.layout.geometry.regions)
  {
    Level::Coarser *next = level.coarser();
    if (next == nullptr)
      return;
    const auto make = [&](Level &on, unsigned int steps)
    { return std::make_unique<Companion>(input, on, laws, with_injections, steps); };
    try
    {
      coarse = make(next->level, 1);
      if (!input.time.steady)
        stepping = make(next->level, 2);
      if (Level::Coarser *last = next->level.coarser())
        coarsest = make(last->level, 1);
    }
    catch (const UserError &)
    {
      // What the finer mesh can hold may be too small for this one.
    }
  }

  Companions::~Companions() = default;

  template <class Action>
  void Companions::each(const Action &action)
  {
    for (auto *companion : {&coarse, &stepping, &coarsest})
      if (*companion)
        try
        {
          action(*companion->get(), *companion);
        }
        catch (const ConvergenceError &)
        {
          companion->reset();
        }
        catch (const EvaluationError &)
        {
          companion->reset();
        }
  }

  void Companions::prepare(const Companions *prepared)
  {
    each(
        [&](Companion &companion, const std::unique_ptr<Companion> &self)
        {
          const auto twin = [&]() -> const Companion *
          {
            if (&self == &stepping && coarse)
              return coarse.get();
            return prepared == nullptr  ? nullptr
                   : &self == &coarse   ? prepared->coarse.get()
                   : &self == &coarsest ? prepared->coarsest.get()
                                        : nullptr;
          }();
          if (twin != nullptr)
            companion.simulation.prepare_as(twin->simulation);
          else
            companion.simulation.prepare(nullptr);
        });
  }

  void Companions::begin()
  {
    each([](Companion &companion, const auto &) { companion.begin(); });
  }

  void Companions::follow(double time)
  {
    each([&](Companion &companion, const auto &) { companion.follow(time); });
  }

  bool Companions::can_tell() const
  {
    return coarse != nullptr;
  }

  std::vector<NumericalError> Companions::errors(const StepRecord &record) const
  {
    std::vector<NumericalError> result = numbers_of(record, regions);
    if (!coarse)
      return {};
    const auto numbers = [&](const std::unique_ptr<Companion> &companion)
    { return companion ? numbers_of(companion->record, regions) : std::vector<NumericalError>(); };
    const auto on_coarse = numbers(coarse), with_small_steps = numbers(stepping),
               on_coarsest = numbers(coarsest);
    for (std::size_t k = 0; k < result.size(); ++k)
    {
      NumericalError &it      = result[k];
      const double difference = it.value - on_coarse.at(k).value;
      double order            = 2;
      if (!on_coarsest.empty())
        it.order = observed_order(it.value, on_coarse[k].value, on_coarsest.at(k).value);
      if (it.order && !is_extreme(it.name))
        order = std::clamp(*it.order, lowest_order, highest_order);
      else if (is_extreme(it.name) || !on_coarsest.empty())
        order = lowest_order; // not asymptotic
      it.space = safety * of_finer(difference, order);
      if (it.order && *it.order >= lowest_order && *it.order <= highest_order &&
          !is_extreme(it.name))
        it.limit = it.value + difference / (std::exp2(order) - 1);
      if (!with_small_steps.empty()) // of steps of second order too
        it.time = safety * of_steps * std::abs(with_small_steps.at(k).value - on_coarse[k].value);
      it.error = it.space + it.time;
    }
    mark_headlines(result);
    return result;
  }
} // namespace lacuna
