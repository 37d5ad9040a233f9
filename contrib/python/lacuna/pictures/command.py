# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The command: python3 -m lacuna.pictures DIR"""
from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from ..command_line import status_of
from ..results import load
from .whole import save


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="lacuna-picture",
                                     description="Draws the slices and the history of one Lacuna run.")
    parser.add_argument("folder", help="the results of a run")
    parser.add_argument("--output", help="the picture (default: FOLDER/picture.png)")
    arguments = parser.parse_args(words)
    file = arguments.output or os.path.join(arguments.folder, "picture.png")
    return status_of(lambda: _draw(arguments.folder, file))


def _draw(folder: str, file: str) -> None:
    save(load(folder), file)
    print(file)
