"""Asks the user what an action needs to know, and has the library do it.

Every question opens beside the window's work instead of stopping it; an answer that the library
refuses is shown in the question.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QFileDialog
from shiboken6 import isValid

from reader import __version__
from reader.domain.article import ArticleDetail
from reader.domain.entity import Entity
from reader.domain.library import Changes, Overview
from reader.domain.quoting import asking
from reader.domain.reports import ImportReport
from reader.domain.search import SavedSearch
from reader.domain.subscribe import SubscribeReport
from reader.gui import words
from reader.gui.exporting import FILTERS, export, losses
from reader.gui.models.places import Place
from reader.gui.models.trial import name_of
from reader.gui.ports import Changing, Reading
from reader.gui.views.dialogs.about import AboutDialog
from reader.gui.views.dialogs.add_feed import AddFeedDialog
from reader.gui.views.dialogs.errors import ErrorsDialog
from reader.gui.views.dialogs.import_report import ImportReportDialog
from reader.gui.views.dialogs.losses import Losses
from reader.gui.views.dialogs.note import NoteDialog
from reader.gui.views.dialogs.older_than import OlderThanDialog
from reader.gui.views.dialogs.one_line import OneLine
from reader.gui.views.dialogs.tags import TagDialog

if TYPE_CHECKING:
    from reader.gui.discovery_desk import DiscoveryDesk
    from reader.gui.main_window import MainWindow
    from reader.gui.studio_desk import StudioDesk
    from reader.gui.workshop_desk import WorkshopDesk

_IMPORTS = "Feeds, entities, searches (*.opml *.xml *.json *.csv *.tsv);;All files (*)"
_LONGEST_NAME = 80


class Desk:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.open: QDialog | None = None
        """The question asked last; it may be over."""

    @cached_property
    def studio(self) -> "StudioDesk":
        from reader.gui.studio_desk import StudioDesk

        return StudioDesk(self._window, self._window.searcher)

    @cached_property
    def workshop(self) -> "WorkshopDesk":
        from reader.gui.workshop_desk import WorkshopDesk

        return WorkshopDesk(self._window, self._window.analyst)

    @cached_property
    def discovery(self) -> "DiscoveryDesk":
        from reader.gui.discovery_desk import DiscoveryDesk

        return DiscoveryDesk(self._window, self._window.analyst, self.workshop)

    def ask_back(self) -> bool:
        """See `Commands.ask_back`."""
        return "workshop" in vars(self) and self.workshop.ask_back()

    @property
    def _overview(self) -> Overview:
        return self._window.places.overview

    def _ask(self, dialog: QDialog) -> None:
        self.open = dialog
        dialog.open()

    # feeds

    def add_feed(self) -> None:
        folders = [folder.path for folder in self._overview.folders]
        dialog = AddFeedDialog(self._window, folders)

        def subscribe(url: str, folder: str) -> None:
            arrived = partial(_if_open, dialog, partial(self._subscribed, dialog))
            failed = partial(_if_open, dialog, lambda p: dialog.show_error(str(p)))
            self._window.link.subscribe(url, folder, arrived, failed)

        dialog.subscribe_requested.connect(subscribe)
        self._ask(dialog)

    def _subscribed(self, dialog: AddFeedDialog, report: SubscribeReport) -> None:
        dialog.show_report(report)
        if report.subscribed and not report.known:
            self._window.places.reload()
            self._window.link.refresh([report.subscribed])
            self._window.status.say(f"Following {report.title or report.subscribed}.")

    def rename_feed(self, place: Place) -> None:
        feed = place.item.feed
        dialog = OneLine(self._window, "Rename the feed", "&Title", feed.title)
        dialog.answered.connect(lambda title: self._window.places.rename_feed(feed.url, title))
        self._ask(dialog)

    def move_feed(self, place: Place) -> None:
        feed = place.item.feed
        folders = [folder.path for folder in self._overview.folders]
        hint = "Folders can lie in folders: “Mediterranean/Libya”. Empty: no folder."
        dialog = OneLine(self._window, "Move to a folder", "&Folder", feed.folder, folders, hint)
        dialog.answered.connect(lambda folder: self._window.places.move_feed(feed.url, folder))
        self._ask(dialog)

    def problems(self) -> None:
        feeds = [line.feed for line in self._overview.feeds]
        dialog = ErrorsDialog(self._window, feeds, datetime.now(UTC))

        def show(overview: Overview) -> None:
            dialog.show_feeds([line.feed for line in overview.feeds], datetime.now(UTC))

        changed = self._window.places.overview_changed
        changed.connect(show)
        dialog.finished.connect(lambda _result: changed.disconnect(show))
        dialog.retry_requested.connect(lambda urls: self._window.link.refresh(list(urls)))
        dialog.remove_requested.connect(
            lambda url: self._window.changer.run(lambda library: library.remove_feed(url))
        )
        self._ask(dialog)

    # articles

    def tag(self, ids: Sequence[int]) -> None:
        """With several articles, the tags they share are shown."""
        lines = [line for line in map(self._window.articles.model.known, ids) if line is not None]
        if not lines:
            return
        shared = [tag for tag in lines[0].tags if all(tag in line.tags for line in lines)]
        known = [name for name, _ in self._overview.tags]
        dialog = TagDialog(self._window, shared, known)

        def decided(added: Sequence[str], removed: Sequence[str]) -> None:
            self._window.changer.run(partial(_retag, ids, added, removed))

        dialog.decided.connect(decided)
        self._ask(dialog)

    def note(self, article_id: int) -> None:
        window = self._window

        def ask(detail: ArticleDetail | None) -> None:
            if detail is None:
                return
            dialog = NoteDialog(window, detail.note)
            dialog.saved.connect(
                lambda text: window.changer.run(lambda library: library.note(article_id, text))
            )
            self._ask(dialog)

        window.jobs.run(partial(_detail, article_id), window, ask, window.show_problem)

    def older(self) -> None:
        dialog = OlderThanDialog(self._window, self._window.articles.shown.title)

        def mark(age: Any) -> None:
            self._window.marking.mark_all_read(datetime.now(UTC) - age)

        dialog.chosen.connect(mark)
        self._ask(dialog)

    # searches

    def save_search(self, query: str, *, alert: bool = False) -> None:
        self._studio(SavedSearch(0, name_of(query), query, alert))

    def edit_search(self, place: Place) -> None:
        self.open = self.studio.edit(place.item)

    def improve_search(self, name: str, query: str) -> None:
        """A saved search, with the query that was suggested for it."""
        lines = self._overview.saved
        found = next((line for line in lines if line.saved.name == name), None)
        if found is not None:
            self.open = self.studio.edit(found, query)

    def new_alert(self, entity_id: int) -> None:
        """For articles that mention a tracked entity."""
        found = self._entity_of(entity_id)
        if found is not None:
            self._studio(SavedSearch(0, found.name, asking("entity", found.name), alert=True))

    def _studio(self, search: SavedSearch) -> None:
        self.open = self.studio.new(search)

    # entities

    def track(self, text: str = "") -> None:
        """A new entity, named by the selected words; one that waits unfinished comes first."""
        if self._window.aside.back():
            return
        name = " ".join(text.split())[:_LONGEST_NAME]
        lists = self.workshop.watchlists()
        found = Entity(name, "person", lists[0] if lists else "default")
        self.open = self.workshop.open(found)

    def discover(self) -> None:
        """Names that nobody tracks yet."""
        if self._window.aside.back():
            return
        self.open = self.discovery.open()

    def edit_entity(self, entity_id: int) -> None:
        found = self._entity_of(entity_id)
        if found is not None and not self._window.aside.back():
            self.open = self.workshop.open(found)

    def _entity_of(self, entity_id: int) -> Entity | None:
        lines = self._overview.entities
        return next((line.entity for line in lines if line.entity.id == entity_id), None)

    # files

    def import_file(self) -> None:
        window = self._window
        dialog = QFileDialog(window, "Import", "", _IMPORTS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)

        def chosen(path: str) -> None:
            window.status.say(f"Reading {Path(path).name}…")
            imported = partial(self._imported, Path(path).name)
            window.link.import_file(path, imported, window.show_problem)

        dialog.fileSelected.connect(chosen)
        self._ask(dialog)

    def _imported(self, name: str, report: ImportReport) -> None:
        self._window.status.say(report.sentence())
        if report.rejected:
            dialog = ImportReportDialog(self._window, name, report)
            dialog.save_wanted.connect(self._save_report)
            self._ask(dialog)
        self._window.places.reload()
        self._window.apply_changes(Changes(counts=True, feeds=True, entities=True, saved=True))

    def _save_report(self, text: str) -> None:
        window = self._window
        dialog = QFileDialog(window, "Save the report", "import-report.txt", "Text (*.txt)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)

        def chosen(path: str) -> None:
            work = partial(_written, Path(path), text)
            window.jobs.run(work, window, window.status.say, window.show_problem)

        dialog.fileSelected.connect(chosen)
        self._ask(dialog)

    def export_file(self, name: str = "feeds.opml") -> None:
        """`name`: what is proposed; its ending says what is written."""
        window = self._window
        dialog = QFileDialog(window, "Export", name, FILTERS)
        known = (one for one in FILTERS.split(";;") if f"*{Path(name).suffix}" in one)
        dialog.selectNameFilter(next(known))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)

        def write(path: Path) -> None:
            work = partial(_export, path)
            window.jobs.run(work, window, window.status.say, window.show_problem)

        def asked(path: Path, lost: Sequence[str]) -> None:
            if not lost:
                write(path)
                return
            question = Losses(window, path.name, lost)
            question.accepted.connect(partial(write, path))
            self._ask(question)

        def chosen(name: str) -> None:
            path = Path(name)
            window.jobs.run(
                partial(_losses, path), window, partial(asked, path), window.show_problem
            )

        dialog.fileSelected.connect(chosen)
        self._ask(dialog)

    # help

    def about(self) -> None:
        totals = self._overview.totals
        facts = [
            ("Articles", words.number(totals.articles)),
            ("Feeds", words.number(totals.feeds)),
            ("On disk", words.size(totals.bytes_on_disk)),
        ]
        self._ask(AboutDialog(self._window, __version__, facts))


def _if_open(dialog: QDialog, do: Callable[[Any], object], answer: Any) -> None:
    """Answers to a question that was closed meanwhile are of no use to it."""
    if isValid(dialog) and dialog.isVisible():
        do(answer)


def _retag(
    ids: Sequence[int], added: Sequence[str], removed: Sequence[str], library: Changing
) -> Changes:
    changes = Changes()
    for name in added:
        changes |= library.tag(ids, name)
    for name in removed:
        changes |= library.tag(ids, name, remove=True)
    return changes


def _detail(article_id: int, library: Reading) -> ArticleDetail | None:
    return library.detail(article_id)


def _export(path: Path, library: Reading) -> str:
    return export(path, library.overview())


def _written(path: Path, text: str, _library: Reading) -> str:
    from reader.services.exchange import write_file  # here, for the window starts without it

    write_file(path, text.encode())
    return f"The report is in {path}."


def _losses(path: Path, library: Reading) -> tuple[str, ...]:
    return losses(path, library.overview())
