"""The rows of every article list: an array of ids, with the lines of some of them at hand.

A million rows cost 8 MB and no time: the view asks for what it shows, the model answers from
what it has and asks for the rest by `page_wanted`. It never waits.
"""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)

from reader.domain.article import ArticleLine, Marked
from reader.domain.row_mentions import RowMentions
from reader.gui import words
from reader.gui.models.inbox import Fired
from reader.gui.models.rows import Index

PAGE = 128
_NEVER = "\0"
"""No snippet is this."""
KEPT = 64 * PAGE
"""Lines kept at hand; about 8 MB."""


class Role(IntEnum):
    LINE = Qt.ItemDataRole.UserRole
    """An `ArticleLine`, or None while it is being read."""
    MARKED = Qt.ItemDataRole.UserRole + 1
    ID = Qt.ItemDataRole.UserRole + 2
    FIRED = Qt.ItemDataRole.UserRole + 3
    """In the inbox: the `Fired` of an article, else None."""
    NAMED = Qt.ItemDataRole.UserRole + 4
    """`RowMentions`: what is named in the title and the snippet; None while that is not known."""


class ArticleModel(QAbstractTableModel):
    page_wanted = Signal(int, int, object)
    """generation, page, the ids of that page: answer with `set_page`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ids: array[int] = array("q")
        self.generation = 0
        self.keeping = False
        """During a reset: whether what is chosen stays chosen."""
        self._lines: OrderedDict[int, ArticleLine] = OrderedDict()
        self._rows: dict[int, int] = {}  # of the lines that have been on show
        self._gone: set[int] = set()
        self._wanted: set[int] = set()
        self._marks: dict[int, Marked] = {}
        self._named: OrderedDict[int, RowMentions] = OrderedDict()
        self._fired_of: Callable[[int], Fired | None] | None = None

    # what Qt asks

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.ids):
            return None
        line = self.line(index.row())
        if role == Role.LINE:
            return line
        if role == Role.ID:
            return self.ids[index.row()]
        if role == Role.MARKED:
            return self._marked(self.ids[index.row()])
        if role == Role.FIRED:
            return self.fired(self.ids[index.row()])
        if role == Role.NAMED:
            return self._named.get(self.ids[index.row()])
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title if line else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if line is None:
                return "Gone" if self.is_gone(index.row()) else "Loading"
            return spoken(line, self.fired(line.id))
        return None

    # what the screen asks

    def line(self, row: int) -> ArticleLine | None:
        """The line of a row, or None: then its page has been asked for, unless it is gone."""
        number = self.ids[row]
        line = self._lines.get(number)
        if line is not None:
            self._lines.move_to_end(number)
            self._rows[number] = row
        elif number not in self._gone:
            self._want(row // PAGE)
        return line

    def known(self, article_id: int) -> ArticleLine | None:
        """The line of an article if it is at hand; asks for nothing."""
        return self._lines.get(article_id)

    def at_hand(self, row: int) -> ArticleLine | None:
        """The line of a row if there is such a row and it is at hand; asks for nothing."""
        return self._lines.get(self.ids[row]) if 0 <= row < len(self.ids) else None

    def row_of(self, article_id: int) -> int:
        """-1 when the list does not hold it. A million rows take some milliseconds."""
        row = self._rows.get(article_id, -1)
        if row >= 0:
            return row
        try:
            return self.ids.index(article_id)
        except ValueError:
            return -1

    def is_gone(self, row: int) -> bool:
        """The article was deleted while the list was on show."""
        return self.ids[row] in self._gone

    def moment(self, row: int) -> datetime | None:
        """When the article came, in the inbox when its alert fired; None while not at hand."""
        line = self.at_hand(row)
        if line is None:
            return None
        fired = self.fired(line.id)
        return fired.at if fired else line.sorted_at

    # what the presenter tells

    def set_ids(self, ids: "array[int]", *, keep: bool = True) -> None:
        """A new list. Lines at hand are kept: articles that are in both are shown at once.

        `keep`: it is the same list grown older or younger, so that views keep what is chosen.
        """
        self.keeping = keep
        self.beginResetModel()
        self.ids = ids
        self.generation += 1
        self._rows.clear()
        self._wanted.clear()
        self._gone.clear()
        self.endResetModel()

    def set_top(self, lines: Sequence[ArticleLine]) -> None:
        """A new list, of which so far only the first page is known."""
        self.set_ids(array("q", [line.id for line in lines]), keep=False)
        self.set_page(self.generation, 0, lines)

    def grow(self, ids: "array[int]") -> None:
        """The whole list of which the top is shown: what is chosen and on show stays so."""
        here = len(self.ids)
        if ids[:here] != self.ids:
            self.set_ids(ids)
        elif len(ids) > here:
            self.beginInsertRows(QModelIndex(), here, len(ids) - 1)
            self.ids = ids
            self.endInsertRows()

    def drop(self, ids: Iterable[int]) -> None:
        """These articles leave the list; the others stay where they are."""
        rows = sorted({row for number in ids if (row := self.row_of(number)) >= 0})
        self.generation += bool(rows)
        self._rows.clear()
        self._wanted.clear()
        for first, last in reversed(_runs(rows)):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self.ids[first : last + 1]
            self.endRemoveRows()

    def set_page(self, generation: int, page: int, lines: Sequence[ArticleLine]) -> None:
        """The answer to `page_wanted`; of one for an earlier list only the lines are of use."""
        if generation != self.generation:
            self._keep([line for line in lines if line.id not in self._lines])
            self._changed(0, len(self.ids) - 1)
            return
        self._wanted.discard(page)
        first = page * PAGE
        asked = self.ids[first : first + PAGE]
        self._keep(lines)
        self._gone.update(set(asked) - {line.id for line in lines})
        self._changed(first, first + len(asked) - 1)

    def page_failed(self, generation: int, page: int) -> None:
        """The page may be asked for again when its rows are next shown."""
        if generation == self.generation:
            self._wanted.discard(page)

    def update_lines(self, lines: Sequence[ArticleLine]) -> None:
        """Newer lines of articles already shown; the others are left alone."""
        here = [line for line in lines if line.id in self._lines]
        self._keep(here)
        self._rows_changed(line.id for line in here)

    def on_hand(self, ids: Iterable[int]) -> list[int]:
        """Those of `ids` whose lines are kept here, and so may be out of date."""
        return [number for number in ids if number in self._lines]

    def forget(self, *, but: Iterable[int]) -> None:
        """Lines that may be out of date are read again when they are next on show."""
        kept = {number: self._lines[number] for number in but if number in self._lines}
        self._lines, self._rows = OrderedDict(kept), {}
        self._wanted.clear()
        self._changed(0, len(self.ids) - 1)

    def set_marks(self, marks: Sequence[Marked]) -> None:
        """What a search found in these rows."""
        self._marks.update((mark.article_id, mark) for mark in marks)
        self._rows_changed(mark.article_id for mark in marks)

    def has_marks(self, article_id: int) -> bool:
        return article_id in self._marks

    def clear_marks(self) -> None:
        """The search is over."""
        marked, self._marks = self._marks, {}
        self._rows_changed(marked)

    def snippet(self, article_id: int) -> str | None:
        """What a row shows below the title; None while its line is not at hand."""
        line, marked = self._lines.get(article_id), self._marked(article_id)
        if line is None:
            return None
        return marked.snippet if marked and marked.snippet else line.snippet

    def unnamed(self, rows: Iterable[int]) -> list[tuple[int, str]]:
        """(article, snippet) of those rows whose names in that snippet are not known."""
        found = []
        for row in rows:
            number = self.ids[row]
            snippet, known = self.snippet(number), self._named.get(number)
            if snippet is not None and (known is None or known.of != snippet):
                found.append((number, snippet))
        return found

    def set_named(self, named: Sequence[RowMentions]) -> None:
        """The answer to `unnamed`."""
        for one in named:
            self._named[one.article_id] = one
            self._named.move_to_end(one.article_id)
        while len(self._named) > KEPT:
            self._named.popitem(last=False)
        self._rows_changed(one.article_id for one in named if one.title or one.snippet)

    def forget_named(self, ids: Iterable[int] | None) -> None:
        """Of these articles, or all (None): what is painted stays until it is known anew."""
        for number in list(self._named) if ids is None else ids:
            if number in self._named:
                self._named[number] = replace(self._named[number], of=_NEVER)

    def set_fired(self, of: Callable[[int], Fired | None] | None) -> None:
        """Who knows what fired for an article of the inbox; None: this is no inbox.

        To be called again when it would answer otherwise than before.
        """
        if of is not None or self._fired_of is not None:
            self._fired_of = of
            self._changed(0, len(self.ids) - 1)

    def fired(self, article_id: int) -> Fired | None:
        return self._fired_of(article_id) if self._fired_of else None

    def _marked(self, article_id: int) -> Marked | None:
        """A search's marks, else those of the words that fired."""
        fired = self.fired(article_id)
        return self._marks.get(article_id) or (fired.marked if fired else None)

    def _want(self, page: int) -> None:
        if page in self._wanted:
            return
        self._wanted.add(page)
        ids = self.ids[page * PAGE : (page + 1) * PAGE]
        self.page_wanted.emit(self.generation, page, ids)

    def _keep(self, lines: Sequence[ArticleLine]) -> None:
        for line in lines:
            self._lines[line.id] = line
            self._lines.move_to_end(line.id)
        while len(self._lines) > KEPT:
            number, _ = self._lines.popitem(last=False)
            self._rows.pop(number, None)

    def _rows_changed(self, ids: Iterable[int]) -> None:
        rows = sorted(self._rows[number] for number in ids if number in self._rows)
        for first, last in _runs(rows):
            self._changed(first, last)

    def _changed(self, first: int, last: int) -> None:
        if 0 <= first <= last < len(self.ids):
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))


def spoken(line: ArticleLine, fired: Fired | None = None) -> str:
    """A row as a screen reader says it; in the inbox with what fired."""
    parts = [
        _alerts(fired) if fired else "",
        "Unread" if not line.read else "",
        "Starred" if line.starred else "",
        line.title or "Untitled",
        line.source,
        words.ago(line.published, datetime.now(UTC)) if line.published else "undated",
        ", ".join(chip.name for chip in line.chips),
        f"{words.number(line.copies)} outlets carry this text" if line.copies > 1 else "",
    ]
    return ". ".join(part for part in parts if part)


def _alerts(fired: Fired) -> str:
    judged = {True: ", kept", False: ", noise", None: ""}
    high = {"high": ", important"}
    names = [f"{a.saved_search}{high.get(a.priority, '')}{judged[a.kept]}" for a in fired.alerts]
    return f"{'New alert' if fired.fresh else 'Alert'} of {' and '.join(names)}"


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Sorted rows as first and last of each unbroken run."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
