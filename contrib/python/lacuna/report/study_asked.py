# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What a study asked: the base case, its changes, the axes, the answers."""
from __future__ import annotations

import os

from markupsafe import Markup

from ..study import Answer, Input, Study
from .markup import Section, folded, join, number, paragraph, table, with_unit
from .study_text import magnitude, range_text

METHODS = {"grid": "every combination of the values", "latin hypercube": "a latin hypercube",
           "sobol": "a Sobol sequence", "saltelli": "Saltelli's design for Sobol indices"}
COMPARISONS = {"nothing": "", "difference from untreated": ", minus that of the untreated tissue",
               "ratio to untreated": ", divided by that of the untreated tissue"}


def asked_section(study: Study) -> Section:
    parts = [paragraph(_sentence(study))]
    parts.append(table("What was varied", ["input", "values", "parameter of the case file"],
                       [[given.name, values_text(given), given.parameter or "named sets of parameters"]
                        for given in study.inputs]))
    if study.answers:
        parts.append(table("What was wanted", ["answer", "what it is", "goal"],
                           [[asked.name, quantity_text(asked), goal_text(asked)] for asked in study.answers]))
    changes = _changes(study)
    if changes:
        parts.append(folded(f"What all cases have in common beyond the case file ({len(changes)})",
                            table("Changes", ["parameter", "value"], [list(change) for change in changes])))
    return Section("What was asked", "study-asked", join(parts))


def _sentence(study: Study) -> Markup:
    cases = len(study.cases)
    counts = [f"{len(given.values)} of {given.name}" for given in study.inputs if given.kind != "range"]
    listed = f" ({', '.join(counts)})" if counts else ""
    return Markup("{} case{} of <code>{}</code>: {}{}.").format(
        cases, "s" * (cases != 1), os.path.basename(study.plan["case_file"]), sampling_text(study), listed)


def sampling_text(study: Study) -> str:
    """'a latin hypercube of 32 samples, seed 1'."""
    words = METHODS.get(study.method, study.method)
    if study.method == "grid":
        return words
    return f"{words} of {study.samples} samples, seed {study.plan['sampling'].get('seed', 1)}"


def values_text(given: Input) -> str:
    """'0.5, 1, 2 mL'; 'from 0.25 to 2 mL'; 'II, III, IV'."""
    if given.kind == "range":
        spacing = ", spaced logarithmically" if given.logarithmic else ""
        return f"from {range_text(given.minimum, given.maximum, given.unit)}{spacing}"
    if given.kind == "numbers":
        size = magnitude(given.unit, given.numbers)
        return with_unit(", ".join(size.text(value, 4) for value in given.numbers), size.unit)
    return ", ".join(given.values)


def quantity_text(asked: Answer) -> str:
    """'NPMSC dose 1 viable at the end, minus that of the untreated tissue'."""
    time = "at the end" if asked.time is None else f"after {with_unit(number(asked.time), 'd')}"
    return f"{asked.quantity} {time}{COMPARISONS.get(asked.compare, ', ' + asked.compare)}"


def goal_text(asked: Answer) -> str:
    return "none" if asked.goal == "none" else f"the {asked.goal}"


def _changes(study: Study) -> list[tuple[str, str]]:
    """Parameter and value of what is the same in every case: from the study file, then from the command line."""
    assignments = [*study.plan.get("changes", []), *study.plan.get("overrides", [])]
    pairs = (assignment.partition("=") for assignment in assignments)
    return [(name.strip(), value.strip()) for name, _, value in pairs]
