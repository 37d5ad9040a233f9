# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Surfaces through functions that are known everywhere: their bands hold what was held out, and no best is claimed that
is not there."""
import itertools
import math
import unittest

import lacuna
import numpy
from lacuna import answers, confirmation, fronts, headlines, process
from lacuna.process import Process

from made import WithFolder, answer, crossed, labels, numbers, write_study

# Levels as people take them, scaled: 0.5, 1, 1.5, 2, 3 mL; 1, 3, 6, 12, 25 million in their logarithm.
VOLUMES = (numpy.array([0.5, 1, 1.5, 2, 3]) - 0.5) / 2.5
CELLS = numpy.log([1, 3, 6, 12, 25]) / math.log(25)
HELD_OUT = numpy.random.default_rng(5).random((400, 2))
FUNCTIONS = 10  # of a kind


def grid():
    return numpy.array(list(itertools.product(VOLUMES, CELLS)))


def hypercube(generator):
    return numpy.array([(generator.permutation(30) + generator.random(30)) / 30 for _ in range(2)]).T


def smooth(generator):
    middle, width, slope = generator.uniform(0.1, 0.9, 2), generator.uniform(0.3, 0.8, 2), generator.uniform(-1, 1, 2)
    return lambda at: numpy.exp(-(((at - middle) / width)**2).sum(axis=1)) + 0.3 * at @ slope


def kinked(generator):
    bend, one, other = generator.uniform(0.2, 0.8, 2), generator.uniform(0.5, 2, 2), generator.uniform(-1, 1, 2)
    return lambda at: numpy.minimum(at @ one, bend @ one + (at - bend) @ other)


def rising(generator):
    """Over decades, up to the edge."""
    power, rate = generator.uniform(0.5, 2, 2), generator.uniform(0.5, 3, 2)
    return lambda at: numpy.prod((numpy.exp(rate * at) - 0.7)**power, axis=1)


def saturating(generator):
    rate = generator.uniform(1, 5, 2)
    return lambda at: numpy.prod(1 - numpy.exp(-rate * (at + 0.05)), axis=1)


def noisy(generator):
    function, deviation = smooth(generator), generator.uniform(0.03, 0.15)
    chance = numpy.random.default_rng(generator.integers(1 << 30))
    return lambda at: function(at) + chance.normal(0, deviation, len(at))


class Bands(unittest.TestCase):
    def share_held(self, kind, is_there=lambda at: numpy.ones(len(at), dtype=bool)):
        """Of what is held out, over functions of this kind and two designs, what lies in the 95 % bands."""
        held, total = 0, 0
        for number in range(FUNCTIONS):
            generator = numpy.random.default_rng(100 * number + 7)
            points = grid() if number % 2 == 0 else hypercube(generator)
            points = points[is_there(points)]
            function = kind(generator)
            fitted = Process(points, function(points))
            places = HELD_OUT[is_there(HELD_OUT)]
            low, high = fitted.band(places)
            values = function(places)
            held += int(numpy.sum((low <= values) & (values <= high)))
            total += len(places)
        return held / total

    def test_they_hold_what_was_held_out(self):
        for kind in (smooth, kinked, rising, saturating, noisy):
            with self.subTest(kind=kind.__name__):
                share = self.share_held(kind)
                self.assertGreaterEqual(share, 0.90)
                self.assertLessEqual(share, 0.99 if kind is smooth else 0.98)

    def test_they_do_so_where_a_law_refuses_a_corner(self):
        share = self.share_held(kinked, lambda at: (at[:, 0] < 0.7) | (at[:, 1] > 0.4))
        self.assertGreaterEqual(share, 0.90)
        self.assertLessEqual(share, 0.98)

    def test_they_contain_the_numerical_error_of_the_cases(self):
        points = grid()
        values, errors = 1 + points.sum(axis=1), numpy.full(25, 0.2)
        low, high = Process(points, values, errors).band(points)
        self.assertTrue(numpy.all(high - low >= 0.4 * (1 - 1e-9)))
        low, high = Process(points, values, numpy.full(25, math.nan)).band(points)
        self.assertTrue(numpy.all(high - low < 0.1))

    def test_what_is_left_out_is_foretold_by_the_others_alone(self):
        """The closed forms against processes without the case, and without the level."""
        generator = numpy.random.default_rng(1)
        points, values = grid(), generator.normal(size=25)
        model = process._Model(process.KERNELS[0], 1, False, numpy.array([0.4, 0.6]), 0.01)
        for part in (numpy.array([7]), numpy.arange(5, 10)):
            left = process._left_out(model.solve(points, values), values, [part])
            kept = numpy.setdiff1d(numpy.arange(25), part)
            solved = model.solve(points[kept], values[kept])
            weights = solved.projected @ values[kept]
            own = model.correlation(points[kept], points[kept]) + 0.01 * numpy.eye(len(kept))
            trend = numpy.linalg.lstsq(model.trend(points[kept]), values[kept] - own @ weights, rcond=None)[0]
            foretold = model.trend(points[part]) @ trend + model.correlation(points[part], points[kept]) @ weights
            numpy.testing.assert_allclose(left.errors, values[part] - foretold, rtol=1e-6, atol=1e-9)


class Bests(WithFolder):
    VOLUMES = numbers("volume", "mL", 0.5, 1, 1.5, 2, 3)
    CELLS = numbers("cells", "1", 1e6, 3e6, 6e6, 12e6, 25e6)
    GRADES = {**labels("grade", "II", "III"), "given": True}

    def study(self, inputs, *functions, goals=("largest", "largest"), **options):
        asked = [answer(name, "cells", goal) for name, goal in zip(("survivors", "residents"), goals)][:len(functions)]
        write_study(self.folder, inputs, options.pop("rows", None) or crossed(inputs), asked,
                    lambda row: [function(row) for function in functions], **options)
        return lacuna.load_study(self.folder)

    def test_a_function_that_rises_has_no_best_inside(self):
        """However it rises: it is said to be best at the edge, and nothing is foretold."""
        rises = {
            "as the flagship's survivors": lambda row: row["volume"]**1.2 * row["cells"]**0.55,
            "to a plateau": lambda row: 1e6 * math.tanh(2 * row["volume"]) * row["cells"] / (row["cells"] + 1e6),
            "in a step": lambda row: 1e5 * (1 + row["volume"] + 30 * (row["cells"] > 1e7))}
        for name, function in rises.items():
            with self.subTest(name):
                self.setUp()
                report, = answers.answers(self.study([self.VOLUMES, self.CELLS], function))
                self.assertTrue(report.best.is_tested)
                self.assertEqual(report.best.inputs["volume"], 3)
                self.assertIn("volume", report.best.at_edge)

    def test_noise_makes_no_best_inside(self):
        """The best of noisy cases on a plateau is inside by chance: cases at the end are as good, and it is said."""
        for seed in range(8):
            with self.subTest(seed=seed):
                self.setUp()
                generator = numpy.random.default_rng(seed)
                report, = answers.answers(self.study([self.VOLUMES, self.CELLS], lambda row: 1e6 * math.tanh(
                    row["volume"]) * row["cells"] / (row["cells"] + 2e6) + generator.normal(0, 3e4)))
                best = report.best
                self.assertTrue(best.is_tested)
                for name, last in (("volume", 3), ("cells", 25e6)):
                    self.assertTrue(best.inputs[name] == last or name in best.open, best)

    def test_errors_make_cases_equal(self):
        values = {0.5: 10, 1: 12, 1.5: 13, 2: 12.6, 3: 11}
        study = self.study([self.VOLUMES], lambda row: values[row["volume"]], errors_of=lambda row: [0.5])
        best = answers.answers(study)[0].best
        self.assertEqual((best.inputs["volume"], best.value_low, best.value_high), (1.5, 12.5, 13.5))
        self.assertEqual(best.equals, [2, 4])  # 12 to 13 and 12.6: bars overlap
        self.assertIn("2 other cases are equal to it within the errors.", answers.answers(study)[0].sentences)

    def test_answers_are_given_for_each_given_level(self):
        factors = {"II": 2, "III": 1}
        study = self.study([self.GRADES, self.VOLUMES, self.CELLS], lambda row: factors[row["grade"]] * row["volume"]
                           * row["cells"]**0.5, lambda row: -row["cells"] / row["volume"], errors_of=lambda row: [50, 9])
        found = headlines.headlines(study, answers.answers(study))
        self.assertEqual([headline.given for headline in found], [{"grade": "II"}, {"grade": "III"}])
        self.assertEqual(found[1].sentences[0], "At grade III, survivors are most with volume 3 mL and cells 25 million: "
                         "15000 ± 50 cells after 30 d; that is the upper end of volume and cells studied, and more may "
                         "lie beyond.")
        self.assertIn("the goals conflict", found[1].sentences[1])

    def test_the_trade_off_is_of_cases_that_no_other_beats(self):
        study = self.study([self.GRADES, self.VOLUMES], lambda row: row["volume"], lambda row: -abs(row["volume"] - 1))
        second, third = fronts.fronts(study)
        self.assertEqual((second.at, second.numbers), ({"grade": "II"}, [5, 4, 3, 2]))
        self.assertEqual(third.numbers, [10, 9, 8, 7])  # 0.5 mL is beaten by 1 mL in both

    def test_what_is_foretold_is_proposed_once_and_then_learnt_from(self):
        def function(row):
            return 1e6 * math.exp(-((row["volume"] - 1.25) / 0.6)**2)

        study = self.study([self.GRADES, self.VOLUMES], function)
        proposed = confirmation.proposals(study)
        self.assertEqual([(entry["answer"], entry["inputs"]["grade"]) for entry in proposed],
                         [("survivors", "II"), ("survivors", "III")])
        self.assertAlmostEqual(float(proposed[0]["inputs"]["volume"].split()[0]), 1.25, delta=0.1)
        added = [{"grade": "II", "volume": float(proposed[0]["inputs"]["volume"].split()[0])}]
        self.setUp()
        confirms = {"answer": "survivors", "predicted": proposed[0]["predicted"], "low": proposed[0]["low"],
                    "high": proposed[0]["high"]}
        inputs = [self.GRADES, self.VOLUMES]
        study = self.study(inputs, function, rows=crossed(inputs) + added, confirms={11: confirms})
        report, = answers.answers(study)
        best = next(best for best in report.bests if best.inputs["grade"] == "II")
        self.assertEqual((best.is_tested, best.case), (True, 11))
        self.assertEqual(report.n_cases, 10)  # effects and counts are of the grid
        self.assertTrue(any("(case 11): as foretold." in sentence for sentence in report.sentences), report.sentences)
        self.assertEqual([entry["inputs"]["grade"] for entry in confirmation.proposals(study)], ["III"])


if __name__ == "__main__":
    unittest.main()
