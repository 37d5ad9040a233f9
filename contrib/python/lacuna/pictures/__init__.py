# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Draws runs: histories, slices, and one picture that shows a whole run.

    python3 -m lacuna.pictures results/lumbar-npmsc-injection [--output FILE.png]

    from lacuna import load, pictures
    run = load("results/lumbar-npmsc-injection")
    pictures.plot_history(run, "glucose min nucleus")           # into the axes of pyplot, or axes=...
    pictures.plot_slice(run.slice("pH", normal="z"))
    pictures.sections(run, "oxygen", "pH", time=3).savefig("sections.png")
    pictures.save(run, "picture.png")

Needs NumPy, matplotlib and VTK (Debian: python3-numpy python3-matplotlib python3-vtk9).
"""
from ..libraries import require

require("pictures need", "matplotlib", "vtk")

from .command import main
from .planes import mid_planes
from .plots import plot_history, plot_slice
from .sections import sections
from .whole import picture, save

__all__ = ["main", "mid_planes", "picture", "plot_history", "plot_slice", "save", "sections"]
