// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Wrong on purpose: the value of glucose is taken out of its derivatives.

struct WrongDerivative : lacuna::Law<WrongDerivative>
{
  Field glucose = field("glucose", "mM");
  Species cells = population("NP cells", "1/mL");

  template <class Number>
  void rates(At<Number> &at) const
  {
    const double starved = 1 / (1 + lacuna::value(at[glucose]));
    at.rate(cells) -= starved * at[cells];
  }
};
LACUNA_LAW(WrongDerivative, "wrong-derivative", "1.0.0", "d", "Has a derivative that is missing.")
