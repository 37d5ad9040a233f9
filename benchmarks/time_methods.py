#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Draws time_methods.png, error of time steps against processor seconds, from time_methods.csv, which bench_time_methods
printed, and prints the table of RESULTS.md.   benchmarks/time_methods.py"""
from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
METHODS = {"tr-bdf2": ("TR-BDF2 (today)", "black", "o"), "bdf2": ("BDF2", "tab:blue", "s"),
           "rodas3": ("RODAS3", "tab:red", "D"), "ros34pw2": ("ROS34PW2", "tab:orange", "v"),
           "cvode": ("CVODE", "tab:green", "^")}
TITLES = {"T": "T, 7 d", "S": "S, 30 d", "settling": "settling, 365 d"}
QUANTITIES = {"viable_fraction": "viable share of all cells", "least_glucose": "least glucose",
              "survivors": "survivors of the dose", "field_error": "all fields at the end"}
PANELS = (("T", "viable_fraction"), ("S", "survivors"), ("settling", "viable_fraction"),
          ("T", "least_glucose"), ("S", "field_error"), ("settling", "field_error"))
OF_TABLE = {"T": ("viable_fraction", "least_glucose"), "S": ("survivors", "field_error"),
            "settling": ("viable_fraction", "field_error")}


@dataclass(frozen=True)
class March:
    problem: str
    method: str
    tolerance: float
    values: dict[str, float]
    errors: dict[str, float]  # by quantity, as shares of the reference, with their signs


def read_marches() -> list[March]:
    with open(HERE / "time_methods.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    words = ("problem", "method")
    numbers = [{key: float(text) for key, text in row.items() if key not in words} for row in rows]
    references = {row["problem"]: values for row, values in zip(rows, numbers) if "reference" in row["method"]}
    result = []
    for row, values in zip(rows, numbers):
        reference = references[row["problem"]]
        errors = {name: values[name] / reference[name] - 1 for name in QUANTITIES
                  if name != "field_error" and reference[name] > 0}
        errors["field_error"] = values["field_error"]
        result.append(March(row["problem"], row["method"], values["tolerance"], values, errors))
    return result


def table(marches: Sequence[March]) -> str:
    """One problem's, with the reference first."""
    quantities = OF_TABLE[marches[0].problem]
    lines = ["| method | tolerance | steps (rejected) | linear systems | GMRES | processor s | "
             + " | ".join(f"{QUANTITIES[name]}, off, %" for name in quantities) + " | lowest value |",
             "|" + 9 * "---|" if len(quantities) == 2 else ""]
    for march in marches:
        values = march.values
        name = METHODS[march.method][0] if march.method in METHODS else march.method
        errors = ["" if "reference" in march.method else f"{100 * march.errors[quantity]:+.4f}".replace("+", "", 1)
                  if quantity == "field_error" else f"{100 * march.errors[quantity]:+.4f}" for quantity in quantities]
        lowest = f"{values['lowest']:.0e}" if values["lowest"] < 0 else "0 or more"
        lines.append(f"| {name} | {march.tolerance:g} | {values['steps']:.0f} ({values['rejected']:.0f}) | "
                     f"{values['systems']:.0f} | {values['iterations']:.0f} | {values['cpu_s']:.2f} | "
                     + " | ".join(errors) + f" | {lowest} |")
    return "\n".join(lines)


def draw_panel(axes: Any, marches: Sequence[March], quantity: str) -> None:
    for method, (label, colour, marker) in METHODS.items():
        line = sorted((m for m in marches if m.method == method), key=lambda march: -march.tolerance)
        if line:
            axes.loglog([m.values["cpu_s"] for m in line], [100 * abs(m.errors[quantity]) for m in line], "-",
                        marker=marker, color=colour, label=label, markersize=5, linewidth=1)
        for march in line:
            if march.tolerance == 1e-3:  # what a file has if it says nothing
                axes.plot(march.values["cpu_s"], 100 * abs(march.errors[quantity]), "o", markersize=11,
                          markerfacecolor="none", color=colour)
    axes.set_title(f"{TITLES[marches[0].problem]}: {QUANTITIES[quantity]}", fontsize="medium")
    axes.set_xlabel("processor seconds of the march")
    axes.set_ylabel("error of time, %")
    axes.grid(True, which="both", linewidth=0.3)
    axes.xaxis.set_major_formatter("{x:g}")
    axes.xaxis.set_minor_formatter("{x:g}")
    axes.tick_params(axis="x", which="both", labelsize="small")


def draw(marches: Sequence[March]) -> None:
    plots = import_module("matplotlib.pyplot")
    figure, panels = plots.subplots(2, 3, figsize=(13, 8), layout="constrained")
    for axes, (problem, quantity) in zip(panels.flat, PANELS):
        draw_panel(axes, [march for march in marches if march.problem == problem], quantity)
    panels.flat[0].legend(fontsize="small")
    figure.suptitle("Error of time steps against processor seconds, one rank and one mesh; each point is a tolerance, "
                    "ringed: 1e-3, the default.", fontsize="medium")
    figure.savefig(HERE / "time_methods.png", dpi=110)


def main() -> None:
    import_module("matplotlib").use("Agg")
    marches = read_marches()
    for problem, title in TITLES.items():
        print(f"\n**{title}**\n\n{table([march for march in marches if march.problem == problem])}")
    draw(marches)


if __name__ == "__main__":
    main()
