# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Colours of what is drawn."""
from __future__ import annotations

from matplotlib.colors import LinearSegmentedColormap

INK, SOFT = "#222222", "#6b6b6b"
# Okabe and Ito, as are those of the doses; the last three, for many populations, are Paul Tol's.
RESIDENTS = ["#0072B2", "#56B4E9", "#009E73", "#777777", "#332288", "#AA4499", "#999933"]
# White where there is nothing, and monotone in lightness.
CELLS = LinearSegmentedColormap.from_list(
    "cells", ["#fbfaf8", "#fdd3a5", "#f98b3c", "#c6470b", "#7a1d05", "#2b0700"])
VESICLES = LinearSegmentedColormap.from_list(
    "vesicles", ["#fbfaf8", "#cfe0d8", "#8dbfb8", "#4a8f99", "#2a5b7c", "#14224f"])
DOSES = ["#D55E00", "#CC79A7", "#E69F00", "#000000"]
