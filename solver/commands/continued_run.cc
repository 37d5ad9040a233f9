// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/continued_run.h"

#include "config/in_days.h"
#include "config/problems.h"
#include "config/suggestion.h"
#include "config/text.h"
#include "config/user_error.h"
#include "output/state_file.h"
#include "transport/dosing.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace lacuna
{
  namespace
  {
    constexpr double same_time = 1; // s

    bool contains(const std::vector<std::string> &names, const std::string &name)
    {
      return std::find(names.begin(), names.end(), name) != names.end();
    }

    std::filesystem::path state_of(const Case &input)
    {
      return input.initial.run_folder / "state.bin";
    }

    /** Compares a case with a saved run, and collects what does not fit. */
    class Continuation
    {
    public:
      Continuation(Case &input_, const RunState &saved_)
          : input(input_), saved(saved_),
            run("the finished run in " + in_quotes(input_.initial.run_folder.string()))
      {
      }

      void plan()
      {
        take_doses();
        const SpeciesTable species = make_species(input, true);
        for (const SavedSpecies &stored : saved_species(saved))
          place(stored, species);
        for (unsigned int v = 0; v < species.n_variables(); ++v)
          find_values(species.variable(v));
        check_names(species);
        problems.throw_if_any(input.file.string());
      }

    private:
      void report(const Location &location, const std::string &sentence)
      {
        problems.add(location, "Initial state: " + sentence);
      }

      /** The doses of the run come before those of the case. */
      void take_doses()
      {
        std::vector<InjectionSettings> doses = given_doses(saved, input.time.start);
        const auto is_left                   = [&](const InjectionSettings &dose)
        { return contains(input.initial.left_behind, dose.name); };
        for (const InjectionSettings &dose : doses)
          known_names.push_back(dose.name);
        doses.erase(std::remove_if(doses.begin(), doses.end(), is_left), doses.end());
        for (const InjectionSettings &planned : input.injections)
        {
          const auto given =
              std::find_if(doses.begin(), doses.end(),
                           [&](const auto &dose) { return dose.name == planned.name; });
          if (given != doses.end())
            meet(planned, *given);
          else if (planned.time < input.time.start)
            report(planned.location, in_quotes(planned.name) + " at " + in_days(planned.time) +
                                         " lies before the 'Start' of this run, " +
                                         in_days(input.time.start) + ", and " + run +
                                         " has not given it; give it later, or remove it");
          else
            doses.push_back(planned);
        }
        input.injections = doses;
      }

      /** A dose that stands in the file under the name of one that was given. */
      void meet(const InjectionSettings &planned, const InjectionSettings &given)
      {
        if (std::abs(planned.time - given.time) <= same_time && planned.species == given.species &&
            planned.time < input.time.start)
          return;
        const double ended = input.time.start - given.time + planned.time;
        report(planned.location,
               in_quotes(planned.name) + " was given already by " + run + ", " +
                   in_days(input.time.start - given.time) +
                   " before its end; a new dose needs another name" +
                   (planned.species == given.species && ended > planned.time
                        ? ". To go on with the dose that was given, write 'set Start = " +
                              in_days(ended) + "' in section Time"
                        : ""));
      }

      void place(const SavedSpecies &stored, const SpeciesTable &species)
      {
        known_names.push_back(stored.name);
        if (contains(input.initial.left_behind, stored.name) || belongs_to_left_dose(stored))
          return;
        std::vector<std::string> names;
        for (unsigned int v = 0; v < species.n_variables(); ++v)
        {
          const Species &candidate = species.variable(v);
          names.push_back(candidate.name);
          if (candidate.name != stored.name)
            continue;
          const bool mobile = v < species.mobile.size();
          if (mobile != stored.mobile || candidate.unit != stored.unit)
            report(input.initial.location,
                   in_quotes(stored.name) + " is measured in " + candidate.unit +
                       (mobile ? " and moves" : " and stays in place") + " here, but in " +
                       stored.unit + (stored.mobile ? " and moved" : " and stayed in place") +
                       " in " + run + "; the laws that own or move it must be the same");
          return;
        }
        report(input.initial.location,
               in_quotes(stored.name) + " of " + run + " has no place in this case" +
                   did_you_mean(stored.name, names) +
                   "; add it, or write 'set Left behind = " + stored.name + "' to do without it");
      }

      static std::string did_you_mean(const std::string &name,
                                      const std::vector<std::string> &names)
      {
        const std::string near = nearest(name, names);
        return near.empty() ? "" : " (is " + in_quotes(near) + " meant?)";
      }

      /** "NPMSC, dose 1" when 'dose 1' is left behind. */
      bool belongs_to_left_dose(const SavedSpecies &stored) const
      {
        const std::size_t n = stored.population.size() + 2;
        return stored.name.size() > n && contains(input.initial.left_behind, stored.name.substr(n));
      }

      void find_values(const Species &wanted)
      {
        const bool comes_later =
            wanted.dose != Species::no_dose && !input.injections[wanted.dose].given;
        const auto stored = saved_species(saved);
        const bool known  = std::any_of(stored.begin(), stored.end(),
                                        [&](const auto &s) { return s.name == wanted.name; });
        if (known || comes_later || contains(input.initial.begun_anew, wanted.name))
          return;
        std::vector<std::string> names;
        for (const SavedSpecies &species : stored)
          names.push_back(species.name);
        report(input.initial.location, in_quotes(wanted.name) + " did not exist in " + run +
                                           did_you_mean(wanted.name, names) +
                                           "; write 'set Begun anew = " + wanted.name +
                                           "' to begin with the values of this file");
      }

      /** Names that stand for nothing. */
      void check_names(const SpeciesTable &species)
      {
        std::vector<std::string> here;
        for (unsigned int v = 0; v < species.n_variables(); ++v)
          here.push_back(species.variable(v).name);
        for (const auto &[parameter, names, known] :
             {std::make_tuple("Left behind", input.initial.left_behind, known_names),
              std::make_tuple("Begun anew", input.initial.begun_anew, here)})
          for (const std::string &name : names)
            if (!contains(known, name))
              report(input.initial.location, in_quotes(parameter) + " names " + in_quotes(name) +
                                                 ", which does not exist" + or_rather(name, known));
      }

      Case &input;
      const RunState &saved;
      const std::string run; ///< what it is called in messages
      Problems problems;
      std::vector<std::string> known_names; ///< of the run: species and doses
    };
  } // namespace

  void plan_continuation(Case &input)
  {
    if (input.initial.start != Start::finished_run)
      return;
    const RunState saved = read_state_parts(state_of(input));
    Continuation(input, saved).plan();
  }

  std::optional<RunState> state_to_continue(const Case &input, const StateLayout &layout)
  {
    if (input.initial.start != Start::finished_run)
      return std::nullopt;
    return read_state(state_of(input), layout);
  }
} // namespace lacuna
