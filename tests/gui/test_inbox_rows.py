"""The inbox as values, as rows of the list, and as they are laid out."""

import itertools
import random
from array import array
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from gui_world import NOW, line
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.domain.alert import Alert, Context, Precision, Suggestion
from reader.domain.article import Chip, Span
from reader.domain.search import SavedLine, SavedSearch
from reader.gui.actions import Actions
from reader.gui.models.articles import ArticleModel, Role
from reader.gui.models.inbox import (
    ALL,
    KEPT,
    NOISE,
    OPEN,
    InboxFilter,
    all_of,
    by_article,
    fired,
    fits,
    percent,
    share,
    why,
)
from reader.gui.theme import DARK, LIGHT
from reader.gui.views.article_row import COMFORTABLE, COMPACT, LEFT, RIGHT, lay_out
from reader.gui.views.inbox_bar import InboxBar
from reader.gui.views.inbox_chart import InboxChart, said, without_gaps

TITLE = "Haftar meets officers in Tobruk"


def alert(article: int = 1, saved: int = 1, **changes: object) -> Alert:
    made = Alert(
        article, TITLE, f"Search {saved}", (Span("title", 0, 6, "Haftar"),),
        NOW - timedelta(minutes=article), id=article * 10 + saved, saved_id=saved,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


class TestValues:
    def test_an_article_is_one_row_that_names_every_search(self) -> None:
        found = by_article([alert(2, 1), alert(1, 1), alert(2, 2), alert(1, 3)])
        assert list(found) == [2, 1]
        assert [one.saved_id for one in found[2]] == [1, 2]
        assert [one.saved_id for one in found[1]] == [1, 3]

    def test_a_filter_lists_what_has_one_alert_that_is_so(self) -> None:
        chance = random.Random(4)
        states = {OPEN: None, KEPT: True, NOISE: False}
        for _ in range(400):
            alerts = [alert(1, n, kept=chance.choice([True, False, None])) for n in range(1, 4)][
                : chance.randrange(1, 4)
            ]
            fresh = {one.id for one in alerts if chance.random() < 0.5}
            wanted = InboxFilter(
                chance.choice([ALL, OPEN, KEPT, NOISE]), chance.randrange(4), chance.random() < 0.5
            )
            expected = False
            for one in alerts:
                so = wanted.verdict == ALL or one.kept is states[wanted.verdict]
                of_it = wanted.saved == 0 or one.saved_id == wanted.saved
                expected |= so and of_it and (not wanted.unseen or one.id in fresh)
            assert fits(alerts, wanted, fresh) is expected

    def test_what_can_no_longer_be_judged_does_not_wait_to_be(self) -> None:
        gone = alert(saved_id=None)
        assert fits([gone], InboxFilter(), ())
        assert not fits([gone], InboxFilter(OPEN), ())

    def test_the_passage_with_words_is_shown_and_marked_by_every_search(self) -> None:
        text = "…officers met Haftar in Tobruk"
        first = alert(1, 1, context=(Context("lead", "A beginning", ()),))
        second = alert(1, 2, context=(Context("body", text, ((14, 20),)),))
        third = alert(1, 3, context=(Context("body", text, ((14, 20), (18, 30))),))
        marked = fired([first, second, third]).marked
        assert (marked.snippet, marked.spans) == (text, ((14, 30),))

    def test_the_passage_of_the_search_that_is_looked_at_comes_first(self) -> None:
        one = alert(1, 1, context=(Context("body", "one", ((0, 3),)),))
        two = alert(1, 2, context=(Context("body", "two", ((0, 3),)),))
        assert fired([one, two]).marked.snippet == "one"
        assert fired([one, two], first=2).marked.snippet == "two"

    def test_a_title_is_marked_only_as_it_is_today(self) -> None:
        now = alert(context=(Context("title", TITLE, ((0, 6),)),))
        before = alert(context=(Context("title", "Haftar met officers", ((0, 6),)),))
        assert fired([now]).marked.title == ((0, 6),)
        assert fired([before]).marked.title == ()

    def test_precision_is_never_rounded_to_all_or_none(self) -> None:
        assert [percent(999, 1), percent(1, 999), percent(3, 0), percent(0, 2)] == [
            "99 %", "1 %", "100 %", "0 %",
        ]  # fmt: skip
        assert share(23, 4) == "23 kept · 4 noise · 85 %"
        assert share(0, 0) == ""

    def test_the_words_that_fired_are_said_once_each(self) -> None:
        words = ["S-400", "Tobruk", "S-400", "Derna"]
        spans = tuple(Span("body", n, n + len(w), w) for n, w in enumerate(words))
        assert why(alert(why=spans), most=2) == "“S-400”, “Tobruk” and 1 more"
        assert why(alert(why=spans[:1], more=37)) == "“S-400” · 37 more places"


class TestModel:
    @pytest.fixture
    def model(self) -> ArticleModel:
        made = ArticleModel()
        made.set_ids(array("q", range(1, 300)))
        made.set_page(made.generation, 0, [line(n) for n in range(1, 129)])
        return made

    def test_rows_that_leave_do_not_move_the_others(self, model: ArticleModel) -> None:
        gone = [3, 4, 7, 200]
        kept = [n for n in model.ids if n not in gone]
        removed: list[tuple[int, int]] = []
        model.rowsRemoved.connect(lambda _parent, first, last: removed.append((first, last)))
        model.drop([*gone, 9999])
        assert model.ids.tolist() == kept
        assert removed == [(199, 199), (6, 6), (2, 3)]
        assert model.row_of(5) == 2

    def test_a_page_asked_for_before_rows_left_makes_none_of_them_gone(
        self, model: ArticleModel
    ) -> None:
        asked: list[tuple[int, int, array[int]]] = []
        model.page_wanted.connect(lambda *page: asked.append(page))
        model.line(150)
        model.drop([1])
        generation, page, ids = asked[0]
        model.set_page(generation, page, [line(n) for n in ids if n % 2])
        assert not any(model.is_gone(row) for row in range(model.rowCount()))
        assert model.known(151) is not None

    def test_the_inbox_speaks_of_alerts_and_goes_by_when_they_fired(
        self, model: ArticleModel
    ) -> None:
        row = fired([alert(5, 1, priority="high", kept=True), alert(5, 2)], fresh=True)
        model.set_fired({5: row}.get)
        index = model.index(4, 0)
        assert index.data(Role.FIRED) is row
        assert index.data(Role.MARKED) is row.marked
        assert model.moment(4) == row.at != line(5).sorted_at
        assert model.moment(5) == line(6).sorted_at
        spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
        assert spoken.startswith("New alert of Search 1, important, kept and Search 2. ")
        model.set_fired(None)
        assert index.data(Role.FIRED) is None
        assert model.moment(4) == line(5).sorted_at


@pytest.mark.usefixtures("styled")
class TestRow:
    def test_saved_searches_are_named_before_entities(self) -> None:
        row = fired([alert(1, 1), alert(1, 2)])
        made = lay_out(line(1, chips=(Chip(1, "Haftar", "person"),)), row.marked, 460,
                       COMFORTABLE, row)  # fmt: skip
        assert [chip.label for chip in made.chips] == ["Search 1", "Search 2", "Haftar"]
        first, _, entity = made.chips
        assert made.chip_at(first.box.center().x(), first.box.center().y()) is row.alerts[0]
        assert made.chip_at(entity.box.center().x(), entity.box.center().y()) is None
        assert made.chip_at(LEFT, 3) is None

    def test_five_searches_of_long_names_are_all_named(self) -> None:
        names = [alert(1, n, saved_search=f"{n} is a search of a long name") for n in range(5)]
        row = fired(names)
        made = lay_out(line(1), row.marked, 420, COMFORTABLE, row)
        assert [chip.label[0] for chip in made.chips] == ["0", "1", "2", "3", "4"]
        assert made.more == ""

    def test_short_names_are_not_shortened_for_long_ones(self) -> None:
        names = ["Gas", "A saved search of a very long name indeed", "Oil"]
        row = fired([alert(1, n, saved_search=name) for n, name in enumerate(names)])
        made = lay_out(line(1, chips=()), row.marked, 320, COMFORTABLE, row)
        assert [chip.label for chip in made.chips][::2] == ["Gas", "Oil"]
        assert made.chips[1].label.endswith("…")
        assert made.chips[-1].box.right() == pytest.approx(320 - RIGHT)

    @pytest.mark.parametrize("width", [280, 320, 335, 480, 900])
    def test_what_cannot_be_named_is_counted_and_nothing_leaves_the_row(self, width: int) -> None:
        chance = random.Random(width)
        for _ in range(60):
            names = ["word " * chance.randrange(1, 12) for _ in range(chance.randrange(1, 12))]
            row = fired([alert(1, n, saved_search=name) for n, name in enumerate(names)])
            made = lay_out(line(1), row.marked, width, COMFORTABLE, row)
            named = [chip for chip in made.chips if chip.alert]
            assert made.more == (f"+{len(names) - len(named)}" if len(named) < len(names) else "")
            assert named[0].box.left() >= LEFT
            assert made.chips[-1].box.right() <= width - RIGHT + 0.5
            sides = [(chip.box.left(), chip.box.right()) for chip in made.chips]
            assert all(a[1] < b[0] for a, b in itertools.pairwise(sides))

    def test_a_row_looks_as_the_search_was_judged_that_is_looked_at(self) -> None:
        alerts = [alert(1, 1, kept=True), alert(1, 2, kept=False)]
        whole, first, second = (fired(alerts, chosen=number) for number in (0, 11, 12))
        assert (whole.kept, whole.noise) == (True, False)
        assert (first.kept, first.noise) == (True, False)
        assert (second.kept, second.noise) == (False, True)

    def test_what_is_judged_alone_comes_first_and_then_what_is_urgent(self) -> None:
        alerts = [alert(1, 1), alert(1, 2, priority="high"), alert(1, 3, priority="low")]
        row = fired(alerts, chosen=13)
        made = lay_out(line(1), row.marked, 600, COMFORTABLE, row)
        assert [chip.label for chip in made.chips[:3]] == ["Search 3", "Search 2", "Search 1"]

    def test_all_that_fired_are_told_with_how_they_were_judged(self) -> None:
        row = fired([alert(1, 1, kept=True), alert(1, 2), alert(1, 3, kept=False)])
        assert all_of(row) == "Search 1 · kept\nSearch 2\nSearch 3 · noise"

    @pytest.mark.parametrize("density", [COMFORTABLE, COMPACT])
    @pytest.mark.parametrize(
        "text", ["word " * 28, "電力市場の動向" * 20, "كلمة " * 30, "x" * 150, "😀 " * 60]
    )
    def test_a_marked_word_is_seen_wherever_it_stands_in_the_passage(
        self, density: object, text: str
    ) -> None:
        for at in (0, 20, 70, len(text) - 4):
            context = Context("body", text, ((at, at + 3),))
            row = fired([alert(context=(context,))])
            made = lay_out(line(1, title="A title"), row.marked, 340, density, row)  # type: ignore[arg-type]
            marks = [mark for text_ in made.texts[1:] for mark in text_.marks]
            assert marks
            assert all(m.left() >= LEFT - 2 and m.right() <= 340 - RIGHT + 3 for m in marks)

    def test_noise_steps_back(self) -> None:
        noise = fired([alert(kept=False), alert(1, 2, kept=False)])
        mixed = fired([alert(kept=False), alert(1, 2)])
        assert lay_out(line(1), noise.marked, 400, COMFORTABLE, noise).texts[0].role == "text3"
        assert lay_out(line(1), mixed.marked, 400, COMFORTABLE, mixed).texts[0].role == "text"


def saved(number: int, **changes: object) -> SavedLine:
    made = SavedSearch(number, f"Search {number}", "haftar", alert=True)
    return SavedLine(replace(made, **changes), 9, 3, kept=number, noise=1)  # type: ignore[arg-type]


class TestBar:
    @pytest.fixture
    def host(self) -> QWidget:
        return QWidget()

    @pytest.fixture
    def bar(self, host: QWidget, shown: Callable[..., QWidget]) -> InboxBar:
        made = InboxBar(Actions(host), host)
        QVBoxLayout(host).addWidget(made)
        shown(host, 340, 400)
        made.show()
        made.show_saved([saved(1), saved(2, broken="“feed:” needs a value.")])
        return made

    def test_the_choice_tells_how_good_each_search_is(self, bar: InboxBar) -> None:
        rows = [bar.choice.itemText(n) for n in range(bar.choice.count())]
        assert rows == [
            "All saved searches", "Search 1 · 50 %", "Search 2 · 67 % · cannot be run",
        ]  # fmt: skip

    def test_a_search_that_cannot_be_run_says_why_where_it_is_looked_for(
        self, bar: InboxBar
    ) -> None:
        assert bar.broken.isVisible()
        assert (
            "“Search 2” finds nothing any more: “feed:” needs a value." in bar.broken.label.text()
        )
        asked: list[int] = []
        bar.edit_wanted.connect(asked.append)
        bar.broken.button.click()
        assert asked == [2]
        bar.show_filter(InboxFilter(saved=1))
        assert not bar.broken.isVisible()

    def test_figures_and_suggestions_come_and_go(self, bar: InboxBar) -> None:
        monday = date(2026, 11, 2)
        weeks = ((monday, 3, 1), (monday + timedelta(days=14), 2, 0))
        bar.show_precision(Precision("Search 1", 5, 1, weeks))
        assert bar.precision.text() == "5 kept · 1 noise · 83 %"
        assert bar.chart.table().splitlines()[1:] == [
            "2026-11-02\t3\t1\t75 %", "2026-11-16\t2\t0\t100 %",
        ]  # fmt: skip
        found = Suggestion("Search 1", "“stock market” stands in 7 of 9.", "haftar -stock", 7, 0)
        asked: list[Suggestion] = []
        bar.change_wanted.connect(asked.append)
        bar.show_suggestion(found)
        assert bar.advice.isVisible()
        bar.advice.button.click()
        assert asked == [found]
        bar.show_suggestion(None)
        bar.show_precision(None)
        assert not bar.advice.isVisible()
        assert not bar.precision.isVisible()

    def test_everything_that_can_be_focused_has_a_name(self, bar: InboxBar) -> None:
        bar.show_suggestion(Suggestion("Search 1", "Why.", "query", 1, 0))
        for widget in bar.findChildren(QWidget):
            if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible():
                assert widget.accessibleName(), widget

    def test_it_can_be_painted_in_both_schemes(self, bar: InboxBar) -> None:
        bar.show_precision(Precision("Search 1", 5, 1, ((date(2026, 11, 2), 5, 1),)))
        bar.set_theme(LIGHT)
        light = bar.grab().toImage()
        bar.set_theme(DARK)
        assert bar.grab().toImage() != light


def test_weeks_without_judgements_are_shown_as_such(shown: Callable[..., QWidget]) -> None:
    monday = date(2026, 10, 5)
    weeks = without_gaps([(monday, 1, 0), (monday + timedelta(days=21), 0, 2)])
    assert [kept + noise for _, kept, noise in weeks] == [1, 0, 0, 2]
    assert without_gaps([]) == []
    assert said(weeks[0]) == "Week of 5 October: 1 kept, 0 noise"
    chart = InboxChart()
    shown(chart)
    chart.show_weeks(weeks)
    menu = chart.menu()
    menu.actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == chart.table() == chart.accessibleDescription()
