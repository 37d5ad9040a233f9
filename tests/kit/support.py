# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What the tests of the kit share: an installed Lacuna, an author with an empty home, a folder."""

import os
import pathlib
import pty
import shutil
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PREFIX = pathlib.Path(os.environ.get("LACUNA_PREFIX", "/usr/local")).resolve()
LACUNA = PREFIX / "bin" / "lacuna"
INCLUDE = PREFIX / "include"

LAW = """#include <lacuna/law.h>
struct Test : lacuna::Law<Test>
{
%s
};
LACUNA_LAW(Test, "%s", "1.0.0", "d", "A law for this test.")
"""


class Author(unittest.TestCase):
    """Works in a folder of its own, knows no environment of the developer, finds `lacuna` on PATH."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="lacuna-kit-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.home = self.folder / "home"
        self.home.mkdir()

    def environment(self, **more):
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("LACUNA_", "CMAKE_", "CXX"))}
        return {
            **kept,
            "HOME": str(self.home),
            "PATH": f"{PREFIX / 'bin'}:{os.environ['PATH']}",
            "OMPI_ALLOW_RUN_AS_ROOT": "1",
            "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
            "OMPI_MCA_rmaps_base_oversubscribe": "1",
            "OMPI_MCA_hwloc_base_binding_policy": "none",
            "HWLOC_HIDE_ERRORS": "2",
            "OMP_NUM_THREADS": "1",
            **more,
        }

    def run_command(self, *command, status=0, folder=None, **environment):
        """stdout and stderr of a command that must end with this status."""
        done = subprocess.run(
            [str(word) for word in command],
            cwd=folder or self.folder,
            env=self.environment(**environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
        )
        self.assertEqual(done.returncode, status, f"{' '.join(map(str, command))}\n{done.stdout}")
        return done.stdout

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def build(self, name, members, compiler="g++ -std=c++17 -O1"):
        """A law with these members, built by nothing but a compiler."""
        source = self.write(f"{name}.cc", LAW % (members, name))
        library = self.folder / f"{name}.so"
        self.run_command(
            *compiler.split(), "-shared", "-fPIC", f"-I{INCLUDE}", source, "-o", library
        )
        return library


def has(program):
    return shutil.which(program) is not None


def has_terminals():
    """Whether there are pseudo-terminals; a bare change of root has none."""
    try:
        mine, its = pty.openpty()
    except OSError:
        return False
    os.close(mine)
    os.close(its)
    return True
