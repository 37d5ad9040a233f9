// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/parameter.h"
#include "laws/law.h"

#include <string>
#include <vector>

namespace lacuna
{
  /**
   * The host's side of creating one law: answers the law's declarations and keeps them. Without
   * values the law is only being described: every parameter answers with its default, and nothing
   * is missed.
   */
  class LawCreation
  {
  public:
    LawCreation(const lacuna_plugin &plugin, const LawValues *values);
    LawCreation(const LawCreation &)            = delete;
    LawCreation &operator=(const LawCreation &) = delete;

    const lacuna_host *host() const { return &interface; }

    std::vector<Parameter> parameters;
    std::vector<LawRead> reads;
    std::vector<LawSignal> provides;
    std::vector<DeclaredSpecies> owns;
    std::vector<unsigned int> motions;
    std::vector<LawRange> ranges;
    std::string refusal; ///< why a declaration was refused, to follow "law 'x' "; else empty

    /** A sentence if a value was given for which the law declared no parameter; else empty. */
    std::string unknown_value() const;

    double number(const lacuna_parameter &parameter);
    const char *text(const lacuna_parameter &parameter);
    int read(LawRead read);
    int own(const lacuna_species &species);
    int provide(LawSignal signal);
    int valid(int read, double minimum, double maximum, const char *source);
    int move(int read);

  private:
    void add(Parameter parameter);

    const lacuna_plugin &plugin;
    const LawValues *values;
    lacuna_host interface;
  };
} // namespace lacuna
