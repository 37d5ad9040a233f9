#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What the shells and the man page know is what --help says: no command or option is forgotten."""

import re
import unittest

from support import LACUNA, PREFIX, Author, has

BASH = PREFIX / "share/bash-completion/completions/lacuna"
ZSH = PREFIX / "share/zsh/site-functions/_lacuna"
FISH = PREFIX / "share/fish/vendor_completions.d/lacuna.fish"
MAN = PREFIX / "share/man/man1/lacuna.1"


class Shell(Author):
    known = None  # the commands, asked for once

    def help_of(self, *command):
        return self.run_command("lacuna", *command, "--help")

    def commands(self):
        """Every command, () or ('plugin', 'info'), with its subcommands and long options."""
        if Shell.known is None:
            Shell.known = {}
            waiting = [()]
            while waiting:
                command = waiting.pop()
                text = self.help_of(*command)
                options = re.findall(r"^  (?:-\w,)?(--[\w-]+)", text, re.MULTILINE)
                listed = re.search(r"^Subcommands:\n((?:  .*\n)+)", text, re.MULTILINE)
                below = re.findall(r"^  (\w+)", listed[1], re.MULTILINE) if listed else []
                Shell.known[command] = (below, options)
                waiting += [command + (name,) for name in below]
        return Shell.known

    def complete(self, *words):
        """What bash offers for the last of these words."""
        line = " ".join(words)
        script = f"""
            compopt() {{ :; }} # only works while readline completes
            source {BASH}
            complete -p lacuna >/dev/null || exit 1
            COMP_WORDS=({" ".join(f"'{word}'" for word in words)})
            COMP_CWORD={len(words) - 1} COMP_LINE='{line}' COMP_POINT={len(line)}
            _lacuna lacuna '{words[-1]}' '{words[-2]}'
            printf '%s\\n' "${{COMPREPLY[@]}}"
        """
        return self.run_command("bash", "-uc", script).split("\n")[:-1]


class Help(Shell):
    def test_finds_the_commands(self):
        found = self.commands()
        self.assertIn("run", found[()][0])
        self.assertIn("--version", found[()][1])
        self.assertIn("--set", found[("plugin", "info")][1])
        everything = self.run_command("lacuna", "--help-all")
        for command in found:
            for word in command:
                self.assertRegex(everything, rf"(?m)^ *{word}\b")

    def test_ends_with_examples_of_known_options(self):
        known = {option for _, options in self.commands().values() for option in options}
        for command in self.commands():
            with self.subTest(command):
                examples = re.search(r"\nExamples?:\n((?:  .+\n)+)\s*$", self.help_of(*command))
                self.assertIsNotNone(examples)
                self.assertIn(" ".join(("lacuna",) + command), examples[1])
                self.assertLessEqual(set(re.findall(r"--[\w-]+", examples[1])), known)


class Drift(Shell):
    def test_every_command_and_option_is_in_every_file(self):
        files = {
            BASH: BASH.read_text(),
            ZSH: ZSH.read_text(),
            FISH: FISH.read_text().replace(" -l ", " --"),
            MAN: MAN.read_text().replace("\\-", "-"),
        }
        for file, text in files.items():
            for command, (below, options) in self.commands().items():
                for word in below + options:
                    with self.subTest(file=file.name, command=command, word=word):
                        self.assertRegex(text, rf"(?<![\w-]){word}(?![\w-])")

    @unittest.skipUnless(has("groff"), "no groff")
    def test_the_man_page_is_sound(self):
        said = self.run_command("groff", "-man", "-ww", "-z", MAN)
        self.assertEqual(said, "")

    @unittest.skipUnless(has("zsh"), "no zsh")
    def test_zsh_reads_its_file(self):
        self.assertEqual(self.run_command("zsh", "-n", ZSH), "")


class Bash(Shell):
    def test_offers_exactly_the_commands_and_options_there_are(self):
        for command, (below, options) in self.commands().items():
            with self.subTest(command):
                self.assertEqual(sorted(self.complete("lacuna", *command, "--")), sorted(options))
                if below:
                    self.assertEqual(sorted(self.complete("lacuna", *command, "")), sorted(below))

    def test_completes_the_beginning_of_a_word(self):
        self.assertEqual(self.complete("lacuna", "par"), ["parameters"])
        self.assertEqual(self.complete("lacuna", "run", "case.prm", "--ov"), ["--overwrite"])

    def test_offers_parameter_files_and_folders(self):
        for name in ("a case.prm", "notes.txt", "cases/one.prm"):
            self.write(name, "")
        self.assertEqual(self.complete("lacuna", "run", ""), ["cases", "home", "a case.prm"])
        self.assertEqual(self.complete("lacuna", "check", "cases/"), ["cases/one.prm"])
        self.assertEqual(self.complete("lacuna", "run", "a case.prm", "--output", "c"), ["cases"])

    def test_offers_laws(self):
        expected = ["bibby-metabolism"]
        self.assertEqual(self.complete("lacuna", "plugin", "info", "bib"), expected)
        self.assertEqual(self.complete("lacuna", "parameters", "--plugin", "bib"), expected)
        self.write("mine.so", "")
        self.assertEqual(self.complete("lacuna", "plugin", "check", "./m"), ["./mine.so"])


@unittest.skipUnless(has("fish"), "no fish")
class Fish(Shell):
    def test_offers_the_options_there_are(self):
        for command, (_, options) in self.commands().items():
            line = " ".join(("lacuna",) + command + ("--",))
            said = self.run_command("fish", "-c", f"source {FISH}; complete -C '{line}'")
            offered = [line.split("\t")[0] for line in said.splitlines()]
            self.assertEqual(sorted(offered), sorted(options), line)


if __name__ == "__main__":
    assert LACUNA.exists(), f"{LACUNA} is missing"
    unittest.main(verbosity=2)
