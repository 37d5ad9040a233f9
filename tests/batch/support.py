# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What the tests of batch systems share: small studies in folders with awkward names, and their tables."""

import csv
import json
import math
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

STUDIES = pathlib.Path(__file__).resolve().parent / "studies"
LACUNA = pathlib.Path(os.environ.get("LACUNA_PROGRAM", "lacuna")).resolve()
SKIPPED = 77  # the exit status by which a test says that what it needs is not installed


class StudyTest(unittest.TestCase):
    """Works in a folder of its own, whose name no script may stumble over."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="lacuna's batch %a "))
        self.addCleanup(shutil.rmtree, self.folder)

    def environment(self, **more):
        return {
            **os.environ,
            "OMPI_ALLOW_RUN_AS_ROOT": "1",
            "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
            "OMPI_MCA_rmaps_base_oversubscribe": "1",
            "HWLOC_HIDE_ERRORS": "2",
            **more,
        }

    def run_command(self, *command, status=0, folder=None, **environment):
        """stdout and stderr of a command that must end with this status."""
        done = subprocess.run(
            [str(word) for word in command],
            cwd=folder or self.folder,
            env=self.environment(**environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=600,
        )
        self.assertEqual(done.returncode, status, f"{' '.join(map(str, command))}\n{done.stdout}")
        return done.stdout

    def plan(self, name, system, output="planned for it"):
        """The folder of a study that is to be computed by a batch system."""
        folder = self.folder / output
        self.run_command(LACUNA, "study", STUDIES / f"{name}.prm", "--output", folder, "--to", system)
        self.assertFalse((folder / "cases").exists(), "planning has computed something")
        return folder

    def compute_here(self, name, status=0):
        """The folder of a study that this machine has computed."""
        folder = self.folder / "computed here"
        self.run_command(
            LACUNA, "study", STUDIES / f"{name}.prm", "--output", folder, "--quiet", status=status
        )
        return folder

    def unfinished(self, folder, which=""):
        return self.run_command(LACUNA, "study", "status", folder, f"--unfinished{which}").strip()

    def assertSameTable(self, one, other):
        """Both studies have the same results, but for the time that they took."""
        for rows in zip(table(one), table(other), strict=True):
            self.assertEqual(list(rows[0]), list(rows[1]), "the columns differ")
            for column in set(rows[0]) - {"seconds [s]"}:
                self.assertTrue(same(rows[0][column], rows[1][column]), f"{column}: {rows}")


def same(one, other):
    """Two cells, as texts, or as numbers up to round-off; nan is like nan."""
    try:
        numbers = float(one), float(other)
    except ValueError:
        return one == other
    return one == other or math.isclose(*numbers, rel_tol=1e-9)


def table(folder):
    """results.csv; what a cell says of the study's own folder is left out."""
    with open(folder / "results.csv", newline="") as file:
        return [{name: cell.replace(str(folder), "") for name, cell in row.items()} for row in csv.DictReader(file)]


def statuses(folder):
    """Number and status of every case that has an outcome."""
    files = sorted((folder / "outcomes").glob("[0-9]*.json"))
    return {int(file.stem): json.loads(file.read_text())["status"] for file in files}


def ages(folder):
    """When every outcome was written, to see which are written again."""
    return {file.name: file.stat().st_mtime_ns for file in (folder / "outcomes").glob("*.json")}
