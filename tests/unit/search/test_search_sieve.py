"""A sieve finds of the words it was made for what an analysis of the text finds."""

import random
import re
from bisect import bisect_left

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.article import SearchDocument, Texts
from reader.search import sieve as sieve_module
from reader.search.analysis import cut, is_dense, starts, written
from reader.search.crowd import Crowd
from reader.search.language import Query, parse
from reader.search.matcher import Article
from reader.search.reading import Reading
from reader.search.region import FOREIGN
from reader.search.sieve import Sieve
from reader.search.spotted import Spotted
from reader.search.spotting import Spotter
from reader.search.syntax import Slot
from reader.search.wordstarts import word_starts
from tests.helpers import search_oracle, search_words

WANTED = [
    Slot("word", "missiles"),
    Slot("exact", "missile"),
    Slot("exact", "f-16"),
    Slot("cased", "F-16"),
    Slot("cased", "haftar"),
    Slot("glob", "haf*"),
    Slot("glob", "?aftar"),
    Slot("fuzzy", "hafter", 1),
    Slot("regex", "s-?[34]00"),
    Slot("word", "air defence"),
    Slot("glob", "air def*"),
    Slot("exact", "東"),
]
_BITS = ["Haftar", "(haftar)", "HAFTER.", "F-16", "f-16s", "S400,", "air-defence", "Air-Defences.",
         "missile", "Missiles!", "東京。", "U.S.", "—", "\n\n", "\n", "is", "5.", "Mai", "e.g.",
         "x" * 70, "Haf\u00adtar", "&", "“Haftar’s", "S–400", "café-missile", "air\u00a0defence",
         "haftar\tF-16", "1,000", "a.missile_f-16", "F–16", "-haftar", "missile's"]  # fmt: skip
SPOTTERS = {language: Spotter(Sieve(WANTED, language)) for language in ("en", "de", "")}
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_BITS), max_size=14).map(" ".join))


@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_wanted_words_are_found_where_they_are_found_without_a_sieve(title: str, body: str) -> None:
    texts = [("title", title), ("body", body)]
    sieve = Sieve(WANTED, "en")
    plain, sifted = Reading(texts, "en"), Reading(texts, "en", sieve)
    assert sifted.sifted == {slot for slot in WANTED if plain.holds(slot)}
    for slot in [*WANTED, Slot("word", "hafter"), Slot("glob", "mis*")]:
        assert sifted.holds(slot) == plain.holds(slot)
        assert sifted.positions(slot) == plain.positions(slot)
        assert sorted(sifted.all_marks(slot)) == sorted(plain.all_marks(slot))
        assert sifted.holds(slot, "body") == plain.holds(slot, "body")
        assert sifted.positions(slot, "body") == plain.positions(slot, "body")


@given(TEXTS, TEXTS, st.sampled_from(["en", "", "de"]))
@settings(deadline=None)
def test_words_are_spotted_where_they_are_found_in_a_text_that_was_cut(
    title: str, body: str, language: str
) -> None:
    texts = [("title", title), ("lead", ""), ("body", body)]
    plain, spotted = Reading(texts, language), SPOTTERS[language].reading(texts)
    assert spotted.sifted == {slot for slot in WANTED if plain.holds(slot)}
    assert spotted.begins == plain.begins
    assert spotted.sentences == plain.sentences
    for slot in [*WANTED, Slot("word", "hafter"), Slot("glob", "mis*")]:
        for region in ("", "title", "body"):
            assert spotted.holds(slot, region) == plain.holds(slot, region)
            assert spotted.positions(slot, region) == plain.positions(slot, region)
            assert sorted(spotted.all_marks(slot, region)) == sorted(plain.all_marks(slot, region))
        for position in plain.positions(slot):
            marks = sorted(spotted.marks(slot, position))
            assert marks == sorted(plain.marks(slot, position))
            assert marks


@pytest.mark.parametrize(
    ("text", "language", "spotted"),
    [
        ("Haftar's “missiles” – and a café", "en", True),
        ("Haftar", "de", False),
        ("haftar" * 20, "en", False),
        (" ".join(["ракета"] * 50), "en", False),
        ("x" * 100 + " missile", "en", True),
    ],
)
def test_only_what_is_nearly_all_plain_letters_is_not_cut(
    text: str, language: str, spotted: bool
) -> None:
    assert isinstance(SPOTTERS[language].reading([("body", text)]), Spotted) is spotted


@given(TEXTS)
@settings(deadline=None)
def test_as_many_words_start_before_a_chunk_as_a_cut_finds(text: str) -> None:
    spaced = " " + text.replace("\u00ad", "").replace("東京。", "é")
    chunks = [*re.finditer(r"\S+", spaced)]
    foreign = {one.start(): one.group() for one in chunks if FOREIGN.search(one.group())}
    starts_ = word_starts(spaced, foreign)
    for chunk in chunks:
        before = len(cut(spaced[: chunk.start()]).words)
        assert bisect_left(starts_, chunk.start()) == before
    assert len(starts_) == len(cut(spaced).words)


@given(TEXTS)
@settings(deadline=None)
def test_sentences_begin_where_a_cut_of_the_whole_text_says(text: str) -> None:
    if is_dense(text):
        return
    firsts = [0]
    for chunk in text.split():
        firsts.append(firsts[-1] + len(written(chunk)))
    assert starts(text, firsts) == cut(text).sentences


def test_what_was_met_is_given_up_for_new_chunks_but_not_under_those_in_use(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sieve_module, "KNOWN_AT_MOST", 8)
    sieve = Sieve(WANTED, "en")
    first = sieve.meet(sieve.new({"missiles", "—"}))
    assert sieve.meet(sieve.new({"Haftar"})) is not first
    assert sieve.new({"missiles"}) == {"missiles"}
    assert "missiles" in first.held
    assert first.counts == {"—": 0}


def test_a_crowd_answers_as_each_of_its_searches_does_alone() -> None:
    chance = random.Random(23)
    queries = [parse(search_oracle.show(search_oracle.query(chance))) for _ in range(150)]
    crowd = Crowd(queries)
    hits = 0
    for known in search_words.library(chance, 40):
        for number in crowd.candidates(crowd.article(known.document)):
            hits += _asked(crowd, queries[number], known.document)
    assert hits > 300


def _asked(crowd: Crowd, query: Query, document: SearchDocument) -> bool:
    """Whether the query is true; fails when the sieve makes a difference."""
    sifted, plain = crowd.article(document), Article(document)
    found = query.settled or query.condition(sifted)
    assert found == plain.matches(query)
    if found:
        assert sifted.why(query) == plain.why(query)
        assert plain.why(query).spans == plain.explain(query).spans
    return found


def test_words_of_each_language_are_inflected_as_in_it() -> None:
    crowd = Crowd([parse("missile"), parse("ракета")])
    asked = [("en", "Missiles"), ("ru", "Ракеты"), ("", "Missiles"), ("en-GB", "missiles")]
    documents = [SearchDocument(1, Texts(text), language=language) for language, text in asked]
    assert [crowd.candidates(crowd.article(one)) for one in documents] == [[0], [1], [], [0]]


def test_a_crowd_keeps_what_it_has_learnt_until_a_new_word_is_asked_for() -> None:
    first = Crowd([parse("haftar"), parse("tobruk -wagner")])
    document = SearchDocument(1, Texts("Haftar in Tobruk"), language="en")
    assert first.candidates(first.article(document)) == [0, 1]
    fewer = Crowd([parse("tobruk")], first)
    assert fewer.spotters is first.spotters
    assert fewer.candidates(fewer.article(document)) == [0]
    more = Crowd([parse("wagner OR tobruk*"), parse("haftar")], first)
    assert more.spotters is not first.spotters
    assert more.candidates(more.article(document)) == [0, 1]
