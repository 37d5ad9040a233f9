// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Wrong on purpose: what cells secrete without oxygen is taken away from where there is none of it.

struct WrongSign : lacuna::Law<WrongSign>
{
  Field oxygen   = field("oxygen", "kPa");
  Species cells  = population("NP cells", "1/mL", with_total);
  Species factor = mobile_species("VEGF", "ng/mL", "A factor that diffuses.",
                                  in_tissue(100, "um^2/s").decaying(10).fixed_at_supply(0));

  template <class Number>
  void rates(At<Number> &at) const
  {
    const Number hypoxia = 2. / (2. + lacuna::max(at[oxygen], 0.));
    const Number all     = at.total(cells);
    const Number quorum  = all * all / (1e12 + all * all);
    at.rate(cells) += 0.1 * quorum * at[cells];
    at.rate(cells) -= 0.1 * quorum * all / 8e6 * at[cells];
    at.rate(factor) -= 1e-3 * hypoxia * at[cells];
  }
};
LACUNA_LAW(WrongSign, "wrong-sign", "1.0.0", "d", "Secretes with the wrong sign.")
