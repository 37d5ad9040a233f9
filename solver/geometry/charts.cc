// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/charts.h"

#include <cmath>

namespace lacuna
{
  using dealii::Point;

  namespace
  {
    constexpr double two_pi = 2 * dealii::numbers::PI;
  }

  CoreChart::CoreChart(std::shared_ptr<const Embedding> embedding_)
      : embedding(std::move(embedding_))
  {
  }

  std::unique_ptr<dealii::Manifold<dim, dim>> CoreChart::clone() const
  {
    return std::make_unique<CoreChart>(embedding);
  }

  Point<dim> CoreChart::pull_back(const Point<dim> &point) const
  {
    const auto r = embedding->reference({point[0], point[1], point[2]});
    return {r[0], r[1], r[2]};
  }

  Point<dim> CoreChart::push_forward(const Point<dim> &chart_point) const
  {
    const auto p = embedding->position({chart_point[0], chart_point[1], chart_point[2]});
    return {p[0], p[1], p[2]};
  }

  RingChart::RingChart(std::shared_ptr<const Embedding> embedding_, const double drift_)
      : dealii::ChartManifold<dim, dim, dim>(dealii::Tensor<1, dim>(Point<dim>(0, two_pi, 0))),
        embedding(std::move(embedding_)), drift(drift_)
  {
  }

  std::unique_ptr<dealii::Manifold<dim, dim>> RingChart::clone() const
  {
    return std::make_unique<RingChart>(embedding, drift);
  }

  Point<dim> RingChart::pull_back(const Point<dim> &point) const
  {
    // |(xi, eta - drift (1 - rho))| = rho is a quadratic in rho with one positive root.
    const auto r          = embedding->reference({point[0], point[1], point[2]});
    const double offset   = r[1] - drift;
    const double leading  = 1 - drift * drift;
    const double linear   = offset * drift;
    const double constant = r[0] * r[0] + offset * offset;
    const double rho      = (linear + std::sqrt(linear * linear + leading * constant)) / leading;
    const double angle    = std::atan2(r[0], offset + drift * rho);
    return {rho, angle < 0 ? angle + two_pi : angle, r[2]};
  }

  Point<dim> RingChart::push_forward(const Point<dim> &chart_point) const
  {
    const double rho = chart_point[0], angle = chart_point[1];
    const auto p = embedding->position(
        {rho * std::sin(angle), drift * (1 - rho) + rho * std::cos(angle), chart_point[2]});
    return {p[0], p[1], p[2]};
  }
} // namespace lacuna
