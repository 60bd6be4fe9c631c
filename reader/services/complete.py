"""What could stand at the cursor of a search box: fields, names of the library, dates.

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
from reader.search.narrow import written
from reader.search.typed import Context, Part, context, parts
from reader.services.catalog import Catalog, Named, words_key

MOST = 20
_FROM_WORDS = 8
"""Names offered for a plain word, so that fields and words have room beside them."""
_WORDS = 5
"""Words of the articles offered for the beginning of one."""
_WORDS_OF_NAME = 4
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

    def put(self, field: str, start: int, end: int) -> Completion:
        """In place of what stands there; without a field where that is there already."""
        return Completion(written(field, self.value), start, end, self.label, self.note, self.kind)


class Completer:
    def __init__(
        self,
        catalog: Catalog,
        words: Callable[[str, int], list[tuple[str, int]]],
        clock: Callable[[], datetime],
    ) -> None:
        """`words` gives the commonest words of the articles that begin with some letters."""
        self._catalog = catalog
        self._words = words
        self._clock = clock

    def complete(self, text: str, cursor: int) -> tuple[Completion, ...]:
        """The likeliest first, at most `MOST`; nothing right behind what is finished."""
        at = max(0, min(cursor, len(text)))
        here = context(text, at)
        if here.kind == "value":
            return tuple(self._values(here, at))
        if here.kind == "field":
            return tuple(_field_offers(here.typed, here.start, here.end))
        if here.field or here.quoted or here.start > at:
            return ()
        return tuple(self._plain(here, text, at))[:MOST]

    def _values(self, here: Context, at: int) -> Iterator[Completion]:
        if here.start > at or (here.typed.endswith('"') and not here.quoted):
            return
        end = at if here.quoted else here.end
        for one in _best(self._offers(here.field, here.typed), MOST):
            yield one.put("", here.start, end)

    def _plain(self, here: Context, text: str, at: int) -> Iterator[Completion]:
        """What begins so: fields, days by their names, entities of several words too, words."""
        yield from _field_offers(here.typed, here.start, here.end)
        if len(here.typed) < _SHORTEST:
            return
        for one in _best(self._days(here.typed), MOST):
            yield one.put("date", here.start, here.end)
        for first in _before(parts(text), text, at):
            best = _best(self._offers("entity", text[first:at]), _FROM_WORDS)
            if best:
                yield from (one.put("entity", first, here.end) for one in best)
                break
        yield from self._beginning(here)

    def _beginning(self, here: Context) -> Iterator[Completion]:
        typed = fold_key(here.typed)
        if not typed.isalpha():
            return
        for word, articles in self._words(typed, _WORDS):
            if word != typed:
                yield Completion(word, here.start, here.end, word, _counted(articles), "word")

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
                yield from _languages(typed, catalog.languages())
            case "type":
                yield from _listed(typed, dict.fromkeys(catalog.types(), ""), "type")
            case "watchlist":
                yield from _listed(typed, dict.fromkeys(catalog.watchlists(), ""), "watchlist")
            case "is" | "has":
                yield from _listed(typed, _STATES[field])
            case "last" | "seen":
                yield from _listed(typed, _AGES)
            case "date":
                yield from self._days(typed)

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
            rank = _fit(words_key(typed), (name, words_key(value)))
            if rank is not None:
                yield _Offer(value, name, value, "value", (rank, number))


def _field_offers(typed: str, start: int, end: int) -> Iterator[Completion]:
    for name, note in FIELDS.items():
        if name.startswith(typed.lower()):
            yield Completion(f"{name}:", start, end, f"{name}:", note, "field")


def _before(typed: list[Part], text: str, at: int) -> Iterator[int]:
    """Where a name of several words may begin that ends at the cursor, the longest first."""
    found = [part for part in typed if part.start < at][-_WORDS_OF_NAME:]
    begins: list[int] = []
    for part in reversed(found):
        if part.kind != "word" or part.beside or part.depth != found[-1].depth:
            break
        minus = text[part.start] == "-"
        begins.append(part.start + minus)
        if minus:
            break
    return reversed(begins)


def _best(offers: Iterable[_Offer], most: int) -> list[_Offer]:
    return nsmallest(most, offers, key=lambda one: one.rank)


def _named(typed: str, names: Iterable[Named], kind: str) -> Iterator[_Offer]:
    key = words_key(typed)
    for one in names:
        rank = _fit(key, one.keys)
        if rank is not None:
            yield _Offer(one.value, one.name, _note(one), kind, (rank, -one.articles))


def _languages(typed: str, codes: Iterable[str]) -> Iterator[_Offer]:
    key = words_key(typed)
    for number, (name, code) in enumerate(sorted((language_name(c), c) for c in codes if c)):
        rank = _fit(key, (words_key(code), words_key(name)))
        if rank is not None:
            yield _Offer(code, name, code, "lang", (rank, number))


def _note(one: Named) -> str:
    count = _counted(one.articles)
    return f"{one.type} · {count}" if one.type else count


def _counted(articles: int) -> str:
    return f"{articles:,} articles" if articles != 1 else "1 article"


def _listed(typed: str, values: dict[str, str], kind: str = "value") -> Iterator[_Offer]:
    key = words_key(typed)
    for number, (value, note) in enumerate(values.items()):
        rank = _fit(key, (words_key(value), words_key(note)))
        if rank is not None:
            yield _Offer(value, value, note, kind, (rank, number))


def _fit(key: str, spellings: Sequence[str]) -> int | None:
    """0 when one of `spellings` begins so, 1 when each word of `key` begins one of its words."""
    if any(spelling.startswith(key) for spelling in spellings):
        return 0
    words = [f" {word}" for word in key.split()]
    if any(all(word in f" {spelling}" for word in words) for spelling in spellings):
        return 1
    return None
