"""The page of an entity: a window of its own beside the main one, so that both can be read.

At the left its articles over time, and below them outlets, languages and company; at the right the
sentences. It knows no library and asks nobody: it says what the user wants to see.
"""

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDialog,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reader.domain import profile_tables
from reader.domain.entity import Entity
from reader.domain.profile import Companion, Comparison, Profile
from reader.domain.profile_tables import Table
from reader.gui import words
from reader.gui.models.entity_page import (
    MEASURES,
    SPLITS,
    Chart,
    chart_of,
    comparison_of,
    language_bars,
    outlet_bars,
)
from reader.gui.models.sentences import SentenceModel
from reader.gui.theme import LIGHT, Theme
from reader.gui.views.entity_page_bars import BarList
from reader.gui.views.entity_page_chart import TimeChart
from reader.gui.views.entity_page_head import EntityHead, Heading, Segments
from reader.gui.views.entity_page_paint import colour
from reader.gui.views.entity_page_panes import column, stack
from reader.gui.views.entity_page_quotes import QuotePane
from reader.gui.views.entity_page_table import TableView
from reader.gui.views.parts import EmptyState, IconButton, Line, Rule

Part = Literal["time", "outlets", "languages", "company"]
_INSET = 8
"""Left of charts and tables, so that their words stand below the headings."""
_LEAST, _SIZE = QSize(900, 600), QSize(1280, 860)
_PARTS: tuple[tuple[Part, str], ...] = (
    ("outlets", "Outlets"), ("languages", "Languages"), ("company", "Appears with"),
)  # fmt: skip
_TOLD = {
    "articles": "Articles of the period that mention both",
    "of": "All articles of the period that mention it",
    "sentences": "Sentences with both, at different places",
    "likelihood": "How sure it is that they belong together; from 3.84 on it is hardly chance",
    "pmi": "They share 2 to this power as many articles as chance would have it",
    "share": "Of the articles of the period",
}


class EntityPage(QDialog):
    span_wanted = Signal(object)
    """The `Span` whose articles are wanted."""
    narrowed = Signal(str, str)
    """The articles of an outlet or language are wanted: "outlet" or "lang", and its value."""
    companion_chosen = Signal(object)
    """A `Companion` whose sentences with the entity are wanted; None: all sentences."""
    saving = Signal(str, str)
    """A part of the page is to be saved: its name, and "csv" or "png"."""
    stop_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None, model: SentenceModel, theme: Theme = LIGHT) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setModal(False)
        self._theme = theme
        self._profile: Profile | None = None
        self._comparison: Comparison | None = None
        self._companions: tuple[Companion, ...] = ()
        self._reading, self._enabled = (0, 0), True
        self.head, self.chart = EntityHead(self), TimeChart(self)
        self.time_table = TableView("Articles over time", parent=self)
        self.outlets, self.languages = BarList("Outlets", self), BarList("Languages", self)
        self.outlet_table = TableView("Outlets", _TOLD, self)
        self.language_table = TableView("Languages", _TOLD, self)
        self.company = TableView("Appears with", _TOLD, self)
        self.quotes, self.empty = QuotePane(model, self), EmptyState(self)
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self.setMinimumSize(_LEAST)
        self.resize(_SIZE)

    # putting together

    def _lay_out(self) -> None:
        self.body = QStackedWidget(self)
        self.body.addWidget(self._split())
        self.body.addWidget(self.empty)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.head)
        rows.addWidget(Rule(self))
        rows.addWidget(self.body, 1)

    def _split(self) -> QWidget:
        across = QSplitter(Qt.Orientation.Horizontal, self)
        across.setHandleWidth(1)
        across.setChildrenCollapsible(False)
        left = QSplitter(Qt.Orientation.Vertical, self)
        left.setHandleWidth(1)
        left.setChildrenCollapsible(False)
        left.addWidget(self._time())
        left.addWidget(self._below())
        left.setSizes([320, 330])
        across.addWidget(left)
        across.addWidget(self.quotes)
        across.setStretchFactor(0, 3)
        across.setStretchFactor(1, 2)
        across.setSizes([820, 460])
        return across

    def _time(self) -> QWidget:
        self.measure = Segments("Counted", MEASURES, self)
        self.measure.choose("articles")
        self.split = Segments("Over time", SPLITS, self)
        self.split.choose("all")
        self.time_heading = Heading("Over time", self)
        self.time_heading.begin(self.measure)
        self.time_heading.add(self.split)
        self.time_as = self._toggle("time", self.time_heading)
        self._time_stack = stack(self.chart, self.time_table)
        return column(self.time_heading, self._time_stack, _INSET)

    def _below(self) -> QWidget:
        self.parts = Segments("Below", _PARTS, self)
        self.parts.choose("outlets")
        self.below_heading = Heading("", self)
        self.below_heading.title.hide()
        self.below_heading.begin(self.parts)
        self.reading = Line(12, 450, "text3", self)
        self.reading.setFixedWidth(190)
        self.stop = QPushButton("Stop", self)
        self.stop.setProperty("kind", "quiet")
        self.stop.setStyleSheet("padding: 1px 6px; min-height: 18px;")
        self.stop.setAutoDefault(False)
        for part in (self.reading, self.stop):
            self.below_heading.add(part)
            part.hide()
        self.below_as = self._toggle("below", self.below_heading)
        self._below_stack = stack(
            self.outlets, self.outlet_table, self.languages, self.language_table, self.company
        )
        return column(self.below_heading, self._below_stack, _INSET)

    def _toggle(self, name: str, heading: Heading) -> IconButton:
        """The button that shows the figures of a chart, and the one that saves them."""
        shown = IconButton("list", "Show as a table", self)
        shown.setCheckable(True)
        more = IconButton("ellipsis", "Copy or save", self)
        more.clicked.connect(lambda: self._menu(name, more))
        heading.add(shown)
        heading.add(more)
        return shown

    def _connect(self) -> None:
        self.chart.chosen.connect(self.span_wanted)
        self.time_table.chosen.connect(self._column_chosen)
        self.outlets.chosen.connect(lambda name: self.narrowed.emit("outlet", name))
        self.languages.chosen.connect(lambda code: self.narrowed.emit("lang", code))
        self.outlet_table.chosen.connect(self._outlet_chosen)
        self.language_table.chosen.connect(self._language_chosen)
        self.company.chosen.connect(lambda row: self.companion_chosen.emit(self._companions[row]))
        self.quotes.without.clicked.connect(lambda: self.companion_chosen.emit(None))
        for choice in (self.measure, self.split):
            choice.chosen.connect(lambda _key: self._show_chart())
        self.parts.chosen.connect(lambda _key: self._show_part())
        self.time_as.toggled.connect(lambda _on: self._show_part())
        self.below_as.toggled.connect(lambda _on: self._show_part())
        self.stop.clicked.connect(self.stop_wanted)
        more = self.quotes.more
        more.clicked.connect(lambda: self._menu("sentences", more))
        self._show_part()

    # what it can be told

    def show_entity(self, entity: Entity, known: Sequence[Entity], *, enabled: bool = True) -> None:
        """A new one: nothing is known of it yet. `enabled`: whether its watchlist is."""
        self._enabled = enabled
        self.setWindowTitle(f"{entity.name} – Media Reader")
        self.setAccessibleName(f"Page of {entity.name}")
        self._profile, self._comparison = None, None
        self.head.show_entity(entity, known)
        self.show_others(())
        self.quotes.show_with(None)
        self.show_company((), reading=False)
        self.quotes.list.set_types({one.id: one.type for one in known})
        self.empty.show_words("clock-3", "Counting…", "The archive is being looked through.")
        self.body.setCurrentIndex(1)

    def show_profile(self, found: Profile, *actions: QAction) -> None:
        """`actions`: what can be done where there is nothing to show."""
        self._profile = found
        self.head.show_profile(found)
        self.chart.set_faded(on=False)
        if not found.articles:
            self._show_nothing(found, actions)
            return
        if self.body.currentIndex():
            self.body.setCurrentIndex(0)
            self.chart.setFocus()
        self.outlets.show_bars(outlet_bars(found), found.entity.type)
        self.languages.show_bars(language_bars(found), found.entity.type)
        self.outlet_table.show_table(profile_tables.outlets(found))
        self.language_table.show_table(profile_tables.languages(found))
        self._show_chart()

    def show_comparison(self, found: Comparison | None) -> None:
        """None: the entity is alone again."""
        self._comparison = found
        self.split.setVisible(found is None)
        self._show_chart()

    def show_others(self, others: Sequence[Entity]) -> None:
        chart = self.shown()
        self.head.show_others(others, [_hex(chart, at, self._theme) for at in range(5)])

    def show_company(self, found: tuple[Companion, ...], *, reading: bool) -> None:
        self._companions = found
        self.company.show_table(profile_tables.company(found))
        self.company.hide_columns("watchlist")
        self.company.sort_first("likelihood")
        if not reading:
            self.show_progress(0, 0)

    def show_progress(self, done: int, total: int) -> None:
        """Of counting sentences; nothing when `total` is 0."""
        at_work = total > 0 and done < total and self.parts.current() == "company"
        self._reading = (done, total)
        self.reading.set_text(f"{words.number(done)} of {words.number(total)} articles read")
        for part in (self.reading, self.stop):
            part.setVisible(at_work)

    def show_problem(self, sentence: str) -> None:
        self.empty.show_words("triangle-alert", "The figures could not be taken", sentence)
        self.body.setCurrentIndex(1)

    def set_faded(self) -> None:
        """Newer figures are on their way."""
        self.chart.set_faded(on=True)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (
            self.head, self.chart, self.time_table, self.outlets, self.languages,
            self.outlet_table, self.language_table, self.company, self.quotes, self.empty,
            self.time_heading, self.below_heading, self.reading,
        ):  # fmt: skip
            part.set_theme(theme)

    def shown(self) -> Chart:
        """The chart that is on show."""
        return self.chart.chart

    def table(self, part: str) -> Table:
        """What a part of the page shows, in the order in which it does."""
        if part == "time":
            return self.shown().table
        if part == "sentences":
            return profile_tables.sentences(self.quotes.list.sentences.rows)
        views = {
            "outlets": self.outlet_table, "languages": self.language_table, "company": self.company,
        }  # fmt: skip
        return views[self.parts.current() if part == "below" else part].as_sorted()

    def done(self, result: int) -> None:
        super().done(result)
        self.closed.emit()

    # inside

    def _show_chart(self) -> None:
        if self._profile is None:
            return
        measure = next(key for key, _ in MEASURES if key == self.measure.current())
        if self._comparison is not None:
            chart = comparison_of(self._comparison, measure)
        else:
            split = next(key for key, _ in SPLITS if key == self.split.current())
            chart = chart_of(self._profile, split, measure)
        per = chart.title.partition(" ")[2]  # what is counted is said by the choice before it
        self.time_heading.title.setText(per)
        self.chart.show_chart(chart)
        self.time_table.show_table(chart.table)

    def _show_part(self) -> None:
        self._time_stack.setCurrentIndex(1 if self.time_as.isChecked() else 0)
        tables = self.below_as.isChecked()
        at = {"outlets": 0, "languages": 2}.get(self.parts.current(), 4)
        self._below_stack.setCurrentIndex(at if at == 4 else at + tables)
        self.below_as.setVisible(at != 4)  # that is a table anyway
        self.show_progress(*self._reading)

    def _show_nothing(self, found: Profile, actions: Sequence[QAction]) -> None:
        name = found.entity.name
        if not self._enabled:
            told = (
                f"The watchlist “{found.entity.watchlist}” is switched off; nothing of it counts."
            )
            self.empty.show_words("eye-off", f"{name} is not looked for", told)
        elif found.last is None:
            told = (
                "Look whether it has all the spellings that the news use; when it is edited, the "
                "archive is searched again."
            )
            self.empty.show_words("quote", f"No article mentions {name}", told, actions[:1])
        else:
            day = f"{found.last.at.astimezone():%Y-%m-%d}"
            told = f"It was last seen on {day}, by {found.last.outlet}."
            self.empty.show_words("clock-3", f"Nothing on {name} in this period", told, actions[1:])
        self.body.setCurrentIndex(1)

    def _column_chosen(self, row: int) -> None:
        self.span_wanted.emit(self.shown().columns[row])

    def _outlet_chosen(self, row: int) -> None:
        if self._profile is not None:
            self.narrowed.emit("outlet", self._profile.outlets[row].name)

    def _language_chosen(self, row: int) -> None:
        if self._profile is not None:
            self.narrowed.emit("lang", self._profile.languages[row].language)

    def _menu(self, part: str, under: QWidget) -> None:
        self.menu(part).popup(under.mapToGlobal(under.rect().bottomLeft()))

    def menu(self, part: str) -> QMenu:
        """What can be done with the figures of a part."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        kinds = [("copy", "Copy as table"), ("csv", "Save as CSV…"), ("png", "Save as picture…")]
        if part == "sentences":
            listed = words.counted(len(self.quotes.list.sentences.rows), "sentence")
            kinds = [("copy", f"Copy the {listed} listed"), ("csv", f"Save the {listed} listed…")]
        for kind, text in kinds:
            if kind != "png" or part == "time":
                menu.addAction(text, _later(self.saving.emit, part, kind))
        return menu


def _later(emit: Callable[[str, str], object], part: str, kind: str) -> Callable[[], object]:
    return lambda: emit(part, kind)


def _hex(chart: Chart, at: int, theme: Theme) -> str:
    if chart.lines and at < len(chart.series):
        return colour(chart.series[at], chart, theme).name()
    return theme.field_line.name()
