// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// A store that stays in place and whose course is known: n(t) = 2 + a cos(2 pi t/d) solves
// dn/dt = gain(t) - loss(t) n with loss = k (1 + a sin(2 pi t/d)/2), gain = dn/dt + loss n. With
// a = 0 the coefficients are constant. The coupling to glucose comes on top of that.

struct KnownCourse : lacuna::Law<KnownCourse>
{
  Parameter turnover = parameter("Turnover", 20, "1/d", "k, at least 7/d a.", 0, 1e6);
  Parameter swing    = parameter("Swing", 0, "1", "a.", 0, 1);
  Parameter coupling = parameter("Coupling", 0, "1/d", "Of store and glucose.", 0, 1e3);

  Field time      = field("time", "d");
  Species glucose = solute("glucose", "mM");
  Species store   = immobile_species("store", "1", "What stays in place.", 3);

  template <class Number>
  void rates(At<Number> &at) const
  {
    constexpr double pi = 3.14159265358979323846;
    const double phase  = 2 * pi * lacuna::value(at[time]);
    const double n = 2 + swing * std::cos(phase), dn_dt = -2 * pi * swing * std::sin(phase);
    const double loss = turnover * (1 + 0.5 * swing * std::sin(phase));

    at.rate(store) += dn_dt + loss * n + coupling * at[glucose] / (1. + at[glucose]);
    at.rate(store) -= loss * at[store] + coupling * at[glucose] * at[store] * at[store];
    at.rate(glucose) -= coupling * at[glucose] * at[store];
  }
};

LACUNA_LAW(KnownCourse, "known-course", "1.0.0", "d", "A store whose course is known.")
