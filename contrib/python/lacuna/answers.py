# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What a study says about the answers that its file asks for, in numbers and in sentences.

    python3 -m lacuna.answers DIR            prints the sentences
    python3 -m lacuna.answers DIR --json     writes DIR/answers.json, too
"""
from __future__ import annotations

import argparse
import dataclasses
import json
import math
import os
import sys
from collections.abc import Sequence
from typing import Any

import numpy

from . import confirmation
from .command_line import status_of
from .design import Tested, tested
from .effects import Effect, effects, interactions
from .files import check_writable, write_text
from .sensitivity import Index, sensitivity
from .study import Answer, Study, load_study
from .surface import Best, Surface, surfaces
from .wording import (beginning, digits_for, estimate, interval, is_plural, listed, number, percent, plus_minus, verb,
                      with_unit)

__all__ = ["AnswerReport", "Best", "Effect", "Index", "Surface", "answers"]

LITTLE = 0.05  # share of variance below which an input changes little
MOST_NAMED = 6  # combinations of text inputs that a sentence names


@dataclasses.dataclass(frozen=True)
class AnswerReport:
    """Everything about one answer. `interactions`: two inputs and their share of variance, of grids only; `indices`: of
    sampled studies only; `best`: None without a goal; `bests`: that of each combination of the text inputs."""

    name: str
    unit: str
    goal: str
    n_cases: int  # that have a value
    sentences: list[str]
    effects: list[Effect]
    interactions: list[tuple[str, str, float]]
    indices: list[Index] | None
    best: Best | None
    surfaces: list[Surface]
    bests: list[Best] = dataclasses.field(default_factory=list)


def answers(study: Study) -> list[AnswerReport]:
    """A report for each answer that the study file declares."""
    return [_report(study, answer) for answer in study.answers]


def _report(study: Study, answer: Answer) -> AnswerReport:
    cases = tested(study, answer)
    with_added = tested(study, answer, with_added=True)
    sentences = _missing(study, cases)
    if len(cases.values) == 0 or cases.is_constant:
        return AnswerReport(answer.name, cases.unit, answer.goal, len(cases.values), sentences + _same(cases), [], [],
                            None, None, [])
    found = effects(cases)
    pairs = interactions(cases)
    sobol = sensitivity(study, answer)
    landscape = surfaces(with_added, [effect.input for effect in found])
    sentences += _best_sentences(with_added, landscape.bests)
    sentences += [sentence for sentence in confirmation.sentences(study, with_added)]
    sentences += _span(cases) + _effect_sentences(cases, found) + _together(cases) + _pair_sentences(pairs)
    sentences += _index_sentences(cases, sobol.indices) + sobol.notes + [f"{note}." for note in landscape.notes]
    return AnswerReport(answer.name, cases.unit, answer.goal, len(cases.values), sentences, found, pairs,
                        sobol.indices or None, landscape.best, landscape.surfaces, landscape.bests)


# ---- Sentences -------------------------------------------------------------------------------------------------------

def _superlative(cases: Tested, goal: str) -> str:
    """Cells are most or fewest, glucose is highest or lowest."""
    words = ("most", "fewest") if is_plural(cases.answer.name) and cases.unit == "cells" else ("highest", "lowest")
    return words[goal == "smallest"]


def _missing(study: Study, cases: Tested) -> list[str]:
    """What the answer does not rest on."""
    missing = cases.planned - len(cases.values)
    if missing == 0:
        return []
    statuses = study.statuses
    known = {"not possible": statuses["not possible"], "failed": statuses["failed"], "stopped": statuses["stopped"], "not computed yet": statuses["waiting"]}
    known["without a value"] = missing - sum(known.values())
    reasons = listed([f"{count} {what}" for what, count in known.items() if count > 0])
    return [f"{len(cases.values)} of {cases.planned} cases have a value. The others ({reasons}) are left out of what "
            "follows."]


def _same(cases: Tested) -> list[str]:
    if len(cases.values) == 0:
        return ["No case has a value."]
    name = cases.answer.name
    return [f"{beginning(name)} {verb([name], 'are', 'is')} the same in all cases: "
            f"{with_unit(number(float(cases.values[0]), 3), cases.unit)}."]


def _span(cases: Tested) -> list[str]:
    low, high = float(cases.values.min()), float(cases.values.max())
    digits = digits_for(high, low, high)
    return [f"Over {len(cases.values)} cases {cases.answer.name} {verb([cases.answer.name], 'go', 'goes')} from "
            f"{interval(low, high, cases.unit, digits)}."]


def _effect_sentences(cases: Tested, found: Sequence[Effect]) -> list[str]:
    large = [effect for effect in found if effect.share >= LITTLE]
    little = [effect for effect in found if effect.share < LITTLE]
    sentences = []
    if large and len(found) > 1:
        shares = [percent(effect.share) for effect in large]
        explained = [f"{verb([large[0].input], 'explain', 'explains')} {shares[0]}", *shares[1:]]
        texts = [f"{effect.input} {text}" for effect, text in zip(large, explained)]
        sentences.append(f"{beginning(listed(texts))} of the variance.")
    sentences += [_levels_sentence(cases, effect) for effect in large[:3]]
    if little:
        names = [effect.input for effect in little]
        shares = [percent(effect.share) for effect in little]
        sentences.append(f"{beginning(listed(names))} {verb(names, 'change', 'changes')} little ({listed(shares)} of "
                         "the variance).")
    return sentences


def _levels_sentence(cases: Tested, effect: Effect) -> str:
    """How the mean goes with one input."""
    factor = cases.factor(effect.input)
    ends = (0, len(effect.levels) - 1) if not factor.is_text else (int(numpy.argmax(effect.mean)),
                                                                   int(numpy.argmin(effect.mean)))
    if not effect.is_balanced:
        return _model_sentence(cases, effect, ends)
    digits = digits_for(max(effect.mean, key=abs), min(effect.mean), max(effect.mean))
    first, last = (f"{with_unit(number(effect.mean[end], digits), cases.unit)} at {factor.text(effect.levels[end])}"
                   for end in ends)
    turning = ""
    if not factor.is_text and len(effect.levels) > 2:
        turning = _turning(cases, effect, digits)
    return f"The mean of the cases is {first}{turning} and {last}." if len(cases.varied) > 1 else (
        f"It is {first}{turning} and {last}.")


def _model_sentence(cases: Tested, effect: Effect, ends: tuple[int, int]) -> str:
    """The levels have unlike cases: their means cannot be compared, and what is compared is no mean."""
    factor = cases.factor(effect.input)
    texts = [f"{with_unit(number(effect.mean[end], 3), cases.unit)} at {factor.text(effect.levels[end])}"
             for end in ends]
    difference = effect.model[ends[1]] - effect.model[ends[0]]
    return (f"The mean of the cases is {texts[0]} and {texts[1]}, but not all levels have the same cases. Model effect, "
            f"all other inputs alike: {with_unit(number(difference, 2), cases.unit)} from {factor.text(effect.levels[ends[0]])} "
            f"to {factor.text(effect.levels[ends[1]])}.")


def _turning(cases: Tested, effect: Effect, digits: int) -> str:
    """', 3e5 cells at volume 1 mL', where the mean is larger or smaller between than at both ends."""
    spread = max(effect.mean) - min(effect.mean)
    for extreme in (int(numpy.argmax(effect.mean)), int(numpy.argmin(effect.mean))):
        beyond = min(abs(effect.mean[extreme] - effect.mean[0]), abs(effect.mean[extreme] - effect.mean[-1]))
        if 0 < extreme < len(effect.mean) - 1 and beyond > 0.1 * spread:
            return (f", {with_unit(number(effect.mean[extreme], digits), cases.unit)} at "
                    f"{cases.factor(effect.input).text(effect.levels[extreme])}")
    return ""


def _together(cases: Tested) -> list[str]:
    varied = {factor.name for factor in cases.varied}
    groups = [[name for name in group if name in varied] for group in cases.groups]
    return [f"{beginning(listed(group))} were changed together: what each does cannot be told apart."
            for group in groups if len(group) > 1]


def _pair_sentences(pairs: Sequence[tuple[str, str, float]]) -> list[str]:
    return [f"{beginning(one)} and {other} act together: beyond what each does alone, the pair explains "
            f"{percent(share)} of the variance." for one, other, share in pairs if share >= LITTLE][:3]


def _index_sentences(cases: Tested, indices: Sequence[Index]) -> list[str]:
    sentences = []
    places = [dict(entry) for entry in dict.fromkeys(tuple(index.at.items()) for index in indices)]
    for at in places[:MOST_NAMED]:
        here = [index for index in indices if index.at == at]
        where = f"Of the variance{f' for {cases.place(at)}' if at else ''}, "
        texts = [f"{index.input} {verb([index.input], 'make', 'makes')} "
                 f"{_share(index.first, index.first_low, index.first_high)} alone and "
                 f"{_share(index.total, index.total_low, index.total_high)} with its interactions"
                 for index in here if index.total >= LITTLE]
        little = [index.input for index in here if index.total < LITTLE]
        if little:
            most = max(index.total_high for index in here if index.input in little)
            texts.append(f"{listed(little)} {verb(little, 'make', 'makes')} "
                         f"{'below 1 %' if most < 0.01 else f'at most {percent(most)}'}")
        sentences.append(f"{where}{'; '.join(texts)}.")
    if len(places) > MOST_NAMED:
        sentences.append(f"The indices of {len(places) - MOST_NAMED} further combinations are in the table.")
    return sentences


def _share(value: float, low: float, high: float) -> str:
    ends = f"{100 * low:.0f} to {100 * high:.0f} %"
    return percent(value) + (f" (95 % {ends})" if percent(low) != percent(high) else "")


# ---- Sentences on the best

def _best_sentences(cases: Tested, bests: Sequence[Best]) -> list[str]:
    if not bests:
        return []
    sentences: list[str] = []
    given = [name for name in cases.given_inputs if len(cases.factor(name).levels()) > 1]
    places = list(dict.fromkeys(tuple((name, best.inputs[name]) for name in given if name in best.inputs)
                                for best in bests))
    for place in places:
        here = [best for best in bests if all(best.inputs.get(name) == value for name, value in place)]
        sentences += _best_here(cases, here, f"At {cases.place(dict(place))}, " if place else "")
    return sentences


def _best_here(cases: Tested, bests: Sequence[Best], where: str) -> list[str]:
    """Of one combination of what is given."""
    best, name = bests[0], cases.answer.name
    asked = f"{name} {verb([name], 'are', 'is')} {_superlative(cases, cases.answer.goal)}"
    place = cases.place({key: value for key, value in best.inputs.items()
                         if key not in cases.given_inputs or not where})
    if best.is_tested:
        asked = f"of the computed cases, {asked}"
        value = plus_minus(best.value, best.value_high - best.value, cases.unit)
    else:
        value = f"foretold, not computed: {estimate(best.value, best.value_low, best.value_high, cases.unit)}"
    sentence = f"{where}{asked}" if where else beginning(asked)
    sentence = f"{sentence} at {place} ({value})"
    within = _range_texts(cases, best)
    sentences = [f"{sentence}; within 5 % of that {listed(within)}." if within else f"{sentence}."]
    return sentences + _place_sentence(cases, best) + _edge_sentences(cases, best) + _equals(best) + _rivals(cases, bests)


def _equals(best: Best) -> list[str]:
    """What is as good within the errors is called equal."""
    sentences = []
    if best.open:
        sentences.append(f"Cases at an end of {listed(best.open)} are as good within their errors: no best between is "
                         "claimed.")
    if best.equals:
        count = len(best.equals)
        cases = f"case {best.equals[0]} is" if count == 1 else f"{count} other cases are"
        sentences.append(f"{beginning(cases)} equal to it within the errors.")
    return sentences


def _range_texts(cases: Tested, best: Best) -> list[str]:
    """'from volume 0.9 to 1.6 mL'."""
    texts = []
    for name, (low, high) in best.ranges.items():
        factor = cases.factor(name)
        if number(low) == number(high):
            continue
        span = factor.scaled(numpy.array([low, high]))
        ends = interval(low, high, factor.given.unit)
        texts.append(f"at every {name} studied ({ends})" if span[0] < 1e-3 and span[1] > 1 - 1e-3 else
                     f"from {name} {ends}")
    return texts


def _place_sentence(cases: Tested, best: Best) -> list[str]:
    places = [f"{name} {interval(low, high, cases.factor(name).given.unit)}" for name, (low, high) in
              best.places.items() if number(low) != number(high)]
    return [f"The place itself is known to {listed(places)} (95 %)."] if places else []


def _edge_sentences(cases: Tested, best: Best) -> list[str]:
    sentences = []
    for name in best.at_edge:
        if f"at every {name} studied" in " ".join(_range_texts(cases, best)):
            continue  # what lies beyond hardly matters
        factor = cases.factor(name)
        value = float(best.inputs[name])
        low, high = factor.bounds
        end = "lower" if _is(value, low) else "upper" if _is(value, high) else ""
        studied = f"the {end} end of what was studied" if end else "where its cases with a value end"
        sentences.append(f"{beginning(factor.text(value))} is {studied}: the best may lie beyond.")
    return sentences


def _is(value: float, other: float) -> bool:
    return math.isclose(value, other, rel_tol=1e-4, abs_tol=1e-12)


def _rivals(cases: Tested, bests: Sequence[Best]) -> list[str]:
    """How good the other combinations of text inputs are, each at its own best place."""
    best, others = bests[0], bests[1:1 + MOST_NAMED]
    if not others:
        return []
    texts = []
    for other in others:
        place = cases.place({name: value for name, value in other.inputs.items() if cases.factor(name).is_text})
        texts.append(f"{place}: {estimate(other.value, other.value_low, other.value_high, cases.unit)}"
                     + (", equal within the errors" if _overlap(best, other) else ""))
    more = len(bests) - 1 - len(others)
    return [f"The best elsewhere is, for {'; '.join(texts)}" + (f"; {more} more in the table." if more else ".")]


def _overlap(one: Best, other: Best) -> bool:
    return max(one.value_low, other.value_low) <= min(one.value_high, other.value_high)


# ---- The command -----------------------------------------------------------------------------------------------------

def record(reports: Sequence[AnswerReport]) -> list[dict[str, Any]]:
    """As JSON has it: what has no value is null."""
    plain: list[dict[str, Any]] = [_plain(dataclasses.asdict(report)) for report in reports]
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(entry) for entry in value]
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None  # also NumPy's
    return value


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python3 -m lacuna.answers", description="Says what a study found: best places with their uncertainty, "
        "main effects, interactions, sensitivity indices. A study that goes on can be asked, too.")
    parser.add_argument("folder", metavar="DIR", help="output folder of a study")
    parser.add_argument("--json", action="store_true", help="also write everything to DIR/answers.json")
    parser.add_argument("--output", metavar="FILE", help="write it there instead")
    parser.add_argument("--short", action="store_true", help="only the sentences with which the page begins")
    options = parser.parse_args(arguments)
    return status_of(lambda: _tell(options))


def _tell(options: argparse.Namespace) -> None:
    study = load_study(options.folder)
    path = options.output or (os.path.join(study.folder, "answers.json") if options.json else "")
    if path:
        check_writable(path)
    reports = answers(study)
    if options.short:
        from .headlines import headlines
        for headline in headlines(study, reports):
            print(" ".join(headline.sentences))
        return
    print(study.title or study.folder)
    for report in reports:
        print(f"\n{beginning(report.name)}" + (f" [{report.unit}]" if report.unit not in ("", "1") else ""))
        for sentence in report.sentences:
            print(f"  {sentence}")
    if not reports:
        print("The study file declares no answers (subsection Answers).")
    if path:
        write_text(path, json.dumps({"schema": 1, "title": study.title, "answers": record(reports)}, allow_nan=False))
        print(f"\n{path}")


if __name__ == "__main__":
    sys.exit(main())
