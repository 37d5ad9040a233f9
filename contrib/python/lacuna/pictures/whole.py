# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""One picture that shows a whole run."""
from __future__ import annotations

import math
import os

from matplotlib.figure import Figure

from ..errors import LacunaError, suggestion
from ..files import check_writable
from ..results import Run
from .colours import INK, SOFT
from .columns import columns_of, copy_of, populations
from .curves import draw_viable, legend_rows, viable_curves
from .planes import mid_planes
from .sections import Layout, draw_planes, is_lumbar_disc


def count(value: float) -> str:
    """5100000 -> '5.1 million': numbers of cells for people."""
    for size, word in ((1e9, " billion"), (1e6, " million"), (1e3, " thousand")):
        if value >= size:
            return f"{value / size:.3g}{word}"
    return f"{value:.3g}"


def caption(run: Run, time: float) -> list[str]:
    """A few lines of numbers: when, what survives, what the lowest values are."""
    parts = [f"After {time:.3g} d"]
    for population in populations(run).values():
        for dose in population.doses:
            if dose.name != "residents" and not math.isnan(dose.surviving_fraction) and population.unit == "cells":
                parts.append(f"{population.name} {dose.name}: {100 * dose.surviving_fraction:.3g} % of "
                             f"{count(dose.delivered)} delivered cells are viable")
    for name, record in run.summary.quantities.items() if run.has_summary else ():
        where = record.regions.get("nucleus", record.whole)
        if name in ("glucose", "pH") and not math.isnan(where.min):
            unit = "" if record.unit in ("", "1") else " " + record.unit
            place = " in the nucleus" if "nucleus" in record.regions else ""
            parts.append(f"lowest {name}{place} {where.min:.3g}{unit}")
    lines = [parts[0]]
    for part in parts[1:]:
        if len(lines[-1]) + len(part) > 100:
            lines.append(part)
        else:
            lines[-1] += "  ·  " + part
    return lines


def picture(run: Run) -> Figure:
    """One picture of a whole run: mid-sagittal and mid-axial planes of glucose, pH, injected cells and vesicles at its
    last time, and the history of viable cells."""
    grid = copy_of(run.grid())
    columns = columns_of(run, grid)
    planes = mid_planes(grid, run.regions)
    curves = viable_curves(run)
    lines = caption(run, float(run.times[-1]))

    foot, between, history = 0.55, 0.65 + 0.21 * legend_rows(curves), 2.2
    layout = Layout(planes, len(columns), heading=1.25 + 0.2 * max(0, len(lines) - 2),
                    below=foot + (between + history if curves else 0))
    figure, height = layout.figure, layout.height
    draw_planes(figure, layout.specification, planes, columns, is_lumbar_disc(run))
    if curves:
        draw_viable(figure.add_axes([0.075, foot / height, 0.905, history / height]), curves)

    named = (run.summary.title or run.summary.name) if run.has_summary else ""
    title = named or os.path.basename(os.path.normpath(run.folder))
    figure.text(0.02, 1 - 0.16 / height, title, fontsize=16, color=INK, weight="bold", va="top")
    figure.text(0.02, 1 - 0.52 / height, "\n".join(lines), fontsize=10, color=SOFT, va="top", linespacing=1.5)
    return figure


def save(run: Run, file: str | os.PathLike[str]) -> None:
    """Writes `picture` into a file; its ending says how (png, pdf, svg)."""
    check_writable(file)
    drawn = picture(run)
    ending = os.path.splitext(file)[1].removeprefix(".").lower()
    kinds = sorted(drawn.canvas.get_supported_filetypes())
    if ending and ending not in kinds:
        raise LacunaError(f"'{os.fspath(file)}': a picture can be {', '.join(kinds)}, but not '{ending}'"
                          + suggestion(ending, kinds))
    drawn.savefig(file, facecolor="white")
