"""Queries to measure with, by class, chosen from what really stands in the corpus.

Every query of a class that shall find something is taken from an article or from the words of
the right frequency, so that no engine is measured on looking for nothing. An engine other than
ours reads `shape`, `words` and the filters; ours reads `typed`, as a user would.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from math import log

import Stemmer

from reader.dev.corpus import BLOCK, ENTITIES, FEEDS, FOLDER, OLDEST, SPAN, Corpus, folder_of

TOP = 50
_SAMPLE = 4_000
_WORD = re.compile(r"[^\W\d_]+")
_DAYS = 60


@dataclass(frozen=True)
class Ask:
    """`shape`: "all" of the words, "any", "phrase", "prefix", "wildcard", "fuzzy", "near" (up to
    5 words between, any order), "without" (the first, not the second), or "" when only ours can.

    `want`: "best" (the top 50 by relevance), "newest" (the top 50 by date), "count", "facets" (by
    feed and by day), or "passages" (those of the best 50). `start` ≤ date < `end` in milliseconds
    UTC, and one of `feeds`, when there are any.
    """

    typed: str
    shape: str
    words: tuple[str, ...]
    want: str = "best"
    start: int = 0
    end: int = 0
    feeds: tuple[int, ...] = ()


class Asks:
    """Draws queries; the same for the same corpus and seed."""

    def __init__(self, corpus: Corpus, seed: int = 1) -> None:
        self._chance = random.Random(seed)
        self._texts: list[list[str]] = []
        counted: Counter[str] = Counter()
        for number in _spread(corpus.articles):
            for article in corpus.documents(number, min(number + BLOCK, corpus.articles)):
                if article.language == "en":
                    written = _WORD.findall(article.texts.body)
                    self._texts.append(written)
                    counted.update({word.lower() for word in written})
        self._frequency = counted
        self._common = self._band(0.10, 0.60)
        self._middling = self._band(0.01, 0.08)
        self._rare = self._band(0.0003, 0.002)
        stem = Stemmer.Stemmer("english").stemWord
        self._plain = [w for w in self._middling if len(w) > 5 and stem(w) == w] or self._middling
        self._decks: dict[str, list[str]] = {}

    def of(self, name: str, count: int) -> list[Ask]:
        """So many queries of a class. KeyError when there is no such class."""
        return [CLASSES[name](self) for _ in range(count)]

    # -- words

    def _band(self, low: float, high: float) -> list[str]:
        """Words in that share of the articles; in a tiny corpus those that come nearest."""
        total = len(self._texts)
        known = sorted(w for w, times in self._frequency.items() if len(w) > 3 and times > 1)
        found = [w for w in known if low * total <= self._frequency[w] < high * total]
        if len(found) >= TOP:
            return found
        middle = log((low * high) ** 0.5 * total)
        return sorted(known, key=lambda w: abs(log(self._frequency[w]) - middle))[:TOP]

    def _draw(self, band: Sequence[str], name: str) -> str:
        """Each word of a band once before any comes again: no class warms a word for another."""
        deck = self._decks.setdefault(name, [])
        if not deck:
            deck += self._chance.sample(list(band), len(band))
        return deck.pop()

    def common(self) -> str:
        return self._draw(self._common, "common")

    def middling(self) -> str:
        return self._draw(self._middling, "middling")

    def rare(self) -> str:
        return self._draw(self._rare, "rare")

    def plain(self) -> str:
        """A middling word of six letters or more that is its own stem: every index has it."""
        return self._draw(self._plain, "plain")

    def pair(self, nearest: int, farthest: int) -> tuple[str, str]:
        """Two words of some weight that stand so far apart in an article."""
        while True:
            text = self._chance.choice(self._texts)
            apart = self._chance.randint(nearest, farthest)
            if len(text) > apart:
                at = self._chance.randrange(len(text) - apart)
                first, second = text[at].lower(), text[at + apart].lower()
                if first != second and self._weighty(first) and self._weighty(second):
                    return first, second

    def phrase(self) -> tuple[str, ...]:
        """Two or three words side by side."""
        while True:
            text = self._chance.choice(self._texts)
            at = self._chance.randrange(max(1, len(text) - 3))
            words = [word.lower() for word in text[at : at + self._chance.choice((2, 2, 3))]]
            if len(words) > 1 and all(
                self._heavy(a) and self._heavy(b) for a, b in pairwise(words)
            ):
                return tuple(words)

    def name(self) -> str:
        """A word that is mostly written with a capital."""
        while True:
            text = self._chance.choice(self._texts)
            word = self._chance.choice(text)
            if word[0].isupper() and len(word) > 4 and self._frequency[word.lower()] > 1:
                return word

    def number(self, below: int) -> int:
        return self._chance.randrange(below)

    def _weighty(self, word: str) -> bool:
        share = self._frequency[word] / len(self._texts)
        return len(word) > 3 and 0.01 <= share < 0.20

    def _heavy(self, word: str) -> bool:
        return len(word) > 2 and self._frequency[word] >= 0.005 * len(self._texts)


def _spread(articles: int) -> range:
    """Numbers at which blocks of the sample begin, over the whole corpus."""
    blocks = -(-articles // BLOCK)
    return range(0, articles, max(1, blocks * BLOCK // _SAMPLE) * BLOCK)


def _word(word: str, want: str = "best") -> Ask:
    return Ask(word, "all", (word,), want)


def _all(words: Sequence[str], want: str = "best") -> Ask:
    return Ask(" ".join(words), "all", tuple(words), want)


def _five(asks: Asks) -> Ask:
    words = (asks.common(), *(asks.middling() for _ in range(4)))
    return Ask(" OR ".join(words), "any", words)


def _phrase(asks: Asks) -> Ask:
    words = asks.phrase()
    return Ask(f'"{" ".join(words)}"', "phrase", words)


def _prefix(asks: Asks) -> Ask:
    start = asks.plain()[:4]
    return Ask(f"{start}*", "prefix", (start,))


def _wildcard(asks: Asks) -> Ask:
    word = asks.plain()
    return Ask(f"{word[:3]}*{word[-2:]}", "wildcard", (word[:3], word[-2:]))


def _fuzzy(asks: Asks) -> Ask:
    """With a letter left out somewhere in the middle, as one mistypes."""
    word = asks.plain()
    at = 2 + asks.number(len(word) - 3)
    mistyped = word[:at] + word[at + 1 :]
    return Ask(f"{mistyped}~1", "fuzzy", (mistyped,))


def _near(asks: Asks) -> Ask:
    first, second = asks.pair(2, 6)
    return Ask(f"{first} NEAR/5 {second}", "near", (first, second))


def _filtered(asks: Asks) -> Ask:
    word, folder = asks.middling(), asks.number(FEEDS // FOLDER)
    first = (OLDEST + timedelta(days=asks.number(SPAN.days - _DAYS))).date()
    last = first + timedelta(days=_DAYS - 1)
    start = round(OLDEST.timestamp() + (first - OLDEST.date()).total_seconds()) * 1_000
    name = folder_of(folder)
    feeds = tuple(feed for feed in range(FEEDS) if folder_of(feed) == name)
    typed = f'{word} folder:"{name}" date:{first}..{last}'
    return Ask(typed, "all", (word,), "best", start, start + _DAYS * 86_400_000, feeds)


def _without(asks: Asks) -> Ask:
    words = asks.common(), asks.middling()
    return Ask(f"{words[0]} -{words[1]}", "without", words)


def _own(typed: str) -> Ask:
    return Ask(typed, "", ())


def _sentence(asks: Asks) -> Ask:
    first, second = asks.pair(1, 4)
    return _own(f"{first} SENT {second}")


def _regex(asks: Asks) -> Ask:
    word = asks.plain()
    return _own(f"/{word[:3]}[a-z]*{word[-2]}[{word[-1]}s]/")


SHARED: dict[str, Callable[[Asks], Ask]] = {
    "rare word": lambda a: _word(a.rare()),
    "common word (> 10 %)": lambda a: _word(a.common()),
    "AND of 2": lambda a: _all(a.pair(5, 200)),
    "OR of 5": _five,
    "phrase": _phrase,
    "prefix of 4 letters": _prefix,
    "wildcard abc*de": _wildcard,
    "fuzzy ~1": _fuzzy,
    "NEAR/5": _near,
    "word + 60 days + 20 feeds": _filtered,
    "A NOT B": _without,
    "common word, newest first": lambda a: _word(a.common(), "newest"),
    "count only": lambda a: _word(a.common(), "count"),
    "facets by feed and day": lambda a: _word(a.common(), "facets"),
    "AND of 2 + 50 passages": lambda a: _all(a.pair(5, 200), "passages"),
}
"""Classes that other engines know too."""
OWN: dict[str, Callable[[Asks], Ask]] = {
    "in one form only": lambda a: _own(f"={a.middling()}"),
    "exact case": lambda a: _own(f"case:{a.name()}"),
    "regular expression": _regex,
    "in one sentence": _sentence,
    "tracked name": lambda a: _own(f'entity:"Entity {a.number(ENTITIES)}" {a.common()}'),
    "fuzzy ~2": lambda a: _own(f"{_fuzzy(a).words[0]}~2"),
    "NEAR of groups": lambda a: _own(
        f"({a.common()} OR {a.middling()}) NEAR/10 ({a.common()} OR {a.middling()})"
    ),
    "at least 3 times": lambda a: _own(f"ATLEAST/3 {a.common()}"),
    "unread": lambda a: _own(f"{a.common()} is:unread"),
    "regular expression, open": lambda a: _own(f"/[a-z]+{a.plain()[-4:]}/"),
}
"""Classes of our own language."""
CLASSES = SHARED | OWN
