# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The share of viable cells over time."""
from __future__ import annotations

import itertools
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy

from ..fields import Numbers
from ..results import Run
from .colours import DOSES, INK, RESIDENTS
from .columns import populations


@dataclass(frozen=True)
class Curve:
    """Viable cells over time (d), per cent."""

    label: str
    time: Numbers
    share: Numbers
    colour: str
    dashed: bool


def viable_curves(run: Run) -> list[Curve]:
    """Residents against their start, doses against what was delivered."""
    curves: list[Curve] = []
    if not os.path.exists(os.path.join(run.folder, "history.csv")):
        return curves
    doses, residents = itertools.cycle(DOSES), itertools.cycle(RESIDENTS)
    for population in populations(run).values():
        for dose in population.doses:
            column = f"{population.name} {dose.name} viable"
            if column not in run.history or population.unit != "cells":
                continue
            time, viable = run.history["time"], run.history[column]
            if dose.name == "residents":
                if len(viable) == 0 or viable[0] <= 0:
                    continue
                colour = next(residents)
                curves.append(Curve(f"{population.name}, of those at the start", time, 100 * viable / viable[0], colour,
                                    False))
                if run.control is not None and column in run.control.history:
                    control = run.control.history[column]
                    if len(control) and control[0] > 0:
                        curves.append(Curve(f"{population.name}, untreated control", run.control.history["time"],
                                            100 * control / control[0], colour, True))
            elif dose.delivered > 0:
                after = time >= dose.time - 1e-9
                if after.any():
                    curves.append(Curve(f"{population.name} {dose.name}, of those delivered", time[after],
                                        100 * viable[after] / dose.delivered, next(doses), False))
    return curves


def plain_axes(axes: Any) -> None:
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.grid(axis="y", color="#dddddd", linewidth=0.7)
    axes.set_axisbelow(True)
    axes.tick_params(colors=INK, labelsize=9)


def draw_viable(axes: Any, curves: Sequence[Curve]) -> None:
    for curve in curves:
        axes.plot(curve.time, curve.share, color=curve.colour, linewidth=2,
                  linestyle=(0, (4, 3)) if curve.dashed else "-", label=curve.label, solid_capstyle="round")
    axes.set_xlabel("time [d]", color=INK)
    axes.set_ylabel("viable cells [%]", color=INK)
    low, high = min(curve.share.min() for curve in curves), max(curve.share.max() for curve in curves)
    axes.set_ylim(0 if low < 60 else 5 * numpy.floor(low / 5 - 0.5), max(103, 1.03 * high))
    axes.set_xlim(left=min(curve.time[0] for curve in curves), right=max(curve.time[-1] for curve in curves))
    plain_axes(axes)
    if legend_rows(curves):
        axes.legend(frameon=False, fontsize=9.5, loc="lower left", bbox_to_anchor=(-0.01, 1), borderaxespad=0.2, ncol=2,
                    handlelength=2.6)
    else:
        axes.legend(frameon=False, fontsize=9.5, loc="best", handlelength=2.6)


def legend_rows(curves: Sequence[Curve]) -> int:
    """Many curves leave no room for a legend among them: it then stands above them, in two columns."""
    return math.ceil(len(curves) / 2) if len(curves) > 3 else 0
