# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Trade-offs: the cases of a study that no other case beats in both of two goals."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy

from .design import tested
from .fields import Numbers
from .study import Study


@dataclass(frozen=True)
class Front:
    """Of one combination of what is given: computed cases from one end of the trade-off to the other. `firsts` and
    `seconds`: their values of the two answers, with errors (nan: not known). `cases`: all that have both values."""

    at: Mapping[str, str | float]
    first: str
    second: str
    numbers: list[int]
    firsts: list[float]
    seconds: list[float]
    first_errors: list[float]
    second_errors: list[float]
    cases: list[int]

    @property
    def is_conflict(self) -> bool:
        """Whether the two goals cannot be had together."""
        return len(self.numbers) > 1


def fronts(study: Study) -> list[Front]:
    """Between the first two answers that have a goal; none of a study with fewer."""
    wanted = [answer for answer in study.answers if answer.goal != "none"][:2]
    if len(wanted) < 2:
        return []
    first, second = (tested(study, answer, with_missing=True, with_added=True) for answer in wanted)
    there = numpy.flatnonzero(numpy.isfinite(first.values) & numpy.isfinite(second.values))
    if len(there) == 0:
        return []
    first, second = first.chosen(there), second.chosen(there)
    signs = [-1.0 if answer.goal == "smallest" else 1.0 for answer in wanted]
    found = []
    for at, cases in first.apart(first.given_inputs):
        rows = numpy.flatnonzero(numpy.isin(first.cases, cases.cases))
        kept = rows[_unbeaten(signs[0] * first.values[rows], signs[1] * second.values[rows])]
        at = {name: value for name, value in at.items() if len(first.factor(name).levels()) > 1}
        values = [[float(value) for value in column[kept]] for column in (
            first.values, second.values, first.errors, second.errors)]
        found.append(Front(at, wanted[0].name, wanted[1].name, [int(number) for number in first.cases[kept]],
                           values[0], values[1], values[2], values[3], [int(number) for number in first.cases[rows]]))
    return found


def _unbeaten(ones: Numbers, others: Numbers) -> Numbers:
    """Indices of the points that no other is better than, from the best of the first to the best of the second."""
    order = numpy.lexsort((-others, -ones))
    kept, highest = [], -numpy.inf
    for index in order:
        if others[index] > highest:
            kept.append(index)
            highest = others[index]
    return numpy.array(kept, dtype=int)
