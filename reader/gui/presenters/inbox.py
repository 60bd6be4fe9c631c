"""Keeps the inbox: what fired, which of it is listed, how it was judged, and what follows of it.

The library says which articles are listed, however many, and how many there are of each kind; what
fired for them is read for the rows that come on show, which are those of the list. A judgement is
shown at once and taken back if it is refused.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from reader.domain.alert import Alert, InboxList, InboxQuery
from reader.domain.library import Changes, Overview
from reader.domain.search import SavedLine
from reader.gui import words
from reader.gui.jobs import Jobs
from reader.gui.models import inbox
from reader.gui.models.inbox import Fired, InboxFilter
from reader.gui.ports import Changing, Reading, SearchLink
from reader.gui.presenters.article_list import ArticleListPresenter
from reader.gui.presenters.changer import Changer
from reader.gui.presenters.empty import Empty, no_alerts
from reader.gui.presenters.inbox_advice import InboxAdvice

_RECOUNT = 150
"""Milliseconds after a change, before what the filters would list is counted again."""


class InboxPresenter(QObject):
    filter_changed = Signal(object)
    """An `InboxFilter`."""
    counted = Signal(object)
    """How many articles there are for each of VERDICTS."""
    judged = Signal(object)
    """True, False or None: what was said of the articles now."""
    said = Signal(str)
    problem = Signal(object)

    def __init__(
        self, jobs: Jobs, search: SearchLink, changer: Changer, articles: ArticleListPresenter,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._jobs, self._changer, self._articles = jobs, changer, articles
        self.filter = InboxFilter()
        self._ids = array("q")  # what the library lists
        self._members: frozenset[int] = frozenset()
        self._fired_once: frozenset[int] = frozenset()
        self._alerts: dict[int, tuple[Alert, ...]] = {}  # of the rows that came on show
        self._wanted: list[int] = []
        self._loading: set[int] = set()
        self._rows: dict[int, Fired] = {}  # those that have been on show
        self._saved: dict[int, SavedLine] = {}
        self._fresh: dict[int, int] = {}  # alerts nobody has looked at here, with their articles
        self._kept_in: set[int] = set()  # articles that stay listed though they were seen
        self._chosen: tuple[int, int] = (0, 0)  # article and alert of the chosen chip
        self.advice = InboxAdvice(jobs, search, self._looked_at, self)
        self.advice.problem.connect(self.problem)
        self._recount = QTimer(self, singleShot=True, interval=_RECOUNT)
        self._recount.timeout.connect(self._count)
        self._now = QTimer(self, singleShot=True, interval=0)
        self._now.timeout.connect(self._load)
        articles.alerts = self

    @property
    def on_show(self) -> bool:
        """Else what was read last may be out of date."""
        return self._articles.shown.scope.alerts and not self._articles.shown.searched

    # what the list asks

    def query(self, *, unread: bool) -> InboxQuery:
        """What was looked at here stays listed among the unseen ones."""
        wanted = self.filter
        kept = (a.id for number in self._kept_in for a in self._alerts.get(number, ()))
        among = (*self._fresh, *kept) if wanted.unseen else ()
        return InboxQuery(wanted.verdict, wanted.saved, wanted.unseen, among, unread)

    def arrange(self, found: InboxList, *, anew: bool) -> "array[int]":
        """Which articles to list, the last to fire first. Of those of which something has come in
        that is not known here, everything is read again."""
        known = {alert.id for alerts in self._alerts.values() for alert in alerts}
        stale = {n for alert, n in found.unseen.items() if alert not in known} & self._alerts.keys()
        for number in [*self._alerts] if anew else stale:
            self._alerts.pop(number, None)
        if anew:
            self._loading.clear()  # what failed is tried again
        self._ids, self._members = found.ids, frozenset(found.ids)
        self._fresh.update(found.unseen)
        self._fired_once = found.searches
        self.counted.emit(found.counts)
        self._show(None if anew else stale)
        return self.listed()

    def listed(self) -> "array[int]":
        left = {number for number in self._alerts if not self._fits(number)} & self._members
        return array("q", (n for n in self._ids if n not in left)) if left else self._ids[:]

    def subtitle(self, count: int) -> str:
        fresh = self._members.intersection(self._fresh.values())
        new = sum(map(self._fits, fresh))
        said = f"{words.number(new)} new · " if new else ""
        return said + words.counted(count, "article")

    def why_empty(self) -> Empty:
        return no_alerts(self.filter.verdict, filtered=self.filter != InboxFilter())

    # what the user does

    def set_filter(self, wanted: InboxFilter) -> None:
        """Asks for others."""
        if wanted == self.filter:
            return
        asked = wanted.saved != self.filter.saved
        self.filter, self._chosen = wanted, (0, 0)
        self._kept_in = set()
        self.filter_changed.emit(wanted)
        if self.on_show:
            self._articles.again(keep=False)
        if asked:
            self.advice.begin()

    def choose_chip(self, alert: Alert) -> None:
        """A judgement is for this alert alone, or again for all of them."""
        pair, before = (alert.article_id, alert.id), self._chosen[0]
        self._chosen = (0, 0) if pair == self._chosen else pair
        self._show([before, alert.article_id])

    def looked_at(self, article_id: int) -> None:
        """An article has come on show: its alerts are not new any more."""
        before = self._chosen[0]
        if before != article_id:
            self._chosen = (0, 0)
        seen = [alert for alert, number in self._fresh.items() if number == article_id]
        for number in seen:
            del self._fresh[number]
        if seen and self.filter.unseen:
            self._kept_in.add(article_id)
        self._show([before, article_id])
        if seen:
            self._articles.say()

    def judge(self, ids: Sequence[int], kept: bool, only: int = 0) -> None:
        """All that fired for these articles, or what the filter or the chosen chip leaves of it;
        taken back where it was judged so already. `only`: this alert, by id."""
        known = {number: self._alerts[number] for number in ids if number in self._alerts}
        if self.on_show and len(known) == len(set(ids)):
            self._judge(known, kept, only)
        else:
            done = partial(self._judge, kept=kept, only=only)
            self._jobs.run(partial(_judged_of, ids), self, done, self.problem.emit)

    # what changes

    def set_overview(self, overview: Overview) -> None:
        """Names and judgements of the saved searches, as they are now."""
        before = {number: line.saved.name for number, line in self._saved.items()}
        self._saved = {line.saved.id: line for line in overview.saved}
        if self.filter.saved and self.filter.saved not in self._saved:
            self.set_filter(replace(self.filter, saved=0))
        if before != {number: line.saved.name for number, line in self._saved.items()}:
            self._put(alert for alerts in self._alerts.values() for alert in alerts)

    def apply(self, changes: Changes) -> None:
        """Judged, or taken back, here or elsewhere."""
        known = self._alerts.keys() | self._loading
        here = [n for n in changes.articles if n in known] if self.on_show else []
        if self.on_show and (changes.articles or changes.saved):
            self._recount.start()
        if here:
            self._jobs.run(partial(_alerts_of, here), self, self._reread, self.problem.emit)
        if here or changes.saved:
            self.advice.renew()

    # what is known

    def saved(self) -> list[SavedLine]:
        """The saved searches that can fire, have fired, or cannot be run; by name."""
        lines = [
            line for line in self._saved.values()
            if line.saved.alert or line.saved.broken or line.saved.id in self._fired_once
        ]  # fmt: skip
        return sorted(lines, key=lambda line: line.saved.name.casefold())

    def line_of(self, alert: Alert) -> SavedLine | None:
        return self._saved.get(alert.saved_id or 0)

    def alerts_of(self, article_id: int) -> tuple[Alert, ...]:
        return self._alerts.get(article_id, ())

    # inside

    def _looked_at(self) -> str:
        """The name of the one saved search that is listed, "" for several."""
        line = self._saved.get(self.filter.saved)
        return line.saved.name if line else ""

    def _named(self, alert: Alert) -> Alert:
        """With the name its saved search has today; one that is gone keeps the one it had."""
        line = self._saved.get(alert.saved_id or 0)
        if line is None or line.saved.name == alert.saved_search:
            return alert
        return replace(alert, saved_search=line.saved.name)

    def _load(self) -> None:
        """What fired for the rows that came on show."""
        ids, self._wanted = self._wanted, []
        self._loading.update(ids)
        done = partial(self._loaded, ids)
        self._jobs.run(partial(_alerts_of, ids), self, done, self.problem.emit, urgent=True)

    def _loaded(self, ids: Sequence[int], found: Mapping[int, tuple[Alert, ...]]) -> None:
        for number in ids:
            self._loading.discard(number)
            self._alerts[number] = tuple(map(self._named, found.get(number, ())))
        self._show(ids)

    def _fits(self, number: int) -> bool:
        """Whether it is listed, as far as anybody knows here."""
        alerts = self._alerts.get(number, ())
        if not alerts:
            return True
        if number in self._kept_in:
            return inbox.fits(alerts, replace(self.filter, unseen=False), self._fresh)
        return inbox.fits(alerts, self.filter, self._fresh)

    def _show(self, numbers: Iterable[int] | None = None) -> None:
        """What is to be seen of these articles is made anew; None: of all."""
        if numbers is None:
            self._rows.clear()
        else:
            for number in numbers:
                self._rows.pop(number, None)
        if self.on_show:
            self._articles.model.set_fired(self._row)

    def _row(self, number: int) -> Fired | None:
        if number not in self._alerts:
            if number not in self._wanted and number not in self._loading:
                self._wanted.append(number)
                self._now.start()
        elif number not in self._rows and (alerts := self._alerts[number]):
            self._rows[number] = inbox.fired(
                alerts,
                fresh=any(alert.id in self._fresh for alert in alerts),
                first=self.filter.saved,
                chosen=self._chosen_of(number, alerts),
            )
        return self._rows.get(number)

    def _chosen_of(self, number: int, alerts: Iterable[Alert]) -> int:
        """The alert that alone would be judged: of the chosen chip, else of the filter."""
        if self._chosen[0] == number:
            return self._chosen[1]
        wanted = self.filter.saved
        return next((one.id for one in alerts if wanted and one.saved_id == wanted), 0)

    def _judge(self, found: Mapping[int, tuple[Alert, ...]], kept: bool, only: int) -> None:
        aimed = [
            alert for number, alerts in found.items() for alert in alerts
            if alert.saved_id in self._saved
            and alert.id == (only or self._chosen_of(number, alerts) or alert.id)
        ]  # fmt: skip
        if not aimed:
            self.said.emit(_nothing_to_judge(found))
            return
        verdict = None if all(alert.kept is kept for alert in aimed) else kept
        before = [*aimed]
        self._put(replace(alert, kept=verdict) for alert in aimed)
        work = partial(_judge, self._hits(aimed), verdict)
        self._changer.run(work, failed=lambda _problem: self._put(before))
        self.said.emit(_judged(aimed, verdict))
        self.judged.emit(verdict)

    def _hits(self, aimed: Iterable[Alert]) -> dict[str, list[int]]:
        """Articles by saved search, which goes by the name it has now."""
        articles: dict[str, list[int]] = {}
        for alert in aimed:
            name = self._saved[alert.saved_id or 0].saved.name
            articles.setdefault(name, []).append(alert.article_id)
        return articles

    def _put(self, alerts: Iterable[Alert]) -> None:
        """These as they are now, wherever they are listed."""
        now = {alert.id: self._named(alert) for alert in alerts}
        touched = {alert.article_id for alert in now.values()} & self._alerts.keys()
        for number in touched:
            old = self._alerts[number]
            self._alerts[number] = tuple(now.get(alert.id, alert) for alert in old)
        self._show(touched)

    def _reread(self, found: Mapping[int, tuple[Alert, ...]]) -> None:
        """What fired for some articles, as it is in the library now."""
        for number, alerts in found.items():
            if number in self._alerts:
                self._alerts[number] = tuple(map(self._named, alerts))
        self._show(found)
        listed = set(self._articles.model.ids)
        back = [number for number in found if number not in listed and self._fits(number)]
        if back and self._members.issuperset(back):
            self._articles.rearrange()  # a judgement was taken back, and the article is back
        elif back:
            self._articles.again()

    def leaving(self, ids: Iterable[int]) -> list[int]:
        """Those of these articles that the filter no longer lists."""
        return [number for number in ids if number in self._alerts and not self._fits(number)]

    def _count(self) -> None:
        if self.on_show:
            wanted = self.query(unread=self._articles.scope().unread)
            self._jobs.run(partial(_counts, wanted), self, self.counted.emit, self.problem.emit)


def _nothing_to_judge(found: Mapping[int, tuple[Alert, ...]]) -> str:
    if any(found.values()):
        return "Its saved search is gone, so there is nothing left to judge."
    return "No alert fired for this article."


def _judged(aimed: Sequence[Alert], verdict: bool | None) -> str:
    articles = len({alert.article_id for alert in aimed})
    names = list(dict.fromkeys(alert.saved_search for alert in aimed))
    what = "Not judged any more" if verdict is None else "Kept" if verdict else "Noise"
    many = f": {words.counted(articles, 'article')}" if articles > 1 else ""
    whose = (
        f"“{names[0]}”"
        if len(names) == 1
        else words.counted(len(names), "saved search", "saved searches")
    )
    return f"{what}{many} · {whose}. Ctrl+Z takes it back."


# the work, on the library's threads


def _counts(wanted: InboxQuery, library: Reading) -> Mapping[str, int]:
    return library.inbox(wanted).counts


def _judged_of(ids: Sequence[int], library: Reading) -> dict[int, tuple[Alert, ...]]:
    return library.alerts_of(ids, context=False)


def _alerts_of(ids: Sequence[int], library: Reading) -> dict[int, tuple[Alert, ...]]:
    return library.alerts_of(ids)


def _judge(hits: Mapping[str, Sequence[int]], kept: bool | None, library: Changing) -> Changes:
    return library.judge_for(hits, kept)
