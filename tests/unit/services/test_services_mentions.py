"""Where articles mention entities, in words."""

import random
import re
from collections.abc import Iterable

import numpy as np
import pytest

from reader.domain.article import FIELDS, Mention, SearchDocument, Texts
from reader.services.mentions import mentioned

HAFTAR = ("Khalifa Haftar", "person", "libya")
S400 = ("S-400", "weapon", "arms")


class Shelf:
    """Documents in memory, as the store gives them."""

    def __init__(self, *documents: SearchDocument) -> None:
        self._known = {document.id: document for document in documents}
        self.asked: list[int] = []

    def documents(self, ids: Iterable[int]) -> list[SearchDocument]:
        self.asked.append(len(list(ids)))
        return [self._known[i] for i in ids if i in self._known]


def article(
    number: int, texts: Texts, *mentions: tuple[tuple[str, str, str], str, str]
) -> SearchDocument:
    """`mentions`: (entity, field, the words that are the mention)."""
    spans = [
        Mention(7, entity[0], entity[1], words, field, found.start(), found.end())
        for entity, field, words in mentions
        for found in re.finditer(re.escape(words), texts.get(field))
    ]
    entities = tuple(dict.fromkeys(entity for entity, _, _ in mentions))
    aliases = tuple(("Haftar",) if entity == HAFTAR else () for entity in entities)
    return SearchDocument(
        number, texts, entities=entities, aliases=aliases, entity_spans=tuple(spans)
    )


def rows(shelf: Shelf, field: str, value: str, *ids: int) -> list[tuple[int, str, int, int]]:
    found = mentioned(shelf, field, value, np.array(ids, dtype=np.int64))
    columns = (found.ids, found.regions, found.first, found.last)
    return sorted(
        (i, FIELDS[r], first, last)
        for i, r, first, last in zip(*(column.tolist() for column in columns), strict=True)
    )


TEXTS = Texts("Khalifa Haftar, again", "", "An S-400 battery. Haftar's S‑400s and Khalifa-Haftar")
ONE = article(
    1, TEXTS,
    (HAFTAR, "title", "Khalifa Haftar"), (HAFTAR, "body", "Haftar"),
    (S400, "body", "S-400"), (S400, "body", "S‑400"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("entity", "haftar", [("body", 3, 3), ("body", 6, 6), ("title", 0, 1)]),
        ("entity", "S 400", [("body", 1, 1), ("body", 4, 4)]),
        ("type", "Weapon", [("body", 1, 1), ("body", 4, 4)]),
        ("watchlist", "libya", [("body", 3, 3), ("body", 6, 6), ("title", 0, 1)]),
        ("entity", "Wagner", []),
    ],
)
def test_mention_covers_the_words_it_has_letters_of(
    field: str, value: str, expected: list[tuple[str, int, int]]
) -> None:
    assert rows(Shelf(ONE), field, value, 1) == [(1, *place) for place in expected]


def test_only_the_articles_asked_for_are_read_and_many_in_parts() -> None:
    shelf = Shelf(*(article(n, Texts("Haftar"), (HAFTAR, "title", "Haftar")) for n in range(1200)))
    found = rows(shelf, "entity", "haftar", *range(0, 1200, 2), 5000)
    assert found == [(n, "title", 0, 0) for n in range(0, 1200, 2)]
    assert sum(shelf.asked) == 601
    assert len(shelf.asked) == 2


def test_nothing_mentioned_gives_empty_arrays_of_the_right_type() -> None:
    found = mentioned(Shelf(), "entity", "x", np.array([1], dtype=np.int64))
    assert [len(column) for column in found] == [0, 0, 0, 0]
    assert [column.dtype for column in found] == [np.int64, np.uint8, np.int64, np.int64]


def test_mention_of_signs_alone_is_nowhere() -> None:
    shelf = Shelf(article(1, Texts("a — b"), (HAFTAR, "title", "—")))
    assert rows(shelf, "entity", "haftar", 1) == []


def test_places_are_those_of_words_counted_by_hand() -> None:
    chance = random.Random(2)
    for _ in range(200):
        words = [chance.choice(("ab", "Ünal", "x1", "ب", "F-16")) for _ in range(12)]
        texts = Texts(body="; ".join(words))
        first = chance.randrange(12)
        last = chance.randrange(first, 12)
        start = len("; ".join(words[:first])) + (2 if first else 0)
        end = len("; ".join(words[: last + 1]))
        mention = Mention(1, *HAFTAR[:2], "x", "body", start, end)
        document = SearchDocument(1, texts, entities=(HAFTAR,), entity_spans=(mention,))
        assert rows(Shelf(document), "type", "person", 1) == [(1, "body", first, last)]
