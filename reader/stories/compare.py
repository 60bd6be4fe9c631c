"""How much two texts have in common, and how much they need to, to be taken for copies. Pure."""

from dataclasses import dataclass

import numpy as np

from reader.stories.sketch import Hashes, Sketch, sampled

LEAST_SHARED = 3
FEWEST_WORDS = 12
"""Shorter texts are copies only when title and text are equal."""
NEARLY_ALL = 0.9
_LONG_ENOUGH, _SHARE, _SHARE_WHEN_SHORT = 60, 0.45, 0.8
_FAR_LONGER = 3
_SAMPLE = 8


@dataclass(frozen=True, slots=True)
class Common:
    """`score`: the share of the shorter text that the longer one has too; `mutual`: that both
    have of the longer one. From 0 to 1, estimated where not everything is kept."""

    score: float
    mutual: float


NOTHING = Common(0.0, 0.0)
THE_SAME = Common(1.0, 1.0)


def enough(words: int) -> float:
    """The score from which a text of `words` counts as a copy: the shorter it is, the less a
    common turn of phrase may weigh."""
    if words >= _LONG_ENOUGH:
        return _SHARE
    missing = (_LONG_ENOUGH - max(words, FEWEST_WORDS)) / (_LONG_ENOUGH - FEWEST_WORDS)
    return _SHARE + (_SHARE_WHEN_SHORT - _SHARE) * missing


def common(one: Sketch, other: Sketch, mine: Hashes, theirs: Hashes) -> Common:
    """`mine` and `theirs`: what counts of the two sketches, boilerplate left out."""
    shared = np.intersect1d(mine, theirs, assume_unique=True)
    if len(shared) < LEAST_SHARED:
        return NOTHING
    short, long = (mine, theirs) if one.words <= other.words else (theirs, mine)
    # What the longer text has of the shorter one for certain. A piece from the middle of a far
    # longer text, a brief in a round-up or a long quotation, scores low here, as it should.
    score = len(shared) / len(short)
    both, few, many = len(sampled(shared)), *sorted((len(sampled(mine)), len(sampled(theirs))))
    near = max(one.words, other.words) <= _FAR_LONGER * min(one.words, other.words)
    if near and few >= _SAMPLE and both >= LEAST_SHARED:
        score = max(score, both / few)
    if one.complete and other.complete:
        mutual = len(shared) / max(len(short), len(long))
    else:
        mutual = both / many if many else 0.0
    return Common(min(score, 1.0), mutual)


def is_copy(one: Sketch, other: Sketch, found: Common) -> bool:
    if one.whole == other.whole:
        return True
    fewest = min(one.words, other.words)
    return fewest >= FEWEST_WORDS and found.score >= enough(fewest)
