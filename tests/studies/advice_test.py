#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What Lacuna tells its user to type can be typed: commands in messages, in the examples of the help and in the READMEs.
LACUNA_PROGRAM names the program."""

import functools
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["LACUNA_PROGRAM"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = ("README.md", "CONTRIBUTING.md", "solver/README.md", "plugins/README.md", "benchmarks/README.md",
         "parameter-files/**/README.md", "contrib/*/README.md")
SOURCES = ("solver/**/*.cc", "contrib/python/lacuna/**/*.py", "parameter-files/**/*.prm", "quickstart", *PAGES)
PLACEHOLDERS = ("Path", "Parameter", "Section/Parameter", "Laws/x/y")
OF_EXAMPLES = ("Death rate",)  # of a law that the help imagines
GROUPS = ("plugin", "study")  # commands that have commands of their own
COMMAND = re.compile(r"\blacuna (run|check|parameters|plugin|mesh|study|report|compare|doctor)\b([^\"'`\n|;&>()]*)")
SETTING = re.compile(r"--set\s+\\?['\"](\w[\w /.-]*)=")
# What stands around the program: in blocks of the pages and between backticks.
AROUND = re.compile(r"(?:\./quickstart|cmake|ctest|mpirun|python3 -m|npm|contrib/lint/gates/\S+|\.ci/run)(?: .*)?")
MESH_CASE = """
subsection Geometry
  set Shape = mesh file
  subsection Mesh file
    set File        = {file}
    set Length unit = m
    set Regions     = 1: nucleus, 2: inner annulus, 3: outer annulus, 4: endplate
    set Faces       = 1: superior endplate, 2: inferior endplate, 3: annulus periphery, 4: rim, 5: rim
  end
end
subsection Solutes
  set Transported = glucose
end
subsection Boundary conditions
  subsection superior endplate
    subsection glucose
      set Type  = fixed
      set Value = 4 mM
    end
  end
end
subsection Time
  set Mode = steady
end
"""


def printed_commands():
    """{(command, its options): a file that has it}."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], str] = {}
    for pattern in SOURCES:
        for file in sorted(ROOT.glob(pattern)):
            text = re.sub(r'"\s*\n\s*"', "", file.read_text(encoding="utf-8"))  # a literal on several lines
            for verb, rest in COMMAND.findall(text):
                words = rest.split()
                command = (verb, words[0]) if verb in GROUPS and words and words[0].isalpha() and words[0].islower() \
                    else (verb,)
                options = tuple(word.split("=")[0].rstrip(".,:") for word in words if word.startswith("--"))
                found.setdefault((command, options), str(file.relative_to(ROOT)))
    return found


@functools.lru_cache(maxsize=None)
def help_of(command):
    done = subprocess.run([PROGRAM, *command, "--help"], capture_output=True, text=True, timeout=60)
    return done.stdout if done.returncode == 0 else None


class Printed(unittest.TestCase):
    def test_every_command_that_is_printed_exists_with_its_options(self):
        commands = printed_commands()
        self.assertGreater(len(commands), 20, "the search finds them")
        for (command, options), file in commands.items():
            with self.subTest(command=" ".join(command), file=file):
                text = help_of(command)
                if text is None and len(command) == 2:  # 'lacuna study volumes' of a sentence
                    text = help_of(command[:1])
                self.assertIsNotNone(text)
                for option in options:
                    self.assertRegex(text, rf"{re.escape(option)}\b")


def commands_of_pages():
    """{command: a page that has it}: what AROUND finds, one command each."""
    found: dict[str, str] = {}
    for file in (file for pattern in PAGES for file in sorted(ROOT.glob(pattern))):
        text = file.read_text(encoding="utf-8").replace("\\\n", " ")
        blocks = re.findall(r"^```[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        lines = [line for block in blocks for line in block.splitlines()] + re.findall(r"`([^`\n]+)`", text)
        for command in (part.strip() for line in lines for part in re.split(r"&&|\s#\s|\s{3,}", line)):
            if AROUND.fullmatch(command):
                found[command] = str(file.relative_to(ROOT))
    return found


def behind(option, words):
    """The word behind an option, if it is there."""
    return words[words.index(option) + 1] if option in words[:-1] else None


class AroundTheProgram(unittest.TestCase):
    """Commands of CMake, Python and the shell: what they name exists. They are not run, which would take hours."""

    def setUp(self):
        self.presets = json.loads((ROOT / "CMakePresets.json").read_text(encoding="utf-8"))

    def names(self, kind):
        return [preset["name"] for preset in self.presets[kind] if not preset.get("hidden")]

    def test_everything_that_is_named_in_a_command_exists(self):
        commands = commands_of_pages()
        self.assertGreater(len(commands), 15, "the search finds them")
        for command, page in commands.items():
            words = shlex.split(command)
            check = getattr(self, "check_" + re.sub(r"\W+", "_", pathlib.Path(words[0]).stem).strip("_"), None)
            with self.subTest(command=command, page=page):
                for word in words:
                    if word.startswith(("contrib/", "tests/", "parameter-files/", ".ci/")):
                        self.assertTrue((ROOT / word).exists(), word)
                if check is not None:
                    check(words)

    def check_cmake(self, words):
        kind = "buildPresets" if "--build" in words else "configurePresets"
        if preset := behind("--preset", words):
            self.assertIn(preset, self.names(kind))

    def check_ctest(self, words):
        if preset := behind("--preset", words):
            self.assertIn(preset, self.names("testPresets"))
        text = (ROOT / "tests/CMakeLists.txt").read_text(encoding="utf-8")
        for option in ("-L", "-R", "-LE"):
            if label := behind(option, words):
                self.assertRegex(text, rf"\b{label}\b")

    def check_quickstart(self, words):
        if len(words) > 1:
            self.assertRegex((ROOT / "quickstart").read_text(encoding="utf-8"), rf"(?m)^\s*{words[1]}\)")
        if words[1:2] == ["test"]:
            self.check_ctest(words)

    def check_python3(self, words):
        done = subprocess.run(["/usr/bin/python3", "-m", words[2], "--help"], capture_output=True, text=True,
                              timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        for option in (word for word in words if word.startswith("--")):
            self.assertRegex(done.stdout, rf"{re.escape(option)}\b")

    def check_npm(self, words):
        if words[1:2] == ["run"]:
            scripts = json.loads((ROOT / "contrib/report/package.json").read_text(encoding="utf-8"))["scripts"]
            self.assertIn(words[2], scripts)


class Settings(unittest.TestCase):
    def test_every_parameter_that_is_set_in_a_printed_command_exists(self):
        laws = [folder.name for folder in sorted((ROOT / "plugins").iterdir()) if (folder / f"{folder.name}.cc").exists()]
        words = [PROGRAM, "parameters", "--json", *(word for law in laws for word in ("--plugin", law))]
        known = json.loads(subprocess.run(words, capture_output=True, text=True, timeout=60, check=True).stdout)
        patterns = [re.compile(re.sub(r"<[^<>]+>", "[^/]+", re.sub(r"([.()+*])", r"\\\1", entry["path"])))
                    for entry in known]
        parameters = {entry["path"].rsplit("/", 1)[-1] for entry in known}
        found = 0
        for pattern in SOURCES:
            for file in sorted(ROOT.glob(pattern)):
                for path in SETTING.findall(file.read_text(encoding="utf-8")):
                    if path in PLACEHOLDERS or path.startswith(("Sampling/", "Execution/")):  # those are of studies
                        continue
                    found += 1
                    with self.subTest(path=path, file=str(file.relative_to(ROOT))):
                        # One name alone is that of a law's parameter: lacuna plugin check NAME --set 'Death rate=2 1/d'
                        self.assertTrue(any(fitting.fullmatch(path) for fitting in patterns)
                                        or ("/" not in path and (path in parameters or path in OF_EXAMPLES)), path)
        self.assertGreater(found, 10, "the search finds them")


class Meshes(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        if shutil.which("gmsh") is None:
            self.skipTest("needs gmsh")

    def check(self, mesh, status):
        case = self.folder / "case.prm"
        case.write_text(MESH_CASE.format(file=mesh))
        done = subprocess.run([PROGRAM, "check", case], capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def gmsh(self, *words):
        subprocess.run(["gmsh", *map(str, words)], capture_output=True, text=True, timeout=120, check=True)

    def test_a_mesh_that_is_refused_for_its_version_is_read_after_the_command_that_the_message_names(self):
        good = ROOT / "tests/meshes/00_good_metres.msh"
        for name, words in (("old version.msh", ["-format", "msh40"]), ("binary.msh", ["-bin", "-format", "msh41"])):
            with self.subTest(name=name):
                mesh = self.folder / name
                self.gmsh(good, "-save", *words, "-o", mesh)
                before = mesh.read_bytes()
                said = self.check(mesh, 2)
                command = re.search(r"Save it again: (gmsh .*)", said).group(1)
                subprocess.run(command, shell=True, capture_output=True, timeout=120, check=True)
                self.assertEqual(mesh.read_bytes(), before, "the file itself is not touched")
                self.check(mesh.with_name(mesh.stem + "-msh41.msh"), 0)


if __name__ == "__main__":
    unittest.main()
