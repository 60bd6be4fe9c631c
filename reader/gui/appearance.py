"""Light, dark, or as the system has it: what was chosen, and what that means at the moment."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from reader.gui.theme import DARK, LIGHT, system_theme

if TYPE_CHECKING:
    from reader.gui.main_window import MainWindow

SCHEMES = ("light", "dark", "system")


class Appearance(QObject):
    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def scheme(self) -> str:
        """The one chosen, one of `SCHEMES`."""
        return self._window.state.text("scheme", self._window.defaults.scheme)

    def choose(self, scheme: str) -> None:
        """From now on, and the next time, too."""
        self._window.state.put("scheme", scheme)
        self.show(scheme)

    def show(self, scheme: str | None = None) -> None:
        """This one for now; None: the one chosen."""
        wanted = scheme or self.scheme
        for name in SCHEMES:
            self._window.actions_[name].setChecked(name == wanted)
        app = QApplication.instance()
        if wanted == "system" and isinstance(app, QApplication):
            self._window.set_theme(system_theme(app))
        else:
            self._window.set_theme(DARK if wanted == "dark" else LIGHT)

    def _system_changed(self) -> None:
        if self.scheme == "system":
            self.show()
