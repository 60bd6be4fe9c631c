"""Marks articles of the list as read or starred, and goes on to those that are unread.

What is marked is shown at once, and taken back if the library refuses.
"""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain

from PySide6.QtCore import QObject, Signal

from reader.domain.article import ArticleLine
from reader.domain.library import Changes
from reader.domain.scope import Scope
from reader.gui.jobs import Jobs
from reader.gui.ports import Changing, Reading
from reader.gui.presenters.article_list import ArticleListPresenter
from reader.gui.presenters.changer import Changer


class MarkingPresenter(QObject):
    row_wanted = Signal(int)
    """The row to go to, found by `next_unread`."""
    nothing_unread = Signal()
    problem = Signal(object)

    def __init__(
        self, jobs: Jobs, articles: ArticleListPresenter, changer: Changer,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._jobs, self._articles, self._changer = jobs, articles, changer
        self._model = articles.model
        self._ticket = 0
        articles.begun.connect(self._forget)

    def mark(
        self, ids: Sequence[int], *, read: bool | None = None, starred: bool | None = None,
        passing: bool = False,
    ) -> None:  # fmt: skip
        """`passing`: see `Changing.mark`."""
        before = self._known(ids)
        self._model.update_lines([_marked(line, read, starred) for line in before])

        def work(library: Changing) -> Changes:
            return library.mark(ids, read=read, starred=starred, passing=passing)

        self._changer.run(work, failed=lambda _: self._model.update_lines(before))

    def viewed(self, article_id: int) -> None:
        line = self._model.known(article_id)
        if line is None or not line.read:
            self.mark([article_id], read=True, passing=True)

    def toggle_read(self, ids: Sequence[int]) -> None:
        """Read if any of them is unread, else unread."""
        lines = self._known(ids)
        if lines:
            self.mark(ids, read=any(not line.read for line in lines))

    def toggle_star(self, ids: Sequence[int]) -> None:
        lines = self._known(ids)
        if lines:
            self.mark(ids, starred=any(not line.starred for line in lines))

    def mark_all_read(self, before: datetime | None = None) -> None:
        """Everything listed, or what is older than `before`; not what still waits to be shown."""
        scope = replace(self._articles.listed_scope(), before=before)
        self._changer.run(lambda library: library.mark_all_read(scope))

    def next_unread(self, row: int) -> None:
        """Asks to go to the first unread article below `row`, or the first of all."""
        for candidate in range(row + 1, self._model.rowCount()):
            line = self._model.at_hand(candidate)
            if line is None:
                break
            if not line.read:
                self.row_wanted.emit(candidate)
                return
        scope = replace(self._articles.scope(), unread=True)
        work = partial(_next_of, scope, self._model.ids, row)
        self._jobs.run(work, self, partial(self._found, self._ticket), self.problem.emit)

    # inside

    def _known(self, ids: Sequence[int]) -> list[ArticleLine]:
        return [line for line in map(self._model.known, ids) if line is not None]

    def _forget(self) -> None:
        """Another list is shown: rows found in this one are of no use."""
        self._ticket += 1

    def _found(self, ticket: int, row: int) -> None:
        if ticket != self._ticket:
            return
        if row >= 0:
            self.row_wanted.emit(row)
        else:
            self.nothing_unread.emit()


def _next_of(scope: Scope, ids: "array[int]", row: int, library: Reading) -> int:
    """The first row below `row` whose article is in the scope, else the first of all, else -1."""
    unread = set(library.article_ids(scope))
    order = chain(range(row + 1, len(ids)), range(min(row + 1, len(ids))))
    return next((candidate for candidate in order if ids[candidate] in unread), -1)


def _marked(line: ArticleLine, read: bool | None, starred: bool | None) -> ArticleLine:
    return replace(
        line,
        read=line.read if read is None else read,
        starred=line.starred if starred is None else starred,
    )
