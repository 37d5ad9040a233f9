# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Which fields a picture shows, a column each."""
from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
import vtk
from vtk.util.numpy_support import numpy_to_vtk

from .. import fields
from ..fields import Grid, Numbers, join_label, split_label
from ..results import Population, Run
from .colours import CELLS, VESICLES
from .planes import Plane


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
