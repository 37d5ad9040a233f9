#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""A law builds with every compiler, standard and option that authors use, against an installed
Lacuna alone, and works the same."""

import itertools
import subprocess
import unittest

from support import LACUNA, PREFIX, Author, has

LAW = """
  Parameter rate = parameter("Rate", %g, "1/d", "How fast.", 0);
  Field glucose = field("glucose", "mM");
  Species cells = population("NP cells", "1/mL");
  static double &scale() { static double half = %g; return half; }
  template <class Number> void rates(At<Number> &at) const
  {
    at.rate(cells) -= rate * (1. - lacuna::saturation(at[glucose], scale())) * at[cells];
  }
"""
CASE = """
subsection Geometry
  set Shape = box
  subsection Box
    set Layers = gel: 1 mm / 1
  end
end
subsection Tissue
  subsection gel
    set Porosity = 0.9
  end
end
subsection Solutes
  set Transported = glucose
  subsection glucose
    set Initial value = 1 mM
  end
end
subsection Cells
  subsection NP cells
    set Density in gel = 4e6 /mL
  end
end
subsection Laws
%s
end
subsection Initial state
  set Start = values
end
subsection Time
  set End                = 1 d
  set Relative tolerance = 1e-6
end
"""
SANITIZERS = {"undefined": "", "address": "libasan.so"}
PROJECT = """cmake_minimum_required(VERSION 3.16)
project(mine LANGUAGES CXX)
find_package(lacuna 1 REQUIRED)
lacuna_add_law(mine mine.cc)
"""


class Compilers(Author):
    def test_every_compiler_standard_and_optimisation(self):
        compilers = [name for name in ("g++", "clang++") if has(name)]
        for compiler, standard, level in itertools.product(compilers, ("17", "20"), "0123"):
            command = f"{compiler} -std=c++{standard} -O{level} -Wall -Wextra -Wpedantic -Werror"
            with self.subTest(command):
                law = self.build("mine", LAW % (2, 0.5), command)
                symbols = self.run_command("nm", "-D", "--defined-only", law).split()
                self.assertEqual(symbols[1:], ["T", "lacuna_plugin_entry"])
                self.run_command("lacuna", "plugin", "check", law)

    def test_nothing_but_a_bare_compiler(self):
        self.run_command("lacuna", "plugin", "check", self.build("mine", LAW % (2, 0.5), "g++"))

    def test_sanitizers(self):
        for name, preload in SANITIZERS.items():
            with self.subTest(name):
                law = self.build("mine", LAW % (2, 0.5), f"g++ -g -fsanitize={name}")
                found = subprocess.run(
                    ["g++", f"-print-file-name={preload}"], capture_output=True, text=True
                ).stdout.strip()
                more = {"LD_PRELOAD": found, "ASAN_OPTIONS": "detect_leaks=0"} if preload else {}
                text = self.run_command("lacuna", "plugin", "check", law, **more)
                self.assertNotIn("runtime error", text)


class Packages(Author):
    """find_package needs nothing but a compiler, and keeps the versions apart."""

    def configure(self, project, *options, status=0):
        self.write("CMakeLists.txt", project)
        self.write("mine.cc", (PREFIX / "share/lacuna/template/new-law.cc").read_text())
        return self.run_command(
            "cmake", "-B", "build", f"-DCMAKE_PREFIX_PATH={PREFIX}", *options, status=status
        )

    def test_debug_and_release(self):
        for build_type in ("", "Debug", "Release"):
            with self.subTest(build_type):
                self.configure(PROJECT, f"-DCMAKE_BUILD_TYPE={build_type}")
                self.run_command("cmake", "--build", "build")
                self.run_command("lacuna", "plugin", "check", self.folder / "build/mine.so")

    def test_needs_no_library_of_the_solver(self):
        names = [f"CMAKE_DISABLE_FIND_PACKAGE_{name}" for name in ("deal.II", "MPI", "PETSc")]
        text = self.configure(PROJECT, *[f"-D{name}=ON" for name in names])
        unused = text.split("Manually-specified variables were not used by the project:")[1]
        for name in names:
            self.assertIn(name, unused, "was looked for")

    def test_another_major_version_is_refused(self):
        text = self.configure(PROJECT.replace("lacuna 1", "lacuna 2"), status=1)
        self.assertIn('compatible with requested version "2"', " ".join(text.split()))


class Together(Author):
    def run_case(self, *laws, output="results"):
        sections = "".join(
            f"  subsection {law.stem}\n    set Law = {law}\n  end\n" for law in laws
        )
        case = self.write("case.prm", CASE % sections)
        self.run_command("lacuna", "run", case, "--output", output, "--overwrite", "--quiet")
        lines = (self.folder / output / "history.csv").read_text().splitlines()
        return dict(zip(lines[0].split(","), map(float, lines[-1].split(","))))["NP cells mean whole [1/mL]"]

    def test_debug_and_release_and_classes_of_one_name_in_one_run(self):
        compilers = ["g++ -std=c++17 -O0 -g -D_GLIBCXX_DEBUG", "g++ -std=c++20 -O3"]
        if has("clang++"):
            compilers[1] = "clang++ -std=c++20 -O3"
        slow = self.build("slow", LAW % (0.3, 0.5), compilers[0])
        fast = self.build("fast", LAW % (0.6, 2), compilers[1])
        alive = self.run_case(slow, fast) / 4e6
        # Rates 0.3/d * (1 - 1/1.5) and 0.6/d * (1 - 1/3): each with its own static number.
        self.assertAlmostEqual(alive, 2.718281828 ** -(0.1 + 0.4), delta=1e-4)


if __name__ == "__main__":
    assert LACUNA.exists(), f"{LACUNA} is missing"
    unittest.main(verbosity=2)
