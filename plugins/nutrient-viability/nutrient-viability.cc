// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Death of resident cells where glucose or pH fall below a threshold; see README.md.

struct NutrientViability : lacuna::Law<NutrientViability>
{
  static constexpr const char *as_set = "as parameter set";

  Text population_name = text("Population", "NP cells", "Whose death this is.");

  Text set = choice("Parameter set", "standard", "standard|UPF",
                    "standard: 0.5 mM, pH 6.8, constant K; UPF: 0.511 mM, pH 6.78, K by "
                    "density. [seen: UPF-T]");

  bool upf = set == "UPF";

  Parameter critical_glucose = parameter(
      "Critical glucose", upf ? 0.511 : 0.5, "mM",
      "Cells die below this concentration: 0.5 in the standard set, 0.511 in the UPF set. "
      "[recalled-H: Horner & Urban 2001; seen: UPF-T]",
      0, 10, as_set);

  Parameter critical_pH = parameter("Critical pH", upf ? 6.78 : 6.8, "1",
                                    "Cells die below this pH: 6.8 in the standard set, 6.78 in the "
                                    "UPF set. [recalled-H: Horner & Urban 2001; seen: UPF-T]",
                                    4, 9, as_set);

  Parameter glucose_death = parameter(
      "Glucose death rate", 1, "1/d",
      "Prefactor of death by lack of glucose; the rate in full starvation is 2 G_t/K times this. "
      "[seen: UPF-T, after Zhu 2012]",
      0, 100);

  Parameter acid_death = parameter("Acid death rate", 0.325728, "1/d",
                                   "First-order death rate below the critical pH (3.77e-6 1/s). "
                                   "[seen: UPF-T]",
                                   0, 100);

  Text K_model = choice("K model", as_set, "as parameter set|constant|density-dependent",
                        "Whether K is the Starvation constant or follows from the Initial "
                        "density. [seen: UPF-T, after Munoz-Moya 2025]");

  Parameter constant_K =
      parameter("Starvation constant", 0.2, "mM",
                "K, for the constant model. [recalled-M: Zhu 2012, Huang, Gu]", 1e-6, 10);

  Parameter initial_density =
      parameter("Initial density", 3.6e6, "1/mL",
                "Density of the population before any death, for the density-dependent K. "
                "[seen: UPF-T, nucleus]",
                0, 1e9);

  Parameter glucose_width = parameter("Glucose width", 0.01, "mM",
                                      "Width over which the kink at the critical glucose is "
                                      "rounded; 0 = sharp. [assumed]",
                                      0, 1);

  Parameter pH_width = parameter("pH width", 0.01, "1",
                                 "Width over which the step at the critical pH is smoothed; 0 "
                                 "= sharp. [assumed]",
                                 0, 1);

  Species cells    = population(population_name, "1/mL");
  Field glucose    = field("glucose", "mM");
  Field pH         = field("pH", "1");
  Field protection = use("apoptosis", population_name, product);
  double K         = starvation_constant();

  template <class Number>
  void rates(At<Number> &at) const
  {
    const Number lack    = lacuna::positive_part(critical_glucose - at[glucose], glucose_width);
    const Number starved = 2 * glucose_death * lack / (K + lacuna::max(at[glucose], 0.));
    const Number soured  = acid_death * lacuna::smooth_step(critical_pH - at[pH], pH_width);
    at.rate(cells) -= (starved + soured) * at[protection] * at[cells];
  }

private:
  // The density-dependent K falls from G_t - `shift` to zero around `middle`, more steeply the
  // smaller `log_width`. [seen: UPF-T, after Munoz-Moya 2025]
  static constexpr double shift     = 0.001;   // mM
  static constexpr double middle    = 3.1767;  // 1e6/mL
  static constexpr double log_width = -1.7989; // of the square of the width in 1e6/mL

  /** K in mM. */
  double starvation_constant() const
  {
    const bool by_density = K_model == "density-dependent" || (K_model == as_set && upf);
    if (!by_density)
      return constant_K;
    const double H = (critical_glucose - shift) / 2;
    const double x = initial_density / 1e6 - middle;
    return H * (1 - x / lacuna::sqrt(x * x + lacuna::pow(10., log_width)));
  }
};

LACUNA_LAW(NutrientViability, "nutrient-viability", "1.0.0", "d",
           "Death of resident cells below a critical glucose concentration or pH.")
