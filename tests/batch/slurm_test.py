#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""lacuna study --to slurm, with a real Slurm on this machine."""

import re
import sys
import time
import unittest

from local_slurm import LocalSlurm, missing
from support import LACUNA, SKIPPED, StudyTest, ages, statuses, table

LARGEST_ARRAY = 4  # elements 0 to 3, of which Lacuna uses 1 to 3


class SlurmTest(StudyTest):
    slurm: LocalSlurm

    @classmethod
    def setUpClass(cls):
        cls.slurm = LocalSlurm(processors=2, largest_array=LARGEST_ARRAY).__enter__()
        cls.addClassCleanup(cls.slurm.stop)

    def setUp(self):
        super().setUp()
        self.addCleanup(self.slurm.cancel)

    def environment(self, **more):
        return super().environment(**self.slurm.environment, **more)

    def submit(self, folder, *options, status=0, **environment):
        return self.run_command(folder / "slurm/submit.sh", *options, status=status, **environment)

    def compute(self, folder, *options, status=0, **environment):
        """Submits, waits, and holds the exit status of the last job against this one."""
        said = self.submit(folder, *options, **environment)
        self.slurm.wait()
        last = (folder / "slurm/submitted.txt").read_text().split()[-1]
        self.assertIn(f"ExitCode={status}:0\n", self.slurm.ask("scontrol", "show", "job", last).replace(" ", "\n"))
        return said

    def list_of(self, folder, what):
        """The lines of the list that was last submitted: numbers of cases or of untreated tissues."""
        lists = sorted((folder / "slurm/lists").glob(f"{what}-*.txt"), key=lambda file: file.stat().st_mtime_ns)
        return lists[-1].read_text().split()

    def logs(self, folder, pattern):
        return "".join(file.read_text() for file in sorted((folder / "slurm/logs").glob(pattern)))

    def cancel_everything(self, folder):
        self.run_command("scancel", *(folder / "slurm/submitted.txt").read_text().split())
        self.slurm.wait()


class Table(SlurmTest):
    def test_is_that_of_a_run_on_one_machine(self):
        folder = self.plan("doses", "slurm")
        said = self.submit(folder, "--wait", status=3)
        self.assertIn("2 of 2 untreated tissues and 6 of 6 cases are to be computed.\n", said)
        self.assertEqual(
            statuses(folder), {1: "done", 2: "done", 3: "failed", 4: "done", 5: "done", 6: "failed"}
        )
        self.assertSameTable(folder, self.compute_here("doses", status=3))

        jobs = re.search("Jobs: (.*)[.] Their logs", said)[1].split()
        self.assertEqual(len(jobs), 4, "untreated, two arrays of three cases, collect")
        states = self.slurm.jobs()
        self.assertEqual([states[f"{jobs[1]}_{k}"] for k in (1, 2, 3)], ["COMPLETED", "COMPLETED", "FAILED"])
        self.assertEqual(len(list((folder / "slurm/logs").glob("case-*.txt"))), 6)
        self.assertIn("Case 4 of ", self.logs(folder, f"case-{jobs[2]}_1.txt"))

    def test_failures_are_listed_and_tried_again_when_asked(self):
        folder = self.plan("doses", "slurm")
        self.compute(folder, status=3)
        told = self.logs(folder, "collect-*.txt")
        for number in (3, 6):
            self.assertRegex(told, rf"(?m)^.*\b{number}\b.*failed")
        before = ages(folder)

        said = self.compute(folder, status=3)
        self.assertIn("0 of 2 untreated tissues and 0 of 6 cases", said)
        self.assertEqual(ages(folder), before)
        self.compute(folder, "--retry-failed", "--cases-per-job", "2", status=3)
        self.assertEqual(self.list_of(folder, "case"), ["3,6"])
        written = {name for name, age in ages(folder).items() if age != before[name]}
        self.assertEqual(written, {"0003.json", "0006.json"})

    def test_of_cases_on_two_processes(self):
        folder = self.plan("ranks", "slurm")
        self.compute(folder, "--cases-per-job", "2")
        self.assertEqual(self.list_of(folder, "case"), ["1,2", "3,4"])
        self.assertEqual(self.list_of(folder, "untreated"), [])
        self.assertIn(" 2 rank", (folder / "cases/0001/log.txt").read_text())
        self.assertSameTable(folder, self.compute_here("ranks"))


class Cancelled(SlurmTest):
    def test_runs_only_what_is_missing_when_submitted_again(self):
        folder = self.plan("doses", "slurm")
        self.submit(folder, "--throttle", "1")
        end = time.monotonic() + 120
        while not statuses(folder) and time.monotonic() < end:
            time.sleep(0.02)
        self.cancel_everything(folder)
        finished = {number for number, status in statuses(folder).items() if status != "stopped"}
        self.assertTrue(finished)
        self.assertTrue(self.unfinished(folder), "everything was finished before it was cancelled")
        before = ages(folder)

        self.compute(folder, status=3)
        self.assertEqual({int(line) for line in self.list_of(folder, "case")}, set(range(1, 7)) - finished)
        after = ages(folder)
        for number in finished:
            self.assertEqual(after[f"{number:04}.json"], before[f"{number:04}.json"])
        self.assertEqual(self.unfinished(folder), "")
        self.assertSameTable(folder, self.compute_here("doses", status=3))

    def test_table_of_what_is_there(self):
        folder = self.plan("doses", "slurm")
        self.run_command(LACUNA, "study", "resume", folder, "--only", "2", "--quiet")
        self.run_command("sbatch", "--wait", "--output=/dev/null", folder / "slurm/collect.sbatch", status=4)
        rows = table(folder)
        self.assertEqual([row["case"] for row in rows if row["status"] == "done"], ["2"])
        self.assertEqual(len(rows), 6)


class Submission(SlurmTest):
    def test_refuses_what_is_going_on_already(self):
        folder = self.plan("doses", "slurm")
        self.submit(folder, "--partition", "stopped")
        said = self.submit(folder, status=2)
        self.assertRegex(said, "^Jobs of this study are waiting or running: [0-9 ]+\n")
        self.cancel_everything(folder)
        self.assertIn("6 of 6 cases", self.submit(folder, "--dry-run"))

    def test_leaves_nothing_behind_when_slurm_refuses(self):
        folder = self.plan("doses", "slurm")
        before = set(self.slurm.jobs())
        self.assertIn("Slurm refused a job", self.submit(folder, "--partition", "none", status=2))
        self.assertEqual(set(self.slurm.jobs()), before)
        # The array of untreated tissues is accepted, that of the cases is not.
        script = folder / "slurm/case.sbatch"
        script.write_text(script.read_text().replace("\n", "\n#SBATCH --no-such-option\n", 1))
        self.assertIn("Slurm refused a job", self.submit(folder, status=2))
        self.slurm.wait()
        later = {job: state for job, state in self.slurm.jobs().items() if job not in before}
        self.assertEqual(set(later.values()), {"CANCELLED"})
        self.assertEqual(statuses(folder), {})
        self.assertFalse((folder / "slurm/submitted.txt").exists())

    def test_asks_for_what_a_job_needs(self):
        folder = self.plan("ranks", "slurm")
        options = ("--cases-per-job", "3", "--at-once", "2", "--throttle", "5", "--memory", "1G")
        said = self.submit(folder, "--dry-run", *options, "--account", "disc", "--", "--constraint=a b")
        case, collect = said.splitlines()[0], said.splitlines()[-1]
        for word in ("'--ntasks=4'", "'--time=15'", "'--array=1-2%5'", "'--mem-per-cpu=1G'", "'--account=disc'"):
            self.assertIn(f" {word} ", case)
        for word in ("'--ntasks=1'", "'--account=disc'", "'--constraint=a b'", "'--dependency=afterany:JOB1'"):
            self.assertIn(f" {word} ", collect)
        self.assertIn(" '--time=1-0' ", self.submit(folder, "--dry-run", "--time", "1-0"))
        self.assertNotIn("--time", self.submit(folder, "--dry-run", SBATCH_TIMELIMIT="7"))
        self.assertEqual(self.slurm.ask("squeue", "-h"), "")

    def test_says_what_is_wrong_with_an_option(self):
        folder = self.plan("doses", "slurm")
        for options, sentence in {
            ("--time",): "--time needs a value; see --help.",
            ("--throttle", "0"): "--throttle needs a number from 1 on, not '0'.",
            ("--throttle", "many"): "--throttle needs a number from 1 on, not 'many'.",
            ("--nodelist=a",): "submit.sh has no option '--nodelist=a'; see --help.",
        }.items():
            self.assertTrue(self.submit(folder, *options, status=2).startswith(sentence), sentence)

    def test_help_tells_every_option(self):
        folder = self.plan("doses", "slurm")
        script = (folder / "slurm/submit.sh").read_text()
        known = set(re.findall(r"(?m)^ +(?:-[\w-]+ \| )*(--[a-z-]+)(?: \|[^)]*)?\) ", script))
        self.assertIn("--retry-failed", known)
        said = self.submit(folder, "--help")
        self.assertNotIn("#", said)
        for option in known:
            self.assertIn(f"  {option} ", said)

    def test_loads_modules_on_the_way(self):
        folder = self.plan("doses", "slurm")
        (folder / "slurm/setup.sh").write_text("echo set up on ${SLURM_JOB_ID-the way}; echo $no_such_variable\n")
        self.compute(folder, "--cases-per-job", "6", status=3)
        for what in ("untreated", "case", "collect"):
            self.assertRegex(self.logs(folder, f"{what}-*.txt"), r"set up on \d+\n")
        said = self.submit(folder, status=2, LACUNA_SETUP="/no such file")
        self.assertEqual(said, "LACUNA_SETUP is '/no such file', but there is no such file.\n")


if __name__ == "__main__":
    if missing():
        print(f"skipped: missing: {', '.join(missing())}")
        sys.exit(SKIPPED)
    assert LACUNA.exists(), f"{LACUNA} is missing"
    unittest.main(verbosity=2)
