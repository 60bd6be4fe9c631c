"""What is highlighted and how: chosen once, seen everywhere, kept, and never by colour alone."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from gui_world import ENTITIES, Library
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRectF, QSettings, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from test_theme import contrast
from window_steps import choose, loaded, press

from reader.domain.entity import TYPES
from reader.domain.looks import COLOURS
from reader.gui import type_looks
from reader.gui.main_window import MainWindow
from reader.gui.models.highlights import BOTH, FILL, STYLES, UNDERLINE, Highlights, in_order
from reader.gui.presenters.highlights import HighlightsPresenter
from reader.gui.state import WindowState
from reader.gui.theme import DARK, LIGHT, EntityColours, Theme
from reader.gui.views import underline
from reader.gui.views.article_paint import line_on_hit
from reader.gui.views.highlight_menu import HighlightMenu

SCHEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
LISTED = tuple(
    replace(entity, watchlist="Ports" if entity.name == "Tobruk" else "Libya")
    for entity in ENTITIES
)


@pytest.fixture
def ini(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


def presenter(state: WindowState, library: Library | None = None) -> HighlightsPresenter:
    made = HighlightsPresenter(state)
    if library is not None:
        library.entities = list(LISTED)
        made.set_overview(library.overview())
    return made


# the choice


def test_everything_is_highlighted_at_first() -> None:
    shown = presenter(WindowState()).shown
    assert shown == Highlights()
    assert shown.filled
    assert shown.underlined


def test_what_was_chosen_holds_the_next_time(ini: QSettings, library: Library) -> None:
    first = presenter(WindowState(ini), library)
    first.show_type("weapon", False)
    first.show_list("Ports", False)
    first.set_style(UNDERLINE)
    later = presenter(WindowState(ini), library)
    assert later.shown == first.shown
    assert not later.shown.shows("weapon", 4)
    assert not later.shown.shows("place", 3), "Tobruk is of the hidden watchlist"
    assert later.shown.shows("person", 1)


def test_a_style_nobody_knows_counts_as_the_usual_one(ini: QSettings) -> None:
    ini.setValue("highlight_style", "blinking")
    assert presenter(WindowState(ini)).shown.style == BOTH


def test_all_off_and_on_again_leaves_the_rest_of_the_choice(library: Library) -> None:
    chosen = presenter(WindowState(), library)
    chosen.show_type("place", False)
    chosen.toggle()
    assert not any(chosen.shown.shows(kind, 1) for kind in TYPES)
    chosen.toggle()
    assert chosen.shown.shows("person", 1)
    assert not chosen.shown.shows("place", 3)


def test_wishing_to_see_a_type_turns_highlighting_on(library: Library) -> None:
    chosen = presenter(WindowState(), library)
    chosen.toggle()
    chosen.show_type("person", True)
    assert chosen.shown.shows("person", 1)


def test_an_entity_that_moves_to_a_hidden_watchlist_is_hidden(library: Library) -> None:
    chosen = presenter(WindowState(), library)
    chosen.show_list("Ports", False)
    library.entities = [replace(entity, watchlist="Ports") for entity in LISTED]
    chosen.set_overview(library.overview())
    assert not chosen.shown.shows("person", 1)


def test_nothing_is_told_when_nothing_changed(library: Library, qtbot: QtBot) -> None:
    chosen = presenter(WindowState(), library)
    with qtbot.assertNotEmitted(chosen.changed):
        chosen.set_overview(library.overview())
        chosen.set_style(BOTH)


def test_types_come_in_their_usual_order_and_the_user_s_own_behind_them() -> None:
    assert in_order(["ship", "weapon", "Aircraft", "person"], TYPES) == (
        "person", "weapon", "Aircraft", "ship",
    )  # fmt: skip


# the line


def line_of(kind: str) -> list[str]:
    """The colours of the pixels that a line is drawn on, white where there is none."""
    image = QImage(60, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    underline.draw(painter, QRectF(0, 0, 60, 20), underline.pattern(kind), QColor("black"))
    painter.end()
    return [image.pixelColor(x, y).name() for y in range(12, 20) for x in range(60)]


def test_every_type_has_a_line_of_its_own() -> None:
    assert len({tuple(line_of(kind)) for kind in TYPES}) == len(TYPES)


def test_lines_have_patterns_only_where_no_colour_fills_the_words() -> None:
    drawn = {s: {underline.drawn_for(k, Highlights(style=s)) for k in TYPES} for s in STYLES}
    assert drawn[BOTH] == {underline.Pattern.SOLID}
    assert len(drawn[UNDERLINE]) == len(TYPES)


def test_a_type_of_the_user_always_has_the_same_line() -> None:
    assert line_of("корабль") == line_of("корабль")
    assert underline.pattern("корабль") in underline.Pattern


def test_a_line_stays_within_its_box() -> None:
    for kind in TYPES:
        rows = [line_of(kind)[60 * n : 60 * n + 60] for n in range(8)]
        assert all(row[0] == row[-1] == "#ffffff" for row in rows), kind


@SCHEMES
def test_words_on_a_tint_and_lines_on_every_ground_can_be_seen(theme: Theme) -> None:
    for kind in TYPES:
        check(theme, theme.entity(kind))


@SCHEMES
@pytest.mark.parametrize("colour", COLOURS)
def test_so_can_those_of_every_colour_that_is_offered(theme: Theme, colour: str) -> None:
    check(theme, type_looks.colours(theme, colour))


@given(st.integers(0, 0xFFFFFF))
def test_so_can_those_of_a_colour_of_ones_own(number: int) -> None:
    for theme in (LIGHT, DARK):
        check(theme, type_looks.colours(theme, f"#{number:06x}"))


def check(theme: Theme, colours: EntityColours) -> None:
    for ink in ("text", "text2", "accent"):
        assert contrast(getattr(theme, ink), colours.tint) >= 4.5, ink
    for ground in ("page", "list"):
        assert contrast(colours.rule, getattr(theme, ground)) >= 3, ground
    assert contrast(line_on_hit(theme, colours), theme.match) >= 3


# the menu


@pytest.fixture
def menu(shown: Callable[..., QWidget]) -> HighlightMenu:
    made = HighlightMenu(Highlights(), ("person", "place"), ("Libya", "Ports"), LIGHT)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    shown(made, 240, 420)
    return made


def test_the_menu_stays_open_while_things_are_switched(menu: HighlightMenu, qtbot: QtBot) -> None:
    asked: list[tuple[str, bool]] = []
    menu.type_wanted.connect(lambda kind, on: asked.append((kind, on)))
    menu.list_wanted.connect(lambda name, on: asked.append((name, on)))
    for action in (menu.types["place"], menu.lists["Ports"], menu.types["place"]):
        middle = menu.actionGeometry(action).center()
        qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=middle)
        assert menu.isVisible()
    assert asked == [("place", False), ("Ports", False), ("place", True)]


def test_the_menu_can_be_worked_by_keys(menu: HighlightMenu, qtbot: QtBot) -> None:
    menu.setActiveAction(menu.types["person"])
    with qtbot.waitSignal(menu.type_wanted) as asked:
        qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert asked.args == ["person", False]
    with qtbot.waitSignal(menu.toggled):
        qtbot.keyClick(menu, Qt.Key.Key_H)
    assert menu.isVisible()
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    assert not menu.isVisible()


def test_one_watchlist_alone_is_not_offered(qtbot: QtBot) -> None:
    menu = HighlightMenu(Highlights(), ("person",), ("default",), LIGHT)
    qtbot.addWidget(menu)
    assert not menu.lists


def test_the_menu_shows_the_choice(qtbot: QtBot) -> None:
    hidden = Highlights(style=FILL, types=frozenset({"place"}), lists=frozenset({"Ports"}))
    menu = HighlightMenu(hidden, ("person", "place"), ("Libya", "Ports"), DARK)
    qtbot.addWidget(menu)
    checked = {a.text() for a in menu.actions() if a.isChecked()}
    assert checked == {"Highlight mentions", "People", "Libya", "Colour only"}


# the window


def test_a_key_turns_all_highlights_off_and_on(window: MainWindow, qtbot: QtBot) -> None:
    loaded(window, qtbot)
    choose(window, qtbot, 0)
    press(window, "highlights")
    assert not any(mark.shown for mark in window.view.page.layer.marks.all)
    assert window.list.table.itemDelegate().highlights.on is False
    assert window.panel.list.delegate.highlights.on is False
    assert not window.actions_["highlights"].isChecked()
    press(window, "highlights")
    assert any(mark.shown for mark in window.view.page.layer.marks.all)


def test_the_switches_of_types_and_styles_follow_the_choice(
    window: MainWindow, qtbot: QtBot
) -> None:
    loaded(window, qtbot)
    choose(window, qtbot, 0)
    press(window, "highlight_person")
    assert not window.actions_["highlight_person"].isChecked()
    assert {m.type for m in window.view.page.layer.marks.all if m.shown} == {"place"}
    press(window, "highlight_underline")
    assert [s for s in STYLES if window.actions_[f"highlight_{s}"].isChecked()] == [UNDERLINE]
    press(window, "highlight_everything")
    assert window.actions_["highlight_person"].isChecked()
    assert window.highlighting.presenter.shown == Highlights(style=UNDERLINE)


def test_the_button_above_the_article_opens_the_choice(window: MainWindow, qtbot: QtBot) -> None:
    loaded(window, qtbot)
    choose(window, qtbot, 0)
    qtbot.mouseClick(window.view.toolbar.lights, Qt.MouseButton.LeftButton)
    menu = window.highlighting.menu
    assert menu is not None
    assert menu.isVisible()
    menu.types["person"].trigger()
    assert window.highlighting.presenter.shown.types == {"person"}
    assert "some" in window.view.toolbar.lights.accessibleDescription()
    menu.close()


def test_the_panel_switches_the_type_of_a_row(window: MainWindow, qtbot: QtBot) -> None:
    loaded(window, qtbot)
    choose(window, qtbot, 0)
    row = next(row for row in window.panel.top(5) if row.type == "place")
    menu = window.panel.menu(row)
    next(a for a in menu.actions() if a.text() == "Highlight Places").trigger()
    assert window.highlighting.presenter.shown.types == {"place"}
    menu.deleteLater()


def test_the_menu_of_an_article_leads_to_the_choice(window: MainWindow, qtbot: QtBot) -> None:
    loaded(window, qtbot)
    choose(window, qtbot, 0)
    with qtbot.waitSignal(window.view.highlights_wanted) as asked:
        menu = window.view.menu()
        next(a for a in menu.actions() if a.text() == "Highlights…").trigger()
    assert isinstance(asked.args[0], QPoint)
    menu.deleteLater()
    assert window.highlighting.menu is not None
    window.highlighting.menu.close()
