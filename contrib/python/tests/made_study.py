# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Made studies: folders as `lacuna study` leaves them, with a smooth response instead of a solver.

    python3 made_study.py DIR [grid | sample]     writes one to look at
"""
import csv
import itertools
import json
import math
import os
import sys
from dataclasses import dataclass, field

import numpy

VERSIONS = {"Lacuna": "1.1.0", "MPI": "Open MPI v4.1.4", "PETSc": "3.18.5", "deal.II": "9.4.1", "law npmsc": "1.0.0"}
REGIONS = ("whole", "nucleus", "inner annulus", "outer annulus", "endplate")
SUPPLY = {"II": 1.25, "III": 1.0, "IV": 0.62}  # of a grade, relative
APPETITE = {"NPMSC": 0.75, "BMSC": 1.0, "ADMSC": 1.2}  # of a type of cells, relative
NOT_CONVERGED = "the solve did not converge: the time step fell below its minimum at 3.25 d"
FAILURES = {44: ("failed", 3, NOT_CONVERGED), 75: ("failed", 3, NOT_CONVERGED),
            150: ("failed", 3, "the solve did not converge: Newton's method found no root in 20 steps at 0.5 d"),
            225: ("stopped", 4, "stopped after the time limit of 10 min")}


@dataclass
class Plan:
    """What a study asks. `respond(inputs)` gives the last row of a history and that of the untreated tissue."""

    title: str
    inputs: list
    answers: list
    rows: list  # of each case, its inputs by name: numbers, or labels
    sampling: dict = field(default_factory=lambda: {"method": "grid", "samples": 0, "seed": 1})
    outcomes: dict = field(default_factory=dict)  # of cases that did not end well; status None: waiting
    changes: list = field(default_factory=lambda: ["Geometry/Global refinements=1"])


def numbers(name, parameter, unit, values):
    return {"name": name, "parameter": parameter, "unit": unit, "kind": "numbers",
            "values": [f"{value:g} {unit}".removesuffix(" 1") for value in values], "numbers": list(values)}


def labels(name, values):
    return {"name": name, "parameter": "", "unit": "", "kind": "labels", "values": list(values)}


def interval(name, parameter, unit, minimum, maximum, logarithmic=False):
    return {"name": name, "parameter": parameter, "unit": unit, "kind": "range", "minimum": minimum,
            "maximum": maximum, "logarithmic": logarithmic}


def answer(name, quantity, goal, compare="nothing", time=None):
    return {"name": name, "quantity": quantity, "time": time, "compare": compare, "goal": goal}


ANSWERS = [answer("surviving cells", "NPMSC dose 1 viable", "largest"),
           answer("change of resident cells", "resident cells residents viable", "largest",
                  "difference from untreated"),
           answer("lowest glucose after 7 d", "glucose min nucleus", "none", time=7)]


def grid_plan():
    """225 cases: 3 grades x 3 types of cells x 5 volumes x 5 numbers of cells; four of them failed."""
    inputs = [labels("grade", SUPPLY), labels("cell type", APPETITE),
              numbers("volume", "Injections/dose 1/Volume", "mL", (0.25, 0.5, 1, 1.5, 2)),
              numbers("amount", "Injections/dose 1/Amount", "1", (1e6, 2e6, 4e6, 8e6, 16e6))]
    return Plan("Volume and number of injected cells", inputs, ANSWERS, combinations(inputs), outcomes=dict(FAILURES))


def small_plan():
    """18 cases, of which the last failed; one answer."""
    inputs = [labels("cell type", ("NPMSC", "BMSC")),
              numbers("volume", "Injections/dose 1/Volume", "mL", (0.5, 1, 2)),
              numbers("amount", "Injections/dose 1/Amount", "1", (1e6, 4e6, 16e6))]
    return Plan("A small study", inputs, ANSWERS[:1], combinations(inputs), outcomes={18: ("failed", 3, NOT_CONVERGED)})


def combinations(inputs):
    """A row for every combination of listed values."""
    levels = [entry.get("numbers", entry["values"]) for entry in inputs]
    return [dict(zip([entry["name"] for entry in inputs], chosen)) for chosen in itertools.product(*levels)]


def sample_plan(samples=32):
    """A latin hypercube over supply, appetite and dose, crossed with two grades."""
    inputs = [labels("grade", ("II", "IV")),
              interval("volume", "Injections/dose 1/Volume", "mL", 0.25, 2),
              interval("amount", "Injections/dose 1/Amount", "1", 1e6, 16e6, logarithmic=True),
              interval("porosity of the endplate", "Tissue/endplate/Porosity", "1", 0.45, 0.65)]
    chance = numpy.random.default_rng(1)
    places = numpy.array([(chance.permutation(samples) + chance.random(samples)) / samples for _ in inputs[1:]]).T
    rows = []
    for grade, place in itertools.product(("II", "IV"), places):
        values = [_between(entry, float(share)) for entry, share in zip(inputs[1:], place)]
        rows.append({"grade": grade, **dict(zip([entry["name"] for entry in inputs[1:]], values))})
    return Plan("Which input matters", inputs, ANSWERS[:2], rows,
                {"method": "latin hypercube", "samples": samples, "seed": 1}, {5: (None, 0, "")})


def _between(entry, share):
    low, high = entry["minimum"], entry["maximum"]
    if entry["logarithmic"]:
        return low * (high / low) ** share
    return low + (high - low) * share


# ---- Response --------------------------------------------------------------------------------------------------------

def survivors(inputs):
    """(delivered, viable, lost residents): the more in a small volume, the smaller the part that lives."""
    amount, volume = inputs["amount"], inputs["volume"]
    supply = SUPPLY.get(inputs.get("grade"), 1.0) * (inputs.get("porosity of the endplate", 0.6) / 0.6) ** 2
    appetite = APPETITE.get(inputs.get("cell type"), 1.0)
    delivered = amount / (1 + math.exp(4 * (volume - 1.4 - 0.4 * supply)))  # large volumes leak
    capacity = 4e6 * supply / appetite * volume ** 0.6
    viable = delivered / (1 + (delivered / capacity) ** 1.5)
    return delivered, viable, 6e5 * (delivered / 4e6) ** 1.2 * appetite / supply


def respond(inputs):
    """The last row of a history, and that of the untreated tissue: {label: value}."""
    delivered, viable, lost = survivors(inputs)
    residents = 3e7 * SUPPLY.get(inputs.get("grade"), 1.0)
    hunger = delivered / (delivered + 6e6)
    return _row(1 - 0.6 * hunger, residents - lost) | {
        "NPMSC dose 1 loaded [cells]": inputs["amount"], "NPMSC dose 1 delivered [cells]": delivered,
        "NPMSC dose 1 leaked [cells]": inputs["amount"] - delivered, "NPMSC dose 1 dead on arrival [cells]": 0.0,
        "NPMSC dose 1 viable [cells]": viable, "NPMSC dose 1 dead [cells]": delivered - viable,
    }, _row(1.0, residents)


def _row(fed, residents):
    """What every history has. `fed` is 1 of the untreated tissue."""
    scales = {"oxygen": ("kPa", 2 * fed), "glucose": ("mM", 1.9 * fed), "lactate": ("mM", 4 / fed),
              "pH": ("1", 7.05 - 0.1 / fed), "osmolarity": ("mOsm/L", 430 + 2 / fed),
              "resident cells": ("1/mL", residents / 8)}
    row = {"time [d]": 30.0, "dt [d]": 4.9}
    for (name, (unit, scale)), (place, region) in itertools.product(scales.items(), enumerate(REGIONS)):
        spread = 0.002 if name in ("pH", "osmolarity") else 0.4
        suffix = "" if unit == "1" else f" [{unit}]"
        for statistic, part in (("min", 1 - spread), ("mean", 1.0), ("max", 1 + spread)):
            row[f"{name} {statistic} {region}{suffix}"] = scale * part * (1 + 0.1 * spread * place)
    row |= {"resident cells residents loaded [cells]": 3.2e7, "resident cells residents viable [cells]": residents}
    for solute, sign in itertools.product(("oxygen", "glucose", "lactate"), ("in", "produced", "consumed", "stored")):
        row[f"{solute} {sign} [nmol]"] = 1e5 * fed * len(sign)
    return row


# ---- Files -----------------------------------------------------------------------------------------------------------

def write_study(folder, plan):
    """Everything that `lacuna study` writes but results.h5; of the runs of the cases only a short summary."""
    folder = os.fspath(folder)
    os.makedirs(os.path.join(folder, "outcomes"))
    os.makedirs(os.path.join(folder, "logs"))
    cases = [_case(plan, number, inputs) for number, inputs in enumerate(plan.rows, start=1)]
    _write_json(folder, "study.json", {
        "schema": 1, "title": plan.title, "study_file": "/home/me/studies/injection-volume.prm",
        "case_file": "/home/me/cookbook/lumbar-npmsc-injection.prm", "version": "1.1.0", "overrides": [],
        "changes": plan.changes, "inputs": plan.inputs,
        "sampling": plan.sampling, "answers": plan.answers,
        "execution": {"ranks": 1, "time_limit_seconds": 600}, "untreated": [], "cases": cases})
    with open(os.path.join(folder, "study.prm"), "w", encoding="utf-8") as file:
        file.write(_study_file(plan))
    rows = [_results_row(plan, case, inputs) for case, inputs in zip(cases, plan.rows)]
    with open(os.path.join(folder, "results.csv"), "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(max(rows, key=lambda row: len(list(row)))), restval="nan", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    for case, inputs in zip(cases, plan.rows):
        _write_case(folder, plan, case, inputs)


def _outcome(plan, number):
    return plan.outcomes.get(number, ("done", 0, ""))


def _seconds(number):
    return round(2.1 + 0.7 * math.sin(number), 3)


def _case(plan, number, inputs):
    texts, settings = {}, []
    for entry in plan.inputs:
        value = inputs[entry["name"]]
        texts[entry["name"]] = value if isinstance(value, str) else f"{value:.6g} {entry['unit']}".removesuffix(" 1")
        if entry["parameter"]:
            settings.append(f"{entry['parameter']}={texts[entry['name']]}")
    return {"number": number, "folder": f"cases/{number:04d}", "inputs": texts, "settings": settings, "untreated": None}


def _label(name, unit):
    return name if unit in ("", "1") else f"{name} [{unit}]"


def _results_row(plan, case, inputs):
    status, _, reason = _outcome(plan, case["number"])
    row = {"case": case["number"], "folder": case["folder"], "status": status or "waiting", "reason": reason}
    for entry in plan.inputs:
        row[_label(entry["name"], entry["unit"])] = inputs[entry["name"]]
    if status == "done":
        treated, untreated = respond(inputs)
        row |= {label: f"{value:.17g}" for label, value in _answers(plan, treated, untreated).items()}
        row |= {label: f"{value:.17g}" for label, value in treated.items()}
        row |= {f"untreated {label}": f"{value:.17g}" for label, value in untreated.items()}
    elif all(_outcome(plan, number)[0] != "done" for number in range(1, len(plan.rows) + 1)):
        row |= {asked["name"]: "nan" for asked in plan.answers}  # whose units no case has told yet
    return row | {"seconds [s]": _seconds(case["number"]) if status else 0}


def _answers(plan, treated, untreated):
    found = {}
    for asked in plan.answers:
        label = next(label for label in treated if label.split(" [")[0] == asked["quantity"])
        unit = label.removeprefix(asked["quantity"]).strip(" []")
        value = treated[label]
        if asked["compare"] == "difference from untreated":
            value -= untreated[label]
        elif asked["compare"] == "ratio to untreated":
            value, unit = value / untreated[label], ""
        found[_label(asked["name"], unit)] = value
    return found


def _study_file(plan):
    return (f"set Title = {plan.title}\nset Case = /home/me/cookbook/lumbar-npmsc-injection.prm\n\n"
            "subsection Sampling\n"
            f"  set Method = {plan.sampling['method']}\nend\n")


def _write_case(folder, plan, case, inputs):
    number = case["number"]
    status, exit_status, reason = _outcome(plan, number)
    if status is None:
        return
    name = f"{number:04d}"
    _write_json(folder, f"outcomes/{name}.json", {"run": f"case {number}", "status": status, "exit_status": exit_status,
                                                 "reason": reason, "seconds": _seconds(number)})
    with open(os.path.join(folder, "logs", f"{name}.txt"), "w", encoding="utf-8") as file:
        file.write(f"[     0.12 s] {plan.title}\n" + (f"error: {reason}\n" if reason else ""))
    warnings = ["the bolus reaches the endplate"] if inputs.get("volume", 0) >= 1.5 else []
    if number % 50 == 0:
        warnings.append("the finest cells are larger than the layer of consumption <0.3 mm>")
    os.makedirs(os.path.join(folder, case["folder"]))
    _write_json(folder, f"{case['folder']}/summary.json", {
        "schema": 1, "title": plan.title, "status": status, "time": 30.0, "versions": VERSIONS,
        "model_choices": {"Element": "Q1"}, "ranks": 1, "unknowns": 13143, "cells": 3840, "steps": 38,
        "seconds": {"set-up": {"wall": 0.1}, "solve": {"wall": _seconds(number) - 0.2}}, "warnings": warnings})


def _write_json(folder, name, record):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        json.dump(record, file)


if __name__ == "__main__":
    write_study(sys.argv[1], sample_plan() if sys.argv[2:] == ["sample"] else grid_plan())
