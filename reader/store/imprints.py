"""What each feed said when it was last read, so that what it says again need not be read again.

The only module that knows the `imprint` table. All of it may be lost without harm: what is not
known here is read.
"""

import struct
from collections.abc import Iterable, Sequence

from reader.domain.imprint import Imprint, packed, unpacked
from reader.store.database import Connection
from reader.store.scopes import ids_json

_MARKS = struct.Struct("<6q")
_PUT = """
    INSERT INTO imprint (feed_id, written, marks) VALUES (:feed, :written, :marks)
    ON CONFLICT DO UPDATE SET written = excluded.written, marks = excluded.marks
"""
_WRITTEN = """
    SELECT feed_id, written FROM json_each(:ids) AS j CROSS JOIN imprint ON feed_id = j.value
"""


class Imprints:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def put(self, feed_id: int, imprints: Sequence[Imprint]) -> None:
        """In place of what the feed said before."""
        values = {
            "feed": feed_id,
            "written": packed(one.written for one in imprints),
            "marks": b"".join(
                _MARKS.pack(*one.keys, one.url_key or 0, one.content) for one in imprints
            ),
        }
        self._db.execute(_PUT, values)

    def written(self, feed_ids: Iterable[int]) -> dict[int, bytes]:
        """By feed, for `unpacked`; feeds that were never read are left out."""
        return dict(self._db.execute(_WRITTEN, {"ids": ids_json(feed_ids)}).fetchall())

    def of(self, feed_id: int) -> dict[int, Imprint]:
        """By how the feed wrote them."""
        row = self._db.execute(
            "SELECT written, marks FROM imprint WHERE feed_id = ?", (feed_id,)
        ).fetchone()
        if row is None:
            return {}
        marks = (_imprint(*values) for values in _MARKS.iter_unpack(row[1]))
        return {
            written: Imprint(one.keys, one.url_key, one.content, written)
            for written, one in zip(unpacked(row[0]), marks, strict=True)
        }


def _imprint(guid: int, date: int, title: int, text: int, url_key: int, content: int) -> Imprint:
    return Imprint((guid, date, title, text), url_key or None, content)
