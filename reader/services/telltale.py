"""Words and phrases that stand in some texts and hardly in others, surely not by chance."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reader.domain.article import FIELDS, Texts
from reader.domain.likelihood import SURE, ratio
from reader.search.analysis import cut, is_single

LONGEST = 3
"""Words of a phrase."""
_WORDS = 300
"""Of a text that are looked at: what an article is about stands at its beginning."""
_SHORTEST, _SHORTEST_END = 3, 4
"""Letters of a word, and of one that begins or ends a phrase."""
_ORDINARY = 0.5
"""A word that more than so many of the other texts have begins and ends no phrase."""

Gram = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """`written` as it stands in a text; `inside`: texts that have it, `outside`: others that do."""

    written: str
    inside: frozenset[int]
    outside: frozenset[int]


def sure(hits: int, of: int, others: int, of_others: int) -> bool:
    """Whether `hits` of `of` is so much more than `others` of `of_others` that it is no chance."""
    return hits * of_others > others * of and ratio(hits, of, others, of_others) >= SURE


def terms(inside: Sequence[Texts], outside: Sequence[Texts], least: float) -> list[Term]:
    """Those that at least `least` of `inside` have, in the order of reading, phrases last."""
    inner, outer = [_sentences(texts) for texts in inside], [_sentences(texts) for texts in outside]
    often: set[Gram] = set()
    ordinary: set[Gram] = set()
    found: list[Term] = []
    for length in range(1, LONGEST + 1):
        having = [_grams(sentences, length, often) for sentences in inner]
        others = [_grams(sentences, length, often) for sentences in outer]
        counts = Counter(gram for grams in having for gram in grams)
        if length == 1:
            ordinary = _ordinary(others)
        for gram in [gram for gram, count in counts.items() if count >= least]:
            often.add(gram)
            if _says_something(gram, ordinary):
                found.append(_term(gram, having, others))
    return found


def _ordinary(texts: Sequence[Mapping[Gram, str]]) -> set[Gram]:
    counts = Counter(gram for grams in texts for gram in grams)
    return {gram for gram, count in counts.items() if count > max(1, _ORDINARY * len(texts))}


def _says_something(gram: Gram, ordinary: set[Gram]) -> bool:
    """A number, a short word or a single character says nothing, nor does "the market"."""
    if len(gram) == 1 and is_single(gram[0][0]):
        return False
    if len(gram) == 1:
        return _is_word(gram[0], _SHORTEST)
    return all(
        _is_word(word, _SHORTEST_END) and (word,) not in ordinary for word in (gram[0], gram[-1])
    )


def _is_word(word: str, shortest: int) -> bool:
    if is_single(word[0]):
        return True
    return len(word) >= shortest and any(character.isalpha() for character in word)


def _term(
    gram: Gram, having: Sequence[Mapping[Gram, str]], others: Sequence[Mapping[Gram, str]]
) -> Term:
    inside = [number for number, grams in enumerate(having) if gram in grams]
    outside = (number for number, grams in enumerate(others) if gram in grams)
    return Term(having[inside[0]][gram], frozenset(inside), frozenset(outside))


def _sentences(texts: Texts) -> list[list[str]]:
    """The first words, as written."""
    found: list[list[str]] = []
    left = _WORDS
    for field in FIELDS:
        words, starts = cut(texts.get(field))
        for start, end in pairwise([*starts, len(words)]):
            found.append(words[start : min(end, start + left)])
            left -= len(found[-1])
    return found


def _grams(sentences: Iterable[list[str]], length: int, often: Container[Gram]) -> dict[Gram, str]:
    """Each so many words in a row, folded, with how they are first written.

    Of more than one word only those of which every shorter part is in `often`.
    """
    found: dict[Gram, str] = {}
    for words in sentences:
        folded = [word.casefold() for word in words]
        for at in range(len(words) - length + 1):
            gram = tuple(folded[at : at + length])
            if length == 1 or (gram[1:] in often and gram[:-1] in often):
                found.setdefault(gram, _joined(words[at : at + length]))
    return found


def _joined(words: Sequence[str]) -> str:
    """Characters of a script without spaces side by side, words with a space between."""
    text = words[0]
    for before, word in pairwise(words):
        text += word if is_single(before[0]) and is_single(word[0]) else f" {word}"
    return text
