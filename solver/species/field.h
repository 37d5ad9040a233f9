// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <vector>

namespace lacuna
{
  /**
   * Values of several species at the nodes, or at the reaction points, of a mesh: a view of one
   * contiguous buffer, [entity][species]. This is the only place that knows the layout; were many
   * variants of a case to advance together, their lane would be a third, innermost index here.
   *
   * `Entity` is Node or Point, so that the two kinds are not taken for one another; `Number` is
   * double, or const double for a view that only reads. Copying a view copies no values.
   */
  template <class Entity, class Number>
  class FieldView
  {
  public:
    FieldView() = default;
    FieldView(Number *values, std::size_t n_entities, unsigned int n_species)
        : first(values), entities(n_entities), species(n_species)
    {
    }
    /** What can be written can be read. */
    template <class Other, class = std::enable_if_t<std::is_same_v<const Other, Number>>>
    FieldView(const FieldView<Entity, Other> &other)
        : first(other.data()), entities(other.n_entities()), species(other.n_species())
    {
    }

    std::size_t n_entities() const { return entities; }
    unsigned int n_species() const { return species; }
    std::size_t size() const { return entities * species; }

    Number &operator()(std::size_t entity, unsigned int s) const
    {
      return first[entity * species + s];
    }
    /** The values of all species at one entity. */
    Number *at(std::size_t entity) const { return first + entity * species; }
    Number *data() const { return first; }
    Number *begin() const { return first; }
    Number *end() const { return first + size(); }

    /** The view of the entities from `first_entity` on. */
    FieldView part(std::size_t first_entity, std::size_t n) const
    {
      return {at(first_entity), n, species};
    }

    void fill(double value) const { std::fill(begin(), end(), value); }

  private:
    Number *first        = nullptr;
    std::size_t entities = 0;
    unsigned int species = 0;
  };

  /** A field that owns its values. */
  template <class Entity>
  class Field
  {
  public:
    using View      = FieldView<Entity, double>;
    using ConstView = FieldView<Entity, const double>;

    Field() = default;
    Field(std::size_t n_entities, unsigned int n_species) { resize(n_entities, n_species); }

    /** Sets the size, and all values to zero. */
    void resize(std::size_t n_entities, unsigned int n_species)
    {
      values.assign(n_entities * n_species, 0.);
      entities = n_entities;
      species  = n_species;
    }

    std::size_t n_entities() const { return entities; }
    unsigned int n_species() const { return species; }
    std::size_t size() const { return values.size(); }

    double &operator()(std::size_t entity, unsigned int s) { return values[entity * species + s]; }
    double operator()(std::size_t entity, unsigned int s) const
    {
      return values[entity * species + s];
    }
    double *at(std::size_t entity) { return view().at(entity); }
    const double *at(std::size_t entity) const { return view().at(entity); }

    View view() { return {values.data(), entities, species}; }
    ConstView view() const { return {values.data(), entities, species}; }
    operator View() { return view(); }
    operator ConstView() const { return view(); }

    double *begin() { return view().begin(); }
    double *end() { return view().end(); }
    const double *begin() const { return view().begin(); }
    const double *end() const { return view().end(); }
    void fill(double value) { view().fill(value); }

  private:
    std::vector<double> values;
    std::size_t entities = 0;
    unsigned int species = 0;
  };

  struct Node;  ///< an unconstrained support point of the finite element
  struct Point; ///< a reaction point: a node in one of the regions that touch it

  using NodeField      = Field<Node>;
  using PointField     = Field<Point>;
  using NodeView       = NodeField::View;
  using ConstNodeView  = NodeField::ConstView;
  using PointView      = PointField::View;
  using ConstPointView = PointField::ConstView;

  /** A matrix of species by species at every node or point: of a function of the species there, its
   * derivative. */
  template <class Entity>
  class Blocks
  {
  public:
    Blocks() = default;
    Blocks(std::size_t n_entities, unsigned int n_species_)
        : values(n_entities * n_species_ * n_species_), n_species(n_species_)
    {
    }
    /** d(value of species s) / d(species t) at an entity. */
    double &operator()(std::size_t entity, unsigned int s, unsigned int t)
    {
      return row(entity, s)[t];
    }
    double operator()(std::size_t entity, unsigned int s, unsigned int t) const
    {
      return row(entity, s)[t];
    }
    double *row(std::size_t entity, unsigned int s)
    {
      return values.data() + (entity * n_species + s) * n_species;
    }
    const double *row(std::size_t entity, unsigned int s) const
    {
      return values.data() + (entity * n_species + s) * n_species;
    }
    void fill(double value) { std::fill(values.begin(), values.end(), value); }

  private:
    std::vector<double> values;
    unsigned int n_species = 0;
  };

  using NodeBlocks  = Blocks<Node>;
  using PointBlocks = Blocks<Point>;

  /** Calls action(entity, species) for every value of a field. */
  template <class AnyField, class Action>
  void for_each_value(const AnyField &field, const Action &action)
  {
    for (std::size_t entity = 0; entity < field.n_entities(); ++entity)
      for (unsigned int s = 0; s < field.n_species(); ++s)
        action(entity, s);
  }
} // namespace lacuna
