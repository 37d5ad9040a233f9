#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Draws results.png, error against processor seconds, from results.csv and limits.json, and prints the tables of
RESULTS.md.   benchmarks/results.py"""
from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SERIES = {"before": ("tab:gray", "s"), "lumped": ("tab:blue", "o"), "consistent": ("tab:red", "D"),
          "blended": ("tab:purple", "v"), "DOLFINx": ("tab:green", "^")}
PANELS = (("P", "least glucose"), ("P, fixed place", "glucose"), ("T", "viable fraction"), ("T", "least glucose"),
          ("S 0.5 mL", "survivors"), ("S 2 mL", "survivors"))


@dataclass(frozen=True)
class Result:
    problem: str
    quantity: str
    series: str
    unknowns: int
    answer: float
    cpu_s: float | None
    mesh: str
    error: float  # as a share of the limit, with its sign


def limit_of(problem: str, quantity: str) -> dict[str, Any]:
    of_problem = json.loads((HERE / "limits.json").read_text())
    for key in [problem] if problem in of_problem else problem.split(" ", 1):
        of_problem = of_problem[key]
    limit: dict[str, Any] = of_problem[quantity]
    return limit


def read_results() -> list[Result]:
    with open(HERE / "results.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Result(row["problem"], row["quantity"], row["series"], int(row["unknowns"]), float(row["answer"]),
                   float(row["cpu_s"]) if row["cpu_s"] else None, row["mesh"],
                   float(row["answer"]) / limit_of(row["problem"], row["quantity"])["limit"] - 1) for row in rows]


def table(results: Sequence[Result]) -> str:
    lines = ["| scheme | unknowns | answer | off, % | processor seconds |", "|---|---|---|---|---|"]
    for result in results:
        cost = "" if result.cpu_s is None else f"{result.cpu_s:.3g}"
        series = result.series + (f" ({result.mesh})" if result.mesh else "")
        answer = f"{result.answer:.0f}" if result.answer > 1000 else f"{result.answer:.5f}"
        lines.append(f"| {series} | {result.unknowns} | {answer} | {round(100 * result.error, 2) + 0.0:+.2f} | {cost} |")
    return "\n".join(lines)


def draw_series(axes: Any, name: str, results: Sequence[Result]) -> None:
    """One line for each mesh; the one that does not follow the edges is dotted."""
    colour, marker = SERIES[name]
    for mesh in dict.fromkeys(result.mesh for result in results):
        line = [r for r in results if r.mesh == mesh and r.cpu_s is not None]
        if not line:
            continue
        label = name + (f", {mesh}" if mesh else "")
        axes.loglog([r.cpu_s for r in line], [100 * abs(r.error) for r in line], ":" if mesh else "-", marker=marker,
                    color=colour, label=label, markerfacecolor="white" if mesh else colour)


def draw_panel(axes: Any, problem: str, quantity: str, results: Sequence[Result]) -> None:
    limit = limit_of(problem, quantity)
    for name in SERIES:
        draw_series(axes, name, [r for r in results if r.series == name])
    bottom = axes.get_ylim()[0]
    axes.axhspan(bottom / 10, 100 * limit["error"] / limit["limit"], color="0.9", zorder=0)
    axes.set_ylim(bottom=bottom)
    axes.set_title(f"{problem}: {quantity}")
    axes.set_xlabel("processor seconds")
    axes.set_ylabel("off the limit, %")
    axes.grid(True, which="both", linewidth=0.3)
    axes.legend(fontsize="small")


def draw(results: Sequence[Result]) -> None:
    plots = import_module("matplotlib.pyplot")
    figure, panels = plots.subplots(2, 3, figsize=(13, 8), layout="constrained")
    for axes, (problem, quantity) in zip(panels.flat, PANELS):
        draw_panel(axes, problem, quantity, [r for r in results if (r.problem, r.quantity) == (problem, quantity)])
    figure.suptitle("Error against processor seconds of the whole process, one rank; each point is a mesh. "
                    "Grey: the uncertainty of the limit.", fontsize="medium")
    figure.savefig(HERE / "results.png", dpi=110)


def main() -> None:
    import_module("matplotlib").use("Agg")
    results = read_results()
    for problem, quantity in PANELS:
        limit = limit_of(problem, quantity)
        print(f"\n{problem}, {quantity}, limit {limit['limit']:.6g} {limit['unit']}\n")
        print(table([r for r in results if (r.problem, r.quantity) == (problem, quantity)]))
    draw(results)


if __name__ == "__main__":
    main()
