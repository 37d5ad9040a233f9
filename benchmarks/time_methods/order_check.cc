// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "order_check.h"

#include "rosenbrock.h"
#include "transport/dense.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <string>
#include <utility>

namespace lacuna
{
  namespace
  {
    /**
     * The problem of Kaps, stiff for small e, and an equation that follows the time:
     *
     *   y' = -(1/e + 2) y + z^2/e,   z' = y - z - z^2,   w' = -2 t w^2;
     *
     * y = exp(-2 t), z = exp(-t), w = 1/(1 + t^2).
     */
    class Known : public StiffSystem
    {
    public:
      explicit Known(double e_) : e(e_) {}
      std::size_t size() const override { return 3; }
      void evaluate(double t, const double *y, double *f) override
      {
        f[0]     = -(1 / e + 2) * y[0] + y[1] * y[1] / e;
        f[1]     = y[0] - y[1] - y[1] * y[1];
        f[2]     = -2 * t * y[2] * y[2];
        jacobian = {-(1 / e + 2), 2 * y[1] / e, 0, 1, -1 - 2 * y[1], 0, 0, 0, -4 * t * y[2]};
      }
      void prepare(double alpha) override
      {
        matrix = jacobian;
        for (unsigned int i = 0; i < 9; ++i)
          matrix[i] = (i % 4 == 0 ? alpha : 0) - matrix[i];
      }
      void solve(const Unknowns &r, double, Unknowns &x) override
      {
        Unknowns factors = matrix;
        x                = r;
        solve_dense(factors.data(), x.data(), 3, 1);
      }
      double size_of(const Unknowns &e_, const Unknowns &) override { return std::abs(e_[0]); }

    private:
      const double e;
      Unknowns jacobian, matrix;
    };

    double error_with(const RosenbrockTable &table, double e, unsigned int n_steps)
    {
      Known system(e);
      Unknowns y{1, 1, 1};
      const March march{0, 1, 1, 1, [](const Unknowns &) {}, 1. / n_steps};
      march_rosenbrock(table, system, march, true, y);
      return std::max(
          {std::abs(y[0] - std::exp(-2.)), std::abs(y[1] - std::exp(-1.)), std::abs(y[2] - 0.5)});
    }

    void print(const std::string &name, const RosenbrockTable &table)
    {
      RosenbrockTable second = table;
      second.b               = table.embedded;
      for (const auto &[which, coefficients] :
           {std::pair(name, table), {name + ", embedded", second}})
        for (const double e : {0.1, 1e-6})
        {
          double before = 0;
          for (const unsigned int n : {10, 20, 40, 80})
          {
            const double error = error_with(coefficients, e, n);
            std::printf("%s, e = %g: %u steps, error %.3e", which.c_str(), e, n, error);
            if (before > 0)
              std::printf(", order %.2f", std::log2(before / error));
            std::printf("\n");
            before = error;
          }
        }
    }
  } // namespace

  void print_orders()
  {
    print("RODAS3", rodas3());
    print("ROS34PW2", ros34pw2());
  }
} // namespace lacuna
