// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Uptake by the root of what is there: G(t) = (sqrt(G0) - k t/2)^2, and no number at all below
// nothing.

struct RootUptake : lacuna::Law<RootUptake>
{
  Parameter strength =
      parameter("Strength", 1, "1/h", "k: uptake in mM/h over the root of glucose in mM.", 0, 100);
  Species glucose = solute("glucose", "mM");

  template <class Number>
  void rates(At<Number> &at) const
  {
    at.rate(glucose) -= strength * lacuna::sqrt(at[glucose]);
  }
};

LACUNA_LAW(RootUptake, "root-uptake", "1.0.0", "h", "Uptake by the root of what is there.")
