# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Reads what a Lacuna run writes: history and probes as arrays with units, fields as VTK grids and NumPy arrays.

    results = Results("results/lumbar-npmsc-injection")
    time = results.history["time"]                      # d
    lowest = results.history["glucose min nucleus"]     # unit: results.history.unit("glucose min nucleus")
    grid = results.fields()                             # of the last time; lengths in mm
    glucose = array(grid, "glucose [mM]")

Needs NumPy; the fields also need VTK (Debian: python3-numpy, python3-vtk9).
"""
import csv
import json
import os
import re
import xml.etree.ElementTree

import numpy


def split_label(label):
    """'glucose [mM]' -> ('glucose', 'mM'); a name without a unit is a pure number."""
    match = re.fullmatch(r"(.*) \[(.*)\]", label)
    return (match.group(1), match.group(2)) if match else (label, "1")


class Table:
    """Columns of a CSV file by name, with or without the unit: table["time"], table["time [d]"]."""

    def __init__(self, path):
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        # The last row may be half-written while a run goes on.
        rows = [row for row in rows if len(row) == len(rows[0])] if rows else [[]]
        self._columns, self._units = {}, {}
        for index, label in enumerate(rows[0]):
            name, self_unit = split_label(label)
            self._columns[name] = [row[index] for row in rows[1:]]
            self._units[name] = self_unit

    def names(self):
        return list(self._columns)

    def unit(self, name):
        return self._units[split_label(name)[0]]

    def text(self, name):
        return self._columns[split_label(name)[0]]

    def __contains__(self, name):
        return split_label(name)[0] in self._columns

    def __getitem__(self, name):
        name = split_label(name)[0]
        if name not in self._columns:
            raise KeyError(f"no column '{name}'; there are: {', '.join(self._columns)}")
        return numpy.array([float(value) for value in self._columns[name]])


class Results:
    """The folder of one run."""

    def __init__(self, folder):
        self.folder = folder
        self.summary = {}
        summary = os.path.join(folder, "summary.json")
        if os.path.exists(summary):
            with open(summary, encoding="utf-8") as file:
                self.summary = json.load(file)
        self.history = self._table("history.csv")
        self.probes = self._table("probes.csv")
        self.control = self._table("control", "history.csv")

    def _table(self, *names):
        path = os.path.join(self.folder, *names)
        return Table(path) if os.path.exists(path) else None

    def regions(self):
        """Names of the regions; the index is the value of the field 'region'."""
        return self.summary.get("regions", [])

    def times(self):
        """[(time in d, path of the fields)] in the order of time."""
        path = os.path.join(self.folder, "fields.pvd")
        root = xml.etree.ElementTree.parse(path).getroot()
        return [(float(entry.get("timestep")), os.path.join(self.folder, entry.get("file")))
                for entry in root.iter("DataSet")]

    def fields(self, index=-1):
        """The vtkUnstructuredGrid of one of `times()`, by default the last. Points of neighbouring cells are not
        shared, so that values may jump between regions; lengths are in mm."""
        import vtk  # only here: tables can be read without it
        reader = vtk.vtkXMLPUnstructuredGridReader()
        reader.SetFileName(self.times()[index][1])
        reader.Update()
        return reader.GetOutput()


def array_names(grid):
    data = grid.GetPointData()
    return [data.GetArrayName(index) for index in range(data.GetNumberOfArrays())]


def array(grid, name):
    """A point field of a grid or slice as a NumPy array."""
    from vtk.util.numpy_support import vtk_to_numpy
    data = grid.GetPointData().GetArray(name)
    if data is None:
        raise KeyError(f"no field '{name}'; there are: {', '.join(array_names(grid))}")
    return vtk_to_numpy(data)


def points(grid):
    """Places of the points, mm, one row each."""
    from vtk.util.numpy_support import vtk_to_numpy
    return vtk_to_numpy(grid.GetPoints().GetData()) if grid.GetNumberOfPoints() else numpy.zeros((0, 3))
