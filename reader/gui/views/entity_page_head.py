"""Who the page is about, its figures, and what is to be counted."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.domain.entity import Entity
from reader.domain.profile import MOST_COMPARED, Profile, Report
from reader.domain.profile_columns import UNITS
from reader.gui import fonts, icons, words
from reader.gui.models.entity_page import PERIODS
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint
from reader.gui.views.dialogs.question import completer
from reader.gui.views.parts import IconButton, Line

_TILE = 40
_LONGEST_CHIP = 150
_LEAST_WHOM = 110


class Segments(QWidget):
    """Buttons side by side of which one is chosen; arrow keys go from one to the next."""

    chosen = Signal(str)

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for key, text in choices:
            button = QToolButton(self)
            button.setText(text)
            button.setCheckable(True)
            button.setFont(fonts.ui(12, 500))
            button.setAccessibleName(f"{name}: {text}")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _=False, k=key: self.chosen.emit(k))
            self._group.addButton(button)
            self.buttons[key] = button
            row.addWidget(button)

    def choose(self, key: str) -> None:
        """Without saying so."""
        self.buttons[key].setChecked(True)

    def current(self) -> str:
        return next((key for key, button in self.buttons.items() if button.isChecked()), "")


class _Tile(QWidget):
    """The sign of the entity's type on its colour."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._type = LIGHT, "other"
        self.setFixedSize(_TILE, _TILE)

    def show_type(self, kind: str, theme: Theme) -> None:
        self._type, self._theme = kind, theme
        self.setToolTip(kind)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, tint, _ = self._theme.entity(self._type)
        paint.rounded(painter, QRectF(self.rect()), 10, tint)
        sign = icons.pixmap(icons.entity_icon(self._type), ink, 22, self.devicePixelRatioF())
        painter.drawPixmap(9, 9, sign)
        painter.end()


class EntityHead(QWidget):
    """Says what the user asked for; changes nothing itself."""

    period_chosen = Signal(str)
    unit_chosen = Signal(str)
    collapse_chosen = Signal(bool)
    compared = Signal(object)
    """A tuple of `Entity`: with whom it is to be compared."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self._entity: Entity | None = None
        self._known: dict[str, Entity] = {}
        self._others: tuple[Entity, ...] = ()
        self.tile, self.name = _Tile(self), Line(20, 600, "text", self)
        self.about, self.figures = Line(12, 450, "text2", self), Line(13, 450, "text2", self)
        self.articles = QPushButton("Show its articles", self)
        self.alert, self.edit = QPushButton("New alert…", self), QPushButton("Edit…", self)
        for button in (self.articles, self.alert, self.edit):
            button.setAutoDefault(False)
        self.period = Segments("Period", PERIODS, self)
        self.unit = Segments("Count by", [(unit, unit.capitalize()) for unit in UNITS], self)
        self.collapse = QCheckBox("Copies count once", self)
        self.collapse.setToolTip("A text that several outlets carry counts for the first of them")
        self.whom = QLineEdit(self)
        self.whom.setPlaceholderText("Compare with…")
        self.whom.setAccessibleName("Compare with")
        self.whom.setMinimumWidth(_LEAST_WHOM)
        self.whom.setMaximumWidth(190)
        offers = completer((), self.whom)
        self._offered = QStringListModel(offers)
        offers.setModel(self._offered)
        self.whom.setCompleter(offers)
        self._with = QLabel("Compared with", self)
        self._with.setFont(fonts.ui(12, 450))
        self._with.setProperty("ink", "text2")
        self.chips: list[QToolButton] = []
        self._lay_out()
        self.period.chosen.connect(self.period_chosen)
        self.unit.chosen.connect(self.unit_chosen)
        self.collapse.toggled.connect(self.collapse_chosen)
        self.whom.returnPressed.connect(self._add)

    def _lay_out(self) -> None:
        title = QVBoxLayout()
        title.setSpacing(1)
        title.addWidget(self.name)
        title.addWidget(self.about)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.tile)
        top.addSpacing(4)
        top.addLayout(title, 1)
        for button in (self.articles, self.alert, self.edit):
            top.addWidget(button)
        controls = QHBoxLayout()
        controls.setSpacing(6)
        controls.addStrut(34)  # the field comes and goes
        for part in (self.period, self.unit):
            controls.addWidget(part)
            controls.addSpacing(14)
        controls.addWidget(self.collapse)
        controls.addStretch(1)
        controls.addWidget(self.whom, 1000)  # as wide as it may be, before there is a gap
        self._beside = QWidget(self)
        self._beside.hide()
        self._chips = QHBoxLayout(self._beside)
        self._chips.setContentsMargins(0, 0, 0, 0)
        self._chips.setSpacing(6)
        self._chips.addWidget(self._with)
        self._chips.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 14, 20, 10)
        rows.setSpacing(8)
        rows.addLayout(top)
        rows.addWidget(self.figures)
        rows.addLayout(controls)
        rows.addWidget(self._beside)

    # what it can be told

    def show_entity(self, entity: Entity, known: Sequence[Entity]) -> None:
        """`known`: all there are, to be compared with."""
        self._entity = entity
        self.name.set_text(entity.name)
        spellings = ", ".join(dict.fromkeys(alias.text for alias in entity.aliases))
        parts = (entity.type.capitalize(), entity.watchlist, spellings)
        self.about.set_text(" · ".join(part for part in parts if part))
        self.tile.show_type(entity.type, self._theme)
        called = words.labelled(known)
        self._known = {name: one for name, one in called.items() if one.id != entity.id}
        self._offered.setStringList(sorted(self._known, key=str.casefold))
        self.figures.set_text("")

    def show_profile(self, found: Profile) -> None:
        counted = (
            f"{words.counted(found.articles, 'article')}, "
            f"{words.counted(found.mentions, 'mention')}"
        )
        ends = (("First seen", found.first), ("Last seen", found.last))
        told = [f"{word} {_told(report)}" for word, report in ends if report]
        self.figures.set_text("   ·   ".join((counted, *told)))

    def show_others(self, others: Sequence[Entity], colours: Sequence[str]) -> None:
        """With whom it is compared; `colours` of their lines, its own first."""
        self._others = tuple(others)
        for chip in self.chips:
            self._chips.removeWidget(chip)
            chip.deleteLater()
        self.chips = [self._chip(one) for one in others]
        for chip, colour in zip(self.chips, colours[1:], strict=False):
            chip.setStyleSheet(f"QToolButton {{ border-color: {colour}; padding: 2px 6px; }}")
        self._beside.setVisible(bool(self.chips))
        self.whom.setVisible(len(self._others) < MOST_COMPARED - 1)

    def show_choices(self, period: str, unit: str, *, collapse: bool) -> None:
        self.period.choose(period)
        self.unit.choose(unit)
        with QSignalBlocker(self.collapse):
            self.collapse.setChecked(collapse)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (self.name, self.about, self.figures):
            part.set_theme(theme)
        if self._entity is not None:
            self.tile.show_type(self._entity.type, theme)
        for chip in self.chips:
            chip.setIcon(icons.icon("x", theme.text2, 12))

    # inside

    def _chip(self, other: Entity) -> QToolButton:
        chip = QToolButton(self)
        chip.setFont(fonts.ui(12, 500))
        chip.setText(chip.fontMetrics().elidedText(
            other.name, Qt.TextElideMode.ElideRight, _LONGEST_CHIP))  # fmt: skip
        chip.setToolTip(f"Compare with {other.name} no longer")
        chip.setAccessibleName(chip.toolTip())
        chip.setIcon(icons.icon("x", self._theme.text2, 12))
        chip.setIconSize(QSize(12, 12))
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.clicked.connect(lambda: self._without(other))
        self._chips.insertWidget(self._chips.count() - 1, chip)
        return chip

    def _without(self, other: Entity) -> None:
        self.compared.emit(tuple(one for one in self._others if one.id != other.id))

    def _add(self) -> None:
        """The one whose name was typed, or begun where only one begins so."""
        typed = self.whom.text().strip().casefold()
        names = [name for name in self._known if name.casefold() == typed]
        names = names or [name for name in self._known if typed and typed in name.casefold()]
        taken = {one.id for one in self._others}
        found = [self._known[name] for name in names if self._known[name].id not in taken]
        if found:
            self.whom.clear()
            self.compared.emit((*self._others, found[0]))
        else:
            self.whom.selectAll()


class Heading(QWidget):
    """The name of a part of the page, what can be chosen for it, and its buttons at the right."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel(title, self)
        self.title.setFont(fonts.ui(13, 600))
        self.title.setProperty("ink", "text")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(20, 6, 14, 2)
        self._row.setSpacing(6)
        self._row.addWidget(self.title)
        self._row.addStretch(1)
        self._icons: list[IconButton] = []

    def begin(self, part: QWidget) -> None:
        """Left of the title."""
        self._row.insertWidget(0, part)

    def add(self, part: QWidget) -> None:
        self._row.addWidget(part)
        if isinstance(part, IconButton):
            self._icons.append(part)

    def set_theme(self, theme: Theme) -> None:
        for button in self._icons:
            button.set_theme(theme)


def _told(report: Report) -> str:
    return f"{report.at.astimezone():%Y-%m-%d} by \u2068{report.outlet}\u2069"
