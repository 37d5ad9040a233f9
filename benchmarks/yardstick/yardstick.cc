// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Oxygen and glucose that cells take up, and the lactate that they make; see README.md. The
// constants are those of the problem, no parameters: whoever solves it must solve the same.

struct Yardstick : lacuna::Law<Yardstick>
{
  Species oxygen = solute("oxygen", "mM"), glucose = solute("glucose", "mM"),
          lactate = solute("lactate", "mM");
  Field cells     = field("cells", "1/mL");

  template <class Number>
  void rates(At<Number> &at) const
  {
    const Number speed      = at[cells] * unhindered_by_acid(at[lactate]);
    const Number glycolysis = speed * glucose_per_cell * pasteur(at[oxygen]) *
                              lacuna::saturation(at[glucose], glucose_half);
    at.rate(oxygen) -= speed * oxygen_per_cell * lacuna::saturation(at[oxygen], oxygen_half);
    at.rate(glucose) -= glycolysis;
    at.rate(lactate) += 2 * glycolysis;
  }

private:
  // 1e-18 mol/s of one cell is 1e-12 mM/s of one cell in a mL.
  static constexpr double oxygen_per_cell = 2e-12, glucose_per_cell = 6e-12; // mM mL/s
  static constexpr double oxygen_half = 0.01, glucose_half = 0.2;            // mM
  static constexpr double pH_without_lactate = 7.4, pH_per_lactate = 0.09;   // -, 1/mM
  static constexpr double pH_of_rest = 5;

  /** 1 without lactate, 0 from the pH on at which nothing is taken up. */
  template <class Number>
  static Number unhindered_by_acid(const Number &lactate)
  {
    constexpr double range = pH_without_lactate - pH_of_rest;
    return lacuna::positive_part(range - pH_per_lactate * lactate) / range;
  }

  /** Without oxygen cells take up half as much glucose again. */
  template <class Number>
  static Number pasteur(const Number &oxygen)
  {
    return 1 + 0.5 * oxygen_half / (oxygen_half + lacuna::max(oxygen, 0.));
  }
};

LACUNA_LAW(Yardstick, "yardstick", "1.0.0", "s",
           "Metabolism of the problem on which solvers are compared.")
