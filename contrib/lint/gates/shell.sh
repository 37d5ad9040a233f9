#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
#
# All scripts pass shellcheck: those that begin with a line for the shell, and those that are read by one.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../../.."
{
  git ls-files -z | xargs -0 grep -lZE -m1 '^#!.*\bbash$'
  git ls-files -z '*.sh' '*.bash' '*.sh.in'
} | sort -zu | xargs -0 shellcheck --shell=bash --external-sources
