# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""How the inputs, times and settings of a study are written for readers."""
from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from .markup import NO_BREAK, label, number, with_unit


def value_text(value: Any, unit: str) -> str:
    """'4.2 mM'; a label as it is."""
    return value if isinstance(value, str) else with_unit(number(float(value)), unit)


def range_text(low: float, high: float, unit: str = "") -> str:
    """'0.9 to 1.4 mL'."""
    return f"{number(low)} to {with_unit(number(high), unit)}"


def input_label(entry: Mapping[str, Any]) -> str:
    """The head of an input's column: 'volume [mL]'."""
    return label(entry["name"], entry["unit"])


def duration_text(seconds: float) -> str:
    """'3.2 s', '12 min 5 s', '2 h 10 min'."""
    if not math.isfinite(seconds):
        return "–"
    if seconds < 60:
        return f"{seconds:.3g}{NO_BREAK}s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes}{NO_BREAK}min {rest}{NO_BREAK}s"
    return f"{minutes // 60}{NO_BREAK}h {minutes % 60}{NO_BREAK}min"


def numbers_text(numbers: Sequence[int]) -> str:
    """Of cases: '3, 7 to 9, 12'."""
    runs: list[list[int]] = []
    for each in sorted(numbers):
        if runs and each == runs[-1][-1] + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    words = []
    for run in runs:
        words += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(each) for each in run]
    return ", ".join(words)


def cases_text(numbers: Sequence[int]) -> str:
    """'case 3', 'cases 3, 7 to 9'."""
    return f"case{'s' * (len(numbers) > 1)} {numbers_text(numbers)}"


def settings_of(text: str, section: str) -> list[tuple[str, str]]:
    """(key path, value) of everything that a parameter file sets within one of its outermost subsections."""
    found: list[tuple[str, str]] = []
    path: list[str] = []
    for line in text.splitlines():
        words = line.split("#", 1)[0].strip()
        if words.startswith("subsection "):
            path.append(words.removeprefix("subsection ").strip())
        elif words == "end" and path:
            path.pop()
        elif words.startswith("set ") and path[:1] == [section]:
            name, _, value = words.removeprefix("set ").partition("=")
            found.append(("/".join([*path[1:], name.strip()]), value.strip()))
    return found
