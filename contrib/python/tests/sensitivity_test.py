# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Sobol indices against those that are known exactly: of the Ishigami function and of Sobol's g function."""
import math
import unittest

import lacuna
import numpy
from lacuna import sensitivity
from lacuna.design import openturns, seeded

from made import WithFolder, answer, labels, numbers, sampled, write_study


def ishigami(row):
    return math.sin(row["a"]) + 7 * math.sin(row["b"])**2 + 0.1 * row["c"]**4 * math.sin(row["a"])


# Ishigami & Homma 1990: variances of a alone, of b alone, and of a with c.
ALONE_A, ALONE_B, A_WITH_C = 0.5 * (1 + 0.1 * math.pi**4 / 5)**2, 7**2 / 8, 0.1**2 * math.pi**8 * (1 / 18 - 1 / 50)
ISHIGAMI = {name: numpy.array(shares) / (ALONE_A + ALONE_B + A_WITH_C) for name, shares in {
    "a": (ALONE_A, ALONE_A + A_WITH_C), "b": (ALONE_B, ALONE_B), "c": (0, A_WITH_C)}.items()}

WEIGHTS = {"a": 0, "b": 1, "c": 4.5, "d": 9}


def g_function(row):
    return math.prod((abs(4 * row[name] - 2) + weight) / (1 + weight) for name, weight in WEIGHTS.items())


def exact_of_g():
    """Saltelli & Sobol 1995: the variance of a factor is 1/3 (1 + weight)^-2, and that of the product follows."""
    alone = {name: 1 / 3 / (1 + weight)**2 for name, weight in WEIGHTS.items()}
    product = math.prod(1 + variance for variance in alone.values())
    return {name: numpy.array([variance, variance * product / (1 + variance)]) / (product - 1)
            for name, variance in alone.items()}


ANGLES = [sampled(name, "1", -math.pi, math.pi) for name in "abc"]
PARTS = [sampled(name, "mM", 0, 1) for name in "abcd"]


def spread(inputs, count):
    """A Latin hypercube, in the logarithm where the input is."""
    with seeded(3) as library:
        box = library.ComposedDistribution([library.Uniform(0, 1)] * len(inputs))
        return rows_of(inputs, numpy.array(library.LHSExperiment(box, count).generate()))


def saltelli(inputs, count):
    """The order that the plan of a study has."""
    with seeded(3) as library:
        box = library.ComposedDistribution([library.Uniform(0, 1)] * (2 * len(inputs)))
        base = numpy.array(library.LowDiscrepancyExperiment(library.SobolSequence(), box, count).generate())
    first, second = base[:, :len(inputs)], base[:, len(inputs):]
    blocks = [first, second]
    for column in range(len(inputs)):
        block = first.copy()
        block[:, column] = second[:, column]
        blocks.append(block)
    return rows_of(inputs, numpy.vstack(blocks))


def rows_of(inputs, places):
    def value(given, part):
        low, high = given["minimum"], given["maximum"]
        return low * (high / low)**part if given["logarithmic"] else low + part * (high - low)

    return [{given["name"]: value(given, part) for given, part in zip(inputs, place)} for place in places.tolist()]


class Made(WithFolder):
    def found(self, inputs, rows, function, method, samples, **options):
        write_study(self.folder, inputs, rows, [answer("value", "1", "none")], lambda row: [function(row)],
                    method=method, samples=samples, **options)
        study = lacuna.load_study(self.folder)
        return sensitivity.sensitivity(study, study.answers[0])

    def assert_near(self, indices, exact, tolerance, held):
        """Near the exact ones, and of the intervals at least `held` contain them."""
        contained = []
        for index in indices:
            first, total = exact[index.input]
            self.assertAlmostEqual(index.first, first, delta=tolerance, msg=index)
            self.assertAlmostEqual(index.total, total, delta=tolerance, msg=index)
            contained += [index.first_low - 0.002 <= first <= index.first_high + 0.002,
                          index.total_low - 0.002 <= total <= index.total_high + 0.002]
        self.assertEqual(len(contained), 2 * len(exact))
        self.assertGreaterEqual(sum(contained), held)

    def assert_none(self, found, sentence):
        self.assertEqual(found.indices, [])
        self.assertIn(sentence, found.notes[0])


class Saltelli(Made):
    def test_ishigami(self):
        found = self.found(ANGLES, saltelli(ANGLES, 512), ishigami, "saltelli", 512)
        self.assert_near(found.indices, ISHIGAMI, 0.05, 5)
        self.assertEqual((found.indices[0].input, found.notes), ("a", []))

    def test_g_function(self):
        found = self.found(PARTS, saltelli(PARTS, 512), g_function, "saltelli", 512)
        self.assert_near(found.indices, exact_of_g(), 0.05, 7)
        self.assertEqual([index.input for index in found.indices], ["a", "b", "c", "d"])

    def test_failed_cases_take_their_base_row_along(self):
        rows = saltelli(ANGLES, 512)
        found = self.found(ANGLES, rows, ishigami, "saltelli", 512,
                           statuses={1: "failed", 513: "failed", 600: "failed"})
        self.assert_near(found.indices, ISHIGAMI, 0.05, 5)
        self.assertEqual(found.notes, [
            "2 of 512 base rows of the design have a case without a value and are left out with all their 5 cases, "
            "which may bias the Sobol indices."])  # 1 and 513 are of one row

    def test_for_every_value_of_the_listed_inputs(self):
        grades = labels("grade", "II", "III")
        rows = [{**row, "grade": grade} for row in saltelli(ANGLES, 128) for grade in ("II", "III")]
        found = self.found([*ANGLES, grades], rows, lambda row: ishigami(row) if row["grade"] == "II" else row["b"],
                           "saltelli", 128)
        self.assertEqual([index.at["grade"] for index in found.indices], ["II"] * 3 + ["III"] * 3)
        self.assertEqual(found.indices[3].input, "b")
        self.assertGreater(found.indices[3].first, 0.95)
        self.assertLess(found.indices[4].total_high, 1e-9)

    def test_estimators_are_those_of_openturns(self):
        rows = saltelli(PARTS, 64)
        inputs = numpy.array([[row[name] for name in WEIGHTS] for row in rows])
        values = numpy.array([g_function(row) for row in rows])
        library = openturns()
        theirs = library.MartinezSensitivityAlgorithm(library.Sample(inputs), library.Sample(values[:, None]), 64)
        ours = sensitivity._martinez(values.reshape(6, 64))[0]
        numpy.testing.assert_allclose(ours[:, 0], theirs.getFirstOrderIndices(), atol=1e-9)
        numpy.testing.assert_allclose(ours[:, 1], theirs.getTotalOrderIndices(), atol=1e-9)

    def test_too_few_base_rows(self):
        found = self.found(ANGLES, saltelli(ANGLES, 20), ishigami, "saltelli", 20,
                           statuses={number: "waiting" for number in range(1, 6)})
        self.assert_none(found, "15 of 20 base rows are without a missing case, and it takes 16")

    def test_another_order_is_refused(self):
        rows = saltelli(ANGLES, 32)
        found = self.found(ANGLES, rows[32:64] + rows[:32] + rows[64:], ishigami, "saltelli", 32)
        self.assert_none(found, "the cases are not in the order of a Saltelli design")

    def test_an_answer_that_does_not_vary(self):
        found = self.found(ANGLES, saltelli(ANGLES, 32), lambda row: 5.0, "saltelli", 32)
        self.assert_none(found, "the answer is the same in all cases")


class Chaos(Made):
    def test_ishigami(self):
        found = self.found(ANGLES, spread(ANGLES, 150), ishigami, "latin hypercube", 150)
        self.assert_near(found.indices, ISHIGAMI, 0.04, 5)
        self.assertRegex(found.notes[0], r"The Sobol indices are those of a polynomial of degree \d+ \(Q2 (0\.9|1\.0)")

    def test_g_function(self):
        found = self.found(PARTS, spread(PARTS, 150), g_function, "sobol", 150)
        self.assert_near(found.indices, exact_of_g(), 0.04, 7)

    def test_logarithmic_inputs(self):
        """The logarithm of a product: shares are the squares of the ranges' logarithms."""
        inputs = [sampled("a", "1", 1, 10, True), sampled("b", "1", 1, 100, True)]
        found = self.found(inputs, spread(inputs, 40), lambda row: math.log(row["a"] * row["b"]), "latin hypercube", 40)
        self.assertAlmostEqual(found.indices[0].first, 0.8, 3)
        self.assertAlmostEqual(found.indices[1].total, 0.2, 3)

    def test_failed_cases_are_left_out(self):
        found = self.found(ANGLES, spread(ANGLES, 150), ishigami, "latin hypercube", 150,
                           statuses={number: "failed" for number in range(1, 11)})
        self.assert_near(found.indices, ISHIGAMI, 0.05, 5)

    def test_too_few_cases(self):
        found = self.found(ANGLES, spread(ANGLES, 24), ishigami, "latin hypercube", 24)
        self.assert_none(found, "24 cases have a value, and a polynomial of 3 inputs takes 25")

    def test_chance_has_no_indices(self):
        generator = numpy.random.default_rng(1)
        found = self.found(ANGLES, spread(ANGLES, 40), lambda row: generator.normal(), "latin hypercube", 40)
        self.assert_none(found, "no polynomial describes the answer well enough (Q2 0.")

    def test_random_numbers_of_others_are_left_alone(self):
        library = openturns()
        library.RandomGenerator.SetSeed(5)
        expected = library.RandomGenerator.Generate()
        library.RandomGenerator.SetSeed(5)
        self.found(ANGLES, spread(ANGLES, 30), lambda row: row["a"], "latin hypercube", 30)
        self.assertEqual(library.RandomGenerator.Generate(), expected)


class Grid(Made):
    def test_has_none(self):
        inputs = [numbers("a", "mM", 1, 2, 3)]
        found = self.found(inputs, [{"a": value} for value in (1, 2, 3)], lambda row: row["a"], "grid", 0)
        self.assertEqual((found.indices, found.notes), ([], []))


if __name__ == "__main__":
    unittest.main()
