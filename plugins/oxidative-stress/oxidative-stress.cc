// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Hydrogen peroxide in a tissue, its clearance by modified cells, and the stress that follows; see
// README.md.

struct OxidativeStress : lacuna::Law<OxidativeStress>
{
  Names feeling_names = names("Populations", "NP cells",
                              "On whom the stress acts, and among whom modified cells are counted; "
                              "separated by commas.");

  Names modified_names =
      names("Modified populations", "",
            "Cells that carry antioxidant enzymes, all doses together; must be among Populations; "
            "empty: none.");

  Names labelled_names = names("Labelled populations", "",
                               "Cells with an iron label, a source of oxidants; empty: none.");

  Text enzymes = choice("Enzymes", "Sod2 and catalase", "Sod2 and catalase|Sod2|catalase|none",
                        "What modified cells carry; sets the default of Antioxidant factor.");

  Parameter level = parameter(
      "Level", 200, "uM",
      "s_H/k_c: what the tissue comes to without protection; 0 to 300. [assumed: half of the "
      "largest stress]",
      0, 1e5);

  Parameter clearance =
      parameter("Clearance", 60, "1/d",
                "k_c, half-life 17 min. [recalled: Graham 2012 table, reactive oxygen]", 1e-3, 1e6);

  Parameter antioxidant_factor = parameter(
      "Antioxidant factor", default_factor(), "1",
      "m_AO: clearance where all cells are modified, relative to none; both enzymes 3, one 2; 2 to "
      "5. [assumed; seen: XIAO21 that both are better than none]",
      1, 100, "as enzymes");

  Parameter given_share = parameter(
      "Modified share", 0, "1", "f_AO where no Modified populations are named. [assumed]", 0, 1);

  Parameter osmotic_gain =
      parameter("Osmolarity gain", 0, "1",
                "By how much full hyperosmolarity raises the source; 0: not at all. [assumed; "
                "direction seen: OSM19]",
                0, 100);
  Parameter half_osmolarity =
      parameter("Half osmolarity", 430, "mOsm/L",
                "At which half of that acts. [assumed: where growth is inhibited]", 200, 2000);
  Parameter osmolarity_width =
      parameter("Osmolarity width", 30, "mOsm/L", "Of that logistic. [assumed]", 1, 500);

  Parameter acid_gain = parameter("Acid gain", 0, "1",
                                  "By how much full acidity raises the source; 0: not at all. "
                                  "[assumed; direction seen: ACID18, "
                                  "ten days at pH 6.2 age cells]",
                                  0, 100);
  Parameter half_pH   = parameter("Half pH", 6.3, "1",
                                  "At which half of that acts. [assumed: as the acid hazard of NP "
                                    "cells]",
                                  4, 9);
  Parameter pH_width  = parameter("pH width", 0.12, "1", "Of that logistic. [assumed]", 1e-3, 1);

  Parameter label_gain =
      parameter("Label gain", 0, "1",
                "By how much 1e6 labelled cells per mL raise the source. [assumed; direction "
                "recalled: iron labels are oxidative]",
                0, 100);

  Parameter half_death =
      parameter("Half stress", 200, "uM",
                "Of oxidative stress, which rises with the third power. [assumed: curve]", 1, 1e5);
  Parameter half_senescence = parameter("Half senescent stress", 200, "uM",
                                        "Of oxidative senescence. [assumed: curve]", 1, 1e5);

  bool by_osmolarity = osmotic_gain > 0;
  bool by_acid       = acid_gain > 0;

  Species peroxide =
      immobile_species("hydrogen peroxide", "uM", "Hydrogen peroxide in the tissue.");

  Field osmolarity = by_osmolarity ? field("osmolarity", "mOsm/L") : Field();
  Field pH         = by_acid ? field("pH", "1") : Field();
  Field cleared    = use("oxidant clearance", "hydrogen peroxide", product);
  Field all[Names::capacity], labelled[Names::capacity];
  bool modified[Names::capacity] = {};
  Signal stress[Names::capacity], senescence[Names::capacity];

  OxidativeStress()
  {
    for (int i = 0; i < modified_names.size(); ++i)
      if (!feeling_names.contains(modified_names[i]))
        lacuna::refuse("has the modified population '%s', which is not among its Populations; add "
                       "it there.",
                       modified_names[i]);
    for (int i = 0; i < feeling_names.size(); ++i)
    {
      modified[i]   = modified_names.contains(feeling_names[i]);
      all[i]        = modified_names.size() > 0 ? total(feeling_names[i], "1/mL") : Field();
      stress[i]     = provide("oxidative stress", feeling_names[i], sum);
      senescence[i] = provide("oxidative senescence", feeling_names[i], sum);
    }
    for (int i = 0; i < labelled_names.size(); ++i)
      labelled[i] = total(labelled_names[i], "1/mL");
  }

  template <class Number>
  void signals(At<Number> &at) const
  {
    const Number amount = lacuna::positive_part(at[peroxide]);
    const Number cubed  = amount * amount * amount;
    const Number deadly = cubed / (half_death * half_death * half_death + cubed);
    const Number ageing = lacuna::saturation(at[peroxide], half_senescence);
    for (int i = 0; i < feeling_names.size(); ++i)
    {
      at.signal(stress[i])     = deadly;
      at.signal(senescence[i]) = ageing;
    }
  }

  template <class Number>
  void tissue_rates(At<Number> &at) const
  {
    Number source = level;
    if (by_osmolarity)
      source *= 1 + osmotic_gain *
                        lacuna::logistic((at[osmolarity] - half_osmolarity) / osmolarity_width);
    if (by_acid)
      source *= 1 + acid_gain * lacuna::logistic((half_pH - at[pH]) / pH_width);
    for (int i = 0; i < labelled_names.size(); ++i)
      source += level * label_gain * millions * at[labelled[i]];
    at.rate(peroxide) += clearance * source;
    at.rate(peroxide) -= clearance * (1 + (antioxidant_factor - 1) * modified_share(at)) *
                         at[cleared] * at[peroxide];
  }

private:
  static constexpr double millions = 1e-6; // the gain is per 1e6 cells/mL

  double default_factor() const
  {
    if (enzymes == "none")
      return 1;
    return enzymes == "Sod2 and catalase" ? 3 : 2; // [assumed; seen: XIAO21, both are better]
  }

  template <class Number>
  Number modified_share(At<Number> &at) const
  {
    if (modified_names.size() == 0)
      return given_share;
    Number of_modified = 0., of_all = 1.; // one cell per mL more, so that no tissue is without
    for (int i = 0; i < feeling_names.size(); ++i)
    {
      of_all += at[all[i]];
      if (modified[i])
        of_modified += at[all[i]];
    }
    return of_modified / of_all;
  }
};

LACUNA_LAW(OxidativeStress, "oxidative-stress", "1.0.0", "d",
           "Hydrogen peroxide in the tissue, its clearance by cells with antioxidant enzymes, and "
           "the stress on cells that follows.")
