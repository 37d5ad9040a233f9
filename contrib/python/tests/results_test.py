# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Tables, summary and fields of a run made here."""
import math
import re
import sys
import types
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

import lacuna
import numpy
from lacuna import fields

from made import WithFolder, write_run


class MadeRun(WithFolder):
    def setUp(self):
        super().setUp()
        write_run(self.folder)
        self.run_made = lacuna.load(self.folder)

    def assert_says(self, sentence, action):
        with self.assertRaises(lacuna.LacunaError) as raised:
            action()
        self.assertIn(sentence, str(raised.exception))


class Tables(MadeRun):
    def test_columns_are_found_with_and_without_their_unit(self):
        history = self.run_made.history
        self.assertEqual(history.unit("time"), "d")
        self.assertEqual(list(history["time"]), [0, 30])  # the half-written last row is left out
        self.assertEqual(list(history["NPMSC dose 1 viable [cells]"]), [5e6, 4e6])
        self.assertIn("time", history)
        self.assertNotIn("glucose", history)

    def test_unknown_columns_name_the_nearest(self):
        history = self.run_made.history
        self.assert_says("there is no column 'NPMSC dose 1 vaible'; did you mean 'NPMSC dose 1 viable'?",
                         lambda: history["NPMSC dose 1 vaible"])
        self.assert_says("there is no column 'npms'; did you mean 'NPMSC dose 1 viable'?", lambda: history["npms"])
        self.assert_says("there is no column 'q'; there are: time, NP cells residents viable, ", lambda: history["q"])
        self.assertRaises(KeyError, lambda: history["q"])

    def test_another_unit_is_refused(self):
        self.assert_says("column 'time' is in d, not in h", lambda: self.run_made.history["time [h]"])

    def test_rows_of_probes_are_selected(self):
        probes = self.run_made.probes
        self.assertEqual(list(probes.select(probe="1")["glucose"]), [4, 3])
        self.assertEqual(list(probes.select(time=30, region="annulus")["x"]), [5])

    def test_pandas(self):
        with mock.patch.dict(sys.modules, {"pandas": None}):
            self.assert_says("needs pandas (Debian: python3-pandas)", self.run_made.history.to_pandas)
        with mock.patch.dict(sys.modules, {"pandas": types.SimpleNamespace(DataFrame=dict)}):
            self.assertEqual(list(self.run_made.probes.to_pandas()),
                             ["time [d]", "probe", "x [mm]", "region", "glucose [mM]"])

    def test_control(self):
        self.assertEqual(list(self.run_made.control.history["NP cells residents viable"]), [1e7, 9e6])
        self.assertEqual(self.run_made.control.summary.quantities["glucose"].whole.mean, 2)


class Summary(MadeRun):
    def test_is_typed(self):
        summary = self.run_made.summary
        self.assertEqual((summary.status, summary.time, summary.regions), ("done", 30, ["nucleus", "annulus"]))
        glucose = summary.quantities["glucose"]
        self.assertEqual((glucose.unit, glucose.integral_unit), ("mM", "nmol"))
        self.assertEqual((glucose.regions["nucleus"].min, glucose.whole.max_at), (1, (3, 4, 5)))
        self.assertEqual(summary.populations["NPMSC"].dose("dose 1").surviving_fraction, 0.8)
        self.assertTrue(math.isnan(summary.populations["NP cells"].dose("residents").leaked))
        self.assertEqual(summary.balance["glucose"].incoming, 3)

    def test_unknown_names_name_the_nearest(self):
        populations = self.run_made.summary.populations
        self.assert_says("there is no population 'NPMCS'; did you mean 'NPMSC'?", lambda: populations["NPMCS"])
        self.assert_says("there is no dose 'dose 2'; did you mean 'dose 1'?",
                         lambda: populations["NPMSC"].dose("dose 2"))

    def test_a_run_that_goes_on_has_none(self):
        (Path(self.folder) / "summary.json").unlink()
        run = lacuna.load(self.folder)
        self.assertFalse(run.has_summary)
        self.assert_says("has no summary.json", lambda: run.summary)
        self.assertIsNone(run.control.summary)

    def test_another_schema_is_refused(self):
        (Path(self.folder) / "summary.json").write_text('{"schema": 2}', encoding="utf-8")
        self.assert_says("schema 2", lambda: lacuna.load(self.folder).summary)


class Fields(MadeRun):
    def test_values_at_points(self):
        found = self.run_made.at("glucose", [(0, 0, 0), (3, -2, 1), (20, 15, 5), (-20, -15, -5), (20.1, 0, 0)])
        numpy.testing.assert_allclose(found.values, [4, 4.25, 5.5, 2.5, math.nan], atol=1e-6)
        self.assertEqual((found.unit, found.label, len(found)), ("mM", "glucose [mM]", 5))
        self.assertEqual(self.run_made.at("pH", (0, 0, 0), time=30).values.shape, ())

    def test_regions_say_from_which_side_to_look(self):
        cells = [float(self.run_made.at("NPMSC, dose 1", (10, 0, 0), region=name).values)
                 for name in ("nucleus", "annulus")]
        self.assertEqual(cells, [5e6, 0])

    def test_units_are_not_lost_by_arithmetic(self):
        found = self.run_made.at("glucose", [(0, 0, 0)])
        self.assertAlmostEqual(float(numpy.mean(found)), 4, places=6)
        quantity: Any = found  # mypy refuses it too
        for action in (lambda: 2 * quantity, lambda: quantity + quantity, lambda: numpy.ones(1) * found):
            self.assertRaises(TypeError, action)

    def test_slices_are_upright(self):
        section = self.run_made.slice("glucose", normal="y", at_mm=1, points=41)
        self.assertEqual((section.axes, section.values.shape, section.unit), (("x", "z"), (11, 41), "mM"))
        numpy.testing.assert_allclose(section.extent, (-20.5, 20.5, -5.5, 5.5))
        exact = 4 + 0.05 * section.columns + 0.1 * section.rows[:, None]
        numpy.testing.assert_allclose(section.values, exact, atol=1e-6)
        nucleus = self.run_made.slice("pH", normal="z", region="nucleus")
        numpy.testing.assert_allclose(nucleus.columns[[0, -1]], [-10, 10])

    def test_fields_keep_their_jumps(self):
        grid = self.run_made.grid()
        region, cells = fields.array(grid, "region"), fields.array(grid, "NPMSC, dose 1")
        self.assertEqual(set(cells[region == 0]), {5e6})
        self.assertEqual(set(cells[region == 1]), {0})

    def test_mistakes(self):
        run = self.run_made
        self.assert_says("there is no field 'glucos'; did you mean 'glucose'?", lambda: run.at("glucos", (0, 0, 0)))
        self.assert_says("field 'glucose' is in mM, not in kPa", lambda: run.at("glucose [kPa]", (0, 0, 0)))
        self.assert_says("there are no fields at 7 d; there are at 30 d", lambda: run.at("pH", (0, 0, 0), time=7))
        self.assert_says("three coordinates each", lambda: run.at("pH", (0, 0)))
        self.assert_says("no region 'nucleos'; did you mean 'nucleus'?", lambda: run.grid(region="nucleos"))
        self.assert_says("is 'x', 'y' or 'z', not 'w'", lambda: run.slice("pH", normal="w"))  # type: ignore[arg-type]
        self.assert_says("the plane z = 6 mm does not meet the tissue, which reaches from -5 mm to 5 mm",
                         lambda: run.slice("pH", normal="z", at_mm=6))

    def test_a_run_without_fields(self):
        (Path(self.folder) / "fields.pvd").unlink()
        run = lacuna.load(self.folder)
        self.assertEqual(len(run.times), 0)
        self.assert_says("(no fields.pvd)", lambda: run.at("pH", (0, 0, 0)))


class Folders(MadeRun):
    def test_no_such_run(self):
        self.assert_says("no such folder; did you mean 'run'?", lambda: lacuna.load(self.folder + "s"))
        (Path(self.folder) / "empty").mkdir()
        self.assert_says("it has no history.csv, fields.pvd or summary.json",
                         lambda: lacuna.load(Path(self.folder) / "empty"))


class Versions(unittest.TestCase):
    def test_the_package_has_that_of_the_program(self):
        cmake = (Path(__file__).parents[3] / "CMakeLists.txt").read_text(encoding="utf-8")
        self.assertEqual(re.search(r"project\(lacuna VERSION ([\d.]+)", cmake).group(1), lacuna.__version__)


if __name__ == "__main__":
    unittest.main()
