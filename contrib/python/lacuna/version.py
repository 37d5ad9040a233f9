# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The version of Lacuna that this package belongs to."""

__version__ = "1.1.0"
