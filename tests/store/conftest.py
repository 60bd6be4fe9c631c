import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_world import World

from reader.paths import LibraryPaths
from reader.store.store import Store


@pytest.fixture
def paths(tmp_path: Path) -> LibraryPaths:
    return LibraryPaths(tmp_path / "library")


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new library's database, made once: a copy is quicker than making another."""
    paths = LibraryPaths(tmp_path_factory.mktemp("empty"))
    Store.open(paths).close()
    return paths.database


@pytest.fixture
def store(paths: LibraryPaths, empty: Path) -> Iterator[Store]:
    paths.root.mkdir()
    shutil.copyfile(empty, paths.database)
    with Store.open(paths) as opened:
        yield opened
        assert opened.check() == [], "a test has left the database inconsistent"


@pytest.fixture
def world(store: Store) -> World:
    return World(store)
