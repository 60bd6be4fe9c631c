"""Written words as numbers, with the forms of each: what makes indexing a matter of arrays.

A word is analysed when it is first met; after that it costs one look-up. So a vocabulary is worth
keeping from one segment to the next.
"""

from array import array
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reader.search.analysis import CASE, forms, is_simple
from reader.search.pack import Array
from reader.search.stems import stem

KINDS = {"word": "words", "pair": "pairs", "cased": "cased"}
"""The kinds of forms, and the lists in which they are found."""
MOST = 300_000
"""Written words that are worth remembering; some 150 MB."""

Numbers = NDArray[np.int64]
NONE = -1
"""Instead of the number of a form or a stem."""
_UNSEEN = -2


class Forms:
    """The forms of one kind: `names` by number, and those of each written word."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._numbers: dict[str, int] = {}
        self._first = array("i")
        self._others = array("i")
        self._others_at = array("q", [0])

    def add(self, names: Sequence[str]) -> None:
        """All those of one more written word."""
        self._first.append(self._number(names[0]) if names else NONE)
        for name in names[1:]:
            self._others.append(self._number(name))
        self._others_at.append(len(self._others))

    def add_one(self, name: str) -> None:
        """The only form of one more written word; "" when it has none."""
        self._first.append(self._number(name) if name else NONE)
        self._others_at.append(len(self._others))

    def of(self, words: Array, where: Array) -> tuple[Array, Array]:
        """The forms of all `words`, and beside each what `where` says of its word; unsorted."""
        at = numbers_in(self._others_at)
        counts = np.diff(at)
        more = np.flatnonzero((counts > 0)[words])
        counts = counts[words[more]]
        spread = np.repeat(at[words[more]] - (np.cumsum(counts) - counts), counts)
        others = numbers_in(self._others)[np.arange(len(spread)) + spread]
        others_where = np.repeat(where[more], counts)
        first = numbers_in(self._first)[words]
        if (first == NONE).any():
            having = first != NONE
            first, where = first[having], where[having]
        return np.concatenate([first, others]), np.concatenate([where, others_where])

    def _number(self, name: str) -> int:
        number = self._numbers.setdefault(name, len(self.names))
        if number == len(self.names):
            self.names.append(name)
        return number


class Stems:
    """The stems of one kind of forms in one language: `names` by number."""

    def __init__(self, forms: Forms, language: str) -> None:
        self.names: list[str] = []
        self._forms = forms
        self._language = language
        self._numbers: dict[str, int] = {}
        self._of = np.empty(0, np.int64)

    def of(self, forms: Array) -> Numbers:
        """The stem of each form, all as numbers; NONE for what shares its stem with nothing."""
        missing = len(self._forms.names) - len(self._of)
        if missing > 0:
            self._of = np.concatenate([self._of, np.full(missing, _UNSEEN)])
        for form in forms[self._of[forms] == _UNSEEN].tolist():
            self._of[form] = self._number(self._forms.names[form])
        return self._of[forms]

    def _number(self, form: str) -> int:
        name = stem(form, self._language)
        if name == form and _alone(form):
            return NONE
        number = self._numbers.setdefault(name, len(self.names))
        if number == len(self.names):
            self.names.append(name)
        return number


class Vocabulary(dict[str, int]):
    """A number for every written word; `kinds` holds its forms by the kind of `analysis`."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds = {kind: Forms() for kind in KINDS}
        self._stems: dict[tuple[str, str], Stems] = {}

    def __missing__(self, word: str) -> int:
        if is_simple(word):
            small = word.lower()
            self.kinds["word"].add_one(small)
            self.kinds["pair"].add_one("")
            self.kinds["cased"].add_one("" if small == word else small + CASE + word)
        else:
            found = forms(word)
            for kind, known in self.kinds.items():
                known.add([form.text for form in found if form.kind == kind])
        number = self[word] = len(self)
        return number

    def stems(self, kind: str, language: str) -> Stems:
        """Those of the forms of one kind; they are kept, too."""
        if (kind, language) not in self._stems:
            self._stems[kind, language] = Stems(self.kinds[kind], language)
        return self._stems[kind, language]


def numbers_in(values: "array[int]") -> Array:
    """Without a copy; let go of it before the array grows."""
    return np.frombuffer(values, values.typecode) if values else np.empty(0, values.typecode)


def _alone(form: str) -> bool:
    """Whether nothing else has the stem of this form, which is itself: "s-400"."""
    return form.isascii() and " " not in form and not form.isalpha()
