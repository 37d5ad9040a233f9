# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The gates notice what they are for: a small tree passes, and with one fault in it does not."""
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TREE = {
    "CMakeLists.txt": "cmake_minimum_required(VERSION 3.25)\nproject(lacuna VERSION 2.3.4 LANGUAGES CXX)\n",
    "CHANGELOG.md": "# Changelog\n\n## 2.3.4 (unreleased)\n\n## 2.3.3\n",
    "CITATION.cff": "cff-version: 1.2.0\nversion: 2.3.4\n",
    "contrib/python/lacuna/version.py": '__version__ = "2.3.4"\n',
    "solver/species/field.h": "#pragma once\n\n#include <vector>\n\nusing Field = std::vector<double>;\n",
    "solver/species/field.cc": '#include "species/field.h"\n\nField none();\n',
    "start": '#!/usr/bin/env bash\necho "$1"\n',
    **{f"contrib/man/{page}.1": f'.TH {page} 1 2026 "Lacuna 2" "User commands"\n'
       for page in ("lacuna", "lacuna-report", "lacuna-study")},
}


class Gates(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.root = Path(temporary.name)
        shutil.copytree(ROOT / "contrib/lint", self.root / "contrib/lint", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / ".clang-format", self.root)
        for name, text in TREE.items():
            self.write(name, text)
        subprocess.run(["git", "init", "--quiet"], cwd=self.root, check=True)
        self.add()

    def write(self, name, text):
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, encoding="utf-8")

    def add(self):
        subprocess.run(["git", "add", "--all"], cwd=self.root, check=True)

    def run_gate(self, gate, *options):
        (program,) = (self.root / "contrib/lint/gates").glob(f"{gate}.*")
        done = subprocess.run([program, *options], capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def assert_notices(self, gate, name, text, said, tool="git"):
        """The tree as it is passes; with this file it does not, and the gate says why."""
        if shutil.which(tool) is None:
            self.skipTest(f"{tool} is not installed")
        self.assertEqual(self.run_gate(gate), (0, ""))
        self.write(name, text)
        self.add()
        status, output = self.run_gate(gate)
        self.assertNotEqual(status, 0)
        self.assertIn(said, output)

    def assert_mends(self, gate):
        self.assertEqual(self.run_gate(gate, "--write")[0], 0)
        self.assertEqual(self.run_gate(gate), (0, ""))

    def test_another_version(self):
        self.assert_notices("version", "contrib/python/lacuna/version.py", '__version__ = "2.3.3"\n',
                            "contrib/python/lacuna/version.py: is of version 2.3.3, CMakeLists.txt of 2.3.4")
        self.assert_mends("version")

    def test_a_version_that_no_entry_of_the_changelog_has(self):
        self.assert_notices("version", "CHANGELOG.md", "# Changelog\n\n## 2.3.3\n", "its first entry is 2.3.3")

    def test_a_manual_of_another_major_version(self):
        self.assert_notices("version", "contrib/man/lacuna.1", '.TH lacuna 1 2026 "Lacuna 1" "User commands"\n',
                            "contrib/man/lacuna.1: is of version 1, CMakeLists.txt of 2")
        self.assert_mends("version")

    def test_a_header_that_leans_on_others(self):
        self.assert_notices("includes", "solver/species/field.h",
                            "#pragma once\n\n#include <vector>\n\nusing Field = std::vector<std::string>;\n",
                            "solver/species/field.h: names std::string without #include <string>")
        self.assert_mends("includes")
        self.assertIn("#include <string>\n#include <vector>\n", (self.root / "solver/species/field.h").read_text())

    def test_names_in_comments_and_texts_need_no_header(self):
        self.write("solver/species/field.h", '#pragma once\n// std::map\nconst char *text = "std::set"; /* std::list */\n')
        self.write("solver/species/field.cc", "")
        self.assertEqual(self.run_gate("includes"), (0, ""))

    def test_a_layout_of_its_own(self):
        self.assert_notices("format", "solver/species/field.cc", "int  f( ) ;\n", "field.cc:1", "clang-format")
        self.assert_mends("format")

    def test_a_misspelled_word(self):
        word = "mod" + "lue"
        self.assert_notices("spelling", "README.md", f"A {word}.\n", f"README.md:1: {word}", "codespell")

    def test_a_script_that_splits_words(self):
        self.assert_notices("shell", "start", "#!/usr/bin/env bash\necho $1\n", "SC2086", "shellcheck")

    def test_what_failed_is_named(self):
        self.write("CITATION.cff", "version: 1\n")
        done = subprocess.run([self.root / "contrib/lint/run", "includes", "version"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("lint: these gates failed: version.", done.stderr)

    def test_an_unknown_gate_is_refused(self):
        done = subprocess.run([self.root / "contrib/lint/run", "headres"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("lint: unknown gate 'headres'; there are: version format", done.stderr)


if __name__ == "__main__":
    unittest.main()
