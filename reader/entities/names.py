"""What in a text may be a name, without a list of names: capitals inside of sentences, designators.

Found are runs of capitalised words ("Gleb Irisov", "Ministry of Defence", "bin Salman"), acronyms
and designators ("T-90M"). A capital at the beginning of a sentence or in a title written with
Capitals Throughout says nothing, so there a run is only `seen`, not a `sign` of a name. In German,
where every noun has a capital, only acronyms, designators and runs of two words or more are told.
Scripts without capitals (Arabic, Hebrew, Chinese, Japanese, Korean, Thai, …) have designators only:
names in them are not discovered.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from reader.domain.fold import fold_key
from reader.entities.words import is_common

_EVERY_NOUN = frozenset({"de", "lb", "nds"})
_PARTICLES = (
    r"(?:al|el|bin|ibn|bint|abu|ben|de|del|della|di|da|dos|du|des|la|le|van|von|der|den|of|for"
    r"|аль|эль|ибн|бен|оглы|фон|ван)"
)
_NUMBERED = r"(?<![\w-])[{upper}]{{1,5}}[a-zа-я]?-?\d{{1,4}}(?:[{upper}]{{1,3}}\d?)?(?![\w-])"
_BEGINS = re.compile(r"(?:^|[.!?…:;•|\n\"“„«»(\[—–]\s*|\s[-‐]\s*)[\"'“„«»‘’(\[\s]*$")
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$", re.IGNORECASE)
_SUFFIX = re.compile(r"['’]\w{1,5}$")
_MOST_WORDS = 6
_SHOUTED = 0.6
"""Share of the longer words of a line with capitals from which capitals say nothing in it."""
_LEAST_SHOUTED = 4
_TITLE = 20
"""Words of a line that may be a title."""
_BACK = 8
_EVERYDAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|mr|mrs|ms|dr|sir|lord|president|minister"
    r"|general|gen|colonel|col|king|queen|prince|pope|prime|foreign|i|ii|iii|am|pm|gmt|utc|us\$"
    r"|the|an?|and|or|but|in|on|at|of|to|for|by|with|from|as|if|it|its|he|his|she|her|we|our|they"
    r"|their|this|that|these|those|there|then|when|while|after|before|my|you|your|who|what|how"
    r"|в|на|по|из|с|со|и|а|но|к|у|о|об|от|за|до|не|это|как|что|для|при|та|і|й|з|із|що|до|від"
    r"|les?|la|des?|du|dans|pour|un|une|et|en|el|los|las|del|il|lo|gli|bir|ve|bu"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
)


class Name(NamedTuple):
    """`text[start:end]`. `sign`: its capitals say that it is a name; else it is only seen."""

    text: str
    start: int
    end: int
    sign: bool
    designator: bool = False


def names(text: str, language: str = "") -> Iterator[Name]:
    """In reading order; of overlapping ones only the longest, but a part of a run may be told
    too: without its first word where that begins a sentence."""
    strict = language[:2] in _EVERY_NOUN or language in _EVERY_NOUN
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield from _in_line(line, start, strict)
        start += len(line) + 1


@lru_cache(100_000)
def key(name: str) -> str:
    """Equal for the spellings of one name: folded, designators without space or dash."""
    folded = fold_key(name)
    return folded.replace(" ", "") if is_designator(name) else folded


def is_designator(name: str) -> bool:
    return bool(_patterns()[1].fullmatch(name))


def _in_line(line: str, offset: int, strict: bool) -> Iterator[Name]:
    """`offset`: where in the text the line begins."""
    run, designator = _patterns()
    loud = _is_loud(line)
    for found in designator.finditer(line):
        start, end = found.span()
        sign = not loud or "-" in found.group()
        yield Name(found.group(), offset + start, offset + end, sign, designator=True)
    for found in run.finditer(line):
        start = found.start()
        first = _begins(line, start)
        for text, begins, ends, sign, _ in _parts(found.group(), first):
            if not (strict and _is_noun(text)):
                place = offset + start
                yield Name(text, place + begins, place + ends, sign and not loud)


def _begins(line: str, start: int) -> bool:
    """Whether a sentence begins there, or may begin; most places are told by one letter before."""
    if start > 1 and line[start - 1] == " " and line[start - 2].isalpha():
        return False
    return start == 0 or bool(_BEGINS.search(line[max(0, start - _BACK) : start]))


@lru_cache(100_000)
def _parts(run: str, first: bool) -> tuple[Name, ...]:
    """The run; where it begins a sentence, also what follows its first word."""
    whole = _trimmed(run, 0)
    if whole is None:
        return ()
    if not first or whole.start or _is_acronym(whole.text):
        return (whole,)
    space = whole.text.find(" ")
    rest = _trimmed(run, space + 1) if space > 0 else None
    seen = whole._replace(sign=False)
    return (seen, rest) if rest is not None else (seen,)


def _trimmed(run: str, start: int) -> Name | None:
    """Without everyday words and particles at its ends, and without a possessive."""
    words, place = [], start
    for word in run[start:].split(" "):
        words.append((place, word))
        place += len(word) + 1
    while words and _is_everyday(words[0][1]):
        words.pop(0)
    while words and _is_everyday(words[-1][1]):
        words.pop()
    if not words or len(words) > _MOST_WORDS:
        return None
    first, (last, word) = words[0][0], words[-1]
    end = last + len(word if word.isalpha() else _SUFFIX.sub("", _POSSESSIVE.sub("", word)))
    text = run[first:end]
    if len(text) < 2 or (" " not in text and is_common(text) and not _is_acronym(text)):
        return None
    return Name(text, first, end, sign=True)


@lru_cache(50_000)
def _is_everyday(word: str) -> bool:
    plain = word.strip("-'’.")
    return (
        not plain
        or plain[0].islower()
        or (bool(_EVERYDAY.fullmatch(plain.lower())) and not _is_acronym(plain))
    )


def _is_acronym(text: str) -> bool:
    return text.isupper() and 1 < len(text) <= _MOST_WORDS


def _is_noun(name: str) -> bool:
    """What may be a mere noun in a language that writes nouns with capitals."""
    return " " not in name and not _is_acronym(name)


def _is_loud(line: str) -> bool:
    """Whether it is a title, and most of its longer words have capitals."""
    words = line.split(maxsplit=_TITLE)
    if len(words) > _TITLE or (line.rstrip()[-1:] in ".!?…" and not line.isupper()):
        return False
    longer = [word for word in words if len(word) >= _LEAST_SHOUTED]
    capitals = sum(word[0].isupper() or word[1:2].isupper() for word in longer)
    return len(longer) >= _LEAST_SHOUTED and capitals >= _SHOUTED * len(longer)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Runs of capitalised words, and designators; `re` has no class of capitals of its own."""
    upper = "".join(f"{chr(low)}-{chr(high)}" for low, high in _capitals())
    word = rf"[{upper}][^\W\d_]*(?:['’\-‐‑][^\W\d_]+)*"
    more = rf"(?: (?:{_PARTICLES}[ \-]){{0,2}}{word}){{0,{_MOST_WORDS}}}"
    return re.compile(rf"(?<![\w@#/]){word}{more}(?![\w@/]|-\w)"), re.compile(
        _NUMBERED.format(upper=upper)
    )


def _capitals() -> list[tuple[int, int]]:
    """Ranges of capitals in Latin, Greek, Cyrillic, Armenian and Georgian."""
    ranges: list[tuple[int, int]] = []
    for code in (*range(0x41, 0x590), *range(0x1E00, 0x2000)):
        if unicodedata.category(chr(code)) in ("Lu", "Lt"):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1] = (ranges[-1][0], code)
            else:
                ranges.append((code, code))
    return ranges
