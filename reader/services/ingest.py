"""What a feed said becomes part of the library: articles, mentions, hits, alerts, in one go.

Everything that takes time (comparing, finding mentions, asking the saved searches) is worked out
first; then one short transaction per feed writes it all, together with the list of what the index
still has to learn. A kill at any moment leaves either all of a feed's news or none of it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from reader.domain.article import Explained, ParsedItem, SearchDocument
from reader.domain.decide import Candidate, Decision, KnownArticle, Verdict
from reader.domain.due import Usual
from reader.domain.entity import NOTHING_SAID, Verdicts
from reader.domain.feed import Feed, FeedReport, Fetched, ParsedFeed
from reader.domain.schedule import Rhythm
from reader.domain.search import SavedSearch
from reader.errors import FeedError
from reader.services import outlets
from reader.services.alarm import Alarm, Likeness
from reader.services.clock import utc_now
from reader.services.compare import Comparison, compare
from reader.services.documents import carried, revised, standing_in, unseen
from reader.services.items import published, snippet
from reader.services.lexicon import Lexicon
from reader.services.watch import Watch
from reader.store.articles import NewArticle
from reader.store.parts import why_json
from reader.store.store import Store

_TELLING = 60
"""Code points of title and text from which the same ones are no coincidence."""
_TEXT_CHANGES = frozenset({Verdict.NEW, Verdict.REVISED})


@dataclass(frozen=True, slots=True)
class Prepared:
    """An item with everything that is to be written of it.

    `document` is the article as it will stand and `hits` what it answers; None when the item
    changes nothing that a saved search could ask about. `twins`: articles of this feed with the
    same text, however long ago. `said`: the verdicts its mentions were found by. `meant`: saved
    searches that were true of it before, but for names that are still to be looked for.
    """

    item: ParsedItem
    candidate: Candidate
    decision: Decision
    document: SearchDocument | None = None
    hits: "dict[SavedSearch, Explained] | None" = None
    twins: tuple[int, ...] = ()
    said: Verdicts = field(default_factory=dict)
    meant: frozenset[int] = frozenset()


class _Overtaken(Exception):  # noqa: N818 - no error: the work is simply done again
    """Watchlists, saved searches or verdicts changed while a feed's news were being worked out."""


class Ingest:
    """Owned by one thread: the one that opened `store`."""

    def __init__(
        self,
        store: Store,
        rhythm: Rhythm,
        *,
        alert_age: timedelta,
        likeness: Likeness | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._store = store
        self._rhythm = rhythm
        self._clock = clock
        self.lexicon = Lexicon(store)
        self.watch = Watch(store)
        self._likeness = likeness
        self.alarm = Alarm(store, likeness, Usual(max_age=alert_age))

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
        """Store what is new or changed in a feed that could be read.

        UnknownItemError when an item was left out of it as known that the library does not hold.
        """
        present = self._introduced(feed, parsed)
        if present is None:  # unsubscribed while it was being fetched
            return FeedReport(feed.id, feed.url, feed.title)
        while True:
            try:
                return self._absorb(present, fetched, parsed, body_hash)
            except _Overtaken:
                continue

    def _introduced(self, feed: Feed, parsed: ParsedFeed) -> Feed | None:
        """The feed as it is now. Saved searches may ask for its title, so a new one is given its
        title before its articles are matched."""
        present = self._store.feeds.by_url(feed.url)
        if present is None or present.fetched_once:
            return present
        known = outlets.gazetteer().of_feed(
            feed.url, parsed.site_url or feed.site_url, (item.url for item in parsed.items)
        )
        self._store.feeds.introduce(feed.id, parsed.title, known.name if known else "")
        return self._store.feeds.by_url(feed.url)

    def _absorb(
        self, feed: Feed, fetched: Fetched, parsed: ParsedFeed, body_hash: str
    ) -> FeedReport:
        self.lexicon.reload()
        self.watch.reload()
        now = self._clock()
        found = compare(self._store, feed, parsed, now)
        prepared = self._prepare(feed, parsed.items, found, now)
        with self._store.transaction():
            self._check_not_overtaken(prepared)
            if found.mode != feed.identity:
                self._store.feeds.set_identity(feed.id, found.mode)
            report = self._write(feed, prepared, found.unchanged, now)
            self._store.imprints.put(feed.id, found.imprints)
            self._store.feeds.fetched(
                feed.id,
                now=now,
                next_fetch=self._rhythm.after_success(now, feed.interval),
                etag=fetched.etag,
                last_modified=fetched.last_modified,
                body_hash=body_hash,
                item_count=len(parsed.items) + len(parsed.known),
                title=parsed.title,
                site_url=parsed.site_url,
                language=parsed.language,
                moved_to=fetched.moved_to,
            )
        return report

    def _check_not_overtaken(self, prepared: Sequence[Prepared]) -> None:
        present = self._store.entities.version(), self._store.saved.version()
        if present != (self.lexicon.version, self.watch.version):
            raise _Overtaken
        if any(self._said(one.decision) != one.said for one in prepared):
            raise _Overtaken

    def _said(self, decision: Decision) -> Verdicts:
        """A person's verdicts on mentions in an article that has another text now."""
        if decision.verdict is not Verdict.REVISED:
            return NOTHING_SAID
        reading = self._store.entities.reading
        return reading.verdicts([decision.article_id]).get(decision.article_id, NOTHING_SAID)

    # -- working out

    def _prepare(
        self, feed: Feed, items: Sequence[ParsedItem], found: Comparison, now: datetime
    ) -> list[Prepared]:
        prepared = [
            Prepared(item, one, decision, twins=_repeated(one, found.twins))
            for item, one, decision in zip(items, found.compared, found.decisions, strict=True)
        ]
        stored = self._stored(found.decisions)
        scanned = self._store.entities.rescan_below() is None
        return [self._enriched(feed, one, stored, now, scanned) for one in prepared]

    def _stored(self, decisions: Sequence[Decision]) -> dict[int, SearchDocument]:
        """The articles we hold that something new is said of."""
        known = {Verdict.REVISED, Verdict.JOINED}
        ids = [d.article_id for d in decisions if d.verdict in known]
        return {document.id: document for document in self._store.lists.documents(ids)}

    def _enriched(
        self, feed: Feed, one: Prepared, stored: Mapping[int, SearchDocument], now: datetime,
        scanned: bool,
    ) -> Prepared:  # fmt: skip
        one = replace(one, said=self._said(one.decision))
        known = stored.get(one.decision.article_id)
        document = self._document(feed, one, known, now)
        if document is None:
            return one
        hits = self.watch.hits(document, now)
        meant = frozenset[int]() if scanned else self._meant(one, known, hits, now)
        return replace(one, document=document, hits=hits, meant=meant)

    def _meant(
        self, one: Prepared, stored: SearchDocument | None, hits: Iterable[SavedSearch],
        now: datetime,
    ) -> frozenset[int]:  # fmt: skip
        """While the archive is to be looked through again, its hits are not yet those of the
        present names: what is true of the article as it was is nothing new."""
        if one.decision.verdict is Verdict.REVISED and stored is not None:
            names = self.lexicon.mentions(stored.texts, stored.language, one.said)
            hits = self.watch.hits(replace(stored, **self.lexicon.described(names)), now)
        elif not one.twins:
            return frozenset()
        return frozenset(search.id for search in hits)

    def _document(
        self, feed: Feed, one: Prepared, stored: SearchDocument | None, now: datetime
    ) -> SearchDocument | None:
        match one.decision.verdict:
            case Verdict.NEW:
                return self._fresh(feed, one.item, now)
            case Verdict.REVISED if stored is not None:
                return revised(self._fresh(feed, one.item, now, one.said), stored, now)
            case Verdict.JOINED if stored is not None and feed.url not in dict(stored.feeds):
                return carried(stored, feed)
        return None

    def _fresh(
        self, feed: Feed, item: ParsedItem, now: datetime, said: Verdicts = NOTHING_SAID
    ) -> SearchDocument:
        """Before anybody has seen it. `said`: a person's verdicts on mentions in it."""
        return unseen(
            item,
            published(item, now),
            now,
            **standing_in(feed),
            **self.lexicon.described(self.lexicon.mentions(item.texts, item.language, said)),
        )

    # -- writing

    def _write(
        self, feed: Feed, prepared: Sequence[Prepared], unchanged: int, now: datetime
    ) -> FeedReport:
        counts = dict.fromkeys(Verdict, 0)
        alerts = 0
        to_index = []
        for one in reversed(prepared):  # feeds begin with the newest: it gets the highest id
            counts[one.decision.verdict] += 1
            article_id = self._write_article(feed, one, now)
            if one.document is not None:
                alerts += self._write_hits(feed, one, one.document, article_id, now)
            if one.document is not None and one.decision.verdict in _TEXT_CHANGES:
                to_index.append(article_id)
        self._store.queue.push(to_index)
        return FeedReport(
            feed.id,
            feed.url,
            feed.title,
            new=counts[Verdict.NEW],
            updated=counts[Verdict.REVISED],
            unchanged=unchanged + counts[Verdict.SAME] + counts[Verdict.JOINED],
            alerts=alerts,
        )

    def _write_article(self, feed: Feed, one: Prepared, now: datetime) -> int:
        articles, decision = self._store.articles, one.decision
        article_id = decision.article_id
        if one.document is not None and decision.verdict in _TEXT_CHANGES:
            new = _new_article(feed, one, one.document)
            if decision.verdict is Verdict.NEW:
                article_id = articles.add(new)
            else:
                articles.revise(article_id, new, now)
            if one.document.entity_spans or decision.verdict is not Verdict.NEW:
                self._store.entities.replace_mentions(article_id, one.document.entity_spans)
        elif decision.new_key:
            articles.join(feed.id, article_id, one.candidate.key, one.candidate.content)
        return article_id

    def _write_hits(
        self, feed: Feed, one: Prepared, document: SearchDocument, article_id: int, now: datetime
    ) -> int:
        """The hits replace earlier ones; what was not a hit before may alert."""
        hits = {search: why_json(why) for search, why in (one.hits or {}).items()}
        past = one.twins if one.decision.verdict is Verdict.NEW else (article_id, *one.twins)
        before = self.alarm.before(past) | one.meant if past and hits else set()
        if past or hits:  # else there were none, and are none
            self._store.saved.put_hits(article_id, {search.id: why for search, why in hits.items()})
        fired = self.alarm.raise_for(article_id, document, feed, hits, before, now)
        if self._likeness is not None and one.decision.verdict in _TEXT_CHANGES:
            self._likeness.keep(article_id, document)
        return fired


def _repeated(one: Candidate, twins: Mapping[int, Sequence[KnownArticle]]) -> tuple[int, ...]:
    """Articles whose text this one repeats. A few words may well be true again another day."""
    if len(one.title) + one.size < _TELLING:
        return ()
    return tuple(twin.article_id for twin in twins.get(one.content, ()))


def _new_article(feed: Feed, one: Prepared, document: SearchDocument) -> NewArticle:
    assert document.sorted_at is not None and document.first_seen is not None  # noqa: S101, PT018
    return NewArticle(
        feed_id=feed.id,
        key=one.candidate.key,
        content_hash=one.candidate.content,
        texts=document.texts,
        html=one.item.html,
        snippet=snippet(document.texts),
        sorted_at=document.sorted_at,
        first_seen=document.first_seen,
        url=document.url,
        url_key=one.candidate.url_key,
        author=document.author,
        language=document.language,
        published=document.published,
        published_raw=one.item.published_raw if document.published is None else "",
    )
