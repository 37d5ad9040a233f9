// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/nonlinear_solver.h"
#include "transport/preconditioner/preconditioner.h"

#include <petscsnes.h>

#include <exception>
#include <memory>

namespace lacuna
{
  /** Newton's method with the exact Jacobian (PETSc SNES), whose systems are solved by
   * preconditioned GMRES. */
  class Newton : public NonlinearSolver
  {
  public:
    Newton(const Residual &residual, std::unique_ptr<Preconditioner> preconditioner,
           const SolverSettings &settings);
    ~Newton() override;
    Newton(const Newton &)            = delete;
    Newton &operator=(const Newton &) = delete;

    bool solve(const Equation &equation, const Accuracy &accuracy, Solution &solution) override;
    unsigned long n_nonlinear_iterations() const override { return n_newton; }
    unsigned long n_linear_iterations() const override { return n_linear; }

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

    void set_up_krylov();
    void set_linear_tolerance();
    double attainable_defect() const;
    double reduction_left(bool is_guess);
    double seen_by_preconditioner();
    double seen_in_residual();
    void count_iterations();
    ConstNodeView nodes(const double *values) const;
    NodeView nodes(double *values) const;
    const Residual &residual;
    std::unique_ptr<Preconditioner> preconditioner;
    SolverSettings settings;
    NodeField right; ///< of a system that is preconditioned, amount per second
    SNES snes  = nullptr;
    Mat matrix = nullptr;
    Vec x = nullptr, f = nullptr;
    unsigned long n_newton = 0, n_linear = 0; ///< iterations so far
    double residual_norm           = 0;       ///< of the last iterate, as SNES takes it
    double curvature               = 0; ///< what a step leaves of the residual, over its square
    double curvature_of_first_step = 0; ///< of the last solve
    double decimal_places          = 0; ///< that the linear solves of this solve were asked for
    double reduction               = 0; ///< of the residual that is still needed; 1 or more: none
    Equation equation;                  ///< that is being solved
    Accuracy accuracy;
    Solution *solution = nullptr; ///< its unknowns stay the first guess until the end
    std::exception_ptr failure;
  };
} // namespace lacuna
