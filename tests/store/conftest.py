from collections.abc import Iterator
from pathlib import Path

import pytest
from store_world import World

from reader.paths import LibraryPaths
from reader.store.store import Store


@pytest.fixture
def paths(tmp_path: Path) -> LibraryPaths:
    return LibraryPaths(tmp_path / "library")


@pytest.fixture
def store(paths: LibraryPaths) -> Iterator[Store]:
    with Store.open(paths) as opened:
        yield opened
        assert opened.check() == [], "a test has left the database inconsistent"


@pytest.fixture
def world(store: Store) -> World:
    return World(store)
