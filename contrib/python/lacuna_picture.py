#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Draws one run: mid-sagittal and mid-axial slices of glucose, pH and injected cells, and the history of viable cells.

    python3 contrib/python/lacuna_picture.py results/lumbar-npmsc-injection [--output FILE.png]

Needs NumPy, matplotlib and VTK (Debian: python3-numpy python3-matplotlib python3-vtk9).
"""
import argparse
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
RESIDENTS = "#0072B2"
DOSES = ["#D55E00", "#CC79A7", "#009E73", "#E69F00", "#56B4E9"]  # Okabe and Ito


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
    """Line segments around a cut: the edges that belong to one triangle only."""
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
    lines = edges.GetOutput()
    if lines.GetNumberOfLines() == 0:
        return numpy.zeros((0, 2, 3))
    ends = vtk_to_numpy(lines.GetLines().GetData()).reshape(-1, 3)[:, 1:]
    return lacuna_results.points(lines)[ends]


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
        self.body = self.flat(outline(self.surface))
        self.parts = {name: cut(part_of(grid, index), axis, position) for index, name in enumerate(regions)}
        self.outlines = {name: self.flat(outline(part)) for name, part in self.parts.items()}

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
        columns.append((f"{what} [10⁶ cells/mL]", "injected", "magma_r"))
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
    curves, colours = [], iter(DOSES * 10)
    for population, record in results.summary.get("populations", {}).items():
        for dose in record["doses"]:
            column = f"{population} {dose['name']} viable"
            if results.history is None or column not in results.history or record.get("unit", "cells") != "cells":
                continue
            time, viable = results.history["time"], results.history[column]
            if dose["name"] == "residents":
                if viable[0] <= 0:
                    continue
                curves.append((f"{population} (residents, of those at the start)", time, 100 * viable / viable[0],
                               RESIDENTS, False))
                if results.control is not None and column in results.control:
                    control = results.control[column]
                    curves.append((f"{population} in the untreated control", results.control["time"],
                                   100 * control / control[0], RESIDENTS, True))
            elif dose["delivered"]:
                after = time >= dose["time"] - 1e-9
                curves.append((f"{population}, {dose['name']} (of those delivered)", time[after],
                               100 * viable[after] / dose["delivered"], next(colours), False))
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
    axes.text(left + length / 2, y - 0.015 * extent, f"{length:g} mm", ha="center", va="top", fontsize=8, color=INK)


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
                axes.set_title(title, fontsize=12, color=INK, pad=8)
            if j == 0:
                axes.text(-0.03, 0.5, name, transform=axes.transAxes, rotation=90, ha="right", va="center", fontsize=10,
                          color=SOFT)
                if i == 1:
                    scale_bar(axes, plane.limits())
            if j == 0 and anatomical:
                ends = {"x": (left, right), "y": (bottom, top)}
                annotate_directions(axes, name, ends)
        bar = figure.colorbar(image, cax=figure.add_subplot(grid_specification[2, j]), orientation="horizontal")
        bar.outline.set_visible(False)
        bar.locator = MaxNLocator(5)
        bar.ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        bar.update_ticks()
        bar.ax.tick_params(labelsize=9, colors=INK, length=3)


def annotate_directions(axes, name, ends):
    style = {"fontsize": 8, "color": SOFT, "clip_on": False}
    (left, right), (bottom, top) = ends["x"], ends["y"]
    if name == "mid-sagittal":
        axes.text(left, bottom, "anterior", ha="left", va="top", **style)
        axes.text(right, bottom, "posterior", ha="right", va="top", **style)
    else:
        axes.text((left + right) / 2, top, "anterior", ha="center", va="bottom", **style)
        axes.text((left + right) / 2, bottom, "posterior", ha="center", va="top", **style)


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
    axes.legend(frameon=False, fontsize=9.5, loc="lower left", handlelength=2.6)


def caption(results, time):
    """One line of numbers: when, what survives, what the lowest values are."""
    parts = [f"after {time:.3g} d"]
    for population, record in results.summary.get("populations", {}).items():
        for dose in record["doses"]:
            if dose["name"] != "residents" and dose["surviving_fraction"] is not None and record["unit"] == "cells":
                parts.append(f"{population} {dose['name']}: {100 * dose['surviving_fraction']:.3g} % of "
                             f"{dose['delivered']:.3g} delivered cells viable")
    for name, record in results.summary.get("quantities", {}).items():
        where = record["regions"].get("nucleus", record["whole"])
        if name in ("glucose", "pH") and where["min"] is not None:
            unit = "" if record["unit"] in ("", "1") else " " + record["unit"]
            parts.append(f"lowest {name}{' in the nucleus' if 'nucleus' in record['regions'] else ''} "
                         f"{where['min']:.3g}{unit}")
    return "  ·  ".join(parts)


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
    width = 12.0
    column = (width - 1.2) / len(columns)
    rows = [max(0.9, column * heights[0]), max(1.2, column * heights[1] * 1.15), 0.14]
    history = 2.5 if curves else 0.01
    title, foot, gap = 0.85, 0.65, 0.45
    height = title + sum(rows) + gap + history + foot + (0.55 if curves else 0)

    figure = plt.figure(figsize=(width, height), dpi=150)
    top = 1 - (title + 0.35) / height
    bottom = (foot + history + (0.7 if curves else 0)) / height
    specification = figure.add_gridspec(3, len(columns), height_ratios=rows, top=top, bottom=bottom, left=0.05,
                                        right=0.98, hspace=0.10, wspace=0.10)
    draw_slices(figure, specification, planes, columns, is_lumbar_disc(results))
    if curves:
        draw_history(figure.add_axes([0.065, foot / height, 0.915, history / height]), curves)

    heading = results.summary.get("title") or results.summary.get("name") or os.path.basename(results.folder)
    figure.text(0.02, 1 - 0.20 / height, heading, fontsize=16, color=INK, weight="bold", va="top")
    figure.text(0.02, 1 - 0.55 / height, caption(results, time), fontsize=10, color=SOFT, va="top")
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
