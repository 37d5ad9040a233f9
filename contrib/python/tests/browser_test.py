# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The page in Chromium: every control does what it says, nothing complains, nothing is fetched.

Needs the built page (LACUNA_REPORT_ASSETS), chromium, chromium-driver, python3-selenium, poppler-utils.
"""
import base64
import io
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import lacuna
import numpy
from lacuna import report
from matplotlib import image
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from report_runs import write_run

FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu-sandbox", "--use-angle=swiftshader",
         "--enable-unsafe-swiftshader", "--disable-background-networking", "--no-first-run", "--hide-scrollbars",
         "--disable-dev-shm-usage", "--window-size=1100,800")
PATIENCE = 60  # s: the machine may be busy
CASE = Path(__file__).resolve().parents[3] / "parameter-files" / "cookbook" / "lumbar-npmsc-injection.prm"
# Relative luminance and contrast as WCAG 2 defines them.
CONTRASTS = """
const channel = (value) => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const numbers = (colour) => colour.match(/[0-9.]+/g).map(Number);
const luminance = (colour) => {
  const [red, green, blue] = numbers(colour).map((value) => channel(value / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const paper = (element) => {
  for (; element; element = element.parentElement) {
    const colour = getComputedStyle(element).backgroundColor;
    if ((numbers(colour)[3] ?? 1) > 0) return colour;
  }
  return "rgb(255, 255, 255)";
};
return [...document.querySelectorAll("main *, header *, nav *, footer *")]
  .filter((element) => element.checkVisibility() && [...element.childNodes].some((node) =>
    node.nodeType === Node.TEXT_NODE && node.textContent.trim()))
  .map((element) => {
    const style = getComputedStyle(element);
    const ink = luminance(element instanceof SVGElement && style.fill !== "none" ? style.fill : style.color);
    const behind = luminance(paper(element));
    const contrast = (Math.max(ink, behind) + 0.05) / (Math.min(ink, behind) + 0.05);
    return [contrast, element.tagName + " " + element.textContent.trim().slice(0, 40)];
  });
"""


class Browser:
    """Chromium with a fresh profile, and what it says."""

    started: dict[tuple[str, ...], "Browser"] = {}

    @classmethod
    def with_flags(cls, *flags):
        """One for all tests that need the same, since each takes seconds to start."""
        if flags not in cls.started:
            cls.started[flags] = cls(*flags)
            unittest.addModuleCleanup(cls.started[flags].close)
        return cls.started[flags]

    def __init__(self, *flags):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        options = webdriver.ChromeOptions()
        for flag in (*FLAGS, *flags, f"--user-data-dir={self.profile.name}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.driver.set_script_timeout(PATIENCE)
        self.requested = []

    def close(self):
        self.driver.quit()
        self.profile.cleanup()

    def complaints(self):
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        """Addresses of everything that was asked for since the start."""
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                self.requested.append(message["params"]["request"]["url"])
        return self.requested


class WithPage(unittest.TestCase):
    """A page that is open in a browser of its own; `write_page` says which."""

    flags: tuple[str, ...] = ()
    folder: str
    address: str
    browser: Browser
    driver: webdriver.Chrome

    @classmethod
    def write_page(cls, folder):
        write_run(folder, shape="lumbar disc")

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = os.path.join(temporary.name, "run")
        os.makedirs(cls.folder)
        cls.write_page(cls.folder)
        cls.address = "file://" + report.write(cls.folder)
        cls.browser = Browser.with_flags(*cls.flags)
        cls.driver = cls.browser.driver

    def setUp(self):
        self.prefer("light")
        self.driver.get("about:blank")  # so that the page begins anew, at its top
        self.driver.get(self.address)
        self.until(lambda: self.find(".plot"))

    def tearDown(self):
        self.assertEqual(self.browser.complaints(), [])

    def prefer(self, theme):
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
            {"name": "prefers-color-scheme", "value": theme}, {"name": "prefers-reduced-motion", "value": "reduce"}]})

    def click(self, element):
        """Away from the bars that stay at the top."""
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        element.click()

    def until(self, condition):
        return WebDriverWait(self.driver, PATIENCE, poll_frequency=0.2).until(lambda driver: condition())

    def find(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        found = self.find(selector)
        self.assertEqual(len(found), 1, selector)
        return found[0]

    def control(self, label):
        """By the text that a reader sees beside it."""
        for element in self.find(".control > label, fieldset label"):
            if element.text.startswith(label):
                name = element.get_attribute("for")
                return self.driver.find_element(By.ID, name) if name else element.find_element(By.TAG_NAME, "input")
        raise AssertionError(f"there is no control '{label}'")

    def choose(self, label, text):
        control = self.control(label)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", control)
        Select(control).select_by_visible_text(text)

    def button(self, text):
        return next(button for button in self.find("button") if button.text == text)

    def slide(self, label, value):
        """As a hand on the slider."""
        self.driver.execute_script("arguments[0].value = arguments[1]; "
                                   "arguments[0].dispatchEvent(new Event('input', {bubbles: true}))", self.control(label), value)

    @property
    def canvas(self):
        return self.one(".scene canvas")

    def screenshot(self, element):
        """The pixels of an element as they are."""
        clip = self.driver.execute_script(
            "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'});"
            "const box = arguments[0].getBoundingClientRect();"
            "return {x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height, scale: 1}", element)
        taken = self.driver.execute_cdp_cmd("Page.captureScreenshot", {
            "format": "png", "clip": clip, "captureBeyondViewport": False, "optimizeForSpeed": True})
        return image.imread(io.BytesIO(base64.b64decode(taken["data"])))[..., :3]

    def picture(self, element=None):
        """The pixels of an element, once they have come to rest."""
        element = element or self.canvas
        before = None
        while True:
            now = self.screenshot(element)
            if before is not None and before.shape == now.shape and (before == now).all():
                return now
            before = now

    def shown(self, text):
        """Waits until the view in space shows this."""
        self.until(lambda: self.canvas.get_attribute("data-shown") == text)

    def assert_changes(self, element, action, share=0.001):
        """The action changes at least this share of the pixels."""
        before = self.picture(element)
        action()

        def changed():
            now = self.screenshot(element)
            return now.shape == before.shape and (numpy.abs(now - before).max(axis=-1) > 0.02).mean() > share
        self.until(changed)
        return self.picture(element)


class Shapes(unittest.TestCase):
    """Bodies that are not like discs: what is drawn can be seen, and what is written can be read."""

    SHAPES = {"bar": (100.0, 2.0, 2.0), "column": (2.0, 2.0, 60.0), "plate": (50.0, 50.0, 0.5),
              "sheet": (0.5, 40.0, 40.0), "speck": (0.2, 0.15, 0.1)}
    BOXES = """
    return [...document.querySelectorAll(arguments[0])].map((element) => {
      const box = element.getBoundingClientRect();
      const around = element.closest("figure, .slices").getBoundingClientRect();
      return [box.width, box.height, around.right - box.right];
    });"""

    def test_slices_and_their_texts_have_room(self):
        browser = Browser.with_flags()
        driver = browser.driver
        for name, sizes in self.SHAPES.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                write_run(folder, title="A long name " * 12 + "WithoutAnyBlank" * 12, sizes=sizes)
                driver.get("file://" + report.write(folder))
                WebDriverWait(driver, PATIENCE).until(lambda driver: driver.find_elements(By.CSS_SELECTOR, ".scene canvas"))
                for width, height, room in driver.execute_script(self.BOXES, ".slices canvas"):
                    self.assertGreater(min(width, height), 60)
                    self.assertLess(height, 640)
                    self.assertGreater(room, -1)
                for width, _, room in driver.execute_script(self.BOXES, ".slices .readout, .slices .bar"):
                    self.assertGreater(width, 200)
                    self.assertGreater(room, -1)
                self.assertLessEqual(driver.execute_script("return document.documentElement.scrollWidth"),
                                     driver.execute_script("return innerWidth"))
                captions = [caption.text for caption in driver.find_elements(By.CSS_SELECTOR, ".slices figcaption")]
                enlarged = {"bar": "Across z z = 0.0 mm, y drawn 6.3 times as large",
                            "plate": "Across y y = 0.0 mm, z drawn 13 times as large"}.get(name)
                self.assertTrue(enlarged is None or enlarged in captions, captions)
                self.assertEqual(browser.complaints(), [])


class View(WithPage):
    def setUp(self):
        super().setUp()
        self.shown("glucose [mM] at 30 d")

    def test_is_not_blank(self):
        colours = {tuple(colour) for colour in (self.picture().reshape(-1, 3)[::7] * 31).astype(int)}
        self.assertGreater(len(colours), 30)

    def test_field_and_time_are_shared_with_the_slices(self):
        axial = self.one("canvas[data-plane='z']")
        before = self.picture(axial)
        self.assert_changes(self.canvas, lambda: self.choose("Field", "NPMSC, dose 1 [1/mL]"))
        self.shown("NPMSC, dose 1 [1/mL] at 30 d")
        self.assertFalse((self.picture(axial) == before).all())
        for bar in self.find(".bar svg"):
            self.assertIn("NPMSC, dose 1 [1/mL] from 0 to", bar.get_attribute("aria-label"))
        after = self.assert_changes(self.canvas, lambda: self.slide("Time", 0))
        self.shown("NPMSC, dose 1 [1/mL] at 0 d")
        self.assertIn("NPMSC, dose 1 [1/mL] at 0 d", axial.get_attribute("aria-label"))
        self.assertGreater(after.max() - after.min(), 0.3)

    def test_colours_can_span_one_time(self):
        self.assert_changes(self.canvas, lambda: self.choose("Colours", "this time"))

    def test_plays_through_the_times_until_it_is_told_to_pause(self):
        play = self.button("Play")
        self.click(play)
        self.assertEqual((play.text, play.get_attribute("aria-pressed")), ("Pause", "true"))
        seen = set()

        def all_seen():
            seen.add(self.canvas.get_attribute("data-shown"))
            return len(seen) == 3
        WebDriverWait(self.driver, PATIENCE, poll_frequency=0.05).until(lambda driver: all_seen())
        self.click(play)
        time = self.control("Time").get_attribute("value")
        self.driver.execute_async_script("setTimeout(arguments[0], 2000)")
        self.assertEqual((play.text, self.control("Time").get_attribute("value")), ("Play", time))

    def test_cut_moves_along_every_axis(self):
        for axis in ("x", "z", "y"):
            self.assert_changes(self.canvas, lambda axis=axis: self.choose("Cut across", axis))
            self.assertTrue(self.control(f"Cut at {axis} = 0 mm").is_enabled())
            self.assert_changes(self.canvas, lambda axis=axis: self.slide(f"Cut at {axis}", 0.75))
        self.assertEqual(self.control("Cut at y").get_attribute("aria-valuetext"), "Cut at y = 7.5 mm")
        self.assert_changes(self.canvas, lambda: self.click(self.button("Other side")))
        self.assert_changes(self.canvas, lambda: self.choose("Cut across", "no cut"))
        self.assertFalse(self.control("No cut").is_enabled())

    def test_cut_shows_the_field_inside(self):
        """Cells are in the nucleus only, and surfaces are painted by region: what is yellow is the cut."""
        def yellow():
            red, green, blue = numpy.moveaxis(self.picture(), -1, 0)
            return ((red > 0.9) & (green > 0.8) & (blue < 0.3)).mean()
        self.choose("Surfaces show", "the regions")
        self.choose("Field", "NPMSC, dose 1 [1/mL]")
        self.slide("Time", 0)
        self.shown("NPMSC, dose 1 [1/mL] at 0 d")
        for axis in ("x", "y", "z"):
            self.choose("Cut across", axis)
            shares = [yellow()]
            self.click(self.button("Other side"))
            shares.append(yellow())
            self.assertGreater(max(shares), 0.02, axis)  # the cut is seen from the one side
            self.assertLess(min(shares), 0.002, axis)  # and hidden from the other
        self.choose("Cut across", "no cut")
        self.assertEqual(yellow(), 0)

    def test_regions_can_be_taken_away(self):
        full = self.picture()
        for region in ("nucleus", "annulus"):
            self.assert_changes(self.canvas, lambda region=region: self.click(self.control(region)))
        empty = self.picture()
        above = empty[20:empty.shape[0] // 2, 20:-20]  # without the axes in the lower left and the round corners
        self.assertEqual(len(numpy.unique(above.reshape(-1, 3), axis=0)), 1)
        self.click(self.control("nucleus"))
        self.assert_changes(self.canvas, lambda: self.click(self.control("annulus")))
        numpy.testing.assert_array_equal(self.picture(), full)

    def test_surfaces_can_be_translucent_or_show_the_regions(self):
        self.assert_changes(self.canvas, lambda: self.slide("Opacity", 0.3))
        self.assert_changes(self.canvas, lambda: self.choose("Surfaces show", "the regions"))

    def test_is_turned_by_keyboard_mouse_and_touch_and_reset(self):
        start = self.picture()
        for key in (Keys.ARROW_LEFT, Keys.ARROW_UP, "+", "-"):
            self.assert_changes(self.canvas, lambda key=key: self.canvas.send_keys(key))
        self.assert_changes(self.canvas, lambda: ActionChains(self.driver).click_and_hold(self.canvas).move_by_offset(
            80, 20).release().perform())
        self.click(self.button("Reset view"))
        self.until(lambda: (self.picture() == start).mean() > 0.999)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", self.canvas)
        box = self.driver.execute_script("const box = arguments[0].getBoundingClientRect(); return [box.x, box.y]", self.canvas)

        def touch(kind, *places):
            self.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [
                {"x": box[0] + x, "y": box[1] + y, "id": number} for number, (x, y) in enumerate(places)]})

        def swipe(first, second):
            touch("touchStart", *first)
            touch("touchMove", *second)
            touch("touchEnd")
        self.assert_changes(self.canvas, lambda: swipe([(300, 200)], [(380, 220)]))
        self.assert_changes(self.canvas, lambda: swipe([(300, 200), (400, 200)], [(250, 200), (450, 200)]))
        self.canvas.send_keys(Keys.HOME)
        self.until(lambda: (self.picture() == start).mean() > 0.999)

    def test_wheel_zooms_only_after_a_click(self):
        def wheel():
            ActionChains(self.driver).scroll_from_origin(
                webdriver.common.actions.wheel_input.ScrollOrigin.from_element(self.canvas), 0, -200).perform()
        before = self.picture()
        wheel()
        self.assertTrue((self.picture() == before).all())
        self.click(self.canvas)
        self.assert_changes(self.canvas, wheel)


class Slices(WithPage):
    def test_tell_values_under_the_pointer_and_by_keys(self):
        axial = self.one("canvas[data-plane='z']")
        readout = self.one("output")
        self.assertIn("Point at a slice", readout.text)
        ActionChains(self.driver).move_to_element(axial).perform()
        self.until(lambda: "glucose" in readout.text)
        self.assertRegex(readout.text, r"x = .* mm, y = .* mm: glucose 1\.\d+ mM, nucleus")
        ActionChains(self.driver).move_to_element_with_offset(axial, 0, 0).move_to_element(self.one("h1")).perform()
        self.until(lambda: "Point at a slice" in readout.text)
        axial.send_keys(Keys.ARROW_RIGHT)
        # The middle, one hundredth of the width to the right: 2 + 0.05 x - 0.02 time at z = 0.
        self.assertRegex(readout.text, r"^x = 0\.4 mm, y = 0\.0 mm: glucose 1\.42\d? mM, nucleus$")
        axial.send_keys(Keys.ARROW_UP, Keys.ARROW_LEFT)
        self.assertIn("x = 0.0 mm, y = 0.4 mm", readout.text)

    def test_hold_every_plane_with_its_axes(self):
        for plane in ("x", "y", "z"):
            drawn = self.picture(self.one(f"canvas[data-plane='{plane}']"))
            self.assertGreater(len(numpy.unique((drawn.reshape(-1, 3) * 15).astype(int), axis=0)), 20)
        self.assertEqual([caption.text.split()[0] for caption in self.find(".slices figcaption")],
                         ["Mid-axial", "Mid-coronal", "Mid-sagittal"])


class Histories(WithPage):
    def test_the_important_ones_are_drawn(self):
        captions = [caption.text for caption in self.find(".charts figcaption")]
        self.assertEqual(captions, ["Lowest glucose", "Lowest pH", "Viable: NPMSC", "Viable: NP cells"])
        self.until(lambda: len(self.find(".charts svg.plot")) == 4)
        for chart in self.find(".charts svg.plot"):
            self.assertEqual(chart.get_attribute("role"), "img")
            self.assertIn("over time", chart.get_attribute("aria-label"))
        first = self.find(".charts figure")[0]
        self.assertIn("dashed: untreated; dotted: 0.511, Critical glucose of 'death of residents'", first.text)
        self.assertIn("[mM]", first.text)
        self.assertEqual({label.text for label in first.find_elements(By.CSS_SELECTOR, "text")} & {"nucleus", "annulus"},
                         {"nucleus", "annulus"})
        dashed = [path for path in first.find_elements(By.CSS_SELECTOR, "g[stroke-dasharray='5 4'] path")
                  if path.get_attribute("d")]
        self.assertEqual(len(dashed), 2)

    def test_any_other_can_be_chosen(self):
        self.until(lambda: self.find(".chooser svg.plot"))
        self.choose("Quantity", "glucose, balance")
        self.until(lambda: self.one(".chooser figcaption").text == "Balance of glucose since the beginning")
        self.choose("Quantity", "glucose")
        self.choose("Number", "amount")
        self.until(lambda: self.one(".chooser figcaption").text == "Amount of glucose")
        self.until(lambda: "[nmol]" in self.one(".chooser figure").text)


class Themes(WithPage):
    def background(self):
        colour = self.driver.execute_script("return getComputedStyle(document.body).backgroundColor")
        return sum(int(value) for value in colour[4:-1].split(",")[:3]) / 3

    def test_follow_the_system_and_the_switch(self):
        self.prefer("light")
        self.assertGreater(self.background(), 200)
        axial = self.one("canvas[data-plane='z']")
        self.assert_changes(axial, lambda: self.prefer("dark"))  # its axes are drawn anew
        self.assertLess(self.background(), 60)
        switch = self.one("#theme")
        self.assertEqual(switch.text, "Light theme")
        self.click(switch)
        self.assertGreater(self.background(), 200)
        self.assertEqual(switch.text, "Dark theme")

    def test_have_enough_contrast(self):
        for theme in ("light", "dark"):
            self.prefer(theme)
            self.driver.execute_script("for (const entry of document.querySelectorAll('details')) entry.open = true")
            found = self.driver.execute_script(CONTRASTS)
            self.assertGreater(len(found), 100)
            self.assertEqual([entry for entry in found if entry[0] < 4.5], [], theme)


class Whole(WithPage):
    def test_nothing_is_fetched(self):
        self.shown_all()
        self.assertEqual(self.driver.execute_script(
            "return performance.getEntriesByType('resource').map((entry) => entry.name)"
            ".filter((name) => !name.startsWith('data:') && !name.startsWith('blob:'))"), [])
        requested = self.browser.requests()
        self.assertIn(self.address, requested)
        # 'chrome:' is the browser's own empty page, with which it starts.
        own = ("file:", "data:", "blob:", "about:", "chrome:")
        self.assertEqual([address for address in requested if not address.startswith(own)], [])

    def shown_all(self):
        self.until(lambda: self.find(".scene canvas") and self.canvas.get_attribute("data-shown"))

    def test_all_controls_have_names_and_are_reached_by_the_keyboard(self):
        self.shown_all()
        self.driver.execute_script("for (const entry of document.querySelectorAll('details')) entry.open = true")
        controls = self.find("select, input, button")
        self.assertGreater(len(controls), 10)
        for control in controls:
            self.assertTrue(control.accessible_name, control.get_attribute("outerHTML"))
        wanted = len([element for element in self.find("a, select, input, button, summary, canvas, .scroll")
                      if element.is_enabled()])
        reached = set()
        body = self.one("body")
        for _ in range(wanted + 5):
            (self.driver.switch_to.active_element or body).send_keys(Keys.TAB)
            reached.add(self.driver.switch_to.active_element.id)
        self.assertGreaterEqual(len(reached), wanted)

    def test_narrow_pages_do_not_scroll_sideways(self):
        self.shown_all()
        self.addCleanup(self.driver.execute_cdp_cmd, "Emulation.clearDeviceMetricsOverride", {})
        for width in (320, 400, 768):
            self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
                "width": width, "height": 800, "deviceScaleFactor": 2, "mobile": True})
            self.until(lambda width=width: self.driver.execute_script("return innerWidth") == width)
            self.assertLessEqual(self.driver.execute_script("return document.documentElement.scrollWidth"), width)

    def test_is_printed_whole_and_light(self):
        self.shown_all()
        self.click(self.one("#theme"))
        self.picture()
        printed = base64.b64decode(self.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"])
        file = os.path.join(self.folder, "page.pdf")
        Path(file).write_bytes(printed)
        text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
        for wanted in ("Answer", "Mid-sagittal", "In space", "Lowest glucose", "Mass balance", "Programs, libraries and laws"):
            self.assertIn(wanted, text)
        for unwanted in ("Dark theme", "Light theme", "Reset view", "Cut across", "Point at a slice"):
            self.assertNotIn(unwanted, text)
        subprocess.run(["pdftoppm", "-r", "40", "-png", file, os.path.join(self.folder, "sheet")], check=True)
        sheets = [image.imread(str(sheet))[..., :3] for sheet in sorted(Path(self.folder).glob("sheet*.png"))]
        self.assertGreater(min(sheet.mean() for sheet in sheets), 0.6)  # light
        space = next(sheet for number, sheet in enumerate(sheets) if "In space" in subprocess.run(
            ["pdftotext", "-f", str(number + 1), "-l", str(number + 1), file, "-"], capture_output=True, text=True,
            check=True).stdout)
        self.assertGreater((numpy.ptp(space, axis=-1) > 0.2).mean(), 0.02)  # the body in colour
        self.assertFalse(self.driver.execute_script("return document.querySelector('details').open"))  # as before


class WithoutWebGl(WithPage):
    flags = ("--disable-3d-apis",)

    def test_says_so_and_draws_the_slices(self):
        self.until(lambda: self.find("canvas[data-plane='z']"))
        self.until(lambda: "This browser has no WebGL 2" in self.one("[data-draw='fields']").text)
        self.assertEqual(self.find(".scene"), [])
        self.assertGreater(len(numpy.unique(self.picture(self.one("canvas[data-plane='z']")).reshape(-1, 3), axis=0)), 20)


class WithoutScript(WithPage):
    def setUp(self):
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        self.addCleanup(self.driver.execute_cdp_cmd, "Emulation.setScriptExecutionDisabled", {"value": False})
        self.driver.get(self.address)

    def test_answer_and_tables_can_be_read(self):
        text = self.one("main").text
        for wanted in ("20 % of the delivered", "Charts need JavaScript", "Mass balance"):
            self.assertIn(wanted, text.replace("\N{NO-BREAK SPACE}", " "))
        self.assertFalse(self.one("#theme").is_displayed())


class RealRun(WithPage):
    """A small case of the program itself."""

    @classmethod
    def write_page(cls, folder):
        lacuna.run(CASE, {"Geometry/Global refinements": 0, "Time/End": "1 d", "Output/Field times": "0.5 d",
                          "Initial state/Equilibration of residents": "none", "Title": "<b>A real run</b>"},
                   output=folder, overwrite=True)

    def test_is_drawn(self):
        self.assertEqual(self.one("h1").text, "<b>A real run</b>")
        self.until(lambda: self.find(".scene canvas"))
        self.shown("glucose [mM] at 1 d")
        self.assertGreater(len(numpy.unique(self.picture().reshape(-1, 3), axis=0)), 200)
        self.assertEqual(len(self.find("fieldset input")), 4)
        meaning = self.one("#asked").text
        self.assertIn("Volume of pore water per tissue volume", meaning)
        self.assertIn("UPF human L4-L5 set", meaning)


def main() -> None:
    """The tests of a file; skipped (77) where npm's registry could not be reached and the page was not built."""
    try:
        report.page.find_assets()
    except lacuna.LacunaError as error:
        print(error)
        raise SystemExit(77) from None
    unittest.main()


if __name__ == "__main__":
    main()
