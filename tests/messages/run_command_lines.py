#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Runs every faulty command line of command_lines.txt and checks what Lacuna says about it.

    run_command_lines.py LACUNA [--update]

Below each line '$ lacuna ...' stands what must be printed to stderr, word for word; the status must
be 2, and nothing may be printed to stdout. They run in a folder with a case (case.prm), a study
(study.prm), a folder (folder), a file (file) and a pipe (pipe). '{...}' stands for any text that
differs from machine to machine. --update writes what is said.
"""

import argparse
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from run_messages import FOLDER, matches

SESSION = FOLDER / "command_lines.txt"


def blocks():
    """Pairs of a command line and what is expected of it."""
    found = []
    for line in SESSION.read_text().splitlines(keepends=True):
        if line.startswith("$ "):
            found.append([line[2:].strip(), ""])
        else:
            found[-1][1] += line
    return found


def prepare(folder):
    (folder / "case.prm").write_text((FOLDER / "missing_unit.prm").read_text().replace("= 4\n", "= 4 mM\n"))
    (folder / "study.prm").write_text(
        (FOLDER / "case_of_a_study.prm").read_text().replace("missing_unit.prm", "case.prm")
    )
    (folder / "folder").mkdir()
    (folder / "file").write_text("")
    os.mkfifo(folder / "pipe")


def faults(lacuna, line, expected, folder):
    """What is wrong with one command line, and what it said."""
    words = [lacuna, *shlex.split(line)[1:]]
    done = subprocess.run(words, cwd=folder, capture_output=True, timeout=120)
    errors, printed = (stream.decode(errors="replace") for stream in (done.stderr, done.stdout))
    found = []
    if done.returncode != 2:
        found.append(f"exit status {done.returncode} instead of 2")
    if printed:
        found.append(f"something was printed to stdout: {printed!r}")
    if not matches(expected, errors):
        found.append(f"expected:\n{expected}but it says:\n{errors}")
    return found, errors


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("lacuna", help="the program")
    parser.add_argument("--update", action="store_true", help="expect what is said")
    arguments = parser.parse_args()
    failed, session = 0, ""
    lacuna = os.path.abspath(arguments.lacuna)
    with tempfile.TemporaryDirectory() as temporary, ThreadPoolExecutor(4) as pool:
        folder = pathlib.Path(temporary)
        prepare(folder)
        before = sorted(folder.rglob("*"))
        results = pool.map(
            lambda block: (block, faults(lacuna, block[0], block[1], folder)), blocks()
        )
        for (line, expected), (found, said) in results:
            failed += bool(found)
            session += f"$ {line}\n" + (expected if matches(expected, said) else said)
            print("ok     " if not found else "FAILED ", line, flush=True)
            for fault in found:
                print("    " + fault.replace("\n", "\n    "))
        if sorted(folder.rglob("*")) != before:
            failed += 1
            print("FAILED  something was written")
    if arguments.update:
        SESSION.write_text(session)
    return 1 if failed or not session else 0


if __name__ == "__main__":
    sys.exit(main())
