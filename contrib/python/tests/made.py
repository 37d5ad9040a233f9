# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Small results made here, to be read and drawn by the tests."""
import csv
import itertools
import json
import os
import tempfile
import unittest

import numpy
import vtk
from vtk.util.numpy_support import numpy_to_vtk

SIZES = (40.0, 30.0, 10.0)  # mm
CELLS = (8, 6, 4)


def bar_of_cells(fields_of, sizes=SIZES):
    """Hexahedra that share no points; a nucleus in the middle. `fields_of(point, region)` -> {name: value}."""
    sizes = numpy.array(sizes)
    corners = numpy.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]])
    steps = sizes / CELLS
    places = vtk.vtkPoints()
    values: dict[str, list[float]] = {}
    grid = vtk.vtkUnstructuredGrid()
    for index in numpy.ndindex(*CELLS):
        middle = (numpy.array(index) + 0.5) * steps - sizes / 2
        region = 0 if abs(middle[0]) < sizes[0] / 4 and abs(middle[1]) < 4 / 15 * sizes[1] else 1
        ids = []
        for corner in corners:
            place = (numpy.array(index) + corner) * steps - sizes / 2
            ids.append(places.InsertNextPoint(*place))
            for name, value in {**fields_of(place, region), "region": region}.items():
                values.setdefault(name, []).append(value)
        grid.InsertNextCell(vtk.VTK_HEXAHEDRON, 8, ids)
    grid.SetPoints(places)
    for name, numbers in values.items():
        data = numpy_to_vtk(numpy.array(numbers, dtype=numpy.float32), deep=1)
        data.SetName(name)
        grid.GetPointData().AddArray(data)
    return grid


def write_fields(folder, grid):
    os.makedirs(os.path.join(folder, "fields"))
    writer = vtk.vtkXMLPUnstructuredGridWriter()
    writer.SetFileName(os.path.join(folder, "fields", "0000.pvtu"))
    writer.SetInputData(grid)
    writer.Write()
    with open(os.path.join(folder, "fields.pvd"), "w", encoding="utf-8") as file:
        file.write('<VTKFile type="Collection"><Collection>'
                   '<DataSet timestep="30" part="0" file="fields/0000.pvtu"/></Collection></VTKFile>')


def write_run(folder, doses=1, vesicles=0.0):
    """A run with residents, doses of cells, vesicles and a control."""
    def fields_of(place, region):
        values = {"glucose [mM]": 4 + 0.05 * place[0] + 0.1 * place[2], "pH": 7.0 + 0.01 * abs(place[0]),
                  "exosomes [1/mL]": vesicles * (1 + place[0] / 40)}
        return values | {f"NPMSC, dose {number + 1} [1/mL]": 5e6 if region == 0 else 0 for number in range(doses)}

    write_fields(folder, bar_of_cells(fields_of))
    names = [f"NPMSC dose {number + 1} viable [cells]" for number in range(doses)]
    rows = (",".join(['"time [d]"', '"NP cells residents viable [cells]"', *names]) + "\n0,1e7" + ",5e6" * doses
            + "\n30,9e6" + ",4e6" * doses + "\n30.5,9e6" + ",4" * doses)  # half a number at the end
    os.makedirs(os.path.join(folder, "control"))
    for name in ("history.csv", os.path.join("control", "history.csv")):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(rows)
    with open(os.path.join(folder, "probes.csv"), "w", encoding="utf-8") as file:
        file.write("time [d],probe,x [mm],region,glucose [mM]\n0,1,0,nucleus,4\n30,1,0,nucleus,3\n30,2,5,annulus,2\n")
    injected = [{"name": f"dose {number + 1}", "time": 0, "delivered": 5e6, "viable": 4e6, "surviving_fraction": 0.8}
                for number in range(doses)]
    residents = {"name": "residents", "time": 0, "delivered": 1e7, "leaked": None, "surviving_fraction": 0.9}
    part = {"min": 1.0, "mean": 2.0, "max": 4.0, "integral": 8.0, "min_at": [0, 1, 2], "max_at": [3, 4, 5]}
    state = {"time": 30,
             "quantities": {"glucose": {"unit": "mM", "integral_unit": "nmol", "whole": part,
                                        "regions": {"nucleus": part}},
                            "exosomes": {"unit": "1/mL", "integral_unit": "1", "whole": part, "regions": {}}},
             "populations": {"NPMSC": {"unit": "cells", "doses": injected},
                             "NP cells": {"unit": "cells", "doses": [residents]}},
             "balance": {"glucose": {"unit": "nmol", "in": 3, "consumed": 2, "stored": 1, "defect": 0}}}
    with open(os.path.join(folder, "summary.json"), "w", encoding="utf-8") as file:
        json.dump({"schema": 1, "title": "A run", "status": "done", "regions": ["nucleus", "annulus"], **state,
                   "control": state}, file)


# ---- Studies ---------------------------------------------------------------------------------------------------------

def numbers(name, unit, *values, **more):
    """A listed input."""
    return {"name": name, "parameter": f"Somewhere/{name}", "unit": unit, "kind": "numbers",
            "values": [f"{value:g} {unit}" for value in values], "numbers": list(values), **more}


def labels(name, *values):
    return {"name": name, "parameter": "", "unit": "", "kind": "labels", "values": list(values)}


def sampled(name, unit, minimum, maximum, logarithmic=False):
    return {"name": name, "parameter": f"Somewhere/{name}", "unit": unit, "kind": "range", "minimum": minimum,
            "maximum": maximum, "logarithmic": logarithmic}


def answer(name, unit="cells", goal="largest", **more):
    return {"name": name, "unit": unit, "quantity": name, "time": None, "compare": "nothing", "goal": goal, **more}


def crossed(inputs):
    """Every combination of the values of listed inputs, the last changing fastest."""
    levels = [given.get("numbers", given["values"]) for given in inputs]
    return [dict(zip([given["name"] for given in inputs], combination)) for combination in itertools.product(*levels)]


def write_study(folder, inputs, rows, answers, values_of, method="grid", samples=0, statuses=None, errors_of=None,
                confirms=None):
    """The folder of a study whose cases have these inputs, and answers `values_of(row)`, one number each. `statuses`
    are those of cases that are not done: {3: "failed"}; `errors_of(row)` the numerical errors of the answers;
    `confirms` what cases were added for."""
    statuses = statuses or {}
    cases = [{"number": number, "folder": f"cases/{number:04d}", "untreated": 1,
              "inputs": {given["name"]: given_text(given, row[given["name"]]) for given in inputs},
              "settings": [f"{given['parameter']}={row[given['name']]}" for given in inputs if given["parameter"]]}
             for number, row in enumerate(rows, 1)]
    for case in cases:
        if case["number"] in (confirms or {}):
            case["confirms"] = confirms[case["number"]]
    plan = {"schema": 1, "title": "A study", "study_file": "/study.prm", "case_file": "/case.prm", "version": "1.1.0",
            "inputs": inputs, "sampling": {"method": method, "samples": samples, "seed": 1}, "answers": answers,
            "execution": {"ranks": 1, "time_limit_seconds": None},
            "untreated": [{"number": 1, "folder": "untreated/1", "settings": []}], "cases": cases}
    with open(os.path.join(folder, "study.json"), "w", encoding="utf-8") as file:
        json.dump(plan, file)
    os.makedirs(os.path.join(folder, "outcomes"))
    for case in cases:
        status = statuses.get(case["number"], "done")
        if status != "waiting":
            write_outcome(folder, case["number"], status)
    write_results(folder, plan, rows, values_of, statuses, errors_of)


def given_text(given, value):
    return value if given["kind"] == "labels" else f"{value:.17g} {given['unit']}"


def write_outcome(folder, number, status):
    reason = "the solve did not converge" if status == "failed" else ""
    with open(os.path.join(folder, "outcomes", f"{number:04d}.json"), "w", encoding="utf-8") as file:
        json.dump({"case": number, "status": status, "exit_status": 3 if status == "failed" else 0, "reason": reason,
                   "seconds": 1.5}, file)


def write_results(folder, plan, rows, values_of, statuses, errors_of=None):
    def label(entry):
        return entry["name"] if entry["unit"] in ("", "1") else f"{entry['name']} [{entry['unit']}]"

    def error_label(entry):
        return label({**entry, "name": f"{entry['name']} error"})

    names = [given["name"] for given in plan["inputs"]]
    with open(os.path.join(folder, "results.csv"), "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["case", "folder", "status", "reason", *map(label, plan["inputs"]),
                         *map(label, plan["answers"]), *(map(error_label, plan["answers"]) if errors_of else ()),
                         "time [d]", "untreated time [d]", "seconds [s]"])
        for case, row in zip(plan["cases"], rows):
            status = statuses.get(case["number"], "done")
            values = values_of(row) if status == "done" else ["nan"] * len(plan["answers"])
            reason = "the solve, alas, did not converge" if status == "failed" else ""
            writer.writerow([case["number"], case["folder"], status, reason, *(row[name] for name in names), *values,
                             *(errors_of(row) if errors_of else ()), 30, 30, 1.5])


class WithFolder(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = os.path.join(temporary.name, "run")
        os.makedirs(self.folder)
