"""Context rules, warnings and languages on the command line."""

from pathlib import Path

import pytest

from tests.helpers.commands import Command, commands_on


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    return commands_on(tmp_path / "library", capsys)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    return tmp_path / "text.txt"


def found(cli: Command, text: Path, written: str, *options: str) -> list[str]:
    text.write_text(written, encoding="utf-8")
    return [row["text"] for row in cli("annotate", str(text), *options)[1]]


def test_a_name_counts_only_near_the_words_that_it_requires(cli: Command, text: Path) -> None:
    near = ("--requires", "CIA", "director", "--not", "Ken", "--within", "3")
    assert cli("entities", "add", "Burns", "--type", "person", *near)[0] == 0
    assert found(cli, text, "Burns of the CIA") == ["Burns"]
    assert found(cli, text, "Burns") == found(cli, text, "CIA, Ken Burns") == []
    assert cli("entities", "edit", "Burns", "--no-rules")[0] == 0
    assert found(cli, text, "Burns") == ["Burns"]


def test_editing_something_else_keeps_rules_and_the_options_of_aliases(
    cli: Command, text: Path, tmp_path: Path
) -> None:
    file = tmp_path / "list.json"
    file.write_text(
        '{"entities": [{"name": "Elsewhere", "type": "place", "rules": [{"not": ["film"]}],'
        ' "aliases": [{"text": "drone", "plural": true}, "kite"]}]}'
    )
    assert cli("import", str(file))[0] == 0
    assert cli("entities", "edit", "Elsewhere", "--alias", "drone", "balloon")[0] == 0
    assert found(cli, text, "drones, kites and balloons; balloon") == ["drones", "balloon"]
    assert found(cli, text, "a film of drones") == []


def test_doubtful_names_are_taken_with_a_warning(cli: Command) -> None:
    code, row, said = cli("entities", "add", "Nice", "--type", "place")
    assert (code, row["name"]) == (0, "Nice")
    assert said.startswith("“Nice” is also an everyday word")
    said = cli("entities", "add", "City", "--type", "topic", "--alias", "NICE")[2]
    assert "“NICE” is also an alias of “Nice” (default)" in said


def test_a_rule_without_sense_is_refused(cli: Command) -> None:
    code, row, said = cli("entities", "add", "Burns", "--type", "person", "--requires", "?")
    assert (code, row) == (2, None)
    assert "has no word to look for" in said


def test_the_language_of_a_text_can_be_told(cli: Command, text: Path) -> None:
    cli("entities", "add", "Libya", "--type", "place")
    assert found(cli, text, "Libyada", "--language", "tr") == ["Libyada"]
    assert found(cli, text, "Libyada") == []
