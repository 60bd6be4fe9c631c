"""Which articles of the library a new one repeats: asked by the ingest, kept beside the article.

The articles of the last two weeks are remembered in memory, taken from the library when they are
first asked for. What shares enough words with one of them is read again, side by side with it, so
that a form filled in twice is not taken for a copy.

Only an article that is about to fire an alert is looked at while it is stored. All others wait
until there is time, and are then looked at many together, which is quicker. What waits has fired
nothing, so it keeps no copy at another outlet from firing; at the same outlet it may, and is looked
at first.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reader.domain.article import SearchDocument, Texts
from reader.domain.feed import Feed
from reader.services.clock import utc_now
from reader.services.slices import Slice
from reader.store.copies import StoredSketch
from reader.store.database import to_ms
from reader.store.store import Store
from reader.stories.compare import NEARLY_ALL
from reader.stories.copies import LIMIT, SPAN, Copies, Entry, Match
from reader.stories.other_news import other_news
from reader.stories.sketch import Sketch, sketch, sketches

SLICE = 200
_SPAN_MS = SPAN // timedelta(milliseconds=1)
_TWINS = 1_000
"""Articles of an outlet that are looked at at once before one of it alerts, if they still wait."""
_READ = 8
"""So many are read side by side; others of their group are then believed."""

Waiting = tuple[int, int, int]
"""(article, its outlet, when it was seen in ms)"""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Articles by id, the likest first. `group`: with the same text at other outlets; `twins`:
    with nearly identical text (nine tenths of either) at the same outlet."""

    group: tuple[int, ...] = ()
    twins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Looked:
    document: SearchDocument
    entry: Entry
    matches: list[Match]


class Likeness:
    """Owned by the thread that opened `store`, which writes all articles of the library."""

    def __init__(self, store: Store, clock: Callable[[], datetime] = utc_now) -> None:
        self._store = store
        self._clock = clock
        self._recent: Copies | None = None
        self._archive: Copies | None = None
        self._last: _Looked | None = None

    def resembling(self, document: SearchDocument, feed: Feed) -> Resemblance:
        """`document`: about to be stored, or to get another text."""
        outlet, now = self._store.copies.outlet(feed.id), to_ms(self._clock())
        waiting = self._store.copies.waiting(_TWINS, outlet)
        self._look_at([row for row in waiting if row[2] >= now - _SPAN_MS])
        entry = Entry(document.id, outlet, now, sketch(document.texts))
        matches = self._matches(self._window(), document.texts, entry)
        self._last = _Looked(document, entry, matches)
        here = [match.article_id for match in matches if match.outlet == outlet]
        there = [match.article_id for match in matches if match.outlet != outlet]
        return Resemblance(tuple(there), tuple(here))

    def keep(self, article_id: int, document: SearchDocument) -> None:
        """It is stored, in the present transaction: later articles may resemble it.

        At once when `resembling` was asked of it just before, else when it was looked at.
        """
        looked, self._last = self._last, None
        if looked is None or looked.document is not document:
            self._store.copies.queue(article_id)
            return
        looked.entry.article_id = article_id
        # The same id is another article, remembered from a transaction that was given up.
        matches = [match for match in looked.matches if match.article_id != article_id]
        self._write(self._window(), looked.entry, matches)

    def _matches(self, window: Copies, texts: Texts, asking: Entry) -> list[Match]:
        """The likest first. At the same outlet only what is nearly identical."""
        found = [
            match
            for match in window.resembling(asking.sketch, asking.article_id, asking.seen)
            if match.outlet != asking.outlet or match.mutual >= NEARLY_ALL
        ]
        if not found:
            return []
        read, rest = found[:_READ], found[_READ:]
        held = self._store.articles.texts([match.article_id for match in read])
        good = [match for match in read if _same_news(texts, held.get(match.article_id))]
        groups = {match.group for match in good}
        return good + [match for match in rest if match.group in groups]

    def _write(self, window: Copies, entry: Entry, matches: Sequence[Match]) -> None:
        """What is kept of an article, in the library and in memory."""
        copies, article_id, drawn = self._store.copies, entry.article_id, entry.sketch
        copies.put(article_id, drawn.words, drawn.complete, drawn.whole, drawn.to_bytes())
        if matches:
            likest = matches[0].article_id
            scores = {match.article_id: match.score for match in matches}
            root = copies.root(likest) or likest
            copies.join(article_id, likest, scores.get(root, matches[0].score))
        else:
            copies.leave(article_id)
        window.add(entry, matches[0].article_id if matches else None)

    def _window(self) -> Copies:
        if self._recent is None:
            since = to_ms(self._clock()) - _SPAN_MS
            self._recent = Copies()
            self._recent.fill(_entries(self._store.copies.latest(since, LIMIT)))
        return self._recent

    # -- what nobody has looked at yet

    def sketch_some(self) -> Slice:
        """Look at one slice of what waits, newest first. Nothing ever alerts because of it."""
        rows = self._store.copies.waiting(SLICE)
        if not rows:
            self._archive = None
            return Slice(0, 0)
        self._look_at(rows)
        return Slice(len(rows), self._store.copies.queued())

    def _look_at(self, rows: Sequence[Waiting]) -> None:
        if not rows:
            return
        texts = self._store.articles.texts(article_id for article_id, _, _ in rows)
        drawn = sketches([texts[article_id] for article_id, _, _ in rows])
        with self._store.transaction():
            for (article_id, outlet, seen), one in zip(rows, drawn, strict=True):
                window = self._window_of(article_id, seen)
                entry = Entry(article_id, outlet, seen, one)
                self._write(window, entry, self._matches(window, texts[article_id], entry))

    def _window_of(self, article_id: int, seen: int) -> Copies:
        """The one that an article belongs to: what is older than two weeks has its own, which
        goes back in time."""
        if seen >= to_ms(self._clock()) - _SPAN_MS:
            return self._window()
        if self._archive is None:
            self._archive = Copies()
            later = self._store.copies.above(article_id, seen + _SPAN_MS, LIMIT)
            self._archive.fill(_entries(later))
        return self._archive


def _same_news(texts: Texts, other: Texts | None) -> bool:
    """`other` is None when the article is gone."""
    return other is not None and (texts == other or not other_news(texts, other))


def _entries(stored: Iterable[StoredSketch]) -> Iterator[tuple[Entry, int | None]]:
    """With the first that was given of its group, which all of it are like."""
    first: dict[int, int] = {}
    for one in stored:
        drawn = Sketch.of(one.shingles, one.words, one.complete, one.whole)
        like = None if one.root is None else first.setdefault(one.root, one.article_id)
        yield Entry(one.article_id, one.outlet, one.seen, drawn), like
