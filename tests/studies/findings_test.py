#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What the shipped studies say at their heads holds: a few cases of each, computed on coarse meshes by the program that
LACUNA_PROGRAM names."""

import csv
import itertools
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.environ.get("LACUNA_PROGRAM", "lacuna")
STUDIES = pathlib.Path(__file__).resolve().parents[2] / "parameter-files" / "studies"
COARSE = "Geometry/Global refinements=0"


class Findings(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="lacuna-findings-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def rows(self, name, *selections, settings=(), status=0):
        """The rows of results.csv that are finished; each selection is a list of conditions that must all hold."""
        output = self.folder / name
        command = [PROGRAM, "study", str(STUDIES / f"{name}.prm"), "--output", str(output), "--jobs", "1", "--quiet"]
        for setting in settings:
            command += ["--set", setting]
        for selection in selections:
            only = [word for condition in selection for word in ("--only", condition)]
            done = subprocess.run(command + only, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            self.assertEqual(done.returncode, status, done.stdout)
            command = [PROGRAM, "study", "resume", str(output), "--jobs", "1", "--quiet"]
        with open(output / "results.csv", newline="", encoding="utf-8") as file:
            return [row for row in csv.DictReader(file) if row["status"] in ("done", "failed")]


def number(row, name):
    """The value of a column that is called so, whatever its unit."""
    return float(next(text for label, text in row.items() if label == name or label.startswith(name + " [")))


def values(rows, name):
    return [number(row, name) for row in rows]


def by(rows, *names):
    """Rows by their inputs: by(rows, "grade")["II"]."""
    def key(row):
        found = [next(text for label, text in row.items() if label == name or label.startswith(name + " ["))
                 for name in names]
        return found[0] if len(found) == 1 else tuple(found)
    return {key(row): row for row in rows}


def increases(numbers):
    return all(first < second for first, second in itertools.pairwise(numbers))
