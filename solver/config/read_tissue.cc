// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/case_reading.h"
#include "config/suggestion.h"
#include "config/text.h"
#include "config/user_error.h"

#include <utility>

namespace lacuna
{
  namespace
  {
    SoluteBalance solute_balance(const std::string &text)
    {
      return text == "pore water" ? SoluteBalance::pore_water
             : text == "tissue"   ? SoluteBalance::tissue
                                  : SoluteBalance::tissue_oxygen_by_porosity;
    }

    /** The solubility that converts all other oxygen values; the standard one if what is written is
     * faulty. */
    void find_solubility(CaseReading &reading, const Node &node)
    {
      const Section description       = describe_solutes(reading.names);
      const std::string name          = "Oxygen solubility";
      const Parameter &parameter      = *find_parameter(description, name);
      reading.names.oxygen_solubility = parse_number(parameter, *parameter.default_text);
      const auto *entry               = node.find_entry(name);
      if (entry == nullptr)
        return;
      try
      {
        check_value(parameter, entry->value, entry->location);
        reading.names.oxygen_solubility = parse_number(parameter, entry->value);
      }
      catch (const UserError &)
      {
        // reported when the section is checked
      }
    }

    void find_transported(CaseReading &reading, const Node &node)
    {
      const auto *entry        = node.find_entry("Transported");
      const std::size_t before = reading.problems.count();
      const Location place     = entry == nullptr ? reading.root.location : entry->location;
      const auto known         = reading.names.solutes;
      reading.names.solutes.clear();
      for (std::string name :
           split(entry == nullptr ? "oxygen, glucose, lactate" : entry->value, ','))
      {
        name = normal_name(name);
        if (name.empty() || name.find_first_of("/:=<>") != std::string::npos)
          reading.problems.add(place, "Solutes/Transported: " + in_quotes(name) + " is not a name");
        else if (reading.is_free_name(name, place))
          reading.names.solutes.push_back(name);
      }
      reading.solutes_known = reading.problems.count() == before;
      if (!reading.solutes_known)
        reading.names.solutes = known;
    }

    void remove_untransported(CaseReading &reading, Node &node)
    {
      const auto sections = node.sections;
      node.sections.clear();
      for (const Node &section : sections)
        if (!reading.solutes_known || contains(reading.names.solutes, section.name) ||
            !nearest(section.name, reading.names.solutes).empty())
          node.sections.push_back(section);
        else
          reading.problems.add(section.location,
                               "Solutes: " + in_quotes(section.name) +
                                   " is described but not among the 'Transported'; add it "
                                   "there, or remove this section");
    }
  } // namespace

  void read_solutes(CaseReading &reading)
  {
    Node absent;
    Node &node = reading.written("Solutes") != nullptr ? *reading.written("Solutes") : absent;
    find_solubility(reading, node);
    find_transported(reading, node);
    remove_untransported(reading, node);
    const Values values = reading.part(describe_solutes(reading.names));
    if (!values.valid() || !reading.solutes_known)
      return;
    reading.result.oxygen_solubility = values.number("Oxygen solubility");
    for (const std::string &name : reading.names.solutes)
    {
      const Values solute = values.section(name);
      reading.result.solutes.push_back(
          {name, solute.number("Diffusivity in water"), solute.number("Initial value")});
    }
  }

  void read_cells(CaseReading &reading)
  {
    if (const Node *node = reading.written("Cells"))
      for (const Node &section : node->sections)
        if (reading.is_free_name(section.name, section.location))
          reading.populations.push_back(section.name);
    const Values values = reading.part(describe_cells(reading.names));
    if (!values.valid() || !reading.regions_known)
      return;
    for (const std::string &name : values.section_names())
    {
      PopulationSettings population;
      population.name = name;
      for (const std::string &region : reading.names.regions)
        population.density[region] = values.section(name).field("Density in " + region);
      reading.result.populations.push_back(population);
    }
  }

  void read_tissue(CaseReading &reading)
  {
    const Values values = reading.part(describe_tissue(reading.names));
    if (!values.valid() || !reading.regions_known)
      return;
    reading.result.balance = solute_balance(values.text("Solute balance"));
    for (const std::string &name : reading.names.regions)
    {
      const Values region             = values.section(name);
      RegionTissue &tissue            = reading.result.tissue[name];
      tissue.porosity                 = region.field("Porosity");
      tissue.fixed_charge_density     = region.field("Fixed charge density");
      std::vector<std::string> mobile = reading.names.solutes;
      for (const Names::Mobile &species : reading.names.owned_mobile)
        mobile.push_back(species.name);
      for (const std::string &species : mobile)
        if (const std::string parameter = "Diffusivity of " + species; !region.is_word(parameter))
          tissue.diffusivity[species] = region.number(parameter);
    }
  }

  void read_acidity(CaseReading &reading)
  {
    const Values values = reading.part(describe_acidity());
    if (!values.valid())
      return;
    const std::string closure = values.text("Closure");
    AciditySettings &acidity  = reading.result.acidity;
    if (closure == "Soukane")
      acidity = {7.5, -0.1};
    for (const auto &[name, number] :
         {std::pair("Intercept", &acidity.intercept), {"Slope", &acidity.slope}})
      if (closure == "given" && values.is_word(name))
        reading.report(values, "Closure",
                       "'given' needs " + in_quotes(name) + "; write 'set " + name + " = " +
                           (std::string(name) == "Slope" ? "-0.09 /mM" : "7.4") + "'");
      else if (closure != "given" && !values.is_word(name))
        reading.report(values, name,
                       "this has no effect, because 'Closure = " + closure +
                           "'; remove it, or write 'set Closure = given'");
      else if (closure == "given")
        *number = values.number(name);
  }

  void read_osmolarity(CaseReading &reading)
  {
    const Values values = reading.part(describe_osmolarity());
    if (!values.valid())
      return;
    reading.result.osmolarity = {values.number("Bath salt"), values.number("Osmotic coefficient"),
                                 values.number("Other osmolytes"), values.number("Blood lactate")};
  }
} // namespace lacuna
