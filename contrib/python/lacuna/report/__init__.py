# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The page of a run or a study: one HTML file that needs no network.

    python3 -m lacuna.report results/lumbar-npmsc-injection [--output FILE] [--assets DIR]

    from lacuna import report
    report.write("results/lumbar-npmsc-injection")              # the file it wrote

Needs NumPy, VTK and Jinja2 (Debian: python3-numpy python3-vtk9 python3-jinja2), and the page's script and style, which
the build makes (contrib/report).
"""
from ..libraries import require

require("the report needs", "jinja2", "markupsafe")

from .page import write

__all__ = ["write"]
