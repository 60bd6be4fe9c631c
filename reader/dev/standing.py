"""Saved searches to measure with, in the mix in which analysts keep them.

Every word of theirs stands in the corpus, so that they find something: one in a hundred articles
each, about, from very rare names to whole subjects.
"""

import random
from collections.abc import Callable, Sequence

from reader.dev.asks import CLASSES, Asks
from reader.dev.corpus import ENTITIES, FEEDS, Corpus, feed_url
from reader.domain.entity import Entity
from reader.search.language import parse
from reader.search.syntax import Where
from reader.store.store import Store


def standing(corpus: Corpus, count: int, seed: int = 1) -> list[str]:
    """So many queries; the same for the same corpus and seed, more begin with fewer."""
    asks, chance = Asks(corpus, seed), random.Random(seed)
    kinds, weights = zip(*_MIX, strict=True)
    return [kind(asks) for kind in chance.choices(kinds, weights, k=count)]


def save(store: Store, queries: Sequence[str]) -> None:
    """Each with an alert, under a name of its own."""
    with store.transaction():
        for number, query in enumerate(queries):
            found = store.saved.add(f"Search {number}", query, True)
            store.saved.derived(found, 1)


def track(store: Store, queries: Sequence[str]) -> None:
    """The names that queries ask for, without which they cannot be run."""
    wheres = (part for query in queries for part in parse(query).root.walk())
    names = {part.value for part in wheres if isinstance(part, Where) and part.field == "entity"}
    with store.transaction():
        store.entities.put_all([Entity(name, "other") for name in sorted(names)])


def _typed(name: str) -> Callable[[Asks], str]:
    return lambda asks: CLASSES[name](asks).typed


def _group(words: Sequence[str]) -> str:
    return "(" + " OR ".join(words) + ")"


def _subject(asks: Asks) -> str:
    """Somebody or something in several spellings, in connection with some matter."""
    names = [asks.rare() for _ in range(1 + asks.number(4))]
    matters = [asks.middling() for _ in range(1 + asks.number(4))]
    return f"{_group(names)} {_group(matters)}"


def _watched(asks: Asks) -> str:
    return " OR ".join([asks.rare(), asks.rare(), _phrase(asks)])


def _phrase(asks: Asks) -> str:
    """Of two words that say something: nobody watches for "of the"."""
    first, second = asks.pair(1, 1)
    return f'"{first} {second}"'


def _name(asks: Asks) -> str:
    return f'entity:"Entity {asks.number(ENTITIES)}" {_group([asks.middling(), asks.middling()])}'


def _near_group(asks: Asks) -> str:
    return f"{_group([asks.rare(), asks.middling()])} NEAR/10 {asks.middling()}"


_MIX: tuple[tuple[Callable[[Asks], str], int], ...] = (
    (lambda asks: asks.rare(), 12),
    (_subject, 20),
    (_watched, 10),
    (_phrase, 10),
    (_typed("AND of 2"), 10),
    (lambda asks: f"{asks.middling()} {asks.middling()} -{asks.common()}", 7),
    (_typed("NEAR/5"), 6),
    (_near_group, 4),
    (_typed("in one sentence"), 3),
    (lambda asks: f"title:{asks.middling()} {asks.common()}", 4),
    (_typed("exact case"), 3),
    (lambda asks: f"={asks.rare()} OR ={asks.rare()}", 2),
    (_name, 3),
    (lambda asks: f"{asks.plain()[:5]}* {asks.middling()}", 2),
    (lambda asks: f"feed:{feed_url(asks.number(FEEDS))} {asks.common()}", 1),
    (lambda asks: f"{asks.middling()} lang:de", 1),
    (lambda asks: f"ATLEAST/2 {asks.middling()} {asks.middling()}", 1),
    (lambda asks: f"{asks.rare()} last:7d", 1),
)
"""Kinds and their shares in percent."""
