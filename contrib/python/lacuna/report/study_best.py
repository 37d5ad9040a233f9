# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The answers of a study: sentences, and the best points beside the untreated tissue."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy
from markupsafe import Markup
from numpy.typing import NDArray

from ..answers import AnswerReport, Best
from ..study import Answer, Study
from .markup import Cell, Section, heading, join, label, paragraph, table
from .study_asked import quantity_text
from .study_text import magnitude, readable, value_text

RANKED = 5  # cases, where no best point is known


def answers_section(study: Study, reports: list[AnswerReport]) -> Section:
    asked = {answer.name: answer for answer in study.answers}
    if not reports:
        why = ("None of its cases is done yet." if asked else
               "The study file declares no answers; all results are below.")
        return Section("Details", "study-answers", paragraph(why))
    parts: list[Markup] = []
    for report in reports:
        parts.append(heading(report.name))
        parts.append(paragraph(quantity_text(asked[report.name]), "soft"))
        parts.append(Markup('<ul class="sentences">{}</ul>').format(join(
            Markup("<li>{}</li>").format(readable(sentence)) for sentence in report.sentences)))
        if report.goal != "none":
            parts.append(best_table(study, report, asked[report.name]) or ranking(study, report))
    return Section("Details", "study-answers", join(parts))


# ---- Best points -----------------------------------------------------------------------------------------------------

def best_table(study: Study, report: AnswerReport, asked: Answer) -> Markup | None:
    """One row per combination of text inputs, the best first; None where only text inputs were varied."""
    bests = list(report.bests)  # in this order
    if not any(given.kind != "labels" for given in study.inputs) or not bests:
        return None
    labels = [name for name, value in bests[0].inputs.items() if isinstance(value, str)]
    columns: list[tuple[str, list[Cell]]] = [(name, [best.inputs[name] for best in bests]) for name in labels]
    columns += _value_columns(report, bests)
    for name in dict.fromkeys(name for best in bests for name in best.inputs):
        if name not in labels:
            columns += _input_columns(study, name, bests)
    untreated = [_untreated(study, asked, best.inputs) for best in bests]
    if any(untreated):
        columns.append(("untreated tissue", list(untreated)))
    caption = f"{report.name}: where it is {report.goal}" + (", for each combination" if labels else "")
    if any(best.at_edge for best in bests):
        caption += ". * at the edge of what was computed: better values may lie beyond"
    rows = [list(cells) for cells in zip(*(cells for _, cells in columns))]
    return table(caption, [head for head, _ in columns], rows)


def _value_columns(report: AnswerReport, bests: Sequence[Best]) -> list[tuple[str, list[Cell]]]:
    size = magnitude(report.unit, [best.value for best in bests])
    return [(label(f"{report.goal} value", size.unit), [size.text(best.value, 4) for best in bests]),
            ("from", ["computed" if best.is_tested else "foretold" for best in bests]),
            ("error, or 95 % interval", [size.range_text(best.value_low, best.value_high, 4) for best in bests])]


def _input_columns(study: Study, name: str, bests: Sequence[Best]) -> list[tuple[str, list[Cell]]]:
    """Where the best points are along an input, and how far one may go from there. An input of which the cases of a
    combination have one value only has no place there."""
    places = [best.inputs.get(name, "–") for best in bests]
    ends = [end for best in bests for end in best.ranges.get(name, ())]
    size = magnitude(study.input(name).unit, [*ends, *(place for place in places if not isinstance(place, str))])
    texts = [place if isinstance(place, str) else size.text(place) for place in places]
    columns: list[tuple[str, list[Cell]]] = [
        (label(name, size.unit), [text + "*" * (name in best.at_edge) for text, best in zip(texts, bests)])]
    if any(name in best.ranges for best in bests):
        columns.append(("within 5 %", [size.range_text(*best.ranges[name]) if name in best.ranges else "–"
                                       for best in bests]))
    return columns


def ranking(study: Study, report: AnswerReport) -> Markup:
    """The best of the computed cases."""
    values = study.table[report.name]
    known = sorted((int(row) for row in numpy.flatnonzero(numpy.isfinite(values))),
                   key=lambda row: float(values[row]), reverse=report.goal == "largest")[:RANKED]
    names = [*(given.name for given in study.inputs), report.name]
    columns = [column(study, name) for name in names]
    rows: list[list[Cell]] = [[int(study.table["case"][row]), *(cells[row] for _, cells in columns)] for row in known]
    return table(f"The computed cases with the {report.goal} {report.name}",
                 ["case", *(head for head, _ in columns)], rows)


def column(study: Study, name: str) -> tuple[str, list[Cell]]:
    """A column of results.csv as a table shows it: its head with the unit, and labels or numbers."""
    values = study.table[name]
    if values.dtype.kind == "U":
        return name, [str(value) for value in values]
    size = magnitude(study.table.unit(name), [float(value) for value in values])
    return label(name, size.unit), [float(value) / size.factor for value in values]


# ---- The untreated tissue --------------------------------------------------------------------------------------------

def _untreated(study: Study, asked: Answer, inputs: Mapping[str, Any]) -> str:
    """The quantity in the untreated tissue of the computed case nearest to a point; '' if there is none."""
    name = f"untreated {asked.quantity}"
    if asked.time is not None or name not in study.table:
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
