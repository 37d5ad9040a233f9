# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The sections and the data of a run."""
from __future__ import annotations

import math
import os
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from ..results import Run, State, Statistics
from . import answer, asked, sampling
from .asked import Threshold
from .histories import history_data
from .markup import (Cell, Section, drawing, folded, heading, join, label, notices, number, paragraph, percent, table,
                     with_unit)

DISC_PLANES = ("Mid-sagittal", "Mid-coronal", "Mid-axial")
OTHER_PLANES = ("Across x", "Across y", "Across z")


class RunPart:
    """What the page says of a run; everything is computed once."""

    def __init__(self, run: Run):
        self.run = run
        self.thresholds = asked.thresholds_of(run, answer.units_of(run))
        self.history = history_data(run)
        self.is_disc = asked.parameters_of(run).get("Geometry/Shape") == "lumbar disc"
        self.fields: dict[str, Any] | None = None
        self.left_out: list[str] = []
        if len(run.times):
            self.fields, self.left_out = sampling.fields_data(run, DISC_PLANES if self.is_disc else OTHER_PLANES)

    @property
    def title(self) -> str:
        """The title in the parameter file, else the name of the folder."""
        given = self.run.summary.title or self.run.summary.name if self.run.has_summary else ""
        return given or asked.parameters_of(self.run).get("Title") or os.path.basename(os.path.abspath(self.run.folder))

    @property
    def status(self) -> tuple[str, str]:
        """(kind of badge, text)."""
        if not self.run.has_summary:
            return "warn", "unfinished"
        return ("good" if self.run.summary.status == "done" else "bad"), self.run.summary.status

    @property
    def data(self) -> dict[str, Any]:
        """For page.js."""
        return {"title": self.title, "isDisc": self.is_disc, "history": self.history, "fields": self.fields,
                "thresholds": [{"quantity": threshold.quantity, "value": threshold.value, "text": threshold.text}
                               for threshold in self.thresholds]}

    @property
    def sections(self) -> list[Section]:
        run = self.run
        found = [Section("Answer", "answer", _answer(run, self.thresholds)),
                 Section("Fields", "fields", _fields(self.fields is not None, self.left_out)),
                 Section("History", "history", _history(self.history is not None)),
                 Section("What was asked", "asked", _asked(run))]
        if run.has_summary:
            found[3:3] = [Section("Numbers", "numbers", _numbers(run))]
            found.append(Section("Computation", "computation", _computation(run)))
        return found


# ---- Answer and drawings ---------------------------------------------------------------------------------------------

def _answer(run: Run, thresholds: list[Threshold]) -> Markup:
    parts = [paragraph(" ".join(answer.sentences(run)))]
    found = answer.notices(run, thresholds)
    return join(parts + ([notices(found)] if found else []))


def _fields(are_there: bool, left_out: list[str]) -> Markup:
    if not are_there:
        return paragraph("This run wrote no fields. With 'set Fields = yes' in the section Output it would.", "note")
    drawn = drawing("fields", "Slices and the view in space need JavaScript; the numbers are in the tables below.")
    return join([drawn, *(paragraph(sentence, "note") for sentence in left_out)])


def _history(is_there: bool) -> Markup:
    if not is_there:
        return paragraph("There is no history to draw: this is a single state.", "note")
    return drawing("history", "Charts need JavaScript; their numbers are in history.csv.")


# ---- Numbers ---------------------------------------------------------------------------------------------------------

def _numbers(run: Run) -> Markup:
    parts = [heading("Doses and residents"), _doses(run)] if run.summary.populations else []
    parts += [heading("Fields at the end"), _regions(run), heading("Mass balance"), _balance(run)]
    if run.summary.numerical_errors:
        parts += [heading("Numerical errors"), _numerical_errors(run)]
    return join(parts)


def _numerical_errors(run: Run) -> Markup:
    rows: list[list[Cell]] = [
        [label(name, error.unit), error.value, error.error, error.space, error.time, error.order, error.limit]
        for name, error in run.summary.numerical_errors.items()
        if name in answer.headline_errors(run) or name.endswith((" mean whole", " viable"))]
    return table("How far off the last numbers may be; those of all others are in errors.csv",
                 ["Number", "Value", "± error", "of the mesh", "of time steps", "Order seen on three meshes",
                  "Extrapolated"], rows)


def _fraction(value: float) -> str:
    if answer.has_grown(value):
        return answer.growth(value)
    return percent(value, 3) if not math.isnan(value) else "–"


def _doses(run: Run) -> Markup:
    control = run.summary.control
    rows: list[list[Cell]] = []
    for name, population in run.summary.populations.items():
        for position, dose in enumerate(population.doses):
            untreated = _untreated_viable(control, name, dose.name)
            rows.append([label(name, population.unit) if position == 0 else None, dose.name, dose.time, dose.loaded,
                         dose.delivered, dose.leaked, dose.dead_on_arrival, dose.viable, dose.dead,
                         _fraction(dose.surviving_fraction), _fraction(dose.surviving_fraction_of_loaded), untreated])
    columns = ["Population", "Dose", "Given at [d]", "Loaded", "Delivered", "Leaked", "Dead on arrival", "Viable",
               "Dead", "Viable of delivered", "Viable of loaded", "Viable, untreated"]
    if control is None:
        columns.pop()
        rows = [row[:-1] for row in rows]
    caption = f"Amounts at {with_unit(number(run.summary.time), 'd')}, in the unit beside the population"
    return table(caption, columns, rows, groups=True)


def _untreated_viable(control: State | None, population: str, dose: str) -> float | None:
    if control is None or population not in control.populations:
        return None
    doses = {entry.name: entry.viable for entry in control.populations[population].doses}
    return doses.get(dose)


def _regions(run: Run) -> Markup:
    control = run.summary.control
    decimals = _decimals(place for entry in run.summary.quantities.values() for part in
                         (entry.whole, *entry.regions.values()) for place in (part.min_at, part.max_at))
    rows: list[list[Cell]] = []
    for name, entry in run.summary.quantities.items():
        amount = f", amount in {entry.integral_unit}" if entry.integral_unit not in ("", "1") else ""
        parts = {"whole tissue": entry.whole, **entry.regions} if len(entry.regions) != 1 else entry.regions
        for position, (region, part) in enumerate(parts.items()):
            untreated = _untreated_mean(control, name, region)
            rows.append([label(name, entry.unit) + amount if position == 0 else None, region, part.min, part.mean,
                         part.max, part.integral, untreated, _place(part.min_at, decimals),
                         _place(part.max_at, decimals)])
    columns = ["Quantity", "Region", "Lowest", "Mean", "Highest", "Amount", "Mean, untreated", "Lowest at x, y, z [mm]",
               "Highest at x, y, z [mm]"]
    if control is None:
        columns.pop(6)
        rows = [row[:6] + row[7:] for row in rows]
    return table(f"At {with_unit(number(run.summary.time), 'd')}", columns, rows, groups=True)


def _untreated_mean(control: State | None, quantity: str, region: str) -> float | None:
    if control is None or quantity not in control.quantities:
        return None
    entry = control.quantities[quantity]
    part: Statistics | None = entry.whole if region == "whole tissue" else entry.regions.get(region)
    return None if part is None else part.mean


def _place(place: tuple[float, float, float], decimals: int) -> str:
    if any(math.isnan(coordinate) for coordinate in place):
        return "–"
    texts = (f"{coordinate:.{decimals}f}" for coordinate in place)
    return ", ".join((text.lstrip("-") if float(text) == 0 else text).replace("-", "−") for text in texts)


def _decimals(places: Iterable[tuple[float, float, float]]) -> int:
    """That tell places in a body of this size apart: 1 from a millimetre on."""
    largest = max((abs(value) for place in places for value in place if not math.isnan(value)), default=1.0)
    return 1 if largest >= 1 or largest == 0 else min(6, 2 - math.floor(math.log10(largest)))


def _balance(run: Run) -> Markup:
    rows: list[list[Cell]] = [
        [label(name, entry.unit), entry.incoming, entry.injected, entry.produced, entry.consumed, entry.stored,
         entry.defect, answer.relative_defect(entry), entry.largest_relative_defect]
        for name, entry in run.summary.balance.items()]
    return table("Since the beginning: in + injected + produced − consumed = stored + defect",
                 ["Solute", "In through the faces", "Injected", "Produced", "Consumed", "Stored", "Defect",
                  "Defect of the turnover", "Largest of a step, of its flux"], rows)


# ---- What was asked --------------------------------------------------------------------------------------------------

def _asked(run: Run) -> Markup:
    differences, reason = asked.differences_of(run)
    parts: list[Markup] = []
    if not differences:
        parts.append(paragraph("There is no parameters.diff.prm that says what differs from the defaults.", "note"))
    elif reason:
        parts += [paragraph("Default, meaning and source are missing, because the program could not be asked: "
                            f"{reason}.", "note"),
                  table("Parameters that differ from the defaults", ["Parameter", "Value"],
                        [[entry.path, entry.value] for entry in differences])]
    else:
        parts.append(table(
            "Parameters that differ from the defaults; sources as the program gives them",
            ["Parameter", "Value", "Default", "Meaning", "Source"],
            [[entry.path, entry.value, entry.default, entry.meaning, entry.source] for entry in differences]))
    if run.has_summary and run.summary.model_choices:
        parts.append(table("Model choices", ["Choice", "Made"],
                           [[name, text] for name, text in run.summary.model_choices.items()]))
    return join(parts)


# ---- Computation -----------------------------------------------------------------------------------------------------

def _computation(run: Run) -> Markup:
    summary, raw = run.summary, run.summary.raw
    memory = raw.get("peak_memory_bytes")
    rows: list[list[Cell]] = [
        ["Case", summary.name], ["Simulated time", with_unit(number(summary.time), "d")],
        ["Processes (MPI ranks)", number(summary.ranks)], ["Cells of the mesh", number(summary.cells, 12)],
        ["Unknowns", number(summary.unknowns, 12)], ["Reaction points", number(raw.get("points", 0), 12)],
        ["Accepted steps", number(summary.steps, 12)], ["Rejected steps", number(raw.get("rejected_steps", 0), 12)],
        ["Newton iterations", number(raw.get("newton_iterations", 0), 12)],
        ["Linear iterations", number(raw.get("linear_iterations", 0), 12)],
        ["Wall time", with_unit(number(summary.wall_seconds, 3), "s")]]
    rows += [[f"Wall time: {phase}", with_unit(number(float(times["wall"] or math.nan), 3), "s")]
             for phase, times in raw.get("seconds", {}).items()]
    rows += [[f"Estimate: {name.removesuffix(' [1]')}", number(float(value), 2)]
             for name, value in raw.get("error_estimates", {}).items() if value is not None]
    if memory is not None:
        rows.append(["Peak memory of all ranks", with_unit(number(float(memory) / 2**20), "MiB")])
    versions: list[list[Cell]] = [[name, version] for name, version in summary.versions.items()]
    return join([table("How it was computed", ["Number", "Value"], rows),
                 folded("Versions", table("Programs, libraries and laws", ["Name", "Version"], versions))])

