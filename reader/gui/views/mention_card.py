"""A card beside a mention: who is meant, how it is spelled, what is known of it, what can be done.

It lies over the window and never over the word. It has its final size at once: what is read from
the library fills places that are kept for it, so nothing jumps.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from reader.gui import fonts, icons
from reader.gui.models.mention_card import About, Facts, counted, kind_of, seen, shortened, spelled
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint
from reader.gui.views.card_parts import ArticleButton, Month
from reader.gui.views.card_place import SHADOW, stand
from reader.gui.views.parts import IconButton, Line

WIDTH = 396
RECENT = 3


class MentionCard(QFrame):
    """`host`: the window it lies over. The signals name the entity the card is about."""

    entered = Signal()
    left = Signal()
    closed = Signal()
    step_wanted = Signal(int)  # 1: the next mention in the article, -1: the one before
    articles_wanted = Signal(int)
    alert_wanted = Signal(int)
    edit_wanted = Signal(int)
    page_wanted = Signal(int)
    rejected = Signal(int, str)  # and the spelling that is not meant
    article_wanted = Signal(int)  # an article's id

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host, self._theme = host, LIGHT
        self.about = About(0, "", "")
        self._before: QWidget | None = None
        self.setFixedWidth(WIDTH + 2 * SHADOW)
        self.name, self.kind = Line(15, 600, "text", self), Line(12, 400, "text3", self)
        self.sign, self.check, self.month = QLabel(self), QLabel(self), Month(self)
        self.spellings, self.note = _label(self, "text2"), _label(self, "text2")
        self.count, self.seen = _label(self, "text"), _label(self, "text3")
        self.place = _label(self, "text3")
        self.others = _label(self, "text3")
        self.recent = [ArticleButton(self) for _ in range(RECENT)]
        self.previous = IconButton("chevron-up", "Previous mention", self, size=15)
        self.next = IconButton("chevron-down", "Next mention", self, size=15)
        self.articles = _button(self, "Articles")
        self.alert = _button(self, "Alert")
        self.edit = _button(self, "Edit")
        self.page = _button(self, "Page")
        self.reject = _button(self, "Not this")
        self.spellings.setTextFormat(Qt.TextFormat.RichText)
        self._lay_out()
        self._connect()
        self.set_theme(LIGHT)
        self.hide()

    def show_about(self, about: About, place: QRect) -> None:
        """Opens beside a place of the screen; `fill` brings what is still to be read."""
        self.about = about
        self.setAccessibleName(f"About {about.name}")
        self.name.set_text(about.name)
        self.show_confirmed(on=about.confirmed)
        self.spellings.setText(spelled(about))
        self.spellings.setVisible(bool(about.spellings))
        self.note.setText(shortened(about.note))
        self.note.setVisible(bool(about.note))
        self.count.setText(counted(about))
        self.place.setText(f"{about.number} of {about.of} here" if about.number else "")
        for step in (self.previous, self.next):
            step.setVisible(bool(about.number))
            step.setEnabled(about.of > 1)
        self.reject.setVisible(bool(about.found))
        self._say_what_buttons_do(about)
        self.fill(None)
        self.set_theme(self._theme)
        self._stand(place)

    def _say_what_buttons_do(self, about: About) -> None:
        name = about.name
        self.articles.setToolTip(f"All articles about {name}")
        already = f"“{about.alert}” alerts you already"
        self.alert.setToolTip(already if about.alert else f"Alert me about {name}")
        self.edit.setToolTip(f"Edit {name}…")
        self.page.setToolTip(f"All that is known of {name}")
        self.reject.setToolTip(f"“{about.found}” does not mean {name} in this article")

    def fill(self, facts: Facts | None) -> None:
        """None: it is being read."""
        days = facts.days if facts else ()
        self.month.show_days(self.about.type, days)
        self.seen.setText(seen(facts, datetime.now(UTC)) if facts else "")
        found = facts.recent[:RECENT] if facts else ()
        nothing = facts is not None and not found
        self.others.setText("No other article" if nothing else "Latest others")
        for number, button in enumerate(self.recent):
            button.show_line(found[number] if number < len(found) else None)

    def show_confirmed(self, *, on: bool) -> None:
        """After somebody said that the mention is meant, or took it back."""
        self.about = replace(self.about, confirmed=on)
        self.kind.set_text(kind_of(self.about))
        self.check.setVisible(on)

    def take_focus(self) -> None:
        """For the keyboard; closing gives it back to where it was."""
        if self._before is None:
            self._before = self._host.window().focusWidget()
        self.articles.setFocus(Qt.FocusReason.TabFocusReason)

    def close_card(self) -> None:
        if self.isHidden():
            return
        before, self._before = self._before, None
        if before is not None and self.isAncestorOf(self._host.window().focusWidget() or self):
            before.setFocus()
        self.hide()
        self.closed.emit()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        parts: tuple[Any, ...] = (self.name, self.kind, self.month, self.previous, self.next)
        for part in (*parts, *self.recent):
            part.set_theme(theme)
        ink, ratio = theme.entity(self.about.type).ink, self.devicePixelRatioF()
        self.sign.setPixmap(icons.pixmap(icons.entity_icon(self.about.type), ink, 18, ratio))
        self.check.setPixmap(icons.pixmap("circle-check", theme.ok, 16, ratio))
        signs = (
            (self.articles, "newspaper"), (self.alert, "bell"), (self.edit, "pencil"),
            (self.page, "file-text"), (self.reject, "x"),
        )  # fmt: skip
        for button, sign in signs:
            button.setIcon(icons.icon(sign, theme.text2, 14))
        if self.about.alert:
            self.alert.setIcon(icons.filled("bell", theme.accent, 14, ratio))
        self.update()

    # Qt

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        shade = QColor(0, 0, 0, 22 if self._theme.dark else 5)
        for step in range(1, SHADOW):
            paint.rounded(painter, box.adjusted(step, step + 1, -step, -step + 1), 12, shade)
        inner = box.adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        paint.outlined(painter, inner, 10, self._theme.field_line, self._theme.page)
        tint = self._theme.entity(self.about.type).tint
        sign = QRectF(self.sign.geometry())
        paint.rounded(painter, sign, 8, tint)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.entered.emit()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside the card."""
        chain = [one for one in self._chain() if one.isVisible() and one.isEnabled()]
        here = self._host.window().focusWidget()
        if here not in chain:
            return super().focusNextPrevChild(forward)
        step = 1 if forward else -1
        chain[(chain.index(here) + step) % len(chain)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    # the inside

    def _chain(self) -> list[QWidget]:
        acts = (self.articles, self.alert, self.edit, self.page, self.reject)
        return [*acts, self.previous, self.next, *self.recent]

    def _lay_out(self) -> None:
        self.check.setToolTip("You confirmed this mention")
        self.sign.setFixedSize(34, 34)
        self.sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.name)
        names.addWidget(self.kind)
        head = _row(10, self.sign)
        head.addLayout(names, 1)
        head.addWidget(self.check, 0, Qt.AlignmentFlag.AlignTop)
        facts = QVBoxLayout()
        facts.setSpacing(0)
        facts.addWidget(self.count)
        facts.addWidget(self.seen)
        figures = _row(8)
        figures.addLayout(facts, 1)
        figures.addWidget(self.month)
        going = _row(2, self.others)
        going.addStretch(1)
        for widget in (self.place, self.previous, self.next):
            going.addWidget(widget)
        acts = _row(0, self.articles, self.alert, self.edit, self.page, self.reject)
        acts.addStretch(1)
        column = QVBoxLayout(self)
        inner = SHADOW + 13
        column.setContentsMargins(inner, inner - 1, inner, inner - 5)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.spellings)
        column.addWidget(self.note)
        column.addLayout(figures)
        column.addLayout(acts)
        column.addLayout(going)
        recent = QVBoxLayout()
        recent.setContentsMargins(0, 0, 0, 0)
        recent.setSpacing(0)
        for button in self.recent:
            recent.addWidget(button)
        column.addLayout(recent)
        self.seen.setFixedHeight(17)

    def _connect(self) -> None:
        escape_key = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape_key.activated.connect(self.close_card)
        self.previous.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.next.clicked.connect(lambda: self.step_wanted.emit(1))
        for button, signal in (
            (self.articles, self.articles_wanted), (self.alert, self.alert_wanted),
            (self.edit, self.edit_wanted), (self.page, self.page_wanted),
        ):  # fmt: skip
            button.clicked.connect(lambda _on=False, signal=signal: self._leave_for(signal))
        self.reject.clicked.connect(self._reject)
        for row in self.recent:
            row.clicked.connect(lambda _on=False, row=row: self._open(row))

    def _leave_for(self, signal: Any) -> None:
        entity = self.about.entity_id
        self.close_card()
        signal.emit(entity)

    def _reject(self) -> None:
        about = self.about
        self.close_card()
        self.rejected.emit(about.entity_id, about.found)

    def _open(self, button: ArticleButton) -> None:
        line = button.line
        if line is not None:
            self.close_card()
            self.article_wanted.emit(line.id)

    def _stand(self, place: QRect) -> None:
        """In a small window the lesser parts give way."""
        self.ensurePolished()
        for row in self.recent:
            row.show()
        word = QRect(self._host.mapFromGlobal(place.topLeft()), place.size())
        for lesser in ((), self.recent, (self.note, self.spellings)):
            for part in lesser:
                part.hide()
            self._fit()
            corner = stand(word, self.size(), self._host.size())
            if corner is not None:
                self.move(corner)
                break
        self.show()
        self.raise_()

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(layout.heightForWidth(self.width()))


def _label(parent: QWidget, ink: str) -> QLabel:
    made = QLabel(parent)
    made.setWordWrap(True)
    made.setProperty("ink", ink)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def _button(parent: QWidget, text: str) -> QToolButton:
    made = QToolButton(parent)
    made.setText(f" {text}")
    made.setAccessibleName(text)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setIconSize(QSize(14, 14))
    made.setFont(fonts.ui(12))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def _row(spacing: int, *widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    return row
