// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>
#include <vector>

namespace lacuna
{
  /** What a case answers: everything that is recorded, over time. */
  struct Answers
  {
    std::map<std::string, std::vector<double>> series;
    std::vector<std::string> sentences; ///< what laws say about doses
    std::vector<double> work;           ///< steps and iterations
  };

  /** What becomes of a case: it answers, or the program says why not. */
  struct Outcome
  {
    enum class Kind
    {
      answered,
      refused, ///< by a sentence to the user
      failed   ///< no convergence, or a law that could not say what happens
    };
    Kind kind = Kind::answered;
    Answers answers;
    std::string sentence;

    bool answered() const { return kind == Kind::answered; }
  };

  /** Runs a parameter file with overrides ("Section/Parameter=value unit"). */
  Outcome outcome_of(const std::string &file, const std::vector<std::string> &overrides);

  /** Runs it as the program does, in a folder that is removed behind it: the answers are the names
   * of the files written, and what stands in those that hold results. */
  Outcome files_of(const std::string &file, const std::vector<std::string> &overrides);

  /** Reads it only: the sentence of a refusal, or an empty text. */
  std::string refusal_of(const std::string &file, const std::vector<std::string> &overrides);

  /** Whether any answer differs by more than rounding; `work` compares steps and iterations too. */
  bool differ(const Answers &a, const Answers &b, bool work);
} // namespace lacuna
