// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

// The boundary between Lacuna and a law: plain C structs and function pointers, nothing else. No
// exception, no C++ library type and no memory ownership crosses it, so that a law built by one
// compiler today loads in next year's Lacuna built by another. Authors include law.h, which wraps
// this file.
//
// Rules of growth: members are only ever added, at the end; `size` says how much of a struct the
// writer knew. A host loads a plugin when the major numbers match and its own minor number is not
// smaller than the plugin's.

// The tables are laid out by hand.
// clang-format off

#include <stddef.h>
#include <stdint.h>

#define LACUNA_ABI_MAJOR 1
#define LACUNA_ABI_MINOR 1

#ifdef __cplusplus
extern "C" {
#endif

/** A number, or a text when `default_text` is given, that the parameter file may set for this law. */
typedef struct lacuna_parameter
{
  uint32_t    size;
  const char *name;          /**< as written in the parameter file, e.g. "Death rate" */
  const char *unit;          /**< UDUNITS text, "1" for a pure number; ignored for a text */
  const char *meaning;       /**< one sentence, with source and provenance tag */
  double      default_value; /**< in `unit`; NaN: must be given, unless there is a default_word */
  double      minimum, maximum; /**< bounds in `unit`, may be infinite */
  const char *default_text;  /**< non-null makes it a text */
  const char *choices;       /**< for a text: admissible values separated by '|', or null */
  const char *used_unit;     /**< unit of the value handed to the law, when another than `unit`; or null */
  const char *default_word;  /**< "as cell type", "none": shown, and accepted, instead of the default number; or
                                  null */
} lacuna_parameter;

enum
{
  LACUNA_BASIS_PORE_WATER = 0, /**< amount per pore water (solutes) */
  LACUNA_BASIS_TISSUE     = 1, /**< amount per tissue volume (populations, matrix, vesicles) */
  LACUNA_BASIS_PER_CELL   = 2  /**< amount inside one cell of a population */
};

enum
{
  LACUNA_HINDRANCE_NONE         = 0, /**< `diffusivity` is that in the tissue */
  LACUNA_HINDRANCE_MACKIE_MEARES = 1, /**< `diffusivity` is that in water; small solutes */
  LACUNA_HINDRANCE_OGSTON       = 2  /**< that in water, obstructed by fibres; `radius` must be given */
};

enum
{
  LACUNA_SUPPLY_CLOSED   = 0, /**< nothing passes the faces */
  LACUNA_SUPPLY_FIXED    = 1, /**< `supply_value` is held there */
  LACUNA_SUPPLY_EXCHANGE = 2  /**< flux = `exchange` * (`supply_value` - value) */
};

/** A species that the law brings along. */
typedef struct lacuna_species
{
  uint32_t    size;
  const char *name;
  const char *unit;
  const char *meaning;
  int32_t     mobile;           /**< 1: diffuses, lives at nodes; 0: stays, lives at reaction points */
  int32_t     basis;            /**< LACUNA_BASIS_... */
  const char *population;       /**< for LACUNA_BASIS_PER_CELL: whose cells */
  double      diffusivity;      /**< for a mobile species; NaN: by Stokes and Einstein from `radius` */
  const char *diffusivity_unit;
  /* since 1.1 */
  double      initial;       /**< in `unit`, wherever the parameter file gives nothing else */
  double      decay;         /**< first-order, per time unit of the law; the host lets it decay */
  int32_t     hindrance;     /**< LACUNA_HINDRANCE_... */
  double      radius;        /**< hydrodynamic radius in nm, or 0 */
  int32_t     supply;        /**< LACUNA_SUPPLY_...: at every face at which the parameter file prescribes some solute,
                                  unless it prescribes something for this species there */
  double      supply_value;  /**< in `unit` */
  double      exchange;      /**< in m/s */
} lacuna_species;

/** One dose, as a law sees it: before the run it may say what of the dose arrives, at its time what it does. */
typedef struct lacuna_dose
{
  uint32_t    size;
  const char *name;    /**< of its section in the parameter file */
  const char *species; /**< what is injected */
  uint32_t    number;  /**< 0 for the first dose of the case, in order of time */
  uint32_t    same_site; /**< how many earlier doses went in at the same place (within 0.1 mm) */
  double      time;    /**< in the law's time unit */
  double      loaded;  /**< cells, vesicles, or mol */
  double      volume;  /**< mL of fluid, 0 if none is given */
  double      x, y, z; /**< mm, the site */
  /* `deliver` may lower these shares; they begin with what the parameter file or another law says. */
  double viability, needle_survival, retained_fraction;
  char  *report;      /**< `deliver` may leave a sentence here on what it found */
  uint32_t report_size;
} lacuna_dose;

enum
{
  LACUNA_COMBINE_PRODUCT = 0, /**< neutral value 1 */
  LACUNA_COMBINE_SUM     = 1  /**< neutral value 0 */
};

/**
 * What the host offers while a law is being created. Every function returns a negative number when the host refuses;
 * the law then stops and returns null from `create`; the host already knows why.
 *
 * `read`, `total` and `use` return the index of a *read*: an input that arrives in `lacuna_batch::reads`. Names that are
 * always available: "x", "y", "z" (length), "time", "age" (time since the population's dose), "pH", "osmolarity",
 * "porosity", "fixed charge density". Since 1.1 also "region:NAME" (1 inside, 0 outside), "face:NAME" (area of the
 * named face per tissue volume, 1/length; zero away from it), "face area:NAME" (its whole area) and "since:DOSE" (time
 * since a dose, negative before it).
 */
typedef struct lacuna_host
{
  uint32_t size;
  void    *context;
  int (*number)(void *context, const lacuna_parameter *parameter, double *value);
  int (*text)(void *context, const lacuna_parameter *parameter, const char **value);
  /** Reads a species or derived quantity; `changes` != 0 announces that the law adds to its rate. */
  int (*read)(void *context, const char *name, const char *unit, int32_t changes);
  /** Reads the sum of a population over all its doses. */
  int (*total)(void *context, const char *population, const char *unit);
  /** Declares a species of the law's own, and reads and changes it. */
  int (*own)(void *context, const lacuna_species *species);
  /** Announces a signal (a factor or summand on a named process of a target); returns the index of the *signal*. */
  int (*provide)(void *context, const char *process, const char *target, int32_t combination);
  /** Reads the combination of all signals on that process of that target. */
  int (*use)(void *context, const char *process, const char *target, int32_t combination);
  /* since 1.1 */
  /** Says for which range of a read, in its unit, the law's data hold; a run outside it says so. */
  int (*valid)(void *context, int32_t read, double minimum, double maximum, const char *source);
  /** Announces that the law moves the population of this read; returns the index of the *motion*. */
  int (*move)(void *context, int32_t read);
} lacuna_host;

/**
 * One batch of reaction points of one population instance. Numbers are in the units that the law declared; rates are
 * per the law's time unit and, for species per pore water or tissue, per *tissue* volume.
 *
 * Tables are indexed first by read (or signal), then by point. `gain[r]`, `loss[r]` are null unless the law announced
 * that it changes read r; the rate is gain - loss, and a loss vanishes with the species itself. Derivatives: d_gain[r *
 * n_reads + c][p] = d gain[r][p] / d reads[c][p]; the tables are null when no derivatives are wanted, and single entries
 * of a table are null where that derivative is not. The law overwrites, never adds.
 */
typedef struct lacuna_batch
{
  uint32_t             size;
  uint32_t             n_points;
  uint32_t             n_reads;
  uint32_t             n_signals;
  const double *const *reads;
  double *const       *gain;
  double *const       *loss;
  double *const       *d_gain;
  double *const       *d_loss;
  double *const       *signal;   /**< signal[k][p] */
  double *const       *d_signal; /**< d_signal[k * n_reads + c][p] */
  char                *error;    /**< filled with a sentence when the call returns non-zero */
  uint32_t             error_size;
  /* since 1.1 */
  uint32_t            *failed_point; /**< set, when the call returns non-zero, to the point at which it failed */
  int32_t              first_instance; /**< not 0: this batch also stands for what happens once per tissue, however
                                            many doses the population has */
  double *const       *motility;    /**< motility[motion][p], mm^2 per time unit of the law */
  double *const       *d_motility;  /**< d_motility[motion * n_reads + c][p] */
  double *const       *attraction;  /**< attraction[motion][p]: cells move along its gradient, a pure number */
  double *const       *d_attraction;
  double *const       *converted;   /**< converted[r][p]: the part of loss[r][p] that is no death, because these cells
                                         become others; null where the host does not ask */
  double *const       *after;       /**< after[r][p]: amounts after the dose, of changed species that stay in place;
                                         equal to reads[r][p] at first */
} lacuna_batch;

/** What a plugin exports through its only visible symbol, `lacuna_plugin_entry`. */
typedef struct lacuna_plugin
{
  uint32_t    size;
  uint32_t    abi_major, abi_minor;
  const char *name;      /**< "glucose-death" */
  const char *version;   /**< "1.0.0" */
  const char *time_unit; /**< the one time unit of its numbers: "s", "h", "d" ... */
  const char *meaning;   /**< one sentence */
  const char *build;     /**< compiler and options, for diagnosis */
  /** Creates a law; null on failure, with a sentence in `error` unless the host refused a declaration. */
  void *(*create)(const lacuna_host *host, char *error, uint32_t error_size);
  void (*destroy)(void *law);
  /** First pass: the signals the law provides, from reads that are not signals. Zero on success. */
  int (*signals)(const void *law, const lacuna_batch *batch);
  /** Second pass: the rates. Zero on success. */
  int (*rates)(const void *law, const lacuna_batch *batch);
  /* since 1.1; null where the law does nothing of the kind */
  /** J = -motility * (grad V - V grad attraction) for every population that the law moves. */
  int (*motion)(const void *law, const lacuna_batch *batch);
  /** Before the run: what of a dose arrives. Non-zero refuses the dose, with a sentence in `error`. */
  int (*deliver)(const void *law, lacuna_dose *dose, char *error, uint32_t error_size);
  /** When a dose is given, at every point: what the needle or the fluid does at once. */
  int (*at_dose)(const void *law, const lacuna_dose *dose, const lacuna_batch *batch);
} lacuna_plugin;

typedef const lacuna_plugin *(*lacuna_plugin_entry_type)(void);
#define LACUNA_PLUGIN_ENTRY "lacuna_plugin_entry"

#ifdef __cplusplus
}
#endif
