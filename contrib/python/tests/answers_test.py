# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Answers of studies made here, from functions whose effects and best places are known."""
import json
import math
import shutil
import subprocess
import sys
import unittest
from pathlib import Path
from unittest import mock

import lacuna
import numpy
from lacuna import answers, design, effects, surface, wording

from made import WithFolder, answer, crossed, labels, numbers, sampled, write_study

VOLUMES = numbers("volume", "mL", 0.25, 0.5, 1, 1.5, 2)
CELLS = numbers("cells", "1", 1e6, 2e6, 4e6, 8e6, 16e6)
GRADES = labels("grade", "II", "III", "IV")
FACTORS = {"II": 1.3, "III": 1.0, "IV": 0.4}


def peak(row):
    """Largest at 1.2 mL and 6e6 cells: 4e5 cells in grade III."""
    return 4e5 * FACTORS[row.get("grade", "III")] * math.exp(
        -((row["volume"] - 1.2) / 0.8)**2 - math.log(row.get("cells", 6e6) / 6e6)**2 / 3)


class MadeStudy(WithFolder):
    def study(self, inputs, function, rows=None, unit="cells", goal="largest", **options):
        write_study(self.folder, inputs, rows or crossed(inputs), [answer("surviving cells", unit, goal)],
                    lambda row: [function(row)], **options)
        return lacuna.load_study(self.folder)

    def cases(self, *arguments, **options):
        study = self.study(*arguments, **options)
        return design.tested(study, study.answers[0])

    def report(self, *arguments, **options):
        report, = answers.answers(self.study(*arguments, **options))
        return report

    def assert_says(self, report, sentence):
        self.assertIn(sentence, "\n".join(report.sentences))


class Effects(MadeStudy):
    def test_shares_of_a_full_grid_are_those_of_the_analysis_of_variance(self):
        """a + b + 2ab over two levels each, -1 and 1: variances 1, 1 and 4."""
        inputs = [numbers("a", "mM", -1, 1), numbers("b", "mM", -1, 1), numbers("c", "mM", 0, 1)]
        tested = self.cases(inputs, lambda row: row["a"] + row["b"] + 2 * row["a"] * row["b"])
        found = {effect.input: effect for effect in effects.effects(tested)}
        numpy.testing.assert_allclose([found[name].share for name in "abc"], [1 / 6, 1 / 6, 0], atol=1e-12)
        self.assertEqual((found["a"].levels, [round(mean, 9) for mean in found["a"].mean]), ([-1, 1], [-1, 1]))
        pairs = effects.interactions(tested)
        self.assertEqual(pairs[0][:2], ("a", "b"))
        numpy.testing.assert_allclose([share for _, _, share in pairs], [4 / 6, 0, 0], atol=1e-12)

    def test_a_mean_is_that_of_the_cases_and_the_model_effect_is_another_number(self):
        inputs = [labels("grade", "II", "III"), numbers("volume", "mL", 0, 1, 2)]
        tested = self.cases(inputs, lambda row: (5 if row["grade"] == "II" else 1) + 10 * row["volume"],
                             statuses={3: "failed", 4: "waiting"})
        found = {effect.input: effect for effect in effects.effects(tested)}
        numpy.testing.assert_allclose(found["grade"].model, [15, 11])
        numpy.testing.assert_allclose(found["volume"].model, [3, 13, 23])
        numpy.testing.assert_allclose(found["grade"].mean, [10, 16])  # of the cases that are there: 5, 15; 11, 21
        self.assertFalse(found["grade"].is_balanced)

    def test_a_full_grid_is_balanced(self):
        inputs = [labels("grade", "II", "III"), numbers("volume", "mL", 0, 1, 2)]
        for effect in effects.effects(self.cases(inputs, lambda row: row["volume"]**2 + (row["grade"] == "II"))):
            self.assertTrue(effect.is_balanced)
            numpy.testing.assert_allclose(effect.mean, effect.model)

    def test_intervals_hold_the_mean_of_a_noisy_answer(self):
        generator = numpy.random.default_rng(1)
        inputs = [labels("grade", "II", "III"), numbers("repeat", "1", *range(50))]
        held = [effect.low[0] <= 4 <= effect.high[0] and effect.low[1] <= 1 <= effect.high[1] for effect in (
            self.effect_of_grade(inputs, generator) for _ in range(40))]
        self.assertGreater(sum(held), 32)  # of both at 95 %, about 36 are expected

    def effect_of_grade(self, inputs, generator):
        rows = [{"grade": row["grade"], "value": value + (3 if row["grade"] == "II" else 0)} for row, value in
                zip(crossed(inputs), generator.normal(1, 2, 100))]
        factor = design.Factor(lacuna.Input.of(inputs[0]), numpy.array([row["grade"] for row in rows]))
        tested = design.Tested(lacuna.Answer("value", "", None, "nothing", "none"), "1", (factor,),
                               numpy.array([row["value"] for row in rows]), (("grade",),), True, 100,
                               numpy.full(100, math.nan), numpy.arange(100))
        return effects.effects(tested)[0]

    def test_a_sampled_input_is_divided_and_chance_is_taken_off(self):
        generator = numpy.random.default_rng(1)
        rows = [{"a": a, "b": b} for a, b in generator.random((200, 2))]
        tested = self.cases([sampled("a", "mM", 0, 1), sampled("b", "mM", 0, 1)], lambda row: row["a"], rows,
                             method="latin hypercube", samples=200)
        first, second = effects.effects(tested)
        self.assertEqual((first.input, len(first.levels)), ("a", 6))
        numpy.testing.assert_allclose(first.mean, numpy.array(first.levels, dtype=float), atol=0.01)
        self.assertGreater(first.share, 0.95)
        self.assertLess(second.share, 0.01)
        self.assertEqual(effects.interactions(tested), [])

    def test_inputs_that_were_changed_together(self):
        inputs = [numbers("volume", "mL", 1, 2, 3), numbers("cells", "1", 10, 20, 30), labels("grade", "II", "III")]
        rows = [row for row in crossed(inputs) if row["cells"] == 10 * row["volume"]]
        report = self.report(inputs, lambda row: row["volume"] + FACTORS[row["grade"]], rows)
        self.assert_says(report, "Volume and cells were changed together: what each does cannot be told apart.")
        shares = {effect.input: effect.share for effect in report.effects}
        self.assertAlmostEqual(shares["volume"], shares["cells"])
        self.assertEqual([pair[:2] for pair in report.interactions], [("volume", "grade")])


class Surfaces(MadeStudy):
    def test_the_best_place_of_a_known_peak(self):
        report = self.report([VOLUMES, CELLS, GRADES], peak)
        self.assertEqual([(surface.at, surface.inputs) for surface in report.surfaces],
                         [({"grade": grade}, ["volume", "cells"]) for grade in ("II", "III", "IV")])
        for surface, grade in zip(report.surfaces, FACTORS):
            with self.subTest(grade=grade):
                best = surface.best
                self.assertEqual(best.at_edge, [])
                self.assertTrue(best.places["volume"][0] <= 1.2 <= best.places["volume"][1], best)
                self.assertTrue(best.places["cells"][0] <= 6e6 <= best.places["cells"][1], best)
                numpy.testing.assert_allclose([best.inputs["volume"], best.inputs["cells"], best.value],
                                              [1.2, 6e6, 4e5 * FACTORS[grade]], rtol=0.06)
                exact = [1.2 - 0.8 * math.sqrt(-math.log(0.95)), 1.2 + 0.8 * math.sqrt(-math.log(0.95))]
                numpy.testing.assert_allclose(best.ranges["volume"], exact, rtol=0.05)
        self.assertEqual(report.best.inputs["grade"], "II")
        self.assertEqual([best.inputs["grade"] for best in report.bests], ["II", "III", "IV"])
        self.assert_says(report, "Surviving cells are most at volume 1.2 mL, cells 6e6 and grade II (foretold, not "
                                 "computed: 5.")
        self.assert_says(report, "within 5 % of that from volume 1 to 1.4 mL and from cells 4")
        self.assert_says(report, "The best elsewhere is, for grade III: ")

    def test_the_surface_goes_through_the_cases(self):
        found = self.report([VOLUMES, CELLS], peak).surfaces[0]
        for volume in VOLUMES["numbers"]:
            for cells in CELLS["numbers"]:
                row, column = (int(numpy.argmin(abs(numpy.array(axis) - value)))
                               for axis, value in zip(found.axes, (volume, cells)))
                self.assertAlmostEqual(found.mean[row][column] / 4e5, peak({"volume": volume, "cells": cells}) / 4e5, 2)
                self.assertLess(found.high[row][column] - found.low[row][column], 0.08 * 4e5)
        self.assertGreater(found.quality, 0.95)

    def test_a_best_at_the_edge_may_lie_beyond(self):
        report = self.report([VOLUMES], lambda row: 5 - row["volume"], goal="smallest", unit="mM")
        self.assertEqual((report.best.at_edge, report.best.inputs), (["volume"], {"volume": 2}))
        self.assert_says(report, "Of the computed cases, surviving cells are lowest at volume 2 mL (3 mM)")
        self.assert_says(report, "Volume 2 mL is the upper end of what was studied: the best may lie beyond.")

    def test_the_best_of_a_grade_is_looked_for_where_it_has_values(self):
        """In grade II all cases above 1.5 mL fail."""
        volumes = numbers("volume", "mL", 0.25, 0.5, 0.75, 1, 1.5, 2, 3)
        report = self.report([labels("grade", "II", "III"), volumes], lambda row: 1e5 * row["volume"],
                             statuses={6: "failed", 7: "failed"})
        second, third = sorted(report.bests, key=lambda best: best.inputs["grade"])
        self.assertEqual((second.inputs["volume"], third.inputs["volume"]), (1.5, 3))
        self.assertEqual((second.at_edge, second.is_tested, second.case), (["volume"], True, 5))
        self.assertEqual([surface.axes[0][-1] for surface in report.surfaces], [1.5, 3])
        self.assertAlmostEqual(second.value / 1e5, 1.5, 2)

    def test_too_few_cases_have_no_surface(self):
        report = self.report([numbers("volume", "mL", 0.5, 1, 2), GRADES], peak, statuses={1: "failed"})
        self.assertEqual(report.surfaces, [])
        self.assertTrue(report.best.is_tested)
        self.assertEqual((report.best.inputs, report.best.value), ({"grade": "II", "volume": 1}, peak(
            {"grade": "II", "volume": 1})))
        self.assert_says(report, "Of the computed cases, surviving cells are most at volume 1 mL and grade II")
        self.assert_says(report, "2 cases are too few for a response surface, which takes 5.")

    def test_an_answer_without_a_pattern_is_left_at_its_cases(self):
        values = dict(zip(numpy.linspace(0, 1, 20), numpy.random.default_rng(3).normal(size=20)))
        report = self.report([numbers("volume", "mL", *values)], lambda row: values[row["volume"]])
        self.assertTrue(report.best.is_tested)
        self.assertEqual(report.best.value, max(values.values()))
        self.assert_says(report, "The response surface foretells single cases badly (Q2 ")

    def test_three_numeric_inputs_show_the_two_of_largest_effect(self):
        generator = numpy.random.default_rng(1)
        inputs = [sampled("a", "mM", 0, 1), sampled("b", "mM", 0, 1), sampled("c", "mM", 0, 1)]
        rows = [dict(zip("abc", place)) for place in generator.random((50, 3))]
        report = self.report(inputs, lambda row: 10 - 9 * (row["a"] - 0.3)**2 - (row["b"] - 0.5)**2 - 6 * (
            row["c"] - 0.6)**2, rows, method="latin hypercube", samples=50)
        shown, = report.surfaces
        self.assertEqual((sorted(shown.inputs), list(shown.at)), (["a", "c"], ["b"]))
        numpy.testing.assert_allclose([report.best.inputs[name] for name in "abc"], [0.3, 0.5, 0.6], atol=0.05)
        self.assertAlmostEqual(report.best.value, 10, 2)

    def test_without_a_goal_there_is_no_best(self):
        report = self.report([VOLUMES], peak, goal="none")
        self.assertIsNone(report.best)
        self.assertEqual(len(report.surfaces), 1)
        self.assertIsNone(report.surfaces[0].best)


class Sentences(MadeStudy):
    def test_what_is_left_out(self):
        report = self.report([VOLUMES, CELLS], peak, statuses={1: "failed", 2: "waiting", 3: "stopped", 4: "failed"})
        self.assertEqual(report.n_cases, 21)
        self.assert_says(report, "21 of 25 cases have a value. The others (2 failed, 1 stopped and 1 not computed yet) "
                                 "are left out of what follows.")

    def test_what_changes_little(self):
        needles = numbers("needle", "G", 20, 25)
        report = self.report([VOLUMES, needles], lambda row: peak(row) + row["needle"])
        self.assert_says(report, "Volume explains 100 % of the variance.")
        self.assert_says(report, "Needle changes little (below 1 % of the variance).")
        self.assertNotIn("the best may lie beyond", " ".join(report.sentences))  # it hardly matters

    def test_pairs_that_act_together(self):
        inputs = [numbers("a", "mM", -1, 1), numbers("b", "mM", -1, 1)]
        report = self.report(inputs, lambda row: row["a"] * row["b"])
        self.assert_says(report, "A and b act together: beyond what each does alone, the pair explains 100 % of the")

    def test_an_answer_that_is_always_the_same_or_never_there(self):
        report = self.report([VOLUMES], lambda row: 4e5)
        self.assertEqual(report.sentences, ["Surviving cells are the same in all cases: 4e5 cells."])
        self.assertEqual((report.effects, report.best), ([], None))

    def test_no_case_is_done(self):
        report = self.report([VOLUMES], peak, statuses={number: "waiting" for number in range(1, 6)})
        self.assertEqual(report.sentences[-1], "No case has a value.")

    def test_a_column_that_is_not_there(self):
        """Nobody knows an answer's unit before the first case is done; later the column is missed."""
        for status in ("waiting", "done"):
            with self.subTest(status=status):
                study = self.study([VOLUMES], peak, statuses={number: status for number in range(1, 6)})
                results = Path(self.folder) / "results.csv"
                text = results.read_text(encoding="utf-8").replace("surviving cells", "something else")
                results.write_text(text, encoding="utf-8")
                if status == "waiting":
                    self.assertEqual(answers.answers(study)[0].sentences[-1], "No case has a value.")
                else:
                    with self.assertRaisesRegex(lacuna.LacunaError, "no column for the answer 'surviving cells'"):
                        answers.answers(study)
                shutil.rmtree(Path(self.folder) / "outcomes")

    def test_without_openturns_there_are_surfaces_all_the_same(self):
        with mock.patch.dict(sys.modules, {"openturns": None}):
            report = self.report([VOLUMES, CELLS], peak)
        self.assertFalse(report.best.is_tested)


class Wording(unittest.TestCase):
    def test_numbers(self):
        self.assertEqual([wording.number(value) for value in (0, 1.234, 0.03456, 412345, 1e-5, 12345, 6e6, math.nan)],
                         ["0", "1.2", "0.035", "4.1e5", "1e-5", "12000", "6e6", "no value"])
        self.assertEqual(wording.estimate(4.1234e5, 3.9e5, 4.3e5, "cells"), "4.1e5 cells, 95 % 3.9e5 to 4.3e5")
        self.assertEqual(wording.estimate(2, 2, 2, "mM"), "2 mM")
        self.assertEqual(wording.percent(0.001), "below 1 %")

    def test_words(self):
        self.assertEqual(wording.listed(["a", "b", "c"]), "a, b and c")
        names = ("surviving cells", "residents gained", "cells after a week", "glucose", "viscous loss",
                 "loss of cells")
        self.assertEqual([wording.is_plural(name) for name in names], [True] * 3 + [False] * 3)
        self.assertEqual([wording.beginning(name) for name in ("surviving cells", "pH of it", "NPMSC")],
                         ["Surviving cells", "pH of it", "NPMSC"])


class Command(MadeStudy):
    def command(self, *arguments):
        return subprocess.run([sys.executable, "-m", "lacuna.answers", self.folder, *arguments], capture_output=True,
                              text=True, check=False)

    def test_prints_and_writes(self):
        self.study([VOLUMES], peak)
        done = self.command("--json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("Surviving cells [cells]\n  Surviving cells are most at volume 1.2 mL", done.stdout)
        record = json.loads((Path(self.folder) / "answers.json").read_text(encoding="utf-8"))
        self.assertEqual((record["schema"], record["answers"][0]["name"]), (1, "surviving cells"))
        self.assertIn(record["answers"][0]["sentences"][0], done.stdout)

    def test_says_what_is_missing(self):
        done = self.command()
        self.assertEqual(done.returncode, 2)
        self.assertIn("error: there is no study in", done.stderr)


if __name__ == "__main__":
    unittest.main()
