"""What the page of an entity asks for, in which order, and which answers it shows."""

from datetime import date

import pytest
from gui_world import ENTITIES, Analyst
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.domain.library import Changes
from reader.domain.profile import (
    Companion,
    Comparison,
    Profile,
    Question,
    SentencePage,
)
from reader.errors import StoreError
from reader.gui.presenters.entity_page import EntityPagePresenter
from tests.gui.test_entity_page_models import sentence

TODAY = date(2026, 3, 4)
HAFTAR, ARMY, TOBRUK = ENTITIES[:3]
MET = (Companion(3, "Tobruk", "place", "default", 4, 9, 12.0, 1.0),)


@pytest.fixture
def presenter(qapp: QApplication, analyst: Analyst) -> EntityPagePresenter:
    made = EntityPagePresenter(analyst, lambda: TODAY)
    made.begin(HAFTAR)
    return made


def profile(articles: int = 3) -> Profile:
    return Profile(HAFTAR, Question(), "day", articles)


def kinds(analyst: Analyst) -> list[str]:
    return [one.kind for one in analyst.asked]


def test_sentences_and_figures_come_first_and_reading_texts_last(
    presenter: EntityPagePresenter, analyst: Analyst
) -> None:
    seen: list[object] = []
    presenter.profiled.connect(seen.append)
    presenter.company_found.connect(lambda found, reading: seen.append((found, reading)))
    assert kinds(analyst) == ["quote", "profile"]
    assert analyst.newest("profile").said == (HAFTAR, Question(date(2025, 12, 5)))
    analyst.newest("profile").done(profile())
    analyst.newest("company").done(MET)
    analyst.newest("reading").done(MET)
    assert seen == [profile(), (MET, True), (MET, False)]
    assert kinds(analyst)[2:] == ["company", "reading"]


def test_nobody_keeps_company_with_an_entity_that_is_not_mentioned(
    presenter: EntityPagePresenter, analyst: Analyst, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(presenter.company_found) as found:
        analyst.newest("profile").done(profile(0))
    assert found.args == [(), False]
    assert "company" not in kinds(analyst)


def test_what_is_no_longer_asked_is_stopped(
    presenter: EntityPagePresenter, analyst: Analyst
) -> None:
    analyst.newest("profile").done(profile())
    analyst.newest("company").done(MET)
    reading = analyst.newest("reading").number
    presenter.set_period("30d")
    assert reading in analyst.stopped
    assert analyst.newest("profile").said[1].since == date(2026, 2, 3)
    presenter.end()
    assert {analyst.newest("profile").number, analyst.newest("quote").number} <= set(
        analyst.stopped
    )
    asked = len(analyst.asked)
    presenter.set_unit("week")
    presenter.apply(Changes(lists=True))
    assert len(analyst.asked) == asked


def test_units_need_no_new_sentences_and_copies_do(
    presenter: EntityPagePresenter, analyst: Analyst
) -> None:
    presenter.set_unit("month")
    assert len(analyst.of_kind("quote")) == 1
    assert analyst.newest("profile").said[1].unit == "month"
    presenter.set_collapse(on=True)
    assert len(analyst.of_kind("quote")) == 2
    assert analyst.newest("quote").said[1].collapse


def test_sentences_come_page_by_page(presenter: EntityPagePresenter, analyst: Analyst) -> None:
    analyst.newest("quote").done(SentencePage((sentence(2),), (5, 2, 0)))
    model = presenter.model
    model.fetchMore(model.index(-1, 0))
    assert analyst.newest("quote").said[2] == (5, 2, 0)
    analyst.newest("quote").done(SentencePage((sentence(1),)))
    assert [one.article_id for one in model.rows] == [2, 1]
    assert not model.canFetchMore(model.index(-1, 0))


def test_a_companion_leads_to_the_sentences_with_both(
    presenter: EntityPagePresenter, analyst: Analyst
) -> None:
    analyst.newest("quote").done(SentencePage((sentence(2),)))
    presenter.quote_with(TOBRUK)
    assert analyst.newest("quote").said[2:] == (None, TOBRUK)
    assert presenter.model.rows == []
    presenter.quote_with(None)
    assert analyst.newest("quote").said[3] is None


def test_a_late_page_of_another_question_is_dropped(
    presenter: EntityPagePresenter, analyst: Analyst
) -> None:
    late = analyst.newest("quote").done
    late(SentencePage((sentence(3),), (9, 3, 0)))
    late(SentencePage((sentence(3),), (9, 3, 0)))
    assert len(presenter.model.rows) == 1


def test_at_most_five_are_compared_and_one_is_alone_again(
    presenter: EntityPagePresenter, analyst: Analyst
) -> None:
    seen: list[object] = []
    presenter.compared.connect(seen.append)
    presenter.compare(ENTITIES[1:])
    assert analyst.newest("compare").said[0] == ENTITIES[:5]
    found = Comparison(Question(), "day", (), ())
    analyst.newest("compare").done(found)
    presenter.compare(())
    assert seen == [found, None]
    presenter.compare((ARMY,))
    presenter.set_unit("week")
    assert analyst.newest("compare").said[1].unit == "week"
    presenter.begin(TOBRUK)
    assert presenter.others == ()


def test_news_are_counted_once_the_library_rests(
    presenter: EntityPagePresenter, analyst: Analyst, qtbot: QtBot
) -> None:
    presenter.apply(Changes(counts=True))
    for _ in range(3):
        presenter.apply(Changes(lists=True))
    qtbot.waitUntil(lambda: len(analyst.of_kind("profile")) == 2)
    assert len(analyst.of_kind("quote")) == 1, "what is read stays"
    presenter.end()


def test_only_missing_figures_take_the_page_away(
    presenter: EntityPagePresenter, analyst: Analyst
) -> None:
    problem, failed, told = StoreError("No."), [], []
    presenter.failed.connect(failed.append)
    presenter.problem.connect(told.append)
    analyst.newest("quote").failed(problem)
    assert (failed, told) == ([], [problem])
    analyst.newest("profile").failed(problem)
    assert failed == [problem]
