"""The articles of the last two weeks, asked which of them a new one repeats.

Of an article that repeats another only those shingles are entered that the other does not have, so
that a story that went round the world takes the room of one; who is found leads to all that were
found to be like it. What many unlike articles bear, or several of one outlet, is boilerplate (a
signature, a ticker, a template) and does not count.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reader.stories.compare import LEAST_SHARED, NOTHING, THE_SAME, Common, common, is_copy
from reader.stories.postings import Postings, Rows, numbers_of, rows_of
from reader.stories.sketch import Hashes, Sketch

SPAN = timedelta(days=14)
LIMIT = 40_000
"""Articles that are remembered, whatever their age."""
_COMMON, _COMMON_AT_AN_OUTLET = 20, 3
"""So many articles bear what is taken for boilerplate."""
_FEWEST_WORDS_OF_A_WHOLE = 5
_LIKES = 64
"""Of a large group only so many are looked at, the latest."""
_NOBODY = -(1 << 40)
"""Less than any outlet."""
_HOPELESS = 0.08
"""Too small a share of shingles, before boilerplate is left out, to be looked at more closely."""


@dataclass(slots=True)
class Entry:
    """An article. `outlet`: any number that stands for who publishes it; `seen`: when it came, in
    milliseconds; `group` is given by `Copies`: the row of the first that is like it."""

    article_id: int
    outlet: int
    seen: int
    sketch: Sketch
    group: int = -1


@dataclass(frozen=True, slots=True)
class Match:
    """An article like the one asked about. Two of one `group` were found to be like each other,
    or like a third."""

    article_id: int
    outlet: int
    score: float
    mutual: float
    group: int


class Copies:
    """Rows count up and are never used again; an entry that is gone leaves its row unanswered.

    Articles come in one direction of time: each is as new as the one before or newer, or, for
    going back through an archive, as old or older.
    """

    def __init__(self, span: timedelta = SPAN, limit: int = LIMIT) -> None:
        self._span, self._limit = span // timedelta(milliseconds=1), limit
        self._entries: dict[int, Entry] = {}
        self._rows: dict[int, int] = {}
        self._groups: dict[int, list[int]] = {}  # of two and more, by the row of the first
        self._wholes: dict[int, int] = {}  # the latest row with this very text
        self._postings = Postings()
        self._next = 0
        self._group_of: NDArray[np.int64] = np.zeros(1024, np.int64)
        self._outlet_of: NDArray[np.int64] = np.zeros(1024, np.int64)

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, entry: Entry, like: int | None = None) -> None:
        """`like`: an article that this one repeats. One that is there already is replaced."""
        if self._postings.enter(*self._admit(entry, like)):
            self._forget_old()
            self._postings.tidy(min(self._entries))

    def fill(self, entries: Iterable[tuple[Entry, int | None]]) -> None:
        """Many at once, each with what `add` calls `like`: several times quicker."""
        self._postings.fill([self._admit(entry, like) for entry, like in entries])

    def _admit(self, entry: Entry, like: int | None) -> tuple[Hashes, int]:
        """Its row, and the shingles to be entered for it."""
        other = self._entries.get(self._rows.get(like, -1)) if like is not None else None
        self.forget(entry.article_id)
        row, self._next = self._next, self._next + 1
        entry.group = other.group if other else row
        self._entries[row] = entry
        self._rows[entry.article_id] = row
        if other:
            self._groups.setdefault(entry.group, [entry.group]).append(row)
        self._wholes[entry.sketch.whole] = row
        self._remember(row, entry)
        hashes = entry.sketch.hashes
        return np.setdiff1d(hashes, other.sketch.hashes, True) if other else hashes, row

    def _remember(self, row: int, entry: Entry) -> None:
        """What is looked up for many rows at once stands in arrays."""
        if row >= len(self._group_of):
            self._group_of = np.append(self._group_of, np.zeros_like(self._group_of))
            self._outlet_of = np.append(self._outlet_of, np.zeros_like(self._outlet_of))
        self._group_of[row], self._outlet_of[row] = entry.group, entry.outlet

    def forget(self, article_id: int) -> None:
        """Those it was the first of are still found by its shingles."""
        row = self._rows.pop(article_id, None)
        if row is not None:
            self._drop(row)

    def _drop(self, row: int) -> None:
        entry = self._entries.pop(row)
        self._outlet_of[row] = _NOBODY - row  # like no other
        if entry.group in self._groups:
            self._groups[entry.group].remove(row)
            if not self._groups[entry.group]:
                del self._groups[entry.group]
        if self._wholes.get(entry.sketch.whole) == row:
            del self._wholes[entry.sketch.whole]

    def _of_group(self, group: int) -> Sequence[int]:
        """The latest rows of it."""
        if group in self._groups:
            return self._groups[group][-_LIKES:]
        return (group,) if group in self._entries else ()

    # -- asking

    def resembling(self, sketch: Sketch, but: int = 0, at: int | None = None) -> list[Match]:
        """All that have much the same text: the likest first, of equals the one of most like
        length, then the first entered.

        `but`: an article that is not looked at, for it is the one that asks; `at`: when it came,
        for only what came within the span of it to be found.
        """
        bearers = self._postings.bearers(sketch.hashes, _COMMON + 1)
        numbers, rows = numbers_of(bearers), rows_of(bearers)
        plain = self._plain(sketch.hashes, numbers, rows)
        if len(plain) < len(sketch.hashes):
            rows = rows[_among(plain, numbers)]
        matches = []
        for row, shared in self._near(sketch, rows).items():
            entry = self._entries[row]
            if entry.article_id == but or (at is not None and abs(at - entry.seen) > self._span):
                continue
            found = self._compared(sketch, plain, entry, shared)
            if is_copy(sketch, entry.sketch, found):
                one = entry.article_id, entry.outlet, found.score, found.mutual, entry.group
                matches.append(Match(*one))
        return sorted(matches, key=lambda match: (-match.score, -match.mutual))

    def _near(self, sketch: Sketch, rows: Rows) -> dict[int, int]:
        """Rows worth a closer look, in the order of their entry, with about how many shingles
        their group has in common with `sketch`."""
        groups = np.sort(self._group_of[rows])
        # Each group that comes n times comes here n - 2 times.
        often = Counter(groups[LEAST_SHARED - 1 :][_repeated(groups, LEAST_SHARED)].tolist())
        near = {
            row: count + LEAST_SHARED - 1
            for group, count in often.items()
            for row in self._of_group(group)
        }
        if sketch.words >= _FEWEST_WORDS_OF_A_WHOLE:
            same = self._entries.get(self._wholes.get(sketch.whole, -1))
            rest = self._of_group(same.group) if same else ()
            near.update(dict.fromkeys(rest, len(sketch.hashes)))
        return dict(sorted(near.items()))

    def _compared(self, sketch: Sketch, plain: Hashes, entry: Entry, shared: int) -> Common:
        other = entry.sketch
        if sketch.whole == other.whole:
            return THE_SAME
        if shared < _HOPELESS * min(len(plain), len(other.hashes)):
            return NOTHING
        bearers = self._postings.bearers(other.hashes, _COMMON + 1)
        theirs = self._plain(other.hashes, numbers_of(bearers), rows_of(bearers))
        return common(sketch, other, plain, theirs)

    def _plain(self, hashes: Hashes, numbers: Hashes, rows: Rows) -> Hashes:
        """`hashes` without boilerplate, given who bears them, sorted by shingle."""
        if not _repeated(numbers, _COMMON_AT_AN_OUTLET).any():
            return hashes
        outlets = self._outlet_of[rows]
        order = np.lexsort((outlets, numbers))
        ordered, outlets = numbers[order], outlets[order]
        often = _repeated(ordered, _COMMON_AT_AN_OUTLET) & _repeated(outlets, _COMMON_AT_AN_OUTLET)
        dull = (
            ordered[_COMMON_AT_AN_OUTLET - 1 :][often],
            numbers[_COMMON:][_repeated(numbers, _COMMON + 1)],
        )
        return hashes[~_among(np.sort(np.concatenate(dull)), hashes)]

    # -- keeping it small

    def _forget_old(self) -> None:
        now = self._entries[max(self._entries)].seen
        rows = list(self._entries)  # in the order of their entry
        over = len(rows) - self._limit
        for place, row in enumerate(rows):
            entry = self._entries[row]
            if place >= over and abs(now - entry.seen) <= self._span:
                return
            del self._rows[entry.article_id]
            self._drop(row)
            if entry.group == row and row in self._groups:
                self._follow(row)

    def _follow(self, first: int) -> None:
        """The next of a group stands for it when the first grew too old."""
        rows = self._groups.pop(first)
        self._groups[rows[0]] = rows
        for row in rows:
            self._entries[row].group = rows[0]
            self._group_of[row] = rows[0]
        hashes = self._entries[rows[0]].sketch.hashes
        bearers = self._postings.bearers(hashes, _COMMON + 1)
        own = numbers_of(bearers[rows_of(bearers) == rows[0]])
        self._postings.enter(np.setdiff1d(hashes, own, assume_unique=True), rows[0])


def _repeated(ordered: NDArray[Any], times: int) -> NDArray[np.bool_]:
    """For each value from number `times` - 1 on whether it and those just before are equal."""
    equal: NDArray[np.bool_] = ordered[times - 1 :] == ordered[: max(0, len(ordered) - times + 1)]
    return equal


def _among(some: Hashes, numbers: Hashes) -> NDArray[np.bool_]:
    """Which of `numbers` are among `some`, which are sorted."""
    if not len(some):
        return np.zeros(len(numbers), np.bool_)
    places = np.minimum(np.searchsorted(some, numbers), len(some) - 1)
    among: NDArray[np.bool_] = some[places] == numbers
    return among
