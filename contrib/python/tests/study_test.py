# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Studies made here, and small real ones of the program that LACUNA_PROGRAM names."""
import os
import signal
import subprocess
import sys
import unittest
from pathlib import Path

import lacuna
import numpy
from lacuna import answers
from lacuna.study import Input

from made import WithFolder, answer, crossed, labels, numbers, sampled, write_outcome, write_run, write_study

SUPPLY = Path(__file__).parents[3] / "parameter-files" / "cookbook" / "dose-and-supply.prm"
INPUTS = [numbers("volume", "mL", 0.5, 1, 2), labels("grade", "II", "III")]


def cells_and_glucose(row):
    return [1e5 * row["volume"] * (2 if row["grade"] == "II" else 1), 3 - row["volume"]]


class Made(WithFolder):
    def write(self, statuses=None):
        write_study(self.folder, INPUTS, crossed(INPUTS), [answer("surviving cells"), answer("glucose", "mM", "none")],
                    cells_and_glucose, statuses=statuses)
        return lacuna.load_study(self.folder)

    def assert_says(self, sentence, action):
        with self.assertRaises(lacuna.LacunaError) as raised:
            action()
        self.assertIn(sentence, str(raised.exception))


class Loading(Made):
    def test_the_plan(self):
        study = self.write()
        self.assertEqual((study.title, study.method, len(study.cases)), ("A study", "grid", 6))
        self.assertEqual([given.name for given in study.inputs], ["volume", "grade"])
        self.assertEqual((study.input("volume").unit, study.input("volume").numbers), ("mL", (0.5, 1, 2)))
        self.assertEqual(study.answer("surviving cells").goal, "largest")
        self.assertEqual(study.cases[3].inputs["volume"], "1 mL")
        self.assert_says("there is no input 'volumes'; did you mean 'volume'?", lambda: study.input("volumes"))

    def test_the_table_has_units_and_texts(self):
        table = self.write().table
        self.assertEqual((table.unit("volume"), table.unit("surviving cells"), table.unit("seconds")),
                         ("mL", "cells", "s"))
        self.assertEqual(list(table["grade"]), ["II", "III"] * 3)
        self.assertEqual(list(table.select(grade="II")["surviving cells"]), [1e5, 2e5, 4e5])

    def test_an_answer_named_like_a_column_of_the_history_is_the_answer(self):
        write_study(self.folder, INPUTS, crossed(INPUTS), [answer("time", "d", "none")], lambda row: [row["volume"]])
        self.assertEqual(list(lacuna.load_study(self.folder).table["time"]), [0.5, 0.5, 1, 1, 2, 2])  # and not 30

    def test_pandas(self):
        self.assertEqual(list(self.write().to_pandas().columns[4:7]),
                         ["volume [mL]", "grade", "surviving cells [cells]"])

    def test_statuses_while_it_goes_on(self):
        study = self.write({2: "failed", 3: "waiting", 4: "stopped"})
        self.assertEqual(study.statuses, {"done": 3, "not possible": 0, "failed": 1, "stopped": 1, "waiting": 1})
        self.assertEqual(study.failures, {2: "the solve did not converge"})
        self.assertEqual((study.outcome(1).seconds, study.outcome(3).status), (1.5, "waiting"))
        write_outcome(self.folder, 3, "done")
        self.assertEqual(study.statuses, {"done": 4, "not possible": 0, "failed": 1, "stopped": 1, "waiting": 0})
        (Path(self.folder) / "outcomes" / "0001.json").write_text('{"case": 1, "sta', encoding="utf-8")
        self.assertEqual(study.outcome(1).status, "waiting")

    def test_cases_are_runs(self):
        study = self.write({3: "waiting"})
        os.makedirs(Path(self.folder) / "cases")
        write_run_at(study, "cases/0001")
        self.assertEqual(list(study.case(1).history["time"]), [0, 30])
        write_run_at(study, "untreated/1")
        self.assertEqual(study.untreated(1).summary.status, "done")
        self.assert_says("case 3 of", lambda: study.case(3))
        self.assert_says("resume " + self.folder + " --only 3", lambda: study.case(3))
        self.assert_says("there is no case '7'; there are: 1 to 6", lambda: study.case(7))

    def test_logarithmic_steps_are_seen(self):
        self.assertTrue(Input.of(numbers("cells", "1", 1e6, 3e6, 9e6)).logarithmic)
        self.assertFalse(Input.of(numbers("cells", "1", 1, 2, 3)).logarithmic)
        self.assertFalse(Input.of(numbers("cells", "1", 1, 4)).logarithmic)
        self.assertTrue(Input.of(sampled("cells", "1", 1, 4, logarithmic=True)).logarithmic)


def write_run_at(study, folder):
    path = Path(study.folder) / folder
    path.mkdir(parents=True)
    write_run(path)


class Mistakes(Made):
    def test_a_study_is_no_run(self):
        self.write()
        self.assert_says("is a study, not a run: read it with lacuna.load_study", lambda: lacuna.load(self.folder))

    def test_a_run_is_no_study(self):
        write_run(self.folder)
        self.assert_says("is a run, not a study: read it with lacuna.load(", lambda: lacuna.load_study(self.folder))

    def test_neither(self):
        self.assert_says("it has no study.json", lambda: lacuna.load_study(self.folder))

    def test_no_results_yet(self):
        study = self.write()
        (Path(self.folder) / "results.csv").unlink()
        self.assert_says(f"lacuna study collect {self.folder}", lambda: study.table)

    def test_another_schema(self):
        (Path(self.folder) / "study.json").write_text('{"schema": 2}', encoding="utf-8")
        self.assert_says("schema 2", lambda: lacuna.load_study(self.folder))


class Program(Made):
    """What the program is asked, and what comes of its answers; a script stands for it."""

    def script(self, *lines):
        program = Path(self.folder).parent / "lacuna"
        program.write_text("\n".join(["#!/bin/sh", f'echo "$@" > {program}.asked', *lines]) + "\n", encoding="utf-8")
        program.chmod(0o755)
        return program

    def asked(self):
        return Path(self.folder).with_name("lacuna.asked").read_text(encoding="utf-8").strip()

    def test_a_study(self):
        self.write()
        program = self.script(f"echo 'Results: {self.folder}'")
        study = lacuna.study("a.prm", {"Time/End": "3 d"}, output="there", jobs=2, only=["3-9,12", "grade=III"],
                             program=program, overwrite=True)
        self.assertEqual(len(study.cases), 6)
        self.assertEqual(self.asked(), "study a.prm --set Time/End=3 d --output there --overwrite --jobs 2 "
                                       "--only 3-9,12 --only grade=III")

    def test_going_on(self):
        self.write()
        lacuna.resume_study(self.folder, only=7, retry_failed=True, program=self.script("exit 0"))
        self.assertEqual(self.asked(), f"study resume {self.folder} --only 7 --retry-failed")
        self.assert_says("at least one job, not 0", lambda: lacuna.resume_study(self.folder, 0, program="true"))

    def test_failed_cases_are_warned_of(self):
        self.write({2: "failed"})
        with self.assertWarnsRegex(UserWarning, "1 of 6 cases failed; case 2: the solve did not converge"):
            lacuna.study("a.prm", output=self.folder, program=self.script("exit 3"))

    def test_mistakes_are_the_sentence_of_the_program(self):
        with self.assertRaises(lacuna.RunFailed) as raised:
            lacuna.study("a.prm", program=self.script("echo 'error: a.prm: there is no such file' >&2", "exit 2"))
        self.assertEqual((str(raised.exception), raised.exception.status), ("a.prm: there is no such file", 2))

    def test_interruption_waits_until_the_program_has_ended(self):
        """It is told to stop, and what it then says is heard, so that it can write what it has."""
        program = self.script(f"trap 'sleep 0.5; echo much; echo done > {self.folder}/written; exit 4' TERM",
                              "kill -INT $PPID  # at once: whoever starts it may not be listening yet",
                              "while true; do sleep 0.05; done")
        script = ("import signal, lacuna; signal.signal(signal.SIGINT, signal.default_int_handler); "
                  f"lacuna.study('a.prm', program='{program}')")
        subprocess.run([sys.executable, "-c", script], stderr=subprocess.DEVNULL, start_new_session=True, check=False)
        self.assertTrue((Path(self.folder) / "written").exists())


class Real(WithFolder):
    """A study of the program: what Python reads is what each run says."""

    def test_dose_and_supply(self):
        file = Path(self.folder) / "supply.prm"
        file.write_text(f"""
            set Title = Dose against supply
            set Case  = {SUPPLY}
            subsection Changes
              subsection Output
                set Fields = no
              end
              subsection Geometry
                subsection Box
                  set Layers = nucleus: 5 mm / 10
                end
              end
            end
            subsection Axes
              subsection density
                set Parameter = Cells/injected cells/Density in nucleus
                set Range     = 1e5 /mL, 4e6 /mL
                set Steps     = 3
                set Spacing   = logarithmic
              end
              subsection closure
                set Parameter = Acidity/Closure
                set Values    = Soukane, UPF
              end
            end
            subsection Answers
              subsection surviving cells
                set Quantity = injected cells residents viable
                set Goal     = largest
              end
            end
            """, encoding="utf-8")
        study = lacuna.study(file, {"Time/End": "3 d"}, output=Path(self.folder) / "out", jobs=2)
        self.assertEqual(study.statuses["done"], 6)
        table = study.table
        self.assertEqual((table.unit("density"), table.unit("surviving cells")), ("/mL", "cells"))
        self.assertEqual(sorted(set(table["closure"])), ["Soukane", "UPF"])
        for number, value in zip(table["case"], table["surviving cells"]):
            history = study.case(int(number)).history
            numpy.testing.assert_allclose(value, history["injected cells residents viable"][-1], rtol=1e-9)
            self.assertEqual(history["time"][-1], 3)
        report, = answers.answers(study)
        self.assertEqual((report.n_cases, report.effects[0].input, report.best.inputs["density"]), (6, "density", 4e6))
        self.assertEqual(report.best.at_edge, ["density"])

    def test_mistakes(self):
        with self.assertRaisesRegex(lacuna.RunFailed, "there is no such file"):
            lacuna.study("no.prm", output=Path(self.folder) / "out")


if __name__ == "__main__":
    unittest.main()
