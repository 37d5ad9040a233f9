# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The commands of the package end with a sentence and a status, never with a traceback, whatever they are given."""
import contextlib
import errno
import io
import os
import shutil
import subprocess
import sys
import unittest
from unittest import mock

from lacuna.command_line import status_of
from lacuna.files import write_text

from made import WithFolder
from made_study import small_plan, write_study
from report_runs import write, write_run

COMMANDS = ("report", "answers", "pictures")
PARAMETER = "Laws/x/y = 0.1 .. 2 1/d"


class CommandLine(WithFolder):
    def call(self, command, *arguments, status=2):
        """What it says; without a traceback."""
        done = subprocess.run([sys.executable, "-m", f"lacuna.{command}", *arguments], capture_output=True, text=True,
                              timeout=300, cwd=self.folder)
        self.assertNotIn("Traceback", done.stderr)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stderr if status else done.stdout

    def refused(self, command, *arguments, status=2):
        said = self.call(command, *arguments, status=status)
        self.assertTrue(said.startswith("error: "), said)
        self.assertNotIn("[Errno", said)
        return said

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def run_in(self, name):
        folder = self.path(name)
        os.makedirs(folder)
        write_run(folder)
        return folder

    # ---- Libraries that are missing

    def without(self, library, command, *arguments):
        """What a command says where a library cannot be imported."""
        os.makedirs(self.path("shadow"), exist_ok=True)
        shadow = self.path("shadow", f"{library}.py")
        with open(shadow, "w", encoding="utf-8") as file:
            file.write(f"raise ModuleNotFoundError('no {library}', name='{library}')\n")
        places = os.pathsep.join([self.path("shadow"), os.environ.get("PYTHONPATH", "")])
        with mock.patch.dict(os.environ, PYTHONPATH=places):
            said = self.refused(command, *arguments, status=5)
        os.remove(shadow)
        return said

    def test_a_missing_library_is_named_with_its_package(self):
        run, study = self.run_in("run"), self.path("study")
        write_study(study, small_plan())
        for command, folder, libraries in (
                ("pictures", run, ("numpy", "matplotlib", "vtk")), ("report", run, ("numpy", "jinja2", "vtk")),
                ("report", study, ("markupsafe",)), ("answers", study, ("numpy",)), ("calibration", run, ("numpy",))):
            for library in libraries:
                with self.subTest(command=command, library=library):
                    said = self.without(library, command, folder)
                    self.assertRegex(said, r"\Aerror: [a-z ]+ needs? [\w ]+ \(Debian: python3-\w+\)\n\Z")
                    self.assertIn(f"python3-{library}", said)

    def test_a_library_that_is_missed_in_the_middle_is_named_too(self):
        def fit():
            import scipy  # noqa: F401

        complained = io.StringIO()
        with (mock.patch.dict(sys.modules, {"scipy": None}), contextlib.redirect_stderr(complained)):
            status = status_of(fit)
        self.assertEqual((status, complained.getvalue()), (5, "error: this needs SciPy (Debian: python3-scipy)\n"))

    # ---- Where to write

    def test_a_page_or_picture_that_cannot_be_written_is_said_before_it_is_made(self):
        run = self.run_in("run")
        for command in ("report", "pictures"):
            with self.subTest(command=command):
                self.assertIn("its folder '/nope' does not exist; make it first, or name another file",
                              self.refused(command, run, "--output", "/nope/x.png"))
                self.assertIn("is a folder; name a file in it", self.refused(command, run, "--output", run))
                self.assertIn(f"its folder '{run}/history.csv' is not a folder",
                              self.refused(command, run, "--output", f"{run}/history.csv/x.png"))
                self.assertIn("cannot write '/proc/x.png': ", self.refused(command, run, "--output", "/proc/x.png"))
                self.assertIn("file name too long", self.refused(command, run, "--output", "x" * 300 + ".png"))
        self.assertEqual([name for name in os.listdir(run) if name.endswith(".new")], [])

    def test_a_full_disk_is_the_environments_failure(self):
        page = self.path("page.html")
        write(self.folder, "page.html", "an earlier page")
        complained = io.StringIO()
        with (mock.patch("os.replace", side_effect=OSError(errno.ENOSPC, "No space left on device")),
              contextlib.redirect_stderr(complained)):
            status = status_of(lambda: write_text(page, "a new page"))
        self.assertEqual((status, complained.getvalue()),
                         (5, f"error: cannot write '{page}': no space left on device\n"))
        self.assertEqual(os.listdir(self.folder), ["page.html"])
        with open(page, encoding="utf-8") as kept:
            self.assertEqual(kept.read(), "an earlier page")

    def test_a_picture_has_one_of_the_known_kinds(self):
        self.assertIn("but not 'pgn'; did you mean 'png'?",
                      self.refused("pictures", self.run_in("run"), "--output", "x.pgn"))

    def test_answers_and_fits_look_first_whether_they_can_be_written(self):
        study = self.path("study")
        write_study(study, small_plan())
        self.assertIn("does not exist", self.refused("answers", study, "--output", "/nope/x.json"))
        write(self.folder, "data.csv", "value,quantity\n1,glucose min whole\n")
        said = self.refused("calibration", "case.prm", "--data", "data.csv", "--parameter", PARAMETER, "--output",
                            "/nope/fit.json")
        self.assertIn("its folder '/nope' does not exist", said)

    # ---- What to read

    def test_a_folder_without_results(self):
        write(self.folder, "file", "")
        os.makedirs(self.path("empty"))
        for command in COMMANDS:
            for name in ("missing", "empty", "file"):
                with self.subTest(command=command, name=name):
                    self.refused(command, name)

    def test_half_written_results(self):
        for name in ("summary.json", "fields.pvd"):
            run = self.run_in(f"run without the end of {name}")
            with open(os.path.join(run, name), "r+", encoding="utf-8") as file:
                file.truncate(os.path.getsize(file.name) // 2)
            for command in ("report", "pictures"):
                with self.subTest(command=command, name=name):
                    self.assertIn(f"{name}' is damaged, or was not written to its end", self.refused(command, run))

    def test_fields_that_end_early(self):
        run = self.run_in("run")
        for name in os.listdir(os.path.join(run, "fields")):
            with open(os.path.join(run, "fields", name), "r+b") as file:
                file.truncate(os.path.getsize(file.name) // 2)
        for command in ("report", "pictures"):
            self.assertIn("are damaged, or were not written to their end", self.refused(command, run))

    def test_results_that_hold_something_else(self):
        run = self.run_in("run")
        for name, text in (("summary.json", "[1, 2]"), ("summary.json", '{"schema": 1, "quantities": 3}'),
                           ("history.csv", "time [d],glucose min whole [mM]\n0,much\n"), ("history.csv", "a,b\n1\n"),
                           ("history.csv", "\xff")):
            shutil.copy(os.path.join(run, name), self.path("kept"))
            with open(os.path.join(run, name), "w", encoding="latin-1") as file:
                file.write(text)
            with self.subTest(name=name, text=text):
                self.assertIn(f"{name}' is damaged", self.refused("report", run))
            shutil.copy(self.path("kept"), os.path.join(run, name))
        self.call("report", run, status=0)

    def test_parameters_that_are_no_text(self):
        for name, commands in (("parameters.prm", ("report", "pictures")), ("parameters.diff.prm", ("report",))):
            run = self.run_in(f"run with binary {name}")
            with open(os.path.join(run, name), "wb") as file:
                file.write(bytes(range(256)))
            for command in commands:
                with self.subTest(name=name, command=command):
                    self.assertIn(f"{name}' is damaged", self.refused(command, run))

    def test_a_study_of_which_cases_are_damaged_or_missing_has_a_page(self):
        study = self.path("study")
        write_study(study, small_plan())
        with open(os.path.join(study, "results.csv"), "r+", encoding="utf-8") as file:
            file.truncate(os.path.getsize(file.name) * 2 // 3)
        for number, text in enumerate(("null", "[]", '"x"', "{"), 1):
            folder = os.path.join(study, "cases", f"{number:04d}")
            os.makedirs(folder, exist_ok=True)
            write(folder, "summary.json", text)
        self.assertIn("report.html", self.call("report", study, status=0))

    def test_a_study_that_is_damaged(self):
        os.makedirs(self.path("study"))
        for text in ("{", "[]", '{"schema": 1, "inputs": [{}]}', '{"schema": 1, "answers": 3}'):
            write(self.path("study"), "study.json", text)
            for command in ("report", "answers"):
                with self.subTest(text=text, command=command):
                    self.assertIn("study.json' is damaged", self.refused(command, "study"))

    def test_a_run_that_goes_on_has_a_page(self):
        run = self.run_in("run")
        os.remove(os.path.join(run, "summary.json"))
        self.assertIn("report.html", self.call("report", run, status=0))
        with open(os.path.join(run, "report.html"), encoding="utf-8") as page:
            self.assertIn("The run has not ended, or was broken off", page.read())

    def test_measurements_that_are_no_table(self):
        os.makedirs(self.path("folder.csv"))
        with open(self.path("picture.csv"), "wb") as file:
            file.write(b"\x89PNG\xff\xfe")
        for name, expected in (("folder.csv", "cannot read 'folder.csv': is a directory"),
                               ("picture.csv", "'picture.csv' is damaged")):
            self.assertIn(expected, self.refused("calibration", "case.prm", "--data", name, "--parameter", PARAMETER))

    def test_nobody_reads_what_is_said(self):
        run = self.run_in("run")
        done = subprocess.run(f"'{sys.executable}' -m lacuna.report '{run}' | true", shell=True, capture_output=True,
                              text=True, timeout=300, cwd=self.folder)
        self.assertEqual(done.stderr, "")


if __name__ == "__main__":
    unittest.main()
