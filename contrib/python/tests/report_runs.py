# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Results for the tests of the page: a run with everything that the page shows, and ways to take parts of it away."""
import json
import os
import shutil

import vtk

from made import SIZES, bar_of_cells

TIMES = (0.0, 10.0, 30.0)  # d
REGIONS = ("nucleus", "annulus")
PARAMETERS = """# The complete input.
set Title = {title}
subsection Geometry
  set Shape = {shape}
end
subsection Laws
  subsection death of residents
    set Law = nutrient-viability
    set Parameter set = UPF
    # The set says which.
    set Critical glucose = as parameter set
    set Critical pH = 6.5
  end
  subsection cells <b>
    set Law = npmsc
    set Half glucose = 0.1 mM
    set Half saturation = 0.3 mM
    set Half osmolarity = 1000 mOsm/L
  end
end
subsection Injections
  subsection dose 1
    set Amount = 6e6
    set Volume = 1 mL
  end
end
subsection Time
  set Mode = {mode}
  set End = 30 d
end
"""


def glucose(place, time):
    """Linear in space, so that every way of interpolating it is exact."""
    return 2 + 0.05 * place[0] + 0.1 * place[2] - 0.02 * time


def write_fields(folder, times=TIMES, sizes=SIZES):
    os.makedirs(os.path.join(folder, "fields"))
    entries = []
    for number, time in enumerate(times):
        grid = bar_of_cells(lambda place, region, time=time: {
            "glucose [mM]": glucose(place, time), "pH": 7.0 + 0.01 * abs(place[0]),
            "NPMSC, dose 1 [1/mL]": 5e6 / (1 + time) if region == 0 else 0}, sizes)
        writer = vtk.vtkXMLPUnstructuredGridWriter()
        writer.SetFileName(os.path.join(folder, "fields", f"{number:04d}.pvtu"))
        writer.SetInputData(grid)
        writer.Write()
        entries.append(f'<DataSet timestep="{time}" part="0" file="fields/{number:04d}.pvtu"/>')
    with open(os.path.join(folder, "fields.pvd"), "w", encoding="utf-8") as file:
        file.write(f'<VTKFile type="Collection"><Collection>{"".join(entries)}</Collection></VTKFile>')


def _statistics(low, high, unit):
    part = {"min": low, "mean": (low + high) / 2, "max": high, "min_at": [-20, 0, -5], "max_at": [20, 0, 5]}
    return {"unit": unit, "integral_unit": "nmol", "whole": part | {"integral": 8.0},
            "regions": {"nucleus": part | {"integral": 3.0, "min": low + 0.1}, "annulus": part | {"integral": 5.0}}}


def _state(viable):
    residents = {"name": "residents", "time": 0, "loaded": 1e7, "delivered": 1e7, "leaked": 0, "dead_on_arrival": 0,
                 "viable": viable, "dead": 1e7 - viable, "surviving_fraction": viable / 1e7,
                 "surviving_fraction_of_loaded": viable / 1e7, "viable_fraction": viable / 1e7}
    return {"time": 30.0, "quantities": {"glucose": _statistics(0.4, 3.0, "mM"), "pH": _statistics(6.9, 7.2, "1")},
            "populations": {"NP cells": {"unit": "cells", "doses": [residents]}},
            "balance": {"glucose": {"unit": "nmol", "in": 300.0, "injected": 10.0, "produced": 0.0, "consumed": 305.0,
                                    "stored": 5.0, "defect": 3e-9, "largest_relative_defect": 1e-11}}}


def summary(title="A run", **changes):
    dose = {"name": "dose 1", "time": 0, "loaded": 6e6, "delivered": 5e6, "leaked": 4e5, "dead_on_arrival": 6e5,
            "viable": 1e6, "dead": 4e6, "surviving_fraction": 0.2, "surviving_fraction_of_loaded": 1 / 6,
            "viable_fraction": 0.2}
    state = _state(9e6)
    state["populations"] = {"NPMSC": {"unit": "cells", "doses": [dose]}} | state["populations"]
    return {"schema": 1, "title": title, "name": "a-run", "status": "done", "versions": {"Lacuna": "1.1.0"},
            "model_choices": {"Element": "Q1"}, "regions": list(REGIONS), "ranks": 2, "cells": 192, "unknowns": 945,
            "points": 400, "seconds": {"solve": {"wall": 1.5, "cpu": 3.0}}, "peak_memory_bytes": 2**30,
            "newton_iterations": 12, "linear_iterations": 60, "steps": 3, "rejected_steps": 1,
            "error_estimates": {"largest relative time error of a step [1]": 7e-4}, "warnings": [], **state,
            "control": _state(9.5e6), **changes}


def _history(times, names_of):
    rows = [names_of(time) for time in times]
    return "\n".join([",".join(f'"{name}"' for name in rows[0]),
                      *(",".join(str(value) for value in row.values()) for row in rows)]) + "\n"


def treated(time):
    """A row of history.csv: glucose is lowest at 10 d, in the nucleus."""
    low = 0.2 if time == 10 else 0.5
    return {"time [d]": time, "glucose min whole [mM]": low, "glucose min nucleus [mM]": low,
            "glucose min annulus [mM]": low + 0.1, "glucose integral nucleus [nmol]": 3.0, "pH min whole": 6.9,
            "pH min nucleus": 6.9, "pH min annulus": 7.0, "NPMSC dose 1 viable [cells]": 5e6 / (1 + time / 7.5),
            "NP cells residents viable [cells]": 1e7 - 1e6 * time / 30, "glucose in [nmol]": 10 * time,
            "glucose consumed [nmol]": 10 * time, "glucose largest relative defect": 1e-11}


def untreated(time):
    return {"time [d]": time, "glucose min whole [mM]": 0.6, "glucose min nucleus [mM]": 0.6,
            "glucose min annulus [mM]": 0.7, "NP cells residents viable [cells]": 1e7 - 5e5 * time / 30}


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


def write_run(folder, title="A run", shape="box", mode="transient", times=TIMES, sizes=SIZES, **changes):
    """A complete run; `changes` replace entries of its summary."""
    os.makedirs(os.path.join(folder, "control"), exist_ok=True)
    write_fields(folder, times, sizes)
    write(folder, "summary.json", json.dumps(summary(title, **changes)))
    write(folder, "history.csv", _history(times, treated))
    write(os.path.join(folder, "control"), "history.csv", _history((0.0, 30.0), untreated))
    parameters = PARAMETERS.format(title=title, shape=shape, mode=mode)
    write(folder, "parameters.prm", parameters)
    write(folder, "parameters.diff.prm", parameters)


def take_away(folder, *names):
    for name in names:
        path = os.path.join(folder, name)
        if os.path.isdir(path):
            shutil.rmtree(path)
        else:
            os.remove(path)


def volume_of_nucleus():
    """Of the bar: the cells whose middle is near the axis, mm^3."""
    return 20.0 * 20.0 * SIZES[2]
