"""Bad weather for the tests of the window: `pytest -p tests.helpers.weather tests/gui`.

What a loaded machine does by chance happens all the time: answers of the library are late, the
window's thread stutters, and whoever waits looks only now and then. A test that fails here and
passes otherwise believes something about time that nobody promised it.
"""

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.gui import jobs

LATE = 0.06
"""Seconds that an answer of the library takes at most, besides its work."""
STUTTER = 0.06
"""Seconds that the window's thread stands still at most, again and again."""
SELDOM = 150
"""Milliseconds between two looks of whoever waits."""


def _late(submit: Callable[..., Future[Any]]) -> Callable[..., Future[Any]]:
    def later(line: Any, work: Callable[[Any], Any], *, urgent: bool) -> Future[Any]:
        def slowly(library: Any) -> Any:
            time.sleep(random.uniform(0, LATE))
            answer = work(library)
            time.sleep(random.uniform(0, LATE))
            return answer

        return submit(line, slowly, urgent=urgent)

    return later


def _seldom(wait: Callable[[QtBot, int], None]) -> Callable[[QtBot, int], None]:
    return lambda bot, ms: wait(bot, SELDOM if ms == 10 and random.random() < 0.5 else ms)


@pytest.fixture(autouse=True)
def _weather(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(jobs._Line, "submit", _late(jobs._Line.submit))
    monkeypatch.setattr(QtBot, "wait", _seldom(QtBot.wait))
    stutter = QTimer()
    stutter.setInterval(10)
    stutter.timeout.connect(lambda: time.sleep(random.uniform(0, STUTTER)))
    stutter.start()
    yield
    stutter.stop()
