// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "species/bolus.h"

#include "config/quantity.h"
#include "config/user_error.h"
#include "species/dose_moments.h"
#include "species/locate.h"

#include <deal.II/base/mpi.h>
#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/fe_values.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <utility>

namespace lacuna
{
  namespace
  {
    constexpr unsigned int samples_per_direction = 5; // of a cell
    constexpr unsigned int n_moments_kept        = std::tuple_size<Moments>::value;
    constexpr double most_excess = 1.4; // of the density on a mesh over that of the bolus

    std::string joined(const std::vector<std::string> &names)
    {
      std::string result;
      for (const auto &name : names)
        result += (result.empty() ? "" : ", ") + name;
      return result;
    }

    std::string millilitres(double volume)
    {
      char text[32];
      std::snprintf(text, sizeof(text), "%.3g mL", 1e6 * volume);
      return text;
    }

    /** Works out the shares of one bolus. */
    class Placement
    {
    public:
      Placement(const InjectionSettings &injection_, const StateLayout &layout_,
                const std::vector<RegionProperties> &tissue_)
          : injection(injection_), layout(layout_), tissue(tissue_),
            weights(layout_.geometry.regions.size()), admitted(layout_.geometry.regions.size())
      {
        for (auto &vector : weights)
          vector.reinit(layout.partitioner);
        for (unsigned int r = 0; r < admitted.size(); ++r)
          admitted[r] = std::count(injection.regions.begin(), injection.regions.end(),
                                   layout.geometry.regions[r]) > 0;
      }

      Bolus place()
      {
        if (injection.shape == BolusShape::ellipsoid)
        {
          const double scale = choose_scale();
          for (unsigned int d = 0; d < dim; ++d)
            bolus.half_axes[d] = scale * injection.half_axes[d];
          const double width = edge_width(scale);
          add_samples([&](const dealii::Point<dim> &x)
                      { return density_at(distance(x) / scale, width); });
        }
        else if (injection.shape == BolusShape::gaussian)
        {
          const double variance = injection.standard_deviation * injection.standard_deviation;
          bolus.half_axes.fill(injection.standard_deviation);
          add_samples(
              [&](const dealii::Point<dim> &x)
              {
                double squared = 0;
                for (unsigned int d = 0; d < dim; ++d)
                  squared += (x[d] - injection.site[d]) * (x[d] - injection.site[d]);
                return std::exp(-0.5 * squared / variance);
              });
        }
        const double site_extent = find_site();
        normalise();
        if (bolus.half_axes[0] > 0)
        {
          keep_moments();
          find_peak();
          warn_if_narrow(site_extent);
        }
        return bolus;
      }

    private:
      /** Distance from the site in units of the ellipsoid's proportions. */
      double distance(const dealii::Point<dim> &x) const
      {
        double squared = 0;
        for (unsigned int d = 0; d < dim; ++d)
          squared += std::pow((x[d] - injection.site[d]) / injection.half_axes[d], 2);
        return std::sqrt(squared);
      }

      /** In units of the ellipsoid's shortest half-axis. */
      double edge_width(double scale) const
      {
        const double shortest_axis =
            scale * *std::min_element(injection.half_axes.begin(), injection.half_axes.end());
        if (injection.edge_width > 2 * shortest_axis)
          throw UserError(injection.location.text() + ": injection '" + injection.name +
                          "' has an edge of " + shortest(1e3 * injection.edge_width) +
                          " mm, but its bolus is only " +
                          shortest(std::round(2e5 * shortest_axis) / 1e2) +
                          " mm across; write a smaller 'Edge width'.");
        return injection.edge_width / shortest_axis;
      }

      /** 1 inside, 0 outside, and between them linear, with a half where the ellipsoid ends. */
      static double density_at(double distance, double width)
      {
        if (width == 0)
          return distance < 1 ? 1 : 0;
        return std::clamp((1 - distance) / width + 0.5, 0., 1.);
      }

      /** Place in units of the bolus, from its site. */
      Coordinates relative(const dealii::Point<dim> &x) const
      {
        Coordinates result;
        for (unsigned int d = 0; d < dim; ++d)
          result[d] = (x[d] - injection.site[d]) / bolus.half_axes[d];
        return result;
      }

      Moments moments_at(const dealii::Point<dim> &x) const
      {
        const auto [a, b, c] = relative(x);
        return {a, b, c, a * a, b * b, c * c, b * c, a * c, a * b};
      }

      /** An ellipsoid that no wall cuts is known in closed form. */
      double choose_scale()
      {
        constexpr double pi = 3.14159265358979323846;
        const auto &axes    = injection.half_axes;
        const double whole =
            std::cbrt(injection.volume / (4. / 3 * pi * axes[0] * axes[1] * axes[2]));
        is_whole = !injection.infiltrating && !is_cut(whole);
        return is_whole ? whole : find_scale();
      }

      bool leads_out(const dealii::DoFHandler<dim>::active_cell_iterator &cell,
                     unsigned int face) const
      {
        if (cell->at_boundary(face))
          return true;
        auto neighbour = cell->neighbor(face);
        while (neighbour->has_children())
          neighbour = neighbour->child(0);
        return !admitted[neighbour->material_id()];
      }

      /** Whether a face that leads out of the named regions lies within the scaled ellipsoid. */
      bool is_cut(double scale) const
      {
        const dealii::QIterated<dim - 1> samples(dealii::QTrapezoid<1>(), 6);
        dealii::FEFaceValues<dim> values(*layout.geometry.mapping, layout.fe, samples,
                                         dealii::update_quadrature_points);
        bool cut = false;
        for (const auto &cell : layout.dof_handler.active_cell_iterators())
          if (cell->is_locally_owned() && admitted[cell->material_id()])
            for (const unsigned int face : cell->face_indices())
              if (leads_out(cell, face))
              {
                values.reinit(cell, face);
                for (const auto &x : values.get_quadrature_points())
                  cut = cut || distance(x) < scale;
              }
        return dealii::Utilities::MPI::max(int(cut), layout.communicator()) > 0;
      }

      /** The moments of the bolus itself: of an ellipsoid in closed form, else of its samples. */
      Moments moments_of_bolus() const
      {
        if (is_whole && injection.edge_width == 0)
          return {0, 0, 0, 0.2, 0.2, 0.2, 0, 0, 0};
        return averaged(sampled, sampled_volume);
      }

      /** Over all ranks, of weighted sums of moments and the weight of them all. */
      Moments averaged(const Moments &weighted, double weight) const
      {
        std::vector<double> sums(weighted.begin(), weighted.end());
        sums.push_back(weight);
        dealii::Utilities::MPI::sum(sums, layout.communicator(), sums);
        Moments result;
        for (unsigned int a = 0; a < result.size(); ++a)
          result[a] = sums[a] / sums.back();
        return result;
      }

      /** [point] */
      std::vector<Moments> moments_of_points() const
      {
        std::vector<Moments> result;
        for (const unsigned int node : layout.point_node)
        {
          const Coordinates &x = layout.node_position[node];
          result.push_back(moments_at({x[0], x[1], x[2]}));
        }
        return result;
      }

      /**
       * Gives the shares, each at the place of its point, the centre and the second moments of the
       * bolus: diffusion keeps them exactly so. Taking shares by shape functions spreads the bolus,
       * and what makes up for that raises its density above the dose's: by as little as serves.
       * Where the mesh is too coarse for that, the second moments come as near as they can.
       */
      void keep_moments()
      {
        if (whole_dose)
          return;
        const Moments wanted = moments_of_bolus();
        const auto moments   = moments_of_points();
        const Moments own    = moments_of_shares(moments);
        for (const double excess : {1.02, 1.05, 1.1, 1.2, most_excess})
          if (shift_shares(moments, wanted, n_moments_kept, excess))
          {
            bolus.n_moments = n_moments_kept;
            return;
          }
        for (double part = 0.9; part > 0.05; part -= 0.1)
          if (shift_shares(moments, between(own, wanted, part), n_moments_kept, most_excess))
          {
            bolus.n_moments = dim;
            return;
          }
        if (shift_shares(moments, wanted, dim, most_excess))
          bolus.n_moments = dim;
      }

      Moments moments_of_shares(const std::vector<Moments> &moments) const
      {
        Moments sums{};
        double all = 0;
        for (std::size_t p = 0; p < moments.size(); ++p)
        {
          all += bolus.share[p];
          for (unsigned int a = 0; a < sums.size(); ++a)
            sums[a] += bolus.share[p] * moments[p][a];
        }
        return averaged(sums, all);
      }

      /** The wanted centre, and second moments that go a part of the way to the wanted ones. */
      static Moments between(const Moments &own, const Moments &wanted, double part)
      {
        Moments result = wanted;
        for (unsigned int a = dim; a < result.size(); ++a)
          result[a] = own[a] + part * (wanted[a] - own[a]);
        return result;
      }

      bool shift_shares(const std::vector<Moments> &moments, const Moments &target,
                        unsigned int n_moments, double excess)
      {
        constexpr double nearly_filled = 0.99; // a share can yet grow
        std::vector<double> bound(bolus.share.size()), share = bolus.share;
        for (std::size_t p = 0; p < bound.size(); ++p)
        {
          bound[p] = excess * layout.point_weight[p] / bolus.tissue_volume;
          share[p] = std::min(share[p], nearly_filled * bound[p]);
        }
        if (!match_moments(moments, target, n_moments, bound, share, layout.communicator()))
          return false;
        bolus.share = share;
        return true;
      }

      void find_peak()
      {
        double peak = 0;
        for (unsigned int p = 0; p < layout.n_points(); ++p)
          peak = std::max(peak, bolus.share[p] / layout.point_weight[p]);
        bolus.peak = dealii::Utilities::MPI::max(peak, layout.communicator());
      }

      template <class Action>
      void for_each_admitted_cell(dealii::UpdateFlags flags, const Action &action) const
      {
        const dealii::QIterated<dim> samples(dealii::QMidpoint<1>(), samples_per_direction);
        dealii::FEValues<dim> values(*layout.geometry.mapping, layout.fe, samples,
                                     flags | dealii::update_quadrature_points |
                                         dealii::update_JxW_values);
        for (const auto &cell : layout.dof_handler.active_cell_iterators())
          if (cell->is_locally_owned() && admitted[cell->material_id()])
          {
            values.reinit(cell);
            action(cell, values);
          }
      }

      /** The scale at which the clipped ellipsoid holds the fluid. */
      double find_scale()
      {
        std::vector<std::pair<double, double>> samples; // distance, fluid volume it can hold
        for_each_admitted_cell(
            dealii::update_default,
            [&](const auto &cell, const auto &values)
            {
              const Property &porosity = tissue[cell->material_id()].porosity;
              for (unsigned int q = 0; q < values.n_quadrature_points; ++q)
              {
                const auto &x = values.quadrature_point(q);
                samples.emplace_back(
                    distance(x),
                    values.JxW(q) * (injection.infiltrating ? porosity({x[0], x[1], x[2]}) : 1.));
              }
            });
        std::sort(samples.begin(), samples.end());
        for (std::size_t k = 1; k < samples.size(); ++k)
          samples[k].second += samples[k - 1].second;

        const MPI_Comm communicator = layout.communicator();
        const auto held             = [&](double scale)
        {
          const auto above =
              std::lower_bound(samples.begin(), samples.end(), std::make_pair(scale, 0.));
          return dealii::Utilities::MPI::sum(above == samples.begin() ? 0. : (above - 1)->second,
                                             communicator);
        };
        double high = dealii::Utilities::MPI::max(samples.empty() ? 0. : samples.back().first,
                                                  communicator) *
                      (1 + 1e-9),
               low            = 0;
        const double capacity = held(high);
        if (capacity < injection.volume)
          throw UserError(injection.location.text() + ": injection '" + injection.name + "' puts " +
                          millilitres(injection.volume) + " into '" + joined(injection.regions) +
                          "', which can hold " + millilitres(capacity) +
                          (injection.infiltrating ? " in its pores" : "") +
                          "; inject less, or name more regions.");
        for (unsigned int k = 0; k < 60; ++k)
        {
          const double middle                            = 0.5 * (low + high);
          (held(middle) < injection.volume ? low : high) = middle;
        }
        return high;
      }

      template <class Indicator>
      void add_samples(const Indicator &indicator)
      {
        std::vector<dealii::types::global_dof_index> nodes(layout.fe.n_dofs_per_cell());
        dealii::Vector<double> local(nodes.size());
        for_each_admitted_cell(dealii::update_values,
                               [&](const auto &cell, const auto &values)
                               {
                                 local    = 0;
                                 bool any = false;
                                 for (unsigned int q = 0; q < values.n_quadrature_points; ++q)
                                   if (const double chi = indicator(values.quadrature_point(q));
                                       chi > 0)
                                   {
                                     any                 = true;
                                     const double volume = chi * values.JxW(q);
                                     const Moments at    = moments_at(values.quadrature_point(q));
                                     sampled_volume += volume;
                                     for (unsigned int a = 0; a < at.size(); ++a)
                                       sampled[a] += volume * at[a];
                                     for (unsigned int i = 0; i < nodes.size(); ++i)
                                       local(i) += chi * values.shape_value(i, q) * values.JxW(q);
                                   }
                                 if (any)
                                 {
                                   cell->get_dof_indices(nodes);
                                   layout.hanging.distribute_local_to_global(
                                       local, nodes, weights[cell->material_id()]);
                                 }
                               });
      }

      /**
       * Finds the cell of the site (the first by number where several touch it), gives it the whole
       * dose if no sample fell into the bolus, and returns the cell's smallest extent.
       */
      double find_site()
      {
        const MPI_Comm communicator = layout.communicator();
        double any                  = 0;
        for (const auto &vector : weights)
          for (unsigned int i = 0; i < layout.n_nodes; ++i)
            any += std::abs(vector.local_element(i));
        whole_dose = dealii::Utilities::MPI::sum(any, communicator) ==
                     0; // before ghosts are added: any sample counts

        const dealii::Point<dim> site(injection.site[0], injection.site[1], injection.site[2]);
        const Place place = locate(layout, site, [&](unsigned int r) { return admitted[r]; });
        if (!place.found)
          throw UserError(injection.location.text() + ": the site of injection '" + injection.name +
                          "' (" + shortest(1e3 * site[0]) + ", " + shortest(1e3 * site[1]) + ", " +
                          shortest(1e3 * site[2]) + ") mm does not lie in '" +
                          joined(injection.regions) +
                          "'; 'lacuna check' prints where the regions are.");
        double extent = 0;
        if (place.mine)
        {
          extent = place.cell->minimum_vertex_distance();
          if (whole_dose)
          {
            std::vector<dealii::types::global_dof_index> nodes(layout.fe.n_dofs_per_cell());
            dealii::Vector<double> local(nodes.size());
            place.cell->get_dof_indices(nodes);
            for (unsigned int i = 0; i < nodes.size(); ++i)
              local(i) = std::max(0., layout.fe.shape_value(i, place.reference));
            layout.hanging.distribute_local_to_global(local, nodes,
                                                      weights[place.cell->material_id()]);
          }
        }
        return dealii::Utilities::MPI::max(extent, communicator);
      }

      void normalise()
      {
        for (auto &vector : weights)
          vector.compress(dealii::VectorOperation::add);
        const MPI_Comm communicator = layout.communicator();
        bolus.share.resize(layout.n_points());
        double sum = 0, volume = 0;
        for (unsigned int p = 0; p < layout.n_points(); ++p)
        {
          const double weight = weights[layout.point_region[p]].local_element(layout.point_node[p]);
          // Quadratic shape functions dip below zero at the edge of the bolus; cells do not.
          bolus.share[p] = std::max(0., weight);
          sum += bolus.share[p];
          volume += weight;
        }
        sum = dealii::Utilities::MPI::sum(sum, communicator);
        for (double &share : bolus.share)
          share /= sum;
        find_peak();
        bolus.tissue_volume = whole_dose || (is_whole && injection.edge_width == 0)
                                  ? injection.volume
                                  : dealii::Utilities::MPI::sum(volume, communicator);
      }

      void warn_if_narrow(double cell_extent)
      {
        const double narrowest =
            2 * *std::min_element(bolus.half_axes.begin(), bolus.half_axes.end());
        if (narrowest < 2 * cell_extent)
          bolus.warnings.push_back(
              "injection '" + injection.name + "': the bolus is " +
              shortest(std::round(1e5 * narrowest) / 1e2) + " mm across, less than two cells of " +
              shortest(std::round(1e5 * cell_extent) / 1e2) +
              " mm; its peak density depends on the mesh (raise Geometry/Global refinements)");
      }

      const InjectionSettings &injection;
      const StateLayout &layout;
      const std::vector<RegionProperties> &tissue;
      std::vector<StateLayout::NodeVector> weights; ///< [region]
      std::vector<bool> admitted;                   ///< [region]
      bool whole_dose = false; ///< in the site's cell, because no sample fell into the bolus
      bool is_whole   = false; ///< an ellipsoid that no wall cuts
      Moments sampled{};       ///< sums over the samples in the bolus, of this rank
      double sampled_volume = 0;
      Bolus bolus;
    };
  } // namespace

  Bolus place_bolus(const InjectionSettings &injection, const StateLayout &layout,
                    const std::vector<RegionProperties> &tissue)
  {
    return Placement(injection, layout, tissue).place();
  }
} // namespace lacuna
