"""Leads the choice of what is highlighted from menus and keys to every view that shows mentions."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from shiboken6 import isValid

from reader.domain.entity import TYPES
from reader.gui.models.highlights import STYLES, Highlights
from reader.gui.presenters.highlights import HighlightsPresenter
from reader.gui.views.highlight_menu import HighlightMenu

if TYPE_CHECKING:
    from reader.gui.main_window import MainWindow


class Highlighting(QObject):
    """`presenter` holds what is shown; `menu` is the one opened last, None or gone."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.menu: HighlightMenu | None = None
        self.presenter = HighlightsPresenter(window.state, self)
        self.presenter.changed.connect(self._show)
        window.places.overview_changed.connect(self.presenter.set_overview)
        window.view.said.connect(window.status.say)
        window.view.highlights_wanted.connect(self.open_menu)
        window.panel.type_switched.connect(self.presenter.show_type)
        self._show(self.presenter.shown)

    def deeds(self) -> dict[str, Callable[[], object]]:
        """What the registry's actions do."""
        shown = self.presenter
        return {
            "highlights": self._toggle,
            "choose_highlights": self._open_below,
            "highlight_everything": shown.show_everything,
            **{f"highlight_{style}": partial(shown.set_style, style) for style in STYLES},
            **{f"highlight_{kind}": partial(self._switch, kind) for kind in TYPES},
        }

    def open_menu(self, at: QPoint) -> None:
        shown = self.presenter
        menu = HighlightMenu(
            shown.shown, shown.types, shown.lists, self._window.theme, self._window
        )
        menu.toggled.connect(shown.toggle)
        menu.type_wanted.connect(shown.show_type)
        menu.list_wanted.connect(shown.show_list)
        menu.style_wanted.connect(shown.set_style)
        self.menu = menu
        menu.popup(at)

    def _open_below(self) -> None:
        button = self._window.view.toolbar.lights
        self.open_menu(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def _toggle(self) -> None:
        self.presenter.toggle()
        on = self.presenter.shown.on
        self._window.status.say("Mentions are highlighted." if on else "No mention is highlighted.")

    def _switch(self, kind: str) -> None:
        shown = self.presenter.shown
        self.presenter.show_type(kind, not (shown.on and kind not in shown.types))

    def _show(self, highlights: Highlights) -> None:
        window = self._window
        for part in (window.view, window.panel, window.list.table):
            part.set_highlights(highlights)
        actions = window.actions_
        actions["highlights"].setChecked(highlights.on)
        for style in STYLES:
            actions[f"highlight_{style}"].setChecked(highlights.style == style)
        for kind in TYPES:
            on = highlights.on and kind not in highlights.types
            actions[f"highlight_{kind}"].setChecked(on)
        if self.menu is not None and isValid(self.menu):
            self.menu.show_state(highlights)
