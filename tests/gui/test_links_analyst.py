"""The window's end of the analyst: started for a question, stopped, overtaken, gone and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from led import Led
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.domain.entity import Entity
from reader.errors import ReaderError, UsageError
from reader.gui.analyst_link import AnalystsLink
from reader.workers.messages import (
    Answer,
    Ask,
    DiscoverNames,
    GiveUp,
    PreviewEntity,
    Progress,
    Refusal,
    SuggestAliases,
)

A, B = Entity("Khalifa Haftar", "person"), Entity("Tobruk", "place")


class LedAnalyst(Led, AnalystsLink):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.answers: list[object] = []
        self.problems: list[ReaderError] = []
        self.steps: list[tuple[int, int]] = []
        self.problem.connect(self.problems.append)

    def try_out(self, entity: Entity) -> int:
        return self.preview(entity, 1.0, self.answers.append, self.problems.append, self._stepped)

    def _stepped(self, done: int, total: int) -> None:
        self.steps.append((done, total))


@pytest.fixture
def link(qapp: QApplication, tmp_path: Path) -> Iterator[LedAnalyst]:
    made = LedAnalyst(tmp_path)
    yield made
    made.close()


def test_no_process_runs_before_anything_is_asked(link: LedAnalyst) -> None:
    assert link.processes == []
    link.try_out(A)
    assert link.theirs.recv() == Ask(1, PreviewEntity(A, 1.0))
    link.suggest_aliases(A, link.answers.append, link.problems.append)
    assert link.theirs.recv() == Ask(2, SuggestAliases(A))
    assert len(link.processes) == 1


def test_answers_and_progress_go_to_who_asked(link: LedAnalyst, qtbot: QtBot) -> None:
    number = link.try_out(A)
    link.theirs.send(Progress(number, 3, 9))
    link.theirs.send(Progress(number + 7, 5, 9))
    link.theirs.send(Answer(number, "told"))
    link.theirs.send(Progress(number, 4, 9))
    qtbot.waitUntil(lambda: link.answers == ["told"])
    refused = link.try_out(B)
    link.theirs.send(Refusal(refused, UsageError("Give it a name.")))
    qtbot.waitUntil(lambda: bool(link.problems))
    assert str(link.problems[0]) == "Give it a name."
    assert link.steps == [(3, 9)]


def test_a_question_that_is_overtaken_is_never_answered(link: LedAnalyst, qtbot: QtBot) -> None:
    old, new = link.try_out(A), link.try_out(B)
    link.theirs.send(Answer(old, "old"))
    link.theirs.send(Answer(new, "new"))
    qtbot.waitUntil(lambda: bool(link.answers))
    assert link.answers == ["new"]
    assert not link.waiting


def test_a_question_that_is_stopped_is_given_up_there_too(link: LedAnalyst) -> None:
    number = link.discover(14, 50, link.answers.append, link.problems.append, link._stepped)
    link.stop(number)
    assert link.theirs.recv() == Ask(number, DiscoverNames(14, 50))
    assert link.theirs.recv() == GiveUp(number)
    assert not link.waiting
    link.stop(number)
    link.stop(0)
    assert not link.theirs.poll()


def test_one_that_leaves_when_idle_is_started_again_for_the_next_question(
    link: LedAnalyst, qtbot: QtBot
) -> None:
    number = link.try_out(A)
    link.theirs.send(Answer(number, "told"))
    qtbot.waitUntil(lambda: bool(link.answers))
    link.theirs.close()
    qtbot.waitUntil(lambda: link.pid == 0)
    link.try_out(B)
    assert link.theirs.recv() == Ask(2, PreviewEntity(B, 1.0))
    assert (len(link.processes), link.problems) == (2, [])


def test_one_that_dies_of_a_question_is_asked_once_more_and_then_says_so(
    link: LedAnalyst, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    number = link.try_out(A)
    for died in (1, 2):
        assert link.theirs.recv() == Ask(number, PreviewEntity(A, 1.0))
        link.theirs.close()
        qtbot.waitUntil(lambda died=died: len(link.processes) > died or bool(link.problems))
    assert [str(p) for p in link.problems] == [
        "The analysis stopped and is being started again; try once more."
    ]
    assert "The analysis stopped unexpectedly" in caplog.text
