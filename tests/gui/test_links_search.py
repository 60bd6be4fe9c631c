"""The window's end of the searcher: what is asked, and which answers still count."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from led import LedSearcher
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.workers.messages import (
    Clauses,
    Complete,
    Facets,
    Instead,
    Narrow,
    Search,
)


@pytest.fixture
def link(qapp: QApplication, tmp_path: Path) -> Iterator[LedSearcher]:
    made = LedSearcher(tmp_path)
    made.start()
    yield made
    made.close()


ASKED: dict[str, tuple[Callable[[LedSearcher, str, Callable[[object], None]], object], object]] = {
    "facets": (lambda link, q, done: link.facets(q, done), Facets("q")),
    "clauses": (lambda link, q, done: link.clauses(q, done), Clauses("q")),
    "complete": (lambda link, q, done: link.complete(q, 1, done), Complete("q", 1)),
    "instead": (lambda link, q, done: link.instead(q, done), Instead("q")),
    "search": (lambda link, q, done: link.search(q, "date", done, done), Search("q")),
    "narrowed": (
        lambda link, q, done: link.narrowed(q, "lang", "en", done, without=True),
        Narrow("q", "lang", "en", without=True),
    ),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked_is_answered_to_whoever_asked(
    link: LedSearcher, qtbot: QtBot, name: str
) -> None:
    ask, request = ASKED[name]
    answers: list[object] = []
    ask(link, "q", answers.append)
    asked = link.asked()
    assert asked.request == request
    link.answer(asked, "the answer")
    qtbot.waitUntil(lambda: answers == ["the answer"])


@pytest.mark.parametrize("name", ["facets", "complete", "instead", "search"])
def test_answer_that_was_overtaken_is_dropped(link: LedSearcher, qtbot: QtBot, name: str) -> None:
    ask, _ = ASKED[name]
    answers: list[object] = []
    for query in ("q", "qu"):
        ask(link, query, answers.append)
    first, second = link.asked(), link.asked()
    link.answer(first, "late")
    link.answer(second, "new")
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["new"]


def test_every_text_asked_for_its_parts_is_answered(link: LedSearcher, qtbot: QtBot) -> None:
    answers: list[object] = []
    for query in ("a", "b"):
        link.clauses(query, answers.append)
    for asked in (link.asked(), link.asked()):
        link.answer(asked, asked.request)
    qtbot.waitUntil(lambda: answers == [Clauses("a"), Clauses("b")])


def test_a_search_is_asked_again_of_the_next_searcher(link: LedSearcher, qtbot: QtBot) -> None:
    answers: list[object] = []
    problems: list[object] = []
    link.search("q", "date", answers.append, problems.append)
    link.asked()
    link.theirs.close()
    qtbot.waitUntil(lambda: len(link.processes) == 2)
    link.answer(link.asked(), "the answer")
    qtbot.waitUntil(lambda: answers == ["the answer"])
    assert problems == []


def test_a_search_that_two_searchers_died_of_is_given_up(link: LedSearcher, qtbot: QtBot) -> None:
    problems: list[object] = []
    link.search("q", "date", lambda _: None, problems.append)
    for count in (2, 3):
        link.asked()
        link.theirs.close()
        qtbot.waitUntil(lambda count=count: len(link.processes) == count)
    assert len(problems) == 1
    assert not link.waiting
