# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The page of runs made here: what it says, that text stays text, and what it does without parts of a run."""
import base64
import contextlib
import html.parser
import io
import json
import math
import os
import re
import subprocess
import sys
import types
import unittest
import zlib
from collections import Counter
from pathlib import Path
from unittest import mock

import lacuna
import numpy
from lacuna import report
from lacuna.report import asked, markup, page, sampling
from lacuna.report.run_part import RunPart

from made import SIZES, WithFolder
from report_runs import TIMES, glucose, summary, take_away, volume_of_nucleus, write, write_run

PROGRAM = """#!{python}
import json, sys
if "--plugin" in sys.argv and "npmsc" in sys.argv and {refuses}:
    sys.exit("error: there is no law 'npmsc'")
print(json.dumps([
    {{"path": "Laws/<law: nutrient-viability>/Critical pH", "default": "as parameter set", "unit": "1",
      "meaning": "Cells die below <this>.", "source": "[seen: UPF-T]"}},
    {{"path": "Laws/<law>/Law", "default": None, "unit": "", "meaning": "Name of the plugin.", "source": ""}},
    {{"path": "Injections/<dose>/Amount", "default": "1", "unit": "1", "meaning": "How many.", "source": "given"}}]))
"""


class Reader(html.parser.HTMLParser):
    """What a browser would see: elements with attributes, and the text in each kind of element."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.texts, self._open = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in ("meta", "link", "br"):
            self._open.append(tag)

    def handle_endtag(self, tag):
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data):
        self.texts.append((self._open[-1] if self._open else "", data))

    def named(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    def text(self, tag=None):
        """Of one kind of element, or all that a reader sees."""
        return " ".join(data for name, data in self.texts
                        if (name == tag if tag else name not in ("script", "style")))


class WithAssets(WithFolder):
    """A made run, and a script and style in its place."""

    def setUp(self):
        super().setUp()
        self.assets = os.path.join(os.path.dirname(self.folder), "assets")
        os.makedirs(self.assets)
        write(self.assets, "page.js", "/*! licences */ drawEverything();")
        write(self.assets, "page.css", "body { color: black; }")
        coarse = mock.patch.object(sampling, "RESOLUTIONS", ((48, 120), (32, 80), (16, 40)))
        coarse.start()
        self.addCleanup(coarse.stop)
        no_program = mock.patch.dict(os.environ, {"LACUNA_PROGRAM": os.path.join(self.assets, "none")})
        no_program.start()
        self.addCleanup(no_program.stop)

    def page(self):
        file = report.write(self.folder, assets=self.assets)
        self.assertEqual(file, os.path.join(self.folder, "report.html"))
        return Reader(Path(file).read_text(encoding="utf-8"))

    def data(self, reader):
        return json.loads(reader.text("script").split("/*! licences */")[0])

    def program(self, refuses=False):
        file = os.path.join(self.assets, "program")
        write(self.assets, "program", PROGRAM.format(python=sys.executable, refuses=refuses))
        os.chmod(file, 0o755)
        return mock.patch.dict(os.environ, {"LACUNA_PROGRAM": file})


class Page(WithAssets):
    def test_has_its_sections_and_says_what_it_is(self):
        write_run(self.folder)
        reader = self.page()
        self.assertEqual(reader.named("html")[0]["lang"], "en")
        self.assertEqual(reader.text("title"), "A run")
        self.assertEqual([attributes["id"] for attributes in reader.named("section")],
                         ["answer", "fields", "history", "numbers", "asked", "computation"])
        links = [attributes["href"] for attributes in reader.named("a")]
        ids = Counter(attributes["id"] for _, attributes in reader.elements if "id" in attributes)
        self.assertEqual(max(ids.values()), 1)
        for link in links:
            self.assertIn(link.removeprefix("#"), ids)
        data = self.data(reader)
        self.assertEqual((data["kind"], data["study"], data["run"]["title"]), ("run", None, "A run"))

    def test_asks_for_nothing_from_elsewhere(self):
        write_run(self.folder)
        reader = self.page()
        for _, attributes in reader.elements:
            for name in ("src", "href"):
                self.assertRegex(attributes.get(name) or "#", r"^(#|data:)")
        policy = next(attributes["content"] for attributes in reader.named("meta") if "http-equiv" in attributes)
        self.assertIn("default-src 'none'", policy)

    def test_tables_have_captions_and_headings_with_a_scope(self):
        write_run(self.folder)
        reader = self.page()
        self.assertEqual(len(reader.named("caption")), len(reader.named("table")))
        self.assertGreater(len(reader.named("table")), 5)
        for attributes in reader.named("th"):
            self.assertIn(attributes["scope"], ("col", "row", "rowgroup"))

    def test_answers_in_sentences(self):
        write_run(self.folder)
        text = self.page().text("p").replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
        self.assertIn(
            "Dose 1 was 6 million cells of NPMSC in 1 mL; 5 million arrived in the tissue (400 000 leaked, 600 000 "
            "were dead on arrival). At 30 d 1 million of them live: 20 % of the delivered and 17 % of the loaded. The "
            "lowest values anywhere were glucose 0.2 mM (nucleus, after 10 d) and pH 6.9 (nucleus, at the beginning). "
            "9 million of 10 million NP cells live at the end, 500 000 fewer than in the untreated tissue (5.3 %).", text)

    def test_warns_where_thresholds_of_laws_are_crossed(self):
        write_run(self.folder, warnings=["The law 'x' was used outside its data."])
        text = self.page().text("li").replace("\N{NO-BREAK SPACE}", " ")
        self.assertIn("It fell to 0.2 mM in the nucleus after 10 d, below 0.511 mM (Critical glucose of 'death of "
                      "residents').", text)
        self.assertNotIn("Half glucose", text)  # 0.1 mM, which glucose stayed above
        self.assertNotIn("Critical pH", text)
        self.assertIn("The law 'x' was used outside its data.", text)
        self.assertNotIn("relative time error", text)  # an estimate is nothing that was found to be well
        self.assertIn("Estimate: largest relative time error of a step", self.page().text())

    def test_mass_balance_is_measured_against_the_turnover(self):
        write_run(self.folder)
        self.assertIn("The mass balance closes", self.page().text("strong"))
        balance = {"glucose": {"unit": "nmol", "in": 300.0, "injected": 10.0, "produced": 0.0, "consumed": 305.0,
                               "stored": 5.0, "defect": 0.3, "largest_relative_defect": 1e-4}}
        take_away(self.folder, "fields")
        write_run(self.folder, balance=balance)
        reader = self.page()
        self.assertIn("The mass balance does not close", reader.text("strong"))
        self.assertIn("At most 9.8 × 10⁻⁴ of the turnover", reader.text("li").replace("\N{NO-BREAK SPACE}", " "))

    def test_mass_balance_is_that_of_the_worst_step(self):
        balance = {"glucose": {"unit": "nmol", "in": 300.0, "injected": 10.0, "produced": 0.0, "consumed": 305.0,
                               "stored": 5.0, "defect": 0.0, "largest_relative_defect": 2e-5}}
        write_run(self.folder, balance=balance)
        self.assertIn("The mass balance does not close", self.page().text("strong"))

    def test_units_are_everywhere(self):
        write_run(self.folder)
        text = self.page().text()
        for wanted in ("glucose [mM], amount in nmol", "NPMSC [cells]", "Given at [d]", "x, y, z [mm]",
                       "glucose [nmol]", "1\N{NARROW NO-BREAK SPACE}024\N{NO-BREAK SPACE}MiB"):
            self.assertIn(wanted, text)

    def test_a_region_without_cells_is_not_drawn(self):
        quantities = summary()["quantities"]
        for entry in quantities.values():
            entry["regions"]["rim"] = dict.fromkeys(("min", "mean", "max", "min_at", "max_at")) | {"integral": 0.0}
        write_run(self.folder, quantities=quantities, regions=["nucleus", "annulus", "rim"])
        reader = self.page()
        self.assertIn("The mesh has no cells of the region 'rim', which is not drawn.", reader.text("p"))
        fields = self.data(reader)["run"]["fields"]
        self.assertEqual((fields["regions"], len(fields["surfaces"])), (["nucleus", "annulus"], 2))
        self.assertIn("rim", reader.text("th"))  # the table of numbers has it, with a dash for each

    def test_an_old_page_stays_if_a_new_one_fails(self):
        write_run(self.folder)
        self.page()
        write(self.assets, "page.js", "'</script>'")
        with self.assertRaisesRegex(lacuna.LacunaError, "</script"):
            self.page()
        self.assertIn("drawEverything", Path(self.folder, "report.html").read_text(encoding="utf-8"))


class Escaping(WithAssets):
    TITLE = "</script><script>alert(1)</script><b>\u2028&amp;"

    def test_text_stays_text(self):
        write_run(self.folder, title=self.TITLE, warnings=["<img src=x onerror=alert(2)>"],
                  model_choices={"<i>Choice</i>": "a & b"})
        reader = self.page()
        self.assertEqual(len(reader.named("script")), 2)  # the data and the script
        for tag in ("img", "b", "i"):
            self.assertEqual(reader.named(tag), [])
        self.assertEqual(reader.text("h1"), self.TITLE)
        self.assertIn("<img src=x onerror=alert(2)>", reader.text("li"))
        self.assertIn("<i>Choice</i>", reader.text("th"))
        self.assertEqual(self.data(reader)["run"]["title"], self.TITLE)
        thresholds = self.data(reader)["run"]["thresholds"]
        self.assertIn("Half glucose of 'cells <b>'", [entry["text"] for entry in thresholds])

    def test_json_holds_no_letter_that_html_knows(self):
        block = page.json_block({"text": "<!--</SCRIPT>&\u2028\u2029é"})
        self.assertNotRegex(block, "[<>&\u2028\u2029]")
        self.assertEqual(json.loads(block)["text"], "<!--</SCRIPT>&\u2028\u2029é")


class Growth(WithAssets):
    def answer(self, residents, dose, control=None):
        """The paragraph of a run whose residents and dose have these fractions alive."""
        write_run(self.folder)
        record = json.loads(Path(self.folder, "summary.json").read_text(encoding="utf-8"))
        for state, fraction in ((record, residents), (record["control"], control)):
            entry = state["populations"]["NP cells"]["doses"][0]
            entry |= {"loaded": 2000, "delivered": 2000, "viable": 2000 * (fraction or 1), "surviving_fraction": fraction}
        entry = record["populations"]["NPMSC"]["doses"][0]
        entry |= {"viable": 5e6 * dose, "surviving_fraction": dose, "surviving_fraction_of_loaded": 5 / 6 * dose}
        if control is None:
            del record["control"]
        write(self.folder, "summary.json", json.dumps(record))
        return self.page().text("p").replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")

    def test_what_has_grown_is_said_as_growth(self):
        text = self.answer(1.32, 1.3)
        self.assertIn("2 640 NP cells live at the end, 32 % more than the 2 000 at the beginning.", text)
        self.assertIn("At 30 d 6.5 million live, 30 % more than were delivered and 8.3 % more than were loaded.", text)
        self.assertNotIn("132 %", text)

    def test_growth_beside_a_control(self):
        self.assertIn("2 640 NP cells live at the end, 32 % more than the 2 000 at the beginning, 200 more than in the "
                      "untreated tissue (8.2 %).", self.answer(1.32, 0.2, 1.22))

    def test_what_has_not_changed_has_not_grown(self):
        self.assertIn("2 000 of 2 000 NP cells live at the end (100 %).", self.answer(1.0 + 1e-9, 0.2))

    def test_a_dose_of_which_nothing_arrives(self):
        write_run(self.folder)
        record = json.loads(Path(self.folder, "summary.json").read_text(encoding="utf-8"))
        record["populations"]["NPMSC"]["doses"][0] |= {"delivered": 0, "viable": 0, "surviving_fraction": None,
                                                       "surviving_fraction_of_loaded": 0}
        write(self.folder, "summary.json", json.dumps(record))
        text = self.page().text("p").replace("\N{NO-BREAK SPACE}", " ")
        self.assertIn("0 arrived in the tissue", text)
        self.assertIn("At 30 d none of them live.", text)


class MissingPieces(WithAssets):
    def test_steady_run(self):
        write_run(self.folder, mode="steady", times=(0.0,))
        reader = self.page()
        self.assertIn("There is no history to draw", reader.text("p"))
        self.assertIn("glucose 0.5\N{NO-BREAK SPACE}mM (nucleus)", reader.text("p"))  # nothing of when
        run = self.data(reader)["run"]
        self.assertIsNone(run["history"])
        self.assertEqual(run["fields"]["times"], [0])

    def test_run_without_fields(self):
        write_run(self.folder)
        take_away(self.folder, "fields.pvd", "fields")
        reader = self.page()
        self.assertIn("This run wrote no fields", reader.text("p"))
        self.assertIsNone(self.data(reader)["run"]["fields"])
        self.assertIsNotNone(self.data(reader)["run"]["history"])

    def test_run_without_control(self):
        write_run(self.folder)
        record = json.loads(Path(self.folder, "summary.json").read_text(encoding="utf-8"))
        del record["control"]
        write(self.folder, "summary.json", json.dumps(record))
        take_away(self.folder, "control")
        reader = self.page()
        self.assertNotIn("ntreated", reader.text())
        self.assertIn("9 million of 10 million NP cells live at the end (90",
                      reader.text("p").replace("\N{NO-BREAK SPACE}", " "))
        history = self.data(reader)["run"]["history"]
        self.assertIsNone(history["controlTimes"])
        self.assertIsNone(history["columns"]["glucose min nucleus"]["control"])

    def test_failed_run(self):
        write_run(self.folder, status="not converged", time=12.0, warnings=["run stopped: <Newton> failed"])
        reader = self.page()
        self.assertIn("The run is not converged", reader.text("strong"))
        self.assertIn("It reached 12 d of 30 d", reader.text("li").replace("\N{NO-BREAK SPACE}", " "))
        self.assertIn(("span", {"class": "badge bad"}), reader.elements)

    def test_numerical_errors_that_head_the_page(self):
        def entry(value, error, headline):
            return {"unit": "cells", "value": value, "error": error, "space": error, "time": 0, "source": "mesh",
                    "order": None, "limit": None, "headline": headline}
        write_run(self.folder, numerical_errors={"NPMSC dose 1 viable": entry(1e6, 2e4, True),
                                                 "NP cells residents viable": entry(9e6, 8e6, False)})
        said = self.page().text("li").replace("\N{NO-BREAK SPACE}", " ")
        self.assertRegex(said, r"NPMSC dose 1 viable: 1\W×\W10⁶ ± 20\W000 cells \(mesh\)")
        self.assertNotIn("NP cells residents viable:", said)
        self.assertNotIn("Numerical error unknown", said)

    def test_target_error(self):
        trial = {"status": "done", "refinements": 1, "tolerance": 5e-3, "unknowns": 945, "steps": 3, "wall": 1.5, "cpu": 3.0,
                 "answer": "NPMSC dose 1 viable", "error": 0.04, "space": 0.03, "time": 0.01}
        accuracy = {"target": 0.05, "holds": True, "obstacle": "", "shown": 1, "trials": [trial]}
        write_run(self.folder, accuracy=accuracy)
        said = self.page().text("li").replace("\N{NO-BREAK SPACE}", " ")
        self.assertIn("5 % was asked, 4 % reached (NPMSC dose 1 viable), after 1 trial and 1.5 s", said)
        take_away(self.folder, "fields")
        write_run(self.folder, status="target missed", warnings=["Target error 2 % missed"],
                  accuracy=accuracy | {"target": 0.02, "holds": False, "obstacle": "it would take too long"})
        reader = self.page()
        self.assertIn("Less exact than was asked", reader.text("strong"))
        self.assertNotIn("Target error reached", reader.text("strong"))
        self.assertIn("Target error 2 % missed", reader.text("li"))

    def test_run_that_goes_on(self):
        write_run(self.folder)
        take_away(self.folder, "summary.json")
        reader = self.page()
        self.assertEqual(reader.text("h1"), "A run")  # from the parameters
        self.assertIn("The run has not ended", reader.text("strong"))
        self.assertIn("glucose 0.2", reader.text("p"))
        self.assertNotIn("numbers", [attributes["id"] for attributes in reader.named("section")])

    def test_run_without_anything_but_a_history(self):
        write_run(self.folder)
        take_away(self.folder, "summary.json", "fields", "fields.pvd", "parameters.prm", "parameters.diff.prm",
                  "control")
        reader = self.page()
        self.assertEqual(reader.text("h1"), "run")  # the folder
        self.assertIn("no parameters.diff.prm", reader.text("p"))
        titles = [chart["heading"] for chart in self.data(reader)["run"]["history"]["charts"]]
        self.assertIn("Lowest glucose", titles)

    def test_summary_without_quantities(self):
        write_run(self.folder, quantities={}, populations={}, balance={})
        text = self.page().text("p")
        self.assertIn("Nothing was injected. The lowest values anywhere were glucose 0.2", text)

    def test_imported_mesh_has_no_anatomical_planes(self):
        write_run(self.folder, shape="mesh file")
        run = self.data(self.page())["run"]
        self.assertEqual([plane["name"] for plane in run["fields"]["planes"]], ["Across x", "Across y", "Across z"])
        self.assertFalse(run["isDisc"])
        take_away(self.folder, "fields")
        write_run(self.folder, shape="lumbar disc")
        run = self.data(self.page())["run"]
        self.assertEqual([plane["name"] for plane in run["fields"]["planes"]],
                         ["Mid-sagittal", "Mid-coronal", "Mid-axial"])
        self.assertTrue(run["isDisc"])


class Asked(WithAssets):
    def setUp(self):
        super().setUp()
        write_run(self.folder)
        asked._known.cache_clear()
        self.run_made = lacuna.load(self.folder)

    def test_meaning_and_source_come_from_the_program(self):
        with self.program():
            found, reason = asked.differences_of(self.run_made)
            text = self.page().text()
        self.assertEqual(reason, "")
        by_path = {entry.path: entry for entry in found}
        ph = by_path["Laws/death of residents/Critical pH"]
        self.assertEqual((ph.value, ph.default, ph.meaning, ph.source),
                         ("6.5", "as parameter set", "Cells die below <this>.", "[seen: UPF-T]"))
        self.assertEqual(by_path["Laws/cells <b>/Law"].default, "must be given")
        self.assertEqual(by_path["Injections/dose 1/Amount"].source, "given")
        self.assertEqual(by_path["Title"].meaning, "")  # this program does not know it
        self.assertIn("Cells die below <this>.", text)

    def test_a_law_that_is_gone_costs_only_its_own_meaning(self):
        with self.program(refuses=True):
            found, reason = asked.differences_of(self.run_made)
        self.assertEqual(reason, "")
        self.assertIn("How many.", [entry.meaning for entry in found])

    def test_without_the_program_the_table_says_what_it_lacks(self):
        reader = self.page()
        self.assertIn("Default, meaning and source are missing", reader.text("p"))
        self.assertIn("Injections/dose 1/Amount", reader.text("th"))
        self.assertNotIn("Meaning", reader.text("th"))

    def test_thresholds_are_those_of_the_quantities(self):
        found = asked.thresholds_of(self.run_made, {"glucose": "mM", "pH": "1", "osmolarity": "Osm/L"})
        self.assertEqual([(entry.parameter, entry.value) for entry in found],
                         [("Critical glucose", 0.511), ("Critical pH", 6.5), ("Half glucose", 0.1)])

    def test_parameter_sets_are_those_of_the_law(self):
        program = os.environ.get("LACUNA_TEST_PROGRAM")
        if not program:
            self.skipTest("LACUNA_TEST_PROGRAM does not name the program")
        known = {entry["path"].rpartition("/")[2]: entry["meaning"]
                 for entry in asked._known(program, ("nutrient-viability",)) if "nutrient-viability" in entry["path"]}
        for name, parameters in asked.PARAMETER_SETS.items():
            for parameter, value in parameters.items():
                self.assertIn(f"{value.split()[0]} in the {name} set", known[parameter])


class Numbers(unittest.TestCase):
    def test_in_tables(self):
        for value, text in ((0.57227, "0.5723"), (28875.5, "28 880"), (1.53827e8, "1.538 × 10⁸"), (0, "0"), (5, "5"),
                            (-7.016e-5, "−7.016 × 10⁻⁵"), (math.nan, "–"), (999999.9, "1 × 10⁶"), (100, "100"),
                            (-0.25, "−0.25")):
            self.assertEqual(self.plain(markup.number(value)), text)
        self.assertEqual(self.plain(markup.number(13143, 12)), "13 143")

    def test_in_sentences(self):
        for value, text in ((4.896e6, "4.9 million"), (506484, "510 000"), (999_999, "1 million"),
                            (2.34e9, "2.3 billion"), (0.00809, "0.0081")):
            self.assertEqual(self.plain(markup.rounded(value)), text)
        self.assertEqual(self.plain(markup.percent(0.10345)), "10 %")
        self.assertEqual(self.plain(markup.percent(0.999562)), "99.96 %")

    @staticmethod
    def plain(text):
        return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def unpack(pack, bits, columns):
    """As page.js does."""
    parts = numpy.frombuffer(zlib.decompress(base64.b64decode(pack["data"])), dtype=numpy.uint8).reshape(bits // 8, -1)
    steps = sum(part.astype(numpy.int64) << 8 * index for index, part in enumerate(parts))
    levels = numpy.cumsum(steps.reshape(-1, columns), axis=1) % 2**bits
    return pack["low"] + levels / (2**bits - 1) * (pack["high"] - pack["low"])


class Sampling(WithAssets):
    def setUp(self):
        super().setUp()
        write_run(self.folder)
        self.fields = RunPart(lacuna.load(self.folder)).fields
        self.glucose = next(entry for entry in self.fields["quantities"] if entry["name"] == "glucose")

    def axis(self, name, count):
        size = SIZES["xyz".index(name)]
        return (numpy.arange(count) + 0.5) / count * size - size / 2

    def test_packing_can_be_undone(self):
        values = numpy.random.default_rng(1).normal(size=(5, 7))
        for bits in (8, 16):
            numpy.testing.assert_allclose(unpack(sampling.packed(values, bits), bits, 7), values,
                                          atol=0.51 * numpy.ptp(values) / (2**bits - 1))
        self.assertEqual(unpack(sampling.packed(numpy.full((2, 3), 4.0), 8), 8, 3).tolist(), [[4.0] * 3] * 2)

    def test_volume_holds_the_field(self):
        columns, rows, layers = self.fields["grid"]["size"]
        x, z = self.axis("x", columns), self.axis("z", layers)
        for number, time in enumerate(TIMES):
            values = unpack(self.glucose["volume"][number], 8, columns).reshape(layers, rows, columns)
            wanted = glucose([x[None, None, :], 0, z[:, None, None]], time)
            numpy.testing.assert_allclose(values, numpy.broadcast_to(wanted, values.shape), atol=0.52 * 3 / 255)

    def test_slices_hold_the_field_to_16_bits(self):
        plane = self.fields["planes"][1]
        self.assertEqual((plane["normal"], plane["axes"]), ("y", ["x", "z"]))
        columns, rows = plane["size"]
        values = unpack(self.glucose["slices"][1][2], 16, columns)
        self.assertEqual(values.shape, (rows, columns))
        wanted = glucose([self.axis("x", columns)[None, :], 0, self.axis("z", rows)[:, None]], 30)
        numpy.testing.assert_allclose(values, wanted, atol=1e-4)

    def test_surfaces_are_closed_and_hold_the_values_of_their_side(self):
        volumes = []
        cells = next(entry for entry in self.fields["quantities"] if entry["name"].startswith("NPMSC"))
        for region, surface in enumerate(self.fields["surfaces"]):
            places, triangles = (
                numpy.frombuffer(zlib.decompress(base64.b64decode(surface[name])), dtype=kind).reshape(-1, 3)
                for name, kind in (("places", "<f4"), ("triangles", "<u4")))
            edges = Counter(tuple(triangle[[index, (index + 1) % 3]]) for triangle in triangles for index in range(3))
            self.assertTrue(all(edges[edge[::-1]] == count for edge, count in edges.items()))
            one, two, three = (places[triangles[:, corner]].astype(float) for corner in range(3))
            volumes.append(float(numpy.einsum("ij,ij->", one, numpy.cross(two, three))) / 6)
            values = unpack(self.glucose["surfaces"][region][0], 8, len(places))[0]
            numpy.testing.assert_allclose(values, glucose(places.T, 0), atol=0.52 * 3 / 255)
            self.assertEqual(set(unpack(cells["surfaces"][region][0], 8, len(places))[0]),
                             {5e6 if region == 0 else 0.0})
        self.assertAlmostEqual(volumes[0], volume_of_nucleus(), delta=0.01)
        self.assertAlmostEqual(sum(volumes), math.prod(SIZES), delta=0.01)

    def test_large_surfaces_are_thinned_and_stay_closed(self):
        part = lacuna.load(self.folder).grid()
        with mock.patch.object(sampling, "LARGEST_SURFACE", 300):
            thinned = sampling.surface_of(part)
        self.assertLess(len(thinned.triangles), len(sampling.surface_of(part).triangles))
        edges = Counter(tuple(sorted(triangle[[index, (index + 1) % 3]])) for triangle in thinned.triangles
                        for index in range(3))
        self.assertEqual(set(edges.values()), {2})

    def test_regions_that_are_drawn_are_counted_without_those_that_are_not(self):
        sample = {"": numpy.ones(3), "region": numpy.array([2.0, 0.0, 2.0])}
        parts = sampling.Parts(["nucleus", "endplate"], [0, 2])
        self.assertEqual(parts.places_of(sample).tolist(), [1, 0, 1])

    def test_places_outside_take_the_nearest_value(self):
        inside = numpy.zeros((3, 5), dtype=bool)
        inside[1, 1] = inside[1, 3] = True
        nearest = sampling.nearest_inside(inside)
        self.assertEqual(nearest[1, 0], 6)
        self.assertEqual(nearest[2, 4], 8)
        self.assertEqual(set(nearest.ravel()), {6, 8})

    def test_many_fields_are_coarser_and_said_to_be(self):
        run = lacuna.load(self.folder)
        with mock.patch.object(sampling, "BUDGET", 2e5):
            data, sentences = sampling.fields_data(run, "xyz")
        self.assertLess(data["grid"]["size"][0], self.fields["grid"]["size"][0])
        self.assertIn("coarser grid", sentences[0])
        with mock.patch.object(sampling, "BUDGET", 2e3):
            data, sentences = sampling.fields_data(run, "xyz")
        self.assertEqual(data["times"], [0, 30])
        self.assertIn("2 of 3 times are shown", sentences[1])


class History(WithAssets):
    def test_columns_are_grouped_into_charts(self):
        write_run(self.folder)
        history = RunPart(lacuna.load(self.folder)).history
        charts = {chart["heading"]: chart for chart in history["charts"]}
        self.assertEqual([line["label"] for line in charts["Lowest glucose"]["lines"]], ["nucleus", "annulus"])
        self.assertEqual(charts["Lowest glucose"]["unit"], "mM")
        self.assertEqual([line["column"] for line in charts["Balance of glucose since the beginning"]["lines"]],
                         ["glucose in", "glucose consumed"])
        self.assertEqual([history["charts"][index]["heading"] for index in history["featured"]],
                         ["Lowest glucose", "Lowest pH", "Viable: NPMSC", "Viable: NP cells"])
        column = history["columns"]["NP cells residents viable"]
        self.assertEqual((column["values"], column["control"]), ([1e7, 9.66667e6, 9e6], [1e7, 9.5e6]))

    def test_long_histories_are_thinned_from_end_to_end(self):
        write_run(self.folder, times=(0.0, 30.0))
        rows = ["time [d],glucose min whole [mM],glucose min nucleus [mM]",
                *(f"{step / 100},1,1" for step in range(5000))]
        write(self.folder, "history.csv", "\n".join(rows) + "\n")
        times = RunPart(lacuna.load(self.folder)).history["times"]
        self.assertLessEqual(len(times), 600)
        self.assertEqual((times[0], times[-1]), (0, 49.99))


class Assets(WithAssets):
    def test_are_looked_for_where_they_are_said_to_be(self):
        self.assertEqual(page.find_assets(self.assets), Path(self.assets))
        with mock.patch.dict(os.environ, {"LACUNA_REPORT_ASSETS": self.assets}):
            self.assertEqual(page.find_assets(), Path(self.assets))
        with self.assertRaisesRegex(lacuna.LacunaError, "has no page.js and page.css; 'node build.mjs --out DIR'"):
            page.find_assets(self.folder)

    def test_of_a_build_are_beside_its_link_to_the_package(self):
        share = os.path.join(os.path.dirname(self.folder), "share", "lacuna")
        os.makedirs(os.path.join(share, "python"))
        os.makedirs(os.path.join(share, "report"))
        os.symlink(Path(lacuna.__file__).parent, os.path.join(share, "python", "lacuna"))
        for name in ("page.js", "page.css"):
            write(os.path.join(share, "report"), name, "")
        found = subprocess.run(
            [sys.executable, "-c", "from lacuna.report.page import find_assets; print(find_assets())"], text=True,
            capture_output=True, check=True, cwd=share,
            env=os.environ | {"PYTHONPATH": os.path.join(share, "python"), "LACUNA_REPORT_ASSETS": ""})
        self.assertEqual(found.stdout.strip(), os.path.join(share, "report"))

    def test_that_are_not_built_are_said_to_be_missing(self):
        with mock.patch.object(page, "_has_assets", return_value=False), \
                mock.patch.dict(os.environ, {"LACUNA_REPORT_ASSETS": ""}):
            with self.assertRaisesRegex(lacuna.LacunaError, r"not built: run './quickstart build'"):
                page.find_assets()


class Studies(unittest.TestCase):
    def study(self, goal, statuses, values):
        table = lacuna.Table({"case": numpy.array([1.0, 2.0, 3.0]), "status": numpy.array(statuses),
                              "surviving cells [cells]": numpy.array(values)})
        plan = {"answers": [{"name": "surviving cells", "goal": goal}], "cases": [{}, {}, {}]}
        return types.SimpleNamespace(table=table, plan=plan)

    def test_show_their_best_case(self):
        done = ["done"] * 3
        best = page.candidates(self.study("largest", done, [1, 5, 3]))
        self.assertEqual(best[0], (2, "the largest surviving cells"))
        self.assertEqual(best[1], (3, "the largest surviving cells whose run is there"))
        self.assertEqual(page.candidates(self.study("smallest", done, [math.nan, 5, 3]))[0][0], 3)
        self.assertEqual(page.candidates(self.study("largest", ["done", "failed", "done"], [1, 5, 3]))[0][0], 3)
        self.assertEqual(page.candidates(self.study("none", ["waiting", "done", "done"], [1, 5, 3]))[0],
                         (2, "the first that is done"))
        self.assertEqual(page.candidates(self.study("largest", ["waiting"] * 3, [1, 5, 3])), [])


class Command(WithAssets):
    def command(self, *arguments):
        said, complained = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
            status = page.main([self.folder, "--assets", self.assets, *arguments])
        return status, said.getvalue(), complained.getvalue()

    def test_writes_where_it_is_told(self):
        write_run(self.folder)
        file = os.path.join(self.assets, "page.html")
        self.assertEqual(self.command("--output", file), (0, file + "\n", ""))
        self.assertTrue(os.path.getsize(file) > 1000)
        self.assertEqual(re.findall(r"page\.html\S+", " ".join(os.listdir(self.assets))), [])

    def test_says_what_is_missing(self):
        status, said, complained = self.command()
        self.assertEqual((status, said), (2, ""))
        self.assertIn("error: there is no run in", complained)


if __name__ == "__main__":
    unittest.main()
