"""Where the sentences of a text stand, by the rules that SENT goes by.

`analysis.cut` says which words begin a sentence; here it is the places, without cutting any words,
for showing the sentences that a name stands in. Needs nothing heavy.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from reader.search import sentences

Span = tuple[int, int]

_KNOWN = 30_000
_SPACE = re.compile(r"[^\S \n]")
_STOP = re.compile(rf"[.!?…؟۔।॥።։{sentences.IDEOGRAPHIC}]")
_WORDLIKE = re.compile(r"\S*\w\S*")
_CHUNK = re.compile(r"\S+")


def spans(text: str) -> list[Span]:
    """(start, end) of each sentence, in order, without the white space around it. Code points."""
    text = _SPACE.sub(" ", text)  # one for one: places stay
    starts: list[int] = []
    paragraph, at = True, 0
    for line in text.split("\n"):
        if not line or line.isspace():
            paragraph = True
        else:
            if paragraph or sentences.ends(sentences.ALWAYS, _next(line, 0), 0):
                starts.append(at)
            starts += [at + start for start in _starts(line)]
            paragraph = False
        at += len(line) + 1
    return list(_stripped(text, starts))


def parted(text: str, first: int, second: int) -> bool:
    """Whether a sentence begins behind `first` and not behind `second`, both places of words: what
    `spans` says, read only from the one place to where that is clear."""
    at = text.rfind("\n", 0, first) + 1
    line = _line(text, at)
    chunk = line.rfind(" ", 0, first - at) + 1
    if any(first - at < start <= second - at for start in _starts(line, chunk)):
        return True
    paragraph = False
    while (at := at + len(line) + 1) <= second:
        line = _line(text, at)
        if not line or line.isspace():
            paragraph = True
        elif (
            paragraph
            or sentences.ends(sentences.ALWAYS, _next(line, 0), 0)
            or any(start <= second - at for start in _starts(line))
        ):
            return True
    return False


def _line(text: str, at: int) -> str:
    end = text.find("\n", at)
    return _SPACE.sub(" ", text[at:] if end < 0 else text[at:end])


def holding(found: Sequence[Span], place: int) -> int:
    """The number of the last sentence that begins at or before a place; -1 for none."""
    return bisect_right(found, place, key=lambda span: span[0]) - 1


def _starts(line: str, behind: int = 0) -> Iterator[int]:
    """Where further sentences begin in a line, read from the beginning of a chunk on."""
    done = 0
    for stop in _STOP.finditer(line, behind):
        if stop.start() < done:
            continue
        begin = line.rfind(" ", 0, stop.start()) + 1
        found = _CHUNK.match(line, begin)
        chunk = found.group() if found else ""
        done = begin + len(chunk)
        kind, inner = _judged(chunk)
        if kind == sentences.NEVER:
            continue
        for length in inner:
            begin += length
            yield begin
        if sentences.ends(kind, _next(line, done), 0):
            yield done


def _next(line: str, at: int) -> list[str]:
    """The first chunk with a word in it, if there is one."""
    found = _WORDLIKE.search(line, at)
    return [found.group()] if found else []


@lru_cache(_KNOWN)
def _judged(chunk: str) -> tuple[int, tuple[int, ...]]:
    """How it ends, and how long each sentence is that ends inside of it."""
    return sentences.ending(chunk), tuple(map(len, sentences.inside(chunk)[:-1]))


def _stripped(text: str, starts: Sequence[int]) -> Iterator[Span]:
    for start, end in pairwise((*starts, len(text))):
        piece = text[start:end]
        begin = start + len(piece) - len(piece.lstrip())
        stop = begin + len(piece.strip())
        if begin < stop:
            yield begin, stop
