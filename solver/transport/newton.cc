// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/newton.h"

#include "transport/full_steps.h"
#include "transport/petsc_array.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <exception>
#include <utility>
#include <vector>

namespace lacuna
{
  namespace
  {
    constexpr PetscInt most_linear_iterations = 1000;
    /** A step that leaves more of the residual than this part has met rounding. */
    constexpr double at_rounding = 0.5;
  } // namespace

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

  Newton::Newton(const Residual &residual_, std::unique_ptr<Preconditioner> preconditioner_,
                 const SolverSettings &settings_)
      : residual(residual_), preconditioner(std::move(preconditioner_)), settings(settings_),
        right(residual_.model.layout.n_nodes, residual_.model.species.mobile.size())
  {
    const MPI_Comm communicator = residual.model.layout.communicator();
    const PetscInt n = residual.model.layout.n_nodes * residual.model.species.mobile.size();
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
    prefer_full_steps(snes);
    set_up_krylov();
    petsc(SNESSetFromOptions(snes));
  }

  void Newton::set_up_krylov()
  {
    KSP ksp;
    petsc(SNESGetKSP(snes, &ksp));
    petsc(KSPSetType(ksp, KSPGMRES));
    petsc(KSPGMRESSetRestart(ksp, 60));
    petsc(KSPSetPCSide(ksp, PC_RIGHT));
    petsc(
        KSPSetTolerances(ksp, settings.linear_tolerance, 0, PETSC_DEFAULT, most_linear_iterations));
    PC pc;
    petsc(KSPGetPC(ksp, &pc));
    petsc(PCSetType(pc, PCSHELL));
    petsc(PCShellSetContext(pc, this));
    petsc(PCShellSetApply(pc, &precondition));
  }

  Newton::~Newton()
  {
    SNESDestroy(&snes);
    MatDestroy(&matrix);
    VecDestroy(&x);
    VecDestroy(&f);
  }

  ConstNodeView Newton::nodes(const double *values) const
  {
    return {values, residual.model.layout.n_nodes,
            static_cast<unsigned int>(residual.model.species.mobile.size())};
  }

  NodeView Newton::nodes(double *values) const
  {
    return {values, residual.model.layout.n_nodes,
            static_cast<unsigned int>(residual.model.species.mobile.size())};
  }

  bool Newton::solve(const Equation &equation_, const Accuracy &accuracy_, Solution &sought)
  {
    const PointField first_guess = sought.evaluation.immobile;
    equation                     = equation_;
    accuracy                     = accuracy_;
    solution                     = &sought;
    {
      const WriteArray values(x);
      std::copy(sought.mobile.begin(), sought.mobile.end(), static_cast<PetscScalar *>(values));
      residual.impose_fixed_values(equation, nodes(values));
    }

    failure                   = nullptr;
    curvature                 = curvature_of_first_step;
    decimal_places            = 0;
    const PetscErrorCode code = SNESSolve(snes, nullptr, x);
    if (!failure)
    {
      petsc(code);
      count_iterations();
    }
    SNESConvergedReason reason;
    petsc(SNESGetConvergedReason(snes, &reason));
    const bool solved =
        !failure && (reason > 0 || sought.evaluation.imbalance.defect <= attainable_defect());
    if (!solved)
    {
      sought.evaluation.immobile = first_guess;
      preconditioner->expire();
      if (failure)
        std::rethrow_exception(failure);
      return false;
    }
    const ReadArray values(x);
    std::copy_n(static_cast<const PetscScalar *>(values), sought.mobile.size(),
                sought.mobile.begin());
    return true;
  }

  /** Rounding may stop the descent just above the tolerance; nothing better can be had then. */
  double Newton::attainable_defect() const
  {
    const double strictest =
        settings.newton_tolerance > 0 ? settings.newton_tolerance : Accuracy().defect;
    return std::min(100 * strictest, 1e-6);
  }

  /** By how much the residual must still fall: 1 or more if the solution is good enough. */
  double Newton::reduction_left(bool is_guess)
  {
    const double defect = solution->evaluation.imbalance.defect;
    double result       = accuracy.defect / defect;
    solution->error.clear();
    if (result >= 1 && defect <= Accuracy().defect)
      return result;
    if (equation.alpha > 0 && accuracy.part_of_amount)
      result = std::min(result, seen_in_residual());
    else if (accuracy.part_of_change)
      result = std::min(result, is_guess ? *accuracy.part_of_change : seen_by_preconditioner());
    return result;
  }

  /** Of a stage: each species must be within what it is allowed, or solved to rounding. */
  double Newton::seen_in_residual()
  {
    const Model &model      = residual.model;
    const Imbalance &left   = solution->evaluation.imbalance;
    const unsigned int n    = model.species.mobile.size();
    constexpr double little = 1e-2; // of a typical concentration, for what has just begun to arrive
    double result           = 1;
    for (unsigned int s = 0; s < n; ++s)
    {
      const double amount = std::max(left.amount[s], model.level.volume * little * model.scale[s]);
      // What is left must be small enough for one factor to close the balance.
      const double allowed = std::min({*accuracy.part_of_change * left.stored[s],
                                       *accuracy.part_of_change * equation.alpha * left.amount[s],
                                       *accuracy.part_of_amount * equation.alpha * amount});
      const double sought  = std::max(allowed, Accuracy().defect * left.turnover[s]);
      if (left.error[s] > sought)
        result = std::min(result, sought / left.error[s]);
      solution->error.push_back(left.error[s] / equation.alpha);
    }
    return result;
  }

  /** The preconditioner tells from the residual where the solution is. */
  double Newton::seen_by_preconditioner()
  {
    const NodeField &guess    = solution->mobile;
    const unsigned int n      = guess.n_species();
    const ConstNodeView found = solution->evaluation.mobile.owned();
    NodeField correction(guess.n_entities(), n);
    preconditioner->apply(solution->evaluation.residual, correction);
    std::vector<double> sums(2 * n, 0.); // of the errors, then of the changes
    for_each_value(found,
                   [&](std::size_t node, unsigned int s)
                   {
                     const double storage = residual.model.storage(node, s);
                     sums[s] += storage * std::abs(correction(node, s));
                     sums[n + s] += storage * std::abs(found(node, s) - guess(node, s));
                   });
    dealii::Utilities::MPI::sum(sums, residual.model.layout.communicator(), sums);
    double result = 1;
    for (unsigned int s = 0; s < n; ++s)
      if (sums[s] > 0)
        result = std::min(result, *accuracy.part_of_change * sums[n + s] / sums[s]);
    solution->error.assign(sums.begin(), sums.begin() + n);
    return result;
  }

  void Newton::count_iterations()
  {
    // GMRES takes 3 to 6 iterations for each decimal place with fresh factors; where it takes 10,
    // reactions have changed so much since they were made that making new ones is cheaper.
    constexpr double too_many = 10;
    PetscInt iterations, linear;
    petsc(SNESGetIterationNumber(snes, &iterations));
    petsc(SNESGetLinearSolveIterations(snes, &linear));
    n_newton += iterations;
    n_linear += linear;
    if (linear > too_many * decimal_places)
      preconditioner->expire();
  }

  /**
   * A Newton step leaves about curvature |residual|^2, however closely its linear system is solved:
   * solving it more closely than a part of that, or of what is asked for in the end, is lost (as in
   * the forcing terms of Eisenstat and Walker, SIAM J. Sci. Comput. 17, 1996).
   */
  void Newton::set_linear_tolerance()
  {
    constexpr double part = 0.3, part_at_the_end = 0.1, loosest = 0.1;
    const double wanted = std::max(part * curvature * residual_norm, part_at_the_end * reduction);
    KSP ksp;
    petsc(SNESGetKSP(snes, &ksp));
    const double tolerance = std::max(settings.linear_tolerance, std::min(wanted, loosest));
    petsc(KSPSetTolerances(ksp, tolerance, 0, PETSC_DEFAULT, most_linear_iterations));
    decimal_places -= std::log10(tolerance);
  }

  PetscErrorCode Newton::function(SNES, Vec x, Vec f, void *context)
  {
    auto &self = *static_cast<Newton *>(context);
    return self.guarded(
        [&]
        {
          Evaluation &result = self.solution->evaluation;
          self.residual.evaluate(self.equation, self.nodes(ReadArray(x)), result);
          if (self.equation.magnitude_at_guess.empty())
            self.equation.magnitude_at_guess = result.imbalance.magnitude;
          const WriteArray entries(f);
          const NodeView rows = self.nodes(entries);
          // Rows in units of each species' typical concentration, so that oxygen counts as much as
          // glucose.
          for_each_value(rows,
                         [&](std::size_t node, unsigned int s) {
                           rows(node, s) = result.residual(node, s) / self.residual.model.scale[s];
                         });
        });
  }

  PetscErrorCode Newton::jacobian(SNES, Vec, Mat, Mat, void *context)
  {
    auto &self = *static_cast<Newton *>(context);
    return self.guarded(
        [&]
        {
          self.preconditioner->update(self.solution->evaluation);
          self.set_linear_tolerance();
        });
  }

  PetscErrorCode Newton::converged(SNES, PetscInt iteration, PetscReal, PetscReal, PetscReal norm,
                                   SNESConvergedReason *reason, void *context)
  {
    auto &self           = *static_cast<Newton *>(context);
    const double before  = std::exchange(self.residual_norm, norm);
    const double defect  = self.solution->evaluation.imbalance.defect;
    const bool is_lowest = iteration > 0 && norm > at_rounding * before;
    if (iteration > 0)
      self.curvature = norm / (before * before);
    if (iteration == 1)
      self.curvature_of_first_step = self.curvature;
    *reason = SNES_CONVERGED_ITERATING;
    if (!(norm < 1e300))
    {
      *reason = SNES_DIVERGED_FNORM_NAN;
      return 0;
    }
    const auto look = [&] { self.reduction = self.reduction_left(iteration == 0); };
    if (const PetscErrorCode code = self.guarded(look); code != 0)
      return code;
    if (self.reduction >= 1 || (is_lowest && defect <= self.attainable_defect()))
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
          const WriteArray entries(y);
          const NodeView result = self.nodes(entries);
          self.residual.apply_jacobian(self.solution->evaluation, self.nodes(ReadArray(x)), result);
          for_each_value(result, [&](std::size_t node, unsigned int s)
                         { result(node, s) /= self.residual.model.scale[s]; });
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
          {
            const ReadArray entries(x);
            const ConstNodeView rows = self.nodes(entries);
            for_each_value(rows, [&](std::size_t node, unsigned int s)
                           { self.right(node, s) = rows(node, s) * self.residual.model.scale[s]; });
          }
          self.preconditioner->apply(self.right, self.nodes(WriteArray(y)));
        });
  }
} // namespace lacuna
