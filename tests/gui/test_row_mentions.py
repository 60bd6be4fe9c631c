"""Names in the rows of the list: where they stand, what they look like, when they are read."""

from array import array
from collections.abc import Callable, Iterator

import pytest
from gui_world import Library, line
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from window_steps import loaded

from reader.domain.article import Marked
from reader.domain.library import Changes
from reader.domain.row_mentions import Named, RowMentions
from reader.errors import StoreError
from reader.gui.jobs import Jobs
from reader.gui.main_window import MainWindow
from reader.gui.models.articles import ArticleModel, Role
from reader.gui.models.highlights import FILL, UNDERLINE, Highlights
from reader.gui.presenters.row_mentions import RowMentionsPresenter
from reader.gui.theme import LIGHT
from reader.gui.views.article_row import COMFORTABLE, LEFT, LINE, RIGHT, RowLayout, lay_out
from reader.gui.views.article_table import ArticleTable

WIDTH = 380


def row_of(
    title: str, snippet: str, names: tuple[str, ...], marked: Marked | None = None
) -> RowLayout:
    """Laid out with these names marked wherever they stand."""
    shown = marked.snippet if marked and marked.snippet else snippet
    named = RowMentions(1, shown, tuple(found(title, names)), tuple(found(shown, names)))
    made = line(1, title=title, snippet=snippet, chips=())
    return lay_out(made, marked, WIDTH, COMFORTABLE, None, named)


def found(text: str, names: tuple[str, ...]) -> Iterator[Named]:
    for number, name in enumerate(names, 1):
        at = text.find(name)
        if at >= 0:
            yield Named(at, at + len(name), "person", number)


def marked_words(row: RowLayout) -> list[str]:
    """What stands in front of each name's box."""
    words = []
    for text in row.texts:
        one = text.layout.lineAt(0)
        for name in text.names:
            left = name.box.left() - LEFT - text.shift + 1.5
            right = name.box.right() - LEFT - text.shift - 1.5
            a, z = sorted((one.xToCursor(left + 0.5), one.xToCursor(right - 0.5)))
            units = text.layout.text().encode("utf-16-le")
            words.append(units[2 * a : 2 * z].decode("utf-16-le"))
    return words


@pytest.mark.usefixtures("styled")
class TestRow:
    def test_a_name_is_boxed_where_it_stands(self) -> None:
        row = row_of("😀 Haftar in Tobruk", "Seen 😀 in Derna today", ("Haftar", "Derna"))
        assert marked_words(row) == ["Haftar", "Derna"]

    def test_a_name_on_the_second_line_of_a_title_is_boxed_there(self) -> None:
        row = row_of("Transport planes land at the eastern base near Tobruk", "", ("Tobruk",))
        [boxed] = [text for text in row.texts if text.names]
        assert boxed is row.texts[1]
        assert marked_words(row) == ["Tobruk"]

    def test_a_name_over_two_lines_has_a_box_on_each(self) -> None:
        name = "Mediterranean Contact Group for the Eastern Littoral"
        row = row_of(f"Talks of the {name} begin", "", (name,))
        assert [len(text.names) for text in row.texts] == [1, 1]

    def test_a_name_behind_the_ellipsis_has_no_box(self) -> None:
        row = row_of("T", "word " * 60 + "Haftar", ("Haftar",))
        assert all(not text.names for text in row.texts)

    def test_a_name_that_is_cut_off_is_boxed_as_far_as_it_is_seen(self) -> None:
        title = "Transport planes land at the base " * 2 + "Constantinopolitanianism"
        row = row_of(title, "", ("Constantinopolitanianism",))
        assert row.texts[1].layout.text().endswith("…")
        for text in row.texts:
            for name in text.names:
                assert name.box.right() <= WIDTH - RIGHT + 2

    def test_names_written_from_right_to_left_are_boxed_at_their_letters(self) -> None:
        row = row_of("حفتر يزور طبرق اليوم", "", ("طبرق",))
        [name] = row.texts[0].names
        assert row.rtl
        line = row.texts[0].layout.lineAt(0)
        start, end = 10, 14
        x = sorted((line.cursorToX(start)[0], line.cursorToX(end)[0]))
        assert name.box.left() == pytest.approx(LEFT + x[0] - 1.5, abs=2)
        assert name.box.right() == pytest.approx(LEFT + x[1] + 1.5, abs=2)

    def test_boxes_stay_with_their_line(self) -> None:
        row = row_of("Haftar", "Haftar in حفتر", ("Haftar", "حفتر"))
        for text in row.texts:
            for name in text.names:
                assert text.top - 2 <= name.box.top()
                assert name.box.bottom() <= text.top + LINE + 6

    def test_names_move_with_a_snippet_that_begins_at_the_hit(self) -> None:
        long = "word " * 40 + "Haftar met officers in Derna"
        at = long.index("met")
        marked = Marked(1, (), long, ((at, at + 3),))
        row = row_of("T", "other", ("Haftar", "Derna"), marked)
        assert marked_words(row) == ["Haftar", "Derna"]

    def test_names_of_another_snippet_are_not_marked(self) -> None:
        named = RowMentions(1, "an older text", (), (Named(0, 6, "person", 1),))
        made = line(1, title="T", snippet="Haftar", chips=())
        row = lay_out(made, None, WIDTH, COMFORTABLE, None, named)
        assert all(not text.names for text in row.texts)

    def test_a_hit_on_a_name_is_known(self) -> None:
        marked = Marked(1, ((0, 6),), "", ())
        row = row_of("Haftar in Tobruk", "", ("Haftar", "Tobruk"), marked)
        assert [name.hit for name in row.texts[0].names] == [True, False]


def names_of_snippet(model: ArticleModel, row: int) -> list[str]:
    known = named(model, row)
    return [one.type for one in known.snippet] if known else []


# in the list


@pytest.fixture
def table(shown: Callable[..., QWidget]) -> ArticleTable:
    model = ArticleModel()
    made = ArticleTable(model)
    model.setParent(made)
    shown(made, WIDTH, 300)
    return made


def show(table: ArticleTable, named: RowMentions) -> None:
    table.rows.set_ids(array("q", [1]))
    one = line(1, title="Haftar in Tobruk", snippet="", chips=(), read=True)
    table.rows.set_page(table.rows.generation, 0, [one])
    table.rows.set_named([named])


def seen(table: ArticleTable) -> set[str]:
    image = table.viewport().grab().toImage()
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(image.width())
        for y in range(min(image.height(), 80))
    }


def test_names_are_painted_as_it_was_chosen(table: ArticleTable) -> None:
    colours = LIGHT.entity("person")
    show(table, RowMentions(1, "", (Named(0, 6, "person", 5),)))
    assert colours.tint.name() in seen(table)
    table.set_highlights(Highlights(style=UNDERLINE))
    assert colours.tint.name() not in seen(table)
    table.set_highlights(Highlights(entities=frozenset({5})))
    assert not {colours.tint.name(), colours.rule.name()} & seen(table)
    table.set_highlights(Highlights(on=False))
    assert colours.tint.name() not in seen(table)


def test_a_name_inside_a_longer_one_is_seen_where_that_is_not(table: ArticleTable) -> None:
    longer = Named(0, 16, "organisation", 7)
    inside = Named(0, 6, "person", 5, ("organisation", 7))
    show(table, RowMentions(1, "", (longer, inside)))
    assert LIGHT.entity("person").tint.name() not in seen(table)
    table.set_highlights(Highlights(types=frozenset({"organisation"})))
    assert LIGHT.entity("person").tint.name() in seen(table)


def test_on_a_chosen_row_colour_alone_gets_its_line(table: ArticleTable) -> None:
    show(table, RowMentions(1, "", (Named(0, 6, "person", 5),)))
    table.set_highlights(Highlights(style=FILL))
    assert LIGHT.entity("person").rule.name() not in seen(table)
    table.choose(0)
    assert LIGHT.entity("person").rule.name() in seen(table)


def test_a_row_is_laid_out_again_when_its_names_come(table: ArticleTable) -> None:
    show(table, RowMentions(1, ""))
    plain = seen(table)
    table.rows.set_named([RowMentions(1, "", (Named(0, 6, "person", 5),))])
    assert seen(table) != plain


# reading them


@pytest.fixture
def model(library: Library) -> ArticleModel:
    made = ArticleModel()
    made.set_ids(array("q", sorted(library.articles, reverse=True)))
    made.set_page(made.generation, 0, [library.articles[n] for n in made.ids])
    return made


def asked(library: Library) -> list[tuple[int, ...]]:
    return [call[1] for call in library.calls if call[0] == "row_mentions"]  # type: ignore[misc]


def named(model: ArticleModel, row: int) -> RowMentions | None:
    found: RowMentions | None = model.data(model.index(row, 0), Role.NAMED)
    return found


def test_rows_on_show_and_beside_are_read_once(
    jobs: Jobs, library: Library, model: ArticleModel, qtbot: QtBot
) -> None:
    presenter = RowMentionsPresenter(jobs, model, lambda: range(4, 8))
    presenter.look()
    qtbot.waitUntil(lambda: named(model, 4) is not None)
    presenter.look()
    qtbot.wait(60)
    assert asked(library) == [tuple(model.ids[0:12])]
    assert named(model, 12) is None


def test_another_snippet_is_asked_for_anew(
    jobs: Jobs, library: Library, model: ArticleModel, qtbot: QtBot
) -> None:
    presenter = RowMentionsPresenter(jobs, model, lambda: range(1))
    presenter.look()
    qtbot.waitUntil(lambda: named(model, 0) is not None)
    model.set_marks([Marked(model.ids[0], (), "Khalifa Haftar was here", ())])
    qtbot.waitUntil(lambda: names_of_snippet(model, 0) == ["person"])
    assert asked(library)[-1] == (model.ids[0],)


def test_names_are_read_anew_after_entities_changed(
    jobs: Jobs, library: Library, model: ArticleModel, qtbot: QtBot
) -> None:
    presenter = RowMentionsPresenter(jobs, model, lambda: range(3))
    presenter.look()
    qtbot.waitUntil(lambda: named(model, 0) is not None)
    before = len(asked(library))
    presenter.apply(Changes(entities=True))
    qtbot.waitUntil(lambda: len(asked(library)) == before + 1)
    qtbot.waitUntil(lambda: model.unnamed(range(6)) == [])
    presenter.apply(Changes(frozenset({model.ids[1]})))
    qtbot.waitUntil(lambda: len(asked(library)) == before + 2)
    assert asked(library)[-1] == (model.ids[1],)


def test_after_a_failure_the_rows_are_asked_for_again(
    jobs: Jobs, library: Library, model: ArticleModel, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    right = library.row_mentions

    def refused(_rows: object) -> list[RowMentions]:
        raise StoreError("The library is busy.")

    monkeypatch.setattr(library, "row_mentions", refused)
    presenter = RowMentionsPresenter(jobs, model, lambda: range(3))
    with qtbot.waitSignal(jobs.failed):
        presenter.look()
    monkeypatch.setattr(library, "row_mentions", right)
    presenter.look()
    qtbot.waitUntil(lambda: named(model, 0) is not None)


def test_the_window_s_rows_are_highlighted(window: MainWindow, qtbot: QtBot) -> None:
    loaded(window, qtbot)
    model = window.articles.model
    titles = [model.data(model.index(n, 0)) for n in range(6)]
    row = next(n for n, title in enumerate(titles) if "S-400" in title)
    qtbot.waitUntil(lambda: named(model, row) is not None)
    known = named(model, row)
    assert known is not None
    assert {one.type for one in known.title} == {"weapon", "place"}
