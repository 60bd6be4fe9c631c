"""Taking changes back on the command line."""

from pathlib import Path

import pytest

from tests.helpers.commands import Command, commands_on


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    return commands_on(tmp_path / "library", capsys)


def test_changes_are_listed_and_taken_back_the_latest_first(cli: Command) -> None:
    assert cli("entities", "add", "Haftar", "--type", "person")[0] == 0
    assert cli("saved", "add", "port", "tobruk")[0] == 0
    code, rows, _ = cli("undo", "--list")
    assert (code, [row["change"] for row in rows]) == (
        0, ["saving a search", "tracking a name"],
    )  # fmt: skip
    assert rows[0]["at"].endswith("Z")
    assert len(cli("undo", "--list", "--limit", "1")[1]) == 1
    assert cli("undo")[:2] == (0, {"undone": "saving a search"})
    assert cli("saved")[1] == []
    assert cli("undo")[:2] == (0, {"undone": "tracking a name"})
    assert cli("entities")[1] == []


def test_nothing_to_undo_is_said(cli: Command) -> None:
    assert cli("undo", "--list")[:2] == (0, [])
    code, out, said = cli("undo")
    assert (code, out) == (1, None)
    assert "nothing to undo" in said
