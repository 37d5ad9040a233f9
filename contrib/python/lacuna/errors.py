# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Errors that say what to write instead."""
from __future__ import annotations

import difflib
from collections.abc import Iterable


class LacunaError(Exception):
    """What was asked for cannot be done; the text says why, in a sentence."""

    status = 2  # with which a command ends


class UnknownName(LacunaError, KeyError):
    """There is nothing of this name; the text names what is nearest."""

    def __init__(self, what: str, name: str, known: Iterable[str]):
        super().__init__(f"there is no {what} '{name}'{suggestion(name, list(known))}")

    def __str__(self) -> str:
        return str(self.args[0])  # KeyError would put it into quotes


def suggestion(name: str, known: list[str]) -> str:
    """'; did you mean ...?', or what there is. 'glukose' is also near to 'glucose min nucleus', by its beginning."""
    beginnings: dict[str, list[str]] = {}
    for candidate in known:
        words = candidate.split()
        for beginning in {candidate.lower(), " ".join(words[:len(name.split())]).lower()}:
            beginnings.setdefault(beginning, []).append(candidate)
    nearest = difflib.get_close_matches(name.lower(), beginnings, n=1, cutoff=0.6)
    if nearest:
        candidates = beginnings[nearest[0]]
        shown = ", ".join(f"'{candidate}'" for candidate in candidates[:4])
        if len(candidates) == 1:
            return f"; did you mean {shown}?"
        return f"; did you mean one of {shown}{', ...' if len(candidates) > 4 else ''}?"
    if not known:
        return "; there are none"
    return f"; there are: {', '.join(known[:12])}" + (f", ... ({len(known)} in all)" if len(known) > 12 else "")
