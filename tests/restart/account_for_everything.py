#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""A run that goes on from a finished one takes everything, or says what it does not take.

    account_for_everything.py LACUNA
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
ZERO_ORDER = DATA.parent.parent / "parameter-files" / "verification" / "slab-zero-order.prm"
LACUNA = sys.argv.pop(1)


def lacuna(verb, file, *settings, output=None):
    command = [LACUNA, verb, str(file)]
    for setting in settings:
        command += ["--set", setting]
    if output is not None:
        command += ["--output", str(output), "--quiet"]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def without_injections(file, folder):
    text, dropped = [], False
    for line in file.read_text().splitlines():
        if line == "subsection Injections":
            dropped = True
        if not dropped:
            text.append(line)
        if line == "end":
            dropped = False
    case = folder / "without-doses.prm"
    case.write_text("\n".join(text) + "\n")
    return case


class Continued(unittest.TestCase):
    temporary: tempfile.TemporaryDirectory[str]
    folder: pathlib.Path
    first: pathlib.Path
    start: tuple[str, str]

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.first = cls.folder / "first"
        done = lacuna("run", DATA / "one-dose.prm", output=cls.first)
        assert done.returncode == 0, done.stderr
        cls.start = ("Initial state/Start=finished run", f"Initial state/Run folder={cls.first}")

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def go_on(self, file, *settings):
        output = self.folder / self._testMethodName
        return output, lacuna("run", file, *self.start, *settings, output=output)

    def dose(self, output, name="dose 1"):
        summary = json.loads((output / "summary.json").read_text())
        return next(dose for dose in summary["populations"]["AMSC"]["doses"] if dose["name"] == name)

    def refused(self, file, *settings):
        output, done = self.go_on(file, *settings)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertFalse(output.exists())
        check = lacuna("check", file, *self.start, *settings)
        self.assertEqual((check.returncode, check.stderr), (2, done.stderr))
        return done.stderr

    def test_cells_of_an_earlier_dose_live_on_and_are_counted_on(self):
        whole = self.folder / "whole"
        self.assertEqual(lacuna("run", DATA / "one-dose.prm", "Time/End=10 d", output=whole).returncode, 0)
        output, done = self.go_on(without_injections(DATA / "one-dose.prm", self.folder))
        self.assertEqual(done.returncode, 0, done.stderr)
        continued, expected = self.dose(output), self.dose(whole)
        self.assertEqual((continued["delivered"], continued["time"]), (expected["delivered"], -5))
        for quantity in ("viable", "dead"):
            self.assertAlmostEqual(continued[quantity] / expected[quantity], 1, delta=2e-3)
        self.assertLess(continued["viable"], self.dose(self.first)["viable"])

    def test_with_the_clock_of_the_finished_run_its_dose_is_not_given_again(self):
        output, done = self.go_on(DATA / "one-dose.prm", "Time/Start=5 d", "Time/End=10 d")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.dose(output)["time"], 0)
        self.assertLess(self.dose(output)["viable"], self.dose(self.first)["viable"])

    def test_a_dose_of_the_same_name_is_refused(self):
        self.assertIn(f"'dose 1' was given already by the finished run in '{self.first}', 5 d before its end; a new dose "
                      "needs another name. To go on with the dose that was given, write 'set Start = 5 d' in section Time",
                      self.refused(DATA / "one-dose.prm"))

    def test_what_has_no_place_is_refused_by_name(self):
        case = without_injections(DATA / "one-dose.prm", self.folder)
        renamed = self.folder / "renamed.prm"
        renamed.write_text(case.read_text().replace("subsection AMSC", "subsection AMSCs").replace(
            "set Population = AMSC", "set Population = AMSCs"))
        message = self.refused(renamed)
        self.assertIn(f"'AMSC, dose 1' of the finished run in '{self.first}' has no place in this case", message)
        self.assertIn("set Left behind = ", message)

    def test_what_the_run_did_not_have_is_refused_by_name(self):
        case = self.folder / "with-residents.prm"
        case.write_text(without_injections(DATA / "one-dose.prm", self.folder).read_text().replace(
            "subsection AMSC\n  end", "subsection AMSC\n    set Density in nucleus = 1e6 /mL\n  end"))
        self.assertIn(f"'AMSC' did not exist in the finished run in '{self.first}'", self.refused(case))
        output, done = self.go_on(case, "Initial state/Begun anew=AMSC")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreater(self.dose(output, "residents")["viable"], 0)

    def test_cells_are_left_behind_on_request(self):
        output, done = self.go_on(without_injections(DATA / "one-dose.prm", self.folder),
                                  "Initial state/Left behind=dose 1", "Initial state/Begun anew=AMSC")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.dose(output, "residents")["viable"], 0)

    def test_a_name_that_stands_for_nothing_is_refused(self):
        self.assertIn("'Left behind' names 'dose 2', which does not exist; did you mean 'dose 1'?",
                      self.refused(without_injections(DATA / "one-dose.prm", self.folder),
                                   "Initial state/Left behind=dose 2"))

    def test_a_start_after_the_end_is_refused(self):
        self.assertIn("the run would end at 5 d, before it starts ('Start = 7 d')",
                      self.refused(DATA / "one-dose.prm", "Time/Start=7 d"))


class Judged(unittest.TestCase):
    """What is computed is also judged."""

    def run_case(self, file, *settings):
        with tempfile.TemporaryDirectory() as folder:
            output = pathlib.Path(folder) / "run"
            done = lacuna("run", file, *settings, output=output)
            return done, json.loads((output / "summary.json").read_text())

    def test_a_steady_state_that_is_zero_is_found_without_a_warning(self):
        done, summary = self.run_case(DATA / "zero-steady.prm")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(summary["warnings"], [])
        self.assertLess(summary["newton_iterations"], 12)
        glucose = summary["quantities"]["glucose"]["whole"]
        self.assertLess(max(abs(glucose["min"]), abs(glucose["max"])), 1e-15)

    def test_a_balance_that_does_not_close_ends_the_run(self):
        done, summary = self.run_case(DATA / "one-dose.prm", "Solver/Newton tolerance=0.1")
        self.assertEqual(done.returncode, 3)
        self.assertIn("does not close", done.stderr)
        self.assertEqual(summary["status"], "not converged")

    def test_a_pH_that_means_nothing_ends_the_run(self):
        done, _ = self.run_case(DATA / "one-dose.prm", "Boundary conditions/right/lactate/Value=700 mM")
        self.assertEqual(done.returncode, 3)
        self.assertIn("pH falls to -55.6 in the nucleus", done.stderr)

    def test_uptake_of_what_is_not_there_ends_the_run(self):
        # 0.2 mM - 1e-4 mM/s (4 mm)^2 / (2 1.5e-3 mm2/s) = -1/3 mM
        done, summary = self.run_case(ZERO_ORDER, "Geometry/Box/Layers=tissue: 4 mm / 20")
        self.assertEqual(done.returncode, 3)
        self.assertIn("glucose falls to -0.333 mM in the tissue, at (0, 0, 0.05) mm", done.stderr)
        self.assertEqual(summary["status"], "not converged")

    def test_a_little_less_than_nothing_is_warned_of(self):
        # 0.2 mM - 1e-4 mM/s (2.5 mm)^2 / (2 1.5e-3 mm2/s) = -1/120 mM
        done, summary = self.run_case(ZERO_ORDER, "Geometry/Box/Layers=tissue: 2.5 mm / 20")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("glucose was negative, down to -0.00833 mM", " ".join(summary["warnings"]))

    def test_a_balance_that_closes_badly_is_warned_of(self):
        done, summary = self.run_case(DATA / "one-dose.prm", "Solver/Newton tolerance=1e-4",
                                      "Solver/Reactions=lumped")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("closes only to", " ".join(summary["warnings"]))


if __name__ == "__main__":
    unittest.main()
