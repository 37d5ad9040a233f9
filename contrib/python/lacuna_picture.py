#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Draws one run: mid-sagittal and mid-axial slices of glucose, pH and injected cells, and the history of viable cells.

    python3 contrib/python/lacuna_picture.py results/lumbar-npmsc-injection [--output FILE.png]

Needs NumPy, matplotlib and VTK (Debian: python3-numpy python3-matplotlib python3-vtk9).
"""
import argparse
import itertools
import os
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy
import vtk
from matplotlib.collections import LineCollection
from matplotlib.ticker import FuncFormatter, MaxNLocator
from vtk.util.numpy_support import vtk_to_numpy

import lacuna_results
from lacuna_results import Results, split_label

INK, SOFT = "#222222", "#6b6b6b"
RESIDENTS = ["#0072B2", "#56B4E9", "#009E73", "#777777"]  # Okabe and Ito, as are those of the doses
# White where there is nothing, and monotone in lightness.
CELLS = matplotlib.colors.LinearSegmentedColormap.from_list(
    "cells", ["#fbfaf8", "#fdd3a5", "#f98b3c", "#c6470b", "#7a1d05", "#2b0700"])
DOSES = ["#D55E00", "#CC79A7", "#E69F00", "#000000"]


# ---- Slices ----------------------------------------------------------------------------------------------------------

def frame(grid):
    """Axes of the body as (left-right, front-back, height): those of a generated disc, or by decreasing extent."""
    bounds = numpy.array(grid.GetBounds()).reshape(3, 2)
    extents = bounds[:, 1] - bounds[:, 0]
    if extents[0] >= 0.99 * extents[1] >= 0.98 * extents[2]:
        return 0, 1, 2
    return tuple(int(axis) for axis in numpy.argsort(-extents))


def part_of(grid, region):
    """The cells of one region."""
    threshold = vtk.vtkThreshold()
    threshold.SetInputData(grid)
    threshold.SetInputArrayToProcess(0, 0, 0, vtk.vtkDataObject.FIELD_ASSOCIATION_POINTS, "region")
    threshold.SetLowerThreshold(region - 0.5)
    threshold.SetUpperThreshold(region + 0.5)
    threshold.SetThresholdFunction(vtk.vtkThreshold.THRESHOLD_BETWEEN)
    threshold.Update()
    return threshold.GetOutput()


def cut(grid, axis, position):
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


def outline(surface):
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
    places, ids, loops = lacuna_results.points(lines), vtk.vtkIdList(), []
    lines.GetLines().InitTraversal()
    while lines.GetLines().GetNextCell(ids):
        loops.append(places[[ids.GetId(index) for index in range(ids.GetNumberOfIds())]])
    return loops


class Slice:
    """One plane through the body: triangles, fields, outlines of the regions; `across` and `up` are drawn axes."""

    def __init__(self, grid, regions, axis, position, across, up, mirrored):
        self.across, self.up, self.sign = across, up, -1 if mirrored else 1
        # Planes of symmetry are faces of cells: a hair beside them, each triangle belongs to one cell.
        bounds = grid.GetBounds()
        position += 1e-4 * (bounds[2 * axis + 1] - bounds[2 * axis])
        self.surface = cut(grid, axis, position)
        self.places = self.flat(lacuna_results.points(self.surface))
        cells = vtk_to_numpy(self.surface.GetPolys().GetData()) if self.surface.GetNumberOfPolys() else []
        self.triangles = numpy.array(cells, dtype=int).reshape(-1, 4)[:, 1:]
        self.body = [self.flat(line) for line in outline(self.surface)]
        self.parts = {name: cut(part_of(grid, index), axis, position) for index, name in enumerate(regions)}
        self.outlines = {name: [self.flat(line) for line in outline(part)] for name, part in self.parts.items()}

    def flat(self, places):
        return numpy.stack([self.sign * places[..., self.across], places[..., self.up]], axis=-1)

    def limits(self):
        return self.places.min(axis=0), self.places.max(axis=0)

    def draw(self, axes, field, colours):
        values = lacuna_results.array(self.surface, field)
        image = axes.tripcolor(self.places[:, 0], self.places[:, 1], self.triangles, values, shading="gouraud",
                               rasterized=True, **colours)
        for name, part in self.parts.items():
            if "endplate" in name and part.GetNumberOfPolys():
                corners = self.flat(lacuna_results.points(part))
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


def slices(grid, regions):
    """The mid-sagittal and the mid-axial plane, through the middle of the nucleus if there is one."""
    width, depth, height = frame(grid)
    centre_of = part_of(grid, regions.index("nucleus")) if "nucleus" in regions else grid
    bounds = numpy.array(centre_of.GetBounds()).reshape(3, 2)
    middle = bounds.mean(axis=1)
    return {"mid-sagittal": Slice(grid, regions, width, middle[width], depth, height, mirrored=True),
            "mid-axial": Slice(grid, regions, height, middle[height], width, depth, mirrored=False)}


# ---- What is drawn ---------------------------------------------------------------------------------------------------

def injected_fields(results, names):
    """Fields of injected cells, in the order of their doses."""
    populations = results.summary.get("populations", {})
    found = []
    for population, record in populations.items():
        for dose in record.get("doses", []):
            if dose["name"] != "residents":
                for label in (f"{population}, {dose['name']} [1/mL]", f"{population} [1/mL]"):
                    if label in names and label not in found:
                        found.append(label)
                        break
    return found


def panels(results, grid):
    """[(title, field, colour map)] of the columns; several doses of cells are drawn as their sum."""
    names = lacuna_results.array_names(grid)
    columns = []
    if "glucose [mM]" in names:
        columns.append(("Glucose [mM]", "glucose [mM]", "viridis"))
    if "pH" in names:
        columns.append(("pH", "pH", "cividis"))
    injected = injected_fields(results, names)
    if injected:
        total = sum(lacuna_results.array(grid, name).astype(float) for name in injected) / 1e6
        # The unit of the colour bar keeps its numbers short.
        field = vtk.util.numpy_support.numpy_to_vtk(total, deep=1)
        field.SetName("injected")
        grid.GetPointData().AddArray(field)
        population = split_label(injected[0])[0].split(",")[0]
        what = population if all(name.startswith(population) for name in injected) else "Injected cells"
        columns.append((f"{what} [10⁶ cells/mL]", "injected", CELLS))
    if not columns:
        columns = [(name, name, "viridis") for name in names if name != "region"][:3]
    return columns


def colour_range(planes, field):
    values = numpy.concatenate([lacuna_results.array(plane.surface, field) for plane in planes.values()])
    low, high = float(numpy.nanmin(values)), float(numpy.nanmax(values))
    if field == "injected":
        low = 0.0
    return low, high if high > low else low + max(1e-6, 1e-3 * abs(low))


def viable_curves(results):
    """[(label, time, per cent, colour, dashed)]: residents against their start, doses against what was delivered."""
    curves, doses, residents = [], itertools.cycle(DOSES), itertools.cycle(RESIDENTS)
    for population, record in results.summary.get("populations", {}).items():
        for dose in record["doses"]:
            column = f"{population} {dose['name']} viable"
            if results.history is None or column not in results.history or record.get("unit", "cells") != "cells":
                continue
            time, viable = results.history["time"], results.history[column]
            if dose["name"] == "residents":
                if viable[0] <= 0:
                    continue
                colour = next(residents)
                curves.append((f"{population}, of those at the start", time, 100 * viable / viable[0],
                               colour, False))
                if results.control is not None and column in results.control and results.control[column][0] > 0:
                    control = results.control[column]
                    curves.append((f"{population}, untreated control", results.control["time"],
                                   100 * control / control[0], colour, True))
            elif dose["delivered"]:
                after = time >= dose["time"] - 1e-9
                curves.append((f"{population} {dose['name']}, of those delivered", time[after],
                               100 * viable[after] / dose["delivered"], next(doses), False))
    return curves


def is_lumbar_disc(results):
    """A generated disc has its front at +y; of an imported mesh that is not known."""
    path = os.path.join(results.folder, "parameters.prm")
    if not os.path.exists(path):
        return False
    with open(path, encoding="utf-8") as file:
        return any(line.split("#")[0].split() == ["set", "Shape", "=", "lumbar", "disc"] for line in file)


# ---- The picture -----------------------------------------------------------------------------------------------------

def scale_bar(axes, limits):
    """A bar of a round length, lower left of the body."""
    (left, low), (right, high) = limits
    extent = right - left
    length = max(value for value in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 1e9) if value <= extent / 4 or value == 0.1)
    y = low - 0.05 * extent
    axes.plot([left, left + length], [y, y], color=INK, linewidth=2, solid_capstyle="butt")
    axes.text(left + length / 2, y - 0.015 * extent, f"{length:g} mm", ha="center", va="top", fontsize=9, color=INK)


def draw_slices(figure, grid_specification, planes, columns, anatomical):
    rows = list(planes.items())
    for j, (title, field, colour_map) in enumerate(columns):
        low, high = colour_range(planes, field)
        colours = {"cmap": colour_map, "vmin": low, "vmax": high}
        for i, (name, plane) in enumerate(rows):
            axes = figure.add_subplot(grid_specification[i, j])
            image = plane.draw(axes, field, colours)
            (left, bottom), (right, top) = plane.limits()
            margin = 0.04 * (right - left)
            axes.set_xlim(left - margin, right + margin)
            axes.set_ylim(bottom - (4 * margin if i == 1 else margin), top + margin)
            if i == 0:
                axes.set_title(title, fontsize=13, color=INK, pad=6)
            if j == 0:
                axes.text(-0.03, 0.5, name, transform=axes.transAxes, rotation=90, ha="right", va="center", fontsize=10,
                          color=SOFT)
                if i == 1:
                    scale_bar(axes, plane.limits())
            if i == 1 and j == len(columns) - 1:
                axes.text(right, bottom - 2.2 * margin, key(plane), ha="right", va="center", fontsize=9, color=SOFT)
            if j == 0 and anatomical:
                ends = {"x": (left, right), "y": (bottom, top)}
                annotate_directions(axes, name, ends)
        place = grid_specification[2, j].get_position(figure)
        place = [place.x0 + 0.07 * place.width, place.y0, 0.86 * place.width, place.height]
        bar = figure.colorbar(image, cax=figure.add_axes(place), orientation="horizontal")
        bar.outline.set_visible(False)
        bar.locator = MaxNLocator(5)
        bar.ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        bar.update_ticks()
        bar.ax.tick_params(labelsize=9, colors=INK, length=3)


def key(plane):
    """What the lines and shades mean."""
    meanings = [("nucleus", "dashed: nucleus"), ("endplate", "grey: endplates")]
    return "   ".join(text for part, text in meanings if any(part in name for name in plane.outlines))


def annotate_directions(axes, name, ends):
    style = {"fontsize": 9, "color": SOFT, "clip_on": False}
    (left, right), (bottom, top) = ends["x"], ends["y"]
    if name == "mid-sagittal":
        axes.text(left, bottom, "anterior", ha="left", va="top", **style)
        axes.text(right, bottom, "posterior", ha="right", va="top", **style)
    else:
        gap = 0.02 * (top - bottom)
        axes.text((left + right) / 2, top + gap, "anterior", ha="center", va="bottom", **style)
        axes.text((left + right) / 2, bottom - gap, "posterior", ha="center", va="top", **style)


def draw_history(axes, curves):
    for label, time, share, colour, dashed in curves:
        axes.plot(time, share, color=colour, linewidth=2, linestyle=(0, (4, 3)) if dashed else "-", label=label,
                  solid_capstyle="round")
    axes.set_xlabel("time [d]", color=INK)
    axes.set_ylabel("viable cells [%]", color=INK)
    low = min(curve[2].min() for curve in curves)
    axes.set_ylim(0 if low < 60 else 5 * numpy.floor(low / 5 - 0.5), 103)
    axes.set_xlim(left=min(curve[1][0] for curve in curves), right=max(curve[1][-1] for curve in curves))
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.grid(axis="y", color="#dddddd", linewidth=0.7)
    axes.set_axisbelow(True)
    axes.tick_params(colors=INK, labelsize=9)
    axes.legend(frameon=False, fontsize=9.5, loc="best", handlelength=2.6)


def count(value):
    """5100000 -> '5.1 million': numbers of cells for people."""
    for size, word in ((1e9, " billion"), (1e6, " million"), (1e3, " thousand")):
        if value >= size:
            return f"{value / size:.3g}{word}"
    return f"{value:.3g}"


def caption(results, time):
    """A line or two of numbers: when, what survives, what the lowest values are."""
    parts = [f"After {time:.3g} d"]
    for population, record in results.summary.get("populations", {}).items():
        for dose in record["doses"]:
            if dose["name"] != "residents" and dose["surviving_fraction"] is not None and record["unit"] == "cells":
                parts.append(f"{population} {dose['name']}: {100 * dose['surviving_fraction']:.3g} % of "
                             f"{count(dose['delivered'])} delivered cells are viable")
    for name, record in results.summary.get("quantities", {}).items():
        where = record["regions"].get("nucleus", record["whole"])
        if name in ("glucose", "pH") and where["min"] is not None:
            unit = "" if record["unit"] in ("", "1") else " " + record["unit"]
            parts.append(f"lowest {name}{' in the nucleus' if 'nucleus' in record['regions'] else ''} "
                         f"{where['min']:.3g}{unit}")
    lines = [parts[0]]
    for part in parts[1:]:
        if len(lines[-1]) + len(part) > 100:
            lines.append(part)
        else:
            lines[-1] += "  ·  " + part
    return "\n".join(lines)


def draw(results, file):
    time = results.times()[-1][0]
    grid = results.fields()
    regions = results.regions()
    columns = panels(results, grid)
    planes = slices(grid, regions)
    curves = viable_curves(results)

    heights = []
    for plane in planes.values():
        (left, bottom), (right, top) = plane.limits()
        heights.append((top - bottom) / (right - left))
    # In inches, from the top: heading, two rows of slices, colour bars, history.
    width, heading, foot, between = 10.0, 1.25, 0.55, 0.65
    column = (width - 0.7) / len(columns) * 0.94
    rows = [max(0.9, column * heights[0] * 1.08), max(1.2, column * heights[1] * 1.22), 0.13]
    history = 2.2 if curves else 0
    slices_height = 1.08 * sum(rows)
    height = heading + slices_height + (between + history if curves else 0) + foot

    figure = plt.figure(figsize=(width, height), dpi=160)
    specification = figure.add_gridspec(3, len(columns), height_ratios=rows, top=1 - heading / height,
                                        bottom=1 - (heading + slices_height) / height, left=0.045, right=0.985,
                                        hspace=0.08, wspace=0.06)
    draw_slices(figure, specification, planes, columns, is_lumbar_disc(results))
    if curves:
        draw_history(figure.add_axes([0.075, foot / height, 0.905, history / height]), curves)

    title = results.summary.get("title") or results.summary.get("name") or os.path.basename(results.folder)
    figure.text(0.02, 1 - 0.16 / height, title, fontsize=16, color=INK, weight="bold", va="top")
    figure.text(0.02, 1 - 0.52 / height, caption(results, time), fontsize=10, color=SOFT, va="top",
                linespacing=1.5)
    figure.savefig(file, facecolor="white")
    plt.close(figure)


def main():
    parser = argparse.ArgumentParser(description="Draws the slices and the history of one Lacuna run.")
    parser.add_argument("folder", help="the results of a run")
    parser.add_argument("--output", help="the picture (default: FOLDER/picture.png)")
    arguments = parser.parse_args()
    file = arguments.output or os.path.join(arguments.folder, "picture.png")
    if not os.path.exists(os.path.join(arguments.folder, "fields.pvd")):
        sys.exit(f"There are no fields in '{arguments.folder}' (no fields.pvd).\n"
                 "Name the output folder of a finished run whose parameter file has 'set Fields = yes'.")
    draw(Results(arguments.folder), file)
    print(file)


if __name__ == "__main__":
    main()
