#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Follows the authors' guide of plugins/README.md literally, in an empty folder.

Between '<!-- guide begins -->' and '<!-- guide ends -->': a block '```... file=NAME' is written to
NAME, a block '```sh' is run, and every line of a block '```text' must stand in what the commands
before it said ('...' stands for anything).
"""

import re
import unittest

from support import LACUNA, SOURCE, Author

BLOCK = re.compile(r"^```(\S+)(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks():
    text = (SOURCE / "plugins/README.md").read_text()
    guide = text.split("<!-- guide begins -->")[1].split("<!-- guide ends -->")[0]
    return BLOCK.findall(guide)


class Guide(Author):
    def test_works_as_it_is_written(self):
        said, commands = "", 0
        for language, file, content in blocks():
            if file:
                self.write(file, content)
            elif language == "sh":
                said = self.run_command("bash", "-euo", "pipefail", "-c", content)
                commands += 1
            elif language == "text":
                for line in content.splitlines():
                    pattern = ".*".join(re.escape(part) for part in line.split("..."))
                    self.assertRegex(said, "(?m)^" + pattern + "$")
        self.assertGreaterEqual(commands, 4)


if __name__ == "__main__":
    assert LACUNA.exists(), f"{LACUNA} is missing"
    unittest.main(verbosity=2)
