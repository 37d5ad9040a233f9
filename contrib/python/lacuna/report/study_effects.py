# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Which input matters: main effects, interactions and Sobol indices as tables beneath their charts."""
from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from ..answers import AnswerReport
from ..study import Study
from .markup import Cell, Section, drawing, folded, heading, join, label, paragraph, percent, table
from .study_text import range_text, value_text

NEEDS_SCRIPT = "Charts need JavaScript; the numbers are in the tables."


def effects_section(study: Study, reports: Sequence[AnswerReport]) -> Section | None:
    """None if no answer has any of them."""
    effects = any(report.effects for report in reports)
    interactions = any(report.interactions for report in reports)
    indices = any(report.indices for report in reports)
    if not (effects or interactions or indices):
        return None
    parts = [drawing("effect-controls", NEEDS_SCRIPT)]
    if indices:
        parts += [heading("Sobol indices"), paragraph(
            "First order: the share of the variance that an input explains alone. Total: with all interactions in "
            "which it takes part. Lines: 95 % intervals.", "soft"), drawing("indices", "")]
    if effects:
        parts += [heading("Main effects"), paragraph(
            "What each input does alone in an additive model, all other inputs being alike, with 95 % intervals, and the "
            "share of the variance that it explains. The means of the cases are in the tables; where cases are missing, "
            "they are other numbers.", "soft"), drawing("effects", "")]
    if interactions:
        parts += [heading("Shares of the variance"), paragraph(
            "Of inputs alone, and of pairs of them beyond that: a large share of a pair says that the effect of one "
            "depends on the other.", "soft"), drawing("interactions", "")]
    tables = [report_tables(study, report) for report in reports]
    parts.append(folded("The numbers as tables", join(tables)))
    return Section("Which input matters", "study-effects", join(parts))


def report_tables(study: Study, report: AnswerReport) -> Markup:
    """All numbers of one answer."""
    parts: list[Markup] = []
    units = {given.name: given.unit for given in study.inputs}
    if report.indices:
        at = list(report.indices[0].at)
        parts.append(table(f"Sobol indices of {report.name}", [*at, "input", "first order", "95 %", "total", "95 %"],
                           [[*(value_text(index.at[name], units.get(name, "")) for name in at), index.input,
                             index.first, range_text(index.first_low, index.first_high), index.total,
                             range_text(index.total_low, index.total_high)] for index in report.indices]))
    if report.effects:
        rows: list[list[Cell]] = []
        for effect in report.effects:
            for place, level in enumerate(effect.levels):
                rows.append([effect.input if place == 0 else None, value_text(level, units.get(effect.input, "")),
                             value_text(effect.mean[place], ""), value_text(effect.model[place], ""), range_text(effect.low[place], effect.high[place]),
                             percent(effect.share) if place == 0 else ""])
        parts.append(table(f"Main effects on {report.name}",
                           ["input", "at", label("mean of the cases", report.unit), "model effect",
                            "95 %", "share of the variance"], rows, groups=True))
    if report.interactions:
        parts.append(table(f"Interactions in {report.name}", ["inputs", "share of the variance"],
                           [[f"{first} and {second}", percent(share)]
                            for first, second, share in report.interactions]))
    return join(parts)
