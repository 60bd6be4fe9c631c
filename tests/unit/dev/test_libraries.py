"""Generated libraries are whole and sound."""

from datetime import UTC, datetime
from pathlib import Path

from reader.dev import libraries
from reader.domain.scope import Scope
from reader.paths import LibraryPaths
from reader.services.library import Library
from reader.store.store import Store


def test_a_filled_library_is_sound_and_its_counts_are_right(tmp_path: Path) -> None:
    paths = LibraryPaths(tmp_path / "library")
    libraries.fill(paths, 450)
    with Store.open(paths) as store:
        assert store.check() == []
        assert store.totals().articles == 450
        ids = Library(store).article_ids(Scope())
        assert len(ids) == 450
        assert store.lists.lines(ids[:1])[0].title.endswith(" 0"), "the lowest number is newest"
    assert len(set(libraries.links_of(paths))) == 450


def test_nobody_will_ask_the_network_for_an_invented_feed(tmp_path: Path) -> None:
    paths = LibraryPaths(tmp_path / "library")
    libraries.fill(paths, 3)
    libraries.subscribe(paths, ["http://127.0.0.1:9/feed"])
    with Store.open(paths) as store:
        due = [feed.url for feed in store.feeds.due(datetime(2100, 1, 1, tzinfo=UTC))]
    assert due == ["http://127.0.0.1:9/feed"]
