"""Written words as numbers, and the forms of each: what makes indexing a matter of arrays.

A word is analysed when it is first met; after that it costs one look-up. So a vocabulary is worth
keeping from one segment to the next.
"""

from array import array
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reader.search.analysis import forms

KINDS = {"word": "words", "pair": "pairs", "cased": "cased"}
"""The kinds of forms, and the lists in which they are found."""
MOST = 300_000
"""Written words that are worth remembering; some 150 MB."""


class Forms:
    """The forms of one kind: `names` by number, and the numbers of each written word."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._numbers: dict[str, int] = {}
        self._at = array("q", [0])
        self._members = array("q")

    def add(self, name: str) -> None:
        """To the written word that comes next."""
        number = self._numbers.setdefault(name, len(self.names))
        if number == len(self.names):
            self.names.append(name)
        self._members.append(number)

    def close(self) -> None:
        """The forms of one more written word are complete."""
        self._at.append(len(self._members))

    def of(self, words: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The forms of all `words` behind each other, and how many each has."""
        at = np.frombuffer(self._at, np.int64)
        members = np.frombuffer(self._members, np.int64) if self._members else at[:0]
        first = at[words]
        counts = at[1:][words] - first
        total = np.cumsum(counts)
        spread = np.repeat(first - (total - counts), counts)
        return members[np.arange(len(spread)) + spread], counts


class Vocabulary(dict[str, int]):
    """A number for every written word; `kinds` holds its forms by the kind of `analysis`."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds = {kind: Forms() for kind in KINDS}

    def __missing__(self, word: str) -> int:
        for form in forms(word):
            self.kinds[form.kind].add(form.text)
        for kind in self.kinds.values():
            kind.close()
        number = self[word] = len(self)
        return number
