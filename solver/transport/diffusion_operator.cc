// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/diffusion_operator.h"

namespace lacuna
{
  namespace
  {
    constexpr unsigned int largest_group = 4;

    /** y -= D K c for N species, the first of which is `first`; N is fixed so that the sums stay in
     * registers. */
    template <unsigned int N, class Number>
    void subtract_rows(const Stiffness &stiffness, const Number *k, const double *coefficient,
                       unsigned int first, ConstNodeView c, NodeView y)
    {
      const unsigned int *const begin = stiffness.begin.data(), *const column =
                                                                    stiffness.column.data();
      for (std::size_t i = 0; i < y.n_entities(); ++i)
      {
        double sum[N] = {};
        for (unsigned int e = begin[i]; e < begin[i + 1]; ++e)
        {
          const double *value = c.at(column[e]) + first;
          for (unsigned int m = 0; m < N; ++m)
            sum[m] += k[e] * value[m];
        }
        double *result = y.at(i) + first;
        for (unsigned int m = 0; m < N; ++m)
          result[m] -= coefficient[m] * sum[m];
      }
    }

    template <class Number>
    void subtract_group(unsigned int n_species, const Stiffness &stiffness,
                        const std::vector<Number> &k, const double *coefficient, unsigned int first,
                        ConstNodeView c, NodeView y)
    {
      constexpr decltype(&subtract_rows<1, Number>) rows[largest_group] = {
          &subtract_rows<1, Number>, &subtract_rows<2, Number>, &subtract_rows<3, Number>,
          &subtract_rows<4, Number>};
      rows[n_species - 1](stiffness, k.data(), coefficient, first, c, y);
    }
  } // namespace

  DiffusionOperator::DiffusionOperator(const Medium &medium, unsigned int n_species, Level &level,
                                       Precision precision_)
      : precision(precision_)
  {
    for (unsigned int s = 0; s < n_species; ++s)
    {
      const Medium::Diffusivity &diffusivity = medium.diffusivity(s);
      coefficient.push_back(diffusivity.coefficient);
      stiffness.push_back(&level.stiffness(diffusivity));
      if (!groups.empty() && stiffness[s - 1] == stiffness[s] &&
          groups.back().n_species < largest_group)
        ++groups.back().n_species;
      else
        groups.push_back({s, 1});
    }
  }

  void DiffusionOperator::subtract_product(ConstNodeView c, NodeView y) const
  {
    for (const Group &group : groups)
    {
      const Stiffness &shared = *stiffness[group.first];
      const double *factors   = &coefficient[group.first];
      if (precision == Precision::single)
        subtract_group(group.n_species, shared, shared.single(), factors, group.first, c, y);
      else
        subtract_group(group.n_species, shared, shared.k, factors, group.first, c, y);
    }
  }
} // namespace lacuna
