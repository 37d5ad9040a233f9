# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What a calibration found."""
from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .measurements import Measurement
from .wording import estimate, number, with_unit


@dataclass(frozen=True)
class Fitted:
    """The value of a parameter and its 95 % intervals: from the Jacobian, and from the profile of the likelihood if
    that was asked for. `at_bound`: '', 'lower' or 'upper'; `is_determined`: whether the interval is narrower than the
    bounds."""

    path: str
    unit: str
    value: float
    low: float
    high: float
    profile_low: float | None
    profile_high: float | None
    at_bound: str
    is_determined: bool


@dataclass(frozen=True)
class Calibration:
    """A fit. `modelled` are the values at the measurements; `deviation` is the root of the mean square of what is left,
    per degree of freedom, in units of the standard deviations, or of the root mean square of each quantity."""

    parameters: list[Fitted]
    correlation: list[list[float]]
    measurements: list[Measurement]
    modelled: list[float]
    sum_of_squares: float
    degrees_of_freedom: int
    deviation: float
    explained: float  # share of the variance of the measurements
    runs: int
    has_converged: bool
    warnings: list[str]

    @property
    def settings(self) -> dict[str, str]:
        """For lacuna.run: {'Laws/x/y': '0.3 1/d'}."""
        return {fitted.path: with_unit(f"{fitted.value:.6g}", fitted.unit) for fitted in self.parameters}

    @property
    def set_lines(self) -> list[str]:
        """For the command line: --set 'Laws/x/y=0.3 1/d'."""
        return [f"--set '{path}={value}'" for path, value in self.settings.items()]

    @property
    def parameter_file(self) -> str:
        """A fragment for 'include' at the end of a case file."""
        lines = ["# Fitted to measurements by lacuna.calibration; include it at the end of the case file."]
        tree: dict[str, Any] = {}
        for path, value in self.settings.items():
            *sections, name = path.split("/")
            place = tree
            for section in sections:
                place = place.setdefault(section, {})
            place[name] = value
        return "\n".join(lines + _fragment(tree, "")) + "\n"

    @property
    def sentences(self) -> list[str]:
        """What was found."""
        texts = []
        for fitted in self.parameters:
            text = f"{fitted.path} = {estimate(fitted.value, fitted.low, fitted.high, fitted.unit)}"
            if fitted.profile_low is not None and fitted.profile_high is not None:
                text += f"; by the profile of the likelihood {number(fitted.profile_low, 3)} to " \
                        f"{number(fitted.profile_high, 3)}"
            texts.append(text + ".")
        texts.append(f"The model explains {100 * self.explained:.4g} % of the variance of {len(self.measurements)} "
                     f"measurements; {self.runs} runs were computed.")
        return texts + [f"Warning: {warning}" for warning in self.warnings]

    def record(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"schema": 1, **dataclasses.asdict(self), "settings": self.settings, "set_lines": self.set_lines}


def _fragment(tree: Mapping[str, Any], indent: str) -> list[str]:
    lines: list[str] = []
    for name, entry in tree.items():
        if isinstance(entry, str):
            lines.append(f"{indent}set {name} = {entry}")
        else:
            lines += [f"{indent}subsection {name}", *_fragment(entry, indent + "  "), f"{indent}end"]
    return lines
