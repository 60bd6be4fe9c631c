"""The reading pane: marks, going through them, links, menus, images, what it remembers."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from patience import point_at
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from reading_world import ALL, LIBYAN, LNA, THEN, TOBRUK, article, explained

from reader.domain.alert import Alert
from reader.domain.article import Explained, Revision, Texts
from reader.gui.models.highlights import FILL, UNDERLINE, Highlights
from reader.gui.theme import DARK, LIGHT, Theme
from reader.gui.views.article_marks import ENTITY, HIT, Mark
from reader.gui.views.article_view import LARGEST, ArticleView

# Qt's offscreen platform says so of every window with a smallest size, and of tool tips.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LONG = tuple(f"Paragraph {k} of a long article about Tobruk and its port." for k in range(120))


@pytest.fixture
def view(shown: Callable[..., QWidget]) -> ArticleView:
    made = ArticleView()
    shown(made, 700, 640)
    return made


def words(view: ArticleView, mark: Mark) -> str:
    cursor = QTextCursor(view.page.document())
    cursor.setPosition(mark.start)
    cursor.setPosition(mark.end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


def round_trip(view: ArticleView, steps: int) -> list[str]:
    found = []
    for _ in range(steps):
        view.next_mention()
        assert view.page.layer.current is not None
        found.append(words(view, view.page.layer.current))
    return found


def place_of(view: ArticleView, word: str) -> QPoint:
    """The middle of a word, in the viewport."""
    cursor = view.page.document().find(word)
    cursor.setPosition((cursor.selectionStart() + cursor.selectionEnd()) // 2)
    return view.page.cursorRect(cursor).center()


def colours(view: ArticleView, mark: Mark) -> set[str]:
    """Of the pixels behind a mark."""
    QApplication.processEvents()
    picture = view.page.viewport().grab().toImage()
    top = view.page.verticalScrollBar().value()
    found = set()
    for box in view.page.layer.boxes(mark):
        spot = box.translated(0, -top).adjusted(-2, -2, 2, 2).toRect()
        found |= {
            picture.pixelColor(x, y).name()
            for x in range(spot.left(), spot.right())
            for y in range(spot.top(), spot.bottom())
        }
    return found


# marks


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_each_type_is_painted_in_its_colours(view: ArticleView, theme: Theme) -> None:
    view.set_theme(theme)
    view.show_article(article())
    for mark in view.page.layer.marks.all:
        seen = colours(view, mark)
        assert theme.entity(mark.type).tint.name() in seen
        assert theme.text.name() in seen, "the words keep the colour of the text"


def test_hits_are_painted_in_the_colour_of_matches(view: ArticleView) -> None:
    detail = article()
    view.show_article(detail, explained(detail, "officials"))
    [hit] = [mark for mark in view.page.layer.marks.all if mark.kind == HIT]
    assert LIGHT.match.name() in colours(view, hit)
    view.set_marks(None)
    assert LIGHT.match.name() not in colours(view, hit)


def test_a_hit_on_an_entity_shows_both(view: ArticleView) -> None:
    detail = article()
    view.show_article(detail, explained(detail, "S-400"))
    mark = next(m for m in view.page.layer.marks.all if m.type == "weapon")
    seen = colours(view, mark)
    assert LIGHT.match.name() in seen
    assert LIGHT.entity("weapon").ink.name() in seen


def test_a_menu_that_could_do_nothing_is_not_shown(view: ArticleView) -> None:
    view.show_article(replace(article(), mentions=()))
    assert view.menu().isEmpty()
    view.page.menu_wanted.emit(QPoint(10, 10), None, "")
    assert QApplication.activePopupWidget() is None


def test_every_cell_of_a_table_is_ruled_on_all_sides(view: ArticleView) -> None:
    cells = "".join(f"<tr><td>{n}</td><td>x</td></tr>" for n in range(3))
    view.show_article(article(html=f"<table>{cells}</table>", paragraphs=("0 x 1 x 2 x",)))
    image = view.page.viewport().grab().toImage()
    ruled = [
        x for x in range(image.width())
        if sum(image.pixelColor(x, y).name() == LIGHT.line.name()
               for y in range(image.height())) > 60
    ]  # fmt: skip
    assert len(ruled) == 3  # left, between, right


def test_a_type_can_be_left_unpainted(view: ArticleView) -> None:
    view.show_article(article())
    view.set_highlights(Highlights(types=frozenset({"weapon"})))
    mark = next(m for m in view.page.layer.marks.all if m.type == "weapon")
    assert LIGHT.entity("weapon").tint.name() not in colours(view, mark)
    assert LIGHT.entity("weapon").rule.name() not in colours(view, mark)


def test_a_line_alone_leaves_the_ground_as_it_is(view: ArticleView) -> None:
    view.show_article(article())
    view.set_highlights(Highlights(style=UNDERLINE))
    mark = next(m for m in view.page.layer.marks.all if m.type == "person")
    seen = colours(view, mark)
    assert LIGHT.entity("person").rule.name() in seen
    assert LIGHT.entity("person").tint.name() not in seen


def test_colour_alone_draws_no_line(view: ArticleView) -> None:
    view.show_article(article())
    view.set_highlights(Highlights(style=FILL))
    mark = next(m for m in view.page.layer.marks.all if m.type == "person")
    seen = colours(view, mark)
    assert LIGHT.entity("person").tint.name() in seen
    assert LIGHT.entity("person").rule.name() not in seen


def test_what_lies_inside_a_hidden_mention_is_shown_instead(view: ArticleView) -> None:
    view.show_article(article(tracked=(LNA, LIBYAN)))
    view.set_highlights(Highlights(types=frozenset({"organisation"})))
    shown = [mark.name for mark in view.page.layer.marks.all if mark.shown]
    assert shown == ["Libyan"]


def test_hidden_mentions_are_passed_over_but_the_chosen_entity_s_are_not(view: ArticleView) -> None:
    view.show_article(article())
    view.set_highlights(Highlights(types=frozenset({"person", "weapon"})))
    assert round_trip(view, 3) == ["Tobruk", "Libyan National Army", "Tobruk"]
    view.choose_entity(1)
    assert round_trip(view, 2) == ["Haftar", "Khalifa Haftar"]


def test_the_current_mention_stays_current_when_others_are_hidden(view: ArticleView) -> None:
    view.show_article(article())
    view.next_mention()
    view.next_mention()
    view.set_highlights(Highlights(types=frozenset({"person"})))
    current = view.page.layer.current
    assert current is not None
    assert words(view, current) == "Tobruk"
    assert view.toolbar.pill.count.text() == "1 / 5"


def test_only_the_current_entity_s_mentions_can_be_gone_through(view: ArticleView) -> None:
    view.show_article(article())
    view.next_mention()
    view.step_same(1)
    first = view.page.layer.current
    view.step_same(1)
    assert first is not None
    assert view.page.layer.current is not None
    assert (words(view, first), words(view, view.page.layer.current)) == (
        "Khalifa Haftar", "Haftar",
    )  # fmt: skip


def test_going_round_is_said(view: ArticleView) -> None:
    view.show_article(article(tracked=(TOBRUK,)))
    said: list[str] = []
    view.said.connect(said.append)
    round_trip(view, 4)
    view.previous_mention()
    assert said == [
        "That was the last mention; this is the first.",
        "That was the first mention; this is the last.",
    ]


def test_going_nowhere_is_said(view: ArticleView) -> None:
    view.show_article(replace(article(), mentions=()))
    said: list[str] = []
    view.said.connect(said.append)
    view.next_mention()
    assert said == ["There is no mention to go to in this article."]


def test_a_wrapped_mention_has_a_box_on_each_line(view: ArticleView) -> None:
    view.resize(300, 640)
    long = (9, "Alliance", "organisation", ("Provisional Assembly of the Coastal Municipalities",))
    text = "Here speaks the Provisional Assembly of the Coastal Municipalities at length."
    view.show_article(article(paragraphs=(text,), tracked=(long,)))
    [mark] = view.page.layer.marks.all
    boxes = view.page.layer.boxes(mark)
    assert len(boxes) >= 2
    assert len({box.y() for box in boxes}) == len(boxes)


def test_arabic_mentions_are_boxed_where_they_are_seen(view: ArticleView) -> None:
    text = "نقلت رادارات S-400 إلى طبرق كما قال خليفة حفتر يوم الاثنين."
    view.show_article(article(title="حفتر", lead="", paragraphs=(text,), row={"language": "ar"}))
    marks = {words(view, m): m for m in view.page.layer.marks.all}
    edges = {}
    for word, mark in marks.items():
        [box] = view.page.layer.boxes(mark)
        assert colours(view, mark) & {LIGHT.entity(mark.type).tint.name()}
        edges[word] = box
    assert edges["S-400"].left() > edges["طبرق"].right() > edges["حفتر"].right()
    advance = view.page.document().find("S-400").charFormat().font().pixelSize() * 2
    assert edges["S-400"].width() > advance, "the whole designator, not a part of it"


def test_text_in_astral_characters_does_not_shift_the_marks(view: ArticleView) -> None:
    view.show_article(article(paragraphs=("😀😀 Haftar 😀 went to 𝒜 Tobruk.",)))
    assert [words(view, m) for m in view.page.layer.marks.all[-2:]] == ["Haftar", "Tobruk"]


# going through


def test_all_mentions_are_gone_through_and_round_again(view: ArticleView) -> None:
    view.show_article(article())
    count = len(view.page.layer.marks.all)
    found = round_trip(view, count + 1)
    assert found[:3] == ["Haftar", "Tobruk", "S-400"]
    assert found[-1] == found[0]
    assert view.toolbar.pill.count.text() == f"1 / {count}"


def test_going_back_from_the_first_leads_to_the_last(view: ArticleView) -> None:
    view.show_article(article())
    view.next_mention()
    view.previous_mention()
    assert view.page.layer.current == view.page.layer.marks.all[-1]


def test_only_the_chosen_entitys_mentions_are_gone_through(view: ArticleView) -> None:
    view.show_article(article())
    view.choose_entity(1)
    assert round_trip(view, 3) == ["Haftar", "Khalifa Haftar", "Haftar"]
    assert view.toolbar.pill.name.text() == "Khalifa Haftar"
    view.choose_entity(None)
    assert view.toolbar.pill.name.text() == "All mentions"


def test_a_query_s_hits_come_first(view: ArticleView) -> None:
    detail = article()
    view.show_article(detail, explained(detail, "officials", "nobody"))
    assert view.toolbar.pill.name.text() == "Search hits"
    assert round_trip(view, 3) == ["officials", "nobody", "officials"]


def test_the_words_of_an_alert_are_called_so(view: ArticleView) -> None:
    detail = article()
    view.name_marks(fired=True)
    view.show_article(detail, explained(detail, "officials"))
    assert view.toolbar.pill.name.text() == "Words of the alert"
    assert view.toolbar.pill.down.accessibleName() == "Next word of the alert"
    view.name_marks(fired=False)
    view.set_marks(explained(detail, "nobody"))
    assert view.toolbar.pill.name.text() == "Search hits"


def test_a_mention_inside_a_longer_one_is_visited_only_when_chosen(view: ArticleView) -> None:
    view.show_article(article(tracked=(LNA, LIBYAN)))
    assert round_trip(view, 2) == ["Libyan National Army"] * 2
    view.choose_entity(5)
    assert round_trip(view, 1) == ["Libyan"]


def test_the_pill_s_menu_leads_to_an_entity(view: ArticleView) -> None:
    view.show_article(article())
    menu = view.toolbar.pill.menu()
    labels = [action.text() for action in menu.actions()]
    assert labels[0] == f"All mentions ({len(view.page.layer.marks.all)})"
    next(a for a in menu.actions() if a.text().startswith("S-400")).trigger()
    assert view.page.layer.current is not None
    assert words(view, view.page.layer.current) == "S-400"
    menu.deleteLater()


def test_without_mentions_there_is_no_pill_and_no_step(view: ArticleView) -> None:
    view.show_article(article(tracked=()))
    view.next_mention()
    assert view.page.layer.current is None
    assert view.toolbar.pill.isHidden()


def test_a_far_mention_is_scrolled_into_view(view: ArticleView) -> None:
    view.show_article(article(paragraphs=(*LONG, "At last S-400.")))
    view.choose_entity(3)
    view.next_mention()
    mark = view.page.layer.current
    assert mark is not None
    [box] = view.page.layer.boxes(mark)
    shown = QRectF(view.page.viewport().rect()).translated(0, view.page.verticalScrollBar().value())
    assert shown.contains(box)


def test_the_first_step_begins_at_what_is_in_view(view: ArticleView, qtbot: QtBot) -> None:
    view.show_article(article(paragraphs=LONG))
    bar = view.page.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    view.next_mention()
    assert bar.value() == before


def test_another_article_forgets_the_chosen_entity(view: ArticleView) -> None:
    view.show_article(article(1))
    view.choose_entity(1)
    view.show_article(article(2))
    assert view.toolbar.pill.name.text() == "All mentions"


# the mouse


def test_a_click_on_a_mention_chooses_its_entity(view: ArticleView, qtbot: QtBot) -> None:
    view.show_article(article())
    viewport = view.page.viewport()
    with qtbot.waitSignal(view.entity_chosen) as chosen:
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place_of(view, "S-400"))
    assert chosen.args == [3]
    assert view.page.layer.current is not None


def test_a_click_beside_mentions_chooses_nothing(view: ArticleView, qtbot: QtBot) -> None:
    view.show_article(article())
    with qtbot.assertNotEmitted(view.entity_chosen, wait=20):
        qtbot.mouseClick(
            view.page.viewport(), Qt.MouseButton.LeftButton, pos=place_of(view, "officials")
        )


def test_what_the_pointer_is_on_is_told_with_its_place(view: ArticleView, qtbot: QtBot) -> None:
    view.show_article(article())
    here = place_of(view, "S-400")
    with qtbot.waitSignal(
        view.mention_pointed, check_params_cb=lambda mark, _: mark is not None
    ) as told:
        point_at(view.page.viewport(), here)
    mark, place = told.args
    assert (mark.name, mark.alias) == ("S-400", "S-400")
    assert place.contains(view.page.viewport().mapToGlobal(here))
    with qtbot.waitSignal(view.mention_pointed, check_params_cb=lambda mark, _: mark is None):
        point_at(view.page.viewport(), QPoint(2, 2))


def test_a_link_is_shown_before_and_opened_outside(view: ArticleView, qtbot: QtBot) -> None:
    html = "<p>Read <a href='http://x.test/long'>the report</a>.</p>"
    view.show_article(article(html=html, paragraphs=("Read the report.",)))
    here = place_of(view, "report")
    assert view.page.anchorAt(here) == "http://x.test/long"
    with qtbot.waitSignal(view.link_hovered) as hovered:
        view.page.highlighted.emit(QUrl("http://x.test/long"))
    assert hovered.args == ["http://x.test/long"]
    with qtbot.waitSignal(view.link_opened) as opened:
        qtbot.mouseClick(view.page.viewport(), Qt.MouseButton.LeftButton, pos=here)
    assert opened.args == ["http://x.test/long"]
    assert "Read the report" in view.page.toPlainText()


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x"])
def test_other_schemes_are_never_opened(view: ArticleView, qtbot: QtBot, url: str) -> None:
    view.show_article(article())
    with qtbot.assertNotEmitted(view.link_opened, wait=20):
        view.page.anchorClicked.emit(QUrl(url))


@pytest.mark.parametrize(
    ("kind", "name"), [("tag", "libya/east"), ("saved", "Air & sea"), ("feed", "http://two.test/")]
)
def test_what_stands_below_leads_on(view: ArticleView, qtbot: QtBot, kind: str, name: str) -> None:
    from reader.gui.views.article_footer import link

    view.show_article(article())
    with qtbot.waitSignal(getattr(view, f"{kind}_chosen")) as chosen:
        view.page.anchorClicked.emit(QUrl(link(kind, name)))
    assert chosen.args == [name]


def test_earlier_versions_unfold_and_stay_where_they_are(view: ArticleView) -> None:
    old = Revision(1, THEN, Texts("Haftar looks to Derna", "", ""), "")
    view.show_article(article(paragraphs=LONG, revisions=(old,)))
    bar = view.page.verticalScrollBar()
    bar.setValue(300)
    view.page.anchorClicked.emit(QUrl("reader:versions/"))
    assert "Derna" in view.page.toPlainText()
    assert bar.value() == 300
    view.page.anchorClicked.emit(QUrl("reader:versions/"))
    assert "Derna" not in view.page.toPlainText()


def test_the_menu_offers_what_can_be_done_with_the_selection(
    view: ArticleView, qtbot: QtBot
) -> None:
    view.show_article(article())
    view.page.setTextCursor(view.page.document().find("two officials"))
    assert view.selected_text() == "two officials"
    menu = view.menu()
    labels = {action.text(): action for action in menu.actions()}
    with qtbot.waitSignal(view.search_requested) as searched:
        labels["Search for “two officials”"].trigger()
    with qtbot.waitSignal(view.track_requested) as tracked:
        labels["Track “two officials”…"].trigger()
    assert searched.args == tracked.args == ["two officials"]
    labels["Copy"].trigger()
    assert QGuiApplication.clipboard().text() == "two officials"
    menu.deleteLater()


def test_the_menu_of_a_mention_and_a_link(view: ArticleView, qtbot: QtBot) -> None:
    view.show_article(article())
    menu = view.menu(view.page.layer.marks.all[0], "http://x.test/")
    labels = {action.text(): action for action in menu.actions()}
    with qtbot.waitSignal(view.entity_chosen) as chosen:
        labels["Articles about Khalifa Haftar"].trigger()
    assert chosen.args == [1]
    with qtbot.waitSignal(view.link_opened):
        labels["Open link"].trigger()
    labels["Copy link address"].trigger()
    assert QGuiApplication.clipboard().text() == "http://x.test/"
    assert "Copy" not in labels
    menu.deleteLater()


# pictures


def test_local_files_are_never_read(view: ArticleView, tmp_path: object) -> None:
    picture = QImage(30, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    file = f"{tmp_path}/secret.png"
    assert picture.save(file)
    html = f"<p>text <img src='{file}' width='30' height='30'></p>"
    view.show_article(article(html=html, paragraphs=("text",)))
    kind = QTextDocument.ResourceType.ImageResource
    for name in (file, f"file://{file}"):
        loaded = view.page.document().resource(kind, QUrl(name))
        assert loaded.size().width() == 1
    grabbed = view.page.viewport().grab().toImage()
    reds = {grabbed.pixelColor(x, y).name() for x in range(0, 400, 3) for y in range(0, 400, 3)}
    assert "#ff0000" not in reds


def test_images_are_offered_only_when_somebody_fetches_them(
    view: ArticleView, qtbot: QtBot
) -> None:
    html = "<p>a</p><p><img src='http://x.test/a.png' alt='A quay'></p>"
    detail = article(html=html, paragraphs=("a",))
    view.show_article(detail)
    assert view.notices.isHidden()
    view.offer_images(offer=True)
    assert not view.notices.isHidden()
    assert view.picture_urls() == ("http://x.test/a.png",)
    with qtbot.waitSignal(view.images_allowed):
        qtbot.mouseClick(view.notices.show_images, Qt.MouseButton.LeftButton)
    view.show_article(replace(detail, images_allowed=True))
    assert view.notices.isHidden()


def test_a_fetched_picture_is_shown_no_wider_than_the_column(view: ArticleView) -> None:
    html = "<p><img src='http://x.test/a.png'></p><p>After Tobruk.</p>"
    view.show_article(article(html=html, paragraphs=("After Tobruk.",)))
    picture = QImage(2000, 1000, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    view.set_picture("http://x.test/a.png", picture)
    grabbed = view.page.viewport().grab().toImage()
    reds = [x for x in range(grabbed.width()) if grabbed.pixelColor(x, 250).name() == "#ff0000"]
    assert 500 < len(reds) <= 560
    mark = view.page.layer.marks.all[-1]
    assert words(view, mark) == "Tobruk"
    [box] = view.page.layer.boxes(mark)
    assert box.top() > 280, "what stands below made room"


# the rest


def test_nothing_chosen_says_so(view: ArticleView) -> None:
    view.show_article(article())
    view.show_article(None)
    assert view.nothing.isVisible()
    assert not view.toolbar.star.isEnabled()
    assert view.toolbar.pill.isHidden()
    assert not view.page_down()


def test_an_article_without_link_cannot_be_opened(view: ArticleView) -> None:
    view.show_article(article(row={"url": ""}))
    assert not view.toolbar.browser.isEnabled()
    assert not view.toolbar.copy.isEnabled()


def test_the_toolbar_tells_what_the_user_did(view: ArticleView, qtbot: QtBot) -> None:
    view.show_article(article(row={"starred": True, "read": True}))
    left = Qt.MouseButton.LeftButton
    with qtbot.waitSignal(view.star_toggled, check_params_cb=lambda on: on is False):
        qtbot.mouseClick(view.toolbar.star, left)
    with qtbot.waitSignal(view.read_toggled, check_params_cb=lambda read: read is False):
        qtbot.mouseClick(view.toolbar.read, left)
    with qtbot.waitSignals([view.tag_requested, view.note_requested]):
        qtbot.mouseClick(view.toolbar.tag, left)
        qtbot.mouseClick(view.toolbar.note, left)
    with qtbot.waitSignal(view.link_opened) as opened:
        qtbot.mouseClick(view.toolbar.browser, left)
    assert opened.args == ["http://one.test/1"]
    qtbot.mouseClick(view.toolbar.copy, left)
    assert QGuiApplication.clipboard().text() == "http://one.test/1"


def test_flags_change_without_writing_the_page_again(view: ArticleView) -> None:
    view.show_article(article())
    document = view.page.document()
    view.show_flags(read=True, starred=True)
    assert view.toolbar.star.accessibleName() == "Remove star"
    assert view.toolbar.read.accessibleName() == "Mark unread"
    assert view.page.document() is document


def test_space_reads_on_and_shift_space_goes_back(view: ArticleView, qtbot: QtBot) -> None:
    view.show_article(article(paragraphs=LONG))
    bar = view.page.verticalScrollBar()
    qtbot.keyClick(view.page, Qt.Key.Key_Space)
    assert bar.value() > 300
    qtbot.keyClick(view.page, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert bar.value() == 0
    bar.setValue(bar.maximum())
    assert not view.page_down()


def test_the_same_article_again_stays_where_it_was(view: ArticleView) -> None:
    detail = article(paragraphs=LONG)
    view.show_article(detail)
    bar = view.page.verticalScrollBar()
    bar.setValue(500)
    view.show_article(replace(detail, note="Ask."))
    assert bar.value() == 500
    view.set_theme(DARK)
    assert bar.value() == 500
    view.show_article(article(2, paragraphs=LONG))
    assert bar.value() == 0


def test_text_size_stays_within_bounds(view: ArticleView) -> None:
    view.show_article(article())
    view.set_text_size(200)
    assert view.text_size() == LARGEST
    assert view.page.document().find("officials").charFormat().font().pixelSize() == LARGEST


def test_the_column_keeps_its_width_in_a_wide_window(view: ArticleView) -> None:
    view.show_article(article(paragraphs=LONG))
    widths = set()
    for width in (900, 1400, 2000):
        view.resize(width, 640)
        widths.add(view.page.viewport().width())
    assert len(widths) == 1
    view.resize(460, 640)
    assert view.page.viewport().width() < 460


def test_the_strip_shows_every_mention_and_leads_there(view: ArticleView, qtbot: QtBot) -> None:
    view.show_article(article(paragraphs=LONG))
    qtbot.waitUntil(lambda: view.minimap.accessibleDescription() == "122 mentions")
    bar = view.page.verticalScrollBar()
    qtbot.mouseClick(view.minimap, Qt.MouseButton.LeftButton, pos=QPoint(6, view.minimap.height()))
    assert bar.value() == bar.maximum()


def test_the_wheel_scrolls_beside_the_column_too(view: ArticleView) -> None:
    from PySide6.QtGui import QWheelEvent

    view.resize(1400, 640)
    view.show_article(article(paragraphs=LONG))
    event = QWheelEvent(
        QPointF(20, 300), QPointF(20, 300), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)
    assert view.page.verticalScrollBar().value() > 0


def test_an_alert_says_why_it_fired(view: ArticleView) -> None:
    detail = article()
    why = explained(detail, "S-400", "Tobruk").spans
    view.show_article(detail, None, (Alert(1, "t", "Air <defence>", why, THEN),))
    assert view.notices.isVisible()
    said = view.notices.alerts.text()
    assert "Air &lt;defence>" in said
    assert "version 1: " in said
    assert said.index("“Tobruk”</a>") < said.index("“S-400”</a>")


def test_everything_that_can_be_focused_has_a_name(view: ArticleView) -> None:
    view.show_article(article())
    for widget in view.findChildren(QWidget):
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible():
            assert widget.accessibleName(), widget


def test_marks_for_no_article_are_ignored(view: ArticleView) -> None:
    view.set_marks(Explained())
    assert view.page.layer.marks.all == []


def test_twenty_thousand_words_do_not_stall(view: ArticleView) -> None:
    paragraphs = tuple("Haftar went to Tobruk with S-400 systems today. " * 10 for _ in range(250))
    detail = article(paragraphs=paragraphs, tracked=ALL)
    assert len(detail.texts.body.split()) == 20_000
    began = time.process_time()
    view.show_article(detail)
    QApplication.processEvents()
    assert time.process_time() - began < 8
    began = time.process_time()
    for _ in range(5):
        view.next_mention()
        QApplication.processEvents()
    assert (time.process_time() - began) / 5 < 1
    assert sum(m.kind == ENTITY for m in view.page.layer.marks.all) == 7_502
