#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
#
# Runs the main case with the release build and prints how long each phase took.   main_case.sh [RANKS]
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mpirun -n "${1:-2}" --bind-to none --oversubscribe build/release/bin/lacuna run \
  parameter-files/cookbook/lumbar-npmsc-injection.prm --output "$folder/run" --quiet
python3 - "$folder/run/summary.json" <<'PYTHON'
import json
import sys

summary = json.load(open(sys.argv[1]))
for phase, seconds in summary["seconds"].items():
    print(f"{phase:15} {seconds['wall']:8.2f} s wall {seconds['cpu']:8.2f} s cpu")
print(f"peak memory     {summary['peak_memory_bytes'] / 2**20:8.0f} MiB")
print(f"iterations      {summary['newton_iterations']} Newton, {summary['linear_iterations']} GMRES")
PYTHON
