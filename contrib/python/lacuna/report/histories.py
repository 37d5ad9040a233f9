# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""history.csv as charts: which columns belong into one chart, and which charts are always shown."""
from __future__ import annotations

import math
import os
import re
from dataclasses import asdict, dataclass
from typing import Any

import numpy
from numpy.typing import NDArray

from ..results import Run, Table
from .markup import capital

LARGEST = 600  # rows; steps are short where much happens, so that every n-th keeps the shape
STATISTICS = {"min": "lowest", "mean": "mean", "max": "highest", "integral": "amount"}
FATES = ("viable", "dead", "delivered", "loaded", "leaked", "dead on arrival")
FLOWS = ("in", "injected", "produced", "consumed", "stored")
# What cells die of: the lowest of these is shown without being asked for.
VITAL = ("glucose", "oxygen", "pH")


@dataclass(frozen=True)
class Line:
    label: str
    column: str  # the name of a column


@dataclass(frozen=True)
class Chart:
    """Columns of one unit; `quantity` is '' where no threshold of a law applies."""

    group: str
    title: str  # in its group
    heading: str
    unit: str
    quantity: str
    lines: list[Line]


def has_history(run: Run) -> bool:
    """Whether history.csv is there; a run that did not begin has none."""
    return os.path.exists(os.path.join(run.folder, "history.csv"))


def _regional(table: Table, regions: list[str]) -> list[Chart]:
    """'glucose min nucleus' ..., a chart per quantity and statistic."""
    charts: dict[tuple[str, str], Chart] = {}
    places = [*regions, "whole"]
    pattern = re.compile(rf"(.+) ({'|'.join(STATISTICS)}) ({'|'.join(map(re.escape, places))})")
    for name in table.names:
        match = pattern.fullmatch(name)
        if match:
            quantity, statistic, region = match.groups()
            word, is_extreme = STATISTICS[statistic], statistic in ("min", "max")
            heading = f"{capital(word)} {'of ' if statistic == 'integral' else ''}{quantity}"
            chart = charts.setdefault((quantity, statistic), Chart(
                quantity, word, heading, table.unit(name), quantity if is_extreme else "", []))
            # The extreme of the whole is that of one of its regions.
            if region != "whole" or (len(regions) != 1 and not is_extreme):
                chart.lines.append(Line("whole tissue" if region == "whole" else region, name))
    return [chart for chart in charts.values() if chart.lines]


def _of_doses(table: Table, run: Run) -> list[Chart]:
    """'NPMSC dose 1 viable' ..., a chart per population and fate."""
    charts = []
    populations = list(run.summary.populations.items()) if run.has_summary else []
    for population, entry in populations:
        for fate in FATES:
            lines = [Line(dose.name, f"{population} {dose.name} {fate}") for dose in entry.doses]
            lines = [line for line in lines if line.column in table]
            if lines:
                heading = f"{capital(fate)}: {population}"
                charts.append(Chart(f"{population}, doses", fate, heading, table.unit(lines[0].column), "", lines))
    return charts


def _of_balances(table: Table) -> list[Chart]:
    charts = []
    for name in table.names:
        solute = name.removesuffix(" largest relative defect")
        lines = [Line(flow, f"{solute} {flow}") for flow in FLOWS if f"{solute} {flow}" in table]
        if solute != name and lines:
            charts.append(Chart(f"{solute}, balance", "since the beginning",
                                f"Balance of {solute} since the beginning", table.unit(lines[0].column), "", lines))
    return charts


def _is_featured(chart: Chart) -> bool:
    return (chart.group in VITAL and chart.title == "lowest") or (
        chart.group.endswith(", doses") and chart.title == "viable")


def regions_of(run: Run) -> list[str]:
    """As the summary says; of a run that goes on, as the columns say."""
    if run.regions:
        return run.regions
    found = (re.fullmatch(r"glucose min (.+)", name) for name in run.history.names)
    return [match.group(1) for match in found if match and match.group(1) != "whole"]


def _values(column: NDArray[Any], rows: NDArray[Any]) -> list[float | None]:
    return [float(f"{value:.6g}") if math.isfinite(value) else None for value in column[rows]]


def _rows(table: Table) -> NDArray[Any]:
    rows: NDArray[Any] = numpy.unique(numpy.linspace(0, len(table) - 1, min(len(table), LARGEST)).round().astype(int))
    return rows


def history_data(run: Run) -> dict[str, Any] | None:
    """The histories for the page; None where there are none to draw, as in a steady state."""
    if not has_history(run) or len(run.history) < 2:
        return None
    table, control = run.history, run.control.history if run.control is not None else None
    charts = _regional(table, regions_of(run)) + _of_doses(table, run) + _of_balances(table)
    rows, control_rows = _rows(table), _rows(control) if control is not None else None
    columns = {}
    for name in dict.fromkeys(line.column for chart in charts for line in chart.lines):
        untreated = (_values(control[name], control_rows)
                     if control is not None and control_rows is not None and name in control else None)
        columns[name] = {"values": _values(table[name], rows), "control": untreated}
    return {"times": _values(table["time"], rows),
            "controlTimes": None if control is None or control_rows is None else _values(control["time"], control_rows),
            "columns": columns, "charts": [asdict(chart) for chart in charts],
            "featured": [index for index, chart in enumerate(charts) if _is_featured(chart)]}
