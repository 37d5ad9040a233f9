# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The disc of the yardstick in DOLFINx 0.5 (Debian: python3-dolfinx): mesh, equations, Newton's method.

Lengths in mm, times in s, concentrations in mM, cells in 1e6 per mL. Solutes are oxygen, glucose and lactate, in this
order, as one function of three components on hexahedra of degree 1. The linear solver is the fastest of eight that were
tried: GMRES, preconditioned species by species (glucose, lactate, oxygen) with incomplete Cholesky factors.
"""
from __future__ import annotations

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from typing import Any

import numpy as np
import numpy.typing as npt

# Untyped, and not installed where nothing is compared: a checker of types need not find them.
fem: Any = import_module("dolfinx.fem")
mesh: Any = import_module("dolfinx.mesh")
ufl: Any = import_module("ufl")
MPI: Any = import_module("mpi4py.MPI")
PETSc: Any = import_module("petsc4py.PETSc")

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

SEMI_AXES = (25.0, 18.0)
HALF_HEIGHT = 6.0
ENDPLATE = 1.0
NUCLEUS_SHARE = 0.6  # of the semi-axes

DIFFUSIVITY = (1.5e-3, 5e-4, 8e-4)  # in water
HINDRANCE = (0.45, 0.30, 0.25)      # of nucleus, annulus, endplate
CELLS = (4.0, 9.0, 15.0)

AT_ENDPLATES = (0.05, 4.0, 0.8)
AT_PERIPHERY = (0.06, 5.0, 0.9)

PLACE = (17.5, 0.0, 0.0)  # near the least glucose, and a node of every fitted mesh from level 1 on

OXYGEN_PER_CELL, GLUCOSE_PER_CELL = 2e-6, 6e-6  # mM/s of 1e6 cells in a mL
OXYGEN_HALF, GLUCOSE_HALF = 0.01, 0.2

QUADRATURE = {"quadrature_degree": 3}
COMPILER = {"cffi_extra_compile_args": ["-O3", "-march=native"]}


@dataclass(frozen=True)
class Grid:
    """Cells of the O-grid at level 0: across its square core, in the rings around it, along z."""
    core: int
    rings: int
    layers: int
    fitted: bool  # whether a ring follows the edge of the nucleus; else a cell is where its middle is


GRIDS = {"fitted": Grid(2, 3, 7, True), "by middle": Grid(3, 2, 6, False)}


def square_grid(core: int, rings: int) -> tuple[Array, Indices]:
    """An O-grid of the square |x|, |y| <= 1, the core reaching to 1/2: points, and cells in tensor order."""
    known: dict[tuple[int, int], int] = {}
    points: list[tuple[float, float]] = []

    def point(x: float, y: float) -> int:
        key = (round(x * 1e9), round(y * 1e9))
        if key not in known:
            known[key] = len(points)
            points.append((x, y))
        return known[key]

    def cell(*corners: tuple[float, float]) -> list[int]:
        return [point(*corner) for corner in corners]

    along = np.linspace(-0.5, 0.5, core + 1)
    outward = np.linspace(1, 2, rings + 1)
    cells = [cell((a, c), (b, c), (a, d), (b, d)) for a, b in zip(along, along[1:]) for c, d in zip(along, along[1:])]
    for a, b in zip(along, along[1:]):
        for s, t in zip(outward, outward[1:]):
            cells.append(cell((s / 2, a * s), (t / 2, a * t), (s / 2, b * s), (t / 2, b * t)))
            cells.append(cell((-t / 2, a * t), (-s / 2, a * s), (-t / 2, b * t), (-s / 2, b * s)))
            cells.append(cell((a * s, s / 2), (b * s, s / 2), (a * t, t / 2), (b * t, t / 2)))
            cells.append(cell((a * t, -t / 2), (b * t, -t / 2), (a * s, -s / 2), (b * s, -s / 2)))
    return np.array(points), np.array(cells, dtype=np.int64)


def rounded(r: Array, corner: Array) -> Array:
    """Radius of what was at distance r <= 1 of a square: a square in the middle, a circle at r = 1."""
    return r * ((1 - r) * corner + r)


def ellipse_of(points: Array, grid: Grid) -> Array:
    """Where a point of the square lies in the disc."""
    r = np.abs(points).max(axis=1)
    length = np.where(r > 0, np.hypot(points[:, 0], points[:, 1]), 1)
    corner = length / np.where(r > 0, r, 1)
    radius = rounded(r, corner)
    if grid.fitted:
        edge = 2 / 3  # the first of three rings ends there
        outside = NUCLEUS_SHARE + (1 - NUCLEUS_SHARE) * (r - edge) / (1 - edge)
        radius = np.where(r > edge + 1e-9, outside, NUCLEUS_SHARE * rounded(np.minimum(r / edge, 1), corner))
    result: Array = points / length[:, None] * radius[:, None] * np.array(SEMI_AXES)
    return result


def heights(grid: Grid, factor: int) -> Array:
    """z of the nodes; of the fitted grid one layer at each end is the endplate's."""
    if not grid.fitted:
        return np.linspace(-HALF_HEIGHT, HALF_HEIGHT, grid.layers * factor + 1)
    inner = HALF_HEIGHT - ENDPLATE
    middle = np.linspace(-inner, inner, (grid.layers - 2) * factor + 1)
    end = np.linspace(inner, HALF_HEIGHT, factor + 1)[1:]
    return np.concatenate([-end[::-1], middle, end])


def disc_cells(grid: Grid, level: int) -> tuple[Array, Indices]:
    """Points and hexahedra of the whole disc, in tensor order."""
    factor = 2**level
    flat, quads = square_grid(grid.core * factor, grid.rings * factor)
    flat = ellipse_of(flat, grid)
    z = heights(grid, factor)
    points = np.column_stack([np.tile(flat, (len(z), 1)), np.repeat(z, len(flat))])
    cells = [np.hstack([quads + k * len(flat), quads + (k + 1) * len(flat)]) for k in range(len(z) - 1)]
    return points, np.concatenate(cells)


def disc_mesh(grid: Grid, level: int) -> Any:
    points, cells = np.zeros((0, 3)), np.zeros((0, 8), dtype=np.int64)
    if MPI.COMM_WORLD.rank == 0:
        points, cells = disc_cells(grid, level)
    hexahedron = ufl.Cell("hexahedron", geometric_dimension=3)
    return mesh.create_mesh(MPI.COMM_WORLD, cells, points, ufl.Mesh(ufl.VectorElement("Lagrange", hexahedron, 1)))


def region_of_cells(domain: Any) -> Indices:
    """0 nucleus, 1 annulus, 2 endplate, by the middle of each cell."""
    index_map = domain.topology.index_map(3)
    n_cells = index_map.size_local + index_map.num_ghosts
    corners = np.array(domain.geometry.dofmap.array).reshape(-1, 8)[:n_cells]
    middle = domain.geometry.x[corners].mean(axis=1)
    within = (middle[:, 0] / SEMI_AXES[0])**2 + (middle[:, 1] / SEMI_AXES[1])**2 < NUCLEUS_SHARE**2
    region: Indices = np.where(np.abs(middle[:, 2]) > HALF_HEIGHT - ENDPLATE, 2, np.where(within, 0, 1))
    return region


def by_region(domain: Any, values: tuple[float, ...]) -> Any:
    """A function that is constant in each cell."""
    function = fem.Function(fem.FunctionSpace(domain, ("DG", 0)))
    of_cells = np.array(values)[region_of_cells(domain)]
    function.x.array[:len(of_cells)] = of_cells
    return function


def boundary_values(space: Any) -> list[Any]:
    """On all faces; those of the endplates win on the edges."""
    domain = space.mesh
    domain.topology.create_connectivity(2, 3)
    faces = mesh.exterior_facet_indices(domain.topology)
    z = mesh.compute_midpoints(domain, 2, faces)[:, 2] if len(faces) else np.zeros(0)
    result = []
    for values, chosen in ((AT_PERIPHERY, faces), (AT_ENDPLATES, faces[np.abs(np.abs(z) - HALF_HEIGHT) < 1e-8])):
        value = fem.Function(space)
        value.x.array.reshape(-1, 3)[:] = values
        result.append(fem.dirichletbc(value, fem.locate_dofs_topological(space, 2, chosen)))
    return result


def positive(a: Any) -> Any:
    return ufl.conditional(ufl.gt(a, 0), a, 0)


def uptake(c: Any, cells: Any) -> list[Any]:
    """What `cells` take up of each solute, in mM/s."""
    oxygen, glucose, lactate = c[0], c[1], c[2]
    speed = cells * positive(2.4 - 0.09 * lactate) / 2.4
    pasteur = 1 + 0.5 * OXYGEN_HALF / (OXYGEN_HALF + positive(oxygen))
    of_oxygen = speed * OXYGEN_PER_CELL * oxygen / (OXYGEN_HALF + positive(oxygen))
    of_glucose = speed * GLUCOSE_PER_CELL * glucose / (GLUCOSE_HALF + positive(glucose)) * pasteur
    return [of_oxygen, of_glucose, -2 * of_glucose]


def set_options(prefix_free: dict[str, Any]) -> None:
    options = PETSc.Options()
    for name, value in prefix_free.items():
        options[name] = value


def choose_solver() -> None:
    set_options({"snes_type": "newtonls", "snes_linesearch_type": "basic", "snes_rtol": 1e-8, "snes_atol": 1e-14,
                 "snes_stol": 0, "snes_max_it": 30, "ksp_type": "gmres", "ksp_rtol": 1e-2, "pc_type": "fieldsplit",
                 "pc_fieldsplit_type": "multiplicative", "pc_fieldsplit_block_size": 3})
    for split, species in enumerate((1, 2, 0)):
        set_options({f"pc_fieldsplit_{split}_fields": species, f"fieldsplit_{split}_ksp_type": "preonly",
                     f"fieldsplit_{split}_pc_type": "bjacobi", f"fieldsplit_{split}_sub_pc_type": "icc"})


class Disc:
    """Mesh, unknowns `c`, and Newton's method for the equation `form(c, test function)` = 0."""

    def __init__(self, grid: Grid, level: int):
        self.domain = disc_mesh(grid, level)
        self.space = fem.VectorFunctionSpace(self.domain, ("CG", 1), dim=3)
        self.dx = ufl.dx(domain=self.domain, metadata=QUADRATURE)
        self.hindrance = by_region(self.domain, HINDRANCE)
        self.cells = by_region(self.domain, CELLS)
        self.conditions = boundary_values(self.space)
        self.c = fem.Function(self.space)
        self.c.x.array.reshape(-1, 3)[:] = AT_ENDPLATES
        fem.set_bc(self.c.vector, self.conditions)
        self.c.x.scatter_forward()

    def diffusion_and_uptake(self, test: Any, cells: Any) -> Any:
        taken = uptake(self.c, cells)
        return sum((self.hindrance * DIFFUSIVITY[i] * ufl.inner(ufl.grad(self.c[i]), ufl.grad(test[i]))
                    + taken[i] * test[i]) * self.dx for i in range(3))

    def pose(self, equation: Callable[[Any], Any]) -> None:
        """The equation that `solve` solves; compiles it, unless that was done before."""
        form = equation(ufl.TestFunction(self.space))
        self.form = fem.form(form, jit_params=COMPILER)
        self.derivative = fem.form(ufl.derivative(form, self.c), jit_params=COMPILER)
        self.matrix = fem.petsc.create_matrix(self.derivative)
        self.snes = PETSc.SNES().create(MPI.COMM_WORLD)
        self.snes.setFunction(self._residual, fem.petsc.create_vector(self.form))
        self.snes.setJacobian(self._jacobian, self.matrix)
        choose_solver()
        self.snes.setFromOptions()
        self.x = fem.petsc.create_vector(self.form)

    def solve(self) -> None:
        """From `c` to `c`."""
        self.c.vector.copy(self.x)
        self.x.ghostUpdate(PETSc.InsertMode.INSERT, PETSc.ScatterMode.FORWARD)
        self.snes.solve(None, self.x)
        if self.snes.getConvergedReason() < 0:
            raise SystemExit(f"DOLFINx did not converge (SNES reason {self.snes.getConvergedReason()}).")
        self._take(self.x)

    def _take(self, x: Any) -> None:
        x.copy(self.c.vector)
        self.c.x.scatter_forward()

    def _residual(self, _snes: Any, x: Any, residual: Any) -> None:
        x.ghostUpdate(PETSc.InsertMode.INSERT, PETSc.ScatterMode.FORWARD)
        self._take(x)
        with residual.localForm() as local:
            local.set(0)
        fem.petsc.assemble_vector(residual, self.form)
        fem.petsc.apply_lifting(residual, [self.derivative], [self.conditions], [x], -1.0)
        residual.ghostUpdate(PETSc.InsertMode.ADD, PETSc.ScatterMode.REVERSE)
        fem.petsc.set_bc(residual, self.conditions, x, -1.0)

    def _jacobian(self, _snes: Any, _x: Any, matrix: Any, _preconditioner: Any) -> None:
        matrix.zeroEntries()
        # The size of the diffusion terms, so that rows of the boundary do not spoil the factors.
        fem.petsc.assemble_matrix(matrix, self.derivative, self.conditions, diagonal=1e-3)
        matrix.assemble()

    @property
    def unknowns(self) -> int:
        return 3 * int(self.space.dofmap.index_map.size_global)

    def least_glucose(self) -> float:
        return float(MPI.COMM_WORLD.allreduce(self.c.x.array.reshape(-1, 3)[:, 1].min(), op=MPI.MIN))

    def glucose_at_node(self, place: tuple[float, float, float]) -> float | None:
        """Where a node is; else nothing."""
        distance = np.linalg.norm(self.space.tabulate_dof_coordinates() - np.array(place), axis=1)
        here = np.flatnonzero(distance < 1e-6)
        value = float(self.c.x.array.reshape(-1, 3)[here[0], 1]) if len(here) else float("inf")
        least = float(MPI.COMM_WORLD.allreduce(value, op=MPI.MIN))
        return least if least < float("inf") else None

    def integral(self, what: Any) -> float:
        return float(MPI.COMM_WORLD.allreduce(fem.assemble_scalar(fem.form(what * self.dx, jit_params=COMPILER))))


class Stopwatch:
    """Wall seconds since it was made, over all ranks."""

    def __init__(self) -> None:
        MPI.COMM_WORLD.Barrier()
        self.start = time.perf_counter()

    def seconds(self) -> float:
        MPI.COMM_WORLD.Barrier()
        return time.perf_counter() - self.start


def memory_mib() -> float:
    """The largest resident sets of all ranks, added."""
    return float(MPI.COMM_WORLD.allreduce(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def versions() -> str:
    return f"DOLFINx {version('fenics-dolfinx')}, PETSc {'.'.join(map(str, PETSc.Sys.getVersion()))}"
