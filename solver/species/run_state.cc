// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "species/run_state.h"

#include <algorithm>

namespace lacuna
{
  namespace
  {
    constexpr const char *part = "tissue", *tally = "dead/";

    std::string column(const std::string &species)
    {
      return std::string(part) + "/" + species;
    }

    template <class AnyField>
    std::vector<double> values_of(const AnyField &field, unsigned int species)
    {
      std::vector<double> values;
      for (std::size_t entity = 0; entity < field.n_entities(); ++entity)
        values.push_back(field(entity, species));
      return values;
    }

    template <class AnyField>
    void set_values(const RunState::Columns &columns, const std::string &name, AnyField &field,
                    unsigned int species)
    {
      const auto found = columns.find(name);
      if (found == columns.end())
        return;
      for (std::size_t entity = 0; entity < field.n_entities(); ++entity)
        field(entity, species) = found->second[entity];
    }

    nlohmann::json description(const Species &species, bool mobile)
    {
      return {{"name", species.name},
              {"population", species.population},
              {"unit", species.unit},
              {"mobile", mobile}};
    }
  } // namespace

  void save_tissue(const SpeciesTable &species, const State &state, RunState &saved)
  {
    nlohmann::json list = nlohmann::json::array();
    for (unsigned int s = 0; s < species.mobile.size(); ++s)
    {
      list.push_back(description(species.mobile[s], true));
      saved.nodes[column(species.mobile[s].name)] = values_of(state.mobile, s);
    }
    for (unsigned int k = 0; k < species.immobile.size(); ++k)
    {
      const Species &immobile = species.immobile[k];
      list.push_back(description(immobile, false));
      saved.points[column(immobile.name)] = values_of(state.immobile, k);
      if (immobile.cells)
        saved.points[column(tally + immobile.name)] = values_of(state.dead, k);
    }
    saved.parts[part] = {{"time_s", state.time}, {"species", list}};
  }

  std::vector<SavedSpecies> saved_species(const RunState &saved)
  {
    std::vector<SavedSpecies> result;
    for (const auto &entry : saved.parts.at(part).at("species"))
      result.push_back(
          {entry.at("name"), entry.at("population"), entry.at("unit"), entry.at("mobile")});
    return result;
  }

  void restore_tissue(const RunState &saved, const SpeciesTable &species,
                      const std::vector<std::string> &except, State &state)
  {
    const auto is_wanted = [&](const Species &candidate)
    { return std::count(except.begin(), except.end(), candidate.name) == 0; };
    for (unsigned int s = 0; s < species.mobile.size(); ++s)
      if (is_wanted(species.mobile[s]))
        set_values(saved.nodes, column(species.mobile[s].name), state.mobile, s);
    for (unsigned int k = 0; k < species.immobile.size(); ++k)
      if (is_wanted(species.immobile[k]))
      {
        set_values(saved.points, column(species.immobile[k].name), state.immobile, k);
        set_values(saved.points, column(tally + species.immobile[k].name), state.dead, k);
      }
  }
} // namespace lacuna
