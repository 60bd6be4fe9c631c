"""Taking back what a person did, from what the journal kept of it.

For each kind of change: the form of its journal entry, its name in a sentence, and how it is
undone. What has been removed and brought back meanwhile bears another id, so entities and saved
searches are found by name as well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from reader.domain.entity import Entity, entity_from
from reader.domain.library import Changes
from reader.domain.rules import rule_from, rule_values
from reader.domain.search import SavedSearch
from reader.errors import UsageError
from reader.services import dismissals, mention_verdicts, tracked_undo
from reader.services.rescan import scan_again
from reader.store.journal import JournalEntry
from reader.store.judgements import Judgement
from reader.store.publications import Publication
from reader.store.store import Store

LOOKED = "looked at"
"""Read, only because it came on show."""
LOOK_BACK = 100
"""Changes among which the one is that a person means."""
_SINCE, _JUST = timedelta(hours=1), timedelta(minutes=5)
"""What a person did just before is taken back from under what only came on show since; judging,
which brings the next row on show, for longer. Later on, what came on show last is what they mean.
So it is where they marked articles read themselves, which may be the same ones."""

NAMES = {
    "read": "marking read or unread",
    LOOKED: "marking read or unread",
    "star": "starring",
    "tag": "tagging",
    "note": "editing a note",
    "remove feed": "removing a feed",
    "rename feed": "renaming a feed",
    "move feed": "moving a feed",
    "save search": "saving a search",
    "edit search": "editing a saved search",
    "remove search": "removing a saved search",
    "rename searches": "renaming a folder",
    "publish search": "publishing a saved search",
    "unpublish search": "no longer publishing a saved search",
    "judge": "judging hits",
    "drop refused": "dropping what was refused",
    **tracked_undo.KINDS,
    **mention_verdicts.KINDS,
    **dismissals.KINDS,
}


def search_json(saved: SavedSearch) -> dict[str, Any]:
    return {
        "id": saved.id,
        "name": saved.name,
        "query": saved.query,
        "alert": saved.alert,
        "version": saved.version,
        "folder": saved.folder,
        "rule": rule_values(saved.rule),
    }


def judgements_json(judgements: Iterable[Judgement]) -> list[list[Any]]:
    return [[one.article_id, one.keep, one.at.isoformat()] for one in judgements]


def judged_json(judged: tuple[Sequence[int], Iterable[Judgement]]) -> dict[str, Any]:
    """Of what `Judgements.put` gave."""
    return {"ids": list(judged[0]), "judgements": judgements_json(judged[1])}


def files_json(saved_id: int, publications: Iterable[Publication]) -> list[list[str]]:
    """Those that are kept current for a saved search."""
    return [[p.path, p.urn, p.made.isoformat()] for p in publications if p.saved_id == saved_id]


def to_undo(entries: Iterable[JournalEntry]) -> JournalEntry | None:
    """What a person means to take back; `entries`: what is not undone, the latest first."""
    latest = None
    for entry in entries:
        latest = latest or entry
        if entry.what == LOOKED and latest.at - entry.at <= _SINCE:
            continue
        passed = latest.at - entry.at
        lately = passed <= (_SINCE if entry.what == "judge" else _JUST)
        return entry if lately and entry.what != "read" else latest
    return latest


def take_back(store: Store, entry: JournalEntry, now: datetime) -> Changes:
    """In the caller's transaction, which also marks the entry as undone."""
    before, after = entry.before, entry.after
    if "tracked" in before:
        return tracked_undo.take_back(store, before["tracked"])
    match entry.what:
        case "read" | "looked at" | "star" | "tag" | "note":
            changed = frozenset(_take_back_mark(store, entry.what, before, now))
            return Changes(changed, counts=True)
        case "remove feed":
            store.feeds.restore(before["id"])
            return Changes(feeds=True, counts=True)
        case "rename feed":
            store.feeds.rename(before["id"], before["own_title"])
            return Changes(feeds=True, lists=True)
        case "move feed":
            store.feeds.move(before["id"], before["folder"])
            return Changes(feeds=True, counts=True)
        case "save search" | "edit search" | "remove search":
            _take_back_search(store, entry.what, before, after)
            judged = frozenset(before.get("judged", {}).get("ids", ()))
            return Changes(judged, counts=bool(judged), saved=True, lists=True)
        case "rename searches":
            for saved_id in before["ids"]:
                store.saved.edit(saved_id, folder=before["folder"])
            return Changes(saved=True)
        case "publish search" | "unpublish search":
            _take_back_publishing(store, before, after)
            return Changes(saved=True)
        case "judge":
            _take_back_judging(store, before)
            return Changes(frozenset(before["ids"]), counts=True)
        case "drop refused":
            store.outbox.put_back(before["rows"])
            return Changes(counts=True)
        case "track" | "untrack":
            _take_back_tracking(store, before["entities"])
            return Changes(entities=True, counts=True, lists=True)
        case "confirm mention" | "reject mention" | "forget verdict":
            return mention_verdicts.take_back_verdict(store, before)
        case "dismiss name":
            return dismissals.take_back_dismissal(store, before)
    raise UsageError(f"“{entry.what}” was done by another version of this program: change it back.")


def _take_back_mark(
    store: Store, what: str, before: dict[str, Any], now: datetime
) -> Sequence[int]:
    marks = store.marks
    if what in ("read", LOOKED):
        return marks.read(before["ids"], before["value"])
    if what == "star":
        return marks.star(before["ids"], before["value"])
    if what == "tag":
        put = marks.tag if before["tagged"] else marks.untag
        return put(before["ids"], before["name"])
    marks.note(before["id"], before["text"], now)
    return [before["id"]]


def _take_back_search(
    store: Store, what: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    if what == "remove search":
        _bring_back_search(store, before)
        return
    saved = _search(store, before["id"], after["name"])
    if saved is None:
        return  # it is gone already
    if what == "save search":
        store.saved.remove(saved.id)
        return
    name, query, alert = before["name"], before["query"], before["alert"]
    store.saved.edit(saved.id, name=name, query=query, alert=alert, **_place(before))
    store.outbox.put_back(before.get("waiting", ()))
    store.outbox.move_back(before.get("moved", ()))
    if "judged" in before:
        _put_judgements(store, saved, before["judged"])


def _bring_back_search(store: Store, before: dict[str, Any]) -> None:
    """As it was, with its number, so that everything told of it is of it again. Its hits are
    derived anew, and what that finds fires nothing."""
    saved_id = store.saved.add(
        before["name"], before["query"], before["alert"],
        saved_id=before["id"], version=before.get("version", 1), **_place(before),
    )  # fmt: skip
    judgements = _judgements_of(before.get("judgements", ()))
    store.judgements.restore(saved_id, (), judgements)
    store.alerts.give_back(saved_id, before.get("alerts", ()))
    store.outbox.put_back(before.get("waiting", ()))
    _publish_again(store, saved_id, before.get("files", ()))


def _take_back_publishing(store: Store, before: dict[str, Any], after: dict[str, Any]) -> None:
    """A file that was written stays."""
    saved = _search(store, before["id"], after["name"])
    if saved is None:
        return
    if "path" in before:
        store.publications.remove(saved.id, before["path"])
    _publish_again(store, saved.id, before.get("files", ()))


def _publish_again(store: Store, saved_id: int, files: Iterable[Sequence[str]]) -> None:
    """As `files_json` gives them."""
    for path, urn, made in files:
        store.publications.add(saved_id, path, urn, datetime.fromisoformat(made))


def _place(before: dict[str, Any]) -> dict[str, Any]:
    """Folder and rule; changes made before there were any say nothing of them."""
    return {"folder": before.get("folder", ""), "rule": rule_from(before.get("rule", {}))}


def _take_back_judging(store: Store, before: dict[str, Any]) -> None:
    for one in before.get("searches", [before]):  # until several could be judged for at once
        saved = _search(store, one["id"], one["name"])
        if saved is not None:
            _put_judgements(store, saved, one)


def _put_judgements(store: Store, saved: SavedSearch, before: dict[str, Any]) -> None:
    store.judgements.restore(saved.id, before["ids"], _judgements_of(before["judgements"]))


def _judgements_of(told: Sequence[Sequence[Any]]) -> list[Judgement]:
    return [Judgement(article, keep, datetime.fromisoformat(at)) for article, keep, at in told]


def _search(store: Store, saved_id: int, name: str) -> SavedSearch | None:
    same = (saved for saved in store.saved.all() if saved.id == saved_id)
    return next(same, None) or store.saved.by_name(name)


def _take_back_tracking(store: Store, touched: list[dict[str, Any]]) -> None:
    """As older versions told it. Each of `touched` has the `former` entity (null: there was none)
    and where it stands now."""
    for one in reversed(touched):
        present = _entity(store, one["id"], one["watchlist"], one["name"])
        if one["former"] is not None:
            former = entity_from(one["former"])
            entity_id, _ = store.entities.put(replace(former, id=present.id if present else 0))
            for article, spelling, confirmed in one.get("verdicts", ()):
                store.entities.reading.put_verdict(article, entity_id, spelling, confirmed)
        elif present is not None:
            store.entities.remove(present.id)
    scan_again(store)


def _entity(store: Store, entity_id: int, watchlist: str, name: str) -> Entity | None:
    entities = store.entities.all()
    same = [e for e in entities if e.id == entity_id]
    return next(
        iter(same or [e for e in entities if (e.watchlist, e.name) == (watchlist, name)]), None
    )
