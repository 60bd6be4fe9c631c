"""Opening, transactions, and what failures say."""

import logging
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_world import World, opened_at_once

from reader.errors import StoreError
from reader.paths import LibraryPaths
from reader.store.database import connect, from_ms, sql_logger, to_ms, transaction
from reader.store.store import Store


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1900, 1, 1)))  # noqa: DTZ001
def test_times_survive_to_the_millisecond(moment: datetime) -> None:
    back = from_ms(to_ms(moment))
    assert timedelta(0) <= moment - back < timedelta(milliseconds=1)
    assert to_ms(back) == to_ms(moment)


def test_missing_folder_becomes_an_empty_library(paths: LibraryPaths) -> None:
    with Store.open(LibraryPaths(paths.root / "deep" / "er")) as store:
        assert store.totals().articles == 0


def test_empty_file_becomes_an_empty_library(paths: LibraryPaths) -> None:
    paths.root.mkdir()
    paths.database.touch()
    with Store.open(paths) as store:
        assert store.check() == []


def test_new_library_has_the_promised_pragmas(store: Store) -> None:
    def pragma(name: str) -> object:
        return store.connection.execute(f"PRAGMA {name}").fetchone()[0]

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 1
    assert pragma("foreign_keys") == 1
    assert pragma("busy_timeout") == 10_000
    assert pragma("mmap_size") == 0
    assert pragma("application_id") != 0


def test_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"file.*choose another with --library"):
        Store.open(LibraryPaths(tmp_path / "file" / "library"))


def test_folder_in_the_database_s_place_is_named(paths: LibraryPaths) -> None:
    paths.database.mkdir(parents=True)
    with pytest.raises(StoreError, match=r"library\.db cannot be opened; check"):
        Store.open(paths)


def test_reading_needs_a_library(paths: LibraryPaths) -> None:
    with pytest.raises(StoreError, match="There is no library"):
        Store.open(paths, read_only=True)
    assert not paths.root.exists()


def test_reader_cannot_write(store: Store, paths: LibraryPaths) -> None:
    with (
        Store.open(paths, read_only=True) as reader,
        pytest.raises(StoreError, match="cannot be written; check its permissions"),
    ):
        reader.feeds.add("https://a.example", now=datetime.now(UTC))


def test_reader_sees_what_was_committed_meanwhile(world: World, paths: LibraryPaths) -> None:
    with Store.open(paths, read_only=True) as reader:
        world.feed("https://a.example")
        assert [feed.url for feed in reader.feeds.all()] == ["https://a.example"]


@pytest.mark.parametrize("version", [0, 7])
def test_foreign_database_is_refused_and_not_touched(paths: LibraryPaths, version: int) -> None:
    paths.root.mkdir()
    with closing(sqlite3.connect(paths.database)) as other:
        other.execute("CREATE TABLE precious (x)")
        other.execute(f"PRAGMA user_version = {version}")
        other.execute("PRAGMA application_id = 99")
    before = paths.database.read_bytes()
    with pytest.raises(StoreError, match="is not a Media Reader library"):
        Store.open(paths)
    assert paths.database.read_bytes() == before
    assert [path.name for path in paths.root.iterdir()] == ["library.db"]


def test_newer_database_is_refused_and_not_touched(paths: LibraryPaths) -> None:
    with Store.open(paths) as store:
        World(store).feed("https://a.example")
        store.connection.execute("PRAGMA user_version = 9999")
    before = paths.database.read_bytes()
    for read_only in (False, True):
        with pytest.raises(StoreError, match=r"newer version of Media Reader; update the program"):
            Store.open(paths, read_only=read_only)
    assert paths.database.read_bytes() == before
    assert not paths.backups.exists()


def test_something_else_is_no_library(paths: LibraryPaths) -> None:
    paths.root.mkdir()
    paths.database.write_bytes(b"<html>this is not a database at all</html>" * 50)
    with pytest.raises(StoreError, match=r"library\.db is not a Media Reader library"):
        Store.open(paths)


def test_damaged_database_says_to_restore(paths: LibraryPaths) -> None:
    with Store.open(paths) as store:
        world = World(store)
        feed = world.feed()
        for _ in range(200):
            world.article(feed)
    content = bytearray(paths.database.read_bytes())
    content[8192:-4096] = b"\xee" * (len(content) - 12288)
    paths.database.write_bytes(content)
    told = pytest.raises(StoreError, match="is damaged; restore the latest backup")
    with told, Store.open(paths) as store:
        store.lists.lines(range(200))
        store.feeds.lines()


def test_open_by_many_at_once_makes_one_library(paths: LibraryPaths) -> None:
    assert opened_at_once(paths, 6) == []


def test_failed_transaction_leaves_nothing(world: World) -> None:
    with pytest.raises(KeyboardInterrupt), world.store.transaction():  # noqa: PT012
        world.article(world.feed())
        raise KeyboardInterrupt
    assert world.store.totals().articles == 0
    assert world.store.feeds.all() == []


def test_inner_transaction_can_fail_alone(world: World) -> None:
    with world.store.transaction():
        world.feed("https://kept.example")
        with pytest.raises(ValueError, match="inner"), world.store.transaction():  # noqa: PT012
            world.feed("https://lost.example")
            raise ValueError("inner")
        world.feed("https://also-kept.example")
    urls = [feed.url for feed in world.store.feeds.all()]
    assert urls == ["https://kept.example", "https://also-kept.example"]


def test_bug_in_a_statement_stays_a_bug(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        store.connection.execute("SELECT * FROM nonsense")
    with pytest.raises(sqlite3.IntegrityError):
        store.connection.execute("INSERT INTO body (article_id) VALUES (1)")


def test_tracing_shows_statements_with_their_time(
    paths: LibraryPaths, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, sql_logger.name), Store.open(paths) as store:
        store.feeds.lines()
    assert any("ms" in line and "FROM feed JOIN feed_tally" in line for line in caplog.messages)


def test_nothing_is_traced_unasked(paths: LibraryPaths, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO), Store.open(paths) as store:
        store.feeds.lines()
    assert not [line for line in caplog.messages if "SELECT" in line]


def test_strange_paths_are_opened(tmp_path: Path) -> None:
    paths = LibraryPaths(tmp_path / "a?b#c %41 д")
    with Store.open(paths):
        assert paths.database.exists()


def test_commit_that_fails_is_rolled_back(paths: LibraryPaths, store: Store) -> None:
    with closing(connect(paths.database, timeout=0)) as other:
        store.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="in use"), transaction(other):
            pass
        assert not other.in_transaction
        store.connection.execute("ROLLBACK")
