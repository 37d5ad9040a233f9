// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/user_error.h"

#include <mpi.h>

#include <exception>
#include <stdexcept>
#include <string>

namespace lacuna
{
  /**
   * Runs `action` on every rank; if it throws on any, throws the error of the lowest such rank on
   * all of them, so that no rank waits for another for ever. Collective.
   */
  template <class Action>
  void collectively(MPI_Comm communicator, const Action &action)
  {
    enum Kind
    {
      none,
      evaluation,
      user,
      convergence,
      internal
    };
    int kind = none, rank, n_ranks;
    std::string text;
    try
    {
      action();
    }
    catch (const EvaluationError &error)
    {
      kind = evaluation;
      text = error.what();
    }
    catch (const UserError &error)
    {
      kind = user;
      text = error.what();
    }
    catch (const ConvergenceError &error)
    {
      kind = convergence;
      text = error.what();
    }
    catch (const std::exception &error)
    {
      kind = internal;
      text = error.what();
    }
    MPI_Comm_rank(communicator, &rank);
    MPI_Comm_size(communicator, &n_ranks);
    int first = kind == none ? n_ranks : rank, lowest;
    MPI_Allreduce(&first, &lowest, 1, MPI_INT, MPI_MIN, communicator);
    if (lowest == n_ranks)
      return;
    MPI_Bcast(&kind, 1, MPI_INT, lowest, communicator);
    int length = static_cast<int>(text.size());
    MPI_Bcast(&length, 1, MPI_INT, lowest, communicator);
    text.resize(length);
    MPI_Bcast(text.data(), length, MPI_CHAR, lowest, communicator);
    if (kind == evaluation)
      throw EvaluationError(text);
    if (kind == user)
      throw UserError(text);
    if (kind == convergence)
      throw ConvergenceError(text);
    throw std::runtime_error(text);
  }
} // namespace lacuna
