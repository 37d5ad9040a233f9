# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The sections and the data of a study."""
from __future__ import annotations

from typing import Any

from .markup import Section, table


def study_sections(study: Any) -> list[Section]:
    """What was varied, and the rows of results.csv."""
    names = study.table.names
    rows = [[str(study.table[name][row]) for name in names] for row in range(len(study.table))]
    return [Section("Cases", "cases", table("All cases of the study", names, rows))]


def study_data(study: Any) -> dict[str, Any]:
    return {"title": study.title}
