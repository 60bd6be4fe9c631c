"""From what the library has due to what stands on the desktop, and back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from desktop_world import Screen
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.domain.alert import Alert, Context, Notice
from reader.domain.article import Span
from reader.domain.library import Changes
from reader.errors import StoreError
from reader.gui.jobs import Jobs
from reader.gui.models.toasts import INBOX, OPEN, article_of, toasts_of
from reader.gui.presenters.changer import Changer
from reader.gui.presenters.notices import NoticesPresenter
from reader.gui.state import WindowState

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def alert(article: int, search: str = "Libya", **more: Any) -> Alert:
    told: dict[str, Any] = {"saved_id": 1, "source": "Harbour Review", "id": article, **more}
    return Alert(article, f"Title {article}", search, (Span("title", 0, 5, "Title"),), NOW, **told)


def notice(*alerts: Alert, batch: str = "one", **more: Any) -> Notice:
    return Notice(batch, "desktop", alerts, **more)


def texts(told: Notice) -> list[str]:
    return [toast.title for toast in toasts_of(told)]


# what is said


def test_one_article_is_one_notification_that_names_every_search() -> None:
    names = ("Libya", "Wagner", "Air defence", "Tobruk", "Ports")
    (toast,) = toasts_of(notice(*(alert(7, name) for name in names)))
    assert toast.title == "Title 7"
    assert toast.text == "Harbour Review · Libya, Wagner, Air defence, Tobruk and 1 more"
    assert article_of(toast.key) == 7
    assert [name for name, _ in toast.actions] == ["keep", "noise", "read"]


def test_three_articles_are_three_notifications_and_four_are_one() -> None:
    assert texts(notice(alert(1), alert(2), alert(3))) == ["Title 1", "Title 2", "Title 3"]
    four = notice(alert(1), alert(2), alert(3), alert(4, "Wagner"), alert(4, "Libya"))
    (toast,) = toasts_of(four)
    assert toast.title == "4 articles · Libya, Wagner"
    assert toast.key == INBOX
    assert toast.text == "Title 1\nTitle 2\nTitle 3"


def test_what_was_missed_is_one_notification_however_little() -> None:
    assert texts(notice(alert(1), alert(2), missed=True)) == [
        "While you were away: 2 articles · Libya"
    ]
    assert texts(notice(alert(1), missed=True)) == ["While you were away: Title 1"]


def test_what_was_seen_in_the_window_is_not_shown_again() -> None:
    assert texts(notice(alert(1, seen=True), alert(2))) == ["Title 2"]
    assert texts(notice(alert(1, seen=True))) == []


def test_the_words_stand_in_their_passage_where_they_are_marked() -> None:
    text = "x" * 300 + " the embargo\nholds"
    start = text.index("embargo")
    context = Context("body", text, ((start, start + 7),))
    (toast,) = toasts_of(notice(alert(1, context=(context,))))
    assert [toast.text[a:b] for a, b in toast.marks] == ["embargo"]
    assert toast.text.splitlines()[1].startswith("…x")
    assert toast.text.endswith("the embargo holds")


def test_names_and_passages_keep_their_direction_to_themselves() -> None:
    text = "a \u202eturned\u2028passage"
    context = Context("body", text, ((10, 17),))
    (toast,) = toasts_of(notice(alert(1, "درنة", source="\u202eHarbour", context=(context,))))
    about, passage = toast.text.split("\n")
    assert about == "Harbour · \u2068درنة\u2069"
    assert passage == "a \u2060turned passage"
    assert [toast.text[a:b] for a, b in toast.marks] == ["passage"]


def test_the_highest_priority_counts_and_sound_is_made_once() -> None:
    three = notice(alert(1), alert(2, priority="high"), alert(3, priority="low"), sound=True)
    toasts = list(toasts_of(three))
    assert [toast.urgency for toast in toasts] == [1, 2, 0]
    assert [toast.sound for toast in toasts] == [True, False, False]


# showing it


class Outbox:
    """The part of a library that has alerts to be shown."""

    def __init__(self) -> None:
        self.due: list[Notice] = []
        self.calls: list[tuple[Any, ...]] = []
        self.problem: StoreError | None = None
        self.lose = False
        """Whether being told that a batch is over has no effect."""

    def notices(self) -> list[Notice]:
        if self.problem:
            raise self.problem
        self.calls.append(("notices",))
        return self.due[:1]

    def delivered(self, batch: str) -> Changes:
        self.calls.append(("delivered", batch))
        if not self.lose:
            self.due = [one for one in self.due if one.batch != batch]
        return Changes(counts=True)

    def judge_for(self, hits: Mapping[str, Sequence[int]], kept: bool | None) -> Changes:
        self.calls.append(("judge", {name: tuple(ids) for name, ids in hits.items()}, kept))
        return Changes(frozenset(n for ids in hits.values() for n in ids), counts=True)

    def mark(self, ids: Sequence[int], *, read: bool) -> Changes:
        self.calls.append(("mark", tuple(ids), read))
        return Changes(frozenset(ids), counts=True)

    def over(self) -> list[Any]:
        return [call[1] for call in self.calls if call[0] == "delivered"]


class Desk:
    """A presenter with all that is around it."""

    def __init__(self, jobs: Jobs, outbox: Outbox, state: WindowState) -> None:
        self.outbox, self.screen, self.state = outbox, Screen(), state
        self.now = NOW
        self.changer = Changer(jobs)
        self.notices = NoticesPresenter(jobs, self.changer, state, lambda: self.now)
        self.notices.desktop = self.screen

    def keys(self) -> list[str]:
        return [toast.key for toast in self.screen.shown]


@pytest.fixture
def desks(qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[..., Desk]]:
    outbox, state, made = Outbox(), WindowState(), []
    jobs = Jobs(lambda: outbox, lambda: outbox)

    def make() -> Desk:
        made.append(Desk(jobs, outbox, state))
        return made[-1]

    yield make
    for desk in made:
        desk.notices.deleteLater()
        desk.changer.deleteLater()
    jobs.close()


@pytest.fixture
def desk(desks: Callable[..., Desk]) -> Desk:
    return desks()


def test_every_batch_is_shown_and_then_told_to_be_over(desk: Desk, qtbot: QtBot) -> None:
    desk.outbox.due = [notice(alert(1), batch="a"), notice(alert(2), alert(3), batch="b")]
    desk.notices.check()
    qtbot.waitUntil(lambda: desk.outbox.over() == ["a", "b"])
    assert desk.keys() == ["1", "2", "3"]


def test_a_batch_is_over_only_when_the_desktop_took_all_of_it(desk: Desk, qtbot: QtBot) -> None:
    desk.screen.held = []
    desk.outbox.due = [notice(alert(1), alert(2))]
    desk.notices.check()
    for count in (1, 2):
        qtbot.waitUntil(lambda: len(desk.screen.held or ()) == count)  # noqa: B023
        assert desk.outbox.over() == []
        desk.screen.held[-1]()
    qtbot.waitUntil(lambda: desk.outbox.over() == ["one"])


def test_what_the_desktop_refused_is_tried_again_without_what_it_took(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.screen.held = []
    desk.outbox.due = [notice(alert(1), alert(2))]
    desk.notices.check()
    qtbot.waitUntil(lambda: bool(desk.screen.held))
    desk.screen.refuse = "Nobody is there."
    desk.screen.held.pop()()
    assert desk.notices.trouble == "Nobody is there."
    assert desk.outbox.over() == []
    desk.screen.refuse, desk.screen.held = "", None
    desk.notices.retry()
    qtbot.waitUntil(lambda: desk.outbox.over() == ["one"])
    assert desk.keys() == ["1", "2"]
    qtbot.waitUntil(lambda: desk.notices.trouble == "")


def test_a_batch_that_stays_due_is_not_shown_twice(
    desks: Callable[..., Desk], qtbot: QtBot
) -> None:
    first = desks()
    first.outbox.lose = True
    first.outbox.due = [notice(alert(1))]
    first.notices.check()
    qtbot.waitUntil(lambda: first.outbox.over() == ["one"])
    qtbot.waitUntil(lambda: first.outbox.calls.count(("notices",)) == 2)
    first.notices.check()
    qtbot.waitUntil(lambda: first.outbox.calls.count(("notices",)) >= 3)
    assert first.keys() == ["1"]
    again = desks()  # as after a start of the program
    again.outbox.lose = False
    again.notices.check()
    qtbot.waitUntil(lambda: again.outbox.over() == ["one", "one"])
    assert again.keys() == []


def test_alerts_that_were_seen_are_over_without_being_shown(desk: Desk, qtbot: QtBot) -> None:
    desk.outbox.due = [notice(alert(1, seen=True))]
    desk.notices.check()
    qtbot.waitUntil(lambda: desk.outbox.over() == ["one"])
    assert desk.keys() == []


def test_a_library_that_cannot_be_read_is_tried_again_later(desk: Desk, qtbot: QtBot) -> None:
    desk.outbox.problem = StoreError("The library is locked.")
    with qtbot.waitSignal(desk.notices.state_changed):
        desk.notices.check()
    assert desk.notices.trouble == "The library is locked."
    desk.outbox.problem, desk.outbox.due = None, [notice(alert(1))]
    desk.notices.retry()
    qtbot.waitUntil(lambda: desk.keys() == ["1"])


def test_nothing_is_shown_in_a_pause_and_all_of_it_afterwards(desk: Desk, qtbot: QtBot) -> None:
    desk.outbox.due = [notice(alert(1))]
    desk.notices.pause(NOW + timedelta(hours=1))
    desk.notices.check()
    qtbot.wait(50)
    assert desk.outbox.calls == []
    desk.now += timedelta(hours=2)
    assert desk.notices.paused_until is None
    desk.notices.check()
    qtbot.waitUntil(lambda: desk.keys() == ["1"])


def test_a_pause_outlives_a_restart_and_can_be_ended(
    desks: Callable[..., Desk], qtbot: QtBot
) -> None:
    desks().notices.pause(NOW + timedelta(hours=1))
    again = desks()
    assert again.notices.paused_until == NOW + timedelta(hours=1)
    again.outbox.due = [notice(alert(1))]
    again.notices.pause(None)
    qtbot.waitUntil(lambda: again.keys() == ["1"])


@pytest.mark.parametrize("stored", ["", "soon", "2026-11-22T13:00:00"])
def test_a_pause_that_was_stored_wrong_is_none(desk: Desk, stored: str) -> None:
    desk.state.put("notices_paused", stored)
    assert desk.notices.paused_until is None


# what is chosen there


def shown(desk: Desk, qtbot: QtBot, *alerts: Alert) -> None:
    desk.outbox.due = [notice(*alerts)]
    desk.notices.check()
    qtbot.waitUntil(lambda: desk.outbox.over() == ["one"])


@pytest.mark.parametrize(("action", "kept"), [("keep", True), ("noise", False)])
def test_judging_there_judges_for_every_search_that_is_left(
    desk: Desk, qtbot: QtBot, action: str, kept: bool
) -> None:
    shown(desk, qtbot, alert(7), alert(7, "Wagner"), alert(7, "Gone", saved_id=None), alert(8))
    desk.notices.act("7", action)
    qtbot.waitUntil(lambda: any(call[0] == "judge" for call in desk.outbox.calls))
    judged = [call[1:] for call in desk.outbox.calls if call[0] == "judge"]
    assert judged == [({"Libya": (7,), "Wagner": (7,)}, kept)]


def test_marking_read_there_marks_read(desk: Desk, qtbot: QtBot) -> None:
    shown(desk, qtbot, alert(7))
    desk.notices.act("7", "read")
    qtbot.waitUntil(lambda: ("mark", (7,), True) in desk.outbox.calls)


def test_opening_leads_to_the_article_or_to_the_inbox(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.notices.article_wanted) as told:
        desk.notices.act("7", OPEN)
    assert told.args == [7]
    with qtbot.waitSignal(desk.notices.inbox_wanted):
        desk.notices.act(INBOX, OPEN)
    with qtbot.waitSignal(desk.notices.window_wanted):
        desk.notices.act("window", OPEN)
