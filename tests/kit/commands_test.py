#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""lacuna plugin list | info | check | new, of an installed Lacuna."""

import math
import os
import unittest

from support import LACUNA, PREFIX, SOURCE, Author

DEATH = """
  Species cells = population("NP cells", "1/mL");
  template <class Number> void rates(At<Number> &at) const { at.rate(cells) -= at[cells]; }
"""
WRONG = {
    "derivative": "failure (exact derivatives): the derivative of the loss of 'NP cells' by glucose",
    "number": "failure (numbers everywhere): law 'wrong-number' computes no number for the loss",
    "memory": "failure (the same every time): the loss of 'NP cells' is ",
    "loss": "failure (nothing negative): the loss of 'NP cells' does not vanish with it",
    "jump": "failure (no jumps): the loss of 'NP cells' jumps from ",
    "factor": "failure (nothing negative): the signal 'apoptosis' of 'NP cells' is negative",
}


class List(Author):
    def test_shows_where_laws_are_and_what_is_wrong_with_them(self):
        mine = self.home / ".local/lib/lacuna/plugins"
        mine.mkdir(parents=True)
        self.build("msc", DEATH).rename(mine / "msc.so")
        (mine / "text.so").write_text("no library")
        text = self.run_command("lacuna", "plugin", "list")
        lines = [line.strip() for line in text.splitlines()]
        self.assertIn(str(mine), lines)
        self.assertIn(str(PREFIX / "lib/lacuna/plugins"), lines)
        self.assertIn("msc                  1.0.0    A law for this test.", lines)
        self.assertIn(f"msc                  1.0.0    hidden by the one in {mine}", lines)
        self.assertIn(
            f"text                 not usable: the law '{mine}/text.so' cannot be loaded: "
            "file too short.",
            lines,
        )

    def test_never_looks_into_the_working_directory(self):
        self.build("stray", DEATH)
        self.assertNotIn("stray", self.run_command("lacuna", "plugin", "list"))
        for command in ("info", "check"):
            text = self.run_command("lacuna", "plugin", command, "stray", status=2)
            self.assertIn("error: the law 'stray' was not found", text)
            self.assertIn("a path (./stray.so)", text)
            self.run_command("lacuna", "plugin", command, "./stray.so")


class Info(Author):
    def test_tells_all_that_a_law_declares(self):
        self.build(
            "full",
            """
  Parameter rate = parameter("Rate", 2, "1/d", "How fast. [assumed]", 0, 10);
  Field pH = field("pH", "1", {6.2, 7.4, "cultures"});
  Field fed = use("feeding", "NP cells", sum);
  Species cells = population("NP cells", "1/mL", with_total);
  Species factor = mobile_species("factor", "ng/mL", "A factor.",
      in_tissue(50, "um^2/s").decaying(3).initially(0.5).fixed_at_supply(0.1));
  Signal calm = provide("apoptosis", "NP cells", product);
  Motion walk = moves(cells);
  template <class Number> void motion(At<Number> &at) const { at.motility(walk) = 1e-3; }
  void deliver(Dose &) const {}
  void at_dose(const Dose &, At<double> &) const {}
""",
        )
        text = self.run_command("lacuna", "plugin", "info", "./full.so")
        for line in (
            "full 1.0.0",
            "  interface  1.1",
            "  time unit  d",
            "  Rate = 2 1/d   (at least 0, at most 10 /d)",
            "      How fast. [assumed]",
            "  owns    factor [ng/mL]: A factor.",
            "          per tissue volume, diffuses at 50 um^2/s in tissue, held at 0.1 ng/mL where "
            "there is",
            "  reads   pH; its data hold from 6.2 to 7.4 (cultures)",
            "  reads   the sum of the signals 'feeding' of NP cells",
            "  changes NP cells [1/mL]",
            "  reads   the total of NP cells [1/mL]",
            "  signals 'apoptosis' of NP cells, in a product",
            "  moves   NP cells",
            "  says before the run what of a dose arrives",
            "  acts when a dose is given",
        ):
            self.assertIn("\n" + line.rstrip() if line != "full 1.0.0" else line, text)
        self.assertIn("decays at 3 1/d", " ".join(text.split()))
        self.assertIn("  built by   g++", text)


class Check(Author):
    def test_passes_every_shipped_law(self):
        given = {"kinetics": ["--set", "Substance=glucose", "--set", "Rate=0.1 mM/h",
                              "--set", "Half saturation=50 uM"],
                 "gerozyme": ["--set", "Turnover rate=0.1 /d"]}
        laws = sorted((PREFIX / "lib/lacuna/plugins").glob("*.so"))
        self.assertGreater(len(laws), 5)
        for law in laws:
            with self.subTest(law.stem):
                text = self.run_command("lacuna", "plugin", "check", law.stem, *given.get(law.stem, []))
                self.assertTrue(text.endswith("\nAll is well.\n"), text)
                self.assertRegex(text, r"cost: \d+ ns per point, \d+ ns with derivatives")

    def test_fails_every_wrong_law_and_says_why(self):
        laws = os.environ["LACUNA_TEST_LAWS"]
        for what, sentence in WRONG.items():
            with self.subTest(what):
                text = self.run_command("lacuna", "plugin", "check", f"{laws}/wrong-{what}.so", status=2)
                self.assertIn("\n" + sentence, text)
                self.assertTrue(text.endswith("\nThe law is not fit to run.\n"), text)

    def test_parameters_are_read_as_in_a_file(self):
        for override, sentence in {
            "Critical glucos=1 mM": "error: --set: the law has no parameter 'Critical glucos'; did "
            "you mean 'Critical glucose'?",
            "Critical glucose=1": "error: --set: Critical glucose: '1' has no unit",
            "Critical glucose=11 mM": "error: --set: Critical glucose: ",
            "Parameter set=UPV": "error: --set: Parameter set: ",
            "UPF": "error: --set 'UPF' has no '='; write --set 'Parameter=value unit'.",
        }.items():
            with self.subTest(override):
                text = self.run_command(
                    "lacuna", "plugin", "check", "nutrient-viability", "--set", override, status=2
                )
                self.assertTrue(text.startswith(sentence), text)
        text = self.run_command(
            "lacuna", "plugin", "check", "nutrient-viability", "--set", "pH width=0", status=2
        )
        self.assertIn("jumps from 1456.7 to ", text)


class New(Author):
    def test_begins_a_law_that_builds_and_passes_at_once(self):
        text = self.run_command("lacuna", "plugin", "new", "glucose-death", "--in", self.folder / "laws")
        folder = self.folder / "laws/glucose-death"
        self.assertIn(f"The law 'glucose-death' is in {folder}. ", text)
        self.assertEqual(
            sorted(path.name for path in folder.iterdir()),
            ["CMakeLists.txt", "README.md", "glucose-death.cc", "glucose-death.prm"],
        )
        for path in folder.iterdir():
            self.assertNotRegex(path.read_text(), "new-law|NewLaw|LACUNA_PREFIX")
        self.run_command("cmake", "-B", "build", folder=folder)
        self.run_command("cmake", "--build", "build", folder=folder)
        tests = self.run_command("ctest", "--test-dir", "build", "--verbose", folder=folder)
        self.assertIn("100% tests passed, 0 tests failed out of 2", tests)
        self.run_command("cmake", "--install", "build", folder=folder)
        installed = self.home / ".local/lib/lacuna/plugins/glucose-death.so"
        self.assertIn(str(installed), self.run_command("lacuna", "plugin", "info", "glucose-death"))

        last = (folder / "build/results/history.csv").read_text().splitlines()
        alive = dict(zip(last[0].split(","), last[-1].split(",")))
        self.assertAlmostEqual(float(alive["NP cells mean whole [1/mL]"]) / 4e6, 0.60653, delta=2e-3)

    def test_refuses_bad_names_and_folders_that_exist(self):
        for name in ("Glucose", "glucose death", "2nd", "a/b", "..", "-x", "x-", "a--b", "a_b"):
            with self.subTest(name):
                text = self.run_command("lacuna", "plugin", "new", "--", name, status=2)
                self.assertTrue(text.startswith("error: "), text)
        self.assertIn("is not a name for a law", text)
        text = self.run_command("lacuna", "plugin", "new", "msc", status=2)
        self.assertIn("'msc' is a law that comes with Lacuna", text)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["home"])

        (self.folder / "mine").write_text("a file")
        text = self.run_command("lacuna", "plugin", "new", "mine", status=2)
        self.assertEqual(
            text, "error: 'mine' exists already; choose another name, or another folder with --in.\n"
        )
        self.assertEqual((self.folder / "mine").read_text(), "a file")

    def test_works_from_the_build_folder_too(self):
        build = os.environ["LACUNA_BUILD"]
        self.run_command(f"{build}/bin/lacuna", "plugin", "new", "mine")
        folder = self.folder / "mine"
        self.run_command("cmake", "-B", "build", folder=folder)
        self.run_command("cmake", "--build", "build", folder=folder)
        self.run_command("ctest", "--test-dir", "build", "-R", "check", folder=folder)


class SecondLaw(Author):
    """A law of another paper, in a case with a solution in closed form."""

    def test_growth_with_contact_inhibition_is_logistic(self):
        self.run_command(
            "lacuna", "run", SOURCE / "tests/data/oxygen-growth.prm", "--output", "results", "--quiet",
            LACUNA_PLUGIN_PATH=os.environ["LACUNA_TEST_LAWS"],
        )
        lines = (self.folder / "results/history.csv").read_text().splitlines()
        names = lines[0].split(",")
        time, cells = names.index("time [d]"), names.index("NP cells mean whole [1/mL]")
        self.assertGreater(len(lines), 10)
        for line in lines[1:]:
            row = [float(x) for x in line.split(",")]
            exact = 1e7 / (1 + 19 * math.exp(-0.64 * row[time]))
            self.assertAlmostEqual(row[cells] / exact, 1, delta=1e-3, msg=f"after {row[time]} d")


if __name__ == "__main__":
    assert LACUNA.exists(), f"{LACUNA} is missing"
    unittest.main(verbosity=2)
