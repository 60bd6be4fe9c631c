"""Letters that stand in every word for which a slot is true, so that a text need not be cut."""

import re
from functools import lru_cache

from reader.search.analysis import small
from reader.search.stems import stem
from reader.search.syntax import Slot

SHORTEST_NEEDLE = 3
"""Fewer letters stand in too many other words."""
_CHANGED = {"": re.compile(r"(?!)"), "en": re.compile(r"(?:ie|ble?|[eiy])$")}
"""By language what the end of a stem may be that its inflections do not have: `happi` of happy,
`die` of dying, `possibl` of possibility; everything before it they have, first. Known of English
alone; other languages take more away, or write it differently."""
_LITERAL = re.compile(r"[^*?]+")


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
