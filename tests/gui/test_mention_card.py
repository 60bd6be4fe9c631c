"""The card beside a mention: what it says and when, where it stands, what can be done on it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from gui_world import NOW, Library, line
from patience import point_at
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reading_world import article
from window_steps import choose, loaded, press

from reader.domain.entity import Alias, Entity, EntityLine
from reader.domain.library import Changes, Overview
from reader.domain.row_mentions import Named, RowMentions
from reader.domain.search import SavedLine, SavedSearch
from reader.errors import StoreError
from reader.gui.jobs import Jobs
from reader.gui.main_window import MainWindow
from reader.gui.models.highlights import Highlights
from reader.gui.models.mention_card import (
    About,
    Facts,
    about,
    counted,
    kind_of,
    query_for,
    seen,
    shortened,
    spelled,
)
from reader.gui.presenters.mention_card import MentionCardPresenter
from reader.gui.theme import DARK
from reader.gui.views.article_marks import ENTITY, Mark
from reader.gui.views.card_place import SHADOW, stand
from reader.gui.views.hover_intent import AGAIN, REST, HoverIntent
from reader.gui.views.mention_card import RECENT, MentionCard

HAFTAR = Entity(
    "Khalifa Haftar", "person", "libya", (Alias("Haftar"), Alias("Хафтар"), Alias("حفتر")),
    note="LNA commander", id=1,
)  # fmt: skip
KNOWN = Overview(entities=(EntityLine(HAFTAR, 48, 93),))
MARK = Mark(10, 16, ENTITY, "person", 1, "Khalifa Haftar", "Haftar")
WORD = QRect(200, 200, 60, 20)


# what it says


def test_the_spelling_found_comes_first_and_stands_out() -> None:
    told = about(KNOWN, 1, "", "", "Хафтар", (2, 5))
    assert told.spellings == ("Хафтар", "Haftar", "حفتر")
    assert spelled(told).startswith("\u200e<b>\u2068Хафтар\u2069</b> · \u2068Haftar\u2069")
    assert spelled(About(1, "Nobody", "person")) == ""
    assert (kind_of(told), counted(told)) == ("Person · libya", "48 articles · 93 mentions")


def test_the_name_is_not_repeated_among_its_spellings() -> None:
    told = about(KNOWN, 1, "", "", "Khalifa Haftar", (1, 1))
    assert told.spellings == ("Haftar", "Хафтар", "حفتر")
    assert "<b>" not in spelled(told)


def test_many_spellings_are_counted_and_none_is_taken_for_markup() -> None:
    many = About(1, "AT&T", "organisation", aliases=tuple(f"<i>{n}" for n in range(14)))
    assert spelled(many).endswith(" · and 4 more")
    assert "&lt;i&gt;0" in spelled(many)


def test_an_entity_the_window_has_not_heard_of_is_called_as_the_article_calls_it() -> None:
    told = about(Overview(), 9, "Nobody", "topic", "nobody", (0, 0))
    assert (told.name, told.type, told.spellings) == ("Nobody", "topic", ("nobody",))
    assert counted(told) == ""


def test_an_alert_for_just_this_entity_is_known() -> None:
    query = query_for(HAFTAR.name)
    others = SavedLine(SavedSearch(1, "Quiet", query), 0, 0)
    fires = SavedLine(SavedSearch(2, "Loud", query, alert=True), 0, 0)
    known = replace(KNOWN, saved=(others, fires))
    assert about(known, 1, "", "", "", (0, 0)).alert == "Loud"
    assert about(replace(known, saved=(others,)), 1, "", "", "", (0, 0)).alert == ""


def test_quotes_in_a_name_do_not_end_the_query() -> None:
    assert query_for('The "Brigade"') == 'entity:"The ""Brigade"""'


def test_when_it_was_last_seen() -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert seen(Facts(last_seen=now - timedelta(hours=3)), now) == "Last seen 3 h ago"
    assert seen(Facts(last_seen=now), now) == "Last seen now"
    assert seen(Facts(last_seen=now - timedelta(days=9)), now) == "Last seen 13 Nov"
    assert seen(Facts(), now) == ""


def test_a_long_note_is_shortened() -> None:
    assert shortened("a\n\nb") == "a b"
    assert len(shortened("word " * 100)) <= 180


# where it stands


def words_in(room: QSize) -> Iterator[QRect]:
    for x in range(0, room.width() - 60, 40):
        for y in range(60, room.height() - 20, 20):
            yield QRect(x, y, 60, 20)


@pytest.mark.parametrize("room", [QSize(760, 480), QSize(1280, 800), QSize(2560, 1440)])
@pytest.mark.parametrize("high", [180, 320, 420])
def test_it_never_covers_the_word_and_never_leaves_the_window(room: QSize, high: int) -> None:
    card = QSize(412, high)
    for word in words_in(room):
        corner = stand(word, card, room)
        if corner is None:
            assert room.height() < 2 * high, "it is too big for a small window only"
            continue
        painted = QRect(corner, card).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        assert not painted.intersects(word), (word, painted)
        assert QRect(QPoint(), room).contains(painted), (word, painted)


def test_in_the_smallest_window_it_keeps_to_what_matters(shown: Callable[..., QWidget]) -> None:
    host = QWidget()
    shown(host, 760, 480)
    card, told = MentionCard(host), about(KNOWN, 1, "", "", "Haftar", (1, 3))
    for word in words_in(host.size()):
        card.show_about(told, QRect(host.mapToGlobal(word.topLeft()), word.size()))
        painted = card.geometry().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        assert not painted.intersects(word), (word, painted)
        assert host.rect().contains(painted), (word, painted)
        assert card.articles.isVisible()


# the pointer


def test_only_a_pointer_that_rests_is_meant(qtbot: QtBot) -> None:
    intent = HoverIntent()
    with qtbot.assertNotEmitted(intent.wanted, wait=REST + 100):
        intent.point("a", WORD)
        intent.point(None, QRect())
    with qtbot.waitSignal(intent.wanted) as wanted:
        intent.point("b", WORD)
    assert wanted.args == ["b", WORD]


def test_a_card_waits_for_a_pointer_that_goes_to_it(qtbot: QtBot) -> None:
    intent = HoverIntent()
    intent.point("a", WORD)
    intent.open = True
    with qtbot.assertNotEmitted(intent.left, wait=400):
        intent.point(None, QRect())
        intent.hold()
    with qtbot.waitSignal(intent.left):
        intent.let_go()


def test_an_open_card_turns_sooner_to_another_word(qtbot: QtBot) -> None:
    intent = HoverIntent()
    intent.open = True
    asked: list[object] = []
    intent.wanted.connect(lambda thing, _place: asked.append(thing))
    intent.point("a", WORD)
    qtbot.wait(round((AGAIN + REST) / 2))
    assert asked == ["a"]


# the presenter


@pytest.fixture
def card(shown: Callable[..., QWidget]) -> MentionCard:
    host = QWidget()
    shown(host, 900, 700)
    return MentionCard(host)


def present(jobs: Jobs, card: MentionCard) -> MentionCardPresenter:
    made = MentionCardPresenter(jobs, card, card)
    made.set_overview(KNOWN)
    return made


def test_it_appears_at_once_and_fills(jobs: Jobs, card: MentionCard, qtbot: QtBot) -> None:
    presenter = present(jobs, card)
    presenter.show(MARK, WORD, 1000, (2, 5))
    assert card.isVisible()
    assert card.name.text() == "Khalifa Haftar"
    assert card.place.text() == "2 of 5 here"
    assert all(button.line is None for button in card.recent)
    size = card.size()
    qtbot.waitUntil(lambda: card.recent[0].line is not None)
    assert card.seen.text().startswith("Last seen")
    assert card.size() == size, "what comes later has its place already"


def test_the_article_that_is_read_is_not_among_the_others(
    jobs: Jobs, library: Library, card: MentionCard, qtbot: QtBot
) -> None:
    newest = max(library.articles)
    present(jobs, card).show(MARK, WORD, newest, (1, 1))
    qtbot.waitUntil(lambda: card.recent[0].line is not None)
    shown = [button.line.id for button in card.recent if button.line]
    assert len(shown) == RECENT
    assert newest not in shown


def test_no_other_article_is_said(
    jobs: Jobs, library: Library, card: MentionCard, qtbot: QtBot
) -> None:
    newest = max(library.articles)
    library.articles = {newest: library.articles[newest]}
    present(jobs, card).show(MARK, WORD, newest, (1, 1))
    qtbot.waitUntil(lambda: card.others.text() == "No other article")


def asked(library: Library) -> int:
    return sum(call[0] == "newest" for call in library.calls)


def test_what_was_read_is_shown_again_until_something_changes(
    jobs: Jobs, library: Library, card: MentionCard, qtbot: QtBot
) -> None:
    presenter = present(jobs, card)
    presenter.show(MARK, WORD, 1000, (1, 2))
    qtbot.waitUntil(lambda: card.recent[0].line is not None)
    presenter.show(MARK, WORD, 1000, (2, 2))
    assert card.recent[0].line is not None
    assert asked(library) == 1
    presenter.apply(Changes(entities=True))
    presenter.show(MARK, WORD, 1000, (2, 2))
    qtbot.waitUntil(lambda: asked(library) == 2)
    qtbot.waitUntil(lambda: card.recent[0].line is not None)


def test_a_late_answer_about_another_entity_is_not_shown(
    jobs: Jobs, library: Library, card: MentionCard, qtbot: QtBot
) -> None:
    presenter = present(jobs, card)
    with library.lock:
        presenter.show(MARK, WORD, 1000, (1, 2))
        card.show_about(About(2, "Tobruk", "place"), WORD)
    qtbot.waitUntil(lambda: asked(library) == 1)
    qtbot.wait(50)
    assert all(button.line is None for button in card.recent)


def test_a_library_that_fails_closes_the_card_and_says_why(
    jobs: Jobs, library: Library, card: MentionCard, qtbot: QtBot
) -> None:
    library.refuse = StoreError("The disk is full.")
    with qtbot.waitSignal(jobs.failed) as failed:
        present(jobs, card).show(MARK, WORD, 1000, (1, 1))
    assert str(failed.args[0]) == "The disk is full."
    assert card.isHidden()


# the card itself


def test_everything_on_it_can_be_reached_by_tab_and_has_a_name(
    card: MentionCard, qtbot: QtBot
) -> None:
    card.set_theme(DARK)
    card.show_about(about(KNOWN, 1, "", "", "Haftar", (1, 3)), WORD)
    card.fill(Facts((1, 2), NOW, (line(1), line(2))))
    card.window().activateWindow()
    card.take_focus()
    reached = []
    for _ in range(9):
        here = card.window().focusWidget()
        assert here is not None
        reached.append(here.accessibleName())
        QTest.keyClick(here, Qt.Key.Key_Tab)
    assert reached[:7] == ["Articles", "Alert", "Edit", "Page", "Not this", "Previous mention",
                           "Next mention"]  # fmt: skip
    assert all(reached)
    assert card.window().focusWidget() is card.articles, "Tab goes round"


def test_no_button_s_words_are_cut(card: MentionCard) -> None:
    card.show_about(about(KNOWN, 1, "", "", "Haftar", (1, 3)), WORD)
    for button in (card.articles, card.alert, card.edit, card.page, card.reject):
        assert button.width() >= button.sizeHint().width(), button.text()


def test_its_buttons_say_whom_they_are_about(card: MentionCard, qtbot: QtBot) -> None:
    told = about(KNOWN, 1, "", "", "Haftar", (1, 3))
    for button, signal in (
        (card.articles, card.articles_wanted), (card.alert, card.alert_wanted),
        (card.edit, card.edit_wanted), (card.page, card.page_wanted),
    ):  # fmt: skip
        card.show_about(told, WORD)
        with qtbot.waitSignal(signal) as wanted:
            button.click()
        assert wanted.args == [1]
        assert card.isHidden()
    card.show_about(told, WORD)
    with qtbot.waitSignal(card.rejected) as rejected:
        card.reject.click()
    assert rejected.args == [1, "Haftar"]


# in the window


def opened(window: MainWindow, qtbot: QtBot) -> MentionCard:
    loaded(window, qtbot)
    choose(window, qtbot, 0)
    press(window, "mention_card")
    card = window.cards.card
    qtbot.waitUntil(card.isVisible)
    return card


def test_a_key_opens_it_and_escape_gives_the_focus_back(window: MainWindow, qtbot: QtBot) -> None:
    loaded(window, qtbot)
    window.activateWindow()
    window.list.table.setFocus()
    card = opened(window, qtbot)
    assert card.about.name == "Khalifa Haftar"
    assert card.articles.hasFocus()
    QTest.keyClick(card.articles, Qt.Key.Key_Escape)
    assert card.isHidden()
    assert window.list.table.hasFocus()


def test_it_goes_along_through_the_mentions_of_its_entity(window: MainWindow, qtbot: QtBot) -> None:
    loaded(window, qtbot)
    window.view.show_article(article())
    press(window, "mention_card")
    card = window.cards.card
    assert (card.about.entity_id, card.about.number, card.about.of) == (1, 1, 3)
    card.next.click()
    assert card.isVisible()
    assert (card.about.entity_id, card.about.number) == (1, 2)
    card.previous.click()
    card.previous.click()
    assert card.about.number == 3


def test_scrolling_and_another_article_close_it(window: MainWindow, qtbot: QtBot) -> None:
    card = opened(window, qtbot)
    window.view.left_place.emit()
    assert card.isHidden()
    press(window, "mention_card")
    assert card.isVisible()
    choose(window, qtbot, 2)
    assert card.isHidden()


def test_a_mention_that_is_not_meant_can_be_taken_away(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    card = opened(window, qtbot)
    article = window.view.article_id()
    card.reject.click()
    qtbot.waitUntil(lambda: ("reject_mention", article, 1, "Khalifa Haftar") in library.calls)
    qtbot.waitUntil(lambda: "does not mean" in window.status.message.text())


def test_one_click_makes_an_alert_and_a_second_one_says_so(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    card = opened(window, qtbot)
    card.alert.click()
    qtbot.waitUntil(lambda: any(s.query == 'entity:"Khalifa Haftar"' for s in library.saved))
    saved = next(s for s in library.saved if s.query == 'entity:"Khalifa Haftar"')
    assert saved.alert
    qtbot.waitUntil(
        lambda: any(s.saved.id == saved.id for s in window.places.overview.saved)
    )  # fmt: skip
    press(window, "mention_card")
    qtbot.waitUntil(lambda: card.about.alert == saved.name)
    before = len(library.saved)
    card.alert.click()
    assert "already" in window.status.message.text()
    assert len(library.saved) == before


def test_an_article_of_the_card_is_opened(window: MainWindow, qtbot: QtBot) -> None:
    card = opened(window, qtbot)
    qtbot.waitUntil(lambda: card.recent[0].line is not None)
    other = card.recent[0].line
    assert other is not None
    card.recent[0].click()
    qtbot.waitUntil(lambda: window.view.article_id() == other.id)
    assert card.isHidden()


def test_the_menu_of_a_mention_offers_the_same(window: MainWindow, qtbot: QtBot) -> None:
    loaded(window, qtbot)
    choose(window, qtbot, 0)
    mark = window.view.page.layer.marks.all[0]
    menu = window.view.menu(mark)
    labels = {action.text(): action for action in menu.actions()}
    with qtbot.waitSignal(window.view.alert_requested) as asked_for:
        labels["Alert me about Khalifa Haftar"].trigger()
    assert asked_for.args == [1]
    with qtbot.waitSignal(window.view.reject_requested) as rejected:
        labels["Not Khalifa Haftar: take this mention away"].trigger()
    assert rejected.args == [1, "Khalifa Haftar"]
    menu.deleteLater()


def test_the_page_of_the_entity_is_opened(window: MainWindow, qtbot: QtBot) -> None:
    card = opened(window, qtbot)
    card.page.click()
    page = window.entity_pages.page
    assert page is not None
    assert page.isVisible()
    assert card.isHidden()
    window.entity_pages.close()


def test_a_pointer_that_rests_on_a_mention_opens_it_and_leaving_closes_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    loaded(window, qtbot)
    choose(window, qtbot, 0)
    viewport, card = window.view.page.viewport(), window.cards.card
    mark = window.view.page.layer.marks.all[0]

    pointed: list[QPoint] = []

    def opens() -> bool:
        """The text may still be laid out anew, and the mention move from under the pointer."""
        word = viewport.mapFromGlobal(window.view.place_of(mark).center())
        if pointed[-1:] != [word]:
            point_at(viewport, word)
            pointed.append(word)
        return card.isVisible()

    qtbot.waitUntil(opens)
    place = window.view.place_of(mark)
    assert card.about.entity_id == mark.entity_id
    assert (
        not card.geometry()
        .adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        .intersects(QRect(window.mapFromGlobal(place.topLeft()), place.size()))
    )
    point_at(viewport, QPoint(2, 2))
    qtbot.waitUntil(card.isHidden)


def test_a_window_of_another_size_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    card = opened(window, qtbot)
    window.resize(window.width() - 200, window.height())
    qtbot.waitUntil(card.isHidden)


def test_a_name_in_the_list_has_its_card_which_scrolling_closes(
    window: MainWindow, qtbot: QtBot
) -> None:
    loaded(window, qtbot)
    table = window.list.table
    article = table.rows.ids[0]
    named = RowMentions(article, "", (Named(0, 6, "person", 1),))
    table.rows.set_named([named])
    row = table.visualRect(table.rows.index(0, 0))
    spots = (QPoint(x, y) for y in range(row.top(), row.bottom(), 4) for x in range(20, 120, 4))
    at = next(spot for spot in spots if table.name_at(spot))
    with qtbot.waitSignal(table.name_pointed) as pointed:
        point_at(table.viewport(), at)
    listed, place = pointed.args
    assert (listed.article_id, listed.entity_id) == (article, 1)
    assert place.contains(table.viewport().mapToGlobal(at))
    window.cards.intent.wanted.emit(listed, place)
    card = window.cards.card
    assert card.isVisible()
    assert card.name.text() == "Khalifa Haftar"
    assert not card.reject.isVisibleTo(card)
    assert not card.next.isVisibleTo(card)
    qtbot.waitUntil(lambda: card.recent[0].line is not None)
    assert all(button.line is None or button.line.id != article for button in card.recent)
    table.verticalScrollBar().setValue(40)
    assert card.isHidden()


def test_names_that_are_not_highlighted_in_the_list_have_no_card(
    window: MainWindow, qtbot: QtBot
) -> None:
    loaded(window, qtbot)
    table = window.list.table
    table.rows.set_named([RowMentions(table.rows.ids[0], "", (Named(0, 6, "person", 1),))])
    table.set_highlights(Highlights(types=frozenset({"person"})))
    row = table.visualRect(table.rows.index(0, 0))
    for y in range(row.top(), row.bottom(), 4):
        assert not any(table.name_at(QPoint(x, y)) for x in range(20, 120, 4))
