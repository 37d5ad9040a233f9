# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Numbers and lists as sentences want them."""
from __future__ import annotations

import math
import re
from collections.abc import Sequence


def number(value: float, digits: int = 2) -> str:
    """Rounded: '1.2', '0.035', '410000' as '4.1e5'."""
    if not math.isfinite(value):
        return "no value"
    if value == 0:
        return "0"
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    if -4 < int(exponent) < 5:
        return f"{float(f'{mantissa}e{exponent}'):.10g}"
    return f"{mantissa.rstrip('0').rstrip('.') if '.' in mantissa else mantissa}e{int(exponent)}"


def with_unit(text: str, unit: str) -> str:
    return text if unit in ("", "1") else f"{text} {unit}"


def digits_for(value: float, low: float, high: float) -> int:
    """So many that the interval shows, and no more."""
    width = abs(high - low)
    largest = max(abs(value), abs(low), abs(high))
    if width == 0 or largest == 0 or not math.isfinite(width):
        return 3
    return min(max(math.ceil(math.log10(largest / width / 2)) + 1, 2), 4)


def interval(low: float, high: float, unit: str = "", digits: int = 2) -> str:
    """'0.9 to 1.6 mL'; one number if both ends read alike."""
    ends = [number(low, digits), number(high, digits)]
    return with_unit(ends[0] if ends[0] == ends[1] else " to ".join(ends), unit)


def estimate(value: float, low: float, high: float, unit: str = "") -> str:
    """'4.1e5 cells, 95 % 3.9e5 to 4.3e5'."""
    digits = digits_for(value, low, high)
    text = with_unit(number(value, digits), unit)
    if number(low, digits) == number(high, digits):
        return text
    return f"{text}, 95 % {interval(low, high, '', digits)}"


WORDS = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def plus_minus(value: float, error: float, unit: str = "") -> str:
    """'2.78 ± 0.14 million cells'; '2.78 million cells' if the error is not known or nothing."""
    size, word = next(((size, word) for size, word in WORDS if size <= abs(value) < 1000 * size), (1.0, ""))
    has_error = math.isfinite(error) and error > 0
    if not has_error:
        text = number(value / size, 3)
    else:
        places = min(max(0, 1 - math.floor(math.log10(error / size))), 9)
        text = f"{value / size:.{places}f} ± {error / size:.{places}f}"
        if abs(value) >= 1e5 * size or places == 9:
            text = f"{number(value / size, 3)} ± {number(error / size, 2)}"
    return with_unit(f"{text} {word}".rstrip(), unit)


def amount(value: float, unit: str = "") -> str:
    """'25 million', '3 mL'."""
    return plus_minus(value, math.nan, unit)


def percent(share: float) -> str:
    """'12 %'; what is above 0 and below 1 % is 'below 1 %'."""
    return "below 1 %" if 0 < share < 0.005 else f"{100 * share:.0f} %"


def listed(texts: Sequence[str], last: str = "and") -> str:
    """'a, b and c'."""
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}"


def is_plural(name: str) -> bool:
    """'surviving cells after a week' are, 'glucose' is: what counts is before the first preposition."""
    head = re.split(r"\b(?:after|at|before|by|from|in|of|on|per|to|with)\b", name.lower())[0]
    return any(word.endswith("s") and not word.endswith(("ss", "us", "is", "gas")) for word in head.split())


def verb(names: Sequence[str], plural: str, singular: str) -> str:
    """Of one name, or several."""
    return plural if len(names) > 1 or is_plural("".join(names)) else singular


def beginning(text: str) -> str:
    """With a capital, unless the first word has a capital of its own: 'pH'."""
    first = text.split()[0] if text.split() else ""
    return text[:1].upper() + text[1:] if first == first.lower() else text
