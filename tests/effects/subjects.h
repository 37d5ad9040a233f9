// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "effects/effect_check.h"

#include <string>
#include <vector>

namespace lacuna
{
  /** Every parameter of the core, with names of the cases instead of placeholders. */
  std::vector<Subject> subjects_of_core();
  /** Of one section of the core ("Tissue"; empty: those outside of sections). */
  std::vector<Subject> subjects_of_core(const std::string &section);
  std::vector<std::string> sections_of_core();

  /** Every parameter that a law declares; in the cases its section is called "law". */
  std::vector<Subject> subjects_of_law(const std::string &law);
  /** The laws that are shipped. */
  std::vector<std::string> shipped_laws();
} // namespace lacuna
