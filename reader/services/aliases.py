"""Aliases to choose from when an entity is added or edited, each with its use in the archive.

To what its name alone suggests (`reader.entities.suggest`) come spellings seen in the archive:
words of the index with the same consonants, in any of three scripts, or a typing error away,
that are written as names are. Names of several words are tried with the spellings of each word.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import islice, product

from reader.domain.article import FIELDS
from reader.domain.entity import Entity
from reader.domain.fold import fold_key
from reader.domain.workshop import AliasSuggestion, Sample
from reader.entities import morphology, suggest, transliterate
from reader.entities.match import Matcher
from reader.entities.words import is_common
from reader.search.index import Index
from reader.search.language import parse
from reader.services.candidates import NoFilters, phrase
from reader.services.passage import samples_at
from reader.store.store import Store

MOST_SEEN = 25
"""Spellings seen in the archive that are offered."""
_LEAST = 4
"""Letters of a word whose neighbours say anything."""
_LEAST_CONSONANTS = 3
_LIKENESS = 0.6
"""Share of letters, in the Latin alphabet, that a spelling has in common with the name."""
_ONE_ERROR = 7
"""Letters from which a word that is one typing error away may have other consonants."""
_LOOKED_THROUGH = 20_000
"""Words of one first letter, the commonest."""
_CHECKED = 60
"""Spellings whose use is looked at in the texts."""
_TEXTS = 12
_PHRASES = 60
_OF_WORD = 5

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Use:
    """How a spelling stands in the archive: in how many articles, as what, where it is newest."""

    articles: int
    written: str
    sample: Sample | None


class AliasAdviser:
    """`open_index` opens the index for one answer; it is closed at the end."""

    def __init__(self, store: Store, open_index: Callable[[], Index]) -> None:
        self._store, self._open_index = store, open_index
        self._endings = morphology.best()

    def suggest(
        self, entity: Entity, step: Step = lambda _done, _total: None
    ) -> tuple[AliasSuggestion, ...]:
        """The most used first; what the entity finds already comes last, without numbers.

        `step` is called between the parts of the work; whatever it raises stops it.
        """
        others = [one for one in self._store.entities.all() if not _is_same(one, entity)]
        rivals = Matcher(others, self._endings)
        with self._open_index() as index:
            archive = _Archive(self._store, index)
            told = list(self._proposed(entity, archive))
            told += self._seen(entity, archive, told, step)
        owned = [_owned(one, rivals) for one in told]
        return tuple(sorted(owned, key=lambda one: (one.covered, -one.articles)))

    def _proposed(self, entity: Entity, archive: "_Archive") -> Iterator[AliasSuggestion]:
        for one in suggest.proposals(entity, self._endings):
            if one.covered:
                yield AliasSuggestion(one.text, one.kind, covered=True)
            else:
                use = archive.use(one.text)
                yield AliasSuggestion(one.text, one.kind, False, use.articles, use.sample)

    def _seen(
        self, entity: Entity, archive: "_Archive", told: Sequence[AliasSuggestion], step: Step
    ) -> list[AliasSuggestion]:
        """Without those that the entity, or an alias suggested before, finds."""
        found: list[AliasSuggestion] = []
        known = {fold_key(one.text) for one in told}
        used = [_as_entity(one.text) for one in told if one.articles]
        accepted = [Matcher([entity, *used], self._endings)]
        candidates = list(islice(self._candidates(entity, archive), _CHECKED))
        for done, word in enumerate(sorted(candidates, key=lambda w: (w.count(" "), len(w)))):
            step(done, len(candidates))
            if word in known or any(suggest.found_in(one, word) for one in accepted):
                continue
            use = archive.use(word, names_only=True)
            if use.articles:
                found.append(AliasSuggestion(use.written, "seen", False, use.articles, use.sample))
                accepted.append(Matcher([_as_entity(word)], self._endings))
        return sorted(found, key=lambda one: -one.articles)[:MOST_SEEN]

    def _candidates(self, entity: Entity, archive: "_Archive") -> Iterator[str]:
        """Folded words and phrases of the archive, the likeliest first, each once."""
        seen: set[str] = set()
        for alias in entity.spellings():
            words = fold_key(alias.text).split()
            alone = words[-1:] if len(words) == 1 or entity.type == "person" else []
            near = {word: list(islice(archive.near(word), _OF_WORD * 4)) for word in words}
            for word in alone:
                yield from (one for one in near[word] if one not in seen)
                seen.update(near[word])
            if 1 < len(words) <= _OF_WORD:
                yield from _phrases(words, near, seen)


def _phrases(words: Sequence[str], near: dict[str, list[str]], seen: set[str]) -> Iterator[str]:
    """The name with other spellings of its words, all in one script."""
    for script in ("latin", "cyrillic", "arabic"):
        each = [
            [one for one in (word, *near[word]) if transliterate.script(one) == script][:_OF_WORD]
            for word in words
        ]
        for chosen in islice(product(*each), _PHRASES):
            text = " ".join(chosen)
            if list(chosen) != list(words) and text not in seen:
                seen.add(text)
                yield text


class _Archive:
    """What the index and the texts say of spellings."""

    def __init__(self, store: Store, index: Index) -> None:
        self._store, self._index = store, index
        self._by_letter: dict[str, list[tuple[str, int]]] = {}

    def near(self, word: str) -> Iterator[str]:
        """Words that may be other spellings of a folded word, the likeliest first."""
        if len(word) < _LEAST or not word.isalpha():
            return
        bones, plain = transliterate.skeleton(word), transliterate.romanised(word)
        found: dict[str, float] = {}
        if len(bones) >= _LEAST_CONSONANTS:
            for letter in transliterate.beginnings(bones):
                for other, articles in self._beginning(letter):
                    if _may_be(other, word, bones):
                        found[other] = _likeness(plain, other) + min(articles, 100) / 1000
        for other, articles in self._index.spellings(word, 1):
            if len(word) >= _ONE_ERROR and other.isalpha() and other[0] == word[0]:
                found.setdefault(other, 0.5 + _LIKENESS / 2 + min(articles, 100) / 1000)
        likely = [(rank, other) for other, rank in found.items() if rank >= _LIKENESS]
        for _, other in sorted(likely, key=lambda one: (-one[0], one[1])):
            if other != word and not is_common(other):
                yield other

    def _beginning(self, letter: str) -> list[tuple[str, int]]:
        if letter not in self._by_letter:
            self._by_letter[letter] = self._index.beginning(letter, _LOOKED_THROUGH)
        return self._by_letter[letter]

    def use(self, text: str, *, names_only: bool = False) -> _Use:
        """`names_only`: nothing where most of its places are written without capitals."""
        query = phrase(text)
        hits = self._index.search(parse(query), NoFilters(), limit=_TEXTS) if query else None
        if hits is None or not hits.total:
            return _Use(0, text, None)
        matcher = Matcher([_as_entity(text)])
        written: Counter[str] = Counter()
        places: dict[int, tuple[str, int, int]] = {}
        for article, texts in self._store.articles.texts(hits.ids).items():
            for field in FIELDS:
                for match in matcher.find(texts.get(field)):
                    places.setdefault(article, (field, match.start, match.end))
                    written[texts.get(field)[match.start : match.end]] += 1
        if not written or (names_only and not _is_name(written)):
            return _Use(0, text, None)
        newest = next(article for article in hits.ids if article in places)
        (sample,) = samples_at(self._store, {newest: places[newest]})
        return _Use(hits.total, _best(written), sample)


def _may_be(other: str, word: str, bones: str) -> bool:
    """Quick refusals first: there are ten thousands of words."""
    return (
        len(other) >= len(bones)
        and abs(len(other) - len(word)) <= _LEAST
        and transliterate.skeleton(other) == bones
        and other.isalpha()
    )


def _likeness(plain: str, other: str) -> float:
    """0 to 1 for two words, of which `plain` is in Latin letters; vowels count little in Arabic."""
    mine, theirs = plain, transliterate.romanised(other)
    if transliterate.script(other) == "arabic":
        mine = "".join(c for c in mine if c not in "aeiou")
        theirs = "".join(c for c in theirs if c not in "aeiou")
    return SequenceMatcher(None, mine, theirs, autojunk=False).ratio()


def _is_name(written: Counter[str]) -> bool:
    """Whether at least half of the places have a capital, in scripts that have any."""
    small = sum(count for text, count in written.items() if text.islower())
    return 2 * small <= written.total()


def _best(written: Counter[str]) -> str:
    """As it is written most, rather not in capitals only."""
    mixed = {text: count for text, count in written.items() if not text.isupper()}
    return max(mixed or written, key=lambda text: (written[text], text))


def _as_entity(text: str) -> Entity:
    return Entity(text, "other", case=False)


def _owned(one: AliasSuggestion, rivals: Matcher) -> AliasSuggestion:
    owners = dict.fromkeys(
        match.entity.name
        for match in rivals.find(one.text)
        if (match.start, match.end) == (0, len(one.text))
    )
    return replace(one, owners=tuple(owners))


def _is_same(one: Entity, entity: Entity) -> bool:
    if entity.id:
        return one.id == entity.id
    return (one.watchlist, one.name) == (entity.watchlist, entity.name)
