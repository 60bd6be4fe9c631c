"""Leads through an article's marks: places them, steps from one to the next, says where it is.

Keeps the page, the pill in the toolbar and the strip beside the scroll bar in step.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor

from reader.domain.article import ArticleDetail, Explained, Mention
from reader.gui.models.highlights import Highlights
from reader.gui.theme import Theme
from reader.gui.views.article_document import Layout
from reader.gui.views.article_marks import HIT, Mark, Placer, lit
from reader.gui.views.article_page import ArticlePage
from reader.gui.views.article_targets import Targets
from reader.gui.views.article_toolbar import MentionPill
from reader.gui.views.minimap import Minimap, Tick
from reader.gui.views.turns import Turns

_CHOICES = 24
_AT_ONCE = 200
SEARCHED = ("search hit", "Search hits")
FIRED = ("word of the alert", "Words of the alert")
"""What the marks beside the mentions are: one of them, and all."""


class MarkGuide(QObject):
    current_changed = Signal(int)  # the entity whose mention is current, 0 for none
    stepped = Signal(object)
    """The `Mark` that has become current, in view."""
    said = Signal(str)
    """What a person who goes from mention to mention should know."""

    def __init__(self, page: ArticlePage, pill: MentionPill, strip: Minimap) -> None:
        super().__init__(page)
        self._page, self._pill, self._strip = page, pill, strip
        self._placer: Placer | None = None
        self._mentions: list[Mark] = []
        self._counts: Counter[tuple[int, str, str]] = Counter()
        self._explained: Explained | None = None
        self._targets = Targets()
        self._work = Turns(self)
        self._work.over.connect(lambda: self.explain(self._explained))
        self._hit, self._hits = SEARCHED
        self._ticking = QTimer(self)
        self._ticking.setSingleShot(True)
        self._ticking.timeout.connect(self._draw_ticks)
        self._drawing = Turns(self)
        pill.next_wanted.connect(lambda: self.step(1))
        pill.previous_wanted.connect(lambda: self.step(-1))
        pill.chosen.connect(self._choose_key)
        strip.place_wanted.connect(self._go_to)
        page.resized.connect(self._ticking.start)
        page.verticalScrollBar().valueChanged.connect(self._show_place)
        page.verticalScrollBar().rangeChanged.connect(self._show_place)

    @property
    def _theme(self) -> Theme:
        return self._page.layer.look.theme

    def read(self, detail: ArticleDetail, layout: Layout, explained: Explained | None) -> None:
        """After an article was written on the page; a chosen entity stays chosen if it is in it."""
        self._placer = Placer(detail, layout, self._page.document().toRawText())
        self._mentions, self._explained, self._counts = [], explained, Counter()
        self._work.take(self._placing(self._placer, detail.mentions))
        if self._page.long:
            self._show_state()
        else:
            self._work.finish()

    def _placing(self, placer: Placer, mentions: Sequence[Mention]) -> Iterator[None]:
        """In short steps: a book full of names takes a second."""
        yield from placer.prepare()
        found: list[Mark] = []
        for start in range(0, len(mentions), _AT_ONCE):
            found += placer.mentions(mentions[start : start + _AT_ONCE])
            yield
        self._mentions = sorted(found, key=lambda mark: (mark.start, -mark.end))
        self._counts = Counter((m.entity_id, m.name, m.type) for m in self._mentions)
        yield

    def highlight(self, highlights: Highlights) -> None:
        """Other mentions are shown from now on, or otherwise; who is gone through stays."""
        self._page.layer.highlights = highlights
        current, on_hits = self._targets.current, self._targets.on_hits
        self.explain(self._explained)
        if current is not None and on_hits == self._targets.on_hits:
            self._targets.return_to(current)
            self._page.layer.current = self._targets.current
            self._show_state()

    def current(self) -> Mark | None:
        return self._targets.current

    def numbered(self, mark: Mark) -> tuple[int, int]:
        """(number, of): which of its entity's mentions in the article it is."""
        same = [one[:2] for one in self._mentions if one.entity_id == mark.entity_id]
        return (same.index(mark[:2]) + 1 if mark[:2] in same else 0), len(same)

    def leave(self) -> None:
        self._placer, self._mentions, self._targets = None, [], Targets()
        self._counts = Counter()
        self._work.give_up()
        self._drawing.give_up()
        self._show_state()

    def explain(self, explained: Explained | None) -> None:
        """Marks the hits of another query, or none."""
        self._explained = explained
        if self._placer is None or self._work.busy:
            return
        hits, chosen = self._placer.hits(explained), self._targets.entity
        mentions = lit(self._mentions, self._page.layer.highlights)
        self._targets = Targets(mentions, hits)
        self._page.mark([*mentions, *hits])
        if any(mark.entity_id == chosen for mark in mentions):
            self._targets.choose(chosen)
        self._show_state()
        self._ticking.start()

    def name_hits(self, one: str, all_: str) -> None:
        """`SEARCHED` or `FIRED`, for the marks that come next."""
        self._hit, self._hits = one, all_

    def step(self, by: int) -> None:
        """To the next (1) or previous (-1) mark; at first to the nearest one in view."""
        before = self._targets.number
        mark = self._targets.step(by, self._page.position_in_view())
        if mark is None:
            self.said.emit("There is no mention to go to in this article.")
            return
        self._show(mark)
        if before and (self._targets.number - before) * by <= 0:
            self.said.emit(self._went_round(by))

    def _went_round(self, by: int) -> str:
        what = "hit" if self._targets.on_hits else "mention"
        if len(self._targets.marks) == 1:
            return f"This is the only {what}."
        if by > 0:
            return f"That was the last {what}; this is the first."
        return f"That was the first {what}; this is the last."

    def step_same(self, by: int) -> None:
        """The same through the mentions of the entity whose mention is current, or nearest."""
        here = self._targets.current
        if here is None or not here.entity_id:
            self.step(by)
            return
        if self._targets.entity is None:
            self._targets.choose(here.entity_id)
            self._targets.jump(here)
        self.step(by)

    def step_hit(self, by: int) -> bool:
        """Through the query's hits only, without starting again at the end; False past it."""
        self._go_through_hits()
        mark = self._targets.step_on(by, self._page.position_in_view())
        if mark is not None:
            self._show(mark)
        return mark is not None

    def end_hit(self, by: int) -> None:
        self._go_through_hits()
        mark = self._targets.end(by)
        if mark is not None:
            self._show(mark)

    def _go_through_hits(self) -> None:
        if not self._targets.on_hits:
            self._targets.choose(None)

    def choose(self, entity: int | None) -> None:
        """Only this entity's mentions from now on; None: the query's hits, else all mentions."""
        if entity is not None and entity == self._targets.entity:
            return
        self._targets.choose(entity)
        self._page.set_current(None)
        self._show_state()

    def jump(self, mark: Mark) -> None:
        """Goes on from a mark that was clicked."""
        self._targets.jump(mark)
        self._show(mark)

    def _show(self, mark: Mark) -> None:
        self._page.set_current(mark)
        self._show_state()
        self.current_changed.emit(mark.entity_id)
        self.stepped.emit(mark)

    def _choose_key(self, key: str) -> None:
        kind, _, entity = key.partition(":")
        self._targets.choose(int(entity) if entity else None, everything=kind == "all")
        self.step(1)

    def _show_state(self) -> None:
        targets = self._targets
        self._pill.show_state(*self._label(), targets.number, len(targets.marks))
        if targets.on_hits:
            self._pill.speak_of(self._hit, "M; F3 goes on to the next article", "Shift+M")
        else:
            self._pill.speak_of("mention", "M", "Shift+M")
        self._pill.offer(self._choices())
        self._show_current()

    def _label(self) -> tuple[str, QColor]:
        targets = self._targets
        if targets.on_hits:
            return self._hits, self._theme.match_current
        if targets.marks and (targets.current or targets.entity is not None):
            shown = targets.current or targets.marks[0]
            return shown.name, self._theme.entity(shown.type).rule
        return "All mentions", self._theme.text3

    def _count(self) -> str:
        """How many hits are marked, and of how many when these are not all."""
        marked = len(self._targets.hits)
        more = self._explained.more if self._explained else 0
        return f"{marked} of {marked + more}" if more else str(marked)

    def _choices(self) -> list[tuple[str, str, QColor]]:
        found: list[tuple[str, str, QColor]] = []
        if self._targets.hits:
            label = f"{self._hits} ({self._count()})"
            found.append(("hits", label, self._theme.match_current))
        if shown := sum(mark.shown for mark in self._targets.mentions):
            found.append(("all", f"All mentions ({shown})", self._theme.text3))
        for (entity, name, kind), count in self._counts.most_common(_CHOICES):
            rule = self._theme.entity(kind).rule
            found.append((f"entity:{entity}", f"{name} ({count})", rule))
        return found

    def _draw_ticks(self) -> None:
        self._drawing.take(self._ticks())
        if not self._page.long:
            self._drawing.finish()

    def _ticks(self) -> Iterator[None]:
        """In short steps; what the strip showed before stays until all are there."""
        shown = [mark for mark in self._page.layer.marks.all if mark.shown]
        ticks: list[Tick] = []
        for start in range(0, len(shown), _AT_ONCE):
            part = shown[start : start + _AT_ONCE]
            ticks += map(self._tick, part, self._page.fractions(part))
            yield
        self._strip.show_ticks(ticks)
        self._show_place()
        self._show_current()

    def _tick(self, mark: Mark, at: float) -> Tick:
        theme = self._theme
        if mark.kind == HIT:
            return Tick(at, theme.match_current, self._hit[:1].upper() + self._hit[1:], hit=True)
        return Tick(at, theme.entity(mark.type).rule, mark.name)

    def _show_current(self) -> None:
        mark = self._targets.current
        self._strip.show_current(self._page.fractions([mark])[0] if mark else None)

    def _show_place(self) -> None:
        bar = self._page.verticalScrollBar()
        whole = max(1, bar.maximum() + bar.pageStep())
        self._strip.show_view(bar.value() / whole, (bar.value() + bar.pageStep()) / whole)

    def _go_to(self, fraction: float) -> None:
        bar = self._page.verticalScrollBar()
        whole = bar.maximum() + bar.pageStep()
        bar.setValue(round(fraction * whole - bar.pageStep() / 2))
