# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Sobol indices of the sampled inputs of a study, for every combination of the listed ones."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy

from .design import Tested, openturns, seeded, tested
from .errors import LacunaError
from .fields import Numbers
from .study import Answer, Study
from .wording import beginning, listed

BOOTSTRAPS = 300
FEWEST_BASE_ROWS = 16
WORST_QUALITY = 0.6  # Q2 below which an expansion says nothing of the answer
DEGREES = (1, 2, 3, 4, 6, 8, 10)
LARGEST_BASIS = 200
NORMS = (0.5, 0.75)  # of the degrees of a term: the smaller, the fewer are of several inputs
FOLDS = 5


@dataclass(frozen=True)
class Index:
    """Sobol indices of an input with 95 % intervals: the share of variance that it makes alone (first), and with its
    interactions (total). `at`: the values of the listed inputs that they hold for."""

    input: str
    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float
    at: dict[str, str | float] = field(default_factory=dict)


@dataclass(frozen=True)
class Sensitivity:
    """Indices, largest total first, and what is to be known of them; no indices if there cannot be any."""

    indices: list[Index]
    notes: list[str]


def sensitivity(study: Study, answer: Answer) -> Sensitivity:
    """Sobol indices of an answer: of a Saltelli design by Martinez' estimators, of other samples by a sparse polynomial
    chaos expansion; intervals by the bootstrap."""
    indices: list[Index] = []
    notes: dict[str, list[str]] = {}  # and the combinations that each holds for
    for at, cases in _combinations(study, answer):
        try:
            found, note = _saltelli(study, cases) if study.method == "saltelli" else _chaos(cases)
        except LacunaError as reason:
            found, note = {}, f"Sobol indices cannot be given: {reason}"
        ranked = sorted(found, key=lambda name: -float(found[name][0, 1]))
        indices += [_index(name, found[name], at) for name in ranked]
        if note:
            notes.setdefault(note, []).append(cases.place(at))
    return Sensitivity(indices, [_for_places(note, places) for note, places in notes.items()])


def _for_places(note: str, places: Sequence[str]) -> str:
    return f"For {listed(places)}: {note}." if any(places) else f"{beginning(note)}."


def _combinations(study: Study, answer: Answer) -> Iterator[tuple[dict[str, Any], Tested]]:
    """Of the values of the listed inputs, with all their cases: nan where the answer has no value."""
    if study.method == "grid":
        return
    listed_inputs = [given.name for given in study.inputs if given.kind != "range"]
    for at, cases in tested(study, answer, with_missing=True).apart(listed_inputs):
        yield {name: value for name, value in at.items() if len(study.input(name).values) > 1}, cases


def _index(name: str, values: Numbers, at: dict[str, Any]) -> Index:
    """`values`: rows are estimate, low and high; columns first and total. What is below 0 or above 1 is so by chance
    alone."""
    (first, total), (first_low, total_low), (first_high, total_high) = numpy.clip(values, 0, 1).tolist()
    return Index(name, first, first_low, first_high, total, total_low, total_high, at)


# ---- Saltelli's design -----------------------------------------------------------------------------------------------

def _saltelli(study: Study, cases: Tested) -> tuple[dict[str, Numbers], str]:
    """The design is A, B, and for each input A with that column from B. A base row with a failed case is left out of
    every block, since the estimators compare rows."""
    factors = [factor for factor in cases.factors if factor.is_sampled]
    rows, blocks = study.samples, len(factors) + 2
    if len(cases.values) != rows * blocks:
        raise LacunaError(f"a Saltelli design of {rows} base rows has {rows * blocks} cases, and results.csv has "
                         f"{len(cases.values)} of them")
    inputs = numpy.stack([factor.scaled(factor.values) for factor in factors], axis=1).reshape(blocks, rows, -1)
    _check_order(inputs)
    values = cases.values.reshape(blocks, rows)
    whole = numpy.isfinite(values).all(axis=0)
    kept = int(whole.sum())
    if kept < FEWEST_BASE_ROWS:
        raise LacunaError(f"{kept} of {rows} base rows are without a missing case, and it takes {FEWEST_BASE_ROWS}")
    if numpy.ptp(values[:, whole]) <= 1e-9 * numpy.abs(values[:, whole]).max():
        raise LacunaError("the answer is the same in all cases")
    found = _martinez(values[:, whole])
    note = "" if kept == rows else (f"{rows - kept} of {rows} base rows of the design have a case without a value and "
                                    f"are left out with all their {blocks} cases, which may bias the Sobol indices")
    return {factor.name: found[:, number] for number, factor in enumerate(factors)}, note


def _check_order(inputs: Numbers) -> None:
    """Blocks in another order would give indices, too: wrong ones."""
    first, second = inputs[0], inputs[1]
    for column, block in enumerate(inputs[2:]):
        expected = first.copy()
        expected[:, column] = second[:, column]
        if not numpy.allclose(block, expected, rtol=0, atol=1e-4):
            raise LacunaError("the cases are not in the order of a Saltelli design")


def _martinez(values: Numbers) -> Numbers:
    """[estimate, low, high][input][first, total] of values[block][row]; intervals from rows drawn anew."""
    generator = numpy.random.default_rng(1)
    rows = values.shape[1]
    drawn = numpy.array([_correlations(values[:, generator.integers(0, rows, rows)]) for _ in range(BOOTSTRAPS)])
    return numpy.stack([_correlations(values), *numpy.nanquantile(drawn, [0.025, 0.975], axis=0)])


def _correlations(values: Numbers) -> Numbers:
    """Martinez' estimators: that of the first order is the correlation of B with A whose column is from B, which have
    that input in common; of the total, what the correlation with A, which has all others in common, lacks."""
    correlations = numpy.corrcoef(values)
    return numpy.stack([correlations[1, 2:], 1 - correlations[0, 2:]], axis=1)


# ---- Polynomial chaos ------------------------------------------------------------------------------------------------

def _chaos(cases: Tested) -> tuple[dict[str, Numbers], str]:
    """A sparse polynomial of the inputs, whose degree is that which foretells best what it has not seen."""
    cases = cases.chosen(numpy.isfinite(cases.values))
    factors = [factor for factor in cases.factors if factor.is_sampled]
    needed = 10 + 5 * len(factors)
    if len(cases.values) < needed:
        raise LacunaError(f"{len(cases.values)} cases have a value, and a polynomial of {len(factors)} inputs takes "
                         f"{needed}")
    if cases.is_constant:
        raise LacunaError("the answer is the same in all cases")
    inputs = numpy.stack([factor.scaled(factor.values) for factor in factors], axis=1)
    values = (cases.values - cases.values.mean()) / cases.values.std()
    with seeded():
        best = _best_expansion(inputs, values)
        if best.quality < WORST_QUALITY:
            raise LacunaError(f"no polynomial describes the answer well enough (Q2 {max(best.quality, 0):.2f} by "
                             f"cross-validation, it takes {WORST_QUALITY}); more samples may help")
        found = numpy.stack([best.whole.indices, *best.bootstrap()])
    return ({factor.name: found[:, number] for number, factor in enumerate(factors)},
            f"the Sobol indices are those of a polynomial of degree {best.degree} (Q2 {best.quality:.2f} by "
            "cross-validation)")


class _Basis:
    """Products of Legendre polynomials of so many inputs, from 0 to 1, of at most a degree."""

    def __init__(self, count: int, degree: int, norm: float):
        library = openturns()
        self.count = count
        self.order = library.HyperbolicAnisotropicEnumerateFunction(count, norm)
        self.size = min(int(self.order.getMaximumDegreeCardinal(degree)), LARGEST_BASIS)
        self.distribution = library.ComposedDistribution([library.Uniform(0, 1)] * count)
        self.products = library.OrthogonalProductPolynomialFactory([library.LegendreFactory()] * count, self.order)

    def values(self, terms: Sequence[int], inputs: Numbers) -> Numbers:
        """[case][term]; the polynomials themselves are of -1 to 1."""
        sample = openturns().Sample(2 * inputs - 1)
        return numpy.stack([numpy.array(self.products.build(term)(sample)).ravel() for term in terms], axis=1)

    def indices(self, terms: Sequence[int], coefficients: Numbers) -> Numbers:
        """[input][first, total] of a polynomial with these terms; nan of a constant."""
        has = numpy.array([list(self.order(term)) for term in terms]) > 0
        squares = coefficients**2
        variance = squares[has.any(axis=1)].sum()
        if variance == 0:
            return numpy.full((self.count, 2), numpy.nan)
        alone = has.sum(axis=1) == 1
        return numpy.asarray(numpy.stack([(squares * alone) @ has, squares @ has], axis=1) / variance)


class _Expansion:
    """The terms of a basis that least angle regression selects."""

    def __init__(self, basis: _Basis, inputs: Numbers, values: Numbers):
        library = openturns()
        selection = library.LeastSquaresMetaModelSelectionFactory(library.LARS(), library.CorrectedLeaveOneOut())
        algorithm = library.FunctionalChaosAlgorithm(
            library.Sample(inputs), library.Sample(values[:, None]), basis.distribution,
            library.FixedStrategy(basis.products, basis.size), library.LeastSquaresStrategy(selection))
        algorithm.run()
        result = algorithm.getResult()
        self.terms = [int(term) for term in result.getIndices()]
        self.indices = basis.indices(self.terms, numpy.array(result.getCoefficients()).ravel())
        self._polynomial = result.getMetaModel()

    def __call__(self, inputs: Numbers) -> Numbers:
        return numpy.array(self._polynomial(openturns().Sample(inputs))).ravel()


class _CrossValidated:
    """An expansion of all cases, and how well expansions of parts of the cases foretell the others."""

    def __init__(self, inputs: Numbers, values: Numbers, degree: int, norm: float):
        self.degree = degree
        self.basis = _Basis(inputs.shape[1], degree, norm)
        self.whole = _Expansion(self.basis, inputs, values)
        self._inputs = inputs
        self._explained = self.whole(inputs)
        self._terms = Counter(self.whole.terms)
        self._errors = numpy.empty_like(values)
        folds = numpy.random.default_rng(1).permutation(len(values)) % FOLDS
        for fold in range(FOLDS):
            kept = folds != fold
            part = _Expansion(self.basis, inputs[kept], values[kept])
            self._terms.update(part.terms)
            self._errors[~kept] = values[~kept] - part(inputs[~kept])
        self.quality = 1 - float(numpy.mean(self._errors**2) / values.var())  # Q2

    def bootstrap(self) -> tuple[Numbers, Numbers]:
        """Low and high of the indices: of least squares in all terms that any part selected, of what is explained and
        of errors of the cross-validation drawn anew. (Cases drawn anew, some of them twice, would mislead the
        selection.)"""
        terms = sorted({0} | {term for term, _ in self._terms.most_common(len(self._errors) // 2)})
        inverse = numpy.linalg.pinv(self.basis.values(terms, self._inputs))
        errors = self._errors - self._errors.mean()
        generator = numpy.random.default_rng(1)
        drawn = [self.basis.indices(terms, inverse @ (self._explained + generator.choice(errors, len(errors))))
                 for _ in range(BOOTSTRAPS)]
        low, high = numpy.nanquantile(numpy.array(drawn), [0.025, 0.975], axis=0)
        return numpy.fmin(low, self.whole.indices), numpy.fmax(high, self.whole.indices)


def _best_expansion(inputs: Numbers, values: Numbers) -> _CrossValidated:
    tried: dict[tuple[float, int], _CrossValidated] = {}  # one for each number of terms: a larger degree may add none
    for norm in NORMS:
        for degree in DEGREES:
            basis = norm, _Basis(inputs.shape[1], degree, norm).size
            if basis not in tried:
                tried[basis] = _CrossValidated(inputs, values, degree, norm)
    return max(tried.values(), key=lambda expansion: expansion.quality)
