"""Articles a query is judged by: rows of a list, each with what was said of it."""

from array import array
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject, Qt

from reader.gui.models.articles import ArticleModel
from reader.gui.models.rows import Index

VERDICT = Qt.ItemDataRole.UserRole + 10
"""True: worth keeping; False: noise; None: not judged."""


class SampleModel(ArticleModel):
    """Judgements stay while the samples change: the same article may come again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._verdicts: dict[int, bool] = {}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.ids):
            return None
        verdict = self._verdicts.get(self.ids[index.row()])
        if role == VERDICT:
            return verdict
        told = super().data(index, role)
        if role == Qt.ItemDataRole.AccessibleTextRole and verdict is not None:
            return f"{'Keep' if verdict else 'Noise'}. {told}"
        return told

    def show_samples(self, ids: Iterable[int]) -> None:
        """Nothing is drawn anew when they are those on show."""
        wanted = array("q", ids)
        if wanted != self.ids:
            self.set_ids(wanted)

    def judge(self, article_id: int, kept: bool | None) -> None:
        if kept is None:
            self._verdicts.pop(article_id, None)
        else:
            self._verdicts[article_id] = kept
        row = self.row_of(article_id)
        if row >= 0:
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def verdict(self, article_id: int) -> bool | None:
        return self._verdicts.get(article_id)

    def verdicts(self) -> dict[int, bool]:
        """Of the samples on show, in their order."""
        return {number: self._verdicts[number] for number in self.ids if number in self._verdicts}

    def begin(self) -> None:
        """Without samples, and without what was said of others before."""
        self._verdicts.clear()
        self.clear_marks()
        self.set_ids(array("q"), keep=False)
        self.forget(but=())
