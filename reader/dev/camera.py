"""Pictures of the window and of what opens over it, and the steps every series of them needs."""

from pathlib import Path

from PySide6.QtCore import QLocale, QPoint, QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from reader.dev.driver import Steps
from reader.gui.main_window import MainWindow
from reader.gui.picture import best

QUIET = 0.7
"""Seconds in which counts, charts and marks arrive."""


class Camera:
    def __init__(self, folder: Path, suffix: str) -> None:
        self._folder, self._suffix = folder, suffix

    def take(
        self, window: MainWindow, name: str, over: tuple[QWidget, QPoint] | None = None
    ) -> None:
        """The window, with a dialog in its middle: without a screen nobody places dialogs.

        `over`: a menu, and where it lies over the window.
        """
        picture = window.grab()
        painter = QPainter(picture)
        if over is not None:
            painter.drawPixmap(over[1], over[0].grab())
        for dialog in dialogs():
            place = QRect(QPoint(), dialog.size())
            place.moveCenter(window.rect().center())
            painter.fillRect(window.rect(), QColor(0, 0, 0, 60))
            painter.drawPixmap(place.topLeft(), dialog.grab())
        painter.end()
        picture.save(str(self._folder / f"{name}-{self._suffix}.png"))

    def take_alone(self, widget: QWidget, name: str) -> None:
        """A window beside the main one."""
        widget.grab().save(str(self._folder / f"{name}-{self._suffix}.png"))


def article(window: MainWindow, language: str) -> Steps:
    """The one of that language with the most mentions among all that are listed."""
    table = window.list.table
    model = table.rows
    lines = [model.known(number) for number in model.ids[:128]]
    here = [line for line in lines if line is not None and line.language.startswith(language)]
    chosen = here[best(here, QLocale().name()[:2])]
    table.choose(model.row_of(chosen.id))
    yield lambda: window.article.detail is not None and window.article.detail.line.id == chosen.id
    yield QUIET


def pose_dialog(window: MainWindow, camera: Camera, action: str, name: str) -> Steps:
    """What the action opens, and then closes again."""
    window.actions_[action].trigger()
    yield lambda: bool(dialogs())
    yield 0.3
    camera.take(window, name)
    for dialog in dialogs():
        dialog.reject()
    yield lambda: not dialogs()


def dialogs() -> list[QDialog]:
    """Those that are open, each after the one it opened over."""
    widgets = QApplication.topLevelWidgets()
    found = [one for one in widgets if isinstance(one, QDialog) and one.isVisible()]
    return sorted(found, key=_depth)


def _depth(widget: QWidget) -> int:
    parent = widget.parentWidget()
    return 0 if parent is None else 1 + _depth(parent)
