"""Texts of numbered chunks: at which position each chunk begins, and which words begin a sentence.

Sentences are judged as in `sentences`, for the texts of all articles at once.
"""

from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.search.analysis import GAP
from reader.search.pack import Array
from reader.search.sentences import INSIDE, LINE_END, SURELY, ends_before
from reader.search.vocabulary import Vocabulary

Numbers = NDArray[np.int64]

_ENDS = np.array(
    [ends_before(*both) for both in product(range(SURELY + 1), range(LINE_END + 1))]
).reshape(SURELY + 1, LINE_END + 1)


class Texts(NamedTuple):
    """All chunks of a group, by their numbers in the vocabulary, in order.

    `chunk_counts`, `counts`, `begins`: by document and region how many chunks and how many words
    there are, and at which position the first word stands, or would.
    """

    chunks: Array
    chunk_counts: Numbers
    counts: Numbers
    begins: Numbers


def placed(chunks: Array, chunk_counts: Numbers, vocabulary: Vocabulary) -> Texts:
    """`chunk_counts`: a row for each document, of each region at least 1."""
    counts = chunk_counts
    if len(chunks):
        first = np.cumsum(chunk_counts.ravel()) - chunk_counts.ravel()
        words = vocabulary.traits.words[chunks]
        counts = np.add.reduceat(words, first, dtype=np.int64).reshape(chunk_counts.shape)
    begins = np.zeros_like(counts)
    begins[:, 1:] = np.cumsum(counts[:, :-1] + GAP, axis=1)
    return Texts(chunks, chunk_counts, counts, begins)


def sentences(texts: Texts, vocabulary: Vocabulary) -> tuple[Numbers, Numbers]:
    """The positions of words that begin a sentence, and where those of each document begin among
    these, and the end of the last."""
    firsts = np.append(0, np.cumsum(texts.counts))
    begins = np.zeros(firsts[-1] + 1, np.bool_)
    begins[firsts] = True
    begins[_ends(texts, vocabulary)] = True
    words = np.flatnonzero(begins[:-1])
    region = np.searchsorted(firsts, words, side="right") - 1
    positions = words + (texts.begins.ravel() - firsts[:-1])[region]
    documents = np.bincount(region // texts.counts.shape[1], minlength=len(texts.counts))
    return np.append(0, np.cumsum(documents)), positions


def _ends(texts: Texts, vocabulary: Vocabulary) -> Numbers:
    """How many words of all texts come before each end of a sentence."""
    words, ending, opening = vocabulary.traits
    final = np.flatnonzero((ending > INSIDE)[texts.chunks])
    opens = np.flatnonzero((opening > 0)[texts.chunks])
    after = opens[np.minimum(np.searchsorted(opens, final, side="right"), len(opens) - 1)]
    kinds, nexts = ending[texts.chunks[final]], opening[texts.chunks[after]]
    before = np.cumsum(words[texts.chunks], dtype=np.int64)
    found: Numbers = before[final[_ENDS[kinds, nexts]]]
    return found
