# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Fields as the page draws them: a regular grid, three planes and the surfaces of the regions, packed."""
from __future__ import annotations

import base64
import math
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
from numpy.typing import NDArray

from .. import fields
from ..errors import LacunaError
from ..fields import Grid, Numbers, split_label
from ..results import Run

# Points along the longest side of the grid and of the planes, from fine to coarse.
RESOLUTIONS = ((96, 320), (80, 256), (64, 200), (48, 160), (32, 120))
BUDGET = 10e6  # letters of packed fields in the page
# Letters per value after deflation, as measured on discs; fields that are zero take less.
LETTERS_PER_VOXEL, LETTERS_PER_PIXEL = 0.35, 0.8
LARGEST_SURFACE = 150_000  # triangles
OUTSIDE = 255
# A plane of symmetry is a face of cells: a hair beside it, each point belongs to one cell.
HAIR = 1e-4


# ---- Packing ---------------------------------------------------------------------------------------------------------

def deflated(values: NDArray[Any]) -> str:
    """The bytes of an array, little endian, as base64 of deflated data."""
    ordered = numpy.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<"))
    return base64.b64encode(zlib.compress(ordered.tobytes(), 6)).decode("ascii")


def packed(values: Numbers, bits: int) -> dict[str, Any]:
    """Integers of 8 or 16 bits between the smallest and the largest value, as differences along the last axis, which
    deflate well where fields are smooth; all low bytes come before all high bytes."""
    low, high = float(values.min()), float(values.max())
    kind = numpy.uint8 if bits == 8 else numpy.uint16
    levels: NDArray[Any] = numpy.round((values - low) / ((high - low) or 1.0) * (2**bits - 1)).astype(kind)
    steps = levels.copy()
    steps[..., 1:] -= levels[..., :-1]  # wraps around, and so does the sum in the page
    parts = numpy.stack([(steps >> shift & 255).astype(numpy.uint8) for shift in range(0, bits, 8)])
    return {"low": low, "high": high, "data": deflated(parts)}


# ---- Regular arrays --------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Lattice:
    """A regular array of places, mm: `size` along x, y and z, `low` and `high` its outer faces. Each value is in the
    middle of its box."""

    size: tuple[int, int, int]
    low: Numbers
    high: Numbers

    def sample(self, grid: Grid) -> dict[str, Numbers]:
        """All fields, as [z, y, x], and under '' whether the place is in the tissue."""
        import vtk
        from vtk.util.numpy_support import vtk_to_numpy
        spacing = (self.high - self.low) / self.size
        image = vtk.vtkImageData()
        image.SetDimensions(*self.size)
        image.SetOrigin(*(self.low + spacing / 2))
        image.SetSpacing(*(step or 1.0 for step in spacing))
        probe = vtk.vtkProbeFilter()
        probe.SetInputData(image)
        probe.SetSourceData(grid)
        probe.Update()
        data = probe.GetOutput().GetPointData()
        names = {name: name for name in fields.array_names(grid)} | {"": probe.GetValidPointMaskArrayName()}
        return {name: vtk_to_numpy(data.GetArray(array)).astype(float).reshape(self.size[::-1])
                for name, array in names.items()}


def grid_lattice(grid: Grid, longest: int) -> Lattice:
    """Boxes that fill the body; across its flat directions no fewer than half of `longest`."""
    bounds = numpy.array(grid.GetBounds()).reshape(3, 2)
    extent = bounds[:, 1] - bounds[:, 0]
    counts = numpy.clip(numpy.round(longest * extent / extent.max()).astype(int), longest // 2, longest)
    return Lattice((int(counts[0]), int(counts[1]), int(counts[2])), bounds[:, 0], bounds[:, 1])


def plane_lattice(grid: Grid, axis: int, longest: int) -> Lattice:
    """Pixels of the plane through the middle."""
    bounds = numpy.array(grid.GetBounds()).reshape(3, 2)
    extent = bounds[:, 1] - bounds[:, 0]
    counts = numpy.maximum(2, numpy.round(longest * extent / extent.max()).astype(int))
    counts[axis] = 1
    low, high = bounds[:, 0].copy(), bounds[:, 1].copy()
    low[axis] = high[axis] = (low[axis] + high[axis]) / 2 + HAIR * extent[axis]
    return Lattice((int(counts[0]), int(counts[1]), int(counts[2])), low, high)


def nearest_inside(inside: NDArray[numpy.bool_]) -> NDArray[numpy.int64]:
    """For every place the flat index of a near one inside the tissue, so that interpolation does not meet what is
    outside."""
    nearest = numpy.where(inside, numpy.arange(inside.size).reshape(inside.shape), -1)
    while (nearest < 0).any():
        before = nearest.copy()
        for axis in range(inside.ndim):
            for shift in (1, -1):
                beside = numpy.roll(before, shift, axis)
                numpy.moveaxis(beside, axis, 0)[0 if shift == 1 else -1] = -1  # nothing comes round from behind
                nearest = numpy.where(nearest < 0, beside, nearest)
    return nearest


@dataclass(frozen=True)
class Parts:
    """The regions that the page draws: those of which the mesh has cells, in the order of their numbers in the files.
    Without regions the body is one part."""

    names: list[str]
    numbers: list[int]

    @classmethod
    def of(cls, run: Run, grid: Grid) -> Parts:
        if not run.regions:
            return cls(["tissue"], [])
        held = set(numpy.unique(fields.array(grid, "region").round()))
        numbers = [number for number in range(len(run.regions)) if number in held]
        return cls([run.regions[number] for number in numbers], numbers)

    def grids(self, grid: Grid) -> list[Grid]:
        return [fields.part_of(grid, number) for number in self.numbers] or [grid]

    def places_of(self, sample: Mapping[str, Numbers]) -> NDArray[Any]:
        """The part that each place of a lattice is in."""
        if not self.numbers:
            return numpy.zeros(sample[""].shape, dtype=int)
        return numpy.searchsorted(self.numbers, numpy.round(sample["region"]))


class Picture:
    """A lattice, and where it meets the tissue. The mesh is the same at all times."""

    def __init__(self, lattice: Lattice, grid: Grid, parts: Parts):
        self.lattice = lattice
        sample = lattice.sample(grid)
        inside = sample[""] > 0
        if not inside.any():
            raise LacunaError("a plane through the middle of the body does not meet the tissue")
        self.nearest = nearest_inside(inside)
        self.region = numpy.where(inside, parts.places_of(sample), OUTSIDE).astype(numpy.uint8)

    def values(self, grid: Grid) -> dict[str, Numbers]:
        """The fields of one time; outside the tissue those of the nearest place inside."""
        return {name: numpy.nan_to_num(values.ravel()[self.nearest]) for name, values in
                self.lattice.sample(grid).items() if name not in ("", "region")}


# ---- Surfaces --------------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Surface:
    """The closed surface of a region: places in mm, triangles that share them, and which points of the region's grid
    they are."""

    places: NDArray[numpy.float32]
    triangles: NDArray[numpy.uint32]
    origins: NDArray[Any]


def surface_of(part: Grid) -> Surface:
    """Cells of the files share no points, so that the faces inside are found by their occurring twice."""
    import vtk
    from vtk.util.numpy_support import numpy_to_vtk, vtk_to_numpy
    numbered = vtk.vtkUnstructuredGrid()
    numbered.CopyStructure(part)
    numbers = numpy_to_vtk(numpy.arange(part.GetNumberOfPoints()), deep=1)
    numbers.SetName("origin")
    numbered.GetPointData().AddArray(numbers)
    faces = vtk.vtkGeometryFilter()
    faces.SetInputData(numbered)
    joined = vtk.vtkCleanPolyData()
    joined.SetInputConnection(faces.GetOutputPort())
    joined.ToleranceIsAbsoluteOn()
    joined.SetAbsoluteTolerance(1e-5 * part.GetLength())
    joined.Update()
    surface = joined.GetOutput()
    polygons = surface.GetPolys()
    offsets = vtk_to_numpy(polygons.GetOffsetsArray())
    corners = numpy.split(vtk_to_numpy(polygons.GetConnectivityArray()), offsets[1:-1])
    triangles = _triangles(corners)
    places, origins = fields.points(surface), vtk_to_numpy(surface.GetPointData().GetArray("origin"))
    if len(triangles) > LARGEST_SURFACE:
        places, triangles, origins = _coarser(surface, triangles)
    used, triangles = numpy.unique(triangles, return_inverse=True)
    return Surface(places[used].astype(numpy.float32), triangles.reshape(-1, 3).astype(numpy.uint32), origins[used])


def _triangles(corners: list[NDArray[Any]]) -> NDArray[Any]:
    """Of the polygons that occur once."""
    seen = Counter(tuple(sorted(polygon)) for polygon in corners)
    return numpy.array([(polygon[0], polygon[index], polygon[index + 1]) for polygon in corners
                        if seen[tuple(sorted(polygon))] == 1 for index in range(1, len(polygon) - 1)],
                       dtype=numpy.int64).reshape(-1, 3)


def _coarser(surface: Any, triangles: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    import vtk
    from vtk.util.numpy_support import numpy_to_vtkIdTypeArray, vtk_to_numpy
    cells = vtk.vtkCellArray()
    cells.SetCells(len(triangles), numpy_to_vtkIdTypeArray(
        numpy.insert(triangles, 0, 3, axis=1).ravel().astype(numpy.int64), deep=1))
    fine = vtk.vtkPolyData()
    fine.SetPoints(surface.GetPoints())
    fine.SetPolys(cells)
    fine.GetPointData().AddArray(surface.GetPointData().GetArray("origin"))
    coarse = vtk.vtkDecimatePro()
    coarse.SetInputData(fine)
    coarse.SetTargetReduction(1 - LARGEST_SURFACE / len(triangles))
    coarse.PreserveTopologyOn()  # it stays closed
    coarse.Update()
    result = coarse.GetOutput()
    return (fields.points(result), vtk_to_numpy(result.GetPolys().GetConnectivityArray()).reshape(-1, 3),
            vtk_to_numpy(result.GetPointData().GetArray("origin")))


# ---- All of it -------------------------------------------------------------------------------------------------------

def letters(grid: Grid, longest: int, pixels: int) -> float:
    """About what one field at one time takes in the page."""
    voxels = math.prod(grid_lattice(grid, longest).size)
    return voxels * LETTERS_PER_VOXEL + LETTERS_PER_PIXEL * sum(
        math.prod(plane_lattice(grid, axis, pixels).size) for axis in range(3))


def resolution_for(grid: Grid, n_fields: int) -> tuple[int, int]:
    """The finest that keeps the page small."""
    return next((sizes for sizes in RESOLUTIONS if n_fields * letters(grid, *sizes) <= BUDGET), RESOLUTIONS[-1])


def chosen_times(grid: Grid, times: Sequence[float], n_quantities: int) -> list[float]:
    """All, or as many, from the first to the last, as there is room for at the coarsest resolution."""
    room = max(2, int(BUDGET / (n_quantities * letters(grid, *RESOLUTIONS[-1]))))
    if len(times) <= room:
        return list(times)
    return [times[index] for index in numpy.unique(numpy.linspace(0, len(times) - 1, room).round().astype(int))]


def kind_of(name: str, unit: str) -> str:
    """What decides the colours: a population, the acidity, or a solute."""
    return "acidity" if name == "pH" else "population" if unit == "1/mL" else "solute"


def fields_data(run: Run, plane_names: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """The fields for the page, and sentences on what was left out. `plane_names`: of the planes normal to x, y, z."""
    grid = run.grid(float(run.times[0]))
    labels = run.quantities
    times = chosen_times(grid, [float(time) for time in run.times], len(labels))
    longest, pixels = resolution_for(grid, len(labels) * len(times))
    parts = Parts.of(run, grid)
    volume = Picture(grid_lattice(grid, longest), grid, parts)
    planes = [Picture(plane_lattice(grid, axis, pixels), grid, parts) for axis in range(3)]
    surfaces = [surface_of(part) for part in parts.grids(grid)]
    packs = {label: Packs([], [[], [], []], [[] for _ in surfaces]) for label in labels}
    for time in times:
        _pack_time(run.grid(time), parts, packs, volume, planes, surfaces)
    data = {"times": times, "regions": parts.names,
            "surfaces": [{"places": deflated(surface.places), "triangles": deflated(surface.triangles)}
                         for surface in surfaces],
            "grid": {"size": volume.lattice.size, "low": volume.lattice.low.tolist(),
                     "high": volume.lattice.high.tolist()},
            "planes": [_plane(name, number, plane) for number, (name, plane) in enumerate(zip(plane_names, planes))],
            "quantities": [_quantity(label, packs[label]) for label in labels]}
    return data, (_without_cells([name for name in run.regions if name not in parts.names])
                  + _left_out(len(run.times), len(times), volume.lattice, longest))


@dataclass(frozen=True)
class Packs:
    """One quantity: in the volume by time, on the planes by plane and time, on the surfaces by region and time."""

    volume: list[dict[str, Any]]
    slices: list[list[dict[str, Any]]]
    surfaces: list[list[dict[str, Any]]]


def _pack_time(grid: Grid, parts: Parts, packs: Mapping[str, Packs], volume: Picture, planes: Sequence[Picture],
               surfaces: Sequence[Surface]) -> None:
    for label, values in volume.values(grid).items():
        packs[label].volume.append(packed(values, 8))
    for number, plane in enumerate(planes):
        for label, values in plane.values(grid).items():
            packs[label].slices[number].append(packed(numpy.squeeze(values, 2 - number), 16))
    for number, (surface, part) in enumerate(zip(surfaces, parts.grids(grid))):
        for label, pack in packs.items():
            values = numpy.nan_to_num(fields.array(part, label).astype(float)[surface.origins])
            pack.surfaces[number].append(packed(values, 8))


def _plane(name: str, axis: int, plane: Picture) -> dict[str, Any]:
    lattice = plane.lattice
    across, up = (other for other in range(3) if other != axis)
    return {"name": name, "normal": "xyz"[axis], "at": float(lattice.low[axis]), "axes": ["xyz"[across], "xyz"[up]],
            "size": [lattice.size[across], lattice.size[up]],
            "extent": [float(value) for other in (across, up) for value in (lattice.low[other], lattice.high[other])],
            "regions": deflated(plane.region)}


def _quantity(label: str, packs: Packs) -> dict[str, Any]:
    name, unit = split_label(label)
    every = [pack for places in (packs.volume, *packs.slices, *packs.surfaces) for pack in places]
    return {"name": name, "unit": unit, "kind": kind_of(name, unit), "low": min(pack["low"] for pack in every),
            "high": max(pack["high"] for pack in every), "volume": packs.volume, "slices": packs.slices,
            "surfaces": packs.surfaces}


def _without_cells(regions: Sequence[str]) -> list[str]:
    return [f"The mesh has no cells of the region '{name}', which is not drawn." for name in regions]


def _left_out(n_times: int, n_shown: int, lattice: Lattice, longest: int) -> list[str]:
    sentences = []
    if longest < RESOLUTIONS[0][0]:
        steps = (lattice.high - lattice.low) / lattice.size
        sentences.append(f"So that the page stays small, the fields of these {n_shown} times are drawn on a coarser "
                         f"grid ({' × '.join(str(count) for count in lattice.size)} boxes of "
                         f"{' × '.join(f'{step:.2g}' for step in steps)} mm).")
    if n_shown < n_times:
        sentences.append(f"{n_shown} of {n_times} times are shown. fields.pvd has all of them.")
    return sentences
