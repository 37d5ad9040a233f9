# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Response surface of an answer over the numeric inputs of a study, and where the answer is best."""
from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy
from numpy.typing import NDArray

from .design import FEW_LEVELS, Factor, Tested
from .errors import LacunaError
from .fields import Numbers
from .process import Process, some
from .wording import beginning

WITHIN = 0.05  # of the best: what is as good for all practical purposes
MOST_CASES = 600  # through which the surface goes
AT_EDGE = 1e-3  # of what was studied
CANDIDATES = 1024  # where to look for the best of more than two inputs
MOST_DRAWN = 400  # of them for which draws are made: their covariance is solved for
WORST_QUALITY = 0.5  # Q2 below which a surface says nothing of the answer


@dataclass(frozen=True)
class Best:
    """Where an answer is largest or smallest. `is_tested`: it is a case that was computed, `case`; else the surface
    foretells it, and what it would be is not known until it was run. `value_low` to `value_high`: of a case its
    numerical error, of what is foretold the 95 % interval. `places`: of what is foretold, the 95 % interval of each
    numeric input; `ranges`: how far each can go, the others staying, within 5 % of the best value; `at_edge`: the inputs
    at an end of what was studied, so that the best may lie beyond; `open`: those at whose ends cases are as good within
    their errors, so that no best between is claimed; `equals`: further cases that are as good within their errors."""

    inputs: dict[str, str | float]
    value: float
    value_low: float
    value_high: float
    ranges: dict[str, tuple[float, float]]
    at_edge: list[str]
    places: dict[str, tuple[float, float]] = field(default_factory=dict)
    is_tested: bool = False
    case: int | None = None
    open: list[str] = field(default_factory=list)
    equals: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Surface:
    """An answer over one or two numeric inputs: mean[i] at axes[0][i], or mean[i][j] at (axes[0][i], axes[1][j]), and
    the 95 % interval of what a case would give, with its numerical error. `at`: the values of the other inputs.
    `quality`: Q2 of leaving one case out; `quality_of_levels`: of leaving out whole levels of an input (nan where there
    are too few). `best` is None if the answer has no goal."""

    at: dict[str, str | float]
    inputs: list[str]
    axes: list[list[float]]
    mean: list[Any]
    low: list[Any]
    high: list[Any]
    best: Best | None
    quality: float = math.nan
    quality_of_levels: float = math.nan


@dataclass(frozen=True)
class Surfaces:
    """A surface and a best for every combination of the inputs that are texts or given; and what is to be known."""

    surfaces: list[Surface]
    bests: list[Best]
    notes: list[str]

    @property
    def best(self) -> Best | None:
        return self.bests[0] if self.bests else None


# ---- A combination of text inputs ------------------------------------------------------------------------------------

class _Landscape:
    """The cases of one combination, and the process through them."""

    def __init__(self, cases: Tested, at: dict[str, Any], order: Sequence[str]):
        """`order`: names of inputs, that of the largest effect first."""
        self.cases, self.at = cases, at
        self.sign = -1.0 if cases.answer.goal == "smallest" else 1.0
        self.factors = _independent(cases, order)
        self.points = self.scaled(cases)
        self.low, self.high = self.points.min(axis=0), self.points.max(axis=0)  # beyond, only others have values
        self.process: Process | None = None
        self.reason = ""  # why there is no process
        count, needed = len(cases.values), 1 + 4 * len(self.factors)
        if not self.factors or cases.is_constant:
            return
        if count < needed:
            self.reason = f"{count} cases are too few for a response surface, which takes {needed}"
            return
        try:
            self._fit()
        except LacunaError as error:
            self.reason = f"there is no response surface: {error}"

    def _fit(self) -> None:
        rows = some(len(self.cases.values), MOST_CASES)
        process = Process(*_distinct(self.points[rows], self.cases.values[rows], self.cases.errors[rows]))
        self.process = process
        for quality, what in ((process.quality, "one out"), (process.quality_of_levels, "levels of an input out")):
            if quality < WORST_QUALITY:  # false of nan
                self.reason = (f"the response surface foretells single cases badly (Q2 {max(quality, 0):.2f} by leaving "
                               f"{what})")

    def scaled(self, cases: Tested) -> Numbers:
        columns = [cases.factor(factor.name).scaled(cases.factor(factor.name).values) for factor in self.factors]
        return numpy.stack(columns, axis=1) if columns else numpy.empty((len(cases.values), 0))

    @property
    def trusted(self) -> Process | None:
        """The process, if it foretells what it has not seen."""
        return None if self.reason else self.process

    # ---- The best of the cases

    @cached_property
    def row(self) -> int:
        """Of the best case."""
        return int(numpy.argmax(self.sign * self.cases.values))

    @cached_property
    def bars(self) -> Numbers:
        """Half-widths of what each case may be off: its numerical error, and the scatter of cases around the surface."""
        errors = numpy.where(numpy.isfinite(self.cases.errors), self.cases.errors, 0.0)
        process = self.trusted
        return numpy.hypot(errors, process.scatter(self.points)) if process and self.factors else errors

    @cached_property
    def alike(self) -> NDArray[numpy.bool_]:
        """The cases that are as good as the best within their bars, it among them."""
        badness = self.sign * (self.cases.values[self.row] - self.cases.values)
        return numpy.asarray(badness <= self.bars + self.bars[self.row])

    @cached_property
    def at_end(self) -> NDArray[numpy.bool_]:
        """[input]: whether the best case is at an end of what was studied."""
        place = self.points[self.row]
        return numpy.asarray(numpy.minimum(place - self.low, self.high - place) < AT_EDGE)

    @cached_property
    def is_open(self) -> NDArray[numpy.bool_]:
        """[input]: whether a case at an end is as good, though the best one is not there."""
        ends = numpy.minimum(self.points - self.low, self.high - self.points) < AT_EDGE
        return numpy.asarray(ends[self.alike].any(axis=0) & ~self.at_end)

    # ---- What is foretold

    @cached_property
    def foretold(self) -> Numbers | None:
        """A place that is better than every case by more than is uncertain; None if there is none. It is between cases
        only where the best of these is: an answer that rises to an end has its best there."""
        process = self.trusted
        free = ~(self.at_end | self.is_open)
        if process is None or not free.any():
            return None
        place = self._polished(process, self._candidates(free), free)
        low, high = (float(end[0]) for end in process.band(place[None]))
        worst = low if self.sign > 0 else -high
        return place if worst > self.sign * self.cases.values[self.row] + self.bars[self.row] else None

    def _candidates(self, free: NDArray[numpy.bool_]) -> Numbers:
        """Places, the inputs that are not free staying as in the best case."""
        if len(self.factors) <= 2:
            spread = numpy.array(list(itertools.product(*self.axes)))
        else:
            from scipy.stats import qmc
            evenly = qmc.Sobol(len(self.factors), seed=1).random(CANDIDATES)
            spread = numpy.vstack([self.low + evenly * (self.high - self.low), self.points])
        spread = numpy.where(free, spread, self.points[self.row])
        return numpy.asarray(numpy.unique(spread.round(9), axis=0))

    def _polished(self, process: Process, points: Numbers, free: NDArray[numpy.bool_]) -> Numbers:
        """The mean's best that is reached from the best of these."""
        from scipy import optimize
        start = numpy.clip(points[numpy.argmax(self.sign * process.mean(points))], self.low, self.high)

        def full(chosen: Numbers) -> Numbers:
            place: Numbers = start.copy()
            place[free] = numpy.clip(chosen, self.low[free], self.high[free])
            return place

        found = optimize.minimize(lambda chosen: -self.sign * float(process.mean(full(chosen)[None])[0]), start[free],
                                  method="Nelder-Mead", bounds=list(zip(self.low[free], self.high[free])),
                                  options={"maxfev": 400})
        return full(found.x)

    @cached_property
    def axes(self) -> list[Numbers]:
        """Scaled places along each input; those of listed inputs among them."""
        places = []
        for factor, low, high in zip(self.factors, self.low, self.high):
            even = numpy.linspace(low, high, 101 if len(self.factors) == 1 else 31)
            levels = factor.levels() if len(factor.levels()) <= FEW_LEVELS else []
            places.append(numpy.unique(numpy.concatenate([even, factor.scaled(numpy.array(levels))]).round(9)))
        return places

    # ---- What comes out

    @property
    def best_place(self) -> Numbers:
        place: Numbers = self.points[self.row] if self.foretold is None else self.foretold
        return place

    def best(self) -> Best:
        process, place = self.trusted, self.foretold
        if process is not None and place is not None:
            return self._foretold_best(process, place)
        value, error = float(self.cases.values[self.row]), float(self.cases.errors[self.row])
        bar = error if math.isfinite(error) else 0.0
        inputs: dict[str, str | float] = dict(self.at)
        inputs |= {factor.name: float(factor.values[self.row]) for factor in self.factors}
        equals = [int(self.cases.cases[row]) for row in numpy.flatnonzero(self.alike) if row != self.row]
        return Best(inputs, value, value - bar, value + bar, self._ranges(value), self._names(self.at_end),
                    is_tested=True, case=int(self.cases.cases[self.row]), open=self._names(self.is_open), equals=equals)

    def _names(self, chosen: NDArray[numpy.bool_]) -> list[str]:
        return [factor.name for factor, is_chosen in zip(self.factors, chosen) if is_chosen]

    def _ranges(self, value: float) -> dict[str, tuple[float, float]]:
        process = self.trusted
        return {factor.name: self._range_of_cases(factor, value) if process is None
                else self._range(process, number, value) for number, factor in enumerate(self.factors)}

    def _foretold_best(self, process: Process, place: Numbers) -> Best:
        free = ~(self.at_end | self.is_open)
        candidates = numpy.vstack([place[None], self._candidates(free)])
        low, high = process.band(candidates)
        hope = numpy.where(self.sign > 0, high, -low)
        drawn_places = candidates[numpy.argsort(-hope)[:MOST_DRAWN]]
        drawn = process.draws(drawn_places)
        chosen = drawn_places[numpy.argmax(self.sign * drawn, axis=1)]
        half_step = 0.5 * len(candidates)**(-1 / len(self.factors)) * (self.high - self.low)  # no finer are draws
        first, last = numpy.quantile(chosen, [0.025, 0.975], axis=0)
        first = numpy.where(free, numpy.maximum(numpy.minimum(first, place) - half_step, self.low), place)
        last = numpy.where(free, numpy.minimum(numpy.maximum(last, place) + half_step, self.high), place)
        value = float(process.mean(place[None])[0])
        inputs: dict[str, str | float] = dict(self.at)
        inputs |= {factor.name: _plain(factor, place[number]) for number, factor in enumerate(self.factors)}
        places = {factor.name: _interval(factor, first[number], last[number])
                  for number, factor in enumerate(self.factors)}
        return Best(inputs, value, float(low[0]), float(high[0]), self._ranges(value), self._names(self.at_end), places,
                    open=self._names(self.is_open))

    def _range(self, process: Process, number: int, value: float) -> tuple[float, float]:
        """From where to where one input may go."""
        place = self.best_place
        even = numpy.linspace(self.low[number], self.high[number], 201)
        steps = numpy.unique(numpy.append(even, place[number]))
        line = numpy.repeat(place[None], len(steps), axis=0)
        line[:, number] = steps
        good = self.sign * process.mean(line) >= self.sign * value - (WITHIN + 1e-9) * abs(value)
        return _interval(self.factors[number],
                         *_around(steps, good, int(numpy.argmin(abs(steps - place[number])))))

    def _range_of_cases(self, factor: Factor, value: float) -> tuple[float, float]:
        """Of cases that differ from the best one in one input only."""
        cases, row = self.cases, self.row
        alike = numpy.ones(len(cases.values), dtype=bool)
        for other in self.factors:
            alike &= (other is factor) | (other.values == other.values[row])
        order = numpy.flatnonzero(alike)[numpy.argsort(factor.values[alike])]
        good = self.sign * cases.values[order] >= self.sign * value - WITHIN * abs(value)
        return _around(factor.values[order].astype(float), good, int(numpy.argmax(order == row)))

    def surface(self) -> Surface | None:
        """Over the two inputs of largest effect; further ones stay at the best place, or in the middle."""
        if self.process is None:
            return None
        shown = list(range(min(2, len(self.factors))))
        has_goal = self.cases.answer.goal != "none"
        others = self.best_place if has_goal else (self.low + self.high) / 2
        grid = numpy.array(list(itertools.product(*(self.axes[number] for number in shown))))
        points = numpy.repeat(others[None], len(grid), axis=0)
        points[:, shown] = grid
        shape = [len(self.axes[number]) for number in shown]
        at: dict[str, str | float] = dict(self.at)
        at |= {factor.name: _plain(factor, others[number])
               for number, factor in enumerate(self.factors) if number not in shown}
        values = self.process.mean(points), *self.process.band(points)
        mean, low, high = (_rounded(value.reshape(shape)) for value in values)
        return Surface(at, [self.factors[number].name for number in shown],
                       [_rounded(self.factors[number].unscaled(self.axes[number])) for number in shown], mean, low, high,
                       self.best() if has_goal else None, self.process.quality, self.process.quality_of_levels)


def _independent(cases: Tested, order: Sequence[str]) -> list[Factor]:
    """The numeric inputs that vary; of those that rise and fall together, one."""
    varied = [factor for factor in cases.varied if not factor.is_text]
    varied.sort(key=lambda factor: order.index(factor.name) if factor.name in order else len(order))
    kept: list[Factor] = []
    for factor in varied:
        group = cases.group_of(factor.name)
        if not any(other.name in group and _rise_together(factor, other) for other in kept):
            kept.append(factor)
    return kept


def _rise_together(one: Factor, other: Factor) -> bool:
    ranks = [numpy.unique(factor.values, return_inverse=True)[1] for factor in (one, other)]
    return abs(float(numpy.corrcoef(*ranks)[0, 1])) > 0.95


def _distinct(points: Numbers, values: Numbers, errors: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Of points that occur twice, the means: their covariance could not be solved for."""
    places, codes = numpy.unique(points.round(9), axis=0, return_inverse=True)
    codes = codes.reshape(-1)
    count = numpy.bincount(codes)
    return places, numpy.bincount(codes, values) / count, numpy.bincount(codes, errors) / count


def _around(steps: Numbers, good: NDArray[numpy.bool_], middle: int) -> tuple[float, float]:
    """The ends of what is good without a gap around the middle."""
    first = last = middle
    while first > 0 and good[first - 1]:
        first -= 1
    while last < len(steps) - 1 and good[last + 1]:
        last += 1
    return float(steps[first]), float(steps[last])


def _plain(factor: Factor, scaled: float) -> float:
    return float(_rounded(factor.unscaled(scaled)[None])[0])


def _interval(factor: Factor, low: float, high: float) -> tuple[float, float]:
    return _plain(factor, low), _plain(factor, high)


def _rounded(values: Numbers) -> list[Any]:
    """Six digits say all, and keep files small."""
    digits = numpy.vectorize(lambda value: float(f"{value:.6g}"), otypes=[float])
    plain: list[Any] = digits(values).tolist()
    return plain


def surfaces(tested: Tested, order: Sequence[str] = ()) -> Surfaces:
    """For every combination of the inputs that are texts or given, where the answer has values. `order`: inputs by
    their effect."""
    found, bests, notes = [], [], []
    sign = -1.0 if tested.answer.goal == "smallest" else 1.0
    for at, cases in tested.apart(tested.told_apart):
        at = {name: value for name, value in at.items() if len(tested.factor(name).levels()) > 1}
        landscape = _Landscape(cases, at, order)
        surface = landscape.surface()
        if surface:
            found.append(surface)
        if landscape.reason:
            notes.append(f"For {tested.place(at)}, {landscape.reason}" if at else beginning(landscape.reason))
        if tested.answer.goal != "none":
            bests.append(surface.best if surface and surface.best else landscape.best())
    return Surfaces(found, sorted(bests, key=lambda best: -sign * best.value), notes)
