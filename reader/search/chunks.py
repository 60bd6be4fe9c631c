"""Texts as the builder takes them in: chunks between white space, most of which it knows already.

No word reaches over the end of a chunk, and where sentences end is told by what a chunk is like and
how the next one begins. In scripts without spaces a chunk is as long as a line, and never comes
again; so there every word is a chunk of its own, with marks for what the long one was like.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from reader.search import sentences
from reader.search.analysis import is_dense, written
from reader.search.sentences import ALWAYS, LINE_END, NEVER, NOTHING, SMALL, SURELY

LINE = "\n"
"""Behind every line; no chunk has a line break in it."""


_PLAIN = re.compile(r"[\"'(\[]*([A-Za-z]+)[,;:\"')\]]*([.!?][.!?\"')\]]*)?", re.ASCII)
"""One word of plain letters, and what may end a sentence behind it."""


class About(NamedTuple):
    """Of a chunk: its words, how it ends and how it begins (see `sentences`)."""

    words: list[str]
    ending: int
    opening: int


def chunks(text: str) -> list[str]:
    """All of the text, in order; at least one."""
    found: list[str] = []
    for line in text.split("\n"):
        if is_dense(line):
            found += (part for chunk in line.split() for part in _parts(chunk))
        else:
            found += line.split()
        found.append(LINE)
    return found


def about(chunk: str) -> About:
    """What there is to know of one that `chunks` gave."""
    plain = _PLAIN.fullmatch(chunk)
    if plain:  # nearly all of English
        word, stop = plain.groups()
        ending = sentences.ending(chunk) if stop else NEVER
        return About([word], ending, SMALL if word.islower() else sentences.opening(chunk))
    mark = _MARKS.get(chunk)
    return mark or About(written(chunk), sentences.ending(chunk), sentences.opening(chunk))


def _parts(chunk: str) -> Iterator[str]:
    if not is_dense(chunk):
        yield chunk
        return
    ending = sentences.ending(chunk)
    first, *others = [chunk] if ending == NEVER else sentences.inside(chunk)
    yield _BEGINS[sentences.opening(chunk)]
    yield from written(first)
    for sentence in others:
        yield _ENDS[SURELY]
        yield from written(sentence)
    yield _ENDS[ending]


_ENDS = {ending: f"{LINE}>{ending}" for ending in range(SURELY + 1)}
_BEGINS = {opening: f"{LINE}<{opening}" for opening in range(LINE_END + 1)}
_MARKS = {
    LINE: About([], ALWAYS, LINE_END),
    **{mark: About([], ending, NOTHING) for ending, mark in _ENDS.items()},
    **{mark: About([], NEVER, opening) for opening, mark in _BEGINS.items()},
}
"""Chunks that are not in any text."""
