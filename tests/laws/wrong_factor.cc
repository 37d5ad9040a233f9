// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Wrong on purpose: a factor that turns death into growth.

struct WrongFactor : lacuna::Law<WrongFactor>
{
  Field glucose     = field("glucose", "mM");
  Signal protection = provide("apoptosis", "NP cells", product);

  template <class Number>
  void signals(At<Number> &at) const
  {
    at.signal(protection) *= 1 - 0.2 * at[glucose];
  }
};
LACUNA_LAW(WrongFactor, "wrong-factor", "1.0.0", "d", "Provides a factor that becomes negative.")
