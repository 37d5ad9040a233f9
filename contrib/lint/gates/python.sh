#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
#
# mypy on all Python: strict on the package and on programs. Tests need no annotations (nor does what ParaView runs, which
# has none itself), and what tests take for given may be None, since they fail then; all else that they do is checked.
# Folder by folder, because files of two may have one name.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../../.."
readonly package=contrib/python
readonly of_tests=(--allow-untyped-defs --allow-untyped-calls --allow-incomplete-defs --allow-any-generics
  --no-warn-return-any --no-strict-optional)

status=0
check() { # options of mypy, and files
  mypy --config-file $package/pyproject.toml --no-error-summary "$@" || status=1
}
check $package/lacuna
export MYPYPATH=$package:tests/mpi
for folder in $(git ls-files '*.py' ":!$package/lacuna" | sed 's|/[^/]*$||' | sort -u); do
  case $folder in
    */tests | tests/* | contrib/paraview) check "${of_tests[@]}" "$folder"/*.py ;;
    *) check "$folder"/*.py ;;
  esac
done
exit $status
