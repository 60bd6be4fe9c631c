"""Fills the card beside a mention: at once with what the window knows, then from the library."""

from collections import OrderedDict
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QRect

from reader.domain.library import Changes, Overview
from reader.domain.scope import Scope
from reader.errors import ReaderError
from reader.gui.jobs import Jobs
from reader.gui.models.mention_card import Facts, about
from reader.gui.ports import Reading
from reader.gui.views.article_marks import Mark
from reader.gui.views.mention_card import RECENT, MentionCard

DAYS = 30
_KEPT = 64
"""Entities whose facts are remembered until something changes."""


class MentionCardPresenter(QObject):
    """Late answers, for a card that is about something else by then, are kept but not shown."""

    def __init__(self, jobs: Jobs, card: MentionCard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._card = jobs, card
        self._overview = Overview()
        self._known: OrderedDict[int, Facts] = OrderedDict()
        self._article = 0
        self._ticket = 0

    def set_overview(self, overview: Overview) -> None:
        self._overview = overview

    def apply(self, changes: Changes) -> None:
        """Articles came in or entities changed: what was read before may be out of date."""
        if changes.articles or changes.entities or changes.lists:
            self._known.clear()
            self._ticket += 1

    def show(
        self, mark: Mark, place: QRect, article_id: int, numbered: tuple[int, int],
        *, confirmed: bool = False,
    ) -> None:  # fmt: skip
        """`place`: of the mention on the screen; `numbered`, `confirmed`: as `About` has them."""
        self._article = article_id
        told = about(
            self._overview, mark.entity_id, mark.name, mark.type, mark.alias, numbered
        )  # fmt: skip
        self._card.show_about(replace(told, confirmed=confirmed), place)
        known = self._known.get(mark.entity_id)
        if known is not None:
            self._card.fill(self._others(known))
            return
        work = partial(_read, mark.entity_id)
        arrived = partial(self._arrived, self._ticket, mark.entity_id)
        self._jobs.run(work, self, arrived, self._failed, urgent=True)

    def _arrived(self, ticket: int, entity: int, facts: Facts) -> None:
        if ticket == self._ticket:
            self._known[entity] = facts
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        if entity == self._card.about.entity_id and self._card.isVisible():
            self._card.fill(self._others(facts))

    def _failed(self, problem: ReaderError) -> None:
        self._card.close_card()
        self._jobs.failed.emit(problem)

    def _others(self, facts: Facts) -> Facts:
        """Without the article that is being read."""
        others = tuple(line for line in facts.recent if line.id != self._article)
        return Facts(facts.days, facts.last_seen, others[:RECENT])


def _read(entity: int, library: Reading) -> Facts:
    newest = library.newest(Scope(entity=entity), RECENT + 1)
    days = tuple(count for _, (count,) in library.mentions_per_day([entity], DAYS))
    return Facts(days, newest[0].sorted_at if newest else None, tuple(newest))
