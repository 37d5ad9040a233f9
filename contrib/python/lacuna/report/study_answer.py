# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What the page of a study begins with: the answer in two sentences, the best case as a picture, the trade-off."""
from __future__ import annotations

import base64
import io
from collections.abc import Sequence

from markupsafe import Markup

from ..answers import AnswerReport
from ..errors import LacunaError
from ..fronts import fronts
from ..headlines import Headline, headlines
from ..study import Study
from .markup import Section, drawing, heading, join, paragraph
from .study_text import readable

DOTS_PER_INCH = 110


def answer_section(study: Study, reports: Sequence[AnswerReport]) -> Section:
    found = headlines(study, reports)
    parts: list[Markup] = [_sentences(headline) for headline in found] or [paragraph(_without(study, reports))]
    parts += _picture(study, found)
    trade_offs = fronts(study) if reports else []
    if any(front.is_conflict for front in trade_offs):
        first, second = trade_offs[0].first, trade_offs[0].second
        parts += [heading(f"The trade-off: {first} against {second}"), paragraph(
            "Dots: computed cases. Joined: those that no other case beats in both; bars: numerical errors.", "soft"),
            drawing("fronts", "The chart needs JavaScript; the numbers are in the table of all cases.")]
    return Section("Answer", "study-answer", join(parts))


def _sentences(headline: Headline) -> Markup:
    first, *more = headline.sentences
    return Markup('<p class="headline"><strong>{}</strong> {}</p>').format(readable(first), readable(" ".join(more)))


def _without(study: Study, reports: Sequence[AnswerReport]) -> str:
    """Why there is no best."""
    if not any(status == "done" for status in study.table["status"]):
        return "None of its cases is done yet."
    if not study.answers:
        return "The study file declares no answers; all results are below."
    if not any(answer.goal != "none" for answer in study.answers):
        return " ".join(sentence for report in reports for sentence in report.sentences[:1]) or "No answer has a goal."
    return "No case has a value of an answer with a goal."


def _picture(study: Study, found: Sequence[Headline]) -> list[Markup]:
    """Of the best case of the combination in the middle: fields and history of one run."""
    computed = [headline for headline in found if headline.case is not None]
    if not computed:
        return []
    chosen = computed[len(computed) // 2]
    assert chosen.case is not None
    try:
        from ..pictures import picture
        run = study.case(chosen.case)
        if len(run.times) == 0:
            return []
        stream = io.BytesIO()
        picture(run).savefig(stream, dpi=DOTS_PER_INCH)
    except (LacunaError, OSError):  # no fields, no library that draws: the sentences stand without it
        return []
    about = ", ".join(f"{name} {value}" for name, value in study.cases[chosen.case - 1].inputs.items())
    data = base64.b64encode(stream.getvalue()).decode("ascii")
    return [Markup('<figure class="card"><figcaption>Case {} <span class="soft">{}</span></figcaption>'
                   '<img class="picture" alt="Fields and history of case {}: {}" src="data:image/png;base64,{}">'
                   "</figure>").format(chosen.case, about, chosen.case, about, data)]
