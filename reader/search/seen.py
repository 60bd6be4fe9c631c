"""The chunks of text that articles are made of, analysed when first seen and then remembered.

A chunk is what stands between white space, over which no word reaches; so it means the same in
every text. A library has few distinct ones, and most of a new article costs one look-up a chunk.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate

from reader.search import analysis
from reader.search.analysis import LONGEST, Cut, cut, written
from reader.search.stems import stemming

LONGEST_CHUNK = 64
"""Characters. A text with a longer one is taken word by word: it is in a script without spaces, or
holds something that will hardly come again."""
KNOWN_AT_MOST = 150_000
_FOREIGN_AT_MOST = 40
_FOREIGN = re.compile(r"[^\x00-\x7f\s“”„‘’«»—–…]")
"""Beyond ASCII, and not a sign that is never inside a form of letters and digits."""
_SPACE = re.compile(r"\s")
_EDGES = ".,;:!?\"'()[]…“”‘’«»„—–"
"""No sign of these is part of a word that begins or ends with a letter."""

Range = tuple[int, int]


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

    def learn(self, chunks: Iterable[str]) -> None:
        """Chunks that were not known."""
        forms, stems, by_stem = self.forms, self._stemming, self.by_stem
        for chunk in chunks:
            core = plain(chunk)
            if core:
                form = core.lower()
                forms[chunk] = (form,)
                shared = form if stems is None else stems[form]
                if shared in by_stem:
                    by_stem[shared].append(chunk)
                else:
                    by_stem[shared] = [chunk]
            else:
                self._learn_in_full(chunk)

    def _learn_in_full(self, chunk: str) -> None:
        words = written(chunk)
        if len(words) != 1:
            self._counts[chunk] = len(words)
        found = [form for word in words for form in analysis.forms(word)]
        if any(form.kind == "pair" for form in found):
            self.compounds.add(chunk)
        self.forms[chunk] = tuple(dict.fromkeys(form.text for form in found if form.kind == "word"))
        for shared in {self.stem(form) for form in self.forms[chunk]}:
            self.by_stem.setdefault(shared, []).append(chunk)

    def stem(self, form: str) -> str:
        return form if self._stemming is None else self._stemming[form]


def plain(chunk: str) -> str:
    """The only word of a chunk, when it has itself in small letters as its only form but "cased".

    "" for any other chunk.
    """
    core = chunk.strip(_EDGES)
    return core if core.isascii() and core.isalnum() and len(core) <= LONGEST else ""


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
    """A text, and its chunks in order as soon as they are wanted."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: dict[str, list[int]] = {}

    @cached_property
    def chunks(self) -> list[str]:
        return self.text.split() if self._spaced else self.cut.words

    @cached_property
    def distinct(self) -> set[str]:
        return set(self.chunks)

    @cached_property
    def _spaced(self) -> bool:
        return max(map(len, set(self.text.split())), default=0) <= LONGEST_CHUNK

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

    def around(self, needle: str) -> dict[int, str] | None:
        """By where they start, at least the chunks with a form that has the needle in it.

        None when they are not found so quickly.
        """
        if self._foreign is None:
            return None
        found: dict[int, str] = {}
        end = 0
        while (at := self._small.find(needle, end)) >= 0:
            chunk = _chunk(self.text, at)
            if chunk is None:
                return None
            start, end = chunk
            found[start] = self.text[start:end]
        return found | self._foreign

    @cached_property
    def _small(self) -> str:
        return self.text.lower()

    @cached_property
    def _foreign(self) -> dict[int, str] | None:
        """The chunks whose letters small letters may say nothing of; None for too many."""
        if self.text.isascii():
            return {}
        found: dict[int, str] = {}
        end = 0
        while character := _FOREIGN.search(self.text, end):
            chunk = _chunk(self.text, character.start())
            if chunk is None or len(found) == _FOREIGN_AT_MOST:
                return None
            start, end = chunk
            found[start] = self.text[start:end]
        return found if len(self._small) == len(self.text) else None

    def starts(self, chunk: str) -> list[int]:
        """The characters at which a chunk stands, ascending, one for each of its `indexes`."""
        if self._spaced:
            if chunk not in self._starts:
                self._starts[chunk] = _between_spaces(self.text, chunk)
            return self._starts[chunk]
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


def _chunk(text: str, at: int) -> Range | None:
    """The chunk with the character at `at`; None when it is very long."""
    start, beyond = at, at + LONGEST_CHUNK
    while start and not text[start - 1].isspace():
        start -= 1
        if at - start > LONGEST_CHUNK:
            return None
    space = _SPACE.search(text, at, beyond)
    if space is None and len(text) > beyond:
        return None
    return start, space.start() if space else len(text)


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
