// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_binding.h"

#include "config/quantity.h"
#include "config/suggestion.h"
#include "config/user_error.h"

#include <algorithm>
#include <cstring>
#include <map>

namespace lacuna
{
  namespace
  {
    /** What laws read by a name that no species has. */
    struct Builtin
    {
      BoundRead::Source source;
      const char *unit;
    };
    const std::map<std::string, Builtin> builtins = {
        {"x", {BoundRead::Source::x, "m"}},
        {"y", {BoundRead::Source::y, "m"}},
        {"z", {BoundRead::Source::z, "m"}},
        {"time", {BoundRead::Source::time, "s"}},
        {"age", {BoundRead::Source::age, "s"}},
        {"porosity", {BoundRead::Source::porosity, "1"}},
        {"fixed charge density", {BoundRead::Source::fixed_charge, "mol/m^3"}}};

    [[noreturn]] void refuse(const Law &law, const std::string &what)
    {
      throw UserError("law '" + law.section + "' " + what);
    }

    /** Law value = factor * SI value, for a species declared by the law in `unit`. */
    double read_factor(const Law &law, const LawRead &read, const Species &species,
                       double oxygen_solubility)
    {
      const bool pressure = same_dimension(read.unit, "Pa");
      if (pressure && species.name == "oxygen")
        return 1 / (si_factor(read.unit) * oxygen_solubility);
      const std::string unit = species.name == "oxygen" ? "mM" : species.unit;
      if (!same_dimension(read.unit, unit))
        refuse(law, "declares " + read.name + " in '" + read.unit + "', which is no " +
                        dimension_name(unit) + "; declare it in " + unit + ".");
      return 1 / si_factor(read.unit);
    }

    double rate_factor(double factor, const Law &law)
    {
      return 1 / (factor * law.time_unit);
    }

    class Binder
    {
    public:
      Binder(const Law &law_, const Case &input_, const SpeciesTable &species_,
             const std::vector<DerivedQuantity> &derived_, const PointProperties &points_,
             std::vector<Signal> &signals_)
          : law(law_), input(input_), species(species_), derived(derived_), points(points_),
            signals(signals_)
      {
      }

      std::vector<BoundLaw> bind()
      {
        const std::string subject = find_subject();
        std::vector<BoundLaw> result;
        if (absent)
          return result;
        if (subject.empty())
          return {bind_instance(-1)};
        for (const unsigned int v : species.instances(subject))
        {
          result.push_back(bind_instance(static_cast<int>(v)));
          result.back().first = result.size() == 1;
        }
        return result;
      }

    private:
      /** The one population with several instances, or else the first population that the law
       * reads. */
      std::string find_subject()
      {
        std::string first, several;
        bool any_absent = false;
        for (const auto &read : law.reads)
        {
          if (read.kind != LawRead::Kind::quantity || !is_population(read.name))
            continue;
          const auto n = species.instances(read.name).size();
          any_absent |= n == 0;
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
        absent = any_absent && first.empty();
        return several.empty() ? first : several;
      }

      bool is_population(const std::string &name) const
      {
        return std::any_of(input.populations.begin(), input.populations.end(),
                           [&](const auto &population) { return population.name == name; });
      }

      BoundLaw bind_instance(int subject)
      {
        const Species *instance = subject < 0 ? nullptr : &species.variable(subject);
        BoundLaw bound;
        bound.law     = &law;
        bound.subject = subject;
        if (instance != nullptr)
          bound.instance = instance->name;
        for (unsigned int r = 0; r < law.reads.size(); ++r)
          bound.reads.push_back(bind_read(r, instance, bound.targets));
        for (const auto &provided : law.provides)
        {
          bound.provides.push_back(
              signal_indices(provided.process, provided.target, provided.combination, instance));
          for (const unsigned int k : bound.provides.back())
            signals[k].provider = law.section;
        }
        for (const unsigned int read : law.motions)
          bound.motions.push_back(bound.reads[read].source == BoundRead::Source::nothing
                                      ? BoundLaw::absent
                                      : bound.reads[read].index);
        return bound;
      }

      BoundRead bind_read(unsigned int r, const Species *instance,
                          std::vector<BoundTarget> &targets)
      {
        const LawRead &read = law.reads[r];
        if (read.kind == LawRead::Kind::total)
          return bind_total(read);
        if (read.kind == LawRead::Kind::signal)
          return bind_signal(read, instance);
        if (const auto builtin = builtins.find(read.name); builtin != builtins.end())
          return bind_builtin(read, builtin->second, instance);
        for (const auto &[prefix, bind] : named_reads)
          if (read.name.rfind(prefix, 0) == 0)
            return (this->*bind)(read, read.name.substr(std::strlen(prefix)));
        for (unsigned int d = 0; d < derived.size(); ++d)
          if (derived[d].name == read.name)
            return bind_derived(read, d);
        return bind_species(r, instance, targets);
      }

      BoundRead bind_species(unsigned int r, const Species *instance,
                             std::vector<BoundTarget> &targets)
      {
        const LawRead &read = law.reads[r];
        if (is_population(read.name) && species.instances(read.name).empty())
          return {};
        const unsigned int v = instance_of(read, instance);
        const unsigned int n = species.mobile.size();
        const Species &found = species.variable(v);
        BoundRead bound;
        bound.source = BoundRead::Source::variable;
        bound.index  = v;
        bound.factor = read_factor(law, read, found, input.oxygen_solubility);
        if (read.changes)
          targets.push_back({r, v < n, v < n ? v : v - n, rate_factor(bound.factor, law)});
        return bound;
      }

      /** The instance of a species that goes with the instance the law is bound to. */
      unsigned int instance_of(const LawRead &read, const Species *instance) const
      {
        const auto found = species.instances(read.name);
        if (found.empty())
          refuse(law, (read.changes ? "changes '" : "reads '") + read.name +
                          "', which does not exist here" + or_rather(read.name, known_names()));
        for (const unsigned int v : found)
          if (instance != nullptr && species.variable(v).dose == instance->dose)
            return v;
        return found.front();
      }

      BoundRead bind_region(const LawRead &read, const std::string &name)
      {
        check_readable(read, "1");
        return {BoundRead::Source::region, place(name, points.regions, "region"), {}, 1};
      }
      BoundRead bind_face(const LawRead &read, const std::string &name)
      {
        check_readable(read, "1/m");
        return {BoundRead::Source::face,
                place(name, points.faces, "face"),
                {},
                1 / si_factor(read.unit)};
      }
      BoundRead bind_face_area(const LawRead &read, const std::string &name)
      {
        check_readable(read, "m^2");
        return {BoundRead::Source::face_area,
                place(name, points.faces, "face"),
                {},
                1 / si_factor(read.unit)};
      }
      BoundRead bind_since(const LawRead &read, const std::string &name)
      {
        check_readable(read, "s");
        constexpr double never = 1e12; // s
        std::vector<std::string> doses;
        for (const InjectionSettings &injection : input.injections)
        {
          doses.push_back(injection.name);
          if (injection.name == name)
            return {BoundRead::Source::age,
                    0,
                    {},
                    1 / si_factor(read.unit),
                    species.treated ? injection.time : never};
        }
        refuse(law, "reads the time since the dose '" + name +
                        "', which is no dose of section "
                        "Injections" +
                        or_rather(name, doses));
      }

      /** The index of a name of the geometry. */
      unsigned int place(const std::string &name, const std::vector<std::string> &names,
                         const std::string &what) const
      {
        const auto found = std::find(names.begin(), names.end(), name);
        if (found == names.end())
          refuse(law, "reads the " + what + " '" + name + "', which the geometry does not have" +
                          or_rather(name, names));
        return found - names.begin();
      }

      using BindNamed = BoundRead (Binder::*)(const LawRead &, const std::string &);
      static constexpr std::pair<const char *, BindNamed> named_reads[] = {
          {"region:", &Binder::bind_region},
          {"face:", &Binder::bind_face},
          {"face area:", &Binder::bind_face_area},
          {"since:", &Binder::bind_since}};

      BoundRead bind_builtin(const LawRead &read, const Builtin &builtin,
                             const Species *instance) const
      {
        check_readable(read, builtin.unit);
        BoundRead bound;
        bound.source = builtin.source;
        bound.factor = 1 / si_factor(read.unit);
        if (instance != nullptr)
          bound.time_origin = instance->time_of_dose;
        return bound;
      }

      BoundRead bind_derived(const LawRead &read, unsigned int d) const
      {
        check_readable(read, derived[d].unit);
        BoundRead bound;
        bound.source = BoundRead::Source::derived;
        bound.index  = d;
        bound.factor = derived[d].unit_factor * conversion_factor(derived[d].unit, read.unit);
        return bound;
      }

      void check_readable(const LawRead &read, const std::string &unit) const
      {
        if (read.changes)
          refuse(law, "changes '" + read.name +
                          "', which follows from other quantities and can "
                          "only be read.");
        if (!same_dimension(read.unit, unit))
          refuse(law, "declares " + read.name + " in '" + read.unit + "', which is no " +
                          dimension_name(unit) + "; declare it in " + unit + ".");
      }

      BoundRead bind_total(const LawRead &read) const
      {
        if (!is_population(read.name))
          refuse(law, "reads the total of '" + read.name + "', which is no population here" +
                          or_rather(read.name, known_names()));
        BoundRead bound;
        bound.source = BoundRead::Source::total;
        bound.factor = conversion_factor("1/m^3", read.unit);
        for (const unsigned int k : species.instances(read.name))
          bound.variables.push_back(k);
        return bound;
      }

      BoundRead bind_signal(const LawRead &read, const Species *instance)
      {
        BoundRead bound;
        bound.source       = BoundRead::Source::signal;
        const auto indices = signal_indices(read.name, read.target, read.combination, instance);
        if (indices.size() != 1)
          refuse(law, "uses the signal '" + read.name + "' of '" + read.target +
                          "', which has several doses, but does not act on that population.");
        bound.index               = indices.front();
        signals[bound.index].user = law.section;
        return bound;
      }

      /** A signal of the law's own population means the instance at hand; of another population,
       * all its instances. */
      std::vector<unsigned int> signal_indices(const std::string &process,
                                               const std::string &target, int combination,
                                               const Species *instance)
      {
        if (!is_population(target))
          return {signal_index(process, target, combination)};
        if (instance != nullptr && instance->population == target)
          return {signal_index(process, instance->name, combination)};
        std::vector<unsigned int> result;
        for (const unsigned int k : species.instances(target))
          result.push_back(signal_index(process, species.variable(k).name, combination));
        return result;
      }

      unsigned int signal_index(const std::string &process, const std::string &target,
                                int combination)
      {
        for (unsigned int k = 0; k < signals.size(); ++k)
          if (signals[k].process == process && signals[k].target == target)
          {
            if (signals[k].combination != combination)
              refuse(law, "and law '" + signals[k].first_named_by + "' combine the signal '" +
                              process + "' of '" + target +
                              "' in different ways (product and sum); a signal has one "
                              "combination.");
            return k;
          }
        signals.push_back({process, target, combination, law.section, "", ""});
        return signals.size() - 1;
      }

      std::vector<std::string> known_names() const
      {
        std::vector<std::string> names;
        for (const auto &one : species.mobile)
          names.push_back(one.name);
        for (const auto &one : input.populations)
          names.push_back(one.name);
        for (const auto &one : derived)
          names.push_back(one.name);
        for (const auto &one : builtins)
          names.push_back(one.first);
        return names;
      }

      const Law &law;
      const Case &input;
      const SpeciesTable &species;
      const std::vector<DerivedQuantity> &derived;
      const PointProperties &points;
      std::vector<Signal> &signals;
      bool absent = false;
    };
  } // namespace

  std::vector<BoundLaw> bind_law(const Law &law, const Case &input, const SpeciesTable &species,
                                 const std::vector<DerivedQuantity> &derived,
                                 const PointProperties &points, std::vector<Signal> &signals)
  {
    return Binder(law, input, species, derived, points, signals).bind();
  }

  void refuse_competing_deaths(const std::vector<const Law *> &laws)
  {
    std::map<std::string, std::string> death_of; // population -> section of the law
    for (const Law *law : laws)
      for (const auto &read : law->reads)
        if (read.kind == LawRead::Kind::signal && read.name == "apoptosis")
        {
          const auto [place, is_new] = death_of.emplace(read.target, law->section);
          if (!is_new && place->second != law->section)
            throw UserError("laws '" + place->second + "' and '" + law->section +
                            "' both model the environmental death of '" + read.target +
                            "', so its cells would die twice; remove one, or write 'set Competing "
                            "deaths = allowed' in section Laws.");
        }
  }
} // namespace lacuna
