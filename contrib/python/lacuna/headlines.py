# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What a study found, in two sentences for every combination of what is given: the best choice, and what it costs."""
from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy

from .design import Tested, tested
from .study import Answer, Study
from .surface import Best
from .wording import amount, beginning, is_plural, listed, plus_minus, verb, with_unit

if TYPE_CHECKING:
    from .answers import AnswerReport


@dataclass(frozen=True)
class Headline:
    """`given`: {'grade': 'III'}; `case`: the computed case that it is about, if it is about one."""

    given: Mapping[str, str | float]
    sentences: list[str]
    case: int | None


def headlines(study: Study, reports: Sequence[AnswerReport]) -> list[Headline]:
    """By the first answer that has a goal; the other goals are what it costs."""
    wanted = [report for report in reports if report.goal != "none" and report.bests]
    if not wanted:
        return []
    main = wanted[0]
    cases = tested(study, study.answer(main.name), with_added=True)
    found: dict[tuple[tuple[str, str | float], ...], list[Best]] = {}
    for best in main.bests:
        key = tuple((name, best.inputs[name]) for name in cases.given_inputs if name in best.inputs)
        found.setdefault(key, []).append(best)
    order = sorted(found, key=lambda key: [_rank(cases, name, value) for name, value in key])
    return [Headline(dict(key), _sentences(study, cases, dict(key), found[key], wanted[1:]), found[key][0].case)
            for key in order]


def _rank(cases: Tested, name: str, value: str | float) -> int:
    return cases.factor(name).levels().index(value)


def _sentences(study: Study, cases: Tested, given: Mapping[str, str | float], bests: Sequence[Best],
               others: Sequence[AnswerReport]) -> list[str]:
    best = bests[0]
    where = f"At {_place(cases, given)}, " if given else ""
    choice = {name: value for name, value in best.inputs.items() if name not in given}
    answer, name = cases.answer, cases.answer.name
    superlative = _superlative(answer, cases.unit)
    if best.is_tested:
        value = plus_minus(best.value, best.value_high - best.value, cases.unit)
        of = ""
    else:
        value = plus_minus(best.value, (best.value_high - best.value_low) / 2, cases.unit)
        of = " (foretold, not yet computed)"
    first = (f"{where}{name} {verb([name], 'are', 'is')} {superlative} with {_place(cases, choice)}: {value}{of}"
             f"{_when(study, answer)}{_edge(cases, best)}.")
    sentences = [beginning(first)]
    if best.is_tested and math.isnan(_error(cases, best.case)):
        sentences.append("Its numerical error is not known.")
    rivals = _equal_choices(cases, bests)
    if rivals:
        sentences.append(rivals)
    cost = _cost(study, best, others)
    return sentences + ([cost] if cost else [])


def _superlative(answer: Answer, unit: str) -> str:
    words = ("most", "fewest") if is_plural(answer.name) and unit == "cells" else ("highest", "lowest")
    return words[answer.goal == "smallest"]


def _place(cases: Tested, inputs: Mapping[str, str | float]) -> str:
    """'volume 3 mL, cells 25 million and cell type NPMSC'."""
    return listed([f"{factor.name} {inputs[factor.name]}" if factor.is_text else
                   f"{factor.name} {amount(float(inputs[factor.name]), factor.given.unit)}"
                   for factor in cases.factors if factor.name in inputs])


def _when(study: Study, answer: Answer) -> str:
    if answer.time is not None:
        return f" after {with_unit(f'{answer.time:.4g}', 'd')}"
    if "time" not in study.table:
        return ""
    times = study.table["time"]
    ends = {f"{time:.4g}" for time in times[numpy.isfinite(times)]}
    return f" after {next(iter(ends))} d" if len(ends) == 1 and ends != {"0"} else ""


def _edge(cases: Tested, best: Best) -> str:
    if best.open:
        return f"; cases at an end of {listed(best.open)} are as good within their errors"
    ends = [name for name in best.at_edge if name in best.inputs]
    if not ends:
        return ""
    sides = [_side(cases, name, best) for name in ends]
    if len(set(sides)) == 1:
        return f"; that is the {sides[0]} end of {listed(ends)} studied, and more may lie beyond"
    return "; that is " + listed([f"the {side} end of {name}" for side, name in zip(sides, ends)]) + (
        " studied, and more may lie beyond")


def _side(cases: Tested, name: str, best: Best) -> str:
    values = cases.factor(name).values
    return "upper" if float(best.inputs[name]) > float(values.min() + values.max()) / 2 else "lower"


def _error(cases: Tested, case: int | None) -> float:
    rows = numpy.flatnonzero(cases.cases == case)
    return float(cases.errors[rows[0]]) if len(rows) else math.nan


def _equal_choices(cases: Tested, bests: Sequence[Best]) -> str:
    """Other text inputs whose best is equal within the errors."""
    best = bests[0]
    equal = [other for other in bests[1:] if max(best.value_low, other.value_low)
             <= min(best.value_high, other.value_high)]
    if not equal:
        return ""
    texts = [_place(cases, {name: value for name, value in other.inputs.items() if cases.factor(name).is_text
                            and name not in cases.given_inputs}) for other in equal]
    return f"{beginning(listed(texts))} can do as well within the errors."


def _cost(study: Study, best: Best, others: Sequence[AnswerReport]) -> str:
    """What the other goals have in that case; with a word on those that want another one."""
    if best.case is None:
        return ""
    texts = []
    for report in others[:1]:
        cases = tested(study, study.answer(report.name), with_added=True)
        rows = numpy.flatnonzero(cases.cases == best.case)
        if len(rows) == 0:
            continue
        value = plus_minus(float(cases.values[rows[0]]), float(cases.errors[rows[0]]), cases.unit)
        text = f"There {report.name} {verb([report.name], 'are', 'is')} {value}"
        rival = next((other for other in report.bests if all(
            other.inputs.get(name) == best.inputs.get(name) for name in cases.given_inputs)), None)
        if rival is not None and rival.case != best.case and best.case not in rival.equals:
            choice = {name: value for name, value in rival.inputs.items() if name not in cases.given_inputs}
            text += (f", against {plus_minus(rival.value, rival.value_high - rival.value, cases.unit)} with "
                     f"{_place(cases, choice)}: the goals conflict")
        texts.append(text + ".")
    return " ".join(texts)
