"""A search that says when its answer lets itself be waited for."""

from PySide6.QtCore import QObject, QTimer, Signal

from reader.gui.ports import SearchLink
from reader.gui.presenters.article_list import ArticleListPresenter
from reader.gui.presenters.search import SearchPresenter

PATIENCE = 200
"""Milliseconds that nobody notices."""


class WatchedSearch(SearchPresenter):
    """Only what the user waits for counts, not a search run again because articles came in."""

    waiting = Signal(bool)
    """The answer is late; then, that it is there or no longer waited for."""

    def __init__(
        self, link: SearchLink, articles: ArticleListPresenter, parent: QObject | None = None
    ) -> None:
        super().__init__(link, articles, parent)
        self._late = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(lambda: self._tell(late=True))
        for answered in (self.found, self.refused, self.problem):
            answered.connect(lambda *_: self._tell(late=False))

    def search(self, *, again: bool = False) -> None:
        if not again:
            self._patience.start()  # first: an answer may be there at once
        super().search(again=again)

    def leave(self) -> None:
        self._tell(late=False)
        super().leave()

    def _tell(self, *, late: bool) -> None:
        self._patience.stop()
        if late != self._late:
            self._late = late
            self.waiting.emit(late)
