// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/preconditioner/linearised_level.h"

#include "transport/dense.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <utility>

namespace lacuna
{
  namespace
  {
    /** Makes of a row and column of a matrix those of the identity. */
    void leave_out(double *matrix, unsigned int n, unsigned int s)
    {
      for (unsigned int t = 0; t < n; ++t)
        matrix[s * n + t] = matrix[t * n + s] = s == t ? 1 : 0;
    }

    /** Inverts a small dense matrix; held rows and columns of the inverse are zero. */
    void invert(const double *matrix, const double *held, unsigned int n, std::vector<double> &work,
                double *inverse)
    {
      work.assign(matrix, matrix + n * n);
      std::fill_n(inverse, n * n, 0.);
      for (unsigned int s = 0; s < n; ++s)
      {
        inverse[s * n + s] = 1;
        if (held[s] != 0 || work[s * n + s] == 0)
          leave_out(work.data(), n, s);
      }
      solve_dense(work.data(), inverse, n, n);
      for (unsigned int s = 0; s < n; ++s)
        if (held[s] != 0)
          inverse[s * n + s] = 0;
    }
  } // namespace

  LinearisedLevel::LinearisedLevel(Level &level, const Medium &medium, unsigned int n_species_)
      : layout(level.layout), n_species(n_species_),
        n_quads((n_species_ + quad_size - 1) / quad_size),
        lines(level.stiffness(medium.diffusivity(0)))
  {
    number_nodes();
    take_rows(level, medium);
    x.reinit(partitioner);
    const std::size_t n = layout.n_nodes;
    for (Quads *values : {&right, &correction, &direction, &tie})
      values->assign(n * n_quads, Quad{});
    for (Quads *matrices : {&blocks, &inverses})
      matrices->assign(n * n_species * n_quads, Quad{});
  }

  /** Numbers the nodes along the lines, on all ranks, and finds the ghosts anew. */
  void LinearisedLevel::number_nodes()
  {
    place.resize(layout.n_nodes);
    for (unsigned int p = 0; p < lines.node.size(); ++p)
      place[lines.node[p]] = p;

    const dealii::types::global_dof_index first = layout.partitioner->local_range().first;
    StateLayout::NodeVector number(layout.partitioner);
    for (unsigned int node = 0; node < layout.n_nodes; ++node)
      number.local_element(node) = first + place[node];
    number.update_ghost_values();

    const unsigned int values = n_quads * quad_size;
    dealii::IndexSet owned(layout.n_global_nodes() * values), ghosts(owned.size());
    owned.add_range(first * values, (first + layout.n_nodes) * values);
    const unsigned int n_ghosts = layout.partitioner->n_ghost_indices();
    std::vector<dealii::types::global_dof_index> numbers;
    for (unsigned int g = 0; g < n_ghosts; ++g)
    {
      numbers.push_back(number.local_element(layout.n_nodes + g));
      ghosts.add_range(numbers.back() * values, (numbers.back() + 1) * values);
    }
    ghosts.compress();
    partitioner =
        std::make_shared<dealii::Utilities::MPI::Partitioner>(owned, ghosts, layout.communicator());
    for (const auto ghost : numbers)
      place.push_back(partitioner->global_to_local(ghost * values) / values);
  }

  void LinearisedLevel::take_rows(Level &level, const Medium &medium)
  {
    std::map<const Stiffness *, const std::vector<float> *> taken;
    for (unsigned int s = 0; s < n_species; ++s)
    {
      stiffness.push_back(&level.stiffness(medium.diffusivity(s)));
      coefficient.push_back(medium.diffusivity(s).coefficient);
      const Stiffness &from            = *stiffness.back();
      const std::vector<float> *&found = taken[&from];
      if (found == nullptr)
      {
        entries.push_back(std::make_unique<std::vector<float>>());
        found = entries.back().get();
        entries.back()->reserve(from.entry.size());
        for (const unsigned int node : lines.node)
          for (unsigned int e = from.begin[node]; e < from.begin[node + 1]; ++e)
            entries.back()->push_back(static_cast<float>(from.entry[e]));
      }
      const unsigned int quad = s / quad_size;
      auto group              = std::find_if(groups.begin(), groups.end(),
                                             [&](const Group &other)
                                             { return other.quad == quad && other.entries == found; });
      if (group == groups.end())
        group = groups.insert(groups.end(), {quad, found, Quad{}});
      group->coefficient[s % quad_size] = static_cast<float>(coefficient.back());
    }
    const Stiffness &pattern = *stiffness.front(); // all have the same
    columns.reserve(pattern.entry.size());
    begin.assign(1, 0);
    for (const unsigned int node : lines.node)
    {
      for (unsigned int e = pattern.begin[node]; e < pattern.begin[node + 1]; ++e)
        columns.push_back(place[pattern.column[e]] * n_quads);
      begin.push_back(columns.size());
    }
  }

  void LinearisedLevel::set(ConstNodeView block, ConstNodeView held)
  {
    if (largest == 0)
    {
      // Of diffusion alone: what B adds to A and M alike brings their ratio nearer to 1.
      factor(NodeField(layout.n_nodes, n_species * n_species), held);
      largest = largest_eigenvalue();
    }
    held_unknowns.clear();
    for (unsigned int p = 0; p < layout.n_nodes; ++p)
      for (unsigned int s = 0; s < n_species; ++s)
      {
        if (held(lines.node[p], s) != 0)
          held_unknowns.emplace_back(p, s);
        for (unsigned int t = 0; t < n_species; ++t)
          blocks[(p * n_species + t) * n_quads + s / quad_size][s % quad_size] =
              static_cast<float>(block(lines.node[p], s * n_species + t));
      }
    factor(block, held);
  }

  /** Block elimination along every line: the pivot of a node is its block of A less tie (pivot of
   * its predecessor)^-1 tie. */
  void LinearisedLevel::factor(ConstNodeView block, ConstNodeView held)
  {
    const unsigned int n = n_species;
    std::vector<double> pivot(n * n), inverse(n * n), ties(n), work;
    for (unsigned int p = 0; p < layout.n_nodes; ++p)
    {
      const unsigned int node = lines.node[p];
      std::copy_n(block.at(node), n * n, pivot.begin());
      for (unsigned int s = 0; s < n; ++s)
        pivot[s * n + s] += coefficient[s] * stiffness[s]->diagonal[node];
      if (lines.continues[p])
      {
        const unsigned int before = lines.node[p - 1];
        for (unsigned int s = 0; s < n; ++s)
        {
          const bool is_free = held(node, s) == 0 && held(before, s) == 0;
          ties[s]            = is_free ? coefficient[s] * stiffness[s]->entry[lines.entry[p]] : 0;
          tie[p * n_quads + s / quad_size][s % quad_size] = static_cast<float>(ties[s]);
        }
        for (unsigned int s = 0; s < n; ++s)
          for (unsigned int t = 0; t < n; ++t)
            pivot[s * n + t] -= ties[s] * inverse[s * n + t] * ties[t];
      }
      invert(pivot.data(), held.at(node), n, work, inverse.data());
      for (unsigned int s = 0; s < n; ++s)
        for (unsigned int t = 0; t < n; ++t)
          inverses[(p * n + t) * n_quads + s / quad_size][s % quad_size] =
              static_cast<float>(inverse[s * n + t]);
    }
  }

  void LinearisedLevel::set_right(ConstNodeView values)
  {
    for (unsigned int p = 0; p < layout.n_nodes; ++p)
      for (unsigned int s = 0; s < n_species; ++s)
        right[p * n_quads + s / quad_size][s % quad_size] =
            static_cast<float>(values(lines.node[p], s));
  }

  void LinearisedLevel::clear_solution()
  {
    x.zero_out_ghost_values();
    std::fill(x.begin(), x.begin() + layout.n_nodes * n_quads * quad_size, 0.F);
    direction.assign(direction.size(), Quad{});
    x_is_zero = true;
  }

  void LinearisedLevel::add_to_solution(ConstNodeView change)
  {
    x_is_zero = false;
    for (unsigned int p = 0; p < layout.n_nodes; ++p)
      for (unsigned int s = 0; s < n_species; ++s)
        x.local_element(p * n_quads * quad_size + s) +=
            static_cast<float>(change(lines.node[p], s));
  }

  void LinearisedLevel::get_solution(NodeView values) const
  {
    for (unsigned int p = 0; p < layout.n_nodes; ++p)
      for (unsigned int s = 0; s < n_species; ++s)
        values(lines.node[p], s) = x.local_element(p * n_quads * quad_size + s);
  }

  const QuadInFloats *LinearisedLevel::values_with_ghosts()
  {
    x.update_ghost_values();
    return reinterpret_cast<const QuadInFloats *>(x.begin());
  }

  /** One quad of the product of the matrix at a place with a vector there. */
  template <class AnyQuad>
  inline Quad LinearisedLevel::multiply(const Quads &matrices, std::size_t p, unsigned int quad,
                                        const AnyQuad *vector) const
  {
    const Quad *matrix = &matrices[p * n_species * n_quads + quad];
    Quad sum{};
    for (unsigned int t = 0; t < n_species; ++t)
      sum += matrix[t * n_quads] * vector[t / quad_size][t % quad_size];
    return sum;
  }

  /** One quad of right - A x at a place. */
  inline Quad LinearisedLevel::row_residual(std::size_t p, unsigned int quad,
                                            const QuadInFloats *at) const
  {
    Quad result = right[p * n_quads + quad];
    for (const Group &group : groups)
    {
      if (group.quad != quad)
        continue;
      const float *const k             = group.entries->data() + begin[p];
      const unsigned int *const column = columns.data() + begin[p];
      const QuadInFloats *const from   = at + quad;
      const std::size_t n              = begin[p + 1] - begin[p];
      // Sums that need not wait for one another.
      Quad first{}, second{}, third{}, fourth{};
      std::size_t e = 0;
      for (; e + 3 < n; e += 4)
      {
        first += k[e] * from[column[e]];
        second += k[e + 1] * from[column[e + 1]];
        third += k[e + 2] * from[column[e + 2]];
        fourth += k[e + 3] * from[column[e + 3]];
      }
      for (; e < n; ++e)
        first += k[e] * from[column[e]];
      result -= group.coefficient * ((first + second) + (third + fourth));
    }
    return result - multiply(blocks, p, quad, at + p * n_quads);
  }

  void LinearisedLevel::get_residual(NodeView result)
  {
    const QuadInFloats *at = values_with_ghosts();
    for (unsigned int p = 0; p < layout.n_nodes; ++p)
      for (unsigned int q = 0; q < n_quads; ++q)
      {
        const Quad row = row_residual(p, q, at);
        for (unsigned int s = q * quad_size; s < std::min(n_species, (q + 1) * quad_size); ++s)
          result(lines.node[p], s) = row[s % quad_size];
      }
    for (const auto &[p, s] : held_unknowns)
      result(lines.node[p], s) = 0;
  }

  /** The first half of correction = M^-1 (right - A x): from the beginnings of the lines to their
   * ends. */
  void LinearisedLevel::eliminate()
  {
    const QuadInFloats *at = x_is_zero ? nullptr : values_with_ghosts();
    Quads row(n_quads);
    for (std::size_t p = 0; p < layout.n_nodes; ++p)
    {
      for (unsigned int q = 0; q < n_quads; ++q)
      {
        row[q] = x_is_zero ? right[p * n_quads + q] : row_residual(p, q, at);
        if (lines.continues[p])
          row[q] -= tie[p * n_quads + q] * correction[(p - 1) * n_quads + q];
      }
      for (unsigned int q = 0; q < n_quads; ++q)
        correction[p * n_quads + q] = multiply(inverses, p, q, row.data());
    }
  }

  /** The second half, from their ends to their beginnings; direction = keep * direction + add *
   * correction, x += direction. */
  void LinearisedLevel::substitute(float keep, float add)
  {
    auto *const to = reinterpret_cast<QuadInFloats *>(x.begin());
    x_is_zero      = false;
    Quads after(n_quads);
    for (std::size_t p = layout.n_nodes; p-- > 0;)
    {
      Quad *const value = &correction[p * n_quads];
      if (p + 1 < layout.n_nodes && lines.continues[p + 1])
      {
        for (unsigned int q = 0; q < n_quads; ++q)
          after[q] = tie[(p + 1) * n_quads + q] * correction[(p + 1) * n_quads + q];
        for (unsigned int q = 0; q < n_quads; ++q)
          value[q] -= multiply(inverses, p, q, after.data());
      }
      for (unsigned int q = 0; q < n_quads; ++q)
      {
        Quad &along = direction[p * n_quads + q];
        along       = keep * along + add * value[q];
        to[p * n_quads + q] += along;
      }
    }
  }

  /** The three-term recurrence of the Chebyshev polynomials (Saad, Iterative Methods for Sparse
   * Linear Systems, algorithm 12.1). */
  void LinearisedLevel::smooth(const Polynomial &polynomial)
  {
    const double smallest = largest / polynomial.ratio;
    const double centre = (largest + smallest) / 2, half_width = (largest - smallest) / 2;
    const double sigma = centre / half_width;
    double rho = 1 / sigma, keep = 0, add = 1 / centre;
    for (unsigned int k = 0; k < polynomial.degree; ++k)
    {
      eliminate();
      substitute(static_cast<float>(keep), static_cast<float>(add));
      const double next = 1 / (2 * sigma - rho);
      keep              = next * rho;
      add               = 2 * next / half_width;
      rho               = next;
    }
  }

  /** By power iteration, with a margin for what it has not seen yet. */
  double LinearisedLevel::largest_eigenvalue()
  {
    constexpr double margin = 1.1;
    // The long polynomial of the coarsest level does not forgive an eigenvalue that was not seen.
    const unsigned int n_iterations = layout.n_global_nodes() > 10000 ? 20 : 100;
    std::minstd_rand random(1);
    std::uniform_real_distribution<float> between(-1, 1);
    float *const vector = x.begin();
    const std::size_t n = std::size_t(layout.n_nodes) * n_quads * quad_size;
    for (std::size_t i = 0; i < n; ++i)
      vector[i] = i % (n_quads * quad_size) < n_species ? between(random) : 0;
    right.assign(right.size(), Quad{});
    const auto norm = [&]
    {
      double sum = 0;
      for (std::size_t i = 0; i < n; ++i)
        sum += double(vector[i]) * vector[i];
      return std::sqrt(dealii::Utilities::MPI::sum(sum, layout.communicator()));
    };
    double result = 1, before = norm();
    for (unsigned int k = 0; k < n_iterations && before > 0; ++k)
    {
      for (std::size_t i = 0; i < n; ++i)
        vector[i] /= static_cast<float>(before);
      eliminate();
      direction.assign(direction.size(), Quad{});
      std::fill(vector, vector + n, 0.F);
      substitute(0, -1);
      before = norm();
      result = before;
    }
    return margin * result;
  }
} // namespace lacuna
