// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/coarse_mesh.h"

#include <deal.II/grid/manifold.h>

#include <memory>

namespace lacuna
{
  /** New vertices are averaged in the Cartesian coordinates (xi, eta, zeta) of the reference body.
   */
  class CoreChart : public dealii::ChartManifold<dim, dim, dim>
  {
  public:
    explicit CoreChart(std::shared_ptr<const Embedding> embedding);

    std::unique_ptr<dealii::Manifold<dim, dim>> clone() const override;
    dealii::Point<dim> pull_back(const dealii::Point<dim> &point) const override;
    dealii::Point<dim> push_forward(const dealii::Point<dim> &chart_point) const override;

  private:
    std::shared_ptr<const Embedding> embedding;
  };

  /**
   * New vertices are averaged in (rho, t, zeta): the circle of radius rho about (0, drift (1 -
   * rho)) of the reference disc and the angle t on it, clockwise from +eta. Interfaces at constant
   * rho or zeta stay where they are.
   */
  class RingChart : public dealii::ChartManifold<dim, dim, dim>
  {
  public:
    RingChart(std::shared_ptr<const Embedding> embedding, double drift);

    std::unique_ptr<dealii::Manifold<dim, dim>> clone() const override;
    dealii::Point<dim> pull_back(const dealii::Point<dim> &point) const override;
    dealii::Point<dim> push_forward(const dealii::Point<dim> &chart_point) const override;

  private:
    std::shared_ptr<const Embedding> embedding;
    double drift;
  };
} // namespace lacuna
