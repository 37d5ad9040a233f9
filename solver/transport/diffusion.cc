// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/diffusion.h"

#include "config/quantity.h"
#include "tissue/hindrance.h"
#include "transport/petsc_check.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/dofs/dof_tools.h>
#include <deal.II/fe/fe_values.h>
#include <deal.II/lac/dynamic_sparsity_pattern.h>
#include <deal.II/lac/full_matrix.h>
#include <deal.II/lac/sparsity_tools.h>

#include <algorithm>
#include <cmath>

namespace lacuna
{
  namespace
  {
    /** f(x) of one species in every region; species with equal keys share an operator. */
    struct Hindrance
    {
      std::vector<Property> factor;
      std::vector<std::string> key;
    };

    Hindrance hindrance_of(const Species &species, SoluteBalance balance,
                           const std::vector<RegionProperties> &tissue)
    {
      Hindrance result;
      const bool per_pore_water =
          species.basis == Basis::pore_water && balance == SoluteBalance::pore_water;
      for (const auto &region : tissue)
      {
        const auto given = region.diffusivity.find(species.name);
        if (species.hindrance != DeclaredSpecies::Hindrance::mackie_meares)
        {
          // Per tissue volume, and hindered alike everywhere: the species' coefficient holds it.
          const bool by_pores = per_pore_water;
          result.factor.push_back([by_pores, phi = region.porosity](const Coordinates &x)
                                  { return by_pores ? phi(x) : 1.; });
          result.key.emplace_back(by_pores ? "pores" : "free");
        }
        else if (given != region.diffusivity.end())
        {
          const double ratio = given->second / species.diffusivity;
          result.factor.push_back(
              [ratio, per_pore_water, phi = region.porosity](const Coordinates &x)
              { return per_pore_water ? ratio * phi(x) : ratio; });
          result.key.push_back(shortest(ratio));
        }
        else
        {
          result.factor.push_back(
              [per_pore_water, phi = region.porosity](const Coordinates &x)
              {
                const double porosity = phi(x);
                return mackie_meares(porosity) * (per_pore_water ? porosity : 1.);
              });
          result.key.emplace_back("matrix");
        }
      }
      return result;
    }

    void assemble(const StateLayout &layout, const Hindrance &hindrance,
                  dealii::PETScWrappers::MPI::SparseMatrix &matrix)
    {
      const dealii::IndexSet &owned = layout.dof_handler.locally_owned_dofs();
      dealii::IndexSet relevant     = layout.hanging.get_local_lines();
      dealii::DynamicSparsityPattern pattern(relevant);
      dealii::DoFTools::make_sparsity_pattern(layout.dof_handler, pattern, layout.hanging, false);
      dealii::SparsityTools::distribute_sparsity_pattern(pattern, owned, layout.communicator(),
                                                         relevant);
      matrix.reinit(owned, owned, pattern, layout.communicator());

      const dealii::QGauss<dim> quadrature(layout.fe.degree + 1);
      dealii::FEValues<dim> values(*layout.geometry.mapping, layout.fe, quadrature,
                                   dealii::update_gradients | dealii::update_JxW_values |
                                       dealii::update_quadrature_points);
      const unsigned int n = layout.fe.n_dofs_per_cell();
      dealii::FullMatrix<double> local(n, n);
      std::vector<dealii::types::global_dof_index> nodes(n);
      for (const auto &cell : layout.dof_handler.active_cell_iterators())
        if (cell->is_locally_owned())
        {
          values.reinit(cell);
          local                  = 0;
          const Property &factor = hindrance.factor[cell->material_id()];
          for (unsigned int q = 0; q < quadrature.size(); ++q)
          {
            const auto &x  = values.quadrature_point(q);
            const double f = factor({x[0], x[1], x[2]}) * values.JxW(q);
            for (unsigned int i = 0; i < n; ++i)
              for (unsigned int j = 0; j < n; ++j)
                local(i, j) += f * (values.shape_grad(i, q) * values.shape_grad(j, q));
          }
          cell->get_dof_indices(nodes);
          layout.hanging.distribute_local_to_global(local, nodes, matrix);
        }
      matrix.compress(dealii::VectorOperation::add);
    }

    /** Copies the owned rows into plain arrays with local columns. */
    void extract_rows(const StateLayout &layout, Stiffness &stiffness)
    {
      const auto [first, last] = stiffness.matrix.local_range();
      Mat matrix               = stiffness.matrix;
      stiffness.begin.assign(1, 0);
      for (auto row = first; row < last; ++row)
      {
        PetscInt n;
        const PetscInt *columns;
        const PetscScalar *entries;
        petsc(MatGetRow(matrix, row, &n, &columns, &entries));
        for (PetscInt k = 0; k < n; ++k)
        {
          if (columns[k] == static_cast<PetscInt>(row))
            stiffness.diagonal.push_back(entries[k]);
          stiffness.column.push_back(layout.partitioner->global_to_local(columns[k]));
          stiffness.k.push_back(entries[k]);
        }
        petsc(MatRestoreRow(matrix, row, &n, &columns, &entries));
        stiffness.begin.push_back(stiffness.column.size());
      }
    }
  } // namespace

  Diffusion::Diffusion(const Case &input, const SpeciesTable &species, const StateLayout &layout,
                       const std::vector<RegionProperties> &tissue)
      : n_nodes(layout.n_nodes)
  {
    std::vector<std::vector<std::string>> keys;
    for (const Species &one : species.mobile)
    {
      const Hindrance hindrance = hindrance_of(one, input.balance, tissue);
      const auto known          = std::find(keys.begin(), keys.end(), hindrance.key);
      operator_of.push_back(known - keys.begin());
      const bool fibres = one.hindrance == DeclaredSpecies::Hindrance::ogston;
      coefficient.push_back(one.diffusivity * (fibres ? ogston(one.radius) : 1.));
      if (known != keys.end())
        continue;
      keys.push_back(hindrance.key);
      operators.push_back(std::make_unique<Stiffness>());
      assemble(layout, hindrance, operators.back()->matrix);
      extract_rows(layout, *operators.back());
    }
  }

  namespace
  {
    /**
     * rate -= D0 K c for N species that follow one another in the blocks of `n_species` and share
     * K; N is fixed so that the sums stay in registers.
     */
    template <unsigned int N>
    void subtract_rows(const Stiffness &stiffness, const double *coefficient, const double *c,
                       double *rate, unsigned int n_nodes, unsigned int n_species)
    {
      for (unsigned int i = 0; i < n_nodes; ++i)
      {
        double sum[N] = {};
        for (unsigned int e = stiffness.begin[i]; e < stiffness.begin[i + 1]; ++e)
        {
          const double k      = stiffness.k[e];
          const double *value = c + std::size_t(stiffness.column[e]) * n_species;
          for (unsigned int m = 0; m < N; ++m)
            sum[m] += k * value[m];
        }
        for (unsigned int m = 0; m < N; ++m)
          rate[std::size_t(i) * n_species + m] -= coefficient[m] * sum[m];
      }
    }
  } // namespace

  void Diffusion::subtract_flux(const double *c, double *rate) const
  {
    const unsigned int n_species = operator_of.size();
    for (unsigned int first = 0; first < n_species;)
    {
      unsigned int last = first + 1;
      while (last < n_species && last - first < 4 && operator_of[last] == operator_of[first])
        ++last;
      const auto rows = last - first == 1   ? &subtract_rows<1>
                        : last - first == 2 ? &subtract_rows<2>
                        : last - first == 3 ? &subtract_rows<3>
                                            : &subtract_rows<4>;
      rows(*operators[operator_of[first]], &coefficient[first], c + first, rate + first, n_nodes,
           n_species);
      first = last;
    }
  }

  void Diffusion::add_magnitude(const double *c, std::vector<double> &magnitude) const
  {
    const unsigned int n_species = operator_of.size();
    for (unsigned int s = 0; s < n_species; ++s)
    {
      const auto &diagonal = operators[operator_of[s]]->diagonal;
      double sum           = 0;
      for (unsigned int i = 0; i < n_nodes; ++i)
        sum += diagonal[i] * std::abs(c[std::size_t(i) * n_species + s]);
      magnitude[s] += coefficient[s] * sum;
    }
  }
} // namespace lacuna
