// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_binding.h"

#include "laws/read_binding.h"
#include "laws/signal_binding.h"

#include <string>

namespace lacuna
{
  namespace
  {
    class Binder
    {
    public:
      Binder(const BindingContext &context_, BoundLaws &result_)
          : context(context_), result(result_)
      {
      }

      void bind(const Law &law)
      {
        const Subject subject = find_subject(law);
        if (subject.missing)
          return;
        if (subject.population.empty())
          return bind_instance(law, -1, true);
        bool first = true;
        for (const unsigned int v : context.species.instances(subject.population))
        {
          bind_instance(law, static_cast<int>(v), first);
          first = false;
        }
      }

    private:
      /** The population that a law acts on. */
      struct Subject
      {
        std::string population; ///< empty if the law reads none
        bool missing = false;   ///< it reads only populations that are not there
      };

      /** The one population with several instances, or else the first population that the law
       * reads. */
      Subject find_subject(const Law &law) const
      {
        std::string first, several;
        bool any_missing = false;
        for (const LawRead &read : law.reads)
        {
          if (read.kind != LawRead::Kind::quantity || !context.is_population(read.name))
            continue;
          const auto n = context.species.instances(read.name).size();
          any_missing |= n == 0;
          if (first.empty() && n > 0)
            first = read.name;
          if (n > 1 && !several.empty() && several != read.name)
            refuse(law, "acts on '" + several + "' and '" + read.name +
                            "', which both have several doses; it may act on one such population "
                            "and read the total of the other.");
          if (n > 1)
            several = read.name;
        }
        // In the control a law about injected cells alone has nothing to do.
        return {several.empty() ? first : several, any_missing && first.empty()};
      }

      void bind_instance(const Law &law, int subject, bool first)
      {
        const Species *instance = subject < 0 ? nullptr : &context.species.variable(subject);
        BoundLaw bound;
        bound.law     = &law;
        bound.subject = subject;
        bound.first   = first;
        if (instance != nullptr)
          bound.instance = instance->name;
        for (unsigned int r = 0; r < law.reads.size(); ++r)
        {
          bound.reads.push_back(bind_read(law, law.reads[r], instance, context, result.signals));
          add_target(bound, r);
        }
        for (const LawSignal &provided : law.provides)
          bound.provides.push_back(bind_provided(law, provided, instance, context, result.signals));
        for (const unsigned int r : law.motions)
          bound.motions.push_back(moved_by(bound, r) ? bound.reads[r].index : BoundLaw::absent);
        result.laws.push_back(bound);
      }

      /** A population that several instances of the law share is moved once. */
      static bool moved_by(const BoundLaw &bound, unsigned int r)
      {
        const BoundRead &read = bound.reads[r];
        return read.source != BoundRead::Source::nothing &&
               (bound.first || static_cast<int>(read.index) == bound.subject);
      }

      void add_target(BoundLaw &bound, unsigned int r) const
      {
        const BoundRead &read = bound.reads[r];
        if (!bound.law->reads[r].changes || read.source != BoundRead::Source::variable)
          return;
        const unsigned int v = read.index, n = result.n_mobile;
        bound.targets.push_back(
            {r, v < n, v < n ? v : v - n, 1 / (read.factor * bound.law->time_unit)});
      }

      const BindingContext &context;
      BoundLaws &result;
    };

    /** A read that cannot change, such as a place or a signal that no law provides, needs no
     * derivatives. Known once all laws are bound. */
    void find_active_reads(BoundLaws &result)
    {
      for (BoundLaw &bound : result.laws)
      {
        for (unsigned int r = 0; r < bound.reads.size(); ++r)
        {
          const BoundRead &read = bound.reads[r];
          const bool idle       = read.source == BoundRead::Source::signal &&
                            result.signals[read.index].provider.empty();
          if (read.depends_on_state() && !idle)
            bound.active.push_back(r);
        }
        std::vector<unsigned int> changed;
        for (const BoundTarget &target : bound.targets)
          changed.push_back(target.read);
        bound.caller = LawCaller(*bound.law, changed, bound.active, bound.first);
      }
    }
  } // namespace

  BoundLaws bind_laws(const std::vector<const Law *> &laws, const Case &input,
                      const SpeciesTable &species, const std::vector<DerivedQuantity> &derived,
                      const PointProperties &points)
  {
    BoundLaws result;
    result.derived     = derived;
    result.n_mobile    = species.mobile.size();
    result.n_variables = species.n_variables();
    const BindingContext context{input, species, derived, points};
    Binder binder(context, result);
    for (const Law *law : laws)
      binder.bind(*law);
    find_active_reads(result);
    return result;
  }
} // namespace lacuna
