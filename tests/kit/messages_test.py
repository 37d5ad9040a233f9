#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Each way in which a law does not fit a case has its own sentence, word for word."""

import unittest

from builds_test import CASE
from support import LACUNA, Author

CELLS = 'Species cells = population("NP cells", "1/mL");'
FAULTS = {
    "an unknown field": (
        CELLS + ' Field f = field("glucos", "mM");',
        "law 'mine' reads 'glucos', which does not exist here; did you mean 'glucose'?\n",
    ),
    "a solute in a wrong unit": (
        CELLS + ' Field f = field("glucose", "kPa");',
        "law 'mine' declares glucose in 'kPa', which does not measure amount concentration (for example mM); "
        "declare it in mM.",
    ),
    "a population in a wrong unit": (
        'Species cells = population("NP cells", "mM");',
        "law 'mine' declares NP cells in 'mM', which does not measure number density (for example 1/mL); "
        "declare it in 1/mL.",
    ),
    "what follows from other quantities": (
        CELLS + ' Species p = solute("pH", "1");',
        "law 'mine' changes 'pH', which follows from other quantities and can only be read.",
    ),
    "a place": (
        CELLS + ' Species p = solute("x", "mm");',
        "law 'mine' changes 'x', which follows from other quantities and can only be read.",
    ),
    "a population that the case has not": (
        'Species cells = population("MSC", "1/mL");',
        "law 'mine' changes 'MSC', which does not exist here",
    ),
    "a species of the case as its own": (
        CELLS + ' Species s = mobile_species("glucose", "mM", "", in_water(1e-9, "m^2/s"));',
        "'glucose' is already the name of another species; choose another\n",
    ),
    "an exception while it is created": (
        "Test() { throw 5; }",
        "law 'mine' stopped with an exception of unknown type; say what is wrong with "
        "lacuna::refuse",
    ),
    "its own refusal": (
        'Parameter a = parameter("A", 1, "1", ""); bool b = (lacuna::refuse("needs A below %g.", '
        "0.5), true);",
        "law 'mine' needs A below 0.5.",
    ),
}


class Faults(Author):
    def test_every_fault_is_told(self):
        for fault, (members, sentence) in FAULTS.items():
            with self.subTest(fault):
                law = self.build("mine", members, "g++ -std=c++17")
                case = self.write(
                    "case.prm", CASE % f"  subsection mine\n    set Law = {law}\n  end\n"
                )
                text = self.run_command("lacuna", "run", case, "--output", "results", status=2)
                self.assertIn(sentence, text)
                self.assertTrue(text.startswith("error: "), text)
                self.assertFalse((self.folder / "results").exists())


if __name__ == "__main__":
    assert LACUNA.exists(), f"{LACUNA} is missing"
    unittest.main(verbosity=2)
