"""The context menu of an article."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

_SHOWN = 32
"""Characters of a selection that a menu entry repeats."""

Words = Callable[[str], object]


class ArticleMenu(QMenu):
    """Deletes itself when it closes; entries appear only where they can do something."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def words(self, text: str, *, copy: Callable[[], object], search: Words, track: Words) -> None:
        """For selected text."""
        if not text:
            return
        self.addAction("Copy", copy)
        self.addSeparator()
        self.addAction(f"Search for “{brief(text)}”", partial(search, text))
        self.addAction(f"Track “{brief(text)}”…", partial(track, text))
        self.addSeparator()

    def mention(
        self, name: str, *, articles: Callable[[], object], follow: Words,
        alert: Callable[[], object], confirm: Callable[[], object], reject: Callable[[], object],
    ) -> None:  # fmt: skip
        """For a mention under the pointer."""
        self.addAction(f"Articles about {brief(name)}", articles)
        self.addAction(f"Go through the mentions of {brief(name)}", partial(follow, name))
        self.addAction(f"Alert me about {brief(name)}", alert)
        self.addAction(f"Really {brief(name)}: keep this mention", confirm)
        self.addAction(f"Not {brief(name)}: take this mention away", reject)
        self.addSeparator()

    def link(self, url: str, *, open_it: Words, copy: Words) -> None:
        self.addAction("Open link", partial(open_it, url))
        self.addAction("Copy link address", partial(copy, url))
        self.addSeparator()


def brief(text: str) -> str:
    """Short enough for a menu entry, its ampersands taken as letters."""
    line = " ".join(text.split())
    cut = line if len(line) <= _SHOWN else line[: _SHOWN - 1].rstrip() + "…"
    return cut.replace("&", "&&")
