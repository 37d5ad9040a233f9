#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Two ranks give what one gives: history, summary and every nodal value of the final state.

    compare_ranks.py LACUNA MPIRUN PARAMETER_FILE [--set ...] [--only-one SETTING] [--only-two SETTING] [--within PART]

The run on one rank, or that on two, may be given a setting of its own: another solver, which must find the same.

The step sequences agree (step sizes are quantised), so what may differ is the error of the solver: PART of each
quantity's largest value, 1e-8 unless told, for runs that ask for a Newton tolerance of 1e-10 or less.
"""

import argparse
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

def run(lacuna, mpirun, ranks, arguments, folder):
    """Runs the case on so many ranks and returns its folder."""
    command = [mpirun, "-n", str(ranks), "--bind-to", "none", "--oversubscribe", lacuna, "run", *arguments,
               "--output", str(folder), "--quiet"]
    subprocess.run(command, check=True, timeout=600)
    return folder


def history(folder):
    rows = list(csv.reader((folder / "history.csv").open()))
    return rows[0], np.array([[float(cell) for cell in row] for row in rows[1:]])


def final_state(folder):
    """Rows of (x, y, z, region, values ...) of nodes and of points, sorted by place."""
    with (folder / "state.bin").open("rb") as file:
        header = json.loads(file.readline())
        values = np.frombuffer(file.read(), dtype="<f8")
    tables = []
    for part, species, begin, count in (
        ("nodes", "node_columns", 0, header["node_values"]),
        ("points", "point_columns", header["node_values"], header["point_values"]),
    ):
        table = values[begin:begin + count].reshape(-1, 4 + len(header[species]))
        places = np.round(table[:, :4] / [1e-9, 1e-9, 1e-9, 1]).astype(np.int64)
        tables.append(table[np.lexsort(places.T)])
        assert len(table) > 0 or not header[species], part
    return tables


def largest_difference(one, two, name, scale=None):
    assert one.shape == two.shape, f"{name}: {one.shape} against {two.shape}"
    largest = np.abs(one).max(axis=0) if scale is None else scale
    return (np.abs(one - two) / np.maximum(largest, 1e-300)).max(axis=0)


def scales(names, rows):
    """The largest of each column; of what is produced and what is consumed of one species, the larger."""
    own = dict(zip(names, np.abs(rows).max(axis=0)))
    other = {" produced ": " consumed ", " consumed ": " produced "}
    return np.array([max([own[name]] + [own.get(name.replace(word, to), 0) for word, to in other.items() if word in name])
                     for name in names])


def main():
    lacuna, mpirun, *rest = sys.argv[1:]
    parser = argparse.ArgumentParser()
    for option in ("--only-one", "--only-two"):
        parser.add_argument(option, action="append", default=[])
    parser.add_argument("--within", type=float, default=1e-8)
    own, arguments = parser.parse_known_args(rest)
    with tempfile.TemporaryDirectory() as temporary:
        one, two = (
            run(lacuna, mpirun, ranks, [*arguments, *(word for setting in settings for word in ("--set", setting))],
                pathlib.Path(temporary) / str(ranks))
            for ranks, settings in ((1, own.only_one), (2, own.only_two)))

        names, rows_of_one = history(one)
        names_of_two, rows_of_two = history(two)
        assert names == names_of_two
        # A mass-balance defect is nothing but rounding and is held against the turnover below; what is stored is a small
        # difference of amounts, and the amounts are compared.
        columns = [k for k, name in enumerate(names) if "defect" not in name and " stored " not in name]
        difference = largest_difference(rows_of_one[:, columns], rows_of_two[:, columns], "history",
                                        scales(names, rows_of_one)[columns])
        worst = int(np.argmax(difference))
        print(f"history: {len(rows_of_one)} rows, largest difference {difference[worst]:.1e} in "
              f"'{names[columns[worst]]}'")
        assert difference[worst] < own.within

        for table_of_one, table_of_two, name in zip(final_state(one), final_state(two), ("nodes", "points")):
            difference = largest_difference(table_of_one, table_of_two, name).max()
            print(f"{name}: {len(table_of_one)} rows, largest difference {difference:.1e}")
            assert difference < own.within

        for folder in (one, two):
            summary = json.loads((folder / "summary.json").read_text())
            assert summary["status"] == "done"
            for species, balance in summary["balance"].items():
                assert balance["largest_relative_defect"] < 1e-8, (species, balance)


if __name__ == "__main__":
    main()
