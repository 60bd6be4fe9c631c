"""Inverted lists from numbered chunks. A list consists of

    blob, starts         the forms (see `dictionary`); "words" lists also have letters, lengths
    posts                where the postings of each form begin, and the end of the last
    docs, times          the documents of each form, ascending, and how often it stands in each
    weights              of "text/words" only: twice its weight there (see `WEIGHTS`)
    places, positions    where the positions of each form begin, and these, by document, ascending

Every form has a posting. `stems/<language>/words` and `/pairs` lead from a stem (blob, starts) to
the ordinals, in `text/words` and `/pairs`, of the forms that share it in documents of that
language: those of stem i are forms[at[i] : at[i + 1]], ascending.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.search.dictionary import fingerprints, packed
from reader.search.pack import Array, Memory, narrowed, narrowest
from reader.search.stems import has, primary
from reader.search.texts import Texts
from reader.search.vocabulary import KINDS, NONE, Stems, Vocabulary

WEIGHTS = np.array([6, 3, 2], np.uint8)
"""Of a word in title, lead and body, in halves."""

INFLECTED = ("word", "pair")
"""Kinds of forms that have stems."""
KEY_BITS = 64

Numbers = NDArray[np.int64]
Keys = NDArray[np.uint64]


class _Bits(NamedTuple):
    """How many bits of a sorting key tell the document, and how many the position."""

    document: int
    position: int


def of_texts(texts: Texts, vocabulary: Vocabulary, tongues: tuple[Sequence[str], Array]) -> Memory:
    """The lists of the group "text" and its stems. `tongues`: codes, and a row of these for each
    document."""
    found = Memory()
    for kind, (made, forms) in _lists(texts, vocabulary):
        _put(found, f"text/{KINDS[kind]}", made)
        if kind == "word":
            _put(found, "text/words", Memory(weights=_weights(made, texts.begins)))
        if kind in INFLECTED:
            for language, seen in _spoken(made, *tongues).items():
                stems = _stems(vocabulary.stems(kind, language), forms, np.flatnonzero(seen))
                _put(found, f"stems/{language}/{KINDS[kind]}", stems)
    return found


def plain(group: str, texts: Texts, vocabulary: Vocabulary) -> Memory:
    """The lists of a group, without weights and stems."""
    found = Memory()
    for kind, (made, _forms) in _lists(texts, vocabulary):
        _put(found, f"{group}/{KINDS[kind]}", made)
    return found


def _put(found: Memory, name: str, made: Memory) -> None:
    found.update({f"{name}/{part}": narrowed(values) for part, values in made.items()})


def _lists(texts: Texts, vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[Memory, Numbers]]]:
    """By kind: its list, and the numbers in the vocabulary of the forms in it, in their order."""
    where, bits = _places(texts)
    for kind, forms in vocabulary.kinds.items():
        members, keys = vocabulary.of(kind, texts.chunks, where)
        order = _sort(members, keys, forms.names, bits)
        made = _inverted(keys, len(order), bits)
        del members, keys  # tens of bytes for each place
        made["blob"], made["starts"] = packed([forms.names[number] for number in order.tolist()])
        if kind == "word":
            made["letters"], made["lengths"] = fingerprints(made["blob"])
        yield kind, (made, order)


def _places(texts: Texts) -> tuple[Keys, _Bits]:
    """Document and position of the first word of every chunk in one number, ascending."""
    documents, end = len(texts.counts), int((texts.begins + texts.counts).max(initial=0))
    bits = _Bits(documents.bit_length(), end.bit_length())
    counts = texts.counts.ravel()
    first = (np.arange(documents)[:, None] << bits.position | texts.begins).ravel()
    # What a region's first word stands at, less how many words come before it, may be below 0,
    # which unsigned numbers make good again when the words are counted.
    first -= np.cumsum(counts) - counts
    where = np.repeat(first.view(np.uint64), texts.chunk_counts.ravel())
    where -= texts.traits.words
    where += np.cumsum(texts.traits.words, dtype=np.uint64)
    return where, bits


def _sort(members: Array, keys: Keys, names: Sequence[str], bits: _Bits) -> Numbers:
    """Makes of the place of every form a number of form, document and position, ascending; returns
    the forms that occur, in order."""
    used = np.zeros(len(names), np.bool_)
    used[members] = True
    order = np.array(sorted(np.flatnonzero(used).tolist(), key=names.__getitem__), np.int64)
    if len(order).bit_length() + bits.document + bits.position > KEY_BITS:
        raise OverflowError("These are too many words for one segment: give it fewer articles.")
    rank = np.empty(len(names), np.uint64)
    rank[order] = np.arange(len(order), dtype=np.uint64) << np.uint64(bits.document + bits.position)
    keys |= rank[members]
    keys.sort()
    return order


def _inverted(keys: Keys, forms: int, bits: _Bits) -> Memory:
    """The postings of so many forms from the sorted places."""
    last = (1 << bits.position) - 1
    found = Memory(positions=np.empty(len(keys), narrowest(last)))
    np.bitwise_and(keys, np.uint64(last), out=found["positions"], casting="unsafe")
    keys >>= np.uint64(bits.position)
    new = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    first = np.flatnonzero(new)
    postings = keys[first]
    found["docs"] = narrowed(postings & np.uint64((1 << bits.document) - 1))
    found["times"] = narrowed(np.diff(first, append=len(keys)))
    postings >>= np.uint64(bits.document)
    found["posts"] = np.searchsorted(postings, np.arange(forms + 1, dtype=np.uint64))
    found["places"] = np.append(first, len(keys))[found["posts"]]
    return found


def _weights(found: Memory, begins: Numbers) -> Array:
    """Of every posting of the texts: the sum over its positions."""
    times, positions = found["times"], found["positions"]
    if not len(times):
        return times
    documents = np.repeat(found["docs"], times)
    lead, body = narrowed(begins[:, 1]), narrowed(begins[:, 2])
    region = (positions >= lead[documents]).astype(np.uint8)
    region += positions >= body[documents]
    first = np.cumsum(times, dtype=np.int64) - times
    return np.add.reduceat(WEIGHTS[region], first, dtype=np.int64)


def _spoken(found: Memory, codes: Sequence[str], rows: Array) -> dict[str, NDArray[np.bool_]]:
    """For every language with a stemmer, which forms occur in documents of it."""
    languages = sorted({primary(code) for code in codes if has(code)})
    if not languages:
        return {}
    row = {language: index for index, language in enumerate(languages)}
    tongue = np.array([row.get(primary(code), len(row)) for code in codes])[rows]
    counts = np.diff(found["posts"])
    forms = np.repeat(np.arange(len(counts)), counts)
    seen = np.zeros((len(row) + 1, len(counts)), np.bool_)
    seen[tongue[found["docs"]], forms] = True
    return dict(zip(row, seen, strict=False))


def _stems(stems: Stems, forms: Numbers, ordinals: Numbers) -> Memory:
    """The stems of `forms[ordinals]`: blob, starts, at, forms."""
    numbers = stems.of(forms[ordinals])
    ordinals = ordinals[numbers != NONE]
    numbers = numbers[numbers != NONE]
    used = np.flatnonzero(np.bincount(numbers, minlength=len(stems.names)))
    order = np.array(sorted(used.tolist(), key=stems.names.__getitem__), np.int64)
    rank = np.zeros(len(stems.names), np.int64)
    rank[order] = np.arange(len(order))
    ranks = rank[numbers]
    found = Memory(forms=ordinals[np.argsort(ranks, kind="stable")])
    found["at"] = np.append(0, np.cumsum(np.bincount(ranks, minlength=len(order))))
    found["blob"], found["starts"] = packed([stems.names[number] for number in order.tolist()])
    return found
