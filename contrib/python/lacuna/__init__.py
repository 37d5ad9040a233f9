# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Runs Lacuna, and reads what it computes, with units.

    import lacuna

    run = lacuna.run("parameter-files/cookbook/exosome-depot.prm", {"Time/End": "20 d"}, output="results/depot")
    run = lacuna.load("results/depot")                       # the same, later
    run.history["glucose min nucleus"]                       # an array; run.history.unit("glucose min nucleus") is mM
    run.summary.populations["NP cells"].dose("residents").surviving_fraction
    run.at("glucose", [(0, 0.5, 0.5), (2, 0.5, 0.5)])        # at points, in mm: .values and .unit
    run.slice("pH", normal="z", at_mm=0.5)                   # a regular array for imshow
    study = lacuna.study("parameter-files/studies/senolytic-timing.prm", jobs=2)
    study = lacuna.load_study("results/studies/senolytic-timing")
    study.table["case"]                                      # one value per case

`lacuna.pictures` draws, `lacuna.answers` says what a study answers, `lacuna.calibration` fits parameters to
measurements, `lacuna.report` writes the page of a run or a study. Tables need NumPy only; fields need VTK, pictures matplotlib too.
"""
from .libraries import require

require("lacuna needs", "numpy")

from .fields import Quantity, Slice
from .results import (Balance, Control, Dose, LacunaError, Population, QuantitySummary, Run, State, Statistics, Summary,
                      Table, UnknownName, load)
from .runs import RunFailed, run
from .study import Answer, Case, Input, Outcome, Study, load_study, resume_study, study
from .version import __version__

__all__ = ["Answer", "Balance", "Case", "Control", "Dose", "Input", "LacunaError", "Outcome", "Population", "Quantity",
           "QuantitySummary", "Run", "RunFailed", "Slice", "State", "Statistics", "Study", "Summary", "Table",
           "UnknownName", "__version__", "load", "load_study", "resume_study", "run", "study"]
