#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""A run with a target error: it ends when its errors are small enough, or says why not, and a kill leaves what it had.

    reach_target.py LACUNA MPIRUN
"""

import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

SOURCE = pathlib.Path(__file__).resolve().parents[2]
CASE = SOURCE / "tests/data/one-dose.prm"
CELLS = "AMSC dose 1 viable"


class Runs:
    def __init__(self, lacuna, mpirun, folder):
        self.lacuna, self.mpirun, self.folder = lacuna, mpirun, folder

    def command(self, name, *settings, ranks=1, more=()):
        command = [self.lacuna, "run", str(CASE), "--output", str(self.folder / name), *more]
        for setting in settings:
            command += ["--set", setting]
        return [self.mpirun, "-n", str(ranks), "--bind-to", "none", "--oversubscribe", *command] if ranks > 1 else command

    def run(self, name, *settings, **how):
        """Exit status, what was said, and the summary."""
        done = subprocess.run(self.command(name, *settings, **how), capture_output=True, text=True, timeout=600)
        assert done.stderr == "", done.stderr
        return done.returncode, done.stdout, self.summary(name)

    def begin(self, name, *settings):
        return subprocess.Popen(self.command(name, *settings), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def summary(self, name):
        return json.loads((self.folder / name / "summary.json").read_text())

    def files(self, name):
        return {path.name for path in (self.folder / name).iterdir()}


def check_reached(runs):
    status, said, summary = runs.run("reached", "Accuracy/Target error=1.5 %")
    accuracy, trials = summary["accuracy"], summary["accuracy"]["trials"]
    assert status == 0 and summary["status"] == "done" and accuracy["holds"], (status, accuracy)
    assert "Target error 1.5 % reached" in said, said
    assert {"summary.json", "history.csv", "errors.csv", "parameters.prm", "state.bin", "log.txt", "fields"} \
        <= runs.files("reached"), runs.files("reached")
    assert not any(name.startswith("trial") for name in runs.files("reached"))
    assert len(trials) > 1, "otherwise this tests nothing"
    assert trials[-1]["error"] <= 0.015 and all(trial["error"] > 0.015 for trial in trials[:-1])
    assert accuracy["shown"] == len(trials) and summary["unknowns"] == trials[-1]["unknowns"]
    cells = summary["numerical_errors"][CELLS]
    assert cells["headline"] and cells["error"] <= 0.015 * cells["value"]
    wall = sum(phase["wall"] for phase in summary["seconds"].values())
    assert abs(wall - sum(trial["wall"] for trial in trials)) < 1e-6
    # The complete input is that of the file: it is run again in the same way, not on a mesh that it forces.
    again = subprocess.run([runs.lacuna, "run", str(runs.folder / "reached/parameters.prm"), "--output",
                            str(runs.folder / "again"), "--quiet"], check=False, timeout=600)
    assert again.returncode == 0
    assert [trial["error"] for trial in runs.summary("again")["accuracy"]["trials"]] == [t["error"] for t in trials]
    # Two ranks choose alike.
    status, _, both = runs.run("two ranks", "Accuracy/Target error=1.5 %", ranks=2, more=["--quiet"])
    assert status == 0
    for one, two in zip(trials, both["accuracy"]["trials"]):
        assert one["refinements"] == two["refinements"] and abs(one["error"] - two["error"]) < 1e-3, (one, two)


def check_missed(runs):
    cases = {
        "too many unknowns": (["Accuracy/Largest number of unknowns=12000"], "more than 12000"),
        "too long": (["Accuracy/Longest time=1e-3 min"], "'Longest time'"),
        "mesh given": (["Geometry/Global refinements=1"], "'Global refinements' forces"),
    }
    for name, (settings, reason) in cases.items():
        status, said, summary = runs.run(name, "Accuracy/Target error=0.5 %", *settings)
        assert status == 3 and summary["status"] == "target missed", (name, status, summary["status"])
        assert not summary["accuracy"]["holds"] and reason in summary["accuracy"]["obstacle"], summary["accuracy"]
        assert "Target error 0.5 % missed" in said and any("missed" in text for text in summary["warnings"]), said
        assert {"summary.json", "history.csv", "errors.csv", "state.bin"} <= runs.files(name)
        assert not any(file.startswith("trial") for file in runs.files(name))
        assert summary["accuracy"]["trials"][-1]["error"] > 0.005, "and that is how far it came"


def wait_for(path, process):
    for _ in range(6000):
        if path.exists():
            return
        assert process.poll() is None, f"it ended before there was {path}"
        time.sleep(0.01)
    raise AssertionError(f"there is no {path}")


def check_broken_off(runs):
    target = "Accuracy/Target error=1 %"
    killed = runs.begin("killed", target)
    wait_for(runs.folder / "killed/trial 2/history.csv", killed)
    killed.kill()
    killed.wait()
    assert "summary.json" not in runs.files("killed"), "what is not complete is not shown"
    assert runs.summary("killed/trial 1")["status"] == "done"
    assert {"history.csv", "state.bin", "parameters.prm"} <= runs.files("killed/trial 1")
    status, _, summary = runs.run("killed", "Accuracy/Target error=20 %", more=["--overwrite"])
    assert status == 0 and summary["accuracy"]["holds"]
    assert not any(name.startswith("trial") for name in runs.files("killed"))

    stopped = runs.begin("stopped", target)
    wait_for(runs.folder / "stopped/trial 2/history.csv", stopped)
    stopped.send_signal(signal.SIGTERM)
    assert stopped.wait(300) == 4
    summary = runs.summary("stopped")
    assert summary["status"] == "interrupted" and summary["accuracy"]["shown"] == 1, summary["accuracy"]
    assert {"history.csv", "state.bin"} <= runs.files("stopped")


def main():
    with tempfile.TemporaryDirectory() as temporary:
        runs = Runs(sys.argv[1], sys.argv[2], pathlib.Path(temporary))
        check_reached(runs)
        check_missed(runs)
        check_broken_off(runs)


if __name__ == "__main__":
    main()
