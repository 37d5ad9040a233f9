# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Runs the program."""
from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from .errors import LacunaError
from .results import Run

PathLike = str | os.PathLike[str]
Setting = str | int | float | bool


class RunFailed(LacunaError):
    """The program refused the case or did not finish; the text is its own. `status`: 1 internal error, 2 mistakes in
    what was asked, 3 not converged, 4 interrupted. `folder`: of what was computed, if anything was."""

    def __init__(self, text: str, status: int, folder: str | None):
        super().__init__(text)
        self.status = status
        self.folder = folder


def find_program(program: PathLike | None = None) -> str:
    """The program: as given, else LACUNA_PROGRAM, else in PATH, else as built in the source tree of this package."""
    for origin, given in (("program", program), ("LACUNA_PROGRAM", os.environ.get("LACUNA_PROGRAM"))):
        if given:
            found = shutil.which(os.fspath(given))
            if not found:
                raise LacunaError(f"{origin} = '{os.fspath(given)}' is no program")
            return found
    built = Path(__file__).resolve().parents[3] / "build" / "release" / "bin" / "lacuna"
    found = shutil.which("lacuna") or shutil.which(str(built))
    if not found:
        raise LacunaError("there is no program 'lacuna' in PATH; build it (./quickstart build), set LACUNA_PROGRAM, or "
                          "give program=...")
    return found


def environment() -> dict[str, str]:
    """Open MPI refuses root, and warns in containers, unless told otherwise."""
    settings = {"OMPI_MCA_btl_vader_single_copy_mechanism": "none"}
    if os.geteuid() == 0:
        settings |= {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
    return settings | os.environ


def setting_text(value: Setting) -> str:
    """As a parameter file wants it; True is 'yes'."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def setting_words(settings: Mapping[str, Setting] | None) -> list[str]:
    """--set 'Path=value', for each."""
    return [word for name, value in (settings or {}).items() for word in ("--set", f"{name}={setting_text(value)}")]


def command(file: PathLike, settings: Mapping[str, Setting] | None = None, output: PathLike | None = None,
            ranks: int = 1, program: PathLike | None = None, overwrite: bool = False) -> list[str]:
    """What `run` runs."""
    if ranks < 1:
        raise LacunaError(f"a run needs at least one rank, not {ranks}")
    words = [find_program(program), "run", os.fspath(file), *setting_words(settings)]
    if output is not None:
        words += ["--output", os.fspath(output)]
    if overwrite:
        words.append("--overwrite")
    if ranks == 1:
        return words
    mpirun = shutil.which("mpirun")
    if not mpirun:
        raise LacunaError("several ranks need mpirun (Debian: openmpi-bin)")
    return [mpirun, "-n", str(ranks), "--bind-to", "none", "--oversubscribe", *words]


@dataclass(frozen=True)
class Ended:
    """A call of the program that has ended."""

    status: int
    said: list[str]
    errors: str

    @property
    def folder(self) -> str | None:
        """Where the program says its results are."""
        return next((line.removeprefix("Results: ") for line in reversed(self.said) if line.startswith("Results: ")),
                    None)

    @property
    def failure(self) -> RunFailed:
        """For a status other than 0."""
        return RunFailed(_sentence(self.status, self.errors, self.said, self.folder), self.status, self.folder)


@contextlib.contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Puts off Ctrl-C: a program that starts meanwhile would be left running, with nobody to stop it."""
    handler = signal.getsignal(signal.SIGINT)
    if not callable(handler) or threading.current_thread() is not threading.main_thread():
        yield
        return
    arrived: list[FrameType | None] = []
    signal.signal(signal.SIGINT, lambda _number, frame: arrived.append(frame))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
    if arrived:
        handler(signal.SIGINT, arrived[0])


def converse(words: Sequence[str], show: bool = False) -> Ended:
    """Runs the program and listens until it ends; `show` prints what it says meanwhile. Ctrl-C stops it politely: it
    ends its step and writes what it has before KeyboardInterrupt goes on; the second Ctrl-C does not wait for that."""
    said: list[str] = []
    process: subprocess.Popen[str] | None = None
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as complaints:
        try:
            with _interrupts_wait():
                process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints,
                                           env=environment(), text=True, encoding="utf-8", errors="replace")
            assert process.stdout is not None
            for line in process.stdout:
                said.append(line.rstrip("\n"))
                if show:
                    print(line, end="", flush=True)
            process.communicate()
        except BaseException:
            if process is not None:
                process.terminate()
                process.communicate()  # with nobody listening, what it says would break it off
            raise
        complaints.seek(0)
        return Ended(process.returncode, said, complaints.read())


def run(file: PathLike, settings: Mapping[str, Setting] | None = None, output: PathLike | None = None, ranks: int = 1,
        program: PathLike | None = None, *, overwrite: bool = False, show: bool = False) -> Run:
    """Runs a parameter file and loads the results.

    `settings` replace parameters: {"Time/End": "90 d", "Injections/dose 1/Amount": "12e6"}; values carry their units.
    `output` is the folder for the results (default: the one the parameter file names), which must be empty unless
    `overwrite`. `show` prints what the program says meanwhile. Raises RunFailed with the sentence of the program.
    """
    words = command(file, settings, output, ranks, program, overwrite)
    ended = converse(words, show)
    if ended.status != 0:
        raise ended.failure
    if ended.folder is None:
        raise LacunaError(f"'{words[0]}' did not say where its results are: is it Lacuna?")
    return Run(ended.folder)


def _sentence(status: int, errors: str, said: list[str], folder: str | None) -> str:
    """What the program said went wrong, without what mpirun adds."""
    found = re.search(r"^(?:internal )?error: (.*?)(?=^-{20,}$|^Warning: |\Z)", errors, flags=re.MULTILINE | re.DOTALL)
    if found:
        return found.group(1).strip()
    if status in (3, 4):
        warnings = [line.removeprefix("Warning: ") for line in [*said, *errors.splitlines()]
                    if line.startswith("Warning: ")]
        outcome = "the solve did not converge" if status == 3 else "the run was interrupted"
        return ": ".join([outcome, *warnings[-1:]]) + (f" (what was computed is in '{folder}')" if folder else "")
    return f"the program ended with status {status}" + (": " + errors.strip() if errors.strip() else "")
