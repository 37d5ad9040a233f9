# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Reads and writes files, and says in a sentence why that cannot be done."""
from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .errors import LacunaError

PathLike = str | os.PathLike[str]

ENVIRONMENT = (errno.ENOSPC, errno.EDQUOT, errno.EIO)  # not the fault of who named the file


class CannotWrite(LacunaError):
    """A file cannot be written; `status` is 5 where the disk failed, else 2."""

    def __init__(self, path: str, error: OSError):
        super().__init__(f"cannot write '{path}': {reason(error)}")
        self.status = 5 if error.errno in ENVIRONMENT else 2


def reason(error: OSError) -> str:
    """'permission denied', 'no space left on device'."""
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]


# ---- Reading ---------------------------------------------------------------------------------------------------------

@contextmanager
def reading(path: PathLike) -> Iterator[None]:
    """What goes wrong inside is said of the file: it cannot be read, or does not hold what it should."""
    try:
        yield
    except LacunaError:
        raise
    except OSError as error:
        raise LacunaError(f"cannot read '{os.fspath(path)}': {reason(error)}") from error
    except (ValueError, LookupError, TypeError, AttributeError, SyntaxError) as error:
        raise LacunaError(f"'{os.fspath(path)}' is damaged, or was not written to its end "
                          f"({type(error).__name__}: {error}); compute it again") from error


def read_json(path: PathLike) -> dict[str, Any]:
    """The object in a JSON file."""
    with reading(path), open(path, encoding="utf-8") as file:
        content = json.load(file)
        if not isinstance(content, dict):
            raise TypeError("there is no object in it")
        return content


# ---- Writing ---------------------------------------------------------------------------------------------------------

def check_writable(path: PathLike) -> None:
    """Before the work that the file is for: whether it could be written."""
    file = os.fspath(path)
    folder = os.path.dirname(file) or "."
    if os.path.isdir(file):
        raise LacunaError(f"'{file}' is a folder; name a file in it")
    if not os.path.isdir(folder):
        problem = "is not a folder" if os.path.exists(folder) else "does not exist; make it first, or name another file"
        raise LacunaError(f"cannot write '{file}': its folder '{folder}' {problem}")
    with _writing(file):
        open(_temporary(file), "wb").close()
        os.remove(_temporary(file))


def write_text(path: PathLike, text: str) -> None:
    """Replaces a file as a whole: what is there stays whole if this fails."""
    file = os.fspath(path)
    check_writable(file)
    with _writing(file):
        with open(_temporary(file), "w", encoding="utf-8") as target:
            target.write(text)
        os.replace(_temporary(file), file)


def _temporary(file: str) -> str:
    return f"{file}.new"


@contextmanager
def _writing(file: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        try:
            os.remove(_temporary(file))
        except OSError:
            pass  # it was not begun
        raise CannotWrite(file, error) from error
