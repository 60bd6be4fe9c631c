"""Finds out what is named in the rows on show, and in those next to them.

Names come in a moment after the rows themselves: they are read from the articles' texts, and
lists never wait for those.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer

from reader.domain.library import Changes
from reader.domain.row_mentions import RowMentions
from reader.errors import ReaderError
from reader.gui.jobs import Jobs
from reader.gui.models.articles import ArticleModel
from reader.gui.ports import Reading

_REST = 15
"""Milliseconds that rows stand still before their names are read."""


class RowMentionsPresenter(QObject):
    def __init__(
        self, jobs: Jobs, model: ArticleModel, visible: Callable[[], range],
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        """`visible`: the rows on show."""
        super().__init__(parent)
        self._jobs, self._model, self._visible = jobs, model, visible
        self._pending: set[tuple[int, str]] = set()
        self._ticket = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_REST)
        self._soon.timeout.connect(self._ask)
        model.dataChanged.connect(lambda *_: self.look())
        model.modelReset.connect(self.look)

    def look(self) -> None:
        """Rows have come on show, or show something else."""
        self._soon.start()

    def apply(self, changes: Changes) -> None:
        if changes.entities or changes.articles:
            self._ticket += 1
            self._model.forget_named(None if changes.entities else changes.articles)
            self.look()

    def _ask(self) -> None:
        rows = [row for row in self._model.unnamed(self._around()) if row not in self._pending]
        if rows:
            self._pending.update(rows)
            arrived = partial(self._arrived, self._ticket, rows)
            self._jobs.run(partial(_named, rows), self, arrived, partial(self._failed, rows))

    def _arrived(
        self, ticket: int, rows: Sequence[tuple[int, str]], named: Sequence[RowMentions]
    ) -> None:
        self._pending.difference_update(rows)
        if ticket == self._ticket:
            self._model.set_named(named)
        else:
            self.look()  # entities were changed meanwhile

    def _failed(self, rows: Sequence[tuple[int, str]], problem: ReaderError) -> None:
        self._pending.difference_update(rows)
        self._jobs.failed.emit(problem)

    def _around(self) -> range:
        """What is on show with a screen more on either side, as far as there are rows."""
        shown = self._visible()
        more = len(shown)
        last = min(self._model.rowCount(), shown.stop + more)
        return range(max(0, shown.start - more), last)


def _named(rows: Sequence[tuple[int, str]], library: Reading) -> list[RowMentions]:
    return library.row_mentions(rows)
