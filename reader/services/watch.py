"""Saved searches as standing questions: which of them an article answers, and where.

The queries are parsed once and kept until a saved search changes. The same trees run over one
arriving article here and over the index in a search, so an alert can never mean something else
than the search box.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from reader.domain.article import Explained, SearchDocument
from reader.domain.search import SavedSearch
from reader.errors import QueryError
from reader.search.crowd import Crowd
from reader.search.language import Query, parse
from reader.services.unmet import Unmet
from reader.store.store import Store

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Question:
    saved: SavedSearch
    query: Query


class Watch:
    """Call `reload` before asking; it costs one read when nothing changed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._version: int | None = None
        self._names: int | None = None
        """The version of the watchlists with which the queries were read."""
        self._questions: tuple[Question, ...] = ()
        self._crowd = Crowd(())
        self._moved: dict[int, Query] = {}
        """Queries that count from now, as they were last asked."""

    @property
    def version(self) -> int | None:
        return self._version

    @property
    def questions(self) -> tuple[Question, ...]:
        return self._questions

    def reload(self) -> None:
        """Only queries that are new are prepared.

        One that can no longer be parsed, or that asks for a name nobody tracks, is marked with the
        reason, and keeps its hits; one that can be run again is derived anew.
        """
        version, names = self._store.saved.version(), self._store.entities.version()
        if (version, names) == (self._version, self._names):
            return
        prepared = {question.saved.query: question.query for question in self._questions}
        unmet = Unmet(self._store)
        found = [self._question(saved, prepared, unmet) for saved in self._store.saved.all()]
        self._questions = tuple(filter(None, found))
        self._crowd = Crowd([question.query for question in self._questions], self._crowd)
        self._moved = {}
        self._version, self._names = version, names

    def _question(
        self, saved: SavedSearch, prepared: Mapping[str, Query], unmet: Unmet
    ) -> Question | None:
        try:
            query = prepared.get(saved.query) or parse(saved.query)
        except QueryError as problem:
            logger.warning("The saved search %r cannot be run: %s", saved.name, problem)
            self._mark(saved, str(problem))
            return None
        if why := unmet.why(query.root):
            self._mark(saved, why)
            return None
        if saved.broken:
            self._store.saved.mend(saved.id)
            return Question(replace(saved, broken=""), query)
        return Question(saved, query)

    def _mark(self, saved: SavedSearch, why: str) -> None:
        if saved.broken != why:
            self._store.saved.mark_broken(saved.id, why)

    def asking_about(self, fields: frozenset[str]) -> list[int]:
        """The saved searches that filter by one of these fields."""
        return [q.saved.id for q in self._questions if q.query.fields & fields]

    def hits(self, document: SearchDocument, now: datetime) -> dict[SavedSearch, Explained]:
        """Every saved search that is true of the article, with the places that make it so."""
        if not self._questions:
            return {}
        article = self._crowd.article(document)  # cut into words once, however many ask
        found = {}
        for number in self._crowd.candidates(article):
            question = self._questions[number]
            query = self._moved_to(now, number) if question.query.relative else question.query
            if query.settled or query.condition(article):
                found[question.saved] = article.why(query)
        return found

    def _moved_to(self, now: datetime, number: int) -> Query:
        """A query as it is asked `now`: a whole feed is, at one moment."""
        moved = self._moved.get(number)
        if moved is None or moved.now != now:
            moved = self._moved[number] = self._questions[number].query.at(now)
        return moved
