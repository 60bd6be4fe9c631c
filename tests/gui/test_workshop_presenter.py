"""What the workshop asks, and what it makes of answers that come late, in part, or not at all."""

from collections.abc import Iterator

import pytest
from gui_world import Analyst
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from workshop_world import SUGGESTIONS, preview

from reader.domain.entity import Alias, Entity
from reader.errors import BusyError, UsageError
from reader.gui.models.workshop import Tried
from reader.gui.presenters import workshop
from reader.gui.presenters.workshop import HURRY, WorkshopPresenter

HAFTAR = Entity("Khalifa Haftar", "person", "libya", (Alias("Hifter"),), id=3)
MORE = Entity("Khalifa Haftar", "person", "libya", (Alias("Hifter"), Alias("Haftar")), id=3)


@pytest.fixture
def presenter(
    qapp: QApplication, analyst: Analyst, monkeypatch: pytest.MonkeyPatch
) -> Iterator[WorkshopPresenter]:
    monkeypatch.setattr(workshop, "REST", 1)
    monkeypatch.setattr(workshop, "ADVICE_REST", 1)
    made = WorkshopPresenter(analyst)
    yield made
    made.end()


def begin(presenter: WorkshopPresenter, analyst: Analyst, qtbot: QtBot) -> None:
    presenter.begin(HAFTAR)
    qtbot.waitUntil(lambda: len(analyst.asked) == 2)


def test_preview_and_suggestions_are_asked_for_what_is_opened(
    presenter: WorkshopPresenter, analyst: Analyst, qtbot: QtBot
) -> None:
    begin(presenter, analyst, qtbot)
    assert analyst.newest("preview").said == (HAFTAR, HURRY)
    assert presenter.tried.state == "trying"
    analyst.newest("preview").done(preview())
    assert presenter.tried == Tried("done", preview())
    analyst.newest("suggest_aliases").done(SUGGESTIONS)
    assert presenter.advice.suggestions == SUGGESTIONS


def test_an_answer_about_what_was_changed_since_is_dropped_and_its_question_stopped(
    presenter: WorkshopPresenter, analyst: Analyst, qtbot: QtBot
) -> None:
    begin(presenter, analyst, qtbot)
    late = analyst.newest("preview")
    presenter.put(MORE)
    assert late.number in analyst.stopped
    late.done(preview())
    late.progress(1, 2)
    assert presenter.tried == Tried("trying")
    qtbot.waitUntil(lambda: analyst.newest("preview").said[0] == MORE)


def test_a_partial_answer_is_shown_and_the_rest_looked_into(
    presenter: WorkshopPresenter, analyst: Analyst, qtbot: QtBot
) -> None:
    begin(presenter, analyst, qtbot)
    hurried = preview(read=500, candidates=40_000)
    analyst.newest("preview").done(hurried)
    assert presenter.tried == Tried("trying", hurried, "", 500, 40_000)
    whole = analyst.newest("preview")
    assert whole.said == (HAFTAR, None)
    whole.progress(9_000, 40_000)
    assert (presenter.tried.done, presenter.tried.preview) == (9_000, hurried)
    whole.done(preview())
    assert presenter.tried == Tried("done", preview())


def test_what_is_known_stays_when_it_is_stopped_and_again_asks_anew(
    presenter: WorkshopPresenter, analyst: Analyst, qtbot: QtBot
) -> None:
    begin(presenter, analyst, qtbot)
    hurried = preview(read=500, candidates=40_000)
    analyst.newest("preview").done(hurried)
    whole = analyst.newest("preview")
    presenter.stop()
    assert (presenter.tried.state, presenter.tried.preview) == ("stopped", hurried)
    assert whole.number in analyst.stopped
    presenter.again()
    qtbot.waitUntil(lambda: len(analyst.of_kind("preview")) == 3)


def test_refusals_and_failures_are_told_apart(
    presenter: WorkshopPresenter, analyst: Analyst, qtbot: QtBot
) -> None:
    begin(presenter, analyst, qtbot)
    analyst.newest("preview").failed(UsageError("An alias is empty."))
    assert presenter.tried == Tried("refused", None, "An alias is empty.")
    presenter.put(MORE)
    qtbot.waitUntil(lambda: len(analyst.of_kind("preview")) == 2)
    analyst.newest("preview").failed(BusyError("Try once more."))
    assert presenter.tried == Tried("failed", None, "Try once more.")


def test_suggestions_are_asked_anew_only_when_spellings_or_type_change(
    presenter: WorkshopPresenter, analyst: Analyst, qtbot: QtBot
) -> None:
    begin(presenter, analyst, qtbot)
    presenter.put(Entity("Khalifa Haftar", "person", "libya", (Alias("Hifter", True),), id=3))
    qtbot.waitUntil(lambda: len(analyst.of_kind("preview")) == 2)
    qtbot.wait(20)
    assert len(analyst.of_kind("suggest_aliases")) == 1
    presenter.put(MORE)
    qtbot.waitUntil(lambda: len(analyst.of_kind("suggest_aliases")) == 2)


def test_without_a_name_nothing_is_asked(
    presenter: WorkshopPresenter, analyst: Analyst, qtbot: QtBot
) -> None:
    presenter.begin(Entity(" ", "person"))
    qtbot.wait(20)
    assert (analyst.asked, presenter.tried) == ([], Tried())


def test_nobody_is_told_after_the_end(
    presenter: WorkshopPresenter, analyst: Analyst, qtbot: QtBot
) -> None:
    begin(presenter, analyst, qtbot)
    presenter.end()
    assert {one.number for one in analyst.asked} <= set(analyst.stopped)
    with (
        qtbot.assertNotEmitted(presenter.tried_changed),
        qtbot.assertNotEmitted(presenter.advice_changed),
    ):
        analyst.newest("preview").done(preview())
        analyst.newest("suggest_aliases").done(SUGGESTIONS)
