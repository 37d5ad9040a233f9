#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The ParaView macro on a real run, by ParaView itself, without a screen.

LACUNA_PROGRAM is the program, LACUNA_PARAVIEW a folder that keeps ParaView from one test to the next.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

import matplotlib
import matplotlib.image
import numpy

SOURCE = pathlib.Path(__file__).resolve().parents[2]
MACRO = SOURCE / "contrib" / "paraview" / "open_run.py"
PARAVIEW = pathlib.Path(os.environ.get("LACUNA_PARAVIEW", SOURCE / "build" / "paraview")).resolve()
LACUNA = os.environ.get("LACUNA_PROGRAM", str(SOURCE / "build" / "release" / "bin" / "lacuna"))
NOT_AVAILABLE = 77

# What the welcome window of ParaView would wait for.
NO_WELCOME = "[General]\nGeneralSettings.ShowWelcomeDialog=false\n"

# What choosing the macro does, in the window of ParaView; then the window closes.
IN_THE_WINDOW = """
import os, traceback
from paraview import simple
said = []
import paraview
paraview.print_error = said.append
try:
    {before}
    exec(compile(open({macro!r}).read(), "open_run.py", "exec"), {{"__name__": "__main__"}})
    if {picture!r}:
        simple.SaveScreenshot({picture!r}, simple.GetActiveView())
except BaseException:
    said.append(traceback.format_exc())
open({report!r}, "w").write("\\n".join(said))
os._exit(0)
"""

LOADS_A_STATE = """
from paraview import simple
simple.LoadState({state!r})
simple.SaveScreenshot({picture!r}, simple.GetActiveView(), ImageResolution=[1600, 1000])
"""

ASKS_IN_PYTHON = """
import sys
sys.path.insert(0, {folder!r})
import open_run
try:
    open_run.show({run!r}, field="glukose")
except open_run.Mistake as mistake:
    print("refused:", mistake)
view = open_run.show({run!r}, field="glucose", all_times=True)
print("view:", list(view.Background))
print("range:", *open_run.simple.GetColorTransferFunction("glucose [mM]").RGBPoints[0::4][:1])
"""


def fetch_paraview():
    """Exits as a skipped test where ParaView cannot be had."""
    script = pathlib.Path(__file__).resolve().with_name("fetch_paraview.sh")
    done = subprocess.run([script, PARAVIEW], check=False)
    if done.returncode:
        sys.exit(done.returncode)


def compute(case, folder, *settings):
    subprocess.run([LACUNA, "run", SOURCE / "parameter-files" / "cookbook" / case, "--output", folder, "--quiet",
                    *(word for setting in settings for word in ("--set", setting))], check=True)


def pixels_of(picture, colour, tolerance=0.02):
    """How many pixels have this colour."""
    return int((numpy.abs(picture - numpy.asarray(colour)[:3]).max(axis=2) < tolerance).sum())


def shares_of_map(picture, name):
    """How many of twelve steps of a map of colours are in a picture."""
    return sum(pixels_of(picture, matplotlib.colormaps[name](step)) > 30 for step in numpy.linspace(0.02, 0.98, 12))


def setUpModule():
    """A disc with fields at 0, 1 and 2 d, a slab, and a screen that nobody sees."""
    Shared.folder = pathlib.Path(tempfile.mkdtemp(prefix="lacuna-paraview-"))
    unittest.addModuleCleanup(shutil.rmtree, Shared.folder)
    compute("lumbar-npmsc-injection.prm", Shared.folder / "disc", "Geometry/Global refinements=1", "Time/End=2 d",
            "Output/Field times=1 d, 2 d", "Injections/Control=no")
    compute("dose-and-supply.prm", Shared.folder / "slab", "Time/End=3 d")
    settings = Shared.folder / ".config" / "ParaView"
    settings.mkdir(parents=True)
    (settings / "ParaView5.11.0.ini").write_text(NO_WELCOME)
    reading, writing = os.pipe()
    screen = subprocess.Popen([PARAVIEW / "bin" / "Xvfb", "-displayfd", str(writing), "-nolisten", "tcp",
                               "-noreset",  # a reset between two clients may refuse the second
                               "-screen", "0", "1400x900x24"], pass_fds=[writing], stderr=subprocess.DEVNULL)
    unittest.addModuleCleanup(screen.wait)
    unittest.addModuleCleanup(screen.terminate)
    os.close(writing)
    with os.fdopen(reading) as display:
        Shared.display = f":{display.readline().strip()}"


class Shared:
    """What all tests use."""

    folder: pathlib.Path
    display: str


class WithRun(unittest.TestCase):
    @property
    def folder(self):
        return Shared.folder

    @property
    def disc(self):
        return Shared.folder / "disc"

    def run_program(self, program, *words, status=0):
        """stdout and stderr of a program of ParaView that must end with this status."""
        environment = {**os.environ, "DISPLAY": Shared.display, "HOME": str(self.folder),
                       "XDG_RUNTIME_DIR": str(self.folder)}
        done = subprocess.run([PARAVIEW / "bin" / program, *words], cwd=self.folder, env=environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300, check=False)
        self.assertEqual(done.returncode, status, done.stdout)
        return done.stdout

    def open_run(self, *words, status=0):
        return self.run_program("pvbatch", MACRO, *words, status=status)

    def script(self, text, **names):
        file = self.folder / "script.py"
        file.write_text(text.format(**names))
        return str(file)

    def picture(self, name):
        return matplotlib.image.imread(self.folder / name)[:, :, :3]


class Command(WithRun):
    def test_picture_and_state(self):
        said = self.open_run(self.disc, "--field", "glucose", "--time", "1", "--screenshot", "glucose.png",
                             "--state", "glucose.pvsm")
        self.assertEqual(said, "glucose.png\nglucose.pvsm\n")
        picture = self.picture("glucose.png")
        self.check_picture(picture)
        self.check_state()
        self.run_program("pvbatch", self.script(LOADS_A_STATE, state=str(self.folder / "glucose.pvsm"),
                                                picture=str(self.folder / "again.png")))
        differing = numpy.abs(self.picture("again.png") - picture).max(axis=2) > 0.1
        self.assertLess(differing.mean(), 0.01)

    def check_picture(self, picture):
        """A white page with a body on it, cut open; beside it a bar, above it words."""
        self.assertEqual(picture.shape, (1000, 1600, 3))
        body, bar = picture[60:, :1380], picture[:, 1380:1460]
        background = pixels_of(body, [1, 1, 1]) / body[:, :, 0].size
        self.assertTrue(0.25 < background < 0.8, background)
        self.assertGreaterEqual(shares_of_map(body, "viridis"), 10)
        self.assertGreaterEqual(shares_of_map(bar, "viridis"), 10)
        coloured = body.max(axis=2) - body.min(axis=2) > 0.15
        self.assertTrue(0.1 < coloured.mean() < 0.6, coloured.mean())
        # Least glucose is deep inside, most at the rim.
        rows, columns = numpy.nonzero(coloured)
        middle = body[int(numpy.median(rows)), int(numpy.median(columns))]
        self.assertLess(numpy.abs(middle - matplotlib.colormaps["viridis"](0.05)[:3]).max(), 0.15)
        edge = body[int(numpy.median(rows[columns < columns.min() + 8])), columns.min() + 4]
        self.assertLess(numpy.abs(edge - matplotlib.colormaps["viridis"](0.97)[:3]).max(), 0.2)
        title, time, unit = picture[:60, :700], picture[:60, 1450:], picture[200:800, 1460:]
        for words in (title, time, unit):
            self.assertGreater(int((words.max(axis=2) < 0.6).sum()), 60)

    def check_state(self):
        """The unit of the bar, the days, and which file it is."""
        proxies: dict[str | None, list[dict[str | None, list[str | None]]]] = {}
        for proxy in xml.etree.ElementTree.parse(self.folder / "glucose.pvsm").iter("Proxy"):
            proxies.setdefault(proxy.get("type"), []).append(
                {item.get("name"): [element.get("value") for element in item.iter("Element")]
                 for item in proxy.iter("Property")})
        self.assertEqual(proxies["PVDReader"][0]["FileName"], [str(self.disc / "fields.pvd")])
        self.assertEqual(proxies["TimeToTextConvertorSource"][0]["Format"], ["{time:g} d"])
        self.assertIn(["glucose [mM]"], [bar["Title"] for bar in proxies["ScalarBarWidgetRepresentation"]])
        (view,) = proxies["RenderView"]
        self.assertEqual(view["Background"], ["1", "1", "1"])
        self.assertEqual(view["ViewTime"], ["1"])

    def test_other_fields_have_other_colours(self):
        self.open_run(self.disc, "--field", "pH", "--screenshot", "ph.png", "--size", "800x500")
        picture = self.picture("ph.png")
        self.assertEqual(picture.shape, (500, 800, 3))
        self.assertGreaterEqual(shares_of_map(picture, "cividis"), 9)
        self.assertLessEqual(shares_of_map(picture, "viridis"), 4)

    def test_a_body_that_is_no_disc(self):
        self.open_run(self.folder / "slab", "--screenshot", "slab.png")
        self.assertGreaterEqual(shares_of_map(self.picture("slab.png")[:, :1380], "viridis"), 10)


class Mistakes(WithRun):
    def test_what_is_not_there_is_said_with_what_is(self):
        missing = self.folder / "dics"
        without_fields = self.folder / "empty"
        without_fields.mkdir()
        for words, expected in (
            ([missing], f"error: there is no folder '{missing}'. Name the output folder of a run.\n"),
            ([without_fields], f"error: there are no fields in '{without_fields}' (no fields.pvd). "
                               "Name the output folder of a run whose parameter file has 'set Fields = yes'.\n"),
            ([self.disc, "--field", "glukose"], "error: there is no field 'glukose'; did you mean 'glucose'?\n"),
            ([self.disc, "--field", "glucose [kPa]"],
             "error: there is no field 'glucose [kPa]'; did you mean 'glucose [mM]'?\n"),
            ([self.disc, "--time", "7"], "error: there are no fields at 7 d; there are at 0, 1, 2 d\n"),
        ):
            with self.subTest(words):
                self.assertEqual(self.open_run(*words, "--screenshot", "none.png", status=2), expected)
        self.assertFalse((self.folder / "none.png").exists())

    def test_nothing_to_write(self):
        self.assertIn("add --screenshot FILE.png or --state FILE.pvsm", self.open_run(self.disc, status=2))


class InPython(WithRun):
    def test_as_a_module(self):
        said = self.run_program("pvpython", self.script(ASKS_IN_PYTHON, folder=str(MACRO.parent), run=str(self.disc)))
        self.assertIn("refused: there is no field 'glukose'; did you mean 'glucose'?", said)
        self.assertIn("view: [1.0, 1.0, 1.0]", said)
        (line,) = [line for line in said.splitlines() if line.startswith("range: ")]
        self.assertTrue(0 < float(line.split()[1]) < 1.5, line)


class InTheWindow(WithRun):
    def choose_macro(self, before, picture=""):
        """What choosing the macro in the window of ParaView says."""
        report = self.folder / "said.txt"
        script = self.script(IN_THE_WINDOW, before=before, macro=str(MACRO), picture=picture, report=str(report))
        self.run_program("paraview", f"--script={script}")
        return report.read_text()

    def test_shows_the_run_that_is_open(self):
        file = self.folder / "window.png"
        said = self.choose_macro(f"simple.PVDReader(FileName={str(self.disc / 'fields.pvd')!r})", str(file))
        self.assertEqual(said, "")
        self.assertGreaterEqual(shares_of_map(self.picture(file.name), "viridis"), 9)

    def test_says_what_to_do_if_none_is_open(self):
        self.assertIn("error: there is no run to show: open fields.pvd of a run (File > Open)",
                      self.choose_macro("pass"))


if __name__ == "__main__":
    fetch_paraview()
    unittest.main(verbosity=2)
