"""What a feed said becomes part of the library: articles, mentions, hits, alerts, in one go.

Everything that takes time (comparing, finding mentions, asking the saved searches) is worked out
first; then one short transaction per feed writes it all, together with the list of what the index
still has to learn. A kill at any moment leaves either all of a feed's news or none of it.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from reader.domain.article import Mention, ParsedItem, SearchDocument, Span, Texts
from reader.domain.decide import MODES, Candidate, Decision, Verdict, decide, usable_mode
from reader.domain.entity import Entity
from reader.domain.feed import Feed, FeedReport, Fetched, ParsedFeed
from reader.domain.schedule import Rhythm
from reader.domain.search import SavedSearch
from reader.entities.match import Matcher
from reader.errors import FeedError, UsageError
from reader.feeds.dates import plausible
from reader.feeds.identity import canonical_url, content_hash, hash64, item_keys
from reader.services.watch import Watch, worth_an_alert
from reader.store.articles import NewArticle
from reader.store.database import to_ms_or_none
from reader.store.parts import spans_json
from reader.store.store import Store

logger = logging.getLogger(__name__)

SNIPPET = 200
"""Code points of an article's text that a list may show."""


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An item with everything that is to be written of it."""

    item: ParsedItem
    candidate: Candidate
    decision: Decision
    mentions: tuple[Mention, ...] = ()
    hits: "dict[SavedSearch, tuple[Span, ...]] | None" = None


class Lexicon:
    """The matcher over the library's watchlists, rebuilt when they change."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.version: int | None = None
        self.matcher = Matcher(())
        self._by_id: dict[int, Entity] = {}

    def reload(self) -> None:
        version = self._store.entities.version()
        if version != self.version:
            entities = self._store.entities.all()
            self.matcher = Matcher(entities)
            self._by_id = {entity.id: entity for entity in entities}
            self.version = version

    def described(self, mentions: tuple[Mention, ...]) -> dict[str, Any]:
        """The part of a SearchDocument that tells of the entities mentioned."""
        ids = dict.fromkeys(mention.entity_id for mention in mentions)
        entities = [self._by_id[entity_id] for entity_id in ids]
        return {
            "entities": tuple((e.name, e.type, e.watchlist) for e in entities),
            "aliases": tuple(tuple(alias.text for alias in e.aliases) for e in entities),
            "entity_spans": mentions,
        }


class _Overtaken(Exception):  # noqa: N818 - no error: the work is simply done again
    """Watchlists or saved searches changed while a feed's news were being worked out."""


class Ingest:
    """Owned by one thread: the one that opened `store`."""

    def __init__(
        self,
        store: Store,
        rhythm: Rhythm,
        *,
        alert_age: timedelta,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._store = store
        self._rhythm = rhythm
        self._alert_age = alert_age
        self._clock = clock
        self.lexicon = Lexicon(store)
        self.watch = Watch(store)

    def due(self, urls: Sequence[str] | None, *, everything: bool) -> list[Feed]:
        """The feeds to fetch now. UsageError names an address that is not subscribed."""
        if urls is not None:
            return [self._subscribed(url) for url in dict.fromkeys(urls)]
        return self._store.feeds.all() if everything else self._store.feeds.due(self._clock())

    def _subscribed(self, url: str) -> Feed:
        feed = self._store.feeds.by_url(url)
        if feed is None:
            raise UsageError(f"{url} is not subscribed: add it first, or see the list of feeds.")
        return feed

    def unmodified(self, feed: Feed) -> FeedReport:
        """The server said so, or sent the same bytes as last time."""
        now = self._clock()
        with self._store.transaction():
            held = self._store.feeds.unmodified(
                feed.id, now, self._rhythm.after_success(now, feed.interval)
            )
        return FeedReport(feed.id, feed.url, feed.title, unchanged=held)

    def failed(self, feed: Feed, problem: FeedError) -> FeedReport:
        """Keep the sentence beside the feed, with the time of the next try."""
        now = self._clock()
        again = self._rhythm.after_failure(now, feed.failures + 1, problem.retry_after)
        with self._store.transaction():
            self._store.feeds.failed(feed.id, problem.kind, str(problem), now, again)
            if problem.kind == "gone":
                self._store.feeds.gone(feed.id)
        return FeedReport(feed.id, feed.url, feed.title, error=str(problem))

    def absorb(
        self, feed: Feed, fetched: Fetched, parsed: ParsedFeed, body_hash: str
    ) -> FeedReport:
        """Store what is new or changed in a feed that could be read."""
        while True:
            self.lexicon.reload()
            self.watch.reload()
            now = self._clock()
            mode, prepared = self._prepare(feed, parsed, now)
            try:
                with self._store.transaction():
                    self._check_not_overtaken()
                    report = self._write(feed, mode, prepared, now)
                    self._store.feeds.fetched(
                        feed.id,
                        now=now,
                        next_fetch=self._rhythm.after_success(now, feed.interval),
                        etag=fetched.etag,
                        last_modified=fetched.last_modified,
                        body_hash=body_hash,
                        item_count=len(parsed.items),
                        title=parsed.title,
                        site_url=parsed.site_url,
                        language=parsed.language,
                        moved_to=fetched.moved_to,
                    )
                    return report
            except _Overtaken:
                continue

    def _check_not_overtaken(self) -> None:
        entities, saved = self._store.entities.version(), self._store.saved.version()
        if (entities, saved) != (self.lexicon.version, self.watch.version):
            raise _Overtaken

    # -- working out

    def _prepare(self, feed: Feed, parsed: ParsedFeed, now: datetime) -> tuple[str, list[Prepared]]:
        items = list(parsed.items)
        mode, candidates = _candidates(feed.identity, items, now)
        articles = self._store.articles
        decisions = decide(
            candidates,
            articles.known(feed.id, [c.key for c in candidates]),
            articles.by_url(feed.id, [c.url_key for c in candidates if c.url_key is not None]),
            articles.twins(feed.id, [c.content for c in candidates]),
        )
        return mode, [
            self._enriched(feed, Prepared(*both), now)
            for both in zip(items, candidates, decisions, strict=True)
        ]

    def _enriched(self, feed: Feed, prepared: Prepared, now: datetime) -> Prepared:
        verdict = prepared.decision.verdict
        if verdict not in {Verdict.NEW, Verdict.REVISED, Verdict.JOINED}:
            return prepared
        item = prepared.item
        mentions = self.lexicon.matcher.mentions(item.texts)
        document = self._document(feed, prepared, mentions, now)
        return replace(prepared, mentions=mentions, hits=self.watch.hits(document, now))

    def _document(
        self, feed: Feed, prepared: Prepared, mentions: tuple[Mention, ...], now: datetime
    ) -> SearchDocument:
        """The article as it will stand, for the saved searches to be asked about."""
        item, published = prepared.item, _published(prepared.item, now)
        fresh = SearchDocument(
            id=0,
            texts=item.texts,
            author=item.author,
            url=item.url,
            language=item.language,
            published=published,
            sorted_at=published or now,
            first_seen=now,
            feeds=((feed.url, feed.title),),
            folders=(feed.folder,) if feed.folder else (),
            outlets=(feed.outlet,) if feed.outlet else (),
            **self.lexicon.described(mentions),
        )
        if prepared.decision.verdict is Verdict.NEW:
            return fresh
        return self._merged(prepared, fresh)

    def _merged(self, prepared: Prepared, fresh: SearchDocument) -> SearchDocument:
        """What this feed adds to an article we hold: its text when revised, its name when joined."""
        (stored,) = self._store.lists.documents([prepared.decision.article_id])
        joined = replace(
            stored,
            feeds=tuple(dict.fromkeys((*stored.feeds, *fresh.feeds))),
            folders=tuple(dict.fromkeys((*stored.folders, *fresh.folders))),
            outlets=tuple(dict.fromkeys((*stored.outlets, *fresh.outlets))),
        )
        if prepared.decision.verdict is Verdict.JOINED:
            return joined
        return replace(
            fresh,
            id=stored.id,
            feeds=joined.feeds,
            folders=joined.folders,
            outlets=joined.outlets,
            first_seen=stored.first_seen,
            sorted_at=stored.sorted_at,
            tags=stored.tags,
            note=stored.note,
            read=stored.read,
            starred=stored.starred,
            has_revision=True,
        )

    # -- writing

    def _write(
        self, feed: Feed, mode: str, prepared: Sequence[Prepared], now: datetime
    ) -> FeedReport:
        counts = dict.fromkeys(Verdict, 0)
        alerts = 0
        if mode != feed.identity:
            self._store.feeds.set_identity(feed.id, mode)
        for one in prepared:
            counts[one.decision.verdict] += 1
            article_id = self._write_one(feed, one, now)
            if one.hits is not None:
                alerts += self._write_hits(feed, one, article_id, now)
        return FeedReport(
            feed.id,
            feed.url,
            feed.title,
            new=counts[Verdict.NEW],
            updated=counts[Verdict.REVISED],
            unchanged=counts[Verdict.SAME] + counts[Verdict.JOINED],
            alerts=alerts,
        )

    def _write_one(self, feed: Feed, one: Prepared, now: datetime) -> int:
        articles, decision = self._store.articles, one.decision
        article_id = decision.article_id
        if decision.verdict in {Verdict.NEW, Verdict.REVISED}:
            new = _new_article(feed, one, now)
            if decision.verdict is Verdict.NEW:
                article_id = articles.add(new)
            else:
                articles.revise(article_id, new, now)
            self._store.entities.replace_mentions(article_id, one.mentions)
            self._store.queue.push([article_id])
        elif decision.new_key:
            articles.join(feed.id, article_id, one.candidate.key, one.candidate.content)
        return article_id

    def _write_hits(self, feed: Feed, one: Prepared, article_id: int, now: datetime) -> int:
        """The hits replace earlier ones; what was not a hit before may alert."""
        hits = one.hits or {}
        before = self._store.saved.hits_of(article_id)
        self._store.saved.put_hits(
            article_id, {search.id: spans_json(spans) for search, spans in hits.items()}
        )
        if not feed.fetched_once:
            return 0
        if not worth_an_alert(_published(one.item, now), now, self._alert_age):
            return 0
        return sum(
            self._store.alerts.fire(article_id, search, spans_json(spans), now)
            for search, spans in hits.items()
            if search.alert and search.id not in before
        )


def _candidates(
    mode: str, items: Sequence[ParsedItem], now: datetime
) -> tuple[str, list[Candidate]]:
    """The items as they are compared, under the first mode that tells them apart."""
    contents = [content_hash(item) for item in items]
    offered = [item_keys(item) for item in items]
    keys = {name: [hash64(_best_key(one, name)) for one in offered] for name in MODES}
    mode = usable_mode(mode, keys, contents)
    return mode, [
        Candidate(
            key=keys[mode][i],
            url_key=hash64(canonical_url(item.url)) if names_a_page(item.url) else None,
            content=contents[i],
            title=item.texts.title,
            published=to_ms_or_none(_published(item, now)),
            size=len(item.texts.lead) + len(item.texts.body),
        )
        for i, item in enumerate(items)
    ]


def _best_key(offered: Mapping[str, str], mode: str) -> str:
    """The key for `mode`; an item that lacks what it needs gets the next kind it has."""
    return next(offered[name] for name in MODES[MODES.index(mode) :] if name in offered)


def names_a_page(url: str) -> bool:
    """Whether a link can identify an article: one to a site's front page cannot."""
    parts = urlsplit(url)
    return bool(parts.path.strip("/") or parts.query)


def _published(item: ParsedItem, now: datetime) -> datetime | None:
    """None when the date is missing, in the future or absurd."""
    if item.published is None or not plausible(item.published, now):
        return None
    return item.published


def _new_article(feed: Feed, one: Prepared, now: datetime) -> NewArticle:
    item, published = one.item, _published(one.item, now)
    return NewArticle(
        feed_id=feed.id,
        key=one.candidate.key,
        content_hash=one.candidate.content,
        texts=item.texts,
        html=item.html,
        snippet=_snippet(item.texts),
        sorted_at=published or now,
        first_seen=now,
        url=item.url,
        url_key=one.candidate.url_key,
        author=item.author,
        language=item.language,
        published=published,
        published_raw=item.published_raw if published is None else "",
    )


def _snippet(texts: Texts) -> str:
    """The first words in one line."""
    words = " ".join((texts.lead or texts.body)[: 2 * SNIPPET].split())
    if len(words) <= SNIPPET:
        return words
    return words[:SNIPPET].rsplit(" ", 1)[0].rstrip(",;:–—-. ") + "…"
