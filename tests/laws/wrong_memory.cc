// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Wrong on purpose: remembers how often it was asked.

struct WrongMemory : lacuna::Law<WrongMemory>
{
  Species cells = population("NP cells", "1/mL");

  template <class Number>
  void rates(At<Number> &at) const
  {
    calls = calls + 1;
    at.rate(cells) -= calls / (1 + calls) * at[cells];
  }

private:
  mutable double calls = 0;
};
LACUNA_LAW(WrongMemory, "wrong-memory", "1.0.0", "d", "Has a hidden state.")
