"""What is remembered of chunks is what an analysis of the whole text says."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.article import SearchDocument
from reader.search import seen as seen_module
from reader.search.analysis import tokens
from reader.search.language import parse
from reader.search.matcher import Article
from reader.search.reading import Reading
from reader.search.region import Region
from reader.search.seen import LONGEST_CHUNK, Seen, only_form, plain, seen_in
from reader.search.stems import stem
from tests.helpers import search_oracle, search_words

_BITS = ["Haftar", "(haftar)", "F-16", "U.S.", "東京。", "в", "«Да»", ".", "—", "\n", "\u2028",
         "\xa0", "C++.", "C#", "ـ", "a\u0301", "1,000", "don’t", "وحفتر", "\u200b", "ﬁ", "16s,",
         "İstanbul", "missiles", "missile-", "'missiles'", "x" * 70, "Ｆ",
         "\x1c", "_a_"]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(_BITS), max_size=12).map(" ".join),
    st.lists(st.sampled_from("aA1-'.,+#\u0301\u00ad \n東ـ。&İ\xa0"), max_size=20).map("".join),
)


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen_module, "_remembered", {})


@given(TEXTS)
@settings(deadline=None)
def test_a_chunk_has_the_words_and_forms_that_its_tokens_have(text: str) -> None:
    seen = Seen("en")
    seen.learn(dict.fromkeys(text.split()))
    for chunk in text.split():
        found = [*tokens(chunk)]
        forms = dict.fromkeys(token.text for token in found if token.kind == "word")
        assert seen.forms[chunk] == tuple(forms)
        assert seen.words(chunk) == len({token.position for token in found})
        assert (chunk in seen.compounds) == any(token.kind == "pair" for token in found)
        having = {key for key, chunks in seen.by_stem.items() if chunk in chunks}
        assert having == {stem(form, "en") for form in forms}


@given(TEXTS)
@settings(deadline=None)
def test_a_plain_chunk_has_one_word_with_one_form(text: str) -> None:
    for core, chunk in [(plain(chunk), chunk) for chunk in text.split()]:
        found = [token for token in tokens(chunk) if token.kind != "cased"]
        if core:
            [word] = found
            assert (word.text, chunk[word.start : word.end]) == (core.lower(), core)


def test_most_words_of_a_text_are_plain() -> None:
    assert [plain(chunk) for chunk in ["“Haftar,", "(F16)", "2024:", "left!”", "F-16"]] == [
        *("Haftar", "F16", "2024", "left", "")
    ]


@given(TEXTS)
@settings(deadline=None)
def test_chunks_are_found_where_they_stand(text: str) -> None:
    region = Region(text)
    for chunk in region.distinct:
        starts, indexes = region.starts(chunk), region.indexes(chunk)
        assert len(starts) == len(indexes)
        assert starts == sorted(starts)
        assert all(text[start : start + len(chunk)] == chunk for start in starts)
    everywhere = sorted(
        (index, start)
        for chunk in region.distinct
        for index, start in zip(region.indexes(chunk), region.starts(chunk), strict=True)
    )
    assert everywhere == sorted(everywhere, key=lambda place: place[1])


def test_chunks_are_found_where_they_stand_however_many_are_asked_for() -> None:
    chunks = [f"w{number % 70}" for number in range(200)]
    region = Region(" ".join(chunks))
    for chunk in [*dict.fromkeys(chunks), "w3", "w69", "none"]:
        assert region.indexes(chunk) == [i for i, one in enumerate(chunks) if one == chunk]


@given(TEXTS, st.sampled_from(["haf", "istanbul", "mis", "000", "16s", "aa"]))
@settings(deadline=None)
def test_no_chunk_around_a_needle_is_missed(text: str, needle: str) -> None:
    around = Region(text).around(needle)
    if around is None:
        return
    assert all(
        text[start : start + len(chunk)].split() == [chunk] for start, chunk in around.items()
    )
    for start in _with(needle, text):
        assert any(begin <= start < begin + len(chunk) for begin, chunk in around.items())


def _with(needle: str, text: str) -> Iterator[int]:
    for token in tokens(text):
        if token.kind == "word" and needle in token.text:
            yield token.start


@pytest.mark.parametrize(
    "text", ["х" * 10 + " уехал" * 60, "İstanbul haftar", "haftar" * 20, "x é" + "y" * 99]
)
def test_a_text_that_small_letters_say_little_of_is_read_in_full(text: str) -> None:
    assert Region(text).around("haftar") is None


def test_new_chunks_take_the_place_of_old_ones_but_not_of_those_in_use(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(seen_module, "KNOWN_AT_MOST", 4)
    first = seen_in({"one", "two", "three"}, "en")
    assert seen_in({"one", "four"}, "en") is first
    second = seen_in({"five", "one"}, "en")
    assert second is not first
    assert set(second.forms) == {"five", "one"}
    assert first.forms["two"] == ("two",)


def test_what_is_very_long_is_not_remembered() -> None:
    known = seen_in({"one"}, "en")
    long = "y" * (LONGEST_CHUNK + 1)
    assert long in seen_in({"one", long}, "en").forms
    assert long not in known.forms
    assert seen_in({"one"}, "en") is known


def test_answers_are_the_same_however_little_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(5)
    known = search_words.library(chance, 15)
    queries = [parse(search_oracle.show(search_oracle.query(chance))) for _ in range(25)]
    asked = [(query, one) for query in queries for one in known]
    expected = [Article(one.document).explain(query) for query, one in asked]
    monkeypatch.setattr(seen_module, "KNOWN_AT_MOST", 30)
    monkeypatch.setattr(seen_module, "_remembered", {})
    assert [Article(one.document).explain(query) for query, one in asked] == expected
    assert sum(bool(one.spans) for one in expected) > 50


def test_a_word_is_marked_alike_with_and_without_cutting_the_text() -> None:
    chance = random.Random(11)
    marked = 0
    for known in search_words.library(chance, 60):
        quick, full = (_reading(known.document) for _ in range(2))
        assert full.has_compounds is not None  # cuts the texts
        for _ in range(25):
            query = parse(search_oracle.show(search_oracle.leaf(chance, "")))
            for slot in [slot for text in query.terms() for slot in text.slots]:
                found = sorted(quick.all_marks(slot))
                assert found == sorted(full.all_marks(slot)), (known.document, slot)
                marked += len(found)
    assert marked > 500


def _reading(document: SearchDocument) -> Reading:
    texts = document.texts
    fields = [("title", texts.title), ("lead", texts.lead), ("body", texts.body)]
    return Reading(fields, document.language.split("-")[0])


@given(TEXTS)
@settings(deadline=None)
def test_the_only_form_of_a_chunk_is_the_only_one(text: str) -> None:
    for chunk in text.split():
        _has_only(chunk, only_form(chunk))


def test_letters_of_every_alphabet_have_the_only_form_that_an_analysis_finds() -> None:
    told = 0
    for letter in map(chr, range(0xC0, 0x700)):
        for chunk in (letter, f"a{letter}b", f"«{letter}é»,", f"{letter}{letter}"):
            told += _has_only(chunk, only_form(chunk))
    assert told > 2_000


def _has_only(chunk: str, form: str) -> bool:
    if form:
        found = [token for token in tokens(chunk) if token.kind != "cased"]
        assert [(token.text, token.position) for token in found] == [(form, 0)]
    return bool(form)
