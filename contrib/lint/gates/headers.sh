#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
#
# Every header of solver/ and of plugins/ compiles alone: the first thing a source includes may be any of them.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../../.."
cmake --preset release >/dev/null
cmake --build --preset release --target headers -- -k 0
