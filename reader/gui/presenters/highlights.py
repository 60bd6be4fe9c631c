"""Keeps what is highlighted, from one day to the next, and tells every view when it changes."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from reader.domain.entity import TYPES
from reader.domain.library import Overview
from reader.gui.models.highlights import BOTH, STYLES, Highlights, in_order
from reader.gui.state import WindowState


class HighlightsPresenter(QObject):
    changed = Signal(object)
    """The `Highlights` from now on."""

    def __init__(self, state: WindowState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._overview = Overview()
        self.shown = _kept(state)

    @property
    def types(self) -> tuple[str, ...]:
        """Of the tracked entities, and those that are hidden."""
        found = {line.entity.type for line in self._overview.entities}
        return in_order(found | self.shown.types, TYPES)

    @property
    def lists(self) -> tuple[str, ...]:
        """The watchlists there are. A hidden one that is gone is remembered, not offered."""
        return in_order(line.entity.watchlist for line in self._overview.entities)

    def set_overview(self, overview: Overview) -> None:
        """Entities may have moved to or from a hidden list."""
        self._overview = overview
        self._become(self.shown)

    def toggle(self) -> None:
        self._become(replace(self.shown, on=not self.shown.on))

    def set_style(self, style: str) -> None:
        """One of `STYLES`."""
        self._become(replace(self.shown, style=style))

    def show_type(self, kind: str, shown: bool) -> None:
        """Wishing to see one while all are off turns highlighting on."""
        self._become(replace(self.shown.with_type(kind, shown=shown), on=shown or self.shown.on))

    def show_list(self, name: str, shown: bool) -> None:
        self._become(replace(self.shown.with_list(name, shown=shown), on=shown or self.shown.on))

    def show_everything(self) -> None:
        self._become(Highlights(style=self.shown.style))

    def _become(self, wanted: Highlights) -> None:
        wanted = wanted.known(self._overview)
        if wanted == self.shown:
            return
        self.shown = wanted
        self._state.put("highlights", wanted.on)
        self._state.put("highlight_style", wanted.style)
        self._state.put("unlit_types", sorted(wanted.types))
        self._state.put("unlit_watchlists", sorted(wanted.lists))
        self.changed.emit(wanted)


def _kept(state: WindowState) -> Highlights:
    style = state.text("highlight_style", BOTH)
    return Highlights(
        state.flag("highlights", default=True),
        style if style in STYLES else BOTH,
        frozenset(state.words("unlit_types")),
        frozenset(state.words("unlit_watchlists")),
    )
