// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Death of the cells of the yardstick where glucose or pH are low; see README.md. As in
// yardstick.cc the constants are those of the problem, no parameters.

struct YardstickDeath : lacuna::Law<YardstickDeath>
{
  Species cells = population("cells", "1/mL");
  Field glucose = field("glucose", "mM"), lactate = field("lactate", "mM");

  template <class Number>
  void rates(At<Number> &at) const
  {
    const Number pH      = pH_without_lactate - pH_per_lactate * at[lactate];
    const Number starved = starving * (1 - lacuna::tanh((at[glucose] - low_glucose) / width));
    const Number soured  = souring * (1 - lacuna::tanh((pH - low_pH) / width));
    at.rate(cells) -= (starved + soured) * at[cells];
  }

private:
  static constexpr double starving = 0.25, souring = 0.15;                 // 1/d
  static constexpr double low_glucose = 0.3, low_pH = 6.8, width = 0.1;    // mM, -, mM and -
  static constexpr double pH_without_lactate = 7.4, pH_per_lactate = 0.09; // -, 1/mM
};

LACUNA_LAW(YardstickDeath, "yardstick-death", "1.0.0", "d",
           "Death of the cells of the problem on which solvers are compared.")
