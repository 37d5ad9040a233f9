// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <lacuna/abi.h>

#include "config/law_values.h"
#include "config/user_error.h"

#include <memory>
#include <string>
#include <vector>

namespace lacuna
{
  /** One input of a law, in the order of the law's declarations (its index is the index in
   * lacuna_batch::reads). */
  struct LawRead
  {
    enum class Kind
    {
      quantity, ///< a species or derived quantity by name
      total,    ///< a population summed over its doses
      signal    ///< the combination of all signals on a process of a target
    };
    Kind kind = Kind::quantity;
    std::string name;   ///< quantity or population; for a signal its process
    std::string target; ///< for a signal: whose process
    int combination = LACUNA_COMBINE_PRODUCT;
    std::string unit;
    bool changes = false; ///< the law adds to its rate
  };

  /** A signal that a law provides. */
  struct LawSignal
  {
    std::string process, target;
    int combination = LACUNA_COMBINE_PRODUCT;
  };

  /** For which values of one of its reads a law's data hold. */
  struct LawRange
  {
    unsigned int read = 0;
    double minimum = 0, maximum = 0; ///< in the unit of the read
    std::string source;
  };

  class LawLibrary;

  /** A law could not say what happens at a point; the sentence names law, reason and inputs. */
  class LawFailure : public EvaluationError
  {
  public:
    LawFailure(const std::string &sentence, unsigned int point_)
        : EvaluationError(sentence), point(point_)
    {
    }
    unsigned int point; ///< of the batch
  };

  /** A law with its parameter values: what it reads, owns, provides, and its functions as the C
   * interface has them, which LawCaller calls. */
  class Law
  {
  public:
    Law(std::shared_ptr<const LawLibrary> library, std::string section, void *handle);
    ~Law();
    Law(const Law &)            = delete;
    Law &operator=(const Law &) = delete;

    std::shared_ptr<const LawLibrary> library;
    std::string section; ///< its section in the parameter file, for messages
    double time_unit;    ///< s, of all its numbers
    std::vector<LawRead> reads;
    std::vector<LawSignal> provides;
    std::vector<DeclaredSpecies> owns;
    std::vector<unsigned int> motions; ///< reads that are populations which the law moves
    std::vector<LawRange> ranges;

    // Evaluation of one batch. Throws LawFailure.
    void signals(const lacuna_batch &batch) const;
    void rates(const lacuna_batch &batch) const;
    void motion(const lacuna_batch &batch) const; ///< only for a law that moves something
    void at_dose(const lacuna_dose &dose,
                 const lacuna_batch &batch) const; ///< nothing if the law has nothing to do then

    /** Lets the law lower the shares of a dose. Throws UserError if the law refuses it. */
    void deliver(lacuna_dose &dose) const;

    bool acts_on_delivery() const; ///< says before the run what of a dose arrives
    bool acts_at_doses() const;    ///< changes the tissue when a dose is given

  private:
    void *handle;
  };
} // namespace lacuna
