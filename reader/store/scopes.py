"""A scope as SQL: which articles, in which order. Shared by lists and marks.

Statements are put together from the constant pieces below; values travel as named parameters.
`INDEXED BY` says which order is read from which index: a list never sorts what it can walk.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from reader.domain.folders import split
from reader.domain.scope import Scope
from reader.store.database import to_ms

Key = tuple[int, int]
"""(sorted_at in ms, article id): where an article stands in a list, newest first."""

_IN_FOLDER = """
    SELECT article_id FROM membership WHERE feed_id IN (
        WITH RECURSIVE inside (id) AS (
            VALUES (:folder_id) UNION ALL
            SELECT folder.id FROM folder JOIN inside ON folder.parent_id = inside.id)
        SELECT feed.id FROM feed JOIN inside ON feed.folder_id = inside.id
        WHERE feed.removed IS NULL)
"""
_TAGGED = "SELECT article_id FROM article_tag JOIN tag ON tag.id = tag_id WHERE tag.key = :tag"
_COPIES = """
    SELECT :article AS article_id UNION SELECT article_id FROM copy
    WHERE root_id = (SELECT root_id FROM copy WHERE article_id = :article)
"""


@dataclass(frozen=True, slots=True)
class Selected:
    """The pieces of a SELECT. `article` has the alias `a`; `time` and `id` are ordered by."""

    source: str
    time: str = "a.sorted_at"
    id: str = "a.id"
    where: tuple[str, ...] = ("a.deleted = 0",)
    values: dict[str, Any] = field(default_factory=dict)
    order: str = ""

    def also(self, condition: str, **values: Any) -> "Selected":
        return replace(self, where=(*self.where, condition), values={**self.values, **values})

    def sql(self, what: str, *, ordered: bool = True) -> str:
        order = self.order or f"{self.time} DESC, {self.id} DESC"
        tail = f" ORDER BY {order}" if ordered else ""
        where = " AND ".join(self.where)
        return f"SELECT {what} FROM {self.source} WHERE {where}{tail}"  # noqa: S608 - constants


def ids_json(ids: Iterable[int]) -> str:
    """Ids as one parameter, however many: `… IN (SELECT value FROM json_each(:ids))`."""
    return json.dumps([*ids], separators=(",", ":"))


def tag_key(name: str) -> str:
    """What makes two names of a tag the same: case and white space do not count."""
    return " ".join(name.split()).casefold()


def selected(scope: Scope, folder_id: int | None = None) -> Selected:
    """`folder_id`: that of `scope.folder`; None finds nothing there."""
    chosen = _place(scope, folder_id)
    if scope.unread:
        chosen = chosen.also("a.read = 0")
    if scope.starred:
        chosen = chosen.also("a.starred = 1")
    if scope.before is not None:
        chosen = chosen.also(f"{chosen.time} < :before", before=to_ms(scope.before))
    return chosen


def after(chosen: Selected, key: Key | None) -> Selected:
    """What follows `key` in the list."""
    if key is None:
        return chosen
    rows = f"({chosen.time}, {chosen.id}) < (:after_time, :after_id)"
    return chosen.also(rows, after_time=key[0], after_id=key[1])


def _place(scope: Scope, folder_id: int | None) -> Selected:
    if scope.ids is not None:
        return _exactly(scope.ids)
    if scope.feed is not None:
        return _paged("membership", "p.feed_id = :place", scope.feed)
    if scope.entity is not None:
        return _paged("appearance", "p.entity_id = :place", scope.entity)
    if scope.saved is not None:
        return _paged("hit", "p.saved_id = :place", scope.saved)
    if scope.folder is not None and split(scope.folder):
        return _within(_IN_FOLDER, folder_id=folder_id)
    if scope.saved_folder is not None:
        return _saved_folder(scope.saved_folder)
    if scope.tag is not None:
        return _within(_TAGGED, tag=tag_key(scope.tag))
    if scope.copies_of is not None:
        return _within(_COPIES, article=scope.copies_of)
    if scope.alerts:
        return _within("SELECT article_id FROM inbox")
    return Selected(f"article AS a INDEXED BY {_index(scope)}")


def _index(scope: Scope) -> str:
    if scope.unread:
        return "article_unread"
    return "article_starred" if scope.starred else "article_all"


def _exactly(ids: Iterable[int]) -> Selected:
    """In the order given, which is that of the search."""
    return Selected(
        "json_each(:ids) AS j CROSS JOIN article AS a ON a.id = j.value",
        values={"ids": ids_json(ids)},
        order="j.key",
    )


def _paged(table: str, condition: str, place: int | str) -> Selected:
    return Selected(
        f"{table} AS p INDEXED BY {table}_page CROSS JOIN article AS a ON a.id = p.article_id",
        time="p.sorted_at",
        id="p.article_id",
        where=("a.deleted = 0", condition),
        values={"place": place},
    )


def _saved_folder(name: str) -> Selected:
    """An article that several of its searches match stands there once."""
    folder = "(SELECT id FROM saved_folder WHERE key = :place)"
    return _paged("saved_folder_hit", f"p.folder_id = {folder}", tag_key(name))


def _within(ids: str, **values: Any) -> Selected:
    """Articles gathered from several places; these few are sorted, nothing else is read."""
    source = f"({ids} GROUP BY article_id) AS g CROSS JOIN article AS a ON a.id = g.article_id"
    return Selected(source, values=values)
