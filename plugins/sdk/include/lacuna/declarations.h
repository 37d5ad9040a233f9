// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <lacuna/abi.h>

#include <cmath>
#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <cstring>

// What a law declares about itself while it is being created. Included by law.h, not by authors.

namespace lacuna
{
  namespace detail
  {
    extern const lacuna_host *host; ///< set while a law is being created; defined by LACUNA_LAW

    constexpr int max_reads = 64, max_signals = 32, max_motions = 4;

    /** A law stops with a sentence that follows its name. */
    struct Refusal
    {
      char text[1024];
    };

    /** The host refused a declaration, and knows why. */
    struct RefusedByHost
    {
    };

    /** A short text kept by value: no C++ library type, so that nothing of it is exported. */
    struct ShortText
    {
      char characters[96];
      void operator=(const char *text)
      {
        std::size_t i = 0;
        for (; i + 1 < sizeof(characters) && text[i] != 0; ++i)
          characters[i] = text[i];
        characters[i] = 0;
      }
    };
  } // namespace detail

  /** Stops the creation or evaluation of a law with a sentence (written as for printf) that follows
   * its name. */
  [[noreturn]] __attribute__((format(printf, 1, 2))) inline void refuse(const char *sentence, ...)
  {
    detail::Refusal refusal;
    va_list arguments;
    va_start(arguments, sentence);
    std::vsnprintf(refusal.text, sizeof(refusal.text), sentence, arguments);
    va_end(arguments);
    throw refusal;
  }

  /** Something a law reads. */
  struct Field
  {
    int index = -1;
  };

  /** Something whose rate a law changes. */
  struct Species : Field
  {
    int total = -1;
  };

  /** A factor or summand that a law provides for a process of another one. */
  struct Signal
  {
    int index = -1;
  };

  /** A population that a law moves. */
  struct Motion
  {
    int index = -1;
  };
  using Movement = Motion; ///< its name in laws written for version 1.0

  /** One dose, as a law sees it. */
  using Dose = lacuna_dose;

  /** Leaves a sentence (written as for printf) on what `deliver` found; checks and logs show it. */
  __attribute__((format(printf, 2, 3))) inline void report(Dose &dose, const char *sentence, ...)
  {
    if (dose.report == nullptr)
      return;
    va_list arguments;
    va_start(arguments, sentence);
    std::vsnprintf(dose.report, dose.report_size, sentence, arguments);
    va_end(arguments);
  }

  /** A number from the parameter file. */
  class Parameter
  {
  public:
    Parameter(double number_) : number(number_) {}
    operator double() const { return number; }
    /** False if neither the file nor a default gives it (its default is NAN, with a word such as
     * "none"). */
    bool given() const { return number == number; }

  private:
    double number;
  };

  /** A text from the parameter file. */
  class Text
  {
  public:
    explicit Text(const char *text);
    operator const char *() const { return content; }
    const char *characters() const { return content; }
    bool empty() const { return content[0] == 0; }
    bool operator==(const char *other) const { return std::strcmp(content, other) == 0; }
    bool operator!=(const char *other) const { return !(*this == other); }

  private:
    char content[512];
  };

  /** Several names in one text of the parameter file, separated by commas. */
  class Names
  {
  public:
    static constexpr int capacity = 16;
    explicit Names(const char *text);
    int size() const { return n; }
    const char *operator[](int i) const { return name[i].characters; }
    bool contains(const char *wanted) const;

  private:
    int n = 0;
    detail::ShortText name[capacity];
  };

  /** For which values of an input the data behind a law hold; a run outside says so. */
  struct ValidRange
  {
    double minimum, maximum;
    const char *source;
  };

  /**
   * How a species of a law moves, comes and goes: in_tissue(50, "um^2/s").decaying(0.4),
   * in_water(...), of_size(2).
   */
  struct Transport
  {
    double diffusivity;
    const char *diffusivity_unit;
    int32_t hindrance;
    double radius       = 0;
    double decay        = 0;
    double initial      = 0;
    int32_t supply      = LACUNA_SUPPLY_CLOSED;
    double supply_value = 0;
    double exchange     = 0;

    /** It decays at this rate, in the law's time unit; leave that out of `rates`. */
    Transport decaying(double rate) const
    {
      Transport result = *this;
      result.decay     = rate;
      return result;
    }
    /** It has this value everywhere at the start. */
    Transport initially(double value) const
    {
      Transport result = *this;
      result.initial   = value;
      return result;
    }
    /** The faces that supply the tissue hold it at this value. */
    Transport fixed_at_supply(double value) const
    {
      Transport result    = *this;
      result.supply       = LACUNA_SUPPLY_FIXED;
      result.supply_value = value;
      return result;
    }
    /** The faces that supply the tissue exchange it with a bath: flux = coefficient (m/s) * (value
     * - own). */
    Transport exchanged_at_supply(double coefficient, double value) const
    {
      Transport result    = *this;
      result.supply       = LACUNA_SUPPLY_EXCHANGE;
      result.supply_value = value;
      result.exchange     = coefficient;
      return result;
    }
  };

  /** The unit of a parameter; two units, if it is written in one and used in another ({"fmol/h",
   * "fmol/d"}). */
  struct Units
  {
    const char *written, *used;
    Units(const char *unit) : written(unit), used(nullptr) {}
    Units(const char *written_, const char *used_) : written(written_), used(used_) {}
  };

  /** The declarations of one law. Every function announces something to the host and remembers it
   * for messages. */
  class Declarations
  {
  protected:
    using Field      = lacuna::Field;
    using Species    = lacuna::Species;
    using Signal     = lacuna::Signal;
    using Parameter  = lacuna::Parameter;
    using Text       = lacuna::Text;
    using Names      = lacuna::Names;
    using Dose       = lacuna::Dose;
    using Motion     = lacuna::Motion;
    using Movement   = lacuna::Motion;
    using ValidRange = lacuna::ValidRange;

    enum Combination
    {
      product = LACUNA_COMBINE_PRODUCT,
      sum     = LACUNA_COMBINE_SUM
    };
    enum WithTotal
    {
      with_total
    };
    enum Basis
    {
      per_pore_water = LACUNA_BASIS_PORE_WATER,
      per_tissue     = LACUNA_BASIS_TISSUE
    };

    /**
     * A number that the parameter file may set. The meaning is one sentence, followed by its source
     * in square brackets. A default of NAN must be given by the file. With a `word`, the reference
     * page shows that for the default: where it follows from another parameter ("as cell type"), or
     * where NAN stands for no value at all ("none").
     */
    Parameter parameter(const char *name, double default_value, const Units &unit,
                        const char *meaning, double minimum = -HUGE_VAL, double maximum = HUGE_VAL,
                        const char *word = nullptr);

    /** A text that the parameter file may set. */
    Text text(const char *name, const char *default_text, const char *meaning);

    /** A text out of several, separated by '|'. */
    Text choice(const char *name, const char *default_text, const char *choices,
                const char *meaning);

    /** Several names, separated by commas. */
    Names names(const char *name, const char *default_text, const char *meaning);

    /** Reads a species or derived quantity: "glucose", "pH", "osmolarity", "porosity", "x", "time",
     * "age" (time since the population's dose), ... */
    Field field(const char *name, const char *unit);

    /** The same, with the range in which the data behind the law hold. */
    Field field(const char *name, const char *unit, const ValidRange &range);

    /** Any read with such a range: within(solute("glucose", "mM"), from_zero("zero-order uptake")).
     */
    template <class Read>
    static Read within(const Read &read, const ValidRange &range)
    {
      accepted(
          host().valid(host().context, read.index, range.minimum, range.maximum, range.source));
      return read;
    }

    /** The law holds from zero on: its loss of zero order goes on where nothing is left, and a run
     * says where the amount became negative. */
    static ValidRange from_zero(const char *why) { return {0, HUGE_VAL, why}; }

    /** 1 inside a region of the case, 0 outside. */
    Field in_region(const char *region) { return named("region:", region, "1"); }

    /** Area of a named face per tissue volume, 0 away from it: a flux through the face times this
     * is a rate. */
    Field on_face(const char *face, const char *unit = "1/mm")
    {
      return named("face:", face, unit);
    }

    /** The whole area of a named face. */
    Field face_area(const char *face, const char *unit = "mm^2")
    {
      return named("face area:", face, unit);
    }

    /** Time since a dose of the case was given, negative before. */
    Field since(const char *dose, const char *unit) { return named("since:", dose, unit); }

    /** Reads a solute, or a species of another law, and may change it. Oxygen may be read in kPa
     * and changed in mM. */
    Species solute(const char *name, const char *unit) { return read(name, unit, true); }

    /** Reads a population and may change it; the law runs once for each of its doses. */
    Species population(const char *name, const char *unit) { return read(name, unit, true); }

    /** The same, with the sum over its doses as at.total(population). */
    Species population(const char *name, const char *unit, WithTotal);

    /** Reads the sum of a population over its doses. */
    Field total(const char *population, const char *unit);

    /** Diffuses in the tissue as given. */
    static Transport in_tissue(double diffusivity, const char *unit)
    {
      return {diffusivity, unit, LACUNA_HINDRANCE_NONE};
    }
    /** Diffuses in water as given; the matrix hinders it as porosity says (Mackie and Meares; for
     * small solutes). */
    static Transport in_water(double diffusivity, const char *unit)
    {
      return {diffusivity, unit, LACUNA_HINDRANCE_MACKIE_MEARES};
    }
    /** Diffuses as its hydrodynamic radius in nm says (Stokes and Einstein at 37 degC), obstructed
     * by the fibres of the matrix (Ogston). */
    static Transport of_size(double radius)
    {
      return {NAN, "um^2/s", LACUNA_HINDRANCE_OGSTON, radius};
    }

    /** A species of the law's own that diffuses, per tissue volume unless said otherwise:
     * mobile_species("TNF", "ng/mL", "Tumour necrosis factor.", in_tissue(50,
     * "um^2/s").decaying(k)). */
    Species mobile_species(const char *name, const char *unit, const char *meaning,
                           const Transport &transport, Basis basis = per_tissue);

    /** A species of the law's own that stays where it is, per tissue volume. */
    Species immobile_species(const char *name, const char *unit, const char *meaning,
                             double initial = 0, double decay = 0);

    /** A species of the law's own that is counted inside one cell of a population. */
    Species species_per_cell(const char *name, const char *unit, const char *population,
                             const char *meaning, double initial = 0);

    /** The law moves this population, as its function `motion` says. */
    Motion moves(const Species &population);

    /** Announces a signal for a process of a target, to be set in `signals`. */
    Signal provide(const char *process, const char *target, Combination combination);

    /** Reads the combination of all signals for a process of a target. */
    Field use(const char *process, const char *target, Combination combination);

  public:
    int n_reads = 0, n_signals = 0, n_motions = 0;
    bool changes[detail::max_reads]     = {};
    double neutral[detail::max_signals] = {};
    detail::ShortText read_name[detail::max_reads], read_unit[detail::max_reads];
    detail::ShortText signal_name[detail::max_signals], motion_name[detail::max_motions];

  private:
    Field named(const char *kind, const char *name, const char *unit);
    Species read(const char *name, const char *unit, bool changes_it);
    Species own(lacuna_species species);
    int remember(int index, const char *name, const char *unit, bool changes_it);

    static const lacuna_host &host() { return *detail::host; }
    static int accepted(int answer)
    {
      if (answer < 0)
        throw detail::RefusedByHost();
      return answer;
    }
  };

  inline Text::Text(const char *text)
  {
    if (std::strlen(text) >= sizeof(content))
      refuse("takes texts of at most %d characters; '%s' is longer", int(sizeof(content)) - 1,
             text);
    std::strcpy(content, text);
  }

  inline Parameter Declarations::parameter(const char *name, double default_value,
                                           const Units &unit, const char *meaning, double minimum,
                                           double maximum, const char *word)
  {
    lacuna_parameter description = {};
    description.size             = sizeof(description);
    description.name             = name;
    description.unit             = unit.written;
    description.used_unit        = unit.used;
    description.meaning          = meaning;
    description.default_value    = default_value;
    description.minimum          = minimum;
    description.maximum          = maximum;
    description.default_word     = word;
    double number                = default_value;
    accepted(host().number(host().context, &description, &number));
    return number;
  }

  inline Text Declarations::text(const char *name, const char *default_text, const char *meaning)
  {
    return choice(name, default_text, nullptr, meaning);
  }

  inline Text Declarations::choice(const char *name, const char *default_text, const char *choices,
                                   const char *meaning)
  {
    lacuna_parameter description = {};
    description.size             = sizeof(description);
    description.name             = name;
    description.unit             = "1";
    description.meaning          = meaning;
    description.default_text     = default_text;
    description.choices          = choices;
    const char *value            = default_text;
    accepted(host().text(host().context, &description, &value));
    return Text(value);
  }

  inline Names::Names(const char *text)
  {
    for (const char *rest = text; *rest != 0;)
    {
      rest += std::strspn(rest, " ,");
      std::size_t length = std::strcspn(rest, ",");
      const char *after  = rest + length;
      while (length > 0 && rest[length - 1] == ' ')
        --length;
      if (length == 0)
        break;
      if (n == capacity || length >= sizeof(name[0].characters))
        refuse("takes at most %d names of at most %d characters, separated by commas, not '%s'",
               capacity, int(sizeof(name[0].characters)) - 1, text);
      std::memcpy(name[n].characters, rest, length);
      name[n++].characters[length] = 0;
      rest                         = after;
    }
  }

  inline bool Names::contains(const char *wanted) const
  {
    for (int i = 0; i < n; ++i)
      if (std::strcmp(name[i].characters, wanted) == 0)
        return true;
    return false;
  }

  inline Names Declarations::names(const char *name, const char *default_text, const char *meaning)
  {
    return Names(text(name, default_text, meaning));
  }

  inline Field Declarations::named(const char *kind, const char *name, const char *unit)
  {
    char full[2 * sizeof(detail::ShortText)];
    std::snprintf(full, sizeof(full), "%s%s", kind, name);
    return field(full, unit);
  }

  inline int Declarations::remember(int index, const char *name, const char *unit, bool changes_it)
  {
    if (index >= detail::max_reads)
      refuse("reads more than %d quantities", detail::max_reads);
    read_name[index] = name;
    read_unit[index] = unit;
    changes[index]   = changes_it;
    n_reads          = index + 1;
    return index;
  }

  inline Species Declarations::read(const char *name, const char *unit, bool changes_it)
  {
    Species species;
    species.index = remember(accepted(host().read(host().context, name, unit, changes_it)), name,
                             unit, changes_it);
    return species;
  }

  inline Field Declarations::field(const char *name, const char *unit)
  {
    return read(name, unit, false);
  }

  inline Field Declarations::field(const char *name, const char *unit, const ValidRange &range)
  {
    return within(field(name, unit), range);
  }

  inline Motion Declarations::moves(const Species &population)
  {
    Motion motion;
    motion.index = accepted(host().move(host().context, population.index));
    if (motion.index >= detail::max_motions)
      refuse("moves more than %d populations", detail::max_motions);
    motion_name[motion.index] = read_name[population.index].characters;
    n_motions                 = motion.index + 1;
    return motion;
  }

  inline Species Declarations::population(const char *name, const char *unit, WithTotal)
  {
    Species species = population(name, unit);
    species.total   = total(name, unit).index;
    return species;
  }

  inline Field Declarations::total(const char *population, const char *unit)
  {
    Field field;
    field.index =
        remember(accepted(host().total(host().context, population, unit)), population, unit, false);
    return field;
  }

  inline Species Declarations::own(lacuna_species species)
  {
    species.size = sizeof(species);
    Species result;
    result.index =
        remember(accepted(host().own(host().context, &species)), species.name, species.unit, true);
    return result;
  }

  inline Species Declarations::mobile_species(const char *name, const char *unit,
                                              const char *meaning, const Transport &transport,
                                              Basis basis)
  {
    lacuna_species species   = {};
    species.name             = name;
    species.unit             = unit;
    species.meaning          = meaning;
    species.mobile           = 1;
    species.basis            = basis;
    species.diffusivity      = transport.diffusivity;
    species.diffusivity_unit = transport.diffusivity_unit;
    species.hindrance        = transport.hindrance;
    species.radius           = transport.radius;
    species.decay            = transport.decay;
    species.initial          = transport.initial;
    species.supply           = transport.supply;
    species.supply_value     = transport.supply_value;
    species.exchange         = transport.exchange;
    return own(species);
  }

  inline Species Declarations::immobile_species(const char *name, const char *unit,
                                                const char *meaning, double initial, double decay)
  {
    lacuna_species species = {};
    species.name           = name;
    species.unit           = unit;
    species.meaning        = meaning;
    species.basis          = LACUNA_BASIS_TISSUE;
    species.initial        = initial;
    species.decay          = decay;
    return own(species);
  }

  inline Species Declarations::species_per_cell(const char *name, const char *unit,
                                                const char *population, const char *meaning,
                                                double initial)
  {
    lacuna_species species = {};
    species.name           = name;
    species.unit           = unit;
    species.meaning        = meaning;
    species.basis          = LACUNA_BASIS_PER_CELL;
    species.population     = population;
    species.initial        = initial;
    return own(species);
  }

  inline Signal Declarations::provide(const char *process, const char *target,
                                      Combination combination)
  {
    Signal signal;
    signal.index = accepted(host().provide(host().context, process, target, combination));
    if (signal.index >= detail::max_signals)
      refuse("provides more than %d signals", detail::max_signals);
    signal_name[signal.index] = process;
    neutral[signal.index]     = combination == product ? 1 : 0;
    n_signals                 = signal.index + 1;
    return signal;
  }

  inline Field Declarations::use(const char *process, const char *target, Combination combination)
  {
    Field field;
    field.index = remember(accepted(host().use(host().context, process, target, combination)),
                           process, "1", false);
    return field;
  }
} // namespace lacuna
