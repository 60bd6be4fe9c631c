"""The words that fired an alert, with what stands around them."""

import random
import re

import pytest

from reader.domain.alert import Context
from reader.domain.article import FIELDS, Span, Texts
from reader.services.passages import LENGTH, MOST, passages

FILL = "Lorem ipsum dolor sit amet, consectetur adipiscing elit sed do eiusmod tempor. "


def spans(texts: Texts, *words: str) -> list[Span]:
    """Every place of these words."""
    return [
        Span(field, found.start(), found.end(), found[0])
        for field in FIELDS
        for found in re.finditer("|".join(map(re.escape, words)), texts.get(field))
    ]


def marked(context: Context) -> list[str]:
    return [context.text[start:end] for start, end in context.spans]


def test_title_is_shown_whole_with_its_words_marked() -> None:
    texts = Texts("The Port of Tobruk is closed", "", FILL)
    assert passages(texts, spans(texts, "Port", "closed")) == (
        Context("title", "The Port of Tobruk is closed", ((4, 8), (22, 28))),
    )


def test_passage_begins_and_ends_at_words_and_says_where_it_was_cut() -> None:
    texts = Texts("T", "", 5 * FILL + "Ships wait before the port. " + 5 * FILL)
    (context,) = passages(texts, spans(texts, "port"))
    assert context.text.startswith("…") and context.text.endswith("…")  # noqa: PT018
    assert "Ships wait before the port. Lorem" in context.text
    assert LENGTH - 40 <= len(context.text) <= LENGTH + 2
    whole = f" {' '.join(texts.body.split())} "
    assert f" {context.text.strip('…')} " in whole


def test_short_text_is_shown_whole() -> None:
    texts = Texts("", "", "The port is shut.")
    assert passages(texts, spans(texts, "port")) == (Context("body", texts.body, ((4, 8),)),)


def test_white_space_is_folded_and_the_marks_move_along() -> None:
    texts = Texts("", "", "  The\n\n air \u00a0\t defence of   the\nport  ")
    (context,) = passages(texts, spans(texts, "port", "air \u00a0\t defence"))
    assert context.text == "The air defence of the port"
    assert marked(context) == ["air defence", "port"]


def test_passages_with_other_words_come_before_the_same_word_again() -> None:
    body = "port " + 6 * FILL + "port " + 6 * FILL + "strait " + 6 * FILL
    texts = Texts("No word of it", "", body)
    found = passages(texts, spans(texts, "port", "strait"))
    assert [marked(context) for context in found] == [["port"], ["strait"]]


def test_word_of_the_title_is_also_shown_in_the_text() -> None:
    texts = Texts("Port closed", "", "The port of Tobruk. " + 6 * FILL + "Another port.")
    found = passages(texts, spans(texts, "Port", "port"))
    assert [(one.field, marked(one)) for one in found] == [("title", ["Port"]), ("body", ["port"])]


def test_not_more_passages_than_can_be_read() -> None:
    words = [f"word{n}" for n in range(6)]
    texts = Texts("", "", "".join(f"{word} {3 * FILL}" for word in words))
    found = passages(texts, spans(texts, *words))
    assert len(found) == MOST
    assert [context.text for context in found] == sorted(c.text for c in found), "reading order"


def test_long_title_is_cut_around_its_words() -> None:
    texts = Texts(10 * FILL + "port " + 10 * FILL)
    (context,) = passages(texts, spans(texts, "port"))
    assert marked(context) == ["port"]
    assert len(context.text) <= LENGTH + 2


def test_place_longer_than_a_passage_is_shown_whole() -> None:
    texts = Texts("", "", 4 * FILL + "x" * 300 + " " + FILL)
    (context,) = passages(texts, [Span("body", 4 * len(FILL), 4 * len(FILL) + 300, "x" * 300)])
    assert marked(context) == ["x" * 300]


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        (Texts("T", "Lead.", "Body."), "lead"),
        (Texts("T", "", "Body."), "body"),
        (Texts("T"), "title"),
    ],
)
def test_without_words_the_beginning_is_shown(texts: Texts, field: str) -> None:
    assert passages(texts, ()) == (Context(field, texts.get(field), ()),)


def test_of_an_empty_article_nothing_is_shown() -> None:
    assert passages(Texts(), ()) == ()
    assert passages(Texts(), [Span("title", 0, 4, "Port")]) == ()


def test_place_that_is_not_in_the_text_is_left_out() -> None:
    texts = Texts("", "", "The port is shut.")
    stale = [Span("body", 0, 4, "port"), *spans(texts, "port")]
    assert [marked(one) for one in passages(texts, stale)] == [["port"]]


@pytest.mark.parametrize(
    "text", ["港口关闭了船只等待" * 40, "ميناء طبرق مغلق " * 40, "a\u0301 port " * 60]
)
def test_marks_are_right_in_every_script(text: str) -> None:
    word = text[4:8].strip()
    texts = Texts("", "", text)
    for context in passages(texts, spans(texts, word)):
        assert set(marked(context)) == {word}
        assert len(context.text) <= LENGTH + 2


@pytest.mark.parametrize("seed", range(40))
def test_every_mark_shows_a_word_that_fired_whatever_the_text(seed: int) -> None:
    chance = random.Random(seed)
    pieces = ["port", "Haftar", "ship. ", " ", "\n", "\n\n", "\t", "x" * 90, "。", "é", "😀", "! "]
    texts = Texts(*("".join(chance.choices(pieces, k=chance.randint(0, 90))) for _ in FIELDS))
    every = spans(texts, "port", "Haftar")
    chosen = sorted(chance.sample(every, min(len(every), 9)), key=lambda s: (s.field, s.start))
    found = passages(texts, chosen)
    told = {word for context in found for word in marked(context)}
    assert told <= {"port", "Haftar"}
    assert bool(told) == bool(chosen)
    assert len(found) <= MOST
    for context in found:
        bare = "".join(context.text.strip("…").split())
        assert bare in "".join(texts.get(context.field).split())
