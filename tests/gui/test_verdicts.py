"""What is said of a mention in the article on show: by key, from the menu, and taken back."""

from dataclasses import replace

from gui_world import Library
from pytestqt.qtbot import QtBot

from reader.domain.article import Rejection
from reader.gui.main_window import MainWindow


def read(window: MainWindow, qtbot: QtBot) -> int:
    """Opens the first article; its id."""
    window.list.table.choose(0)
    qtbot.waitUntil(lambda: window.view.article_id() != 0)
    return window.view.article_id()


def calls(library: Library) -> list[tuple[object, ...]]:
    return [call for call in library.calls if str(call[0]).endswith("_mention")]


def test_the_current_mention_is_confirmed_or_rejected_with_a_key(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    article = read(window, qtbot)
    window.actions_["next_mention"].trigger()
    window.actions_["confirm_mention"].trigger()
    qtbot.waitUntil(lambda: "is kept here" in window.status.message.text())
    window.actions_["reject_mention"].trigger()
    qtbot.waitUntil(lambda: "does not mean" in window.status.message.text())
    assert calls(library) == [
        ("confirm_mention", article, 1, "Khalifa Haftar"),
        ("reject_mention", article, 1, "Khalifa Haftar"),
    ]


def test_without_a_current_mention_it_says_how_to_get_to_one(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    read(window, qtbot)
    window.actions_["reject_mention"].trigger()
    assert window.status.message.text() == "Go to a mention first: M leads from one to the next."
    assert calls(library) == []


def test_the_menu_over_a_mention_offers_both(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    article = read(window, qtbot)
    window.view.next_mention()
    menu = window.view.menu(window.view.current_mention())
    found = {action.text(): action for action in menu.actions()}
    assert "Not Khalifa Haftar: take this mention away" in found
    found["Really Khalifa Haftar: keep this mention"].trigger()
    qtbot.waitUntil(lambda: bool(calls(library)))
    assert calls(library) == [("confirm_mention", article, 1, "Khalifa Haftar")]
    menu.close()


def test_a_confirmed_mention_says_so_on_its_card_and_nothing_moves(
    window: MainWindow, qtbot: QtBot
) -> None:
    read(window, qtbot)
    window.actions_["next_mention"].trigger()
    window.actions_["mention_card"].trigger()
    card, current = window.cards.card, window.view.current_mention()
    assert "confirmed" not in card.kind.text()
    assert not card.check.isVisible()
    window.actions_["confirm_mention"].trigger()
    qtbot.waitUntil(lambda: "confirmed by you" in card.kind.text())
    assert card.check.isVisible()
    assert window.view.current_mention() == current
    card.close_card()


def test_what_was_rejected_is_named_in_the_panel_and_can_be_taken_back(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    article = read(window, qtbot)
    button = window.panel.rejected
    assert not button.isVisibleTo(window.panel)
    window.actions_["rejected_mentions"].trigger()
    assert "No mention has been rejected" in window.status.message.text()
    detail = window.article.detail
    assert detail is not None
    window.panel.show_article(replace(detail, rejected=(Rejection(1, "AT&T", "Haftar"),)))
    assert button.isVisibleTo(window.panel)
    assert button.text() == "1 rejected here…"
    menu = button.menu()
    (action,) = menu.actions()
    assert action.text() == "“Haftar” may mean AT&&T after all"
    action.trigger()
    qtbot.waitUntil(lambda: "may mean AT&T here again" in window.status.message.text())
    assert ("forget_verdict", article, 1, "Haftar") in library.calls
    menu.close()
