# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What the charts of a study are drawn from: results.csv and the answers, small enough for one page."""
from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..answers import AnswerReport
from ..study import Study

DIGITS = 6  # of a value in the page
DIGITS_OF_SURFACES = 4
LARGEST_NUMBER_OF_VALUES = 400_000  # some 3 MB
OTHER_COLUMNS = ("case", "folder", "status", "reason", "seconds")
UNTREATED = "untreated "


@dataclass(frozen=True)
class Column:
    """One numeric column of results.csv. `group`: answer, result or untreated."""

    name: str
    unit: str
    group: str
    values: list[float | None]


@dataclass(frozen=True)
class Selection:
    """The columns that the page carries, and how many it had to leave out."""

    columns: list[Column]
    left_out: int


def rounded(value: Any, digits: int = DIGITS) -> float | int | None:
    """As short as JSON can write it; what has no value is null."""
    number = float(value)
    if not math.isfinite(number):
        return None
    short = float(f"{number:.{digits}g}")
    return int(short) if short == int(short) and abs(short) < 1e15 else short


def rounded_all(values: Any, digits: int = DIGITS_OF_SURFACES) -> Any:
    """The same for nested lists and dictionaries; texts stay."""
    if isinstance(values, dict):
        return {name: rounded_all(entry, digits) for name, entry in values.items()}
    if isinstance(values, (str, bool)) or values is None:
        return values
    if isinstance(values, Iterable):
        return [rounded_all(entry, digits) for entry in values]
    return rounded(values, digits)


def select_columns(study: Study) -> Selection:
    """Answers first, then results, then the untreated tissue, as many as fit; never the inputs, which go apart."""
    inputs = {entry["name"] for entry in study.plan["inputs"]}
    answers = {entry["name"] for entry in study.plan["answers"]}
    columns: list[Column] = []
    for name in study.table.names:
        values = study.table[name]
        if name in inputs or name in OTHER_COLUMNS or values.dtype.kind != "f":
            continue
        group = "answer" if name in answers else "untreated" if name.startswith(UNTREATED) else "result"
        column = Column(name, study.table.unit(name), group, [rounded(value) for value in values])
        if any(value is not None for value in column.values):
            columns.append(column)
    order = {"answer": 0, "result": 1, "untreated": 2}
    columns.sort(key=lambda column: order[column.group])  # stable: within a group as in the file
    kept = columns[:max(1, LARGEST_NUMBER_OF_VALUES // max(1, len(study.table)))]
    return Selection(kept, len(columns) - len(kept))


def _packed(values: Sequence[float | None]) -> Any:
    """One number for a column that is the same in every case."""
    return values[0] if values[0] is not None and len(set(values)) == 1 else list(values)


def _input(study: Study, entry: dict[str, Any]) -> dict[str, Any]:
    """An input with its value in every case: numbers, or which of its labels."""
    values = study.table[entry["name"]]
    if entry["kind"] == "labels":
        places = {label: place for place, label in enumerate(entry["values"])}
        return {**entry, "of_cases": [places.get(str(value), -1) for value in values]}
    return {**entry, "of_cases": [rounded(value) for value in values]}


def _answer(report: AnswerReport, asked: dict[str, Any]) -> dict[str, Any]:
    """The report of an answer without its sentences, which are in the HTML."""
    record = asdict(report)
    del record["sentences"]
    return {**rounded_all(record, DIGITS_OF_SURFACES + 1), "quantity": asked["quantity"], "time": asked["time"],
            "compare": asked["compare"]}


def page_data(study: Study, reports: Sequence[AnswerReport], selection: Selection,
              warnings: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    """The "study" of the page's data."""
    asked = {entry["name"]: entry for entry in study.plan["answers"]}
    table = study.table
    return {
        "title": study.title,
        "method": study.plan["sampling"]["method"],
        "inputs": [_input(study, entry) for entry in study.plan["inputs"]],
        "answers": [_answer(report, asked[report.name]) for report in reports],
        "columns": [{"name": column.name, "unit": column.unit, "group": column.group,
                     "values": _packed(column.values)} for column in selection.columns],
        "cases": {"number": [int(number) for number in table["case"]],
                  "folder": [str(folder) for folder in table["folder"]],
                  "status": [str(status) for status in table["status"]],
                  "reason": [str(reason) for reason in table["reason"]],
                  "seconds": [rounded(seconds, 4) for seconds in table["seconds"]]},
        "warnings": [{"text": text, "cases": list(cases)} for text, cases in warnings.items()],
    }
