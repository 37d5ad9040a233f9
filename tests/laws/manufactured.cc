// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// The source that makes O = 4 + 1.5 C s (kPa), L = 2.5 - C s, G = 3 + 0.8 C s (mM) the solution of
// the equations of oxygen, lactate and glucose per tissue volume with the rates of Bibby et al.
// (2005) of 4 million cells per mL, where C = cos(pi x/10 mm) cos(pi y/8 mm) cos(pi z/6 mm) and s =
// 1 + 0.3 sin(2 pi t/day). Nothing passes the planes x = 0, 10, y = 0, 8, z = 0, 6 mm; the fields
// are 4, 2.5, 3 on x = 5 mm.

struct Manufactured : lacuna::Law<Manufactured>
{
  Field x = field("x", "mm"), y = field("y", "mm"), z = field("z", "mm");
  Field time = field("time", "s");

  Species oxygen = solute("oxygen", "mM"), lactate = solute("lactate", "mM"),
          glucose = solute("glucose", "mM");

  template <class Number>
  void rates(At<Number> &at) const
  {
    constexpr double pi = 3.14159265358979323846, day = 86400, solubility = 0.010268;
    constexpr double cells = 4e-3 / 3600; // times nmol/(million cells h) is mM/s
    // -Laplacian of C, over C, times the hindrance 4/9 of a porosity of 0.8
    constexpr double decay = 4. / 9 * pi * pi * (1 / 100. + 1 / 64. + 1 / 36.);

    const double c = std::cos(pi / 10 * lacuna::value(at[x])) *
                     std::cos(pi / 8 * lacuna::value(at[y])) *
                     std::cos(pi / 6 * lacuna::value(at[z]));
    const double phase = 2 * pi / day * lacuna::value(at[time]);
    const double s = 1 + 0.3 * std::sin(phase), ds_dt = 0.3 * 2 * pi / day * std::cos(phase);

    const double o = 4 + 1.5 * c * s, l = 2.5 - c * s, pH = 7.4 - l / 11.11, b = pH - 4.95;
    const double uptake     = cells * 7.28 * o * b / (1.46 + o + 4.03 * b);
    const double production = cells * std::exp(-2.47 + 0.93 * pH + 0.16 * o - 0.0058 * o * o);

    at.rate(oxygen) += 1.5 * solubility * c * (ds_dt + 3.0e-3 * decay * s) + uptake;
    at.rate(lactate) += -c * (ds_dt + 1.39e-3 * decay * s) - production;
    at.rate(glucose) += 0.8 * c * (ds_dt + 9.16667e-4 * decay * s) + 0.5 * production;
  }
};

LACUNA_LAW(Manufactured, "manufactured", "1.0.0", "s", "The source of a manufactured solution.")
