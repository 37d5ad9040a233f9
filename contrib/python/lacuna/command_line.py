# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""How the commands of the package end: a sentence and a status, no traceback for what the user can mend."""
from __future__ import annotations

import os
import sys
from collections.abc import Callable

from .errors import LacunaError
from .files import ENVIRONMENT, reason
from .libraries import MissingLibrary, missing

INTERRUPTED = 4


def status_of(action: Callable[[], None]) -> int:
    """Runs a command. 0: done; otherwise as the program `lacuna` ends: 2 what was asked cannot be done, 3 a run did not
    converge, 4 interrupted, 5 the disk failed or a library is missing."""
    try:
        action()
        sys.stdout.flush()
        return 0
    except LacunaError as error:
        return _failed(str(error), error.status)
    except BrokenPipeError:  # who read along has heard enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        named = f"'{error.filename}': " if error.filename else ""
        return _failed(named + reason(error), 5 if error.errno in ENVIRONMENT else 2)
    except ImportError as error:
        return _failed(str(missing("this needs", error)), MissingLibrary.status)
    except KeyboardInterrupt:
        return _failed("interrupted", INTERRUPTED)


def _failed(text: str, status: int) -> int:
    print(f"error: {text}", file=sys.stderr)
    return status
