"""Trying queries out by the analyst, so that no search waits: only the newest is answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from led import LedSearcher
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.domain.alert import Backtest, Suggestion
from reader.errors import QueryError
from reader.workers.messages import Answer, Refusal, Suggest, TryOut


@pytest.fixture
def link(qapp: QApplication, tmp_path: Path) -> Iterator[LedSearcher]:
    made = LedSearcher(tmp_path)
    made.start()
    yield made
    made.close()


def test_the_answer_to_a_query_that_was_overtaken_is_dropped(
    link: LedSearcher, qtbot: QtBot
) -> None:
    answers: list[Backtest] = []
    refused: list[object] = []
    link.backtest("haf", answers.append, refused.append)
    link.backtest("haftar", answers.append, refused.append)
    analyst = link.analyst
    for asked in (analyst.asked(), analyst.asked()):
        assert isinstance(asked.request, TryOut)
        analyst.theirs.send(Answer(asked.number, Backtest(asked.request.query, 1)))
    qtbot.waitUntil(lambda: answers == [Backtest("haftar", 1)])
    assert refused == []


def test_a_query_that_cannot_be_run_fails_with_the_parsers_sentence(
    link: LedSearcher, qtbot: QtBot
) -> None:
    answers: list[object] = []
    refused: list[object] = []
    link.backtest('"haftar', answers.append, refused.append)
    problem = QueryError("This quotation mark is never closed.", 0)
    link.analyst.theirs.send(Refusal(link.analyst.asked().number, problem))
    qtbot.waitUntil(lambda: len(refused) == 1)
    assert str(refused[0]) == "This quotation mark is never closed."
    assert answers == []


def test_suggestions_go_to_whoever_asked_last_and_leave_backtests_alone(
    link: LedSearcher, qtbot: QtBot
) -> None:
    answers: list[object] = []
    made = (Suggestion("two", "A sentence.", "haftar NOT x", 2, 0),)
    link.backtest("haftar", answers.append, answers.append)
    link.suggestions("one", answers.append)
    link.suggestions("two", answers.append)
    tried, one, two = (link.analyst.asked() for _ in range(3))
    assert (one.request, two.request) == (Suggest("one"), Suggest("two"))
    for asked, value in ((one, ()), (two, made), (tried, Backtest("haftar", 3))):
        link.analyst.theirs.send(Answer(asked.number, value))
    qtbot.waitUntil(lambda: answers == [made, Backtest("haftar", 3)])
