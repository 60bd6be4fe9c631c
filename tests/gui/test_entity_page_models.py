"""Charts of an entity's page as plain values, their colours, and the list of sentences."""

import itertools
import math
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from reader.domain.entity import Entity
from reader.domain.profile import (
    OTHERS,
    Column,
    Compared,
    Comparison,
    LanguageLine,
    OutletLine,
    Profile,
    Question,
    Report,
    Sentence,
    Strand,
)
from reader.domain.profile_columns import Span, columns
from reader.domain.quoting import asking
from reader.gui.models.entity_page import (
    Chart,
    asked,
    chart_of,
    comparison_of,
    language_bars,
    outlet_bars,
    query,
    tongue,
)
from reader.gui.models.sentences import SENTENCE, SentenceModel
from reader.gui.theme import DARK, LIGHT, Theme
from reader.gui.views.entity_page_paint import (
    colour,
    column_at,
    date_below,
    dated_columns,
    legend,
    legend_height,
    picture,
    plot_of,
)
from reader.search import dates

HAFTAR = Entity("Khalifa Haftar", "person", id=1)
DAYS = tuple(date(2026, 3, day) for day in range(1, 5))
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
FIRST = Report(7, "A title", "The A Wire", AT)


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Makes a zone the local one."""

    def at(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield at
    monkeypatch.undo()
    time.tzset()


def profile(**values: object) -> Profile:
    made = {
        "articles": 10,
        "mentions": 23,
        "columns": tuple(
            Column(Span(day, day), n, 2 * n) for day, n in zip(DAYS, (1, 0, 2, 7), strict=True)
        ),
        "outlets": (
            OutletLine("The A Wire", 8, 20, 0.8, FIRST, "LY", "A Group"),
            OutletLine("B", 2, 3, 0.2, FIRST),
        ),
        "languages": (LanguageLine("en", 9, 20, 0.9), LanguageLine("", 1, 3, 0.1)),
        "by_outlet": (
            *(Strand(f"Outlet {n}", (0, 0, 0, 1), (0, 0, 0, 2)) for n in range(5)),
            Strand(OTHERS, (1, 0, 2, 2), (2, 0, 4, 4)),
        ),
        "by_language": (
            Strand("en", (1, 0, 1, 7), (2, 0, 2, 14)),
            Strand("", (0, 0, 1, 0), (0, 0, 2, 0)),
        ),
        "first": FIRST,
        "last": FIRST,
    }
    return Profile(**{"entity": HAFTAR, "question": Question(), "unit": "day", **made, **values})


def by_the_hour(first: date, last: date | None = None) -> Profile:
    """No article in the first hour, one in the second, and so on."""
    spans = columns(first, last or first, "hour")
    counted = tuple(Column(span, at, 2 * at) for at, span in enumerate(spans))
    return profile(
        columns=counted, unit="hour", question=Question(unit="hour"), by_outlet=(), by_language=()
    )


def compared() -> Comparison:
    columns = tuple(Span(day, day) for day in DAYS)
    entities = tuple(
        Compared(Entity(f"E{n}", "person", id=n), n, n, tuple((n + at, 3 * n) for at in range(4)))
        for n in range(5)
    )
    return Comparison(Question(), "day", columns, entities)


def test_a_chart_says_what_it_shows_in_words_and_as_a_table() -> None:
    chart = chart_of(profile())
    assert (chart.title, chart.most, chart.empty) == ("Articles per day", 7, False)
    assert chart.told(3) == ["4 Mar 2026", "7 articles", "14 mentions"]
    assert chart.told(1) == ["2 Mar 2026", "0 articles", "0 mentions"]
    assert chart.period == "1 – 4 Mar 2026"
    assert chart.summary() == "Khalifa Haftar: 10 articles, most in 4 Mar 2026 (7)."
    assert chart.table.rows[3] == ("2026-03-04", "2026-03-04", 7, 14)


def test_strands_are_named_and_the_rest_comes_last() -> None:
    outlets = chart_of(profile(), "outlet")
    assert [one.name for one in outlets.series][-2:] == ["Outlet 4", "Others"]
    assert outlets.most == 7
    assert outlets.told(0) == ["1 Mar 2026", "Others: 1"]
    assert outlets.told(1) == ["2 Mar 2026", "No article"]
    languages = chart_of(profile(), "language")
    assert [one.name for one in languages.series] == ["English", "Unknown language"]
    assert languages.table.head[-4:] == ("en", "unknown", "en (mentions)", "unknown (mentions)")


def test_mentions_are_counted_where_that_is_asked_for() -> None:
    chart = chart_of(profile(), measure="mentions")
    assert (chart.title, chart.most) == ("Mentions per day", 14)
    assert chart.told(3) == ["4 Mar 2026", "14 mentions", "7 articles"]
    assert chart.summary() == "Khalifa Haftar: 20 mentions, most in 4 Mar 2026 (14)."
    assert chart.table == chart_of(profile()).table
    outlets = chart_of(profile(), "outlet", "mentions")
    assert outlets.told(0) == ["1 Mar 2026", "Others: 2"]
    assert outlets.told(1) == ["2 Mar 2026", "No mention"]
    several = comparison_of(compared(), "mentions")
    assert several.title == "Mentions per day, compared"
    assert several.told(0)[-1] == "E4: 12"


def test_hours_are_said_by_the_clock(local: Callable[[str], None]) -> None:
    local("Europe/Berlin")
    chart = chart_of(by_the_hour(date(2026, 10, 25)))
    assert chart.title == "Articles per hour"
    assert chart.told(1) == ["25 Oct 2026, 01:00 – 02:00", "1 article", "2 mentions"]
    assert [chart.told(at)[0].partition(", ")[2] for at in (2, 3, 4)] == [
        "02:00 – 02:00 CEST", "02:00 – 03:00 CET", "03:00 – 04:00",
    ]  # fmt: skip
    assert chart.summary().endswith("most in 25 Oct 2026, 23:00 – 00:00 (24).")
    assert chart.table.rows[3][:2] == ("2026-10-25T02:00+01:00", "2026-10-25T03:00+01:00")
    assert (chart.period, chart.coarser) == ("25 Oct 2026", "")
    assert [asked(span) for span in chart.columns[2:5]] == [
        "2026-10-25T02", "2026-10-25T02", "2026-10-25T03",
    ]  # fmt: skip


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe"])
@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 4, 5), date(2026, 10, 4)])
def test_what_is_asked_for_an_hour_is_that_hour(
    local: Callable[[str], None], zone: str, day: date
) -> None:
    local(zone)
    chart = chart_of(by_the_hour(day))
    met = [dates.span(asked(span), None) for span in chart.columns]
    for span, (first, end) in zip(chart.columns, met, strict=True):
        assert span.hour is not None
        begin, after = (dates.to_ms(moment) for moment in span.hour)
        assert first is not None
        assert end is not None
        assert first <= begin < after <= end
        if len(set(met)) == len(met):
            assert (first, end) == (begin, after)


def test_dates_below_hours_stand_where_days_begin(local: Callable[[str], None]) -> None:
    local("Europe/Berlin")
    week = chart_of(by_the_hour(date(2026, 10, 22), date(2026, 10, 28)))
    assert [date_below(week, at) for at in dated_columns(week, 20)] == [
        "22 Oct", "23 Oct", "24 Oct", "25 Oct", "26 Oct", "27 Oct", "28 Oct",
    ]  # fmt: skip
    assert date_below(week, len(week.columns) - 1) == "28 Oct, 23:00"
    assert [date_below(week, at) for at in dated_columns(week, 70)] == [
        "22 Oct", "25 Oct", "28 Oct",
    ]  # fmt: skip
    day = chart_of(by_the_hour(date(2026, 10, 22)))
    assert [date_below(day, at) for at in dated_columns(day, 4)] == [
        "22 Oct",
        "06:00",
        "12:00",
        "18:00",
    ]
    assert date_below(day, 23) == "23:00"


def test_compared_entities_stand_beside_each_other() -> None:
    chart = comparison_of(compared())
    assert chart.lines
    assert chart.most == 7
    assert chart.told(0)[-1] == "E4: 4"
    assert [one.colour for one in chart.series] == [0, 1, 2, 3, 4]


def test_bars_tell_numbers_first_report_and_who_owns_the_outlet() -> None:
    first, second = outlet_bars(profile())
    assert (first.name, first.articles, first.value) == ("The A Wire", 8, "The A Wire")
    assert "8 articles, 20 mentions" in first.told
    assert "A title (LY · A Group)" in first.told
    assert "(" not in second.told
    assert [bar.value for bar in language_bars(profile())] == ["en", ""]
    assert (tongue("uk"), tongue("xx"), tongue("")) == ("Ukrainian", "xx", "Unknown language")


def test_a_search_is_written_as_the_language_wants_it() -> None:
    narrower = asking("outlet", 'The "A" Wire')
    assert query('O"Hara', narrower) == 'entity:"O""Hara" outlet:"The ""A"" Wire"'


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=lambda one: one.name)
def test_compared_colours_are_told_apart_by_everybody(scheme: Theme) -> None:
    chart = comparison_of(compared())
    inks = [colour(one, chart, scheme) for one in chart.series]
    for one, other in itertools.combinations(inks, 2):
        for seen in SIGHTS:
            assert distance(one, other, seen) > 15, (one.name(), other.name(), seen)
    for ink in inks:
        assert contrast(ink, scheme.page) >= 3


def test_columns_are_found_where_they_are_painted() -> None:
    chart, plot = chart_of(profile()), plot_of(QRectF(0, 0, 448, 200))
    assert [column_at(chart, plot, 40 + 100 * at + 50) for at in range(4)] == [0, 1, 2, 3]
    assert column_at(chart, plot, 39) == column_at(chart, plot, 441) == -1


def test_a_legend_takes_the_lines_it_needs(styled: QApplication) -> None:
    chart = chart_of(profile(), "outlet")
    wide, narrow = legend_height(1200, chart), legend_height(200, chart)
    assert 0 < wide < narrow
    assert legend_height(1200, chart_of(profile())) == 0
    assert all(box.right() <= 200 for _, box in legend(QRectF(0, 0, 200, 0), chart))


@pytest.mark.parametrize("chart", [chart_of(profile(), "outlet"), comparison_of(compared())],
                         ids=("stacked", "compared"))  # fmt: skip
def test_a_picture_is_twice_as_fine_and_has_its_title_and_legend(
    styled: QApplication, chart: Chart
) -> None:
    image = picture(chart, "Khalifa Haftar: articles per day", "1 – 4 Mar 2026")
    assert image.devicePixelRatio() == 2
    assert (image.width(), image.height()) == (1920, 800)
    page = LIGHT.page.rgb()
    for top, bottom in ((36, 90), (92, 130), (740, 780)):
        rows = range(top, bottom, 2)
        assert any(image.pixel(x, y) != page for x in range(48, 700, 2) for y in rows)


# sentences


def sentence(number: int) -> Sentence:
    return Sentence(number, "T", "The A Wire", AT, "en", "body", 0, f"A{number} B\nC", ((0, 2, 1),))


def test_sentences_are_asked_for_once_when_the_end_is_near(qapp: QApplication) -> None:
    model = SentenceModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    wanted: list[None] = []
    model.more_wanted.connect(lambda: wanted.append(None))
    model.append([sentence(n) for n in range(3)], more=True)
    root = model.index(-1, 0)
    assert model.canFetchMore(root)
    model.fetchMore(root)
    assert not model.canFetchMore(root)
    assert len(wanted) == 1
    model.append([sentence(3)], more=False)
    assert not model.canFetchMore(root)
    assert model.rowCount() == 4
    assert model.index(3, 0).data(SENTENCE) == sentence(3)
    assert model.index(3, 0).data() == "A3 B C"
    model.clear()
    assert model.rowCount() == 0


# how colours are seen: matrices of Machado, Oliveira and Fernandes for linear light

SIGHTS = (
    ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
)


def linear(ink: QColor) -> list[float]:
    parts = (ink.redF(), ink.greenF(), ink.blueF())
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def lab(ink: QColor, sight: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    light = linear(ink)
    r, g, b = (
        min(1.0, max(0.0, sum(m * c for m, c in zip(row, light, strict=True)))) for row in sight
    )
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: QColor, other: QColor, sight: tuple[tuple[float, ...], ...]) -> float:
    return math.dist(lab(one, sight), lab(other, sight))


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted(
        sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(ink), strict=True))
        for ink in (one, other)
    )
    return (high + 0.05) / (low + 0.05)
