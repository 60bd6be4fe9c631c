"""What a person does with a library: read it, mark and tag it, track names, save searches.

Every change is one transaction that also writes the journal, and returns what kind of thing it
touched. What a change makes necessary elsewhere (new mentions, hits, an index entry) is noted in
the store and done by whoever collects.
"""

from array import array
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from reader.domain.address import typed_address, without_password
from reader.domain.article import ArticleDetail, ArticleLine
from reader.domain.entity import Entity
from reader.domain.feed import Feed
from reader.domain.library import Changes, Overview
from reader.domain.row_mentions import RowMentions
from reader.domain.scope import Scope
from reader.entities.check import check
from reader.errors import NotFoundError, UsageError
from reader.services.inbox import Inbox
from reader.services.mention_verdicts import MentionVerdicts
from reader.services.searches import Searches
from reader.services.undo import (
    LOOK_BACK,
    LOOKED,
    NAMES,
    entity_json,
    scan_again,
    take_back,
    to_undo,
)
from reader.store.row_mentions import named_in_rows
from reader.store.scopes import tag_key

SPARK_DAYS = 30
"""Local days of which a saved search tells its hits, today among them."""


class Library(Searches, Inbox, MentionVerdicts):
    """Used by the thread that opened `store`."""

    def close(self) -> None:
        self._store.close()

    # -- reading

    def overview(self) -> Overview:
        store = self._store
        return Overview(
            store.totals(),
            tuple(store.saved.with_days(self._midnights(SPARK_DAYS))),
            tuple(store.saved.folders()),
            tuple(store.feeds.folder_lines()),
            tuple(store.feeds.lines()),
            tuple(store.entities.lines()),
            tuple(store.marks.tags()),
        )

    def article_ids(self, scope: Scope) -> "array[int]":
        return self._store.lists.ids(scope)

    def lines(self, ids: Sequence[int]) -> list[ArticleLine]:
        return self._store.lists.lines(ids)

    def row_mentions(self, rows: Sequence[tuple[int, str]]) -> list[RowMentions]:
        """For (article, snippet as its row shows it): what is named there."""
        return named_in_rows(self._store.connection, rows)

    def detail(self, article_id: int) -> ArticleDetail | None:
        return self._store.lists.detail(article_id)

    def mentions_per_day(
        self, entities: Sequence[int], days: int
    ) -> list[tuple[date, tuple[int, ...]]]:
        """One row a day in local time, oldest first, ending today: articles mentioning each."""
        midnights = self._midnights(days)
        counted = self._store.entities.per_day(entities, midnights)
        return [(midnight.date(), row) for midnight, row in zip(midnights, counted, strict=False)]

    def pending(self) -> bool:
        """Whether articles are still to be scanned or indexed, or saved searches derived."""
        store = self._store
        waiting = store.entities.rescan_below() is not None or store.queue.size()
        return bool(waiting or store.saved.underived())

    def has_volatile_searches(self) -> bool:
        """Whether a saved search asks about the time, or about what the user marks."""
        from reader.services.watch import Watch  # here, for the window starts without Whoosh

        watch = Watch(self._store)
        watch.reload()
        return any(question.query.volatile for question in watch.questions)

    # -- marks, tags, notes

    def mark(
        self, ids: Sequence[int], *, read: bool | None = None, starred: bool | None = None,
        passing: bool = False,
    ) -> Changes:  # fmt: skip
        """`passing`: read only because they came on show, which does not stand between what was
        done before and the wish to take it back."""
        marks = self._store.marks
        changed: set[int] = set()
        with self._store.transaction():
            if read is not None:
                what = LOOKED if passing else "read"
                changed.update(self._flagged(what, marks.read(ids, read), read))
            if starred is not None:
                changed.update(self._flagged("star", marks.star(ids, starred), starred))
        return Changes(frozenset(changed), counts=bool(changed))

    def mark_all_read(self, scope: Scope) -> Changes:
        with self._store.transaction():
            done = self._store.marks.read_scope(scope, self._clock())
            self._flagged("read", done, value=True)
        return Changes(frozenset(done), counts=bool(done))

    def _flagged(self, what: str, ids: "array[int]", value: bool) -> "array[int]":
        if ids:
            self._record(what, {"ids": list(ids), "value": not value}, {"value": value})
        return ids

    def tag(self, ids: Sequence[int], name: str, *, remove: bool = False) -> Changes:
        marks = self._store.marks
        with self._store.transaction():
            written = self._spelling(name)
            done = (marks.untag if remove else marks.tag)(ids, name)
            if done:
                before = {"ids": list(done), "name": written, "tagged": remove}
                self._record("tag", before, {"tagged": not remove})
        return Changes(frozenset(done), counts=bool(done))

    def _spelling(self, name: str) -> str:
        """A tag as it was first written, which goes with the last article that bears it."""
        key = tag_key(name)
        return next((n for _, n in self._store.selection.tags() if tag_key(n) == key), name)

    def note(self, article_id: int, text: str) -> Changes:
        """An empty text removes the note."""
        with self._store.transaction():
            before = self._store.marks.note(article_id, text, self._clock())
            if before == text.strip():
                return Changes()
            self._record("note", {"id": article_id, "text": before}, {"text": text.strip()})
        return Changes(frozenset({article_id}), counts=True)

    # -- entities

    def track(self, entity: Entity) -> Changes:
        """Add the entity, or replace the one of the same id, or of the same watchlist and name."""
        changed = bool(self.track_all([entity]))
        return Changes(entities=changed, counts=changed, lists=changed)

    def track_all(self, entities: Sequence[Entity]) -> int:
        """How many were new or different. UsageError for the first that is wrong: none is taken."""
        for entity in entities:
            check(entity)
        with self._store.transaction():
            former = {e.id: e for e in self._store.entities.all()}
            put = ((e, *self._store.entities.put(e)) for e in entities)
            changed = {entity_id: e for e, entity_id, new in put if new}
            if changed:
                touched = [_touched(i, e, former.get(i)) for i, e in changed.items()]
                self._record("track", {"entities": touched}, {})
                scan_again(self._store)
        return len(changed)

    def track_starter(self, name: str) -> Changes:
        """Add what is not there yet of a watchlist the program brings along (`services.starter`).

        NotFoundError when it brings none of that name.
        """
        from reader.services import starter  # here, for it is done once, if ever

        changed = bool(self.track_all(starter.missing(self._store, name)))
        return Changes(entities=changed, counts=changed, lists=changed)

    def untrack(self, name: str, watchlist: str | None = None) -> Changes:
        entity = self.entity(name, watchlist)
        with self._store.transaction():
            touched = _touched(entity.id, entity, entity)
            verdicts = self._store.entities.reading.verdicts_on(entity.id)
            self._store.entities.remove(entity.id)
            self._record("untrack", {"entities": [{**touched, "verdicts": verdicts}]}, {})
            scan_again(self._store)
        return Changes(entities=True, counts=True, lists=True)

    def entity(self, name: str, watchlist: str | None = None) -> Entity:
        """The one entity of that name. NotFoundError when there is none, UsageError for several."""
        found = [e for e in self._store.entities.by_name(name) if watchlist in {None, e.watchlist}]
        if not found:
            raise NotFoundError(f"There is no tracked entity named “{name}”.")
        if len(found) > 1:
            lists = ", ".join(e.watchlist for e in found)
            raise UsageError(
                f"“{name}” stands in several watchlists ({lists}): name one with --watchlist."
            )
        return found[0]

    # -- feeds

    def rename_feed(self, url: str, title: str) -> Changes:
        feed = self._feed(url)
        with self._store.transaction():
            former = self._store.feeds.rename(feed.id, title)
            self._record("rename feed", {"id": feed.id, "own_title": former}, {"title": title})
        return Changes(feeds=True, lists=True)

    def move_feed(self, url: str, folder: str) -> Changes:
        feed = self._feed(url)
        with self._store.transaction():
            self._store.feeds.move(feed.id, folder)
            self._record("move feed", {"id": feed.id, "folder": feed.folder}, {"folder": folder})
        return Changes(feeds=True, counts=True)

    def remove_feed(self, url: str) -> Changes:
        """Unsubscribe; the articles stay in the library."""
        feed = self._feed(url)
        with self._store.transaction():
            self._store.feeds.remove(feed.id, self._clock())
            self._record("remove feed", {"id": feed.id}, {"url": feed.url})
        return Changes(feeds=True, counts=True)

    def allow_images(self, url: str, *, allow: bool) -> Changes:
        with self._store.transaction():
            self._store.feeds.allow_images(self._feed(url).id, allow)
        return Changes(feeds=True)

    def _feed(self, url: str) -> Feed:
        bare = without_password(url)
        feed = self._store.feeds.by_url(bare) or self._store.feeds.by_url(typed_address(bare))
        if feed is None:
            raise NotFoundError(f"{bare} is not subscribed: see the list of feeds.")
        return feed

    # -- for other programs

    def publish_search(self, name: str, path: str) -> Changes:
        """A file that holds the saved search as a feed, and is kept current from now on. Refused
        as by `Publisher.publish`."""
        from reader.services.publish import Publisher  # here, for few ever need it

        Publisher(self._store, self._clock).publish(name, Path(path).absolute())
        return Changes(saved=True)

    # -- taking back

    def undo(self) -> tuple[str, Changes]:
        """Take the latest change back. NotFoundError when there is none left."""
        with self._store.transaction():
            entry = to_undo(self._store.journal.open(LOOK_BACK))
            if entry is None:
                raise NotFoundError("There is nothing to undo.")
            changes = take_back(self._store, entry, self._clock())
            self._store.journal.mark_undone(entry.id)
        return NAMES.get(entry.what, entry.what), changes


def _touched(entity_id: int, entity: Entity, former: Entity | None) -> dict[str, Any]:
    """What undoing needs of an entity that was put or removed."""
    return {
        "id": entity_id,
        "watchlist": entity.watchlist,
        "name": entity.name,
        "former": entity_json(former) if former else None,
    }
