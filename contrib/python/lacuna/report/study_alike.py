# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Texts that differ in their numbers only, told together: hundreds of cases warn in the same words."""
from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

NUMBER = re.compile(r"(?<![\w.])[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![\w.]*\w)")


def alike(cases: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """Of texts and the cases that said them: one text for all that differ in numbers only, with each number's extent
    ('at 0.2 to 3.1 d'), and all their cases. The most frequent first."""
    groups: dict[str, list[str]] = {}
    for text in cases:
        groups.setdefault(NUMBER.sub("#", text), []).append(text)
    found = {_common(texts): sorted({case for text in texts for case in cases[text]}) for texts in groups.values()}
    return dict(sorted(found.items(), key=lambda entry: -len(entry[1])))


def _common(texts: Sequence[str]) -> str:
    """One text, with extents in the place of the numbers that differ."""
    columns = zip(*(NUMBER.findall(text) for text in texts))
    extents = iter([_extent(column) for column in columns])
    return NUMBER.sub(lambda match: next(extents), texts[0])


def _extent(numbers: Sequence[str]) -> str:
    low, high = min(numbers, key=float), max(numbers, key=float)
    return low if float(low) == float(high) else f"{low} to {high}"
