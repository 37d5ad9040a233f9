# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The page of a made study of 225 cases, and of a sampled one, in Chromium: every control does what it says.

Needs what browser_test.py needs, and python3-openturns.
"""
import base64
import csv
import io
import os
import subprocess
import unittest
from pathlib import Path

from matplotlib import image
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

import browser_test
import made_study

RASTER = "[aria-label='raster'] image"

class WithStudy(browser_test.WithPage):
    @classmethod
    def write_page(cls, folder):
        made_study.write_study(folder, made_study.grid_plan())

    def setUp(self):
        super().setUp()
        self.driver.execute_script("document.documentElement.style.scrollBehavior = 'auto'")  # clicks do not wait

    def drawn(self, name, selector=""):
        return self.find(f'[data-draw="{name}"] {selector}'.strip())

    def caption(self, name):
        return self.drawn(name, "figcaption")[0].text

    def choose(self, label, text, within="study-response"):
        for element in self.find(f"#{within} .control > label"):
            if element.text == label:
                control = self.driver.find_element(By.ID, element.get_attribute("for"))
                Select(control).select_by_visible_text(text)
                return
        raise AssertionError(f"there is no control '{label}'")

    def chosen(self, label, within="study-response"):
        label = next(element for element in self.find(f"#{within} .control > label") if element.text == label)
        return Select(self.driver.find_element(By.ID, label.get_attribute("for"))).first_selected_option.text

    def facets(self, name):
        """The titles of the facets of a chart: its bold texts that are no names of curves."""
        return [element.text for element in self.drawn(name, "svg g[font-weight='600'] text")
                if element.text.startswith(("grade", "cell type"))]

    def labels(self, name):
        return [element.text for element in self.drawn(name, "svg text")]

    def cells(self, column):
        """What the table of cases shows, from top to bottom; columns count from 1."""
        return self.driver.execute_script(
            "return [...document.querySelectorAll('#study-cases tbody tr:not([hidden])')]"
            ".map((row) => row.cells[arguments[0] - 1].textContent)", column)

    def visible(self, element):
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        return element

    def unfold(self, section):
        """As a reader does: a section that is folded at first."""
        summary = next(summary for summary in self.find("summary") if summary.text == f"Show: {section}")
        summary.send_keys(Keys.ENTER)

    @property
    def panel(self):
        return self.one("dialog.case-panel")


class Grid(WithStudy):
    """3 grades, 3 types of cells, 5 volumes and 5 amounts; making its page takes longest, so that it is one class."""

    # ---- Response

    def test_begins_with_the_first_answer_over_what_matters_most(self):
        self.assertIn("surviving cells over amount", self.caption("curves"))
        self.assertIn("response surface, with its 95 % band", self.caption("curves"))
        self.assertEqual([self.chosen(label) for label in ("Result", "Across", "Colour", "Side by side",
                                                           "One below another")],
                         ["surviving cells [cells]", "amount", "volume [mL]", "grade", "cell type"])
        self.assertEqual(len(self.facets("curves")), 9)
        self.assertEqual(len(self.drawn("curves", "circle")), 221)
        self.assertIn("amount [million] →", self.labels("curves"))
        self.assertIn("↑ surviving cells [million cells]", self.labels("curves"))
        self.assertGreaterEqual(self.labels("curves").count("0.25"), 9)  # each facet names its curves

    def test_inputs_change_places(self):
        self.choose("Across", "volume [mL]")
        self.assertIn("surviving cells over volume", self.caption("curves"))
        self.assertEqual(self.chosen("Colour"), "amount")  # it went where volume was
        self.assertIn("volume [mL] →", self.labels("curves"))
        self.assertIn("surviving cells over volume and amount", self.caption("maps"))
        self.choose("Side by side", "cell type")
        self.assertEqual(self.chosen("One below another"), "grade")
        self.assertEqual(self.facets("curves")[:2], ["cell type NPMSC, grade II", "cell type NPMSC, grade III"])

    def test_what_has_no_place_is_held_or_averaged(self):
        self.choose("Side by side", "–")
        self.assertIn("At grade II.", self.caption("curves"))
        self.assertEqual(len(self.facets("curves")), 3)
        self.assertEqual(len(self.drawn("curves", "circle")), 75 - 2)  # cases 44 and 75 failed
        before = self.drawn("curves", "circle")[0].get_attribute("cy")
        self.choose("grade", "IV")
        self.assertIn("At grade IV.", self.caption("curves"))
        self.assertNotEqual(self.drawn("curves", "circle")[0].get_attribute("cy"), before)
        self.choose("grade", "all (mean)")
        self.assertIn("Lines join their means. Mean over grade.", self.caption("curves"))
        self.assertEqual(len(self.drawn("curves", "circle")), 221)

    def test_text_inputs_can_be_colours_too(self):
        self.choose("Colour", "cell type")
        self.assertEqual(self.chosen("One below another"), "volume [mL]")
        self.choose("One below another", "–")
        self.assertIn("Lines join their means. Mean over volume.", self.caption("curves"))
        self.assertEqual(self.facets("curves"), ["grade II", "grade III", "grade IV"])
        self.assertGreaterEqual(self.labels("curves").count("ADMSC"), 3)
        self.assertEqual(len(self.facets("maps")), 9)  # what is a colour there is a facet here

    def test_any_result_can_be_shown_beside_the_untreated_tissue(self):
        self.choose("Result", "glucose min nucleus [mM]")
        self.assertIn("glucose min nucleus over amount", self.caption("curves"))
        self.assertIn("Dashed: untreated tissue.", self.caption("curves"))
        self.assertEqual(len([path for path in self.drawn("curves", "g[stroke-dasharray='5 4'] path")]), 9)
        self.assertIn("Each field: the mean of its cases.", self.caption("maps"))
        self.assertEqual(len(self.drawn("maps", "svg.plot rect[fill^='rgb'], svg.plot rect[fill^='#']")), 221)
        self.choose("Result", "untreated pH mean endplate")
        self.assertNotIn("Dashed", self.caption("curves"))

    def test_maps_show_the_best_and_what_is_as_good(self):
        self.assertIn("Star: the best; line: within 5 % of it.", self.caption("maps"))
        self.assertEqual(len(self.drawn("maps", RASTER)), 9)
        whites = [path for path in self.drawn("maps", "g[stroke='#ffffff'] path") if path.get_attribute("d")]
        self.assertEqual(len(whites), 9)
        self.choose("Result", "lowest glucose after 7 d [mM]")  # has no goal
        self.assertNotIn("Star", self.caption("maps"))
        self.assertEqual(len(self.drawn("maps", RASTER)), 9)

    def test_a_click_on_a_dot_shows_its_case(self):
        self.choose("Side by side", "–")
        dot = self.visible(self.drawn("curves", "circle")[-1])
        ActionChains(self.driver).move_to_element(dot).perform()
        tip = self.until(lambda: [element.text for element in self.drawn("curves", "g[aria-label='tip'] text")
                                  if element.text])[0].replace("\n", "")
        ActionChains(self.driver).click().perform()
        self.until(lambda: self.panel.is_displayed())
        number = self.panel.find_element(By.TAG_NAME, "h2").text.lower()
        self.assertTrue(tip.startswith(f"{number}grade: II"), tip)
        table = self.panel.find_element(By.TAG_NAME, "table")
        self.assertEqual(table.find_element(By.TAG_NAME, "caption").text, "Inputs")
        for row in table.find_elements(By.CSS_SELECTOR, "tbody tr"):
            name, value = (cell.text for cell in row.find_elements(By.CSS_SELECTOR, "th, td"))
            self.assertIn(f"{name}: {value}", tip)

    # ---- Effects

    def test_answers_are_chosen_here_and_there(self):
        self.assertEqual(len(self.drawn("effects", "figure")), 4)
        self.assertIn("of the variance", self.caption("effects"))
        self.choose("Answer", "change of resident cells", "study-effects")
        self.assertEqual(self.chosen("Result"), "change of resident cells [cells]")
        self.assertIn("change of resident cells over", self.caption("curves"))
        self.assertEqual(self.caption("interactions"), "change of resident cells")
        self.choose("Result", "surviving cells [cells]")
        self.assertEqual(self.chosen("Answer", "study-effects"), "surviving cells")
        self.assertEqual(self.caption("interactions"), "surviving cells")

    def test_shares_are_in_order(self):
        shares = [float(text.removesuffix(" %")) for text in self.labels("interactions")
                  if text.endswith(" %")][-10:]
        bars = [float(bar.get_attribute("width")) for bar in self.drawn("interactions", "svg rect")]
        self.assertEqual(len(bars), 4 + 6)
        self.assertEqual(bars, sorted(bars, reverse=True))
        self.assertEqual(shares, sorted(shares, reverse=True))
        self.assertIn("amount × volume", " ".join(self.labels("interactions")).replace("volume × amount",
                                                                                       "amount × volume"))

    # ---- Cases

    def head(self, text):
        head = next(head for head in self.find("#study-cases thead th") if head.text.startswith(text))
        return self.visible(head.find_element(By.TAG_NAME, "button")), head

    def count(self):
        return self.one("#study-cases [role='status']").text

    def test_sort_by_any_column(self):
        self.unfold("all cases")
        button, head = self.head("surviving cells")
        button.click()
        self.assertEqual(head.get_attribute("aria-sort"), "ascending")
        values = self.cells(7)
        known = [float(value) for value in values[:221]]
        self.assertEqual(known, sorted(known))
        self.assertEqual(values[221:], ["–"] * 4)
        button.click()
        self.assertEqual(head.get_attribute("aria-sort"), "descending")
        values = self.cells(7)
        self.assertEqual([float(value) for value in values[:221]], sorted(known, reverse=True))
        self.assertEqual(values[221:], ["–"] * 4)  # still last
        button, other = self.head("cell type")
        button.click()
        self.assertEqual((other.get_attribute("aria-sort"), head.get_attribute("aria-sort")), ("ascending", None))
        self.assertEqual(self.cells(4), ["NPMSC"] * 75 + ["BMSC"] * 75 + ["ADMSC"] * 75)  # as the study lists them

    def test_filters_narrow_together(self):
        self.unfold("all cases")
        self.assertEqual(self.count(), "225 of 225 cases shown")
        self.choose("Status", "failed", "study-cases")
        self.assertEqual((self.count(), self.cells(1)), ("3 of 225 cases shown", ["44", "75", "150"]))
        self.choose("cell type", "BMSC", "study-cases")
        self.assertEqual(self.cells(1), ["44"])
        self.choose("Status", "all", "study-cases")
        self.choose("amount", "16 million", "study-cases")
        self.assertEqual(self.count(), "15 of 225 cases shown")
        self.choose("cell type", "all", "study-cases")
        self.choose("amount", "all", "study-cases")
        search = self.one("#case-search")
        search.send_keys("Newton")
        self.assertEqual(self.cells(1), ["150"])
        search.send_keys(Keys.CONTROL, "a")
        search.send_keys(Keys.DELETE)
        self.assertEqual(self.count(), "225 of 225 cases shown")

    def test_rows_shown_are_saved(self):
        self.unfold("all cases")
        self.choose("grade", "IV", "study-cases")
        self.choose("Status", "done", "study-cases")
        self.head("surviving cells")[0].click()
        file = os.path.join(self.folder, "cases.csv")
        self.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": self.folder})
        self.visible(self.one("#case-save")).click()
        self.until(lambda: os.path.exists(file))
        with open(file, newline="", encoding="utf-8") as saved:
            rows = list(csv.DictReader(saved))
        with open(os.path.join(self.folder, "results.csv"), newline="", encoding="utf-8") as whole:
            results = {row["case"]: row for row in csv.DictReader(whole)}
        self.assertEqual(list(rows[0]), list(results["1"]))
        self.assertEqual([row["case"] for row in rows], self.cells(1))
        self.assertEqual(len(rows), 74)
        for row in rows:
            self.assertEqual((row["grade"], row["folder"]), ("IV", results[row["case"]]["folder"]))
            for name in ("surviving cells [cells]", "amount", "untreated pH mean whole"):
                expected = float(results[row["case"]][name])
                self.assertLess(abs(float(row[name]) - expected), 1e-5 * abs(expected))

    def test_a_row_leads_to_its_case_and_back(self):
        self.unfold("all cases")
        button = self.visible(self.find("#study-cases tbody button.link")[43])
        button.send_keys(Keys.ENTER)
        self.until(lambda: self.panel.is_displayed())
        text = self.panel.text
        for wanted in ("Case 44", "failed", made_study.NOT_CONVERGED, "the bolus reaches the endplate", "cases/0044",
                       "logs/0044.txt", "BMSC", "1.5 mL", "8 million"):
            self.assertIn(wanted, text)
        self.assertEqual(self.driver.switch_to.active_element.text, "Close")
        self.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
        self.assertFalse(self.panel.is_displayed())
        self.assertEqual(self.driver.switch_to.active_element, button)
        self.visible(self.find("#study-cases tbody tr")[0].find_elements(By.TAG_NAME, "td")[3]).click()
        self.until(lambda: self.panel.is_displayed())
        self.assertIn("Case 1", self.panel.text)
        rows = [[cell.text for cell in row.find_elements(By.CSS_SELECTOR, "th, td")]
                for row in self.panel.find_elements(By.TAG_NAME, "tr")]
        self.assertIn(["result", "value", "untreated"], rows)
        glucose = next(row for row in rows if row[0] == "glucose min nucleus [mM]")
        self.assertLess(float(glucose[1]), float(glucose[2]))
        self.button("Close").click()
        self.assertFalse(self.panel.is_displayed())

    # ---- The whole page

    def prefer(self, theme):
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": theme}]})

    def test_has_enough_contrast(self):
        for theme in ("light", "dark"):
            self.prefer(theme)
            self.driver.execute_script("for (const entry of document.querySelectorAll('details')) entry.open = true")
            found = self.driver.execute_script(browser_test.CONTRASTS)
            self.assertGreater(len(found), 1000)
            self.assertEqual([entry for entry in found if entry[0] < 4.5], [], theme)

    def test_all_controls_have_names(self):
        self.unfold("all cases")
        controls = self.find("[data-part='study'] select, [data-part='study'] input, [data-part='study'] button")
        self.assertGreater(len(controls), 225)
        unnamed = [control.get_attribute("outerHTML") for control in controls[:40] if not control.accessible_name]
        self.assertEqual(unnamed, [])
        for chart in self.find("[data-part='study'] svg.plot"):
            self.assertEqual(chart.get_attribute("role"), "img")
            self.assertTrue(chart.get_attribute("aria-label"))

    def test_narrow_pages_stack_the_facets_and_do_not_scroll_sideways(self):
        self.addCleanup(self.driver.execute_cdp_cmd, "Emulation.clearDeviceMetricsOverride", {})
        for width, across in ((320, 1), (400, 1), (900, 3)):
            self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
                "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": True})
            self.until(lambda width=width: self.driver.execute_script("return innerWidth") == width)
            self.assertLessEqual(self.driver.execute_script("return document.documentElement.scrollWidth"), width)
            self.until(lambda across=across: self.facet_columns() == across)

    def facet_columns(self):
        return self.driver.execute_script(
            "const titles = [...document.querySelectorAll('[data-draw=curves] svg g[font-weight=\"600\"] text')]"
            ".filter((title) => title.textContent.startsWith('grade'));"
            "return new Set(titles.map((title) => Math.round(title.getBoundingClientRect().x))).size")

    def test_is_printed_whole_and_light(self):
        self.prefer("dark")
        printed = base64.b64decode(self.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"])
        file = os.path.join(self.folder, "page.pdf")
        Path(file).write_bytes(printed)
        text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
        for wanted in ("What was asked", "surviving cells over amount", "Which input matters",
                       "grade II, cell type NPMSC", "Stopped after the time limit", "Interactions in surviving cells",
                       "Geometry/Global refinements"):
            self.assertIn(wanted, text)
        for case in (1, 113, 225):  # the table is not cut where the screen would scroll
            self.assertRegex(text, rf"(?m)^\s*{case}\s+(done|stopped)\s")
        for unwanted in ("Save these rows", "Search", "Side by side"):
            self.assertNotIn(unwanted, text)
        picture = subprocess.run(["pdftoppm", "-png", "-r", "20", "-f", "1", "-l", "1", file], capture_output=True,
                                 check=True).stdout
        self.assertGreater(image.imread(io.BytesIO(picture))[..., :3].mean(), 0.85)

    def test_can_be_read_without_its_script(self):
        self.addCleanup(self.driver.execute_cdp_cmd, "Emulation.setScriptExecutionDisabled", {"value": False})
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        self.driver.get(self.address)
        self.unfold("what was asked")
        self.unfold("all cases")
        text = self.one("main").text
        for wanted in ("221 of 225 cases have a value", "where it is largest, for each combination",
                       "Charts need JavaScript", "221 done, 3 failed, 1 stopped", "Provenance"):
            self.assertIn(wanted, text)
        self.assertEqual(len(self.find("#study-cases tbody tr")), 225)


class Sample(WithStudy):
    """A latin hypercube over three inputs, for two grades."""

    @classmethod
    def write_page(cls, folder):
        made_study.write_study(folder, made_study.sample_plan())

    def test_scatters_over_every_sampled_input(self):
        captions = [caption.text for caption in self.drawn("scatter", "figcaption")]
        self.assertEqual(captions, ["volume", "amount", "porosity of the endplate"])
        for chart in self.drawn("scatter", "figure"):
            self.assertEqual(len(chart.find_elements(By.CSS_SELECTOR, "g[aria-label='dot'] path, circle")), 63)
        self.choose("Result", "pH min nucleus")
        self.assertIn("pH min nucleus over each sampled input", self.one('[data-draw="scatter"]').text)

    def test_surfaces_say_where_they_are(self):
        self.assertRegex(self.caption("curves"), "The surface is at (amount|volume|porosity)")
        self.assertEqual(self.facets("curves"), ["grade II", "grade IV"])

    def test_indices_have_intervals_for_every_grade(self):
        self.assertEqual([caption.text for caption in self.drawn("indices", "figcaption")],
                         ["surviving cells grade II", "surviving cells grade IV"])
        for chart in self.drawn("indices", "svg"):
            self.assertEqual(len(chart.find_elements(By.CSS_SELECTOR, "g[aria-label='rule'] line")), 1 + 3 + 3)
            names = {label.text for label in chart.find_elements(By.TAG_NAME, "text")}
            self.assertLessEqual({"volume", "amount", "porosity of the endplate"}, names)


if __name__ == "__main__":
    browser_test.main()
