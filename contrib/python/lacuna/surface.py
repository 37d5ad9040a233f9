# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Response surface of an answer over the numeric inputs of a study, and where the answer is best."""
from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy
from numpy.typing import NDArray

from .design import FEW_LEVELS, Factor, Tested, openturns, seeded
from .errors import LacunaError
from .fields import Numbers
from .wording import beginning

WITHIN = 0.05  # of the best: what is as good for all practical purposes
DRAWS = 400
MOST_FITTED = 100  # cases from which the covariance is estimated: each step of that solves for all of them
MOST_CASES = 600  # through which the surface goes
AT_EDGE = 1e-3  # of what was studied
CANDIDATES = 1000  # where to look for the best of more than two inputs
MOST_DRAWN = 400  # of them for which draws are made: their covariance is solved for
WORST_QUALITY = 0.5  # Q2 by leaving one out below which a surface says nothing of the answer
NUGGETS = (1e-8, 1e-6, 1e-4, 1e-2)  # per variance: runs are deterministic, but solved to a tolerance


@dataclass(frozen=True)
class Best:
    """Where an answer is largest or smallest. `value_low` to `value_high` and `places`: 95 % intervals of the value and
    of each numeric input there; `ranges`: how far each can go, the others staying, within 5 % of the best value;
    `at_edge`: the inputs at an end of what was studied, so that the best may lie beyond. `is_tested`: it is the best of
    the cases that were computed, without a surface."""

    inputs: dict[str, str | float]
    value: float
    value_low: float
    value_high: float
    ranges: dict[str, tuple[float, float]]
    at_edge: list[str]
    places: dict[str, tuple[float, float]] = field(default_factory=dict)
    is_tested: bool = False


@dataclass(frozen=True)
class Surface:
    """An answer over one or two numeric inputs: mean[i] at axes[0][i], or mean[i][j] at (axes[0][i], axes[1][j]), and
    the standard deviation of what is not known. `at`: the values of the other inputs. `quality`: Q2 of leaving one case
    out. `best` is None if the answer has no goal."""

    at: dict[str, str | float]
    inputs: list[str]
    axes: list[list[float]]
    mean: list[Any]
    standard_deviation: list[Any]
    best: Best | None
    quality: float = float("nan")


@dataclass(frozen=True)
class Surfaces:
    """A surface and a best for every combination of the text inputs; and what is to be known of them."""

    surfaces: list[Surface]
    bests: list[Best]
    notes: list[str]

    @property
    def best(self) -> Best | None:
        return self.bests[0] if self.bests else None


# ---- The process -----------------------------------------------------------------------------------------------------

class Process:
    """A Gaussian process through points in the unit cube. Values are scaled to mean 0 and variance 1 inside."""

    def __init__(self, points: Numbers, values: Numbers):
        self._offset, self._scale = float(values.mean()), float(values.std())
        scaled = (values - self._offset) / self._scale
        part = _some(len(points), MOST_FITTED)
        fits = [fit for fit in (self._fit(points[part], scaled[part], kernel, nugget)
                                for kernel in ("squared exponential", "Matern") for nugget in NUGGETS) if fit]
        if not fits:
            raise LacunaError("no Gaussian process fits the cases")
        _, covariance, noise = max(fits, key=lambda fit: fit[0])
        self._result = self._conditioned(points, scaled, covariance, noise)
        self.quality = self._leaving_one_out(points, scaled, covariance, noise)

    def mean(self, points: Numbers) -> Numbers:
        means = numpy.array(self._result.getMetaModel()(openturns().Sample(points))).ravel()
        return numpy.asarray(self._offset + self._scale * means)

    def standard_deviation(self, points: Numbers) -> Numbers:
        variances = numpy.array(self._result.getConditionalMarginalVariance(openturns().Sample(points))).ravel()
        return numpy.asarray(self._scale * numpy.sqrt(numpy.maximum(variances, 0)))

    def draws(self, points: Numbers) -> Numbers:
        """[draw][point]: what the answer may be."""
        covariance = numpy.array(self._result.getConditionalCovariance(openturns().Sample(points)))
        normal = numpy.random.default_rng(1).standard_normal((DRAWS, len(points)))
        return numpy.asarray(self.mean(points) + self._scale * normal @ _root(covariance).T)

    def _fit(self, points: Numbers, values: Numbers, kernel: str, nugget: float) -> tuple[float, Any, float] | None:
        """Likelihood, covariance and variance of the noise; None where the covariance cannot be solved for."""
        library = openturns()
        count = points.shape[1]
        model = (library.MaternModel([0.5] * count, [1.0], 2.5) if kernel == "Matern" else
                 library.SquaredExponential([0.5] * count, [1.0]))
        model.setNuggetFactor(nugget)
        algorithm = self._algorithm(points, values, model)
        algorithm.setOptimizationBounds(library.Interval([0.05] * count, [10.0] * count))
        starts = library.Sample([[start] * count for start in (0.3, 1.5)])
        algorithm.setOptimizationAlgorithm(library.MultiStart(library.TNC(), starts))
        try:
            algorithm.run()
        except (RuntimeError, TypeError):  # how OpenTURNS says that a matrix is not positive definite
            return None
        found = algorithm.getResult().getCovarianceModel()
        likelihood = float(algorithm.getReducedLogLikelihoodFunction()(found.getScale())[0])
        noise = nugget * found.getAmplitude()[0] ** 2
        found.setNuggetFactor(1e-12)  # as noise of the cases, it does not pierce the surface where they are
        return likelihood, found, noise

    @staticmethod
    def _algorithm(points: Numbers, values: Numbers, model: Any) -> Any:
        library = openturns()
        return library.KrigingAlgorithm(library.Sample(points), library.Sample(values[:, None]), model,
                                        library.ConstantBasisFactory(points.shape[1]).build())

    def _conditioned(self, points: Numbers, values: Numbers, covariance: Any, noise: float) -> Any:
        algorithm = self._algorithm(points, values, covariance)
        algorithm.setOptimizeParameters(False)
        algorithm.setNoise([noise] * len(values))
        algorithm.run()
        return algorithm.getResult()

    @staticmethod
    def _leaving_one_out(points: Numbers, values: Numbers, covariance: Any, noise: float) -> float:
        """Q2. The error at a case that is left out, with the same covariance, is known in closed form."""
        matrix = numpy.array(covariance.discretize(openturns().Sample(points))) + noise * numpy.eye(len(values))
        inverse = numpy.linalg.inv(matrix)
        ones = inverse.sum(axis=1)
        inverse -= numpy.outer(ones, ones) / ones.sum()  # the mean is estimated, too
        errors = (inverse @ values) / numpy.diag(inverse)
        return 1 - float(numpy.mean(errors**2) / values.var())


def _some(count: int, most: int) -> NDArray[numpy.int64]:
    """At most so many of the cases, by chance: every third of a grid might be of one level."""
    return numpy.sort(numpy.random.default_rng(1).permutation(count)[:most])


def _root(covariance: Numbers) -> Numbers:
    """Its lower Cholesky factor. Places that are near to each other are as good as equal: a little more variance keeps
    round-off from making it negative."""
    variance = max(float(numpy.diag(covariance).max()), 1e-300)
    for little in (1e-10, 1e-8, 1e-6, 1e-4):
        try:
            return numpy.linalg.cholesky(covariance + little * variance * numpy.eye(len(covariance)))
        except numpy.linalg.LinAlgError:
            continue
    raise LacunaError("the surface has no definite covariance")


# ---- A combination of text inputs ------------------------------------------------------------------------------------

class _Landscape:
    """The cases of one combination of text inputs, and the process through them."""

    def __init__(self, cases: Tested, at: dict[str, Any], order: Sequence[str]):
        """`order`: names of inputs, that of the largest effect first."""
        self.cases, self.at = cases, at
        self.sign = -1.0 if cases.answer.goal == "smallest" else 1.0
        self.factors = _independent(cases, order)
        scaled = self.scaled(cases)
        self.low, self.high = scaled.min(axis=0), scaled.max(axis=0)  # further out, other combinations have values
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
        used = self.cases.chosen(_some(len(self.cases.values), MOST_CASES))
        points = self.scaled(used)
        with seeded():
            process = Process(*_distinct(points, used.values))
        self.process = process
        if process.quality < WORST_QUALITY:
            self.reason = (f"the response surface foretells single cases badly (Q2 {max(process.quality, 0):.2f} by "
                           "leaving one out)")

    def scaled(self, cases: Tested) -> Numbers:
        columns = [cases.factor(factor.name).scaled(cases.factor(factor.name).values) for factor in self.factors]
        return numpy.stack(columns, axis=1) if columns else numpy.empty((len(cases.values), 0))

    @cached_property
    def axes(self) -> list[Numbers]:
        """Scaled places along each input; those of listed inputs among them."""
        places = []
        for factor, low, high in zip(self.factors, self.low, self.high):
            even = numpy.linspace(low, high, 101 if len(self.factors) == 1 else 31)
            levels = factor.levels() if len(factor.levels()) <= FEW_LEVELS else []
            places.append(numpy.unique(numpy.concatenate([even, factor.scaled(numpy.array(levels))]).round(9)))
        return places

    @cached_property
    def candidates(self) -> Numbers:
        """Where the best is looked for."""
        if len(self.factors) <= 2:
            spread = numpy.array(list(itertools.product(*self.axes)))
            return numpy.vstack([self._polished(spread), spread])
        library = openturns()
        box = library.ComposedDistribution([library.Uniform(0, 1)] * len(self.factors))
        evenly = library.LowDiscrepancyExperiment(library.SobolSequence(), box, CANDIDATES).generate()
        spread = self.low + numpy.array(evenly) * (self.high - self.low)
        return numpy.vstack([self._polished(spread), spread, self.scaled(self.cases)])

    def _polished(self, points: Numbers) -> Numbers:
        """The mean's best that is reached from the best of these, at the edge if it is nearly there."""
        from scipy import optimize
        assert self.process is not None
        process = self.process
        start = numpy.clip(points[numpy.argmax(self.sign * process.mean(points))], self.low, self.high)

        def badness(place: Numbers) -> float:
            return -self.sign * float(process.mean(numpy.clip(place, self.low, self.high)[None])[0])

        found = optimize.minimize(badness, start, method="Nelder-Mead", bounds=list(zip(self.low, self.high)),
                                  options={"maxfev": 400})
        place = numpy.clip(found.x, self.low, self.high)
        place = numpy.where(place < self.low + AT_EDGE, self.low, place)
        return numpy.asarray(numpy.where(place > self.high - AT_EDGE, self.high, place)[None])

    def _drawn_places(self, process: Process) -> Numbers:
        """The candidates at which the best may be."""
        hope = self.sign * process.mean(self.candidates) + 3 * process.standard_deviation(self.candidates)
        return numpy.asarray(self.candidates[numpy.argsort(-hope)[:MOST_DRAWN]])

    # ---- What comes out

    @cached_property
    def best_place(self) -> Numbers:
        assert self.process is not None
        place: Numbers = self.candidates[numpy.argmax(self.sign * self.process.mean(self.candidates))]
        return place

    def best(self) -> Best:
        return self._tested_best() if self.process is None or self.reason else self._best_of(self.process)

    def _best_of(self, process: Process) -> Best:
        place, drawn_places = self.best_place, self._drawn_places(process)
        value = float(process.mean(place[None])[0])
        drawn = process.draws(drawn_places)
        chosen = numpy.argmax(self.sign * drawn, axis=1)
        low, high = numpy.quantile(drawn[numpy.arange(DRAWS), chosen], [0.025, 0.975])
        half_step = 0.5 * len(self.candidates)**(-1 / len(self.factors)) * (self.high - self.low)  # no finer are draws
        first, last = numpy.quantile(drawn_places[chosen], [0.025, 0.975], axis=0)
        first = numpy.maximum(numpy.minimum(first, place) - half_step, self.low)
        last = numpy.minimum(numpy.maximum(last, place) + half_step, self.high)
        is_edge = numpy.minimum(place - self.low, self.high - place) < AT_EDGE
        inputs: dict[str, str | float] = dict(self.at)
        places, ranges = {}, {}
        for number, factor in enumerate(self.factors):
            inputs[factor.name] = _plain(factor, place[number])
            places[factor.name] = _interval(factor, first[number], last[number])
            ranges[factor.name] = self._range(process, number, value)
        edge = [factor.name for factor, at_end in zip(self.factors, is_edge) if at_end]
        return Best(inputs, value, min(float(low), value), max(float(high), value), ranges, edge, places)

    def _range(self, process: Process, number: int, value: float) -> tuple[float, float]:
        """From where to where one input may go."""
        even = numpy.linspace(self.low[number], self.high[number], 201)
        steps = numpy.unique(numpy.append(even, self.best_place[number]))
        line = numpy.repeat(self.best_place[None], len(steps), axis=0)
        line[:, number] = steps
        good = self.sign * process.mean(line) >= self.sign * value - WITHIN * abs(value) - 1e-12 * abs(value)
        return _interval(self.factors[number],
                         *_around(steps, good, int(numpy.argmin(abs(steps - self.best_place[number])))))

    def _tested_best(self) -> Best:
        """Of the cases that were computed. Its ranges are those of cases that differ in one input only."""
        cases = self.cases
        row = int(numpy.argmax(self.sign * cases.values))
        value = float(cases.values[row])
        inputs: dict[str, str | float] = dict(self.at)
        ranges, edge = {}, []
        for factor in self.factors:
            inputs[factor.name] = float(factor.values[row])
            alike = numpy.ones(len(cases.values), dtype=bool)
            for other in self.factors:
                alike &= (other is factor) | (other.values == other.values[row])
            order = numpy.flatnonzero(alike)[numpy.argsort(factor.values[alike])]
            good = self.sign * cases.values[order] >= self.sign * value - WITHIN * abs(value)
            ranges[factor.name] = _around(factor.values[order].astype(float), good, int(numpy.argmax(order == row)))
            if factor.values[row] in (factor.values.min(), factor.values.max()):
                edge.append(factor.name)
        return Best(inputs, value, value, value, ranges, edge, is_tested=True)

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
        return Surface(at, [self.factors[number].name for number in shown],
                       [_rounded(self.factors[number].unscaled(self.axes[number])) for number in shown],
                       _rounded(self.process.mean(points).reshape(shape)),
                       _rounded(self.process.standard_deviation(points).reshape(shape)),
                       self.best() if has_goal else None, self.process.quality)


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


def _distinct(points: Numbers, values: Numbers) -> tuple[Numbers, Numbers]:
    """Of points that occur twice, the mean of their values: their covariance could not be solved for."""
    places, codes = numpy.unique(points.round(9), axis=0, return_inverse=True)
    codes = codes.reshape(-1)
    return places, numpy.bincount(codes, values) / numpy.bincount(codes)


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
    """For every combination of the text inputs, where the answer has values. `order`: inputs by their effect."""
    found, bests, notes = [], [], []
    sign = -1.0 if tested.answer.goal == "smallest" else 1.0
    for at, cases in tested.apart(tested.text_inputs):
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
