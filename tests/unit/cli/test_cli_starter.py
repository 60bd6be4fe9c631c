"""Taking in a watchlist that the program brings along."""

from tests.unit.cli.command_line import CommandLine


def test_a_bundled_list_is_listed_taken_in_once_and_counted(cli: CommandLine) -> None:
    (row,) = cli.json("starters")
    assert (row["name"], row["tracked"]) == ("libya-syria", 0)
    assert cli.json("entities") == []
    nothing: dict[str, object] = {"dropped": [], "rejected": []}
    report = {"kind": "watchlist", "added": row["entities"], "known": 0, **nothing}
    assert cli.json("starters", "add", "libya-syria") == report
    again = {**report, "added": 0, "known": row["entities"]}
    assert cli.json("starters", "add", "libya-syria") == again
    assert cli.json("starters") == [{**row, "tracked": row["entities"]}]
    assert len(cli.json("entities")) == row["entities"]


def test_an_unknown_list_is_one_sentence_and_changes_nothing(cli: CommandLine) -> None:
    outcome = cli("starters", "add", "atlantis")
    assert (outcome.code, outcome.out) == (1, "")
    assert "libya-syria" in outcome.sentence
    assert cli.json("entities") == []
