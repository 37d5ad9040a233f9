# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Main effects of the inputs of a study on an answer, and interactions of pairs, by analysis of variance."""
from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy
from numpy.typing import NDArray

from .design import FEW_LEVELS, Factor, Tested
from .fields import Numbers

Codes = NDArray[numpy.int64]


@dataclass(frozen=True)
class Effect:
    """What an input alone does. `mean`: of the cases at each of its levels, no more. `model`: what the additive model
    has there, all other inputs being alike, with a 95 % interval; the same as the mean where the cases of all levels
    have the same other inputs (`is_balanced`). `share`: of the answer's variance. Sampled inputs have their range's
    parts as levels, named by their middles."""

    input: str
    levels: list[str | float]
    mean: list[float]
    model: list[float]
    low: list[float]
    high: list[float]
    share: float
    is_balanced: bool = True


@dataclass(frozen=True, eq=False)
class _Levels:
    """Which of `names` a case has."""

    codes: Codes
    names: list[Any]

    @property
    def columns(self) -> Numbers:
        """Of the linear model: their coefficients and their negative sum are the deviations of the levels."""
        deviations = numpy.vstack([numpy.eye(len(self.names) - 1), -numpy.ones(len(self.names) - 1)])
        chosen: Numbers = deviations[self.codes]
        return chosen


def _levels_of(factor: Factor) -> _Levels:
    names = factor.levels()
    if factor.is_text or (len(names) <= FEW_LEVELS and not factor.is_sampled):
        index = {name: number for number, name in enumerate(names)}
        return _Levels(numpy.array([index[value] for value in factor.values.tolist()], dtype=numpy.int64), names)
    return _parts_of(factor)


def _parts_of(factor: Factor) -> _Levels:
    """The range of a continuous input in parts with equally many cases."""
    scaled = factor.scaled(factor.values)
    parts = int(numpy.clip(len(scaled) // 10, 2, 6))
    limits = numpy.unique(numpy.quantile(scaled, numpy.linspace(0, 1, parts + 1)[1:-1]))
    found, codes = numpy.unique(numpy.searchsorted(limits, scaled, side="right"), return_inverse=True)
    middles = [float(factor.unscaled(scaled[codes == part].mean())) for part in range(len(found))]
    return _Levels(codes.astype(numpy.int64), middles)


def _joined(parts: Sequence[_Levels]) -> _Levels:
    """The combinations that occur of levels of inputs that were changed together."""
    combined = numpy.stack([part.codes for part in parts], axis=1)
    found, codes = numpy.unique(combined, axis=0, return_inverse=True)
    return _Levels(codes.reshape(-1).astype(numpy.int64), [tuple(row) for row in found])


@dataclass(frozen=True, eq=False)
class _Fit:
    """Least squares of a linear model."""

    rest: float  # sum of squares that is left
    freedom: int
    coefficients: Numbers
    covariance: Numbers  # of the coefficients, for a variance of 1


def _fit(values: Numbers, blocks: Sequence[Numbers]) -> _Fit:
    matrix = numpy.hstack([numpy.ones((len(values), 1)), *blocks])
    inverse = numpy.linalg.pinv(matrix, rcond=1e-10)
    coefficients = inverse @ values
    rest = float(numpy.sum((values - matrix @ coefficients) ** 2))
    return _Fit(rest, len(values) - int(numpy.linalg.matrix_rank(matrix)), coefficients, inverse @ inverse.T)


class _Model:
    """The additive model of an answer: one block of columns per group of inputs that were changed together."""

    def __init__(self, tested: Tested):
        self._tested = tested
        varied = tested.varied
        self.levels = {factor.name: _levels_of(factor) for factor in varied}
        groups = [[name for name in group if name in self.levels] for group in tested.groups]
        self.groups = [group for group in groups if group]
        self.blocks = [_joined([self.levels[name] for name in group]) if len(group) > 1 else self.levels[group[0]]
                       for group in self.groups]
        self.total = float(numpy.sum((tested.values - tested.values.mean()) ** 2))

    def effect(self, name: str) -> Effect:
        own = self.levels[name]
        others = [block.columns for group, block in zip(self.groups, self.blocks) if name not in group]
        if sum(block.shape[1] for block in others) + len(own.names) > len(self._tested.values):
            others = []  # too few cases to account for the other inputs
        fit = _fit(self._tested.values, [own.columns, *others])
        model, margin = self._means(fit, own)
        mean = numpy.bincount(own.codes, self._tested.values) / numpy.bincount(own.codes)
        spread = float(numpy.ptp(self._tested.values))
        return Effect(name, list(own.names), mean.tolist(), model.tolist(), (model - margin).tolist(),
                      (model + margin).tolist(),
                      self._share(_fit(self._tested.values, others).rest - fit.rest, fit, len(own.names) - 1),
                      bool(numpy.abs(mean - model).max() <= 1e-9 * spread))

    def interaction(self, one: int, other: int) -> float:
        additive = [block.columns for block in self.blocks]
        pair = self.blocks[one].columns[:, :, None] * self.blocks[other].columns[:, None, :]
        products = pair.reshape(len(pair), -1)
        explained = _fit(self._tested.values, additive).rest - _fit(self._tested.values, [*additive, products]).rest
        return float(numpy.clip(explained / self.total, 0, 1))

    def _means(self, fit: _Fit, own: _Levels) -> tuple[Numbers, Numbers]:
        """Mean at each level, and half the width of its interval: none where there is nothing left to scatter."""
        from scipy import stats
        at_levels = numpy.hstack([numpy.ones((len(own.names), 1)),
                                  _Levels(numpy.arange(len(own.names)), own.names).columns])
        used = at_levels.shape[1]
        means: Numbers = at_levels @ fit.coefficients[:used]
        if fit.freedom == 0:
            return means, numpy.zeros_like(means)
        spread = numpy.einsum("ij,jk,ik->i", at_levels, fit.covariance[:used, :used], at_levels)
        return means, stats.t.ppf(0.975, fit.freedom) * numpy.sqrt(spread * fit.rest / fit.freedom)

    def _share(self, explained: float, fit: _Fit, columns: int) -> float:
        """In a sample, levels differ by chance, too; that part is taken off."""
        if not self._tested.is_grid and fit.freedom > 0:
            explained -= columns * fit.rest / fit.freedom
        return float(numpy.clip(explained / self.total, 0, 1))


def effects(tested: Tested) -> list[Effect]:
    """Of every input that varies, the largest share first."""
    if tested.is_constant:
        return []
    model = _Model(tested)
    return sorted((model.effect(name) for name in model.levels), key=lambda effect: -effect.share)


def interactions(tested: Tested) -> list[tuple[str, str, float]]:
    """Share of variance of what pairs of inputs do together beyond what each does alone; of a full grid only. Inputs
    that were changed together count as one, under the name of the first."""
    if tested.is_constant or not tested.is_grid:
        return []
    model = _Model(tested)
    found = [(model.groups[one][0], model.groups[other][0], model.interaction(one, other))
             for one, other in itertools.combinations(range(len(model.groups)), 2)]
    return sorted(found, key=lambda entry: -entry[2])
