"""Inverted lists from numbered words. A list consists of

    blob, starts         the forms (see `dictionary`); "words" lists also have letters, lengths
    posts                where the postings of each form begin, and the end of the last
    docs, times          the documents of each form, ascending, and how often it stands in each
    weights              of "text/words" only: twice its weight there (see `WEIGHTS`)
    places, positions    where the positions of each form begin, and these, by document, ascending

Every form has a posting. `stems/<language>/words` and `/pairs` lead from a stem (blob, starts) to
the ordinals, in `text/words` and `/pairs`, of the forms that share it in documents of that
language: those of stem i are forms[at[i] : at[i + 1]], ascending.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.search.dictionary import fingerprints, packed
from reader.search.pack import Array, Memory, narrowed
from reader.search.stems import has, primary, stem
from reader.search.vocabulary import KINDS, Vocabulary

WEIGHTS = np.array([6, 3, 2], np.uint8)
"""Of a word in title, lead and body, in halves."""

KEY_BITS = 64

Numbers = NDArray[np.int64]
Keys = NDArray[np.uint64]


class Words(NamedTuple):
    """All words of a group: their numbers in order; by document and region, how many there are
    and at which position the first one stands."""

    numbers: Array
    counts: Numbers
    begins: Numbers


class _Bits(NamedTuple):
    """How many bits of a sorting key tell the document, and how many the position."""

    document: int
    position: int


def texts(words: Words, vocabulary: Vocabulary, tongues: tuple[Sequence[str], Array]) -> Memory:
    """The lists of the group "text" and its stems. `tongues`: codes, and a row of these for each
    document."""
    found = plain("text", words, vocabulary)
    found["text/words/weights"] = _weights(found, words.begins)
    for kind in ("words", "pairs"):
        found.update(_stems(found, kind, *tongues))
    return found


def plain(group: str, words: Words, vocabulary: Vocabulary) -> Memory:
    """The lists of a group, without weights."""
    where, bits = _places(words)
    found = Memory()
    for kind, listed in KINDS.items():
        forms = vocabulary.kinds[kind]
        members, counts = forms.of(words.numbers)
        made = _inverted(members, np.repeat(where, counts), bits, forms.names)
        if kind == "word":
            made["letters"], made["lengths"] = fingerprints(made["blob"])
        found.update({f"{group}/{listed}/{part}": values for part, values in made.items()})
    return found


def _places(words: Words) -> tuple[Keys, _Bits]:
    """Document and position of every word in one number, ascending."""
    counts, begins = words.counts.ravel(), words.begins.ravel()
    ends = np.cumsum(counts)
    positions = np.arange(len(words.numbers)) + np.repeat(begins - (ends - counts), counts)
    documents = np.repeat(np.arange(len(words.counts)), words.counts.sum(axis=1))
    bits = _Bits(len(words.counts).bit_length(), int(positions.max(initial=0)).bit_length())
    return (documents << bits.position | positions).astype(np.uint64), bits


def _inverted(members: Numbers, where: Keys, bits: _Bits, names: list[str]) -> Memory:
    forms, keys = _sorted(members, where, bits, names)
    found = Memory()
    found["blob"], found["starts"] = packed([form.encode() for form in forms])
    postings = keys >> np.uint64(bits.position)
    first = np.flatnonzero(np.concatenate([[True], postings[1:] != postings[:-1]])[: len(keys)])
    postings = postings[first]
    found["docs"] = postings & np.uint64((1 << bits.document) - 1)
    found["times"] = np.diff(first, append=len(keys))
    ordinals = np.arange(len(forms) + 1, dtype=np.uint64)
    found["posts"] = np.searchsorted(postings >> np.uint64(bits.document), ordinals)
    found["places"] = np.append(first, len(keys))[found["posts"]]
    found["positions"] = keys & np.uint64((1 << bits.position) - 1)
    return Memory({part: narrowed(values) for part, values in found.items()})


def _sorted(members: Numbers, where: Keys, bits: _Bits, names: list[str]) -> tuple[list[str], Keys]:
    """The forms that occur, in order, and for every place one number: form, document, position."""
    used = np.flatnonzero(np.bincount(members, minlength=len(names)))
    order = sorted(used.tolist(), key=names.__getitem__)
    if len(order).bit_length() + bits.document + bits.position > KEY_BITS:
        raise OverflowError("These are too many words for one segment: give it fewer articles.")
    rank = np.zeros(len(names), np.uint64)
    rank[order] = np.arange(len(order), dtype=np.uint64)
    keys = rank[members]
    keys <<= np.uint64(bits.document + bits.position)
    keys |= where
    keys.sort()
    return [names[number] for number in order], keys


def _weights(found: Memory, begins: Numbers) -> Array:
    """Of every posting in "text/words": the sum over its positions."""
    name = "text/words/"
    times, positions = found[name + "times"], found[name + "positions"].astype(np.int64)
    if not len(times):
        return times
    documents = np.repeat(found[name + "docs"].astype(np.int64), times)
    region = (positions >= begins[documents, 1]).astype(np.uint8)
    region += positions >= begins[documents, 2]
    first = np.cumsum(times, dtype=np.int64) - times
    return np.add.reduceat(WEIGHTS[region], first, dtype=np.int64)


def _stems(found: Memory, kind: str, codes: Sequence[str], rows: Array) -> Memory:
    """The stems of each language that has a stemmer."""
    languages = sorted({primary(code) for code in codes if has(code)})
    if not languages:
        return Memory()
    row = {language: index for index, language in enumerate(languages)}
    tongue = np.array([row.get(primary(code), len(row)) for code in codes])[rows]
    name = f"text/{kind}/"
    counts = np.diff(found[name + "posts"])
    seen = np.zeros((len(row) + 1, len(counts)), np.bool_)
    seen[
        tongue[found[name + "docs"].astype(np.int64)], np.repeat(np.arange(len(counts)), counts)
    ] = True
    forms = found[name + "blob"].tobytes().decode().split("\n")
    made = Memory()
    for language, index in row.items():
        stems = stemmed(forms, np.flatnonzero(seen[index]), language)
        made.update({f"stems/{language}/{kind}/{part}": values for part, values in stems.items()})
    return made


def stemmed(forms: Sequence[str], ordinals: Numbers, language: str) -> Memory:
    """The dictionary of the stems of `forms[ordinals]`: blob, starts, at, forms."""
    members: dict[str, list[int]] = {}
    for ordinal in ordinals.tolist():
        form = forms[ordinal]
        found = stem(form, language)
        if found != form or not _alone(form):
            members.setdefault(found, []).append(ordinal)
    order = sorted(members)
    made = Memory()
    made["blob"], made["starts"] = packed([form.encode() for form in order])
    counts = [len(members[form]) for form in order]
    made["at"] = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
    made["forms"] = np.array([o for form in order for o in members[form]], np.int64)
    return made


def _alone(form: str) -> bool:
    """Whether no other form has the stem of this one, which is the form itself: "s-400"."""
    return form.isascii() and " " not in form and not form.isalpha()
