#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""lacuna study --to snakemake, with a real Snakemake, on this machine and in the jobs of a real Slurm."""

import os
import shutil
import signal
import subprocess
import sys
import time
import unittest

from local_slurm import LocalSlurm, missing
from support import LACUNA, SKIPPED, StudyTest, ages, statuses


class SnakemakeTest(StudyTest):
    def snakemake(self, folder, *words, profile="local", **more):
        return self.run_command("snakemake", "--profile", f"snakemake/{profile}", *words, folder=folder, **more)

    def forget(self, folder, number):
        (folder / "outcomes" / f"{number:04}.json").unlink()
        shutil.rmtree(folder / "cases" / f"{number:04}")


class OnThisMachine(SnakemakeTest):
    def test_gives_the_table_of_the_study_itself(self):
        folder = self.plan("doses", "snakemake")
        said = self.snakemake(folder)
        self.assertEqual(
            statuses(folder), {1: "done", 2: "done", 3: "failed", 4: "done", 5: "done", 6: "failed"}
        )
        for number in (3, 6):
            self.assertRegex(said, rf"(?m)^case {number} .*failed: ")
        self.assertSameTable(folder, self.compute_here("doses", status=3))
        self.assertIn("Nothing to be done", self.snakemake(folder))

    def test_gives_each_case_its_ranks(self):
        folder = self.plan("ranks", "snakemake")
        self.assertRegex(self.snakemake(folder, "--dry-run"), r"(?m)^case +4 +2 +2$")
        self.snakemake(folder)
        self.assertIn(" 2 rank", (folder / "cases/0001/log.txt").read_text())
        self.assertSameTable(folder, self.compute_here("ranks"))

    def test_computes_only_what_is_missing(self):
        folder = self.plan("doses", "snakemake")
        self.snakemake(folder)
        self.forget(folder, 2)
        before = ages(folder)
        self.snakemake(folder)
        changed = {name for name, age in ages(folder).items() if before.get(name) != age}
        self.assertEqual(changed, {"0002.json"})

        # Failed cases only when asked to; what ran elsewhere and was stopped there, in any case.
        self.snakemake(folder, "--cores", "1", "forget_failed")
        self.assertEqual(set(statuses(folder)), {1, 2, 4, 5})
        stopped = folder / "outcomes/0005.json"
        stopped.write_text(stopped.read_text().replace('"done"', '"stopped"'))
        (folder / "cases/0005/summary.json").unlink()
        before = ages(folder)
        self.snakemake(folder)
        changed = {name for name, age in ages(folder).items() if before.get(name) != age}
        self.assertEqual(changed, {"0003.json", "0005.json", "0006.json"})
        self.assertEqual(statuses(folder)[5], "done")

    def test_goes_on_after_it_was_killed(self):
        folder = self.plan("doses", "snakemake")
        running = subprocess.Popen(
            ["snakemake", "--profile", "snakemake/local", "--cores", "1"],
            env=self.environment(),
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        end = time.monotonic() + 120
        while not statuses(folder) and time.monotonic() < end:
            time.sleep(0.02)
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        finished = set(statuses(folder))
        self.assertTrue(finished)
        self.assertTrue(self.unfinished(folder), "everything was finished before it was killed")
        before = ages(folder)

        self.snakemake(folder, "--unlock")
        self.snakemake(folder)
        self.assertEqual(self.unfinished(folder), "")
        kept = [name for name, age in before.items() if ages(folder)[name] == age]
        self.assertTrue(kept)
        self.assertSameTable(folder, self.compute_here("doses", status=3))

    def test_says_where_it_must_be_started(self):
        folder = self.plan("doses", "snakemake")
        command = ("snakemake", "--snakefile", folder / "snakemake/Snakefile", "--cores", "1")
        said = self.run_command(*command, status=1)
        self.assertIn(f"Start Snakemake in the folder of the study, {folder}.", said)

    def test_loads_modules_on_the_way(self):
        folder = self.plan("ranks", "snakemake")
        (folder / "snakemake/setup.sh").write_text("echo set up >> set-up.txt; echo $no_such_variable\n")
        self.snakemake(folder)
        self.assertEqual((folder / "set-up.txt").read_text(), "set up\n" * 5)
        self.assertIn("there is no such file", self.snakemake(folder, "--forceall", status=1, LACUNA_SETUP="/no/such"))


@unittest.skipIf(missing(), f"missing: {', '.join(missing())}")
class InJobsOfSlurm(SnakemakeTest):
    slurm: LocalSlurm

    @classmethod
    def setUpClass(cls):
        cls.slurm = LocalSlurm(processors=2).__enter__()
        cls.addClassCleanup(cls.slurm.stop)

    def environment(self, **more):
        return super().environment(**self.slurm.environment, **more)

    def test_gives_the_same_table(self):
        folder = self.plan("ranks", "snakemake")
        self.snakemake(folder, profile="slurm")
        self.assertEqual(sorted(self.slurm.jobs().values()), ["COMPLETED"] * 4)
        self.assertEqual(len(list((folder / "snakemake/logs").glob("case-*.txt"))), 4)
        self.assertSameTable(folder, self.compute_here("ranks"))

    def test_goes_on_with_the_others_when_a_job_is_cancelled(self):
        folder = self.plan("ranks", "snakemake")
        # The job of the first case waits for long enough to be cancelled.
        (folder / "snakemake/setup.sh").write_text('mkdir first 2>/dev/null && scancel "$SLURM_JOB_ID" && sleep 60\n')
        said = self.snakemake(folder, profile="slurm", status=1)
        self.assertEqual(said.count("Error in rule case"), 1)
        self.assertEqual(sorted(statuses(folder).values()), ["done"] * 3)
        self.assertEqual(len(self.unfinished(folder)), 1)
        self.snakemake(folder, profile="slurm")
        self.assertEqual(sorted(statuses(folder).values()), ["done"] * 4)
        self.assertTrue((folder / "results.csv").exists())


if __name__ == "__main__":
    if not shutil.which("snakemake"):
        print("skipped: snakemake is not installed")
        sys.exit(SKIPPED)
    assert LACUNA.exists(), f"{LACUNA} is missing"
    unittest.main(verbosity=2)
