// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/full_steps.h"

#include "transport/petsc_check.h"

namespace lacuna
{
  namespace
  {
    constexpr PetscInt early      = 10;   // iterations
    constexpr PetscReal may_grow  = 10;   // times, early
    constexpr PetscReal must_fall = 1e-4; // of the step's length, later (Armijo)
    constexpr PetscReal too_short = 1e-6;
    constexpr PetscReal halving   = 0.5;

    bool is_good_enough(PetscReal norm, PetscReal before, PetscReal length, PetscInt iteration)
    {
      // False for what is no number, too.
      return norm <= before * (iteration < early ? may_grow : 1 - must_fall * length);
    }

    /** Goes from x along -step; leaves the new place and its residual where SNES looks for them. */
    PetscErrorCode search(SNESLineSearch line_search, void *)
    {
      SNES snes;
      Vec x, f, step, tried, residual;
      PetscReal x_norm, before, step_norm, norm = 0;
      PetscInt iteration;
      PetscCall(SNESLineSearchGetSNES(line_search, &snes));
      PetscCall(SNESLineSearchGetVecs(line_search, &x, &f, &step, &tried, &residual));
      PetscCall(SNESLineSearchGetNorms(line_search, &x_norm, &before, &step_norm));
      PetscCall(SNESGetIterationNumber(snes, &iteration));
      PetscCall(VecNorm(step, NORM_2, &step_norm));
      for (PetscReal length = 1;; length *= halving)
      {
        if (length < too_short)
        {
          PetscCall(SNESLineSearchSetReason(line_search, SNES_LINESEARCH_FAILED_REDUCT));
          return 0;
        }
        PetscCall(VecWAXPY(tried, -length, step, x));
        PetscCall(SNESComputeFunction(snes, tried, residual));
        PetscCall(VecNorm(residual, NORM_2, &norm));
        if (is_good_enough(norm, before, length, iteration))
          break;
      }
      PetscCall(VecCopy(tried, x));
      PetscCall(VecCopy(residual, f));
      PetscCall(VecNorm(x, NORM_2, &x_norm));
      PetscCall(SNESLineSearchSetNorms(line_search, x_norm, norm, step_norm));
      PetscCall(SNESLineSearchSetReason(line_search, SNES_LINESEARCH_SUCCEEDED));
      return 0;
    }
  } // namespace

  void prefer_full_steps(SNES snes)
  {
    SNESLineSearch line_search;
    petsc(SNESGetLineSearch(snes, &line_search));
    petsc(SNESLineSearchSetType(line_search, SNESLINESEARCHSHELL));
    petsc(SNESLineSearchShellSetUserFunc(line_search, &search, nullptr));
  }
} // namespace lacuna
