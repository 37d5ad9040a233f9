# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What a calibration fits, and to what: parameters with bounds, and measurements read from a table."""
from __future__ import annotations

import csv
import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from .errors import LacunaError
from .fields import split_label
from .files import reading
from .runs import PathLike
from .wording import listed, with_unit

PLACES = 10  # digits of a value that a run is given

TIME, QUANTITY, VALUE, DEVIATION = "time", "quantity", "value", "standard deviation"


@dataclass(frozen=True)
class Parameter:
    """A number of the parameter file, by its key path, and the bounds within which it is looked for."""

    path: str
    low: float
    high: float
    unit: str = ""
    logarithmic: bool = False
    start: float | None = None  # by default the middle of the bounds

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise LacunaError(f"parameter '{self.path}': the lower bound {self.low:g} is not below the upper one "
                              f"{self.high:g}")
        if self.logarithmic and self.low <= 0:
            raise LacunaError(f"parameter '{self.path}': a logarithmic one needs bounds above 0, not {self.low:g}")
        if self.start is not None and not self.low <= self.start <= self.high:
            raise LacunaError(f"parameter '{self.path}': the start {self.start:g} is not between {self.low:g} and "
                              f"{self.high:g}")

    @classmethod
    def parse(cls, text: str) -> Parameter:
        """'Laws/x/y = 0.1 .. 2 1/d', 'Laws/x/y = 0.1 .. 2 1/d, logarithmic, start 0.3'."""
        numeral = r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"
        match = re.fullmatch(rf"\s*(.+?)\s*=\s*{numeral}\s*\.\.\s*{numeral}\s*([^,]*?)\s*((?:,[^,]*)*)", text)
        if not match:
            raise LacunaError(f"parameter '{text}': write it as 'Laws/x/y = 0.1 .. 2 1/d', with ', logarithmic' or "
                              "', start 0.3' after it")
        path, low, high, unit, options = match.groups()
        logarithmic, start = False, None
        for option in filter(None, (part.strip() for part in options.split(","))):
            begin = re.fullmatch(rf"start\s+{numeral}", option)
            if option == "logarithmic":
                logarithmic = True
            elif begin:
                start = float(begin.group(1))
            else:
                raise LacunaError(f"parameter '{path}': '{option}' is neither 'logarithmic' nor 'start NUMBER'")
        return cls(path, float(low), float(high), unit, logarithmic, start)

    def value(self, scaled: float) -> float:
        """From 0 to 1 between the bounds."""
        if self.logarithmic:
            return float(self.low * (self.high / self.low) ** scaled)
        return self.low + (self.high - self.low) * scaled

    def scaled(self, value: float) -> float:
        if self.logarithmic:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def setting(self, value: float, digits: int = PLACES) -> str:
        return with_unit(f"{value:.{digits}g}", self.unit)

    @property
    def short(self) -> str:
        """The last two words of its path."""
        return "/".join(self.path.split("/")[-2:])


@dataclass(frozen=True)
class Measurement:
    """A measured value: of a column of history.csv, at a time (d; None: the end), under conditions (settings)."""

    value: float
    quantity: str
    time: float | None = None
    conditions: tuple[tuple[str, str], ...] = ()
    standard_deviation: float | None = None


def read_measurements(file: PathLike, quantity: str | None = None) -> list[Measurement]:
    """A CSV file with the columns 'value', 'quantity' (or the same `quantity` for all), 'time [d]' (without it: the end
    of the run), 'standard deviation', and any others, which are conditions: key paths of parameters, 'Path [unit]' for
    numbers. An empty condition is left as the parameter file has it."""
    if not os.path.exists(file):
        raise LacunaError(f"there is no file '{os.fspath(file)}' with measurements")
    with reading(file), open(file, newline="", encoding="utf-8-sig") as opened:
        reader = csv.DictReader(line for line in opened if line.strip() and not line.startswith("#"))
        rows, names = list(reader), list(reader.fieldnames or ())
    labels = {split_label(name)[0]: name for name in names}
    if VALUE not in labels:
        raise LacunaError(f"'{os.fspath(file)}' has no column 'value'; it has {listed(names) or 'none'}")
    if QUANTITY not in labels and quantity is None:
        raise LacunaError(f"'{os.fspath(file)}' has no column 'quantity': add one, or say which column of history.csv "
                          "was measured (--quantity)")
    if TIME in labels and split_label(labels[TIME])[1] != "d":
        raise LacunaError(f"'{os.fspath(file)}': times are in days; name the column 'time [d]', not '{labels[TIME]}'")
    return [_measurement(row, labels, quantity, f"'{os.fspath(file)}', row {number}")
            for number, row in enumerate(rows, 1)]


def _measurement(row: Mapping[str, str | None], labels: Mapping[str, str], quantity: str | None,
                 where: str) -> Measurement:
    def text(name: str) -> str:
        return (row.get(labels[name]) or "").strip() if name in labels else ""

    def numeral(name: str) -> float | None:
        try:
            found = float(text(name)) if text(name) else None
        except ValueError:
            found = math.nan
        if found is not None and not math.isfinite(found):
            raise LacunaError(f"{where}: the {name} '{text(name)}' is no number")
        return found

    value, deviation = numeral(VALUE), numeral(DEVIATION)
    if value is None:
        raise LacunaError(f"{where}: there is no value")
    if deviation is not None and deviation <= 0:
        raise LacunaError(f"{where}: the standard deviation {deviation:g} is not above 0")
    asked = text(QUANTITY) or quantity
    if not asked:
        raise LacunaError(f"{where}: there is no quantity")
    unit = split_label(labels[VALUE])[1]
    conditions = tuple((name, with_unit(text(name), split_label(label)[1])) for name, label in labels.items()
                       if name not in (TIME, QUANTITY, VALUE, DEVIATION) and text(name))
    return Measurement(value, f"{asked} [{unit}]" if unit != "1" and not asked.endswith("]") else asked,
                       numeral(TIME), conditions, deviation)
