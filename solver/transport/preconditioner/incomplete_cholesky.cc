// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/preconditioner/incomplete_cholesky.h"

#include "transport/petsc_array.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace lacuna
{
  namespace
  {
    /** Sets a PETSc option unless the user has set it. */
    void default_option(const std::string &name, const char *value)
    {
      PetscBool is_set;
      petsc(PetscOptionsHasName(nullptr, nullptr, name.c_str(), &is_set));
      if (!is_set)
        petsc(PetscOptionsSetValue(nullptr, name.c_str(), value));
    }

    /** The same matrix as PETSc keeps it, of all ranks. */
    Mat make_matrix(const StateLayout &layout, const Stiffness &stiffness)
    {
      std::vector<PetscInt> begin{0}, column;
      std::vector<PetscScalar> entry;
      std::vector<std::pair<PetscInt, PetscScalar>> row;
      for (unsigned int node = 0; node < layout.n_nodes; ++node)
      {
        row.clear();
        for (unsigned int e = stiffness.begin[node]; e < stiffness.begin[node + 1]; ++e)
          row.emplace_back(layout.partitioner->local_to_global(stiffness.column[e]),
                           stiffness.entry[e]);
        if (row.empty()) // a hanging node, which is no unknown
          row.emplace_back(layout.partitioner->local_to_global(node), 1.);
        std::sort(row.begin(), row.end());
        for (const auto &[node_of_column, value] : row)
        {
          column.push_back(node_of_column);
          entry.push_back(value);
        }
        begin.push_back(static_cast<PetscInt>(column.size()));
      }
      Mat result;
      petsc(MatCreateMPIAIJWithArrays(layout.communicator(), layout.n_nodes, layout.n_nodes,
                                      PETSC_DETERMINE, PETSC_DETERMINE, begin.data(), column.data(),
                                      entry.data(), &result));
      return result;
    }
  } // namespace

  IncompleteCholesky::IncompleteCholesky(const Model &model_, const Boundary &boundary_)
      : model(model_), boundary(boundary_), factors(model_.species.mobile.size()),
        factored_consumption(model_.layout.n_nodes, model_.species.mobile.size())
  {
    const auto first = model.layout.partitioner->local_range().first;
    for (const auto &fixed : boundary.fixed)
      factors[fixed.species].fixed_rows.push_back(static_cast<PetscInt>(first + fixed.node));
  }

  /** Done when it is first needed: options of PETSc that are set and not used would be complained
   * of at the end. */
  void IncompleteCholesky::set_up()
  {
    is_set_up = true;
    // Without fill the factor of quadratic elements is so poor that GMRES needs hundreds of
    // iterations on a bar; with one level, a handful.
    const bool quadratic     = model.layout.fe.degree > 1;
    const std::string prefix = quadratic ? "quadratic_species_" : "species_";
    default_option("-" + prefix + "sub_pc_type", "icc");
    // Flat hexahedra give no M-matrix, so the incomplete factor may need a shift to stay positive.
    default_option("-" + prefix + "sub_pc_factor_shift_type", "positive_definite");
    if (quadratic)
      default_option("-" + prefix + "sub_pc_factor_levels", "1");
    for (unsigned int s = 0; s < factors.size(); ++s)
    {
      const Stiffness &operator_of_species = model.level.stiffness(model.medium.diffusivity(s));
      Mat &stiffness                       = stiffnesses[&operator_of_species];
      if (stiffness == nullptr)
        stiffness = make_matrix(model.layout, operator_of_species);
      factors[s].stiffness = stiffness;
      petsc(MatDuplicate(stiffness, MAT_COPY_VALUES, &factors[s].matrix));
      petsc(MatSetOption(factors[s].matrix, MAT_KEEP_NONZERO_PATTERN, PETSC_TRUE));
      KSP &solver = factors[s].solver;
      petsc(KSPCreate(model.layout.communicator(), &solver));
      petsc(KSPSetOptionsPrefix(solver, prefix.c_str()));
      petsc(KSPSetType(solver, KSPPREONLY));
      PC pc;
      petsc(KSPGetPC(solver, &pc));
      petsc(PCSetType(pc, PCBJACOBI));
      petsc(KSPSetOperators(solver, factors[s].matrix, factors[s].matrix));
      petsc(KSPSetFromOptions(solver));
    }
    if (!factors.empty())
    {
      petsc(MatCreateVecs(factors.front().matrix, &solution, &right));
      petsc(VecDuplicate(right, &diagonal));
    }
  }

  IncompleteCholesky::~IncompleteCholesky()
  {
    for (auto &[of, matrix] : stiffnesses)
      MatDestroy(&matrix);
    for (Factors &species : factors)
    {
      MatDestroy(&species.matrix);
      KSPDestroy(&species.solver);
    }
    VecDestroy(&diagonal);
    VecDestroy(&right);
    VecDestroy(&solution);
  }

  /**
   * Factors of alpha' S + D0 K serve for alpha: the generalised eigenvalues of the one matrix
   * against the other lie between alpha / alpha' and 1, so up to a ratio of 1.5 GMRES needs at most
   * a few iterations more, where factoring costs as much as about ten of them.
   */
  bool IncompleteCholesky::serves_alpha(double alpha) const
  {
    constexpr double near = 1.5;
    return factored_alpha >= 0 &&
           (alpha == factored_alpha ||
            (factored_alpha > 0 && alpha < near * factored_alpha && factored_alpha < near * alpha));
  }

  /** Whether consumption, which saturating kinetics hide in a fed tissue, has changed by less than
   * a half of all that is on the diagonal besides diffusion. */
  bool IncompleteCholesky::serves_consumption(const Evaluation &at) const
  {
    constexpr double part = 0.5;
    const unsigned int n  = factors.size();
    std::vector<double> sums(2 * n, 0.); // changes, all
    for (std::size_t node = 0; node < model.layout.n_nodes; ++node)
      for (unsigned int s = 0; s < n; ++s)
      {
        const double now = consumption(at, node, s), then = factored_consumption(node, s);
        sums[s] += std::abs(now - then);
        sums[n + s] += std::max(now, then) + at.equation.alpha * model.storage(node, s);
      }
    dealii::Utilities::MPI::sum(sums, model.layout.communicator(), sums);
    bool serves = true;
    for (unsigned int s = 0; s < n; ++s)
      serves = serves && (is_held(s) || sums[s] <= part * sums[n + s]);
    return serves;
  }

  bool IncompleteCholesky::serves(const Evaluation &at) const
  {
    return serves_alpha(at.equation.alpha) && serves_consumption(at);
  }

  void IncompleteCholesky::update(const Evaluation &at)
  {
    if (!is_set_up)
      set_up();
    current = &at;
    if (serves(at))
      return;
    factored_alpha = at.equation.alpha;
    for (unsigned int s = 0; s < factors.size(); ++s)
      factor(s, at);
  }

  bool IncompleteCholesky::is_held(unsigned int species) const
  {
    return current->equation.holds(model.species.mobile[species]);
  }

  void IncompleteCholesky::factor(unsigned int s, const Evaluation &at)
  {
    Mat matrix = factors[s].matrix;
    petsc(MatCopy(factors[s].stiffness, matrix, SAME_NONZERO_PATTERN));
    petsc(MatScale(matrix, model.medium.diffusivity(s).coefficient));
    {
      const WriteArray entries(diagonal);
      for (unsigned int node = 0; node < model.layout.n_nodes; ++node)
      {
        factored_consumption(node, s) = consumption(at, node, s);
        entries[node] =
            is_held(s) ? 1.
                       : at.equation.alpha * model.storage(node, s) + factored_consumption(node, s);
      }
    }
    petsc(MatDiagonalSet(matrix, diagonal, ADD_VALUES));
    const std::vector<PetscInt> &rows = factors[s].fixed_rows;
    petsc(MatZeroRowsColumns(matrix, rows.size(), rows.data(), 1., nullptr, nullptr));
    petsc(KSPSetOperators(factors[s].solver, matrix, matrix));
    petsc(KSPSetUp(factors[s].solver));
  }

  /** What the rate at a node changes by the species that are solved already. */
  double IncompleteCholesky::carried_over(std::size_t node, unsigned int s, ConstNodeView y) const
  {
    double sum          = 0;
    const double *local = current->local.row(node, s);
    for (unsigned int t = 0; t < s; ++t)
      sum += local[t] * y(node, t);
    return sum;
  }

  void IncompleteCholesky::apply(ConstNodeView x, NodeView y)
  {
    for (unsigned int s = 0; s < factors.size(); ++s)
    {
      {
        const WriteArray part(right);
        for (std::size_t node = 0; node < x.n_entities(); ++node)
          part[node] = x(node, s) +
                       (is_held(s) || boundary.is_fixed(node, s) ? 0 : carried_over(node, s, y));
      }
      petsc(KSPSolve(factors[s].solver, right, solution));
      const ReadArray solved(solution);
      for (std::size_t node = 0; node < y.n_entities(); ++node)
        y(node, s) = solved[node];
    }
  }
} // namespace lacuna
