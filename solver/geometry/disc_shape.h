// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/coordinates.h"
#include "config/geometry_settings.h"
#include "geometry/coarse_mesh.h"

#include <array>

namespace lacuna
{
  /**
   * The lumbar disc as one smooth map of the reference body {xi^2 + eta^2 <= 1, 0 <= zeta <= 1}.
   *
   * Section: x = a1 xi + a3 (3 xi eta^2 - xi^3), y = b1 eta + b2 (eta^2 - xi^2), with a3 = q a1 and
   * b2 = k2 b1; the rim is x = a1 sin t + a3 sin 3t, y = b1 cos t + b2 cos 2t with t = 0 anterior.
   * Both are harmonic, so the map is smooth at the centre. It fits seven real lumbar outlines with
   * a residual of 0.19-0.33 mm (root mean square).
   *
   * Height: h(y) grows linearly from the posterior to the anterior height about the mid-plane z =
   * 0, and the bony endplates bulge away by their depth times (1 - (rho / rho_r)^2)^2, rho counted
   * from the apex.
   *
   * zeta in [0, 0.1] and [0.9, 1] are the cartilage endplates, [0.1, 0.9] the tissue between, each
   * linear in z. x is left-right (the disc is symmetric), y anterior, z cranial. All lengths in m.
   */
  class DiscShape : public Embedding
  {
  public:
    /** Throws UserError if the measures describe no disc: vanishing annulus, no tissue between the
     * endplates. */
    explicit DiscShape(const LumbarDiscSettings &measures);

    Coordinates position(const Coordinates &reference) const override;
    Coordinates reference(const Coordinates &position) const override;

    std::array<double, 2> section(double xi, double eta) const;
    std::array<double, 2> section_inverse(double x, double y) const; ///< by Newton's method

    double height(double y) const;                             ///< of the wedge without bulges
    double bulge(double xi, double eta) const;                 ///< 1 at the apex, 0 at the rim
    double endplate_thickness(double xi, double eta) const;    ///< of the cartilage
    std::array<double, 4> levels(double xi, double eta) const; ///< z at zeta = 0, 0.1, 0.9, 1

    /** The nucleus is the image of the circle of this radius about (0, nucleus_centre()) in the
     * reference disc. */
    double nucleus_radius() const { return radius; }
    double nucleus_centre() const { return centre; }

    double area() const;             ///< of the section: pi a1 b1, exact for any k2 and q
    double section_centroid() const; ///< its y: b2 (1 + 3 q) / 2, exact
    double nucleus_area_fraction() const;
    double nucleus_offset() const; ///< of its centroid behind the disc's, by quadrature

    /** pi a1 b1 (h at the centroid + rho_r^2 (d_sup + d_inf) / 3): exact for a bulge whose apex is
     * the centre. */
    double volume() const;

  private:
    void fit_nucleus();
    void check_heights() const;

    LumbarDiscSettings settings;
    double a1 = 0, a3 = 0, b1 = 0, b2 = 0, posterior_edge = 0;
    double radius = 0, centre = 0;
  };
} // namespace lacuna
