"""Which of many wanted words are in a text, for one look-up a chunk.

Saved searches ask for thousands of words, and an article has few of them. What a chunk holds of
them is found out when it is first met, patterns and typing errors included, and then remembered:
most chunks hold nothing.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from itertools import accumulate, repeat
from typing import NamedTuple

from reader.search.analysis import JOIN, Token, forms, small, written
from reader.search.listing import Listing, accepting, making_true
from reader.search.seen import only_form
from reader.search.stems import has, stem, stemming
from reader.search.syntax import Slot

KNOWN_AT_MOST = 1_000_000
"""Characters of all chunks met in one language; some 15 MB with what they hold."""
_LETTERS = 3
"""Of the beginning of a pattern, by which it is listed."""

_NOTHING: list[Slot] = []

Held = tuple[tuple[Slot, tuple[Token, ...]], ...]
"""The wanted words that are true in a chunk, and the forms that make each so."""
Test = tuple[Slot, Callable[[str], object]]


class Holding(NamedTuple):
    """Where in a chunk a wanted word is: the forms that make it true, and its numbers."""

    forms: tuple[Token, ...]
    words: Collection[int]


class Met:
    """What is remembered of chunks."""

    def __init__(self) -> None:
        self.known: set[str] = set()
        self.held: dict[str, frozenset[Slot]] = {}
        """By chunk, what it holds; nothing when it only is in `counts`."""
        self.having: dict[Slot, dict[str, Holding]] = {}
        """The chunks that hold a word."""
        self.counts: dict[str, int] = {}
        """How many words are in a chunk, when it is not one."""
        self.size = 0
        """Characters in all chunks."""


class Sieve:
    """`wanted`: as queries ask for them. Inflected as in `language`; "" for not at all."""

    def __init__(self, wanted: Iterable[Slot], language: str) -> None:
        self.language = language if has(language) else ""
        self.wanted = frozenset(wanted)
        self._met = Met()
        self._by_stem: dict[str, list[Slot]] = {}
        self._by_beginning: dict[str, list[Test]] = {}
        self._open: list[Test] = []
        self._stems = stemming(self.language) if self.language else _Themselves()
        for slot in self.wanted:
            self._list(slot)

    def _list(self, slot: Slot) -> None:
        if slot.kind in ("word", "exact", "cased"):
            text = small(slot.text) if slot.kind == "cased" else slot.text
            self._by_stem.setdefault(stem(text, self.language), []).append(slot)
            return
        _kind, accepts = accepting(slot, self.language)
        if len(slot.beginning) < _LETTERS:
            self._open.append((slot, accepts))
        else:
            listed = self._by_beginning.setdefault(slot.beginning[:_LETTERS], [])
            listed.append((slot, accepts))

    def new(self, chunks: set[str]) -> set[str]:
        """Those that are to be met."""
        if self._met.size > KNOWN_AT_MOST:
            self._met = Met()
        return chunks - self._met.known

    def meet(self, new: set[str]) -> Met:
        """What is known of these chunks, and of others; it stays so as long as it is used."""
        met = self._met
        met.known |= new
        met.size += sum(map(len, new))
        for chunk in new:
            form = only_form(chunk)
            if not form:
                words = len(written(chunk))
                if words != 1:
                    met.counts[chunk] = words
                    met.held[chunk] = frozenset()
            asked = self._asked_for(chunk, form)
            if asked:
                self._hold(chunk, self._true(chunk, asked), met)
        return met

    def held(self, chunk: str) -> Held:
        """What one chunk holds; nothing is remembered."""
        asked = self._asked_for(chunk, only_form(chunk))
        return self._true(chunk, asked) if asked else ()

    def _asked_for(self, chunk: str, form: str) -> Collection[Slot]:
        """At least the words that a chunk makes true. `form`: see `only_form`."""
        if not form:
            return {slot for form in _forms(chunk) for slot in self._asked(form)}
        if self._open or form[:_LETTERS] in self._by_beginning:
            return {*self._asked(form)}
        return self._by_stem.get(self._stems[form], _NOTHING)

    def _true(self, chunk: str, asked: Collection[Slot]) -> Held:
        both = ((slot, making_true(slot, chunk, self.language)) for slot in asked)
        return tuple((slot, forms) for slot, forms in both if forms)

    def _asked(self, form: str) -> list[Slot]:
        """At least those that a form makes true."""
        shared = stem(form, self.language) if JOIN in form else self._stems[form]
        tests = *self._by_beginning.get(form[:_LETTERS], ()), *self._open
        alike = [slot for slot, accepts in tests if accepts(form)] if tests else []
        return self._by_stem.get(shared, _NOTHING) + alike

    def _hold(self, chunk: str, found: Held, met: Met) -> None:
        for slot, true in found:
            holding = Holding(true, {form.position for form in true})
            met.having.setdefault(slot, {})[chunk] = holding
        if found:
            met.held[chunk] = frozenset(slot for slot, _true in found)


def _forms(chunk: str) -> set[str]:
    """The forms in a chunk, but for those that tell of capitals."""
    return {form.text for word in written(chunk) for form in forms(word) if form.kind != "cased"}


class _Themselves(dict[str, str]):
    """The stems of a language that has none."""

    def __missing__(self, form: str) -> str:
        return form


class Sifted:
    """The wanted words of one article, by its distinct chunks; of other words, what they are."""

    def __init__(self, distinct: set[str], sieve: Sieve, met: Met) -> None:
        """`met`: what the sieve knows of these chunks."""
        self._distinct = distinct
        self._sieve = sieve
        self._met = met
        held = self._met.held
        self.chunks = held.keys() & distinct
        """Those with a wanted word, and those that are not one word."""
        self.slots: set[Slot] = set().union(*map(held.__getitem__, self.chunks))
        """The wanted words that are true."""

        self._uneven = not met.counts.keys().isdisjoint(self.chunks)

    def firsts(self, chunks: Sequence[str]) -> Sequence[int]:
        """How many words stand before each chunk of a text; last, how many there are."""
        if not self._uneven:
            return range(len(chunks) + 1)
        return [*accumulate(map(self._met.counts.get, chunks, repeat(1)), initial=0)]

    def holds(self, slot: Slot) -> bool:
        return slot in self.slots or (slot not in self._sieve.wanted and self._rest.holds(slot))

    def asked(self, slot: Slot) -> dict[str, tuple[Token, ...]]:
        if slot not in self._sieve.wanted:
            return self._rest.asked(slot)
        return {chunk: held.forms for chunk, held in self._having(slot)}

    def words(self, slot: Slot) -> dict[str, Collection[int]]:
        if slot not in self._sieve.wanted:
            return self._rest.words(slot)
        return {chunk: held.words for chunk, held in self._having(slot)}

    def _having(self, slot: Slot) -> list[tuple[str, Holding]]:
        if slot not in self.slots:
            return []
        having = self._met.having[slot]
        return [(chunk, having[chunk]) for chunk in having.keys() & self.chunks]

    @cached_property
    def _rest(self) -> Listing:
        return Listing(self._distinct, self._sieve.language)
