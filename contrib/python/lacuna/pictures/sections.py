# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Two planes through the body, with a column for each field."""
from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from ..fields import find_label
from ..files import reading
from ..results import Run
from .colours import INK, SOFT
from .columns import Column, colour_range, columns_of, copy_of
from .planes import Plane, mid_planes


def is_lumbar_disc(run: Run) -> bool:
    """A generated disc has its front at +y; of an imported mesh that is not known."""
    path = os.path.join(run.folder, "parameters.prm")
    if not os.path.exists(path):
        return False
    with reading(path), open(path, encoding="utf-8") as file:
        return any(line.split("#")[0].split() == ["set", "Shape", "=", "lumbar", "disc"] for line in file)


def scale_bar(axes: Any, limits: tuple[NDArray[Any], NDArray[Any]]) -> None:
    """A bar of a round length, lower left of the body."""
    (left, low), (right, high) = limits
    extent = right - left
    length = max(value for value in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 1e9) if value <= extent / 4 or value == 0.1)
    y = low - 0.05 * extent
    axes.plot([left, left + length], [y, y], color=INK, linewidth=2, solid_capstyle="butt")
    axes.text(left + length / 2, y - 0.015 * extent, f"{length:g} mm", ha="center", va="top", fontsize=9, color=INK)


def draw_planes(figure: Figure, grid_specification: Any, planes: Mapping[str, Plane], columns: Sequence[Column],
                anatomical: bool) -> None:
    rows = list(planes.items())
    for j, column in enumerate(columns):
        low, high = colour_range(planes, column)
        colours = {"cmap": column.colours, "vmin": low, "vmax": high}
        for i, (name, plane) in enumerate(rows):
            axes = figure.add_subplot(grid_specification[i, j])
            image = plane.draw(axes, column.field, colours)
            (left, bottom), (right, top) = plane.limits()
            margin = 0.04 * (right - left)
            axes.set_xlim(left - margin, right + margin)
            axes.set_ylim(bottom - (4 * margin if i == 1 else margin), top + margin)
            if i == 0:
                axes.set_title(column.title, fontsize=min(13, 40 / len(columns)), color=INK, pad=6)
            if j == 0:
                axes.text(-0.03, 0.5, name, transform=axes.transAxes, rotation=90, ha="right", va="center", fontsize=10,
                          color=SOFT)
                if i == 1:
                    scale_bar(axes, plane.limits())
            if i == 1 and j == len(columns) - 1:
                axes.text(right, bottom - 2.2 * margin, key(plane), ha="right", va="center", fontsize=9, color=SOFT)
            if j == 0 and anatomical:
                annotate_directions(axes, name, (left, right), (bottom, top))
        place = grid_specification[2, j].get_position(figure)
        place = [place.x0 + 0.07 * place.width, place.y0, 0.86 * place.width, place.height]
        bar = figure.colorbar(image, cax=figure.add_axes(place), orientation="horizontal")
        bar.outline.set_visible(False)
        bar.locator = MaxNLocator(5 if len(columns) < 4 else 4)
        bar.ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        bar.update_ticks()
        bar.ax.tick_params(labelsize=9, colors=INK, length=3)


def key(plane: Plane) -> str:
    """What the lines and shades mean."""
    meanings = [("nucleus", "dashed: nucleus"), ("endplate", "grey: endplates")]
    return "   ".join(text for part, text in meanings if any(part in name for name in plane.outlines))


def annotate_directions(axes: Any, name: str, x: tuple[float, float], y: tuple[float, float]) -> None:
    style = {"fontsize": 9, "color": SOFT, "clip_on": False}
    (left, right), (bottom, top) = x, y
    if name == "mid-sagittal":
        axes.text(left, bottom, "anterior", ha="left", va="top", **style)
        axes.text(right, bottom, "posterior", ha="right", va="top", **style)
    else:
        gap = 0.02 * (top - bottom)
        axes.text((left + right) / 2, top + gap, "anterior", ha="center", va="bottom", **style)
        axes.text((left + right) / 2, bottom - gap, "posterior", ha="center", va="top", **style)


class Layout:
    """A figure of sections with room above for a heading and below for a history; lengths in inches, from the top."""

    def __init__(self, planes: Mapping[str, Plane], n_columns: int, heading: float, below: float):
        heights = []
        for plane in planes.values():
            (left, bottom), (right, top) = plane.limits()
            heights.append((top - bottom) / (right - left))
        width = 10.0
        column = (width - 0.7) / n_columns * 0.94
        highest = 3.4  # a plane that is high for its width is drawn smaller
        rows = [min(highest, max(0.9, column * heights[0] * 1.08)), min(highest, max(1.2, column * heights[1] * 1.22)),
                0.13]
        self.height = heading + 1.08 * sum(rows) + below
        self.figure = Figure(figsize=(width, self.height), dpi=160)
        self.specification = self.figure.add_gridspec(
            3, n_columns, height_ratios=rows, top=1 - heading / self.height, bottom=below / self.height, left=0.045,
            right=0.985, hspace=0.08, wspace=0.06)


def sections(run: Run, *quantities: str, time: float | None = None) -> Figure:
    """The mid-sagittal and the mid-axial plane of some fields (by default those of the picture) at one of `run.times`
    (by default the last)."""
    grid = copy_of(run.grid(time))
    labels = [find_label("field", name, run.quantities) for name in quantities]
    columns = [Column(label[:1].upper() + label[1:] if label != "pH" else label, label,
                      "cividis" if label == "pH" else "viridis") for label in labels] or columns_of(run, grid)
    planes = mid_planes(grid, run.regions)
    layout = Layout(planes, len(columns), heading=0.45, below=0.35)
    draw_planes(layout.figure, layout.specification, planes, columns, is_lumbar_disc(run))
    return layout.figure
