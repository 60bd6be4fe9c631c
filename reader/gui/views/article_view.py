"""The reading side of the window: an article with its tools, its marks and what belongs to it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt, QUrl, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QImage, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from reader.domain.alert import Alert
from reader.domain.article import ArticleDetail, Explained, Span
from reader.gui.models.highlights import Highlights
from reader.gui.theme import LIGHT, Theme
from reader.gui.views.address_line import AddressLine
from reader.gui.views.article_document import Layout
from reader.gui.views.article_draft import Draft
from reader.gui.views.article_footer import target
from reader.gui.views.article_guide import FIRED, SEARCHED, MarkGuide
from reader.gui.views.article_look import Look
from reader.gui.views.article_marks import ENTITY, HIT, Mark, Placer
from reader.gui.views.article_menu import ArticleMenu
from reader.gui.views.article_notices import NothingChosen, Notices
from reader.gui.views.article_page import ArticlePage
from reader.gui.views.article_sheet import sheet
from reader.gui.views.article_toolbar import ArticleToolbar
from reader.gui.views.minimap import Minimap

SMALLEST, LARGEST = 12, 30
_FOLLOWED = ("http", "https", "mailto")


class ArticleView(QWidget):
    """Shows what it is given and tells what the user did; changes nothing itself."""

    link_opened = Signal(str)
    link_hovered = Signal(str)  # "" when the pointer leaves a link
    entity_chosen = Signal(int)
    mention_pointed = Signal(object, QRect)  # Mark | None under the pointer, its place on screen
    mention_current = Signal(object)  # a Mark that was gone to
    left_place = Signal()  # scrolled, or another article
    confirm_requested = Signal(int, str)  # an entity that is meant here by that spelling
    reject_requested = Signal(int, str)  # an entity that is not meant here by that spelling
    alert_requested = Signal(int)
    said = Signal(str)  # a word on the way from mention to mention
    current_changed = Signal(int)  # the entity whose mention is current, 0 for a query's hit
    track_requested = Signal(str)
    search_requested = Signal(str)
    highlights_wanted = Signal(QPoint)  # the choice of what is highlighted, near a place
    images_allowed = Signal()
    star_toggled = Signal(bool)
    read_toggled = Signal(bool)
    tag_requested = Signal()
    note_requested = Signal()
    tag_chosen = Signal(str)
    saved_chosen = Signal(str)
    feed_chosen = Signal(str)
    article_chosen = Signal(str)  # its id
    copies_chosen = Signal(str)  # of the article with that id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail: ArticleDetail | None = None
        self._explained: Explained | None = None
        self._look = Look(LIGHT)
        self._layout: Layout | None = None
        self._versions = self._images = False
        self.toolbar, self.notices = ArticleToolbar(self), Notices(self)
        self.page, self.minimap = ArticlePage(self), Minimap(self)
        self.nothing = NothingChosen(self)
        self._guide = MarkGuide(self.page, self.toolbar.pill, self.minimap)
        self._address = AddressLine(self.page)
        self._lay_out()
        self._connect()
        self.set_theme(LIGHT)
        self.show_article(None)

    def show_article(
        self,
        detail: ArticleDetail | None,
        marks: Explained | None = None,
        alerts: Sequence[Alert] = (),
        draft: Draft | None = None,
    ) -> None:
        """`marks`: why the current query is true of it; `alerts`: those that fired for it;
        `draft`: its words, where they were read in ahead.

        The same article again, changed or not, stays where it was scrolled to.
        """
        again = bool(detail and self._detail and detail.line.id == self._detail.line.id)
        self._detail, self._explained = detail, marks
        self._versions = self._versions and again
        if not again:
            self._guide.choose(None)
            self.left_place.emit()
        self.toolbar.show_article(detail)
        self.notices.show_alerts(alerts if detail else ())
        self._stack.setCurrentWidget(self._reading if detail else self.nothing)
        self._write(keep_place=again, draft=draft)
        self._hovered("")

    def set_marks(self, marks: Explained | None) -> None:
        """The hits of another query, or none; the text stays where it is."""
        self._explained = marks
        self._guide.explain(marks)

    def name_marks(self, *, fired: bool) -> None:
        """What the marks that come next are: words of alerts, or a query's hits."""
        self._guide.name_hits(*(FIRED if fired else SEARCHED))

    def show_alerts(self, alerts: Sequence[Alert]) -> None:
        """After they were judged: nothing but the lines above the article."""
        self.notices.show_alerts(alerts)

    def go_to(self, span: Span) -> None:
        """Shows a place of the article, as far as it still stands there."""
        if self._detail is None or self._layout is None:
            return
        if self._detail.texts.get(span.field)[span.start : span.end] != span.text:
            return
        placer = Placer(self._detail, self._layout, self.page.document().toRawText())
        place = placer.place(span.field, span.start, span.end)
        if place is not None:
            self._guide.jump(Mark(*place, HIT))

    def show_flags(self, *, read: bool, starred: bool) -> None:
        """After they changed: nothing but the buttons."""
        self.toolbar.show_flags(read=read, starred=starred)

    def set_theme(self, theme: Theme) -> None:
        self._look = replace(self._look, theme=theme)
        self.toolbar.set_theme(theme)
        self.notices.set_theme(theme)
        self.minimap.set_theme(theme)
        self.nothing.set_theme(theme)
        self.setStyleSheet(sheet(theme))
        self._write(keep_place=True)

    def text_size(self) -> int:
        return self._look.size

    def set_text_size(self, px: int) -> None:
        """Of the body; the rest grows with it. Kept between `SMALLEST` and `LARGEST`."""
        size = max(SMALLEST, min(LARGEST, px))
        if size != self._look.size:
            self._look = replace(self._look, size=size)
            self._write(keep_place=True)

    def offer_images(self, *, offer: bool) -> None:
        """Whether somebody fetches pictures when the user asks for them; else no bar is shown."""
        self._images = offer
        self._show_image_bar()

    def picture_urls(self) -> tuple[str, ...]:
        """Addresses of the article's pictures, each once."""
        return tuple(dict.fromkeys(picture.url for picture in self.page.layer.pictures))

    def set_picture(self, url: str, image: QImage) -> None:
        """Shows a picture that was fetched for one of `picture_urls`."""
        self.page.set_picture(url, image)

    def selected_text(self) -> str:
        """As one line with single spaces."""
        return " ".join(self.page.textCursor().selectedText().replace("\ufffc", " ").split())

    def next_mention(self) -> None:
        self._guide.step(1)

    def previous_mention(self) -> None:
        self._guide.step(-1)

    def step_same(self, by: int) -> None:
        """To the next (1) or previous (-1) mention of the entity whose mention is current."""
        self._guide.step_same(by)

    def step_hit(self, by: int) -> bool:
        """To the next or previous hit of the query; False, and nothing moves, past the last one."""
        return self._guide.step_hit(by)

    def end_hit(self, by: int) -> None:
        """To the first hit of the article (1) or the last one (-1)."""
        self._guide.end_hit(by)

    def set_highlights(self, highlights: Highlights) -> None:
        """Which mentions are painted, and how."""
        self._guide.highlight(highlights)
        self.toolbar.show_highlights(highlights)

    def current_mention(self) -> Mark | None:
        """The mention that was gone to last; None before the first step, and on a hit."""
        mark = self._guide.current()
        return mark if mark is not None and mark.kind == ENTITY else None

    def place_of(self, mark: Mark) -> QRect:
        """On the screen."""
        return self.page.place_of(mark)

    def numbered(self, mark: Mark) -> tuple[int, int]:
        """(number, of): which of its entity's mentions in the article it is."""
        return self._guide.numbered(mark)

    def article_id(self) -> int:
        """Of the article on show; 0 for none."""
        return self._detail.line.id if self._detail else 0

    def choose_entity(self, entity_id: int | None) -> None:
        """Mentions of this entity are gone through from now on; None: hits, else all."""
        self._guide.choose(entity_id)

    def page_down(self) -> bool:
        """Scrolls on by a screen; False when the end was in view already."""
        return self._detail is not None and self.page.page_down()

    # the inside

    def _lay_out(self) -> None:
        self._reading = QWidget(self)
        row = QHBoxLayout(self._reading)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(0)
        row.addWidget(self.page, 1)
        row.addWidget(self.minimap)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self._reading)
        line = QFrame(self)
        line.setObjectName("hairline")
        line.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.toolbar, line, self.notices):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        self.setObjectName("articleView")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusProxy(self.page)

    def _connect(self) -> None:
        bar, page = self.toolbar, self.page
        bar.star_toggled.connect(self.star_toggled)
        bar.read_toggled.connect(self.read_toggled)
        bar.tag_wanted.connect(self.tag_requested)
        bar.note_wanted.connect(self.note_requested)
        bar.highlights_wanted.connect(self.highlights_wanted)
        bar.copy_wanted.connect(lambda: _copy(self._url()))
        bar.browser_wanted.connect(lambda: self.link_opened.emit(self._url()))
        self.notices.images_allowed.connect(self.images_allowed)
        self.notices.word_wanted.connect(self.go_to)
        self._guide.current_changed.connect(self.current_changed)
        self._guide.said.connect(self.said)
        self._guide.stepped.connect(self.mention_current)
        page.mention_pointed.connect(self.mention_pointed)
        page.verticalScrollBar().valueChanged.connect(lambda _value: self.left_place.emit())
        page.resized.connect(self.left_place)
        page.anchorClicked.connect(self._follow)
        page.highlighted.connect(lambda url: self._hovered(url.toString()))
        page.mention_clicked.connect(self._mention_clicked)
        page.menu_wanted.connect(self._show_menu)

    def _write(self, *, keep_place: bool, draft: Draft | None = None) -> None:
        if self._detail is None:
            self._guide.leave()
            return
        place = self.page.verticalScrollBar().value() if keep_place else 0
        self._look = replace(self._look, language=self._detail.line.language)
        self._layout = self.page.write(
            self._detail, self._look, versions=self._versions, draft=draft
        )
        self._guide.read(self._detail, self._layout, self._explained)
        if place:
            self.page.lay_out()
        self.page.verticalScrollBar().setValue(place)
        self._show_image_bar()

    def _show_image_bar(self) -> None:
        detail = self._detail
        off = detail is not None and not detail.images_allowed
        self.notices.offer_images(offer=self._images and off and bool(self.picture_urls()))

    def _url(self) -> str:
        return self._detail.line.url if self._detail else ""

    def _follow(self, url: QUrl) -> None:
        own = target(url.toString())
        if own is None:
            if url.scheme() in _FOLLOWED:
                self.link_opened.emit(url.toString())
            elif url.hasFragment() and not url.scheme():
                self.page.scrollToAnchor(url.fragment())
            return
        kind, name = own
        if kind == "versions":
            self._versions = not self._versions
            self._write(keep_place=True)
        elif kind == "note":
            self.note_requested.emit()
        else:
            signals = {
                "tag": self.tag_chosen, "saved": self.saved_chosen, "feed": self.feed_chosen,
                "article": self.article_chosen, "copies": self.copies_chosen,
            }  # fmt: skip
            signals[kind].emit(name)

    def _hovered(self, url: str) -> None:
        """Shows where a link leads before it is followed."""
        shown = "" if target(url) else url
        self.link_hovered.emit(shown)
        self._address.say(shown)

    def _mention_clicked(self, mark: Mark) -> None:
        self._guide.jump(mark)
        self.entity_chosen.emit(mark.entity_id)

    def menu(self, mark: Mark | None = None, link: str = "") -> ArticleMenu:
        """The context menu over a mention or a link, or for the selected text."""
        menu = ArticleMenu(self)
        menu.words(
            self.selected_text(),
            copy=self.page.copy,
            search=self.search_requested.emit,
            track=self.track_requested.emit,
        )
        if mark is not None:
            menu.mention(
                mark.name,
                articles=partial(self.entity_chosen.emit, mark.entity_id),
                follow=partial(self.go_through, mark),
                alert=partial(self.alert_requested.emit, mark.entity_id),
                confirm=partial(self.confirm_requested.emit, mark.entity_id, mark.alias),
                reject=partial(self.reject_requested.emit, mark.entity_id, mark.alias),
            )
        if link and target(link) is None:
            menu.link(link, open_it=lambda url: self._follow(QUrl(url)), copy=_copy)
        if self._detail is not None and self._detail.mentions:
            menu.addAction("Highlights…", lambda: self.highlights_wanted.emit(QCursor.pos()))
        return menu

    def _show_menu(self, at: QPoint, mark: Mark | None, link: str) -> None:
        menu = self.menu(mark, link)
        if menu.isEmpty():
            menu.deleteLater()
        else:
            menu.popup(at)

    def go_through(self, mark: Mark) -> None:
        """From this mention on, only those of its entity."""
        self._guide.choose(mark.entity_id)
        self._guide.jump(mark)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Also beside the column, where the page itself does not listen."""
        bar = self.page.verticalScrollBar()
        bar.setValue(bar.value() - event.angleDelta().y() // 2)
        event.accept()


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
