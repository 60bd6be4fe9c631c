"""Letters that stand in every word for which a slot is true, so that a text need not be cut."""

import re
from functools import lru_cache
from itertools import pairwise

from reader.search.analysis import JOIN, LONGEST, small
from reader.search.stems import stem
from reader.search.syntax import Slot

SHORTEST_NEEDLE = 3
"""Fewer letters stand in too many other words."""
_CHANGED = {"": re.compile(r"(?!)"), "en": re.compile(r"(?:ie|ble?|[eiy])$")}
"""By language what the end of a stem may be that its inflections do not have: `happi` of happy,
`die` of dying, `possibl` of possibility; everything before it they have, first. Known of English
alone; other languages take more away, or write it differently."""
_LITERAL = re.compile(r"[^*?]+")
_RUN = re.compile(r"[^\W_]+")
"""Written in one piece wherever it is; before it and behind it there may be several signs."""
_SIMPLE = re.compile(r"(?:[^\W_]|[-'.?*+^$]|\[[^][]+\]|\{[\d,]+\}|\\[dwDW.+*?])*")
"""Regular expressions without groups and choices."""
_OPEN = re.compile(r"\[[^]]*\]|\{[^}]*\}|\\.|.(?=[?*{])", re.DOTALL)
"""Of such a one, what may be another character or none."""


@lru_cache(maxsize=4_096)
def needle(slot: Slot, language: str) -> str:
    """In small letters, and in ASCII; "" when nothing is sure enough, or long enough."""
    found = _sure(slot, language)
    plain = found.isascii() and found.isalnum() and len(found) >= SHORTEST_NEEDLE
    return found if plain else ""


def _sure(slot: Slot, language: str) -> str:
    if slot.kind == "word":
        changed = _CHANGED.get(language)
        return changed.sub("", stem(slot.text, language)) if changed else ""
    if slot.kind == "glob":
        return max(_LITERAL.findall(slot.text), key=len, default="")
    if slot.kind == "cased":
        return small(slot.text)
    return slot.text if slot.kind == "exact" else ""


def needles(slot: Slot, language: str) -> frozenset[str] | None:
    """Every word for which the slot is true has one of these in small letters, of plain letters.

    One with a space in front begins a part of the word. Excepted are words with letters beyond
    ASCII: they are all that is meant where there are no needles. None when nothing is sure.
    """
    if slot.kind == "fuzzy":
        return _pieces(slot)
    if slot.kind == "regex":
        return _run(_OPEN.sub(" ", slot.text)) if _SIMPLE.fullmatch(slot.text) else None
    if JOIN in slot.text:
        parts = [needles(slot._replace(text=part), language) for part in slot.text.split(JOIN)]
        return max((part for part in parts if part is not None), key=_rarity, default=None)
    if slot.kind == "glob":
        return _run(slot.beginning, " ") or _run(slot.text)
    return _run(_sure(slot, language), " ")


def _run(text: str, before: str = "") -> frozenset[str] | None:
    """The longest run of letters of a text that is in every word."""
    runs = _RUN.findall(text)
    if not all(map(str.isascii, runs)):
        return frozenset()
    return frozenset([before + max(runs, key=len)]) if runs else None


def _pieces(slot: Slot) -> frozenset[str] | None:
    """One typing error can touch two pieces of a word, so that one in more than twice as many as
    there may be errors is left as it was."""
    count = 2 * slot.edits + 1
    cuts = [len(slot.text) * number // count for number in range(count + 1)]
    pieces = [_run(slot.text[start:end]) for start, end in pairwise(cuts)]
    found = [piece for piece in pieces if piece is not None]
    return frozenset().union(*found) if len(found) == count else None


def _rarity(needles: frozenset[str]) -> int:
    return min(map(len, needles), default=LONGEST)
