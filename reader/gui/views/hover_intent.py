"""Whether a person means the thing under the pointer, or is only on the way past it."""

from PySide6.QtCore import QObject, QRect, QTimer, Signal

REST, LONGER, AGAIN, PATIENCE = 380, 700, 160, 260
"""Milliseconds: until a card opens, the same where the pointer mostly rests for something else,
until it turns to another thing while one is open, and until it closes behind a pointer that has
left."""


class HoverIntent(QObject):
    wanted = Signal(object, QRect)
    """The thing the pointer rests on, and where it stands on the screen."""
    left = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.open = False
        """Whether a card is on show; to be kept true by who shows it."""
        self._over: object = None
        self._place = QRect()
        self._resting, self._leaving = self._timer(REST), self._timer(PATIENCE)
        self._resting.timeout.connect(lambda: self.wanted.emit(self._over, self._place))
        self._leaving.timeout.connect(self.left)

    def point(self, thing: object, place: QRect, rest: int = REST) -> None:
        """What is under the pointer now; None: nothing. `rest`: until a card about it opens."""
        if thing == self._over:
            return
        self._over, self._place = thing, place
        if thing is None:
            self._resting.stop()
            self.let_go()
        else:
            self._leaving.stop()
            self._resting.start(AGAIN if self.open else rest)

    def hold(self) -> None:
        """The pointer is on the card: it stays."""
        self._resting.stop()
        self._leaving.stop()

    def let_go(self) -> None:
        if self.open:
            self._leaving.start()

    def forget(self) -> None:
        """The card was closed: only another movement opens one again."""
        self.open = False
        self._resting.stop()
        self._leaving.stop()

    def _timer(self, wait: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        return timer
