#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What Lacuna tells its user to type can be typed: commands in messages, in the examples of the help and in the READMEs.
LACUNA_PROGRAM names the program."""

import functools
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["LACUNA_PROGRAM"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ("solver/**/*.cc", "contrib/python/lacuna/**/*.py", "README.md", "solver/README.md", "plugins/README.md",
           "parameter-files/**/README.md", "contrib/*/README.md")
GROUPS = ("plugin", "study")  # commands that have commands of their own
COMMAND = re.compile(r"\blacuna (run|check|parameters|plugin|mesh|study|report|compare|doctor)\b([^\"'`\n|;&>()]*)")
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
