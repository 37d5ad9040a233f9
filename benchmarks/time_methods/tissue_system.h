// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "stiff_system.h"
#include "transport/preconditioner/preconditioner.h"
#include "transport/residual.h"
#include "transport/terms/diffusion.h"
#include "transport/terms/exchange.h"

#include <petscksp.h>

#include <memory>
#include <vector>

namespace lacuna
{
  /**
   * The equations of a tissue as one system of ordinary differential equations, y = (c, n): the
   * concentrations c of the mobile species at nodes, then the densities n of the immobile ones at
   * points,
   *
   *   S dc/dt = diffusion + exchange + reaction(c, n),   dn/dt = gain - loss rate * n.
   *
   * In (alpha - J) x = r the immobile species are eliminated at each point,
   *
   *   x_n = (alpha - J_nn)^-1 (r_n + J_nc x_c),
   *
   * exactly, and GMRES solves for x_c, preconditioned as Newton's method does. Cells that move are
   * refused. For one rank.
   */
  class TissueSystem : public StiffSystem
  {
  public:
    explicit TissueSystem(const Residual &residual);
    ~TissueSystem() override;
    TissueSystem(const TissueSystem &)            = delete;
    TissueSystem &operator=(const TissueSystem &) = delete;

    std::size_t size() const override { return n_mobile_values + n_immobile_values; }
    void evaluate(double t, const double *y, double *f) override;
    void prepare(double alpha) override;
    void solve(const Unknowns &r, double accuracy, Unknowns &x) override;
    double size_of(const Unknowns &e, const Unknowns &y) override;

    /** J x. */
    void multiply(const double *x, double *result);
    /** x = about (alpha - J)^-1 r. */
    void precondition(const double *r, double *x);
    /** [value of y]: its weight in the square of a species' size, over that of `y`. */
    Unknowns relative_weights(const double *y);

  private:
    static PetscErrorCode multiply_reduced(Mat, Vec x, Vec y);
    static PetscErrorCode precondition_reduced(PC, Vec x, Vec y);
    struct View
    {
      ConstNodeView mobile;
      ConstPointView immobile;
    };
    View view(const double *y) const;
    double *row(std::size_t point, unsigned int variable)
    {
      return blocks.data() + (point * n_variables + variable) * n_variables;
    }
    void set_up_krylov();
    void add_reactions(double t, const View &y, PointView immobile_rate);
    void keep_point(const Reaction::Batch &batch, unsigned int p, PointView immobile_rate);
    void eliminate(std::size_t point, double alpha);
    void add_point_rates(const PointField &of_points, NodeView sum) const;
    void reduce_right(const View &r);
    void recover_immobile(const View &r, ConstNodeView x, PointView result) const;
    std::vector<double> squares(const View &y) const;

    const Residual &residual;
    const Model &model;
    const Diffusion diffusion;
    const Exchange exchange;
    const std::unique_ptr<Preconditioner> preconditioner;
    const unsigned int n_mobile, n_immobile, n_variables;
    const std::size_t n_points, n_mobile_values, n_immobile_values;

    Evaluation at;
    Evaluation linear; ///< as prepare() found it: local, for the preconditioner
    Reaction::Batch batch;
    NodeBlocks without_reaction; ///< Evaluation::local
    std::vector<double> blocks;  ///< [point], df/dy of all variables
    PointField point_rate;       ///< of the mobile species
    double alpha = 0;
    PointBlocks reduced;                   ///< d(point rate)/dc with the immobile ones eliminated
    std::vector<double> by_immobile;       ///< [point][mobile species], J_cn at the point
    std::vector<double> inverse, followed; ///< [point]: (alpha - J_nn)^-1, and times J_nc
    NodeField right, weight;               ///< of rows of the linear system
    std::vector<double> magnitude;         ///< [variable]: squared sizes, at the last evaluation
    Mat matrix = nullptr;
    KSP krylov = nullptr;
    Vec from = nullptr, to = nullptr;
  };
} // namespace lacuna
