#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What the shells and the man pages know is what --help says: no command or option is forgotten."""

import re
import unittest

from support import LACUNA, PREFIX, Author, has, has_terminals

BASH = PREFIX / "share/bash-completion/completions/lacuna"
ZSH = PREFIX / "share/zsh/site-functions/_lacuna"
FISH = PREFIX / "share/fish/vendor_completions.d/lacuna.fish"
MAN = PREFIX / "share/man/man1"

STUDY = """
set Case = case.prm
subsection Axes
  subsection volume
    set Parameter = Geometry/Box/Size y
    set Values    = 1 mm, 2 mm
  end
  subsection height
    subsection Levels
      subsection low
        subsection Geometry
          subsection Box
            set Size z = 0.5 mm
          end
        end
      end
      subsection tall
      end
    end
  end
end
"""


class Shell(Author):
    known: dict[tuple[str, ...], tuple[list[str], list[str]]] | None = None  # the commands, asked for once

    def help_of(self, *command):
        return self.run_command("lacuna", *command, "--help")

    def commands(self):
        """Every command, () or ('plugin', 'info'), with its subcommands and long options."""
        if Shell.known is None:
            Shell.known = {}
            waiting: list[tuple[str, ...]] = [()]
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
    def page_of(self, command):
        """The man page on which a command is described: its own, or that of all."""
        own = MAN / f"lacuna-{command[0]}.1" if command else None
        return own if own and own.exists() else MAN / "lacuna.1"

    def test_every_command_and_option_is_in_every_file(self):
        for command, (below, options) in self.commands().items():
            files = {
                BASH: BASH.read_text(),
                ZSH: ZSH.read_text(),
                FISH: FISH.read_text().replace(" -l ", " --"),
                self.page_of(command): self.page_of(command).read_text().replace("\\-", "-"),
            }
            for file, text in files.items():
                for word in below + options:
                    with self.subTest(file=file.name, command=command, word=word):
                        self.assertTrue(re.search(rf"(?<![\w-]){word}(?![\w-])", text))

    def test_no_page_knows_options_that_there_are_not(self):
        for page in MAN.glob("lacuna*.1"):
            known = {option for command, (_, options) in self.commands().items()
                     if self.page_of(command) == page for option in options}
            written = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", page.read_text().replace("\\-", "-")))
            self.assertLessEqual(written, known, page.name)

    def test_pages_name_pages_that_there_are(self):
        for page in MAN.glob("lacuna*.1"):
            text = page.read_text().replace("\\-", "-")
            named = set(re.findall(r"(lacuna[\w-]*) \(1\)", text)) - {page.stem}
            self.assertTrue(named, page.name)
            for name in named:
                self.assertTrue((MAN / f"{name}.1").exists(), f"{name} in {page.name}")

    @unittest.skipUnless(has("groff"), "no groff")
    def test_the_man_pages_are_sound(self):
        for page in MAN.glob("lacuna*.1"):
            self.assertEqual(self.run_command("groff", "-man", "-ww", "-z", page), "")

    @unittest.skipUnless(has("zsh"), "no zsh")
    def test_zsh_reads_its_file(self):
        self.assertEqual(self.run_command("zsh", "-n", ZSH), "")


class WithStudy(Shell):
    def write_study(self):
        self.write("case.prm", f"include {PREFIX}/share/lacuna/parameter-files/cookbook/dose-and-supply.prm\n")
        self.write("volumes.prm", STUDY)


class Bash(WithStudy):
    def test_offers_exactly_the_commands_and_options_there_are(self):
        for command, (below, options) in self.commands().items():
            with self.subTest(command):
                self.assertEqual(sorted(self.complete("lacuna", *command, "--")), sorted(options))
                if below:
                    offered = set(self.complete("lacuna", *command, "")) - {"home"}  # a folder
                    self.assertEqual(sorted(offered), sorted(below))

    def test_completes_the_beginning_of_a_word(self):
        self.assertEqual(self.complete("lacuna", "par"), ["parameters"])
        self.assertEqual(self.complete("lacuna", "run", "case.prm", "--ov"), ["--overwrite"])

    def test_offers_parameter_files_and_folders(self):
        for name in ("a case.prm", "notes.txt", "cases/one.prm"):
            self.write(name, "")
        self.assertEqual(self.complete("lacuna", "run", ""), ["cases", "home", "a case.prm"])
        self.assertEqual(self.complete("lacuna", "check", "cases/"), ["cases/one.prm"])
        self.assertEqual(self.complete("lacuna", "run", "a case.prm", "--output", "c"), ["cases"])

    def test_offers_studies(self):
        for name in ("volumes.prm", "notes.txt", "results/study.json"):
            self.write(name, "")
        commands = ["collect", "resume", "status"]
        self.assertEqual(sorted(self.complete("lacuna", "study", "")),
                         sorted(commands + ["home", "results", "volumes.prm"]))
        self.assertEqual(self.complete("lacuna", "study", "resume", "r"), ["results"])
        self.assertEqual(self.complete("lacuna", "report", "r"), ["results"])
        self.assertEqual(self.complete("lacuna", "study", "volumes.prm", "--to", ""), ["slurm", "snakemake"])
        self.assertEqual(self.complete("lacuna", "study", "volumes.prm", "--jobs", ""), [""])
        self.assertEqual(self.complete("lacuna", "study", "volumes.prm", "--set", "Time/End", "=", ""), [""])

    def test_offers_what_only_can_ask_of_a_study(self):
        self.write_study()
        line = ("lacuna", "study", "volumes.prm", "--only")
        self.assertEqual(self.complete(*line, ""), ["height=low", "height=tall", "volume=1 mm", "volume=2 mm"])
        self.assertEqual(self.complete(*line, "height", "="), ["low", "tall"])
        self.assertEqual(self.complete(*line, "height", "=", "t"), ["tall"])
        self.run_command("lacuna", "study", "volumes.prm", "--output", "results", "--to", "slurm")
        begun = ("lacuna", "study", "resume", "results", "--quiet", "--only")
        self.assertEqual(self.complete(*begun, "v"), ["volume=1 mm", "volume=2 mm"])

    def test_offers_laws(self):
        expected = ["bibby-metabolism"]
        self.assertEqual(self.complete("lacuna", "plugin", "info", "bib"), expected)
        self.assertEqual(self.complete("lacuna", "parameters", "--plugin", "bib"), expected)
        self.write("mine.so", "")
        self.assertEqual(self.complete("lacuna", "plugin", "check", "./m"), ["./mine.so"])


# Types a line into a zsh that has the completion, and presses the key that lists what there is.
ZSH_LISTS = """
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'RPS1=; stty columns 200; fpath=({folder} $fpath); autoload -U compinit; compinit -u -D'
zpty -w shell 'zstyle ":completion:*" list-separator :; LISTMAX=1000; bindkey "^D" list-choices'
zpty -w shell 'PS1="wait""ing>"; echo RE""ADY'
zpty -r -m shell text '*READY*waiting>*' # keys that come before the prompt are not for the editor
zpty -w -n shell $'{line}\\x04'
zpty -w shell $'\\x15echo DO""NE'
zpty -r -m shell text '*DONE*'
print -r -- $text
"""


@unittest.skipUnless(has("zsh") and has_terminals(), "no zsh, or no pseudo-terminals for it")
class Zsh(WithStudy):
    def lists(self, line):
        """What zsh prints when it is asked to list the completions of a line."""
        script = self.write("list.zsh", ZSH_LISTS.format(folder=ZSH.parent, line=line))
        return re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", self.run_command("zsh", "-f", script))

    def test_offers_the_options_there_are(self):
        for command in ((), ("run",), ("study",), ("study", "resume"), ("study", "status"), ("report",)):
            said = self.lists(" ".join(("lacuna",) + command + ("--",)))
            for option in self.commands()[command][1]:
                self.assertRegex(said, rf"(?m)(^|\s){option}(?![\w-])", command)

    def test_offers_what_only_can_ask_of_a_study(self):
        self.write_study()
        said = self.lists("lacuna study volumes.prm --only height")
        self.assertIn("height=low", said)
        self.assertIn("height=tall", said)


@unittest.skipUnless(has("fish"), "no fish")
class Fish(WithStudy):
    def complete(self, line):
        said = self.run_command("fish", "-c", f"source {FISH}; complete -C '{line}'")
        return sorted(offer.split("\t")[0] for offer in said.splitlines())

    def test_offers_the_options_there_are(self):
        for command, (_, options) in self.commands().items():
            line = " ".join(("lacuna",) + command + ("--",))
            self.assertEqual(self.complete(line), sorted(options), line)

    def test_offers_what_only_can_ask_of_a_study(self):
        self.write_study()
        self.assertEqual(self.complete("lacuna study volumes.prm --only height"), ["height=low", "height=tall"])
        self.assertEqual(self.complete("lacuna study volumes.prm --to s"), ["slurm", "snakemake"])
        self.assertIn("resume", self.complete("lacuna study "))


if __name__ == "__main__":
    assert LACUNA.exists(), f"{LACUNA} is missing"
    unittest.main(verbosity=2)
