# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""python3 -m lacuna.pictures DIR"""
import sys

from .command import main

if __name__ == "__main__":
    sys.exit(main())
