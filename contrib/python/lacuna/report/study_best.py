# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The answers of a study: sentences, and the best points beside the untreated tissue."""
from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy
from markupsafe import Markup
from numpy.typing import NDArray

from ..answers import AnswerReport, Best
from ..study import Study
from .markup import Cell, Section, heading, join, label, paragraph, table
from .study_asked import quantity_text
from .study_text import input_label, range_text, value_text

RANKED = 5  # cases, where no best point is known


def answers_section(study: Study, reports: list[AnswerReport]) -> Section:
    asked = {entry["name"]: entry for entry in study.plan["answers"]}
    if not reports:
        why = "None of its cases is done yet." if asked else "The study file declares no answers: all results are below."
        return Section("Answers", "study-answers", paragraph(why))
    parts: list[Markup] = []
    for report in reports:
        parts.append(heading(report.name))
        parts.append(paragraph(quantity_text(asked[report.name]), "soft"))
        parts.append(Markup('<div class="answer">{}</div>').format(join(map(paragraph, report.sentences))))
        if report.goal != "none":
            parts.append(best_table(study, report, asked[report.name]) or ranking(study, report))
    return Section("Answers", "study-answers", join(parts))


# ---- Best points -----------------------------------------------------------------------------------------------------

def best_table(study: Study, report: AnswerReport, asked: Mapping[str, Any]) -> Markup | None:
    """One row per combination of text inputs, the best first; None where no surface gave a best point."""
    found = [(dict(surface.at), surface.best) for surface in report.surfaces]
    if not found and report.best is not None:
        found = [({}, report.best)]
    if not found:
        return None
    found.sort(key=lambda entry: entry[1].value, reverse=report.goal == "largest")
    at, first = found[0]
    inputs = [name for name in first.inputs if name not in at]
    references = [_untreated(study, asked, {**labels, **best.inputs}) for labels, best in found]
    columns = [*at, f"{report.goal} value", "95 % interval"]
    for name in inputs:
        columns += [name, f"{name} within 5 %"] if name in first.ranges else [name]
    columns += ["untreated tissue"] if any(references) else []
    rows = [_best_row(study, report, labels, best, inputs) + ([reference] if any(references) else [])
            for (labels, best), reference in zip(found, references)]
    caption = f"Where {report.name} is {report.goal}" + (", for each combination" if at else "")
    if any(best.at_edge for _, best in found):
        caption += ". * at the edge of what was computed: better values may lie beyond"
    return table(caption, columns, rows)


def _best_row(study: Study, report: AnswerReport, at: Mapping[str, str], best: Best, inputs: list[str]) -> list[Cell]:
    known = math.isfinite(best.value_low) and math.isfinite(best.value_high)
    cells: list[Cell] = [*at.values(), value_text(best.value, report.unit),
                         range_text(best.value_low, best.value_high) if known else "–"]
    for name in inputs:
        unit = _unit_of(study, name)
        cells.append(value_text(best.inputs[name], unit) + ("*" if name in best.at_edge else ""))
        if name in best.ranges:
            cells.append(range_text(*best.ranges[name], unit))
    return cells


def _unit_of(study: Study, name: str) -> str:
    return next((str(entry["unit"]) for entry in study.plan["inputs"] if entry["name"] == name), "")


def ranking(study: Study, report: AnswerReport) -> Markup:
    """The best of the computed cases."""
    values = study.table[report.name]
    known = sorted((int(row) for row in numpy.flatnonzero(numpy.isfinite(values))),
                   key=lambda row: float(values[row]), reverse=report.goal == "largest")[:RANKED]
    entries = study.plan["inputs"]
    rows: list[list[Cell]] = [[int(study.table["case"][row]), *input_cells(study, row), float(values[row])]
                              for row in known]
    return table(f"The computed cases with the {report.goal} {report.name}",
                 ["case", *map(input_label, entries), label(report.name, report.unit)], rows)


def input_cells(study: Study, row: int) -> list[Cell]:
    """The inputs of a row of results.csv: labels, and numbers in the unit of the column."""
    values = [study.table[entry["name"]][row] for entry in study.plan["inputs"]]
    return [str(value) if isinstance(value, str) else float(value) for value in values]


# ---- The untreated tissue --------------------------------------------------------------------------------------------

def _untreated(study: Study, asked: Mapping[str, Any], inputs: Mapping[str, Any]) -> str:
    """The quantity in the untreated tissue of the computed case nearest to a point; '' if there is none."""
    name = f"untreated {asked['quantity']}"
    if asked["time"] is not None or name not in study.table:
        return ""
    values = study.table[name]
    row = nearest_case(study, inputs, numpy.isfinite(values))
    return "" if row is None else value_text(values[row], study.table.unit(name))


def nearest_case(study: Study, inputs: Mapping[str, Any], chosen: NDArray[Any]) -> int | None:
    """The row of results.csv nearest to a point among `chosen`: labels must agree, numbers be near."""
    distance = numpy.zeros(len(study.table))
    for name, wanted in inputs.items():
        column = study.table[name]
        if column.dtype.kind == "U":
            chosen = chosen & (column == str(wanted))
        else:
            distance = distance + ((column - float(wanted)) / (float(numpy.ptp(column)) or 1.0)) ** 2
    if not chosen.any():
        return None
    return int(numpy.argmin(numpy.where(chosen, distance, numpy.inf)))
