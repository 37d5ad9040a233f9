// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/stiffness.h"

#include <deal.II/base/quadrature_lib.h>

#include <array>

namespace lacuna
{
  namespace
  {
    using Gradient = std::array<double, dim>;

    /** The integrals over one cell. Plain loops over the reference element: deal.II's own values of
     * mapped gradients take longer than all the rest. */
    class CellStiffness
    {
    public:
      CellStiffness(const StateLayout &layout, const std::vector<Property> &factors_)
          : factors(factors_), n(layout.fe.n_dofs_per_cell()), gradients(n)
      {
        const dealii::QGauss<dim> quadrature(layout.fe.degree + 1);
        for (const auto &place : quadrature.get_points())
          for (unsigned int i = 0; i < n; ++i)
          {
            const auto gradient = layout.fe.shape_grad(i, place);
            reference.push_back({gradient[0], gradient[1], gradient[2]});
          }
      }

      void operator()(const dealii::FEValues<dim> &values, std::vector<double> &local)
      {
        const Property &factor = factors[values.get_cell()->material_id()];
        for (unsigned int q = 0; q < values.n_quadrature_points; ++q)
        {
          const auto &x  = values.quadrature_point(q);
          const double f = factor({x[0], x[1], x[2]}) * values.JxW(q);
          map_gradients(values.inverse_jacobian(q), &reference[q * n]);
          for (unsigned int i = 0; i < n; ++i)
          {
            const auto [gx, gy, gz] = gradients[i];
            for (unsigned int j = 0; j <= i; ++j)
              local[i * n + j] +=
                  f * (gx * gradients[j][0] + gy * gradients[j][1] + gz * gradients[j][2]);
          }
        }
        for (unsigned int i = 0; i < n; ++i)
          for (unsigned int j = 0; j < i; ++j)
            local[j * n + i] = local[i * n + j];
      }

    private:
      void map_gradients(const dealii::DerivativeForm<1, dim, dim> &inverse,
                         const Gradient *on_reference)
      {
        for (unsigned int i = 0; i < n; ++i)
          for (unsigned int d = 0; d < dim; ++d)
            gradients[i][d] = inverse[0][d] * on_reference[i][0] +
                              inverse[1][d] * on_reference[i][1] +
                              inverse[2][d] * on_reference[i][2];
      }

      const std::vector<Property> &factors;
      const unsigned int n;
      std::vector<Gradient> reference; ///< [point][node]
      std::vector<Gradient> gradients; ///< [node], at one point
    };
  } // namespace

  Stiffness::Stiffness(const StateLayout &layout, const std::vector<Property> &factor)
      : NodeMatrix(layout, {},
                   dealii::update_inverse_jacobians | dealii::update_JxW_values |
                       dealii::update_quadrature_points,
                   CellStiffness(layout, factor)),
        diagonal(layout.n_nodes, 0.)
  {
    for (unsigned int node = 0; node < layout.n_nodes; ++node)
      for (unsigned int e = begin[node]; e < begin[node + 1]; ++e)
        if (column[e] == node)
          diagonal[node] = entry[e];
  }
} // namespace lacuna
