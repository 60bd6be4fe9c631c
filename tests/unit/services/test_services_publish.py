"""Saved searches as feed files: valid, the same for the same news, current, and never half."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.delivery.feedfile import Entry, FeedFile, atom, json_feed
from reader.errors import FileError, NotFoundError, TakenError, UsageError
from reader.feeds import jsonfeed
from reader.services.publish import NEWEST, Publisher, outdated, write
from tests.helpers.world import World, edited, item

START = datetime(2026, 3, 4, 12, tzinfo=UTC)
URN = "urn:uuid:12345678-1234-5678-1234-567812345678"


@pytest.fixture
def ports(world: World) -> World:
    """Two articles about ports, one in Arabic, and one about nothing."""
    world.library.save_search("ports & <harbours>", "port OR ميناء", alert=False)
    world.feed("a").publish(
        item("Port of <b>Tobruk</b> & co", "The port is shut.", url="https://a.example/1?x=1&y=2"),
        item("إغلاق ميناء", "أُغلق ميناء طبرق.", language="ar", hours_ago=1),
        item("Nothing"),
    )
    world.refresh()
    return world


def publisher(world: World) -> Publisher:
    return Publisher(world.store, world.clock)


def keep_current(world: World) -> list[str]:
    """What the collector does after a round: the files that were written."""
    one = publisher(world)
    pages = outdated(one.pages())
    for page in pages:
        try:
            write(page)
        except FileError as problem:
            one.failed(page, problem)
        else:
            one.written(page)
    return [page.publication.path for page in pages]


def test_atom_file_is_read_back_by_a_feed_reader(ports: World, tmp_path: Path) -> None:
    path = tmp_path / "ports.atom"
    publisher(ports).publish("ports & <harbours>", path)
    read = feedparser.parse(path.read_bytes())
    assert not read.bozo
    assert read.version == "atom10"
    assert read.feed.title == "ports & <harbours>"
    assert read.feed.subtitle == "port OR ميناء"
    first, second = read.entries
    assert first.link == "https://a.example/1?x=1&y=2"
    assert first.summary == "The port is shut."
    assert first.source.title == first.author == ports.stored_feed("a").outlet
    assert first.published == "2026-03-04T12:00:00Z"
    assert [tag.term for tag in first.tags] == ["Port", "port"]
    assert second.title == "إغلاق ميناء"
    assert "ميناء" in [tag.term for tag in second.tags]


def test_json_file_holds_the_same(ports: World, tmp_path: Path) -> None:
    path = tmp_path / "ports.json"
    publisher(ports).publish("ports & <harbours>", path)
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["title"] == "ports & <harbours>"
    first, second = document["items"]
    assert first["title"] == "Port of <b>Tobruk</b> & co"
    assert first["content_text"] == "The port is shut."
    assert first["_media_reader"]["words"] == ["Port", "port"]
    assert first["_media_reader"]["outlet"] == ports.stored_feed("a").outlet
    assert (first["date_published"], second["language"]) == ("2026-03-04T12:00:00Z", "ar")


def test_file_is_written_only_when_its_news_change(ports: World, tmp_path: Path) -> None:
    path = tmp_path / "ports.xml"
    publisher(ports).publish("ports & <harbours>", path)
    first = path.read_bytes()
    ports.pass_time(hours=1)
    assert keep_current(ports) == []
    ports.feed("a").publish(item("Nothing again"))
    ports.refresh()
    assert keep_current(ports) == []
    old = ports.feed("a").items[1]
    ports.feed("a").publish(item("A port opens"))
    ports.refresh()
    assert keep_current(ports) == [str(path)]
    before, now = feedparser.parse(first), feedparser.parse(path.read_bytes())
    assert len(now.entries) == 3
    assert [e.id for e in now.entries][1:] == [e.id for e in before.entries], "ids are stable"
    assert now.feed.id == before.feed.id
    assert now.feed.updated_parsed > before.feed.updated_parsed
    ports.pass_time(hours=1)
    ports.feed("a").publish(edited(old, body="The port is open."))
    ports.refresh()
    assert keep_current(ports) == [str(path)]
    changed = {e.id: e for e in feedparser.parse(path.read_bytes()).entries}
    same = next(e for e in now.entries if "Tobruk" in e.title)
    assert changed[same.id].summary == "The port is open."
    assert changed[same.id].updated_parsed > same.updated_parsed


def test_only_the_newest_hundred_are_in_it(world: World, tmp_path: Path) -> None:
    world.library.save_search("all", "body", alert=False)
    world.feed("a").publish(*(item(f"t{n}", f"body {n}", hours_ago=n) for n in range(NEWEST + 20)))
    world.refresh()
    publisher(world).publish("all", tmp_path / "all.json")
    items = json.loads((tmp_path / "all.json").read_bytes())["items"]
    assert [one["title"] for one in items] == [f"t{n}" for n in range(NEWEST)]


def test_search_without_hits_is_a_valid_empty_feed(world: World, tmp_path: Path) -> None:
    world.library.save_search("none", "nothingness", alert=False)
    for name in ("none.atom", "none.json"):
        publisher(world).publish("none", tmp_path / name)
    read = feedparser.parse((tmp_path / "none.atom").read_bytes())
    assert (read.bozo, read.entries, read.feed.updated) == (False, [], "2026-03-04T12:00:00Z")
    assert json.loads((tmp_path / "none.json").read_bytes())["items"] == []


def test_file_that_cannot_be_written_is_marked_and_written_later(
    ports: World, tmp_path: Path
) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    other = tmp_path / "other.atom"
    publisher(ports).publish("ports & <harbours>", folder / "ports.atom")
    publisher(ports).publish("ports & <harbours>", other)
    (folder / "ports.atom").unlink()
    folder.rmdir()
    ports.feed("a").publish(item("A port opens"))
    ports.refresh()
    assert len(keep_current(ports)) == 2
    lost, well = sorted(ports.store.publications.all(), key=lambda one: one.path == str(other))
    assert "cannot be written (No such file or directory)" in lost.error
    assert well.error == ""
    assert b"A port opens" in other.read_bytes()
    folder.mkdir()
    assert keep_current(ports) == [str(folder / "ports.atom")]
    assert (folder / "ports.atom").read_bytes().count(b"<entry") == 3
    assert {one.error for one in ports.store.publications.all()} == {""}
    assert not list(folder.glob(".*")), "nothing half-written stays"


def test_failure_is_news_once(ports: World, tmp_path: Path) -> None:
    one = publisher(ports)
    one.publish("ports & <harbours>", tmp_path / "ports.atom")
    (tmp_path / "ports.atom").unlink()
    problem = FileError("The disk is full.")
    assert [one.failed(page, problem) for page in outdated(one.pages())] == [True]
    assert [one.failed(page, problem) for page in outdated(one.pages())] == [False]


def test_nothing_is_worked_out_while_the_library_stands_still(ports: World, tmp_path: Path) -> None:
    one = publisher(ports)
    one.publish("ports & <harbours>", tmp_path / "ports.atom")
    first = one.pages()
    assert one.pages() is first
    ports.feed("a").publish(item("A port opens"))
    ports.refresh()
    assert b"A port opens" in one.pages()[0].content


def test_file_that_was_deleted_comes_back(ports: World, tmp_path: Path) -> None:
    path = tmp_path / "ports.atom"
    publisher(ports).publish("ports & <harbours>", path)
    path.unlink()
    assert keep_current(ports) == [str(path)]
    assert path.exists()


def test_somebody_elses_file_is_not_written_over(ports: World, tmp_path: Path) -> None:
    path = tmp_path / "package.json"
    path.write_text('{"name": "mine"}')
    with pytest.raises(FileError, match="no file of ours"):
        publisher(ports).publish("ports & <harbours>", path)
    assert path.read_text() == '{"name": "mine"}'
    assert ports.store.publications.all() == []


def test_what_cannot_be_published_is_refused_and_not_kept(ports: World, tmp_path: Path) -> None:
    one = publisher(ports)
    with pytest.raises(NotFoundError):
        one.publish("unknown", tmp_path / "x.atom")
    with pytest.raises(UsageError, match=r"must end in \.atom"):
        one.publish("ports & <harbours>", tmp_path / "x.rss")
    with pytest.raises(FileError, match="cannot be written"):
        one.publish("ports & <harbours>", tmp_path / "none" / "x.atom")
    ports.library.save_search("other", "x", alert=False)
    one.publish("other", tmp_path / "x.atom")
    with pytest.raises(TakenError, match="“other” is published"):
        one.publish("ports & <harbours>", tmp_path / "x.atom")
    assert [p.saved_search for p in ports.store.publications.all()] == ["other"]


def test_publishing_twice_is_publishing_once_and_unpublishing_leaves_the_file(
    ports: World, tmp_path: Path
) -> None:
    one, paths = publisher(ports), [tmp_path / "a.atom", tmp_path / "b.json"]
    first = one.publish("ports & <harbours>", paths[0])
    assert one.publish("ports & <harbours>", paths[0]).urn == first.urn
    one.publish("ports & <harbours>", paths[1])
    assert one.unpublish("ports & <harbours>", paths[0]) == [str(paths[0])]
    assert one.unpublish("ports & <harbours>") == [str(paths[1])]
    with pytest.raises(NotFoundError, match="is not published"):
        one.unpublish("ports & <harbours>")
    assert all(path.exists() for path in paths)


def test_removing_a_search_ends_its_publications(ports: World, tmp_path: Path) -> None:
    publisher(ports).publish("ports & <harbours>", tmp_path / "a.atom")
    ports.library.remove_search("ports & <harbours>")
    assert ports.store.publications.all() == []
    assert keep_current(ports) == []


TEXT = st.text(st.characters(exclude_categories=("Cs",)))  # which no database could hold
ADDRESS = st.builds("https://a.example/{}".format, st.text(st.sampled_from("aд%{}|\\\\^ <&é/?2F")))


@given(TEXT, TEXT, st.one_of(TEXT, ADDRESS), st.lists(TEXT, max_size=3))
def test_any_text_gives_valid_files(title: str, outlet: str, url: str, words: list[str]) -> None:
    one = Entry(7, title, url, title, outlet, "", "en", None, START, tuple(words))
    other = replace(one, article_id=8, language=outlet, author=title, published=START)
    feed = FeedFile(URN, title, outlet, START - timedelta(days=1), (one, other))
    assert faults_of_atom(atom(feed)) == []
    assert faults_of_json_feed(json_feed(feed)) == []
    assert not feedparser.parse(atom(feed)).bozo
    _, items, problem = jsonfeed.read(json_feed(feed).decode(), "")
    assert (len(items), problem) == (2, "")


def test_article_without_an_address_of_the_web_has_its_text_as_content() -> None:
    entry = Entry(7, "T", "javascript:alert(1)", "Text", "", "", "en", None, START, ())
    feed = FeedFile(URN, "T", "q", START, (entry,))
    (read,) = feedparser.parse(atom(feed)).entries
    assert "links" not in read
    assert read.content[0].value == "Text"


def test_file_of_a_long_query_is_known_to_be_ours(ports: World, tmp_path: Path) -> None:
    for suffix in ("atom", "json"):
        path = tmp_path / f"long.{suffix}"
        ports.library.edit_search("ports & <harbours>", query="port OR " + "harbour" * 2_000)
        publisher(ports).publish("ports & <harbours>", path)
        publisher(ports).unpublish("ports & <harbours>", path)
        publisher(ports).publish("ports & <harbours>", path)


ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
IRI = re.compile(r"https?://(?:[^\s\x00-\x20<>\"{}|\\^`%]|%[0-9A-Fa-f]{2})+")


def faults_of_atom(data: bytes) -> list[str]:
    """What RFC 4287 forbids in what we write, but for what feedparser notices."""
    root = ET.fromstring(data)
    found = [] if root.tag == f"{ATOM}feed" else ["no feed"]
    for one in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            if len(one.findall(ATOM + name)) != 1:
                found.append(f"not one {name}")
        moments = [*one.findall(f"{ATOM}updated"), *one.findall(f"{ATOM}published")]
        found += [f"moment {e.text}" for e in moments if not MOMENT.fullmatch(e.text or "")]
    ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
    found += ["an id twice"] if len(set(ids)) < len(ids) else []
    for entry in root.iter(f"{ATOM}entry"):
        links = [one for one in entry.findall(f"{ATOM}link") if one.get("rel") == "alternate"]
        if not links and entry.find(f"{ATOM}content") is None:
            found.append("neither content nor link")
        found += [f"IRI {e.get('href')}" for e in links if not IRI.fullmatch(e.get("href") or "")]
        if not (entry.findtext(f"{ATOM}author/{ATOM}name") or "").strip():
            found.append("no author")
        found += ["no term" for one in entry.findall(f"{ATOM}category") if not one.get("term")]
    return found


def faults_of_json_feed(data: bytes) -> list[str]:
    """What JSON Feed 1.1 forbids in what we write."""
    feed = json.loads(data)
    found = [f"no {name}" for name in ("version", "title", "items") if name not in feed]
    ids = [one.get("id") for one in feed["items"]]
    found += ["an id twice or none"] if len({*ids, None}) <= len(ids) else []
    for one in feed["items"]:
        if not {"content_text", "content_html"} & one.keys():
            found.append("no content")
        found += [
            f"moment {one[name]}" for name in ("date_published", "date_modified")
            if name in one and not MOMENT.fullmatch(one[name])
        ]  # fmt: skip
        if "url" in one and not IRI.fullmatch(one["url"]):
            found.append(f"IRI {one['url']}")
        found += ["no name" for who in one.get("authors", ()) if not who["name"]]
    return found


def test_search_that_was_removed_and_comes_back_is_published_as_before(
    ports: World, tmp_path: Path
) -> None:
    files = [tmp_path / "ports.atom", tmp_path / "ports.json"]
    for file in files:
        publisher(ports).publish("ports & <harbours>", file)
    before = [file.read_bytes() for file in files]
    ports.library.remove_search("ports & <harbours>")
    assert publisher(ports).pages() == []
    ports.library.undo()
    ports.catch_up()
    files[0].unlink()
    assert keep_current(ports) == list(map(str, files))
    assert [file.read_bytes() for file in files] == before
