"""What the analyst answers next, and when it leaves what it is at."""

import multiprocessing
from collections.abc import Iterator
from multiprocessing.connection import Connection

import pytest

from reader.domain.entity import Entity
from reader.workers.answering import Left
from reader.workers.messages import (
    Ask,
    DiscoverNames,
    GiveUp,
    PreviewEntity,
    Progress,
    SuggestAliases,
)
from reader.workers.questions import Questions

A, B = Entity("Khalifa Haftar", "person"), Entity("Tobruk", "place")
DISCOVER = DiscoverNames(14, 50)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ends() -> Iterator[tuple[Connection, Connection]]:
    ours, theirs = multiprocessing.Pipe()
    yield ours, theirs
    ours.close()
    theirs.close()


@pytest.fixture
def window(ends: tuple[Connection, Connection]) -> Connection:
    return ends[0]


@pytest.fixture
def questions(ends: tuple[Connection, Connection], clock: Clock) -> Questions:
    return Questions(ends[1], clock)


def ask(window: Connection, *requests: object, first: int = 1) -> None:
    for number, request in enumerate(requests, first):
        window.send(Ask(number, request))


def order(questions: Questions) -> list[int]:
    found = []
    while (asked := questions.next(0)) is not None:
        found.append(asked.number)
    return found


def test_the_most_urgent_comes_first_and_of_a_kind_only_the_newest(
    window: Connection, questions: Questions
) -> None:
    ask(window, DISCOVER, SuggestAliases(A), PreviewEntity(A), SuggestAliases(B), PreviewEntity(B))
    assert order(questions) == [5, 4, 1]


def test_who_asks_nothing_for_a_while_is_told_so(questions: Questions) -> None:
    assert questions.next(0) is None


def test_a_question_that_is_overtaken_is_left(window: Connection, questions: Questions) -> None:
    ask(window, PreviewEntity(A))
    assert questions.next(0) == Ask(1, PreviewEntity(A))
    questions.step(0, 10)
    ask(window, PreviewEntity(B), first=2)
    with pytest.raises(Left):
        questions.step(1, 10)
    assert order(questions) == [2]


def test_a_question_that_is_given_up_is_left_or_never_begun(
    window: Connection, questions: Questions
) -> None:
    ask(window, PreviewEntity(A), DISCOVER)
    questions.next(0)
    window.send(GiveUp(2))
    questions.step(1, 10)
    window.send(GiveUp(1))
    with pytest.raises(Left):
        questions.step(2, 10)
    assert order(questions) == []


def test_what_keeps_something_more_urgent_waiting_is_begun_again_after_it(
    window: Connection, questions: Questions
) -> None:
    ask(window, DISCOVER)
    questions.next(0)
    ask(window, PreviewEntity(A), first=2)
    with pytest.raises(Left):
        questions.step(1, 10)
    assert order(questions) == [2, 1]


def test_what_is_less_urgent_waits(window: Connection, questions: Questions) -> None:
    ask(window, PreviewEntity(A))
    questions.next(0)
    ask(window, DISCOVER, first=2)
    questions.step(1, 10)
    assert order(questions) == [2]


def test_progress_is_told_now_and_then(
    window: Connection, questions: Questions, clock: Clock
) -> None:
    ask(window, DISCOVER)
    questions.next(0)
    for done in range(10):
        questions.step(done, 10)
    assert not window.poll()
    clock.now = 0.2
    questions.step(7, 10)
    questions.step(8, 10)
    assert window.recv() == Progress(1, 7, 10)
    assert not window.poll()


def test_a_window_that_is_gone_is_noticed_in_mid_answer(
    window: Connection, questions: Questions
) -> None:
    ask(window, DISCOVER)
    questions.next(0)
    window.close()
    with pytest.raises((EOFError, OSError)):
        questions.step(1, 10)
