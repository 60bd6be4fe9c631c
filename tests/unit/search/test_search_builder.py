"""What is built of articles is a list of every place of every form, sorted, and nothing else."""

import errno
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from reader.domain.article import SearchDocument, Texts
from reader.search import pack, vocabulary
from reader.search.analysis import GAP, cut, forms
from reader.search.builder import Builder
from reader.search.pack import Arrays, Memory, Pack
from reader.search.segment import COLUMNS, Segment
from reader.search.stems import stem
from reader.search.syntax import Slot
from reader.search.vocabulary import KINDS, Vocabulary

TEXT = """
haftar Haftar haftars meeting meets F-16 F-16s AT&T air-defence Air-Defences U.S. C++ don't WHO who
Élysée elysee Хафтар ракеты ракета والجيش 東京 maisons maison covid-19 a the The 1,000
"""
WORDS = TEXT.split()
AT = datetime(2024, 12, 18, 12, 0, 0, 500_000, tzinfo=UTC)


def articles(seed: int, count: int) -> list[SearchDocument]:
    chance = random.Random(seed)

    def text(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randrange(most)))

    return [
        SearchDocument(
            n,
            Texts(text(4), text(5), text(30)),
            author=text(3),
            url=f"https://example.org/{n}" + "/Haftar" * (n % 2),
            language=chance.choice(["en", "en-GB", "ru", "", "xx"]),
            sorted_at=AT,
        )
        for n in range(count)
    ]


def filled(documents: Sequence[SearchDocument], builder: Builder | None = None) -> Builder:
    builder = builder or Builder()
    for document in documents:
        builder.add(document)
    return builder


def words(document: SearchDocument, group: str) -> Iterator[tuple[int, str, float]]:
    """(position, written word, weight in halves)."""
    if group != "text":
        yield from ((at, word, 0) for at, word in enumerate(cut(getattr(document, group)).words))
        return
    begin = 0
    for region, weight in (("title", 6), ("lead", 3), ("body", 2)):
        found = cut(document.texts.get(region)).words
        yield from ((begin + at, word, weight) for at, word in enumerate(found))
        begin += len(found) + GAP


def naive(documents: Sequence[SearchDocument], group: str, kind: str) -> dict[str, list[object]]:
    """The arrays of one list, made one posting after the other."""
    postings: dict[str, dict[int, list[tuple[int, float]]]] = defaultdict(lambda: defaultdict(list))
    for number, document in enumerate(documents):
        for position, word, weight in words(document, group):
            for form in forms(word):
                if form.kind == kind:
                    postings[form.text][number].append((position, weight))
    ordered = sorted(postings, key=str.encode)
    per_form = [postings[form] for form in ordered]
    per_posting = [places for docs in per_form for places in docs.values()]
    counts = [len(docs) for docs in per_form]
    standing = [sum(map(len, docs.values())) for docs in per_form]
    return {
        "forms": list(ordered),
        "posts": [sum(counts[:i]) for i in range(len(counts) + 1)],
        "docs": [doc for docs in per_form for doc in docs],
        "times": [len(places) for places in per_posting],
        "places": [sum(standing[:i]) for i in range(len(standing) + 1)],
        "positions": [position for places in per_posting for position, _weight in places],
        "weights": [sum(weight for _position, weight in places) for places in per_posting],
    }


def forms_in(arrays: Arrays, name: str) -> list[str]:
    found = arrays.array(f"{name}/blob").tobytes().split(b"\n")[:-1]
    begins = [len(b"".join(found[:i])) + i for i in range(len(found))]
    assert arrays.array(f"{name}/starts").tolist() == begins
    return [form.decode() for form in found]


@pytest.mark.parametrize("group", ["text", "author", "url"])
@pytest.mark.parametrize("kind", list(KINDS))
def test_a_list_holds_every_place_of_every_form(group: str, kind: str) -> None:
    documents = articles(1, 60)
    arrays = filled(documents).arrays()
    name = f"{group}/{KINDS[kind]}"
    expected = naive(documents, group, kind)
    assert forms_in(arrays, name) == expected.pop("forms")
    weights = expected.pop("weights")
    for part, values in expected.items():
        assert arrays[f"{name}/{part}"].tolist() == values, part
    assert (f"{name}/weights" in arrays) == (name == "text/words")
    if name == "text/words":
        assert arrays[f"{name}/weights"].tolist() == weights


@pytest.mark.parametrize("kind", ["word", "pair"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_stems_lead_to_the_forms_in_articles_of_their_language(kind: str, language: str) -> None:
    documents = articles(2, 60)
    arrays = filled(documents).arrays()
    known = forms_in(arrays, f"text/{KINDS[kind]}")
    expected: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        for _position, word, _weight in words(document, "text"):
            for form in forms(word):
                if form.kind == kind and document.language.split("-")[0] == language:
                    expected[stem(form.text, language)].add(form.text)
    name = f"stems/{language}/{KINDS[kind]}"
    at, members = arrays[f"{name}/at"].tolist(), arrays[f"{name}/forms"].tolist()
    stems = forms_in(arrays, name)
    assert stems == sorted(stems, key=str.encode)
    found = {
        one: [known[member] for member in members[at[i] : at[i + 1]]] for i, one in enumerate(stems)
    }
    assert all(sharing == sorted(sharing, key=str.encode) for sharing in found.values())
    alone = {one for one in expected if one not in found}
    assert {one: set(sharing) for one, sharing in found.items()} == {
        one: sharing for one, sharing in expected.items() if one not in alone
    }
    assert all(expected[one] == {one} and not one.isalpha() for one in alone)


def test_only_languages_that_have_a_stemmer_have_stems() -> None:
    arrays = filled(articles(3, 40)).arrays()
    assert {name.split("/")[1] for name in arrays if name.startswith("stems")} == {"en", "ru"}


def test_a_file_holds_what_memory_holds(tmp_path: Path) -> None:
    documents = articles(4, 40)
    filled(documents).write(tmp_path / "a")
    opened, arrays = Pack(tmp_path / "a"), filled(documents).arrays()
    opened.verify()
    assert opened.names() == list(arrays)
    for name, values in arrays.items():
        assert opened.array(name).tolist() == values.tolist()
        assert opened.array(name).dtype == values.dtype
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_numbers_are_stored_in_the_narrowest_type() -> None:
    arrays = filled(articles(5, 20)).arrays()
    assert [arrays[name].dtype for name in COLUMNS] == [np.int64] * 3
    for name, values in arrays.items():
        if name not in COLUMNS and values.dtype.kind == "u":
            assert values.dtype == pack.narrowest(int(values.max(initial=0))), name
    assert arrays["text/words/positions"].dtype == np.uint16


def test_times_are_whole_milliseconds_utc() -> None:
    segment = filled([SearchDocument(1, Texts(), sorted_at=AT)]).segment()
    assert segment.column("sorted_at").tolist() == [1_734_523_200_500]


def test_a_builder_begins_anew_and_remembers_words_only() -> None:
    builder, first, second = Builder(), articles(6, 30), articles(7, 30)
    assert same(filled(first, builder).arrays(), filled(first).arrays())
    assert len(builder) == 0
    assert same(filled(second, builder).arrays(), filled(second).arrays())
    assert same(builder.arrays(), Builder().arrays())


def test_a_builder_that_knows_too_many_words_forgets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "MOST", 50)
    builder = Builder()
    for seed in range(3):
        documents = articles(seed, 10)
        assert same(filled(documents, builder).arrays(), filled(documents).arrays())
        assert len(builder._vocabulary) == 0


def test_the_number_of_articles_is_known_while_they_are_collected() -> None:
    assert len(filled(articles(1, 7))) == 7


def test_nothing_is_left_when_a_segment_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pack.os, "fsync", full)
    builder = filled(articles(1, 5))
    with pytest.raises(OSError, match="No space"):
        builder.write(tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_more_words_than_a_sorting_number_holds_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("reader.search.lists.KEY_BITS", 12)
    with pytest.raises(OverflowError, match="fewer articles"):
        filled(articles(1, 5)).arrays()


def test_texts_without_a_single_word_are_articles_too(tmp_path: Path) -> None:
    documents = [SearchDocument(1, Texts("...", "", "!")), SearchDocument(2, Texts("Haftar"))]
    filled([*documents, SearchDocument(3, Texts())]).write(tmp_path / "a")
    segment = Segment(Pack(tmp_path / "a"))
    assert segment.count == 3
    assert segment.docs("text", Slot("word", "haftar")).tolist() == [1]
    assert segment.end.tolist() == [2 * GAP, 2 * GAP + 1, 2 * GAP]


def test_codes_of_languages_stay_as_the_articles_have_them() -> None:
    codes = ["en-GB", 'x"\n', "", "zh-Hant"]
    arrays = filled([SearchDocument(n, Texts(), language=c) for n, c in enumerate(codes)]).arrays()
    assert json.loads(arrays["languages"].tobytes()) == codes


def test_a_vocabulary_gives_every_chunk_one_number_and_all_forms_of_its_words() -> None:
    known = Vocabulary()
    texts = [*WORDS, "(Haftar),", "Haftar/Sarraj/F-16s;", "--", "«Élysée»", "/a.b,"]
    numbers = np.array([known[chunk] for chunk in texts])
    assert [known[chunk] for chunk in texts] == numbers.tolist()
    for kind, kept in known.kinds.items():
        members, where = known.of(kind, numbers, 100 * np.arange(len(numbers)))
        found = {
            (*divmod(at, 100), kept.names[member])
            for member, at in zip(members.tolist(), where.tolist(), strict=True)
        }
        assert found == {
            (i, offset, form.text)
            for i, text in enumerate(texts)
            for offset, word in enumerate(cut(text).words)
            for form in forms(word)
            if form.kind == kind
        }
        assert len(members) == len(found)


def same(one: Memory, other: Memory) -> bool:
    return one.keys() == other.keys() and all(
        np.array_equal(one[name], other[name]) and one[name].dtype == other[name].dtype
        for name in one
    )
