// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "commands/laws_of_case.h"
#include "geometry/geometry.h"
#include "support/test_law.h" // with which a case of kernels is written
#include "transport/residual.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace lacuna
{
  /** A value of a mobile species (SI) at a place in mm. */
  using NodeFunction = std::function<double(unsigned int species, double x, double y, double z)>;

  /**
   * What stands between a parameter file and a residual, open to tests of its parts: tests/data's
   * bar.prm unless another file is named.
   */
  struct KernelCase
  {
    explicit KernelCase(const std::vector<std::string> &overrides = {},
                        const std::string &file                   = "bar.prm");

    NodeField nodes(const NodeFunction &value) const; ///< 0 at hanging nodes
    bool is_hanging(std::size_t node) const;          ///< and so no unknown
    NodeField constant(double value) const;
    NodeField given() const; ///< the initial values of the file
    /** Values of no regularity between 1 and 2 times `scale`. */
    NodeField rough(double scale = 1) const;
    PointField points(double value) const; ///< of the immobile species

    const Case input;
    const LawsOfCase laws;
    const std::unique_ptr<Geometry> geometry;
    const StateLayout layout;
    Level level;
    const SpeciesTable species;
    const Model model;
    const Boundary boundary;
    const Residual residual;
  };

  /** The overrides, and glucose and lactate held at 1 mM at the right end of the bar. */
  std::vector<std::string> held_at_right(std::vector<std::string> overrides);

  /** One term on its own, evaluated at c (and n): its rate, and its derivative there. */
  struct TermAt
  {
    TermAt(const KernelCase &on, const Term &term, const NodeField &c, const PointField &n,
           const Equation &equation = {});

    const NodeField &rate() const { return evaluation.rate; }
    NodeField derivative(const NodeField &x); ///< times x, with the local part
    NodeField diagonal() const;

    const KernelCase &on;
    const Term &term;
    Evaluation evaluation;
    std::unique_ptr<Term::Memory> memory;
  };

  /** (f(c + e x) - f(c - e x)) / 2 e. */
  NodeField difference(const std::function<NodeField(const NodeField &)> &f, const NodeField &c,
                       const NodeField &x, double e);

  /** a + factor * b. */
  NodeField sum_of(const NodeField &a, double factor, const NodeField &b);

  /** The largest |a - b| of a species over its largest |b|, the worst of all species; a species
   * whose b is zero everywhere must have a = 0 too. */
  double relative_difference(const NodeField &a, const NodeField &b);

  double largest(const NodeField &field, unsigned int species); ///< absolute value
  double total(const NodeField &field, unsigned int species);
} // namespace lacuna
