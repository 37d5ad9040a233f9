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


def value(row, name):
    """What stands in the column that is called so, whatever its unit: a number if it is one."""
    text = next(text for label, text in row.items() if label == name or label.startswith(name + " ["))
    try:
        return float(text)
    except ValueError:
        return text


def number(row, name):
    found = value(row, name)
    assert isinstance(found, float), f"{name} is {found}"
    return found


def values(rows, name):
    return [number(row, name) for row in rows]


def by(rows, *names):
    """Rows by their inputs: by(rows, "grade")["II"], by(rows, "volume", "cells")[0.5, 1e6]."""
    def key(row):
        found = tuple(value(row, name) for name in names)
        return found[0] if len(found) == 1 else found
    return {key(row): row for row in rows}


def increases(numbers):
    return all(first < second for first, second in itertools.pairwise(numbers))


class InjectionVolume(Findings):
    volumes, numbers = (0.5, 1, 3), (1e6, 6e6, 25e6)
    fewer = ("Axes/volume/Values=0.5 mL, 1 mL, 3 mL", "Axes/cells/Values=1e6, 6e6, 25e6")

    def test_more_cells_and_more_fluid_keep_more_alive_and_residents_pay(self):
        rows = self.rows("injection-volume", ["grade=III", "cell type=NPMSC"], settings=[COARSE, *self.fewer])
        self.assertEqual(len(rows), 9)
        found = by(rows, "volume", "cells")
        for volume in self.volumes:
            series = [found[volume, cells] for cells in self.numbers]
            survivors, delivered = values(series, "surviving cells"), values(series, "delivered cells")
            self.assertTrue(increases(survivors), (volume, survivors))
            self.assertTrue(increases([all_ / living for all_, living in zip(delivered, survivors)]), volume)
            lost = [-gained for gained in values(series, "residents gained")]
            self.assertTrue(increases(lost), (volume, lost))
            self.assertTrue(all(loss > living for loss, living in zip(lost[1:], survivors[1:])), volume)
        for cells in self.numbers:
            survivors = [number(found[volume, cells], "surviving cells") for volume in self.volumes]
            self.assertTrue(increases(survivors), (cells, survivors))
        three_times_the_volume, four_times_the_cells = found[3, 6e6], found[1, 25e6]
        self.assertGreater(number(three_times_the_volume, "surviving cells"),
                           number(four_times_the_cells, "surviving cells"))

    def test_order_of_cell_types_at_every_grade(self):
        rows = self.rows("injection-volume", ["volume=1 mL", "cells=6e6"], settings=[COARSE])
        found = by(rows, "cell type", "grade")
        for grade in ("II", "III", "IV"):
            self.assertTrue(increases([number(found[cells, grade], "surviving cells")
                                       for cells in ("BMSC", "AMSC", "NPMSC")]), grade)

    def test_a_disc_of_grade_two_refuses_what_one_of_grade_three_takes(self):
        refused, = self.rows("injection-volume", ["volume=2 mL", "cells=1e6", "cell type=BMSC", "grade=II"],
                             settings=[COARSE], status=3)
        self.assertEqual(refused["status"], "failed")
        self.assertIn("1.64 mL", refused["reason"])


class CarrierAndDwell(Findings):
    def test_dwell_pays_in_saline_and_hardly_in_gel(self):
        rows = self.rows("carrier-and-dwell", ["volume=2 mL", "gauge=25"], settings=[COARSE])
        survivors = {place: number(row, "surviving cells") for place, row in by(rows, "carrier", "dwell").items()}
        self.assertTrue(increases([survivors["saline", dwell] for dwell in (0, 120, 300, 600)]))
        self.assertGreater(survivors["saline", 600], 1.3 * survivors["saline", 0])
        self.assertLess(survivors["gel", 600], 1.05 * survivors["gel", 0])
        self.assertGreater(survivors["gel", 0], survivors["saline", 600])

    def test_a_thick_needle_costs_residents_and_nothing_else(self):
        rows = self.rows("carrier-and-dwell", ["volume=1 mL", "carrier=gel", "dwell=0 s"], settings=[COARSE])
        thin, thick = by(rows, "gauge")[25], by(rows, "gauge")[18]
        self.assertGreater(number(thin, "residents gained"), number(thick, "residents gained"))
        self.assertEqual(number(thin, "leaked cells"), number(thick, "leaked cells"))


class DoseSchedules(Findings):
    def test_many_small_doses_spare_residents_and_damage_the_disc(self):
        rows = self.rows("dose-schedules", ["schedule=once 6 million", "cell type=BMSC", "volume=2 mL"],
                         ["schedule=3 x 2 million monthly", "cell type=BMSC", "volume=2 mL"])
        once, three = (by(rows, "schedule")[name] for name in ("once 6 million", "3 x 2 million monthly"))
        self.assertGreater(number(three, "residents gained"), 0.7 * number(once, "residents gained"))
        self.assertGreater(number(three, "needle damage"), 2.5 * number(once, "needle damage"))
        self.assertAlmostEqual(number(three, "secreted vesicles") / number(once, "secreted vesicles"), 1, delta=0.2)


class CalcifiedEndplates(Findings):
    def test_supply_decides_more_than_porosity(self):
        rows = self.rows("calcified-endplates", ["grade=III", "marrow contacts=everywhere"], settings=[COARSE])
        survivors = {place: number(row, "surviving cells")
                     for place, row in by(rows, "endplate porosity", "glucose above").items()}
        self.assertLess(survivors[0.48, 4], 0.7 * survivors[0.60, 4], "calcified")
        self.assertLess(survivors[0.60, 2], 0.7 * survivors[0.48, 4], "half the supply")
        self.assertLess(survivors[0.60, 1.2], 0.3 * survivors[0.60, 2], "30 % of it")


class VesicleRelease(Findings):
    def test_a_gel_with_a_fifth_of_the_vesicles_does_more_than_a_bolus_but_not_at_first(self):
        rows = self.rows("vesicle-release", ["half-life=48 h"])
        found = by(rows, "release", "vesicles")
        late = {place: number(row, "cells relative to untreated") for place, row in found.items()}
        early = {place: number(row, "cells relative to untreated after a week") for place, row in found.items()}
        for fewer, more in itertools.pairwise((2e8, 1e9, 5e9, 25e9)):
            self.assertGreater(late["half in 10 d", more], late["at once", more])
            self.assertLess(early["half in 10 d", more], early["at once", more])
            if fewer > 2e8:
                self.assertGreater(late["half in 10 d", fewer], late["at once", more])
        for vesicles in (1e9, 5e9, 25e9):
            best = max(("5 d", "10 d", "28 d"), key=lambda days: late[f"half in {days}", vesicles])
            self.assertEqual(best, "10 d")
        self.assertGreater(late["half in 5 d", 1e9], late["half in 28 d", 1e9])
        self.assertLess(late["half in 5 d", 25e9], late["half in 28 d", 25e9])


class SenolyticTiming(Findings):
    def test_ten_days_before_the_cells_are_best(self):
        rows = self.rows("senolytic-timing", ["drug=1 mL"])
        survivors = {day: number(row, "surviving cells") for day, row in by(rows, "particles").items()}
        self.assertEqual(max(survivors, key=survivors.get), 18)
        self.assertTrue(increases([survivors[day] for day in (35, 31, 28, 25, 18)]), survivors)

    def test_more_drug_kills_healthy_cells_too(self):
        rows = self.rows("senolytic-timing", ["particles=18 d"])
        healthy = {drug: number(row, "healthy cells") for drug, row in by(rows, "drug").items()}
        survivors = [number(by(rows, "drug")[drug], "surviving cells") for drug in (0.1, 0.3, 1, 3)]
        self.assertTrue(increases(survivors))
        self.assertGreater(healthy[0.3], healthy[3])


if __name__ == "__main__":
    unittest.main()
