"""What each filter of a query means, said once, for the matcher and for whoever asks the database.

Names are compared folded: case, accents and spaces of several kinds do not count.
"""

import re
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from itertools import zip_longest
from typing import Protocol
from urllib.parse import urlsplit

from reader.domain.article import SearchDocument
from reader.domain.fold import fold_key
from reader.domain.folders import split

STATES = ("unread", "read", "starred", "note", "revision")
"""Values of `is:` and `has:`."""


class Filters(Protocol):
    """The articles of a library by property, with the predicates of this module."""

    def ids(self, field: str, value: str) -> Collection[int]:
        """Ids of the articles for which `holds(field, value, article)` is true.

        `field` is one of "feed", "folder", "outlet", "lang", "tag", "note", "entity", "type",
        "watchlist", "is" and "has".
        """


def holds(field: str, value: str, document: SearchDocument) -> bool:
    """Whether the filter `field:value` is true of an article. KeyError for an unknown field."""
    return _HOLDS[field](value, document)


@lru_cache(maxsize=10_000)
def feed_matches(value: str, url: str, title: str) -> bool:
    """The subscribed address itself, or every word of `value` in the title or the host."""
    return value.strip() == url or _words_in(value, f"{title} {host_of(url)}")


def folder_matches(value: str, path: str) -> bool:
    """The folder and all below it: by its whole path "A/B", or by the name of any folder in it."""
    wanted, parts = _path(value), _path(path)
    if not wanted or not parts:
        return False
    return parts[: len(wanted)] == wanted or (len(wanted) == 1 and wanted[0] in parts)


def outlet_matches(value: str, name: str) -> bool:
    """Every word of `value` in the outlet's name."""
    return _words_in(value, name)


def language_matches(value: str, language: str) -> bool:
    """`en` is also true of `en-GB`; `en-GB` only of itself."""
    wanted, found = value.strip().lower().replace("_", "-"), language.lower().replace("_", "-")
    return bool(wanted) and (found == wanted or found.startswith(wanted + "-"))


def tag_matches(value: str, tag: str) -> bool:
    """The tag itself, or one below it: `a` finds `a/b`."""
    wanted = _path(value)
    return bool(wanted) and _path(tag)[: len(wanted)] == wanted


def note_matches(value: str, note: str) -> bool:
    """The words of `value` stand in the note in this order, side by side."""
    wanted = _words(value)
    return bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(_words(note))} "


def entity_matches(value: str, name: str, aliases: Iterable[str] = ()) -> bool:
    """The entity's name or any alias of it, whole."""
    wanted = fold_key(value)
    return bool(wanted) and (
        wanted == fold_key(name) or any(wanted == fold_key(a) for a in aliases)
    )


def same_name(value: str, name: str) -> bool:
    """For types and watchlists."""
    return bool(value.strip()) and fold_key(value) == fold_key(name)


def host_of(url: str) -> str:
    """Without "www."; "" when the address has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold_key(text))


def _words_in(value: str, text: str) -> bool:
    wanted = _words(value)
    return bool(wanted) and set(wanted) <= set(_words(text))


def _path(text: str) -> list[str]:
    return [fold_key(name) for name in split(text)]


def _is(value: str, document: SearchDocument) -> bool:
    states = {
        "read": document.read,
        "unread": not document.read,
        "starred": document.starred,
        "note": bool(document.note),
        "revision": document.has_revision,
    }
    return states.get(value, False)


def _entity(value: str, document: SearchDocument) -> bool:
    names = [name for name, _type, _watchlist in document.entities]
    known = zip_longest(names, document.aliases[: len(names)], fillvalue=())
    return any(entity_matches(value, str(name), aliases) for name, aliases in known)


_HOLDS: dict[str, Callable[[str, SearchDocument], bool]] = {
    "feed": lambda value, d: any(feed_matches(value, url, title) for url, title in d.feeds),
    "folder": lambda value, d: any(folder_matches(value, path) for path in d.folders),
    "outlet": lambda value, d: any(outlet_matches(value, name) for name in d.outlets),
    "lang": lambda value, d: language_matches(value, d.language),
    "tag": lambda value, d: any(tag_matches(value, tag) for tag in d.tags),
    "note": lambda value, d: note_matches(value, d.note),
    "entity": _entity,
    "type": lambda value, d: any(same_name(value, type_) for _, type_, _ in d.entities),
    "watchlist": lambda value, d: any(same_name(value, name) for _, _, name in d.entities),
    "is": _is,
    "has": _is,
}
