"""Names that nobody tracks yet: filtered, looked at, tracked or dismissed, a key each."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reader.domain.workshop import Discovered
from reader.gui import fonts
from reader.gui.models import discovery
from reader.gui.models.discovery import PERIODS, Found
from reader.gui.theme import LIGHT, Theme
from reader.gui.views.dialogs.discovery_detail import NameDetail
from reader.gui.views.dialogs.discovery_list import NameList
from reader.gui.views.dialogs.workplace import Workplace
from reader.gui.views.parts import EmptyState, Rule, ThinBar

_SIZE, _LEAST = QSize(1080, 760), QSize(760, 520)
_MARGIN = 36
_DETAIL = 400
_HOW = "T tracks · Shift+T at once · D dismisses · O opens an article · Ctrl+Z takes back"
_EMPTY = {
    "looking": ("search", "Looking for names…", "Each article is read only once."),
    "stopped": ("circle-stop", "Stopped", "Try again goes on from there."),
    "failed": ("triangle-alert", "The articles could not be looked through", ""),
    "done": ("check", "No names", "Nothing frequent in these days is untracked."),
    "filtered": ("list-filter", "No names of this kind", "Change the filter to see the others."),
}  # fmt: skip


class DiscoveryDialog(Workplace):
    period_wanted = Signal(int)
    """Days."""
    stop_wanted = Signal()
    track_wanted = Signal(object, bool)
    """A `Discovered`, and whether at once."""
    unwanted = Signal(object)
    undo_wanted = Signal()
    opened = Signal(int)
    """An article, by id, that is to be read as a whole."""

    def __init__(
        self, parent: QWidget | None = None, days: int = discovery.DAYS, theme: Theme = LIGHT
    ) -> None:
        super().__init__(parent, "Names nobody tracks yet", "Track…")
        self._found = Found(days=days)
        self.figure, self.basis, self.how = QLabel(self), QLabel(self), QLabel(_HOW, self)
        self.period, self.kind, self.words = QComboBox(self), QComboBox(self), QLineEdit(self)
        self.bar = ThinBar(self)
        self.stop, self.again = QPushButton("Stop", self), QPushButton("Try a&gain", self)
        self.list, self.detail, self.empty = NameList(self), NameDetail(self), EmptyState(self)
        self.at_once = QPushButton("Track at &once", self)
        self.dismiss = QPushButton("&Dismiss", self)
        self._fill(days)
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self.show_found(self._found)
        self.list.setFocus()
        room = parent.size() - QSize(_MARGIN, _MARGIN) if parent is not None else _SIZE
        self.setMinimumSize(_LEAST)
        self.resize(_SIZE.boundedTo(room).expandedTo(_LEAST))

    def show_found(self, found: Found) -> None:
        self._found = found
        looking = found.state == "looking"
        self.figure.setText(discovery.headline(found))
        self.basis.setText(discovery.basis(found))
        self.bar.setRange(0, found.total)
        self.bar.setValue(found.done)
        self.bar.setVisible(looking)
        self.stop.setVisible(looking)
        self.again.setVisible(found.state in ("stopped", "failed"))
        self.kind.setVisible(any(one.type for one in found.names or ()))
        self._show_names()

    def confirm(self) -> None:
        self._track(at_once=False)

    def set_theme(self, theme: Theme) -> None:
        for part in (self.list, self.detail):
            part.set_theme(theme)
        self.empty.set_theme(theme)
        self.bar.set_theme(theme)

    # inside

    def _show_names(self) -> None:
        kind = str(self.kind.currentData() or "")
        shown = discovery.kept(self._found.names or (), kind, self.words.text())
        self.list.show_names(shown)
        state = self._found.state
        if self._found.names and not shown:
            state = "filtered"
        icon, title, sentence = _EMPTY[state]
        self.empty.show_words(icon, title, self._found.sentence or sentence)
        self._stack.setCurrentIndex(0 if shown else 1)
        for button in (self.main, self.at_once, self.dismiss):
            button.setEnabled(bool(shown))
        self.how.setVisible(bool(shown))
        if shown and self.focusWidget() in (None, self.cancel, self.stop):
            self.list.setFocus()

    def _track(self, *, at_once: bool) -> None:
        if one := self.list.current():
            self.track_wanted.emit(one, at_once)

    def _drop(self) -> None:
        if one := self.list.current():
            self.unwanted.emit(one)

    def _period(self) -> None:
        self.period_wanted.emit(int(self.period.currentData()))

    def _connect(self) -> None:
        self.period.currentIndexChanged.connect(lambda _index: self._period())
        self.kind.currentIndexChanged.connect(lambda _index: self._show_names())
        self.words.textChanged.connect(lambda _text: self._show_names())
        self.stop.clicked.connect(self.stop_wanted)
        self.again.clicked.connect(self._period)
        self.list.chosen.connect(self._show_chosen)
        self.list.track_wanted.connect(self.track_wanted)
        self.list.unwanted.connect(self.unwanted)
        self.list.opened.connect(self.opened)
        self.detail.opened.connect(self.opened)
        self.at_once.clicked.connect(lambda: self._track(at_once=True))
        self.dismiss.clicked.connect(self._drop)
        undo = QShortcut(QKeySequence.StandardKey.Undo, self.list)
        undo.setContext(Qt.ShortcutContext.WidgetShortcut)
        undo.activated.connect(self.undo_wanted)

    def _show_chosen(self, one: Discovered | None) -> None:
        self.detail.show_name(one)
        self._rule.setVisible(one is not None)

    def _fill(self, days: int) -> None:
        for length, label in PERIODS:
            self.period.addItem(label, length)
        self.period.setCurrentIndex(max(0, self.period.findData(days)))
        self.period.setAccessibleName("Period")
        for kind, label in (("", "Every kind"), ("weapon", "Weapons")):
            self.kind.addItem(label, kind)
        self.kind.setAccessibleName("Kind")
        self.words.setPlaceholderText("Filter")
        self.words.setAccessibleName("Filter the names")
        self.words.setClearButtonEnabled(True)

    def _lay_out(self) -> None:
        self.figure.setFont(fonts.ui(20, 650))
        self.basis.setFont(fonts.ui(12, 400))
        self.basis.setProperty("ink", "text2")
        self.basis.setWordWrap(True)
        self.how.setFont(fonts.ui(11, 400))
        self.how.setProperty("ink", "text3")
        for button in (self.stop, self.again, self.at_once, self.dismiss):
            button.setAutoDefault(False)
        self.cancel.setText("Close")
        self.fields.addLayout(self._head())
        self.fields.addWidget(self.bar.room())
        self.fields.addLayout(self._body(), 1)
        self.column.removeWidget(self.buttons)
        self.column.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        told = QVBoxLayout()
        told.setSpacing(3)
        told.addWidget(self.figure)
        told.addWidget(self.basis)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(told, 1)
        self.words.setFixedWidth(170)
        for part in (self.again, self.stop, self.words, self.kind, self.period):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _body(self) -> QHBoxLayout:
        self._rule = Rule(self, upright=True)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self.detail.setFixedWidth(_DETAIL)
        body = QHBoxLayout()
        body.setSpacing(18)
        body.addWidget(self._stack, 1)
        body.addWidget(self._rule)
        body.addWidget(self.detail)
        return body

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.how)
        foot.addStretch(1)
        foot.addWidget(self.dismiss)
        foot.addWidget(self.at_once)
        foot.addWidget(self.buttons)
        return foot
