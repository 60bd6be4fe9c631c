"""Paints the rows of the article list; the laid-out rows it has used lately are kept."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from reader.domain.alert import Alert
from reader.domain.article import ArticleLine
from reader.gui import fonts, words
from reader.gui.models.articles import ArticleModel, Role
from reader.gui.models.highlights import BOTH, Highlights
from reader.gui.models.inbox import Fired, all_of
from reader.gui.models.rows import Index
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import inbox_paint, paint
from reader.gui.views.article_paint import paint_mention
from reader.gui.views.article_row import (
    COMFORTABLE,
    LEFT,
    LINE,
    RIGHT,
    Density,
    NameBox,
    RowLayout,
    Text,
    lay_out,
    metrics,
    small_font,
)  # fmt: skip

KEPT = 400
GONE = "This article is no longer in the library."
_CUT = Qt.TextElideMode.ElideRight
_BESIDE_A_DAY = 10
"""What a row's box keeps clear of the heading at its edge."""


class ArticleDelegate(QStyledItemDelegate):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.density: Density = COMFORTABLE
        self.highlights = Highlights()
        self.by_day = True
        self.alert_tip: Callable[[Alert], str] = lambda alert: alert.saved_search
        """What is said of a saved search's chip under the pointer."""
        self._rows: OrderedDict[tuple[int, int], RowLayout] = OrderedDict()

    def forget(self) -> None:
        """After a change of density or fonts."""
        self._rows.clear()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(240, self.density.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRectF = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.topLeft())
        days = self._days(index)
        self._background(painter, rect, state, days)
        line: ArticleLine | None = index.data(Role.LINE)
        if line is None:
            self._placeholder(painter, rect, gone=_is_gone(index))
        else:
            row = self._row(index, line, int(rect.width()))
            self._row_text(painter, rect, row, selected=selected)
        self._rule(painter, rect, days, selected=selected)
        painter.restore()

    def _row(self, index: Index, line: ArticleLine, width: int) -> RowLayout:
        key = (line.id, width)
        marked, fired = index.data(Role.MARKED), index.data(Role.FIRED)
        named = index.data(Role.NAMED)
        row = self._rows.get(key)
        if (
            row is None
            or row.line is not line
            or row.marked is not marked
            or row.fired is not fired
            or row.named is not named
        ):
            row = self._rows[key] = lay_out(line, marked, width, self.density, fired, named)
            if len(self._rows) > KEPT:
                self._rows.popitem(last=False)
        self._rows.move_to_end(key)
        return row

    def alert_at(self, index: Index, place: QPointF, width: int) -> Alert | None:
        """The alert whose chip is at a place of the row, counted from its corner."""
        line: ArticleLine | None = index.data(Role.LINE)
        if line is None or index.data(Role.FIRED) is None:
            return None
        return self._row(index, line, width).chip_at(place.x(), place.y())

    def name_at(self, index: Index, place: QPointF, width: int) -> NameBox | None:
        """The name that is highlighted at a place of the row, counted from its corner."""
        line: ArticleLine | None = index.data(Role.LINE)
        if line is None or index.data(Role.NAMED) is None:
            return None
        texts = self._row(index, line, width).texts
        names = (one for text in texts for one in text.names if one.box.contains(place))
        return next(filter(self._is_shown, names), None)

    def copies_at(self, index: Index, place: QPointF, width: int) -> ArticleLine | None:
        """The article whose sign "×4" is at a place of its row, counted from its corner."""
        line: ArticleLine | None = index.data(Role.LINE)
        if line is None or line.copies < 2:
            return None
        sign = self._row(index, line, width).copies
        return line if sign and sign.box.adjusted(-4, -6, 4, 6).contains(place) else None

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:  # fmt: skip
        rect = QRectF(option.rect)
        place = QPointF(event.pos()) - rect.topLeft()
        alert = self.alert_at(index, place, int(rect.width()))
        copied = self.copies_at(index, place, int(rect.width()))
        if copied is not None:
            QToolTip.showText(event.globalPos(), said_of(copied.copies), view)
            return True
        fired: Fired | None = index.data(Role.FIRED)
        if alert is not None:
            QToolTip.showText(event.globalPos(), self.alert_tip(alert), view)
        elif fired is not None and len(fired.alerts) > 1:
            QToolTip.showText(event.globalPos(), all_of(fired), view)
        else:
            return super().helpEvent(event, view, option, index)
        return True

    def _background(
        self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag, days: tuple[str, str]
    ) -> None:
        above, below = (_BESIDE_A_DAY if day else 3 for day in days)
        box = QRectF(8, above, rect.width() - 16, rect.height() - above - below)
        if state & QStyle.StateFlag.State_Selected:
            paint.rounded(painter, box, 8, self.theme.selection)
        elif state & QStyle.StateFlag.State_MouseOver:
            over = QColor(self.theme.hover)
            over.setAlphaF(0.6)  # quieter than the chosen row
            paint.rounded(painter, box, 8, over)
        if state & QStyle.StateFlag.State_HasFocus:
            line = QColor(self.theme.selection_bar)
            line.setAlphaF(0.45)
            paint.outlined(painter, box, 8, line)

    def _row_text(self, painter: QPainter, rect: QRectF, row: RowLayout, *, selected: bool) -> None:
        self._source(painter, rect, row, selected=selected)
        for text in row.texts:
            for box in text.marks:
                paint.rounded(painter, box, 3, self.theme.match)
            self._names(painter, text, selected=selected)
            painter.setPen(getattr(self.theme, text.role))
            text.layout.draw(painter, QPointF(LEFT + text.shift, text.top))
        for chip in row.chips:
            if chip.alert is not None:
                alone = row.fired is not None and row.fired.alone(chip.alert)
                inbox_paint.search_chip(
                    painter, chip.box, chip.label, chip.alert, self.theme,
                    selected=selected, chosen=alone,
                )  # fmt: skip
            else:
                paint.chip(painter, chip.box, chip.label, chip.type, self.theme, selected=selected)
        if row.copies:
            paint.chip(painter, row.copies.box, row.copies.label, "", self.theme, selected=selected)
        if row.more:
            self._more(painter, rect, row, selected=selected)

    def _names(self, painter: QPainter, text: Text, *, selected: bool) -> None:
        shown = self.highlights
        if selected and not shown.underlined:  # a tint alone is lost on the ground of a chosen row
            shown = replace(shown, style=BOTH)
        for one in text.names:
            if self._is_shown(one):
                paint_mention(painter, one.type, one.box, self.theme, shown, hit=one.hit)

    def _is_shown(self, name: NameBox) -> bool:
        covered = name.within is not None and self.highlights.shows(*name.within)
        return self.highlights.shows(name.type, name.entity_id) and not covered

    def _more(self, painter: QPainter, rect: QRectF, row: RowLayout, *, selected: bool) -> None:
        beside = row.copies.box.width() + 7 if row.copies else 0.0
        box = QRectF(rect.width() - LEFT - 40 - beside, self.density.height - 34, 40, 19)
        align = Qt.AlignmentFlag.AlignRight
        if row.rtl:
            box.moveLeft(LEFT + beside)
            align = Qt.AlignmentFlag.AlignLeft
        grey = self.theme.text2 if selected else self.theme.text3
        paint.short_text(painter, box, row.more, paint.chip_font(), grey, align)

    def _source(self, painter: QPainter, rect: QRectF, row: RowLayout, *, selected: bool) -> None:
        """The first line: unread dot, badge, source, what is special, time."""
        line, top, theme = row.line, float(self.density.source), self.theme
        mirror = _Mirror(rect.width(), on=row.rtl)
        if not line.read:
            dot = mirror.box(14.8, top + 6.8, 6.4, 6.4)
            paint.rounded(painter, dot, 3.2, theme.selection_bar)
        paint.badge(painter, mirror.box(LEFT, top + 3, 14, 14), line.source)
        end = rect.width() - RIGHT
        when = row.fired.at if row.fired else line.published
        time = words.ago(when, datetime.now(UTC)) if when else "undated"
        grey = theme.text2 if selected else theme.text3
        box = mirror.box(end - 90, top, 90, LINE)
        paint.short_text(painter, box, time, small_font(), grey, mirror.far)
        end -= max(36.0, metrics(small_font()).horizontalAdvance(time) + 10)
        for name, colour, full in _signs(line, row.fired, theme):
            end -= 16
            place = mirror.box(end, top + 3.5, 13, 13).topLeft()
            paint.icon(painter, place, name, colour, 13, fill=full)
        box = mirror.box(LEFT + 21, top, end - LEFT - 27, LINE)
        if row.source[0] != time:
            said = line.source
            if row.fired and not self.density.chips:
                said += " · " + ", ".join(alert.saved_search for alert in row.fired.alerts)
            name = metrics(small_font(500)).elidedText(said, _CUT, box.width())
            row.source = (time, name)
        name = row.source[1]
        paint.short_text(painter, box, name, small_font(500), theme.text2, mirror.near)

    def _placeholder(self, painter: QPainter, rect: QRectF, *, gone: bool) -> None:
        """Calm bars where the words will be, or a word where none will."""
        inner = rect.width() - 2 * LEFT
        if gone:
            box = QRectF(LEFT, self.density.source, inner, LINE)
            paint.line_of_text(painter, box, GONE, small_font(), self.theme.text3)
            return
        bars = ((0, 7, 0.35, 8), (self.density.title - 12, 6, 0.9, 10))
        for top, shift, part, high in bars:
            box = QRectF(LEFT, top + self.density.source + shift, inner * part, high)
            paint.rounded(painter, box, 4, self.theme.line2)

    def _days(self, index: Index) -> tuple[str, str]:
        """The day that begins at the upper edge of a row and at its lower edge, else ""."""
        model = index.model()
        if not self.by_day or not isinstance(model, ArticleModel):
            return "", ""
        above, here, below = (day_of(model, index.row() + step) for step in (-1, 0, 1))
        return (
            here if above and here and above != here else "",
            below if here and below and here != below else "",
        )

    def _rule(
        self, painter: QPainter, rect: QRectF, days: tuple[str, str], *, selected: bool
    ) -> None:
        """The line below a row; where another day begins, the line carries that day."""
        right = rect.width() - 20
        if not selected:
            painter.setPen(QPen(self.theme.line2, 1))
            painter.drawLine(
                QPointF(LEFT, rect.height() - 0.5), QPointF(right, rect.height() - 0.5)
            )
        for day, middle in zip(days, (0.0, rect.height()), strict=True):
            if day:
                self._day(painter, day, middle, right)

    def _day(self, painter: QPainter, day: str, middle: float, right: float) -> None:
        """Half of it lies in the row above, half in the row below; each paints the whole."""
        font = fonts.ui(11, 600)
        wide = metrics(paint.chip_font()).horizontalAdvance(day) + 24
        box = QRectF(20, middle - 9, min(wide, right - 20), 18)
        paint.rounded(painter, box, 5, self.theme.list)
        paint.line_of_text(painter, box, day, font, self.theme.text3)


def said_of(copies: int) -> str:
    """What the sign "×4" means."""
    return f"{words.counted(copies, 'outlet')} carry this text. Click to list what they have."


class _Mirror:
    """Boxes as in a row written from left to right, turned over when it is not."""

    def __init__(self, width: float, *, on: bool) -> None:
        self._width, self._on = width, on
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        self.near, self.far = (right, left) if on else (left, right)

    def box(self, x: float, y: float, wide: float, high: float) -> QRectF:
        return QRectF(self._width - x - wide if self._on else x, y, wide, high)


def _signs(line: ArticleLine, fired: Fired | None, theme: Theme) -> list[tuple[str, QColor, bool]]:
    """Icons from the time inwards: icon, colour, filled."""
    signs = [
        (fired is not None and fired.fresh, "bell", theme.accent, True),
        (fired is not None and fired.kept, "check", theme.ok, False),
        (fired is not None and fired.noise, "bell-off", theme.text3, False),
        (line.starred, "star", theme.star, True),
        (line.has_note, "sticky-note", theme.text3, False),
        (line.revisions > 0, "history", theme.text3, False),
    ]
    return [(name, colour, full) for shown, name, colour, full in signs if shown]


def _is_gone(index: Index) -> bool:
    model = index.model()
    return isinstance(model, ArticleModel) and model.is_gone(index.row())


def day_of(model: ArticleModel, row: int) -> str:
    """The heading of the day a row belongs to, or "" while its line is not at hand."""
    moment = model.moment(row)
    if moment is None:
        return ""
    return words.day(_local_date(moment), datetime.now().astimezone().date())


@lru_cache(maxsize=4096)
def _local_date(moment: datetime) -> date:
    return moment.astimezone().date()
