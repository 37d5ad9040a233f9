# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Fits to measurements made here: of a small model in place of the program, and of the program itself."""
import json
import math
import subprocess
import sys
import unittest
from pathlib import Path

import lacuna
import numpy
from lacuna import calibration
from lacuna.calibration import Measurement, Parameter, calibrate, read_measurements

from made import WithFolder

SUPPLY = Path(__file__).parents[3] / "parameter-files" / "cookbook" / "dose-and-supply.prm"
RATE, TOXICITY, SHARE = "Laws/death/Rate", "Laws/death/Toxicity", "Laws/death/Share"
DOSE = "Solutes/poison/Value"

# Cells die at Share * Rate + Toxicity * dose; written every half day, or where fields are asked for. It does not
# converge beyond a rate of 1.8 /d.
MODEL = """#!{python} -ISE
import math, os, sys
words = sys.argv[1:]
settings = dict(words[n + 1].split("=", 1) for n, word in enumerate(words) if word == "--set")
folder = words[words.index("--output") + 1]
with open("{log}", "a") as file:
    file.write("run\\n")
def number(path, default):
    return float(settings.get(path, default).split()[0])
if number("Laws/death/Rate", "0.5") > 1.8:
    print("Warning: no step is small enough")
    sys.exit(3)
rate = number("Laws/death/Share", "1") * number("Laws/death/Rate", "0.5") + \\
    number("Laws/death/Toxicity", "0.2") * number("Solutes/poison/Value", "0 mM")
end = number("Time/End", "4 d")
times = {{n / 2 for n in range(int(2 * end) + 1)}} | {{end}}
times |= {{float(time.split()[0]) for time in settings.get("Output/Field times", "").split(",") if time.strip()}}
os.makedirs(folder)
with open(os.path.join(folder, "history.csv"), "w") as file:
    file.write("time [d],viable [cells],dead [cells]\\n")
    for time in sorted(times):
        viable = 1000 * math.exp(-rate * time)
        file.write("%.12g,%.12g,%.12g\\n" % (time, viable, 1000 - viable))
print("Results: " + folder)
"""


def viable(time, rate=0.7, toxicity=0.0, dose=0.0):
    return 1000 * math.exp(-(rate + toxicity * dose) * time)


class WithModel(WithFolder):
    def setUp(self):
        super().setUp()
        self.log = Path(self.folder) / "log"
        self.program = Path(self.folder) / "lacuna"
        self.program.write_text(MODEL.format(python=sys.executable, log=self.log), encoding="utf-8")
        self.program.chmod(0o755)

    def calibrate(self, parameters, data, **options):
        return calibrate("case.prm", parameters, data, program=self.program, quantity="viable", **options)

    def measured(self, noise=0.02, doses=(0,), seed=1, **truth):
        generator = numpy.random.default_rng(seed)
        return [Measurement(viable(time, dose=dose, **truth) * (1 + noise * generator.normal()), "viable", time,
                            ((DOSE, f"{dose} mM"),))
                for dose in doses for time in (0.3, 0.7, 1.3, 2.1, 3.3)]

    def assert_says(self, sentence, action):
        with self.assertRaises(lacuna.LacunaError) as raised:
            action()
        self.assertIn(sentence, str(raised.exception))


class Fit(WithModel):
    def test_exact_measurements_give_the_exact_value(self):
        found = self.calibrate([f"{RATE} = 0.1 .. 1.5 1/d"], self.measured(noise=0))
        self.assertAlmostEqual(found.parameters[0].value, 0.7, 4)
        self.assertEqual((found.has_converged, found.warnings), (True, []))
        self.assertAlmostEqual(found.explained, 1, 6)
        self.assertEqual(len(self.log.read_text().splitlines()), found.runs)  # and none of them twice

    def test_two_parameters_within_their_intervals(self):
        found = self.calibrate([f"{RATE} = 0.1 .. 1.5 1/d", f"{TOXICITY} = 0.01 .. 1 1/d, logarithmic"],
                               self.measured(doses=(0, 1, 3), rate=0.7, toxicity=0.2), jobs=2)
        for fitted, truth in zip(found.parameters, (0.7, 0.2)):
            self.assertTrue(fitted.low < truth < fitted.high, fitted)
            self.assertLess(fitted.high - fitted.low, 0.3 * truth)
        self.assertEqual(found.degrees_of_freedom, 13)
        self.assertIn(f"{RATE} = 0.", found.sentences[0])

    def test_the_interval_is_that_of_linear_theory(self):
        """Of one parameter: the quantile of Student's t times the deviation per length of the derivative."""
        data = self.measured(noise=0.05)
        found = self.calibrate([f"{RATE} = 0.1 .. 1.5 1/d"], data)
        fitted = found.parameters[0]
        scale = math.sqrt(sum(point.value**2 for point in data) / len(data))
        rest = [(viable(point.time, fitted.value) - point.value) / scale for point in data]
        slopes = [-point.time * viable(point.time, fitted.value) / scale for point in data]
        margin = 2.776445 * math.sqrt(sum(value**2 for value in rest) / 4 / sum(slope**2 for slope in slopes))
        numpy.testing.assert_allclose([fitted.value - fitted.low, fitted.high - fitted.value], margin, rtol=0.01)

    def test_the_profile_ends_where_the_sum_of_squares_says(self):
        data = self.measured(noise=0.1)
        found = self.calibrate([f"{RATE} = 0.1 .. 1.5 1/d, logarithmic"], data, profile=True)
        fitted = found.parameters[0]
        scale = math.sqrt(sum(point.value**2 for point in data) / len(data))

        def squares(rate):
            return sum(((viable(point.time, rate) - point.value) / scale)**2 for point in data)

        for end in (fitted.profile_low, fitted.profile_high):
            self.assertAlmostEqual((squares(end) / squares(fitted.value) - 1) * 4 / 2.776445**2, 1, 1)
        self.assertLess(fitted.profile_low, fitted.value)
        self.assertLess(fitted.value, fitted.profile_high)

    def test_the_profile_of_two_is_near_to_linear_theory_where_noise_is_small(self):
        found = self.calibrate([f"{RATE} = 0.1 .. 1.5 1/d", f"{TOXICITY} = 0.01 .. 1 1/d"],
                               self.measured(0.01, (0, 2), rate=0.7, toxicity=0.2), profile=True, jobs=2)
        for fitted in found.parameters:
            numpy.testing.assert_allclose([fitted.profile_low, fitted.profile_high], [fitted.low, fitted.high],
                                          atol=0.1 * (fitted.high - fitted.low))

    def test_standard_deviations_are_weights(self):
        """The precise measurement of two that contradict each other wins."""
        data = [Measurement(viable(2, 0.5), "viable", 2, (), 1.0), Measurement(viable(2, 1.0), "viable", 2, (), 100.0)]
        found = self.calibrate([f"{RATE} = 0.1 .. 1.5 1/d"], data)
        self.assertAlmostEqual(found.parameters[0].value, 0.5, 2)
        self.assertIn("misses the measurements by 2.3 of their standard deviations", found.warnings[0])

    def test_runs_that_do_not_converge_are_avoided(self):
        found = self.calibrate([f"{RATE} = 0.1 .. 2.5 1/d, start 1.7"], self.measured(noise=0))
        self.assertAlmostEqual(found.parameters[0].value, 0.7, 3)
        self.assert_says("the run at the start, death/Rate = 2.2 1/d, did not converge",
                         lambda: self.calibrate([f"{RATE} = 0.1 .. 2.5 1/d, start 2.2"], self.measured()))

    def test_several_starts_begin_at_the_best(self):
        shown: list[str] = []
        self.calibrate([f"{RATE} = 0.01 .. 1.7 1/d, start 1.69"], self.measured(), starts=6, show=shown.append)
        first = float(shown[0].split(" = ")[1].split()[0])
        self.assertLess(abs(first - 0.7), 0.3)

    def test_the_end_of_the_run_without_times(self):
        data = [Measurement(viable(4, 0.7), "viable"), Measurement(1000 - viable(4, 0.7), "dead")]
        found = self.calibrate([f"{RATE} = 0.1 .. 1.5 1/d"], data)
        self.assertAlmostEqual(found.parameters[0].value, 0.7, 3)


class Warnings(WithModel):
    def test_parameters_that_cannot_be_told_apart(self):
        found = self.calibrate([f"{RATE} = 0.1 .. 1.5 1/d", f"{SHARE} = 0.1 .. 1.5"], self.measured())
        warnings = " ".join(found.warnings)
        self.assertIn(f"hardly tell {RATE} and {SHARE} apart (correlation -1.000)", warnings)
        self.assertIn(f"do not determine a combination of {RATE} and {SHARE}", warnings)

    def test_a_parameter_without_effect(self):
        found = self.calibrate([f"{RATE} = 0.1 .. 1.5 1/d", f"{TOXICITY} = 0.01 .. 1 1/d"], self.measured())
        self.assertEqual([fitted.is_determined for fitted in found.parameters], [True, False])
        self.assertEqual((found.parameters[1].low, found.parameters[1].high), (0.01, 1))
        self.assertIn(f"the measurements do not determine {TOXICITY}: any value", " ".join(found.warnings))
        self.assertTrue(found.parameters[0].low < 0.7 < found.parameters[0].high)

    def test_a_value_at_its_bound(self):
        found = self.calibrate([f"{RATE} = 0.1 .. 0.5 1/d"], self.measured())
        self.assertEqual(found.parameters[0].at_bound, "upper")
        self.assertIn(f"{RATE} is at its upper bound, 0.5: the best value may lie beyond", found.warnings[0])


class Mistakes(WithModel):
    def test_of_parameters(self):
        for text, sentence in (("Laws/x", "write it as 'Laws/x/y = 0.1 .. 2 1/d'"),
                               ("a = 2 .. 1", "lower bound 2 is not below the upper one 1"),
                               ("a = 0 .. 1, logarithmic", "needs bounds above 0, not 0"),
                               ("a = 0 .. 1, start 3", "the start 3 is not between 0 and 1"),
                               ("a = 0 .. 1, log", "'log' is neither 'logarithmic' nor")):
            with self.subTest(text=text):
                self.assert_says(sentence, lambda text=text: Parameter.parse(text))

    def test_of_measurements(self):
        data = self.measured()
        self.assert_says("1 measurements are too few for 1 parameters; it takes at least 2",
                         lambda: self.calibrate([f"{RATE} = 0 .. 1"], data[:1]))
        self.assert_says(f"'{DOSE}' is a condition of the measurements",
                         lambda: self.calibrate([f"{DOSE} = 0 .. 1"], data))
        self.assert_says("is to be fitted twice", lambda: self.calibrate([f"{RATE} = 0 .. 1"] * 2, data))
        self.assert_says("some measurements have a standard deviation", lambda: self.calibrate(
            [f"{RATE} = 0 .. 1"], [*data, Measurement(1, "viable", 1, (), 0.1)]))
        self.assert_says("there is no column 'vaible'; did you mean 'viable'?", lambda: self.calibrate(
            [f"{RATE} = 0 .. 1"], [Measurement(1, "vaible", 1), Measurement(1, "vaible", 2)]))
        self.assert_says("measured at 3.3 d, and the run goes from 0 to 2 d: set Time/End", lambda: self.calibrate(
            [f"{RATE} = 0 .. 1"], [Measurement(1, "viable", 3.3), Measurement(1, "viable")],
            settings={"Time/End": "2 d", "Output/Field times": ""}))


class Data(WithFolder):
    def read(self, text, **options):
        file = Path(self.folder) / "data.csv"
        file.write_text(text, encoding="utf-8")
        return read_measurements(file, **options)

    def test_columns(self):
        first, second = self.read(
            "# measured by hand\n"
            "Solutes/glucose/Value [mM],Acidity/Closure,time [d],quantity,value,standard deviation\n"
            "2.5,UPF,3,viable,17,2\n,,,dead,4,1\n")
        self.assertEqual(first, Measurement(17, "viable", 3, (("Solutes/glucose/Value", "2.5 mM"),
                                                              ("Acidity/Closure", "UPF")), 2))
        self.assertEqual(second, Measurement(4, "dead", None, (), 1))
        self.assertEqual(self.read("value [mM]\n3\n", quantity="glucose")[0].quantity, "glucose [mM]")

    def test_mistakes(self):
        for text, sentence in (("time [d]\n3\n", "has no column 'value'"), ("value\n3\n", "has no column 'quantity'"),
                               ("quantity,value\nx,three\n", "row 1: the value 'three' is no number"),
                               ("quantity,value\nx,\n", "row 1: there is no value"),
                               ("time [h],quantity,value\n3,x,1\n", "name the column 'time [d]', not 'time [h]'"),
                               ("quantity,value,standard deviation\nx,1,0\n", "standard deviation 0 is not above 0")):
            with self.subTest(text=text), self.assertRaises(lacuna.LacunaError) as raised:
                self.read(text)
            self.assertIn(sentence, str(raised.exception))


class Command(WithModel):
    def command(self, *arguments):
        return subprocess.run([sys.executable, "-m", "lacuna.calibration", "case.prm", "--program", self.program,
                               *arguments], capture_output=True, text=True, check=False)

    def test_writes_the_fit(self):
        data = Path(self.folder) / "data.csv"
        rows = [f"{time},{viable(time)}\n" for time in (1, 2, 3)]
        data.write_text("time [d],value\n" + "".join(rows), encoding="utf-8")
        output = Path(self.folder) / "fit.json"
        done = self.command("--data", data, "--quantity", "viable", "--output", output, "--quiet",
                            "--parameter", f"{RATE} = 0.1 .. 1.5 1/d, start 0.6")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn(f"--set '{RATE}=0.7", done.stdout)
        record = json.loads(output.read_text(encoding="utf-8"))
        self.assertAlmostEqual(record["parameters"][0]["value"], 0.7, 3)
        fragment = output.with_suffix(".prm").read_text(encoding="utf-8").splitlines()[1:]
        self.assertEqual(fragment, ["subsection Laws", "  subsection death",
                                    f"    set Rate = {record['settings'][RATE]}", "  end", "end"])

    def test_says_what_is_wrong(self):
        done = self.command("--data", "no.csv", "--parameter", f"{RATE} = 0 .. 1")
        self.assertEqual((done.returncode, done.stderr), (2, "error: there is no file 'no.csv' with measurements\n"))
        self.assertIn("logarithmic", self.command("--help").stdout)


class Real(WithFolder):
    """Of the program: what is known is recovered."""

    def test_starvation_of_injected_cells(self):
        truth = {"Laws/injected cells/Starvation hazard": 0.7, "Laws/injected cells/Half glucose": 0.5}
        settings = {"Geometry/Box/Layers": "nucleus: 5 mm / 5"}
        glucose = "Boundary conditions/right/glucose/Value"
        name, generator = "injected cells residents viable", numpy.random.default_rng(2)
        data = []
        for supply in ("1 mM", "3 mM"):
            known = {path: f"{value} {'1/d' if 'hazard' in path else 'mM'}" for path, value in truth.items()}
            run = lacuna.run(SUPPLY, {**settings, **known, glucose: supply, "Output/Fields": False, "Time/End": "4 d",
                                      "Output/Field times": "1 d, 2 d"}, output=Path(self.folder) / supply[0])
            for time in (1, 2, 4):
                value = float(numpy.interp(time, run.history["time"], run.history[name]))
                data.append(Measurement(value * (1 + 0.01 * generator.normal()), name, time, ((glucose, supply),)))
        found = calibrate(SUPPLY, ["Laws/injected cells/Starvation hazard = 0.3 .. 1.5 1/d, start 0.8",
                                   "Laws/injected cells/Half glucose = 0.2 .. 1 mM, logarithmic, start 0.4"], data,
                          settings=settings)
        for fitted in found.parameters:
            self.assertTrue(fitted.low < truth[fitted.path] < fitted.high, fitted)
            self.assertLess(fitted.high - fitted.low, 0.5 * truth[fitted.path])
        self.assertGreater(found.explained, 0.99)


if __name__ == "__main__":
    unittest.main()
