// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/preconditioner.h"
#include "transport/residual.h"

#include <petscsnes.h>

#include <vector>

namespace lacuna
{
  /** Solves residual = 0 for the mobile species by Newton's method with the exact Jacobian (PETSc
   * SNES, GMRES). */
  class Newton
  {
  public:
    Newton(Residual &residual, const SolverSettings &settings);
    ~Newton();
    Newton(const Newton &)            = delete;
    Newton &operator=(const Newton &) = delete;

    /**
     * Solves the residual's present equation from the first guess `mobile`, `immobile`, and
     * overwrites them. False if it did not converge; the guess is then left as it was. Afterwards
     * the residual's members hold the solution's.
     */
    bool solve(std::vector<double> &mobile, std::vector<double> &immobile);

    unsigned long n_newton = 0, n_linear = 0; ///< iterations so far

  private:
    static PetscErrorCode function(SNES, Vec x, Vec f, void *newton);
    static PetscErrorCode jacobian(SNES, Vec x, Mat, Mat, void *newton);
    static PetscErrorCode converged(SNES, PetscInt iteration, PetscReal, PetscReal, PetscReal,
                                    SNESConvergedReason *, void *newton);
    static PetscErrorCode multiply(Mat, Vec x, Vec y);
    static PetscErrorCode precondition(PC, Vec x, Vec y);
    /** Runs `action`, keeping a C++ exception back until SNES has returned. */
    template <class Action>
    PetscErrorCode guarded(const Action &action);

    Residual &residual;
    Preconditioner preconditioner;
    SolverSettings settings;
    SNES snes  = nullptr;
    Mat matrix = nullptr;
    Vec x = nullptr, f = nullptr;
    std::vector<double> *immobile = nullptr;
    std::exception_ptr failure;
  };
} // namespace lacuna
