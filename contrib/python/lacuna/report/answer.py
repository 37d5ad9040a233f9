# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The answer of a run in sentences, and what speaks against it."""
from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy

from ..results import Balance, Dose, NumericalError, Population, Run
from . import asked
from .asked import Threshold
from .histories import VITAL, has_history, regions_of
from .markup import NO_BREAK, capital, number, percent, rounded, with_unit

RESIDENTS = "residents"
# A defect above this share of the turnover is worth a warning; solved to round-off it is far below.
LARGEST_DEFECT = 1e-6
SMALLEST_GROWTH = 5e-4  # of what there was; below, it is 100 % as the page writes it
SMALLEST_COST = 1e-4  # of the residents; below, the residents are as in the control

Notice = tuple[str, str, str]  # kind, title, text


# ---- Extremes over time ----------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Extreme:
    """The lowest or highest value of a quantity in the whole run."""

    value: float
    time: float  # d
    region: str  # '' if it is not known


def extreme(run: Run, quantity: str, lowest: bool) -> Extreme | None:
    """From the history; of a run without one, from the last state."""
    statistic = "min" if lowest else "max"
    if has_history(run) and f"{quantity} {statistic} whole" in run.history and len(run.history):
        column = run.history[f"{quantity} {statistic} whole"]
        if numpy.isnan(column).all():
            return None
        row = int(numpy.nanargmin(column) if lowest else numpy.nanargmax(column))
        names = {region: f"{quantity} {statistic} {region}" for region in regions_of(run)}
        values = {region: float(run.history[name][row]) for region, name in names.items() if name in run.history}
        return Extreme(float(column[row]), float(run.history["time"][row]), _holder(values, float(column[row])))
    if run.has_summary and quantity in run.summary.quantities:
        entry = run.summary.quantities[quantity]
        values = {region: getattr(part, statistic) for region, part in entry.regions.items()}
        value = getattr(entry.whole, statistic)
        return None if math.isnan(value) else Extreme(value, run.summary.time, _holder(values, value))
    return None


def _holder(values: Mapping[str, float], value: float) -> str:
    """The first region that has this value."""
    return next((region for region, own in values.items() if own == value), "")


def units_of(run: Run) -> dict[str, str]:
    """{quantity: unit}."""
    units = {name: entry.unit for name, entry in run.summary.quantities.items()} if run.has_summary else {}
    if has_history(run):
        units |= {name.removesuffix(" min whole"): run.history.unit(name) for name in run.history.names
                  if name.endswith(" min whole")}
    return units


# ---- Sentences -------------------------------------------------------------------------------------------------------

def _when(time: float) -> str:
    return f"after {rounded(time)}{NO_BREAK}d" if time > 0 else "at the beginning"


def _count(value: float, population: Population) -> str:
    """'6 million cells', '5 billion'; of vesicles the name says what they are."""
    return with_unit(rounded(value), population.unit)


def _of_dose(run: Run, population: Population, dose: Dose) -> str:
    settings = asked.values_under(asked.parameters_of(run), f"Injections/{dose.name}")
    volume = settings.get("Volume", "none")
    carried = f" in {volume}" if volume != "none" else ""
    losses = [f"{rounded(lost)} {what}" for lost, what in (
        (dose.leaked, "leaked"), (dose.dead_on_arrival, "were dead on arrival")) if lost > 0.5]
    sentence = f"{capital(dose.name)} was {_count(dose.loaded, population)} of {population.name}{carried}"
    if not math.isnan(dose.time) and dose.time > 0:
        sentence += f", given {_when(dose.time)}"
    arrived = f"; {rounded(dose.delivered)} arrived in the tissue" + (f" ({', '.join(losses)})" if losses else "")
    when = f"At {number(run.summary.time)}{NO_BREAK}d"
    if dose.delivered == 0:
        fate = f"{when} {rounded(dose.viable) if dose.viable > 0 else 'none'} of them live"
    elif has_grown(dose.surviving_fraction):
        fate = f"{when} {rounded(dose.viable)} live, {growth(dose.surviving_fraction)} than were delivered"
    else:
        fate = f"{when} {rounded(dose.viable)} of them live: {percent(dose.surviving_fraction)} of the delivered"
    if not math.isnan(dose.surviving_fraction_of_loaded) and dose.loaded > dose.delivered > 0:
        share = dose.surviving_fraction_of_loaded
        fate += f" and {growth(share)} than were loaded" if has_grown(share) else f" and {percent(share)} of the loaded"
    return f"{sentence}{arrived}. {fate}."


def has_grown(fraction: float) -> bool:
    """Whether more live than there were; what rounds to 100 % has not grown."""
    return fraction > 1 + SMALLEST_GROWTH


def growth(fraction: float) -> str:
    """Of 1.32: '32 % more'."""
    return f"{percent(fraction - 1)} more"


def _of_residents(run: Run, population: Population, dose: Dose) -> str:
    """What became of them, and what the treatment cost them."""
    state = run.summary.control
    untreated = (state.populations[population.name].dose(dose.name).viable
                 if state is not None and population.name in state.populations else math.nan)
    grown = has_grown(dose.surviving_fraction) or dose.delivered == 0
    if dose.delivered == 0:
        kept = f"{rounded(dose.viable, 3)} {population.name} live at the end, and there were none at the beginning"
    elif grown:
        kept = (f"{rounded(dose.viable, 3)} {population.name} live at the end, {growth(dose.surviving_fraction)} than "
                f"the {rounded(dose.delivered, 3)} at the beginning")
    else:
        kept = f"{rounded(dose.viable, 3)} of {rounded(dose.delivered, 3)} {population.name} live at the end"
    if math.isnan(untreated):
        return f"{kept}." if grown else f"{kept} ({percent(dose.surviving_fraction)})."
    change = dose.viable - untreated
    if abs(change) < SMALLEST_COST * untreated:
        return f"{kept}, as many as in the untreated tissue."
    word = "fewer" if change < 0 else "more"
    return f"{kept}, {rounded(abs(change))} {word} than in the untreated tissue ({percent(abs(change) / untreated)})."


def _digits(quantity: str) -> int:
    """Worth saying; differences of the pH are in its decimals."""
    return 3 if quantity == "pH" else 2


def _of_conditions(run: Run) -> str:
    parts = []
    units = units_of(run)
    for quantity in VITAL:
        worst = extreme(run, quantity, lowest=True)
        if worst is not None:
            place = ", ".join(part for part in (worst.region, "" if _is_steady(run) else _when(worst.time)) if part)
            value = with_unit(number(worst.value, _digits(quantity)), units[quantity])
            parts.append(f"{quantity} {value}" + (f" ({place})" if place else ""))
    if not parts:
        return ""
    listed = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return f"The lowest values anywhere were {listed}."


def _is_steady(run: Run) -> bool:
    return asked.parameters_of(run).get("Time/Mode") == "steady"


def sentences(run: Run) -> list[str]:
    """The answer, in the order of the questions: what was given, what became of it, where it was hard, at what cost."""
    if not run.has_summary:
        return [line for line in ("The run has not ended, or was broken off: there is no summary.json yet.",
                                  _of_conditions(run)) if line]
    populations = run.summary.populations.values()
    injected = [_of_dose(run, population, dose) for population in populations for dose in population.doses
                if dose.name != RESIDENTS]
    residents = [_of_residents(run, population, dose) for population in populations for dose in population.doses
                 if dose.name == RESIDENTS and (dose.delivered > 0 or dose.viable > 0.5)]
    begin = [] if injected else ["Nothing was injected."]
    return [line for line in (*begin, *injected, _of_conditions(run), *residents) if line]


# ---- What speaks against it ------------------------------------------------------------------------------------------

def turnover(balance: Balance) -> float:
    """The largest amount that came, went or was changed."""
    return float(numpy.nanmax([0, abs(balance.incoming), balance.injected, balance.produced, balance.consumed]))


def relative_defect(balance: Balance) -> float:
    size = turnover(balance)
    return abs(balance.defect) / size if size > 0 else math.nan


def _worst_defect(balance: Balance) -> float:
    """Of the whole run, or of its worst step."""
    found = [defect for defect in (relative_defect(balance), balance.largest_relative_defect) if not math.isnan(defect)]
    return max(found, default=math.nan)


def _of_status(run: Run) -> list[Notice]:
    if not run.has_summary:
        return [("warn", "The run has not ended", "Numbers and pictures are of what has been computed so far.")]
    if run.summary.status == "done":
        return []
    if run.summary.status == "target missed":
        return [("warn", "Less exact than was asked", "The last of the warnings below says how far the answers came, and "
                 "what was in the way.")]
    end = asked.parameters_of(run).get("Time/End", "")
    until = f" of {end}" if end and end != "none" else ""
    return [("bad", f"The run is {run.summary.status}",
             f"It reached {number(run.summary.time)}{NO_BREAK}d{until}; everything below is of that time.")]


def _of_balance(run: Run) -> list[Notice]:
    defects = {name: _worst_defect(balance) for name, balance in run.summary.balance.items()}
    defects = {name: defect for name, defect in defects.items() if not math.isnan(defect)}
    if not defects:
        return []
    solute = max(defects, key=lambda name: defects[name])
    text = f"At most {number(defects[solute], 2)} of the turnover is unaccounted for ({solute})."
    if defects[solute] > LARGEST_DEFECT:
        return [("bad", "The mass balance does not close", f"{text} It should be below {number(LARGEST_DEFECT, 1)}.")]
    return [("good", "The mass balance closes", text)]


def _of_thresholds(run: Run, thresholds: Sequence[Threshold]) -> list[Notice]:
    """Of one quantity: those that it crossed, in one notice."""
    quantity = thresholds[0].quantity
    lowest = quantity in asked.HARMFUL_BELOW
    worst = extreme(run, quantity, lowest)
    crossed = [threshold for threshold in thresholds if worst is not None and threshold.is_crossed(worst.value)]
    if worst is None or not crossed:
        return []
    where = f" in the {worst.region}" if worst.region else ""
    when = "" if _is_steady(run) else f" {_when(worst.time)}"
    verb, side = ("fell to", "below") if lowest else ("rose to", "above")
    limits = " and ".join(f"{with_unit(number(threshold.value), threshold.unit)} ({threshold.text})"
                          for threshold in crossed)
    name = quantity if quantity == "pH" else capital(quantity)
    what = "thresholds of the laws" if len(crossed) > 1 else "a threshold of a law"
    return [("warn", f"{name} {side} {what}",
             f"It {verb} {with_unit(number(worst.value, _digits(quantity)), thresholds[0].unit)}{where}{when}, "
             f"{side} {limits}.")]


LARGE_ERROR = 0.05  # of an answer, from which on it is a warning


def headline_errors(run: Run) -> dict[str, NumericalError]:
    """Of what a reader wants to know first."""
    return {name: error for name, error in run.summary.numerical_errors.items() if error.headline}


def _of_numerical_errors(run: Run) -> list[Notice]:
    known = {name: error for name, error in headline_errors(run).items() if not math.isnan(error.error)}
    if not run.summary.numerical_errors:
        return [("warn", "Numerical error unknown", "The mesh has no coarser one to compare with, or the run goes on from "
                 "another: refine it once more and compare.")]
    if not known:
        return []
    texts, largest = [], 0.0
    for name, error in known.items():
        texts.append(f"{capital(name)}: {with_unit(f'{number(error.value)} ± {number(error.error, 2)}', error.unit)} "
                     f"({error.source})")
        if error.value != 0:
            largest = max(largest, error.error / abs(error.value))
    kind = "warn" if largest > LARGE_ERROR else "good"
    return [(kind, "Numerical error", "; ".join(texts) + ".")]


def _of_target(run: Run) -> list[Notice]:
    """A target that was reached; one that was missed is a warning of the run."""
    accuracy = run.summary.raw.get("accuracy")
    if accuracy is None or not accuracy["holds"]:
        return []
    trial = accuracy["trials"][accuracy["shown"] - 1]
    seconds = sum(float(tried["wall"] or 0) for tried in accuracy["trials"])
    tried = "1 trial" if len(accuracy["trials"]) == 1 else f"{len(accuracy['trials'])} trials"
    return [("good", "Target error reached", f"{percent(accuracy['target'])} was asked, {percent(trial['error'])} reached "
             f"({trial['answer']}), after {tried} and {with_unit(number(seconds, 2), 's')}.")]


def notices(run: Run, thresholds: list[Threshold]) -> list[Notice]:
    """Warnings first, then what was checked and is well."""
    found = _of_status(run)
    if run.has_summary:
        found += _of_numerical_errors(run) + _of_target(run)
        found += [("warn", "Warning of the run", text) for text in run.summary.warnings]
        found += _of_balance(run)
    for quantity in dict.fromkeys(threshold.quantity for threshold in thresholds):
        found += _of_thresholds(run, [threshold for threshold in thresholds if threshold.quantity == quantity])
    return sorted(found, key=lambda notice: ("bad", "warn", "good").index(notice[0]))
