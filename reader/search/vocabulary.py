"""Chunks of text as numbers, with the forms in each: what makes indexing a matter of arrays.

A chunk is analysed when it is first met; after that it costs one look-up. So a vocabulary is worth
keeping from one segment to the next.
"""

from array import array
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.search.analysis import CASE, JOIN, forms, is_simple
from reader.search.chunks import about
from reader.search.pack import Array
from reader.search.stems import stem, stemming

KINDS = {"word": "words", "pair": "pairs", "cased": "cased"}
"""The kinds of forms, and the lists in which they are found."""
MOST = 400_000
"""Forms and chunks that are worth remembering; some 70 MB."""

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
        self._others, self._others_of, self._offsets = array("i"), array("i"), array("i")
        self._at, self._counts = np.zeros(1, np.int64), np.zeros(0, np.int64)

    def add(self, chunk: int, name: str, offset: int) -> None:
        """A form of a chunk, not of one before the last; `offset`: words of it that come before."""
        number = self._numbers.setdefault(name, len(self.names))
        if number == len(self.names):
            self.names.append(name)
        if not offset and chunk >= len(self._first):
            self._reach(chunk)
            self._first.append(number)
        else:
            self._others.append(number)
            self._others_of.append(chunk)
            self._offsets.append(offset)

    def of(self, chunks: Array, where: Array, count: int) -> tuple[Array, Array]:
        """The forms in all `chunks` and where they are, unsorted. `where`: their first words;
        `count`: how many chunks have a number."""
        self._reach(count)
        first = numbers_in(self._first)[chunks]
        having = first != NONE
        others, among, offsets = self._more(chunks, count)
        some = int(np.count_nonzero(having))
        members = np.empty(some + len(others), first.dtype)
        places = np.empty(len(members), where.dtype)
        np.compress(having, first, out=members[:some])
        np.compress(having, where, out=places[:some])
        members[some:] = others
        np.add(where[among], offsets, out=places[some:])
        return members, places

    def _more(self, chunks: Array, count: int) -> tuple[Array, Numbers, Array]:
        """The forms but for the first of each chunk: their numbers, their chunks as indices of
        `chunks`, and the words before each."""
        known = len(self._counts)
        if known < count:
            others_of = numbers_in(self._others_of)[self._at[-1] :]
            counts = np.bincount(others_of - known, minlength=count - known)
            self._counts = np.append(self._counts, counts)
            self._at = np.append(self._at, self._at[-1] + np.cumsum(counts))
        among = np.flatnonzero((self._counts > 0)[chunks])
        counts = self._counts[chunks[among]]
        spread = np.repeat(self._at[chunks[among]] - (np.cumsum(counts) - counts), counts)
        spread += np.arange(len(spread))
        offsets = numbers_in(self._offsets)[spread].view(np.uint32)
        return numbers_in(self._others)[spread], np.repeat(among, counts), offsets

    def _reach(self, count: int) -> None:
        missing = count - len(self._first)
        if missing > 0:
            self._first.extend(repeat(NONE, missing))


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
    """Of some chunks: how many words are in each, how it ends and how it begins (`sentences`)."""

    words: NDArray[np.uint32]
    ending: NDArray[np.uint8]
    opening: NDArray[np.uint8]


class Vocabulary(dict[str, int]):
    """A number for every chunk; `kinds` holds its forms by the kind of `analysis`."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds = {kind: Forms() for kind in KINDS}
        self._traits = array("I")
        self._stems: dict[tuple[str, str], Stems] = {}

    def __missing__(self, chunk: str) -> int:
        number = len(self)
        words, ending, opening = about(chunk)
        self._traits.append(len(words) << 8 | ending << 4 | opening)
        for offset, word in enumerate(words):
            if is_simple(word):
                self._add_simple(number, chunk if word == chunk else word, offset)
            else:
                for form in forms(word):
                    self.kinds[form.kind].add(number, form.text, offset)
        self[chunk] = number
        return number

    @property
    def full(self) -> bool:
        """Whether it is so large that it is better to begin anew."""
        return len(self) + sum(len(known.names) for known in self.kinds.values()) > MOST

    def of(self, kind: str, chunks: Array, where: Array) -> tuple[Array, Array]:
        """The forms of one kind in all `chunks` and where they are; see `Forms`."""
        return self.kinds[kind].of(chunks, where, len(self))

    def traits(self, chunks: Array) -> Traits:
        found: NDArray[np.uint32] = numbers_in(self._traits)[chunks]
        both = found.astype(np.uint8)
        found >>= 8
        return Traits(found, np.right_shift(both, 4), np.bitwise_and(both, 15))

    def stems(self, kind: str, language: str) -> Stems:
        """Those of the forms of one kind; they are kept, too."""
        if (kind, language) not in self._stems:
            self._stems[kind, language] = Stems(self.kinds[kind], language)
        return self._stems[kind, language]

    def _add_simple(self, chunk: int, word: str, offset: int) -> None:
        small = word.lower()
        if small == word:
            self.kinds["word"].add(chunk, word, offset)
        else:
            self.kinds["word"].add(chunk, small, offset)
            self.kinds["cased"].add(chunk, small + CASE + word, offset)


def numbers_in(values: "array[int]") -> Array:
    """Without a copy; let go of it before the array grows."""
    return np.frombuffer(values, values.typecode) if values else np.empty(0, values.typecode)


def _alone(form: str) -> bool:
    """Whether nothing else has the stem of this form, which is itself: "s-400"."""
    return form.isascii() and " " not in form and not form.isalpha()
