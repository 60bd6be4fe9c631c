"""The commands about what is said of a name, in tables, in JSON and as files."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.unit.cli.command_line import CommandLine

pytestmark = pytest.mark.usefixtures("news")


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_name_is_shown_by_time_outlet_language_and_company(cli: CommandLine) -> None:
    found = cli.json("entities", "show", "salem haddar", "--period", "30d", "--by", "week")
    assert found["name"] == "Salem Haddar"
    assert (found["by"], found["period"]["copies"]) == ("week", "counted")
    assert found["articles"] == 5
    assert sum(column["articles"] for column in found["timeline"]) == 5
    assert sum(one["articles"] for one in found["outlets"]) == 5
    assert {one["outlet"] for one in found["outlets"]} == {"Coast Courier", "Мир «сегодня» [a-z]+"}
    met = {one["name"]: one for one in found["appears_with"]}
    assert (met["S-400"]["articles"], met["S-400"]["sentences"]) == (2, 1)
    assert found["first_seen"]["at"] <= found["last_seen"]["at"]


def test_a_name_is_counted_by_the_hour(cli: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    words = ("entities", "show", "Derna", "--by", "hour", "--csv", str(path))
    found = cli.json(*words, "--period", "30d")
    assert found["by"] == "hour"
    assert sum(column["articles"] for column in found["timeline"]) == found["articles"] > 0
    edges = [(column["from"], column["to"]) for column in found["timeline"]]
    assert [one[1] for one in edges[:-1]] == [following[0] for following in edges[1:]]
    for begin, end in edges:
        moments = [datetime.fromisoformat(edge) for edge in (begin, end)]
        assert moments[0].tzinfo is not None
        assert timedelta() < moments[1] - moments[0] <= timedelta(hours=1)
    assert [tuple(row[:2]) for row in rows(path)[1:]] == edges
    compared = cli.json("entities", "compare", "Derna", "--by", "hour", "--period", "2d")
    assert (compared["columns"][-1]["from"], compared["columns"][-1]["to"]) == edges[-1]
    assert edges[-1][0] in cli(*words, "--period", "30d").out


def test_a_period_too_long_for_hours_is_said(cli: CommandLine) -> None:
    for words in (("show", "Derna"), ("compare", "Derna", "LLA")):
        done = cli("entities", *words, "--by", "hour", "--period", "63d", "--json")
        assert done.json["by"] == "day"
        assert "too long for hours: it is counted in days" in done.err
    assert "too long" not in cli("entities", "show", "Derna", "--period", "63d").err


def test_a_person_reads_tables(cli: CommandLine) -> None:
    out = cli("entities", "show", "Derna").out
    assert out.startswith("Derna: ")
    assert "First seen" in out
    assert "appears with" in out
    assert "▇" in out
    compared = cli("entities", "compare", "Derna", "S-400", "--period", "2d").out
    assert compared.splitlines()[0].split() == ["day", "Derna", "S-400"]
    assert compared.splitlines()[-1].startswith("articles")


@pytest.mark.parametrize(
    ("table", "first"),
    [("time", "from"), ("outlets", "outlet"), ("languages", "language"), ("company", "name")],
)
def test_each_table_can_be_written(
    cli: CommandLine, tmp_path: Path, table: str, first: str
) -> None:
    path = tmp_path / "out.csv"
    done = cli("entities", "show", "Derna", "--csv", str(path), "--table", table)
    head, *body = rows(path)
    assert head[0] == first
    assert f"{len(body)} rows written" in done.err


def test_names_are_compared_over_one_time(cli: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    found = cli.json(
        "entities", "compare", "Derna", "S-400", "LLA", "--period", "7d", "--csv", str(path)
    )
    assert len(found["columns"]) == 7
    assert [one["name"] for one in found["entities"]] == ["Derna", "S-400", "LLA"]
    for one in found["entities"]:
        assert sum(each["articles"] for each in one["timeline"]) == one["articles"]
    assert rows(path)[0] == [
        "from", "to", "Derna", "S-400", "LLA", "Derna (mentions)", "S-400 (mentions)",
        "LLA (mentions)",
    ]  # fmt: skip


def test_sentences_mark_the_name_and_the_other(cli: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    found = cli.json("entities", "sentences", "S-400", "--with", "Salem Haddar", "--csv", str(path))
    (one,) = found
    named = {m["entity"]: one["text"][m["start"] : m["end"]] for m in one["mentions"]}
    assert named == {"Salem Haddar": "Хаддар", "S-400": "С-400"}
    assert rows(path)[1][-1] == one["text"]


def test_what_was_left_out_is_said(cli: CommandLine) -> None:
    done = cli("entities", "sentences", "Derna", "--limit", "1", "--json")
    assert len(done.json) == 1
    assert "There are more" in done.err
    nothing = cli("entities", "sentences", "LLA", "--with", "Derna", "--json")
    assert nothing.json == []
    assert "“LLA” and “Derna”" in nothing.sentence
    assert "No article" in cli("entities", "show", "LLA", "--json").err


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["show", "Derna", "--period", "week"], 2, "30d, 12w, 6m, 1y or all"),
        (["show", "Nobody"], 1, "no tracked entity named"),
        (["compare", *["Derna", "S-400", "LLA", "Salem Haddar", "Derna"], "X"], 1, "“X”"),
        (["sentences", "Derna", "--with", "Nobody"], 1, "“Nobody”"),
        (["show", "Derna", "--csv", "/nowhere/at/all.csv"], 1, "cannot be written"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    cli: CommandLine, words: list[str], code: int, says: str
) -> None:
    done = cli("entities", *words)
    assert done.code == code
    assert says in done.err
