#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Two halves are a whole: a run that starts from another's folder goes on where that one ended.

    continue_run.py LACUNA PARAMETER_FILE [--set ...]

The file must have a fixed step and no doses; the whole runs for two days, each half for one.
"""

import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "mpi"))
from compare_ranks import final_state, largest_difference  # noqa: E402  (the folder is known only now)

TOLERANCE = 1e-8


def main():
    lacuna, *arguments = sys.argv[1:]
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)

        def run(name, *settings):
            command = [lacuna, "run", *arguments, "--output", str(folder / name), "--quiet"]
            for setting in (*settings, "Output/Field times=0 d"):
                command += ["--set", setting]
            subprocess.run(command, check=True, timeout=600)

        run("whole", "Time/End=2 d")
        run("first half", "Time/End=1 d")
        run("second half", "Time/End=1 d", "Initial state/Start=finished run",
            f"Initial state/Run folder={folder / 'first half'}")
        for whole, halves, name in zip(final_state(folder / "whole"), final_state(folder / "second half"),
                                       ("nodes", "points")):
            if whole.shape[1] > 4:
                difference = largest_difference(whole, halves, name).max()
                print(f"{name}: {len(whole)} rows, largest difference {difference:.1e}")
                assert difference < TOLERANCE


if __name__ == "__main__":
    main()
