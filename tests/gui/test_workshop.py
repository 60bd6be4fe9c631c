"""The workshop on show: options of a spelling, figures, suggestions, verdicts, saving."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from gui_world import Analyst, Library
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel
from pytestqt.qtbot import QtBot
from workshop_world import SUGGESTIONS, preview, sample

from reader.domain.entity import Alias, ContextRule, Entity
from reader.errors import UsageError
from reader.gui import icons
from reader.gui.main_window import MainWindow
from reader.gui.models.workshop import Advice, Tried
from reader.gui.theme import DARK, LIGHT, Theme
from reader.gui.views.dialogs.entity import EntityDialog
from reader.gui.views.dialogs.entity_findings import SUGGESTIONS as SUGGESTED
from reader.gui.views.dialogs.entity_findings import WARNINGS

HAFTAR = Entity(
    "Khalifa Haftar", "person", "libya", (Alias("Hifter"), Alias("LNA", True)), note="x", id=3
)


@pytest.fixture
def dialog(qtbot: QtBot, styled: object) -> EntityDialog:
    made = EntityDialog(None, HAFTAR)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.open()
    return made


def cells(dialog: EntityDialog, row: int) -> list[str]:
    return [dialog.aliases.cell(row, column).text() for column in range(4)]


# the spellings and their options


def test_every_option_of_a_spelling_can_be_set(dialog: EntityDialog, qtbot: QtBot) -> None:
    table, options = dialog.aliases, dialog.names.options
    table.setCurrentCell(1, 0)
    options.case.setCurrentIndex(1)
    options.endings.setChecked(False)
    options.plural.setChecked(True)
    options.language.setCurrentIndex(options.language.findData("tr"))
    options.rules.add.click()
    row = options.rules.rows[0]
    qtbot.keyClicks(row.words, "Libya, LNA")
    row.within.setCurrentIndex(row.within.findData(20))
    options.rules.add.click()
    options.rules.rows[1].kind.setCurrentIndex(1)
    qtbot.keyClicks(options.rules.rows[1].words, "beer;  Bay")
    rules = (ContextRule("requires", ("Libya", "LNA"), 20), ContextRule("not", ("beer", "Bay")))
    assert table.aliases()[0] == Alias("Hifter", True, False, "tr", True, rules)
    told = "exact case · Turkish · no endings · plural · 2 conditions"
    assert cells(dialog, 1)[:2] == ["Hifter", told]
    options.rules.rows[0].away.click()
    assert table.aliases()[0].rules == rules[1:]


def test_options_follow_the_row_and_stay_with_it(dialog: EntityDialog) -> None:
    table, options = dialog.aliases, dialog.names.options
    table.setCurrentCell(2, 0)
    assert options.case.currentIndex() == 1
    options.rules.add.click()  # a condition without words is none
    table.setCurrentCell(1, 0)
    assert (options.case.currentIndex(), options.rules.rows) == (0, [])
    table.setCurrentCell(3, 0)
    assert not options.isEnabled()
    assert dialog.entity() == HAFTAR


def test_the_names_own_options_and_the_conditions_for_all_are_the_entitys(
    dialog: EntityDialog, qtbot: QtBot
) -> None:
    options = dialog.names.options
    assert dialog.aliases.currentRow() == 0
    assert not options.rules.isVisible()
    options.plural.setChecked(True)
    options.language.setCurrentIndex(options.language.findData("ru"))
    dialog.names.everywhere.add.click()
    qtbot.keyClicks(dialog.names.everywhere.rows[0].words, "Benghazi")
    entity = dialog.entity()
    assert (entity.plural, entity.language) == (True, "ru")
    assert entity.rules == (ContextRule("requires", ("Benghazi",)),)
    dialog.name.setText("Haftar")
    assert cells(dialog, 0)[:2] == ["Haftar", "Russian · plural"]


def test_conditions_that_are_there_are_shown_and_kept(qtbot: QtBot, styled: object) -> None:
    far = ContextRule("not", ("beer",), 77)
    entity = Entity("Derna", "place", aliases=(Alias("Derne", rules=(far,)),), rules=(far,))
    made = EntityDialog(None, entity)
    qtbot.addWidget(made)
    made.aliases.setCurrentCell(1, 0)
    assert made.names.options.rules.rules() == (far,)
    assert made.entity() == entity


def test_a_spelling_is_taken_away_with_a_key_but_never_the_name(
    dialog: EntityDialog, qtbot: QtBot
) -> None:
    table = dialog.aliases
    table.setCurrentCell(1, 0)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert [alias.text for alias in table.aliases()] == ["LNA"]
    table.setCurrentCell(0, 0)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert table.name().text == "Khalifa Haftar"


# what was found


def test_figures_stand_beside_their_spellings(dialog: EntityDialog) -> None:
    dialog.show_tried(Tried("done", preview()))
    assert cells(dialog, 0)[2:] == ["4", "2"]
    assert cells(dialog, 1)[2:] == ["10", "8"]
    assert cells(dialog, 2)[2:] == ["", ""]
    assert "counts in 10" in dialog.aliases.cell(1, 0).toolTip()
    findings = dialog.findings
    assert findings.figure.text() == "In 12 articles"
    assert findings.basis.text() == "30 mentions, 3 more than now, 1 no longer."
    told = [findings.warnings.item(n).text() for n in range(findings.warnings.count())]
    assert told == [
        "“LNA” is short.",
        "In 3 articles a mention lies at a place of “Saddam Haftar” (libya).",
    ]
    assert findings.tabs.tabText(WARNINGS) == "Warnings · 2"


def test_a_warning_says_how_much_the_spelling_finds(dialog: EntityDialog) -> None:
    dialog.show_tried(Tried("done", preview(warnings=("“Hifter” is an everyday word.",))))
    told = dialog.findings.warnings.item(0).text()
    assert told == "“Hifter” is an everyday word. It counts in 10 articles, alone in 8."


def test_the_details_are_called_after_the_row_they_are_about(dialog: EntityDialog) -> None:
    dialog.name.setText("Haftar")
    assert "Haftar" in dialog.names.tabs.tabText(0)
    dialog.name.setText("")
    assert dialog.names.tabs.tabText(0) == "This spelling"
    assert not dialog.names.options.isEnabled()


def test_a_partial_answer_says_so_and_can_be_stopped(dialog: EntityDialog, qtbot: QtBot) -> None:
    hurried = preview(read=500, candidates=40_000)
    dialog.show_tried(Tried("trying", hurried, "", 500, 40_000))
    findings = dialog.findings
    assert findings.basis.text() == "Looking into 500 of 40,000 articles…"
    assert (findings.bar.value(), findings.bar.maximum()) == (500, 40_000)
    with qtbot.waitSignal(findings.stop_wanted):
        findings.stop.click()
    dialog.show_tried(Tried("stopped", hurried, "", 500, 40_000))
    assert "so far from the newest 500 of 40,000 articles" in findings.basis.text()
    assert not findings.stop.isVisible()
    with qtbot.waitSignal(findings.again_wanted):
        findings.again.click()


def test_nothing_found_and_a_refusal_are_said_in_words(dialog: EntityDialog) -> None:
    nothing = preview(articles=0, mentions=0, days=(), samples=(), gained=0, lost=0, warnings=())
    dialog.show_tried(Tried("done", nothing))
    assert dialog.findings.figure.text() == "Not in the archive"
    dialog.show_tried(Tried("refused", None, "An alias is empty."))
    assert dialog.findings.basis.text() == "An alias is empty."


# suggestions


def test_one_key_makes_a_suggestion_a_spelling(dialog: EntityDialog, qtbot: QtBot) -> None:
    dialog.show_advice(Advice("done", SUGGESTIONS))
    dialog.findings.tabs.setCurrentIndex(SUGGESTED)
    shown = dialog.findings.suggestions
    for _ in SUGGESTIONS:
        qtbot.keyClick(shown, Qt.Key.Key_A)
    texts = [alias.text for alias in dialog.aliases.aliases()]
    assert texts == ["Hifter", "LNA", "Hafter", "Гафтар"], "what is covered is not needed"
    shown.setCurrentIndex(shown.suggestions.index(0, 0))
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert len(dialog.aliases.aliases()) == 4


def test_whose_spelling_a_suggestion_is_already_is_said(dialog: EntityDialog) -> None:
    dialog.show_advice(Advice("done", SUGGESTIONS))
    said = dialog.findings.suggestions.suggestions.index(1, 0).data()
    assert said == "Гафтар, 0 articles, other script · alias of Saddam Haftar"
    assert dialog.findings.tabs.tabText(SUGGESTED) == "Suggestions · 1"


# verdicts


def test_mentions_are_judged_with_a_key_each_and_saved(dialog: EntityDialog, qtbot: QtBot) -> None:
    dialog.show_tried(Tried("done", preview(samples=(sample(1), sample(2), sample(5)))))
    shown = dialog.findings.samples
    for key in (Qt.Key.Key_N, Qt.Key.Key_Y, Qt.Key.Key_Y, Qt.Key.Key_Y):
        qtbot.keyClick(shown, key)
    assert dialog.verdicts() == {(1, "Haftar"): False, (2, "Haftar"): True}
    with qtbot.waitSignal(dialog.saved) as saved:
        dialog.main.click()
    assert saved.args == [HAFTAR, {(1, "Haftar"): False, (2, "Haftar"): True}]


def test_what_was_said_before_is_shown_and_can_be_taken_back(
    dialog: EntityDialog, qtbot: QtBot
) -> None:
    kept, refused = replace(sample(1), verdict=True), replace(sample(2), verdict=False)
    dialog.show_tried(Tried("done", preview(samples=(kept,), rejected=(refused,))))
    shown = dialog.findings.samples
    assert shown.samples.rows == (kept, refused)
    qtbot.keyClick(shown, Qt.Key.Key_Y)
    qtbot.keyClick(shown, Qt.Key.Key_N)
    assert dialog.verdicts() == {(1, "Haftar"): None, (2, "Haftar"): None}
    shown.setCurrentIndex(shown.samples.index(0, 0))
    qtbot.keyClick(shown, Qt.Key.Key_Y)
    assert dialog.verdicts() == {(2, "Haftar"): None}, "as it was"


def test_what_changes_comes_first_and_what_is_lost_cannot_be_judged(
    dialog: EntityDialog, qtbot: QtBot
) -> None:
    gained, lost = replace(sample(2), change="gained"), replace(sample(9), change="lost")
    told = preview(samples=(sample(1), sample(2)), changes=(gained, lost))
    dialog.show_tried(Tried("done", told))
    shown = dialog.findings.samples
    assert shown.samples.rows == (gained, lost, sample(1))
    assert shown.samples.index(1, 0).data().startswith("No longer. One, ")
    for _ in range(3):
        qtbot.keyClick(shown, Qt.Key.Key_Y)
    assert dialog.verdicts() == {(2, "Haftar"): True, (1, "Haftar"): True}


def test_the_mouse_can_judge_too(dialog: EntityDialog, qtbot: QtBot) -> None:
    dialog.show_tried(Tried("done", preview()))
    shown = dialog.findings.samples
    row = shown.visualRect(shown.samples.index(1, 0))
    qtbot.mouseClick(
        shown.viewport(), Qt.MouseButton.LeftButton,
        pos=QPoint(row.right() - 40, row.center().y() - 14),
    )  # fmt: skip
    assert dialog.verdicts() == {(2, "Haftar"): True}


def test_what_was_changed_is_not_lost_by_one_stray_key(dialog: EntityDialog, qtbot: QtBot) -> None:
    dialog.name.setText("Haftar")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "Press Esc once more" in dialog.problem.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


# in the window


def test_the_window_asks_the_archive_and_saves_what_was_judged(
    window: MainWindow, analyst: Analyst, library: Library, qtbot: QtBot
) -> None:
    desk = window.commands.desk
    desk.edit_entity(1)
    qtbot.waitUntil(lambda: len(analyst.asked) == 2)
    entity = desk.workshop.dialog.entity()
    analyst.newest("preview").done(preview(samples=(sample(970, alias=entity.name),)))
    analyst.newest("suggest_aliases").done(SUGGESTIONS)
    dialog = desk.workshop.dialog
    qtbot.keyClick(dialog.findings.suggestions, Qt.Key.Key_A)
    qtbot.keyClick(dialog.findings.samples, Qt.Key.Key_N)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "track" in library.names())
    call = next(call for call in library.calls if call[0] == "track")
    assert [alias.text for alias in call[1].aliases] == ["Hafter"]
    assert call[2] == {(970, entity.name): False}
    qtbot.waitUntil(lambda: window.status.message.text() == f"Tracking {entity.name}.")


def test_a_refusal_keeps_the_workshop_open(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    desk = window.commands.desk
    desk.track("Derna")
    library.refuse = UsageError("“Derna” is too short.")
    dialog = desk.workshop.dialog
    dialog.main.click()
    qtbot.waitUntil(lambda: dialog.problem.text() == "“Derna” is too short.")
    library.refuse = None
    dialog.reject()


def test_a_change_of_scheme_reaches_an_open_workshop(
    window: MainWindow, opened_dialogs: Callable[[], list[QDialog]]
) -> None:
    window.commands.desk.track("Derna")
    window.set_scheme("dark")
    dialog = window.commands.desk.workshop.dialog
    assert dialog.findings.samples.itemDelegate().theme is DARK
    for one in opened_dialogs():
        one.reject()


@pytest.fixture
def opened_dialogs() -> Callable[[], list[QDialog]]:
    def find() -> list[QDialog]:
        windows = QGuiApplication.instance().topLevelWidgets()
        return [one for one in windows if isinstance(one, QDialog) and one.isVisible()]

    return find


def test_every_field_has_a_key_of_its_own(dialog: EntityDialog) -> None:
    dialog.aliases.setCurrentCell(1, 0)
    labels = [*dialog.findChildren(QLabel), *dialog.findChildren(QAbstractButton)]
    keys = [re.search("&([a-z])", one.text().lower()) for one in labels if one.isVisible()]
    found = Counter(key[1] for key in keys if key)
    assert set("ntwsaledpc") <= set(found)
    assert {key for key, times in found.items() if times > 1} == set()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_types_are_offered_in_their_own_colours(dialog: EntityDialog, theme: Theme) -> None:
    dialog.set_theme(theme)
    for kind in ("person", "place", "weapon"):
        shown = dialog.type.itemIcon(dialog.type.findText(kind))
        wanted = icons.icon(icons.entity_icon(kind), theme.entity(kind).ink, 14)
        assert shown.pixmap(14, 14).toImage() == wanted.pixmap(14, 14).toImage()
