"""Opens the alert studio and keeps it supplied: parts of the query, completions, trials, samples.

One for the window; it outlives every studio, so that late answers find somebody to drop them.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from reader.domain.article import ArticleDetail, Explained
from reader.domain.library import Changes
from reader.domain.search import SavedLine, SavedSearch
from reader.errors import ReaderError
from reader.gui.ports import Changing, SearchLink
from reader.gui.presenters.changer import Work
from reader.gui.presenters.search_words import SearchWords
from reader.gui.presenters.studio import StudioPresenter
from reader.gui.query_reading import read
from reader.gui.theme import Theme
from reader.gui.views.dialogs.query_form import Known, QueryForm
from reader.gui.views.dialogs.studio import Studio
from reader.gui.views.dialogs.studio_reader import SampleReader
from reader.gui.views.search_help import SearchHelp

if TYPE_CHECKING:
    from reader.gui.main_window import MainWindow


class StudioDesk(QObject):
    def __init__(self, window: "MainWindow", link: SearchLink) -> None:
        super().__init__(window)
        self._window = window
        window.themed.connect(self.set_theme)
        self._words = SearchWords(link, self)
        self.presenter = StudioPresenter(window.jobs, link, self)
        self.presenter.problem.connect(window.show_problem)
        self.presenter.opened.connect(self._show_sample)
        self.presenter.explained.connect(self._show_marks)
        self.dialog: Studio | None = None
        """The one opened last; it may be over."""
        self.reader: SampleReader | None = None

    def new(self, search: SavedSearch) -> Studio:
        """A search that is not saved yet."""

        def save(said: SavedSearch) -> None:
            told = " New articles that match raise an alert." if said.alert else ""
            work = partial(_save, said, self.presenter.verdicts(said.query))
            self._store(work, f"Saved {said.name}.{told}")

        return self._open(search, save)

    def edit(self, line: SavedLine, query: str = "") -> Studio:
        """A saved search, with another query if one is given."""
        old = line.saved
        shown = SavedSearch(
            old.id, old.name, query or old.query, old.alert, old.version,
            "" if query else old.broken, old.folder, old.rule,
        )  # fmt: skip

        def save(said: SavedSearch) -> None:
            work = partial(_edit, old, said, self.presenter.verdicts(said.query))
            self._store(work, f"Saved {said.name}.")

        dialog = self._open(shown, save)
        dialog.trial.set_search(old.name, line.kept, line.noise)
        return dialog

    def set_theme(self, theme: Theme) -> None:
        """For the studio that is open, and the sample in it."""
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.set_theme(theme)
        if self.reader is not None and isValid(self.reader):
            self.reader.view.set_theme(theme)

    # inside

    def _open(self, search: SavedSearch, save: Callable[[SavedSearch], None]) -> Studio:
        window, overview = self._window, self._window.places.overview
        taken = [line.saved.name for line in overview.saved]
        folders = {line.saved.folder for line in overview.saved} - {""}
        folders |= {folder.path for folder in overview.saved_folders}
        dialog = Studio(window, search, taken, sorted(folders), self.presenter.model, window.theme)
        self.dialog = dialog
        self._supply(dialog)
        dialog.saved.connect(save)
        dialog.finished.connect(self.presenter.end)
        dialog.open()
        self._words.parse(search.query)
        self.presenter.begin(search.query)
        return dialog

    def _supply(self, dialog: Studio) -> None:
        box, trial, presenter, words = dialog.query, dialog.trial, self.presenter, self._words
        box.set_recent(self._window.searching.recent.queries())
        box.field.chips.label = self._window.narrowing.presenter.label
        box.clauses_wanted.connect(words.parse)
        box.completions_wanted.connect(words.complete)
        box.typed.connect(presenter.typed)
        box.entered.connect(presenter.try_out)
        box.form_wanted.connect(self._build)
        box.help_wanted.connect(self._help)
        words.parsed.connect(box.show_clauses)
        words.completed.connect(box.show_completions)
        presenter.trial_changed.connect(dialog.show_trial)
        presenter.judged.connect(dialog.show_judged)
        self._show_channels(dialog)
        trial.samples.judged.connect(presenter.judge)
        trial.samples.opened.connect(presenter.open)
        presenter.meant.connect(trial.show_meant)
        trial.meant.connect(self._put)
        trial.again_wanted.connect(lambda: presenter.try_out(box.text()))

    def _show_channels(self, dialog: Studio) -> None:
        """How they are now, and again when they have been set up from here."""
        channels = self._window.channels
        dialog.rule.show_channels(channels.states)
        channels.states_changed.connect(dialog.rule.show_channels)
        dialog.rule.set_up_wanted.connect(self._window.actions_["channels"].trigger)
        channels.reload()

    def _store(self, work: Work, told: str) -> None:
        """Closes the dialog when the library has taken it, else shows why it has not."""
        dialog = self.dialog

        def refused(problem: ReaderError) -> None:
            if dialog is not None and isValid(dialog) and dialog.isVisible():
                dialog.show_error(str(problem))

        def done() -> None:
            if dialog is not None and isValid(dialog) and dialog.isVisible():
                dialog.accept()
            self._window.status.say(told)

        self._window.changer.run(work, done, refused)

    # samples in full

    def _show_sample(self, detail: ArticleDetail) -> None:
        dialog = self.dialog
        if dialog is None or not isValid(dialog) or not dialog.isVisible():
            return
        if self.reader is None or not isValid(self.reader) or not self.reader.isVisible():
            self.reader = SampleReader(dialog, self._window.theme)
            self.reader.view.set_text_size(self._window.view.text_size())
            self.reader.judged.connect(self._judge_here)
            self.reader.link_opened.connect(self._window.commands.browse)
            self.reader.open()
        self.reader.show_article(replace(detail, hits=()))  # its links lead nowhere from here

    def _show_marks(self, article_id: int, explained: Explained) -> None:
        if self.reader is not None and isValid(self.reader) and self.reader.isVisible():
            self.reader.show_marks(article_id, explained)

    def _judge_here(self, kept: bool) -> None:
        """On to the next sample, in full as well; after the last one back to the list."""
        if self.dialog is None or self.reader is None:
            return
        samples = self.dialog.trial.samples
        if samples.current() != self.reader.article_id:
            return  # the next one is on its way: nobody has seen it yet
        if samples.judge(kept):
            self.presenter.open(samples.current())
        else:
            self.reader.reject()

    # what opens from the query

    def _help(self) -> None:
        dialog = self.dialog
        if dialog is not None:
            page = SearchHelp(self._window.theme, dialog)
            page.tried.connect(self._put)
            page.open()

    def _build(self) -> None:
        """The form, filled in from the query; given up, everything is as it was."""
        dialog = self.dialog
        if dialog is None:
            return
        written = read(dialog.query.text(), dialog.query.field.clauses())
        form = QueryForm(dialog, written, Known.of(self._window.places.overview))
        form.wanted.connect(self._put)
        form.open()

    def _put(self, query: str) -> None:
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.put_query(query)
            self.presenter.try_out(query)


def _save(said: SavedSearch, judged: Mapping[int, bool], library: Changing) -> Changes:
    return library.save_search(
        said.name, said.query, alert=said.alert, folder=said.folder, rule=said.rule, judged=judged
    )


def _edit(
    old: SavedSearch, said: SavedSearch, judged: Mapping[int, bool], library: Changing
) -> Changes:
    changed = said.query if said.query != old.query else None  # else a broken one is refused
    return library.edit_search(
        old.name, query=changed, alert=said.alert, new_name=said.name, folder=said.folder,
        rule=said.rule, judged=judged,
    )  # fmt: skip
