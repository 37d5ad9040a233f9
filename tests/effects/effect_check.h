// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/parameter.h"
#include "effects/effect_case.h"

#include <string>
#include <vector>

namespace lacuna
{
  /** A parameter of a description, and its path in the cases that have it. */
  struct Subject
  {
    Parameter parameter;
    std::string described; ///< "Tissue/<region>/Porosity", "exosomes: Cargo"
    std::string path;      ///< "Tissue/gel/Porosity", "Laws/law/Cargo"
  };

  /** Changes the parameter in one case after the other until it has shown all of its effects. An
   * empty text, or a sentence that says what does not act, and what was tried. */
  std::string missing_effect(const Subject &subject, std::vector<EffectCase> &cases);

  /** An empty text, or the value out of bounds that no case refuses. */
  std::string accepted_out_of_bounds(const Subject &subject, std::vector<EffectCase> &cases);
} // namespace lacuna
