"""Opens the page of an entity, and leads from it to the main window and back.

One for the window; the page is made when it is first wanted, and shows one entity at a time.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject
from PySide6.QtGui import QAction, QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog

from reader.domain.entity import Entity
from reader.domain.library import Changes, Overview
from reader.domain.profile import Companion, Comparison, Profile
from reader.domain.profile_columns import Span
from reader.domain.quoting import asking
from reader.errors import ReaderError
from reader.gui.models.entity_page import asked, query
from reader.gui.ports import AnalystLink, Reading
from reader.gui.presenters.entity_page import EntityPagePresenter
from reader.gui.theme import Theme

if TYPE_CHECKING:
    from reader.gui.main_window import MainWindow
    from reader.gui.views.entity_page import EntityPage

_PLACE = "entity_page"
_KINDS = {"csv": "Table (*.csv)", "png": "Picture (*.png)"}
_NAMES = {
    "time": "articles over time", "outlets": "outlets", "languages": "languages",
    "company": "appears with", "sentences": "sentences",
}  # fmt: skip


class EntityDesk(QObject):
    def __init__(self, window: "MainWindow", link: AnalystLink) -> None:
        super().__init__(window)
        self._window = window
        window.themed.connect(self.set_theme)
        self.page: EntityPage | None = None
        self.files: QFileDialog | None = None
        """The one opened last; it may be over."""
        self.presenter = EntityPagePresenter(link, _today, self)
        self._edit_it = QAction("Edit its spellings…", self)
        self._edit_it.triggered.connect(lambda: self._edit())
        self._all_time = QAction("Show all time", self)
        self._all_time.triggered.connect(lambda: self._period("all"))
        window.places.overview_changed.connect(self._overview_changed)

    def deeds(self) -> dict[str, Callable[[], object]]:
        """What the registry's actions do."""
        return {"entity_page": self.open_meant}

    def open(self, entity_id: int) -> None:
        """On an entity of the library; nothing for one that is gone."""
        entity = self._find(entity_id)
        if entity is None:
            return
        page = self._made()
        page.show_entity(entity, self._known(), enabled=entity in self._known())
        question = self.presenter.question
        page.head.show_choices(self.presenter.period, question.unit, collapse=question.collapse)
        self.presenter.begin(entity)
        page.show()
        page.raise_()
        page.activateWindow()

    def open_meant(self) -> None:
        """On the entity that is set as the action's data, or is chosen in the sidebar or beside
        the article, or is named most often there; else the user is asked."""
        action = self._window.actions_["entity_page"]
        meant = action.data()
        action.setData(None)
        found = meant if isinstance(meant, int) else self._chosen()
        if found:
            self.open(found)
            return
        from reader.gui.views.dialogs.choose_entity import ChooseEntity

        dialog = ChooseEntity(self._window, self._known())
        dialog.chosen.connect(self.open)
        self._window.commands.desk.open = dialog
        dialog.open()

    def close(self) -> None:
        """With the main window."""
        if self.page is not None:
            self.page.close()

    def set_theme(self, theme: Theme) -> None:
        if self.page is not None:
            self.page.set_theme(theme)
            self.page.show_others(self.presenter.others)

    def apply(self, changes: Changes) -> None:
        self.presenter.apply(changes)

    # inside

    def _chosen(self) -> int:
        window = self._window
        place = window.places.model.place(window.sidebar.currentIndex())
        if place is not None and place.kind == "entity":
            return int(place.item.entity.id)
        if chosen := window.panel.list.delegate.chosen:
            return chosen
        return next((row.entity_id for row in window.panel.top(1)), 0)

    def _known(self) -> list[Entity]:
        """Those of watchlists that are not switched off."""
        lines = self._window.places.overview.entities
        return [line.entity for line in lines if line.enabled]

    def _find(self, entity_id: int) -> Entity | None:
        lines = self._window.places.overview.entities
        return next((line.entity for line in lines if line.entity.id == entity_id), None)

    def _made(self) -> "EntityPage":
        if self.page is not None:
            return self.page
        from reader.gui.views.entity_page import EntityPage  # here, for the window opens without it

        page = self.page = EntityPage(None, self.presenter.model, self._window.theme)
        self._window.destroyed.connect(page.deleteLater)
        room = self._window.screen().availableSize()
        page.resize(page.size().boundedTo(room).expandedTo(page.minimumSize()))
        page.restoreGeometry(self._window.state.bytes(_PLACE))
        self._connect(page)
        return page

    def _connect(self, page: "EntityPage") -> None:
        presenter, head = self.presenter, page.head
        presenter.asked.connect(page.set_faded)
        presenter.profiled.connect(self._profiled)
        presenter.compared.connect(self._compared)
        presenter.company_found.connect(lambda found, on: page.show_company(found, reading=on))
        presenter.progressed.connect(page.show_progress)
        presenter.quoted.connect(lambda done: page.quotes.show_quoted(done=done))
        presenter.failed.connect(self._failed)
        presenter.problem.connect(self._window.show_problem)
        head.period_chosen.connect(presenter.set_period)
        head.unit_chosen.connect(presenter.set_unit)
        head.collapse_chosen.connect(lambda on: presenter.set_collapse(on=on))
        head.compared.connect(self._compare)
        head.articles.clicked.connect(self._show_articles)
        head.alert.clicked.connect(self._new_alert)
        head.edit.clicked.connect(self._edit)
        page.span_wanted.connect(self._show_span)
        page.narrowed.connect(self._show_narrowed)
        page.companion_chosen.connect(self._show_with)
        page.quotes.list.opened.connect(self._show_article)
        page.saving.connect(self._save)
        page.stop_wanted.connect(self._stop)
        page.closed.connect(self._closed)

    def _closed(self) -> None:
        self.presenter.end()
        if self.page is not None:
            self._window.state.put(_PLACE, self.page.saveGeometry())

    # what arrives

    def _profiled(self, found: Profile) -> None:
        if self.page is not None:
            self.page.show_profile(found, self._edit_it, self._all_time)

    def _compared(self, found: Comparison | None) -> None:
        if self.page is not None:
            self.page.show_comparison(found)
            self.page.show_others(self.presenter.others)

    def _failed(self, problem: ReaderError) -> None:
        if self.page is not None:
            self.page.show_problem(str(problem))

    def _overview_changed(self, _overview: Overview) -> None:
        """It may have been edited, or be gone."""
        old = self.presenter.entity
        if old is None or self.page is None:
            return
        new = self._find(old.id)
        if new is None:
            self.page.close()
        elif new != old:
            self.open(new.id)

    # what the user asks

    def _period(self, period: str) -> None:
        if self.page is not None:
            question = self.presenter.question
            self.page.head.show_choices(period, question.unit, collapse=question.collapse)
            self.presenter.set_period(period)

    def _compare(self, others: tuple[Entity, ...]) -> None:
        self.presenter.compare(others)
        if self.page is not None:
            self.page.show_others(self.presenter.others)

    def _show_with(self, companion: Companion | None) -> None:
        if self.page is not None:
            self.page.quotes.show_with(companion)
            self.presenter.quote_with(self._find(companion.entity_id) if companion else None)

    def _stop(self) -> None:
        self.presenter.stop_reading()
        if self.page is not None:
            self.page.show_progress(0, 0)

    def _show_span(self, span: Span) -> None:
        self._search(f"date:{asked(span)}")

    def _show_narrowed(self, field: str, value: str) -> None:
        if value:
            self._search(asking(field, value))

    def _search(self, narrower: str) -> None:
        if self.presenter.entity is not None:
            self._raise()
            self._window.search_for(query(self.presenter.entity.name, narrower))

    def _show_articles(self) -> None:
        if self.presenter.entity is not None:
            self._raise()
            self._window.crossings.show_entity(self.presenter.entity.id)

    def _show_article(self, article_id: int) -> None:
        self._raise()
        self._window.crossings.show_article(article_id)

    def _new_alert(self) -> None:
        if self.presenter.entity is not None:
            self._raise()
            self._window.commands.desk.new_alert(self.presenter.entity.id)

    def _edit(self) -> None:
        if self.presenter.entity is not None:
            self._raise()
            self._window.commands.desk.edit_entity(self.presenter.entity.id)

    def _raise(self) -> None:
        """The main window, where what was asked for is shown."""
        self._window.raise_()
        self._window.activateWindow()

    # files

    def _save(self, part: str, kind: str) -> None:
        page, entity = self.page, self.presenter.entity
        if page is None or entity is None:
            return
        if kind == "copy":
            QGuiApplication.clipboard().setText(page.table(part).tabbed())
            return
        called = page.parts.current() if part == "below" else part
        if kind == "png":
            from reader.gui.views.entity_page_paint import picture

            chart = page.shown()
            title = chart.title if chart.lines else f"{entity.name}: {chart.title.lower()}"
            data = _png(picture(chart, title, self._note(page)))
        else:
            data = page.table(part).csv()
        dialog = QFileDialog(page, "Save", f"{_plain(entity.name)} - {_NAMES[called]}.{kind}")
        dialog.setNameFilter(_KINDS[kind])
        dialog.setDefaultSuffix(kind)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(lambda path: self._write(Path(path), data))
        self.files = dialog
        dialog.open()

    def _note(self, page: "EntityPage") -> str:
        copies = "a text that many carry counts once" if self.presenter.question.collapse else ""
        return " · ".join(part for part in (page.shown().period, copies, "Media Reader") if part)

    def _write(self, path: Path, data: bytes) -> None:
        say = self._window.status.say
        self._window.jobs.run(partial(_written, path, data), self, say, self._window.show_problem)


def _written(path: Path, data: bytes, _library: Reading) -> str:
    from reader.services.exchange import write_file  # here, for the window opens without it

    write_file(path, data)
    return f"Saved {path}."


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def _plain(name: str) -> str:
    """A name as part of a file's."""
    return "".join("_" if char in '/\\:*?"<>|' or ord(char) < 32 else char for char in name)


def _today() -> date:
    return datetime.now().astimezone().date()
