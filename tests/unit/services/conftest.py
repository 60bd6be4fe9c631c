import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Closed and checked at the end: no test may leave the library inconsistent."""
    made = World(tmp_path)
    try:
        yield made
        assert made.store.check() == []
    finally:
        made.close()


@pytest.fixture
def baku(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Midnight is at 20:00 UTC."""
    monkeypatch.setenv("TZ", "Asia/Baku")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
