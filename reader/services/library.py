"""What a person does with a library: read it, mark and tag it, track names, save searches.

Every change is one transaction that also writes the journal, and returns what kind of thing it
touched. What a change makes necessary elsewhere (new mentions, hits, an index entry) is noted in
the store and done by whoever collects.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from reader.domain.address import typed_address, without_password
from reader.domain.article import ArticleDetail, ArticleLine
from reader.domain.feed import Feed
from reader.domain.library import Changes, Overview
from reader.domain.looks import every_type
from reader.domain.row_mentions import RowMentions
from reader.domain.scope import Scope
from reader.domain.search import SavedLine
from reader.errors import NotFoundError
from reader.services.dismissals import Dismissals
from reader.services.entity_types import Types
from reader.services.imports import Imports
from reader.services.inbox import Inbox
from reader.services.mention_verdicts import MentionVerdicts
from reader.services.merging import Merging
from reader.services.searches import Searches
from reader.services.undo import LOOK_BACK, LOOKED, NAMES, files_json, take_back, to_undo
from reader.services.watchlists import Watchlists
from reader.store.row_mentions import named_in_rows
from reader.store.scopes import tag_key

SPARK_DAYS = 30
"""Local days of which a saved search tells its hits, today among them."""


class Library(Searches, Inbox, MentionVerdicts, Dismissals, Watchlists, Merging, Types, Imports):
    """Used by the thread that opened `store`."""

    def close(self) -> None:
        self._store.close()

    # -- reading

    def overview(self) -> Overview:
        store = self._store
        return Overview(
            store.totals(),
            tuple(self._searches()),
            tuple(store.saved.folders()),
            tuple(store.feeds.folder_lines()),
            tuple(store.feeds.lines()),
            tuple(store.entities.lines()),
            tuple(store.marks.tags()),
            tuple(store.watchlists.all()),
            tuple(every_type(store.types.all(), store.types.used())),
        )

    def article_ids(self, scope: Scope) -> "array[int]":
        return self._store.lists.ids(scope)

    def lines(self, ids: Sequence[int]) -> list[ArticleLine]:
        return self._store.lists.lines(ids)

    def newest(self, scope: Scope, limit: int) -> list[ArticleLine]:
        """The first rows of what the scope holds, without reading the rest. Not for `ids`."""
        keys = self._store.lists.page(scope, None, limit)
        return self.lines([article_id for _, article_id in keys])

    def row_mentions(self, rows: Sequence[tuple[int, str]]) -> list[RowMentions]:
        """For (article, snippet as its row shows it): what is named there."""
        return named_in_rows(self._store.connection, rows)

    def detail(self, article_id: int) -> ArticleDetail | None:
        found = self._store.lists.detail(article_id)
        if found is None:
            return None
        said = self._store.entities.reading.verdicts([article_id]).get(article_id, {})
        confirmed = frozenset(spot for spot, meant in said.items() if meant)
        return replace(found, confirmed=confirmed, rejected=self.rejections(article_id))

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

        saved, file = self.saved(name), Path(path).absolute()
        with self._store.transaction():
            known = {one.path for one in self._store.publications.all()}
            Publisher(self._store, self._clock).publish(name, file)
            if str(file) not in known:
                before = {"id": saved.id, "path": str(file)}
                self._record("publish search", before, {"name": saved.name})
        return Changes(saved=True)

    def unpublish_search(self, name: str, path: str = "") -> Changes:
        """The files that it is published to, or that one, are no longer kept current; they stay as
        they are. NotFoundError when there is none."""
        from reader.services.publish import Publisher

        saved = self.saved(name)
        with self._store.transaction():
            files = files_json(saved.id, self._store.publications.all())
            file = Path(path).absolute() if path else None
            gone = Publisher(self._store, self._clock).unpublish(name, file)
            before = {"id": saved.id, "files": [one for one in files if one[0] in gone]}
            self._record("unpublish search", before, {"name": saved.name})
        return Changes(saved=True)

    def _searches(self) -> Iterator[SavedLine]:
        files: dict[int, list[str]] = {}
        for one in self._store.publications.all():
            files.setdefault(one.saved_id, []).append(one.path)
        for line in self._store.saved.with_days(self._midnights(SPARK_DAYS)):
            yield replace(line, files=tuple(files.get(line.saved.id, ())))

    # -- taking back

    def done_last(self, limit: int) -> list[tuple[str, datetime]]:
        """The latest changes that were not undone, as sentences name them, and when they were
        made, in the order in which undoing takes them back."""
        entries = self._store.journal.open(limit + LOOK_BACK)
        found: list[tuple[str, datetime]] = []
        while len(found) < limit and (entry := to_undo(entries)):
            entries.remove(entry)
            found.append((NAMES.get(entry.what, entry.what), entry.at))
        return found

    def undo(self) -> tuple[str, Changes]:
        """Take the latest change back. NotFoundError when there is none left."""
        with self._store.transaction():
            entry = to_undo(self._store.journal.open(LOOK_BACK))
            if entry is None:
                raise NotFoundError("There is nothing to undo.")
            changes = take_back(self._store, entry, self._clock())
            self._store.journal.mark_undone(entry.id)
        return NAMES.get(entry.what, entry.what), changes
