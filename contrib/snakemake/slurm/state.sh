#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
#
# Tells Snakemake whether a job of Slurm is running, success or failed. Slurm forgets jobs after some minutes, its
# accounting, where there is one, does not. What cannot be asked just now, because Slurm is too busy, still runs.
set -uo pipefail

said=$(squeue --noheader --states=all --jobs="$1" --format=%T 2>&1) || case $said in
  *'Invalid job id'*) said=$(sacct --noheader --allocations --parsable2 --jobs="$1" --format=State 2>/dev/null) ;;
  *) said=RUNNING ;;
esac

case $said in
  COMPLETED*) echo success ;;
  PENDING* | RUNNING* | COMPLETING* | CONFIGURING* | SUSPENDED* | REQUEUE* | RESIZING* | STAGE_OUT*) echo running ;;
  *) echo failed ;;
esac
