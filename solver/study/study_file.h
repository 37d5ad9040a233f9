// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/parameter.h"
#include "config/parameter_file.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lacuna
{
  /** One parameter of a case that a study sets: "Geometry/Global refinements" -> "1". */
  struct Setting
  {
    std::string path, value;
    Location location; ///< in the study file

    std::string assignment() const { return path + "=" + value; }
  };

  /** "Path=value" of each, for the command line. */
  std::vector<std::string> assignments_of(const std::vector<Setting> &settings);

  /** One value of an axis. */
  struct AxisLevel
  {
    std::string label; ///< "0.5 mL", "grade III"
    std::vector<Setting> settings;
    double number = 0; ///< in the unit of the axis, for Axis::Kind::numbers
  };

  /** An input that a study varies; its name is the name of a column of the results. */
  struct Axis
  {
    enum class Kind
    {
      numbers, ///< listed values of one parameter
      labels,  ///< listed words, or named levels that set several parameters
      range    ///< an interval that is sampled
    };
    std::string name;
    Location location;
    std::string parameter; ///< path; empty for named levels
    std::string unit;      ///< of the numbers; "1" for pure numbers
    Kind kind = Kind::labels;
    std::vector<AxisLevel> levels; ///< numbers, labels
    double minimum = 0, maximum = 0;
    bool logarithmic = false;
    std::string together_with; ///< the axis it moves with instead of being crossed; "" for none
  };

  enum class SamplingMethod
  {
    grid,
    latin_hypercube,
    sobol,
    saltelli
  };

  /** A question to the results: one number of every case. */
  struct StudyAnswer
  {
    enum class Compare
    {
      nothing,
      difference, ///< from the untreated tissue
      ratio
    };
    std::string name, quantity;
    std::optional<double> time; ///< s; none = the end
    Compare compare  = Compare::nothing;
    std::string goal = "none"; ///< "largest", "smallest" or "none"
    Location location;
  };

  /** A study as it was asked; the settings have not been held against a case yet. */
  struct StudyFile
  {
    std::filesystem::path file, case_file, folder;
    std::string title;
    std::vector<Setting> changes; ///< the same in every case
    std::vector<Axis> axes;
    SamplingMethod method = SamplingMethod::grid;
    unsigned int samples  = 0;
    std::uint64_t seed    = 1;
    std::vector<StudyAnswer> answers;
    unsigned int ranks   = 1;
    double time_limit    = 0; ///< s, of one case; 0 = none
    bool share_untreated = true;
    std::string text; ///< the complete study file, with paths written in full
  };

  /**
   * Reads and checks a study file. `overrides` replace its parameters ("Sampling/Samples=8") or, if
   * they name none of its sections, parameters of all cases ("Time/End=90 d"). Throws one UserError
   * that lists everything that is wrong.
   */
  StudyFile read_study(const std::filesystem::path &file,
                       const std::vector<std::string> &overrides);

  /** The description of all parameters of a study file. */
  Section describe_study();

  /** "grid", "latin hypercube", ... as in the study file. */
  std::string method_text(SamplingMethod method);

  /** The parameters that a fragment of a case file sets. */
  std::vector<Setting> settings_of(const Node &fragment);
} // namespace lacuna
