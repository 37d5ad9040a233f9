#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The plugin interface only grows: plugins/sdk/include/lacuna/abi.h against those of all minor
versions before, kept as tests/plugins/fixtures/interface-1.*.abi, with abidiff.

    interface_test.py [--keep]     --keep writes the .abi file of today's minor version

Members may only be added, behind the last one; with the minor number of today nothing may differ.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
HEADER = SOURCE / "plugins/sdk/include/lacuna/abi.h"
FIXTURES = SOURCE / "tests/plugins/fixtures"
PROGRAM = """#include <lacuna/abi.h>
const lacuna_plugin *lacuna_plugin_entry(void) { return 0; }
"""
SKIPPED = 77

# Faults that must be found: what is replaced in the header of today, one after the other.
FAULTS = {
    "a member in the middle": [("  const char *unit; ", "  const char *colour;\n  const char *unit; ")],
    "another type": [("uint32_t             n_signals;", "uint64_t n_signals;")],
    "a member that is gone": [("  uint32_t             n_signals;\n", "")],
    "another order": [("(*signals)", "(*other)"), ("(*rates)", "(*signals)"), ("(*other)", "(*rates)")],
}
GROWTH = [("\n} lacuna_batch;", "\n  double more;\n} lacuna_batch;")]


def edited(text, replacements):
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def describe(header_text, folder):
    """The interface as abidw describes it, from a small object with debug information."""
    (folder / "lacuna").mkdir(exist_ok=True)
    (folder / "lacuna/abi.h").write_text(header_text)
    (folder / "interface.c").write_text(PROGRAM)
    subprocess.run(["gcc", "-g", "-c", "-I.", "interface.c"], cwd=folder, check=True)
    options = ["--no-show-locs", "--no-corpus-path", "--no-comp-dir-path"]
    return subprocess.run(
        ["abidw", *options, "interface.o"], cwd=folder, check=True, capture_output=True, text=True
    ).stdout


def changes(before, after, folder):
    """What abidiff has to say about two descriptions."""
    (folder / "before.abi").write_text(before)
    (folder / "after.abi").write_text(after)
    report = subprocess.run(
        ["abidiff", "--leaf-changes-only", "before.abi", "after.abi"],
        cwd=folder, capture_output=True, text=True,
    )
    if report.returncode & 3:
        raise RuntimeError(report.stdout + report.stderr)
    return [line for line in report.stdout.splitlines() if line and "summary:" not in line]


def faults(lines):
    """The changes that are more than members added behind the last one of a struct."""
    found, size = [], None
    for line in lines:
        struct = re.match(r"'struct (lacuna_\w+).*' changed:$", line)
        grown = re.match(r"  type size changed from (\d+) to (\d+) ", line)
        added = re.match(r"    '.*', at offset (\d+) \(in bits\)", line)
        if struct:
            size = None
        elif grown and int(grown[1]) < int(grown[2]):
            size = int(grown[1])
        elif re.match(r"  \d+ data member insertions?:$", line):
            pass
        elif not (added and size is not None and int(added[1]) >= size):
            found.append(line)
    return found


def minor_version(text):
    return int(re.search(r"#define LACUNA_ABI_MINOR (\d+)", text)[1])


def check_today(today, text, folder):
    """Faults of the header of today against all that are kept."""
    found = []
    for kept in sorted(FIXTURES.glob("interface-1.*.abi")):
        minor = int(kept.stem.split(".")[-1])
        lines = changes(kept.read_text(), today, folder)
        wrong = lines if minor == minor_version(text) else faults(lines)
        if wrong:
            found += [f"since interface 1.{minor}:", *wrong]
    return found


def check_test_itself(today, text, folder):
    """Known faults are found, and growth is none."""
    found = []
    for name, replacements in FAULTS.items():
        if not faults(changes(today, describe(edited(text, replacements), folder), folder)):
            found.append(f"{name} was not noticed")
    grown = faults(changes(today, describe(edited(text, GROWTH), folder), folder))
    return found + [f"growth was called a fault: {line}" for line in grown]


def main():
    if not shutil.which("abidiff"):
        print("abidiff is not installed (package abigail-tools)")
        return SKIPPED
    text = HEADER.read_text()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        today = describe(text, folder)
        if "--keep" in sys.argv:
            (FIXTURES / f"interface-1.{minor_version(text)}.abi").write_text(today)
        found = check_today(today, text, folder) + check_test_itself(today, text, folder)
    print("\n".join(found) or "The interface has only grown.")
    if found:
        print("A change of this kind needs another major version. Additions need another minor one.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
