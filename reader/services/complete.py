"""What could stand at the cursor of a search box: fields, names of the library, dates, words.

Names are found by the beginning of any of their words in any of their spellings, whatever the
case and the accents; the likeliest is the one that begins so, then the one with most articles.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nsmallest

from reader.domain.fold import fold_key
from reader.domain.languages import language_name
from reader.domain.search import Completion
from reader.services.catalog import Catalog, Named
from reader.services.narrow import written
from reader.services.typed import Part, parts

MOST = 20
_FROM_WORDS = 8
"""Names offered for a plain word, so that fields and words have room beside them."""
_SHORTEST = 2
"""Letters of a plain word before names are offered."""

FIELDS = {
    "title": "in the headline",
    "lead": "in the standfirst",
    "body": "in the text",
    "author": "who wrote it",
    "url": "in the address",
    "entity": "a tracked entity, in all its spellings",
    "type": "entities of a type",
    "watchlist": "entities of a watchlist",
    "feed": "the feed it came from",
    "folder": "feeds of a folder",
    "outlet": "who published it",
    "lang": "the language it is in",
    "tag": "your tags",
    "note": "words of your notes",
    "is": "unread, read, starred",
    "has": "a note, a revision",
    "date": "published on a day or between two",
    "last": "published within hours or days",
    "seen": "first seen within hours or days",
}
_STATES = {
    "is": {"unread": "not read yet", "read": "read", "starred": "starred"},
    "has": {"note": "with a note of yours", "revision": "changed since it first appeared"},
}
_AGES = {
    "24h": "last 24 hours", "7d": "last 7 days", "30d": "last 30 days", "1h": "last hour",
    "48h": "last 48 hours", "3d": "last 3 days", "2w": "last 2 weeks", "3m": "last 3 months",
    "1y": "last year",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Offer:
    """A value that could be meant, before it is known where it will stand."""

    value: str
    label: str
    note: str
    kind: str
    rank: tuple[int, int]


class Completer:
    """`words`: words of the index that begin so, the commonest first."""

    def __init__(
        self,
        catalog: Catalog,
        clock: Callable[[], datetime],
        words: Callable[[str, int], Sequence[str]],
    ) -> None:
        self._catalog = catalog
        self._clock = clock
        self._words = words

    def complete(self, text: str, cursor: int) -> tuple[Completion, ...]:
        """The likeliest first, at most `MOST`; nothing right behind a finished phrase."""
        at = max(0, min(cursor, len(text)))
        part = next((p for p in parts(text) if p.start < at <= p.end), None)
        if part is None:
            return tuple(_field_offers("", at, at))
        if part.kind == "filter" and at >= part.value_at:
            return self._values(part, text, at)
        if part.kind == "word":
            return self._plain(part, text, at)
        return ()

    def _values(self, part: Part, text: str, at: int) -> tuple[Completion, ...]:
        typed = text[part.value_at : at].rstrip('"')
        own = text[part.start : part.value_at].lstrip("-").lower().startswith(part.field)
        start = part.start + (text[part.start] == "-")
        end = at if part.open else part.end
        best = nsmallest(MOST, self._offers(part.field, typed), key=lambda one: one.rank)
        return tuple(
            Completion(
                written(part.field if own else "", one.value), start, end, one.label, one.note,
                one.kind,
            )
            for one in best
        )  # fmt: skip

    def _plain(self, part: Part, text: str, at: int) -> tuple[Completion, ...]:
        start = part.start + (text[part.start] == "-")
        typed = text[start:at]
        found = [*_field_offers(typed, start, part.end)] if typed.isascii() else []
        if len(typed) >= _SHORTEST:
            names = nsmallest(_FROM_WORDS, self._offers("entity", typed), key=lambda o: o.rank)
            days = self._days(typed)
            found += [
                Completion(written(field, o.value), start, part.end, o.label, o.note, o.kind)
                for field, offers in (("entity", names), ("date", days))
                for o in offers
            ]
            found += [
                Completion(word, start, part.end, word, "", "word")
                for word in self._words(typed, MOST)
            ]
        return tuple(found[:MOST])

    def _offers(self, field: str, typed: str) -> Iterator[_Offer]:
        catalog = self._catalog
        match field:
            case "entity":
                yield from _named(typed, catalog.entities(), "entity")
            case "feed":
                yield from _named(typed, catalog.feeds(), "feed")
            case "outlet":
                yield from _named(typed, catalog.outlets(), "outlet")
            case "folder":
                yield from _named(typed, catalog.folders(), "folder")
            case "tag":
                yield from _named(typed, catalog.tags(), "tag")
            case "lang":
                codes = sorted(filter(None, catalog.languages()))
                yield from _named(
                    typed, [Named(c, 0, (c, language_name(c))) for c in codes], "lang"
                )
            case "type":
                yield from _listed(typed, dict.fromkeys(catalog.types(), ""))
            case "watchlist":
                yield from _listed(typed, dict.fromkeys(catalog.watchlists(), ""))
            case "is" | "has":
                yield from _listed(typed, _STATES[field])
            case "last" | "seen":
                yield from _listed(typed, _AGES)
            case "date":
                yield from self._days(typed)
            case "title" | "lead" | "body" | "author" | "url":
                for number, word in enumerate(self._words(typed, MOST)):
                    yield _Offer(word, word, "", "word", (0, number))

    def _days(self, typed: str) -> Iterator[_Offer]:
        """Days by what people call them, as the dates that the language has."""
        today = self._clock().astimezone().date()
        monday = today - timedelta(days=today.weekday())
        called = {
            "today": f"{today}",
            "yesterday": f"{today - timedelta(days=1)}",
            "this week": f"{monday}..",
            "last week": f"{monday - timedelta(days=7)}..{monday - timedelta(days=1)}",
            "this month": f"{today:%Y-%m}",
            "last month": f"{today.replace(day=1) - timedelta(days=1):%Y-%m}",
            "this year": f"{today:%Y}",
        }
        for number, (name, value) in enumerate(called.items()):
            rank = _fit(fold_key(typed), (name, value))
            if rank is not None:
                yield _Offer(value, name, value, "value", (rank, number))


def _field_offers(typed: str, start: int, end: int) -> Iterator[Completion]:
    for name, note in FIELDS.items():
        if name.startswith(typed.lower()):
            yield Completion(f"{name}:", start, end, f"{name}:", note, "field")


def _named(typed: str, names: Iterable[Named], kind: str) -> Iterator[_Offer]:
    key = fold_key(typed)
    for one in names:
        rank = _fit(key, one.keys)
        if rank is not None:
            yield _Offer(one.name, one.name, _note(one), kind, (rank, -one.articles))


def _note(one: Named) -> str:
    count = f"{one.articles:,} articles" if one.articles != 1 else "1 article"
    return f"{one.type} · {count}" if one.type else count


def _listed(typed: str, values: dict[str, str]) -> Iterator[_Offer]:
    key = fold_key(typed)
    for number, (value, note) in enumerate(values.items()):
        rank = _fit(key, (fold_key(value), fold_key(note)))
        if rank is not None:
            yield _Offer(value, value, note, "value", (rank, number))


def _fit(key: str, spellings: Sequence[str]) -> int | None:
    """0 when one of `spellings` begins so, 1 when each word of `key` begins one of its words."""
    if any(spelling.startswith(key) for spelling in spellings):
        return 0
    words = [f" {word}" for word in key.split()]
    if any(all(word in f" {spelling}" for word in words) for spelling in spellings):
        return 1
    return None
