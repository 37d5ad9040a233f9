# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Puts the page together."""
from __future__ import annotations

import argparse
import json
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from ..command_line import status_of
from ..errors import LacunaError
from ..files import check_writable, write_text
from ..results import Run, load
from ..study import Study, load_study
from ..version import __version__
from .markup import Section
from .run_part import RunPart
from .study_part import study_data, study_sections

PathLike = str | os.PathLike[str]


@dataclass(frozen=True)
class Part:
    """The sections of a run or of a study; page.js finds it by its name."""

    name: str
    heading: str  # '' where the title of the page says it
    sections: list[Section]


# ---- Script and style ------------------------------------------------------------------------------------------------

def find_assets(given: PathLike | None = None) -> Path:
    """The folder of page.js and page.css: as given, else LACUNA_REPORT_ASSETS, else as installed or built."""
    for origin, folder in (("assets", given), ("LACUNA_REPORT_ASSETS", os.environ.get("LACUNA_REPORT_ASSETS"))):
        if folder:
            if not _has_assets(Path(folder)):
                raise LacunaError(f"{origin} = '{os.fspath(folder)}' has no page.js and page.css; "
                                  "'node build.mjs --out DIR' in contrib/report makes them")
            return Path(folder)
    # Builds link to the package in the source tree: beside the link is what belongs to the build.
    share = Path(os.path.abspath(__file__)).parents[3]  # .../share/lacuna
    tree = Path(__file__).resolve().parents[4]
    for folder in (share / "report", tree / "contrib" / "report" / "dist",
                   tree / "build" / "release" / "share" / "lacuna" / "report"):
        if _has_assets(folder):
            return folder
    raise LacunaError("the page's script and style are not built: run './quickstart build', or 'npm ci "
                      "--ignore-scripts && node build.mjs' in contrib/report (Debian: nodejs npm), or name their "
                      "folder by --assets or LACUNA_REPORT_ASSETS")


def _has_assets(folder: Path) -> bool:
    return (folder / "page.js").is_file() and (folder / "page.css").is_file()


def _asset(folder: Path, name: str, end: str) -> str:
    text = (folder / name).read_text(encoding="utf-8")
    if end in text.lower():
        raise LacunaError(f"'{folder / name}' holds '{end}', which would end it early in the page")
    return text


# ---- Page ------------------------------------------------------------------------------------------------------------

def json_block(data: Any) -> str:
    """JSON that may stand in a script element: no text in it can end the element or begin another."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _render(title: str, kind: str, status: tuple[str, str], parts: list[Part], data: dict[str, Any],
            assets: Path) -> str:
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True,
                                     undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("template.html").render(
        title=title, kind=kind, status=status, parts=parts, version=__version__, json=json_block(data),
        script=_asset(assets, "page.js", "</script"), style=_asset(assets, "page.css", "</style"))


def page_of_run(run: Run, assets: Path) -> str:
    """The HTML of a run."""
    part = RunPart(run)
    data = {"kind": "run", "run": part.data, "study": None}
    return _render(part.title, "Run", part.status, [Part("run", "", part.sections)], data, assets)


def page_of_study(study: Study, assets: Path) -> str:
    """The HTML of a study, and of its best case."""
    parts = [Part("study", "", study_sections(study))]
    data: dict[str, Any] = {"kind": "study", "run": None, "study": study_data(study)}
    for number, why in candidates(study):
        try:
            shown = RunPart(study.case(number))
        except (LacunaError, OSError):
            continue  # its folder is lost; the next will do
        parts.append(Part("run", f"Case {number}: {why}", shown.sections))
        data["run"] = shown.data
        break
    return _render(study.title, "Study", status_of_study(study), parts, data, assets)


def status_of_study(study: Study) -> tuple[str, str]:
    """(kind of badge, text)."""
    statuses = _statuses(study)
    done = sum(status == "done" for status in statuses.values())
    refused = sum(status == "not possible" for status in statuses.values())
    total = len(study.plan["cases"])
    text = f"{done} of {total} cases done" + (f", {refused} not possible" if refused else "")
    return ("good" if done + refused == total else "warn"), text


def _statuses(study: Study) -> dict[int, str]:
    return {int(number): str(status) for number, status in zip(study.table["case"], study.table["status"])}


def candidates(study: Study) -> list[tuple[int, str]]:
    """The cases that are done, in the order in which the page would show their run, and why: the best by the first
    answer that has a goal and a value, else the first."""
    done = [number for number, status in _statuses(study).items() if status == "done"]
    for answer in study.plan["answers"]:
        if answer["goal"] not in ("largest", "smallest") or answer["name"] not in study.table.names:
            continue
        values = dict(zip((int(number) for number in study.table["case"]), study.table[answer["name"]]))
        valued = [number for number in done if not math.isnan(values[number])]
        if valued:
            ranked = sorted(valued, key=lambda number: float(values[number]), reverse=answer["goal"] == "largest")
            best = f"the {answer['goal']} {answer['name']}"
            return [(number, best if number == ranked[0] else f"the {answer['goal']} {answer['name']} whose run is there")
                    for number in ranked]
    return [(number, "the first that is done") for number in done]


def write(folder: PathLike, output: PathLike | None = None, assets: PathLike | None = None) -> str:
    """Writes the page of a run or a study, by default FOLDER/report.html; returns the file."""
    file = os.fspath(output or os.path.join(folder, "report.html"))
    found = find_assets(assets)
    if os.path.exists(os.path.join(folder, "study.json")):
        study = load_study(folder)
        check_writable(file)
        html = page_of_study(study, found)
    else:
        run = load(folder)
        check_writable(file)
        html = page_of_run(run, found)
    write_text(file, html)
    return file


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="lacuna report", description="Writes the page of a run or a study: one HTML "
                                     "file that needs no network.")
    parser.add_argument("folder", metavar="DIR", help="the results of a run or a study")
    parser.add_argument("--output", metavar="FILE", help="the page (default: DIR/report.html)")
    parser.add_argument("--assets", metavar="DIR", help="where page.js and page.css are (default: as built)")
    asked = parser.parse_args(arguments)
    return status_of(lambda: print(write(asked.folder, asked.output, asked.assets)))
