// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/case.h"
#include "study/study_file.h"

#include <string>
#include <vector>

namespace lacuna
{
  /** An answer that a case cannot give. */
  struct AnswerProblem
  {
    std::string path; ///< "Answers/survivors/Quantity"
    std::string text; ///< file, line, path, and what is wrong
  };

  /**
   * Holds the answers of a study against what a run of this case will record, before it runs: the
   * columns of its history, its end, and its untreated control.
   */
  std::vector<AnswerProblem> check_answers(const std::vector<StudyAnswer> &answers,
                                           const Case &input);
} // namespace lacuna
