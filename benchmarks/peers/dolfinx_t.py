#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The yardstick T, seven days of a disc with a bolus, in DOLFINx; prints one line of JSON.   [mpirun -n R] dolfinx_t.py

From the steady state on, which counts as part of the solve, by BDF2 in steps that grow geometrically from 10 s. The
viable share of the cells lives at nodes; it is extrapolated for the solutes' equation and then follows their solution.
"""
from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, field

import numpy as np
from dolfinx_disc import GRIDS, MPI, PLACE, Array, Disc, Stopwatch, fem, memory_mib, ufl, versions

END = 7 * 86400.0
FIRST_STEP = 10.0
BOLUS_CELLS, BOLUS_DEVIATION = 10.0, 2.0  # 1e6/mL, mm


def geometric_steps(n: int) -> Array:
    """n steps from FIRST_STEP on that end at END; the growth by bisection."""
    low, high = 1.0, 10.0
    for _ in range(100):
        growth = (low + high) / 2
        low, high = (low, growth) if FIRST_STEP * np.sum(growth**np.arange(n)) > END else (growth, high)
    steps: Array = FIRST_STEP * low**np.arange(n)
    return steps


@dataclass(frozen=True)
class Bdf2:
    """Weights of the new, the last and the one before it in the derivative, times the step. First Euler's."""
    new: float = 1.0
    last: float = -1.0
    before: float = 0.0
    ratio: float = 0.0  # of the step to the one before it

    @staticmethod
    def after(previous: float | None, step: float) -> Bdf2:
        if previous is None:
            return Bdf2()
        r = step / previous
        return Bdf2((1 + 2 * r) / (1 + r), -(1 + r), r * r / (1 + r), r)

    def extrapolated(self, last: Array, before: Array) -> Array:
        return last + self.ratio * (last - before)


def death_rate(concentrations: Array) -> Array:
    """1/s"""
    glucose, pH = concentrations[:, 1], 7.4 - 0.09 * concentrations[:, 2]
    starved, soured = (1 - np.tanh((glucose - 0.3) / 0.1)), (1 - np.tanh((pH - 6.8) / 0.1))
    rate: Array = (0.25 * starved + 0.15 * soured) / 86400
    return rate


@dataclass
class Course:
    """What is recorded on the way."""
    least_glucose: list[float] = field(default_factory=list)
    newton_iterations: int = 0
    linear_iterations: int = 0

    def record(self, disc: Disc) -> None:
        self.least_glucose.append(disc.least_glucose())
        self.newton_iterations += disc.snes.getIterationNumber()
        self.linear_iterations += disc.snes.getLinearSolveIterations()


class BolusInDisc:
    def __init__(self, level: int, grid: str):
        self.disc = Disc(GRIDS[grid], level)
        domain = self.disc.domain
        self.last, self.before = fem.Function(self.disc.space), fem.Function(self.disc.space)
        self.viable = fem.Function(fem.FunctionSpace(domain, ("CG", 1)))
        self.viable.x.array[:] = 1
        self.bolus = fem.Constant(domain, 0.0)
        self.rates = [fem.Constant(domain, 0.0) for _ in range(3)]  # BDF2's weights by the step
        x = ufl.SpatialCoordinate(domain)
        gaussian = ufl.exp(-ufl.inner(x, x) / (2 * BOLUS_DEVIATION**2))
        self.cells = (self.disc.cells + self.bolus * gaussian) * self.viable
        self.disc.pose(self._equation)
        self.course = Course()

    def _equation(self, test: object) -> object:
        c = self.disc.c
        change = sum(rate * value for rate, value in zip(self.rates, (c, self.last, self.before)))
        return self.disc.diffusion_and_uptake(test, self.cells) + ufl.inner(change, test) * self.disc.dx

    def settle(self) -> None:
        self.disc.solve()
        self.course.record(self.disc)
        for function in (self.last, self.before):
            function.x.array[:] = self.disc.c.x.array
        self.bolus.value = BOLUS_CELLS

    def run(self, n_steps: int) -> None:
        self.disc.snes.setTolerances(rtol=1e-5, atol=1e-11)
        viable = viable_before = self.viable.x.array.copy()
        previous = None
        for step in geometric_steps(n_steps):
            weights = Bdf2.after(previous, step)
            self.viable.x.array[:] = np.maximum(0, weights.extrapolated(viable, viable_before))
            self._step(weights, step)
            rate = death_rate(self.disc.c.x.array.reshape(-1, 3))
            followed = -(weights.last * viable + weights.before * viable_before) / (weights.new + step * rate)
            viable_before, viable = viable, followed
            previous = step
        self.viable.x.array[:] = viable

    def _step(self, weights: Bdf2, step: float) -> None:
        for rate, weight in zip(self.rates, (weights.new, weights.last, weights.before)):
            rate.value = weight / step
        self.disc.c.x.array[:] = weights.extrapolated(self.last.x.array, self.before.x.array)
        self.disc.solve()
        self.course.record(self.disc)
        self.before.x.array[:] = self.last.x.array
        self.last.x.array[:] = self.disc.c.x.array


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--level", type=int, default=2, help="refinements")
    parser.add_argument("--grid", choices=GRIDS, default="fitted")
    parser.add_argument("--steps", type=int, default=58)
    asked = parser.parse_args()

    problem = BolusInDisc(asked.level, asked.grid)
    watch = Stopwatch()
    problem.settle()
    all_cells = problem.disc.integral(problem.cells)
    problem.run(asked.steps)
    seconds = watch.seconds()
    course = problem.course
    result = {"problem": "T", "solve_s": seconds, "unknowns": problem.disc.unknowns, "steps": asked.steps,
              "newton_iterations": course.newton_iterations, "linear_iterations": course.linear_iterations,
              "viable_fraction": problem.disc.integral(problem.cells) / all_cells,
              "least_glucose": min(course.least_glucose), "least_glucose_at_end": course.least_glucose[-1],
              "glucose_at_place": problem.disc.glucose_at_node(PLACE),
              "memory_mib": memory_mib(), "versions": versions()}
    if MPI.COMM_WORLD.rank == 0:
        print(json.dumps(result))


if __name__ == "__main__":
    main()
