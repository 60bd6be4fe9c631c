from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.paths import LibraryPaths
from reader.settings import Collect, Settings
from tests.helpers.web import WebServer


@pytest.fixture
def paths(tmp_path: Path) -> LibraryPaths:
    return LibraryPaths(tmp_path / "library")


@pytest.fixture
def settings() -> Settings:
    return Settings(collect=Collect(parsers=1))


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server
