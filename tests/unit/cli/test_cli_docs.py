"""docs/command-line.md tells of every command and of every option, and of no other."""

import argparse
import re
from pathlib import Path

import pytest

from reader.cli.arguments import parser_of
from reader.cli.commands import COMMANDS

TEXT = (Path(__file__).parents[3] / "docs" / "command-line.md").read_text(encoding="utf-8")
GLOBAL = {"--library", "--json", "--log", "--trace-sql", "--help", "--version"}


def sections() -> dict[str, str]:
    """The text under each heading `### name …`, by command."""
    parts = re.split(r"^### `(.+?)`.*$", TEXT, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def options(name: str) -> set[str]:
    parser = parser_of(COMMANDS[name])
    return {
        option
        for action in parser._actions
        if not isinstance(action, argparse._HelpAction)
        for option in action.option_strings
    }


def test_every_command_has_a_section_and_every_section_a_command() -> None:
    assert sorted(sections()) == sorted(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_section_names_all_options_of_its_command_and_no_others(name: str) -> None:
    named = set(re.findall(r"(?<![\w-])--[a-z-]+", sections()[name]))
    assert named - GLOBAL == options(name)


def test_the_options_that_stand_anywhere_are_described() -> None:
    start = TEXT.partition("\n### ")[0]
    assert {option for option in GLOBAL if option in start} == GLOBAL
