# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Best points that are foretold and were not run: which cases would show whether they are so, and what they showed.

    python3 -m lacuna.confirmation DIR --json      the cases that `lacuna study` runs to confirm what it foretells
"""
from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Sequence
from typing import Any

import numpy

from .command_line import status_of
from .design import Tested, tested
from .effects import effects
from .study import Answer, Study, load_study
from .surface import Best, surfaces
from .wording import beginning, estimate, plus_minus, with_unit

DIGITS = 3  # of an input of a case that is proposed


def proposals(study: Study) -> list[dict[str, Any]]:
    """For each answer with a goal, and each combination of what is given: the best point, if it is foretold."""
    found: list[dict[str, Any]] = []
    known = {case.confirms.answer + json.dumps(_given(study, case.inputs)) for case in study.cases if case.confirms}
    for answer in study.answers:
        for best in _foretold(study, answer) if answer.goal != "none" else []:
            inputs = {given.name: _text(study, given.name, best) for given in study.inputs}
            key = answer.name + json.dumps(_given(study, inputs))
            if None in inputs.values() or key in known or any(entry["inputs"] == inputs for entry in found):
                continue
            known.add(key)
            found.append({"answer": answer.name, "inputs": inputs, "predicted": best.value, "low": best.value_low,
                          "high": best.value_high})
    return found


def _given(study: Study, inputs: Any) -> dict[str, str]:
    return {given.name: inputs[given.name] for given in study.inputs if given.given}


def _foretold(study: Study, answer: Answer) -> list[Best]:
    """Of each combination of what is given the best, where that is no case."""
    cases = tested(study, answer, with_added=True)
    if len(cases.values) == 0 or cases.is_constant:
        return []
    order = [effect.input for effect in effects(tested(study, answer))]
    best_at: dict[str, Best] = {}
    for best in surfaces(cases, order).bests:  # the best first
        best_at.setdefault(json.dumps({name: best.inputs.get(name) for name in cases.given_inputs}), best)
    return [best for best in best_at.values() if not best.is_tested]


def _text(study: Study, name: str, best: Best) -> str | None:
    """As a study file has it: '1.23 mL', 'III'. An input that has one value only has that."""
    given = study.input(name)
    value = best.inputs.get(name)
    if value is None:
        texts = {case.inputs[name] for case in study.cases}
        return next(iter(texts)) if len(texts) == 1 else None
    if isinstance(value, str):
        return value
    for number, text in zip(given.numbers, given.values):
        if math.isclose(number, value, rel_tol=1e-9):
            return text
    return with_unit(f"{float(f'{value:.{DIGITS}g}'):.10g}", given.unit)


# ---- What came of it -------------------------------------------------------------------------------------------------

def sentences(study: Study, cases: Tested) -> list[str]:
    """Predicted and computed, of the cases that were added for an answer."""
    texts = []
    for case in study.cases:
        if case.confirms is None or case.confirms.answer != cases.answer.name:
            continue
        rows = numpy.flatnonzero(cases.cases == case.number)
        foretold = estimate(case.confirms.predicted, case.confirms.low, case.confirms.high, cases.unit)
        place = ", ".join(f"{name} {value}" for name, value in case.inputs.items())
        if len(rows) == 0:
            texts.append(f"At {place}, {cases.answer.name} of {foretold} were foretold; case {case.number}, which would "
                         "show it, has no value.")
            continue
        value, error = float(cases.values[rows[0]]), float(cases.errors[rows[0]])
        off = max(case.confirms.low - value, value - case.confirms.high)
        holds = off <= (error if math.isfinite(error) else 0.0)
        texts.append(f"{beginning(f'at {place}')}, {foretold} was foretold and {plus_minus(value, error, cases.unit)} "
                     f"computed (case {case.number}): {'as foretold' if holds else 'not as foretold'}.")
    return texts


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python3 -m lacuna.confirmation",
                                     description="The cases that would show whether the best points that a study "
                                     "foretells are so.")
    parser.add_argument("folder", metavar="DIR", help="output folder of a study")
    parser.add_argument("--json", action="store_true", help="as JSON")
    options = parser.parse_args(arguments)
    return status_of(lambda: _tell(options))


def _tell(options: argparse.Namespace) -> None:
    found = proposals(load_study(options.folder))
    if options.json:
        print(json.dumps(found, allow_nan=False))
        return
    for entry in found:
        print(f"{entry['answer']}: " + ", ".join(f"{name} = {value}" for name, value in entry["inputs"].items()))


if __name__ == "__main__":
    sys.exit(main())
