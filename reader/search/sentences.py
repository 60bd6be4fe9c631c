"""Where sentences end, judged by the written chunks between white space.

A sign like . ! ? ends one when white space follows, possibly behind closing marks; not after an
initial or an abbreviation ("U.S. Army", "Gen. Haftar", "т. е.", "bzw."), and not before a small
letter. The full stops of scripts without spaces end one wherever they stand. Where an abbreviation
and an end look alike, no end is assumed: two sentences taken for one lose no hit of SENT.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from reader.domain.fold import fold_key

NEVER, INSIDE, ALWAYS, BEFORE_WORDS, NOT_BEFORE_MONTHS, SURELY = range(6)
"""Whether a chunk ends a sentence, has an end inside only, or depends: "Dec. 16", "5. Mai"."""
NOTHING, SMALL, DIGIT, MONTH, OTHER, LINE_END = range(6)
"""How a chunk begins, or that its line is over; NOTHING has no letter or digit, and says nothing
about the sentence before it."""

IDEOGRAPHIC = "。！？｡"
"""These end a sentence with nothing behind them."""

_CLOSING = "\"'”’»›)\\]』」）】"
_END = re.compile(rf"([.!?…؟۔।॥։።{IDEOGRAPHIC}]+)[{_CLOSING}]*$")
_LETTER = r"[^\W\d_\u2e80-\U0003ffff]"
_INITIALS = re.compile(rf"(?:{_LETTER}\.)*{_LETTER}")
_NUMBER = re.compile(r"\d{1,2}")
_FIRST = re.compile(r"\w")
_INSIDE = re.compile(rf"[{IDEOGRAPHIC}]+[{_CLOSING}]*")

_ABBREVIATIONS = frozenset(
    [
        *("mr", "mrs", "ms", "messrs", "dr", "prof", "gen", "lt", "col", "maj", "sgt", "cpl"),
        *("capt", "cmdr", "cdr", "adm", "brig", "pvt", "hon", "rep", "sen", "gov", "pres", "rev"),
        *("fr", "st", "ste", "mt", "ft", "jr", "sr", "vs", "inc", "ltd", "dept", "approx"),
        *("bzw", "ca", "vgl", "sog", "evtl", "ggf", "inkl", "zzgl", "hr", "nr", "mio", "mrd"),
        *("str", "bspw", "geb", "dipl", "ing", "stv", "u.a", "d.h", "mm", "mme", "mlle", "cf"),
        *("env", "av", "sra", "srta", "dra", "uds", "gral", "cnel", "pag", "num", "exmo", "exma"),
        *("sig", "dott", "avv", "ee", "uu", "ee.uu", "гг", "вв", "др", "ул", "им", "см", "проф"),
        *("ген", "акад", "стр", "рис", "обл", "тыс", "руб", "пл", "пер", "корп", "зам", "вул"),
        *("див", "ім", "тис", "ul", "np", "tzw", "plk", "mjr", "godz", "tj", "tzv", "napr"),
        *("m.in", "inz", "mgr", "cad", "sok", "mah", "dhr", "mevr", "drs", "bijv", "bl.a"),
        *("f.eks", "t.ex"),
    ]
)
_BEFORE_NUMBERS = frozenset(
    [
        *("no", "nos", "vol", "fig", "art", "p", "pp", "par", "sec", "ch", "abs", "kap", "jan"),
        *("feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
        *("ст", "пп", "гл"),
    ]
)
_MONTHS = frozenset(
    [
        *("januar", "jänner", "februar", "märz", "april", "mai", "juni", "juli", "august"),
        *("september", "oktober", "november", "dezember", "jahrhundert", "jahrestag"),
    ]
)


def ending(chunk: str) -> int:
    """What a chunk without white space says about the end of a sentence, in it or behind it."""
    found = _END.search(chunk)
    if not found:
        return INSIDE if _INSIDE.search(chunk) else NEVER
    if found[1] != ".":
        return ALWAYS
    word = fold_key(chunk[: found.start()].lstrip("\"'“”„‘«‹([{—–-"))
    if _INITIALS.fullmatch(word) or word in _ABBREVIATIONS:
        return NEVER
    if word in _BEFORE_NUMBERS:
        return BEFORE_WORDS
    return NOT_BEFORE_MONTHS if _NUMBER.fullmatch(word) else ALWAYS


def inside(chunk: str) -> list[str]:
    """The sentences in a chunk of a script without spaces; one for any other chunk."""
    ends = [0, *(found.end() for found in _INSIDE.finditer(chunk)), len(chunk)]
    return [chunk[a:b] for a, b in pairwise(ends) if a < b]


def opening(chunk: str) -> int:
    """How a chunk begins, for the sentence before it."""
    first = _FIRST.search(chunk)
    if not first:
        return NOTHING
    if first.group().islower():
        return SMALL
    if first.group().isdigit():
        return DIGIT
    return MONTH if chunk.strip(".,;:()").lower() in _MONTHS else OTHER


def ends_before(kind: int, opening: int) -> bool:
    """Whether a sentence ends behind a chunk of this `kind`, when that is how the next one but
    for those of NOTHING begins."""
    if kind in (NEVER, INSIDE):
        return False
    if kind == SURELY or opening == LINE_END:
        return True
    left_out = {BEFORE_WORDS: DIGIT, NOT_BEFORE_MONTHS: MONTH}.get(kind)
    return opening not in (NOTHING, SMALL, left_out)


def ends(kind: int, chunks: Sequence[str], after: int) -> bool:
    """Whether a sentence ends between a chunk of this `kind` and `chunks[after:]`."""
    if kind in (NEVER, INSIDE):
        return False
    openings = (opening(chunks[index]) for index in range(after, len(chunks)))
    return ends_before(kind, next((one for one in openings if one != NOTHING), LINE_END))
