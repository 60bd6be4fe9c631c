"""The chunks of text that articles are made of, analysed when first seen and then remembered.

A chunk is what stands between white space, over which no word reaches; so it means the same in
every text. A library has few distinct ones, and most of a new article costs one look-up a chunk.
"""

from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate

from reader.search.analysis import Cut, cut, forms, is_simple, written
from reader.search.stems import stemming

LONGEST_CHUNK = 64
"""Characters. A text with a longer one is taken word by word: it is in a script without spaces, or
holds something that will hardly come again."""
KNOWN_AT_MOST = 50_000
_EDGES = ".,;:!?\"'()[]…“”‘’«»„—–"
"""No sign of these is part of a word that begins or ends with a letter."""


class Seen:
    """Chunks and what is in them, in one language; "" for one without a stemmer."""

    def __init__(self, language: str) -> None:
        self.forms: dict[str, tuple[str, ...]] = {}
        """By chunk, the forms of the kind "word" in it, none twice."""
        self.by_stem: dict[str, list[str]] = {}
        """The chunks that have a form with this stem."""
        self.compounds: set[str] = set()
        """The chunks with forms of the kind "pair"."""
        self._counts: dict[str, int] = {}
        self._stemming = stemming(language) if language else None

    def words(self, chunk: str) -> int:
        """How many words are in it."""
        return self._counts.get(chunk, 1)

    def handles(self, chunks: Iterable[str]) -> set[str]:
        """Every form and every stem of the kind "word"."""
        found = self.words_in(chunks)
        if self._stemming is not None:
            found.update(map(self._stemming.__getitem__, tuple(found)))
        return found

    def words_in(self, chunks: Iterable[str]) -> set[str]:
        """Every form of the kind "word"."""
        return set().union(*map(self.forms.__getitem__, chunks))

    def learn(self, chunks: Iterable[str]) -> None:
        """Chunks that were not known."""
        stems, by_stem = self._stemming, self.by_stem
        for chunk in chunks:
            core = chunk.strip(_EDGES)
            found = (core.lower(),) if is_simple(core) else self._analysed(chunk)
            for shared in found if stems is None else {stems[form] for form in found}:
                if shared in by_stem:
                    by_stem[shared].append(chunk)
                else:
                    by_stem[shared] = [chunk]
            self.forms[chunk] = found

    def _analysed(self, chunk: str) -> tuple[str, ...]:
        words = written(chunk)
        if len(words) != 1:
            self._counts[chunk] = len(words)
        found = [form for word in words for form in forms(word)]
        if any(form.kind == "pair" for form in found):
            self.compounds.add(chunk)
        return tuple(dict.fromkeys(form.text for form in found if form.kind == "word"))


_remembered: dict[str, Seen] = {}


def seen_in(chunks: set[str], language: str) -> Seen:
    """What is known of these chunks, and of others; it stays so as long as it is used.

    Texts with a very long chunk are learnt for this once only.
    """
    known = _remembered.get(language)
    new = chunks.difference(known.forms) if known else chunks
    if max(map(len, new), default=0) > LONGEST_CHUNK:
        known, new = Seen(language), chunks
    elif not known or len(known.forms) + len(new) > KNOWN_AT_MOST:
        known, new = Seen(language), chunks
        _remembered[language] = known
    known.learn(new)
    return known


class Region:
    """A text and its chunks in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.chunks = text.split()
        self.distinct = set(self.chunks)
        self._spaced = max(map(len, self.distinct), default=0) <= LONGEST_CHUNK
        if not self._spaced:
            self.chunks = self.cut.words
            self.distinct = set(self.chunks)

    @cached_property
    def cut(self) -> Cut:
        return cut(self.text)

    @cached_property
    def indexes(self) -> dict[str, list[int]]:
        """Where among the chunks each distinct one stands, ascending."""
        found: dict[str, list[int]] = {}
        for index, chunk in enumerate(self.chunks):
            if chunk in found:
                found[chunk].append(index)
            else:
                found[chunk] = [index]
        return found

    def firsts(self, seen: Seen) -> list[int]:
        """How many words stand before each chunk; last, how many there are."""
        return [*accumulate(map(seen.words, self.chunks), initial=0)]

    def starts(self, chunk: str) -> list[int]:
        """The characters at which a chunk stands, ascending, one for each of its `indexes`."""
        if self._spaced:
            return _between_spaces(self.text, chunk)
        return [self.offsets[index][0] for index in self.indexes.get(chunk, ())]

    @cached_property
    def offsets(self) -> list[tuple[int, int]]:
        """Where each word stands in the text: between two is nothing to take for a word."""
        found: list[tuple[int, int]] = []
        end = 0
        for word in self.cut.words:
            start = self.text.index(word, end)
            end = start + len(word)
            found.append((start, end))
        return found


def _between_spaces(text: str, chunk: str) -> list[int]:
    found = []
    size, length = len(chunk), len(text)
    start = text.find(chunk)
    while start >= 0:
        end = start + size
        if (not start or text[start - 1].isspace()) and (end == length or text[end].isspace()):
            found.append(start)
        start = text.find(chunk, end)
    return found
