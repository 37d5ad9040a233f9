# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Pictures of runs made here."""
import json
import os
import subprocess
import sys
import unittest

import lacuna
import matplotlib
import numpy
from lacuna import pictures

from made import WithFolder, bar_of_cells, write_fields, write_run

matplotlib.use("Agg")


class Picture(WithFolder):
    def picture(self):
        file = os.path.join(self.folder, "picture.png")
        pictures.save(lacuna.load(self.folder), file)
        self.assertGreater(os.path.getsize(file), 10000)

    def titles(self):
        figure = pictures.picture(lacuna.load(self.folder))
        return figure, [axes.title for axes in figure.axes if axes.get_title()]

    def test_of_a_run(self):
        write_run(self.folder)
        self.picture()
        self.assertEqual([title.get_text() for title in self.titles()[1]],
                         ["Glucose [mM]", "pH", "NPMSC [10⁶ cells/mL]"])

    def test_of_a_body_without_nucleus_history_or_summary(self):
        write_fields(self.folder, bar_of_cells(lambda place, region: {"oxygen [kPa]": place[0]}))
        self.picture()

    def test_of_a_nucleus_without_cells(self):
        write_run(self.folder)
        self.change_summary(regions=["rim", "annulus", "nucleus"])
        self.picture()
        self.assertEqual(len(self.titles()[1]), 3)

    def change_summary(self, **changes):
        path = os.path.join(self.folder, "summary.json")
        with open(path, encoding="utf-8") as file:
            summary = json.load(file)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(summary | changes, file)

    def test_of_uniform_fields(self):
        write_fields(self.folder, bar_of_cells(lambda place, region: {"glucose [mM]": 4.0}))
        self.picture()

    def test_vesicles_have_a_column(self):
        write_run(self.folder, vesicles=2e10)
        self.assertEqual(self.titles()[1][-1].get_text(), "Exosomes [10⁹/mL]")

    def test_no_text_lies_on_another(self):
        for doses in (1, 2, 5):
            with self.subTest(doses=doses):
                folder = os.path.join(self.folder, str(doses))
                os.makedirs(folder)
                write_run(folder, doses, vesicles=2e10)
                figure = pictures.picture(lacuna.load(folder))
                figure.canvas.draw()
                texts = figure.texts + [axes.title for axes in figure.axes if axes.get_title()]
                texts += [axes.get_legend() for axes in figure.axes if axes.get_legend()]
                boxes = [text.get_window_extent() for text in texts]
                for number, box in enumerate(boxes):
                    self.assertFalse(box.count_overlaps(boxes[:number]), texts[number])
                    self.assertTrue(figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1, texts[number])

    def test_leaves_the_fields_of_the_run_alone(self):
        write_run(self.folder, vesicles=2e10)
        run = lacuna.load(self.folder)
        before = run.quantities
        pictures.picture(run)
        self.assertEqual(run.quantities, before)

    def test_outline_of_the_nucleus_is_one_closed_loop(self):
        write_run(self.folder)
        run = lacuna.load(self.folder)
        loops = pictures.mid_planes(run.grid(), run.regions)["mid-axial"].outlines["nucleus"]
        self.assertEqual(len(loops), 1)
        numpy.testing.assert_allclose(loops[0].min(axis=0), [-10, -10], atol=1e-3)
        numpy.testing.assert_allclose(loops[0][0], loops[0][-1])


class Command(WithFolder):
    def command(self, *arguments):
        return subprocess.run([sys.executable, "-m", "lacuna.pictures", self.folder, *arguments], capture_output=True,
                              text=True, check=False)

    def test_writes_the_picture(self):
        write_run(self.folder)
        file = os.path.join(self.folder, "drawn.png")
        done = self.command("--output", file)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, file + "\n", ""))
        self.assertTrue(os.path.exists(file))

    def test_says_what_is_missing(self):
        done = self.command()
        self.assertEqual(done.returncode, 2)
        self.assertIn("error: there is no run in", done.stderr)
        write_run(self.folder)
        os.remove(os.path.join(self.folder, "fields.pvd"))
        self.assertIn("no fields.pvd", self.command().stderr)


class Helpers(WithFolder):
    def setUp(self):
        super().setUp()
        write_run(self.folder, doses=2)
        self.run_made = lacuna.load(self.folder)
        self.axes = matplotlib.figure.Figure().add_subplot()

    def test_history_with_its_control(self):
        pictures.plot_history(self.run_made, "NP cells residents viable", axes=self.axes)
        self.assertEqual(self.axes.get_ylabel(), "NP cells residents viable [cells]")
        self.assertEqual([line.get_label() for line in self.axes.lines],
                         ["NP cells residents viable", "NP cells residents viable, untreated control"])

    def test_one_axis_has_one_unit(self):
        with self.assertRaisesRegex(lacuna.LacunaError, "'time' is in d, 'NP cells residents viable' is in cells"):
            pictures.plot_history(self.run_made, "time", "NP cells residents viable", axes=self.axes)

    def test_slice(self):
        pictures.plot_slice(self.run_made.slice("glucose", normal="x"), axes=self.axes, cmap="cividis")
        self.assertEqual((self.axes.get_xlabel(), self.axes.get_ylabel()), ("y [mm]", "z [mm]"))
        self.assertEqual(self.axes.figure.axes[1].get_ylabel(), "glucose [mM]")

    def test_sections(self):
        figure = pictures.sections(self.run_made, "pH", "glucose", time=30)
        self.assertEqual([axes.get_title() for axes in figure.axes if axes.get_title()], ["pH", "Glucose [mM]"])
        self.assertEqual(len([axes for axes in pictures.sections(self.run_made).axes if axes.get_title()]), 3)


if __name__ == "__main__":
    unittest.main()
