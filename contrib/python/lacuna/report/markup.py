# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Pieces of the page: sections, tables, numbers. Whatever is no Markup is escaped."""
from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

Cell = str | float | int | Markup | None
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
NO_BREAK = "\N{NO-BREAK SPACE}"
THIN = "\N{NARROW NO-BREAK SPACE}"
SHORT = 22  # letters of a cell that is not broken into lines
WORDS = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


@dataclass(frozen=True)
class Section:
    """One section of the page. `anchor` is its id, which must be the only one; it is listed in the contents."""

    title: str
    anchor: str
    html: Markup


# ---- Numbers ---------------------------------------------------------------------------------------------------------

def number(value: float, digits: int = 4) -> str:
    """As in tables: '0.5723', '28 880', '1.538 × 10⁸'; a dash where there is no value."""
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    exponent = math.floor(math.log10(abs(float(f"{value:.{digits - 1}e}"))))
    if not -4 < exponent < 6:
        mantissa = f"{value:.{digits - 1}e}".split("e", maxsplit=1)[0].rstrip("0").rstrip(".")
        return f"{mantissa}{NO_BREAK}×{NO_BREAK}10{str(exponent).translate(SUPERSCRIPTS)}".replace("-", "−")
    places = max(0, digits - 1 - exponent)
    text = f"{round(value, digits - 1 - exponent):,.{places}f}".replace(",", THIN)
    return (text.rstrip("0").rstrip(".") if places else text).replace("-", "−")


def rounded(value: float, digits: int = 2) -> str:
    """As in sentences: '0.57', '510 000', '4.9 million', '2.3 billion'."""
    if math.isfinite(value) and value:
        value = float(f"{value:.{digits - 1}e}")
    for size, word in WORDS:
        if size <= abs(value) < 1000 * size:
            return f"{number(value / size, digits)}{NO_BREAK}{word}"
    return number(value, digits)


def percent(fraction: float, digits: int = 2) -> str:
    """'10 %', '0.045 %', '99.96 %'."""
    if math.isfinite(fraction) and 0.99 <= abs(fraction) < 1:
        digits = 4
    return number(100 * fraction, digits) + NO_BREAK + "%"


def with_unit(text: str, unit: str) -> str:
    """A number and its unit; '1' and '' are none."""
    return text if unit in ("1", "") else f"{text}{NO_BREAK}{unit}"


def capital(text: str) -> str:
    """'dose 1' -> 'Dose 1'; the letters behind stay as they are."""
    return text[:1].upper() + text[1:]


def label(name: str, unit: str) -> str:
    """Of a column: 'glucose [mM]'."""
    return name if unit in ("1", "") else f"{name} [{unit}]"


# ---- Parts -----------------------------------------------------------------------------------------------------------

def join(parts: Iterable[Markup | str]) -> Markup:
    return Markup("\n").join(parts)


def paragraph(text: str | Markup, kind: str = "") -> Markup:
    attributes = Markup(' class="{}"').format(kind) if kind else Markup("")
    return Markup("<p{}>{}</p>").format(attributes, text)


def heading(text: str) -> Markup:
    return Markup("<h3>{}</h3>").format(text)


def folded(summary: str, html: Markup) -> Markup:
    """What is shown on demand, and in print."""
    return Markup("<details><summary>{}</summary>\n{}\n</details>").format(summary, html)


def notices(entries: Sequence[tuple[str, str, str]]) -> Markup:
    """A list of (kind, title, text); the kinds are bad, warn and good."""
    return Markup('<ul class="notices">{}</ul>').format(join(
        Markup('<li class="{}"><strong>{}</strong>{}</li>').format(kind, title, text) for kind, title, text in entries))


def drawing(name: str, text: str) -> Markup:
    """The place where page.js draws; the text is there until it does."""
    return Markup('<div data-draw="{}"><p class="note waiting">{}</p></div>').format(name, text)


def table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]], groups: bool = False) -> Markup:
    """The first cell of a row is its heading. Numbers are aligned; None is an empty cell. With `groups`, rows whose
    first cell is None belong to the first cell above, and the second is their heading."""
    numeric = [bool(rows) and all(isinstance(row[index], (int, float, type(None))) for row in rows)
               and any(row[index] is not None for row in rows) for index in range(len(columns))]
    heads = join(Markup('<th scope="col"{}>{}</th>').format(_kind(right), name)
                 for name, right in zip(columns, numeric))
    bodies: list[list[Sequence[Cell]]] = []
    for row in rows:
        if not bodies or (groups and row[0] is not None):
            bodies.append([])
        bodies[-1].append(row)
    body = join(_group(lines, numeric) if groups else _body(lines, numeric) for lines in bodies)
    return Markup('<div class="scroll" role="region" tabindex="0" aria-label="{}"><table><caption>{}</caption>'
                  "<thead><tr>{}</tr></thead>{}</table></div>").format(caption, caption, heads, body)


def _body(rows: Sequence[Sequence[Cell]], numeric: Sequence[bool]) -> Markup:
    return Markup("<tbody>{}</tbody>").format(join(
        Markup("<tr>{}</tr>").format(_headed(row, numeric)) for row in rows))


def _group(rows: Sequence[Sequence[Cell]], numeric: Sequence[bool]) -> Markup:
    """Rows under one heading that spans them."""
    first = Markup('<th scope="rowgroup" rowspan="{}">{}</th>').format(len(rows), _text(rows[0][0]))
    lines = [Markup("<tr>{}{}</tr>").format(first if index == 0 else Markup(""), _headed(row[1:], numeric[1:]))
             for index, row in enumerate(rows)]
    return Markup('<tbody class="group">{}</tbody>').format(join(lines))


def _headed(row: Sequence[Cell], numeric: Sequence[bool]) -> Markup:
    """The cells of a row; the first is its heading."""
    cells = [Markup("<{}{}>{}</{}>").format(Markup('th scope="row"') if index == 0 else Markup("td"),
                                            _kind(right, cell), _text(cell), "th" if index == 0 else "td")
             for index, (cell, right) in enumerate(zip(row, numeric))]
    return Markup("").join(cells)


def _kind(right: bool, cell: Cell = None) -> Markup:
    """Short texts stay on one line."""
    if right:
        return Markup(' class="number"')
    short = isinstance(cell, str) and len(cell) <= SHORT
    return Markup(' class="short"') if short else Markup("")


def _text(cell: Cell) -> Markup:
    if cell is None:
        return Markup("")
    return escape(cell if isinstance(cell, str) else number(float(cell)))
