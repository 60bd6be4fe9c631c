"""Saving, editing, removing and judging saved searches. Part of `Library`."""

from collections.abc import Mapping, Sequence
from typing import Any

from reader.domain.alert import AS_USUAL, AlertRule, Precision
from reader.domain.due import due
from reader.domain.library import Changes
from reader.domain.rules import checked
from reader.domain.search import SavedSearch
from reader.errors import NotFoundError, UsageError
from reader.services.journalled import Journalled
from reader.services.undo import files_json, judged_json, judgements_json, search_json
from reader.services.verdicts import precision_of
from reader.store.judgements import Judgement

NOBODY: Mapping[int, bool] = {}


class Searches(Journalled):
    def save_search(
        self,
        name: str,
        query: str,
        *,
        alert: bool = False,
        folder: str = "",
        rule: AlertRule = AS_USUAL,
        broken: str = "",
        judged: Mapping[int, bool] = NOBODY,
    ) -> Changes:
        """QueryError for a query that cannot be run, TakenError for a name that is taken,
        UsageError for a rule that is not possible.

        `broken`: why it cannot be run, of a query that is to be kept nevertheless. `judged`: by
        article whether it is worth keeping; saved, and taken back, with the search.
        """
        if not broken:
            _check_query(query)
        title, rule = named(name, "A saved search"), checked(rule)
        with self._store.transaction():
            saved_id = self._store.saved.add(title, query, alert, folder=folder, rule=rule)
            if broken:
                self._store.saved.mark_broken(saved_id, broken)
            said = judged_json(self._judged(saved_id, judged))
            before = {"id": saved_id, **({"judged": said} if said["ids"] else {})}
            self._record("save search", before, {"name": title, "query": query})
        return Changes(frozenset(said["ids"]), counts=bool(said["ids"]), saved=True)

    def edit_search(
        self,
        name: str,
        *,
        query: str | None = None,
        alert: bool | None = None,
        new_name: str | None = None,
        folder: str | None = None,
        rule: AlertRule | None = None,
        judged: Mapping[int, bool] = NOBODY,
    ) -> Changes:
        """Refused as by `save_search`. A new query fires nothing: its hits are derived later.

        What waits to be delivered goes when the alert is turned off, or loses the channel; it
        stays in the inbox. With another "when" it waits for that: at once is now, and what was to
        go out soon is kept for the digest.
        """
        if query is not None:
            _check_query(query)
        saved = self.saved(name)
        title = saved.name if new_name is None else named(new_name, "A saved search")
        with self._store.transaction():
            self._store.saved.edit(
                saved.id, name=title, query=query, alert=alert, folder=folder,
                rule=checked(rule) if rule else None,
            )  # fmt: skip
            said = judged_json(self._judged(saved.id, judged))
            before = {
                **search_json(saved), "waiting": self._withdrawn(saved.id), "judged": said,
                "moved": self._moved(saved),
            }  # fmt: skip
            self._record("edit search", before, {"name": title})
        return Changes(frozenset(said["ids"]), counts=bool(said["ids"]), saved=True)

    def rename_search_folder(self, old: str, new: str) -> Changes:
        """With all the saved searches in it, as one change; "": they are in no folder then."""
        inside = [saved.id for saved in self._store.saved.all() if saved.folder == old]
        if not old or not inside:
            raise NotFoundError(f"There is no folder of saved searches named “{old}”.")
        with self._store.transaction():
            for saved_id in inside:
                self._store.saved.edit(saved_id, folder=new)
            self._record("rename searches", {"ids": inside, "folder": old}, {"folder": new})
        return Changes(saved=True)

    def _withdrawn(self, saved_id: int) -> list[Any]:
        """What is no longer to be delivered now that the search is as it is."""
        saved = self._now(saved_id)
        keep = saved.rule.channels if saved.alert else ()
        return self._store.outbox.withdraw(saved_id, keep)

    def _moved(self, former: SavedSearch) -> list[Any]:
        """What waited for another time than the rule says now, with that time."""
        saved, outbox = self._now(former.id), self._store.outbox
        if not saved.alert or saved.rule.when == former.rule.when:
            return []
        rows: list[Any] = []
        for channel in saved.rule.channels:
            sent = outbox.last_sent(saved.id, channel)
            moment = due(saved.rule, self._usual(), self._clock(), sent)
            rows += outbox.move(saved.id, channel, moment)
        return rows

    def _now(self, saved_id: int) -> SavedSearch:
        return next(one for one in self._store.saved.all() if one.id == saved_id)

    def remove_search(self, name: str) -> Changes:
        """With its hits and judgements, and what of it waits to be delivered; alerts stay."""
        saved = self.saved(name)
        store = self._store
        with store.transaction():
            before = {
                **search_json(saved),
                "judgements": judgements_json(store.judgements.of(saved.id)),
                "waiting": store.outbox.withdraw(saved.id),
                "alerts": store.alerts.ids_of(saved.id),
                "files": files_json(saved.id, store.publications.all()),
            }
            store.saved.remove(saved.id)
            self._record("remove search", before, {})
        return Changes(saved=True, lists=True)

    def saved(self, name: str) -> SavedSearch:
        saved = self._store.saved.by_name(name.strip())
        if saved is None:
            raise NotFoundError(f"There is no saved search named “{name}”.")
        return saved

    def judge(self, name: str, ids: Sequence[int], kept: bool | None) -> Changes:
        """Articles that are not in the library are passed over."""
        return self.judge_for({name: ids}, kept)

    def judge_for(self, hits: Mapping[str, Sequence[int]], kept: bool | None) -> Changes:
        """`judge` for several saved searches at once, as one change: articles by name.

        NotFoundError, and nothing is judged, when one of them is gone.
        """
        searches = [(self.saved(name), ids) for name, ids in hits.items()]
        put, now = self._store.judgements.put, self._clock()
        with self._store.transaction():
            said = [
                {"id": saved.id, "name": saved.name, **judged_json(put(saved.id, ids, kept, now))}
                for saved, ids in searches
            ]
            said = [one for one in said if one["ids"]]
            changed = frozenset(number for one in said for number in one["ids"])
            if said:
                self._record("judge", {"ids": sorted(changed), "searches": said}, {"kept": kept})
        return Changes(changed, counts=bool(changed))

    def _judged(
        self, saved_id: int, judged: Mapping[int, bool]
    ) -> tuple[list[int], list[Judgement]]:
        """As `Judgements.put` gives it, of those worth keeping and of the noise."""
        changed: list[int] = []
        former: list[Judgement] = []
        for kept in (True, False):
            ids = [number for number, said in judged.items() if said is kept]
            others, before = self._store.judgements.put(saved_id, ids, kept, self._clock())
            changed += others
            former += before
        return changed, former

    def precision(self, name: str) -> Precision:
        saved = self.saved(name)
        return precision_of(saved.name, self._store.judgements.of(saved.id))


def _check_query(query: str) -> None:
    """QueryError when it cannot be run."""
    from reader.search.language import parse  # here, for the window starts without Whoosh

    parse(query)


def named(name: str, what: str) -> str:
    """UsageError when nothing is left of it."""
    title = " ".join(name.split())
    if not title:
        raise UsageError(f"{what} needs a name.")
    return title
