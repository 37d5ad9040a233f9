#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""lacuna doctor: every line is 'ok', a hint or a fault with its remedy; the status follows."""

import os
import unittest

from support import LACUNA, PREFIX, Author


class Doctor(Author):
    def lines(self, *words, **more):
        return self.run_command(*words, "lacuna", "doctor", **more).splitlines()

    def assertHas(self, lines, beginning):
        self.assertTrue(any(line.startswith(beginning) for line in lines), "\n".join(lines))

    def test_is_content_with_a_sound_installation(self):
        lines = self.lines()
        for beginning in (
            "ok     Lacuna 1.",
            "ok     MPI: 1 process, without mpirun",
            "ok     one thread per process",
            f"ok     laws in {PREFIX}/lib/lacuna/plugins: ",
            "Lacuna can work here.",
        ):
            self.assertHas(lines, beginning)
        working = f"working folder {self.folder} can be written"
        for what in (working, "temporary folder /", " core", "memory: "):
            self.assertTrue(any(what in line for line in lines), what)
        self.assertEqual(os.listdir(self.folder), ["home"], "something was left behind")

    def test_speaks_once_under_mpirun(self):
        lines = self.lines("mpirun", "-n", "2")
        self.assertHas(lines, "ok     MPI: 2 processes, started by mpirun")
        self.assertEqual(lines.count("Lacuna can work here."), 1)

    def test_hints_do_not_make_it_fail(self):
        (self.folder / "broken").mkdir()
        self.write("broken/text.so", "no library")
        lines = self.lines(
            LACUNA_PLUGIN_PATH="broken", OMP_NUM_THREADS="8", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=""
        )
        self.assertHas(
            lines, "hint   laws in broken: 0 usable, not so text; 'lacuna plugin list' says why"
        )
        self.assertHas(lines, "hint   OMP_NUM_THREADS is 8: ")
        if os.geteuid() == 0:
            self.assertHas(lines, "hint   user root, to whom Open MPI refuses mpirun: ")
        self.assertEqual(lines[-1], "Lacuna can work here.")

    def test_a_folder_of_laws_that_is_not_there(self):
        lines = self.lines(status=2, LACUNA_PLUGIN_PATH=f"{self.home}:/no/such")
        self.assertHas(
            lines, "fault  laws in /no/such: no such folder; correct LACUNA_PLUGIN_PATH"
        )
        self.assertHas(lines, f"ok     laws in {self.home}: 0 usable")
        self.assertEqual(lines[-1], "Lacuna cannot work here before the faults are mended.")

    def test_a_working_folder_that_cannot_be_written(self):
        lines = self.lines(status=2, folder="/proc")  # where not even root makes files
        self.assertHas(lines, "fault  working folder /proc cannot be written (")

    def test_a_temporary_folder_that_cannot_be_written(self):
        (line,) = self.lines(status=2, TMPDIR="/proc")  # nothing of what MPI says
        self.assertRegex(line, "^fault  temporary folder /proc cannot be written .*export TMPDIR=")

    def test_an_mpirun_of_another_mpi(self):
        lines = self.lines(status=2, PMI_SIZE="2")
        self.assertHas(lines, "fault  mpirun started 2 processes, but ")


if __name__ == "__main__":
    assert LACUNA.exists(), f"{LACUNA} is missing"
    unittest.main(verbosity=2)
