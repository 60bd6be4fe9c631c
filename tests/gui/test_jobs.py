import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from reader.errors import StoreError
from reader.gui.jobs import Jobs


class Desk:
    """A library that knows which thread uses it."""

    def __init__(self) -> None:
        self.thread = threading.current_thread()
        self.closed_by: threading.Thread | None = None

    def close(self) -> None:
        self.closed_by = threading.current_thread()


@pytest.fixture
def desks() -> list[Desk]:
    return []


@pytest.fixture
def runner(qapp: QApplication, desks: list[Desk]) -> Iterator[Jobs]:
    def made() -> Desk:
        desks.append(Desk())
        return desks[-1]

    jobs = Jobs(made, made)
    yield jobs
    jobs.close()


def test_an_answer_arrives_on_the_windows_thread_and_not_inside_run(
    runner: Jobs, qtbot: QtBot
) -> None:
    owner, seen = QObject(), []
    future = runner.run(
        lambda library: threading.current_thread().name, owner,
        lambda answer: seen.append((answer, threading.current_thread())),
    )  # fmt: skip
    future.result(timeout=30)
    assert seen == []
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [("library-reader", threading.main_thread())]


def test_each_thread_opens_and_closes_a_library_of_its_own(
    runner: Jobs, desks: list[Desk], qtbot: QtBot
) -> None:
    owner, names = QObject(), []
    for change in (False, True):
        runner.run(lambda library: library.thread.name, owner, names.append, change=change)
    qtbot.waitUntil(lambda: len(names) == 2)
    runner.close()
    assert sorted(names) == ["library-reader", "library-writer"]
    assert all(desk.closed_by is desk.thread for desk in desks)


def test_an_error_for_a_person_goes_to_whoever_asked(runner: Jobs, qtbot: QtBot) -> None:
    def fails(library: object) -> None:
        raise StoreError("The disk is full. Free some space.")

    problems: list[object] = []
    owner = QObject()
    runner.run(fails, owner, lambda _: pytest.fail("no answer"), problems.append)
    qtbot.waitUntil(lambda: bool(problems))
    assert str(problems[0]) == "The disk is full. Free some space."


def test_an_error_nobody_waits_for_is_signalled(runner: Jobs, qtbot: QtBot) -> None:
    def fails(library: object) -> None:
        raise StoreError("Locked. Try again.")

    owner = QObject()
    with qtbot.waitSignal(runner.failed) as heard:
        runner.run(fails, owner, lambda _: None)
    assert str(heard.args[0]) == "Locked. Try again."


def test_reading_is_made_ready_before_anything_is_asked(
    runner: Jobs, desks: list[Desk], qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: [desk.thread.name for desk in desks] == ["library-reader"])


def test_a_library_that_could_not_be_opened_is_tried_again(
    qapp: QApplication, qtbot: QtBot
) -> None:
    tries: list[int] = []

    def opened() -> Desk:
        tries.append(1)
        if len(tries) <= 2:  # ahead of all work, which nobody hears of, and for the first work
            raise StoreError("Locked. Try again.")
        return Desk()

    jobs, owner, heard = Jobs(opened, opened), QObject(), []
    for _ in range(2):
        jobs.run(lambda library: "open", owner, heard.append, lambda p: heard.append(str(p)))
    qtbot.waitUntil(lambda: len(heard) == 2)
    jobs.close()
    assert heard == ["Locked. Try again.", "open"]


def test_the_answer_for_an_owner_that_is_gone_is_dropped(runner: Jobs, qtbot: QtBot) -> None:
    gone, here, seen = QObject(), QObject(), []
    runner.run(lambda library: 1, gone, seen.append)
    delete(gone)
    runner.run(lambda library: 2, here, seen.append)
    qtbot.waitUntil(lambda: 2 in seen)
    assert seen == [2]


def test_a_cancelled_job_is_neither_done_nor_answered(runner: Jobs, qtbot: QtBot) -> None:
    gate, owner, done = threading.Event(), QObject(), []
    runner.run(lambda library: gate.wait(5), owner, lambda _: None)
    second = runner.run(lambda library: done.append("worked"), owner, lambda _: done.append(1))
    assert second.cancel()
    gate.set()
    runner.run(lambda library: "end", owner, done.append)
    qtbot.waitUntil(lambda: "end" in done)
    assert done == ["end"]


def test_urgent_work_goes_first_and_newest_first(runner: Jobs, qtbot: QtBot) -> None:
    gate, owner, order = threading.Event(), QObject(), []
    runner.run(lambda library: gate.wait(5), owner, lambda _: None)
    for number in (1, 2):
        runner.run(lambda library, n=number: order.append(n), owner, lambda _: None)
    for number in (3, 4):
        work = partial(lambda n, library: order.append(n), number)
        runner.run(work, owner, lambda _: None, urgent=True)
    gate.set()
    qtbot.waitUntil(lambda: len(order) == 4)
    assert order == [4, 3, 1, 2]


def test_a_long_read_does_not_delay_a_change(runner: Jobs, qtbot: QtBot) -> None:
    gate, owner, done = threading.Event(), QObject(), []
    runner.run(lambda library: gate.wait(5), owner, lambda _: None)
    runner.run(lambda library: "changed", owner, done.append, change=True)
    qtbot.waitUntil(lambda: done == ["changed"])
    gate.set()


def test_closing_finishes_the_changes_that_were_ordered(qapp: QApplication) -> None:
    written: list[int] = []
    jobs, owner = Jobs(Desk, Desk), QObject()
    for number in range(20):
        work = partial(lambda n, library: written.append(n), number)
        jobs.run(work, owner, lambda _: None, change=True)
    jobs.close()
    assert written == list(range(20))


def test_after_closing_nothing_is_begun(qapp: QApplication) -> None:
    jobs, owner = Jobs(Desk, Desk), QObject()
    jobs.close()
    future = jobs.run(lambda library: pytest.fail("ran"), owner, lambda _: None, change=True)
    assert future.cancelled()


def test_a_bug_reaches_the_top(runner: Jobs, qtbot: QtBot) -> None:
    owner = QObject()
    with qtbot.capture_exceptions() as caught:
        runner.run(lambda library: 1 / 0, owner, lambda _: None)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError
