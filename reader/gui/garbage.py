"""When Python looks for cyclic garbage while the window is open: here, and not in mid-work.

By itself it would do so on whatever thread makes many objects, and at any moment. To look through
what an article of many pages is made of takes 50 ms; and widgets may be destroyed on this thread
only.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 1_000
"""Milliseconds between two looks."""
_YOUNG, _OLD = 5_000, 50_000
"""So many new objects are looked through, and so many more until all are."""
_CALM = 500
"""Fewer new objects than that between two looks: nothing is going on."""
_LULL, _PATIENCE = 3, 60
"""So many looks of calm in a row are waited for, but not longer than so many looks."""


class Garbage(QObject):
    """From `start` until `close`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before = self._grown = self._calm = self._waited = 0
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """What is there by now stays: it is never looked through."""
        gc.freeze()
        gc.disable()
        self._timer.start()

    def close(self) -> None:
        self._timer.stop()
        gc.enable()

    def look(self) -> None:
        """Takes away what is garbage, as far as there is time for it."""
        young = gc.get_count()[0]
        self._calm = self._calm + 1 if abs(young - self._before) < _CALM else 0
        if young > _YOUNG:
            self._grown += young
            gc.collect(1)
        elif self._grown > _OLD:
            self._waited += 1
            if self._calm >= _LULL or self._waited > _PATIENCE:
                self._grown = self._waited = 0
                gc.collect()
        self._before = gc.get_count()[0]
