// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/case.h"
#include "study/study_file.h"
#include "study/study_places.h"

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace lacuna
{
  /** One case of a study: what is varied, and how its parameter file is changed. */
  struct PlannedCase
  {
    unsigned int number = 0; ///< from 1; also the name of its folder
    std::vector<std::pair<std::string, std::string>> inputs; ///< axis -> value as written
    std::vector<Setting> settings;                           ///< changes and values of the axes
    unsigned int untreated = 0; ///< number of the untreated tissue that it shares; 0 = none
    std::string input;          ///< the complete parameter file that results
    std::map<std::string, std::string> laws; ///< plugin -> version

    std::string name() const;  ///< "case 7"
    std::string label() const; ///< "volume = 1 mL, grade = III"
    /** The settings for the command line, with the untreated tissue that it finds in the folder of
     * the study. */
    std::vector<std::string> assignments(const std::filesystem::path &folder) const;
  };

  /** The untreated tissue that several cases share: a run of one of them without its doses. */
  struct UntreatedTissue
  {
    unsigned int number = 0;
    std::vector<Setting> settings;
    std::string input;

    std::string name() const; ///< "untreated tissue 2"
  };

  /** All runs of a study. */
  struct StudyPlan
  {
    StudyFile study;
    std::vector<std::string> overrides; ///< that were given when the study was begun
    std::vector<UntreatedTissue> untreated;
    std::vector<PlannedCase> cases;
  };

  /**
   * Combines the axes, reads every case that results, and finds which of them share an untreated
   * tissue. Throws one UserError that lists what is wrong, with the case it is wrong in.
   */
  StudyPlan plan_study(StudyFile study, const std::vector<std::string> &overrides,
                       const LawLookup &laws);
} // namespace lacuna
