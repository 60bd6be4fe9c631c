"""Chunks know where sentences end and which words there are, as `cut` does."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.article import SearchDocument, Texts
from reader.search.analysis import GAP, cut, forms
from reader.search.builder import Builder
from reader.search.chunks import LINE, about, chunks
from reader.search.pack import Memory

TEXT = """
Haftar met Wagner, the U.S. Army said. Gen. "Sarraj" left on 5. Mai 6. Haftars Dec. 16 no. 7 vol. X
(Really?) yes! ... -- *** _ “Nein.” «Да.» т. е. ген. Хафтар г. Élysée’s straße. C++ C# AT&T. 1,000
政府。军队！利比亚 东京。 。 ไทย ความ 日本Wagner。x U.S.。東 ۔ والجيش. 한국어? covid-19; a/b/C-d ｡｡
"""
PIECES = TEXT.split()
SPACES = (" ", " ", " ", "  ", "\n", "\n\n", " \n \n", "\t", "\u00a0", "\u2028", "\r\n")


def article(number: int, chance: random.Random) -> SearchDocument:
    def text(most: int) -> str:
        return "".join(
            chance.choice((*PIECES, "")) + chance.choice(SPACES)
            for _ in range(chance.randrange(most))
        )

    return SearchDocument(number, Texts(text(6), text(12), text(60)))


def sentences(arrays: Memory) -> list[list[int]]:
    at, positions = arrays["sentences/at"].tolist(), arrays["sentences/positions"].tolist()
    return [positions[begin:end] for begin, end in pairwise(at)]


def by_cutting(document: SearchDocument) -> list[int]:
    found, begin = [], 0
    for region in ("title", "lead", "body"):
        words, begins = cut(document.texts.get(region))
        found += [begin + at for at in begins]
        begin += len(words) + GAP
    return found


@pytest.mark.parametrize("seed", range(20))
def test_sentences_begin_where_cutting_says(seed: int) -> None:
    chance = random.Random(seed)
    documents = [article(number, chance) for number in range(60)]
    builder = Builder()
    for document in documents:
        builder.add(document)
    assert sentences(builder.arrays()) == [by_cutting(document) for document in documents]


@settings(deadline=None)
@given(st.text(st.sampled_from("aZ9. \n!?…。！,'\"-«»_政дÉе́ÿ+#\u00a0\u200d") | st.characters()))
def test_the_words_of_all_chunks_are_the_words_of_the_text(text: str) -> None:
    found = [word for chunk in chunks(text) for word in about(chunk).words]
    assert found == cut(text).words
    builder = Builder()
    builder.add(SearchDocument(1, Texts(body=text)))
    shift = 2 * GAP
    assert sentences(builder.arrays()) == [[shift + at for at in cut(text).sentences]]


def test_every_word_of_a_script_without_spaces_is_a_chunk_of_its_own() -> None:
    found = [chunk for chunk in chunks("利比亚政府。 Haftar said") if not chunk.startswith(LINE)]
    assert found == [*"利比亚政府", "Haftar", "said"]
    assert all(len(forms(word)) for word in found)


def test_even_an_empty_text_has_a_line() -> None:
    assert chunks("") == [LINE]
