# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""How the inputs, times and settings of a study are written for readers."""
from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .markup import NO_BREAK, WORDS, number, rounded, with_unit

# '1.6e6' and '13000', but no part of a name.
LARGE = re.compile(r"(?<![\w.])-?(?:(?P<mantissa>\d+(?:\.\d+)?)e[-+]?\d+|(?P<whole>\d{5,}))(?![\w.]*\w)")

MINUS = re.compile(r"(?<![\w.)-])-(?=\d)")  # before a number


@dataclass(frozen=True)
class Magnitude:
    """How large numbers are written together: in millions, said by their unit. As magnitude() of the charts."""

    factor: float
    unit: str

    def text(self, value: float, digits: int = 3) -> str:
        return number(value / self.factor, digits)

    def range_text(self, low: float, high: float, digits: int = 3) -> str:
        """'0.9 to 1.4'; one number if both ends read alike."""
        ends = [self.text(low, digits), self.text(high, digits)]
        return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def magnitude(unit: str, values: Iterable[float]) -> Magnitude:
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    for factor, word in WORDS:
        if factor <= largest < 1000 * factor:
            between = "" if unit.startswith("/") else " "
            return Magnitude(factor, word if unit in ("", "1") else f"{word}{between}{unit}")
    return Magnitude(1.0, unit)


def value_text(value: Any, unit: str) -> str:
    """'4.2 mM', '1.6 million cells'; a label as it is."""
    if isinstance(value, str):
        return value
    size = magnitude(unit, [float(value)])
    return with_unit(size.text(float(value)), size.unit)


def range_text(low: float, high: float, unit: str = "") -> str:
    """'0.9 to 1.4 mL'."""
    size = magnitude(unit, [low, high])
    return with_unit(size.range_text(low, high), size.unit)


def readable(sentence: str) -> str:
    """Numbers as the tables write them: '1.6 million' for '1.6e6', '13 000' for '13000'; no line ends before '%'."""
    def words(match: re.Match[str]) -> str:
        digits = sum(letter.isdigit() for letter in match["mantissa"] or match["whole"])
        return rounded(float(match[0]), digits)
    return MINUS.sub("−", LARGE.sub(words, sentence)).replace(" %", f"{NO_BREAK}%")


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
