// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/case.h"
#include "study/study_file.h"

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

  /** Where things are in the folder of a study. */
  namespace place
  {
    std::filesystem::path case_folder(unsigned int number);      ///< cases/0007
    std::filesystem::path untreated_folder(unsigned int number); ///< untreated/2
    std::filesystem::path case_outcome(unsigned int number);     ///< outcomes/0007.json
    std::filesystem::path untreated_outcome(unsigned int number);
    std::filesystem::path log_beside(const std::filesystem::path &outcome); ///< logs/0007.txt
    inline const std::filesystem::path plan    = "study.json";
    inline const std::filesystem::path file    = "study.prm";
    inline const std::filesystem::path results = "results.csv";
    inline const std::filesystem::path hdf5    = "results.h5";
  } // namespace place

  /** The text of study.json, schema 1. */
  std::string plan_text(const StudyPlan &plan, const std::string &version);

  /** What study.json tells of how a study was begun. */
  struct StudyRecord
  {
    std::filesystem::path study_file;
    std::vector<std::string> overrides;
    std::vector<PlannedCase> cases; ///< without their inputs
    std::vector<UntreatedTissue> untreated;
  };

  /** Throws UserError if the folder is not that of a study. */
  StudyRecord read_record(const std::filesystem::path &folder);

  /** The plan as it was made, without reading the cases again. */
  StudyPlan plan_of_record(StudyFile study, const StudyRecord &record);

  /** Gives cases that were planned before the numbers that they had then, and new ones new numbers.
   */
  void keep_numbers(StudyPlan &plan, const StudyRecord &record);
} // namespace lacuna
