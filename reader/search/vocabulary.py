"""Chunks of text as numbers, with the forms in each: what makes indexing a matter of arrays.

A chunk is analysed when it is first met; after that it costs one look-up. So a vocabulary is worth
keeping from one segment to the next.
"""

from array import array
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.search.analysis import CASE, JOIN, forms, is_simple
from reader.search.chunks import about
from reader.search.pack import Array
from reader.search.stems import stem, stemming

KINDS = {"word": "words", "pair": "pairs", "cased": "cased"}
"""The kinds of forms, and the lists in which they are found."""
MOST = 300_000
"""Forms and chunks that are worth remembering; some 100 MB."""

Numbers = NDArray[np.int64]
NONE = -1
"""Instead of the number of a form or a stem."""
_UNSEEN = -2


class Forms:
    """The forms of one kind: `names` by number, and those of each chunk."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._numbers: dict[str, int] = {}
        self._first = array("i")
        self._others, self._offsets = array("i"), array("i")
        self._others_at = array("q", [0])

    def add(self, names: Sequence[tuple[str, int]]) -> None:
        """All those of one more chunk, each with how many words of the chunk come before it."""
        rest = names[1:] if names and names[0][1] == 0 else names
        self._first.append(NONE if rest is names else self._number(names[0][0]))
        for name, offset in rest:
            self._others.append(self._number(name))
            self._offsets.append(offset)
        self._others_at.append(len(self._others))

    def add_one(self, name: str) -> None:
        """The only form of one more chunk; "" when it has none."""
        self._first.append(self._number(name) if name else NONE)
        self._others_at.append(len(self._others))

    def of(self, chunks: Array, where: Array) -> tuple[Array, Array]:
        """The forms in all `chunks` and where they are, unsorted. `where`: their first words."""
        at = numbers_in(self._others_at)
        counts = np.diff(at)
        more = np.flatnonzero((counts > 0)[chunks])
        counts = counts[chunks[more]]
        spread = np.repeat(at[chunks[more]] - (np.cumsum(counts) - counts), counts)
        spread += np.arange(len(spread))
        others_where = np.repeat(where[more], counts)
        others_where += numbers_in(self._offsets)[spread].view(np.uint32)
        first = numbers_in(self._first)[chunks]
        having = first != NONE
        return (
            np.concatenate([first[having], numbers_in(self._others)[spread]]),
            np.concatenate([where[having], others_where]),
        )

    def _number(self, name: str) -> int:
        number = self._numbers.setdefault(name, len(self.names))
        if number == len(self.names):
            self.names.append(name)
        return number


class Stems:
    """The stems of one kind of forms in one language: `names` by number."""

    def __init__(self, forms: Forms, language: str) -> None:
        """KeyError when the language has no stemmer."""
        self.names: list[str] = []
        self._forms = forms
        self._language = language
        self._stemming = stemming(language)
        self._numbers: dict[str, int] = {}
        self._of = np.empty(0, np.int32)

    def of(self, forms: Array) -> Array:
        """The stem of each form, all as numbers; NONE for what shares its stem with nothing."""
        missing = len(self._forms.names) - len(self._of)
        if missing > 0:
            self._of = np.concatenate([self._of, np.full(missing, _UNSEEN, np.int32)])
        names = self._forms.names
        for form in forms[self._of[forms] == _UNSEEN].tolist():
            self._of[form] = self._number(names[form])
        return self._of[forms]

    def _number(self, form: str) -> int:
        name = stem(form, self._language) if JOIN in form else self._stemming[form]
        if name == form and _alone(form):
            return NONE
        number = self._numbers.setdefault(name, len(self.names))
        if number == len(self.names):
            self.names.append(name)
        return number


class Traits(NamedTuple):
    """Of each chunk: how many words are in it, how it ends and begins (see `sentences`)."""

    words: Array
    ending: Array
    opening: Array


class Vocabulary(dict[str, int]):
    """A number for every chunk; `kinds` holds its forms by the kind of `analysis`."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds = {kind: Forms() for kind in KINDS}
        self._words, self._ending, self._opening = array("i"), array("B"), array("B")
        self._stems: dict[tuple[str, str], Stems] = {}

    def __missing__(self, chunk: str) -> int:
        words, ending, opening = about(chunk)
        if len(words) == 1 and is_simple(words[0]):
            self._add_simple(words[0] if words[0] != chunk else chunk)
        else:
            self._add(words)
        self._words.append(len(words))
        self._ending.append(ending)
        self._opening.append(opening)
        number = self[chunk] = len(self)
        return number

    @property
    def full(self) -> bool:
        """Whether it is so large that it is better to begin anew."""
        return len(self) + sum(len(known.names) for known in self.kinds.values()) > MOST

    @property
    def traits(self) -> Traits:
        """By the numbers of the chunks; to be let go of before a chunk is added."""
        return Traits(*map(numbers_in, (self._words, self._ending, self._opening)))

    def stems(self, kind: str, language: str) -> Stems:
        """Those of the forms of one kind; they are kept, too."""
        if (kind, language) not in self._stems:
            self._stems[kind, language] = Stems(self.kinds[kind], language)
        return self._stems[kind, language]

    def _add_simple(self, word: str) -> None:
        small = word.lower()
        self.kinds["word"].add_one(word if small == word else small)
        self.kinds["pair"].add_one("")
        self.kinds["cased"].add_one("" if small == word else small + CASE + word)

    def _add(self, words: Sequence[str]) -> None:
        found = [(form, offset) for offset, word in enumerate(words) for form in forms(word)]
        for kind, known in self.kinds.items():
            known.add([(form.text, offset) for form, offset in found if form.kind == kind])


def numbers_in(values: "array[int]") -> Array:
    """Without a copy; let go of it before the array grows."""
    return np.frombuffer(values, values.typecode) if values else np.empty(0, values.typecode)


def _alone(form: str) -> bool:
    """Whether nothing else has the stem of this form, which is itself: "s-400"."""
    return form.isascii() and " " not in form and not form.isalpha()
