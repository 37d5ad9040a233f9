# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""A study as mathematics sees it: what was varied, and which values an answer took."""
from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy
from numpy.typing import NDArray

from .errors import LacunaError
from .fields import Numbers
from .libraries import require
from .study import Answer, Input, Study
from .wording import listed, number, with_unit

FEW_LEVELS = 12  # a listed input with more is treated as a continuous one


@dataclass(frozen=True, eq=False)
class Factor:
    """An input and its value in every case: numbers, or texts."""

    given: Input
    values: NDArray[Any]

    @property
    def name(self) -> str:
        return self.given.name

    @property
    def is_text(self) -> bool:
        return self.given.is_text

    @property
    def is_sampled(self) -> bool:
        return self.given.kind == "range"

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """What was studied."""
        low, high = self.given.minimum, self.given.maximum
        return (low, high) if numpy.isfinite([low, high]).all() else (min(self.values), max(self.values))

    def scaled(self, values: NDArray[Any] | float) -> Numbers:
        """Numbers from 0 to 1 over what was studied, in the logarithm if its steps were so."""
        low, high = self._transformed(self.bounds)
        scaled: Numbers = (self._transformed(values) - low) / (high - low or 1.0)
        return scaled

    def unscaled(self, scaled: NDArray[Any] | float) -> Numbers:
        low, high = self._transformed(self.bounds)
        values: Numbers = low + numpy.asarray(scaled, dtype=float) * (high - low)
        return self._back(values)

    @property
    def _in_logarithm(self) -> bool:
        return self.given.logarithmic and self.bounds[0] > 0

    def _transformed(self, values: Any) -> Numbers:
        numbers: Numbers = numpy.asarray(values, dtype=float)
        return numpy.asarray(numpy.log(numbers)) if self._in_logarithm else numbers

    def _back(self, transformed: Numbers) -> Numbers:
        return numpy.asarray(numpy.exp(transformed)) if self._in_logarithm else transformed

    def chosen(self, rows: NDArray[Any]) -> Factor:
        return Factor(self.given, self.values[rows])

    def levels(self) -> list[Any]:
        """The values that occur; texts in the order of the study file."""
        if self.is_text:
            present = set(self.values.tolist())
            planned = [value for value in self.given.values if value in present]
            return planned + sorted(present - set(planned))
        return [float(value) for value in numpy.unique(self.values)]

    def text(self, value: Any, digits: int = 2) -> str:
        """'volume 1.2 mL', 'grade III'."""
        if self.is_text:
            return f"{self.name} {value}"
        return f"{self.name} {with_unit(number(float(value), digits), self.given.unit)}"


@dataclass(frozen=True, eq=False)
class Tested:
    """The cases of a study in which an answer has a value."""

    answer: Answer
    unit: str
    factors: tuple[Factor, ...]
    values: Numbers
    groups: tuple[tuple[str, ...], ...]  # inputs that were changed together
    is_grid: bool
    planned: int  # cases in all
    errors: Numbers  # numerical errors of the values; nan where they are not known
    cases: NDArray[Any]  # their numbers

    def factor(self, name: str) -> Factor:
        return next(factor for factor in self.factors if factor.name == name)

    def group_of(self, name: str) -> tuple[str, ...]:
        return next(group for group in self.groups if name in group)

    @property
    def varied(self) -> list[Factor]:
        return [factor for factor in self.factors if len(factor.levels()) > 1]

    @property
    def is_constant(self) -> bool:
        """Up to what the solver's tolerance may make."""
        return len(self.values) == 0 or bool(numpy.ptp(self.values) <= 1e-9 * numpy.abs(self.values).max())

    def chosen(self, rows: NDArray[Any]) -> Tested:
        return Tested(self.answer, self.unit, tuple(factor.chosen(rows) for factor in self.factors), self.values[rows],
                      self.groups, self.is_grid, self.planned, self.errors[rows], self.cases[rows])

    def apart(self, names: Sequence[str]) -> Iterator[tuple[dict[str, Any], Tested]]:
        """For every combination of the values of these inputs: the values, and its cases."""
        factors = [self.factor(name) for name in names]
        for combination in itertools.product(*(factor.levels() for factor in factors)):
            rows = numpy.ones(len(self.values), dtype=bool)
            for factor, value in zip(factors, combination):
                rows &= factor.values == value
            if rows.any():
                yield dict(zip(names, combination)), self.chosen(rows)

    @property
    def text_inputs(self) -> list[str]:
        return [factor.name for factor in self.factors if factor.is_text]

    @property
    def given_inputs(self) -> list[str]:
        """Listed inputs that nobody chooses."""
        return [factor.name for factor in self.factors if factor.given.given and not factor.is_sampled]

    @property
    def told_apart(self) -> list[str]:
        """The inputs for each combination of whose values there is a surface."""
        given = self.given_inputs
        return [factor.name for factor in self.factors if factor.is_text or factor.name in given]

    def place(self, inputs: dict[str, Any], digits: int = 2) -> str:
        """'volume 1.2 mL and grade III', in the order of the study file."""
        return listed([factor.text(inputs[factor.name], digits) for factor in self.factors if factor.name in inputs])


def tested(study: Study, answer: Answer, with_missing: bool = False, with_added: bool = False) -> Tested:
    """The cases of a study in which an answer has a value; `with_missing`: all, in the order of the plan, with nan;
    `with_added`: with those that were added to confirm what a surface foretold."""
    table = study.table
    is_there = answer.name in table
    if not is_there and study.statuses["done"] > 0:
        raise LacunaError(f"results.csv of '{study.folder}' has no column for the answer '{answer.name}'; write it "
                          f"anew with: lacuna study collect {study.folder}")
    row_of = {int(case): row for row, case in enumerate(table["case"])}
    planned = [case for case in study.cases if with_added or case.confirms is None]
    rows = numpy.array([row_of[case.number] for case in planned if case.number in row_of], dtype=int)
    values = table[answer.name][rows] if is_there else numpy.full(len(rows), numpy.nan)
    if not with_missing:
        rows, values = rows[numpy.isfinite(values)], values[numpy.isfinite(values)]
    known = f"{answer.name} error" in table
    errors = table[f"{answer.name} error"][rows] if known else numpy.full(len(rows), numpy.nan)
    factors = tuple(Factor(given, table[given.name][rows]) for given in study.inputs)
    unit = table.unit(answer.name) if is_there else "1"
    return Tested(answer, unit, factors, values, groups(study), study.method == "grid", len(planned), errors,
                  table["case"][rows].astype(int))


def groups(study: Study) -> tuple[tuple[str, ...], ...]:
    """Inputs that were changed together, because a study file zips them: not all pairs of their values are planned."""
    group_of = {given.name: {given.name} for given in study.inputs}
    listed_inputs = [given.name for given in study.inputs if given.kind != "range"]
    for one, other in itertools.combinations(listed_inputs, 2):
        pairs = {(case.inputs[one], case.inputs[other]) for case in study.cases if case.confirms is None}
        if len(pairs) < len({pair[0] for pair in pairs}) * len({pair[1] for pair in pairs}):
            merged = group_of[one] | group_of[other]
            for name in merged:
                group_of[name] = merged
    found: list[tuple[str, ...]] = []
    for given in study.inputs:
        group = tuple(sorted(group_of[given.name], key=[other.name for other in study.inputs].index))
        if group not in found:
            found.append(group)
    return tuple(found)


# ---- OpenTURNS -------------------------------------------------------------------------------------------------------

def openturns() -> Any:
    """The library of uncertainty quantification; it has no types."""
    require("this needs", "openturns")
    import openturns as library
    library.Log.Show(library.Log.NONE)
    return library


@contextmanager
def seeded(seed: int = 1) -> Iterator[Any]:
    """OpenTURNS with random numbers that are the same each time, and as before afterwards."""
    library = openturns()
    state = library.RandomGenerator.GetState()
    library.RandomGenerator.SetSeed(seed)
    try:
        yield library
    finally:
        library.RandomGenerator.SetState(state)
