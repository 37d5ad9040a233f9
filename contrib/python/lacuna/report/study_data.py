# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What the charts of a study are drawn from: results.csv and the answers, small enough for one page."""
from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..answers import AnswerReport
from ..fronts import fronts
from ..study import Answer, Input, Study

DIGITS = 6  # of a value in the page
DIGITS_OF_ANSWERS = 5
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


def rounded_all(values: Any, digits: int = DIGITS_OF_ANSWERS) -> Any:
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
    inputs = {given.name for given in study.inputs}
    answers = {asked.name for asked in study.answers}
    errors = {f"{asked.name} error" for asked in study.answers}
    columns: list[Column] = []
    for name in study.table.names:
        values = study.table[name]
        if name in inputs or name in OTHER_COLUMNS or values.dtype.kind != "f":
            continue
        group = "answer" if name in answers else "error" if name in errors else "untreated" if name.startswith(UNTREATED) else "result"
        column = Column(name, study.table.unit(name), group, [rounded(value) for value in values])
        if any(value is not None for value in column.values):
            columns.append(column)
    order = {"answer": 0, "error": 1, "result": 2, "untreated": 3}
    columns.sort(key=lambda column: order[column.group])  # stable: within a group as in the file
    kept = columns[:max(1, LARGEST_NUMBER_OF_VALUES // max(1, len(study.table)))]
    return Selection(kept, len(columns) - len(kept))


def _packed(values: Sequence[float | None]) -> Any:
    """One number for a column that is the same in every case."""
    return values[0] if values[0] is not None and len(set(values)) == 1 else list(values)


def _input(study: Study, given: Input) -> dict[str, Any]:
    """An input with its value in every case: numbers, or which of its labels."""
    values = study.table[given.name]
    record = {"name": given.name, "unit": given.unit, "kind": given.kind, "logarithmic": given.logarithmic,
              "labels": given.values if given.is_text else (),
              "numbers": [rounded(number, 12) for number in sorted(given.numbers)]}
    if given.is_text:
        places = {label: place for place, label in enumerate(given.values)}
        return {**record, "of_cases": [places.get(str(value)) for value in values]}
    return {**record, "of_cases": [rounded(_listed(given, float(value)), 12) for value in values]}


def _listed(given: Input, value: float) -> float:
    """A value of a listed input exactly as listed, so that the page finds the cases that have it."""
    nearest = min(given.numbers, key=lambda number: abs(number - value), default=value)
    return nearest if math.isclose(nearest, value, rel_tol=1e-6) else value


def _answer(report: AnswerReport, asked: Answer) -> dict[str, Any]:
    """The report of an answer without its sentences, which are in the HTML."""
    record = asdict(report)
    del record["sentences"]
    return {**rounded_all(record, DIGITS_OF_ANSWERS), "quantity": asked.quantity, "time": asked.time,
            "compare": asked.compare}


def page_data(study: Study, reports: Sequence[AnswerReport], selection: Selection,
              warnings: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    """The "study" of the page's data."""
    table = study.table
    return {
        "inputs": [_input(study, given) for given in study.inputs],
        "answers": [_answer(report, study.answer(report.name)) for report in reports],
        "fronts": [rounded_all({"at": dict(front.at), "first": front.first, "second": front.second,
                                "numbers": front.numbers, "cases": front.cases})
                   for front in (fronts(study) if reports else [])],
        "columns": [{"name": column.name, "unit": column.unit, "group": column.group,
                     "values": _packed(column.values)} for column in selection.columns],
        "cases": {"number": [int(number) for number in table["case"]],
                  "folder": [str(folder) for folder in table["folder"]],
                  "status": [str(status) for status in table["status"]],
                  "reason": [str(reason) for reason in table["reason"]],
                  "seconds": [rounded(seconds, 4) or None for seconds in table["seconds"]]},
        "warnings": [{"text": text, "cases": list(cases)} for text, cases in warnings.items()],
    }
