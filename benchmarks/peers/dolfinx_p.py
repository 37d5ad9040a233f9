#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The yardstick P, a steady disc, in DOLFINx; prints one line of JSON.   [mpirun -n R] dolfinx_p.py --level 2

Levels 2, 3 and 4 have 40 455, 312 075 and 2 450 595 unknowns on the fitted grid, 41 475, 317 667 and 2 486 595 on the
one whose cells belong where their middle is.
"""
from __future__ import annotations

import argparse
import json

from dolfinx_disc import GRIDS, MPI, PLACE, Disc, Stopwatch, memory_mib, versions


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--level", type=int, default=2, help="refinements")
    parser.add_argument("--grid", choices=GRIDS, default="fitted")
    asked = parser.parse_args()

    disc = Disc(GRIDS[asked.grid], asked.level)
    disc.pose(lambda test: disc.diffusion_and_uptake(test, disc.cells))
    watch = Stopwatch()
    disc.solve()
    result = {"problem": "P", "solve_s": watch.seconds(), "unknowns": disc.unknowns,
              "newton_iterations": disc.snes.getIterationNumber(),
              "linear_iterations": disc.snes.getLinearSolveIterations(), "least_glucose": disc.least_glucose(),
              "glucose_at_place": disc.glucose_at_node(PLACE),
              "glucose_integral": disc.integral(disc.c[1]), "memory_mib": memory_mib(), "versions": versions()}
    if MPI.COMM_WORLD.rank == 0:
        print(json.dumps(result))


if __name__ == "__main__":
    main()
