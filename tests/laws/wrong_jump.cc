// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Wrong on purpose: a condition on the state.

struct WrongJump : lacuna::Law<WrongJump>
{
  Field glucose = field("glucose", "mM");
  Species cells = population("NP cells", "1/mL");

  template <class Number>
  void rates(At<Number> &at) const
  {
    if (at[glucose] < 0.5)
      at.rate(cells) -= 2. * at[cells];
  }
};
LACUNA_LAW(WrongJump, "wrong-jump", "1.0.0", "d", "Lets cells die at once below a threshold.")
