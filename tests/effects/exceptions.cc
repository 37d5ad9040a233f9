// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "effects/exceptions.h"

#include "config/text.h"

#include <fnmatch.h>

#include <algorithm>
#include <utility>

namespace lacuna
{
  namespace
  {
    /** Those that only act together with others are changed with them in variants_test.cc. */
    const std::vector<Exception> &exceptions_of_core()
    {
      static const std::vector<Exception> list{
          {"Initial state/Left behind",
           Instead::refuses,
           "Without a finished run to go on from there is nothing to leave; acts in tests/restart.",
           {}},
          {"Initial state/Begun anew",
           Instead::refuses,
           "Without a finished run to go on from all begins anew; acts in tests/restart.",
           {}},
          {"Output/Numerical errors",
           Instead::nothing,
           "Tells how far off the answers are, and changes none (tests/kernels).",
           {}},
          {"Accuracy/Answers", Instead::refuses, "Belongs to a target error.", {}},
          {"Accuracy/Largest number of unknowns",
           Instead::refuses,
           "Belongs to a target error.",
           {}},
          {"Accuracy/Longest time", Instead::refuses, "Belongs to a target error.", {}},
          {"Geometry/Shape", Instead::refuses, "Every shape has measures of its own.", {}},
          {"Geometry/Mesh file/Merge coincident nodes",
           Instead::permits,
           "A mesh that is cut is refused without it, one that is not is the same with it.",
           {}},
          {"Geometry/Mesh file/Length unit",
           Instead::refuses,
           "A bar of 4 m or of 4 um is no tissue.",
           {{"m", "um"}}},
          {"Solver/Method",
           Instead::permits,
           "A mesh that was not refined has no levels; where there are some, both methods find the "
           "same solution (tests/mpi).",
           {{"automatic", "Newton-Krylov"}}},
          {"Acidity/Closure", Instead::refuses, "'given' needs both numbers.", {{"given"}}},
          {"Boundary conditions/<face>/*/Type",
           Instead::refuses,
           "Every type needs numbers of its own, and no others.",
           {}},
          {"Laws/Competing deaths",
           Instead::permits,
           "Two deaths of one population are refused without it.",
           {}},
          {"Injections/<dose>/Shape",
           Instead::refuses,
           "'Gaussian' needs a standard deviation.",
           {{"Gaussian"}}},
          {"Injections/Control",
           Instead::refuses,
           "'finished run' needs the folder of one.",
           {{"finished run"}}},
          {"Injections/Control run", Instead::refuses, "Belongs to 'finished run'.", {}},
          {"Initial state/Start",
           Instead::refuses,
           "'finished run' needs the folder of one.",
           {{"finished run"}}},
          {"Initial state/Run folder", Instead::refuses, "Belongs to 'finished run'.", {}},
      };
      return list;
    }

    const std::vector<Exception> &exceptions_of_laws()
    {
      static const char *const same = "No source tells their constants apart.";
      static const std::vector<Exception> list{
          {"exosomes: Species", Instead::refuses, "The doses of the cases name it.", {}},
          {"msc: Metabolism",
           Instead::alike,
           "That of the cell type is the law of Michaelis and Menten.",
           {{"as cell type", "Michaelis-Menten"}}},
          {"npmsc: Metabolism",
           Instead::alike,
           "That of the cell type is the law of Michaelis and Menten.",
           {{"as cell type", "Michaelis-Menten"}}},
          {"nutrient-viability: K model",
           Instead::alike,
           "The parameter set of the cases has a constant.",
           {{"as parameter set", "constant"}}},
          {"needle-damage: Gauge",
           Instead::alike,
           "These are wider than the bar.",
           {{"14", "16", "18"}}},
          {"needle-damage: Direction y",
           Instead::permits,
           "The others are 0, and only the direction counts.",
           {}},
          {"senescence: Drug depot", Instead::refuses, "The dose of the case names it.", {}},
          {"kinetics: Kind", Instead::refuses, "Every kind has constants of its own.", {}},
          {"soluble-factor: Supply",
           Instead::refuses,
           "'exchange' needs its coefficient.",
           {{"exchange"}}},
          {"injection-mechanics: Largest cell density",
           Instead::permits,
           "A denser dose is refused.",
           {}},
          {"systemic-route: Largest dose", Instead::permits, "A larger dose is refused.", {}},
          {"oxidative-stress: Enzymes", Instead::alike, same, {{"Sod2", "catalase"}}},
          {"preconditioning: Treatment",
           Instead::alike,
           "No source tells the constants in a group apart; 'own' begins with those of none.",
           {{"none", "PEG", "own"},
            {"hypoxia", "CoCl2"},
            {"IL-1", "rapamycin", "UTMB", "TC14012"},
            {"melatonin", "vitamin E"},
            {"CXCR4", "CCR2", "c-Met"}}},
          {"systemic-route: Route", Instead::alike, same, {{"portal vein", "hepatic artery"}}},
          {"systemic-route: Agent", Instead::alike, same, {{"heparin", "PEG"}}},
      };
      return list;
    }
  } // namespace

  std::vector<Exception> exceptions()
  {
    std::vector<Exception> all = exceptions_of_core();
    all.insert(all.end(), exceptions_of_laws().begin(), exceptions_of_laws().end());
    return all;
  }

  bool fits(const std::string &pattern, const std::string &parameter)
  {
    return fnmatch(pattern.c_str(), parameter.c_str(), FNM_NOESCAPE) == 0;
  }

  const Exception *exception_for(const std::string &parameter)
  {
    for (const auto *list : {&exceptions_of_core(), &exceptions_of_laws()})
      for (const Exception &exception : *list)
        if (fits(exception.parameter, parameter))
          return &exception;
    return nullptr;
  }

  bool is_excused(const Exception &exception, const std::string &choice, const std::string &other)
  {
    const auto excuses = [&](const std::vector<std::string> &group)
    {
      const bool first = contains(group, choice), second = contains(group, other);
      return exception.instead == Instead::alike ? first && second : first || second;
    };
    return exception.choices.empty() ||
           std::any_of(exception.choices.begin(), exception.choices.end(), excuses);
  }

  std::vector<std::string> chosen_values(const std::string &parameter)
  {
    static const std::vector<std::pair<std::string, std::vector<std::string>>> chosen{
        {"Geometry/*/Layers", {"gel: 1.2 mm / 1"}},
        {"Geometry/*/Bottom layers", {"gel: 0.3 mm / 1"}},
        {"Geometry/*/Top layers", {"gel: 0.3 mm / 1"}},
        {"Geometry/Refine further", {"nucleus: 1", "gel: 1", "annulus: 1", "lid: 1"}},
        {"Geometry/Mesh file/File", {"parts/longer-bar.msh"}},
        {"Geometry/Mesh file/Regions", {"1: annulus, 2: nucleus"}},
        {"Geometry/Mesh file/Faces", {"1: surface, 2: end"}},
        {"Laws/<law>/Law", {"npmsc"}},
        {"Solutes/Transported", {"oxygen"}},
        {"Injections/<dose>/Regions", {"outer annulus"}},
        {"Solver/Newton iterations", {"1", "2"}},
        {"Time/Largest step", {"0.01 d"}},
        {"Time/Start", {"0.01 d"}},
        {"chemotaxis: Attractant", {"none"}},
        {"chemotaxis: Attractant unit", {"ug/mL"}},
        {"exosomes: Cargo", {"none", "miR-155"}},
        {"exosomes: Own cargo processes", {"senescence"}},
        {"marrow-niche: Known clones", {"0.2 from 0"}},
        {"senescence: Reservoir dose times", {"0.5"}},
        {"soluble-factor: Unit", {"ng/mL"}},
        {"systemic-route: Responding process", {"apoptosis"}},
    };
    for (const auto &[pattern, values] : chosen)
      if (fits(pattern, parameter))
        return values;
    return {};
  }
} // namespace lacuna
