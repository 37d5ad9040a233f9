# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Planes through the body: triangles, fields on them, and the outlines of the regions."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy
import vtk
from matplotlib.collections import LineCollection
from matplotlib.colors import ListedColormap
from numpy.typing import NDArray
from vtk.util.numpy_support import vtk_to_numpy

from .. import fields
from ..fields import Grid, part_of
from .colours import INK, SOFT


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
                               cmap=ListedColormap(["#8c8c8c"]), alpha=0.35, edgecolors="none",
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
    nucleus = part_of(grid, regions.index("nucleus")) if "nucleus" in regions else None
    centred = nucleus if nucleus is not None and nucleus.GetNumberOfCells() else grid
    bounds = numpy.array(centred.GetBounds()).reshape(3, 2)
    middle = bounds.mean(axis=1)
    return {"mid-sagittal": Plane(grid, regions, width, middle[width], depth, height, mirrored=True),
            "mid-axial": Plane(grid, regions, height, middle[height], width, depth, mirrored=False)}
