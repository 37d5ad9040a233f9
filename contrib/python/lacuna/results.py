# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What one run left behind: tables, summary, fields."""
from __future__ import annotations

import csv
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import numpy
from numpy.typing import ArrayLike, NDArray

from . import fields
from .errors import LacunaError, UnknownName, suggestion
from .fields import Axis, Grid, Numbers, Quantity, Slice, find_label, split_label
from .files import read_json, reading
from .libraries import require

__all__ = ["Balance", "Control", "Dose", "LacunaError", "Population", "QuantitySummary", "Run", "State", "Statistics",
           "Summary", "Table", "UnknownName", "load"]


# ---- Tables ----------------------------------------------------------------------------------------------------------

class Table:
    """Columns by name, with or without the unit: table["time"], table["time [d]"], table.unit("time")."""

    def __init__(self, columns: Mapping[str, NDArray[Any]]):
        """By label: {'time [d]': ...}."""
        self._columns = dict(columns)

    @classmethod
    def read(cls, path: str, texts: Sequence[str] = ()) -> Table:
        """A CSV file; the columns in `texts` stay text. A last row that is half-written, because the run goes on, is
        left out."""
        with reading(path):
            return cls._read(path, texts)

    @classmethod
    def _read(cls, path: str, texts: Sequence[str]) -> Table:
        with open(path, newline="", encoding="utf-8") as file:
            lines = file.read().splitlines(keepends=True)
        if lines and not lines[-1].endswith("\n"):
            lines.pop()
        rows = list(csv.reader(lines))
        if not rows:
            return cls({})
        columns: dict[str, list[str]] = {}
        for number, label in enumerate(rows[0]):
            columns.setdefault(label, [row[number] for row in rows[1:]])  # of columns with one name, the first
        return cls({label: numpy.array(values, dtype=str if label in texts else float)
                    for label, values in columns.items()})

    @property
    def names(self) -> list[str]:
        """Without units, in the order of the file."""
        return [split_label(label)[0] for label in self._columns]

    def unit(self, name: str) -> str:
        """'mM'; '1' of a pure number."""
        return split_label(self._label(name))[1]

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self._columns[self._label(name)]

    def __contains__(self, name: object) -> bool:
        return name in self._columns or name in self.names

    def __len__(self) -> int:
        """Rows."""
        return len(next(iter(self._columns.values()), ()))

    def select(self, **wanted: str | float) -> Table:
        """The rows in which columns have these values: probes.select(probe="centre", time=14)."""
        chosen = numpy.ones(len(self), dtype=bool)
        for name, value in wanted.items():
            column = self[name]
            chosen &= column == value if column.dtype.kind == "U" else numpy.isclose(column, float(value), rtol=1e-9)
        return Table({label: values[chosen] for label, values in self._columns.items()})

    def to_pandas(self) -> Any:
        """A pandas.DataFrame, units in the names of its columns: 'glucose min nucleus [mM]'."""
        require("to_pandas() needs", "pandas")
        import pandas
        return pandas.DataFrame(self._columns)

    def __repr__(self) -> str:
        return f"<Table of {len(self)} rows: {', '.join(list(self._columns)[:6])}{', ...' * (len(self._columns) > 6)}>"

    def _label(self, name: str) -> str:
        return find_label("column", name, list(self._columns))


# ---- Summary ---------------------------------------------------------------------------------------------------------

Value = TypeVar("Value")


class Named(dict[str, Value], Generic[Value]):
    """A dictionary that knows what is nearest to a name it does not have."""

    def __init__(self, what: str, entries: Mapping[str, Value]):
        super().__init__(entries)
        self._what = what

    def __missing__(self, name: str) -> Value:
        raise UnknownName(self._what, name, self)


def _number(value: float | None) -> float:
    """What has no value is null in the file, and nan here."""
    return float("nan") if value is None else float(value)


def _place(value: Sequence[float | None] | None) -> tuple[float, float, float]:
    x, y, z = (_number(coordinate) for coordinate in value or (None, None, None))
    return x, y, z


@dataclass(frozen=True)
class Statistics:
    """Extremes over the points of a part of the tissue, mean over its volume, amount in it (nan of a pH)."""

    min: float
    mean: float
    max: float
    integral: float
    min_at: tuple[float, float, float]  # mm
    max_at: tuple[float, float, float]  # mm

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Statistics:
        low, mean, high, integral = (_number(record.get(key)) for key in ("min", "mean", "max", "integral"))
        return cls(low, mean, high, integral, _place(record.get("min_at")), _place(record.get("max_at")))


@dataclass(frozen=True)
class QuantitySummary:
    """One quantity in the whole tissue and in its regions."""

    name: str
    unit: str
    integral_unit: str  # '' where there is no amount
    whole: Statistics
    regions: Mapping[str, Statistics]

    @classmethod
    def of(cls, name: str, record: Mapping[str, Any]) -> QuantitySummary:
        regions = {region: Statistics.of(part) for region, part in record.get("regions", {}).items()}
        return cls(name, record["unit"], record.get("integral_unit", ""), Statistics.of(record["whole"]),
                   Named("region", regions))


@dataclass(frozen=True)
class Dose:
    """What became of one dose, or of the 'residents'. Amounts in the unit of the population, time of the dose in d."""

    name: str
    time: float
    loaded: float
    delivered: float
    leaked: float
    dead_on_arrival: float
    viable: float
    dead: float
    surviving_fraction: float
    surviving_fraction_of_loaded: float
    viable_fraction: float

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Dose:
        numbers = [_number(record.get(key)) for key in cls.__dataclass_fields__ if key != "name"]
        return cls(record["name"], *numbers)


@dataclass(frozen=True)
class Population:
    """The doses of one kind of cells, in the order of injection; 'residents' last."""

    name: str
    unit: str
    doses: tuple[Dose, ...]

    def dose(self, name: str) -> Dose:
        return Named("dose", {dose.name: dose for dose in self.doses})[name]


@dataclass(frozen=True)
class Balance:
    """Where the amount of a solute went: incoming + injected + produced - consumed = stored + defect."""

    unit: str
    incoming: float  # through the faces, net
    injected: float
    produced: float
    consumed: float
    stored: float
    defect: float
    largest_relative_defect: float

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Balance:
        return cls(record["unit"], *(_number(record.get(key)) for key in (
            "in", "injected", "produced", "consumed", "stored", "defect", "largest_relative_defect")))


@dataclass(frozen=True)
class NumericalError:
    """How far off a number may be because meshes and steps are finite, in its unit: value ± error."""

    unit: str
    value: float
    error: float  # space + time; NaN if it is not known
    space: float
    time: float
    order: float  # in the length of cells, that three meshes show; else NaN
    limit: float  # extrapolated with that order, or NaN
    source: str  # what makes the larger part: "mesh" or "time steps"
    headline: bool  # a reader wants to know it first

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> NumericalError:
        value, error, space, time, order, limit = (
            _number(record.get(key)) for key in ("value", "error", "space", "time", "order", "limit"))
        return cls(record["unit"], value, error, space, time, order, limit, record.get("source", ""),
                   record.get("headline", False))

    def __str__(self) -> str:
        return f"{self.value:.6g} ± {self.error:.2g} {self.unit}".removesuffix(" 1")


class State:
    """The tissue at one time: `time` (d), `quantities`, `populations` and `balance` by name."""

    def __init__(self, record: Mapping[str, Any]):
        self.raw = record  # as in the file
        self.time = _number(record.get("time"))
        self.quantities = Named("quantity", {name: QuantitySummary.of(name, entry)
                                             for name, entry in record.get("quantities", {}).items()})
        self.populations = Named("population", {
            name: Population(name, entry["unit"], tuple(Dose.of(dose) for dose in entry["doses"]))
            for name, entry in record.get("populations", {}).items()})
        self.balance = Named("balance", {name: Balance.of(entry) for name, entry in record.get("balance", {}).items()})


class Summary(State):
    """summary.json: the last state, and how it was computed; `raw` holds all of it."""

    def __init__(self, record: Mapping[str, Any]):
        if record.get("schema") != 1:
            raise LacunaError(f"summary.json is of schema {record.get('schema')}; this version of the package reads 1")
        super().__init__(record)
        self.title: str = record.get("title", "")
        self.name: str = record.get("name", "")
        self.status: str = record.get("status", "")  # 'done', 'target missed', 'not converged' or 'interrupted'
        self.versions: dict[str, str] = record.get("versions", {})
        self.model_choices: dict[str, str] = record.get("model_choices", {})
        self.regions: list[str] = record.get("regions", [])
        self.warnings: list[str] = record.get("warnings", [])
        self.cells: int = record.get("cells", 0)  # of the mesh
        self.unknowns: int = record.get("unknowns", 0)
        self.ranks: int = record.get("ranks", 1)
        self.steps: int = record.get("steps", 0)
        self.wall_seconds = sum(_number(phase["wall"]) for phase in record.get("seconds", {}).values())
        self.control = State(record["control"]) if "control" in record else None
        # By the names of history's columns; empty where the run could not tell.
        self.numerical_errors = Named("numerical error", {
            name: NumericalError.of(entry) for name, entry in (record.get("numerical_errors") or {}).items()})


# ---- A run -----------------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Control:
    """The untreated tissue: its history, and its last state (None while the run has no summary)."""

    history: Table
    summary: State | None


class Run:
    """The folder of one run; what is read is kept. `lacuna.load` makes one."""

    def __init__(self, folder: str | os.PathLike[str]):
        self.folder = os.fspath(folder)
        if not os.path.isdir(self.folder):
            parent, name = os.path.split(os.path.normpath(self.folder))
            beside = sorted(os.listdir(parent or ".")) if os.path.isdir(parent or ".") else []
            near = suggestion(name, [entry for entry in beside if os.path.isdir(os.path.join(parent, entry))])
            raise LacunaError(f"there is no run in '{self.folder}': no such folder"
                              + (near if "did you mean" in near else ""))
        if os.path.exists(self._path("study.json")):
            raise LacunaError(f"'{self.folder}' is a study, not a run: read it with lacuna.load_study('{self.folder}')")
        if not any(os.path.exists(self._path(name)) for name in ("history.csv", "fields.pvd", "summary.json")):
            raise LacunaError(f"there is no run in '{self.folder}': it has no history.csv, fields.pvd or summary.json. "
                              "Name the output folder of a run.")

    def __repr__(self) -> str:
        return f"<Run '{self.folder}'>"

    @cached_property
    def history(self) -> Table:
        """One row per accepted step."""
        if not os.path.exists(self._path("history.csv")):
            raise LacunaError(f"the run in '{self.folder}' has no history.csv")
        return Table.read(self._path("history.csv"))

    @cached_property
    def errors(self) -> Table | None:
        """The numerical error of every number of `history`, under the same names, or None if the run could not tell."""
        path = self._path("errors.csv")
        return Table.read(path) if os.path.exists(path) else None

    @cached_property
    def probes(self) -> Table | None:
        """Values at the probes that the parameter file names, or None: run.probes.select(probe="centre")["pH"]."""
        path = self._path("probes.csv")
        return Table.read(path, texts=("probe", "region")) if os.path.exists(path) else None

    @cached_property
    def control(self) -> Control | None:
        """The untreated run, or None."""
        path = self._path("control", "history.csv")
        if not os.path.exists(path):
            return None
        return Control(Table.read(path), self.summary.control if self.has_summary else None)

    @property
    def has_summary(self) -> bool:
        """Whether the run has ended, done or not."""
        return os.path.exists(self._path("summary.json"))

    @cached_property
    def summary(self) -> Summary:
        """The last state in numbers, and how it was computed."""
        if not self.has_summary:
            raise LacunaError(f"the run in '{self.folder}' has no summary.json: it goes on, or was broken off")
        path = self._path("summary.json")
        with reading(path):
            return Summary(read_json(path))

    @property
    def regions(self) -> list[str]:
        """Names of the regions; the index is the value of the field 'region'."""
        return self.summary.regions if self.has_summary else []

    # ---- Fields

    @property
    def times(self) -> Numbers:
        """Times of the fields, d; none if the run wrote none."""
        return numpy.array([time for time, _ in fields.index(self.folder)])

    @property
    def quantities(self) -> list[str]:
        """Labels of the fields: 'glucose [mM]'."""
        return [name for name in fields.array_names(self.grid()) if name != "region"]

    def grid(self, time: float | None = None, region: str | None = None) -> Grid:
        """The vtkUnstructuredGrid of one of `times` (d; by default the last), or of one region of it."""
        file = self._file(time)
        if file not in self._grids:
            self._grids.clear()  # one at a time: fields of fine meshes are large
            self._grids[file] = fields.read(file)
        grid = self._grids[file]
        if region is None:
            return grid
        if region not in self.regions:
            raise UnknownName("region", region, self.regions)
        return fields.part_of(grid, self.regions.index(region))

    def at(self, quantity: str, points_mm: ArrayLike, time: float | None = None, region: str | None = None) -> Quantity:
        """The values of a field at points, one of (x, y, z) or rows of them, at one of `times` (by default the last).
        nan outside the tissue. Where regions meet, fields may jump: `region` says from which side to look."""
        return fields.at(self.grid(time, region), quantity, points_mm)

    def slice(self, quantity: str, normal: Axis, at_mm: float | None = None, time: float | None = None,
              region: str | None = None, points: int = 200) -> Slice:
        """A field on a plane as a regular array, nan outside the tissue, with `points` along the longer side; by
        default through the middle, at the last of `times`."""
        return fields.slice_of(self.grid(time, region), quantity, normal, at_mm, points)

    @cached_property
    def _grids(self) -> dict[str, Grid]:
        return {}

    def _path(self, *names: str) -> str:
        return os.path.join(self.folder, *names)

    def _file(self, time: float | None) -> str:
        series = fields.index(self.folder)
        if not series:
            raise LacunaError(f"there are no fields in '{self.folder}' (no fields.pvd). "
                              "Name the output folder of a run whose parameter file has 'set Fields = yes'.")
        if time is None:
            return series[-1][1]
        wanted = float(time)
        nearest, file = min(series, key=lambda entry: abs(entry[0] - wanted))
        if abs(nearest - time) > 1e-6 * max(1.0, abs(time)):
            raise LacunaError(f"there are no fields at {time:g} d; there are at "
                              f"{', '.join(f'{saved:g}' for saved, _ in series)} d")
        return file


def load(folder: str | os.PathLike[str]) -> Run:
    """Reads the output folder of a run, also of one that goes on."""
    return Run(folder)
