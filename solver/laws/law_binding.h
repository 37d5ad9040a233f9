// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/law_caller.h"
#include "species/derived_quantity.h"
#include "species/point_properties.h"
#include "species/species.h"

#include <string>
#include <vector>

namespace lacuna
{
  /** Where the host finds an input of a law. */
  struct BoundRead
  {
    enum class Source
    {
      nothing,  ///< cells of a population that this case does not have, such as a dose in the
                ///< control
      variable, ///< of the point's state: mobile species, then immobile species
      derived,
      total, ///< sum over `variables`
      signal,
      x,
      y,
      z,
      porosity,
      fixed_charge,
      region,
      face,
      face_area,
      time,
      age
    };
    Source source      = Source::nothing;
    unsigned int index = 0;
    std::vector<unsigned int> variables;
    double factor      = 1; ///< value in the law's unit = factor * value[SI]
    double time_origin = 0; ///< s, from which an age counts

    /** Whether the input follows the state; only then are derivatives asked for. */
    bool depends_on_state() const
    {
      return source == Source::variable || source == Source::derived || source == Source::signal ||
             (source == Source::total && !variables.empty());
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
    LawCaller caller;
    std::vector<std::vector<unsigned int>>
        provides; ///< provided signal -> indices in the table of signals
  };

  /** A process of a target that laws modify together. */
  struct Signal
  {
    std::string process, target;
    int combination = LACUNA_COMBINE_PRODUCT;
    std::string first_named_by; ///< section of the law, for messages
    std::string provider, user; ///< a law that does so, or empty
  };

  /**
   * Binds a law once per instance of the population it reads; not at all if that population has no
   * instance. New signals are added to `signals`. Throws UserError naming the law, what it asked
   * for, what exists and the nearest name.
   */
  std::vector<BoundLaw> bind_law(const Law &law, const Case &input, const SpeciesTable &species,
                                 const std::vector<DerivedQuantity> &derived,
                                 const PointProperties &points, std::vector<Signal> &signals);

  /** Two laws that both model the death of one population are refused, unless the case allows it.
   * Throws UserError. */
  void refuse_competing_deaths(const std::vector<const Law *> &laws);
} // namespace lacuna
