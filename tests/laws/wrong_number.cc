// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Wrong on purpose: no number without glucose.

struct WrongNumber : lacuna::Law<WrongNumber>
{
  Field glucose = field("glucose", "mM");
  Species cells = population("NP cells", "1/mL");

  template <class Number>
  void rates(At<Number> &at) const
  {
    at.rate(cells) -= at[cells] / (1 + lacuna::pow(lacuna::log(at[glucose]), 2.));
  }
};
LACUNA_LAW(WrongNumber, "wrong-number", "1.0.0", "d", "Takes the logarithm of nothing.")
