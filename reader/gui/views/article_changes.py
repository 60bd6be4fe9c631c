"""What changed from one text of an article to the next, word by word; plain values, no Qt.

Paragraphs are compared first and words only in those that differ, so that a small correction in
a very long article costs little.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

SAME, GONE, NEW = "same", "gone", "new"
_WORD = re.compile(r"[\u2e80-\ud7ff\uf900-\ufaff]|[^\s\u2e80-\ud7ff\uf900-\ufaff]+")
_AHEAD = 20
_CONTEXT = 8
"""Words shown before and after a change."""
_LIMIT = 1_000_000
"""Beyond so many pairs of words a passage is shown as replaced at once."""


class Piece(NamedTuple):
    kind: str
    text: str


Passage = tuple[Piece, ...]


def changes(old: str, new: str) -> list[Passage]:
    """The changed paragraphs in order; long unchanged stretches are shortened to "…"."""
    before, after = _paragraphs(old), _paragraphs(new)
    found: list[Passage] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            found.extend(_passages(before[a:b], after[c:d]))
    return found


def _paragraphs(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _passages(before: Sequence[str], after: Sequence[str]) -> Iterator[Passage]:
    """Pairs paragraphs that resemble each other; the others went or came as a whole."""
    done = 0
    for old in before:
        partner = _partner(old, after, done, len(before))
        if partner is None:
            yield (Piece(GONE, old),)
            continue
        yield from ((Piece(NEW, text),) for text in after[done:partner])
        yield _compare(old, after[partner])
        done = partner + 1
    yield from ((Piece(NEW, text),) for text in after[done:])


def _partner(old: str, after: Sequence[str], start: int, count: int) -> int | None:
    """The next paragraph that shares at least a third of its words with the old one."""
    words = set(_WORD.findall(old))
    for at in range(start, min(len(after), start + count + _AHEAD)):
        others = set(_WORD.findall(after[at]))
        if 3 * len(words & others) >= max(len(words), len(others)):
            return at
    return None


def _compare(old: str, new: str) -> Passage:
    a, b = _words(old), _words(new)
    if len(a) * len(b) > _LIMIT:
        return (Piece(GONE, old), Piece(NEW, new))
    keys_a, keys_b = [word.strip() for word in a], [word.strip() for word in b]
    steps = SequenceMatcher(None, keys_a, keys_b, autojunk=False).get_opcodes()
    pieces: list[Piece] = []
    for at, (kind, i, j, k, m) in enumerate(steps):
        if kind == "equal":
            same = _shortened(b[k:m], first=at == 0, last=at == len(steps) - 1)
            pieces.append(Piece(SAME, same))
            continue
        if i < j:
            pieces.append(Piece(GONE, "".join(a[i:j])))
        if k < m:
            pieces.append(Piece(NEW, "".join(b[k:m])))
    return tuple(pieces)


def _words(text: str) -> list[str]:
    """With the space behind each, so that they can be put together again."""
    found = list(_WORD.finditer(text))
    ends = [*(word.start() for word in found[1:]), len(text)]
    return [text[word.start() : end] for word, end in zip(found, ends, strict=True)]


def _shortened(words: Sequence[str], *, first: bool, last: bool) -> str:
    head = 0 if first else _CONTEXT
    tail = 0 if last else _CONTEXT
    if len(words) <= head + tail + 3:
        return "".join(words)
    behind = "".join(words[len(words) - tail :]) if tail else ""
    return "".join(words[:head]) + "… " + behind
