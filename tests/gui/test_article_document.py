"""How an article is typeset, and where its texts are found again."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QFont, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication
from reading_world import THEN, article, explained

from reader.domain.article import FIELDS, Revision, Texts
from reader.gui.theme import LIGHT
from reader.gui.views.article_document import HEADLINE_ONLY, build, head_line, minutes
from reader.gui.views.article_footer import append_footer, link, target
from reader.gui.views.article_look import Ground, Look
from reader.gui.views.article_marks import Placer


@pytest.fixture
def document(styled: QApplication) -> QTextDocument:
    return QTextDocument()


def cut(document: QTextDocument, span: tuple[int, int]) -> str:
    cursor = QTextCursor(document)
    cursor.setPosition(span[0])
    cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


def blocks(document: QTextDocument) -> list[QTextBlock]:
    found, block = [], document.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def letters(document: QTextDocument, word: str) -> QFont:
    return document.find(word).charFormat().font()


def test_every_mention_of_every_field_is_found_in_the_document(document: QTextDocument) -> None:
    detail = article()
    placer = Placer(detail, build(document, detail, Look(LIGHT)), document.toRawText())
    assert {m.field for m in detail.mentions} == {"title", "body"}
    for mention in detail.mentions:
        span = placer.place(mention.field, mention.start, mention.end)
        assert span is not None
        assert cut(document, span) == mention.alias


def test_hits_in_lead_and_title_are_found(document: QTextDocument) -> None:
    detail = article(title="Airlift & more <b>", lead="The airlift, again")
    placer = Placer(detail, build(document, detail, Look(LIGHT)), document.toRawText())
    hits = placer.hits(explained(detail, "[Aa]irlift", "<b>"))
    assert [cut(document, (m.start, m.end)) for m in sorted(hits)] == [
        "Airlift", "<b>", "airlift",
    ]  # fmt: skip


def test_a_field_the_page_does_not_show_gives_no_mark(document: QTextDocument) -> None:
    detail = article(lead="")
    placer = Placer(detail, build(document, detail, Look(LIGHT)), document.toRawText())
    assert placer.place("lead", 0, 3) is None
    assert placer.place("url", 0, 3) is None


def test_the_parts_have_their_sizes(document: QTextDocument) -> None:
    build(document, article(html="<h3>Heading</h3><p>Body <b>bold</b> <code>c0de</code></p>"),
          Look(LIGHT))  # fmt: skip
    assert letters(document, "looks").pixelSize() == 30
    assert letters(document, "airlift").pixelSize() == 18
    assert letters(document, "Heading").pixelSize() == 18
    assert letters(document, "Heading").bold()
    assert letters(document, "Body").pixelSize() == 17
    assert letters(document, "bold").bold()
    assert "Mono" in letters(document, "c0de").family()


def test_text_size_scales_everything(document: QTextDocument) -> None:
    build(document, article(), Look(LIGHT, 34))
    assert letters(document, "looks").pixelSize() == 60
    assert letters(document, "Radars").pixelSize() == 34


@pytest.mark.parametrize("html", ["", "   "])
def test_an_article_without_body_says_so(document: QTextDocument, html: str) -> None:
    layout = build(document, article(paragraphs=(), html=html), Look(LIGHT))
    assert HEADLINE_ONLY in document.toPlainText()
    assert "body" not in layout.places


def test_an_arabic_article_begins_at_the_right_title_and_all(document: QTextDocument) -> None:
    detail = article(
        title="حفتر في طبرق", lead="جسر جوي", paragraphs=("قال حفتر S-400",), row={"language": "ar"}
    )
    layout = build(document, detail, Look(LIGHT))
    assert layout.rtl
    assert {b.textDirection().name for b in blocks(document)} == {"RightToLeft"}


def test_code_quotes_and_rules_get_a_ground(document: QTextDocument) -> None:
    quote = "<blockquote><p>q</p><p>r</p></blockquote>"
    html = f"<p>a</p>{quote}<pre>x\ny</pre><hr><p>b</p>"
    build(document, article(html=html, paragraphs=("a", "q", "r", "x\ny", "b")), Look(LIGHT))
    states = [block.userState() for block in blocks(document)[3:]]
    assert states == [
        Ground.PLAIN, Ground.QUOTE, Ground.QUOTE, Ground.CODE, Ground.CODE, Ground.RULE,
        Ground.PLAIN,
    ]  # fmt: skip


def test_pictures_are_listed_and_never_loaded_from_disk(
    document: QTextDocument, tmp_path: object
) -> None:
    html = "<p>a <img src='http://x.test/a.png' alt='A quay' width='900'></p>"
    layout = build(document, article(html=html, paragraphs=("a",)), Look(LIGHT))
    [picture] = layout.pictures
    assert (picture.url, picture.alt) == ("http://x.test/a.png", "A quay")


def test_links_are_in_the_accent_and_keep_their_address(document: QTextDocument) -> None:
    html = "<p>see <a href='http://x.test/'>there</a></p>"
    build(document, article(html=html, paragraphs=("see there",)), Look(LIGHT))
    shape = document.find("there").charFormat()
    assert shape.anchorHref() == "http://x.test/"
    assert shape.foreground().color() == LIGHT.accent


def test_an_author_who_is_the_source_is_named_once() -> None:
    plain = article()
    own = replace(plain, line=replace(plain.line, source="Jane Roe", author="jane roe"))
    assert head_line(own).casefold().count("jane roe") == 1


def test_a_head_line_in_two_directions_keeps_its_parts_whole() -> None:
    plain = article()
    arabic = replace(plain, line=replace(plain.line, source="صحيفة المرفأ", author="A. Writer"))
    assert "\u2068A. Writer\u2069" in head_line(arabic)
    assert "\u2068" not in head_line(plain)


def test_head_line_says_who_when_and_how_long() -> None:
    words = head_line(article(paragraphs=("word " * 660,)))
    local = THEN.astimezone()
    assert words.startswith("Harbour Review")
    assert f"22 November 2026, {local:%H:%M}" in words
    assert words.endswith("3\u00a0min\u00a0read")


def test_an_undated_article_says_when_it_was_first_seen() -> None:
    detail = article(row={"published": None}, published_raw="sometime")
    assert "dated “sometime”, first seen 22 November 2026" in head_line(detail)


@pytest.mark.parametrize(
    ("text", "expected"), [("", 1), ("word " * 440, 2), ("電" * 1500, 3), ("слово " * 1100, 5)]
)
def test_minutes_to_read(text: str, expected: int) -> None:
    assert minutes(text) == expected


def test_nothing_is_put_below_an_article_that_has_nothing_else(document: QTextDocument) -> None:
    detail = article()
    build(document, detail, Look(LIGHT))
    before = document.toPlainText()
    assert append_footer(document, detail, Look(LIGHT), versions=True) == []
    assert document.toPlainText() == before


def test_note_tags_searches_feeds_and_versions_stand_below(document: QTextDocument) -> None:
    old = Revision(1, THEN, Texts("Haftar looks to Derna", "", "Gone paragraph."), "")
    detail = article(
        note="Ask Leila.\nToday.", hits=("Air defence",), revisions=(old,),
        feeds=("http://one.test/feed", "https://two.test/world/rss/"),
        row={"tags": ("libya/east", "print")},
    )  # fmt: skip
    layout = build(document, detail, Look(LIGHT))
    labels = append_footer(document, detail, Look(LIGHT), versions=False)
    foot = document.toPlainText()[layout.places["body"][1] :]
    for words in ("Ask Leila.", "Today.", "Air defence", "two.test/world/rss", "versions (1)"):
        assert words in foot
    assert "one.test" not in foot
    assert [cut(document, (m.start, m.end)) for m in labels] == ["libya/east", "print"]
    assert "Derna" not in foot


def test_unfolded_versions_show_what_went_and_what_came(document: QTextDocument) -> None:
    old = Revision(1, THEN, Texts("Haftar looks to Derna", "", ""), "")
    detail = article(lead="", paragraphs=("Same.",), revisions=(replace(old),))
    build(document, detail, Look(LIGHT))
    append_footer(document, detail, Look(LIGHT), versions=True)
    gone = document.find("Derna").charFormat()
    assert gone.fontStrikeOut()
    assert gone.foreground().color() == LIGHT.bad
    came = document.find("Tobruk", document.find("Derna")).charFormat()
    assert came.fontUnderline()
    assert came.foreground().color() == LIGHT.ok


@pytest.mark.parametrize("name", ["libya/east", "A&B", "پرونده", "50% off", ""])
def test_own_links_are_read_back(name: str) -> None:
    assert target(link("tag", name)) == ("tag", name)


def test_other_links_are_not_taken_for_own() -> None:
    assert target("https://x.test/reader:tag/a") is None


def test_fields_are_those_of_the_domain() -> None:
    assert FIELDS == ("title", "lead", "body")
