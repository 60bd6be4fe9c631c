"""Which articles of the library a new one repeats: asked by the ingest, kept beside the article.

The articles of the last two weeks are remembered in memory, taken from the library when they are
first asked for. What shares enough words with one of them is read again, side by side with it, so
that a form filled in twice is not taken for a copy.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reader.domain.article import SearchDocument, Texts
from reader.domain.feed import Feed
from reader.services.items import utc_now
from reader.services.upkeep import Slice
from reader.store.copies import StoredSketch
from reader.store.database import to_ms
from reader.store.store import Store
from reader.stories.compare import NEARLY_ALL
from reader.stories.copies import LIMIT, SPAN, Copies, Entry, Match
from reader.stories.other_news import other_news
from reader.stories.sketch import Sketch, sketch

SLICE = 100
_SPAN_MS = SPAN // timedelta(milliseconds=1)
_READ = 8
"""So many are read side by side; others of their group are then believed."""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Articles by id, the likest first. `group`: with the same text at other outlets; `twins`:
    with nearly identical text (nine tenths of either) at the same outlet."""

    group: tuple[int, ...] = ()
    twins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Looked:
    document: SearchDocument
    outlet: int
    sketch: Sketch
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
        """`document`: about to be stored, or to get another text. Changes nothing."""
        looked = self._look(document, feed)
        here = [m.article_id for m in looked.matches if m.outlet == looked.outlet]
        there = [m.article_id for m in looked.matches if m.outlet != looked.outlet]
        return Resemblance(tuple(there), tuple(here))

    def keep(self, article_id: int, document: SearchDocument, feed: Feed) -> None:
        """It is stored, in the present transaction: later articles may resemble it."""
        looked = self._look(document, feed)
        self._last = None
        # The same id is another article, remembered from a transaction that was given up.
        matches = [match for match in looked.matches if match.article_id != article_id]
        self._write(article_id, looked.sketch, matches)
        like = matches[0].article_id if matches else None
        entry = Entry(article_id, looked.outlet, to_ms(self._clock()), looked.sketch)
        self._window().add(entry, like)

    def _look(self, document: SearchDocument, feed: Feed) -> _Looked:
        """Once for `resembling` and the `keep` that follows it."""
        if self._last is None or self._last.document is not document:
            drawn, outlet = sketch(document.texts), self._store.copies.outlet(feed.id)
            asking = Entry(document.id, outlet, to_ms(self._clock()), drawn)
            matches = self._matches(self._window(), document.texts, asking)
            self._last = _Looked(document, outlet, drawn, matches)
        return self._last

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

    def _write(self, article_id: int, drawn: Sketch, matches: Sequence[Match]) -> None:
        copies = self._store.copies
        copies.put(article_id, drawn.words, drawn.complete, drawn.whole, drawn.to_bytes())
        if not matches:
            copies.leave(article_id)
            return
        root = copies.root(matches[0].article_id) or matches[0].article_id
        scores = {match.article_id: match.score for match in matches}
        copies.join(article_id, matches[0].article_id, scores.get(root, matches[0].score))

    def _window(self) -> Copies:
        if self._recent is None:
            since = to_ms(self._clock()) - _SPAN_MS
            self._recent = Copies()
            self._recent.fill(_entries(self._store.copies.latest(since, LIMIT)))
        return self._recent

    # -- what the library held before

    def sketch_some(self) -> Slice:
        """Look through one slice of the articles that nobody has looked at yet, newest first.

        Nothing ever alerts because of it.
        """
        copies = self._store.copies
        below = copies.below()
        if below is None:
            return Slice(0, 0)
        rows = copies.unsketched(below, SLICE)
        texts = self._store.articles.texts(article_id for article_id, _, _ in rows)
        with self._store.transaction():
            for article_id, feed_id, seen in rows:
                self._look_back(article_id, feed_id, seen, texts[article_id])
            copies.set_below(rows[-1][0] if rows else None)
        if not rows:
            self._recent = self._archive = None  # to be filled with what there is now
        return Slice(len(rows), rows[-1][0] - 1 if rows else 0)  # ids are dense: about what is left

    def _look_back(self, article_id: int, feed_id: int, seen: int, texts: Texts) -> None:
        if self._archive is None:
            self._archive = Copies()
            later = self._store.copies.above(article_id, seen + _SPAN_MS, LIMIT)
            self._archive.fill(_entries(later))
        entry = Entry(article_id, self._store.copies.outlet(feed_id), seen, sketch(texts))
        matches = self._matches(self._archive, texts, entry)
        self._write(article_id, entry.sketch, matches)
        self._archive.add(entry, matches[0].article_id if matches else None)


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
