# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Parameter studies: runs them, and reads what they left behind."""
from __future__ import annotations

import json
import os
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from . import runs
from .errors import LacunaError, UnknownName
from .files import read_json, reading
from .results import Named, Run, Table
from .runs import PathLike, Setting

STATUSES = ("done", "not possible", "failed", "stopped", "waiting")
TEXT_COLUMNS = ("folder", "status", "reason")


# ---- The plan --------------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Input:
    """What a study varies. `kind`: 'numbers' (listed), 'range' (sampled) or 'labels' (texts)."""

    name: str
    parameter: str  # key path; '' of named levels
    unit: str
    kind: str
    values: tuple[str, ...]  # none of a range
    numbers: tuple[float, ...]  # only of 'numbers'
    minimum: float  # nan of labels
    maximum: float
    logarithmic: bool  # looked at so: its steps are ratios, or it spans a decade
    given: bool = False  # by the patient, say, rather than chosen

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Input:
        numbers = tuple(float(number) for number in record.get("numbers", ()))
        nothing = float("nan")
        return cls(record["name"], record.get("parameter", ""), record.get("unit", ""), record["kind"],
                   tuple(record.get("values", ())), numbers,
                   float(record.get("minimum", min(numbers, default=nothing))),
                   float(record.get("maximum", max(numbers, default=nothing))),
                   bool(record.get("logarithmic")) or _is_geometric(numbers) or _spans_a_decade(record, numbers),
                   bool(record.get("given", False)))

    @property
    def is_text(self) -> bool:
        return self.kind == "labels"


def _is_geometric(numbers: Sequence[float]) -> bool:
    """Whether 0.5, 1, 2 is meant: the ratios are equal, the differences are not."""
    if len(numbers) < 3 or min(numbers) <= 0:
        return False
    pairs = list(zip(numbers, numbers[1:]))
    ratios = [after / before for before, after in pairs]
    differences = [after - before for before, after in pairs]
    return max(ratios) - min(ratios) < 0.02 * max(ratios) and max(differences) > 1.2 * min(differences)


def _spans_a_decade(record: Mapping[str, Any], numbers: Sequence[float]) -> bool:
    ends = numbers or (record.get("minimum", 0.0), record.get("maximum", 0.0))
    return min(ends) > 0 and max(ends) >= 10 * min(ends)


@dataclass(frozen=True)
class Answer:
    """What a study asks."""

    name: str
    quantity: str  # column of history.csv
    time: float | None  # d; None: the end
    compare: str  # 'nothing', 'difference from untreated' or 'ratio to untreated'
    goal: str  # 'largest', 'smallest' or 'none'

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Answer:
        time = record.get("time")
        return cls(record["name"], record["quantity"], None if time is None else float(time),
                   record.get("compare", "nothing"), record.get("goal", "none"))


@dataclass(frozen=True)
class Prediction:
    """What was foretold of an answer, with its 95 % interval, in a case that was added to see whether it is so."""

    answer: str
    predicted: float
    low: float
    high: float


@dataclass(frozen=True)
class Case:
    """One case as planned; `inputs` are texts with units: {'volume': '0.5 mL'}."""

    number: int
    folder: str
    inputs: Mapping[str, str]
    settings: tuple[str, ...]
    untreated: int | None
    confirms: Prediction | None = None

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Case:
        confirms = record.get("confirms")
        return cls(int(record["number"]), record["folder"], Named("input", record.get("inputs", {})),
                   tuple(record.get("settings", ())), record.get("untreated"),
                   None if confirms is None else Prediction(**confirms))


@dataclass(frozen=True)
class Outcome:
    """What became of a case. `status`: 'done', 'not possible' (a law refuses it), 'failed', 'stopped' or 'waiting'."""

    status: str
    exit_status: int | None = None
    reason: str = ""
    seconds: float = float("nan")


# ---- A study ---------------------------------------------------------------------------------------------------------

class Study:
    """The folder of one study, also of one that goes on. `lacuna.load_study` makes one."""

    def __init__(self, folder: PathLike):
        self.folder = os.fspath(folder)
        path = self._path("study.json")
        if not os.path.exists(path):
            if any(os.path.exists(self._path(name)) for name in ("history.csv", "summary.json")):
                raise LacunaError(f"'{self.folder}' is a run, not a study: read it with lacuna.load('{self.folder}')")
            raise LacunaError(f"there is no study in '{self.folder}': it has no study.json. "
                              "Name the output folder of a study.")
        self.plan: dict[str, Any] = read_json(path)  # as in the file
        if self.plan.get("schema") != 1:
            raise LacunaError(f"study.json is of schema {self.plan.get('schema')}; this version of the package reads 1")
        with reading(path):
            self.title: str = self.plan.get("title", "")
            self.inputs = tuple(Input.of(record) for record in self.plan.get("inputs", ()))
            self.answers = tuple(Answer.of(record) for record in self.plan.get("answers", ()))
            self.cases = tuple(Case.of(record) for record in self.plan.get("cases", ()))
            sampling = self.plan.get("sampling", {})
            self.method: str = sampling.get("method", "grid")  # 'grid', 'latin hypercube', 'sobol' or 'saltelli'
            self.samples: int = int(sampling.get("samples", 0))

    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {status}" for status, count in self.statuses.items() if count)
        return f"<Study '{self.folder}' of {len(self.cases)} cases: {counts}>"

    @cached_property
    def table(self) -> Table:
        """results.csv: a row per case, with its inputs, its answers and the end of its history."""
        path = self._path("results.csv")
        if not os.path.exists(path):
            raise LacunaError(f"the study in '{self.folder}' has no results.csv yet; write it from the cases that are "
                              f"done with: lacuna study collect {self.folder}")
        texts = [given.name for given in self.inputs if given.is_text]
        return Table.read(path, texts=(*TEXT_COLUMNS, *texts))

    def to_pandas(self) -> Any:
        """results.csv as a pandas.DataFrame, units in the names of its columns."""
        return self.table.to_pandas()

    def input(self, name: str) -> Input:
        return Named("input", {given.name: given for given in self.inputs})[name]

    def answer(self, name: str) -> Answer:
        return Named("answer", {asked.name: asked for asked in self.answers})[name]

    # ---- What became of the cases; read anew each time, since a study may go on

    def outcome(self, number: int) -> Outcome:
        """Of one case: 'waiting' as long as nothing is known of it."""
        self._planned(number)
        path = self._path("outcomes", f"{number:04d}.json")
        try:
            with open(path, encoding="utf-8") as file:
                record = json.load(file)
            return Outcome(record["status"], record.get("exit_status"), record.get("reason", ""),
                           float(record.get("seconds") or "nan"))
        except (FileNotFoundError, ValueError, LookupError, TypeError, AttributeError):  # not there, or not yet wholly
            return Outcome("waiting")

    @property
    def statuses(self) -> dict[str, int]:
        """How many cases are 'done', 'not possible', 'failed', 'stopped' and 'waiting'."""
        counts = Counter(self.outcome(case.number).status for case in self.cases)
        return {status: counts[status] for status in STATUSES}

    @property
    def failures(self) -> dict[int, str]:
        """The cases that failed, and why."""
        outcomes = {case.number: self.outcome(case.number) for case in self.cases}
        return {number: outcome.reason for number, outcome in outcomes.items() if outcome.status == "failed"}

    @property
    def refusals(self) -> dict[int, str]:
        """The cases that are not possible, and what the law says that refuses them."""
        outcomes = {case.number: self.outcome(case.number) for case in self.cases}
        return {number: outcome.reason for number, outcome in outcomes.items() if outcome.status == "not possible"}

    # ---- The runs

    def case(self, number: int) -> Run:
        """The run of one case."""
        case = self._planned(number)
        outcome = self.outcome(number)
        if outcome.status == "waiting" and not os.path.exists(self._path(case.folder, "history.csv")):
            raise LacunaError(f"case {number} of '{self.folder}' has not been computed yet; "
                              f"lacuna study resume {self.folder} --only {number} does it")
        return Run(self._path(case.folder))

    def untreated(self, number: int) -> Run | None:
        """The run of the untreated tissue that a case shares with others; None if it shares none."""
        shared = self._planned(number).untreated
        if shared is None:
            return None
        folders = {record["number"]: record["folder"] for record in self.plan.get("untreated", ())}
        return Run(self._path(folders[shared]))

    def _planned(self, number: int) -> Case:
        planned = {case.number: case for case in self.cases}
        if number not in planned:
            raise UnknownName("case", str(number), [f"{min(planned)} to {max(planned)}"] if planned else [])
        return planned[number]

    def _path(self, *names: str) -> str:
        return os.path.join(self.folder, *names)


def load_study(folder: PathLike) -> Study:
    """Reads the output folder of a study, also of one that goes on."""
    return Study(folder)


# ---- Running ---------------------------------------------------------------------------------------------------------

def study(file: PathLike, settings: Mapping[str, Setting] | None = None, output: PathLike | None = None,
          jobs: int | None = None, only: str | int | Sequence[str | int] | None = None,
          program: PathLike | None = None, *, overwrite: bool = False, show: bool = False) -> Study:
    """Computes a study file, and loads the results.

    `settings` replace parameters in every case; `output` is the folder for the results (default: the one the study file
    names); `jobs` how many cases are computed at a time; `only` which: 7, "3-9,12", "grade=III", or several of these.
    `show` prints what the program says meanwhile. Cases that fail are warned of, and are in `.failures`; RunFailed is
    raised if the study itself cannot be computed. After Ctrl-C, `resume_study` goes on.
    """
    words = [runs.find_program(program), "study", os.fspath(file), *runs.setting_words(settings)]
    if output is not None:
        words += ["--output", os.fspath(output)]
    if overwrite:
        words.append("--overwrite")
    return _compute(words + _choices(jobs, only), show, None if output is None else os.fspath(output))


def resume_study(folder: PathLike, jobs: int | None = None, only: str | int | Sequence[str | int] | None = None,
                 program: PathLike | None = None, *, retry_failed: bool = False, show: bool = False) -> Study:
    """Computes what a study in `folder` still lacks, and loads the results; see `study`."""
    load_study(folder)  # says what is wrong with the folder
    words = [runs.find_program(program), "study", "resume", os.fspath(folder), *_choices(jobs, only)]
    return _compute(words + ["--retry-failed"] * retry_failed, show, os.fspath(folder))


def _choices(jobs: int | None, only: str | int | Sequence[str | int] | None) -> list[str]:
    words: list[str] = []
    if jobs is not None:
        if jobs < 1:
            raise LacunaError(f"a study needs at least one job, not {jobs}")
        words += ["--jobs", str(jobs)]
    chosen = [] if only is None else [only] if isinstance(only, (str, int)) else only
    for which in chosen:
        words += ["--only", str(which)]
    return words


def _compute(words: Sequence[str], show: bool, folder: str | None) -> Study:
    ended = runs.converse(words, show)
    folder = ended.folder or folder
    if ended.status not in (0, 3):
        raise ended.failure
    if folder is None:
        raise LacunaError(f"'{words[0]}' did not say where its results are: is it Lacuna?")
    computed = Study(folder)
    failures = computed.failures
    if failures:
        first, reason = next(iter(failures.items()))
        warnings.warn(f"{len(failures)} of {len(computed.cases)} cases failed; case {first}: {reason}", stacklevel=3)
    return computed
