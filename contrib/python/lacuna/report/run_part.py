# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The sections and the data of a run."""
from __future__ import annotations

from typing import Any

from ..results import Run
from .markup import Section, drawing


def run_sections(run: Run) -> list[Section]:
    return [Section("History", "history", drawing("history", "Charts need JavaScript."))]


def run_data(run: Run) -> dict[str, Any]:
    return {"title": title_of(run), "regions": run.regions, "history": None, "fields": None, "thresholds": []}


def title_of(run: Run) -> str:
    """The title in the parameter file, else the name of the folder."""
    return (run.summary.title or run.summary.name if run.has_summary else "") or run.folder


def status_of(run: Run) -> tuple[str, str]:
    """(kind of badge, text)."""
    if not run.has_summary:
        return "warn", "unfinished"
    return ("good" if run.summary.status == "done" else "bad"), run.summary.status
