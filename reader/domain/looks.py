"""How the types of entities look: a colour and an icon each, of fixed sets or, a colour, one's own.

What a colour is on a screen (light or dark, with enough contrast) is decided by the window.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reader.domain.entity import TYPES
from reader.errors import UsageError

COLOURS = (
    "amber", "blue", "green", "rose", "teal", "violet", "grey",
    "red", "orange", "lime", "cyan", "indigo", "magenta", "brown",
)  # fmt: skip
ICONS = (
    "user-round", "building-2", "map-pin", "crosshair", "calendar", "hash", "tag",
    "tags", "bell", "bookmark", "circle-alert", "clock-3", "command", "eye", "file-text", "folder",
    "image", "inbox", "info", "library", "link", "mail", "monitor", "moon", "newspaper", "pencil",
    "quote", "rss", "search", "settings", "share-2", "square", "star", "sticky-note", "sun",
    "triangle-alert", "upload",
)  # fmt: skip
"""All of them are drawings in `resources/icons`."""

_FREE = re.compile("#[0-9a-f]{6}")
_BUILT_IN = dict(zip(TYPES, zip(COLOURS, ICONS, strict=False), strict=False))
_OTHER = ("grey", "tag")


@dataclass(frozen=True, slots=True)
class EntityType:
    """`colour`: one of `COLOURS`, or "#rrggbb"; `icon`: one of `ICONS`; "": the usual one."""

    name: str
    colour: str = ""
    icon: str = ""

    @property
    def built_in(self) -> bool:
        return self.name in TYPES


@dataclass(frozen=True, slots=True)
class TypeLine:
    """A type as it looks (nothing is "" here), and how many entities are of it."""

    type: EntityType
    entities: int = 0


def looked(type_: EntityType) -> EntityType:
    """The same with the usual colour and icon where it says nothing."""
    colour, icon = _BUILT_IN.get(type_.name, _OTHER)
    return EntityType(type_.name, type_.colour or colour, type_.icon or icon)


def every_type(told: Iterable[EntityType], used: Iterable[str] = ()) -> list[EntityType]:
    """The built-in types first, then all others by name, as they look."""
    known = {one.name: one for one in told}
    own = sorted({*known, *used} - {*TYPES}, key=str.casefold)
    return [looked(known.get(name, EntityType(name))) for name in (*TYPES, *own)]


def colour_of(text: str) -> str:
    """As it is stored; UsageError for what is none. "" stays: the usual one."""
    colour = text.strip().lower()
    if colour and colour not in COLOURS and not _FREE.fullmatch(colour):
        raise UsageError(
            f"“{text}” is no colour: use {', '.join(COLOURS)}, or one of your own like #2f62c9."
        )
    return colour


def icon_of(text: str) -> str:
    """As it is stored; UsageError for what is none. "" stays: the usual one."""
    icon = text.strip().lower()
    if icon and icon not in ICONS:
        raise UsageError(f"There is no icon “{text}”; there are: {', '.join(ICONS)}.")
    return icon
