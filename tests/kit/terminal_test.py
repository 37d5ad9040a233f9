#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What Lacuna says on a terminal, in a pipe and with --quiet."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
import unittest

from support import LACUNA, PREFIX, Author, has_terminals

CASE = PREFIX / "share/lacuna/parameter-files/cookbook/dose-and-supply.prm"
LASTING = ("--set", "Geometry/Box/Layers=nucleus: 5 mm / 1600")  # longer than it takes to draw once
ESCAPE = "\x1b"
PROGRESS = re.compile(r"run: +\d+ %, [\d.e-]+ d of 14 d, step [\w. ]+")
TIME_LEFT = re.compile(r", about [\d.]+ (ms|s|min|h)[\w ]* left")

STUDY = """
set Case = case.prm
subsection Axes
  subsection height
    set Parameter = Geometry/Box/Size z
    set Values    = 1 mm, 2 mm
  end
end
"""


def shown(text, columns):
    """The rows that remain on a terminal of this width."""
    rows, row, column = [""], 0, 0
    for token in re.findall(r"\x1b\[[\d;]*[A-Za-z]|.|\n", text, re.DOTALL):
        if token == "\r":
            column = 0
        elif token == "\n":
            row += 1
        elif token == "\x1b[K":
            rows[row] = rows[row][:column]
        elif not token.startswith(ESCAPE):
            if column == columns:
                row, column = row + 1, 0
            rows += [""] * (row + 1 - len(rows))
            rows[row] = rows[row][:column].ljust(column) + token + rows[row][column + 1:]
            column += 1
        rows += [""] * (row + 1 - len(rows))
    return [line.rstrip() for line in rows if line.strip()]


class Terminal(Author):
    def on_terminal(self, *command, status=0, columns=120, **environment):
        """All that a command writes to a terminal of this width."""
        if not has_terminals():
            self.skipTest("no pseudo-terminals")
        mine, its = pty.openpty()
        fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        environment = self.environment(**{"TERM": "xterm", "NO_COLOR": "", **environment})
        process = subprocess.Popen([str(word) for word in command], cwd=self.folder, env=environment, stdin=its,
                                   stdout=its, stderr=its, start_new_session=True)
        os.close(its)
        said = b""
        while True:
            try:
                part = os.read(mine, 65536)
            except OSError:  # nobody writes any more
                break
            if not part:
                break
            said += part
        os.close(mine)
        self.assertEqual(process.wait(), status, said)
        return said.decode()

    def in_pipes(self, *command, status=0):
        """stdout and stderr."""
        done = subprocess.run([str(word) for word in command], cwd=self.folder, env=self.environment(TERM="xterm"),
                              capture_output=True, text=True, timeout=300, check=False)
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stdout, done.stderr

    def write_study(self):
        self.write("case.prm", f"include {CASE}\n")
        self.write("heights.prm", STUDY)


class Run(Terminal):
    words = ("lacuna", "run", CASE, *LASTING, "--output", "results")

    def check_redrawn(self, said, columns):
        """One row is redrawn, with the time left; of it nothing remains."""
        redrawn = [line for line in re.split(r"\r\x1b\[K|\r\n", said) if PROGRESS.search(line)]
        self.assertGreater(len(redrawn), 2, said)
        self.assertTrue(any(TIME_LEFT.search(line) for line in redrawn), redrawn)
        self.assertLess(max(map(len, redrawn)), columns)
        self.assertEqual(set(re.findall(r"\x1b\[[\d;]*[A-Za-z]", said)), {"\x1b[K"})
        rows = shown(said, columns)
        self.assertEqual([row for row in rows if PROGRESS.search(row)], [])
        self.assertRegex(rows[-2], r"^run: \d+ steps in ")
        self.assertEqual(rows[-1], "Results: results")
        return redrawn

    def test_redraws_a_row_on_a_terminal(self):
        redrawn = self.check_redrawn(self.on_terminal(*self.words), 120)
        self.assertRegex(redrawn[-1], r"^\[#{24}\] run: 100 %, 14 d of 14 d")

    def test_keeps_to_one_row_of_a_narrow_terminal(self):
        redrawn = self.check_redrawn(self.on_terminal(*self.words, columns=80), 80)
        self.assertTrue(any(TIME_LEFT.search(line) and not line.startswith("[") for line in redrawn), redrawn)

    def test_redraws_under_mpirun(self):
        self.check_redrawn(self.on_terminal("mpirun", "-n", "2", *self.words, columns=100), 100)

    def test_writes_whole_lines_into_a_pipe(self):
        for command in (self.words, ("mpirun", "-n", "2", *self.words, "--overwrite")):
            with self.subTest(command[0]):
                out, error = self.in_pipes(*command)
                self.assertEqual(error, "")
                self.check_plain(out)

    def check_plain(self, out):
        """Whole lines, every twentieth of the way or so."""
        self.assertNotIn(ESCAPE, out)
        self.assertNotIn("\r", out)
        lines = [line for line in out.splitlines() if PROGRESS.match(line)]
        self.assertTrue(4 < len(lines) < 21, out)
        self.assertTrue(any(TIME_LEFT.search(line) for line in lines), lines)
        self.assertRegex(lines[-1], "^run: 100 %, 14 d of 14 d")

    def test_writes_whole_lines_on_a_dumb_terminal(self):
        said = self.on_terminal(*self.words, TERM="dumb")
        self.check_plain(said.replace("\r\n", "\n"))

    def test_says_nothing_when_quiet(self):
        self.assertEqual(self.on_terminal(*self.words, "--quiet"), "")
        self.assertEqual(self.in_pipes(*self.words, "--quiet", "--overwrite"), ("", ""))
        self.assertTrue((self.folder / "results" / "summary.json").exists())

    def test_says_what_is_wrong_even_when_quiet(self):
        out, error = self.in_pipes("lacuna", "run", "no-such.prm", "--quiet", status=2)
        self.assertEqual((out, error), ("", "error: no-such.prm: there is no such file\n"))


class Errors(Terminal):
    wrong = ("lacuna", "check", "no-such.prm")
    text = "error: no-such.prm: there is no such file"

    def test_are_red_on_a_terminal(self):
        said = self.on_terminal(*self.wrong, status=2)
        self.assertEqual(said, "\x1b[1;31merror:\x1b[0m no-such.prm: there is no such file\r\n")

    def test_are_plain_everywhere_else(self):
        self.assertEqual(self.in_pipes(*self.wrong, status=2), ("", self.text + "\n"))
        for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            self.assertEqual(self.on_terminal(*self.wrong, status=2, **environment), self.text + "\r\n")


class OtherCommands(Terminal):
    def test_have_no_colours(self):
        for command in (("doctor",), ("plugin", "list"), ("--help",), ("study", "--help"), ("check", CASE)):
            with self.subTest(command):
                self.assertNotIn(ESCAPE, self.on_terminal("lacuna", *command))

    def test_a_study_redraws_a_row(self):
        self.write_study()
        said = self.on_terminal("lacuna", "study", "heights.prm", "--output", "study", "--jobs", "1", columns=60)
        self.assertRegex(said, r"\r\x1b\[K[^\r]*\d of 2 runs ended, \d running")
        rows = shown(said, 60)
        self.assertEqual([row for row in rows if "runs ended" in row], [], rows)
        self.assertIn("2 cases: 2 done", rows)

    def test_a_study_writes_whole_lines_into_a_pipe(self):
        self.write_study()
        out, error = self.in_pipes("lacuna", "study", "heights.prm", "--output", "study", "--jobs", "1")
        self.assertEqual(error, "")
        self.assertNotRegex(out, r"[\x1b\r]")
        self.assertRegex(out, r"(?m)^1/2 case 1 \(height = 1 mm\): done in ")

    def test_a_quiet_study_says_nothing(self):
        self.write_study()
        words = ("lacuna", "study", "heights.prm", "--output", "study", "--quiet")
        self.assertEqual(self.on_terminal(*words), "")
        self.assertEqual(self.in_pipes(*words, "--overwrite"), ("", ""))


if __name__ == "__main__":
    assert LACUNA.exists(), f"{LACUNA} is missing"
    unittest.main(verbosity=2)
