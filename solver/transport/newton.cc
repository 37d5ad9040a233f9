// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/newton.h"

#include "transport/petsc_array.h"

#include <algorithm>
#include <exception>

namespace lacuna
{
  template <class Action>
  PetscErrorCode Newton::guarded(const Action &action)
  {
    try
    {
      action();
      return 0;
    }
    catch (...)
    {
      failure = std::current_exception();
      return PETSC_ERR_USER;
    }
  }

  Newton::Newton(Residual &residual_, const SolverSettings &settings_)
      : residual(residual_), preconditioner(residual_), settings(settings_)
  {
    const MPI_Comm communicator = residual.model.layout.communicator();
    const PetscInt n            = residual.rate.size();
    petsc(VecCreateMPI(communicator, n, PETSC_DETERMINE, &x));
    petsc(VecDuplicate(x, &f));
    petsc(MatCreateShell(communicator, n, n, PETSC_DETERMINE, PETSC_DETERMINE, this, &matrix));
    petsc(MatShellSetOperation(matrix, MATOP_MULT, reinterpret_cast<void (*)()>(&multiply)));

    petsc(SNESCreate(communicator, &snes));
    petsc(SNESSetType(snes, SNESNEWTONLS));
    petsc(SNESSetFunction(snes, f, &function, this));
    petsc(SNESSetJacobian(snes, matrix, matrix, &jacobian, this));
    petsc(SNESSetConvergenceTest(snes, &converged, this, nullptr));
    petsc(SNESSetTolerances(snes, 0, 0, 0, settings.newton_iterations, 10000));
    KSP ksp;
    petsc(SNESGetKSP(snes, &ksp));
    petsc(KSPSetType(ksp, KSPGMRES));
    petsc(KSPGMRESSetRestart(ksp, 60));
    petsc(KSPSetPCSide(ksp, PC_RIGHT));
    petsc(KSPSetTolerances(ksp, settings.linear_tolerance, 0, PETSC_DEFAULT, 1000));
    PC pc;
    petsc(KSPGetPC(ksp, &pc));
    petsc(PCSetType(pc, PCSHELL));
    petsc(PCShellSetContext(pc, this));
    petsc(PCShellSetApply(pc, &precondition));
    // Vesicles number 1e17 per cubic metre: a bound on the length of a step, 1e8 by default, would
    // stall.
    SNESLineSearch search;
    petsc(SNESGetLineSearch(snes, &search));
    petsc(SNESLineSearchSetTolerances(search, PETSC_DEFAULT, 1e300, PETSC_DEFAULT, PETSC_DEFAULT,
                                      PETSC_DEFAULT, PETSC_DEFAULT));
    petsc(SNESSetFromOptions(snes));
  }

  Newton::~Newton()
  {
    SNESDestroy(&snes);
    MatDestroy(&matrix);
    VecDestroy(&x);
    VecDestroy(&f);
  }

  bool Newton::solve(std::vector<double> &mobile, std::vector<double> &immobile_)
  {
    const std::vector<double> first_guess = immobile_;
    immobile                              = &immobile_;
    {
      const WriteArray values(x);
      std::copy(mobile.begin(), mobile.end(), static_cast<PetscScalar *>(values));
      residual.impose_fixed_values(values);
    }

    failure                   = nullptr;
    const PetscErrorCode code = SNESSolve(snes, nullptr, x);
    if (failure)
    {
      immobile_ = first_guess;
      preconditioner.expire();
      std::rethrow_exception(failure);
    }
    petsc(code);

    PetscInt iterations, linear;
    petsc(SNESGetIterationNumber(snes, &iterations));
    petsc(SNESGetLinearSolveIterations(snes, &linear));
    n_newton += iterations;
    n_linear += linear;
    if (iterations > 0 && linear > 40 * iterations)
      preconditioner.expire();

    SNESConvergedReason reason;
    petsc(SNESGetConvergedReason(snes, &reason));
    // Rounding may stop the descent just above the tolerance; such a solution is as good as can be
    // had.
    const bool good = reason > 0 || residual.defect <= 100 * settings.newton_tolerance;
    if (!good)
    {
      immobile_ = first_guess;
      preconditioner.expire();
      return false;
    }
    const ReadArray solved(x);
    std::copy_n(static_cast<const PetscScalar *>(solved), mobile.size(), mobile.begin());
    return true;
  }

  PetscErrorCode Newton::function(SNES, Vec x, Vec f, void *context)
  {
    auto &self = *static_cast<Newton *>(context);
    return self.guarded(
        [&]
        {
          self.residual.evaluate(ReadArray(x), *self.immobile);
          const WriteArray result(f);
          // Rows in units of each species' typical concentration, so that oxygen counts as much as
          // glucose.
          const auto &scale = self.residual.model.scale;
          for (std::size_t row = 0; row < self.residual.residual.size(); ++row)
            result[row] = self.residual.residual[row] / scale[row % scale.size()];
        });
  }

  PetscErrorCode Newton::jacobian(SNES, Vec, Mat, Mat, void *context)
  {
    auto &self = *static_cast<Newton *>(context);
    return self.guarded([&] { self.preconditioner.update(); });
  }

  PetscErrorCode Newton::converged(SNES, PetscInt iteration, PetscReal, PetscReal, PetscReal norm,
                                   SNESConvergedReason *reason, void *context)
  {
    const auto &self = *static_cast<Newton *>(context);
    *reason          = SNES_CONVERGED_ITERATING;
    if (!(norm < 1e300))
      *reason = SNES_DIVERGED_FNORM_NAN;
    else if (self.residual.defect <= self.settings.newton_tolerance)
      *reason = SNES_CONVERGED_FNORM_RELATIVE;
    else if (iteration >= static_cast<PetscInt>(self.settings.newton_iterations))
      *reason = SNES_DIVERGED_MAX_IT;
    return 0;
  }

  PetscErrorCode Newton::multiply(Mat matrix, Vec x, Vec y)
  {
    void *context;
    if (const PetscErrorCode code = MatShellGetContext(matrix, &context); code != 0)
      return code;
    auto &self = *static_cast<Newton *>(context);
    return self.guarded(
        [&]
        {
          const WriteArray result(y);
          self.residual.apply_jacobian(ReadArray(x), result);
          const auto &scale = self.residual.model.scale;
          for (std::size_t row = 0; row < self.residual.rate.size(); ++row)
            result[row] /= scale[row % scale.size()];
        });
  }

  PetscErrorCode Newton::precondition(PC pc, Vec x, Vec y)
  {
    void *context;
    if (const PetscErrorCode code = PCShellGetContext(pc, &context); code != 0)
      return code;
    auto &self = *static_cast<Newton *>(context);
    return self.guarded(
        [&]
        {
          self.preconditioner.apply(x, y);
          const WriteArray result(y);
          const auto &scale = self.residual.model.scale;
          for (std::size_t row = 0; row < self.residual.rate.size(); ++row)
            result[row] *= scale[row % scale.size()];
        });
  }
} // namespace lacuna
