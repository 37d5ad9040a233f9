#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
#
# Spelling in everything that is read; spelling.txt holds the words that are right here. Tests of suggestions and of
# messages make mistakes on purpose, and locked packages are not ours.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../../.."
git ls-files -z -- ':!tests/messages/*.prm' ':!tests/unit/parameter_file_test.cc' ':!*package-lock.json' ':!*.ipynb' ':!*.png' |
  xargs -0 codespell --ignore-words contrib/lint/spelling.txt
