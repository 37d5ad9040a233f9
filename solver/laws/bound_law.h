// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/readable.h"
#include "laws/law_caller.h"
#include "species/derived_quantity.h"

#include <string>
#include <vector>

namespace lacuna
{
  /** Where the solver finds what a law reads. */
  struct BoundRead
  {
    enum class Source
    {
      nothing,  ///< cells of a population that this case does not have, such as a dose in the
                ///< control
      variable, ///< of the point's state: mobile species, then immobile species
      total,    ///< sum over `variables`
      signal,
      readable ///< a name that every law may read
    };
    Source source            = Source::nothing;
    const Readable *readable = nullptr;
    unsigned int index       = 0; ///< of the variable, signal, derived quantity, region or face
    std::vector<unsigned int> variables;
    double factor      = 1; ///< value in the law's unit = factor * value[SI]
    double time_origin = 0; ///< s, from which an age counts

    bool is_derived() const
    {
      return source == Source::readable && readable->quantity == Readable::Quantity::derived;
    }

    /** Whether the input follows the state; only then are derivatives asked for. */
    bool depends_on_state() const
    {
      return source == Source::variable || source == Source::signal ||
             (source == Source::total && !variables.empty()) ||
             (source == Source::readable && readable->follows_state);
    }
  };

  /** A species whose rate a law changes. */
  struct BoundTarget
  {
    unsigned int read    = 0;
    bool mobile          = false;
    unsigned int species = 0; ///< index among the mobile or immobile species
    double factor        = 1; ///< rate[SI] = factor * rate in the law's units
  };

  /** A law held against the species of a case, for one instance (dose) of the population it acts
   * on. */
  struct BoundLaw
  {
    const Law *law = nullptr;
    std::string instance; ///< name of that species; empty if the law names no population
    int subject = -1;     ///< the variable of that name, or -1
    bool first  = true;   ///< of all instances of the population
    std::vector<BoundRead> reads;
    std::vector<unsigned int> active; ///< reads that follow the state
    static constexpr unsigned int absent = -1;
    std::vector<unsigned int> motions; ///< mobile species that the law moves, or `absent`
    std::vector<BoundTarget> targets;
    std::vector<std::vector<unsigned int>>
        provides; ///< provided signal -> indices in the table of signals
    LawCaller caller;
  };

  /** A process of a target that laws modify together. */
  struct Signal
  {
    std::string process, target;
    int combination = LACUNA_COMBINE_PRODUCT;
    std::string first_named_by; ///< section of the law, for messages
    std::string provider, user; ///< a law that does so, or empty

    bool is_product() const { return combination == LACUNA_COMBINE_PRODUCT; }
  };

  /** All laws of a case, one entry for each instance of the populations they act on. */
  struct BoundLaws
  {
    std::vector<BoundLaw> laws;
    std::vector<Signal> signals;
    std::vector<DerivedQuantity> derived;
    unsigned int n_mobile = 0, n_variables = 0;
  };
} // namespace lacuna
