"""Invented news by the hundred thousand, for measuring: always the same for the same seed.

Words follow the law that real texts have (few very often, most hardly ever), new ones keep coming
however much one reads, some stand together again and again, and an article returns to its own
subject and names. Articles are made in blocks of whole arrays, so that a million of them cost
less than a minute and nothing has to be kept; any block can be made again by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from reader.dev.tongues import CAPITAL, COMMA, FULL_STOP, SENTENCES, TITLES, tongue
from reader.domain.article import SearchDocument, Texts

BLOCK = 250
"""Articles that are made at once."""
FEEDS = 500
FOLDER = 20
"""Feeds in a folder."""
ENTITIES = 400
OLDEST = datetime(2024, 1, 1, tzinfo=UTC)
SPAN = timedelta(days=730)

_SHARES = {"en": 0.90, "de": 0.025, "fr": 0.025, "es": 0.02, "ru": 0.02, "ar": 0.01}
LANGUAGES = tuple(_SHARES)
_MEDIAN, _SPREAD, _SHORTEST, _LONGEST = 330, 0.65, 40, 3_000
_PARAGRAPH = 4
"""Sentences in one, about."""
_FLATNESS: Mapping[str, float] = {
    "M": 3.0, "H": 3.0, "K": 30.0, "#": 8.0, "D": 0.5, "P": 0.9, "C": 0.6, "O": 2.0,
    "^M": 3.0, "^H": 3.0, "^D": 0.5, "^P": 2.0, "^O": 2.0,
}  # fmt: skip
"""By slot: the word of rank r comes with a chance of about 1 / (r + flatness)."""
_FLAT = 12.0
_OWN_SUBJECT, _SUBJECTS, _SUBJECT_WORDS = 0.25, 300, 60
_KNOWN_WORDS = 1_500
"""The commonest words, of which the subjects are made."""
_OWN_NAME, _OWN_NAMES, _KNOWN_NAMES = 0.3, 3, 5_000

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Facts:
    """What is known of a row of articles besides their texts; ids are numbers + 1.

    `feed` counts from 0, `published` is in milliseconds UTC; `entities` has a row of two numbers
    for each article.
    """

    feed: Ints
    published: Ints
    language: NDArray[np.uint8]
    entities: Ints


class Corpus:
    """`articles` numbered from 0, the oldest first (but for some hours)."""

    def __init__(self, articles: int, seed: int = 1) -> None:
        self.articles, self.seed = articles, seed
        self.languages = LANGUAGES

    def documents(self, start: int = 0, stop: int | None = None) -> Iterator[SearchDocument]:
        """Those numbers; beyond `articles` too, newer than all others."""
        end = self.articles if stop is None else stop
        for block in range(start // BLOCK, -(-end // BLOCK)):
            made = self._block(block)
            first = block * BLOCK
            yield from made[max(0, start - first) : end - first]

    def facts(self, start: int = 0, stop: int | None = None) -> Facts:
        """Quickly, without making any text."""
        end = self.articles if stop is None else stop
        rows = [self._facts(block) for block in range(start // BLOCK, -(-end // BLOCK))]
        cut = slice(start % BLOCK, start % BLOCK + end - start)
        return Facts(
            np.concatenate([row.feed for row in rows])[cut],
            np.concatenate([row.published for row in rows])[cut],
            np.concatenate([row.language for row in rows])[cut],
            np.concatenate([row.entities for row in rows])[cut],
        )

    def _facts(self, block: int) -> Facts:
        chance = np.random.default_rng((self.seed, block, 0))
        numbers = np.arange(block * BLOCK, (block + 1) * BLOCK)
        moment = numbers / self.articles * SPAN.total_seconds() + chance.normal(0, 7_200, BLOCK)
        return Facts(
            np.searchsorted(_FEED_CHANCES, chance.random(BLOCK)),
            ((OLDEST.timestamp() + moment) * 1e3).astype(np.int64),
            chance.choice(len(_SHARES), BLOCK, p=list(_SHARES.values())).astype(np.uint8),
            _by_rank(chance.random((BLOCK, 2)), 5.0, ENTITIES),
        )

    def _block(self, block: int) -> list[SearchDocument]:
        facts = self._facts(block)
        chance = np.random.default_rng((self.seed, block, 1))
        words, cuts = _vocabulary().write(facts.language, chance)
        return [
            _document(block * BLOCK + row, facts, row, self.languages, words, cuts[row])
            for row in range(BLOCK)
        ]


def feed_url(number: int) -> str:
    return f"https://feed{number}.example.org/rss.xml"


def folder_of(feed: int) -> str:
    return f"Folder {feed % (FEEDS // FOLDER)}"


def _document(
    number: int,
    facts: Facts,
    row: int,
    languages: Sequence[str],
    words: list[str],
    cut: Sequence[int],
) -> SearchDocument:
    start, title, lead, end = cut
    feed = int(facts.feed[row])
    at = datetime.fromtimestamp(int(facts.published[row]) / 1e3, UTC)
    first, body = "".join(words[title:lead]).rstrip(), "".join(words[lead:end]).rstrip()
    return SearchDocument(
        number + 1,
        Texts("".join(words[start:title]), first, body),
        author=f"Author {number * 7919 % 3000}",
        url=f"https://feed{feed}.example.org/{number}",
        language=languages[facts.language[row]],
        published=at,
        sorted_at=at,
        first_seen=at + timedelta(minutes=5),
        feeds=((feed_url(feed), f"Feed {feed}"),),
        folders=(folder_of(feed),),
    )


def _by_rank(uniform: NDArray[np.float64], flatness: float, count: int) -> Ints:
    """Ranks from 0 by Zipf's law: the chance of r is about 1 / (r + flatness)."""
    ranks: Ints = (flatness * np.expm1(uniform * np.log1p(count / flatness))).astype(np.int64)
    return np.minimum(ranks, count - 1)


def _feed_chances() -> NDArray[np.float64]:
    weights = 1.0 / np.arange(1, FEEDS + 1) ** 0.7
    found: NDArray[np.float64] = np.cumsum(weights) / weights.sum()
    return found


_FEED_CHANCES = _feed_chances()


class _Vocabulary:
    """All words of all languages in one array, and for each language and slot where they lie."""

    def __init__(self, languages: Sequence[str]) -> None:
        sentences, titles = _rows(SENTENCES), _rows(TITLES)
        self._slots = sorted({slot for row in (*sentences, *titles) for slot in row})
        self._body, self._titles = self._patterns(sentences), self._patterns(titles)
        words: list[str] = []
        shape = len(languages), len(self._slots)
        self._base, self._count = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for language, code in enumerate(languages):
            for slot, name in enumerate(self._slots):
                here = _spaced(code, name)
                self._base[language, slot], self._count[language, slot] = len(words), len(here)
                words += here
        self._words = np.array(words, dtype=object)
        flat = [_FLATNESS.get(slot, _FLAT) for slot in self._slots]
        self._flat = np.array(flat, np.float32)
        self._stretch = np.log1p(self._count / self._flat).astype(np.float32)
        self._own = self._marked("N", "S", "K", "A", "V", "^S", "^K", "^A")
        self._name = self._marked("M", "H", "^M", "^H")
        self._stop = self._slots.index(FULL_STOP)

    def write(
        self, languages: NDArray[np.uint8], chance: np.random.Generator
    ) -> tuple[list[str], list[list[int]]]:
        """The pieces of all articles in a row, and of each where title, lead and body begin, and
        where it ends. A piece is a word with the space before it, if any, or a mark."""
        patterns, of, cuts = self._plan(len(languages), chance)
        at, slots = self._body_and_titles
        lengths = at[patterns + 1] - at[patterns]
        ends = np.cumsum(lengths)
        inside = np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)
        slot = slots[np.repeat(at[patterns], lengths) + inside]
        article = np.repeat(of, lengths)
        chosen = self._choose(slot, article, languages, chance)
        where = np.concatenate(([0], ends))[cuts]
        return self._words[chosen].tolist(), where.tolist()

    def _plan(self, count: int, chance: np.random.Generator) -> tuple[Ints, Ints, Ints]:
        """Pattern by pattern: which one, of which article; and (count, 4) places among them."""
        mean = self._body[0][-1] / (len(self._body[0]) - 1) - 1  # a full stop is no word
        words = np.exp(chance.normal(np.log(_MEDIAN), _SPREAD, count)).clip(_SHORTEST, _LONGEST)
        lead = chance.integers(1, 3, count)
        whole = 1 + lead + np.maximum(1, np.rint(words / mean).astype(np.int64))
        ends = np.cumsum(whole)
        starts = ends - whole
        patterns = chance.integers(0, len(self._body[0]) - 1, ends[-1])
        title = chance.integers(0, len(self._titles[0]) - 1, count)
        patterns[starts] = len(self._body[0]) - 1 + title
        cuts = np.stack((starts, starts + 1, starts + 1 + lead, ends), axis=1)
        return patterns, np.repeat(np.arange(count), whole), cuts

    def _choose(
        self,
        slot: Ints,
        article: Ints,
        languages: NDArray[np.uint8],
        chance: np.random.Generator,
    ) -> Ints:
        """A word for every slot."""
        place = languages.astype(np.int64)[article] * len(self._slots) + slot
        count = self._count.ravel()[place]
        luck = chance.random(len(slot), dtype=np.float32) * self._stretch.ravel()[place]
        found: Ints = (self._flat[slot] * np.expm1(luck)).astype(np.int64)
        np.minimum(found, count - 1, out=found)
        how = chance.random(len(slot), dtype=np.float32)
        own = np.flatnonzero(self._own[slot] & (how < _OWN_SUBJECT))
        subject = _by_rank(chance.random(len(languages)), 8.0, _SUBJECTS)[article[own]]
        nth = _by_rank(chance.random(len(own)), 6.0, _SUBJECT_WORDS)
        found[own] = (subject * 104_729 + nth * 7_919) % np.minimum(count[own], _KNOWN_WORDS)
        name = np.flatnonzero(self._name[slot] & (how < _OWN_NAME))
        known = _by_rank(chance.random((len(languages), _OWN_NAMES)), 8.0, _KNOWN_NAMES)
        nth = chance.integers(0, _OWN_NAMES, len(name))
        found[name] = np.minimum(known[article[name], nth], count[name] - 1)
        stops = slot == self._stop
        found[stops] = chance.integers(0, _PARAGRAPH, int(stops.sum())) == 0
        found += self._base.ravel()[place]
        return found

    @cached_property
    def _body_and_titles(self) -> tuple[Ints, Ints]:
        (at, slots), (more_at, more) = self._body, self._titles
        return np.concatenate((at, more_at[1:] + at[-1])), np.concatenate((slots, more))

    def _patterns(self, rows: Sequence[Sequence[str]]) -> tuple[Ints, Ints]:
        at = np.cumsum([0, *(len(row) for row in rows)])
        return at, np.array([self._slots.index(slot) for row in rows for slot in row])

    def _marked(self, *slots: str) -> NDArray[np.bool_]:
        return np.array([slot in slots for slot in self._slots])


@cache
def _vocabulary() -> _Vocabulary:
    return _Vocabulary(LANGUAGES)


def _rows(patterns: str) -> list[list[str]]:
    return [line.split() for line in patterns.strip().splitlines()]


def _spaced(code: str, slot: str) -> list[str]:
    if slot == COMMA:
        return [","]
    if slot == FULL_STOP:
        return [". ", ".\n\n"]
    words = tongue(code).words[slot]
    return list(words) if slot.startswith(CAPITAL) else [" " + word for word in words]
