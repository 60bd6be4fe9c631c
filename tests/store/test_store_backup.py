"""Copies and putting them back; looking for damage."""

from contextlib import closing
from pathlib import Path

import pytest
from store_world import World

from reader.errors import FileError, StoreError
from reader.paths import LibraryPaths
from reader.store.database import connect
from reader.store.restore import restore
from reader.store.store import Store


@pytest.fixture
def library(paths: LibraryPaths) -> LibraryPaths:
    with Store.open(paths) as store:
        world = World(store)
        world.article(world.feed("https://a.example"), "Saved")
    return paths


def titles(paths: LibraryPaths) -> list[str]:
    with Store.open(paths) as store:
        assert store.check() == []
        rows = store.connection.execute("SELECT title FROM article ORDER BY id").fetchall()
        return [title for (title,) in rows]


def add_article(paths: LibraryPaths, title: str) -> None:
    with Store.open(paths) as store:
        store.connection.execute("PRAGMA wal_autocheckpoint = 0")
        world = World(store)
        world.article(store.feeds.all()[0].id, title)


def test_backup_is_one_whole_file_that_opens_as_a_library(
    library: LibraryPaths, tmp_path: Path
) -> None:
    other = LibraryPaths(tmp_path / "other")
    other.root.mkdir()
    with Store.open(library) as store:
        World(store).article(1, "In the log only", key=9)
        store.backup(other.database)
    assert [path.name for path in other.root.iterdir()] == ["library.db"]
    assert titles(other) == ["Saved", "In the log only"]


def test_backup_does_not_see_what_is_not_committed(library: LibraryPaths, tmp_path: Path) -> None:
    with Store.open(library) as store, Store.open(library) as other, other.transaction():
        World(other).article(1, "Half", key=9)
        store.backup(tmp_path / "b.db")
    assert restored_titles(tmp_path) == ["Saved"]


def restored_titles(tmp_path: Path) -> list[str]:
    fresh = LibraryPaths(tmp_path / "fresh")
    assert restore(fresh, tmp_path / "b.db") is None
    return titles(fresh)


def test_backup_that_cannot_be_written_says_so_and_leaves_nothing(
    library: LibraryPaths, tmp_path: Path
) -> None:
    target = tmp_path / "missing" / "b.db"
    with Store.open(library) as store, pytest.raises(FileError, match="choose another place"):
        store.backup(target)
    assert not target.parent.exists()
    (tmp_path / "folder").mkdir()
    with Store.open(library) as store, pytest.raises(FileError, match="could not be written"):
        store.backup(tmp_path / "folder")
    assert list(tmp_path.glob(".*")) == []


def test_earlier_backup_is_replaced(library: LibraryPaths, tmp_path: Path) -> None:
    for title in ("One", "Two"):
        add_article(library, title)
        with Store.open(library) as store:
            store.backup(tmp_path / "b.db")
    assert restored_titles(tmp_path) == ["Saved", "One", "Two"]


def test_restored_library_is_the_backup_and_the_old_one_is_kept(
    library: LibraryPaths, tmp_path: Path
) -> None:
    with Store.open(library) as store:
        store.backup(tmp_path / "b.db")
    add_article(library, "Later")
    first = restore(library, tmp_path / "b.db")
    assert titles(library) == ["Saved"]
    second = restore(library, first)
    assert titles(library) == ["Saved", "Later"]
    assert first != second
    assert {path.parent for path in (first, second)} == {library.backups}


@pytest.mark.parametrize("content", [b"", b"not a database" * 999, None])
def test_what_is_no_backup_is_refused_and_nothing_changes(
    library: LibraryPaths, tmp_path: Path, content: bytes | None
) -> None:
    source = tmp_path / "b.db"
    if content is not None:
        source.write_bytes(content)
    with pytest.raises(FileError, match=r"b\.db"):
        restore(library, source)
    assert titles(library) == ["Saved"]
    assert not library.backups.exists()


def test_backup_of_a_newer_version_is_refused(library: LibraryPaths, tmp_path: Path) -> None:
    with Store.open(library) as store:
        store.backup(tmp_path / "b.db")
    with closing(connect(tmp_path / "b.db")) as db:
        db.execute("PRAGMA user_version = 9999")
    with pytest.raises(FileError, match="newer version of Media Reader"):
        restore(library, tmp_path / "b.db")
    assert titles(library) == ["Saved"]


def test_damaged_backup_is_refused(library: LibraryPaths, tmp_path: Path) -> None:
    with Store.open(library) as store:
        store.backup(tmp_path / "b.db")
    content = bytearray((tmp_path / "b.db").read_bytes())
    content[8192:-4096] = b"\xee" * (len(content) - 12288)
    (tmp_path / "b.db").write_bytes(content)
    with pytest.raises(FileError, match="Nothing was restored"):
        restore(library, tmp_path / "b.db")
    assert titles(library) == ["Saved"]


def test_damaged_library_is_replaced_and_put_aside(library: LibraryPaths, tmp_path: Path) -> None:
    with Store.open(library) as store:
        store.backup(tmp_path / "b.db")
    library.database.write_bytes(b"broken beyond recognition" * 999)
    kept = restore(library, tmp_path / "b.db")
    assert titles(library) == ["Saved"]
    assert kept.read_bytes().startswith(b"broken")


def test_locked_library_is_not_replaced(library: LibraryPaths, tmp_path: Path) -> None:
    with Store.open(library) as store:
        store.backup(tmp_path / "b.db")
        with store.transaction(), pytest.raises(StoreError, match="in use by another program"):
            restore(library, tmp_path / "b.db", timeout=0)
    assert titles(library) == ["Saved"]


DAMAGE = {
    "DELETE FROM body": "1 articles have lost their text.",
    "DELETE FROM membership": "1 articles belong to no feed.",
    "UPDATE article SET revision = 3": "1 articles miss an earlier text.",
    "UPDATE appearance SET mentions = 9": "1 counts of mentions differ from the mentions.",
    "UPDATE membership SET sorted_at = 1": "1 articles stand at a wrong place in a feed's list.",
    "UPDATE appearance SET sorted_at = 1": (
        "1 articles stand at a wrong place in an entity's list."
    ),
    "UPDATE hit SET sorted_at = 1": ("1 articles stand at a wrong place in a saved search's list."),
    "INSERT INTO shared VALUES (1)": "The articles known to be in several feeds are wrong.",
    "UPDATE library_tally SET unread = 7": "The counts of the whole library are wrong.",
    "UPDATE feed_tally SET unread = 7": "The counts of 1 feeds are wrong.",
    "UPDATE entity_tally SET mentions = 7": "The counts of 1 entities are wrong.",
    "UPDATE saved_tally SET articles = 7": "The counts of 1 saved searches are wrong.",
    "UPDATE mention SET entity_id = 7": "A row of mention refers to a appearance that is gone.",
    "UPDATE index_queue SET article_id = 7": (
        "A row of index_queue refers to a article that is gone."
    ),
}


@pytest.mark.parametrize("sql", DAMAGE)
def test_check_finds_what_should_not_be(paths: LibraryPaths, sql: str) -> None:
    with Store.open(paths) as store:
        world = World(store)
        article = world.article(world.feed())
        world.mention(article, world.entity("E"), (0, 1))
        world.saved("S", article)
        store.queue.push([article])
        assert store.check() == []
        store.connection.execute("PRAGMA foreign_keys = OFF")
        store.connection.execute(sql)
        assert DAMAGE[sql] in store.check()
