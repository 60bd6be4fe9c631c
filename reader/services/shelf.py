"""What the library knows of each article besides its words, in memory beside the database.

Right after any commit, whoever made it; cheap while nothing changes. See `groups` for how.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reader.services.arrays import NOBODY, Ids, Kept, mask, numbers, top_of, union
from reader.services.groups import SMALL, Groups
from reader.store.selection import Selection

UNKNOWN = -(2**63)
"""In a column of dates: no such article."""
_ROOM = 10_000
"""Further articles for which a column has room before it is made anew."""


@dataclass(slots=True)
class Columns:
    """By article id: when (ms UTC, or `UNKNOWN`), and the number of its language in `names`."""

    dates: NDArray[np.int64]
    languages: NDArray[np.int16]
    names: list[str]

    def put(self, article_id: int, date: int, language: str) -> None:
        if article_id >= len(self.dates):
            more = article_id + _ROOM - len(self.dates)
            self.dates = np.pad(self.dates, (0, more), constant_values=UNKNOWN)
            self.languages = np.pad(self.languages, (0, more))
        if language not in self.names:
            self.names.append(language)
        self.dates[article_id] = date
        self.languages[article_id] = self.names.index(language)

    def know(self, ids: Ids) -> bool:
        return top_of(ids) < len(self.dates) and not (self.dates[ids] == UNKNOWN).any()


class Shelf:
    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self.feeds: Groups[int] = Groups("feed", selection)
        self.entities: Groups[int] = Groups("entity", selection)
        self.tags: Groups[int] = Groups("tag", selection)
        self._pulse = Kept(selection.pulse, selection.stamp)
        self._flags: dict[str, tuple[object, object, Ids]] = {}
        self._columns: Columns | None = None
        self._seen: object = None
        self._whole: object = None
        self._newest = 0

    def among(self, groups: Groups[int], keys: Iterable[int]) -> Ids:
        """The articles of any of the groups that are not deleted."""
        return self.live(union(groups.of(keys)))

    def flagged(self, flag: str) -> Ids:
        """`flag`: read, unread, starred, note, revision or all; never deleted ones."""
        if flag == "read":
            return np.setdiff1d(self.flagged("all"), self.flagged("unread"), assume_unique=True)
        stamp, pulse = self._selection.stamp(), self._pulse.get()
        seen, trace, ids = self._flags.get(flag, (None, None, NOBODY))
        traced = flag in ("all", "unread") and len(ids) > SMALL and trace == pulse
        if seen != stamp and not traced:
            ids = np.sort(numbers(self._selection.flagged(flag)))
        self._flags[flag] = (stamp, pulse, ids)
        return ids

    def live(self, ids: Ids) -> Ids:
        """Those of `ids` that are not deleted."""
        pulse = self._pulse.get()
        if pulse.articles == pulse.newest:
            return ids
        alive = self.flagged("all")
        return ids[mask(alive, top_of(alive, ids))[ids]]

    def columns(self, ids: Ids) -> Columns:
        """Right for each of `ids`, as far as it is in the library."""
        stamp = self._selection.stamp()
        if self._columns is None:
            self._columns, self._whole = self._read_columns(), stamp
        elif stamp != self._seen:
            for row in self._selection.later(self._newest):
                self._columns.put(*row)
                self._newest = max(self._newest, row[0])
        if self._whole != stamp and not self._columns.know(ids):  # back from the deleted ones
            self._columns, self._whole = self._read_columns(), stamp
        self._seen = stamp
        return self._columns

    def speaking(self, languages: Iterable[str]) -> Ids:
        """The articles in any of the languages, "" for an unknown one; never deleted ones."""
        columns = self.columns(self.flagged("all"))
        wanted = [columns.names.index(name) for name in languages if name in columns.names]
        spoken = np.isin(columns.languages, wanted) & (columns.dates != UNKNOWN)
        return self.live(np.flatnonzero(spoken))

    def _read_columns(self) -> Columns:
        self._newest = self._selection.pulse().newest
        ids, dates = map(numbers, self._selection.dates())
        names = self._selection.languages()
        size = max(self._newest, int(ids.max(initial=0))) + _ROOM
        columns = Columns(np.full(size, UNKNOWN), np.zeros(size, dtype=np.int16), names)
        columns.dates[ids] = dates
        for number, text in enumerate(self._selection.members("lang", names).values()):
            spoken = numbers(text)
            columns.languages[spoken[spoken < size]] = number
        return columns
