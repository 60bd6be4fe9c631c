"""The alert studio: a search is named, written, tried out, judged and saved, with its alert.

It knows no language and asks nobody: what the query is made of, and what it would have found, is
shown by whoever was told of the change.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from reader.domain.search import SavedSearch
from reader.gui.models.samples import SampleModel
from reader.gui.models.trial import Trial, name_of
from reader.gui.theme import LIGHT, Theme
from reader.gui.views.dialogs.question import names_box
from reader.gui.views.dialogs.studio_query import QueryBox
from reader.gui.views.dialogs.studio_trial import TrialPanel
from reader.gui.views.dialogs.workplace import Workplace
from reader.gui.views.parts import Rule, ground
from reader.gui.views.rule_form import RuleForm
from reader.gui.words import counted

_SIZE = QSize(1220, 830)
_LEAST = QSize(860, 560)
"""Also where the window is smaller: it is a window of its own."""
_FORM = 336
_MARGIN = 36
_NAME = "padding: 0 9px; min-height: 30px;"
"""Letters of every script, also those that are higher than our own, keep clear of its edge."""


class Studio(Workplace):
    """`search` with id 0 is a new one. `taken`: names of the others; `folders`: those there are.

    The query is checked by whoever stores it: `show_error` says what is wrong with it.
    """

    saved = Signal(object)
    """The `SavedSearch` as it is to be; its id and version are those of the former one."""

    def __init__(
        self, parent: QWidget | None, search: SavedSearch, taken: Collection[str] = (),
        folders: Sequence[str] = (), model: SampleModel | None = None, theme: Theme = LIGHT,
    ) -> None:  # fmt: skip
        known = bool(search.id)
        super().__init__(parent, "Edit the search" if known else "Save this search", "Save search")
        own = {search.name.casefold()} if known else set()
        self._search, self._judged = search, 0
        self._taken = {name.casefold() for name in taken} - own
        self.name = QLineEdit(search.name, self)
        self.name.setStyleSheet(_NAME)
        self.folder = names_box(folders, search.folder, "None", self)
        self.query = QueryBox(self)
        self.rule = RuleForm(search.alert, search.rule, self)
        self.trial = TrialPanel(model or SampleModel(self), self)
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self.query.set_text(search.query)
        self._follows = not known and search.name == name_of(search.query)
        self._show_rule()
        (self.name if search.query and not search.broken else self.query).setFocus()
        self.name.selectAll()
        if search.broken:
            self.complain(search.broken)
        room = parent.size() - QSize(_MARGIN, _MARGIN) if parent is not None else _SIZE
        self.setMinimumSize(_LEAST)
        self.resize(_SIZE.boundedTo(room).expandedTo(_LEAST))

    # what it says

    def search(self) -> SavedSearch:
        """As the fields are filled in now."""
        return replace(
            self._search,
            name=" ".join(self.name.text().split()),
            query=self.query.text().strip(),
            alert=self.rule.alert,
            folder=" ".join(self.folder.currentText().split()),
            rule=self.rule.rule(),
        )

    def confirm(self) -> None:
        search = self.search()
        if not search.name:
            self._refuse("Give the search a name; it is shown in the sidebar.", self.name)
        elif search.name.casefold() in self._taken:
            told = f"There is already a search named “{search.name}”. Choose another name."
            self._refuse(told, self.name)
        elif not search.query:
            self._refuse("Type what to search for.", self.query.field)
        else:
            self.complain("")
            self.saved.emit(search)

    def put_query(self, query: str) -> None:
        """As if the user had written it."""
        self.query.set_text(query)
        self._follow(query)
        self.query.field.setFocus()

    def show_error(self, sentence: str) -> None:
        """The search was refused; the dialog stays open. After success, call `accept()`."""
        self._refuse(sentence, self.query.field)

    def show_trial(self, shown: Trial) -> None:
        """What became of trying the query out."""
        self.trial.show_trial(shown)
        if shown.state == "refused":
            self.query.show_error(shown.sentence, shown.query, shown.position)
        elif shown.state == "done" and shown.tried is not None:
            self.query.show_found(counted(shown.tried.total, "article"))
        elif shown.state != "trying":
            self.query.show_found("")

    def show_judged(self, kept: int, noise: int) -> None:
        self._judged, self._warned = kept + noise, False
        self.trial.show_judged(kept, noise)

    def set_theme(self, theme: Theme) -> None:
        for part in (self.query, self.rule, self.trial):
            part.set_theme(theme)

    # leaving

    def loss(self) -> str:
        judged = counted(self._judged, "judgement")
        return f"Leave without saving, with {judged}?" if self._judged else ""

    # the inside

    def _refuse(self, sentence: str, field: QWidget) -> None:
        self.complain(sentence)
        field.setFocus()

    def _lay_out(self) -> None:
        self.add_pair(("&Name", self.name), ("&Folder", self.folder))
        self.add("Search fo&r", self.query)
        self.query.setAccessibleName("Search for")
        self.fields.addSpacing(10)
        self.fields.addWidget(Rule(self))
        self.fields.addSpacing(10)
        body = QHBoxLayout()
        body.setSpacing(18)
        body.addWidget(self._scrolled(self.rule))
        body.addWidget(Rule(self, upright=True))
        body.addWidget(self.trial, 1)
        self.fields.addLayout(body, 1)

    def _scrolled(self, form: QWidget) -> QScrollArea:
        """Where the window is too low for all of it."""
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ground(form, "page")
        area.setWidget(form)
        area.setFixedWidth(_FORM)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _connect(self) -> None:
        self.rule.changed.connect(self._show_rule)
        self.query.typed.connect(self._follow)
        self.query.typed.connect(lambda _query: self.complain(""))  # of what it was before
        self.name.textEdited.connect(self._named)
        self.query.escaped.connect(self.reject)
        self.query.confirmed.connect(self.confirm)

    def _follow(self, query: str) -> None:
        """A new search is called after its query until the user calls it something else."""
        if self._follows:
            self.name.setText(name_of(query))

    def _named(self) -> None:
        self._follows = False

    def _show_rule(self) -> None:
        self.trial.show_rule(alert=self.rule.alert, rule=self.rule.rule())
