# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Real runs of the program that LACUNA_PROGRAM names."""
import os
import unittest
from pathlib import Path
from unittest import mock

import lacuna
import numpy
from lacuna import pictures, runs

from made import WithFolder

CASES = Path(__file__).parents[3] / "parameter-files"
SLAB = CASES / "verification" / "slab-bibby.prm"
DEPOT = CASES / "cookbook" / "exosome-depot.prm"


class Slab(WithFolder):
    def test_steady_state(self):
        run = lacuna.run(SLAB, output=self.folder)
        self.assertEqual((run.folder, run.summary.status, run.control), (self.folder, "done", None))
        self.assertEqual(run.history.unit("oxygen min nucleus"), "kPa")
        numpy.testing.assert_allclose(run.history["oxygen min nucleus"], [1.64099], rtol=1e-4)
        # What the probe of the program says is what the fields say.
        for name in ("oxygen", "glucose", "lactate", "pH"):
            numpy.testing.assert_allclose(run.at(name, (0, 0, 0)).values, run.probes[name][0], rtol=1e-6)
        across = run.at("glucose", [(x, 0.125, 0.125) for x in numpy.linspace(0, 5, 21)])
        self.assertTrue(numpy.all(numpy.diff(across.values) > 0))
        self.assertFalse(numpy.isnan(run.slice("oxygen", normal="z").values).any())

    def test_two_ranks_give_what_one_gives(self):
        one = lacuna.run(SLAB, output=Path(self.folder) / "one")
        two = lacuna.run(SLAB, output=Path(self.folder) / "two", ranks=2)
        self.assertEqual(two.summary.ranks, 2)
        numpy.testing.assert_allclose(two.slice("glucose", normal="y").values, one.slice("glucose", normal="y").values,
                                      rtol=1e-5)

    def test_the_folder_that_the_file_names(self):
        here = os.getcwd()
        self.addCleanup(os.chdir, here)
        os.chdir(self.folder)
        run = lacuna.run(SLAB, {"Output/Fields": False})
        self.assertEqual(Path(run.folder), Path("results/slab-bibby"))
        self.assertEqual(len(run.times), 0)


class Depot(WithFolder):
    def test_history_control_and_picture(self):
        run = lacuna.run(DEPOT, {"Time/End": "14 d", "Output/Field times": "3 d"}, output=self.folder)
        self.assertEqual(list(run.times), [0, 3, 14])
        residents = run.summary.populations["NP cells"].dose("residents")
        untreated = run.control.summary.populations["NP cells"].dose("residents")
        self.assertGreater(residents.surviving_fraction, untreated.surviving_fraction + 0.01)
        self.assertAlmostEqual(run.history["NP cells residents viable"][-1] / residents.viable, 1, places=9)
        self.assertEqual(run.summary.quantities["exosome depot"].integral_unit, "1")
        centre = (0, 0.5, 0.5)
        for time in (0, 3, 14):
            row = run.probes.select(probe="symmetry plane", time=time)
            numpy.testing.assert_allclose(run.at("exosome depot", centre, time).values, row["exosome depot"][0],
                                          rtol=1e-6)
        figure = pictures.picture(run)
        self.assertEqual([axes.get_title() for axes in figure.axes if axes.get_title()],
                         ["Glucose [mM]", "pH", "Exosomes [10⁹/mL]", "Exosome depot [10⁹/mL]"])


class Mistakes(WithFolder):
    def failure(self, file, settings=None, **options):
        with self.assertRaises(lacuna.RunFailed) as raised:
            lacuna.run(file, settings, output=self.folder, **options)
        return raised.exception

    def test_the_sentence_of_the_program(self):
        error = self.failure(SLAB, {"Tisue/Porosity": 0.8})
        self.assertEqual(str(error), "--set 'Tisue/Porosity=0.8': there is no section 'Tisue'; did you mean 'Tissue'?")
        self.assertEqual((error.status, error.folder), (2, None))
        self.assertEqual(str(self.failure("no.prm")), "no.prm: there is no such file")

    def test_several_ranks_say_it_once(self):
        self.assertEqual(str(self.failure("no.prm", ranks=2)), "no.prm: there is no such file")

    def test_results_are_not_overwritten_unasked(self):
        (Path(self.folder) / "history.csv").write_text("old\n", encoding="utf-8")
        self.assertIn("already holds files", str(self.failure(SLAB)))
        self.assertEqual(lacuna.run(SLAB, output=self.folder, overwrite=True).summary.status, "done")

    def test_a_solve_that_does_not_converge(self):
        program = Path(self.folder) / "lacuna"
        program.write_text("#!/bin/sh\necho 'Warning: no step is small enough' >&2\necho 'Results: there'\nexit 3\n")
        program.chmod(0o755)
        error = self.failure(SLAB, program=program)
        self.assertEqual(str(error), "the solve did not converge: no step is small enough (what was computed is in "
                                     "'there')")
        self.assertEqual((error.status, error.folder), (3, "there"))

    def test_no_program(self):
        with self.assertRaisesRegex(lacuna.LacunaError, "program = '/no/lacuna' is no program"):
            lacuna.run(SLAB, program="/no/lacuna")
        with mock.patch.dict(os.environ, {"LACUNA_PROGRAM": "/no/lacuna"}):
            with self.assertRaisesRegex(lacuna.LacunaError, "LACUNA_PROGRAM = '/no/lacuna' is no program"):
                lacuna.run(SLAB)

    def test_what_the_program_is_asked(self):
        words = runs.command("a.prm", {"Output/Fields": True, "Time/End": "3 d"}, output="b", program="true",
                             overwrite=True)
        self.assertEqual(words[1:], ["run", "a.prm", "--set", "Output/Fields=yes", "--set", "Time/End=3 d", "--output",
                                     "b", "--overwrite"])
        with self.assertRaisesRegex(lacuna.LacunaError, "at least one rank, not 0"):
            runs.command("a.prm", ranks=0, program="true")


if __name__ == "__main__":
    unittest.main()
