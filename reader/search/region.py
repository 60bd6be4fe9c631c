"""One text of an article, and where its chunks and words stand in it."""

import contextlib
import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from reader.search.analysis import Cut, cut, is_dense, starts
from reader.search.seen import LONGEST_CHUNK

_SCANS = 8
"""Chunks that are looked for one by one among all."""
_SEARCHES = 30
"""Chunks that are looked for in the text."""
FOREIGN_AT_MOST = 40
"""Chunks of one text that are looked at whatever letters they have."""
FOREIGN = re.compile(r"[^\x00-\x7f\s“”„‘’«»—–…]")
"""Beyond ASCII, and not a sign that is never inside a form of letters and digits."""
_SPACE = re.compile(r"\s")
_CHUNK = re.compile(r"\S+")

Range = tuple[int, int]


class Region:
    """A text, and its chunks in order as soon as they are wanted."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.wanted: AbstractSet[str] = frozenset()
        """Chunks that many will ask for."""
        self._starts: dict[str, list[int]] = {}
        self._scanned: dict[str, list[int]] = {}

    @cached_property
    def chunks(self) -> list[str]:
        return self.split if self.spaced else self.cut.words

    @cached_property
    def distinct(self) -> set[str]:
        return set(self.chunks)

    @cached_property
    def split(self) -> list[str]:
        """What stands between white space."""
        return self.text.split()

    @cached_property
    def spaced(self) -> bool:
        """Whether that are the chunks: else the words are."""
        return max(map(len, self.split), default=0) <= LONGEST_CHUNK

    @cached_property
    def cut(self) -> Cut:
        return cut(self.text)

    def sentences(self, firsts: Sequence[int]) -> list[int]:
        """Which words begin a sentence. `firsts`: how many stand before each chunk; last, all."""
        quick = "cut" not in self.__dict__ and self.spaced and not is_dense(self.text)
        return starts(self.text, firsts) if quick else self.cut.sentences

    def indexes(self, chunk: str) -> list[int]:
        """Where among the chunks this one stands, ascending."""
        if chunk in self.wanted:
            return self._indexes.get(chunk, [])
        if len(self._scanned) < _SCANS:
            if chunk not in self._scanned:
                self._scanned[chunk] = self._scan(chunk) if chunk in self.distinct else []
            return self._scanned[chunk]
        return self._every.get(chunk, [])

    def _scan(self, chunk: str) -> list[int]:
        found = [self.chunks.index(chunk)]
        with contextlib.suppress(ValueError):
            while True:
                found.append(self.chunks.index(chunk, found[-1] + 1))
        return found

    @cached_property
    def _indexes(self) -> dict[str, list[int]]:
        """Of those that are wanted."""
        wanted = self.wanted
        return _listed([(chunk, i) for i, chunk in enumerate(self.chunks) if chunk in wanted])

    @cached_property
    def _every(self) -> dict[str, list[int]]:
        """Of all chunks: worth while when many are asked for."""
        return _listed((chunk, index) for index, chunk in enumerate(self.chunks))

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
        while character := FOREIGN.search(self.text, end):
            chunk = _chunk(self.text, character.start())
            if chunk is None or len(found) == FOREIGN_AT_MOST:
                return None
            start, end = chunk
            found[start] = self.text[start:end]
        return found if len(self._small) == len(self.text) else None

    def starts(self, chunk: str) -> list[int]:
        """The characters at which a chunk stands, ascending, one for each of its `indexes`."""
        if not self.spaced:
            return [self.offsets[index][0] for index in self.indexes(chunk)]
        if len(self._starts) < _SEARCHES:
            if chunk not in self._starts:
                self._starts[chunk] = _between_spaces(self.text, chunk)
            return self._starts[chunk]
        return [self._begins[index] for index in self.indexes(chunk)]

    @cached_property
    def _begins(self) -> list[int]:
        """Where each chunk starts, when no one is very long."""
        return [found.start() for found in _CHUNK.finditer(self.text)]

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


def _listed(chunks: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for chunk, index in chunks:
        if chunk in found:
            found[chunk].append(index)
        else:
            found[chunk] = [index]
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
