"""Which saved searches have the same articles, and which articles the same text. Only reads."""

from collections.abc import Sequence

from reader.store.database import Connection
from reader.store.scopes import ids_json

_BY_ARTICLE = """
    SELECT hit.saved_id, count(*) FROM json_each(:ids) AS j CROSS JOIN hit ON article_id = j.value
    JOIN article AS a ON a.id = article_id WHERE a.deleted = 0 GROUP BY hit.saved_id
"""
_NAMES = """
    SELECT s.id, s.name, t.articles FROM saved_search AS s
    JOIN saved_tally AS t ON t.saved_id = s.id ORDER BY s.id
"""
_HITS = """
    SELECT s.id, (
        SELECT group_concat(article_id, ' ') FROM hit INDEXED BY hit_page WHERE saved_id = s.id
    ) FROM saved_search AS s
"""
# Both in the order of one reading, so that the two lists belong together.
_GROUPED = "SELECT group_concat(article_id, ' '), group_concat(root_id, ' ') FROM copy"


class Overlaps:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def totals(self) -> list[tuple[int, str, int]]:
        """(id, name, articles) of every saved search."""
        return self._db.execute(_NAMES).fetchall()

    def shared(self, ids: Sequence[int]) -> dict[int, int]:
        """How many of these articles each saved search has, by its id; those with none are not
        in it. Takes about as long for each article as for each row of a list."""
        return dict(self._db.execute(_BY_ARTICLE, {"ids": ids_json(ids)}).fetchall())

    def hits(self) -> dict[int, str]:
        """The articles of every saved search, deleted ones too: ids with spaces between, in no
        order."""
        return {saved: ids or "" for saved, ids in self._db.execute(_HITS).fetchall()}

    def grouped(self) -> tuple[str, str]:
        """(ids, for each the first of its group) of all articles of which there are copies, with
        spaces between, in no order."""
        ids, roots = self._db.execute(_GROUPED).fetchone()
        return ids or "", roots or ""
