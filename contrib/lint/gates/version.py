#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The version is that of project() in CMakeLists.txt, and files that cannot ask it say the same; with --write, they are
made to."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

# Places that repeat the version, or its first number: files, and what stands before it and after it.
WHOLE = (
    ("contrib/python/lacuna/version.py", r'^__version__ = "', r'"$'),
    ("CITATION.cff", r"^version: ", r"$"),
)
MAJOR = tuple((f"contrib/man/{page}.1", r'^\.TH .*"Lacuna ', r'" "User commands"$')
              for page in ("lacuna", "lacuna-report", "lacuna-study"))


def version() -> str:
    found = re.search(r"^project\(lacuna VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text(), re.MULTILINE)
    if not found:
        sys.exit("CMakeLists.txt: there is no project(lacuna VERSION ...)")
    return found[1]


def differs(name: str, before: str, after: str, right: str, write: bool) -> bool:
    file = ROOT / name
    text = file.read_text()
    found = re.search(f"({before})([^\"\n]*)({after})", text, re.MULTILINE)
    if found and found[2] == right:
        return False
    if found and write:
        file.write_text(text[:found.start(2)] + right + text[found.end(2):])
        return False
    print(f"{name}: " + (f"is of version {found[2]}, CMakeLists.txt of {right}" if found else "names no version"))
    return True


def main() -> int:
    write = sys.argv[1:] == ["--write"]
    whole = version()
    failed = [differs(*place, whole, write) for place in WHOLE]
    failed += [differs(*place, whole.split(".")[0], write) for place in MAJOR]
    newest = re.search(r"^## ([\d.]+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    if not newest or newest[1] != whole:
        print(f"CHANGELOG.md: its first entry is {newest[1] if newest else 'missing'}, CMakeLists.txt is of {whole}")
        failed.append(True)
    if any(failed):
        print("Carry it from CMakeLists.txt with: contrib/lint/gates/version.py --write", file=sys.stderr)
    return int(any(failed))


if __name__ == "__main__":
    sys.exit(main())
