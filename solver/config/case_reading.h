// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/case.h"
#include "config/coordinates.h"
#include "config/describe.h"
#include "config/problems.h"

#include <deque>
#include <filesystem>
#include <set>
#include <vector>

// How a case is read, part by part: geometry, tissue, cells and so on. Each part is described with
// the names that earlier parts gave, checked, and, if it is valid, turned into settings. What is
// wrong is collected; a part that rests on an invalid one checks less.

namespace lacuna
{
  struct CaseReading
  {
    Problems problems;
    Node root;
    Names names;
    Case result;
    std::deque<Section> descriptions; ///< of the parts read so far; Values point into it
    bool regions_known = false, faces_known = false;
    bool solutes_known = false, laws_known = true;
    bool time_known = false;

    std::vector<std::string> populations; ///< named in Cells
    std::vector<DeclaredSpecies> owned;   ///< by laws

    /** Checks the section that this describes; deep inside. */
    Values part(Section description);
    /** The written section, or null. */
    Node *written(const std::string &name) { return root.find(name); }
    /** Where a section is written, else the file. */
    Location place(const std::string &section) const;

    /** Adds a problem with this parameter. */
    void report(const Values &values, const std::string &parameter, const std::string &sentence);
    bool is_species(const std::string &name) const;
    /** The folder of a finished run that `parameter` names; wanted if `choice` is 'finished run'.
     * Reports if it is not there, or not wanted. */
    std::filesystem::path run_folder(const Values &values, const std::string &choice,
                                     const std::string &parameter, bool wanted);
    /** Three lengths; reports and gives zeros if there are not three. */
    Coordinates coordinates(const Values &values, const std::string &parameter);
    /** Reports a name that another species, or a derived quantity, already has. */
    bool is_free_name(const std::string &name, const Location &location);
  };

  void read_geometry(CaseReading &reading);
  void read_solutes(CaseReading &reading);
  void read_cells(CaseReading &reading);
  void read_laws(CaseReading &reading, const LawLookup &laws);
  void read_tissue(CaseReading &reading);
  void read_acidity(CaseReading &reading);
  void read_osmolarity(CaseReading &reading);
  void read_boundary_conditions(CaseReading &reading);
  void read_initial_state(CaseReading &reading);
  void read_time(CaseReading &reading);
  void read_solver(CaseReading &reading);
  void read_injections(CaseReading &reading);
  void read_output(CaseReading &reading);
  /** After geometry, time and initial state, before the solver: also decides what the first trial
   * is. */
  void read_accuracy(CaseReading &reading);
  /** After all others: refuses what is written although another choice puts it out of action. */
  void read_without_effect(CaseReading &reading);
} // namespace lacuna
