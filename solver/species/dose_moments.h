// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <mpi.h>

#include <array>
#include <vector>

namespace lacuna
{
  /** Averages of x, y, z, xx, yy, zz, yz, xz, xy over something. */
  using Moments = std::array<double, 9>;

  /**
   * Changes the shares of a dose so that their sum is 1 and its moments,
   *
   *   sum over p of share_p moments_p = target,
   *
   * are those of the dose, and none exceeds its bound: the shares nearest to the given ones in the
   * relative entropy of what is filled and what is free (Fermi-Dirac),
   *
   *   share_p = bound_p / (1 + (bound_p / given_p - 1) exp(-(n + l . moments_p))),
   *
   * which stay positive where they are. Newton's method for n and l; the dose must be described in
   * coordinates of its own size, and the given shares must be below their bounds.
   *
   * Returns false, and leaves the shares as they are, if no such shares have these moments: the
   * mesh is too coarse to carry them. Collective.
   */
  bool match_moments(const std::vector<Moments> &moments, const Moments &target,
                     unsigned int n_moments, const std::vector<double> &bound,
                     std::vector<double> &share, MPI_Comm communicator);
} // namespace lacuna
