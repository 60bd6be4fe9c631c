"""A row shows the passage that says most, with exactly the words of the query marked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.article import Marked, Mention, SearchDocument, Span, Texts
from reader.search import snippets
from reader.search.language import parse
from reader.search.snippets import LENGTH, mark

FILLER = "Nobody in the harbour wanted to say anything about it that day. " * 12


def shown(marked: Marked) -> list[str]:
    return [marked.snippet[start:end] for start, end in marked.spans]


def test_the_passage_with_most_different_words_is_shown() -> None:
    body = f"Haftar, Haftar, Haftar. {FILLER} Burns met\n\n Haftar in Tobruk. {FILLER}"
    marked = mark(parse("haftar burns tobruk"), 7, Texts("Haftar again", "", body))
    assert marked.article_id == 7
    assert marked.title == ((0, 6),)
    assert shown(marked) == ["Burns", "Haftar", "Tobruk"]
    assert marked.snippet.startswith("…Burns met Haftar in Tobruk. ")
    assert marked.snippet.endswith("…")
    assert len(marked.snippet) <= LENGTH + 2


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("missile", ["missiles"]),
        ("misiles~ OR h?ftar", ["missiles", "Haftar"]),
        ("/f-?16.?/ OR case:Haftar", ["Haftar", "F-16s"]),
        ("haftar SENT missile", ["missiles", "Haftar"]),
    ],
)
def test_words_are_marked_where_they_really_stand(typed: str, words: list[str]) -> None:
    texts = Texts("x", "", "Two missiles from Haftar. An F-16s haftari later")
    document = SearchDocument(1, texts, language="en")
    assert shown(mark(parse(typed), 1, texts, document)) == words


def test_words_that_are_only_excluded_are_never_marked() -> None:
    marked = mark(
        parse("haftar -tobruk NOT (burns OR left)"), 1, Texts("", "", "Haftar left Tobruk")
    )
    assert shown(marked) == ["Haftar"]


def test_a_lead_may_say_more_than_the_body() -> None:
    marked = mark(parse("haftar burns"), 1, Texts("x", "Haftar met Burns", f"Haftar. {FILLER}"))
    assert marked.snippet == "Haftar met Burns"


def test_without_a_place_the_beginning_is_shown() -> None:
    marked = mark(parse("is:unread"), 1, Texts("Title", "", FILLER))
    assert marked.snippet.startswith("Nobody in the harbour")
    assert marked.snippet.endswith(" …") is False
    assert marked.spans == marked.title == ()


def test_an_article_without_text_has_an_empty_snippet() -> None:
    assert mark(parse("haftar"), 1, Texts("Haftar")) == Marked(1, ((0, 6),), "", ())


def test_an_entity_filter_marks_the_mentions() -> None:
    texts = Texts("", "", "Then Хафтар spoke")
    mention = Mention(1, "Haftar", "person", "Хафтар", "body", 5, 11)
    document = SearchDocument(
        1, texts, entities=(("Haftar", "person", "x"),), entity_spans=(mention,)
    )
    assert shown(mark(parse("entity:haftar"), 1, texts, document)) == ["Хафтар"]


@pytest.mark.parametrize("text", ["東京" * 300, "x" * 1_000 + " haftar", "a" * 300])
def test_a_text_without_spaces_is_cut_all_the_same(text: str) -> None:
    marked = mark(parse("東京 OR haftar OR b"), 1, Texts("", "", text))
    assert 0 < len(marked.snippet) <= LENGTH + 2


@given(st.lists(st.sampled_from(["haftar", "Tobruk", "x", "\n\n", "  ", "東京", "."]), max_size=80))
def test_marks_lie_on_words_of_the_query(words: list[str]) -> None:
    marked = mark(parse("haftar OR tobruk OR 東京"), 1, Texts("", "", " ".join(words)))
    assert set(shown(marked)) <= {"haftar", "Tobruk", "東京"}
    assert "  " not in marked.snippet
    assert "\n" not in marked.snippet
    assert bool(marked.spans) == bool({"haftar", "Tobruk", "東京"} & set(words))


_SCRAPS = ["haftar", "Tobruk", "x", "\n\n", "  ", "\t", "東京", ".", " Burns\n", "a" * 60, "\xa0"]
_TEXTS = st.lists(st.sampled_from(_SCRAPS), max_size=60).map(" ".join)


@given(_TEXTS)
def test_no_passage_says_more_than_the_one_that_is_shown(text: str) -> None:
    spans = [Span("body", *place) for place in _found(text)]
    best = max((score for score, _window, _inside in snippets._passages(text, spans)), default=0.0)
    for start, _end, _text in _found(text):
        low, high = snippets._fit(text, start)
        inside = [one for one in spans if start <= one.start and one.end <= high]
        words = {one.text.casefold() for one in inside}
        assert low <= start
        assert len(words) + 0.1 * min(len(inside), 5) <= best


@given(_TEXTS, st.integers(0, 300), st.integers(0, LENGTH))
def test_white_space_is_folded_and_marks_stay_on_their_words(
    text: str, start: int, length: int
) -> None:
    start = min(start, len(text))
    end = min(len(text), start + length)
    spans = [Span("body", *one) for one in _found(text) if start <= one[0] and one[1] <= end]
    shown, places = snippets._shown(text, (start, end), spans)
    assert shown.strip("…") == " ".join(text[start:end].split())
    assert [shown[a:b] for a, b in places] == [span.text for span in spans]


def _found(text: str) -> list[tuple[int, int, str]]:
    words = re.finditer("haftar|Tobruk|Burns|東京", text)
    return [(*word.span(), word.group()) for word in words]
