"""Saved searches on the command line: how they alert, where they stand, how they were judged."""

import json
from typing import Any

import pytest

from tests.unit.cli.command_line import CommandLine, News

USUAL = {
    "when": "at once", "channels": ["desktop"], "quiet": "", "cooldown_minutes": 0,
    "priority": "normal", "sound": False, "max_age_hours": 0, "each_outlet": False,
}  # fmt: skip
GIVEN = (
    "--when weekly --channel email --channel command --quiet 22:00-07:00 --cooldown 30 "
    "--priority high --sound --max-age 12 --each-outlet"
)
SET = {
    "when": "weekly", "channels": ["email", "command"], "quiet": "22:00-07:00",
    "cooldown_minutes": 30, "priority": "high", "sound": True, "max_age_hours": 12,
    "each_outlet": True,
}  # fmt: skip


def rule(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in USUAL}


def test_new_search_alerts_as_usual_unless_it_is_told_how(cli: CommandLine) -> None:
    plain = cli.json("saved", "add", "plain", "port")
    assert (rule(plain), plain["alert"], plain["folder"]) == (USUAL, False, "")
    told = cli.json("saved", "add", "told", "port", "--alert", "--folder", "Sea", *GIVEN.split())
    assert (rule(told), told["alert"], told["folder"]) == (SET, True, "Sea")
    assert [rule(row) for row in cli.json("saved")] == [USUAL, SET]


@pytest.mark.parametrize(
    ("words", "part", "value"),
    [
        ("--when at-once", "when", "at once"),
        ("--channel desktop", "channels", ["desktop"]),
        ("--no-channel", "channels", []),
        ("--quiet none", "quiet", "none"),
        ("--quiet usual", "quiet", ""),
        ("--cooldown 0", "cooldown_minutes", 0),
        ("--priority low", "priority", "low"),
        ("--no-sound", "sound", False),
        ("--max-age 0", "max_age_hours", 0),
        ("--no-each-outlet", "each_outlet", False),
        ("--no-alert", "alert", False),
        ("--no-folder", "folder", ""),
        ("--folder Ports", "folder", "Ports"),
        ("--name other", "name", "other"),
    ],
)
def test_edit_changes_what_is_named_and_nothing_else(
    cli: CommandLine, words: str, part: str, value: object
) -> None:
    before = cli.json("saved", "add", "x", "port", "--alert", "--folder", "Sea", *GIVEN.split())
    assert cli.json("saved", "edit", "x", *words.split()) == {**before, part: value}


@pytest.mark.parametrize(
    "words",
    ["--when monthly", "--channel post", "--quiet 22-7", "--quiet 07:00-07:00", "--cooldown x",
     "--cooldown -1", "--max-age 99999999", "--priority urgent", "--channel email --no-channel",
     "--folder A --no-folder", "strait --query gulf"],
)  # fmt: skip
def test_impossible_rule_is_refused_and_changes_nothing(cli: CommandLine, words: str) -> None:
    before = cli.json("saved", "add", "x", "port")
    outcome = cli("saved", "edit", "x", *words.split(), "--json")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.sentence
    assert cli.json("saved") == [before]


def test_rule_without_an_alert_is_kept_with_a_hint(cli: CommandLine) -> None:
    outcome = cli("saved", "add", "x", "port", "--when", "daily")
    assert "turn it on with --alert" in outcome.err
    assert cli.json("saved")[0]["when"] == "daily"


def test_table_says_when_it_alerts_and_where_it_stands(cli: CommandLine) -> None:
    cli("saved", "add", "loud", "port", "--alert", "--when", "daily", "--folder", "Sea")
    cli("saved", "add", "still", "strait")
    head, loud, still = cli("saved").out.splitlines()
    assert head.split() == ["total", "unread", "alert", "folder", "name", "query"]
    assert loud.split() == ["0", "0", "daily", "Sea", "loud", "port"]
    assert still.split() == ["0", "0", "still", "strait"]


def test_judging_counts_and_can_be_taken_back(news: News, cli: CommandLine) -> None:
    first, second, *_ = (row["id"] for row in cli.json("articles"))
    judged = cli.json("saved", "judge", "radars", str(first), str(second), "--keep")
    assert judged == {
        "saved_search": "radars", "changed": 2, "kept": 2, "noise": 0, "precision": 1.0,
    }  # fmt: skip
    assert cli.json("saved", "judge", "radars", str(first), "--noise")["precision"] == 0.5
    (row,) = [row for row in cli.json("saved") if row["name"] == "radars"]
    assert (row["kept"], row["noise"]) == (1, 1)
    cleared = cli.json("saved", "judge", "radars", str(first), str(second), "--clear")
    assert (cleared["changed"], cleared["precision"]) == (2, None)
    assert cli.json("saved", "judge", "radars", str(first), "--clear")["changed"] == 0


def test_unknown_article_is_named_and_nothing_is_judged(news: News, cli: CommandLine) -> None:
    known = str(cli.json("articles")[0]["id"])
    outcome = cli("saved", "judge", "radars", known, "99999", "--keep")
    assert (outcome.code, "99999" in outcome.sentence) == (1, True)
    assert [row["kept"] for row in cli.json("saved") if row["name"] == "radars"] == [0]


def test_verdict_is_needed(news: News, cli: CommandLine) -> None:
    assert cli("saved", "judge", "radars", "1").code == 2


def test_listing_can_be_imported_again(
    cli: CommandLine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cli("saved", "add", "x", "port", "--alert", "--folder", "Sea", *GIVEN.split())
    (row,) = cli.json("saved")
    file = tmp_path_factory.mktemp("out") / "saved.json"
    file.write_text(json.dumps([row]))
    cli("saved", "remove", "x")
    assert cli.json("import", str(file))["added"] == 1
    assert cli.json("saved") == [row]
    assert cli.json("import", str(file))["known"] == 1


def test_percolation_asks_about_all_that_is_told_of_an_article(cli: CommandLine) -> None:
    for name, query in (
        ("lead", "lead:port"), ("url", "url:harbour"), ("author", "author:ann"),
        ("old", "date:2024-12-16"), ("russian", "lang:ru"),
    ):  # fmt: skip
        cli("saved", "add", name, query)
    told = {
        "title": "T", "text": "B", "lead": "The Port.", "url": "https://a.example/harbour",
        "author": "Ann Lee", "published": "2024-12-16T12:00:00Z", "language": "ru",
    }  # fmt: skip
    lines = [{"title": "T", "text": "B"}, told]
    rows = cli.json("percolate", "-", stdin="\n".join(map(json.dumps, lines)).encode())
    assert {(row["line"], row["saved_search"]) for row in rows} == {
        (2, name) for name in ("lead", "url", "author", "old", "russian")
    }
    (why,) = next(row["why"] for row in rows if row["saved_search"] == "lead")
    assert (why["field"], why["start"], why["end"], why["text"]) == ("lead", 4, 8, "Port")


def test_places_beyond_the_first_ones_are_counted(cli: CommandLine) -> None:
    cli("saved", "add", "port", "port")
    told = json.dumps({"title": "T", "text": "port " * 237}).encode()
    (row,) = cli.json("percolate", "-", stdin=told)
    assert (len(row["why"]), row["more"]) == (200, 37)


@pytest.mark.parametrize(
    "line", ['{"title": "a", "published": "yesterday"}', '{"published": 5}', '{"url": []}']
)
def test_wrong_part_of_an_article_is_named_with_its_line(cli: CommandLine, line: str) -> None:
    outcome = cli("percolate", "-", "--json", stdin=b'{"title": "a"}\n' + line.encode())
    assert (outcome.code, outcome.out) == (1, "")
    assert "Line 2" in outcome.sentence


def test_what_a_terminal_would_obey_is_not_said_to_it(cli: CommandLine) -> None:
    name = "ports\x1b[2J\x9b2J\x07"
    added = cli("saved", "add", name, "port")
    assert "ports\ufffd[2J\ufffd2J\ufffd" in added.out
    spoken = cli("saved").out + cli("saved", "run", name + "x").err
    assert not {"\x1b", "\x9b", "\x07"} & set(spoken)
    assert cli.json("saved")[0]["name"] == name


def test_new_alert_says_how_often_it_will_be_heard_of(news: News, cli: CommandLine) -> None:
    heard = cli("saved", "add", "all", "haddar", "--alert").err
    assert "Expect " in heard
    assert " a day" in heard
    assert "no alert tells of it" in cli("saved", "edit", "all", "haddar is:starred").err
    assert "Expect " not in cli("saved", "edit", "all", "--name", "some").err
    assert "Expect " not in cli("saved", "add", "quiet", "haddar").err
