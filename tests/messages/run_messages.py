#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Runs every faulty parameter file of this folder and checks what Lacuna says about it.

    run_messages.py LACUNA [--update] [NAME ...]

For each NAME.prm, `LACUNA run NAME.prm --output FOLDER` must end with status 2, print exactly
NAME.txt to stderr, and write nothing; for study_NAME.prm it is `LACUNA study`. A first line
'# arguments: ...' of the .prm is added to the command line. '{...}' in a .txt stands for any text that differs from machine to machine (folders
that were searched). --update writes the .txt files.
"""

import argparse
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent


def run(lacuna, parameter_file, output):
    """Status, stderr and stdout of one run in this folder."""
    verb = "study" if parameter_file.name.startswith("study_") else "run"
    command = [lacuna, verb, parameter_file.name, "--output", str(output)]
    first_line = parameter_file.read_text(errors="replace").split("\n", 1)[0]
    if first_line.startswith("# arguments:"):
        command += shlex.split(first_line.split(":", 1)[1])
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, timeout=60)
    errors, printed = (stream.decode(errors="replace") for stream in (done.stderr, done.stdout))
    return done.returncode, errors, printed


def matches(expected, text):
    pattern = ".*".join(re.escape(part) for part in expected.split("{...}"))
    return re.fullmatch(pattern, text, re.DOTALL) is not None


def files():
    return sorted(str(path) for path in FOLDER.rglob("*"))


def check(lacuna, parameter_file, update):
    """What is wrong with one case; an empty list if nothing is."""
    expected_file = parameter_file.with_suffix(".txt")
    faults = []
    before = files()
    with tempfile.TemporaryDirectory() as temporary:
        output = pathlib.Path(temporary) / "output"
        status, errors, printed = run(lacuna, parameter_file, output)
        if os.path.lexists(output) or os.listdir(temporary) or files() != before:
            faults.append("something was written")
    if status != 2:
        faults.append(f"exit status {status} instead of 2")
    if printed:
        faults.append(f"something was printed to stdout: {printed!r}")
    expected = expected_file.read_text() if expected_file.exists() else ""
    if not matches(expected, errors):
        if update:
            expected_file.write_text(errors)
        else:
            faults.append(f"expected:\n{expected}but it says:\n{errors}")
    return faults


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("lacuna", help="the program")
    parser.add_argument("names", nargs="*", help="only these cases")
    parser.add_argument("--update", action="store_true", help="expect what is said")
    arguments = parser.parse_args()
    lacuna = os.path.abspath(arguments.lacuna)
    names = arguments.names
    cases = [path for path in sorted(FOLDER.glob("*.prm")) if not names or path.stem in names]
    failed = 0
    for case in cases:
        faults = check(lacuna, case, arguments.update)
        failed += bool(faults)
        print("ok     " if not faults else "FAILED ", case.name)
        for fault in faults:
            print("    " + fault.replace("\n", "\n    "))
    print(f"{len(cases)} cases, {failed} failed")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
