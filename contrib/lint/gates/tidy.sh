#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
#
# clang-tidy, with the checks of .clang-tidy, on the sources that have changed since the last release, the newest changes
# first, and no more than are done in a few minutes; with --all, on every source (the test lint-tidy, labelled nightly).
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../../.."
readonly most=12 # sources: three minutes on two cores
readonly database=build/tidy # without precompiled headers, which are the other compiler's

# The newest tag, or else the commit that gave the version its number; nothing in a clone too shallow to know.
last_release() {
  local commit
  if git describe --tags --abbrev=0 --match 'v*' 2>/dev/null; then return; fi
  commit=$(git log -1 --format=%H -G '^project\(lacuna VERSION' -- CMakeLists.txt)
  if git rev-parse --quiet --verify "$commit^" >/dev/null; then echo "$commit"; fi
}

# Changed files of C++, not yet committed ones first, then by their last commit.
changed_files() { # the last release, or nothing: all files
  {
    git diff --name-only HEAD
    git ls-files --others --exclude-standard
    git log --format= --name-only ${1:+"$1.."}
  } | grep -E '\.(cc|h)$' | awk '!seen[$0]++'
}

# The sources that show these files to the compiler: a header by the source of its name, or else by one that includes it.
sources_of() {
  local file name source
  while read -r file; do
    source=${file%.h}
    source=${source%.cc}.cc
    if [ ! -f "$source" ]; then
      name=${file#*/} # "geometry/body.h" or <lacuna/law.h>
      source=$(git grep -lE "#include [\"<]${name##*/include/}[\">]" -- '*.cc' | head -n 1) || true
    fi
    if grep -qF "\"file\": \"$PWD/$source\"" $database/compile_commands.json; then echo "$source"; fi
  done | awk '!seen[$0]++'
}

command -v clang-tidy >/dev/null || {
  echo "clang-tidy is not installed." >&2
  exit 77
}
cmake --preset release -B $database -D LACUNA_PRECOMPILED_HEADERS=OFF >/dev/null
if [ "${1:-}" = --all ]; then
  mapfile -t sources < <(git ls-files '*.cc' | sources_of)
else
  mapfile -t sources < <(changed_files "$(last_release)" | sources_of)
  if [ ${#sources[@]} -gt $most ]; then
    printf 'The %s that changed last, of %s; all of them: contrib/lint/gates/tidy.sh --all\n' $most ${#sources[@]}
    sources=("${sources[@]:0:$most}")
  fi
fi
[ ${#sources[@]} -gt 0 ] || exit 0
# What it counts in headers of others goes to stderr, and says nothing.
printf '%s\0' "${sources[@]}" |
  xargs -0 -P "$(nproc)" -n 1 clang-tidy -p $database --quiet 2> >(grep -v 'warnings\? generated\.$' >&2)
