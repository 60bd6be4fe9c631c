from collections.abc import Callable
from itertools import chain

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reader.gui.actions import SPECS, Actions, Where, keys_of
from reader.gui.theme import DARK, LIGHT
from reader.gui.views.palette import CommandPalette
from reader.gui.views.shortcuts import ShortcutSheet


@pytest.fixture
def desk(shown: Callable[..., QWidget]) -> "Desk":
    return shown(Desk(), 500, 300)


class Desk(QWidget):
    """A window with a field, a button and a place to read."""

    def __init__(self) -> None:
        super().__init__()
        self.actions_ = Actions(self)
        self.field, self.button, self.page = QLineEdit(), QPushButton("Go"), QWidget()
        self.page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box = QVBoxLayout(self)
        for widget in (self.field, self.button, self.page):
            box.addWidget(widget)
        self.actions_.add_to(self.page)
        self.done: list[str] = []
        for spec in SPECS:
            self.actions_.on(spec.id, lambda name=spec.id: self.done.append(name))


def test_no_two_actions_share_a_key() -> None:
    keys = [QKeySequence(key).toString() for key in chain(*(spec.keys for spec in SPECS))]
    assert len(keys) == len(set(keys))
    assert all(keys)


def test_ids_and_texts_are_unique_and_every_action_has_a_group() -> None:
    assert len({spec.id for spec in SPECS}) == len({spec.text for spec in SPECS}) == len(SPECS)
    assert all(spec.group for spec in SPECS)


@pytest.mark.parametrize("spec", [s for s in SPECS if s.keys], ids=lambda s: s.id)
def test_every_key_carries_out_its_action(desk: Desk, qtbot: QtBot, spec: object) -> None:
    target = desk.page
    target.setFocus()
    for keys in spec.keys:
        combination = QKeySequence(keys)[0]
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
    assert desk.done == [spec.id] * len(spec.keys)


def test_letters_belong_to_the_field_one_types_in(desk: Desk) -> None:
    desk.field.setFocus()
    QTest.keyClicks(desk.field, "just rest /?.,")
    assert desk.field.text() == "just rest /?.,"
    assert desk.done == []


def test_space_and_return_still_press_buttons(desk: Desk, qtbot: QtBot) -> None:
    desk.button.setFocus()
    pressed: list[int] = []
    desk.button.clicked.connect(lambda: pressed.append(1))
    QTest.keyClick(desk.button, Qt.Key.Key_Space)
    assert (pressed, desk.done) == ([1], [])
    assert {s.id for s in SPECS if s.where is Where.READING} == {"read_on", "open_here"}


def test_icons_follow_the_scheme(desk: Desk, qtbot: QtBot) -> None:
    star = desk.actions_["star"]
    seen = []
    for theme in (LIGHT, DARK):
        desk.actions_.set_theme(theme)
        qtbot.waitUntil(lambda: not star.icon().isNull() and star.icon().cacheKey() not in seen)
        seen.append(star.icon().cacheKey())


def test_icons_on_buttons_are_there_at_once_and_the_others_soon(desk: Desk, qtbot: QtBot) -> None:
    button = QToolButton(desk)
    button.setDefaultAction(desk.actions_["note"])
    desk.actions_.set_theme(DARK)
    assert not button.icon().isNull()
    missing = [spec.id for spec in SPECS if spec.icon]
    qtbot.waitUntil(lambda: not any(desk.actions_[name].icon().isNull() for name in missing))


def test_tool_tips_teach_the_keys(desk: Desk) -> None:
    assert desk.actions_["refresh"].toolTip() == "Refresh all feeds  (F5 or Ctrl+R)"


def texts(palette: CommandPalette) -> list[str]:
    return [palette.rows.item(row).text() for row in range(palette.rows.count())]


def test_the_palette_finds_commands_by_any_of_their_words(desk: Desk, qtbot: QtBot) -> None:
    desk.actions_["stop"].setEnabled(False)
    palette = CommandPalette(desk.actions_, LIGHT, desk)
    palette.open()
    assert "Stop what is under way" not in texts(palette)
    assert len(texts(palette)) == len(SPECS) - 2
    QTest.keyClicks(palette.field, "read older")
    assert texts(palette) == ["Mark older than … read"]
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert desk.done == ["older_read"]


def test_arrow_keys_choose_in_the_palette_while_one_types(desk: Desk, qtbot: QtBot) -> None:
    palette = CommandPalette(desk.actions_, DARK, desk)
    palette.open()
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert desk.done == ["previous"]


def test_the_palette_says_nothing_when_nothing_fits(desk: Desk, qtbot: QtBot) -> None:
    palette = CommandPalette(desk.actions_, LIGHT, desk)
    palette.open()
    QTest.keyClicks(palette.field, "zzz")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert desk.done == []
    assert palette.isVisible()
    QTest.keyClick(palette, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_the_sheet_shows_every_shortcut(desk: Desk, qtbot: QtBot) -> None:
    sheet = ShortcutSheet(desk.actions_, LIGHT, desk)
    sheet.open()
    shown = dict(sheet.lines())
    assert shown["Next mention"] == "M or ."
    assert len(shown) == sum(bool(spec.keys) for spec in SPECS)
    labels = {label.text() for label in sheet.findChildren(QWidget) if hasattr(label, "text")}
    assert {keys_of(desk.actions_[s.id]) for s in SPECS if s.keys} <= labels
    sheet.close()
