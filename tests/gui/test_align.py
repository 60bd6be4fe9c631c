"""Spans of the plain text are found again in the document that shows the HTML."""

import time
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from reader.gui.align import align

GAPS = [" ", "\n", "\u2029", "\u2028", "\u00a0", "\ufffc", "\ufdd0\u2029", "\t", "\u3000", ""]
WORDS = st.text(
    st.characters(exclude_categories=("Zs", "Zl", "Zp", "Cc", "Cs", "Cn", "Co")).filter(
        lambda c: c != "\ufffc"
    )
    | st.sampled_from("😀𝒜حفترХаф電力é"),
    min_size=1,
    max_size=8,
)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def cut(shown: str, span: tuple[int, int] | None) -> str:
    """What Qt would select: positions are UTF-16 units."""
    assert span is not None
    return shown.encode("utf-16-le")[2 * span[0] : 2 * span[1]].decode("utf-16-le")


@given(st.lists(st.tuples(WORDS, st.sampled_from(GAPS)), min_size=1, max_size=20), st.data())
def test_every_word_is_found_again_whatever_white_space_lies_between(
    words: list[tuple[str, str]], data: st.DataObject
) -> None:
    text = " ".join(word for word, _ in words)
    shown = "".join(word + gap for word, gap in words)
    alignment = align(text, shown)
    assert alignment.complete
    at = 0
    for word, _ in words:
        assert cut(shown, alignment.span(at, at + len(word))) == word
        at += len(word) + 1


@given(st.text(max_size=60), st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_no_two_texts_make_it_fail_and_spans_stay_inside(
    text: str, shown: str, start: int, end: int
) -> None:
    span = align(text, shown).span(start, end)
    if span is not None:
        assert 0 <= span[0] < span[1] <= units(shown)


@given(
    st.lists(st.text("abcdefgh", min_size=3, max_size=9), min_size=30, max_size=60),
    st.integers(5, 12),
    st.integers(0, 5),
)
def test_after_lost_words_nothing_wrong_is_marked(words: list[str], at: int, lost: int) -> None:
    numbered = [f"{word}{k}" for k, word in enumerate(words)]
    text = " ".join(numbered)
    shown = "\u2029".join(numbered[:at] + numbered[at + lost :])
    alignment = align(text, shown)
    for k, word in enumerate(numbered):
        start = text.index(word + " ") if k < len(numbered) - 1 else len(text) - len(word)
        span = alignment.span(start, start + len(word))
        if span is not None:
            assert cut(shown, span) == word
        else:
            assert at <= k <= at + lost  # the next word may begin like the lost one


def test_words_put_in_by_the_document_are_stepped_over() -> None:
    text = "The port of Tobruk was closed on Monday. Haftar said nothing."
    shown = text.replace("Tobruk", "Tobruk [image: a quay with two cranes]")
    alignment = align(text, shown)
    assert not alignment.complete
    assert cut(shown, alignment.span(text.index("Haftar"), text.index("Haftar") + 6)) == "Haftar"
    assert cut(shown, alignment.span(12, 18)) == "Tobruk"


def test_a_long_insertion_is_stepped_over() -> None:
    text = " ".join(f"word{k}" for k in range(800))
    shown = text[:300] + " ".join(f"other{k}" for k in range(900)) + text[300:]
    start = text.index("word799")
    assert cut(shown, align(text, shown).span(start, start + 7)) == "word799"


def test_astral_characters_count_two_units() -> None:
    text, shown = "😀 Haftar 😀", "😀\u2029Haftar\u2029😀"
    alignment = align(text, shown)
    assert alignment.span(2, 8) == (3, 9)
    assert alignment.span(0, 1) == (0, 2)
    assert alignment.span(9, 10) == (10, 12)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 4), (3, 4), (-2, 0), (99, 120)])
def test_a_span_without_visible_characters_is_none(start: int, end: int) -> None:
    assert align("abc def", "abc def").span(start, end) is None


def test_white_space_at_the_ends_of_a_span_is_left_out() -> None:
    assert align("abc def ghi", "abc def ghi").span(3, 8) == (4, 7)


def test_what_a_document_shows_of_real_markup_is_aligned(qapp: object) -> None:
    html = (
        "<p>First\u00a0line<br>second <b>bo</b>ld 😀</p><ul><li>One</li><li>T\u00adwo</li></ul>"
        "<table><tr><td>Cell</td><td>Next</td></tr></table><p><img src='x.png'>After</p>"
        "<pre>code\n  more</pre><blockquote>حفتر قال</blockquote><h2>電力</h2>"
    )
    text = (
        "First\u00a0line\nsecond bold 😀\n\nOne\nT\u00adwo\n\nCell Next\n\nAfter\n\n"
        "code\n  more\n\nحفتر قال\n\n電力"
    )
    document = QTextDocument()
    document.setHtml(html)
    shown = document.toRawText()
    alignment = align(text, shown)
    assert alignment.complete
    for word in ("second", "bold", "T\u00adwo", "Cell", "Next", "After", "more", "قال", "電力"):
        start = text.index(word)
        assert cut(shown, alignment.span(start, start + len(word))) == word


@given(st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"))), max_size=6))
def test_paragraphs_of_any_script_survive_the_document(paragraphs: list[str]) -> None:
    document = QTextDocument()
    document.setHtml("".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs))
    assert align("\n\n".join(paragraphs), document.toRawText()).complete


def test_a_very_long_article_is_aligned_in_a_moment() -> None:
    text = "\n\n".join("Haftar went to Tobruk and spoke of S-400 there. " * 5 for _ in range(500))
    shown = text.replace("\n\n", "\u2029").replace("went", "went\u00a0", 50)
    began = time.process_time()
    alignment = align(text, shown)
    spans = [alignment.span(k, k + 6) for k in range(0, len(text) - 6, 40)]
    assert time.process_time() - began < 3
    assert alignment.complete
    assert None not in spans


def test_two_unrelated_long_texts_cost_little() -> None:
    text = " ".join(f"abc{k}" for k in range(15_000))
    shown = " ".join(f"xyz{-k}" for k in range(15_000))
    began = time.process_time()
    assert align(text, shown).span(0, 4) is None
    assert time.process_time() - began < 4
