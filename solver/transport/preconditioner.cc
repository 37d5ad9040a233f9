// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/preconditioner.h"

#include "transport/petsc_array.h"

#include <algorithm>
#include <cmath>

namespace lacuna
{
  namespace
  {
    /** Sets a PETSc option unless the user has set it. */
    void default_option(const char *name, const char *value)
    {
      PetscBool is_set;
      petsc(PetscOptionsHasName(nullptr, nullptr, name, &is_set));
      if (!is_set)
        petsc(PetscOptionsSetValue(nullptr, name, value));
    }
  } // namespace

  Preconditioner::Preconditioner(Residual &residual_) : residual(residual_)
  {
    const Model &model           = residual.model;
    const unsigned int n_species = model.species.mobile.size();
    const auto first             = model.layout.partitioner->local_range().first;
    fixed_rows.resize(n_species);
    for (const auto &fixed : residual.boundary.fixed)
      fixed_rows[fixed.species].push_back(static_cast<PetscInt>(first + fixed.node));

    // Flat hexahedra give no M-matrix, so the incomplete factor may need a shift to stay positive.
    default_option("-species_sub_pc_type", "icc");
    default_option("-species_sub_pc_factor_shift_type", "positive_definite");
    // Without fill the factor of quadratic elements is so poor that GMRES needs hundreds of
    // iterations on a bar; with one level, a handful.
    const bool quadratic = model.layout.fe.degree > 1;
    default_option("-quadratic_species_sub_pc_type", "icc");
    default_option("-quadratic_species_sub_pc_factor_shift_type", "positive_definite");
    default_option("-quadratic_species_sub_pc_factor_levels", "1");
    for (unsigned int s = 0; s < n_species; ++s)
    {
      Mat matrix;
      Mat stiffness = model.diffusion.operators[model.diffusion.operator_of[s]]->matrix;
      petsc(MatDuplicate(stiffness, MAT_COPY_VALUES, &matrix));
      petsc(MatSetOption(matrix, MAT_KEEP_NONZERO_PATTERN, PETSC_TRUE));
      matrices.push_back(matrix);
      KSP solver;
      petsc(KSPCreate(model.layout.communicator(), &solver));
      petsc(KSPSetOptionsPrefix(solver, quadratic ? "quadratic_species_" : "species_"));
      petsc(KSPSetType(solver, KSPPREONLY));
      PC pc;
      petsc(KSPGetPC(solver, &pc));
      petsc(PCSetType(pc, PCBJACOBI));
      petsc(KSPSetOperators(solver, matrix, matrix));
      petsc(KSPSetFromOptions(solver));
      solvers.push_back(solver);
    }
    if (n_species > 0)
    {
      petsc(MatCreateVecs(matrices.front(), &solution, &right));
      petsc(VecDuplicate(right, &diagonal));
    }
  }

  Preconditioner::~Preconditioner()
  {
    for (auto &matrix : matrices)
      MatDestroy(&matrix);
    for (auto &solver : solvers)
      KSPDestroy(&solver);
    VecDestroy(&diagonal);
    VecDestroy(&right);
    VecDestroy(&solution);
  }

  void Preconditioner::update()
  {
    const Model &model           = residual.model;
    const unsigned int n_species = model.species.mobile.size();
    const double alpha           = residual.current().alpha;
    const bool near =
        factored_alpha >= 0 &&
        (alpha == factored_alpha ||
         (factored_alpha > 0 && std::abs(std::log(alpha / factored_alpha)) < std::log(1.5)));
    if (near)
      return;
    factored_alpha = alpha;
    for (unsigned int s = 0; s < n_species; ++s)
    {
      Mat stiffness = model.diffusion.operators[model.diffusion.operator_of[s]]->matrix;
      petsc(MatCopy(stiffness, matrices[s], SAME_NONZERO_PATTERN));
      petsc(MatScale(matrices[s], model.diffusion.coefficient[s]));
      const bool rests = residual.current().cells_rest && model.species.mobile[s].moves;
      {
        const WriteArray entries(diagonal);
        for (unsigned int node = 0; node < model.layout.n_nodes; ++node)
        {
          const std::size_t row = std::size_t(node) * n_species + s;
          // Production that grows with the species itself would spoil positive definiteness.
          entries[node] =
              alpha * model.storage[row] + std::max(0., -residual.block[row * n_species + s]);
          if (rests)
            entries[node] = 1;
        }
      }
      petsc(MatDiagonalSet(matrices[s], diagonal, ADD_VALUES));
      petsc(MatZeroRowsColumns(matrices[s], fixed_rows[s].size(), fixed_rows[s].data(), 1., nullptr,
                               nullptr));
      petsc(KSPSetOperators(solvers[s], matrices[s], matrices[s]));
      petsc(KSPSetUp(solvers[s]));
    }
  }

  void Preconditioner::apply(Vec x, Vec y)
  {
    const unsigned int n_species = residual.model.species.mobile.size();
    const unsigned int n_nodes   = residual.model.layout.n_nodes;
    const ReadArray from(x);
    const WriteArray to(y);
    for (unsigned int s = 0; s < n_species; ++s)
    {
      {
        const WriteArray part(right);
        for (unsigned int node = 0; node < n_nodes; ++node)
          part[node] = from[std::size_t(node) * n_species + s];
      }
      petsc(KSPSolve(solvers[s], right, solution));
      const ReadArray solved(solution);
      for (unsigned int node = 0; node < n_nodes; ++node)
        to[std::size_t(node) * n_species + s] = solved[node];
    }
  }
} // namespace lacuna
