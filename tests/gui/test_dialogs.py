"""Questions: what they answer, what they refuse and how they say so, and the keyboard."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reader.domain.entity import Alias, ContextRule, Entity
from reader.domain.feed import Feed
from reader.domain.search import SavedSearch
from reader.domain.subscribe import SubscribeReport
from reader.gui.views.dialogs.about import AboutDialog
from reader.gui.views.dialogs.add_feed import AddFeedDialog
from reader.gui.views.dialogs.entity import EntityDialog
from reader.gui.views.dialogs.errors import ErrorsDialog
from reader.gui.views.dialogs.note import NoteDialog
from reader.gui.views.dialogs.older_than import OlderThanDialog
from reader.gui.views.dialogs.question import Question
from reader.gui.views.dialogs.studio import Studio
from reader.gui.views.dialogs.tags import TagDialog

# Qt's offscreen platform says so of every window with a smallest size, and of tool tips.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NOW = datetime(2026, 11, 22, 8, 12, tzinfo=UTC)
HAFTAR = Entity(
    "Khalifa Haftar", "person", "libya", (Alias("Hifter"), Alias("LNA", True)), note="x", id=3
)
Opener = Callable[[Question], Question]


@pytest.fixture
def opened(qtbot: QtBot, styled: object) -> Opener:
    def open_it(dialog: Question) -> Question:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # the test looks after it
        qtbot.addWidget(dialog)
        with qtbot.waitExposed(dialog):
            dialog.open()
        return dialog

    return open_it


def feed(number: int, error: str = "", **changes: object) -> Feed:
    values: dict[str, object] = {"url": f"http://{number}.test/", "title": f"Feed {number}"}
    return Feed(id=number, outlet="", folder="", error=error, **(values | changes))  # type: ignore[arg-type]


EVERY: dict[str, Callable[[], Question]] = {
    "add feed": AddFeedDialog,
    "entity": lambda: EntityDialog(None, HAFTAR),
    "search": lambda: Studio(None, SavedSearch(0, "", "a")),
    "tags": lambda: TagDialog(None, ("a",)),
    "note": lambda: NoteDialog(None),
    "age": lambda: OlderThanDialog(None, "All articles"),
    "about": lambda: AboutDialog(None, "1.0", [("Library", "/somewhere")]),
    "errors": lambda: ErrorsDialog(None, [feed(1, "Gone.")], NOW),
}


@pytest.mark.parametrize("kind", EVERY)
def test_every_question_can_be_left_with_escape_and_names_its_fields(
    kind: str, opened: Opener, qtbot: QtBot
) -> None:
    dialog = EVERY[kind]()
    opened(dialog)
    assert dialog.main.isDefault()
    for widget in dialog.findChildren(QWidget):
        focusable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
        named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
        inner = widget.objectName().startswith("qt_") or widget.parent() is not dialog
        assert not focusable or named or inner, widget
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


@pytest.mark.parametrize("kind", EVERY)
def test_no_words_of_a_question_are_cut_off(kind: str, opened: Opener) -> None:
    dialog = EVERY[kind]()
    opened(dialog)
    dialog.complain("A long sentence about what went wrong and what to do now. " * 3)
    for label in dialog.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_a_question_that_was_answered_is_gone(qtbot: QtBot, styled: object) -> None:
    dialog = NoteDialog(None)
    dialog.open()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.main.click()


# adding a feed


@pytest.fixture
def adding(opened: Opener, qtbot: QtBot) -> AddFeedDialog:
    dialog = AddFeedDialog(None, ["Mediterranean", "Mediterranean/Libya"])
    opened(dialog)
    qtbot.keyClicks(dialog.address, "http://one.test/")
    return dialog


def test_the_address_is_asked_for_as_it_was_typed(adding: AddFeedDialog, qtbot: QtBot) -> None:
    adding.address.setText("  one.test/Feed?a=B  ")
    adding.folder.setText(" A / B/")
    with qtbot.waitSignal(adding.subscribe_requested) as asked:
        qtbot.keyClick(adding.address, Qt.Key.Key_Return)
    assert asked.args == ["one.test/Feed?a=B", "A/B"]
    assert adding.busy.isVisible()
    assert not adding.main.isEnabled()


def test_it_closes_when_the_feed_was_added(adding: AddFeedDialog, qtbot: QtBot) -> None:
    adding.confirm()
    with qtbot.waitSignal(adding.accepted):
        adding.show_report(SubscribeReport("http://one.test/", subscribed="http://one.test/"))


def test_several_announced_feeds_are_offered(adding: AddFeedDialog, qtbot: QtBot) -> None:
    adding.confirm()
    choices = (("http://one.test/rss", "All"), ("http://one.test/sport", "Sport"))
    adding.show_report(SubscribeReport("http://one.test/", choices=choices))
    assert adding.choices.isVisible()
    assert adding.choices.verticalScrollBar().maximum() == 0, "a few of them are all in view"
    adding.choices.setCurrentRow(1)
    with qtbot.waitSignal(adding.subscribe_requested) as asked:
        adding.main.click()
    assert asked.args == ["http://one.test/sport", ""]
    adding.show_error("It went away.")
    adding.address.clear()
    qtbot.keyClicks(adding.address, "two.test")
    assert adding.choices.isHidden(), "another address has other feeds"


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (
            SubscribeReport("u", error="Nothing answers. Check the address."),
            "Nothing answers",
        ),
        (SubscribeReport("u", subscribed="u", title="One", known=True), "already follow “One”"),
    ],
)
def test_what_went_wrong_is_said_and_can_be_mended(
    adding: AddFeedDialog, report: SubscribeReport, words: str
) -> None:
    adding.confirm()
    adding.show_report(report)
    assert words in adding.problem.text()
    assert adding.problem.isVisible()
    assert adding.main.isEnabled()
    assert not adding.busy.isVisible()


def test_an_empty_address_cannot_be_added(opened: Opener, qtbot: QtBot) -> None:
    dialog = AddFeedDialog()
    opened(dialog)
    assert not dialog.main.isEnabled()
    with qtbot.assertNotEmitted(dialog.subscribe_requested, wait=20):
        dialog.confirm()


# tracking an entity


def test_an_unchanged_entity_comes_back_as_it_was(opened: Opener, qtbot: QtBot) -> None:
    dialog = EntityDialog(None, HAFTAR, taken=[("libya", "Khalifa Haftar")])
    opened(dialog)
    with qtbot.waitSignal(dialog.saved) as saved:
        dialog.main.click()
    assert saved.args == [HAFTAR, {}]


def test_nothing_that_the_table_does_not_show_is_lost(opened: Opener, qtbot: QtBot) -> None:
    near = ContextRule("requires", ("Libya", "LNA"), 20)
    full = Alias("Hafter", True, False, "tr", True, (near, ContextRule("not", ("beer",))))
    entity = Entity(
        "Khalifa Haftar", "person", "libya", (full,), True, False, "x", 3, "tr", True, (near,)
    )
    dialog = EntityDialog(None, entity)
    opened(dialog)
    with qtbot.waitSignal(dialog.saved) as saved:
        dialog.main.click()
    assert saved.args == [entity, {}]


def test_a_spelling_that_is_retyped_keeps_its_conditions(opened: Opener) -> None:
    alias = Alias("Hifter", None, False, "de", True, (ContextRule("requires", ("Libya",)),))
    dialog = EntityDialog(None, Entity("Khalifa Haftar", "person", aliases=(alias,)))
    opened(dialog)
    dialog.aliases.setCurrentCell(1, 0)
    dialog.aliases.cell(1, 0).setText("Haftar")
    dialog.names.options.case.setCurrentIndex(2)
    assert dialog.aliases.aliases() == (replace(alias, text="Haftar", case=False),)


def test_a_new_entity_is_made_of_the_selected_words(opened: Opener, qtbot: QtBot) -> None:
    dialog = EntityDialog(None, Entity("Port  of Tobruk", ""), watchlists=["libya"])
    opened(dialog)
    dialog.type.setCurrentText(" Ship ")
    dialog.watchlist.setCurrentText("libya")
    dialog.aliases.paste(["Tobruk port", "طبرق", "Tobruk port", "Port of Tobruk"])
    dialog.aliases.setCurrentCell(1, 0)
    dialog.names.options.case.setCurrentIndex(1)
    dialog.note.setPlainText(" n ")
    with qtbot.waitSignal(dialog.saved) as saved:
        dialog.main.click()
    assert saved.args == [
        Entity(
            "Port of Tobruk",
            "ship",
            "libya",
            (Alias("Tobruk port", True), Alias("طبرق")),
            note="n",
        ),
        {},
    ]


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("  ", "person", "Give the entity a name"),
        ("…", "person", "Give the entity a name"),
        ("Tobruk", " ", "Choose a type"),
        ("Tobruk", "a, b", "Choose a type"),
        ("Khalifa Haftar", "person", "already tracked in the watchlist “libya”"),
    ],
)
def test_a_wrong_entity_is_refused_with_a_reason(
    opened: Opener, qtbot: QtBot, name: str, kind: str, words: str
) -> None:
    dialog = EntityDialog(None, Entity("", "place", "libya"), taken=[("Libya", "Khalifa Haftar")])
    opened(dialog)
    dialog.name.setText(name)
    dialog.type.setCurrentText(kind)
    with qtbot.assertNotEmitted(dialog.saved, wait=10):
        dialog.main.click()
    assert words in dialog.problem.text()
    assert dialog.isVisible()


def test_there_is_always_a_row_to_type_a_spelling_in(opened: Opener, qtbot: QtBot) -> None:
    dialog = EntityDialog(None, HAFTAR)
    opened(dialog)
    table = dialog.aliases
    assert table.rowCount() == 4, "the name, two spellings and the empty row"
    table.cell(3, 0).setText("Hafter")
    assert table.rowCount() == 5
    table.cell(1, 0).setText("  ")
    assert [alias.text for alias in table.aliases()] == ["LNA", "Hafter"]


def test_several_pasted_lines_become_several_spellings(opened: Opener, qtbot: QtBot) -> None:
    dialog = EntityDialog(None, Entity("Khalifa Haftar", "person"))
    opened(dialog)
    QGuiApplication.clipboard().setText("Hifter\n\n Хафтар \nحفتر")
    dialog.aliases.setFocus()
    qtbot.keyClick(dialog.aliases, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [alias.text for alias in dialog.aliases.aliases()] == ["Hifter", "Хафтар", "حفتر"]


# tags, notes, ages


def test_tags_are_added_and_removed_together(opened: Opener, qtbot: QtBot) -> None:
    dialog = TagDialog(None, ("a", "b"), known=("libya/east",))
    opened(dialog)
    qtbot.keyClicks(dialog.field, " libya / west ")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible(), "Return enters the tag first"
    next(chip for chip in dialog.chips if chip.text().startswith("a")).click()
    qtbot.keyClicks(dialog.field, "B")
    with qtbot.waitSignal(dialog.decided) as decided:
        dialog.main.click()
    assert decided.args == [("libya/west",), ("a",)]


def test_unchanged_tags_change_nothing(opened: Opener, qtbot: QtBot) -> None:
    dialog = TagDialog(None, ("a",))
    opened(dialog)
    with qtbot.assertNotEmitted(dialog.decided), qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)


def test_a_note_is_saved_with_control_return(opened: Opener, qtbot: QtBot) -> None:
    dialog = NoteDialog(None, "Old.")
    opened(dialog)
    dialog.text.setPlainText("New.\nLine. ")
    with qtbot.waitSignal(dialog.saved) as saved:
        qtbot.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert saved.args == ["New.\nLine."]


def test_an_unchanged_note_is_not_saved_again(opened: Opener, qtbot: QtBot) -> None:
    dialog = NoteDialog(None, "Old.")
    opened(dialog)
    with qtbot.assertNotEmitted(dialog.saved, wait=10):
        dialog.main.click()


@pytest.mark.parametrize(("number", "days"), [(0, 1), (1, 2), (2, 7), (3, 30)])
def test_ages(opened: Opener, qtbot: QtBot, number: int, days: int) -> None:
    dialog = OlderThanDialog(None, "Libya")
    opened(dialog)
    dialog.ages.button(number).click()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.main.click()
    assert chosen.args == [timedelta(days=days)]


# feeds that fail


def buttons(dialog: ErrorsDialog, words: str) -> list[QPushButton]:
    return [b for b in dialog.findChildren(QPushButton) if b.text() == words and b.isVisible()]


def test_failing_feeds_are_listed_the_longest_broken_first(opened: Opener, qtbot: QtBot) -> None:
    feeds = [
        feed(1), feed(2, "Two fails.", error_since=NOW - timedelta(days=1), failures=4,
                      next_fetch=NOW + timedelta(hours=1)),
        feed(3, "Three is <gone>.", error_since=NOW - timedelta(days=9), gone=True),
    ]  # fmt: skip
    dialog = ErrorsDialog(None, feeds, NOW)
    opened(dialog)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert "2 feeds need attention" in said
    assert said.index("Three is <gone>.") < said.index("Two fails.")
    assert any("tried 4 times, next try" in text for text in said)
    assert any("not tried any more by itself" in text for text in said)
    with qtbot.waitSignal(dialog.retry_requested) as one:
        buttons(dialog, "Try again")[0].click()
    with qtbot.waitSignal(dialog.remove_requested) as removed:
        buttons(dialog, "Remove")[0].click()
    with qtbot.waitSignal(dialog.retry_requested) as both:
        dialog.main.click()
    assert one.args == [("http://3.test/",)]
    assert removed.args == ["http://3.test/"]
    assert both.args == [("http://3.test/", "http://2.test/")]


def test_mended_feeds_leave_the_list(opened: Opener) -> None:
    dialog = ErrorsDialog(None, [feed(2, "Two fails.")], NOW)
    opened(dialog)
    dialog.show_feeds([feed(2)], NOW)
    assert not dialog.main.isEnabled()
    assert not buttons(dialog, "Remove")
