// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "kernels/kernel_case.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lacuna
{
  KernelCase::KernelCase(const std::vector<std::string> &overrides, const std::string &file)
      : input(read_case(LACUNA_SOURCE_DIR "/tests/data/" + file, overrides, law_lookup())),
        laws(input), geometry(build_geometry(input.geometry, MPI_COMM_WORLD)),
        layout(*geometry, input.geometry.degree), level(input, layout),
        species(make_species(input, true)), model(input, species, level, laws.pointers()),
        boundary(input.boundaries, species, layout, model.points), residual(model, boundary)
  {
  }

  NodeField KernelCase::nodes(const NodeFunction &value) const
  {
    NodeField result(layout.n_nodes, species.mobile.size());
    for_each_value(result,
                   [&](std::size_t node, unsigned int s)
                   {
                     const Coordinates &x = layout.node_position[node];
                     if (!is_hanging(node))
                       result(node, s) = value(s, 1e3 * x[0], 1e3 * x[1], 1e3 * x[2]);
                   });
    return result;
  }

  bool KernelCase::is_hanging(std::size_t node) const
  {
    return layout.hanging.is_constrained(layout.partitioner->local_to_global(node));
  }

  NodeField KernelCase::constant(double value) const
  {
    return nodes([&](unsigned int, double, double, double) { return value; });
  }

  NodeField KernelCase::given() const
  {
    return nodes([&](unsigned int s, double, double, double) { return species.mobile[s].initial; });
  }

  NodeField KernelCase::rough(double scale) const
  {
    return nodes([&](unsigned int s, double x, double y, double z)
                 { return scale * (1.5 + 0.5 * std::sin(100 * (s + 1) + 9 * x + 5 * y + 7 * z)); });
  }

  PointField KernelCase::points(double value) const
  {
    PointField result(layout.n_points(), species.immobile.size());
    result.fill(value);
    return result;
  }

  std::vector<std::string> held_at_right(std::vector<std::string> overrides)
  {
    for (const std::string solute : {"glucose", "lactate"})
    {
      overrides.push_back("Boundary conditions/right/" + solute + "/Type=fixed");
      overrides.push_back("Boundary conditions/right/" + solute + "/Value=1 mM");
    }
    return overrides;
  }

  TermAt::TermAt(const KernelCase &on_, const Term &term_, const NodeField &c, const PointField &n,
                 const Equation &equation)
      : on(on_), term(term_), evaluation(on.residual.make_evaluation()), memory(term.make_memory())
  {
    evaluation.mobile.set(c);
    evaluation.immobile = n;
    term.add_rate(equation, evaluation, memory.get());
  }

  NodeField TermAt::derivative(const NodeField &x)
  {
    NodeField y(x.n_entities(), x.n_species());
    evaluation.direction.set(x);
    term.add_derivative(memory.get(), evaluation.direction.view(), y);
    for_each_value(x,
                   [&](std::size_t node, unsigned int s)
                   {
                     for (unsigned int t = 0; t < x.n_species(); ++t)
                       y(node, s) += evaluation.local(node, s, t) * x(node, t);
                   });
    return y;
  }

  NodeField TermAt::diagonal() const
  {
    NodeField result(on.layout.n_nodes, on.species.mobile.size());
    term.add_diagonal(memory.get(), result);
    return result;
  }

  NodeField sum_of(const NodeField &a, double factor, const NodeField &b)
  {
    NodeField result = a;
    for_each_value(result, [&](std::size_t node, unsigned int s)
                   { result(node, s) += factor * b(node, s); });
    return result;
  }

  NodeField difference(const std::function<NodeField(const NodeField &)> &f, const NodeField &c,
                       const NodeField &x, double e)
  {
    NodeField result = sum_of(f(sum_of(c, e, x)), -1, f(sum_of(c, -e, x)));
    for (double &value : result)
      value /= 2 * e;
    return result;
  }

  double largest(const NodeField &field, unsigned int species)
  {
    double result = 0;
    for (std::size_t node = 0; node < field.n_entities(); ++node)
      result = std::max(result, std::abs(field(node, species)));
    return result;
  }

  double total(const NodeField &field, unsigned int species)
  {
    double result = 0;
    for (std::size_t node = 0; node < field.n_entities(); ++node)
      result += field(node, species);
    return result;
  }

  double relative_difference(const NodeField &a, const NodeField &b)
  {
    const NodeField error = sum_of(a, -1, b);
    double worst          = 0;
    for (unsigned int s = 0; s < b.n_species(); ++s)
    {
      const double e = largest(error, s), scale = largest(b, s);
      if (e > 0)
        worst = std::max(worst, scale > 0 ? e / scale : std::numeric_limits<double>::infinity());
    }
    return worst;
  }
} // namespace lacuna
