// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/read_binding.h"

#include "config/quantity.h"
#include "config/suggestion.h"
#include "laws/signal_binding.h"

#include <algorithm>

namespace lacuna
{
  namespace
  {
    void check_dimension(const Law &law, const LawRead &read, const std::string &unit)
    {
      if (!same_dimension(read.unit, unit))
        refuse(law, "declares " + read.name + " in '" + read.unit + "', which does not measure " +
                        dimension_name(unit) + "; declare it in " + unit + ".");
    }

    /** Law value = factor * SI value. Oxygen may be read as a pressure, by Henry's law. */
    double species_factor(const Law &law, const LawRead &read, const Species &species,
                          double oxygen_solubility)
    {
      if (species.name == "oxygen" && same_dimension(read.unit, "Pa"))
        return 1 / (si_factor(read.unit) * oxygen_solubility);
      check_dimension(law, read, species.name == "oxygen" ? "mM" : species.unit);
      return 1 / si_factor(read.unit);
    }

    /** The instance of a species that goes with the instance the law is bound to. */
    unsigned int instance_of(const Law &law, const LawRead &read, const Species *instance,
                             const BindingContext &context)
    {
      const auto found = context.species.instances(read.name);
      if (found.empty())
        refuse(law, (read.changes ? "changes '" : "reads '") + read.name +
                        "', which does not exist here" +
                        or_rather(read.name, context.known_names()));
      for (const unsigned int v : found)
        if (instance != nullptr && context.species.variable(v).dose == instance->dose)
          return v;
      return found.front();
    }

    BoundRead bind_species(const Law &law, const LawRead &read, const Species *instance,
                           const BindingContext &context)
    {
      if (context.is_population(read.name) && context.species.instances(read.name).empty())
        return {};
      BoundRead bound;
      bound.source = BoundRead::Source::variable;
      bound.index  = instance_of(law, read, instance, context);
      bound.factor = species_factor(law, read, context.species.variable(bound.index),
                                    context.input.oxygen_solubility);
      return bound;
    }

    BoundRead bind_total(const Law &law, const LawRead &read, const BindingContext &context)
    {
      if (!context.is_population(read.name))
        refuse(law, "reads the total of '" + read.name + "', but this case has no such population" +
                        or_rather(read.name, context.known_names()));
      BoundRead bound;
      bound.source    = BoundRead::Source::total;
      bound.factor    = conversion_factor("1/m^3", read.unit);
      bound.variables = context.species.instances(read.name);
      return bound;
    }

    /** The index of a name of the geometry. */
    unsigned int place(const Law &law, const std::string &name,
                       const std::vector<std::string> &names, const std::string &what)
    {
      const auto found = std::find(names.begin(), names.end(), name);
      if (found == names.end())
        refuse(law, "reads the " + what + " '" + name + "', which the geometry does not have" +
                        or_rather(name, names));
      return found - names.begin();
    }

    /** When a dose is given (s); far ahead in the control. */
    double time_of_dose(const Law &law, const std::string &name, const BindingContext &context)
    {
      constexpr double never = 1e12; // s
      std::vector<std::string> doses;
      for (const InjectionSettings &injection : context.input.injections)
      {
        doses.push_back(injection.name);
        if (injection.name == name)
          return context.species.treated || injection.given ? injection.time : never;
      }
      refuse(law, "reads the time since the dose '" + name +
                      "', but section Injections has no such dose" + or_rather(name, doses));
    }

    unsigned int derived_index(const Law &law, const std::string &name,
                               const BindingContext &context)
    {
      for (unsigned int d = 0; d < context.derived.size(); ++d)
        if (context.derived[d].name == name)
          return d;
      refuse(law, "reads '" + name + "', which this case does not evaluate.");
    }

    BoundRead bind_readable(const Law &law, const LawRead &read, const Readable &readable,
                            const Species *instance, const BindingContext &context)
    {
      if (read.changes)
        refuse(law, "changes '" + read.name +
                        "', which follows from other quantities and can only be read.");
      check_dimension(law, read, readable.usual.unit);
      BoundRead bound;
      bound.source   = BoundRead::Source::readable;
      bound.readable = &readable;
      bound.factor   = 1 / si_factor(read.unit);
      if (instance != nullptr)
        bound.time_origin = instance->time_of_dose;
      // What follows a prefix; unused otherwise.
      const std::string name =
          readable.is_prefix() ? read.name.substr(readable.name.size()) : read.name;
      switch (readable.quantity)
      {
      case Readable::Quantity::region:
        bound.index = place(law, name, context.points.regions, "region");
        break;
      case Readable::Quantity::face:
      case Readable::Quantity::face_area:
        bound.index = place(law, name, context.points.faces, "face");
        break;
      case Readable::Quantity::since:
        bound.time_origin = time_of_dose(law, name, context);
        break;
      case Readable::Quantity::derived:
        bound.index = derived_index(law, name, context);
        break;
      default:
        break;
      }
      return bound;
    }
  } // namespace

  BoundRead bind_read(const Law &law, const LawRead &read, const Species *instance,
                      const BindingContext &context, std::vector<Signal> &signals)
  {
    if (read.kind == LawRead::Kind::total)
      return bind_total(law, read, context);
    if (read.kind == LawRead::Kind::signal)
    {
      BoundRead bound;
      bound.source = BoundRead::Source::signal;
      bound.index  = bind_used(law, read, instance, context, signals);
      return bound;
    }
    if (const Readable *readable = find_readable(read.name))
      return bind_readable(law, read, *readable, instance, context);
    return bind_species(law, read, instance, context);
  }
} // namespace lacuna
