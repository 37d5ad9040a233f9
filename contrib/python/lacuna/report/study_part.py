# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The sections and the data of a study."""
from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..answers import answers
from ..study import Study
from .markup import Section, drawing, folded, join, paragraph
from .study_answer import answer_section
from .study_asked import asked_section
from .study_best import answers_section
from .study_cases import cases_section, provenance_section, read_summaries, trouble_section
from .study_data import Selection, page_data, select_columns
from .study_effects import effects_section


@dataclass(frozen=True)
class StudyPart:
    """What the page shows of a study: HTML that is complete without its script, and the data that this draws."""

    sections: list[Section]
    data: dict[str, Any]


@lru_cache(maxsize=1)  # sections and data need the same analyses, which take their time
def study_part(study: Study) -> StudyPart:
    done = any(status == "done" for status in study.table["status"])
    reports = list(answers(study)) if done else []
    told = read_summaries(study)
    selection = select_columns(study)
    sections = [answer_section(study, reports)]
    if done and study.inputs:
        sections.append(_response_section(study, selection))
    effects = effects_section(study, reports)
    if effects:
        sections.append(effects)
    if reports:
        sections.append(answers_section(study, reports))
    sections += [trouble_section(study, told), _folded(asked_section(study)), _folded(cases_section(study)),
                 _folded(provenance_section(study, told))]
    return StudyPart(sections, page_data(study, reports, selection, told.warnings))


def _folded(section: Section) -> Section:
    """What few want to know is shown on demand."""
    return Section(section.title, section.anchor, folded(f"Show: {section.title.lower()}", section.html))


def study_sections(study: Study) -> list[Section]:
    return study_part(study).sections


def study_data(study: Study) -> dict[str, Any]:
    return study_part(study).data


def _response_section(study: Study, selection: Selection) -> Section:
    """Places for the charts that the script draws."""
    kinds = [given.kind for given in study.inputs]
    parts = [drawing("response-controls", "Charts need JavaScript; the numbers are in the table of all cases."),
             drawing("curves", "")]
    if len([kind for kind in kinds if kind != "labels"]) >= 2:
        parts.append(drawing("maps", ""))
    if "range" in kinds:
        parts.append(drawing("scatter", ""))
    if selection.left_out:
        parts.append(paragraph(f"To keep the page small, {selection.left_out} columns of results.csv are not in it.",
                               "soft"))
    return Section("Response", "study-response", join(parts))
