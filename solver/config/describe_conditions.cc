// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/describe.h"

namespace lacuna
{
  namespace
  {
    using Kind = Parameter::Kind;

    std::vector<Names::Mobile> mobile_species(const Names &names)
    {
      std::vector<Names::Mobile> species;
      for (const std::string &solute : names.solutes)
        species.push_back({solute, "mM"});
      species.insert(species.end(), names.owned_mobile.begin(), names.owned_mobile.end());
      return species;
    }

    Parameter table(const std::string &name, const std::string &unit, const Bounds &bounds,
                    const std::string &meaning)
    {
      Parameter parameter = quantity_or("none", name, unit, bounds, meaning);
      parameter.kind      = Kind::table;
      return parameter;
    }

    Section boundary_of(const Names::Mobile &species, const Names &names)
    {
      const std::string flux_unit =
          species.unit == "mM" ? "mol/m^2/s" : "(" + species.unit + ") m/s";
      return {
          species.name,
          "What this species does on the face.",
          {choice("Type", "closed", {"closed", "fixed", "exchange", "flux"},
                  "closed: nothing passes. fixed: the value holds. exchange: coefficient x (value "
                  "- tissue) "
                  "flows in. flux: the flux flows in."),
           concentration(
               table("Value", species.unit, not_negative,
                     "Outside value, constant or a table such as '0 d: 4 mM, 10 d: 4 mM, 10 d: 2 "
                     "mM' (two values at one time are a jump)."),
               species.name, names),
           table("Exchange coefficient", "m/s", not_negative,
                 "Of an exchange; an unmeshed endplate of 0.6 mm has about 5.5e-7 m/s for oxygen, "
                 "1.7e-7 m/s "
                 "for glucose [computed]."),
           amount_of(species.name,
                     table("Flux", flux_unit, any_value, "Into the tissue, per area."))},
          {}};
    }
  } // namespace

  Section describe_boundary_conditions(const Names &names)
  {
    Section section;
    section.name = "Boundary conditions";
    section.meaning =
        "Face by face, species by species; what is not written is closed. Where two faces meet, a "
        "fixed value beats an exchange, an exchange a flux, and of two fixed values the one of the "
        "face written first holds.";
    for (const std::string &face : names.faces)
    {
      Section on_face{face, "The face '" + face + "'.", {}, {}};
      if (on_face.free_name())
        on_face.meaning = "A face of the geometry.";
      for (const Names::Mobile &species : mobile_species(names))
        on_face.sections.push_back(boundary_of(species, names));
      section.sections.push_back(on_face);
    }
    return section;
  }

  Section describe_initial_state(const Names &names)
  {
    Section values;
    values.name = "Boundary values";
    values.meaning =
        "Boundary values of the steady start that differ from those of the run, face by face.";
    for (const std::string &face : names.faces)
    {
      Section on_face{face, "Values on this face before the run.", {}, {}};
      for (const Names::Mobile &species : mobile_species(names))
        on_face.parameters.push_back(
            concentration(quantity_or("as in the run", species.name, species.unit, not_negative,
                                      "Outside value of this species before the run."),
                          species.name, names));
      values.sections.push_back(on_face);
    }
    return {"Initial state",
            "How the tissue is at the start, before any injection.",
            {choice("Start", "steady state", {"values", "steady state", "finished run"},
                    "values: the initial value of every solute. steady state: what the boundary "
                    "values at t = 0 "
                    "lead to. finished run: the last state of an earlier run."),
             other(Kind::text, "Run folder", "",
                   "Output folder of the finished run, relative to the parameter file."),
             other(Kind::names, "Left behind", "",
                   "Species and doses of the finished run that this case does without; all others "
                   "go on."),
             other(Kind::names, "Begun anew", "",
                   "Species that begin with the values of this file, although the finished run has "
                   "other values of them or none."),
             quantity_or("none", "Equilibration of residents", "d", positive,
                         "Longest time that resident cells are given to settle before t = 0.")},
            {values}};
  }

  Section describe_time()
  {
    return {
        "Time",
        "From when to when, and in which steps.",
        {choice("Mode", "transient", {"transient", "steady"},
                "Whether a history or only the steady state is computed."),
         quantity(
             "Start", "0 d", "d", not_negative,
             "First time, on the clock that boundary tables, doses and the output go by. A run "
             "that goes on from a finished one may begin where that one ended, or at 0; ages of "
             "cells and earlier doses count on either way."),
         quantity_or("none", "End", "d", positive,
                     "Last time; a transient run needs it, a steady one ignores it."),
         quantity("Relative tolerance", "1e-3", "1", {0, 0.5, true},
                  "Error that one step may make."),
         quantity_or("automatic", "First step", "d", positive, "Length of the first step."),
         quantity_or("none", "Largest step", "d", positive, "No step is longer."),
         quantity_or("adaptive", "Step", "d", positive, "A fixed step instead of adaptive ones.")},
        {}};
  }

  Section describe_solver()
  {
    return {
        "Solver",
        "How exactly the equations are solved; the defaults suit every case that is shipped.",
        {choice("Method", "automatic", {"automatic", "multigrid", "Newton-Krylov"},
                "multigrid: Newton's method begins with the solution of a coarser mesh, and its "
                "linear equations are solved on all levels of refinement. Newton-Krylov: on the "
                "mesh alone, with incomplete Cholesky factors. automatic: multigrid on refined "
                "meshes of more than 10 000 nodes."),
         quantity_or("automatic", "Newton tolerance", "1", {0, 0.1, true},
                     "Part of what flows, reacts and is stored that the equations may be off by. "
                     "automatic: until the error of the solution is a tenth of what a time step "
                     "may make, or the mesh makes of a steady state that began on a coarser one; "
                     "1e-10 in other steady states."),
         quantity("Linear tolerance", "1e-4", "1", {0, 0.5, true},
                  "Tightest of the linear solves, relative; Newton steps that gain nothing from it "
                  "make do with less."),
         integer("Newton iterations", "25", {1, 1000},
                 "After so many without success the solve is taken up otherwise."),
         choice(
             "Reactions", "automatic", {"automatic", "lumped", "blended", "consistent"},
             "How what laws do to solutes at reaction points is shared among the nodes. "
             "consistent: by the integrals of products of shape functions, as accurate as "
             "Gauss quadrature. lumped: each point's rate goes to its own node, which never "
             "makes a front of deaths run ahead. blended: two thirds consistent, one third "
             "lumped, whose errors nearly cancel on linear elements that are about as long as "
             "wide. automatic: on linear elements consistent in a steady run, and blended in time "
             "where a target error is asked for; else lumped.")},
        {}};
  }

  Section describe_accuracy()
  {
    return {
        "Accuracy",
        "How exact the answers must be. With a target error the case is run again and again, on "
        "finer meshes and with shorter steps, until its numerical errors are small enough.",
        {quantity_or("none", "Target error", "1", {0, 1, true},
                     "Largest numerical error of the answers: of a number of cells as a part of "
                     "it, of the extremes and means of a quantity as a part of its largest value. "
                     "'Global refinements' of 1 or more then force the mesh, a 'Step' the steps; "
                     "a 'Relative tolerance' other than the default is the first to be tried."),
         other(Kind::names, "Answers", "",
               "The numbers that must be that exact, by the names of the columns of history.csv, "
               "such as 'stem cells dose 1 viable'. Without any, the living cells of doses and the "
               "least of every solute."),
         quantity_or("as memory allows", "Largest number of unknowns", "1", {1},
                     "A finer mesh than that is not tried."),
         quantity_or("none", "Longest time", "min", positive,
                     "On the clock on the wall: what would end later is not tried.")},
        {}};
  }

  Section describe_output()
  {
    const Section probe{"<probe>",
                        "A point or a line on which values are recorded.",
                        {other(Kind::list, "From", must_be_given, "First point: x, y, z.", "mm"),
                         other(Kind::list, "To", "as from", "Last point: x, y, z.", "mm"),
                         integer("Points", "1", {1, 100000}, "Equidistant points, ends included.")},
                        {}};
    Section output{
        "Output",
        "What is written, and where.",
        {other(Kind::text, "Folder", "",
               "Output folder, relative to where Lacuna is called; without one, results/ and the "
               "name "
               "of the parameter file."),
         boolean("Fields", "yes", "Whether fields for ParaView are written."),
         boolean(
             "Numerical errors", "yes",
             "Whether the run is accompanied by runs of the same case on the next coarser mesh, "
             "which tell how far off every number is; for about two fifths of its time. "
             "Unrefined meshes have no coarser one, and runs that go on from a finished one "
             "have no beginning there."),
         other(Kind::list, "Field times", "",
               "Times at which fields are written, besides start and end.", "d")},
        {{"Probes", "Points and lines, each a sub-section with a free name.", {}, {probe}}}};
    output.sections[0].sections[0].parameters[1].choices = {"as from"};
    return output;
  }
} // namespace lacuna
