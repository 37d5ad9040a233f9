# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The cases of a study: all of them, which failed, what they warned of, what they were computed with."""
from __future__ import annotations

import math
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy
from markupsafe import Markup

from ..errors import LacunaError
from ..files import read_json
from ..study import Study
from .markup import Cell, Section, folded, join, notices, paragraph, table
from .study_alike import alike
from .study_asked import sampling_text
from .study_best import column
from .study_text import cases_text, duration_text, numbers_text

STATUSES = ("done", "not possible", "failed", "stopped", "waiting")


# ---- Table -----------------------------------------------------------------------------------------------------------

def cases_section(study: Study) -> Section:
    """The table is in the page itself; the script makes it sortable and gives every row its details."""
    results = study.table
    names = [given.name for given in study.inputs] + [asked.name for asked in study.answers if asked.name in results]
    columns = [column(study, name) for name in ["case", "status", *names]]
    columns.append(("time [s]", [float(f"{seconds:.3g}") for seconds in _seconds(study)]))
    if any(str(reason) for reason in results["reason"]):
        columns.append(column(study, "reason"))
    rows = [list(cells) for cells in zip(*(cells for _, cells in columns))]
    counts = Counter(str(status) for status in results["status"])
    known = [*STATUSES, *sorted(set(counts) - set(STATUSES))]
    said = ", ".join(f"{counts[status]} {status}" for status in known if counts[status])
    return Section("All cases", "study-cases", Markup('{}<div data-draw="case-controls"></div>{}').format(
        paragraph(said), table("Cases of the study", [head for head, _ in columns], rows)))


def _seconds(study: Study) -> list[float]:
    """Time of every case; nan of those that wait."""
    return [math.nan if status == "waiting" else float(seconds)
            for seconds, status in zip(study.table["seconds"], study.table["status"])]


# ---- What the cases said ---------------------------------------------------------------------------------------------

@dataclass
class Told:
    """From the summaries of all cases: each text once, with the cases that said it."""

    warnings: dict[str, list[int]] = field(default_factory=dict)
    versions: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    choices: dict[str, dict[str, list[int]]] = field(default_factory=dict)

    def add(self, case: int, summary: Mapping[str, Any]) -> None:
        for warning in summary.get("warnings", []):
            self.warnings.setdefault(warning, []).append(case)
        for known, entries in ((self.versions, summary.get("versions", {})),
                               (self.choices, summary.get("model_choices", {}))):
            for name, value in entries.items():
                known.setdefault(name, {}).setdefault(value, []).append(case)


def read_summaries(study: Study) -> Told:
    """Of cases without a summary nothing is told."""
    told = Told()
    for case in study.cases:
        path = os.path.join(study.folder, case.folder, "summary.json")
        try:
            told.add(case.number, read_json(path))
        except LacunaError:  # has not run, or writes it just now
            continue
    return told


# ---- Failures and warnings -------------------------------------------------------------------------------------------

def failures(study: Study) -> dict[str, list[int]]:
    """Reasons of what failed or was stopped, with the cases."""
    results = study.table
    found: dict[str, list[int]] = {}
    for case, status, reason in zip(results["case"], results["status"], results["reason"]):
        if status not in ("done", "waiting", "not possible"):
            found.setdefault(str(reason) or f"{status}, without a reason", []).append(int(case))
    return found


def refusals(study: Study) -> dict[str, list[int]]:
    """What laws say of the combinations that they refuse."""
    found: dict[str, list[int]] = {}
    for case, reason in study.refusals.items():
        found.setdefault(reason, []).append(case)
    return found


def trouble_section(study: Study, told: Told) -> Section:
    failed, warned = alike(failures(study)), alike(told.warnings)
    refused = alike(refusals(study))
    waiting = [int(case) for case, status in zip(study.table["case"], study.table["status"]) if status == "waiting"]
    entries = [("bad", _capital(reason), f"{_capital(cases_text(cases))}; said in {_log_of(cases)}")
               for reason, cases in failed.items()]
    entries += [("warn", "Not possible", f"{_capital(reason)} ({cases_text(cases)})") for reason, cases in refused.items()]
    entries += [("warn", _capital(warning), f"{len(cases)} of {len(study.table)} cases: {numbers_text(cases)}")
                for warning, cases in warned.items()]
    if waiting:
        entries.append(("warn", f"{len(waiting)} not computed yet", _capital(cases_text(waiting))))
    if not entries:
        entries.append(("good", "All cases are done", "None failed, none warned."))
    return Section("Failures and warnings", "study-trouble", notices(entries))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _log_of(cases: list[int]) -> str:
    return f"logs/{cases[0]:04d}.txt" + (" and the like" if len(cases) > 1 else "")


# ---- Provenance ------------------------------------------------------------------------------------------------------

def provenance_section(study: Study, told: Told) -> Section:
    plan = study.plan
    execution = plan.get("execution", {})
    ranks = int(execution.get("ranks", 1))
    seconds = [value for value in _seconds(study) if math.isfinite(value)]
    shared = len(plan.get("untreated", []))
    limit = execution.get("time_limit_seconds")
    rows: list[list[Cell]] = [
        ["Lacuna", plan["version"]], ["study file", plan["study_file"]], ["case file", plan["case_file"]],
        ["results", os.path.join(os.path.abspath(study.folder), "results.csv")],
        ["sampling", sampling_text(study)],
        ["time of all cases together", duration_text(sum(seconds))]]
    if seconds:
        rows.append(["time of a case", f"{duration_text(float(numpy.median(seconds)))} (median), "
                                       f"{duration_text(max(seconds))} (longest)"])
    rows += [["cores of a case", str(ranks)],
             ["core time", duration_text(sum(seconds) * ranks)],
             ["time limit of a case", "none" if limit is None else duration_text(float(limit))],
             ["untreated tissue", f"computed {shared} times for all cases" if shared else
              "computed by each case, if at all"]]
    parts = [table("How the study was computed", ["what", "value"], rows)]
    found = [[name, _variants(values)] for known in (told.versions, told.choices) for name, values in known.items()]
    if found:
        parts.append(folded("Versions and choices of the model, from the cases",
                            table("Versions and choices of the model", ["what", "value"], found)))
    return Section("Provenance", "study-provenance", join(parts))


def _variants(values: Mapping[str, list[int]]) -> str:
    """One value if all cases agree, else each with its cases."""
    if len(values) == 1:
        return next(iter(values))
    return "; ".join(f"{value} ({cases_text(cases)})" for value, cases in values.items())
