"""Whether two texts of nearly the same words tell of different things: a form filled in twice.

"EU adopts 12th package", "EU adopts 13th package"; "Turkey hikes rates", "Argentina hikes rates".
What gives them away is a name or a number that was replaced while the words around it stayed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from reader.domain.article import Texts
from reader.domain.fold import fold
from reader.stories.wording import as_printed, unopened, written

_LOOKED_AT = 1_200
"""Code points from the beginning of a text."""
_SHORT, _VERY_SHORT = 80, 40
_TITLES_ALIKE = 0.5
_AROUND, _AROUND_IN_TITLES = 3, 2
"""Words next to a replaced one that must agree, both sides together."""
_REPLACED = 6
"""More words in one place are not filled in but written anew."""
_CAPITALS = 0.3
"""Share of words with a capital above which a capital says little: German, Headlines Like This."""
_FORM, _FORM_LEAST = 0.35, 4
_MUCH_THE_SAME = 0.8


@dataclass(frozen=True)
class _Text:
    """`words` folded, `printed` as they stand there."""

    words: tuple[str, ...]
    printed: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "_Text":
        printed = as_printed(unopened(text)[:_LOOKED_AT])
        words = fold(" ".join(printed)).text.split()
        if len(words) != len(printed):  # a "word" of mere decoration
            words = [word.lower() for word in printed]
        return cls(tuple(words), tuple(printed))

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(w for w in self.words if not w.isalpha())

    @cached_property
    def _named(self) -> list[str]:
        both = zip(self.words, self.printed, strict=True)
        return [word for word, printed in both if printed != printed.lower()]

    @cached_property
    def names(self) -> frozenset[str]:
        """Words with a capital; scripts without capitals have none."""
        return frozenset(self._named)

    @property
    def capitals(self) -> float:
        return len(self._named) / max(1, len(self.words))

    @cached_property
    def caseless(self) -> bool:
        return not any(word.lower() != word.upper() for word in self.printed)


@dataclass
class _Changes:
    """`agree`: words in common; `facts`: names and numbers among them."""

    agree: int = 0
    facts: int = 0
    numbers: int = 0
    names: int = 0
    any: int = 0


def other_news(one: Texts, other: Texts) -> bool:
    """To be asked of texts that share many shingles; of others the answer means nothing."""
    same_form = _same_form(_Text.of(one.title), _Text.of(other.title))
    left, right = (_Text.of("\n".join(written(texts))) for texts in (one, other))
    told = _changes(left, right)
    fewest = min(len(left.words), len(right.words))
    german = max(left.capitals, right.capitals) > _CAPITALS
    if fewest < _SHORT:
        enough = 3 if german else 1 if fewest < _VERY_SHORT else 2
        return same_form or told.numbers > 0 or told.names >= enough
    if same_form and told.agree < _MUCH_THE_SAME * fewest:
        return True
    changed = told.numbers + (0 if german else told.names)
    return changed >= _FORM_LEAST and changed > _FORM * (changed + told.facts)


def _same_form(left: _Text, right: _Text) -> bool:
    """Whether two titles are one form filled in twice."""
    found = _changes(left, right, _AROUND_IN_TITLES)
    longest = max(len(left.words), len(right.words))
    filled_in = found.numbers or found.names or (found.any and left.caseless and right.caseless)
    return bool(filled_in) and found.agree >= _TITLES_ALIKE * longest


def _changes(left: _Text, right: _Text, least: int = _AROUND) -> _Changes:
    found = _Changes()
    for same, mine, theirs, around in _blocks(left.words, right.words):
        found.agree += same
        if around >= least and 0 < max(len(mine), len(theirs)) <= _REPLACED and mine and theirs:
            found.any += 1
            if _replaced(mine, theirs, left.numbers, right.numbers):
                found.numbers += 1
            elif _replaced(mine, theirs, left.names, right.names):
                found.names += 1
    kept = set(left.words) & set(right.words)
    found.facts = len(kept & (left.numbers | left.names))
    return found


def _replaced(
    mine: Sequence[str], theirs: Sequence[str], of_mine: frozenset[str], of_theirs: frozenset[str]
) -> bool:
    """Whether both have one there that the other text has nowhere."""
    left = {word for word in mine if word in of_mine} - of_theirs
    right = {word for word in theirs if word in of_theirs} - of_mine
    return any(not (a.startswith(b) or b.startswith(a)) for a in left for b in right)


def _blocks(
    left: Sequence[str], right: Sequence[str]
) -> Iterator[tuple[int, Sequence[str], Sequence[str], int]]:
    """(words that agree, what then differs on either side, agreeing words around that)."""
    steps = Levenshtein.opcodes(left, right)
    blocks: list[tuple[int, int, int, int, int]] = []
    same, i, j = 0, 0, 0
    for step in steps:
        if step.tag != "equal":
            continue
        blocks.append((same, i, step.src_start, j, step.dest_start))
        same, i, j = step.src_end - step.src_start, step.src_end, step.dest_end
    blocks.append((same, i, len(left), j, len(right)))
    following = [block[0] for block in blocks[1:]] + [0]
    for (before, i, to_i, j, to_j), after in zip(blocks, following, strict=True):
        yield before, left[i:to_i], right[j:to_j], before + after
