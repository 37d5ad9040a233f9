// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/case_reading.h"
#include "config/text.h"

#include <algorithm>

// Parameters that another choice puts out of action. One that is written nevertheless is a slip and
// refused; at its default it is let through, so that the complete input of a run can be run again.
// What only a steady run, a steady start, or a choice of the command line puts out of action is
// noted instead: one file is often asked for both.

namespace lacuna
{
  namespace
  {
    constexpr const char *steady_run = "'Mode = steady'";

    bool is_number(const Parameter &parameter, const std::string &text)
    {
      return (parameter.kind == Parameter::Kind::quantity ||
              parameter.kind == Parameter::Kind::integer) &&
             !contains(parameter.choices, text);
    }

    bool is_changed(const Parameter &parameter, const Values &values)
    {
      const std::string written = values.text(parameter.name), usual = *parameter.default_text;
      if (is_number(parameter, written) && is_number(parameter, usual))
        return parse_number(parameter, written) != parse_number(parameter, usual);
      return written != usual;
    }

    /** One section of the file, to be judged after all of them have been read. */
    class Judged
    {
    public:
      Judged(CaseReading &reading_, Section description_)
          : reading(reading_), description(std::move(description_)),
            node(reading.written(description.name))
      {
      }

      /** Another choice than that of the file, which may hold what belongs to its own. */
      bool from_command_line(const std::string &name) const
      {
        const Node::Entry *entry = node == nullptr ? nullptr : node->find_entry(name);
        return entry != nullptr && entry->location.on_command_line();
      }

      /** Refuses those of the parameters that are written; the reason says what to do. */
      void refuse(const std::vector<std::string> &names, const std::string &reason)
      {
        for_each_changed(names, "",
                         [&](const Values &values, const std::string &name) {
                           reading.report(values, name, "this has no effect, because " + reason);
                         });
      }

      void note(const std::vector<std::string> &names, const std::string &reason,
                const std::string &section = "")
      {
        for_each_changed(names, section,
                         [&](const Values &values, const std::string &name)
                         {
                           reading.result.notes.push_back(values.location(name).text() + ": " +
                                                          values.path_to(name) +
                                                          " has no effect, because " + reason);
                         });
      }

    private:
      template <class Action>
      void for_each_changed(const std::vector<std::string> &names, const std::string &section,
                            const Action &action)
      {
        if (node == nullptr || !node->valid)
          return;
        const Values whole(description, *node, description.name, known);
        const Values values = section.empty() ? whole : whole.section(section);
        const Section &described =
            section.empty() ? description : *find_section(description, section);
        for (const std::string &name : names)
          if (is_changed(*find_parameter(described, name), values))
            action(values, name);
      }

      CaseReading &reading;
      const Section description;
      const Node *const node;
      Problems known; ///< nothing: a valid section has no further ones
    };

    /** Residents settle in adaptive steps, however the run goes on. */
    void judge_time(CaseReading &reading)
    {
      const TimeSettings &time = reading.result.time;
      const bool settles       = reading.result.initial.equilibration > 0;
      Judged written(reading, describe_time());
      if (time.steady)
      {
        written.note({"First step", "Largest step", "Step"}, steady_run);
        Judged(reading, describe_output()).note({"Field times"}, steady_run);
      }
      if (time.steady && !settles)
        written.note({"Relative tolerance"}, steady_run);
      else if (time.fixed_step > 0 && !settles && written.from_command_line("Step"))
        written.note({"Relative tolerance"}, "'Step' fixes the steps");
      else if (time.fixed_step > 0 && !settles)
        written.refuse({"Relative tolerance"}, "'Step' fixes the steps; remove one of the two");
    }

    void judge_solutes(CaseReading &reading)
    {
      Judged written(reading, describe_solutes(reading.names));
      for (const std::string &solute : reading.names.solutes)
        if (reading.result.time.steady)
          written.note({"Initial value"}, steady_run, solute);
        else if (reading.result.initial.start == Start::steady_state)
          written.note({"Initial value"},
                       "the run starts from a steady state; to start from it, write 'set Start = "
                       "values' in 'Initial state'",
                       solute);
      if (!contains(reading.names.solutes, "oxygen"))
        written.refuse({"Oxygen solubility"}, "'oxygen' is not among the 'Transported'; remove it");
    }

    void judge_residents(CaseReading &reading)
    {
      const bool residents = !reading.populations.empty() ||
                             std::any_of(reading.owned.begin(), reading.owned.end(),
                                         [](const auto &species) { return !species.mobile; });
      if (!residents)
        Judged(reading, describe_initial_state(reading.names))
            .refuse({"Equilibration of residents"},
                    "there are no cells that could settle; remove it");
    }
  } // namespace

  void read_without_effect(CaseReading &reading)
  {
    if (!reading.solutes_known || !reading.laws_known || !reading.time_known)
      return; // what acts is not known then
    judge_time(reading);
    judge_solutes(reading);
    judge_residents(reading);
  }
} // namespace lacuna
