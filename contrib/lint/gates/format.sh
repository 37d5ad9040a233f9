#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
#
# C++ is laid out as .clang-format says; with --write, lays it out so.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../../.."
mode=(--dry-run --Werror)
[ "${1:-}" != --write ] || mode=(-i)
git ls-files -z '*.cc' '*.h' | xargs -0 clang-format "${mode[@]}" || {
  echo "Lay it out with: contrib/lint/gates/format.sh --write" >&2
  exit 1
}
