// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Wrong on purpose: cells die where there are none.

struct WrongLoss : lacuna::Law<WrongLoss>
{
  Field pH      = field("pH", "1");
  Species cells = population("NP cells", "1/mL");

  template <class Number>
  void rates(At<Number> &at) const
  {
    at.rate(cells) -= 1e5 * lacuna::logistic((6.8 - at[pH]) / 0.1);
  }
};
LACUNA_LAW(WrongLoss, "wrong-loss", "1.0.0", "d", "Has a loss that does not vanish.")
