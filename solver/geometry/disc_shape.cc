// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/disc_shape.h"

#include "config/in_mm.h"
#include "config/user_error.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace lacuna
{
  namespace
  {
    constexpr double pi = 3.14159265358979323846;

    /** The reference heights between which zeta is linear. */
    constexpr std::array<double, 4> zeta_knots{0, 0.1, 0.9, 1};

    /** Area of the image of the circle of radius r about (0, e), over that of the whole disc;
     * exact. */
    double area_fraction(const double r, const double e, const double k2, const double q)
    {
      return r * r * ((1 + 2 * k2 * e) * (1 + 3 * q * e * e) + 6 * q * k2 * e * r * r);
    }

    std::string millimetres(const double metres)
    {
      return in_mm(metres, 3);
    }
  } // namespace

  DiscShape::DiscShape(const LumbarDiscSettings &measures) : settings(measures)
  {
    const double k2 = settings.kidney_ratio, q = settings.squareness;
    if (k2 < 0 || k2 >= 0.5 || std::abs(q) >= 1. / 9)
      throw UserError("The outline of the lumbar disc folds over itself.\nIt needs a kidney ratio "
                      "from 0 to 0.35 "
                      "and a squareness between -0.1 and 0.1.");
    a1 = settings.width / (2 * (1 - q));
    a3 = q * a1;
    // Beyond k2 = 1/4 the back is concave and its hindmost points lie beside the mid-plane.
    b1             = settings.depth / (k2 <= 0.25 ? 2 : 1 + 2 * k2 + 1 / (8 * k2));
    b2             = k2 * b1;
    posterior_edge = b1 + b2 - settings.depth;
    check_heights();
    fit_nucleus();
  }

  std::array<double, 2> DiscShape::section(const double xi, const double eta) const
  {
    return {a1 * xi + a3 * xi * (3 * eta * eta - xi * xi), b1 * eta + b2 * (eta * eta - xi * xi)};
  }

  std::array<double, 2> DiscShape::section_inverse(const double x, const double y) const
  {
    double xi = x / a1, eta = y / b1;
    for (unsigned int step = 0; step < 30; ++step)
    {
      const auto at      = section(xi, eta);
      const double rx    = at[0] - x;
      const double ry    = at[1] - y;
      const double x_xi  = a1 + 3 * a3 * (eta * eta - xi * xi);
      const double x_eta = 6 * a3 * xi * eta;
      const double y_xi  = -2 * b2 * xi;
      const double y_eta = b1 + 2 * b2 * eta;
      const double scale = 1 / (x_xi * y_eta - x_eta * y_xi);
      const double d_xi  = (y_eta * rx - x_eta * ry) * scale;
      const double d_eta = (x_xi * ry - y_xi * rx) * scale;
      xi -= d_xi;
      eta -= d_eta;
      if (std::abs(d_xi) + std::abs(d_eta) < 1e-15)
        break;
    }
    return {xi, eta};
  }

  double DiscShape::height(const double y) const
  {
    return settings.posterior_height + (settings.anterior_height - settings.posterior_height) *
                                           (y - posterior_edge) / settings.depth;
  }

  double DiscShape::bulge(const double xi, const double eta) const
  {
    const double from_apex = eta - settings.bulge_apex;
    const double ratio =
        (xi * xi + from_apex * from_apex) / (settings.bulge_radius * settings.bulge_radius);
    return ratio < 1 ? (1 - ratio) * (1 - ratio) : 0;
  }

  double DiscShape::endplate_thickness(const double xi, const double eta) const
  {
    const double towards_rim = std::min(1., (xi * xi + eta * eta) / (0.7 * 0.7));
    return settings.endplate_thickness_centre +
           (settings.endplate_thickness_rim - settings.endplate_thickness_centre) * towards_rim;
  }

  std::array<double, 4> DiscShape::levels(const double xi, const double eta) const
  {
    const double half   = height(section(xi, eta)[1]) / 2;
    const double bulged = bulge(xi, eta);
    const double bottom = -half - settings.inferior_bulge * bulged;
    const double top    = half + settings.superior_bulge * bulged;
    const double plate  = endplate_thickness(xi, eta);
    return {bottom, bottom + plate, top - plate, top};
  }

  Coordinates DiscShape::position(const Coordinates &reference) const
  {
    const auto xy           = section(reference[0], reference[1]);
    const auto z            = levels(reference[0], reference[1]);
    const double zeta       = reference[2];
    const unsigned int part = zeta < zeta_knots[1] ? 0 : zeta < zeta_knots[2] ? 1 : 2;
    const double share      = (zeta - zeta_knots[part]) / (zeta_knots[part + 1] - zeta_knots[part]);
    return {xy[0], xy[1], z[part] + share * (z[part + 1] - z[part])};
  }

  Coordinates DiscShape::reference(const Coordinates &position) const
  {
    const auto disc         = section_inverse(position[0], position[1]);
    const auto z            = levels(disc[0], disc[1]);
    const unsigned int part = position[2] < z[1] ? 0 : position[2] < z[2] ? 1 : 2;
    const double share      = (position[2] - z[part]) / (z[part + 1] - z[part]);
    return {disc[0], disc[1], zeta_knots[part] + share * (zeta_knots[part + 1] - zeta_knots[part])};
  }

  double DiscShape::area() const
  {
    return pi * a1 * b1;
  }

  double DiscShape::section_centroid() const
  {
    return b2 * (1 + 3 * settings.squareness) / 2;
  }

  double DiscShape::nucleus_area_fraction() const
  {
    return area_fraction(radius, centre, settings.kidney_ratio, settings.squareness);
  }

  double DiscShape::nucleus_offset() const
  {
    // y times the Jacobian is a polynomial of degree 6 in (xi, eta): five Gauss points in the
    // radius and twelve equidistant angles integrate it exactly.
    constexpr std::array<double, 5> points{0.046910077030668, 0.230765344947158, 0.5,
                                           0.769234655052842, 0.953089922969332};
    constexpr std::array<double, 5> weights{0.118463442528095, 0.239314335249683, 0.284444444444444,
                                            0.239314335249683, 0.118463442528095};
    constexpr unsigned int angles = 12;

    double moment = 0, total = 0;
    for (unsigned int i = 0; i < points.size(); ++i)
      for (unsigned int k = 0; k < angles; ++k)
      {
        const double rho = radius * points[i], t = 2 * pi * k / angles;
        const double xi = rho * std::sin(t), eta = centre + rho * std::cos(t);
        const double jacobian = (a1 + 3 * a3 * (eta * eta - xi * xi)) * (b1 + 2 * b2 * eta) +
                                6 * a3 * xi * eta * 2 * b2 * xi;
        const double weight = weights[i] * rho * jacobian;
        moment += weight * section(xi, eta)[1];
        total += weight;
      }
    return section_centroid() - moment / total;
  }

  double DiscShape::volume() const
  {
    const double bulges = settings.superior_bulge + settings.inferior_bulge;
    return area() * (height(section_centroid()) +
                     settings.bulge_radius * settings.bulge_radius * bulges / 3);
  }

  void DiscShape::fit_nucleus()
  {
    // The offset falls by about b1 per unit of the centre, so a few corrections by offset / b1
    // settle it; the radius follows from the area each time.
    const double k2 = settings.kidney_ratio, q = settings.squareness;
    const double fraction = settings.nucleus_area_fraction;
    radius                = std::sqrt(fraction);
    centre                = 0;
    for (unsigned int pass = 0; pass < 60; ++pass)
    {
      radius *= std::sqrt(fraction / area_fraction(radius, centre, k2, q));
      centre += (nucleus_offset() - settings.nucleus_offset) / b1;
      if (!(std::abs(centre) + radius < 0.95))
        throw UserError(
            "The annulus of the lumbar disc would vanish: a nucleus of " +
            std::to_string(std::lround(100 * fraction)) + " % of the section, " +
            millimetres(settings.nucleus_offset) +
            " behind the centroid of the disc, reaches its periphery.\n"
            "Choose a smaller 'Nucleus area fraction' or a 'Nucleus offset' nearer to 0 mm.");
    }
  }

  void DiscShape::check_heights() const
  {
    // Bulges only add height; the thinnest place is on the rim or where cartilage is thickest, so a
    // scan finds it.
    for (unsigned int i = 0; i <= 40; ++i)
      for (unsigned int k = 0; k < 72; ++k)
      {
        const double rho = i / 40., t = 2 * pi * k / 72;
        const auto z = levels(rho * std::sin(t), rho * std::cos(t));
        if (z[2] - z[1] < 0.05 * (z[3] - z[0]))
          throw UserError(
              "The cartilage endplates leave no tissue between them: where the lumbar disc is " +
              millimetres(z[3] - z[0]) + " high, they take " + millimetres(2 * (z[1] - z[0])) +
              ".\nChoose larger heights or thinner endplates.");
      }
  }
} // namespace lacuna
