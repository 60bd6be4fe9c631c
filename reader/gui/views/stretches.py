"""Where a part of a line of text is seen, also where writing directions mix."""

import re
from typing import cast

from PySide6.QtGui import QGlyphRun, QTextLine

_TURNING = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
"""Letters written from right to left."""
_JOIN = 1.5


def turns(text: str) -> bool:
    """Whether any of it is written from right to left."""
    return _TURNING.search(text) is not None


def stretches(line: QTextLine, a: int, z: int, *, turning: bool) -> list[tuple[float, float]]:
    """(left, right) of what is seen of a span on a line, from left to right."""
    if not turning:
        left, right = sorted((x_at(line, a), x_at(line, z)))
        return [(left, right)] if right - left > 0.5 else []
    joined: list[tuple[float, float]] = []
    for left, right in sorted(map(_reach, line.glyphRuns(a, z - a))):
        if joined and left <= joined[-1][1] + _JOIN:
            joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
        else:
            joined.append((left, right))
    return [(left, right) for left, right in joined if right - left > 0.5]


def _reach(run: QGlyphRun) -> tuple[float, float]:
    """Places of a cursor are ambiguous where directions meet; those of glyphs are not."""
    advances = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
    places = [
        (at.x(), at.x() + step.x()) for at, step in zip(run.positions(), advances, strict=True)
    ]
    return min(left for left, _ in places), max(right for _, right in places)


def x_at(line: QTextLine, at: int) -> float:
    """The left of the letter at a place of the line where directions do not mix."""
    found = cast("tuple[float, int]", line.cursorToX(at))  # its hints say only "object"
    return found[0]
