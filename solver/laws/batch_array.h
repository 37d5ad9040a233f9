// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace lacuna
{
  /** An array of `rows` x (points of a batch): the layout of everything that the laws see. */
  class BatchArray
  {
  public:
    static constexpr unsigned int width = 256; ///< points of a batch
    void resize(unsigned int rows) { values.assign(std::size_t(rows) * width, 0.); }
    double *row(unsigned int r) { return values.data() + std::size_t(r) * width; }
    const double *row(unsigned int r) const { return values.data() + std::size_t(r) * width; }
    void clear() { std::fill(values.begin(), values.end(), 0.); }

  private:
    std::vector<double> values;
  };
} // namespace lacuna
