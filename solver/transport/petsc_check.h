// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <petscsys.h>

#include <stdexcept>
#include <string>

namespace lacuna
{
  /** PETSc goes on after an error unless told otherwise, with plausible numbers: every call goes
   * through here. */
  inline void petsc(PetscErrorCode code)
  {
    if (code != 0)
    {
      const char *text = nullptr;
      PetscErrorMessage(code, &text, nullptr);
      throw std::runtime_error("PETSc error " + std::to_string(code) + ": " +
                               (text != nullptr ? text : "unknown"));
    }
  }
} // namespace lacuna
