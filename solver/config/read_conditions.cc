// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/case_reading.h"
#include "config/in_days.h"
#include "config/quantity.h"
#include "config/text.h"

#include <algorithm>
#include <utility>

namespace lacuna
{
  namespace
  {
    BoundaryKind boundary_kind(const std::string &text)
    {
      return text == "fixed"      ? BoundaryKind::fixed
             : text == "exchange" ? BoundaryKind::exchange
             : text == "flux"     ? BoundaryKind::flux
                                  : BoundaryKind::closed;
    }

    /** Each type needs its own numbers, and no others: one that has no effect is a slip. */
    bool is_consistent(CaseReading &reading, const Values &values, BoundaryKind kind)
    {
      const bool needs_value = kind == BoundaryKind::fixed || kind == BoundaryKind::exchange;
      const std::pair<std::string, bool> needs[] = {
          {"Value", needs_value},
          {"Exchange coefficient", kind == BoundaryKind::exchange},
          {"Flux", kind == BoundaryKind::flux},
      };
      const std::size_t before = reading.problems.count();
      for (const auto &[name, needed] : needs)
        if (needed && values.is_word(name))
          reading.report(values, "Type",
                         in_quotes(values.text("Type")) + " needs " + in_quotes(name) +
                             "; write 'set " + name + " = ...'");
        else if (!needed && !values.is_word(name))
          reading.report(values, name,
                         "this has no effect, because 'Type = " + values.text("Type") +
                             "'; remove it, or choose the type that uses it");
      return reading.problems.count() == before;
    }

    void read_boundary(CaseReading &reading, const Values &values, const std::string &face,
                       const std::string &species)
    {
      BoundarySetting boundary;
      boundary.face    = face;
      boundary.species = species;
      boundary.kind    = boundary_kind(values.text("Type"));
      if (!is_consistent(reading, values, boundary.kind) || boundary.kind == BoundaryKind::closed)
        return;
      if (boundary.kind == BoundaryKind::flux)
        boundary.flux = values.table("Flux");
      else
        boundary.value = values.table("Value");
      if (boundary.kind == BoundaryKind::exchange)
        boundary.coefficient = values.table("Exchange coefficient");
      reading.result.boundaries.push_back(boundary);
    }

    /** Sections of species whose law could not be read cannot be checked. */
    void remove_unknown_species(CaseReading &reading)
    {
      Node *const node = reading.written("Boundary conditions");
      if (reading.laws_known || node == nullptr)
        return;
      for (Node &face : node->sections)
      {
        auto &sections = face.sections;
        sections.erase(std::remove_if(sections.begin(), sections.end(),
                                      [&](const Node &section)
                                      { return !contains(reading.names.solutes, section.name); }),
                       sections.end());
      }
    }

    bool has_condition(const Node &conditions, const std::string &face, const std::string &species)
    {
      for (const Node &section : conditions.sections)
        for (const Node &inner : section.sections)
          if (section.name == face && inner.name == species)
            return true;
      return false;
    }

    /** What a face that supplies does for this species. */
    BoundarySetting supply_of(const DeclaredSpecies &species, const std::string &face)
    {
      BoundarySetting boundary;
      boundary.face    = face;
      boundary.species = species.name;
      boundary.kind    = species.supply == DeclaredSpecies::Supply::fixed ? BoundaryKind::fixed
                                                                          : BoundaryKind::exchange;
      boundary.value   = TimeTable{{0.}, {species.supply_value * si_factor(species.unit)}};
      if (boundary.kind == BoundaryKind::exchange)
        boundary.coefficient = TimeTable{{0.}, {species.exchange}};
      return boundary;
    }

    /** Faces at which the file prescribes a solute supply the species of laws as those ask for,
     * unless the file says otherwise. */
    void add_supplies(CaseReading &reading)
    {
      using Supply           = DeclaredSpecies::Supply;
      const auto written     = reading.result.boundaries;
      const Node *const node = reading.written("Boundary conditions");
      for (const DeclaredSpecies &species : reading.owned)
      {
        if (!species.mobile || species.supply == Supply::closed || node == nullptr)
          continue;
        for (const std::string &face : reading.names.faces)
        {
          const bool supplies =
              std::any_of(written.begin(), written.end(),
                          [&](const BoundarySetting &boundary)
                          { return boundary.face == face && boundary.species != species.name; });
          if (supplies && !has_condition(*node, face, species.name))
            reading.result.boundaries.push_back(supply_of(species, face));
        }
      }
    }

    bool is_supplied(const Case &result, const std::string &solute)
    {
      const auto supplies = [&](const BoundarySetting &boundary)
      { return boundary.species == solute && boundary.kind != BoundaryKind::closed; };
      return std::any_of(result.boundaries.begin(), result.boundaries.end(), supplies);
    }

    Start start(const std::string &text)
    {
      return text == "values"         ? Start::values
             : text == "steady state" ? Start::steady_state
                                      : Start::finished_run;
    }

    void read_earlier_value(CaseReading &reading, const Values &values, const std::string &face,
                            const std::string &species)
    {
      if (values.is_word(species))
        return;
      const auto &boundaries = reading.result.boundaries;
      const bool used        = std::any_of(boundaries.begin(), boundaries.end(),
                                           [&](const BoundarySetting &boundary)
                                           {
                                      return boundary.face == face && boundary.species == species &&
                                             (boundary.kind == BoundaryKind::fixed ||
                                              boundary.kind == BoundaryKind::exchange);
                                    });
      if (reading.result.initial.start != Start::steady_state)
        reading.report(values, species, "this has no effect without 'Start = steady state'");
      else if (!used)
        reading.report(values, species,
                       "'Boundary conditions/" + face + "/" + species +
                           "' neither fixes nor exchanges a value that could differ");
      else
        reading.result.initial.boundary_values[face][species] = values.number(species);
    }
  } // namespace

  void read_boundary_conditions(CaseReading &reading)
  {
    remove_unknown_species(reading);
    const Values values = reading.part(describe_boundary_conditions(reading.names));
    if (!values.valid() || !reading.faces_known)
      return;
    for (const std::string &face : values.section_names())
      for (const std::string &species : values.section(face).section_names())
        read_boundary(reading, values.section(face).section(species), face, species);
    add_supplies(reading);
  }

  void read_initial_state(CaseReading &reading)
  {
    const std::size_t before = reading.problems.count();
    const Values values      = reading.part(describe_initial_state(reading.names));
    if (!values.valid())
      return;
    InitialSettings &initial = reading.result.initial;
    initial.start            = start(values.text("Start"));
    if (!values.is_word("Equilibration of residents"))
      initial.equilibration = values.number("Equilibration of residents");
    initial.run_folder =
        reading.run_folder(values, "Start", "Run folder", initial.start == Start::finished_run);
    initial.location    = values.location("Run folder");
    initial.left_behind = values.names("Left behind");
    initial.begun_anew  = values.names("Begun anew");
    for (const char *name : {"Left behind", "Begun anew"})
      if (!values.names(name).empty() && initial.start != Start::finished_run)
        reading.report(values, name, "this has no effect without 'Start = finished run'");
    if (!reading.faces_known || !reading.solutes_known || before > 0)
      return; // whether there is a supply cannot be judged yet
    const Values earlier = values.section("Boundary values");
    for (const std::string &face : earlier.section_names())
      for (const std::string &solute : reading.names.solutes)
        read_earlier_value(reading, earlier.section(face), face, solute);
    for (const Names::Mobile &species : reading.names.owned_mobile)
      for (const std::string &face : earlier.section_names())
        read_earlier_value(reading, earlier.section(face), face, species.name);
    const bool steady = reading.result.time.steady;
    if (steady || initial.start == Start::steady_state)
      for (const std::string &solute : reading.names.solutes)
        if (!is_supplied(reading.result, solute))
          reading.problems.add(
              reading.place("Boundary conditions"),
              "Boundary conditions: " + in_quotes(solute) +
                  " has no supply, every face is closed to it, so it has no steady state; give it "
                  "a 'fixed' value on a face" +
                  (steady ? "" : ", or write 'set Start = values' in 'Initial state'"));
  }

  void read_time(CaseReading &reading)
  {
    const Values values = reading.part(describe_time());
    if (!values.valid())
      return;
    TimeSettings &time = reading.result.time;
    time.steady        = values.text("Mode") == "steady";
    time.tolerance     = values.number("Relative tolerance");
    time.start         = values.number("Start");
    if (!values.is_word("End"))
      time.end = values.number("End");
    else if (!time.steady)
      return reading.problems.add(
          values.location("Mode"),
          "Time: a transient run needs 'End'; write 'set End = 30 d', or 'set Mode = "
          "steady' for the steady state alone");
    if (!time.steady && time.end <= time.start)
      return reading.report(values, "End",
                            "the run would end at " + in_days(time.end) +
                                ", before it starts ('Start = " + in_days(time.start) +
                                "'); write a later 'End'");
    if (!values.is_word("First step"))
      time.first_step = values.number("First step");
    if (!values.is_word("Largest step"))
      time.largest_step = values.number("Largest step");
    if (!values.is_word("Step"))
      time.fixed_step = values.number("Step");
    for (const char *name : {"First step", "Largest step"})
      if (time.fixed_step > 0 && !values.is_word(name))
        reading.report(values, name,
                       "this has no effect with a fixed 'Step'; remove one of the two");
    reading.time_known = true;
  }

  namespace
  {
    double consistent_share(const std::string &reactions, const Case &input)
    {
      // The leading error of consistent reactions is that of diffusion, +h^2/12 along the direction
      // of change; lumping adds -h^2/6 along each axis. In one direction the two cancel with a
      // share of a half, in a field that changes alike in all of 0.7.
      constexpr double blended = 2. / 3;
      if (reactions == "automatic" && input.time.steady && input.geometry.degree == 1)
        return 1;
      // With a target the errors are known, and those of blended reactions are a third of those of
      // lumped ones (survivors of six million cells in half a millilitre: +- 3100 and +- 8900).
      if (reactions == "automatic" && input.accuracy.target > 0 && input.geometry.degree == 1)
        return blended;
      return reactions == "consistent" ? 1 : reactions == "blended" ? blended : 0;
    }
  } // namespace

  void read_solver(CaseReading &reading)
  {
    const Values values = reading.part(describe_solver());
    if (!values.valid())
      return;
    const std::string method         = values.text("Method");
    const GeometrySettings &geometry = reading.result.geometry;
    if (method == "multigrid" && geometry.refinements == 0 && geometry.degree == 1 &&
        geometry.further_refinements.empty())
      return reading.report(values, "Method",
                            "the mesh has no coarser level; write 'Global refinements = 1' or more "
                            "in 'Geometry', or 'Method = automatic' here");
    reading.result.solver = {values.is_word("Newton tolerance") ? 0
                                                                : values.number("Newton tolerance"),
                             values.number("Linear tolerance"),
                             static_cast<unsigned int>(values.number("Newton iterations")),
                             consistent_share(values.text("Reactions"), reading.result),
                             method == "multigrid"       ? SolverMethod::multigrid
                             : method == "Newton-Krylov" ? SolverMethod::newton_krylov
                                                         : SolverMethod::automatic};
  }
} // namespace lacuna
