"""Says of mentions in the article on show whether they are meant: with a key, or from a menu."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.domain.library import Changes
from reader.gui.ports import Changing

if TYPE_CHECKING:
    from reader.gui.main_window import MainWindow

_NONE_REJECTED = "No mention has been rejected in this article."
_NONE = "Go to a mention first: M leads from one to the next."


class VerdictDesk(QObject):
    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        window.view.confirm_requested.connect(self.confirm)
        window.panel.unreject_requested.connect(self.forget)

    def deeds(self) -> dict[str, Callable[[], object]]:
        """What the registry's actions do."""
        return {
            "confirm_mention": partial(self._judge_current, self.confirm),
            "reject_mention": partial(self._judge_current, self._window.cards.reject),
            "rejected_mentions": self._show_rejected,
        }

    def confirm(self, entity_id: int, spelling: str) -> None:
        """It stays a mention in the article on show, whatever conditions come."""
        window, article = self._window, self._window.view.article_id()
        told = f"“{spelling}” is kept here, whatever its conditions say. Ctrl+Z takes it back."
        window.changer.run(
            partial(_confirm, article, entity_id, spelling), lambda: window.status.say(told)
        )

    def forget(self, entity_id: int, spelling: str, name: str) -> None:
        """It was rejected in the article on show, and may be a mention again."""
        window, article = self._window, self._window.view.article_id()
        told = f"“{spelling}” may mean {name} here again. Ctrl+Z takes that back."
        window.changer.run(
            partial(_forget, article, entity_id, spelling), lambda: window.status.say(told)
        )

    def _show_rejected(self) -> None:
        window = self._window
        if not window.panel.rejected.count:
            window.status.say(_NONE_REJECTED)
            return
        window.panel.rejected.open_menu(window.view)

    def _judge_current(self, judge: Callable[[int, str], object]) -> None:
        mark = self._window.view.current_mention()
        if mark is None:
            self._window.status.say(_NONE)
        else:
            judge(mark.entity_id, mark.alias)


def _forget(article: int, entity: int, spelling: str, library: Changing) -> Changes:
    return library.forget_verdict(article, entity, spelling)


def _confirm(article: int, entity: int, spelling: str, library: Changing) -> Changes:
    return library.confirm_mention(article, entity, spelling)
