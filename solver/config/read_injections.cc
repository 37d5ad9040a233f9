// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/case_reading.h"
#include "config/in_days.h"
#include "config/quantity.h"
#include "config/suggestion.h"
#include "config/text.h"
#include "config/user_error.h"

#include <algorithm>
#include <utility>

namespace lacuna
{
  namespace
  {
    /** What a dose of a species counted per volume in `unit` is counted in: "1" for 1/mL, "ng" for
     * ng/mL. */
    std::string amount_unit(const std::string &unit)
    {
      const std::pair<const char *, const char *> known[] = {
          {"1/mL", "1"}, {"mM", "umol"}, {"ng/mL", "ng"}};
      for (const auto &[density, amount] : known)
        if (same_dimension(unit, density))
          return amount;
      return "(" + unit + ") mL";
    }

    std::vector<std::string> all_species(const CaseReading &reading)
    {
      std::vector<std::string> names = reading.populations;
      names.insert(names.end(), reading.names.solutes.begin(), reading.names.solutes.end());
      for (const DeclaredSpecies &species : reading.owned)
        names.push_back(species.name);
      return names;
    }

    /** The species with the unit of its amount; that from the way the amount is written if the
     * species is unknown. */
    Names::Mobile species_of_dose(CaseReading &reading, const Node &node)
    {
      const auto *species = node.find_entry("Species");
      const auto *amount  = node.find_entry("Amount");
      if (species != nullptr)
      {
        if (contains(reading.populations, species->value))
          return {species->value, "1"};
        if (contains(reading.names.solutes, species->value))
          return {species->value, "umol"};
        for (const DeclaredSpecies &owned : reading.owned)
          if (owned.name == species->value)
            return {species->value, amount_unit(owned.unit)};
        if (reading.solutes_known && reading.laws_known && !species->value.empty())
          reading.problems.add(species->location,
                               "Injections/" + node.name + "/Species: there is no species " +
                                   in_quotes(species->value) +
                                   suggestion(species->value, all_species(reading)));
      }
      const bool pure_number =
          amount == nullptr ||
          trim(amount->value).find_first_not_of("0123456789.e+-") == std::string::npos;
      return {"", pure_number ? "1" : "umol"};
    }

    BolusShape bolus_shape(const std::string &text)
    {
      return text == "ellipsoid"  ? BolusShape::ellipsoid
             : text == "Gaussian" ? BolusShape::gaussian
                                  : BolusShape::point;
    }

    /** What the present shape does not use is a slip. */
    void without_effect(CaseReading &reading, const Values &values, const std::string &parameter,
                        const std::string &shape)
    {
      reading.report(values, parameter,
                     "this has no effect, because 'Shape = " + values.text("Shape") +
                         "'; remove it, or write 'set Shape = " + shape + "'");
    }

    void read_shape(CaseReading &reading, const Values &values, InjectionSettings &dose)
    {
      dose.shape = bolus_shape(values.text("Shape"));
      dose.site  = reading.coordinates(values, "Site");
      if (!values.is_word("Volume"))
        dose.volume = values.number("Volume");
      else if (dose.shape == BolusShape::ellipsoid)
        reading.problems.add(values.location(),
                             values.path_to("Volume") +
                                 ": an ellipsoid gets its size from the volume; write for example "
                                 "'set Volume = 1 mL', or 'set Shape = Gaussian' or 'point'");
      if (!values.is_word("Standard deviation"))
        dose.standard_deviation = values.number("Standard deviation");
      if (dose.shape == BolusShape::gaussian && values.is_word("Standard deviation"))
        reading.report(values, "Shape",
                       "'Gaussian' needs 'Standard deviation'; write for example "
                       "'set Standard deviation = 2 mm'");
      const bool ellipsoid = dose.shape == BolusShape::ellipsoid;
      if (dose.shape != BolusShape::gaussian && !values.is_word("Standard deviation"))
        without_effect(reading, values, "Standard deviation", "Gaussian");
      if (!ellipsoid && values.is_set("Proportions") &&
          values.list("Proportions") != std::vector<double>{1, 1, 1})
        without_effect(reading, values, "Proportions", "ellipsoid");
      dose.edge_width = values.number("Edge width");
      if (!ellipsoid && dose.edge_width > 0)
        without_effect(reading, values, "Edge width", "ellipsoid");
      if (!ellipsoid && dose.infiltrating)
        without_effect(reading, values, "Occupies", "ellipsoid");
      dose.half_axes = reading.coordinates(values, "Proportions");
      if (values.list("Proportions").size() == dim &&
          *std::min_element(dose.half_axes.begin(), dose.half_axes.end()) <= 0)
        reading.report(values, "Proportions", "each of the three must be larger than 0");
    }

    void read_regions(CaseReading &reading, const Values &values, InjectionSettings &dose)
    {
      const auto names = values.names("Regions");
      if (!reading.regions_known)
        return;
      if (names == std::vector<std::string>{"all"})
      {
        dose.regions = reading.names.regions;
        return;
      }
      for (const std::string &name : names)
        if (!contains(reading.names.regions, name))
          reading.report(values, "Regions",
                         "there is no region " + in_quotes(name) +
                             suggestion(name, reading.names.regions));
        else if (!contains(dose.regions, name))
          dose.regions.push_back(name);
    }

    void read_losses(CaseReading &reading, const Values &values, InjectionSettings &dose)
    {
      dose.viability         = values.number("Viability");
      dose.needle_factor     = values.number("Needle survival");
      dose.retained_fraction = values.number("Retained fraction");
      const bool cells       = contains(reading.populations, dose.species);
      for (const char *name : {"Viability", "Needle survival"})
        if (!cells && values.number(name) != 1 && contains(all_species(reading), dose.species))
          reading.report(values, name,
                         in_quotes(dose.species) +
                             " is not a population of 'Cells', so it cannot be dead; remove this");
    }

    void read_carrier(CaseReading &reading, const Values &values, InjectionSettings &dose)
    {
      if (!reading.solutes_known)
        return;
      for (const std::string &solute : reading.names.solutes)
        if (const std::string name = "Carrier " + solute; !values.is_word(name))
        {
          dose.carrier[solute] = values.number(name);
          if (values.is_word("Volume"))
            reading.report(
                values, name,
                "without 'Volume' there is no carrier; write for example 'set Volume = 1 mL'");
        }
    }

    void check_times(CaseReading &reading, const Values &values, double first, double last)
    {
      const TimeSettings &time = reading.result.time;
      if (!reading.time_known || time.steady)
        return;
      if (first < time.start && reading.result.initial.start != Start::finished_run)
        reading.report(values, "Time",
                       in_days(first) + " lies before the 'Start' of the run, " +
                           in_days(time.start));
      const std::string after_end = " lies after the 'End' of the run, " + in_days(time.end);
      if (first > time.end)
        reading.report(values, "Time", in_days(first) + after_end);
      else if (last > time.end)
        reading.report(values, "Repeats", "the last dose, at " + in_days(last) + "," + after_end);
    }

    /** Adds the dose, and as often as it is repeated a copy with a number behind its name. */
    void add_repeats(CaseReading &reading, const Values &values, InjectionSettings dose,
                     const std::vector<std::string> &sections)
    {
      const auto repeats = static_cast<unsigned int>(values.number("Repeats"));
      const bool spaced  = !values.is_word("Interval");
      if (repeats > 1 && !spaced)
        reading.report(values, "Repeats",
                       std::to_string(repeats) +
                           " doses need an 'Interval'; write for example 'set Interval = 30 d'");
      if (repeats == 1 && spaced)
        reading.report(values, "Interval",
                       "this has no effect, because 'Repeats = 1'; remove it, or write for "
                       "example 'set Repeats = 3'");
      const double first = dose.time, interval = spaced ? values.number("Interval") : 0;
      check_times(reading, values, first, first + (repeats - 1) * interval);

      const std::string name = dose.name;
      reading.result.injections.push_back(dose);
      for (unsigned int k = 2; k <= repeats; ++k)
      {
        dose.name = name + " " + std::to_string(k);
        dose.time = first + (k - 1) * interval;
        if (contains(sections, dose.name))
          reading.report(values, "Repeats",
                         "its repeat would be called " + in_quotes(dose.name) +
                             ", like the dose of that name; give one of them another name");
        reading.result.injections.push_back(dose);
      }
    }

    void read_dose(CaseReading &reading, const Values &values, const std::string &name,
                   const std::vector<std::string> &sections)
    {
      InjectionSettings dose;
      dose.name         = name;
      dose.location     = values.location();
      dose.species      = values.text("Species");
      dose.time         = values.number("Time");
      dose.loaded       = values.number("Amount");
      dose.infiltrating = values.text("Occupies") == "infiltrating";
      read_shape(reading, values, dose);
      read_regions(reading, values, dose);
      read_losses(reading, values, dose);
      read_carrier(reading, values, dose);
      for (const DeclaredSpecies &species : reading.owned)
        if (species.name == dose.species && species.basis == Basis::per_cell)
          reading.report(values, "Species",
                         in_quotes(dose.species) +
                             " is counted inside cells and cannot be injected");
      add_repeats(reading, values, dose, sections);
    }

    void read_control(CaseReading &reading, const Values &values)
    {
      Case &result           = reading.result;
      const std::string text = values.text("Control");
      result.control         = text == "no"     ? Control::none
                               : text == "yes"  ? Control::computed
                               : text == "only" ? Control::alone
                                                : Control::finished_run;
      result.control_run     = reading.run_folder(values, "Control", "Control run",
                                                  result.control == Control::finished_run);
    }
  } // namespace

  void read_injections(CaseReading &reading)
  {
    const Node *node = reading.written("Injections");
    if (node != nullptr)
      for (const Node &section : node->sections)
        reading.names.doses[section.name] = species_of_dose(reading, section);
    const Values values = reading.part(describe_injections(reading.names));
    if (node == nullptr)
      return;
    if (reading.time_known && reading.result.time.steady && !node->sections.empty())
      reading.problems.add(
          node->location,
          "Injections: a steady run has no time at which to inject; write 'set Mode = "
          "transient' in 'Time', or remove the doses");
    if (values.valid())
      read_control(reading, values);
    for (const std::string &name : values.section_names())
      if (const Values dose = values.section(name); dose.valid())
        read_dose(reading, dose, name, values.section_names());
    auto &doses = reading.result.injections;
    std::stable_sort(doses.begin(), doses.end(),
                     [](const auto &a, const auto &b) { return a.time < b.time; });
    if (values.valid() && doses.empty() &&
        (reading.result.control == Control::computed ||
         reading.result.control == Control::finished_run))
      reading.report(values, "Control",
                     "there is no injection to compare with; remove this, or write one");
  }
} // namespace lacuna
