#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What `cmake --install` and the Debian package contain."""

import os
import pathlib
import unittest

from support import LACUNA, PREFIX, Author, has

EXPECTED = [
    "bin/lacuna",
    "include/lacuna/law.h",
    "include/lacuna/abi.h",
    "lib/cmake/lacuna/lacuna-config.cmake",
    "lib/cmake/lacuna/lacuna-config-version.cmake",
    "lib/cmake/lacuna/lacuna-law.cmake",
    "lib/lacuna/plugins/bibby-metabolism.so",
    "share/lacuna/summary.schema.json",
    "share/lacuna/template/new-law.cc",
    "share/lacuna/parameter-files/cookbook/lumbar-npmsc-injection.prm",
    "share/lacuna/parameter-files/studies/injection-volume.prm",
    "share/lacuna/python/lacuna/__init__.py",
    "share/lacuna/python/lacuna/report/template.html",
    "share/lacuna/python/notebooks/injection-volume.ipynb",
    "share/lacuna/paraview/open_run.py",
    "share/lacuna/slurm/submit.sh.in",
    "share/lacuna/snakemake/Snakefile",
    "share/man/man1/lacuna-study.1",
    "share/man/man1/lacuna-report.1",
    "share/doc/lacuna/copyright",
]
PAGE = "share/lacuna/report/page.js"  # built only where npm's registry could be reached
if (pathlib.Path(os.environ["LACUNA_BUILD"]) / PAGE).exists():
    EXPECTED.append(PAGE)


class Installation(Author):
    def test_has_everything_in_its_place(self):
        for file in EXPECTED:
            self.assertTrue((PREFIX / file).is_file(), file)
        self.assertEqual(list(PREFIX.rglob("wrong-*")), [], "laws of the tests are not installed")

    def test_its_program_runs_and_finds_its_laws(self):
        self.assertIn("Lacuna 1.", self.run_command("lacuna", "--version"))
        self.assertIn("bibby-metabolism", self.run_command("lacuna", "plugin", "list"))

    def test_its_cases_check(self):
        case = PREFIX / "share/lacuna/parameter-files/cookbook/imported-disc-l45.prm"
        self.run_command("lacuna", "check", case)


@unittest.skipUnless(has("cpack") and has("dpkg-deb"), "no Debian tools")
class DebianPackage(Author):
    def test_contains_the_same_and_runs(self):
        build = os.environ["LACUNA_BUILD"]
        self.run_command("cpack", "-G", "DEB", "--config", f"{build}/CPackConfig.cmake", "-B", self.folder)
        (package,) = self.folder.glob("lacuna_1.*.deb")
        self.run_command("dpkg-deb", "-x", package, "unpacked")
        for file in EXPECTED:
            self.assertTrue((self.folder / "unpacked/usr" / file).is_file(), file)
        program = self.folder / "unpacked/usr/bin/lacuna"
        self.assertIn("bibby-metabolism", self.run_command(program, "plugin", "list"))
        control = self.run_command("dpkg-deb", "-f", package)
        self.assertIn("Section: science", control)
        if has("dpkg-shlibdeps"):
            self.assertRegex(control, r"Depends: .*libdeal\.ii.*")
            self.assertRegex(control, r"Depends: .*libc6")


if __name__ == "__main__":
    assert LACUNA.exists(), f"{LACUNA} is missing"
    unittest.main(verbosity=2)
