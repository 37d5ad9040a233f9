# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Libraries that are not everywhere: what is missing is said in a sentence, with the package that has it."""
from __future__ import annotations

import importlib
import os
import sys

from .errors import LacunaError

# Name in Python: name for people, package of Debian.
LIBRARIES = {"numpy": ("NumPy", "python3-numpy"), "vtk": ("VTK for Python", "python3-vtk9"),
             "vtkmodules": ("VTK for Python", "python3-vtk9"), "matplotlib": ("matplotlib", "python3-matplotlib"),
             "jinja2": ("Jinja2", "python3-jinja2"), "markupsafe": ("MarkupSafe", "python3-markupsafe"),
             "scipy": ("SciPy", "python3-scipy"), "openturns": ("OpenTURNS", "python3-openturns"),
             "pandas": ("pandas", "python3-pandas")}
# How a process begins that is one of the package's commands; '-m' while Python looks for the module.
COMMANDS = ("-m", "lacuna-picture", "lacuna-answers", "lacuna-calibrate")


class MissingLibrary(LacunaError, ImportError):
    """A library is not there, or cannot be loaded."""

    status = 5  # the environment's failure


def missing(what: str, error: ImportError) -> MissingLibrary:
    """Why an import failed, for what needs it: 'fields need', 'this needs'."""
    library, package = LIBRARIES.get((error.name or "").split(".")[0], (error.name, ""))
    return MissingLibrary(f"{what} {library} (Debian: {package})" if package else f"{what} {library}: {error}")


def require(what: str, *names: str) -> None:
    """Imports libraries before a module that begins with them: of a command, which has not come to its first line
    then, the error is a sentence, too."""
    for name in names:
        try:
            importlib.import_module(name)
        except ImportError as error:
            failure = missing(what, error)
            if os.path.basename(sys.argv[0]) not in COMMANDS:
                raise failure from error
            print(f"error: {failure}", file=sys.stderr)
            raise SystemExit(failure.status) from error
