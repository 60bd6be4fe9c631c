"""Files in and out: told by their content, taken whole or not at all, and twice changes nothing."""

import json
from pathlib import Path

import pytest

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
        [(s.saved.name, s.saved.query, s.saved.alert) for s in seen.saved],
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
    assert (report.added, report.known, len(report.dropped)) == (2, 0, 2)
    assert "javascript" in report.dropped[0]


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
