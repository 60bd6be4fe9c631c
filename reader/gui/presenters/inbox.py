"""Keeps the inbox: what fired, which of it is listed, how it was judged, and what follows of it.

The newest alerts are read at once, as many as `limit` says, and are filtered here; the rows of
their articles are those of the list. A judgement is shown at once and taken back if it is refused.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from PySide6.QtCore import QObject, QTimer, Signal

from reader.domain.alert import Alert, Precision, Suggestion
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

FIRST, MORE = 300, 4
"""How many alerts are read at first, and how many times as many when older ones are asked for:
each is read with the text that fired it, which takes a quarter of a millisecond."""
_SOON = 400
"""Milliseconds after the last judgement, before suggestions are made of it."""


class InboxPresenter(QObject):
    filter_changed = Signal(object)
    """An `InboxFilter`."""
    precision_known = Signal(object)
    """The `Precision` of the saved search that is looked at, or None."""
    suggested = Signal(object)
    """A `Suggestion` for it, or None."""
    judged = Signal(object)
    """True, False or None: what was said of the articles now."""
    said = Signal(str)
    problem = Signal(object)

    def __init__(
        self, jobs: Jobs, search: SearchLink, changer: Changer, articles: ArticleListPresenter,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._jobs, self._search, self._changer, self._articles = jobs, search, changer, articles
        self.limit = FIRST
        self.filter = InboxFilter()
        self.truncated = False
        """There are older alerts than those that were read."""
        self._alerts: dict[int, tuple[Alert, ...]] = {}
        self._rows: dict[int, Fired] = {}  # those that have been on show
        self._saved: dict[int, SavedLine] = {}
        self._fresh: dict[int, int] = {}  # alerts nobody has looked at here, with their articles
        self._kept_in: set[int] = set()  # articles that stay listed though they were seen
        self._chosen: tuple[int, int] = (0, 0)  # article and alert of the chosen chip
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self._ask)
        articles.alerts = self

    @property
    def on_show(self) -> bool:
        """Else what was read last may be out of date."""
        return self._articles.shown.scope.alerts and not self._articles.shown.searched

    # what the list asks

    def arrange(self, alerts: Sequence[Alert]) -> "array[int]":
        """All that were read, newest first → the articles to list, the last to fire first."""
        self.truncated = len(alerts) >= self.limit
        self._fresh.update((alert.id, alert.article_id) for alert in alerts if not alert.seen)
        self._alerts = inbox.by_article(map(self._named, alerts))
        self._show()
        return self.listed()

    def merge(self, alerts: Sequence[Alert]) -> "array[int] | None":
        """The newest of all, newest first, put on top of what was read before.

        None when none of them was known: others may have fired between.
        """
        known = {alert.id for alert in chain.from_iterable(self._alerts.values())}
        new = [alert for alert in alerts if alert.id not in known]
        if new and len(new) == len(alerts):
            return None
        self._fresh.update((alert.id, alert.article_id) for alert in new if not alert.seen)
        before = chain.from_iterable(self._alerts.values())
        self._alerts = inbox.by_article(chain(map(self._named, new), before))
        self._put(alert for alert in alerts if alert.id in known)
        self._show({alert.article_id for alert in new})
        return self.listed()

    def listed(self) -> "array[int]":
        return array("q", (number for number in self._alerts if self._fits(number)))

    def subtitle(self, count: int) -> str:
        fresh = {number for number in self._fresh.values() if number in self._alerts}
        new = sum(map(self._fits, fresh))
        said = f"{words.number(new)} new · " if new else ""
        older = f" of the latest {words.number(self.limit)} alerts" if self.truncated else ""
        return said + words.counted(count, "article") + older

    def why_empty(self) -> Empty:
        return no_alerts(self.filter.verdict, filtered=self.filter != InboxFilter())

    # what the user does

    def set_filter(self, wanted: InboxFilter) -> None:
        """Lists others of what was read."""
        if wanted == self.filter:
            return
        asked = wanted.saved != self.filter.saved
        self.filter, self._chosen = wanted, (0, 0)
        self._kept_in = set()
        self._show()
        self.filter_changed.emit(wanted)
        self._articles.rearrange()
        if asked:
            self.precision_known.emit(None)
            self.suggested.emit(None)
            self._ask()

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
        seen = [a.id for a in self._alerts.get(article_id, ()) if a.id in self._fresh]
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
            self._jobs.run(partial(_alerts_of, ids), self, done, self.problem.emit)

    def list_older(self) -> None:
        self.limit *= MORE
        self._articles.again()

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
        here = [n for n in changes.articles if n in self._alerts] if self.on_show else []
        if here:
            self._jobs.run(partial(_alerts_of, here), self, self._reread, self.problem.emit)
        if here or changes.saved:
            self._soon.start()

    # what is known

    def saved(self) -> list[SavedLine]:
        """The saved searches that can fire, have fired, or cannot be run; by name."""
        fired = {alert.saved_id for alerts in self._alerts.values() for alert in alerts}
        lines = [
            line for line in self._saved.values()
            if line.saved.alert or line.saved.broken or line.saved.id in fired
        ]  # fmt: skip
        return sorted(lines, key=lambda line: line.saved.name.casefold())

    def line_of(self, alert: Alert) -> SavedLine | None:
        return self._saved.get(alert.saved_id or 0)

    def alerts_of(self, article_id: int) -> tuple[Alert, ...]:
        return self._alerts.get(article_id, ())

    # inside

    def _named(self, alert: Alert) -> Alert:
        """With the name its saved search has today; one that is gone keeps the one it had."""
        line = self._saved.get(alert.saved_id or 0)
        if line is None or line.saved.name == alert.saved_search:
            return alert
        return replace(alert, saved_search=line.saved.name)

    def _fits(self, number: int) -> bool:
        alerts = self._alerts[number]
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
        if number not in self._rows and number in self._alerts:
            alerts = self._alerts[number]
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
        listed = set(self._articles.model.ids)
        for number, alerts in found.items():
            if number in self._alerts:
                self._alerts[number] = tuple(map(self._named, alerts))
        self._show(found)
        if any(number not in listed and self._fits(number) for number in found):
            self._articles.rearrange()  # a judgement was taken back, and the article is back

    def leaving(self, ids: Iterable[int]) -> list[int]:
        """Those of these articles that the filter no longer lists."""
        return [number for number in ids if number in self._alerts and not self._fits(number)]

    def _ask(self) -> None:
        line = self._saved.get(self.filter.saved)
        if line is None:
            return
        name = line.saved.name
        done = partial(self._precision_arrived, name)
        self._jobs.run(partial(_precision, name), self, done, self.problem.emit)

    def _precision_arrived(self, name: str, found: Precision) -> None:
        if not self._looks_at(name):
            return
        self.precision_known.emit(found)
        if found.noise:
            self._search.suggestions(name, partial(self._suggestions_arrived, name))
        else:
            self.suggested.emit(None)

    def _suggestions_arrived(self, name: str, found: tuple[Suggestion, ...]) -> None:
        if self._looks_at(name):
            self.suggested.emit(found[0] if found else None)

    def _looks_at(self, name: str) -> bool:
        line = self._saved.get(self.filter.saved)
        return line is not None and line.saved.name == name


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


def _alerts_of(ids: Sequence[int], library: Reading) -> dict[int, tuple[Alert, ...]]:
    return library.alerts_of(ids)


def _precision(name: str, library: Reading) -> Precision:
    return library.precision(name)


def _judge(hits: Mapping[str, Sequence[int]], kept: bool | None, library: Changing) -> Changes:
    return library.judge_for(hits, kept)
