# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Tests of the readers and the picture on small results made here: python3 contrib/python/lacuna_picture_test.py"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

import numpy
import vtk
from vtk.util.numpy_support import numpy_to_vtk

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import lacuna_picture  # noqa: E402
import lacuna_results  # noqa: E402

SIZES = (40.0, 30.0, 10.0)  # mm
CELLS = (8, 6, 4)


def bar_of_cells(fields_of):
    """Hexahedra that share no points; a nucleus in the middle. `fields_of(point, region)` -> {name: value}."""
    corners = numpy.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]])
    steps = numpy.array(SIZES) / CELLS
    places, values = vtk.vtkPoints(), {}
    grid = vtk.vtkUnstructuredGrid()
    for index in numpy.ndindex(*CELLS):
        middle = (numpy.array(index) + 0.5) * steps - numpy.array(SIZES) / 2
        region = 0 if abs(middle[0]) < 10 and abs(middle[1]) < 8 else 1
        ids = []
        for corner in corners:
            place = (numpy.array(index) + corner) * steps - numpy.array(SIZES) / 2
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


def write_run(folder):
    """A run with residents, one dose, and a control."""
    write_fields(folder, bar_of_cells(lambda place, region: {
        "glucose [mM]": 4 - 3 * (1 - (place[1] / 15)**2), "pH": 7.0 + 0.01 * abs(place[0]),
        "NPMSC, dose 1 [1/mL]": 5e6 if region == 0 else 0}))
    rows = '"time [d]","NP cells residents viable [cells]","NPMSC dose 1 viable [cells]"\n0,1e7,5e6\n30,9e6,4e6\n30.5,9'
    os.makedirs(os.path.join(folder, "control"))
    for name in ("history.csv", os.path.join("control", "history.csv")):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(rows)
    dose = {"name": "dose 1", "time": 0, "delivered": 5e6, "surviving_fraction": 0.8}
    residents = {"name": "residents", "time": 0, "delivered": 1e7, "surviving_fraction": 0.9}
    part = {"min": 1.0, "mean": 2.0, "max": 4.0}
    with open(os.path.join(folder, "summary.json"), "w", encoding="utf-8") as file:
        json.dump({"title": "A run", "regions": ["nucleus", "annulus"],
                   "quantities": {"glucose": {"unit": "mM", "whole": part, "regions": {"nucleus": part}}},
                   "populations": {"NPMSC": {"unit": "cells", "doses": [dose]},
                                   "NP cells": {"unit": "cells", "doses": [residents]}}}, file)


class WithFolder(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = os.path.join(self.temporary.name, "run")
        os.makedirs(self.folder)

    def tearDown(self):
        self.temporary.cleanup()

    def picture(self):
        file = os.path.join(self.folder, "picture.png")
        lacuna_picture.draw(lacuna_results.Results(self.folder), file)
        self.assertGreater(os.path.getsize(file), 10000)


class Readers(WithFolder):
    def test_columns_are_found_with_and_without_their_unit(self):
        write_run(self.folder)
        history = lacuna_results.Results(self.folder).history
        self.assertEqual(history.unit("time"), "d")
        self.assertEqual(list(history["time"]), [0, 30])  # the half-written last row is left out
        self.assertEqual(list(history["NPMSC dose 1 viable [cells]"]), [5e6, 4e6])
        with self.assertRaisesRegex(KeyError, "no column 'glucose'; there are: time, "):
            history["glucose"]

    def test_fields_keep_their_jumps(self):
        write_run(self.folder)
        grid = lacuna_results.Results(self.folder).fields()
        region = lacuna_results.array(grid, "region")
        cells = lacuna_results.array(grid, "NPMSC, dose 1 [1/mL]")
        self.assertEqual(set(cells[region == 0]), {5e6})
        self.assertEqual(set(cells[region == 1]), {0})


class Picture(WithFolder):
    def test_of_a_run(self):
        write_run(self.folder)
        self.picture()

    def test_of_a_body_without_nucleus_history_or_summary(self):
        write_fields(self.folder, bar_of_cells(lambda place, region: {"oxygen [kPa]": place[0]}))
        self.picture()

    def test_of_uniform_fields(self):
        write_fields(self.folder, bar_of_cells(lambda place, region: {"glucose [mM]": 4.0}))
        self.picture()

    def test_outline_of_the_nucleus_is_one_closed_loop(self):
        write_run(self.folder)
        results = lacuna_results.Results(self.folder)
        planes = lacuna_picture.slices(results.fields(), results.regions())
        loops = planes["mid-axial"].outlines["nucleus"]
        self.assertEqual(len(loops), 1)
        numpy.testing.assert_allclose(loops[0].min(axis=0), [-10, -10], atol=1e-3)
        numpy.testing.assert_allclose(loops[0][0], loops[0][-1])

    def test_says_what_is_missing(self):
        tool = os.path.join(os.path.dirname(os.path.abspath(lacuna_picture.__file__)), "lacuna_picture.py")
        done = subprocess.run([sys.executable, tool, self.folder], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("no fields.pvd", done.stderr)


if __name__ == "__main__":
    unittest.main()
