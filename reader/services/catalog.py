"""The names in a library that a query may use, kept in memory until the library changes."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from reader.domain.entity import EntityLine
from reader.domain.feed import FeedLine
from reader.domain.filters import host_of
from reader.domain.fold import fold_key
from reader.services.arrays import Kept
from reader.services.outlets import spellings
from reader.services.switched_off import SwitchedOff
from reader.store.selection import FeedName
from reader.store.store import Store


@dataclass(frozen=True)
class Named:
    """Something with a name in every spelling; the one it is known by comes first.

    `value`: how a query names it.
    """

    name: str
    articles: int
    spellings: tuple[str, ...]
    type: str = ""
    value: str = ""

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The spellings as `words_key` has them."""
        return tuple(map(words_key, self.spellings))


@lru_cache(maxsize=100_000)
def words_key(text: str) -> str:
    """The words of a name, folded, with one space between."""
    return " ".join(re.findall(r"\w+", fold_key(text)))


def near(key: str, keys: Iterable[str], edits: int) -> list[str]:
    """Those of `keys` that are so many typing errors away at most; two swapped letters are one."""
    found = process.extract(
        key, list(keys), scorer=OSA.distance, processor=None, score_cutoff=edits, limit=None
    )
    return [str(one) for one, _distance, _at in found]


class Catalog:
    """Names with the articles that have them, the most first."""

    def __init__(self, store: Store) -> None:
        stamp = store.selection.stamp
        self._entity_lines = Kept(lambda: _watched(store.entities.lines()), stamp)
        self._off = Kept(lambda: SwitchedOff(store), stamp)
        self._lists = Kept(store.watchlists.all, stamp)
        self._looks = Kept(store.types.all, stamp)
        self._feed_lines = Kept(store.feeds.lines, stamp)
        self._feed_names = Kept(store.selection.feeds, stamp)
        self._languages = Kept(store.selection.languages, stamp)
        self._tags = Kept(store.marks.tags, stamp)
        self._entities = Kept(lambda: _entities(self._entity_lines.get()), stamp)
        self._feeds = Kept(lambda: _feeds(self._feed_lines.get()), stamp)
        self._name_words = Kept(lambda: _name_words(self._entities.get()), stamp)
        self._types = Kept(lambda: _types(self._entity_lines.get()), stamp)
        self._folders = Kept(
            lambda: [_simple(line.path, line.articles) for line in store.feeds.folder_lines()],
            stamp,
        )

    def entity_lines(self) -> list[EntityLine]:
        """Without those of watchlists that are switched off."""
        return self._entity_lines.get()

    def feed_names(self) -> list[FeedName]:
        """Of all feeds, also those that are no longer subscribed, by id."""
        return self._feed_names.get()

    def languages(self) -> list[str]:
        return self._languages.get()

    def entities(self) -> list[Named]:
        return self._entities.get()

    def spellings(self, word: str, edits: int) -> list[tuple[str, int]]:
        """Words of entities' names, as written, that are so many typing errors away at most.

        With each the articles of the entity that has the most.
        """
        words = self._name_words.get()
        return [words[key] for key in near(words_key(word), words, edits)]

    def feeds(self) -> list[Named]:
        """Of those that are subscribed."""
        return self._feeds.get()

    def folders(self) -> list[Named]:
        return sorted(self._folders.get(), key=lambda one: -one.articles)

    def outlets(self) -> list[Named]:
        """Of subscribed feeds, in every form that is known of them."""
        counts: Counter[str] = Counter()
        for line in self._feed_lines.get():
            counts[line.feed.outlet] += line.articles
        return [
            Named(name, count, spellings(name), value=name) for name, count in counts.most_common()
        ]

    def tags(self) -> list[Named]:
        found = [_simple(name, count) for name, count in self._tags.get()]
        return sorted(found, key=lambda one: -one.articles)

    def type_of(self, entity: str) -> str:
        """Of the entity with that name or alias; "" when there is none."""
        return self._types.get().get(fold_key(entity), "")

    def types(self) -> list[str]:
        """The most used first; those that were made and are not in use yet last."""
        used = _commonest(line.entity.type for line in self.entity_lines())
        return [*dict.fromkeys((*used, *(one.name for one in self._looks.get())))]

    def watchlists(self) -> list[str]:
        """Those that are not switched off, the largest first."""
        used = _commonest(line.entity.watchlist for line in self.entity_lines())
        on = (one.name for one in self._lists.get() if one.enabled)
        return [*dict.fromkeys((*used, *on))]

    def switched_off(self) -> SwitchedOff:
        return self._off.get()


def _watched(lines: list[EntityLine]) -> list[EntityLine]:
    return [line for line in lines if line.enabled]


def _commonest(names: Iterable[str]) -> list[str]:
    return [name for name, _ in Counter(names).most_common()]


def _entities(lines: list[EntityLine]) -> list[Named]:
    """Namesakes of several watchlists are one name to a query."""
    found: dict[str, Named] = {}
    for line in lines:
        entity = line.entity
        before = found.get(entity.name)
        spellings = [alias.text for alias in entity.spellings()]
        spellings = [*dict.fromkeys([*(before.spellings if before else ()), *spellings])]
        articles = max(line.articles, before.articles if before else 0)
        kind = before.type if before else entity.type
        found[entity.name] = Named(entity.name, articles, tuple(spellings), kind, entity.name)
    return list(found.values())


def _name_words(entities: list[Named]) -> dict[str, tuple[str, int]]:
    """(as written, articles) by key; where a name and its key have different words, not at all."""
    found: dict[str, tuple[str, int]] = {}
    for one in entities:
        for spelling, folded in zip(one.spellings, one.keys, strict=True):
            written, keys = spelling.split(), folded.split()
            if len(written) == len(keys):
                for word, key in zip(written, keys, strict=True):
                    if one.articles > found.get(key, ("", -1))[1]:
                        found[key] = (word, one.articles)
    return found


def _feeds(lines: list[FeedLine]) -> list[Named]:
    """By title, and those that share one by address."""
    titles = Counter(words_key(line.feed.title) for line in lines)
    found = []
    for line in lines:
        feed = line.feed
        own = titles[words_key(feed.title)] == 1
        spellings = (feed.title, host_of(feed.url))
        value = feed.title if own else feed.url
        found.append(Named(feed.title, line.articles, spellings, value=value))
    return sorted(found, key=lambda one: -one.articles)


def _simple(name: str, articles: int) -> Named:
    return Named(name, articles, (name,), value=name)


def _types(lines: list[EntityLine]) -> dict[str, str]:
    """By every spelling, folded; the most mentioned entity comes first."""
    found: dict[str, str] = {}
    for line in lines:
        for spelling in line.entity.spellings():
            found.setdefault(fold_key(spelling.text), line.entity.type)
    return found
