"""One text of an article, and where its chunks and words stand in it."""

import contextlib
import re
from functools import cached_property

from reader.search.analysis import Cut, cut
from reader.search.seen import LONGEST_CHUNK

_SCANS = 60
"""Chunks that are looked for one by one."""
_FOREIGN_AT_MOST = 40
_FOREIGN = re.compile(r"[^\x00-\x7f\s“”„‘’«»—–…]")
"""Beyond ASCII, and not a sign that is never inside a form of letters and digits."""
_SPACE = re.compile(r"\s")

Range = tuple[int, int]


class Region:
    """A text, and its chunks in order as soon as they are wanted."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: dict[str, list[int]] = {}
        self._scanned: dict[str, list[int]] = {}

    @cached_property
    def chunks(self) -> list[str]:
        return self._split if self._spaced else self.cut.words

    @cached_property
    def distinct(self) -> set[str]:
        return set(self.chunks)

    @cached_property
    def _split(self) -> list[str]:
        return self.text.split()

    @cached_property
    def _spaced(self) -> bool:
        return max(map(len, self._split), default=0) <= LONGEST_CHUNK

    @cached_property
    def cut(self) -> Cut:
        return cut(self.text)

    def indexes(self, chunk: str) -> list[int]:
        """Where among the chunks this one stands, ascending."""
        if len(self._scanned) < _SCANS:
            if chunk not in self._scanned:
                self._scanned[chunk] = self._scan(chunk) if chunk in self.distinct else []
            return self._scanned[chunk]
        return self._indexes.get(chunk, [])

    def _scan(self, chunk: str) -> list[int]:
        found = [self.chunks.index(chunk)]
        with contextlib.suppress(ValueError):
            while True:
                found.append(self.chunks.index(chunk, found[-1] + 1))
        return found

    @cached_property
    def _indexes(self) -> dict[str, list[int]]:
        """Of all chunks: worth while when many are asked for."""
        found: dict[str, list[int]] = {}
        for index, chunk in enumerate(self.chunks):
            if chunk in found:
                found[chunk].append(index)
            else:
                found[chunk] = [index]
        return found

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
        return [self.offsets[index][0] for index in self.indexes(chunk)]

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
