// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// The source that makes c = 3 + sin(pi x/20 mm) cos(pi y/8 mm) cos(pi z/6 mm) the steady glucose
// (mM) in tissue of porosity phi = 0.7 + 0.1 cos(pi x/10) cos(pi y/8), with D = 9.16667e-4 mm^2/s
// times (phi/(2 - phi))^2, and with uptake Vmax c/(K + c), Vmax = 2e-4 mM/s, K = 1 mM. c = 3 on x =
// 0; nothing passes x = 10, y = 0, 8, z = 0, 6 mm.

struct ManufacturedPorosity : lacuna::Law<ManufacturedPorosity>
{
  Field x = field("x", "mm"), y = field("y", "mm"), z = field("z", "mm");

  Species glucose = solute("glucose", "mM");

  template <class Number>
  void rates(At<Number> &at) const
  {
    constexpr double pi = 3.14159265358979323846, kx = pi / 20, ky = pi / 8, kz = pi / 6;
    const double x_ = lacuna::value(at[x]), y_ = lacuna::value(at[y]), z_ = lacuna::value(at[z]);

    const double wave      = std::sin(kx * x_) * std::cos(ky * y_) * std::cos(kz * z_);
    const double dc_dx     = kx * std::cos(kx * x_) * std::cos(ky * y_) * std::cos(kz * z_);
    const double dc_dy     = -ky * std::sin(kx * x_) * std::sin(ky * y_) * std::cos(kz * z_);
    const double laplacian = -(kx * kx + ky * ky + kz * kz) * wave;

    const double phi     = 0.7 + 0.1 * std::cos(2 * kx * x_) * std::cos(ky * y_);
    const double dphi_dx = -0.1 * 2 * kx * std::sin(2 * kx * x_) * std::cos(ky * y_);
    const double dphi_dy = -0.1 * ky * std::cos(2 * kx * x_) * std::sin(ky * y_);
    // f = phi (phi/(2 - phi))^2
    const double f  = phi * phi * phi / ((2 - phi) * (2 - phi));
    const double df = 3 * f / phi + 2 * f / (2 - phi);

    const double c = 3 + wave;
    at.rate(glucose) += -9.16667e-4 * (f * laplacian + df * (dphi_dx * dc_dx + dphi_dy * dc_dy)) +
                        2e-4 * c / (1 + c);
  }
};

LACUNA_LAW(ManufacturedPorosity, "manufactured-porosity", "1.0.0", "s",
           "The source of a manufactured steady solution.")
