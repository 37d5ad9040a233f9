# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""python3 -m lacuna.report DIR"""
import sys

from .page import main

if __name__ == "__main__":
    sys.exit(main())
