"""Opens the card beside a mention, by pointer and by key, and does what is chosen on it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect

from reader.domain.entity import Entity
from reader.gui.models.mention_card import query_for
from reader.gui.presenters.mention_card import MentionCardPresenter
from reader.gui.views.article_marks import ENTITY, Mark
from reader.gui.views.article_table import Listed
from reader.gui.views.hover_intent import LONGER, HoverIntent
from reader.gui.views.mention_card import MentionCard

if TYPE_CHECKING:
    from reader.gui.main_window import MainWindow


class CardDesk(QObject):
    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.card = MentionCard(window)
        window.themed.connect(self.card.set_theme)
        self.presenter = MentionCardPresenter(window.jobs, self.card, self)
        self.intent = HoverIntent(self)
        self._mark: Mark | None = None
        self._stepping = False
        window.places.overview_changed.connect(self.presenter.set_overview)
        self._connect_pointer()
        self._connect_card()

    def deeds(self) -> dict[str, Callable[[], object]]:
        """What the registry's actions do."""
        return {"mention_card": self.open_current}

    def open_current(self) -> None:
        """For the keyboard: about the current mention, else the next one in view."""
        view = self._window.view
        if view.current_mention() is None:
            view.next_mention()
        mark = view.current_mention()
        if mark is not None:
            self._show(mark, view.place_of(mark))
            self.card.take_focus()

    def alert_about(self, entity_id: int) -> None:
        """An alert for every article about the entity, at once; Ctrl+Z takes it back."""
        window = self._window
        entity = self._entity(entity_id)
        if entity is None:
            return
        query = query_for(entity.name)
        saved = [line.saved for line in window.places.overview.saved]
        known = next((one for one in saved if one.query == query), None)
        if known is not None and known.alert:
            window.status.say(f"“{known.name}” alerts you about {entity.name} already.")
            return
        taken = {one.name for one in saved}
        name = entity.name if entity.name not in taken else f"{entity.name} (alert)"
        told = f"You will be alerted about {entity.name}. Ctrl+Z takes it back."
        if known is not None:
            window.places.set_alert(known.name, alert=True)
            window.status.say(told)
            return
        window.changer.run(
            lambda library: library.save_search(name, query, alert=True, judged={}),
            lambda: window.status.say(told),
        )

    def reject(self, entity_id: int, spelling: str) -> None:
        """In the article on show."""
        window, article = self._window, self._window.view.article_id()
        entity = self._entity(entity_id)
        name = entity.name if entity else spelling
        told = f"“{spelling}” does not mean {name} here. Ctrl+Z takes it back."
        window.changer.run(
            lambda library: library.reject_mention(article, entity_id, spelling),
            lambda: window.status.say(told),
        )

    # the pointer

    def _connect_pointer(self) -> None:
        view, card = self._window.view, self.card
        table = self._window.list.table
        view.mention_pointed.connect(self.intent.point)
        table.name_pointed.connect(lambda name, box: self.intent.point(name, box, LONGER))
        table.verticalScrollBar().valueChanged.connect(lambda _value: self._list_moved())
        view.mention_current.connect(self._follow)
        view.left_place.connect(self._left_place)
        view.entity_chosen.connect(lambda _entity: card.close_card())
        self.intent.wanted.connect(self._wanted)
        self.intent.left.connect(card.close_card)
        card.entered.connect(self.intent.hold)
        card.left.connect(self.intent.let_go)
        card.closed.connect(self.intent.forget)

    def _wanted(self, thing: Mark | Listed, place: QRect) -> None:
        if isinstance(thing, Listed):
            self._show_listed(thing, place)
        else:
            self._show(thing, place)

    def _show_listed(self, name: Listed, place: QRect) -> None:
        """About an entity that a row names; nothing can be said of the mention there."""
        if self._entity(name.entity_id) is None:
            return  # the list is about to be read again without it
        self._mark = None
        mark = Mark(0, 0, ENTITY, name.type, name.entity_id)
        self.presenter.show(mark, place, name.article_id, (0, 0))
        self.intent.open = True

    def _list_moved(self) -> None:
        if self._mark is None:
            self.card.close_card()

    def _show(self, mark: Mark, place: QRect) -> None:
        view = self._window.view
        self._mark = mark
        confirmed = self._confirmed(mark)
        self.presenter.show(
            mark, place, view.article_id(), view.numbered(mark), confirmed=confirmed
        )  # fmt: skip
        self.intent.open = True

    def _confirmed(self, mark: Mark) -> bool:
        detail = self._window.article.detail
        return detail is not None and (mark.entity_id, mark.alias) in detail.confirmed

    def _article_shown(self) -> None:
        """Of the article on show something may have been confirmed, or taken back."""
        if self._mark is not None and self.card.isVisible():
            self.card.show_confirmed(on=self._confirmed(self._mark))

    def _follow(self, mark: Mark) -> None:
        """An open card goes along from mention to mention."""
        if self.card.isVisible():
            if mark.entity_id:
                self._show(mark, self._window.view.place_of(mark))
            else:
                self.card.close_card()

    def _left_place(self) -> None:
        if not self._stepping:
            self.card.close_card()

    # the card

    def _connect_card(self) -> None:
        window, card = self._window, self.card
        window.article.shown.connect(lambda _detail: self._article_shown())
        card.step_wanted.connect(self._step)
        card.articles_wanted.connect(window.view.entity_chosen)
        card.alert_wanted.connect(self.alert_about)
        card.edit_wanted.connect(lambda entity: window.commands.desk.edit_entity(entity))
        card.page_wanted.connect(window.entity_pages.open)
        card.rejected.connect(self.reject)
        card.article_wanted.connect(lambda number: window.crossings.show_article(number))
        window.view.alert_requested.connect(self.alert_about)
        window.panel.alert_wanted.connect(self.alert_about)
        window.view.reject_requested.connect(self.reject)

    def _step(self, by: int) -> None:
        """Through the mentions of the entity that the card is about."""
        view, mark = self._window.view, self._mark
        if mark is not None:
            self._stepping = True
            view.go_through(mark)
            view.step_same(by)
            self._stepping = False

    def _entity(self, entity_id: int) -> Entity | None:
        lines = self._window.places.overview.entities
        return next((line.entity for line in lines if line.entity.id == entity_id), None)
