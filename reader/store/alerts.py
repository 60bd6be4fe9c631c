"""What fired. An alert stays when its saved search is gone, or no longer matches.

It tells of the query and the text as they were when it fired: both may have been edited since.
"""

import json
from array import array
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from reader.domain.alert import Alert, InboxQuery
from reader.domain.article import Texts
from reader.domain.search import SavedSearch
from reader.store.database import Connection, from_ms, to_ms
from reader.store.feeds import host
from reader.store.parts import why_of
from reader.store.scopes import ids_json

_FIRE = """
    INSERT INTO alert (article_id, saved_id, name, spans, at, version, revision, priority)
    SELECT id, :saved, :name, :spans, :at, :version, revision, :priority
    FROM article WHERE id = :article
        AND NOT EXISTS (SELECT 1 FROM alert WHERE article_id = :article AND saved_id = :saved)
    ON CONFLICT DO NOTHING RETURNING id
"""
_ALERT = """
    SELECT alert.id, alert.article_id, a.title, alert.name, alert.spans, alert.at, alert.seen,
        coalesce(nullif(f.own_title, ''), f.title), f.url, alert.saved_id, alert.version,
        alert.revision, alert.priority, judgement.keep
"""
_OF_ARTICLE = """
    JOIN feed AS f ON f.id = a.feed_id
    LEFT JOIN judgement
        ON judgement.saved_id = alert.saved_id AND judgement.article_id = alert.article_id
"""
_LATEST = f"""{_ALERT}
    FROM alert INDEXED BY alert_at CROSS JOIN article AS a ON a.id = alert.article_id {_OF_ARTICLE}
    WHERE a.deleted = 0 AND (:unseen = 0 OR alert.seen = 0)
        AND (:saved = 0 OR alert.saved_id = :saved)
        AND (:gone = '' OR (alert.saved_id IS NULL AND alert.name = :gone))
    ORDER BY alert.at DESC, alert.id DESC LIMIT :limit
"""
_THESE = f"""{_ALERT}
    FROM json_each(:ids) AS j CROSS JOIN alert ON alert.{{column}} = j.value
    JOIN article AS a ON a.id = alert.article_id {_OF_ARTICLE}
    WHERE a.deleted = 0 ORDER BY alert.at DESC, alert.id DESC
"""
_BY_ID, _BY_ARTICLE = (_THESE.format(column=column) for column in ("id", "article_id"))
_TEXTS = """
    SELECT alert.id, coalesce(r.title, a.title), coalesce(r.lead, b.lead), coalesce(r.text, b.text)
    FROM json_each(:ids) AS j CROSS JOIN alert ON alert.id = j.value
    JOIN article AS a ON a.id = alert.article_id JOIN body AS b ON b.article_id = a.id
    LEFT JOIN revision AS r ON r.article_id = a.id AND r.number = alert.revision
"""
_FIRED = """
    SELECT DISTINCT alert.saved_id FROM json_each(:ids) AS j
    CROSS JOIN alert ON alert.article_id = j.value
    JOIN article AS a ON a.id = alert.article_id JOIN feed AS f ON f.id = a.feed_id
    WHERE alert.saved_id IS NOT NULL AND coalesce(coalesce(f.outlet_id, -f.id) = :at, true)
"""
# What is asked of articles alone is in `inbox`, in its order; what is asked of single alerts is
# looked up from those it can be true of. An article stands where its latest alert does, also where
# that is not the one that is asked for.
_LISTED = """
    SELECT article_id FROM inbox WHERE deleted = 0 AND unread >= :unread
        AND CASE :verdict WHEN 'open' THEN open WHEN 'kept' THEN kept WHEN 'noise' THEN noise
            ELSE 1 END
    ORDER BY at DESC, last DESC
"""
_COUNTED = """
    SELECT count(*), total(open), total(kept), total(noise)
    FROM inbox WHERE deleted = 0 AND unread >= :unread
"""
_STATE = """CASE WHEN alert.saved_id IS NULL THEN '' WHEN j.keep IS NULL THEN 'open'
    WHEN j.keep THEN 'kept' ELSE 'noise' END"""
_SINGLE = f"""
    SELECT alert.article_id, {_STATE} AS state FROM ({{}}) AS alert LEFT JOIN judgement AS j
        ON j.saved_id = alert.saved_id AND j.article_id = alert.article_id
"""  # noqa: S608 - constants
_OF_SEARCH = _SINGLE.format(
    """SELECT article_id, saved_id FROM alert INDEXED BY alert_saved WHERE saved_id = :saved
        AND (:unseen = 0 OR seen = 0 OR id IN (SELECT value FROM json_each(:among)))"""
)
_OF_UNSEEN = _SINGLE.format(
    """SELECT article_id, saved_id FROM alert INDEXED BY alert_unseen WHERE seen = 0
        UNION SELECT article_id, saved_id FROM alert
        WHERE id IN (SELECT value FROM json_each(:among))"""
)
_LISTED_ALONE = """
    SELECT inbox.article_id FROM (
        SELECT DISTINCT article_id FROM ({single}) WHERE :verdict IN ('all', state)
    ) AS found CROSS JOIN inbox ON inbox.article_id = found.article_id
    WHERE deleted = 0 AND unread >= :unread ORDER BY at DESC, last DESC
"""
_COUNTED_ALONE = """
    SELECT count(*), total(open), total(kept), total(noise) FROM (
        SELECT max(state = 'open') AS open, max(state = 'kept') AS kept,
            max(state = 'noise') AS noise
        FROM ({single}) AS found CROSS JOIN inbox ON inbox.article_id = found.article_id
        WHERE deleted = 0 AND unread >= :unread GROUP BY found.article_id)
"""
_UNSEEN = """
    FROM alert INDEXED BY alert_unseen
    WHERE seen = 0 AND article_id NOT IN (SELECT article_id FROM inbox WHERE deleted = 1)
"""
# As two texts: a hundred thousand rows would take three times as long.
_NOT_SEEN = f"SELECT json_group_array(id), json_group_array(article_id) {_UNSEEN}"
_COUNT_UNSEEN = f"SELECT count(*) {_UNSEEN}"


class Alerts:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def fire(self, article_id: int, saved: SavedSearch, spans: str, now: datetime) -> int:
        """The alert's id; 0 when this saved search, or one of its name, had fired for this
        article before. `spans`: as `parts.why_json` gives them.
        """
        values = {
            "article": article_id,
            "saved": saved.id,
            "name": saved.name,
            "spans": spans,
            "at": to_ms(now),
            "version": saved.version,
            "priority": saved.rule.priority,
        }
        rows = self._db.execute(_FIRE, values).fetchall()
        return int(rows[0][0]) if rows else 0

    def latest(
        self, limit: int, *, unseen: bool = False, saved: int = 0, gone: str = ""
    ) -> list[Alert]:
        """Newest first; none for articles that were deleted. `saved`: of this saved search;
        `gone`: of those that had this name and are gone."""
        values = {"limit": limit, "unseen": unseen, "saved": saved, "gone": gone}
        return self._alerts(_LATEST, values)

    def listed(self, wanted: InboxQuery) -> "array[int]":
        """The articles that the inbox lists, the one that fired last first."""
        single = _single(wanted)
        sql = _LISTED_ALONE.format(single=single) if single else _LISTED
        values = {**_values(wanted), "verdict": wanted.verdict}
        return array("q", chain.from_iterable(self._db.execute(sql, values).fetchall()))

    def counted(self, wanted: InboxQuery) -> dict[str, int]:
        """How many articles there would be for each verdict, with all else as it is wanted."""
        single = _single(wanted)
        sql = _COUNTED_ALONE.format(single=single) if single else _COUNTED
        row = self._db.execute(sql, _values(wanted)).fetchone()
        return dict(zip(("all", "open", "kept", "noise"), map(int, row), strict=True))

    def not_seen(self) -> dict[int, int]:
        """The article of every alert that nobody has looked at."""
        ids, articles = self._db.execute(_NOT_SEEN).fetchone()
        return dict(zip(json.loads(ids), json.loads(articles), strict=True))

    def searches(self) -> frozenset[int]:
        """The saved searches that have fired, of those that are left."""
        sql = "SELECT DISTINCT saved_id FROM alert WHERE saved_id IS NOT NULL"
        return frozenset(row[0] for row in self._db.execute(sql).fetchall())

    def get(self, ids: Iterable[int]) -> list[Alert]:
        """Those of these ids that are left, newest first."""
        return self._alerts(_BY_ID, {"ids": ids_json(ids)})

    def of_articles(self, ids: Iterable[int]) -> list[Alert]:
        """Everything that fired for these articles, newest first."""
        return self._alerts(_BY_ARTICLE, {"ids": ids_json(ids)})

    def texts(self, ids: Iterable[int]) -> dict[int, Texts]:
        """The texts that fired, by the id of the alert: `why` are places in them."""
        rows = self._db.execute(_TEXTS, {"ids": ids_json(ids)}).fetchall()
        return {alert: Texts(title, lead, text) for alert, title, lead, text in rows}

    def fired(self, article_ids: Iterable[int], *, at: int | None = None) -> set[int]:
        """The saved searches that fired for any of these articles.

        `at`: only for those of an outlet, as `Copies.outlet` numbers it.
        """
        values = {"ids": ids_json(article_ids), "at": at}
        return {row[0] for row in self._db.execute(_FIRED, values).fetchall()}

    def ids_of(self, saved_id: int) -> list[int]:
        """Every alert of a saved search."""
        rows = self._db.execute("SELECT id FROM alert WHERE saved_id = ?", (saved_id,)).fetchall()
        return [row[0] for row in rows]

    def give_back(self, saved_id: int, ids: Iterable[int]) -> None:
        """These alerts, whose saved search was gone, are of this one."""
        sql = (
            "UPDATE alert SET saved_id = :saved WHERE saved_id IS NULL"
            " AND id IN (SELECT value FROM json_each(:ids))"
        )
        self._db.execute(sql, {"saved": saved_id, "ids": ids_json(ids)})

    def seen(self) -> int:
        """The user has looked at all there are; returns how many were new."""
        return self._db.execute("UPDATE alert SET seen = 1 WHERE seen = 0").rowcount

    def unseen(self) -> int:
        return int(self._db.execute(_COUNT_UNSEEN).fetchone()[0])

    def _alerts(self, sql: str, values: dict[str, Any]) -> list[Alert]:
        return [_alert(row) for row in self._db.execute(sql, values).fetchall()]


def _single(wanted: InboxQuery) -> str:
    """Where to look for the alerts that are asked for; "" when nothing is asked of single ones."""
    return _OF_SEARCH if wanted.saved else _OF_UNSEEN if wanted.unseen else ""


def _values(wanted: InboxQuery) -> dict[str, Any]:
    return {
        "saved": wanted.saved,
        "unread": wanted.unread,
        "unseen": wanted.unseen,
        "among": ids_json(wanted.among),
    }


def _alert(row: Sequence[Any]) -> Alert:
    alert, article, title, name, spans, at, seen, source, url, *row = row
    saved, version, revision, priority, keep = row
    why = why_of(spans)
    return Alert(
        article_id=article,
        title=title,
        saved_search=name,
        why=why.spans,
        more=why.more,
        at=from_ms(at),
        seen=bool(seen),
        source=source or host(url),
        id=alert,
        saved_id=saved,
        version=version,
        revision=revision,
        priority=priority,
        kept=None if keep is None else bool(keep),
    )
