// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cell_growth.h"

/** What cells give off to the tissue: the dead, their alarm signals, and cytokines. */
struct CellRelease : CellGrowth
{
  using CellGrowth::CellGrowth;

  Text cytokine_name = text("Cytokine species", "",
                            "A species of another law, in ng/mL, that cells of lower quality "
                            "release; empty: none.");

  Parameter cytokine_release =
      parameter("Cytokine release", 1e-3, "pg/d",
                "Released by a cell of quality 0; times (1 - quality). [assumed: as of secreting "
                "cells]",
                0, 10);

  Text dead_name =
      text("Dead cells", "", "Name of a species of dead cells of this law; empty: not followed.");

  Parameter clearance = parameter("Clearance of dead cells", 0.1, "1/d",
                                  "In avascular tissue; 0.02 to 0.5. [assumed]", 0, 10);

  Text alarm_name = text("Alarm species", "",
                         "A species of another law, such as DAMP, that dying cells release; "
                         "empty: none.");

  Parameter alarm_per_death = parameter(
      "Alarm per death", graham_alarm / graham_deaths, "mL",
      "Rise of the alarm species by one death per mL: 0.3 by 4e5. [recalled: Graham 2012]", 0, 1);

  bool leaves    = !dead_name.empty();
  bool alarms    = !alarm_name.empty();
  bool irritates = quality < 1 && !cytokine_name.empty();

  Species dead =
      leaves ? immobile_species(dead_name, "1/mL", "Dead cells.", 0, clearance) : Species();
  Species alarm    = alarms ? solute(alarm_name, "1") : Species();
  Species cytokine = irritates ? solute(cytokine_name, "ng/mL") : Species();

protected:
  template <class Number>
  void give_off(At<Number> &at, const Number &deaths) const
  {
    if (leaves)
      at.rate(dead) += deaths;
    if (alarms)
      at.rate(alarm) += alarm_per_death * deaths;
    if (irritates)
      at.rate(cytokine) += ng_per_pg * (1 - quality) * cytokine_release * at[cells];
  }

private:
  // So many dead per mL raise the alarm so far [recalled: Graham 2012].
  static constexpr double graham_alarm = 0.3, graham_deaths = 4e5;
  static constexpr double ng_per_pg = 1e-3;
};
