"""A segment answers as reading every article word by word would."""

import random
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

import numpy as np
import pytest
import re2

from reader.domain.article import SearchDocument, Texts
from reader.search.analysis import CASE, GAP, cut, forms, small
from reader.search.builder import Builder
from reader.search.pack import Pack
from reader.search.segment import COLUMNS, REGIONS, UNKNOWN, Segment
from reader.search.stems import has, primary, stem
from reader.search.syntax import Slot
from tests.helpers.search_lists import accepts as form_fits

TEXT = """
haftar Haftar HAFTAR hafatr haftars meet meets meeting Meeting elections election électoral the The
air-defence air-defences Air-Defence defence defences S-400 S-400s s400 F-16 who WHO Who C++ AT&T
don't a U.S. covid-19 Хафтар Хафтара хафтар ракета ракеты والجيش الجيش جيش 北京市 maison maisons
Maison straße STRASSE . . ! ?
"""
WORDS = TEXT.split()
LANGUAGES = ("en", "en-GB", "ru", "fr", "", "xx", "ar")
SOUGHT = sorted({form.text for word in WORDS for form in forms(word) if form.kind == "word"})
SOUGHT += ["election", "meet", "meetings", "defense", "ракетой", "électoraux", "hafter", "nowhere"]
WEIGHTS = dict(zip(REGIONS, (3, 1.5, 1), strict=True))


def article(number: int, chance: random.Random) -> SearchDocument:
    def text(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randrange(most)))

    at = datetime(2024, 12, 18, tzinfo=UTC) if chance.random() < 0.8 else None
    return SearchDocument(
        number * 3 + 1,
        Texts(text(5), text(9), text(40)),
        author=text(4),
        url=f"https://example.org/{text(3).replace(' ', '/')}",
        language=chance.choice(LANGUAGES),
        sorted_at=at,
        first_seen=at,
    )


@cache
def articles(seed: int, count: int = 100) -> tuple[SearchDocument, ...]:
    chance = random.Random(seed)
    return tuple(article(number, chance) for number in range(count))


def built(documents: Sequence[SearchDocument]) -> Segment:
    builder = Builder()
    for document in documents:
        builder.add(document)
    return builder.segment()


@pytest.fixture(scope="module", params=["memory", "file"])
def segment(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Segment:
    if request.param == "memory":
        return built(articles(1))
    builder = Builder()
    for document in articles(1):
        builder.add(document)
    path = tmp_path_factory.mktemp("segment") / "a"
    builder.write(path)
    return Segment(Pack(path))


class Read:
    """One article, read word by word: (position, region, {kind: forms}) of every word."""

    def __init__(self, document: SearchDocument) -> None:
        self.language = primary(document.language)
        self.groups: dict[str, list[tuple[int, str, dict[str, set[str]]]]] = {}
        self.sentences: list[int] = []
        self.begins: list[int] = []
        self.end = -GAP
        for region in REGIONS:
            begin = self.end + GAP
            self.begins.append(begin)
            words, sentences = cut(document.texts.get(region))
            self.sentences += [begin + at for at in sentences]
            self.groups.setdefault("text", []).extend(_placed(words, begin, region))
            self.end = begin + len(words)
        for group in ("author", "url"):
            self.groups[group] = _placed(cut(getattr(document, group)).words, 0, group)

    def positions(self, field: str, slot: Slot) -> list[tuple[int, str]]:
        group = "text" if field in REGIONS else field
        language = self.language if group == "text" else ""
        return [
            (position, region)
            for position, region, found in self.groups[group]
            if accepts(slot, found, language) and field in (group, region)
        ]


def _placed(
    words: Sequence[str], begin: int, region: str
) -> list[tuple[int, str, dict[str, set[str]]]]:
    placed = []
    for position, word in enumerate(words, begin):
        found: dict[str, set[str]] = defaultdict(set)
        for form in forms(word):
            found[form.kind].add(form.text)
        placed.append((position, region, found))
    return placed


def accepts(slot: Slot, found: dict[str, set[str]], language: str) -> bool:
    if slot.kind == "cased":
        plain = small(slot.text)
        if plain != slot.text:
            return plain + CASE + slot.text in found["cased"]
        capital = any(form.startswith(plain + CASE) for form in found["cased"])
        return plain in found["word"] and not capital
    paired = " " in slot.text and slot.kind in ("word", "exact", "glob")
    candidates = found["pair" if paired else "word"]
    if slot.kind != "word":
        return any(form_fits(slot, form) for form in candidates)
    shared = {stem(form, language) for form in candidates} if has(language) else set()
    return slot.text in candidates or stem(slot.text, language) in shared


@cache
def read(seed: int) -> tuple[Read, ...]:
    return tuple(Read(document) for document in articles(seed))


def some_slot(chance: random.Random) -> Slot:
    word = chance.choice(SOUGHT)
    kind = chance.choice(["word", "word", "exact", "glob", "fuzzy", "regex", "cased", "pair"])
    if kind == "pair":
        text = chance.choice(["air defence", "air defences", "s 400", "covid 19", "at t", "u s"])
        kind = chance.choice(["word", "exact", "glob"])
        return Slot(kind, text[:-1] + chance.choice(["*", "?"]) if kind == "glob" else text)
    if kind == "glob":
        at = chance.randrange(len(word))
        return Slot("glob", word[:at] + chance.choice("*?") + word[at + chance.randrange(2) :])
    if kind == "fuzzy":
        return Slot("fuzzy", word, chance.choice([1, 2]))
    if kind == "regex":
        tail = chance.choice(["", ".*", ".", "[^a]?", "s?", "|the"])
        return Slot("regex", re2.escape(word[: chance.randrange(1, 5)]) + tail)
    if kind == "cased":
        return Slot(
            "cased", chance.choice(["WHO", "who", "Who", "Haftar", "haftar", "AT&T", "Air", "the"])
        )
    return Slot(kind, word)


CASES = range(200)


def chosen(case: int) -> tuple[str, Slot]:
    chance = random.Random(case)
    field = chance.choice(["text", "text", "text", *REGIONS, "author", "url"])
    return field, some_slot(chance)


@cache
def places(field: str, slot: Slot) -> list[list[tuple[int, str]]]:
    """Of every article, the (position, region) of every place."""
    return [one.positions(field, slot) for one in read(1)]


def test_keys_are_the_places_where_the_slot_is_true(segment: Segment) -> None:
    for field, slot in map(chosen, CASES):
        expected = [
            doc << 32 | position
            for doc, found in enumerate(places(field, slot))
            for position, _region in found
        ]
        found = segment.keys(field, slot)
        assert found.tolist() == expected, (field, slot)
        assert found.dtype == np.int64


def test_keys_in_some_documents_are_those_of_all_that_are_in_them(segment: Segment) -> None:
    chance = random.Random(7)
    for field, slot in map(chosen, CASES):
        wanted = sorted(chance.sample(range(segment.count), chance.randrange(segment.count)))
        everywhere = segment.keys(field, slot).tolist()
        found = segment.keys(field, slot, np.array(wanted, np.uint32)).tolist()
        assert found == [key for key in everywhere if key >> 32 in set(wanted)], (field, slot)


def test_keys_in_documents_beyond_those_of_the_list_are_none() -> None:
    there = built([SearchDocument(n, Texts("a" if n < 200 else "b")) for n in range(300)])
    wanted = np.array([43, 256 + 43, 256 + 44], np.uint32)
    assert there.keys("text", Slot("exact", "a"), wanted).tolist() == [43 << 32]
    assert there.keys("text", Slot("exact", "b"), wanted).tolist() == [299 << 32]


def test_documents_are_those_that_have_a_place(segment: Segment) -> None:
    for field, slot in map(chosen, CASES):
        found = segment.docs(field, slot)
        assert found.tolist() == sorted({k >> 32 for k in segment.keys(field, slot).tolist()})
        assert found.dtype == np.uint32
        assert segment.frequency(field, slot) >= len(found)
        assert segment.docs(field, slot).tolist() == found.tolist()


def test_a_word_weighs_more_in_the_title_than_in_the_lead_and_more_there_than_in_the_body(
    segment: Segment,
) -> None:
    for field, slot in map(chosen, CASES):
        expected = {}
        for doc, standing in enumerate(places(field, slot)):
            regions = [region for _position, region in standing]
            if regions:
                weigh = WEIGHTS if field == "text" else {}
                expected[doc] = sum(weigh.get(region, 1) for region in regions)
        docs, weights = segment.weighed(field, slot)
        found = dict(zip(docs.tolist(), weights.tolist(), strict=True))
        if slot.kind in ("word", "exact", "cased"):
            assert found == expected, (field, slot)
        assert found.keys() == expected.keys()
        assert (docs.dtype, weights.dtype) == (np.uint32, np.float32)


def test_a_single_form_is_as_frequent_as_it_is_found(segment: Segment) -> None:
    for word in ("haftar", "the", "s-400"):
        slot = Slot("exact", word)
        assert segment.frequency("text", slot) == len(segment.docs("text", slot))


def test_inflection_is_that_of_the_language_of_each_article() -> None:
    texts = Texts("elections", "", "ракеты")
    there = built([SearchDocument(i, texts, language=code) for i, code in enumerate(LANGUAGES)])
    assert there.docs("text", Slot("word", "election")).tolist() == [0, 1, 3]
    assert there.docs("text", Slot("word", "ракета")).tolist() == [2]
    assert there.docs("text", Slot("exact", "ракета")).tolist() == []
    assert there.docs("text", Slot("word", "elections")).tolist() == list(range(len(LANGUAGES)))


def test_authors_and_addresses_are_not_inflected() -> None:
    there = built(
        [SearchDocument(1, Texts(), author="Elections", url="a.org/elections", language="en")]
    )
    for field in ("author", "url"):
        assert there.docs(field, Slot("word", "election")).tolist() == []
        assert there.docs(field, Slot("word", "elections")).tolist() == [0]


def test_sentences_begin_where_they_do_in_the_articles(segment: Segment) -> None:
    wanted = np.arange(0, segment.count, 3, dtype=np.uint32)
    expected = [doc << 32 | at for doc in wanted.tolist() for at in read(1)[doc].sentences]
    assert segment.sentences(wanted).tolist() == expected
    assert segment.sentences(wanted[:0]).tolist() == []


def test_columns_and_regions_are_those_of_the_articles(segment: Segment) -> None:
    documents = articles(1)
    assert segment.count == len(documents)
    assert segment.column("id").tolist() == [document.id for document in documents]
    for name in COLUMNS[1:]:
        moments = [getattr(document, name) for document in documents]
        expected = [UNKNOWN if m is None else round(m.timestamp() * 1000) for m in moments]
        assert segment.column(name).tolist() == expected
    assert [segment.languages[row] for row in segment.language] == [d.language for d in documents]
    assert segment.lead_at.tolist() == [one.begins[1] for one in read(1)]
    assert segment.body_at.tolist() == [one.begins[2] for one in read(1)]
    assert segment.end.tolist() == [one.end for one in read(1)]


def test_no_place_reaches_from_one_region_into_another(segment: Segment) -> None:
    for one in read(1):
        positions = [position for position, _region, _forms in one.groups["text"]]
        regions = [bisect_right(one.begins, position) for position in positions]
        gaps = [
            b - a
            for a, b, x, y in zip(positions, positions[1:], regions, regions[1:], strict=False)
            if x != y
        ]
        assert all(gap > GAP - 1 for gap in gaps)


def test_near_spellings_come_with_how_many_articles_have_them(segment: Segment) -> None:
    expected = {
        form: sum(
            any(form in found["word"] for _p, _r, found in one.groups["text"]) for one in read(1)
        )
        for form in ("haftar", "hafatr", "haftars")
    }
    assert dict(segment.spellings("haftar", 1)) == expected
    assert segment.spellings("zzzzzz", 2) == []


def test_what_is_deleted_stays_in_every_answer_and_is_marked() -> None:
    whole = built(articles(2))
    before = whole.docs("text", Slot("word", "haftar")).tolist()
    live = np.ones(whole.count, np.bool_)
    live[before[0]] = False
    less = whole.deleting(live)
    assert whole.live is None
    assert less.live is not None
    assert np.flatnonzero(~less.live).tolist() == [before[0]]
    assert less.docs("text", Slot("word", "haftar")).tolist() == before


@pytest.mark.parametrize("kind", ["word", "exact", "glob", "fuzzy", "regex", "cased"])
@pytest.mark.parametrize("field", ["text", "title", "author"])
def test_an_empty_segment_has_nothing(kind: str, field: str) -> None:
    empty = built([])
    slot = Slot(kind, "ab", 1)
    assert (empty.count, empty.frequency(field, slot)) == (0, 0)
    assert len(empty.docs(field, slot)) == len(empty.keys(field, slot)) == 0
    assert [len(each) for each in empty.weighed(field, slot)] == [0, 0]
    assert empty.spellings("abc", 1) == []


def test_a_word_that_no_article_has_is_nowhere(segment: Segment) -> None:
    for kind in ("word", "exact", "fuzzy", "cased"):
        for field in ("text", "lead", "url"):
            slot = Slot(kind, "zzzzzzzz", 1)
            assert segment.docs(field, slot).tolist() == []
            assert segment.keys(field, slot).tolist() == []


def test_a_long_article_is_found_to_its_end() -> None:
    words = [f"word{n}" for n in range(70_000)]
    there = built([SearchDocument(1, Texts("title", "", " ".join(words)))])
    end = int(there.end[0])
    assert end == 1 + 2 * GAP + 70_000
    assert there.keys("body", Slot("exact", "word69999")).tolist() == [end - 1]


def test_a_word_that_stands_everywhere_is_counted_to_its_end() -> None:
    there = built([SearchDocument(1, Texts("a " * 300, "", "a " * 70_000))])
    assert there.weighed("text", Slot("exact", "a"))[1].tolist() == [70_000 + 3 * 300]
    assert len(there.keys("title", Slot("exact", "a"))) == 300


def test_more_languages_than_a_byte_counts() -> None:
    documents = [SearchDocument(n, Texts("x"), language=f"l{n}") for n in range(300)]
    there = built(documents)
    assert [there.languages[row] for row in there.language] == [d.language for d in documents]
