"""Why a query finds nothing, when what it filters by is the reason. Plain sentences."""

from collections.abc import Callable, Iterable, Sequence

from reader.domain import filters
from reader.domain.quoting import quoted
from reader.search.language import Query
from reader.search.syntax import Where, shown
from reader.services.catalog import Catalog, near, words_key

_SHOWN = 6
"""Names that are given as examples."""
_STATES = {
    "unread": "No article is unread.",
    "read": "No article is read yet.",
    "starred": "No article is starred yet.",
    "note": "No article has a note yet.",
    "revision": "No article has an earlier text yet.",
}
_WHAT = {"feed": "feed", "folder": "folder", "outlet": "outlet", "tag": "tag", "type": "type"}

_EDITS = ((8, 2), (4, 1))
"""Letters from which so many typing errors are allowed in a name."""


def lacking(query: Query, holds: Callable[[Where], bool], catalog: Catalog) -> str:
    """A sentence on the first filter that no article of the library passes; "" without one.

    `holds` says whether any article passes a filter.
    """
    found = next((one for one in query.filters() if not holds(one)), None)
    return _sentence(found.field, found.value, catalog) if found else ""


def _sentence(field: str, value: str, catalog: Catalog) -> str:
    if value in _STATES and field in ("is", "has"):
        return _STATES[value]
    if field == "note":
        return f"No note has the words “{shown(value)}”."
    if field == "lang":
        return f"No article has the language “{shown(value)}”; {_languages(catalog)}."
    if asleep := catalog.switched_off().why(field, value):
        return f"{asleep}: switch it on to find its names."
    if _known(field, value, catalog):
        return f"{field}:{quoted(shown(value))} is known, but no article has it yet."
    names = _names(field, catalog)
    what = "tracked name" if field == "entity" else _WHAT.get(field, field)
    nearest = _called(field, value, catalog) or _nearest(value, names)
    if nearest:
        return f"There is no {what} “{shown(value)}”. Did you mean {field}:{quoted(nearest)}?"
    return f"There is no {what} “{shown(value)}”{_there_are(field, catalog)}."


def _there_are(field: str, catalog: Catalog) -> str:
    """What can be asked for instead; "" when there is nothing."""
    if field == "feed":
        return ""  # six addresses would be longer than anybody reads
    if field == "entity":
        names = [one.name for one in catalog.entities()]
    else:
        names = [*_names(field, catalog)]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"; there are: {', '.join(names[:_SHOWN])}{more}" if names else ""


def _languages(catalog: Catalog) -> str:
    codes = sorted(filter(None, catalog.languages()))
    if not codes:
        return "the languages of its articles are not known"
    more = ", …" if len(codes) > 2 * _SHOWN else ""
    return f"those of this library are written {', '.join(codes[: 2 * _SHOWN])}{more}"


def _known(field: str, value: str, catalog: Catalog) -> bool:
    if field == "entity":
        return any(
            filters.entity_matches(value, one.name, one.spellings) for one in catalog.entities()
        )
    if field == "feed":
        return any(filters.feed_matches(value, f.url, f.title) for f in catalog.feed_names())
    matches = {
        "folder": filters.folder_matches,
        "outlet": filters.outlet_matches,
        "tag": filters.tag_matches,
    }.get(field, filters.same_name)
    return any(matches(value, name) for name in _names(field, catalog))


def _names(field: str, catalog: Catalog) -> Sequence[str]:
    """As a query may write them."""
    match field:
        case "type":
            return catalog.types()
        case "watchlist":
            return catalog.watchlists()
        case "feed":
            return [one.value for one in catalog.feeds()]
        case "entity":
            return [name for one in catalog.entities() for name in one.spellings]
    named = {"folder": catalog.folders, "outlet": catalog.outlets, "tag": catalog.tags}
    return [one.value for one in named[field]()]


def _called(field: str, value: str, catalog: Catalog) -> str:
    """The outlet that is also called so: WSJ; "" for none."""
    outlets = catalog.outlets() if field == "outlet" else ()
    return next((one.value for one in outlets if words_key(value) in one.keys), "")


def _nearest(value: str, names: Iterable[str]) -> str:
    """With a typing error or two, or with a word of it spelled so; "" when nothing is near."""
    key = words_key(value)
    by_key = {words_key(name): name for name in reversed([*names])}
    words = {word: name for whole, name in by_key.items() for word in whole.split()}
    most = next((edits for letters, edits in _EDITS if len(key) >= letters), 0)
    for edits in range(1, most + 1):
        for keys in (by_key, words):
            found = near(key, keys, edits)
            if found:
                return keys[found[0]]
    return ""
