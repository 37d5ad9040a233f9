#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
#
# Submits a job of Snakemake, with these options of sbatch, and prints its number.
set -euo pipefail
mkdir -p snakemake/logs
# A percent sign in the name of a log stands for something, unless it is doubled.
number=$(sbatch --parsable --output="${PWD//%/%%}/snakemake/logs/%x-%j.txt" "$@")
echo "${number%%;*}"
