"""Numbered steps: all of one or nothing, and a copy first."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from store_world import World

from reader.errors import StoreError
from reader.paths import LibraryPaths
from reader.store import migrate
from reader.store.database import Connection, connect
from reader.store.migrate import statements, steps
from reader.store.store import Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The real steps, to which a test may add."""
    made = tmp_path / "steps"
    made.mkdir()
    for step in steps():
        (made / step.path.name).write_bytes(step.path.read_bytes())
    return made


def next_step(folder: Path, sql: str) -> Path:
    path = folder / f"{len(steps(folder)) + 1:04}_next.sql"
    path.write_text(sql, encoding="utf-8")
    return path


def schema(connection: Connection) -> list[tuple[str, str]]:
    return sorted(connection.execute("SELECT name, sql FROM sqlite_schema").fetchall())


@pytest.fixture
def library(paths: LibraryPaths) -> LibraryPaths:
    """With an article in it."""
    with Store.open(paths) as store:
        world = World(store)
        world.article(world.feed("https://a.example"), "Kept")
    return paths


def titles(connection: Connection) -> list[tuple[str]]:
    return connection.execute("SELECT title FROM article").fetchall()


def test_step_keeps_all_rows_and_leaves_a_copy(library: LibraryPaths, folder: Path) -> None:
    next_step(folder, "ALTER TABLE article ADD COLUMN story INTEGER;\n")
    with closing(connect(library.database)) as db:
        migrate.migrate(db, library.backups, folder)
        assert migrate.version(db) == len(steps(folder))
        assert db.execute("SELECT title, story FROM article").fetchall() == [("Kept", None)]
    (copy,) = library.backups.iterdir()
    with closing(connect(copy, read_only=True)) as db:
        assert titles(db) == [("Kept",)]
        assert migrate.version(db) == len(steps())


def test_every_starting_version_ends_with_one_schema(tmp_path: Path, folder: Path) -> None:
    next_step(folder, "CREATE TABLE story (id INTEGER PRIMARY KEY);\n")
    ends = []
    for start in range(len(steps(folder)) + 1):
        early = tmp_path / f"first-{start}"
        early.mkdir()
        for step in steps(folder)[:start]:
            (early / step.path.name).write_bytes(step.path.read_bytes())
        with closing(connect(tmp_path / f"{start}.db")) as db:
            migrate.migrate(db, tmp_path / "backups", early)
            migrate.migrate(db, tmp_path / "backups", folder)
            ends.append(schema(db))
    assert ends.count(ends[0]) == len(ends) > 2


def test_failing_step_changes_nothing(library: LibraryPaths, folder: Path) -> None:
    bad = "ALTER TABLE article ADD COLUMN story INTEGER;\nDROP TABLE note;\nDROP TABLE nonsense;\n"
    next_step(folder, bad)
    with closing(connect(library.database)) as db:
        before = schema(db)
        with pytest.raises(StoreError, match="it was left as it is"):
            migrate.migrate(db, library.backups, folder)
        assert schema(db) == before
        assert migrate.version(db) == len(steps())
        assert titles(db) == [("Kept",)]
        assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
    with Store.open(library) as store:
        assert store.check() == []


def test_step_that_breaks_a_reference_changes_nothing(library: LibraryPaths, folder: Path) -> None:
    next_step(folder, "UPDATE body SET article_id = 777;\n")
    with closing(connect(library.database)) as db:
        with pytest.raises(StoreError, match="leads nowhere"):
            migrate.migrate(db, library.backups, folder)
        assert db.execute("SELECT article_id FROM body").fetchall() == [(1,)]


def test_good_steps_before_a_bad_one_count(library: LibraryPaths, folder: Path) -> None:
    next_step(folder, "CREATE TABLE story (id INTEGER PRIMARY KEY);\n")
    next_step(folder, "CREATE TABLE story (id INTEGER PRIMARY KEY);\n")
    with closing(connect(library.database)) as db:
        with pytest.raises(StoreError, match="already exists"):
            migrate.migrate(db, library.backups, folder)
        assert migrate.version(db) == len(steps()) + 1


def test_without_a_copy_nothing_is_changed(library: LibraryPaths, folder: Path) -> None:
    next_step(folder, "CREATE TABLE story (id INTEGER PRIMARY KEY);\n")
    library.backups.write_text("a file stands in the way")
    with closing(connect(library.database)) as db:
        with pytest.raises(StoreError, match="no copy could be saved"):
            migrate.migrate(db, library.backups, folder)
        assert migrate.version(db) == len(steps())


def test_new_library_needs_no_copy(paths: LibraryPaths) -> None:
    with Store.open(paths):
        assert not paths.backups.exists()


def test_reader_does_not_migrate(library: LibraryPaths) -> None:
    with closing(connect(library.database)) as db:
        db.execute("PRAGMA user_version = 0")
    with pytest.raises(StoreError, match="older version; open the library once"):
        Store.open(library, read_only=True)


def test_gap_between_steps_is_a_bug(folder: Path) -> None:
    (folder / "9999_late.sql").touch()
    with pytest.raises(LookupError):
        steps(folder)


def test_script_is_split_where_statements_end() -> None:
    script = (
        "-- a; comment\nCREATE TABLE a (x);  -- with; semicolons\n\n"
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM a;\n  SELECT 1;\nEND;\n"
        "INSERT INTO a VALUES ('two;\nlines');\n-- the end\n"
    )
    with closing(sqlite3.connect(":memory:")) as db:
        parts = list(statements(script))
        for part in parts:
            db.execute(part)
        assert db.execute("SELECT count(*) FROM a").fetchone() == (0,)
    assert sum("CREATE" in part for part in parts) == 2
