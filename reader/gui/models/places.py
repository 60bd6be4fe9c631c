"""What stands in the sidebar, as plain values made from an `Overview`; knows nothing of Qt."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reader.domain.entity import EntityLine
from reader.domain.feed import FeedLine
from reader.domain.library import Overview
from reader.domain.scope import Scope
from reader.domain.search import SavedLine
from reader.gui import words

TOP_ENTITIES = 12
"""How many tracked entities are shown before "Show all"."""


@dataclass(frozen=True, slots=True)
class Place:
    """A row. `kind`: section, library, saved, folder, feed, entity, more, tag or hint.

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
    """The id of the action that adds something to this section."""
    scope: Scope | None = None
    item: Any = field(default=None, compare=False)
    """The `FeedLine`, `SavedLine`, `EntityLine` or tag it was made from."""
    below: "tuple[Place, ...]" = ()


def sections(
    overview: Overview, *, all_entities: bool = False, known: bool = True,
    kept: Collection[int] = (),
) -> list[Place]:  # fmt: skip
    """The whole sidebar. Sections that would be empty say how to fill them, once it is `known`.

    `kept`: ids of entities that are listed however rarely they are mentioned.
    """
    rows = [
        _section("library", "Library", _library(overview)),
        _section("saved", "Saved searches", map(_saved, overview.saved), "save_search",
                 "Search, then press Ctrl+S"),
        _section("feeds", "Feeds", _feeds(overview), "add_feed", "Add a feed with Ctrl+N"),
        _section("entities", "Entities", _entities(overview.entities, all_entities, kept),
                 "track", "Select a name, then Ctrl+E"),
    ]  # fmt: skip
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


def _library(overview: Overview) -> list[Place]:
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
            scope=Scope(alerts=True),
        ),
    ]  # fmt: skip


def _saved(line: SavedLine) -> Place:
    saved = line.saved
    counts = f"{words.counted(line.total, 'article')}, {words.number(line.unread)} unread"
    alert = "\nAn alert is raised when new articles match." if saved.alert else ""
    return Place(
        "saved", f"saved:{saved.id}", saved.name, line.total, line.unread,
        icon="bell" if saved.alert else "search",
        tip=saved.broken or f"{saved.query}\n{counts}{alert}", problem=saved.broken,
        scope=Scope(saved=saved.id), item=line,
    )  # fmt: skip


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


def _entities(lines: Sequence[EntityLine], everything: bool, kept: Collection[int]) -> list[Place]:
    order = ranked(lines)
    shown = [
        line for n, line in enumerate(order)
        if everything or n < TOP_ENTITIES or line.entity.id in kept
    ]  # fmt: skip
    rows = [_entity(line) for line in shown]
    if len(order) > len(shown) or (everything and len(order) > TOP_ENTITIES):
        title = "Show fewer" if everything else f"Show all {words.number(len(order))}"
        rows.append(Place("more", "more:entities", title, icon="ellipsis"))
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
