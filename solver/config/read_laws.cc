// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/case_reading.h"
#include "config/suggestion.h"
#include "config/text.h"
#include "config/user_error.h"

namespace lacuna
{
  namespace
  {
    /** Names of populations in a parameter "Population" or "Populations" of a law, to be found
     * among all species. */
    struct Reference
    {
      Location location;
      std::string path, population;
    };

    /**
     * The law as it must be named from anywhere: a path, and a plugin beside the parameter file, in
     * full; a name that is searched elsewhere as it is.
     */
    std::string law_from_anywhere(const Node::Entry &entry)
    {
      if (entry.value.find('/') != std::string::npos)
        return entry.location.resolve(entry.value).string();
      std::error_code error;
      for (const char *ending : {".so", ""})
        if (const auto path = entry.location.resolve(entry.value + ending);
            std::filesystem::is_regular_file(path, error))
          return path.string();
      return entry.value;
    }

    LawValues law_values(const Values &values, const std::vector<Parameter> &parameters)
    {
      LawValues result;
      for (const Parameter &parameter : parameters)
        if (parameter.kind == Parameter::Kind::quantity ||
            parameter.kind == Parameter::Kind::integer)
        {
          if (!values.is_word(parameter.name))
            result.numbers[parameter.name] = values.number_in_unit(parameter.name);
        }
        else
          result.texts[parameter.name] = values.text(parameter.name);
      return result;
    }

    void add_owned(CaseReading &reading, const Values &values,
                   const std::vector<DeclaredSpecies> &species)
    {
      for (const DeclaredSpecies &declared : species)
        if (reading.is_free_name(declared.name, values.location()))
        {
          reading.owned.push_back(declared);
          if (declared.mobile)
            reading.names.owned_mobile.push_back({declared.name, declared.unit});
        }
    }

    /** By convention "Population", "Populations", "Secreting population" ... name populations. */
    bool names_populations(const Parameter &parameter)
    {
      const std::string last = parameter.name.substr(parameter.name.rfind(' ') + 1);
      return parameter.kind == Parameter::Kind::text &&
             (last == "Population" || last == "Populations" || last == "population" ||
              last == "populations");
    }

    void find_references(const Values &values, const std::vector<Parameter> &parameters,
                         std::vector<Reference> &references)
    {
      for (const Parameter &parameter : parameters)
      {
        if (!names_populations(parameter))
          continue;
        const bool word =
            values.text(parameter.name) == parameter.default_text &&
            parameter.default_text->rfind("as ", 0) == 0; // "as cell type": the law knows
        for (const std::string &name : values.names(parameter.name))
          if (!word)
            references.push_back(
                {values.location(parameter.name), values.path_to(parameter.name), name});
      }
    }

    /** Describes, checks and reads one law; false if it could not even be found. */
    bool read_law(CaseReading &reading, Node &node, const LawLookup &laws, Section &description,
                  std::vector<Reference> &references)
    {
      const std::string path = "Laws/" + node.name;
      auto *entry            = node.find_entry("Law");
      if (entry == nullptr || entry->value.empty())
      {
        reading.problems.add(
            entry == nullptr ? node.location : entry->location,
            path + ": 'Law' is missing; write 'set Law = NAME' with the name of a plugin");
        return false;
      }
      LawDeclaration declaration;
      try
      {
        declaration  = laws(entry->value, entry->location.folder());
        entry->value = law_from_anywhere(*entry);
      }
      catch (const UserError &error)
      {
        reading.problems.add(entry->location, path + "/Law: " + error.what());
        return false;
      }
      description.sections.push_back(describe_law(node.name, declaration.parameters));
      const Section section = description.sections.back(); // the vector may move
      const Values values(section, node, path, reading.problems);
      if (!values.valid())
        return false;
      LawSettings law;
      law.section        = node.name;
      law.law            = entry->value;
      law.values         = law_values(values, declaration.parameters);
      law.plugin         = declaration.name;
      law.plugin_version = declaration.version;
      try
      {
        const LawContents contents = declaration.contents(law.section, law.values);
        law.species                = contents.species;
        law.moves                  = contents.moves;
      }
      catch (const UserError &error)
      {
        reading.problems.add(node.location, path + ": " + error.what());
        return false;
      }
      add_owned(reading, values, law.species);
      find_references(values, declaration.parameters, references);
      reading.result.laws.push_back(law);
      return true;
    }

    std::vector<std::string> all_populations(const CaseReading &reading)
    {
      std::vector<std::string> names = reading.populations;
      for (const DeclaredSpecies &species : reading.owned)
        if (!species.mobile && species.basis == Basis::tissue)
          names.push_back(species.name);
      return names;
    }
  } // namespace

  void read_laws(CaseReading &reading, const LawLookup &laws)
  {
    Section description = describe_laws();
    description.sections.clear();
    std::vector<Reference> references;
    Node *const node = reading.written("Laws");
    if (node != nullptr)
    {
      for (Node &section : node->sections)
        reading.laws_known =
            read_law(reading, section, laws, description, references) && reading.laws_known;
      Node own = *node;
      own.sections.clear();
      check(description, own, "Laws", false, reading.problems);
      const auto *deaths                    = own.find_entry("Competing deaths");
      reading.result.allow_competing_deaths = deaths != nullptr && deaths->value == "allowed";
    }
    reading.descriptions.push_back(description);
    if (!reading.laws_known)
      return;
    const auto known = all_populations(reading);
    for (const Reference &reference : references)
      if (!contains(known, reference.population))
        reading.problems.add(reference.location,
                             reference.path + ": there is no population " +
                                 in_quotes(reference.population) +
                                 (known.empty() ? "; declare it as a subsection of 'Cells'"
                                                : suggestion(reference.population, known)));
  }
} // namespace lacuna
