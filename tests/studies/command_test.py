#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""`lacuna study` from the command line: what it writes, what it survives. LACUNA_PROGRAM names the program."""

import csv
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

PROGRAM = os.environ["LACUNA_PROGRAM"]
CASES = pathlib.Path(__file__).resolve().parents[2] / "parameter-files"

# Two doses in two supplies; the disc is coarse, so that a case takes a second.
STUDY = """
set Title = Dose and supply
set Case  = {case}
subsection Changes
  subsection Geometry
    set Global refinements = 0
  end
  subsection Time
    set End = 2 d
  end
  subsection Output
    set Field times =
  end
end
subsection Axes
  subsection cells
    set Parameter = Injections/dose 1/Amount
    set Values    = {amounts}
  end
  subsection endplates
    subsection Levels
      subsection open
      end
      subsection calcified
        subsection Tissue
          subsection endplate
            set Porosity = 0.48
          end
        end
      end
    end
  end
end
subsection Answers
  subsection surviving cells
    set Quantity = NPMSC dose 1 viable
    set Goal     = largest
  end
  subsection residents lost
    set Quantity = resident cells residents viable
    set Compare  = difference from untreated
  end
end
"""


class StudyCommand(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.case = self.folder / "case.prm"
        shutil.copy(CASES / "cookbook" / "lumbar-npmsc-injection.prm", self.case)
        self.results = self.folder / "results"
        self.write_study("1e6, 6e6")

    def write_study(self, amounts):
        self.file = self.folder / "study.prm"
        self.file.write_text(STUDY.format(case=self.case, amounts=amounts))

    def call(self, *arguments, status=0):
        done = subprocess.run([PROGRAM, "study", *map(str, arguments)], capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout if status == 0 else done.stderr

    def begin(self, *arguments, status=0):
        return self.call(self.file, "--output", self.results, *arguments, status=status)

    def table(self):
        with open(self.results / "results.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def times_of_summaries(self):
        return {path: path.stat().st_mtime_ns for path in self.results.glob("cases/*/summary.json")}

    def test_a_study_from_beginning_to_end(self):
        planned = self.begin("--dry-run")
        self.assertIn("case 4: cells = 6e6, endplates = calcified", planned)
        self.assertFalse(self.results.exists(), "a dry run writes nothing")

        said = self.begin("--jobs", 2)
        self.assertIn("4 cases that share 2 untreated tissues", said)
        self.assertIn("6/6", said)
        self.assertNotIn("\033", said, "no control codes in a pipe")
        rows = self.table()
        self.assertEqual([row["case"] for row in rows], ["1", "2", "3", "4"])
        self.assertEqual([row["endplates"] for row in rows], ["open", "calcified"] * 2)
        self.assertTrue(all(row["status"] == "done" for row in rows))
        for row in rows:
            last = self.last_row(self.results / row["folder"] / "history.csv")
            untreated = self.last_row(self.results / row["folder"] / "control" / "history.csv")
            self.assertEqual(row["surviving cells [cells]"], last["NPMSC dose 1 viable [cells]"])
            self.assertEqual(row["glucose min nucleus [mM]"], last["glucose min nucleus [mM]"])
            self.assertEqual(row["untreated glucose min nucleus [mM]"], untreated["glucose min nucleus [mM]"])
            name = "resident cells residents viable [cells]"
            self.assertAlmostEqual(float(row["residents lost [cells]"]), float(last[name]) - float(untreated[name]),
                                   delta=1)
        self.assertIn("4 done", self.call("status", self.results))
        self.assertEqual(self.call("status", self.results, "--unfinished"), "\n")

        self.assertIn("already holds a study", self.begin(status=2))
        before = self.times_of_summaries()
        self.assertIn("0 runs to do", self.call("resume", self.results))
        self.assertEqual(self.times_of_summaries(), before, "finished cases are not run again")

        # A kill may come between the results and the outcome of a case.
        (self.results / "outcomes" / "0001.json").unlink()
        self.assertIn("0 runs to do", self.call("resume", self.results))
        self.assertEqual(json.loads((self.results / "outcomes" / "0001.json").read_text())["status"], "done")

        # One more value: only what is new is computed, and what is there keeps its folder.
        self.write_study("1e6, 3e6, 6e6")
        self.assertIn("2 runs to do", self.call("resume", self.results))
        self.assertEqual({path: time for path, time in self.times_of_summaries().items() if path in before}, before)
        self.assertEqual([row["case"] for row in self.table()], ["1", "2", "5", "6", "3", "4"])

        # Another case file under finished results is noticed.
        self.case.write_text(self.case.read_text().replace("set Porosity             = 0.76",
                                                           "set Porosity             = 0.74"))
        said = self.call("resume", self.results, status=2)
        self.assertIn("6 finished cases would be computed with another input; "
                      "case 1: 'Tissue/nucleus/Porosity' was '0.76' and is now '0.74'", said)
        self.assertEqual({path: time for path, time in self.times_of_summaries().items() if path in before}, before)
        self.assertIn("6 finished cases", self.call("resume", self.results, "--only", "1", status=2))
        self.assertIn("2 runs to do", self.call("resume", self.results, "--accept-changes", "--only", "1",
                                                "--dry-run"))

    def last_row(self, file):
        with open(file, encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))[-1]

    def test_shared_untreated_tissue_changes_nothing(self):
        self.begin("--only", "endplates=open")
        alone = self.folder / "alone"
        self.call(self.file, "--output", alone, "--only", "1", "--set", "Execution/Share untreated tissue=no")
        self.assertFalse((alone / "untreated").exists())
        for name in ("history.csv", "control/history.csv"):
            self.assertEqual((self.results / "cases/0001" / name).read_text(),
                             (alone / "cases/0001" / name).read_text())
        ours, theirs = (json.loads((folder / "cases/0001/summary.json").read_text()) for folder in (self.results, alone))
        for part in ("quantities", "populations", "control", "differences"):
            self.assertEqual(ours[part], theirs[part])

    def test_a_case_that_fails_stops_no_other(self):
        # The bolus of one case does not fit into the nucleus: seen only when the mesh is there.
        self.file.write_text(self.file.read_text().replace("set Parameter = Injections/dose 1/Amount",
                                                           "set Parameter = Injections/dose 1/Volume")
                             .replace("1e6, 6e6", "50 mL, 1 mL"))
        said = self.begin(status=3)
        self.assertIn("failed: ", said)
        self.assertIn("which can hold", said)
        rows = self.table()
        self.assertEqual([row["status"] for row in rows], ["failed", "failed", "done", "done"])
        self.assertIn("which can hold", rows[0]["reason"])
        self.assertEqual(rows[0]["surviving cells [cells]"], "nan")
        self.assertEqual(self.call("status", self.results, "--failed"), "1-2\n")
        self.assertIn("0 runs to do", self.call("resume", self.results))
        self.assertIn("2 runs to do", self.call("resume", self.results, "--retry-failed", "--dry-run"))

    def test_a_killed_study_goes_on_where_it_was(self):
        for how in (signal.SIGKILL, signal.SIGTERM):
            with self.subTest(how=how):
                shutil.rmtree(self.results, ignore_errors=True)
                study = subprocess.Popen([PROGRAM, "study", self.file, "--output", self.results, "--jobs", "1"],
                                         stdout=subprocess.DEVNULL)
                first = self.results / "outcomes" / "0001.json"
                while not first.exists() and study.poll() is None:
                    time.sleep(0.02)
                study.send_signal(how)
                study.wait(timeout=60)
                self.assertEqual(study.returncode, -9 if how == signal.SIGKILL else 4)
                self.wait_until_nothing_runs()
                self.assertIn("waiting", self.call("status", self.results))
                before = self.times_of_summaries()[self.results / "cases/0001/summary.json"]
                self.call("resume", self.results)
                self.assertEqual([row["status"] for row in self.table()], ["done"] * 4)
                self.assertEqual(self.times_of_summaries()[self.results / "cases/0001/summary.json"], before)

    def wait_until_nothing_runs(self):
        """What the study had started ends with it."""
        mark = str(self.results).encode()
        for _ in range(600):
            running = []
            for process in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    if mark in process.read_bytes():
                        running.append(process)
                except OSError:
                    continue  # ended meanwhile
            if not running:
                return
            time.sleep(0.05)
        self.fail("cases go on without their study")

    def test_a_dry_run_beside_results_says_what_is_there_and_touches_nothing(self):
        self.begin("--only", "1")
        before = {path: path.stat().st_mtime_ns for path in self.results.rglob("*")}
        said = self.begin("--dry-run")
        self.assertIn("case 4: cells = 6e6, endplates = calcified", said)
        self.assertIn(f"'{self.results}' already holds a study; it is not touched.", said)
        self.assertIn("It has 4 cases: 3 waiting, 1 done", said)
        self.assertIn("holds a study, which would be replaced", self.begin("--dry-run", "--overwrite"))
        self.assertEqual(before, {path: path.stat().st_mtime_ns for path in self.results.rglob("*")})
        self.assertIn("already holds a study", self.begin(status=2))

    def test_a_dry_run_beside_other_files_says_so(self):
        self.results.mkdir()
        (self.results / "notes.txt").write_text("mine")
        self.assertIn("holds files that are not of a study", self.begin("--dry-run"))
        self.assertIn("holds files that are not of a study", self.begin(status=2))

    def test_the_columns_that_answers_are_held_against_are_those_that_a_run_writes(self):
        self.begin("--only", "1")
        row = self.last_row(self.results / "cases/0001/history.csv")
        untreated = self.last_row(self.results / "cases/0001/control/history.csv")
        text = self.file.read_text()
        asked = "".join(f"  subsection asked {number}\n    set Quantity = {name.split(' [')[0]}\n{compare}  end\n"
                        for compare, columns in (("", row), ("    set Compare = ratio to untreated\n", untreated))
                        for number, name in enumerate(columns, 1000 if compare else 0))
        self.file.write_text(text.replace("subsection Answers\n", "subsection Answers\n" + asked))
        self.begin("--dry-run")
        only_treated = next(name for name in row if name not in untreated).split(" [")[0]
        for quantity, compare in (("glucose min", ""), ("NPMCS dose 1 viable", ""),
                                  (only_treated, "    set Compare = ratio to untreated\n")):
            with self.subTest(quantity=quantity):
                self.file.write_text(text.replace("subsection Answers\n", "subsection Answers\n  subsection wrong\n"
                                                  f"    set Quantity = {quantity}\n{compare}  end\n"))
                for arguments in (("--dry-run",), ()):
                    said = self.call(self.file, "--output", self.folder / "other", *arguments, status=2)
                    self.assertIn("4 of 4 cases cannot give the answers that are asked; nothing was run.", said)
                    self.assertIn("Answers/wrong/", said)
                self.assertFalse((self.folder / "other").exists())

    def test_a_case_on_two_ranks(self):
        self.begin("--only", "1", "--set", "Execution/Ranks=2")
        summary = json.loads((self.results / "cases/0001/summary.json").read_text())
        self.assertEqual(summary["ranks"], 2)

    def test_a_time_limit_ends_a_case(self):
        self.begin("--only", "1", "--set", "Execution/Time limit=0.001 min", status=3)
        self.assertIn("it took longer than the time limit", self.table()[0]["reason"])

    def test_wrong_words_are_told(self):
        self.assertIn("FILE is missing; write 'lacuna study FILE' (FILE: study file), or one of the commands 'status', "
                      "'resume' and 'collect'", self.call(status=2))
        self.assertIn("--jobs: '0' is no whole number from 1 to 100000", self.begin("--jobs", 0, status=2))
        self.assertIn("--to: 'pbs' is not a batch system that is known here; there are 'slurm' and "
                      "'snakemake'", self.begin("--to", "pbs", status=2))
        self.assertIn("is not the folder of a study", self.call("status", self.folder / "nothing", status=2))
        self.assertIn("is not the folder of a study", self.call("resume", self.folder, status=2))
        self.begin("--only", "1")
        self.assertIn("--untreated 3: the study has 2 untreated tissues",
                      self.call("resume", self.results, "--untreated", 3, status=2))

    def test_a_study_is_not_for_mpirun(self):
        done = subprocess.run([PROGRAM, "study", self.file], capture_output=True, text=True,
                              env=os.environ | {"OMPI_COMM_WORLD_SIZE": "2", "OMPI_COMM_WORLD_RANK": "0"})
        self.assertEqual(done.returncode, 2)
        self.assertIn("call it without mpirun", done.stderr)

    def test_samples_are_planned_as_asked(self):
        planned = self.begin("--dry-run", "--set", "Sampling/Method=latin hypercube", "--set", "Sampling/Samples=5",
                             "--set", "Axes/cells/Values=", "--set", "Axes/cells/Range=1e6, 1e7")
        self.assertIn("10 cases", planned)


if __name__ == "__main__":
    unittest.main()
