"""Garbage is collected on the window's thread, and all of it only while nothing is going on."""

import gc
import weakref
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from reader.gui import garbage
from reader.gui.garbage import Garbage


class Knot:
    """Refers to itself."""

    def __init__(self) -> None:
        self.self = self


@pytest.fixture
def collected(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The generations that were looked through."""
    seen: list[int] = []

    def note(phase: str, told: dict[str, int]) -> None:
        if phase == "start":
            seen.append(told["generation"])

    monkeypatch.setattr(garbage, "_YOUNG", 1_000)
    monkeypatch.setattr(garbage, "_OLD", 2_000)
    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)


@pytest.fixture
def keeper(collected: list[int]) -> Iterator[Garbage]:
    made = Garbage()
    made.start()
    yield made
    made.close()
    gc.unfreeze()


def busy() -> list[Callable[[], None]]:
    return [lambda: None for _ in range(3_000)]


def test_nothing_is_collected_of_itself(keeper: Garbage, collected: list[int]) -> None:
    kept = [busy() for _ in range(20)]
    assert collected == []
    assert kept
    assert not gc.isenabled()


def test_new_garbage_is_taken_away_at_the_next_look(keeper: Garbage) -> None:
    knots = [Knot() for _ in range(1_500)]
    gone = weakref.ref(knots[0])
    del knots
    assert gone() is not None
    keeper.look()
    assert gone() is None


def test_all_is_looked_through_only_when_it_is_calm(keeper: Garbage, collected: list[int]) -> None:
    kept = [busy()]
    keeper.look()
    kept.append([lambda: None for _ in range(900)])
    keeper.look()
    for _ in range(2):
        keeper.look()
    assert collected == [1]
    keeper.look()
    assert collected == [1, 2]
    assert kept


def test_calm_is_not_waited_for_without_end(
    keeper: Garbage, collected: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "_PATIENCE", 2)
    monkeypatch.setattr(garbage, "_LULL", 100)
    kept = busy()
    for _ in range(4):
        keeper.look()
    assert collected == [1, 2]
    assert kept


def test_afterwards_python_collects_as_before(keeper: Garbage) -> None:
    keeper.close()
    assert gc.isenabled()
