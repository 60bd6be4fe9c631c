"""The chunks of text that articles are made of, analysed when first seen and then remembered.

A chunk is what stands between white space, over which no word reaches; so it means the same in
every text. A library has few distinct ones, and most of a new article costs one look-up a chunk.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, repeat

from reader.search import analysis
from reader.search.analysis import LONGEST, form_of, written
from reader.search.stems import stemming

LONGEST_CHUNK = 64
"""Characters. A text with a longer one is taken word by word: it is in a script without spaces, or
holds something that will hardly come again."""
KNOWN_AT_MOST = 100_000
"""Of one language; some 30 MB."""
_ALPHABETIC = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]{1,32}")
"""Where letters stand that are neither signs in words nor words of their own."""
_EDGES = ".,;:!?\"'()[]…“”‘’«»„—–"
"""No sign of these is part of a word that begins or ends with a letter."""


class Seen:
    """Chunks and what is in them, in one language; "" for one without a stemmer."""

    def __init__(self, language: str) -> None:
        self.forms: dict[str, tuple[str, ...]] = {}
        """By chunk, the forms of the kind "word" in it, none twice."""
        self.handles: dict[str, tuple[str, ...]] = {}
        """By chunk, these and their stems."""
        self.by_stem: dict[str, list[str]] = {}
        """The chunks that have a form with this stem."""
        self.compounds: set[str] = set()
        """The chunks with forms of the kind "pair"."""
        self._counts: dict[str, int] = {}
        self._stemming = stemming(language) if language else None

    def words(self, chunk: str) -> int:
        """How many words are in it."""
        return self._counts.get(chunk, 1)

    def firsts(self, chunks: Sequence[str]) -> Sequence[int]:
        """How many words stand before each chunk of a text; last, how many there are."""
        if self._counts.keys().isdisjoint(chunks):
            return range(len(chunks) + 1)
        return [*accumulate(map(self._counts.get, chunks, repeat(1)), initial=0)]

    def learn(self, chunks: Iterable[str]) -> None:
        """Chunks that were not known."""
        forms, handles, by_stem = self.forms, self.handles, self.by_stem
        stems = self._stemming
        for chunk in chunks:
            core = plain(chunk)
            if core:
                form = core.lower()
                found = forms[chunk] = (form,)
                shared = form if stems is None else stems[form]
                handles[chunk] = found if shared == form else (form, shared)
                if shared in by_stem:
                    by_stem[shared].append(chunk)
                else:
                    by_stem[shared] = [chunk]
            else:
                self._learn_in_full(chunk)

    def _learn_in_full(self, chunk: str) -> None:
        words = written(chunk)
        if len(words) != 1:
            self._counts[chunk] = len(words)
        found = [form for word in words for form in analysis.forms(word)]
        if any(form.kind == "pair" for form in found):
            self.compounds.add(chunk)
        self.forms[chunk] = tuple(dict.fromkeys(form.text for form in found if form.kind == "word"))
        stems = dict.fromkeys(map(self.stem, self.forms[chunk]))
        self.handles[chunk] = tuple(dict.fromkeys((*self.forms[chunk], *stems)))
        for shared in stems:
            self.by_stem.setdefault(shared, []).append(chunk)

    def stem(self, form: str) -> str:
        return form if self._stemming is None else self._stemming[form]


def only_form(chunk: str) -> str:
    """The only form of a chunk but "cased" ones, where that is quickly told; else ""."""
    core = chunk.strip(_EDGES)
    if core.isascii():
        return core.lower() if core.isalnum() and len(core) <= LONGEST else ""
    return form_of(core) if core.isalpha() and _ALPHABETIC.fullmatch(core) else ""


def plain(chunk: str) -> str:
    """The only word of a chunk, when it has itself in small letters as its only form but "cased".

    "" for any other chunk.
    """
    core = chunk.strip(_EDGES)
    return core if core.isascii() and core.isalnum() and len(core) <= LONGEST else ""


_remembered: dict[str, Seen] = {}


def seen_in(chunks: set[str], language: str) -> Seen:
    """What is known of these chunks, and of others; it stays so as long as it is used.

    Texts with a very long chunk are learnt for this once only.
    """
    known = _remembered.get(language)
    new = chunks.difference(known.forms) if known else chunks
    if max(map(len, new), default=0) > LONGEST_CHUNK:
        known, new = Seen(language), chunks
    elif not known or len(known.forms) + len(new) > KNOWN_AT_MOST:
        known, new = Seen(language), chunks
        _remembered[language] = known
    known.learn(new)
    return known
