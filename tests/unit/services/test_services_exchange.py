"""Files in and out: told by their content, taken whole or not at all, and twice changes nothing."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from reader.domain.alert import AS_USUAL, AlertRule
from reader.domain.entity import Alias, Entity
from reader.domain.reports import ImportReport
from reader.errors import FileError, UsageError
from reader.services.exchange import export_file, import_file
from tests.helpers.world import World

OPML = """<opml version="2.0"><body><outline text="Africa"><outline text="Libya">
<outline type="rss" text="The A Wire" xmlUrl="https://a.example/feed"/></outline></outline>
<outline type="rss" xmlUrl="https://b.example/feed"/></body></opml>"""
WATCHLIST = json.dumps(
    {"watchlist": "libya", "entities": [
        {"name": "Khalifa Haftar", "type": "person", "aliases": ["Haftar", "حفتر"]},
        {"name": "Tobruk", "type": "place"}]}
)  # fmt: skip
CSV = "watchlist,name,type,aliases,case,note\nlibya,Tobruk,place,Tubruq|Tobruch,,a port\n"
SEARCHES = '[{"name": "port", "query": "tobruk port", "alert": true}, {"name": "b", "query": "b"}]'
RULE = AlertRule("weekly", ("email", "command"), "22:00-07:00", 30, "high", True, 12, True)
KINDS = {"feeds": OPML, "watchlist": WATCHLIST, "csv": CSV, "searches": SEARCHES}


def write(folder: Path, text: str, name: str = "file.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def held(world: World) -> tuple[object, ...]:
    seen = world.library.overview()
    return (
        [(f.feed.url, f.feed.title, f.feed.folder) for f in seen.feeds],
        sorted(str(e.entity) for e in seen.entities),
        [replace(s.saved, id=0, version=1) for s in seen.saved],
    )


def test_what_no_feed_can_be_is_left_out_of_an_opml_and_named(world: World, tmp_path: Path) -> None:
    addresses = (
        "javascript:alert(1)",
        "mailto:ann@b.example",
        "feed://c.example/feed",
        "d.example",
    )
    outlines = "".join(f'<outline xmlUrl="{url}"/>' for url in addresses)
    opml = f'<opml version="2.0"><body>{outlines}</body></opml>'
    report = import_file(world.store, write(tmp_path, opml))
    assert [f.url for f in world.store.feeds.all()] == [
        "https://c.example/feed",
        "https://d.example",
    ]
    assert (report.added, report.known, len(report.rejected)) == (2, 0, 2)
    assert "javascript" in report.rejected[0].reason


@pytest.mark.parametrize("kind", KINDS)
def test_importing_twice_changes_nothing(world: World, tmp_path: Path, kind: str) -> None:
    """Neither the library nor what could be undone, nor what is to be scanned."""
    path = write(tmp_path, KINDS[kind])
    first = import_file(world.store, path)
    world.catch_up()
    before, journal = held(world), world.store.journal.latest()
    second = import_file(world.store, path)
    assert (first.known, second.added, second.known) == (0, 0, first.added)
    assert (held(world), world.store.journal.latest()) == (before, journal)
    assert not world.library.pending()


def test_feeds_come_with_their_folders_and_no_right_to_private_addresses(
    world: World, tmp_path: Path
) -> None:
    assert import_file(world.store, write(tmp_path, OPML)) == ImportReport("opml", 2, 0)
    first, second = world.store.feeds.all()
    assert (first.title, first.folder, first.allow_private) == (
        "The A Wire",
        "Africa/Libya",
        False,
    )
    assert (second.title, second.folder) == ("b.example", "")


def test_subscribed_feed_is_left_as_it_is_by_a_file(world: World, tmp_path: Path) -> None:
    world.feed("a", folder="Mine")
    import_file(world.store, write(tmp_path, OPML))
    assert world.stored_feed("a").folder == "Mine"


def test_unsubscribed_feed_comes_back_with_a_file(world: World, tmp_path: Path) -> None:
    world.library.remove_feed(world.feed("a").url)
    assert import_file(world.store, write(tmp_path, OPML)).added == 2
    assert world.stored_feed("a").folder == "Africa/Libya"


def test_search_of_the_same_name_takes_over_what_the_file_says(
    world: World, tmp_path: Path
) -> None:
    world.library.save_search("port", "harbour")
    assert import_file(world.store, write(tmp_path, SEARCHES)).added == 2
    saved = world.library.saved("port")
    assert (saved.query, saved.alert) == ("tobruk port", True)


def test_old_file_leaves_folder_rule_and_alert_as_they_are(world: World, tmp_path: Path) -> None:
    world.library.save_search("b", "x", alert=True, folder="Sea", rule=RULE)
    import_file(world.store, write(tmp_path, SEARCHES))
    saved = world.library.saved("b")
    assert (saved.query, saved.alert, saved.folder, saved.rule) == ("b", True, "Sea", RULE)
    assert world.library.saved("port").rule == AS_USUAL


def test_row_of_the_command_line_can_be_imported(world: World, tmp_path: Path) -> None:
    row = {"name": "p  q", "query": "p", "total": 4, "unread": 1, "alert": True, "folder": "Sea",
           "broken": "", "kept": 1, "noise": 0, **asdict(RULE)}  # fmt: skip
    path = write(tmp_path, json.dumps([row]))
    assert [import_file(world.store, path).added for _ in range(2)] == [1, 0]
    saved = world.library.saved("p q")
    assert (saved.alert, saved.folder, saved.rule) == (True, "Sea", RULE)


def test_broken_search_goes_out_and_comes_in_as_it_is(world: World, tmp_path: Path) -> None:
    world.library.save_search("old", "x ((", broken="A reason.")
    world.library.save_search("port", "port")
    first, second = tmp_path / "saved.json", tmp_path / "searches.json"
    export_file(world.store, first)
    for name in ("old", "port"):
        world.library.remove_search(name)
    assert [import_file(world.store, first).added for _ in range(2)] == [2, 0]
    world.catch_up()
    saved = world.library.saved("old")
    assert (saved.query, bool(saved.broken)) == ("x ((", True)
    assert not world.library.saved("port").broken
    world.library.edit_search("old", query="x")
    report = import_file(world.store, first)
    assert world.library.saved("old").query == "x"
    assert (report.added, report.known) == (0, 1)
    assert "yours stays" in report.rejected[0].sentence()
    world.library.remove_search("old")
    import_file(world.store, first)
    export_file(world.store, second)
    rows = [json.loads(each.read_bytes()) for each in (first, second)]
    assert [sorted((r["name"], r["query"], "broken" in r) for r in each) for each in rows] == [
        [("old", "x ((", True), ("port", "port", False)]
    ] * 2


def test_searches_whose_names_differ_in_case_stay_two(world: World, tmp_path: Path) -> None:
    for name in ("Port", "port", "Gulf"):
        world.library.save_search(name, f"{name} query")
    first, second = tmp_path / "saved.json", tmp_path / "searches.json"
    export_file(world.store, first)
    for name in ("Port", "port", "Gulf"):
        world.library.remove_search(name)
    world.library.save_search("GULF", "other")
    assert [import_file(world.store, first).added for _ in range(2)] == [3, 0]
    assert {saved.name: saved.query for saved in world.store.saved.all()} == {
        "Port": "Port query", "port": "port query", "GULF": "Gulf query",
    }  # fmt: skip
    world.library.remove_search("GULF")
    import_file(world.store, first)
    export_file(world.store, second)
    assert first.read_bytes() == second.read_bytes()


def test_part_of_a_rule_changes_that_part(world: World, tmp_path: Path) -> None:
    world.library.save_search("b", "b", alert=True, folder="Sea", rule=RULE)
    row = {"name": "b", "query": "b", "folder": "SEA", "rule": {"when": "daily"}}
    path = write(tmp_path, json.dumps({"saved_searches": [row]}))
    assert [import_file(world.store, path).added for _ in range(2)] == [1, 0]
    assert world.library.saved("b").rule == replace(RULE, when="daily")
    assert world.library.saved("b").folder == "Sea"


WRONG_PARTS = {
    '"folder": 1': "“folder” must be a text",
    '"rule": []': "“rule” must be an object",
    '"rule": {"when": "monthly"}': "“when” must be one of at once, hourly",
    '"rule": {"colour": 1}': "“colour” is no part of an alert's rule",
    '"channels": ["post"]': "“channels” must be a list of desktop",
    '"quiet": "22-7"': "write them as 22:00-07:00",
    '"cooldown_minutes": -1': "whole number from 0",
    '"sound": 1': "“sound” must be true or false",
}


@pytest.mark.parametrize("part", WRONG_PARTS)
def test_wrong_part_of_a_search_is_named_with_its_row(
    world: World, tmp_path: Path, part: str
) -> None:
    rows = f'[{{"name": "a", "query": "a"}}, {{"name": "b", "query": "b", {part}}}]'
    with pytest.raises(FileError) as caught:
        import_file(world.store, write(tmp_path, rows))
    assert "saved search 2 (b): " in str(caught.value)
    assert WRONG_PARTS[part] in str(caught.value)
    assert world.library.overview().saved == ()


WRONG = {
    "unknown field": '[{"name": "a", "query": "a", "colour": 1}]',
    "second is wrong": '[{"name": "a", "query": "a"}, {"name": "b", "query": "(("}]',
    "no name": '[{"query": "a"}]',
    "alert is no switch": '[{"name": "a", "query": "a", "alert": "yes"}]',
    "neither": '{"hello": 1}',
    "no json": "[{",
    "deep": "[" * 100_000,
    "wrong entity": '{"watchlist": "l", "entities": [{"name": "A", "type": "place", "x": 1}]}',
    "cut off": OPML[:100],
    "something else": "Dear reader,",
    "nothing": "",
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_file_is_named_and_nothing_of_it_is_taken(
    world: World, tmp_path: Path, case: str
) -> None:
    before = held(world)
    with pytest.raises((FileError, UsageError)) as caught:
        import_file(world.store, write(tmp_path, WRONG[case]))
    assert str(caught.value).strip().endswith((".", "”", ")", "]"))
    assert held(world) == before
    assert world.store.journal.latest() is None


def test_missing_and_huge_files_are_refused(world: World, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read"):
        import_file(world.store, tmp_path / "missing")
    huge = tmp_path / "huge"
    with huge.open("wb") as file:
        file.truncate(65_000_000)
    with pytest.raises(FileError, match="64 MB"):
        import_file(world.store, huge)


def filled(world: World, tmp_path: Path) -> World:
    import_file(world.store, write(tmp_path, OPML))
    import_file(world.store, write(tmp_path, SEARCHES))
    world.library.edit_search("b", alert=True, folder="Sea", rule=RULE)
    world.library.track(
        Entity("Khalifa Haftar", "person", "libya", (Alias("LNA", case=True),), note="who")
    )
    return world


@pytest.mark.parametrize("name", ["feeds.opml", "feeds.xml", "list.json", "my-searches.json"])
def test_what_is_exported_can_be_imported_again(world: World, tmp_path: Path, name: str) -> None:
    filled(world, tmp_path)
    path = tmp_path / name
    _, count = export_file(world.store, path)
    other = World(tmp_path / "other")
    try:
        assert import_file(other.store, path).added == count > 0
        mine, theirs = held(world), held(other)
        assert [t for t in theirs if t] == [m for m, t in zip(mine, theirs, strict=True) if t]
    finally:
        other.close()


def test_name_that_does_not_say_what_to_write_is_refused(world: World, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="opml"):
        export_file(world.store, tmp_path / "file.doc")
    assert list(tmp_path.glob("file*")) == []


def test_export_that_cannot_be_written_leaves_what_was_there(world: World, tmp_path: Path) -> None:
    filled(world, tmp_path)
    (tmp_path / "folder.opml").mkdir()
    with pytest.raises(FileError, match="cannot be written"):
        export_file(world.store, tmp_path / "folder.opml")
    assert not list(tmp_path.glob("*.part")) + list(tmp_path.glob(".*.part"))


def test_import_that_is_stopped_takes_nothing_over_and_says_how_far_it_was(
    world: World, tmp_path: Path
) -> None:
    rows = "".join(f"Name {n},person\n" for n in range(5000))
    path, heard = write(tmp_path, f"name,type\n{rows}"), []

    def told(done: int, total: int) -> None:
        heard.append((done, total))
        if done:
            raise FileError("Stopped.")

    with pytest.raises(FileError, match="Stopped"):
        import_file(world.store, path, told=told)
    assert heard == [(0, 5000), (2000, 5000)]
    assert held(world)[1] == []
    assert world.store.journal.latest() is None
    assert import_file(world.store, path).added == 5000
    world.library.undo()
    assert held(world)[1] == []
