# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What a study asked: the base case, its changes, the axes, the answers."""
from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from ..study import Study
from .markup import Section, folded, join, number, paragraph, table, with_unit
from .study_text import magnitude, range_text, settings_of

METHODS = {"grid": "every combination of the values", "latin hypercube": "a latin hypercube",
           "sobol": "a Sobol sequence", "saltelli": "Saltelli's design for Sobol indices"}
COMPARISONS = {"nothing": "", "difference from untreated": ", minus that of the untreated tissue",
               "ratio to untreated": ", divided by that of the untreated tissue"}


def asked_section(study: Study) -> Section:
    plan = study.plan
    parts = [paragraph(_sentence(study))]
    parts.append(table("What was varied", ["input", "values", "parameter of the case file"],
                       [[entry["name"], values_text(entry), entry["parameter"] or "a named set of parameters"]
                        for entry in plan["inputs"]]))
    if plan["answers"]:
        parts.append(table("What was wanted", ["answer", "what it is", "goal"],
                           [[entry["name"], quantity_text(entry), goal_text(entry)] for entry in plan["answers"]]))
    changes = _changes(study)
    if changes:
        parts.append(folded(f"What all cases have in common beyond the case file ({len(changes)})",
                            table("Changes", ["parameter", "value"], [list(change) for change in changes])))
    return Section("What was asked", "study-asked", join(parts))


def _sentence(study: Study) -> Markup:
    plan = study.plan
    cases = len(plan["cases"])
    counts = [f"{len(entry['values'])} of {entry['name']}" for entry in plan["inputs"] if entry["kind"] != "range"]
    listed = f" ({', '.join(counts)})" if counts else ""
    return Markup("{} case{} of <code>{}</code>: {}{}.").format(
        cases, "s" * (cases != 1), os.path.basename(plan["case_file"]), sampling_text(plan["sampling"]), listed)


def sampling_text(sampling: Mapping[str, Any]) -> str:
    """'a latin hypercube of 32 samples, seed 1'."""
    words = METHODS.get(sampling["method"], str(sampling["method"]))
    return words if sampling["method"] == "grid" else f"{words} of {sampling['samples']} samples, seed {sampling['seed']}"


def values_text(entry: Mapping[str, Any]) -> str:
    """'0.5, 1, 2 mL'; 'from 0.25 to 2 mL'; 'II, III, IV'."""
    if entry["kind"] == "range":
        spacing = ", spaced logarithmically" if entry.get("logarithmic") else ""
        return f"from {range_text(entry['minimum'], entry['maximum'], entry['unit'])}{spacing}"
    if entry["kind"] == "numbers":
        size = magnitude(entry["unit"], entry["numbers"])
        return with_unit(", ".join(size.text(value, 4) for value in entry["numbers"]), size.unit)
    return ", ".join(entry["values"])


def quantity_text(entry: Mapping[str, Any]) -> str:
    """'NPMSC dose 1 viable at the end, minus that of the untreated tissue'."""
    time = "at the end" if entry["time"] is None else f"after {with_unit(number(entry['time']), 'd')}"
    return f"{entry['quantity']} {time}{COMPARISONS.get(entry['compare'], ', ' + entry['compare'])}"


def goal_text(entry: Mapping[str, Any]) -> str:
    return "none" if entry["goal"] == "none" else f"the {entry['goal']}"


def _changes(study: Study) -> list[tuple[str, str]]:
    path = os.path.join(study.folder, "study.prm")
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return settings_of(file.read(), "Changes")
