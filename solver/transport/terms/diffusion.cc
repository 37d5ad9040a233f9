// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/terms/diffusion.h"

#include "transport/evaluation.h"

namespace lacuna
{
  namespace
  {
    constexpr unsigned int largest_group = 4;

    /**
     * rate -= D K c for N species that follow one another and share K; N is fixed so that the sums
     * stay in registers.
     */
    template <unsigned int N>
    void subtract_rows(const Stiffness &stiffness, const double *coefficient, unsigned int first,
                       ConstNodeView c, NodeView rate)
    {
      for (std::size_t i = 0; i < rate.n_entities(); ++i)
      {
        double sum[N] = {};
        for (unsigned int e = stiffness.begin[i]; e < stiffness.begin[i + 1]; ++e)
        {
          const double k      = stiffness.entry[e];
          const double *value = c.at(stiffness.column[e]) + first;
          for (unsigned int m = 0; m < N; ++m)
            sum[m] += k * value[m];
        }
        double *result = rate.at(i) + first;
        for (unsigned int m = 0; m < N; ++m)
          result[m] -= coefficient[m] * sum[m];
      }
    }
  } // namespace

  Diffusion::Diffusion(const Model &model)
  {
    for (unsigned int s = 0; s < model.species.mobile.size(); ++s)
    {
      const Medium::Diffusivity &diffusivity = model.medium.diffusivity(s);
      const Stiffness &stiffness             = model.level.stiffness(diffusivity);
      coefficient.push_back(diffusivity.coefficient);
      if (!groups.empty() && groups.back().stiffness == &stiffness &&
          groups.back().n_species < largest_group)
        ++groups.back().n_species;
      else
        groups.push_back({&stiffness, s, 1});
    }
  }

  void Diffusion::add_rate(const Equation &, Evaluation &result, Memory *) const
  {
    subtract_flux(result.mobile.view(), result.rate);
  }

  void Diffusion::add_derivative(Memory *, ConstNodeView x, NodeView y) const
  {
    subtract_flux(x, y);
  }

  void Diffusion::subtract_flux(ConstNodeView c, NodeView rate) const
  {
    constexpr decltype(&subtract_rows<1>) rows[largest_group] = {
        &subtract_rows<1>, &subtract_rows<2>, &subtract_rows<3>, &subtract_rows<4>};
    for (const Group &group : groups)
      rows[group.n_species - 1](*group.stiffness, &coefficient[group.first], group.first, c, rate);
  }

  void Diffusion::add_diagonal(const Memory *, NodeView diagonal) const
  {
    for (const Group &group : groups)
      for (std::size_t node = 0; node < diagonal.n_entities(); ++node)
        for (unsigned int s = group.first; s < group.first + group.n_species; ++s)
          diagonal(node, s) += coefficient[s] * group.stiffness->diagonal[node];
  }
} // namespace lacuna
