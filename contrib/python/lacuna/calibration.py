# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Fits parameters, above all those of laws, to measurements.

    python3 -m lacuna.calibration case.prm --data measured.csv --parameter 'Laws/starvation/Death rate = 0.1 .. 2 1/d'
"""
from __future__ import annotations

import argparse
import json
import math
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy

from . import runs
from .calibration_result import Calibration, Fitted
from .command_line import status_of
from .errors import LacunaError
from .fields import Numbers
from .files import check_writable, write_text
from .measurements import Measurement, Parameter, read_measurements
from .results import Table
from .runs import PathLike, RunFailed, Setting
from .wording import beginning, listed, number

__all__ = ["Calibration", "Fitted", "Measurement", "Parameter", "calibrate", "read_measurements"]

DIFFERENCE = 0.01  # step of finite differences, per range of a parameter: well above the solver's tolerances
HIGH_CORRELATION = 0.95
MOST_STEPS = 40
PROFILE_STEPS = 10


# ---- The model -------------------------------------------------------------------------------------------------------

class _Model:
    """The measured quantities as functions of the scaled parameters. Measurements under equal conditions share a run;
    no run is computed twice."""

    def __init__(self, file: PathLike, parameters: Sequence[Parameter], measurements: Sequence[Measurement],
                 settings: Mapping[str, Setting], jobs: int, program: PathLike | None):
        self.parameters, self.measurements = parameters, measurements
        self.runs = 0
        self._file, self._settings, self._jobs, self._program = file, settings, jobs, program
        self._known: dict[tuple[int, tuple[float, ...]], Numbers] = {}
        conditions = list(dict.fromkeys(measurement.conditions for measurement in measurements))
        self._rows = [numpy.array([row for row, measurement in enumerate(measurements)
                                   if measurement.conditions == condition]) for condition in conditions]

    def __call__(self, points: Sequence[Numbers]) -> Numbers:
        """[point][measurement]; nan where a run did not converge."""
        keys = [tuple(float(value) for value in numpy.round(point, 12)) for point in points]
        needed = [(group, key) for key in dict.fromkeys(keys) for group in range(len(self._rows))
                  if (group, key) not in self._known]
        executor = ThreadPoolExecutor(self._jobs)
        try:
            for entry, values in zip(needed, executor.map(lambda entry: self._computed(*entry), needed)):
                self._known[entry] = values
        finally:
            executor.shutdown(cancel_futures=True)
        self.runs += len(needed)
        modelled = numpy.empty((len(points), len(self.measurements)))
        for number, key in enumerate(keys):
            for group, rows in enumerate(self._rows):
                modelled[number, rows] = self._known[group, key]
        return modelled

    def _computed(self, group: int, point: tuple[float, ...]) -> Numbers:
        measurements = [self.measurements[row] for row in self._rows[group]]
        with tempfile.TemporaryDirectory(prefix="lacuna-calibration-") as folder:
            try:
                run = runs.run(self._file, self._asked(measurements, point), os.path.join(folder, "run"),
                               program=self._program)
            except RunFailed as failure:
                if failure.status != 3:
                    raise
                return numpy.full(len(measurements), numpy.nan)
            return numpy.array([_read(run.history, measurement) for measurement in measurements])

    def _asked(self, measurements: Sequence[Measurement], point: tuple[float, ...]) -> dict[str, Setting]:
        """Steps end where there are fields: with those at the measured times nothing is lost by interpolation."""
        times = sorted({measurement.time for measurement in measurements if measurement.time})
        asked: dict[str, Setting] = {"Output/Fields": False}
        if times:
            asked["Output/Field times"] = ", ".join(f"{time:.12g} d" for time in times)
        if times and all(measurement.time is not None for measurement in measurements):
            asked["Time/End"] = f"{times[-1]:.12g} d"
        fitted = {parameter.path: parameter.setting(parameter.value(value))
                  for parameter, value in zip(self.parameters, point)}
        return {**asked, **self._settings, **dict(measurements[0].conditions), **fitted}


def _read(history: Table, measurement: Measurement) -> float:
    """The value of history.csv at the measured time."""
    times, values = history["time"], history[measurement.quantity]
    if measurement.time is None:
        return float(values[-1])
    if not times[0] - 1e-9 <= measurement.time <= times[-1] * (1 + 1e-9) + 1e-9:
        raise LacunaError(f"a value of '{measurement.quantity}' was measured at {measurement.time:g} d, and the run "
                          f"goes from {times[0]:g} to {times[-1]:g} d: set Time/End")
    return float(numpy.interp(measurement.time, times, values))


class _Problem:
    """Least squares in the scaled parameters."""

    def __init__(self, model: _Model, show: Callable[[str], None]):
        self.model, self.show = model, show
        self.measured = numpy.array([measurement.value for measurement in model.measurements])
        self.scales = _scales(model.measurements)
        self._worst: Numbers | None = None  # residuals of a run that does not converge

    def residuals(self, point: Numbers) -> Numbers:
        found = (self.model([point])[0] - self.measured) / self.scales
        if not numpy.isfinite(found).all():
            if self._worst is None:
                raise LacunaError(f"the run at the start, {self.place(point)}, did not converge; begin elsewhere "
                                  "(', start NUMBER' after a parameter)")
            return self._worst
        if self._worst is None:
            self._worst = numpy.full_like(found, 10 * max(float(numpy.abs(found).max()), 1.0))
        self.show(f"{self.place(point)}: sum of squares {float(found @ found):.6g}")
        return numpy.asarray(found)

    def jacobian(self, point: Numbers, which: Sequence[int], central: bool = False) -> Numbers:
        """With respect to some of the parameters, by differences, all of whose runs are computed at the same time."""
        steps = [DIFFERENCE if point[number] + DIFFERENCE <= 1 else -DIFFERENCE for number in which]
        ahead = [_moved(point, number, step) for number, step in zip(which, steps)]
        behind = [_moved(point, number, -step) for number, step in zip(which, steps)] if central else []
        modelled = dict(zip(map(tuple, [point, *ahead, *behind]), self.model([point, *ahead, *behind])))
        columns = []
        for place, number in enumerate(which):
            ends = [end for end in (ahead[place], *behind[place:place + 1], point)
                    if numpy.isfinite(modelled[tuple(end)]).all()]
            if len(ends) < 2 or ends[0][number] == ends[1][number]:
                raise LacunaError(f"the runs near {self.place(point)} do not converge")
            change = modelled[tuple(ends[0])] - modelled[tuple(ends[1])]
            columns.append(change / (ends[0][number] - ends[1][number]) / self.scales)
        return numpy.stack(columns, axis=1)

    def fit(self, start: Numbers, fixed: Mapping[int, float] | None = None) -> tuple[Numbers, float, bool]:
        """Place, sum of squares, and whether it is a minimum; `fixed` parameters stay."""
        from scipy import optimize
        place = start.copy()
        for number, value in (fixed or {}).items():
            place[number] = value
        free = [number for number in range(len(start)) if number not in (fixed or {})]
        if not free:
            rest = self.residuals(place)
            return place, float(rest @ rest), True

        def whole(values: Numbers) -> Numbers:
            full = place.copy()
            full[free] = values
            return full

        found = optimize.least_squares(lambda values: self.residuals(whole(values)), numpy.clip(place[free], 0, 1),
                                       lambda values: self.jacobian(whole(values), free), bounds=(0, 1),
                                       xtol=1e-4, ftol=1e-5, gtol=1e-10, max_nfev=MOST_STEPS)
        return whole(found.x), 2 * float(found.cost), found.status > 0

    def place(self, point: Numbers) -> str:
        return ", ".join(f"{parameter.short} = {parameter.setting(parameter.value(value), 4)}"
                         for parameter, value in zip(self.model.parameters, point))


def _moved(point: Numbers, number: int, step: float) -> Numbers:
    moved = point.copy()
    moved[number] = min(max(moved[number] + step, 0.0), 1.0)
    return moved


def _scales(measurements: Sequence[Measurement]) -> Numbers:
    """Of the residuals: standard deviations; without them, the root mean square of each quantity."""
    deviations = [measurement.standard_deviation for measurement in measurements]
    if all(deviation is not None for deviation in deviations):
        return numpy.array(deviations, dtype=float)
    if any(deviation is not None for deviation in deviations):
        raise LacunaError("some measurements have a standard deviation and others none: give it for all, or for none")
    squares: dict[str, list[float]] = {}
    for measurement in measurements:
        squares.setdefault(measurement.quantity, []).append(measurement.value**2)
    typical = {quantity: math.sqrt(sum(values) / len(values)) or 1.0 for quantity, values in squares.items()}
    return numpy.array([typical[measurement.quantity] for measurement in measurements])


# ---- Intervals -------------------------------------------------------------------------------------------------------

@dataclass(frozen=True, eq=False)
class _Spread:
    """What the Jacobian says of the scaled parameters."""

    margin: Numbers  # half the width of the 95 % interval; infinite where nothing is determined
    correlation: Numbers
    weakest: Numbers  # direction that is least determined
    weakest_margin: float


def _spread(jacobian: Numbers, variance: float, quantile: float) -> _Spread:
    _, singular, directions = numpy.linalg.svd(jacobian, full_matrices=False)
    lengths = numpy.where(singular > 1e-12 * max(float(singular.max()), 1e-300), singular, 0)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        reach = 1 / lengths
        shares = numpy.where(numpy.abs(directions) > 1e-9, directions, 0)
        squares = numpy.nansum((shares * reach[:, None]) ** 2, axis=0)
        finite = numpy.where(numpy.isfinite(reach), reach, 1e12)
        covariance = (shares.T * finite**2) @ shares
        errors = numpy.sqrt(numpy.diag(covariance))
        correlation = covariance / numpy.outer(errors, errors)
    factor = quantile * math.sqrt(variance)
    return _Spread(factor * numpy.sqrt(squares), numpy.nan_to_num(correlation), directions[-1],
                   float(factor * reach[-1]) if factor else (math.inf if math.isinf(reach[-1]) else 0.0))


def _profile_end(problem: _Problem, best: Numbers, least: float, variance: float, quantile: float, which: int,
                 sign: int, margin: float) -> float:
    """Where, with the other parameters fitted anew, the sum of squares says 'no more': the scaled parameter. The root
    of its excess grows almost linearly, so that few steps do."""
    inside, outside = (0.0, 0.0), None  # (distance, excess) that are still in and already out
    room = float(1 - best[which] if sign > 0 else best[which])
    distance, start = min(max(margin, 0.01), room) if math.isfinite(margin) else room, best
    for _ in range(PROFILE_STEPS):
        if distance <= 0:
            break
        start, rest, _ = problem.fit(start, {which: float(best[which] + sign * distance)})
        excess = math.sqrt(max(rest - least, 0) / variance)
        if abs(excess - quantile) < 0.02 * quantile:
            return float(best[which] + sign * distance)
        if excess < quantile:
            inside = (distance, excess)
            if distance >= room:
                break
        else:
            outside = (distance, excess)
        if outside:
            part = (quantile - inside[1]) / (outside[1] - inside[1])
            distance = inside[0] + min(max(part, 0.1), 0.9) * (outside[0] - inside[0])
        else:
            distance = min(distance * min(1.05 * quantile / max(excess, 1e-9), 3.0), room)
    return float(best[which] + sign * distance)


# ---- The fit ---------------------------------------------------------------------------------------------------------

def calibrate(file: PathLike, parameters: Sequence[Parameter | str], data: PathLike | Sequence[Measurement], *,
              quantity: str | None = None, settings: Mapping[str, Setting] | None = None, jobs: int = 1,
              starts: int = 1, profile: bool = False, program: PathLike | None = None,
              show: Callable[[str], None] | None = None) -> Calibration:
    """Fits parameters of a case to measurements by least squares.

    `parameters`: Parameter(...) or texts, 'Laws/x/y = 0.1 .. 2 1/d, logarithmic'. `data`: a CSV file, see
    `read_measurements`, or measurements; `quantity` is the column of history.csv for data that name none. `settings`
    hold in all runs; runs end at the last measured time unless these say otherwise. `jobs` runs are computed at a time.
    `starts`: the fit begins at the best of so many places. `profile`: intervals from the profile of the likelihood,
    too, which takes many runs. `show` is told what is computed.
    """
    chosen = [Parameter.parse(given) if isinstance(given, str) else given for given in parameters]
    measurements = read_measurements(data, quantity) if isinstance(data, (str, os.PathLike)) else list(data)
    _check(chosen, measurements, jobs)
    problem = _Problem(_Model(file, chosen, measurements, settings or {}, jobs, program), show or (lambda text: None))
    best, least, has_converged = problem.fit(_start(problem, starts))
    return _result(problem, best, least, has_converged, profile)


def _check(parameters: Sequence[Parameter], measurements: Sequence[Measurement], jobs: int) -> None:
    paths = [parameter.path for parameter in parameters]
    if not paths:
        raise LacunaError("there is no parameter to fit: name one, 'Laws/x/y = 0.1 .. 2 1/d'")
    for path in paths:
        if paths.count(path) > 1:
            raise LacunaError(f"parameter '{path}' is to be fitted twice")
        if any(path == name for measurement in measurements for name, _ in measurement.conditions):
            raise LacunaError(f"'{path}' is a condition of the measurements, so that it cannot be fitted")
    if len(measurements) <= len(paths):
        raise LacunaError(f"{len(measurements)} measurements are too few for {len(paths)} parameters; it takes at "
                          f"least {len(paths) + 1}")
    if jobs < 1:
        raise LacunaError(f"runs need at least one job, not {jobs}")


def _start(problem: _Problem, starts: int) -> Numbers:
    """As given, or the best of several places that fill the bounds evenly."""
    parameters = problem.model.parameters
    given = numpy.array([0.5 if parameter.start is None else parameter.scaled(parameter.start)
                         for parameter in parameters])
    if starts < 2:
        return given
    from scipy.stats import qmc
    places = [given, *qmc.LatinHypercube(len(parameters), seed=1).random(starts - 1)]
    rest = (problem.model(places) - problem.measured) / problem.scales
    sums = numpy.where(numpy.isfinite(rest).all(axis=1), numpy.sum(rest**2, axis=1), numpy.inf)
    return numpy.asarray(places[int(numpy.argmin(sums))])


def _result(problem: _Problem, best: Numbers, least: float, has_converged: bool, profile: bool) -> Calibration:
    from scipy import stats
    model = problem.model
    modelled = model([best])[0]
    freedom = len(problem.measured) - len(best)
    variance = max(least, 1e-300) / freedom
    quantile = float(stats.t.ppf(0.975, freedom))
    spread = _spread(problem.jacobian(best, range(len(best)), central=True), variance, quantile)
    ends: list[tuple[float, float] | None] = [None] * len(best)
    if profile:
        ends = [(_profile_end(problem, best, least, variance, quantile, which, -1, float(spread.margin[which])),
                 _profile_end(problem, best, least, variance, quantile, which, +1, float(spread.margin[which])))
                for which in range(len(best))]
    fitted = [_fitted(parameter, float(value), float(margin), end)
              for parameter, value, margin, end in zip(model.parameters, best, spread.margin, ends)]
    weights = problem.scales**-2
    mean = float(numpy.average(problem.measured, weights=weights))
    total = float(numpy.sum(weights * (problem.measured - mean) ** 2))
    has_deviations = model.measurements[0].standard_deviation is not None
    warnings = [*_fit_warnings(has_converged, math.sqrt(variance), has_deviations),
                *_parameter_warnings(model.parameters, fitted, spread)]
    return Calibration(fitted, spread.correlation.round(6).tolist(), list(model.measurements), modelled.tolist(), least,
                       freedom, math.sqrt(variance), 1 - least / total if total else math.nan, model.runs,
                       has_converged, warnings)


def _fitted(parameter: Parameter, scaled: float, margin: float, profile: tuple[float, float] | None) -> Fitted:
    """Intervals end at the bounds."""
    low, high = max(scaled - margin, 0.0), min(scaled + margin, 1.0)
    at_bound = "lower" if scaled < 1e-3 else "upper" if scaled > 1 - 1e-3 else ""
    profiled = (parameter.value(profile[0]), parameter.value(profile[1])) if profile else (None, None)
    return Fitted(parameter.path, parameter.unit, parameter.value(scaled), parameter.value(low), parameter.value(high),
                  *profiled, at_bound, low > 0 or high < 1)


def _fit_warnings(has_converged: bool, deviation: float, has_deviations: bool) -> list[str]:
    warnings = []
    if not has_converged:
        warnings.append(f"the fit was not finished after {MOST_STEPS} steps; begin nearer, or at several places.")
    if has_deviations and deviation > 2:
        warnings.append(f"the model misses the measurements by {deviation:.2g} of their standard deviations: it lacks "
                        "something, or these are too small.")
    return warnings


def _parameter_warnings(parameters: Sequence[Parameter], fitted: Sequence[Fitted], spread: _Spread) -> list[str]:
    """What the measurements do not determine."""
    warnings = []
    for entry in fitted:
        if entry.at_bound:
            warnings.append(f"{entry.path} is at its {entry.at_bound} bound, {number(entry.value, 3)}: the best value "
                            "may lie beyond, and its interval is not to be trusted.")
        if not entry.is_determined:
            warnings.append(f"the measurements do not determine {entry.path}: any value between its bounds is "
                            "possible.")
    for one in range(len(fitted)):
        for other in range(one):
            correlation = float(spread.correlation[one, other])
            if abs(correlation) > HIGH_CORRELATION:
                warnings.append(f"the measurements hardly tell {fitted[other].path} and {fitted[one].path} apart "
                                f"(correlation {correlation:.3f}): fix one of them, or measure under other conditions.")
    involved = [parameter.path for parameter, part in zip(parameters, spread.weakest) if abs(part) > 0.3]
    if spread.weakest_margin > 0.5 and len(involved) > 1:
        warnings.append(f"the measurements do not determine a combination of {listed(involved)}.")
    return warnings


# ---- The command -----------------------------------------------------------------------------------------------------

DESCRIPTION = """\
Fits parameters of a case to measurements, with 95 % intervals, and says which parameters the data do not determine.

The measurements are a CSV file with a row per value:
  value                 or 'value [unit]': in the unit of the column of history.csv
  quantity              name of that column, 'injected cells residents viable'; or --quantity for all rows
  time [d]              when; without it, the end of the run
  standard deviation    optional; without it, all values of a quantity count alike
  any other             a condition: the key path of a parameter, 'Boundary conditions/right/glucose/Value [mM]'
"""

EXAMPLE = """\
example:
  python3 -m lacuna.calibration case.prm --data viability.csv --quantity 'NP cells residents viable' \\
      --parameter 'Laws/starvation/Glucose death rate = 0.05 .. 5 1/d, logarithmic' \\
      --parameter 'Laws/starvation/Critical glucose = 0.1 .. 1 mM, start 0.5' \\
      --jobs 4 --output calibration.json
writes calibration.json and calibration.prm, a fragment to include at the end of the case file.
"""


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m lacuna.calibration", description=DESCRIPTION, epilog=EXAMPLE,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", metavar="FILE", help="parameter file of the case")
    parser.add_argument("--data", required=True, metavar="CSV", help="measurements")
    parser.add_argument("--parameter", required=True, action="append", metavar="'PATH = LOW .. HIGH UNIT'",
                        help="what to fit, and between which bounds; ', logarithmic' and ', start NUMBER' may follow. "
                        "Several are allowed")
    parser.add_argument("--quantity", metavar="NAME", help="column of history.csv that was measured, if all rows are "
                        "of one")
    parser.add_argument("--set", action="append", default=[], metavar="'Path=value'", help="a setting of all runs")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="runs at a time (default 1)")
    parser.add_argument("--starts", type=int, default=1, metavar="N", help="begin at the best of N places (default 1)")
    parser.add_argument("--profile", action="store_true", help="also intervals from the profile of the likelihood, "
                        "which need not be symmetric (many more runs)")
    parser.add_argument("--output", metavar="FILE", help="write the fit as JSON, and beside it FILE.prm, a fragment to "
                        "include at the end of the case file")
    parser.add_argument("--program", metavar="PROGRAM", help="the program lacuna, if it is not found")
    parser.add_argument("--quiet", action="store_true", help="do not say what is computed meanwhile")
    return parser.parse_args(arguments)


def _settings(texts: Iterable[str]) -> dict[str, Setting]:
    settings: dict[str, Setting] = {}
    for text in texts:
        path, separator, value = text.partition("=")
        if not separator:
            raise LacunaError(f"--set '{text}': write it as 'Path=value'")
        settings[path.strip()] = value.strip()
    return settings


def main(arguments: Sequence[str] | None = None) -> int:
    options = _arguments(arguments)
    return status_of(lambda: _fit(options))


def _fit(options: argparse.Namespace) -> None:
    fragment = os.path.splitext(options.output or "")[0] + ".prm"
    if options.output:  # before hours of runs
        check_writable(options.output)
        check_writable(fragment)
    found = calibrate(options.file, options.parameter, options.data, quantity=options.quantity,
                      settings=_settings(options.set), jobs=options.jobs, starts=options.starts,
                      profile=options.profile, program=options.program,
                      show=None if options.quiet else lambda text: print(text, flush=True))
    print("\n".join(beginning(sentence) if sentence.startswith("the ") else sentence for sentence in found.sentences))
    print("\n" + "\n".join(found.set_lines))
    if options.output:
        write_text(options.output, json.dumps(found.record(), indent=1))
        write_text(fragment, found.parameter_file)
        print(f"\n{options.output}\n{fragment}")


if __name__ == "__main__":
    sys.exit(main())
