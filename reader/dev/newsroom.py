"""Invented news in any amount, the same for the same seed: words, articles, names to look for.

The words follow the distribution that real texts have (few very often, most hardly ever), because
that is what the cost of an index and of a search depends on.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from reader.domain.article import SearchDocument, Texts
from reader.domain.entity import TYPES, Alias, Entity

WORDS = 60_000
NEWEST = datetime(2026, 11, 1, 12, tzinfo=UTC)
BETWEEN = timedelta(minutes=7)
"""Time between two articles."""
OFTEN = 1_000_000
"""Numbers of stories that each feed has for itself."""

_EVERYDAY = """
    the of to and a in is that for on was with as be by at this from are or an they which one had
    not but all were their there when use how said each she do if will about many then would like
    so these her long make see him two has look more day go come did no most who over know people
    may down been now find any new work part take get place made where after back only year under
    government market company minister police state country talks trade report officials court
    security oil election party plan border army parliament reform vote peace harbour air defence
"""
_FIRST = "ka be mo sa ri te lu no va do pe shi gar wil han mar ol fre zu ty ber cro dun el gre"
_MIDDLE = "ra li no men ta ri de lo ka so ver den gi ma ne pol ro sti tu van wi za bel cor"
_LAST = "son berg ez ski man ov ton ley wood well er ini ung shi to mura yan oglu escu nen"
_SYLLABLES = tuple(tuple(row.split()) for row in (_FIRST, _MIDDLE, _LAST))


@dataclass(frozen=True, slots=True)
class Story:
    """`number` tells it from every other of its newsroom; `paragraphs` are plain text."""

    number: int
    title: str
    author: str
    paragraphs: tuple[str, ...]
    published: datetime

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs)


class Newsroom:
    """`length`: words of an article."""

    def __init__(self, seed: int = 1, *, length: int = 350) -> None:
        self._seed, self._length = seed, length
        self.words = _vocabulary(seed)
        self._chances = list(accumulate(1 / (rank + 2.7) ** 1.03 for rank in range(WORDS)))

    def story(self, number: int) -> Story:
        """The article of that number, whatever was written before it."""
        chance = random.Random(f"{self._seed}/{number}")
        words = chance.choices(self.words, cum_weights=self._chances, k=9 + self._length)
        parts = [words[start : start + 60] for start in range(9, len(words), 60)]
        return Story(
            number,
            _sentence(words[:9]).rstrip("."),
            f"{_name(chance)} {_name(chance)}",
            tuple(_sentence(part) for part in parts),
            NEWEST - BETWEEN * (number % OFTEN),
        )

    def document(self, number: int) -> SearchDocument:
        story = self.story(number)
        return SearchDocument(
            number + 1,
            Texts(story.title, "", story.body),
            author=story.author,
            url=f"https://example.org/{number}",
            published=story.published,
            sorted_at=story.published,
            first_seen=story.published,
        )

    def text(self, megabytes: float) -> str:
        """So many million characters of prose."""
        parts, size, number = [], 0, 0
        while size < megabytes * 1_000_000:
            parts.append(self.story(number).body)
            size += len(parts[-1]) + 2
            number += 1
        return "\n\n".join(parts)

    def entities(self, aliases: int) -> list[Entity]:
        """Names with two aliases each, about one in ten of them words of the articles."""
        chance = random.Random(f"{self._seed}/names")
        found: dict[str, Entity] = {}
        while len(found) * 3 < aliases:
            name = f"{_name(chance)} {_name(chance)}"
            rare = chance.choice(self.words[2_000:]).capitalize()
            short = rare if chance.random() < 0.3 else f"{_name(chance)} Group {len(found)}"
            spellings = (Alias(short), Alias(f"{name} Holding"))
            found[name] = Entity(name, chance.choice(TYPES), "invented", spellings)
        return list(found.values())


def _vocabulary(seed: int) -> Sequence[str]:
    chance = random.Random(seed)
    words = dict.fromkeys(_EVERYDAY.split())
    first, middle, last = _SYLLABLES
    while len(words) < WORDS:
        inner = "".join(chance.choices(middle, k=1 if len(words) < 4_000 else 2))
        word = chance.choice(first) + inner + chance.choice(last)
        words[word.capitalize() if chance.random() < 0.3 else word] = None
    return list(words)


def _sentence(words: Sequence[str]) -> str:
    """Words with capitals and full stops, some fourteen to a sentence."""
    parts = [" ".join(words[start : start + 14]) for start in range(0, len(words), 14)]
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in parts)


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(row) for row in _SYLLABLES).capitalize()
