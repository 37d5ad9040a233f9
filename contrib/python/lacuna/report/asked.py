# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What was asked: the parameters that differ from the defaults, and the thresholds of the laws."""
from __future__ import annotations

import functools
import json
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import LacunaError
from ..files import reading
from ..results import Run
from ..runs import environment, find_program

# What 'as parameter set' stands for in the law nutrient-viability.
PARAMETER_SETS = {"standard": {"Critical glucose": "0.5 mM", "Critical pH": "6.8"},
                  "UPF": {"Critical glucose": "0.511 mM", "Critical pH": "6.78"}}
# The lower limits are the harmful ones of these; of everything else the upper.
HARMFUL_BELOW = ("oxygen", "glucose", "pH")


@dataclass(frozen=True)
class Parameter:
    """One line of a parameter file, by its key path, and what the program says of it ('' where it was not asked)."""

    path: str
    value: str
    default: str = ""
    meaning: str = ""
    source: str = ""


@dataclass(frozen=True)
class Threshold:
    """A concentration at which a law changes what cells do."""

    law: str  # its name in the parameter file
    parameter: str
    quantity: str
    value: float
    unit: str

    @property
    def text(self) -> str:
        return f"{self.parameter} of '{self.law}'"

    def is_crossed(self, worst: float) -> bool:
        return worst < self.value if self.quantity in HARMFUL_BELOW else worst > self.value


# ---- Parameter files -------------------------------------------------------------------------------------------------

def read_parameters(file: str) -> dict[str, str]:
    """{key path: value} of a file that the program wrote."""
    path: list[str] = []
    values: dict[str, str] = {}
    with reading(file), open(file, encoding="utf-8") as lines:
        for line in lines:
            words = line.split(maxsplit=1)
            if line.lstrip().startswith("#") or not words:
                continue
            if words[0] == "subsection":
                path.append(words[1].strip())
            elif words[0] == "end":
                path.pop()
            elif words[0] == "set":
                key, _, value = words[1].partition("=")
                values["/".join([*path, key.strip()])] = value.strip()
    return values


def _file_of(run: Run, name: str) -> dict[str, str]:
    path = os.path.join(run.folder, name)
    return read_parameters(path) if os.path.exists(path) else {}


# ---- What the program knows of them ----------------------------------------------------------------------------------

@functools.cache
def _known(program: str, plugins: tuple[str, ...]) -> list[dict[str, Any]]:
    words = [program, "parameters", "--json", *(word for plugin in plugins for word in ("--plugin", plugin))]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=environment(),
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise LacunaError(done.stderr.strip() or f"'{' '.join(words)}' failed")
    entries: list[dict[str, Any]] = json.loads(done.stdout)
    return entries


def _pattern(path: str, laws: Mapping[str, str]) -> re.Pattern[str]:
    """'Injections/<dose>/Amount' as an expression for key paths; '<law: npmsc>' is any section with that law."""
    parts = []
    for part in path.split("/"):
        law = re.fullmatch(r"<law: (.+)>", part)
        if law:
            sections = [re.escape(section) for section, name in laws.items() if name == law.group(1)]
            parts.append(f"(?:{'|'.join(sections) or '(?!)'})")
        else:
            parts.append(re.sub(r"<[^<>]+>", "[^/]+", re.escape(part)))
    return re.compile("/".join(parts))


def explained(values: Mapping[str, str], laws: Mapping[str, str]) -> tuple[list[Parameter], str]:
    """The parameters with what the program says of them, and, if it cannot be asked, why."""
    try:
        program = find_program()
        try:
            known = _known(program, tuple(sorted(set(laws.values()))))
        except LacunaError:  # a law that is not there: the others can be asked
            known = _known(program, ())
    except (LacunaError, OSError, ValueError) as error:
        return [Parameter(path, value) for path, value in values.items()], str(error)
    patterns = [(_pattern(entry["path"], laws), entry) for entry in known]
    found = []
    for path, value in values.items():
        fitting = [entry for pattern, entry in patterns if pattern.fullmatch(path)]
        exact = min(fitting, key=lambda entry: str(entry["path"]).count("<"), default=None)
        found.append(Parameter(path, value) if exact is None else Parameter(
            path, value, exact["default"] if exact["default"] is not None else "must be given", exact["meaning"],
            exact["source"]))
    return found, ""


# ---- Of a run --------------------------------------------------------------------------------------------------------

def laws_of(values: Mapping[str, str]) -> dict[str, str]:
    """{section: plugin} of the laws of a parameter file."""
    found = (re.fullmatch(r"Laws/([^/]+)/Law", path) for path in values)
    return {match.group(1): values[match.group(0)] for match in found if match}


def parameters_of(run: Run) -> dict[str, str]:
    """The complete input; {} if it is not there."""
    return _file_of(run, "parameters.prm")


def differences_of(run: Run) -> tuple[list[Parameter], str]:
    """What differs from the defaults, and, if the program cannot say what it means, why."""
    values = _file_of(run, "parameters.diff.prm")
    if not values:
        return [], ""
    return explained(values, laws_of(parameters_of(run) or values))


def thresholds_of(run: Run, units: Mapping[str, str]) -> list[Threshold]:
    """'Critical glucose', 'Half pH' ... of the laws, where they are in the unit of the quantity they name; `units` are
    those of the quantities of the run."""
    values = parameters_of(run)
    found = []
    for path, value in values.items():
        match = re.fullmatch(r"Laws/([^/]+)/((?:Critical|Half) ([^/]+))", path)
        if not match or match.group(3) not in units:
            continue
        law, parameter, quantity = match.groups()
        if value.startswith("as "):
            chosen = PARAMETER_SETS.get(values.get(f"Laws/{law}/Parameter set", ""), {})
            value = chosen.get(parameter, "")
        number, _, unit = value.partition(" ")
        if number and (unit or "1") == units[quantity]:
            try:
                found.append(Threshold(law, parameter, quantity, float(number), units[quantity]))
            except ValueError:
                continue  # an expression
    return found


def values_under(values: Mapping[str, str], section: str) -> dict[str, str]:
    """{name: value} of one section."""
    return {path.removeprefix(section + "/"): value for path, value in values.items() if path.startswith(section + "/")}


def sections_under(values: Mapping[str, str], section: str) -> Sequence[str]:
    """Names of the sections in a section, in the order of the file."""
    return list(dict.fromkeys(name.split("/")[0] for name in values_under(values, section) if "/" in name))
