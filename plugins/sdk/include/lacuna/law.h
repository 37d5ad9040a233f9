// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

// What the author of a law includes. A law is a class whose members declare, in order, what it
// reads and changes and which numbers it takes from the parameter file, and whose member template
// `rates` says what happens at one point:
//
//   #include <lacuna/law.h>
//
//   struct GlucoseDeath : lacuna::Law<GlucoseDeath>
//   {
//     Field     glucose  = field("glucose", "mM");
//     Species   cells    = population("NP cells", "1/mL");
//     Parameter critical = parameter("Critical glucose", 0.5, "mM", "Cells die below.", 0, 10);
//     Parameter rate     = parameter("Death rate", 1, "1/d", "In full starvation.", 0);
//
//     template <class Number>
//     void rates(At<Number> &at) const
//     {
//       const Number starved = lacuna::positive_part(1. - at[glucose] / critical);
//       at.rate(cells) -= rate * starved * at[cells];
//     }
//   };
//   LACUNA_LAW(GlucoseDeath, "glucose-death", "1.0.0", "d", "Death of cells without glucose.")
//
// Build it, with g++ or clang++, and name the result in the parameter file:
//
//   g++ -std=c++17 -O3 -shared -fPIC -I<sdk>/include glucose_death.cc -o glucose-death.so
//
// `Number` is a double or a number that carries its derivatives (dual.h), so write every function
// as lacuna::exp, lacuna::pow, ... Inside a law every number is in the unit that the law declared,
// and time is in the law's time unit. Solutes are per pore water, populations per tissue volume;
// `at.rate` is per tissue volume.
//
// Include other headers *before* this one: what follows it, up to LACUNA_LAW, stays invisible
// outside the plugin, so that two plugins may use the same names.

#include <lacuna/abi.h>

#include <cmath>
#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <type_traits>
#include <utility>

#pragma GCC visibility push(hidden)

#include <lacuna/composed.h>
#include <lacuna/declarations.h>
#include <lacuna/dual.h>

namespace lacuna
{
  /** What `at.rate(species)` returns: `+=` adds to the gain, `-=` to the loss, which must vanish
   * with the species. */
  template <class Number>
  class Rate
  {
  public:
    Rate(Number &gain_, Number &loss_, bool &gains_, bool &loses_)
        : gain(gain_), loss(loss_), gains(gains_), loses(loses_)
    {
    }
    void operator+=(const Number &amount)
    {
      gains = true;
      gain += amount;
    }
    void operator-=(const Number &amount)
    {
      loses = true;
      loss += amount;
    }

  private:
    Number &gain, &loss;
    bool &gains, &loses;
  };

  namespace detail
  {
    /** Where the inputs and results of one point stand. */
    template <class Number>
    struct Slots
    {
      Number *reads, *gain, *loss, *signals, *motility, *attraction, *after;
      double *converted;
      const int *changed; ///< the reads that the law changes
      int n_changed;
      bool *gains, *loses; ///< whether the law has added to a rate in this batch
    };
  } // namespace detail

  /** One point of the tissue, as `rates`, `signals`, `motion` and `at_dose` see it. */
  template <class Number>
  class At
  {
  public:
    explicit At(detail::Slots<Number> &slots_) : slots(slots_) {}

    /** The value of a field, species or used signal. */
    const Number &operator[](const Field &field) const { return slots.reads[field.index]; }

    /** A population summed over all its doses; declare it with population(name, unit, with_total).
     */
    const Number &total(const Species &population) const
    {
      if (population.total < 0)
        refuse("uses the total of a population that it declared without with_total");
      return slots.reads[population.total];
    }

    Rate<Number> rate(const Species &species)
    {
      return {slots.gain[species.index], slots.loss[species.index], slots.gains[species.index],
              slots.loses[species.index]};
    }

    /** Cells of one population become cells of another: lost to the one, gained by the other, and
     * no deaths. */
    void becomes(const Species &from, const Species &to, const Number &amount)
    {
      rate(from) -= amount;
      rate(to) += amount;
      lives_on(from, amount);
    }

    /** Says that this part of a population's loss is not death: cells that divide, or leave. */
    void lives_on(const Species &population, const Number &amount)
    {
      slots.converted[population.index] += value(amount);
    }

    /** The signal to be set in `signals`; starts at its neutral value (1 in a product, 0 in a sum).
     */
    Number &signal(const Signal &signal) { return slots.signals[signal.index]; }

    /** In `motion`: random motility of a population that the law moves, mm^2 per time unit; starts
     * at 0. */
    Number &motility(const Motion &motion) { return slots.motility[motion.index]; }

    /** In `motion`: the cells move towards where this pure number is larger, with the flux motility
     * * V * its gradient; starts at 0. */
    Number &attraction(const Motion &motion) { return slots.attraction[motion.index]; }

    /** In `at_dose`: what a changed species that stays in place holds afterwards; starts at what it
     * holds. */
    Number &after(const Species &species) { return slots.after[species.index]; }

  private:
    detail::Slots<Number> &slots;
  };

  /** The base of every law. All functions are for the initialisers of the law's members. */
  template <class Derived>
  class Law : public Declarations
  {
  public:
    template <class Number>
    using At = lacuna::At<Number>;

    /** Replaced by a law that provides signals; runs before all rates and must not read a used
     * signal. */
    template <class Number>
    void signals(At<Number> &) const
    {
    }

    /** Replaced by a law that changes something; runs once for every dose of the population that
     * the law acts on. */
    template <class Number>
    void rates(At<Number> &) const
    {
    }

    /** Replaced by a law that also changes something once, however many doses there are: what a
     * species of its own does without cells. */
    template <class Number>
    void tissue_rates(At<Number> &) const
    {
    }

    /** Replaced by a law that moves populations. */
    template <class Number>
    void motion(At<Number> &) const
    {
    }

    /** Replaced by a law that says, before the run, what of a dose arrives, or refuses it. */
    void deliver(Dose &) const {}

    /** Replaced by a law that changes the tissue at once when a dose is given. */
    void at_dose(const Dose &, At<double> &) const {}
  };
} // namespace lacuna

#include <lacuna/evaluation.h>

/** Makes the class a plugin: name and version, the one time unit of its numbers, and a sentence on
 * what it models. */
#define LACUNA_LAW(Class, name, version, time_unit, meaning)                                       \
  const lacuna_host *lacuna::detail::host       = nullptr;                                         \
  static const lacuna_plugin lacuna_description = {sizeof(lacuna_plugin),                          \
                                                   LACUNA_ABI_MAJOR,                               \
                                                   LACUNA_ABI_MINOR,                               \
                                                   name,                                           \
                                                   version,                                        \
                                                   time_unit,                                      \
                                                   meaning,                                        \
                                                   LACUNA_BUILD,                                   \
                                                   &lacuna::detail::create<Class>,                 \
                                                   &lacuna::detail::destroy<Class>,                \
                                                   &lacuna::detail::signals<Class>,                \
                                                   &lacuna::detail::rates<Class>,                  \
                                                   lacuna::detail::motion_of<Class>(),             \
                                                   lacuna::detail::deliver_of<Class>(),            \
                                                   lacuna::detail::at_dose_of<Class>()};           \
  _Pragma("GCC visibility pop") extern "C" __attribute__((visibility("default")))                  \
  const lacuna_plugin *                                                                            \
  lacuna_plugin_entry(void)                                                                        \
  {                                                                                                \
    return &lacuna_description;                                                                    \
  }
