"""Looking into the gazetteer of outlets."""

from tests.unit.cli.command_line import CommandLine


def test_outlets_are_listed_with_all_that_is_known_of_them(cli: CommandLine) -> None:
    (row,) = cli.json("outlets", "wsj.com")
    assert row["name"] == "The Wall Street Journal"
    assert "WSJ" in row["short"]
    assert (row["country"], row["owner"], row["kind"]) == ("US", "News Corp", "newspaper")
    assert len(cli.json("outlets")) > 400
    assert not cli.library.exists()


def test_what_nobody_is_called_is_an_empty_list_and_a_hint(cli: CommandLine) -> None:
    outcome = cli("outlets", "no such outlet", "--json")
    assert (outcome.code, outcome.json) == (0, [])
    assert "no such outlet" in outcome.sentence
