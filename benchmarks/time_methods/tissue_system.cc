// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "tissue_system.h"

#include "config/user_error.h"
#include "transport/batches.h"
#include "transport/dense.h"
#include "transport/petsc_array.h"
#include "transport/preconditioner/incomplete_cholesky.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lacuna
{
  TissueSystem::TissueSystem(const Residual &residual_)
      : residual(residual_), model(residual_.model), diffusion(model), exchange(residual_.boundary),
        preconditioner(std::make_unique<IncompleteCholesky>(model, residual_.boundary)),
        n_mobile(model.species.mobile.size()), n_immobile(model.species.immobile.size()),
        n_variables(n_mobile + n_immobile), n_points(model.layout.n_points()),
        n_mobile_values(std::size_t(model.layout.n_nodes) * n_mobile),
        n_immobile_values(n_points * n_immobile), at(residual_.make_evaluation()),
        linear(residual_.make_evaluation()), batch(model.reaction.make_batch()),
        without_reaction(model.layout.n_nodes, n_mobile),
        blocks(n_points * n_variables * n_variables), point_rate(n_points, n_mobile),
        reduced(n_points, n_mobile), by_immobile(n_points * n_mobile * n_immobile),
        inverse(n_points * n_immobile * n_immobile), followed(n_points * n_immobile * n_mobile),
        right(model.layout.n_nodes, n_mobile), weight(model.layout.n_nodes, n_mobile)
  {
    if (!model.reaction.moving.empty())
      throw UserError("cells that move are not among what this benchmark can do");
    if (model.input.solver.consistent_share > 0)
      throw UserError(
          "this benchmark compares lumped reactions only: write 'set Reactions = lumped'");
    set_up_krylov();
  }

  TissueSystem::~TissueSystem()
  {
    KSPDestroy(&krylov);
    MatDestroy(&matrix);
    VecDestroy(&from);
    VecDestroy(&to);
  }

  void TissueSystem::set_up_krylov()
  {
    const MPI_Comm communicator = model.layout.communicator();
    const PetscInt n            = n_mobile_values;
    petsc(VecCreateMPI(communicator, n, PETSC_DETERMINE, &from));
    petsc(VecDuplicate(from, &to));
    petsc(MatCreateShell(communicator, n, n, PETSC_DETERMINE, PETSC_DETERMINE, this, &matrix));
    petsc(
        MatShellSetOperation(matrix, MATOP_MULT, reinterpret_cast<void (*)()>(&multiply_reduced)));
    petsc(KSPCreate(communicator, &krylov));
    petsc(KSPSetOperators(krylov, matrix, matrix));
    petsc(KSPSetType(krylov, KSPGMRES));
    petsc(KSPGMRESSetRestart(krylov, 60));
    petsc(KSPSetPCSide(krylov, PC_RIGHT));
    PC pc;
    petsc(KSPGetPC(krylov, &pc));
    petsc(PCSetType(pc, PCSHELL));
    petsc(PCShellSetContext(pc, this));
    petsc(PCShellSetApply(pc, &precondition_reduced));
  }

  TissueSystem::View TissueSystem::view(const double *y) const
  {
    return {{y, model.layout.n_nodes, n_mobile}, {y + n_mobile_values, n_points, n_immobile}};
  }

  void TissueSystem::evaluate(double t, const double *y, double *f)
  {
    const View state = view(y);
    at.equation      = Equation();
    at.equation.time = t;
    at.mobile.set(state.mobile);
    at.totals    = Totals(n_mobile);
    at.imbalance = Imbalance(n_mobile);
    at.rate.fill(0);
    at.local.fill(0);
    diffusion.add_rate(at.equation, at, nullptr);
    exchange.add_rate(at.equation, at, nullptr);
    without_reaction = at.local;
    add_reactions(t, state, {f + n_mobile_values, n_points, n_immobile});
    const NodeView slope(f, model.layout.n_nodes, n_mobile);
    for_each_value(slope, [&](std::size_t node, unsigned int s)
                   { slope(node, s) = at.rate(node, s) / model.storage(node, s); });
    for (const auto &fixed : residual.boundary.fixed)
      slope(fixed.node, fixed.species) = fixed.value->rate(t);
    magnitude = squares(state);
  }

  void TissueSystem::add_reactions(double t, const View &y, PointView immobile_rate)
  {
    for_each_batch(model.layout, model.reaction, at.mobile.view(), y.immobile, batch,
                   [&](unsigned int, unsigned int)
                   {
                     model.reaction.evaluate(batch, model.points, t);
                     for (unsigned int p = 0; p < batch.n_points; ++p)
                       keep_point(batch, p, immobile_rate);
                   });
    add_point_rates(point_rate, at.rate);
  }

  void TissueSystem::keep_point(const Reaction::Batch &from_batch, unsigned int p,
                                PointView immobile_rate)
  {
    const std::size_t point = from_batch.first_point + p;
    for (unsigned int s = 0; s < n_mobile; ++s)
    {
      point_rate(point, s) = from_batch.mobile_gain.row(s)[p] - from_batch.mobile_loss.row(s)[p];
      for (unsigned int v = 0; v < n_variables; ++v)
        row(point, s)[v] = from_batch.d_mobile.row(s * n_variables + v)[p];
    }
    for (unsigned int k = 0; k < n_immobile; ++k)
    {
      const double n = from_batch.state.row(n_mobile + k)[p], loss = from_batch.loss_rate.row(k)[p];
      immobile_rate(point, k) = from_batch.gain.row(k)[p] - loss * n;
      double *slopes          = row(point, n_mobile + k);
      for (unsigned int v = 0; v < n_variables; ++v)
        slopes[v] = from_batch.d_gain.row(k * n_variables + v)[p] -
                    n * from_batch.d_loss_rate.row(k * n_variables + v)[p];
      slopes[n_mobile + k] -= loss;
    }
  }

  /** Brings rates at points to nodes, lumped. */
  void TissueSystem::add_point_rates(const PointField &of_points, NodeView sum) const
  {
    for (std::size_t p = 0; p < n_points; ++p)
      for (unsigned int s = 0; s < n_mobile; ++s)
        sum(model.layout.point_node[p], s) += model.layout.point_weight[p] * of_points(p, s);
  }

  void TissueSystem::eliminate(std::size_t point, double with_alpha)
  {
    const unsigned int m = n_mobile + n_immobile; // right-hand sides: J_nc, then 1
    std::vector<double> a(n_immobile * n_immobile), x(n_immobile * m, 0.);
    for (unsigned int k = 0; k < n_immobile; ++k)
    {
      const double *slopes = row(point, n_mobile + k);
      for (unsigned int l = 0; l < n_immobile; ++l)
        a[k * n_immobile + l] = (k == l ? with_alpha : 0) - slopes[n_mobile + l];
      std::copy_n(slopes, n_mobile, x.begin() + k * m);
      x[k * m + n_mobile + k] = 1;
    }
    solve_dense(a.data(), x.data(), n_immobile, m);
    for (unsigned int k = 0; k < n_immobile; ++k)
    {
      std::copy_n(x.begin() + k * m, n_mobile,
                  followed.begin() + (point * n_immobile + k) * n_mobile);
      std::copy_n(x.begin() + k * m + n_mobile, n_immobile,
                  inverse.begin() + (point * n_immobile + k) * n_immobile);
    }
    for (unsigned int s = 0; s < n_mobile; ++s)
    {
      const double *slopes = row(point, s);
      std::copy_n(slopes + n_mobile, n_immobile,
                  by_immobile.begin() + (point * n_mobile + s) * n_immobile);
      for (unsigned int t = 0; t < n_mobile; ++t)
      {
        double sum = slopes[t];
        for (unsigned int k = 0; k < n_immobile; ++k)
          sum += slopes[n_mobile + k] * x[k * m + t];
        reduced(point, s, t) = sum;
      }
    }
  }

  void TissueSystem::prepare(double alpha_)
  {
    alpha                 = alpha_;
    linear.equation       = at.equation;
    linear.equation.alpha = alpha;
    linear.local          = without_reaction;
    for (std::size_t p = 0; p < n_points; ++p)
    {
      eliminate(p, alpha);
      for (unsigned int s = 0; s < n_mobile; ++s)
        for (unsigned int t = 0; t < n_mobile; ++t)
          linear.local(model.layout.point_node[p], s, t) +=
              model.layout.point_weight[p] * reduced(p, s, t);
    }
    preconditioner->update(linear);
    // Residuals in units of the error that they make: diffusion and consumption amplify nothing.
    for_each_value(
        weight, [&](std::size_t node, unsigned int s)
        { weight(node, s) = 1 / (alpha * std::sqrt(model.storage(node, s) * magnitude[s])); });
  }

  PetscErrorCode TissueSystem::multiply_reduced(Mat matrix, Vec x, Vec y)
  {
    void *context;
    petsc(MatShellGetContext(matrix, &context));
    auto &self = *static_cast<TissueSystem *>(context);
    const ReadArray values(x);
    const WriteArray entries(y);
    const ConstNodeView in(values, self.model.layout.n_nodes, self.n_mobile);
    const NodeView out(entries, in.n_entities(), in.n_species());
    out.fill(0);
    self.linear.direction.set(in);
    self.diffusion.add_derivative(nullptr, self.linear.direction.view(), out);
    for_each_value(out,
                   [&](std::size_t node, unsigned int s)
                   {
                     for (unsigned int t = 0; t < self.n_mobile; ++t)
                       out(node, s) += self.without_reaction(node, s, t) * in(node, t);
                   });
    PointField rates(self.n_points, self.n_mobile);
    for_each_value(rates,
                   [&](std::size_t p, unsigned int s)
                   {
                     const double *change = in.at(self.model.layout.point_node[p]);
                     for (unsigned int t = 0; t < self.n_mobile; ++t)
                       rates(p, s) += self.reduced(p, s, t) * change[t];
                   });
    self.add_point_rates(rates, out);
    for_each_value(out,
                   [&](std::size_t node, unsigned int s)
                   {
                     out(node, s) = self.weight(node, s) *
                                    (self.residual.boundary.is_fixed(node, s)
                                         ? in(node, s)
                                         : self.alpha * self.model.storage(node, s) * in(node, s) -
                                               out(node, s));
                   });
    return 0;
  }

  PetscErrorCode TissueSystem::precondition_reduced(PC pc, Vec x, Vec y)
  {
    void *context;
    petsc(PCShellGetContext(pc, &context));
    auto &self = *static_cast<TissueSystem *>(context);
    const ReadArray values(x);
    const WriteArray entries(y);
    const ConstNodeView in(values, self.model.layout.n_nodes, self.n_mobile);
    NodeField unweighted(in.n_entities(), in.n_species());
    for_each_value(unweighted, [&](std::size_t node, unsigned int s)
                   { unweighted(node, s) = in(node, s) / self.weight(node, s); });
    self.preconditioner->apply(unweighted, NodeView(entries, in.n_entities(), in.n_species()));
    return 0;
  }

  /** right = S r_c + what the rates owe to (alpha - J_nn)^-1 r_n. */
  void TissueSystem::reduce_right(const View &r)
  {
    right.fill(0);
    if (n_immobile > 0)
    {
      PointField own(n_points, n_immobile), rates(n_points, n_mobile);
      recover_immobile(r, {}, own);
      for_each_value(rates,
                     [&](std::size_t p, unsigned int s)
                     {
                       for (unsigned int k = 0; k < n_immobile; ++k)
                         rates(p, s) +=
                             by_immobile[(p * n_mobile + s) * n_immobile + k] * own(p, k);
                     });
      add_point_rates(rates, right);
    }
    for_each_value(right, [&](std::size_t node, unsigned int s)
                   { right(node, s) += model.storage(node, s) * r.mobile(node, s); });
    for (const auto &fixed : residual.boundary.fixed)
      right(fixed.node, fixed.species) = r.mobile(fixed.node, fixed.species) / alpha;
  }

  /** x_n = (alpha - J_nn)^-1 (r_n + J_nc x_c), without x_c if there is none. */
  void TissueSystem::recover_immobile(const View &r, ConstNodeView x, PointView result) const
  {
    for_each_value(result,
                   [&](std::size_t p, unsigned int k)
                   {
                     const double *of_rest = inverse.data() + (p * n_immobile + k) * n_immobile;
                     const double *of_node = followed.data() + (p * n_immobile + k) * n_mobile;
                     double sum            = 0;
                     for (unsigned int l = 0; l < n_immobile; ++l)
                       sum += of_rest[l] * r.immobile(p, l);
                     if (x.data() != nullptr)
                       for (unsigned int t = 0; t < n_mobile; ++t)
                         sum += of_node[t] * x(model.layout.point_node[p], t);
                     result(p, k) = sum;
                   });
  }

  void TissueSystem::solve(const Unknowns &r, double accuracy, Unknowns &x)
  {
    const View given = view(r.data());
    reduce_right(given);
    {
      const WriteArray entries(from);
      for_each_value(right, [&](std::size_t node, unsigned int s)
                     { entries[node * n_mobile + s] = weight(node, s) * right(node, s); });
    }
    petsc(KSPSetTolerances(krylov, 1e-12, accuracy, PETSC_DEFAULT, 500));
    petsc(KSPSolve(krylov, from, to));
    PetscInt iterations;
    petsc(KSPGetIterationNumber(krylov, &iterations));
    ++n_solves;
    n_iterations += iterations;
    {
      const ReadArray solved(to);
      std::copy_n(static_cast<const PetscScalar *>(solved), n_mobile_values, x.begin());
    }
    recover_immobile(given, view(x.data()).mobile,
                     {x.data() + n_mobile_values, n_points, n_immobile});
  }

  std::vector<double> TissueSystem::squares(const View &y) const
  {
    std::vector<double> result(n_variables, 0.);
    for_each_value(y.mobile, [&](std::size_t node, unsigned int s)
                   { result[s] += model.storage(node, s) * std::pow(y.mobile(node, s), 2); });
    for_each_value(
        y.immobile, [&](std::size_t p, unsigned int k)
        { result[n_mobile + k] += model.layout.point_weight[p] * std::pow(y.immobile(p, k), 2); });
    // As TimeIntegrator does: what has just begun to arrive is held against its typical value.
    for (unsigned int s = 0; s < n_mobile; ++s)
      result[s] = std::max(result[s], model.level.volume * std::pow(1e-2 * model.scale[s], 2));
    return result;
  }

  double TissueSystem::size_of(const Unknowns &e, const Unknowns &y)
  {
    const std::vector<double> whole = squares(view(y.data()));
    std::vector<double> part(n_variables, 0.);
    const View error = view(e.data());
    for_each_value(error.mobile, [&](std::size_t node, unsigned int s)
                   { part[s] += model.storage(node, s) * std::pow(error.mobile(node, s), 2); });
    for_each_value(error.immobile,
                   [&](std::size_t p, unsigned int k) {
                     part[n_mobile + k] +=
                         model.layout.point_weight[p] * std::pow(error.immobile(p, k), 2);
                   });
    double result = 0;
    for (unsigned int v = 0; v < n_variables; ++v)
      if (whole[v] > 0)
        result = std::max(result, part[v] / whole[v]);
    for (const double value : part)
      if (!std::isfinite(value))
        return NAN;
    return std::sqrt(result);
  }

  Unknowns TissueSystem::relative_weights(const double *y)
  {
    const std::vector<double> whole = squares(view(y));
    Unknowns result(size());
    for (std::size_t node = 0; node < model.layout.n_nodes; ++node)
      for (unsigned int s = 0; s < n_mobile; ++s)
        result[node * n_mobile + s] = model.storage(node, s) / whole[s];
    for (std::size_t p = 0; p < n_points; ++p)
      for (unsigned int k = 0; k < n_immobile; ++k)
        result[n_mobile_values + p * n_immobile + k] =
            model.layout.point_weight[p] / std::max(whole[n_mobile + k], 1e-300);
    return result;
  }

  void TissueSystem::multiply(const double *x, double *result)
  {
    const View in = view(x);
    const NodeView out(result, model.layout.n_nodes, n_mobile);
    const PointView out_immobile(result + n_mobile_values, n_points, n_immobile);
    out.fill(0);
    at.direction.set(in.mobile);
    diffusion.add_derivative(nullptr, at.direction.view(), out);
    PointField rates(n_points, n_mobile);
    for (std::size_t p = 0; p < n_points; ++p)
      for (unsigned int v = 0; v < n_variables; ++v)
      {
        const double *slopes = row(p, v), *change = in.mobile.at(model.layout.point_node[p]);
        double sum = 0;
        for (unsigned int t = 0; t < n_mobile; ++t)
          sum += slopes[t] * change[t];
        for (unsigned int k = 0; k < n_immobile; ++k)
          sum += slopes[n_mobile + k] * in.immobile(p, k);
        (v < n_mobile ? rates(p, v) : out_immobile(p, v - n_mobile)) = sum;
      }
    add_point_rates(rates, out);
    for_each_value(out,
                   [&](std::size_t node, unsigned int s)
                   {
                     for (unsigned int t = 0; t < n_mobile; ++t)
                       out(node, s) += without_reaction(node, s, t) * in.mobile(node, t);
                     out(node, s) /= model.storage(node, s);
                   });
    for (const auto &fixed : residual.boundary.fixed)
      out(fixed.node, fixed.species) = 0;
  }

  void TissueSystem::precondition(const double *r, double *x)
  {
    const View given = view(r);
    reduce_right(given);
    preconditioner->apply(right, {x, model.layout.n_nodes, n_mobile});
    recover_immobile(given, view(x).mobile, {x + n_mobile_values, n_points, n_immobile});
  }
} // namespace lacuna
