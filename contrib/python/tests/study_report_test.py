# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The page of made studies: what it says without its script, that text stays text, and what the script gets."""
import dataclasses
import itertools
import json
import os
import shutil
import tempfile
import unittest
import unittest.mock
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
from lacuna import report
from lacuna.answers import AnswerReport
from lacuna.report import study_data, study_text
from lacuna.report.study_alike import alike
from lacuna.report.study_best import best_table, nearest_case
from lacuna.report.study_effects import report_tables
from lacuna.sensitivity import Index
from lacuna.study import load_study
from lacuna.surface import Best

import made_study
from report_test import Reader

EVIL = "</script><b>&\"'"
SECTIONS = ["study-answer", "study-response", "study-effects", "study-answers", "study-trouble", "study-asked",
            "study-cases", "study-provenance"]


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


class StudyReader(Reader):
    """Rows of tables, too, by caption."""

    def __init__(self, text):
        self.tables, self._rows, self._caption = {}, [], None
        super().__init__(text)

    def handle_starttag(self, tag, attributes):
        super().handle_starttag(tag, attributes)
        if tag == "table":
            self._rows = []
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("th", "td"):
            self._rows[-1].append("")

    def handle_endtag(self, tag):
        super().handle_endtag(tag)
        if tag == "table":
            self.tables[plain(self._caption)] = self._rows

    def handle_data(self, data):
        super().handle_data(data)
        if self._open and self._open[-1] == "caption":
            self._caption = data
        elif self._open and self._open[-1] in ("th", "td"):
            self._rows[-1][-1] += plain(data)

    def table(self, beginning):
        return next(rows for caption, rows in self.tables.items() if caption.startswith(beginning))


def write_page(folder, plan, assets):
    """The page of a made study, and the study."""
    made_study.write_study(folder, plan)
    return StudyReader(Path(report.write(folder, assets=assets)).read_text(encoding="utf-8")), load_study(folder)


def data_of(reader):
    text = next(data for tag, data in reader.texts if tag == "script" and data.startswith("{"))
    return json.loads(text)["study"]


class WithPlace(unittest.TestCase):
    assets: str
    folders: Iterator[str]

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.assets = os.path.join(temporary.name, "assets")
        os.makedirs(cls.assets)
        for name in ("page.js", "page.css"):
            Path(cls.assets, name).write_text("", encoding="utf-8")
        cls.folders = (os.path.join(temporary.name, f"study {number}") for number in itertools.count())

    def page(self, plan):
        return write_page(next(self.folders), plan, self.assets)


class Grid(WithPlace):
    """The study of 225 cases."""

    text: str
    reader: Any
    study: Any

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader, cls.study = write_page(next(cls.folders), made_study.grid_plan(), cls.assets)
        cls.text = plain(cls.reader.text())

    def test_sections_are_in_the_order_of_questions(self):
        ids = [attributes["id"] for attributes in self.reader.named("section")]
        self.assertEqual(ids[:len(SECTIONS)], SECTIONS)
        self.assertEqual(max(Counter(attributes["id"] for _, attributes in self.reader.elements
                                     if "id" in attributes).values()), 1)

    def test_says_what_was_asked(self):
        self.assertIn("every combination of the values (3 of grade, 3 of cell type, 5 of volume, 5 of amount)",
                      self.text)
        self.assertEqual(self.reader.table("What was varied")[3:],
                         [["volume", "0.25, 0.5, 1, 1.5, 2 mL", "Injections/dose 1/Volume"],
                          ["amount", "1, 2, 4, 8, 16 million", "Injections/dose 1/Amount"]])
        self.assertEqual(self.reader.table("What was wanted")[2], [
            "change of resident cells",
            "resident cells residents viable at the end, minus that of the untreated tissue", "the largest"])
        self.assertIn(["Geometry/Global refinements", "1"], self.reader.table("Changes"))

    def test_gives_the_best_of_every_combination_beside_the_untreated_tissue(self):
        rows = self.reader.table("surviving cells: where it is largest, for each combination")
        self.assertEqual(rows[0][:3], ["grade", "cell type", "largest value [million cells]"])
        self.assertEqual(len(rows), 1 + 9)
        self.assertEqual(rows[1][:2], ["II", "NPMSC"])
        values = [float(row[2]) for row in rows[1:]]
        self.assertEqual(values, sorted(values, reverse=True))
        largest = max(made_study.survivors(row)[1] for row in made_study.grid_plan().rows)
        self.assertLess(abs(values[0] * 1e6 - largest), 0.1 * largest)
        residents = self.reader.table("change of resident cells")
        self.assertEqual(residents[0][-1], "untreated tissue")
        expected = {"II": "37.5 million cells", "III": "30 million cells", "IV": "18.6 million cells"}
        self.assertEqual([row[-1] for row in residents[1:]], [expected[row[0]] for row in residents[1:]])

    def test_answers_in_sentences(self):
        items = plain(self.reader.text("li"))
        self.assertIn("221 of 225 cases have a value.", items)
        self.assertNotRegex(items, r"\de\d")

    def test_lists_all_cases_with_units(self):
        rows = self.reader.table("Cases of the study")
        self.assertEqual(rows[0], ["case", "status", "grade", "cell type", "volume [mL]", "amount [million]",
                                   "surviving cells [million cells]", "change of resident cells [million cells]",
                                   "lowest glucose after 7 d [mM]", "time [s]", "reason"])
        self.assertEqual([row[0] for row in rows[1:]], [str(number) for number in range(1, 226)])
        self.assertEqual(rows[1][1:6], ["done", "II", "NPMSC", "0.25", "1"])
        viable = made_study.survivors(made_study.grid_plan().rows[0])[1]
        self.assertAlmostEqual(float(rows[1][6]), viable / 1e6, places=4)
        self.assertEqual(rows[44][1], "failed")
        self.assertEqual(rows[44][6:9] + rows[44][-1:], ["–"] * 3 + [made_study.NOT_CONVERGED])

    def test_tells_what_failed_and_what_was_warned_of(self):
        self.assertIn("The solve did not converge: the time step fell below its minimum at 3.25 d Cases 44, 75; said in "
                      "logs/0044.txt and the like", self.text)
        self.assertIn("Stopped after the time limit of 10 min Case 225; said in logs/0225.txt", self.text)
        self.assertIn("4 of 225 cases: 50, 100, 150, 200", self.text)
        self.assertIn("90 of 225 cases: 16 to 25, 41 to 50", self.text)
        self.assertIn("<0.3 mm>", self.text)

    def test_says_how_it_was_computed(self):
        rows = dict(row for row in self.reader.table("How the study was computed")[1:])
        self.assertEqual((rows["Lacuna"], rows["time limit of a case"]), ("1.1.0", "10 min 0 s"))
        seconds = float(numpy.nansum(self.study.table["seconds"]))
        self.assertEqual(rows["core time"], plain(study_text.duration_text(seconds)))
        self.assertIn(["PETSc", "3.18.5"], self.reader.table("Versions"))

    def test_has_the_numbers_of_effects_and_interactions_as_tables(self):
        rows = self.reader.table("Main effects on surviving cells")
        self.assertEqual(rows[0], ["input", "at", "mean of the cases [cells]", "model effect", "95 %",
                                   "share of the variance"])
        self.assertEqual(len(rows), 1 + 3 + 3 + 5 + 5)
        pairs = self.reader.table("Interactions in surviving cells")
        self.assertEqual(len(pairs), 1 + 6)

    def test_tables_have_captions_and_headings_with_a_scope(self):
        self.assertEqual(len(self.reader.named("caption")), len(self.reader.named("table")))
        for attributes in self.reader.named("th"):
            self.assertIn(attributes["scope"], ("col", "row", "rowgroup"))

    def test_is_small(self):
        size = os.path.getsize(os.path.join(self.study.folder, "report.html"))
        self.assertLess(size, 3_000_000)

    def test_gives_the_charts_all_they_need(self):
        data = data_of(self.reader)
        self.assertEqual([entry["name"] for entry in data["inputs"]], ["grade", "cell type", "volume", "amount"])
        self.assertEqual(data["inputs"][0]["of_cases"][:3], [0, 0, 0])
        self.assertEqual(data["inputs"][3]["of_cases"][:5], [1e6, 2e6, 4e6, 8e6, 16e6])
        columns = {entry["name"]: entry for entry in data["columns"]}
        self.assertEqual([entry["group"] for entry in data["columns"][:4]], ["answer"] * 3 + ["result"])
        self.assertIsNone(columns["surviving cells"]["values"][43])
        self.assertEqual(columns["glucose min nucleus"]["unit"], "mM")
        self.assertEqual(columns["untreated glucose min nucleus"]["group"], "untreated")
        self.assertEqual(len(data["answers"][0]["surfaces"]), 9)
        self.assertEqual(data["warnings"][1]["cases"], [50, 100, 150, 200])
        self.assertNotIn("sentences", data["answers"][0])


class Other(WithPlace):
    def test_text_stays_text(self):
        plan = made_study.small_plan()
        plan.title = EVIL
        plan.inputs[0] = made_study.labels(EVIL, [EVIL, "BMSC"])
        plan.answers = [{**plan.answers[0], "name": f"{EVIL} alive"}]
        plan.rows = made_study.combinations(plan.inputs)
        plan.outcomes[18] = ("failed", 3, f"{EVIL} happened")
        plan.changes = [f"Title={EVIL}"]
        reader, _ = self.page(plan)
        self.assertEqual(reader.named("b"), [])
        self.assertEqual(len(reader.named("script")), 2)
        self.assertEqual(data_of(reader)["inputs"][0]["name"], EVIL)
        self.assertIn(EVIL, reader.text("h1"))
        for rows in (reader.table("What was varied"), reader.table("Changes"), reader.table("Cases of the study")):
            self.assertTrue(any(EVIL in cell for row in rows for cell in row))

    def test_samples(self):
        reader, study = self.page(made_study.sample_plan())
        text = plain(reader.text())
        self.assertIn("a latin hypercube of 32 samples, seed 1 (2 of grade)", text)
        self.assertEqual(reader.table("What was varied")[3][1], "from 1 to 16 million, spaced logarithmically")
        self.assertIn("1 not computed yet Case 5", text)
        self.assertEqual(reader.table("Cases of the study")[5][:3], ["5", "waiting", "II"])
        rows = reader.table("Sobol indices of surviving cells")
        self.assertEqual(rows[0], ["grade", "input", "first order", "95 %", "total", "95 %"])
        self.assertEqual(len(rows), 1 + 2 * 3)
        self.assertEqual(len([attributes for attributes in reader.named("div")
                              if attributes.get("data-draw") == "scatter"]), 1)
        self.assertEqual(data_of(reader)["inputs"][2]["logarithmic"], True)

    def test_only_labels_give_a_ranking(self):
        plan = made_study.grid_plan()
        plan.inputs = plan.inputs[:2]
        plan.rows = [{"grade": grade, "cell type": kind, "volume": 1, "amount": 4e6}
                     for grade in made_study.SUPPLY for kind in made_study.APPETITE]
        plan.outcomes = {}
        reader, _ = self.page(plan)
        rows = reader.table("The computed cases with the largest surviving cells")
        self.assertEqual(rows[1][:3], ["1", "II", "NPMSC"])
        self.assertEqual(len(rows), 1 + 5)
        self.assertIn("None failed", plain(reader.text()))  # some warned

    def test_without_answers_or_results(self):
        plan = made_study.small_plan()
        plan.answers = []
        reader, _ = self.page(plan)
        self.assertIn("The study file declares no answers", reader.text())
        ids = [attributes["id"] for attributes in reader.named("section")]
        self.assertIn("study-response", ids)
        self.assertNotIn("study-effects", ids)
        plan = made_study.small_plan()
        plan.outcomes = {number: (None, 0, "") for number in range(1, 19)}
        reader, _ = self.page(plan)
        self.assertIn("None of its cases is done yet.", reader.text())
        self.assertIn("18 not computed yet", reader.text())

    def test_folder_that_lost_its_runs_is_still_shown(self):
        folder = next(self.folders)
        plan = made_study.grid_plan()
        plan.answers = []
        made_study.write_study(folder, plan)
        shutil.rmtree(os.path.join(folder, "cases", "0050"))
        Path(folder, "cases", "0100", "summary.json").write_text("{", encoding="utf-8")
        reader = StudyReader(Path(report.write(folder, assets=self.assets)).read_text(encoding="utf-8"))
        self.assertIn("2 of 225 cases: 150, 200", plain(reader.text()))


class Pieces(WithPlace):
    def test_numbers_are_written_for_readers(self):
        self.assertEqual(plain(study_text.value_text(4.2e6, "cells")), "4.2 million cells")
        self.assertEqual(plain(study_text.value_text(4.2e6, "/mL")), "4.2 million/mL")
        self.assertEqual(plain(study_text.value_text(0.25, "mL")), "0.25 mL")
        self.assertEqual(study_text.value_text("III", ""), "III")
        self.assertEqual(plain(study_text.range_text(0.4e6, 2e6)), "0.4 to 2 million")
        self.assertEqual(plain(study_text.range_text(2, 2.0001, "mL")), "2 mL")
        self.assertEqual(study_text.magnitude("1", [float("nan"), 3e9]), study_text.Magnitude(1e9, "billion"))
        self.assertEqual([plain(study_text.duration_text(seconds)) for seconds in (3.21, 725, 7800, float("nan"))],
                         ["3.21 s", "12 min 5 s", "2 h 10 min", "–"])
        self.assertEqual(study_text.cases_text([4, 1, 2, 3, 9, 10]), "cases 1 to 4, 9, 10")
        self.assertEqual(study_text.cases_text([7]), "case 7")
        self.assertEqual(plain(study_text.readable("4.64e6 cells (95 % 1.9e5 to -2e-5), 13000, of a1e5.")),
                         "4.64 million cells (95 % 190 000 to −2 × 10⁻⁵), 13 000, of a1e5.")

    def test_texts_that_differ_in_numbers_are_told_together(self):
        texts = {"pH was -0.5 at (1, 2e-3), t = 3 d (Bibby 2005).": [4],
                 "pH was 7.25 at (1, -4.1), t = 0.5 d (Bibby 2005).": [2, 4], "dose 1a leaks": [9], "dose 2a leaks": [1, 2, 3]}
        self.assertEqual(list(alike(texts).items()),
                         [("dose 2a leaks", [1, 2, 3]),
                          ("pH was -0.5 to 7.25 at (1, -4.1 to 2e-3), t = 0.5 to 3 d (Bibby 2005).", [2, 4]),
                          ("dose 1a leaks", [9])])

    def test_data_are_short_and_have_no_nan(self):
        self.assertEqual(study_data.rounded_all({"a": [1.23456789, float("nan")], "b": "x", "c": None, "d": 3.0}),
                         {"a": [1.2346, None], "b": "x", "c": None, "d": 3})
        self.assertEqual(study_data.rounded(123456789.0), 123457000)

    def test_large_studies_leave_columns_out_and_say_so(self):
        folder = next(self.folders)
        made_study.write_study(folder, made_study.small_plan())
        study = load_study(folder)
        whole = study_data.select_columns(study)
        self.assertEqual(whole.left_out, 0)
        with unittest.mock.patch.object(study_data, "LARGEST_NUMBER_OF_VALUES", 18 * 10):
            part = study_data.select_columns(study)
            reader = StudyReader(Path(report.write(folder, assets=self.assets)).read_text(encoding="utf-8"))
        self.assertEqual(part.columns, whole.columns[:10])
        self.assertEqual(part.left_out, len(whole.columns) - 10)
        self.assertIn(f"{part.left_out} columns of results.csv are not in it", reader.text())

    def test_nearest_case_has_the_same_labels(self):
        folder = next(self.folders)
        made_study.write_study(folder, made_study.grid_plan())
        study = load_study(folder)
        everything = numpy.ones(len(study.table), dtype=bool)
        wanted = {"grade": "III", "cell type": "BMSC", "volume": 0.9, "amount": 7.5e6}
        row = nearest_case(study, wanted, everything)
        self.assertEqual({name: study.table[name][row] for name in wanted},
                         {"grade": "III", "cell type": "BMSC", "volume": 1, "amount": 8e6})
        self.assertIsNone(nearest_case(study, {"grade": "V"}, everything))

    def test_best_of_computed_cases_has_no_interval(self):
        folder = next(self.folders)
        made_study.write_study(folder, made_study.small_plan())
        study = load_study(folder)
        best = Best({"cell type": "BMSC", "volume": 1.0}, 2e6, 2e6, 2e6, {"volume": (0.5, 1.0)}, ["volume"],
                    is_tested=True)
        made = AnswerReport("surviving cells", "cells", "largest", 1, [], [], [], None, best, [], [best])
        text = plain(str(best_table(study, made, study.answer("surviving cells"))))
        self.assertIn("computed", text)
        self.assertIn(">1*<", text)
        self.assertIn("0.5 to 1", text)
        self.assertIn("* at the edge", text)

    def test_indices_of_the_whole_study_need_no_column_for_their_place(self):
        folder = next(self.folders)
        made_study.write_study(folder, made_study.sample_plan())
        index = Index("volume", 0.5, 0.4, 0.6, 0.7, 0.6, 0.8)
        made = AnswerReport("surviving cells", "cells", "none", 64, [], [], [], [index], None, [])
        placed = dataclasses.replace(made, indices=[dataclasses.replace(index, at={"grade": "II"})])
        for shown, columns in ((made, ["input", "first order"]), (placed, ["grade", "input", "first order"])):
            reader = StudyReader(str(report_tables(load_study(folder), shown)))
            self.assertEqual(reader.table("Sobol indices")[0][:len(columns)], columns)


if __name__ == "__main__":
    unittest.main()
