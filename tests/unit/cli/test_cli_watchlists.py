"""Watchlists, types, merging and importing on the command line."""

import json
from pathlib import Path

import pytest

from reader.paths import LibraryPaths
from reader.store.store import Store
from tests.helpers.commands import Command, commands_on

TEXT = "Haftar met Hifter in Tobruk."


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    return commands_on(tmp_path / "library", capsys)


@pytest.fixture
def lists(cli: Command) -> Command:
    for name, kind, watchlist in (
        ("Haftar", "person", "libya"),
        ("Hifter", "person", "libya"),
        ("Tobruk", "port", "places"),
    ):
        assert cli("entities", "add", name, "--type", kind, "--watchlist", watchlist)[0] == 0
    return cli


def names(cli: Command, *words: str) -> list[str]:
    return sorted(row["name"] for row in cli(*words)[1])


def annotated(cli: Command, tmp_path: Path) -> list[str]:
    (tmp_path / "text.txt").write_text(TEXT)
    return [row["entity"] for row in cli("annotate", str(tmp_path / "text.txt"))[1]]


def test_lists_are_made_renamed_switched_and_removed(lists: Command, tmp_path: Path) -> None:
    assert lists("watchlists", "add", "sea", "--note", "ships")[1] == {
        "name": "sea", "enabled": True, "entities": 0, "articles": 0, "mentions": 0,
        "note": "ships",
    }  # fmt: skip
    assert lists("watchlists", "rename", "SEA", "ports")[1]["name"] == "ports"
    assert lists("watchlists", "note", "ports", "")[1]["note"] == ""
    assert names(lists, "watchlists") == ["libya", "places", "ports"]
    assert lists("watchlists", "disable", "libya")[1]["enabled"] is False
    assert annotated(lists, tmp_path) == ["Tobruk"]
    assert lists("watchlists", "enable", "libya")[1]["enabled"] is True
    assert annotated(lists, tmp_path) == ["Haftar", "Hifter", "Tobruk"]
    assert lists("watchlists", "remove", "Libya")[1] == {"removed": "libya"}
    assert names(lists, "entities") == ["Tobruk"]
    code, out, said = lists("watchlists", "remove", "libya")
    assert (code, out) == (1, None)
    assert "places, ports" in said


def test_entities_of_one_list(lists: Command) -> None:
    assert names(lists, "entities", "--watchlist", "LIBYA") == ["Haftar", "Hifter"]
    assert lists("entities", "--watchlist", "x")[0] == 1


def test_types_have_colours_and_icons(lists: Command) -> None:
    assert lists("types", "add", "ship", "--colour", "teal", "--icon", "star")[1] == {
        "name": "ship", "colour": "teal", "icon": "star", "built_in": False, "entities": 0,
    }  # fmt: skip
    assert lists("types", "edit", "ship", "--colour", "#123ABC", "--name", "vessel")[1] == {
        "name": "vessel", "colour": "#123abc", "icon": "star", "built_in": False, "entities": 0,
    }  # fmt: skip
    assert lists("types", "edit", "person", "--icon", "eye")[1]["icon"] == "eye"
    assert lists("types", "remove", "port", "--to", "place")[1] == {"removed": "port"}
    assert lists("entities", "--watchlist", "places")[1][0]["type"] == "place"
    assert lists("types", "add", "x", "--colour", "sky")[0] == 2
    assert [row["name"] for row in lists("types")[1]][-1] == "vessel"


def test_merging_and_splitting(lists: Command) -> None:
    lists("saved", "add", "names", "entity:hifter")
    row = lists("entities", "merge", "Hifter", "Haftar", "--into", "Haftar")[1]
    assert (row["name"], row["aliases"], row["searches"]) == ("Haftar", ["Hifter"], ["names"])
    row = lists("entities", "split", "Haftar", "--alias", "Hifter", "--into", "General")[1]
    assert (row["name"], row["aliases"], row["watchlist"]) == ("General", ["Hifter"], "libya")
    assert lists("entities", "merge", "Haftar")[0] == 2
    assert lists("entities", "split", "Haftar", "--alias", "X", "--into", "Y")[0] == 1


def test_good_rows_of_a_file_come_in_and_bad_ones_are_listed(cli: Command, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    rows = [f"n,Name {n},person\n" if n % 3 else 'n,"Broken,person\n' for n in range(90)]
    path.write_text("watchlist,name,type\n" + "".join(rows))
    code, report, said = cli("import", str(path))
    assert (code, report["added"], len(report["rejected"])) == (1, 60, 30)
    assert report["rejected"][1]["line"] == 5
    assert "Line 5: " in said
    assert "10 more" in said
    assert len(names(cli, "entities")) == 60
    assert cli("import", str(path))[1]["added"] == 0


def imported(cli: Command, path: Path, text: str) -> tuple[int, list[list[object]]]:
    path.write_text(text, encoding="utf-8")
    code, report, _ = cli("import", str(path))
    return code, [[row["what"], row["line"]] for row in report["rejected"]]


def test_whatever_is_imported_the_exit_code_says_whether_all_came_in(
    cli: Command, tmp_path: Path
) -> None:
    tsv = "1\t1\tp\tMoammar Gaddafi\n"
    assert imported(cli, tmp_path / "a.tsv", tsv) == (0, [])
    assert imported(cli, tmp_path / "a.tsv", tsv + "2\t2\n")[0] == 1
    one = '{"watchlist": "a", "entities": [\n{"name": "Haftar", "type": "person"}'
    assert imported(cli, tmp_path / "a.json", one + "]}") == (0, [])
    assert imported(cli, tmp_path / "a.json", one + ',\n{"name": 5}]}') == (1, [["line", 3]])
    feed = '<?xml version="1.0"?>\n<opml><body>\n<outline xmlUrl="https://a.example/"/>\n'
    assert imported(cli, tmp_path / "a.opml", feed + "</body></opml>") == (0, [])
    mail = '<outline xmlUrl="mailto:ann@a.example"/></body></opml>'
    assert imported(cli, tmp_path / "a.opml", feed + mail) == (1, [["line", 4]])
    good, broken = '{"name": "n", "query": "port"}', '{"name": "n", "query": "(", "broken": "why"}'
    assert imported(cli, tmp_path / "s.json", f"[{good}]") == (0, [])
    assert imported(cli, tmp_path / "s.json", f"[{broken}]") == (1, [["saved search", 1]])


def test_an_import_is_one_small_change(tmp_path: Path, cli: Command) -> None:
    path = tmp_path / "names.csv"
    path.write_text("name,type\n" + "".join(f"Name {n},person\n" for n in range(5000)))
    assert cli("import", str(path))[1]["added"] == 5000
    with Store.open(LibraryPaths(tmp_path / "library")) as store:
        (entry,) = store.journal.entries(9)
        assert len(json.dumps(entry.before)) < 200


def test_exporting_to_a_table_says_what_is_lost(lists: Command, tmp_path: Path) -> None:
    lists("watchlists", "note", "libya", "who is who")
    lists("types", "edit", "port", "--colour", "cyan")
    said = lists("export", str(tmp_path / "x.csv"))[2]
    assert "The note of 1 watchlist cannot be kept." in said
    assert "colour and icon of 1 type" in said
    assert lists("export", str(tmp_path / "x.json"))[2] == ""


@pytest.mark.parametrize("ending", ["json", "csv", "tsv"])
def test_what_goes_out_comes_in_the_same(ending: str, lists: Command, tmp_path: Path) -> None:
    lists("watchlists", "add", "empty")
    lists("watchlists", "note", "libya", "who is who")
    lists("watchlists", "disable", "libya")
    lists("types", "edit", "port", "--colour", "#123456")
    first, second = tmp_path / f"watchlists.{ending}", tmp_path / f"again.{ending}"
    lists("export", str(first))
    for name in ("libya", "empty", "places"):
        lists("watchlists", "remove", name)
    lists("types", "edit", "port", "--colour", "")
    assert lists("export", str(second))[1]["count"] == 0
    assert lists("import", str(first))[1]["added"] == 3
    lists("export", str(second), "--what", "watchlists")
    assert sorted(second.read_text().splitlines()) == sorted(first.read_text().splitlines())
    assert lists("import", str(first))[1]["added"] == 0


def test_facets_count_types_and_lists(lists: Command, tmp_path: Path) -> None:
    assert lists("search", "last:7d", "--facet", "watchlist")[1] == {
        "facet": "watchlist", "values": [],
    }  # fmt: skip
    assert lists("search", "last:7d", "--facet", "type")[0] == 0
