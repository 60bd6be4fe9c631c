"""The window's end of the searcher: what is asked, and which answers still count."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.gui.links import SearcherLink
from reader.paths import LibraryPaths
from reader.workers.messages import (
    Answer,
    Ask,
    Clauses,
    Complete,
    Facets,
    Instead,
    Narrow,
    Search,
)
from tests.helpers.process import Process


class Led(SearcherLink):
    def __init__(self, folder: Path) -> None:
        super().__init__(LibraryPaths(folder))
        self.processes: list[Process] = []
        self._start_worker: Callable[[], object] = self._begin_process

    @property
    def process(self) -> Process:
        return self.processes[-1]

    def _begin_process(self) -> Process:
        self.processes.append(Process())
        return self.process

    def asked(self) -> Ask:
        found = self.process.theirs.recv()
        assert isinstance(found, Ask)
        return found

    def answer(self, asked: Ask, value: object) -> None:
        self.process.theirs.send(Answer(asked.number, value))


@pytest.fixture
def link(qapp: QApplication, tmp_path: Path) -> Iterator[Led]:
    made = Led(tmp_path)
    made.start()
    yield made
    made.close()


ASKED: dict[str, tuple[Callable[[Led, str, Callable[[object], None]], object], object]] = {
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
def test_what_is_asked_is_answered_to_whoever_asked(link: Led, qtbot: QtBot, name: str) -> None:
    ask, request = ASKED[name]
    answers: list[object] = []
    ask(link, "q", answers.append)
    asked = link.asked()
    assert asked.request == request
    link.answer(asked, "the answer")
    qtbot.waitUntil(lambda: answers == ["the answer"])


@pytest.mark.parametrize("name", ["facets", "complete", "instead", "search"])
def test_answer_that_was_overtaken_is_dropped(link: Led, qtbot: QtBot, name: str) -> None:
    ask, _ = ASKED[name]
    answers: list[object] = []
    for query in ("q", "qu"):
        ask(link, query, answers.append)
    first, second = link.asked(), link.asked()
    link.answer(first, "late")
    link.answer(second, "new")
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["new"]


def test_every_text_asked_for_its_parts_is_answered(link: Led, qtbot: QtBot) -> None:
    answers: list[object] = []
    for query in ("a", "b"):
        link.clauses(query, answers.append)
    for asked in (link.asked(), link.asked()):
        link.answer(asked, asked.request)
    qtbot.waitUntil(lambda: answers == [Clauses("a"), Clauses("b")])


def test_a_search_is_asked_again_of_the_next_searcher(link: Led, qtbot: QtBot) -> None:
    answers: list[object] = []
    problems: list[object] = []
    link.search("q", "date", answers.append, problems.append)
    link.asked()
    link.process.theirs.close()
    qtbot.waitUntil(lambda: len(link.processes) == 2)
    link.answer(link.asked(), "the answer")
    qtbot.waitUntil(lambda: answers == ["the answer"])
    assert problems == []


def test_a_search_that_two_searchers_died_of_is_given_up(link: Led, qtbot: QtBot) -> None:
    problems: list[object] = []
    link.search("q", "date", lambda _: None, problems.append)
    for count in (2, 3):
        link.asked()
        link.process.theirs.close()
        qtbot.waitUntil(lambda count=count: len(link.processes) == count)
    assert len(problems) == 1
    assert not link.waiting
