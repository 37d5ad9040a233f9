# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Draws runs: histories, slices, and one picture that shows a whole run.

    python3 -m lacuna.pictures results/lumbar-npmsc-injection [--output FILE.png]

    from lacuna import load, pictures
    run = load("results/lumbar-npmsc-injection")
    pictures.plot_history(run, "glucose min nucleus")           # into the axes of pyplot, or axes=...
    pictures.plot_slice(run.slice("pH", normal="z"))
    pictures.sections(run, "oxygen", "pH", time=3).savefig("sections.png")
    pictures.save(run, "picture.png")

Needs NumPy, matplotlib and VTK (Debian: python3-numpy python3-matplotlib python3-vtk9).
"""
from __future__ import annotations

import argparse
import itertools
import math
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib
import numpy
import vtk
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray
from vtk.util.numpy_support import numpy_to_vtk, vtk_to_numpy

from . import fields
from .command_line import status_of
from .errors import LacunaError, suggestion
from .fields import Grid, Numbers, Slice, find_label, join_label, part_of, split_label
from .files import check_writable
from .results import Population, Run, load

INK, SOFT = "#222222", "#6b6b6b"
# Okabe and Ito, as are those of the doses; the last three, for many populations, are Paul Tol's.
RESIDENTS = ["#0072B2", "#56B4E9", "#009E73", "#777777", "#332288", "#AA4499", "#999933"]
# White where there is nothing, and monotone in lightness.
CELLS = matplotlib.colors.LinearSegmentedColormap.from_list(
    "cells", ["#fbfaf8", "#fdd3a5", "#f98b3c", "#c6470b", "#7a1d05", "#2b0700"])
VESICLES = matplotlib.colors.LinearSegmentedColormap.from_list(
    "vesicles", ["#fbfaf8", "#cfe0d8", "#8dbfb8", "#4a8f99", "#2a5b7c", "#14224f"])
DOSES = ["#D55E00", "#CC79A7", "#E69F00", "#000000"]


# ---- Planes ----------------------------------------------------------------------------------------------------------

def frame(grid: Grid) -> tuple[int, int, int]:
    """Axes of the body as (left-right, front-back, height): those of a generated disc, or by decreasing extent."""
    bounds = numpy.array(grid.GetBounds()).reshape(3, 2)
    extents = bounds[:, 1] - bounds[:, 0]
    if extents[0] >= 0.99 * extents[1] >= 0.98 * extents[2]:
        return 0, 1, 2
    width, depth, height = (int(axis) for axis in numpy.argsort(-extents))
    return width, depth, height


def cut(grid: Grid, axis: int, position: float) -> Any:
    """The triangles of a plane through a grid, with the fields on their corners."""
    plane = vtk.vtkPlane()
    plane.SetNormal(*numpy.eye(3)[axis])
    plane.SetOrigin(*(numpy.eye(3)[axis] * position))
    cutter = vtk.vtkCutter()
    cutter.SetInputData(grid)
    cutter.SetCutFunction(plane)
    cutter.GenerateTrianglesOn()
    cutter.Update()
    return cutter.GetOutput()


def outline(surface: Any) -> list[NDArray[Any]]:
    """Closed lines around a cut: the edges that belong to one triangle only."""
    clean = vtk.vtkCleanPolyData()
    clean.SetInputData(surface)
    clean.ToleranceIsAbsoluteOn()
    clean.SetAbsoluteTolerance(1e-3)
    edges = vtk.vtkFeatureEdges()
    edges.SetInputConnection(clean.GetOutputPort())
    edges.BoundaryEdgesOn()
    edges.FeatureEdgesOff()
    edges.ManifoldEdgesOff()
    edges.NonManifoldEdgesOff()
    edges.ColoringOff()
    edges.Update()
    strips = vtk.vtkStripper()  # one line per loop, so that dashes run on
    strips.SetInputConnection(edges.GetOutputPort())
    strips.JoinContiguousSegmentsOn()
    strips.SetMaximumLength(100000)
    strips.Update()
    lines = strips.GetOutput()
    places, ids, loops = fields.points(lines), vtk.vtkIdList(), []
    lines.GetLines().InitTraversal()
    while lines.GetLines().GetNextCell(ids):
        loops.append(places[[ids.GetId(index) for index in range(ids.GetNumberOfIds())]])
    return loops


class Plane:
    """One plane through the body: triangles, fields, outlines of the regions; `across` and `up` are drawn axes."""

    def __init__(self, grid: Grid, regions: list[str], axis: int, position: float, across: int, up: int,
                 mirrored: bool):
        self.across, self.up, self.sign = across, up, -1 if mirrored else 1
        # Planes of symmetry are faces of cells: a hair beside them, each triangle belongs to one cell.
        bounds = grid.GetBounds()
        position += 1e-4 * (bounds[2 * axis + 1] - bounds[2 * axis])
        self.surface = cut(grid, axis, position)
        self.places = self.flat(fields.points(self.surface))
        cells = vtk_to_numpy(self.surface.GetPolys().GetData()) if self.surface.GetNumberOfPolys() else []
        self.triangles = numpy.array(cells, dtype=int).reshape(-1, 4)[:, 1:]
        self.body = [self.flat(line) for line in outline(self.surface)]
        self.parts = {name: cut(part_of(grid, index), axis, position) for index, name in enumerate(regions)}
        self.outlines = {name: [self.flat(line) for line in outline(part)] for name, part in self.parts.items()}

    def flat(self, places: NDArray[Any]) -> NDArray[Any]:
        return numpy.stack([self.sign * places[..., self.across], places[..., self.up]], axis=-1)

    def limits(self) -> tuple[NDArray[Any], NDArray[Any]]:
        return self.places.min(axis=0), self.places.max(axis=0)

    def draw(self, axes: Any, field: str, colours: Mapping[str, Any]) -> Any:
        values = fields.array(self.surface, field)
        image = axes.tripcolor(self.places[:, 0], self.places[:, 1], self.triangles, values, shading="gouraud",
                               rasterized=True, **colours)
        for name, part in self.parts.items():
            if "endplate" in name and part.GetNumberOfPolys():
                corners = self.flat(fields.points(part))
                cells = vtk_to_numpy(part.GetPolys().GetData()).reshape(-1, 4)[:, 1:]
                axes.tripcolor(corners[:, 0], corners[:, 1], cells, facecolors=numpy.zeros(len(cells)),
                               cmap=matplotlib.colors.ListedColormap(["#8c8c8c"]), alpha=0.35, edgecolors="none",
                               antialiased=False, rasterized=True)
                axes.add_collection(LineCollection(self.outlines[name], colors=SOFT, linewidths=0.5))
        axes.add_collection(LineCollection(self.body, colors=INK, linewidths=0.9))
        if "nucleus" in self.outlines:
            axes.add_collection(LineCollection(self.outlines["nucleus"], colors="white", linewidths=2.6))
            axes.add_collection(LineCollection(self.outlines["nucleus"], colors=INK, linewidths=1.2,
                                               linestyles=(0, (4, 2))))
        axes.set_aspect("equal")
        axes.set_axis_off()
        return image


def mid_planes(grid: Grid, regions: list[str]) -> dict[str, Plane]:
    """The mid-sagittal and the mid-axial plane, through the middle of the nucleus if there is one."""
    width, depth, height = frame(grid)
    centre_of = part_of(grid, regions.index("nucleus")) if "nucleus" in regions else grid
    bounds = numpy.array(centre_of.GetBounds()).reshape(3, 2)
    middle = bounds.mean(axis=1)
    return {"mid-sagittal": Plane(grid, regions, width, middle[width], depth, height, mirrored=True),
            "mid-axial": Plane(grid, regions, height, middle[height], width, depth, mirrored=False)}


# ---- What is drawn ---------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Column:
    """One field to be drawn: `field` is its name in the grid."""

    title: str
    field: str
    colours: Any
    from_zero: bool = False


def populations(run: Run) -> Mapping[str, Population]:
    """Those of the summary; none while the run goes on."""
    if not run.has_summary:
        return {}
    return run.summary.populations


def injected_fields(run: Run, names: Sequence[str]) -> list[str]:
    """Fields of injected cells, in the order of their doses."""
    found: list[str] = []
    for population in populations(run).values():
        for dose in population.doses:
            if dose.name != "residents":
                for label in (f"{population.name}, {dose.name} [1/mL]", f"{population.name} [1/mL]"):
                    if label in names and label not in found:
                        found.append(label)
                        break
    return found


def vesicle_fields(run: Run, names: Sequence[str]) -> list[str]:
    """Fields that count something per volume which is no population of cells, such as exosomes and their depot."""
    if not run.has_summary:
        return []
    return [join_label(name, record.unit) for name, record in run.summary.quantities.items()
            if record.unit == "1/mL" and record.integral_unit == "1"
            and name.split(",")[0] not in run.summary.populations and join_label(name, record.unit) in names]


def power_of_ten(value: float) -> int:
    """A multiple of three, so that the numbers of a colour bar are short."""
    return 3 * math.floor(math.log10(value) / 3) if value > 0 else 0


def superscript(number: int) -> str:
    return str(number).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def sum_of(grid: Grid, names: Sequence[str]) -> Numbers:
    total: Numbers = numpy.sum([fields.array(grid, name).astype(float) for name in names], axis=0)
    return total


def add_field(grid: Grid, name: str, values: Numbers) -> None:
    field = numpy_to_vtk(values, deep=1)
    field.SetName(name)
    grid.GetPointData().AddArray(field)


def copy_of(grid: Grid) -> Grid:
    """A grid that can be given further fields, while that of the run stays as it is."""
    copy = vtk.vtkUnstructuredGrid()
    copy.ShallowCopy(grid)
    return copy


def columns_of(run: Run, grid: Grid) -> list[Column]:
    """Glucose, pH, injected cells and vesicles. Several doses of cells are drawn as their sum; what is drawn in another
    unit than that of the files is added to the grid."""
    names = fields.array_names(grid)
    columns = []
    if "glucose [mM]" in names:
        columns.append(Column("Glucose [mM]", "glucose [mM]", "viridis"))
    if "pH" in names:
        columns.append(Column("pH", "pH", "cividis"))
    injected = injected_fields(run, names)
    if injected:
        # The unit of the colour bar keeps its numbers short.
        add_field(grid, "injected", sum_of(grid, injected) / 1e6)
        population = split_label(injected[0])[0].split(",")[0]
        what = population if all(name.startswith(population) for name in injected) else "Injected cells"
        columns.append(Column(f"{what} [10⁶ cells/mL]", "injected", CELLS, from_zero=True))
    # Not their sum: what is free counts per pore water where the case says so, a depot per tissue.
    for label in vesicle_fields(run, names):
        values = sum_of(grid, [label])
        if values.max() >= 1:  # less than one per mL is none
            power = power_of_ten(values.max())
            name = split_label(label)[0]
            add_field(grid, f"{name}, scaled", values / 10.0**power)
            unit = f"10{superscript(power)}/mL" if power else "1/mL"
            columns.append(Column(f"{name[:1].upper() + name[1:]} [{unit}]", f"{name}, scaled", VESICLES,
                                  from_zero=True))
    return columns or [Column(name, name, "viridis") for name in names if name != "region"][:3]


def colour_range(planes: Mapping[str, Plane], column: Column) -> tuple[float, float]:
    values = numpy.concatenate([fields.array(plane.surface, column.field) for plane in planes.values()])
    low, high = float(numpy.nanmin(values)), float(numpy.nanmax(values))
    if column.from_zero:
        low = 0.0
    return low, high if high > low else low + max(1e-6, 1e-3 * abs(low))


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


def is_lumbar_disc(run: Run) -> bool:
    """A generated disc has its front at +y; of an imported mesh that is not known."""
    path = os.path.join(run.folder, "parameters.prm")
    if not os.path.exists(path):
        return False
    with open(path, encoding="utf-8") as file:
        return any(line.split("#")[0].split() == ["set", "Shape", "=", "lumbar", "disc"] for line in file)


# ---- Parts of the picture --------------------------------------------------------------------------------------------

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


# ---- For users -------------------------------------------------------------------------------------------------------

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


def _axes(axes: Any) -> Any:
    if axes is not None:
        return axes
    from matplotlib import pyplot  # only here: figures made above need no screen
    return pyplot.gca()


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="lacuna-picture",
                                     description="Draws the slices and the history of one Lacuna run.")
    parser.add_argument("folder", help="the results of a run")
    parser.add_argument("--output", help="the picture (default: FOLDER/picture.png)")
    arguments = parser.parse_args(words)
    file = arguments.output or os.path.join(arguments.folder, "picture.png")
    return status_of(lambda: _draw(arguments.folder, file))


def _draw(folder: str, file: str) -> None:
    save(load(folder), file)
    print(file)


if __name__ == "__main__":
    sys.exit(main())
