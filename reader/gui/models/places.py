"""What stands in the sidebar, as plain values made from an `Overview`; knows nothing of Qt."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reader.domain.alert import AlertRule
from reader.domain.entity import EntityLine
from reader.domain.feed import FeedLine
from reader.domain.library import FolderLine, Overview
from reader.domain.scope import Scope
from reader.domain.search import SavedLine
from reader.domain.watchlist import Watchlist
from reader.gui import words

TOP_ENTITIES = 12
"""How many tracked entities are shown before "Show all"."""


@dataclass(frozen=True, slots=True)
class Place:
    """A row. `kind`: section, library, saved, shelf (a folder of saved searches), folder, feed,
    list (a watchlist), entity, more, act (it stands for an action), tag or hint.

    `key` is the same for the same thing in every overview. `below` are the rows under it.
    """

    kind: str
    key: str
    title: str
    count: int = 0
    unread: int = 0
    icon: str = ""
    type: str = ""
    """Of an entity."""
    tip: str = ""
    problem: str = ""
    """Why it needs attention: a feed's last error, a saved search that cannot be run."""
    addable: str = ""
    """The id of the action that adds something to this section, or that the row stands for."""
    scope: Scope | None = None
    item: Any = field(default=None, compare=False)
    """The `FeedLine`, `SavedLine`, `EntityLine` or tag it was made from."""
    below: "tuple[Place, ...]" = ()
    days: tuple[int, ...] = ()
    """Of a saved search: its hits on each of the last days, oldest first."""
    room: tuple[int, int] = (0, 0)
    """The largest count and unread among its like, so that what stands beside them is in line."""
    off: bool = False
    """Of a watchlist: it is switched off."""
    published: bool = False
    """It is kept current in a file for other programs."""


_DISCOVER = Place(
    "act", "act:discover", "Discover names…", icon="search", addable="discover",
    tip="Names that are frequent of late and that nobody tracks (Ctrl+Shift+N)",
)  # fmt: skip

_STARTER = Place(
    "act", "act:starter", "Add a starter watchlist…", icon="library", addable="starter",
    tip="Names to begin with, which the program brings along; Ctrl+Z takes them back",
)  # fmt: skip


def sections(
    overview: Overview, *, all_entities: bool = False, known: bool = True,
    kept: Collection[int] = (), trouble: str = "",
) -> list[Place]:  # fmt: skip
    """The whole sidebar. Sections that would be empty say how to fill them, once it is `known`.

    `kept`: ids of entities that are listed however rarely they are mentioned. `trouble`: why
    alerts do not arrive, in a sentence.
    """
    rows = [
        _section("library", "Library", _library(overview, trouble)),
        _section("saved", "Saved searches", _searches(overview), "save_search",
                 "Search, then press Ctrl+S"),
        _section("feeds", "Feeds", _feeds(overview), "add_feed", "Add a feed with Ctrl+N"),
        _section("entities", "Entities", _tracked(overview, all_entities, kept),
                 "track", "Select a name, then Ctrl+E"),
    ]  # fmt: skip
    acts = [*([] if overview.entities else [_STARTER]), *([_DISCOVER] if overview.feeds else [])]
    rows[-1] = replace(rows[-1], below=(*rows[-1].below, *acts))
    if not known:
        return [replace(row, below=()) if row.key != "section:library" else row for row in rows]
    if overview.tags:
        rows.append(_section("tags", "Tags", [_tag(name, n) for name, n in overview.tags]))
    return rows


def _section(
    key: str, title: str, below: Iterable[Place], addable: str = "", hint: str = ""
) -> Place:
    rows = tuple(below)
    if not rows and hint:
        rows = (Place("hint", f"hint:{key}", hint),)
    return Place("section", f"section:{key}", title, addable=addable, below=rows)


def _library(overview: Overview, trouble: str) -> list[Place]:
    totals = overview.totals
    return [
        Place("library", "all", "All articles", totals.articles, icon="inbox", scope=Scope()),
        Place(
            "library", "unread", "Unread", totals.unread, icon="mail", scope=Scope(unread=True)
        ),
        Place(
            "library", "starred", "Starred", totals.starred, icon="star", scope=Scope(starred=True)
        ),
        Place(
            "library", "alerts", "Alerts", 0, totals.alerts_unseen, icon="bell",
            tip=trouble, problem=trouble, scope=Scope(alerts=True),
        ),
    ]  # fmt: skip


def _searches(overview: Overview) -> list[Place]:
    """Folders first, by name, each with its searches; then those in none."""
    room = (
        max((line.total for line in overview.saved), default=0),
        max((line.unread for line in overview.saved), default=0),
    )
    counts = {folder.path: folder for folder in overview.saved_folders}
    inside: dict[str, list[Place]] = {name: [] for name in counts}
    for line in overview.saved:
        inside.setdefault(line.saved.folder, []).append(_saved(line, room))
    top = inside.pop("", [])
    names = sorted(inside, key=str.casefold)
    return [*(_shelf(name, counts.get(name), inside[name]) for name in names), *top]


def _shelf(name: str, counts: FolderLine | None, below: Sequence[Place]) -> Place:
    articles, unread = (counts.articles, counts.unread) if counts else (0, 0)
    told = f"{words.counted(articles, 'article')}, {words.number(unread)} unread"
    return Place(
        "shelf", f"shelf:{name}", name, articles, unread,
        tip=f"{name}\n{words.counted(len(below), 'saved search', 'saved searches')}\n{told}",
        scope=Scope(saved_folder=name), item=name, below=tuple(below),
    )  # fmt: skip


def _saved(line: SavedLine, room: tuple[int, int]) -> Place:
    saved = line.saved
    return Place(
        "saved", f"saved:{saved.id}", saved.name, line.total, line.unread,
        icon="bell" if saved.alert else "search", tip="\n".join(_about(line)),
        problem=saved.broken, scope=Scope(saved=saved.id), item=line, days=line.days, room=room,
        published=bool(line.files),
    )  # fmt: skip


def _about(line: SavedLine) -> Iterator[str]:
    """A saved search in full, for its tool tip."""
    saved = line.saved
    yield saved.name
    if saved.broken:
        yield f"It cannot be run: {saved.broken}"
        yield "What it found before is kept; edit it to mend it."
    yield saved.query
    yield f"{words.counted(line.total, 'article')}, {words.number(line.unread)} unread"
    if line.days:
        yield f"{words.number(sum(line.days))} in the last {len(line.days)} days"
    if saved.alert:
        yield f"Alert: {saved.rule.when}, {_ways(saved.rule)}"
    if line.files:
        yield f"Published to {', '.join(line.files)}"
    if line.kept or line.noise:
        share = round(100 * line.kept / (line.kept + line.noise))
        yield f"{words.number(line.kept)} kept · {words.number(line.noise)} noise · {share} %"


def _ways(rule: AlertRule) -> str:
    """Where its alerts go."""
    names = {"desktop": "on the desktop", "email": "by e-mail", "webhook": "to the webhook",
             "command": "to the command"}  # fmt: skip
    return ", ".join(names.get(channel, channel) for channel in rule.channels) or "in the inbox"


def _feeds(overview: Overview) -> list[Place]:
    """Folders first, by name, each with what is in it; then the feeds of the top."""
    counts = {folder.path: folder for folder in overview.folders}
    names = words.feed_names(line.feed for line in overview.feeds)
    paths = set(counts)
    for line in overview.feeds:
        paths.update(_ancestry(line.feed.folder))
    for path in tuple(paths):
        paths.update(_ancestry(path))

    def folder(path: str) -> Place:
        known = counts.get(path)
        return Place(
            "folder", f"folder:{path}", path.rpartition("/")[2],
            known.articles if known else 0, known.unread if known else 0,
            scope=Scope(folder=path), item=path, below=tuple(inside(path)),
        )  # fmt: skip

    def inside(path: str) -> list[Place]:
        folders = sorted((p for p in paths if _above(p) == path), key=str.casefold)
        feeds = [line for line in overview.feeds if line.feed.folder == path]
        rows = [_feed(line, names[line.feed.id]) for line in feeds]
        return [*map(folder, folders), *sorted(rows, key=lambda row: row.title.casefold())]

    return inside("")


def _ancestry(path: str) -> list[str]:
    """ "A/B/C" → "A", "A/B", "A/B/C"."""
    parts = path.split("/") if path else []
    return ["/".join(parts[: n + 1]) for n in range(len(parts))]


def _above(path: str) -> str:
    return path.rpartition("/")[0]


def _feed(line: FeedLine, name: str) -> Place:
    feed = line.feed
    counts = f"{words.counted(line.articles, 'article')}, {words.number(line.unread)} unread"
    tip = f"{feed.title}\n{feed.url}\n{counts}" if feed.title else f"{feed.url}\n{counts}"
    return Place(
        "feed", f"feed:{feed.id}", name, line.articles, line.unread,
        tip=f"{name}\n{feed.error}" if feed.error else tip, problem=feed.error,
        scope=Scope(feed=feed.id), item=line,
    )  # fmt: skip


def ranked(lines: Iterable[EntityLine]) -> list[EntityLine]:
    """The most mentioned first."""
    return sorted(lines, key=lambda line: (-line.articles, line.entity.name.casefold()))


def _tracked(overview: Overview, everything: bool, kept: Collection[int]) -> list[Place]:
    """By watchlist, as soon as there are two; those that are switched off last, and closed."""
    if len(overview.watchlists) < 2 and all(one.enabled for one in overview.watchlists):
        return _entities(overview.entities, everything, kept)
    inside: dict[str, list[EntityLine]] = {}
    for line in overview.entities:
        inside.setdefault(line.entity.watchlist, []).append(line)
    order = sorted(overview.watchlists, key=lambda one: (not one.enabled, one.name.casefold()))
    return [_list(one, inside.get(one.name, ()), everything, kept) for one in order]


def _list(
    watchlist: Watchlist, lines: Sequence[EntityLine], everything: bool, kept: Collection[int]
) -> Place:
    told = [watchlist.name, words.counted(len(lines), "name")]
    told += ["Switched off: not looked for"] if not watchlist.enabled else []
    told += [watchlist.note] if watchlist.note else []
    rows = _entities(lines, everything, kept, watchlist.name) if watchlist.enabled else ()
    return Place(
        "list", f"list:{watchlist.name}", watchlist.name, tip="\n".join(told),
        icon="" if watchlist.enabled else "eye-off", item=watchlist.name, below=tuple(rows),
        off=not watchlist.enabled,
    )  # fmt: skip


def _entities(
    lines: Sequence[EntityLine], everything: bool, kept: Collection[int], watchlist: str = ""
) -> list[Place]:
    order = ranked(lines)
    shown = [
        line for n, line in enumerate(order)
        if everything or n < TOP_ENTITIES or line.entity.id in kept
    ]  # fmt: skip
    rows = [_entity(line) for line in shown]
    if len(order) > len(shown) or (everything and len(order) > TOP_ENTITIES):
        title = "Show fewer" if everything else f"Show all {words.number(len(order))}"
        key = f"more:{watchlist or 'entities'}"
        rows.append(Place("more", key, title, icon="ellipsis"))
    return rows


def _entity(line: EntityLine) -> Place:
    entity = line.entity
    counts = f"{words.counted(line.articles, 'article')}, {words.counted(line.mentions, 'mention')}"
    return Place(
        "entity", f"entity:{entity.id}", entity.name, line.articles, type=entity.type,
        tip=f"{entity.name} ({entity.type}, {entity.watchlist})\n{counts}",
        scope=Scope(entity=entity.id), item=line,
    )  # fmt: skip


def _tag(name: str, count: int) -> Place:
    return Place("tag", f"tag:{name}", name, count, icon="tag", scope=Scope(tag=name), item=name)
