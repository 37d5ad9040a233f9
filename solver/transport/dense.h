// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cmath>

namespace lacuna
{
  /** The row from the diagonal down whose entry in a column of an n x n matrix is the largest. */
  inline unsigned int pivot_row(const double *a, unsigned int n, unsigned int column)
  {
    unsigned int result = column;
    for (unsigned int i = column + 1; i < n; ++i)
      if (std::abs(a[i * n + column]) > std::abs(a[result * n + column]))
        result = i;
    return result;
  }

  /** Solves A X = B in place (Gauss with pivoting); A is n x n, B is n x m, both row by row. */
  inline void solve_dense(double *a, double *b, unsigned int n, unsigned int m)
  {
    for (unsigned int k = 0; k < n; ++k)
    {
      if (const unsigned int pivot = pivot_row(a, n, k); pivot != k)
      {
        std::swap_ranges(a + k * n, a + (k + 1) * n, a + pivot * n);
        std::swap_ranges(b + k * m, b + (k + 1) * m, b + pivot * m);
      }
      for (unsigned int i = 0; i < n; ++i)
        if (i != k)
        {
          const double factor = a[i * n + k] / a[k * n + k];
          for (unsigned int j = k; j < n; ++j)
            a[i * n + j] -= factor * a[k * n + j];
          for (unsigned int j = 0; j < m; ++j)
            b[i * m + j] -= factor * b[k * m + j];
        }
    }
    for (unsigned int i = 0; i < n; ++i)
      for (unsigned int j = 0; j < m; ++j)
        b[i * m + j] /= a[i * n + i];
  }
} // namespace lacuna
