"""All around the inbox: what its filters, chips and keys do, and what they lead to.

The inbox is the place "Alerts" of the ordinary list. While it is on show its bar stands over the
rows, K and N judge, and the words that fired are marked in the article.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu

from reader.domain.alert import Alert, Suggestion
from reader.domain.article import ArticleDetail
from reader.domain.library import Overview
from reader.gui import words
from reader.gui.models.inbox import VERDICTS, InboxFilter, share, why
from reader.gui.ports import SearchLink
from reader.gui.presenters.inbox import InboxPresenter

if TYPE_CHECKING:
    from reader.gui.main_window import MainWindow

PLACE = "alerts"
"""The key of the inbox in the sidebar."""


class InboxDesk(QObject):
    def __init__(self, window: "MainWindow", link: SearchLink) -> None:
        super().__init__(window)
        self._window = window
        self._suggestion: Suggestion | None = None
        self._judging: list[int] = []
        self._stay = False
        self.presenter = InboxPresenter(window.jobs, link, window.changer, window.articles, self)
        self.bar = window.list.inbox
        self._connect_presenter()
        self._connect_views()
        window.actions_["inbox_all"].setChecked(True)
        window.actions_.enable("change_search", on=False)

    def _connect_presenter(self) -> None:
        presenter, window = self.presenter, self._window
        presenter.filter_changed.connect(self._show_filter)
        presenter.advice.precision_known.connect(self.bar.show_precision)
        presenter.advice.suggested.connect(self._show_suggestion)
        presenter.judged.connect(self._go_on)
        presenter.said.connect(window.status.say)
        presenter.problem.connect(window.show_problem)
        window.articles.begun.connect(self._look)
        presenter.counted.connect(self._show_counts)
        window.places.overview_changed.connect(self._show_overview)
        window.article.shown.connect(self._shown)

    def _connect_views(self) -> None:
        bar, table, window = self.bar, self._window.list.table, self._window
        bar.saved_chosen.connect(self.filter_by)
        bar.change_wanted.connect(lambda _suggestion: self.change_search())
        bar.edit_wanted.connect(self._edit)
        bar.choice.closed.connect(table.setFocus)  # the keys judge again
        table.alert_pressed.connect(self.presenter.choose_chip)
        table.set_alert_tip(self.tip)
        window.list.row_menu_wanted.connect(self.add_to_menu)

    @property
    def on_show(self) -> bool:
        return self.presenter.on_show

    # deeds

    def deeds(self) -> dict[str, Callable[[], object]]:
        """By the ids of their actions."""
        return {
            "alerts": lambda: self._window.go_to(PLACE),
            "keep": lambda: self.judge(kept=True),
            "noise": lambda: self.judge(kept=False),
            "judge_one": self.judge_one,
            **{f"inbox_{name}": partial(self._set_verdict, name) for name in VERDICTS},
            "inbox_unseen": self._toggle_unseen,
            "inbox_search": self._choose_search,
            "inbox_clear": lambda: self._set(InboxFilter()),
            "change_search": self.change_search,
        }

    def show_saved(self, saved_id: int) -> None:
        """The inbox, with what this saved search fired for alone."""
        self._set(InboxFilter(saved=saved_id))

    def filter_by(self, saved_id: int) -> None:
        self._set(replace(self.presenter.filter, saved=saved_id))

    def judge(self, *, kept: bool, only: int = 0) -> None:
        """The chosen articles, as `InboxPresenter.judge` does; then the next row is chosen."""
        ids = self._window.commands.chosen()
        if not ids:
            self._window.status.say("Choose an article first.")
            return
        self._judging, self._stay = ids, bool(only)
        self.presenter.judge(ids, kept, only)

    def judge_one(self) -> None:
        """A menu of the saved searches that fired for the chosen article."""
        ids = self._window.commands.chosen()
        alerts = self.presenter.alerts_of(ids[0]) if ids and self.on_show else ()
        if not alerts:
            self._window.status.say("Choose an alert of the inbox first.")
            return
        menu = QMenu(self._window.list)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill(menu, alerts)
        table = self._window.list.table
        menu.popup(table.viewport().mapToGlobal(table.visualRect(table.currentIndex()).center()))

    def change_search(self) -> None:
        """Opens the saved search with the query that was suggested for it."""
        found = self._suggestion
        if found is not None:
            self._window.commands.desk.improve_search(found.saved_search, found.query)

    def add_to_menu(self, menu: QMenu) -> None:
        """Of a row of the inbox: what can be said of each saved search that fired."""
        ids = self._window.commands.chosen()
        alerts = self.presenter.alerts_of(ids[0]) if ids and self.on_show else ()
        if not alerts:
            return
        menu.addSeparator()
        for name in ("keep", "noise"):
            menu.addAction(self._window.actions_[name])
        self._fill(menu, alerts)

    def tip(self, alert: Alert) -> str:
        """What is to be known of a saved search beside its name."""
        line = self.presenter.line_of(alert)
        when = words.moment(alert.at, datetime.now(UTC))
        parts = [
            alert.saved_search,
            line.saved.query if line else "This saved search is gone.",
            f"Fired at {when} by version {alert.version} of the query"
            + (f": {why(alert)}" if alert.why else ""),
            share(line.kept, line.noise) if line else "",
            "Click: judge for this saved search alone" if line else "",
        ]
        return "\n".join(part for part in parts if part)

    # inside

    def _set(self, wanted: InboxFilter) -> None:
        self.presenter.set_filter(wanted)
        self._show_filter(self.presenter.filter)
        if not self.on_show:
            self._window.go_to(PLACE)

    def _set_verdict(self, verdict: str) -> None:
        self._set(replace(self.presenter.filter, verdict=verdict))

    def _toggle_unseen(self) -> None:
        now = self.presenter.filter
        self._set(replace(now, unseen=not now.unseen))

    def _choose_search(self) -> None:
        if not self.on_show:
            self._window.go_to(PLACE)
        self.bar.choice.setFocus()
        self.bar.choice.showPopup()

    def _go_on(self, verdict: bool | None) -> None:
        """To the row below what was judged, but not where that was taken back, or is judged for
        each search; rows that the filter no longer lists are gone."""
        if not self.on_show:
            return
        table, ids = self._window.list.table, self._judging
        gone = set(self.presenter.leaving(ids))
        last = max((table.rows.row_of(number) for number in ids), default=-1)
        below = [*range(last + 1, table.rows.rowCount())]
        above = [*range(last - 1, -1, -1)] if gone else []
        stays = (verdict is None or self._stay) and not gone
        wanted = next((r for r in (*below, *above) if table.rows.ids[r] not in gone), -1)
        if wanted >= 0 and not stays:
            table.choose(wanted)
        if gone:
            self._window.articles.drop([*gone])

    def _fill(self, menu: QMenu, alerts: Sequence[Alert]) -> None:
        for alert in alerts:
            line = self.presenter.line_of(alert)
            if line is None:
                continue
            below = menu.addMenu(alert.saved_search.replace("&", "&&"))
            for text, kept in (("Keep", True), ("Noise", False)):
                entry = below.addAction(text)
                entry.setCheckable(True)
                entry.setChecked(alert.kept is kept)
                entry.triggered.connect(
                    lambda _=False, kept=kept, only=alert.id: self.judge(kept=kept, only=only)
                )
            below.addSeparator()
            saved = line.saved.id
            below.addAction("Only its alerts").triggered.connect(
                lambda _=False, saved=saved: self.filter_by(saved)
            )
            below.addAction("Edit…").triggered.connect(
                lambda _=False, saved=saved: self._edit(saved)
            )

    def _edit(self, saved_id: int) -> None:
        places = self._window.places.model
        place = places.place(places.find(f"saved:{saved_id}"))
        if place is not None:
            self._window.commands.desk.edit_search(place)

    def _look(self) -> None:
        """Something else is on show, or the inbox again."""
        on = self.on_show
        self.bar.setVisible(on)
        self._window.actions_.set_inbox(on=on)
        self._window.article.mark_alerts(on=on)

    def _show_filter(self, wanted: InboxFilter) -> None:
        for name in VERDICTS:
            self._window.actions_[f"inbox_{name}"].setChecked(name == wanted.verdict)
        self._window.actions_["inbox_unseen"].setChecked(wanted.unseen)
        self.bar.show_filter(wanted)

    def _show_suggestion(self, found: Suggestion | None) -> None:
        self._suggestion = found
        self._window.actions_.enable("change_search", on=found is not None)
        self.bar.show_suggestion(found)

    def _show_overview(self, overview: Overview) -> None:
        self.presenter.set_overview(overview)
        self.bar.show_saved(self.presenter.saved())

    def _show_counts(self, counts: Mapping[str, int]) -> None:
        self.bar.show_counts(counts)
        self.bar.show_saved(self.presenter.saved())

    def _shown(self, detail: ArticleDetail | None) -> None:
        if detail is not None:
            self.presenter.looked_at(detail.line.id)
