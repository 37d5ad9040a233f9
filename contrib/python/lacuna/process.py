# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""A Gaussian process through the cases of a study, whose bands are held against cases that it has not seen."""
from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
from numpy.typing import NDArray

from .errors import LacunaError
from .fields import Numbers

CONFIDENCE = 1.959964  # standard deviations on either side of 95 %
DRAWS = 400
MOST_FITTED = 100  # cases from which lengths and noise are estimated: each step of that solves for all of them
DECADE = 10.0  # largest over smallest value, from which on the logarithm of an answer is tried
SHORTEST, LONGEST = 0.05, 10.0  # lengths, of what was studied
USUAL_LENGTH, SPREAD_OF_LENGTHS = 0.7, 1.2  # a weak prior, log-normal: few cases alone like any long length
LEAST_NOISE, MOST_NOISE = 1e-8, 1.0  # per variance of the process
# Bands are 1.3 m^1.7 times as wide as the process alone would have them, where cases that are left out are missed by m
# times what it expects: a function that is smoother than the process believes is known still better between cases than
# where they were left out, and a rougher one worse. Both numbers are such that 95 % of what is held out lies in the
# bands, for the functions of tests/surface_test.py.
CORRECTION, POWER_OF_CORRECTION = 1.3, 1.7
NARROWEST, WIDEST = 0.15, 6.0


@dataclass(frozen=True)
class _Kernel:
    """Correlation over the squared distance in lengths, and minus its derivative by half of that."""

    of: Callable[[Numbers], Numbers]
    slope: Callable[[Numbers], Numbers]


def _matern(squares: Numbers) -> Numbers:
    """Matérn's, of a function that is twice differentiable."""
    distance = numpy.sqrt(5 * squares)
    return numpy.asarray((1 + distance + 5 / 3 * squares) * numpy.exp(-distance))


def _matern_slope(squares: Numbers) -> Numbers:
    distance = numpy.sqrt(5 * squares)
    return numpy.asarray(5 / 3 * (1 + distance) * numpy.exp(-distance))


def _rough(squares: Numbers) -> Numbers:
    """Matérn's, of a function that is once differentiable: bends."""
    distance = numpy.sqrt(3 * squares)
    return numpy.asarray((1 + distance) * numpy.exp(-distance))


def _rough_slope(squares: Numbers) -> Numbers:
    return numpy.asarray(3 * numpy.exp(-numpy.sqrt(3 * squares)))


def _smooth(squares: Numbers) -> Numbers:
    return numpy.asarray(numpy.exp(-squares / 2))


KERNELS = (_Kernel(_matern, _matern_slope), _Kernel(_rough, _rough_slope))


@dataclass(frozen=True, eq=False)
class _Solved:
    """What the cases say, with given lengths and noise. `projected`: the inverse of the covariance per variance,
    without what the trend explains."""

    projected: Numbers
    variance: float
    likelihood: float  # restricted: the trend is estimated, too


def _solve(covariance: Numbers, trend: Numbers, values: Numbers) -> _Solved:
    root = numpy.linalg.cholesky(covariance)
    half = numpy.linalg.solve(root, numpy.hstack([trend, numpy.eye(len(values))]))
    whitened, inverse_root = half[:, :trend.shape[1]], half[:, trend.shape[1]:]
    normal = numpy.linalg.cholesky(whitened.T @ whitened)
    explained = numpy.linalg.solve(normal, whitened.T @ inverse_root)
    projected = inverse_root.T @ inverse_root - explained.T @ explained
    freedom = len(values) - trend.shape[1]
    variance = max(float(values @ projected @ values) / freedom, 1e-300)
    likelihood = -0.5 * freedom * math.log(variance) - float(
        numpy.log(numpy.diag(root)).sum() + numpy.log(numpy.diag(normal)).sum())
    return _Solved(projected, variance, likelihood)


@dataclass(frozen=True, eq=False)
class _Model:
    """Kernel, lengths, noise, trend (0: a constant, 1: linear), and whether it is of the answer's logarithm."""

    kernel: _Kernel
    degree: int
    in_logarithm: bool
    lengths: Numbers
    noise: float

    def correlation(self, one: Numbers, other: Numbers) -> Numbers:
        return self.kernel.of(_squares(one, other, self.lengths).sum(axis=0))

    def trend(self, points: Numbers) -> Numbers:
        constant = numpy.ones((len(points), 1))
        return numpy.hstack([constant, points - 0.5]) if self.degree else constant

    def solve(self, points: Numbers, values: Numbers) -> _Solved:
        covariance = self.correlation(points, points) + self.noise * numpy.eye(len(points))
        return _solve(covariance, self.trend(points), values)


def _squares(one: Numbers, other: Numbers, lengths: Numbers) -> Numbers:
    """[input][point][point]: squared differences, in lengths."""
    difference = (one[:, None, :] - other[None, :, :]) / lengths
    return numpy.asarray(numpy.moveaxis(difference**2, -1, 0))


def _fitted(points: Numbers, values: Numbers, kernel: _Kernel, degree: int, in_logarithm: bool) -> _Model | None:
    """Lengths and noise of largest likelihood; None where the covariance cannot be solved for."""
    from scipy import optimize
    count = points.shape[1]

    def badness(place: Numbers) -> tuple[float, Numbers]:
        lengths, noise = numpy.exp(place[:-1]), math.exp(place[-1])
        model = _Model(kernel, degree, in_logarithm, lengths, noise)
        squares = _squares(points, points, lengths)
        total = squares.sum(axis=0)
        try:
            solved = _solve(kernel.of(total) + noise * numpy.eye(len(points)), model.trend(points), values)
        except numpy.linalg.LinAlgError:
            return 1e10, numpy.zeros_like(place)
        weights = solved.projected @ values
        inner = numpy.outer(weights, weights) / solved.variance - solved.projected
        slope = kernel.slope(total)
        slopes = [0.5 * float(numpy.sum(inner * slope * square)) for square in squares]
        slopes.append(0.5 * noise * float(numpy.trace(inner)))
        far = (place[:-1] - math.log(USUAL_LENGTH)) / SPREAD_OF_LENGTHS
        prior = numpy.append(far / SPREAD_OF_LENGTHS, 0)
        return float(0.5 * far @ far) - solved.likelihood, prior - numpy.array(slopes)

    bounds = [(math.log(SHORTEST), math.log(LONGEST))] * count + [(math.log(LEAST_NOISE), math.log(MOST_NOISE))]
    found = [optimize.minimize(badness, numpy.log([length] * count + [noise]), jac=True, bounds=bounds,
                               method="L-BFGS-B", options={"maxiter": 60})
             for length, noise in ((0.3, 1e-3), (1.0, 1e-6), (0.7, 0.1))]
    best = min(found, key=lambda result: float(result.fun))
    if best.fun >= 1e10:
        return None
    return _Model(kernel, degree, in_logarithm, numpy.exp(best.x[:-1]), math.exp(best.x[-1]))


# ---- Left out --------------------------------------------------------------------------------------------------------

@dataclass(frozen=True, eq=False)
class _LeftOut:
    """Of cases that were left out: by how much they were missed, and how much that was expected to be."""

    errors: Numbers
    deviations: Numbers


def _left_out(solved: _Solved, values: Numbers, parts: Sequence[NDArray[numpy.int64]]) -> _LeftOut:
    """With the same covariance, what would be foretold of each part without it is known in closed form."""
    weights = solved.projected @ values
    errors, deviations = [], []
    for part in parts:
        inverse = numpy.linalg.inv(solved.projected[numpy.ix_(part, part)])
        errors.append(inverse @ weights[part])
        deviations.append(numpy.sqrt(solved.variance * numpy.maximum(numpy.diag(inverse), 0)))
    return _LeftOut(numpy.concatenate(errors), numpy.concatenate(deviations))


def _interior_levels(points: Numbers) -> list[NDArray[numpy.int64]]:
    """The cases of each level of an input but its first and last, which would be asked for what lies beyond. Inputs
    that hardly repeat a value have no levels."""
    parts = []
    for column in points.T:
        levels, codes = numpy.unique(column.round(9), return_inverse=True)
        if 3 <= len(levels) <= len(points) / 2 or (points.shape[1] == 1 and len(levels) > 2):
            parts += [numpy.flatnonzero(codes == level) for level in range(1, len(levels) - 1)]
    return parts


# ---- The process -----------------------------------------------------------------------------------------------------

class Process:
    """Through points in the unit cube. `errors`: half-widths of 95 % of what the values may be off (nan: not known).

    The kernel, the trend and whether the answer is taken in its logarithm are those that foretell best what is left
    out. Where cases that are left out are missed by more or less than was expected, bands are made as much wider or
    narrower. `quality`: Q2 of leaving out single cases; `quality_of_levels`: of leaving out all cases of an inner level
    of an input (nan where there is none)."""

    def __init__(self, points: Numbers, values: Numbers, errors: Numbers | None = None):
        self._points, self._errors = points, _known(errors, len(values))
        part = some(len(points), MOST_FITTED)
        fits = [fit for fit in (self._candidate(points[part], values[part], *choice) for choice in itertools.product(
            KERNELS, (0, 1), (False, True) if _spans_a_decade(values) else (False,))) if fit is not None]
        if not fits:
            raise LacunaError("no Gaussian process fits the cases")
        self._model = max(fits, key=lambda fit: fit[0])[1]
        transformed = self._transformed(values)
        self._offset, self._scale = float(transformed.mean()), float(transformed.std())
        scaled = (transformed - self._offset) / self._scale
        self._solved = self._model.solve(points, scaled)
        self._weights = self._solved.projected @ scaled
        self._trend = self._trend_of(scaled)
        singles = _left_out(self._solved, scaled, list(numpy.arange(len(points))[:, None]))
        levels = _interior_levels(points)
        by_level = _left_out(self._solved, scaled, levels) if levels else None
        self._width = _correction(singles, by_level)
        self.quality = self._quality(values, scaled, singles, numpy.arange(len(points)))
        self.quality_of_levels = math.nan if by_level is None else self._quality(
            values, scaled, by_level, numpy.concatenate(levels))

    @staticmethod
    def _candidate(points: Numbers, values: Numbers, kernel: _Kernel, degree: int,
                   in_logarithm: bool) -> tuple[float, _Model] | None:
        """A model, and the logarithm of the density that it gave to what was left out."""
        transformed = numpy.log(values) if in_logarithm else values
        scale = float(transformed.std())
        scaled = (transformed - transformed.mean()) / scale
        if len(points) <= 2 * points.shape[1] + 1 and degree:
            return None
        try:
            model = _fitted(points, scaled, kernel, degree, in_logarithm)
            if model is None:
                return None
            left = _left_out(model.solve(points, scaled), scaled, list(numpy.arange(len(points))[:, None]))
        except numpy.linalg.LinAlgError:
            return None
        width = _correction(left, None)
        deviations = width * left.deviations
        density = -0.5 * (left.errors / deviations)**2 - numpy.log(deviations * scale)
        if in_logarithm:
            density = density - transformed
        return float(density.sum()), model

    # ---- What it says

    def mean(self, points: Numbers) -> Numbers:
        """The middle of the band."""
        return self._back(self._scaled_mean(points))

    def band(self, points: Numbers) -> tuple[Numbers, Numbers]:
        """Ends of 95 % intervals of what a case at these points would give, numerical errors and all."""
        middle = self._scaled_mean(points)
        half = CONFIDENCE * self._deviation(points)
        low, high = self._back(middle - half), self._back(middle + half)
        center, error = self._back(middle), self.error(points)
        return center - numpy.hypot(center - low, error), center + numpy.hypot(high - center, error)

    def error(self, points: Numbers) -> Numbers:
        """Numerical error: of the cases around, the nearer ones for the most part; 0 where none is known."""
        known = numpy.isfinite(self._errors)
        if not known.any():
            return numpy.zeros(len(points))
        squares = ((points[:, None, :] - self._points[known][None, :, :])**2).sum(axis=-1)
        nearness = 1 / (squares + 1e-6)**2
        return numpy.asarray(nearness @ self._errors[known] / nearness.sum(axis=1))

    def scatter(self, points: Numbers) -> Numbers:
        """Half-widths of 95 % of how cases lie around the surface."""
        middle = self._scaled_mean(points)
        half = CONFIDENCE * self._width * math.sqrt(self._solved.variance * self._model.noise)
        return numpy.asarray((self._back(middle + half) - self._back(middle - half)) / 2)

    def draws(self, points: Numbers) -> Numbers:
        """[draw][point]: what the answer may be."""
        covariance = self._width**2 * self._covariance(points)
        normal = numpy.random.default_rng(1).standard_normal((DRAWS, len(points)))
        return self._back(self._scaled_mean(points) + normal @ _root(covariance).T)

    # ---- Inside: values scaled to mean 0 and variance 1

    def _transformed(self, values: Numbers) -> Numbers:
        return numpy.asarray(numpy.log(values)) if self._model.in_logarithm else values

    def _back(self, scaled: Numbers) -> Numbers:
        values = self._offset + self._scale * scaled
        return numpy.asarray(numpy.exp(values)) if self._model.in_logarithm else numpy.asarray(values)

    def _trend_of(self, scaled: Numbers) -> Numbers:
        """Coefficients: what is left of the values is what correlates."""
        basis = self._model.trend(self._points)
        covariance = self._model.correlation(self._points, self._points)
        rest = scaled - (covariance + self._model.noise * numpy.eye(len(scaled))) @ self._weights
        found: Numbers = numpy.linalg.lstsq(basis, rest, rcond=None)[0]
        return found

    def _scaled_mean(self, points: Numbers) -> Numbers:
        return numpy.asarray(self._model.trend(points) @ self._trend
                             + self._model.correlation(points, self._points) @ self._weights)

    def _deviation(self, points: Numbers) -> Numbers:
        """Standard deviation of a case there, with its noise."""
        across = self._model.correlation(points, self._points)
        variance = 1 + self._model.noise - numpy.einsum("ij,jk,ik->i", across, self._solved.projected, across)
        variance = variance + self._of_trend(points, across)
        return numpy.asarray(self._width * numpy.sqrt(self._solved.variance * numpy.maximum(variance, 0)))

    def _covariance(self, points: Numbers) -> Numbers:
        across = self._model.correlation(points, self._points)
        covariance = self._model.correlation(points, points) - across @ self._solved.projected @ across.T
        cross, normal = self._trend_terms(points, across)
        basis = self._model.trend(points)
        covariance = covariance + basis @ normal @ basis.T - cross @ basis.T - basis @ cross.T
        return numpy.asarray(self._solved.variance * covariance)

    def _trend_terms(self, points: Numbers, across: Numbers) -> tuple[Numbers, Numbers]:
        """Of the coefficients of the trend, the covariance, and that with what correlates."""
        own = self._model.correlation(self._points, self._points) + self._model.noise * numpy.eye(len(self._points))
        basis = self._model.trend(self._points)
        solved = numpy.linalg.solve(own, basis)
        normal = numpy.linalg.inv(basis.T @ solved)
        return across @ solved @ normal, normal

    def _of_trend(self, points: Numbers, across: Numbers) -> Numbers:
        cross, normal = self._trend_terms(points, across)
        basis = self._model.trend(points)
        return numpy.asarray(numpy.einsum("ij,jk,ik->i", basis, normal, basis)
                             - 2 * numpy.einsum("ij,ij->i", cross, basis))

    def _quality(self, values: Numbers, scaled: Numbers, left: _LeftOut, rows: NDArray[Any]) -> float:
        foretold = self._back(scaled[rows] - left.errors)
        return 1 - float(numpy.mean((values[rows] - foretold)**2) / values.var())


def _correction(singles: _LeftOut, by_level: _LeftOut | None) -> float:
    """By how much bands must be wider, so that they hold what was left out."""
    missed = max(_ratio(left) for left in (singles, by_level) if left is not None)
    power = POWER_OF_CORRECTION if by_level is not None else 1.0
    return float(numpy.clip(CORRECTION * missed**power, NARROWEST, WIDEST))


def _ratio(left: _LeftOut) -> float:
    return float(numpy.sqrt(numpy.mean((left.errors / left.deviations)**2)))


def _known(errors: Numbers | None, count: int) -> Numbers:
    return numpy.full(count, numpy.nan) if errors is None else errors


def _spans_a_decade(values: Numbers) -> bool:
    return bool(values.min() > 0 and values.max() >= DECADE * values.min())


def some(count: int, most: int) -> NDArray[numpy.int64]:
    """At most so many of the cases, by chance: every third of a grid might be of one level."""
    return numpy.sort(numpy.random.default_rng(1).permutation(count)[:most])


def _root(covariance: Numbers) -> Numbers:
    """A matrix whose product with its transpose it is. Where nearly all is known, round-off makes what is left slightly
    indefinite."""
    sizes, directions = numpy.linalg.eigh(covariance)
    return numpy.asarray(directions * numpy.sqrt(numpy.maximum(sizes, 0)))
