// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cvode_march.h"

#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_spgmr.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <exception>
#include <stdexcept>
#include <string>

namespace lacuna
{
  namespace
  {
    struct Context
    {
      TissueSystem &system;
      double tolerance;
      Unknowns room;
      std::exception_ptr failure;
    };

    Context &context_of(void *user)
    {
      return *static_cast<Context *>(user);
    }

    void check(int code, const std::string &function)
    {
      if (code < 0)
        throw std::runtime_error(function + " of SUNDIALS failed with " + std::to_string(code));
    }

    /** A law that cannot say anything at an iterate is a failure that a shorter step may mend. */
    int evaluate(double t, N_Vector y, N_Vector f, void *user)
    {
      try
      {
        context_of(user).system.evaluate(t, N_VGetArrayPointer(y), N_VGetArrayPointer(f));
        return 0;
      }
      catch (...)
      {
        context_of(user).failure = std::current_exception();
        return 1;
      }
    }

    int prepare(double, N_Vector, N_Vector, int, int *is_new, double gamma, void *user)
    {
      context_of(user).system.prepare(1 / gamma);
      *is_new = 1;
      return 0;
    }

    /** (1 - gamma J) z = r, where the system solves (1/gamma - J) z = r/gamma. */
    int precondition(double, N_Vector, N_Vector, N_Vector r, N_Vector z, double gamma, double, int,
                     void *user)
    {
      Context &context = context_of(user);
      const double *of = N_VGetArrayPointer(r);
      for (std::size_t i = 0; i < context.room.size(); ++i)
        context.room[i] = of[i] / gamma;
      context.system.precondition(context.room.data(), N_VGetArrayPointer(z));
      return 0;
    }

    /** CVODE asks for products where it has just evaluated f. */
    int multiply(N_Vector v, N_Vector result, double, N_Vector, N_Vector, void *user, N_Vector)
    {
      context_of(user).system.multiply(N_VGetArrayPointer(v), N_VGetArrayPointer(result));
      return 0;
    }

    int weigh(N_Vector y, N_Vector weight, void *user)
    {
      Context &context       = context_of(user);
      const Unknowns squares = context.system.relative_weights(N_VGetArrayPointer(y));
      double *result         = N_VGetArrayPointer(weight);
      for (std::size_t i = 0; i < squares.size(); ++i)
        result[i] = std::sqrt(squares[i] * squares.size()) / context.tolerance + 1e-200;
      return 0;
    }

    Effort effort_of(void *cvode)
    {
      long steps = 0, rejected = 0, nonlinear = 0, linear = 0;
      check(CVodeGetNumSteps(cvode, &steps), "CVodeGetNumSteps");
      check(CVodeGetNumErrTestFails(cvode, &rejected), "CVodeGetNumErrTestFails");
      check(CVodeGetNumNonlinSolvIters(cvode, &nonlinear), "CVodeGetNumNonlinSolvIters");
      check(CVodeGetNumLinIters(cvode, &linear), "CVodeGetNumLinIters");
      Effort result;
      result.steps      = steps;
      result.rejected   = rejected;
      result.systems    = nonlinear;
      result.iterations = linear;
      return result;
    }
  } // namespace

  Effort march_cvode(TissueSystem &system, const March &march, Unknowns &y)
  {
    SUNContext sundials;
    check(SUNContext_Create(nullptr, &sundials), "SUNContext_Create");
    const N_Vector values = N_VMake_Serial(y.size(), y.data(), sundials);
    void *cvode           = CVodeCreate(CV_BDF, sundials);
    Context context{system, march.tolerance, Unknowns(y.size()), nullptr};
    check(CVodeInit(cvode, evaluate, march.begin, values), "CVodeInit");
    check(CVodeSetUserData(cvode, &context), "CVodeSetUserData");
    check(CVodeWFtolerances(cvode, weigh), "CVodeWFtolerances");
    const SUNLinearSolver gmres = SUNLinSol_SPGMR(values, SUN_PREC_LEFT, 20, sundials);
    check(CVodeSetLinearSolver(cvode, gmres, nullptr), "CVodeSetLinearSolver");
    check(CVodeSetPreconditioner(cvode, prepare, precondition), "CVodeSetPreconditioner");
    check(CVodeSetJacTimes(cvode, nullptr, multiply), "CVodeSetJacTimes");
    check(CVodeSetMaxNumSteps(cvode, 1000000), "CVodeSetMaxNumSteps");
    check(CVodeSetStopTime(cvode, march.end), "CVodeSetStopTime");
    for (double t = march.begin; t < march.end;)
    {
      const int code = CVode(cvode, march.end, values, &t, CV_ONE_STEP);
      if (code < 0 && context.failure)
        std::rethrow_exception(context.failure);
      check(code, "CVode");
      march.look(y);
    }
    const Effort result = effort_of(cvode);
    SUNLinSolFree(gmres);
    CVodeFree(&cvode);
    N_VDestroy(values);
    SUNContext_Free(&sundials);
    return result;
  }
} // namespace lacuna
