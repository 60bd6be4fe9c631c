"""Texts of numbered chunks: at which position each chunk begins, and which words begin a sentence.

Sentences are judged as in `sentences`, for the texts of all articles at once.
"""

from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.search.analysis import GAP
from reader.search.pack import Array
from reader.search.sentences import INSIDE, LINE_END, NOTHING, SURELY, ends_before
from reader.search.vocabulary import Traits, Vocabulary

Numbers = NDArray[np.int64]

_ENDS = np.array(
    [ends_before(*both) for both in product(range(SURELY + 1), range(LINE_END + 1))]
).reshape(SURELY + 1, LINE_END + 1)


class Texts(NamedTuple):
    """All chunks of a group, by their numbers in the vocabulary, in order, and their traits.

    `chunk_counts`, `counts`, `begins`: by document and region how many chunks and how many words
    there are, and at which position the first word stands, or would.
    """

    chunks: Array
    traits: Traits
    chunk_counts: Numbers
    counts: Numbers
    begins: Numbers


def placed(chunks: Array, chunk_counts: Numbers, vocabulary: Vocabulary) -> Texts:
    """`chunk_counts`: a row for each document, of each region at least 1."""
    traits, counts = vocabulary.traits(chunks), chunk_counts
    if len(chunks):
        first = np.cumsum(counts.ravel()) - counts.ravel()
        counts = np.add.reduceat(traits.words, first, dtype=np.int64).reshape(counts.shape)
    begins = np.zeros_like(counts)
    begins[:, 1:] = np.cumsum(counts[:, :-1] + GAP, axis=1)
    return Texts(chunks, traits, chunk_counts, counts, begins)


def sentences(texts: Texts) -> tuple[Numbers, Numbers]:
    """Where the sentences of each document begin in the second array, and the end of the last;
    the positions of words that begin a sentence."""
    firsts = np.append(0, np.cumsum(texts.counts))
    begins = np.zeros(firsts[-1] + 1, np.bool_)
    begins[firsts] = True
    begins[_ends(texts.traits)] = True
    words = np.flatnonzero(begins[:-1])
    region = np.searchsorted(firsts, words, side="right") - 1
    positions = words + (texts.begins.ravel() - firsts[:-1])[region]
    documents = np.bincount(region // texts.counts.shape[1], minlength=len(texts.counts))
    return np.append(0, np.cumsum(documents)), positions


def _ends(traits: Traits) -> Numbers:
    """How many words of all texts come before each end of a sentence."""
    final = np.flatnonzero(traits.ending > INSIDE)
    opens = np.flatnonzero(traits.opening != NOTHING)
    after = np.searchsorted(opens, final, side="right")
    after[after == len(opens)] -= 1  # behind the very last line, of which nothing comes
    final = final[_ENDS[traits.ending[final], traits.opening[opens[after]]]]
    before: Numbers = np.cumsum(traits.words, dtype=np.int64)[final]
    return before
