"""Tells when the window is there: the first rows, or why there are none, have been painted.

What the window needs only then waits for it, so that nothing stands between a person and the list.
"""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from reader.gui.main_window import MainWindow

_PATIENCE = 1_500
"""Milliseconds: a window that is not shown, or cannot be filled, needs the rest all the same."""


class FirstPaint(QObject):
    over = Signal()
    """Once, from the event loop and never from within a painting."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._list = window.list
        self._watched = (window.list.table.viewport(), window.list.empty)
        for widget in self._watched:
            widget.installEventFilter(self)
        self._late = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._late.timeout.connect(self._end)
        self._late.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._painted():
            self._stop_watching()
            QTimer.singleShot(0, self, self._end)
        return super().eventFilter(watched, event)

    def _painted(self) -> bool:
        return self._list.is_empty() or self._list.table.rows.at_hand(0) is not None

    def _stop_watching(self) -> None:
        for widget in self._watched:
            widget.removeEventFilter(self)

    def _end(self) -> None:
        self._stop_watching()
        self._late.stop()
        self.over.emit()
        self.deleteLater()
