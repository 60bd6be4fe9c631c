"""What is still to be delivered, by channel, and how delivery goes.

An alert is put here in the transaction that fires it. Sending takes what is due as one batch under
a name that stays: whoever is killed between sending and `done` gets the same alerts under the same
name again, so that the receiver can tell. What was delivered leaves; the inbox keeps every alert.
"""

import json
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from reader.domain.alert import CHANNELS, ChannelState
from reader.store.database import Connection, from_ms, from_ms_or_none, to_ms, transaction
from reader.store.scopes import ids_json

_PUT = """
    INSERT INTO outbox (alert_id, channel, due) VALUES (:alert, :channel, :due)
    ON CONFLICT DO NOTHING
"""
_WAITING = """
    SELECT o.id, o.alert_id, o.channel, o.due, o.batch, alert.saved_id, alert.article_id, alert.at
    FROM outbox AS o JOIN alert ON alert.id = o.alert_id
"""
_BEGIN = """
    UPDATE outbox SET batch = :batch WHERE id IN (
        SELECT id FROM outbox INDEXED BY outbox_due
        WHERE channel = :channel AND batch IS NULL AND due <= :now ORDER BY due, id LIMIT :most)
"""
_COMPLETE = """
    UPDATE outbox SET batch = :batch
    WHERE channel = :channel AND batch IS NULL AND due <= :now AND alert_id IN (
        SELECT other.id FROM outbox AS o JOIN alert ON alert.id = o.alert_id
        JOIN alert AS other ON other.article_id = alert.article_id WHERE o.batch = :batch)
"""
_DELIVERED = """
    INSERT INTO delivery (saved_id, channel, at)
    SELECT DISTINCT alert.saved_id, o.channel, :now FROM outbox AS o
    JOIN alert ON alert.id = o.alert_id WHERE o.batch = :batch AND alert.saved_id IS NOT NULL
    ON CONFLICT DO UPDATE SET at = excluded.at
"""
_WELL = """
    INSERT INTO channel (name, last_sent)
    SELECT DISTINCT channel, :now FROM outbox WHERE batch = :batch
    ON CONFLICT DO UPDATE SET
        last_sent = excluded.last_sent, failures = 0, error = '', next_try = NULL,
        sign = '', repeated = 0
"""
_FAILED = """
    INSERT INTO channel (name, failures, error, next_try, sign, repeated)
    VALUES (:name, 1, :error, :next_try, :sign, 1)
    ON CONFLICT DO UPDATE SET
        failures = failures + 1, error = excluded.error, next_try = excluded.next_try,
        repeated = iif(sign = excluded.sign, repeated + 1, 1), sign = excluded.sign
"""
_FORGIVE = """
    UPDATE channel SET failures = 0, error = '', next_try = NULL, sign = '', repeated = 0
    WHERE name = :name
"""
_COUNTS = """
    SELECT channel, sum(refused IS NULL), sum(refused IS NOT NULL), (
        SELECT refused FROM outbox AS last WHERE last.channel = outbox.channel
            AND refused IS NOT NULL ORDER BY id DESC LIMIT 1)
    FROM outbox GROUP BY channel
"""
_OF_SEARCH = """
    batch IS NULL AND channel = :channel
    AND alert_id IN (SELECT id FROM alert WHERE saved_id = :saved)
"""
_MOVED = f"SELECT alert_id, channel, due FROM outbox WHERE {_OF_SEARCH}"  # noqa: S608 - constants
_MOVE = f"UPDATE outbox SET due = :due WHERE {_OF_SEARCH}"  # noqa: S608 - constants
_STATES = """
    SELECT name, failures, error, next_try, last_sent FROM channel
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An alert to be delivered. `saved_id`: None when the saved search is gone."""

    id: int
    alert_id: int
    channel: str
    due: datetime
    batch: str | None
    """What it is being sent with; None while nobody has begun to."""
    saved_id: int | None
    article_id: int
    fired: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """What goes out at once, in the order in which it became due."""

    name: str
    channel: str
    rows: tuple[Waiting, ...]

    @property
    def alert_ids(self) -> tuple[int, ...]:
        return tuple(row.alert_id for row in self.rows)


class Outbox:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def put(self, alert_id: int, due: Mapping[str, datetime]) -> None:
        """`due`: when, by channel. A channel the alert already waits for stays as it is."""
        rows = [{"alert": alert_id, "channel": c, "due": to_ms(at)} for c, at in due.items()]
        self._db.executemany(_PUT, rows)

    def due(self, channel: str, now: datetime, limit: int = -1) -> list[Waiting]:
        """What waits and is due, longest due first, that no batch holds; all without `limit`."""
        sql = _WAITING + (
            " WHERE o.channel = :channel AND o.batch IS NULL AND o.due <= :now"
            " ORDER BY o.due, o.id LIMIT :limit"
        )
        return self._rows(sql, {"channel": channel, "now": to_ms(now), "limit": limit})

    def next_due(self, channel: str) -> datetime | None:
        """When the next of what no batch holds is due, past or future; None: nothing waits."""
        sql = "SELECT min(due) FROM outbox WHERE channel = ? AND batch IS NULL"
        return from_ms_or_none(self._db.execute(sql, (channel,)).fetchone()[0])

    def postpone(self, ids: Iterable[int], due: datetime) -> int:
        """By the `id` of `Waiting`; what a batch holds is left alone. How many were changed."""
        sql = (
            "UPDATE outbox SET due = :due WHERE batch IS NULL"
            " AND id IN (SELECT value FROM json_each(:ids))"
        )
        return self._db.execute(sql, {"due": to_ms(due), "ids": ids_json(ids)}).rowcount

    def unfinished(self, channel: str) -> Batch | None:
        """The batch that was begun first and is neither done nor refused."""
        sql = (
            "SELECT batch FROM outbox WHERE batch = (SELECT batch FROM outbox"
            " WHERE channel = ? AND batch IS NOT NULL AND refused IS NULL"
            " ORDER BY id LIMIT 1) LIMIT 1"
        )
        row = self._db.execute(sql, (channel,)).fetchone()
        return self._batch(row[0]) if row else None

    def batched(self, channel: str, now: datetime, most: int = -1) -> Batch | None:
        """What to send now; None when nothing is due.

        A batch that was begun and is not done comes again, the same alerts under the same name;
        otherwise all that is due (or the `most` longest due, with what else is due of their
        articles, which are told of once) becomes one of a new name.
        """
        if not self.due(channel, now, 1):  # asked often: reading keeps nobody waiting
            return self.unfinished(channel)
        with transaction(self._db):
            begun = self.unfinished(channel)
            if begun is not None:
                return begun
            name = f"{channel}-{os.urandom(16).hex()}"
            values = {"batch": name, "channel": channel, "now": to_ms(now), "most": most}
            if self._db.execute(_BEGIN, values).rowcount == most:
                self._db.execute(_COMPLETE, values)
        return self._batch(name)

    def done(self, batch: str, now: datetime) -> int:
        """It was delivered: how many alerts. 0, and nothing happens, when it was done before."""
        values = {"batch": batch, "now": to_ms(now)}
        with transaction(self._db):
            self._db.execute(_DELIVERED, values)
            self._db.execute(_WELL, values)
            return self._db.execute("DELETE FROM outbox WHERE batch = :batch", values).rowcount

    def release(self, batch: str) -> int:
        """It surely did not arrive, and never will under this name: its alerts wait anew. How
        many."""
        sql = "UPDATE outbox SET batch = NULL WHERE batch = ?"
        return self._db.execute(sql, (batch,)).rowcount

    def refuse(self, batch: str, why: str) -> int:
        """The receiver will not take it, but answers: set aside, under its name. How many."""
        with transaction(self._db):
            sql = "SELECT DISTINCT channel FROM outbox WHERE batch = ?"
            for (channel,) in self._db.execute(sql, (batch,)).fetchall():
                self.forgive(channel)
            sql = "UPDATE outbox SET refused = ? WHERE batch = ?"
            return self._db.execute(sql, (why, batch)).rowcount

    def retry(self, channel: str) -> int:
        """What was refused is sent again, under the names it had, before all else. How many."""
        sql = "UPDATE outbox SET refused = NULL WHERE channel = ? AND refused IS NOT NULL"
        return self._db.execute(sql, (channel,)).rowcount

    def drop_refused(self, channel: str) -> list[tuple[int, str, int, str, str]]:
        """Takes out what was refused; for `put_back`."""
        sql = (
            "DELETE FROM outbox WHERE channel = ? AND refused IS NOT NULL"
            " RETURNING alert_id, channel, due, batch, refused"
        )
        return [(*row,) for row in self._db.execute(sql, (channel,)).fetchall()]

    def repeated(self, channel: str, sign: str) -> int:
        """How many times in a row it has failed last with this `sign`."""
        sql = "SELECT repeated FROM channel WHERE name = ? AND sign = ?"
        row = self._db.execute(sql, (channel, sign)).fetchone()
        return int(row[0]) if row else 0

    def failed(self, channel: str, error: str, next_try: datetime | None, sign: str = "") -> int:
        """How many times in a row it has now failed. What waits goes on waiting.

        `sign`: what makes the failure the same as another, if anything does.
        """
        values = {
            "name": channel,
            "error": error,
            "next_try": to_ms(next_try) if next_try else None,
            "sign": sign,
        }
        with transaction(self._db):
            self._db.execute(_FAILED, values)
            sql = "SELECT failures FROM channel WHERE name = ?"
            return int(self._db.execute(sql, (channel,)).fetchone()[0])

    def forgive(self, channel: str) -> None:
        """Its failures count no more and it may be tried at once: its settings were changed."""
        self._db.execute(_FORGIVE, {"name": channel})

    def states(self, configured: Collection[str] = CHANNELS) -> list[ChannelState]:
        """One for each of `CHANNELS`, in their order."""
        held = {name: row for name, *row in self._db.execute(_COUNTS).fetchall()}
        known = {name: row for name, *row in self._db.execute(_STATES).fetchall()}
        return [
            _state(name, name in configured, held.get(name, [0, 0, None]), known.get(name))
            for name in CHANNELS
        ]

    def last_sent(self, saved_id: int, channel: str) -> datetime | None:
        """When a saved search was last told of there."""
        sql = "SELECT at FROM delivery WHERE saved_id = ? AND channel = ?"
        row = self._db.execute(sql, (saved_id, channel)).fetchone()
        return from_ms(row[0]) if row else None

    def withdraw(self, saved_id: int, keep: Collection[str] = ()) -> list[tuple[int, str, int]]:
        """Takes out what waits of a saved search for other channels than `keep`, but for what is
        being sent; gives it as (alert, channel, due in ms), for `put_back`."""
        sql = (
            "DELETE FROM outbox WHERE batch IS NULL"
            " AND alert_id IN (SELECT id FROM alert WHERE saved_id = :saved)"
            " AND channel NOT IN (SELECT value FROM json_each(:keep))"
            " RETURNING alert_id, channel, due"
        )
        values = {"saved": saved_id, "keep": _texts_json(keep)}
        return [(a, c, due) for a, c, due in self._db.execute(sql, values).fetchall()]

    def move(self, saved_id: int, channel: str, due: datetime) -> list[tuple[int, str, int]]:
        """What waits of a saved search is due then, but for what is being sent; gives it as it
        was, for `move_back`."""
        values = {"saved": saved_id, "channel": channel, "due": to_ms(due)}
        with transaction(self._db):
            former = self._db.execute(_MOVED, values).fetchall()
            self._db.execute(_MOVE, values)
        return [(alert, name, at) for alert, name, at in former]

    def move_back(self, rows: Iterable[Iterable[Any]]) -> None:
        """What `move` gave, as far as it still waits."""
        sql = (
            "UPDATE outbox SET due = :due WHERE batch IS NULL"
            " AND alert_id = :alert AND channel = :channel"
        )
        self._db.executemany(sql, [{"alert": a, "channel": c, "due": at} for a, c, at in rows])

    def put_back(self, rows: Iterable[Iterable[Any]]) -> None:
        """What `withdraw` or `drop_refused` gave; alerts that are gone are passed over."""
        sql = (
            "INSERT INTO outbox (alert_id, channel, due, batch, refused)"
            " SELECT id, :channel, :due, :batch, :refused FROM alert WHERE id = :alert"
            " ON CONFLICT DO NOTHING"
        )
        parts = ("alert", "channel", "due", "batch", "refused")
        values = [dict(zip_longest(parts, row)) for row in rows]
        self._db.executemany(sql, values)

    def _batch(self, name: str) -> Batch | None:
        rows = self._rows(_WAITING + " WHERE o.batch = :b ORDER BY o.due, o.id", {"b": name})
        return Batch(name, rows[0].channel, tuple(rows)) if rows else None

    def _rows(self, sql: str, values: dict[str, Any]) -> list[Waiting]:
        return [
            Waiting(row, alert, channel, from_ms(due), batch, saved, article, from_ms(fired))
            for row, alert, channel, due, batch, saved, article, fired in self._db.execute(
                sql, values
            ).fetchall()
        ]


def _texts_json(texts: Iterable[str]) -> str:
    return json.dumps([*texts])


def _state(
    name: str, configured: bool, held: Sequence[Any], row: Sequence[Any] | None
) -> ChannelState:
    """`held`: alerts that wait, those that were refused, and why."""
    waiting, refused, refusal = held
    failures, error, next_try, last_sent = row or (0, "", None, None)
    return ChannelState(
        name,
        configured,
        waiting,
        failures,
        error,
        from_ms_or_none(next_try),
        from_ms_or_none(last_sent),
        refused,
        refusal or "",
    )
