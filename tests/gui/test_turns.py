"""Long work of the window's thread lets everything else have its turn."""

import time
from collections.abc import Iterator

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from reader.gui.views.turns import TURN, Turns


def steps(done: list[int], count: int, each: float = 0.0) -> Iterator[None]:
    for number in range(count):
        time.sleep(each)
        done.append(number)
        yield


def test_all_is_done_in_order_and_told_once(qtbot: QtBot) -> None:
    turns, done, told = Turns(), list[int](), list[bool]()
    turns.over.connect(lambda: told.append(turns.busy))
    turns.take(steps(done, 50))
    assert done == []
    qtbot.waitUntil(lambda: not turns.busy)
    assert done == list(range(50))
    assert told == [False]


def test_others_have_their_turn_between(qtbot: QtBot) -> None:
    turns, done = Turns(), list[int]()
    seen: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: seen.append(len(done)))
    timer.start()
    turns.take(steps(done, 20, TURN / 2))
    qtbot.waitUntil(lambda: not turns.busy)
    timer.stop()
    assert any(0 < count < 20 for count in seen)


def test_what_is_left_can_be_done_at_once_or_given_up(qtbot: QtBot) -> None:
    turns, done = Turns(), list[int]()
    turns.take(steps(done, 5))
    turns.finish()
    assert done == [0, 1, 2, 3, 4]
    turns.finish()
    with qtbot.assertNotEmitted(turns.over, wait=30):
        turns.take(steps(done, 5))
        turns.give_up()
    assert len(done) == 5


def test_newer_work_takes_the_place_of_older(qtbot: QtBot) -> None:
    turns, old, new = Turns(), list[int](), list[int]()
    turns.take(steps(old, 1000, 0.001))
    turns.take(steps(new, 3))
    qtbot.waitUntil(lambda: not turns.busy)
    assert (old, new) == ([], [0, 1, 2])
