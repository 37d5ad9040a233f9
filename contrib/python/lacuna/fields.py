# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Fields of a run: VTK grids, values at points, slices as regular arrays. Lengths are in mm, times in d."""
from __future__ import annotations

import os
import re
import xml.etree.ElementTree
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import numpy
from numpy.typing import ArrayLike, NDArray

from .errors import LacunaError, UnknownName
from .files import reading
from .libraries import require

Numbers = NDArray[numpy.float64]
Axis = Literal["x", "y", "z"]

# VTK has no types: grids and surfaces are Any.
Grid = Any


# ---- Names and units -------------------------------------------------------------------------------------------------

def split_label(label: str) -> tuple[str, str]:
    """'glucose [mM]' -> ('glucose', 'mM'); a name without a unit is a pure number."""
    match = re.fullmatch(r"(.*) \[(.*)\]", label)
    return (match.group(1), match.group(2)) if match else (label, "1")


def join_label(name: str, unit: str) -> str:
    """('glucose', 'mM') -> 'glucose [mM]'; ('pH', '1') -> 'pH'."""
    return name if unit == "1" else f"{name} [{unit}]"


def find_label(what: str, wanted: str, known: Sequence[str]) -> str:
    """The label of a name given with or without its unit; another unit than that of the data is refused."""
    if wanted in known:
        return wanted
    name, unit = split_label(wanted)
    for label in known:
        if split_label(label)[0] == name:
            if unit != "1":
                raise LacunaError(f"{what} '{name}' is in {split_label(label)[1]}, not in {unit}")
            return label
    raise UnknownName(what, wanted, [split_label(label)[0] for label in known])


@dataclass(frozen=True, eq=False)
class Quantity:
    """Values and their unit. NumPy functions and matplotlib take it as the plain array; arithmetic does not, since the
    unit would be lost without a word: compute with `.values`."""

    name: str
    values: Numbers
    unit: str

    __array_ufunc__ = None  # array * quantity is refused as quantity * array is

    @property
    def label(self) -> str:
        """For an axis: 'glucose [mM]'."""
        return join_label(self.name, self.unit)

    def __array__(self, dtype: Any = None) -> NDArray[Any]:
        return self.values if dtype is None else self.values.astype(dtype)

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True, eq=False)
class Slice(Quantity):
    """A plane of a field as a regular array, nan outside the tissue: values[row, column] is at (columns[column],
    rows[row]), so that `imshow(slice.values, origin="lower", extent=slice.extent)` shows it upright and in mm."""

    normal: Axis
    at_mm: float
    columns: Numbers  # mm, along axes[0]
    rows: Numbers  # mm, along axes[1]

    @property
    def axes(self) -> tuple[str, str]:
        """What the columns and the rows run along: ('x', 'y') of a plane normal to z."""
        across, up = (axis for axis in "xyz" if axis != self.normal)
        return across, up

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """For imshow: each value is the middle of its pixel."""
        def ends(places: Numbers) -> tuple[float, float]:
            half = (places[1] - places[0]) / 2
            return float(places[0] - half), float(places[-1] + half)
        return ends(self.columns) + ends(self.rows)


# ---- Files -----------------------------------------------------------------------------------------------------------

def _vtk() -> Any:
    require("fields need", "vtk")
    import vtk  # only here: tables can be read without it
    return vtk


def index(folder: str) -> list[tuple[float, str]]:
    """[(time in d, file)] of the fields of a run, in the order of time; none if it wrote none."""
    path = os.path.join(folder, "fields.pvd")
    if not os.path.exists(path):
        return []
    with reading(path):
        root = xml.etree.ElementTree.parse(path).getroot()
        return [(float(entry.get("timestep", "nan")), os.path.join(folder, entry.get("file", "")))
                for entry in root.iter("DataSet")]


def read(file: str) -> Grid:
    """The vtkUnstructuredGrid of one time. Points of neighbouring cells are not shared, so that values may jump between
    regions."""
    if not os.path.exists(file):
        raise LacunaError(f"'{file}' is missing, though fields.pvd names it")
    vtk = _vtk()
    reader = vtk.vtkXMLPUnstructuredGridReader()
    reader.SetFileName(file)
    errors: list[str] = []  # else VTK writes them to the terminal, and gives an empty grid
    reader.AddObserver(vtk.vtkCommand.ErrorEvent, lambda *_: errors.append(file))
    with _quiet(vtk):
        reader.Update()
    if errors or reader.GetErrorCode() != 0 or reader.GetOutput().GetNumberOfCells() == 0:
        raise LacunaError(f"the fields in '{file}' are damaged, or were not written to their end; compute them again")
    return reader.GetOutput()


@contextmanager
def _quiet(vtk: Any) -> Iterator[None]:
    """Readers of the pieces have no observer."""
    before = vtk.vtkObject.GetGlobalWarningDisplay()
    vtk.vtkObject.SetGlobalWarningDisplay(0)
    try:
        yield
    finally:
        vtk.vtkObject.SetGlobalWarningDisplay(before)


def array_names(grid: Grid) -> list[str]:
    """Labels of the fields of a grid or cut: 'glucose [mM]'."""
    data = grid.GetPointData()
    return [data.GetArrayName(number) for number in range(data.GetNumberOfArrays())]


def array(grid: Grid, name: str) -> NDArray[Any]:
    """A field, named with or without its unit, at the points of a grid or cut."""
    _vtk()
    from vtk.util.numpy_support import vtk_to_numpy
    values: NDArray[Any] = vtk_to_numpy(grid.GetPointData().GetArray(find_label("field", name, array_names(grid))))
    return values


def points(grid: Grid) -> NDArray[Any]:
    """Places of the points, mm, one row each."""
    _vtk()
    from vtk.util.numpy_support import vtk_to_numpy
    places: NDArray[Any] = (vtk_to_numpy(grid.GetPoints().GetData()) if grid.GetNumberOfPoints()
                            else numpy.zeros((0, 3)))
    return places


# ---- Parts and values ------------------------------------------------------------------------------------------------

def part_of(grid: Grid, region: int) -> Grid:
    """The cells of one region, by its index."""
    vtk = _vtk()
    threshold = vtk.vtkThreshold()
    threshold.SetInputData(grid)
    threshold.SetInputArrayToProcess(0, 0, 0, vtk.vtkDataObject.FIELD_ASSOCIATION_POINTS, "region")
    threshold.SetLowerThreshold(region - 0.5)
    threshold.SetUpperThreshold(region + 0.5)
    threshold.SetThresholdFunction(vtk.vtkThreshold.THRESHOLD_BETWEEN)
    threshold.Update()
    return threshold.GetOutput()


def _probe(grid: Grid, label: str, places: Numbers) -> Numbers:
    """Values at places, one row each; nan outside."""
    vtk = _vtk()
    from vtk.util.numpy_support import numpy_to_vtk, vtk_to_numpy
    coordinates = vtk.vtkPoints()
    coordinates.SetData(numpy_to_vtk(numpy.ascontiguousarray(places, dtype=float), deep=1))
    wanted = vtk.vtkPolyData()
    wanted.SetPoints(coordinates)
    source = vtk.vtkUnstructuredGrid()
    source.CopyStructure(grid)
    source.GetPointData().AddArray(grid.GetPointData().GetArray(label))
    probe = vtk.vtkProbeFilter()
    probe.SetInputData(wanted)
    probe.SetSourceData(source)
    # Cells share no points, so that a search that walks from neighbour to neighbour would end at once.
    probe.SetCellLocatorPrototype(vtk.vtkStaticCellLocator())
    probe.ComputeToleranceOff()
    probe.SetTolerance(1e-4)  # mm: places on the surface are inside, though the files round to single precision
    probe.Update()
    data = probe.GetOutput().GetPointData()
    values: Numbers = vtk_to_numpy(data.GetArray(label)).astype(float)
    values[vtk_to_numpy(data.GetArray(probe.GetValidPointMaskArrayName())) == 0] = numpy.nan
    return values


def at(grid: Grid, quantity: str, points_mm: ArrayLike) -> Quantity:
    """The values of a field at points (one of three coordinates, or rows of them); nan outside the tissue."""
    places = numpy.asarray(points_mm, dtype=float)
    if places.ndim not in (1, 2) or places.shape[-1] != 3:
        raise LacunaError(f"points need three coordinates each, x, y and z in mm, not an array of shape {places.shape}")
    label = find_label("field", quantity, array_names(grid))
    values = _probe(grid, label, places.reshape(-1, 3)) if places.size else numpy.zeros(0)
    name, unit = split_label(label)
    return Quantity(name, values.reshape(places.shape[:-1]), unit)


def slice_of(grid: Grid, quantity: str, normal: Axis, at_mm: float | None = None, points: int = 200) -> Slice:
    """A field on the plane normal to an axis, by default through the middle of the body; `points` along its longer
    side."""
    if normal not in ("x", "y", "z"):
        raise LacunaError(f"the normal of a slice is 'x', 'y' or 'z', not '{normal}'")
    if points < 2:
        raise LacunaError(f"a slice needs at least 2 points along its longer side, not {points}")
    label = find_label("field", quantity, array_names(grid))
    bounds = numpy.array(grid.GetBounds()).reshape(3, 2)
    axis = "xyz".index(normal)
    across, up = (other for other in range(3) if other != axis)
    low, high = bounds[axis]
    place = float((low + high) / 2 if at_mm is None else at_mm)
    if not low <= place <= high:
        raise LacunaError(f"the plane {normal} = {place:g} mm does not meet the tissue, which reaches from {low:g} mm "
                          f"to {high:g} mm")
    step = float(max(numpy.ptp(bounds[across]), numpy.ptp(bounds[up]))) / (points - 1)
    columns, rows = (numpy.linspace(low, high, max(2, round(float(high - low) / step) + 1))
                     for low, high in (bounds[across], bounds[up]))
    places = numpy.empty((len(rows), len(columns), 3))
    places[..., axis] = place
    places[..., across] = columns
    places[..., up] = rows[:, numpy.newaxis]
    name, unit = split_label(label)
    values = _probe(grid, label, places.reshape(-1, 3)).reshape(len(rows), len(columns))
    return Slice(name, values, unit, normal, place, columns, rows)
