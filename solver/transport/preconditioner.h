// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/residual.h"

#include <petscksp.h>

#include <vector>

namespace lacuna
{
  /**
   * One scalar matrix per mobile species, alpha * storage + D0 K + exchange + its own consumption,
   * factored by incomplete Cholesky on each rank. The coupling between species is left to the
   * Krylov method.
   */
  class Preconditioner
  {
  public:
    explicit Preconditioner(Residual &residual);
    ~Preconditioner();
    Preconditioner(const Preconditioner &)            = delete;
    Preconditioner &operator=(const Preconditioner &) = delete;

    /** Factors anew if the residual's last point of evaluation differs enough from the one that was
     * factored. */
    void update();
    /** Makes the next update() factor in any case. */
    void expire() { factored_alpha = -1; }
    void apply(Vec x, Vec y);

  private:
    Residual &residual;
    std::vector<Mat> matrices;
    std::vector<KSP> solvers;
    Vec diagonal = nullptr, right = nullptr, solution = nullptr;
    double factored_alpha = -1;
    std::vector<std::vector<PetscInt>> fixed_rows; ///< [species], global numbers of nodes
  };
} // namespace lacuna
