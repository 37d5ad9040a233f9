# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""One history or one slice, into the axes of whoever calls."""
from __future__ import annotations

import itertools
from typing import Any

from ..errors import LacunaError
from ..fields import Slice, join_label, split_label
from ..results import Run
from .colours import DOSES, RESIDENTS
from .curves import plain_axes


def plot_history(run: Run, *names: str, axes: Any = None, control: bool = True) -> Any:
    """Columns of the history over time, dashed for the untreated control; all of one unit. Returns the axes."""
    if not names:
        raise LacunaError("plot_history needs the name of a column, such as 'glucose min nucleus'")
    units = {name: run.history.unit(name) for name in names}
    if len(set(units.values())) > 1:
        raise LacunaError("one axis has one unit, but " + ", ".join(f"'{name}' is in {unit}"
                                                                    for name, unit in units.items()))
    axes = _axes(axes)
    for name, colour in zip(names, itertools.cycle(RESIDENTS + DOSES)):
        axes.plot(run.history["time"], run.history[name], color=colour, linewidth=2, label=split_label(name)[0])
        if control and run.control is not None and name in run.control.history:
            untreated = run.control.history
            axes.plot(untreated["time"], untreated[name], color=colour, linewidth=2, linestyle=(0, (4, 3)),
                      label=f"{split_label(name)[0]}, untreated control")
    axes.set_xlabel("time [d]")
    unit = next(iter(units.values()))
    axes.set_ylabel(join_label(split_label(names[0])[0] if len(names) == 1 else "", unit).strip())
    plain_axes(axes)
    if len(axes.lines) > 1:
        axes.legend(frameon=False, fontsize=9.5)
    return axes


def plot_slice(section: Slice, axes: Any = None, **colours: Any) -> Any:
    """A slice in mm with its colour bar; `colours` go to imshow (cmap, vmin, vmax). Returns the axes."""
    axes = _axes(axes)
    image = axes.imshow(section.values, origin="lower", extent=section.extent, **colours)
    axes.figure.colorbar(image, ax=axes, label=section.label)
    axes.set_xlabel(f"{section.axes[0]} [mm]")
    axes.set_ylabel(f"{section.axes[1]} [mm]")
    axes.set_title(f"{section.normal} = {section.at_mm:g} mm", fontsize=10)
    return axes


def _axes(axes: Any) -> Any:
    if axes is not None:
        return axes
    from matplotlib import pyplot  # only here: figures made above need no screen
    return pyplot.gca()
