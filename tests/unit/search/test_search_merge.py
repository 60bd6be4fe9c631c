"""A merged segment is the one that would have been built of the same articles at once."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from reader.domain.article import SearchDocument, Texts
from reader.search import merge_forms, merge_lists
from reader.search.builder import Builder
from reader.search.merge import Merger, Part
from reader.search.pack import Memory, Pack

WORDS = [
    "the", "of", "defence", "defences", "defend", "S-400", "S-400s", "F-16", "WHO", "who", "Élysée",
    "elysee", "air-defence", "Хафтар", "ракеты", "ракета", "covid-19", "don't", "Straße", "北京",
    "maison", "maisons", "défense", "C++", "AT&T", "Haftar's", "والجيش",
]  # fmt: skip
LANGUAGES = ("en", "en-GB", "fr", "ru", "", "xx")


def article(number: int, chance: random.Random) -> SearchDocument:
    def text(most: int) -> str:
        made = chance.choices(WORDS, k=chance.randrange(most))
        made += [f"word{chance.randrange(300)}" for _ in range(chance.randrange(most))]
        chance.shuffle(made)
        return " ".join(word + chance.choice([".", "", "", ""]) for word in made)

    at = datetime(2024, 12, 18, tzinfo=UTC) - timedelta(minutes=chance.randrange(10**6))
    return SearchDocument(
        number,
        Texts(text(5), text(8), text(40)),
        author=text(3),
        url=f"https://example.org/{chance.randrange(50)}",
        language=chance.choice(LANGUAGES),
        sorted_at=at if chance.random() < 0.9 else None,
        first_seen=at,
    )


def written(folder: Path, articles: Sequence[SearchDocument]) -> Pack:
    builder, path = Builder(), folder / f"{len(list(folder.iterdir()))}.segment"
    for one in articles:
        builder.add(one)
    builder.write(path)
    return Pack(path)


def at_once(articles: Sequence[SearchDocument]) -> Memory:
    builder = Builder()
    for one in articles:
        builder.add(one)
    return builder.arrays()


def merge(parts: Sequence[Part], path: Path) -> Pack:
    merger = Merger(parts, path)
    for _ in merger.work():
        pass
    merger.close()
    return Pack(path)


def assert_same(merged: Pack, expected: Memory) -> None:
    merged.verify()
    assert sorted(merged.names()) == sorted(expected)
    for name, values in expected.items():
        found = merged.array(name)
        assert np.array_equal(found, values), name
        if name not in ("id", "sorted_at", "first_seen"):
            assert found.itemsize == np.min_scalar_type(int(values.max(initial=0))).itemsize, name


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("budget", [1, 60, 150_000])
def test_a_merge_writes_what_the_builder_would_have_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, budget: int
) -> None:
    monkeypatch.setattr(merge_lists, "BUDGET", budget)
    monkeypatch.setattr(merge_forms, "_STEMS_AT_ONCE", budget)
    chance = random.Random(seed)
    parts, stay = [], []
    for number in range(chance.randrange(1, 6)):
        articles = [article(number * 100 + i, chance) for i in range(chance.randrange(1, 25))]
        share = chance.choice([0.0, 0.0, 0.3, 0.9, 1.0])
        deleted = np.array([chance.random() < share for _ in articles])
        parts.append(Part(written(tmp_path, articles), deleted))
        stay += [one for one, gone in zip(articles, deleted, strict=True) if not gone]
    assert_same(merge(parts, tmp_path / "merged"), at_once(stay))
