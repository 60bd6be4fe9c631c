"""A check finds what is wrong with an index although every byte is as it was written."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from reader.domain.article import SearchDocument, Texts
from reader.search.builder import Builder
from reader.search.index import Index
from reader.search.manifest import Entry, Manifest, new_name, write
from reader.search.pack import Memory, PackWriter

NOW = datetime(2024, 12, 18, 12, tzinfo=UTC)


def article(number: int) -> SearchDocument:
    texts = Texts(
        "Air-defence systems", "S-400 delivered. More to come", "The defences of Tobruk " * 3
    )
    return SearchDocument(number, texts, "A. Writer", "https://a.example/", "en", sorted_at=NOW)


def index_of(folder: Path, *segments: Memory) -> None:
    folder.mkdir()
    entries = []
    for arrays in segments:
        entry = Entry(new_name(), len(arrays["id"]))
        with PackWriter(folder / entry.file) as pack:
            for name, values in arrays.items():
                pack.put(name, values)
            pack.finish()
        entries.append(entry)
    write(folder, Manifest(1, tuple(entries)))


def built(*ids: int) -> Memory:
    builder = Builder()
    for number in ids:
        builder.add(article(number))
    return builder.arrays()


def problem(folder: Path) -> str:
    with Index.open(folder) as index:
        return index.check([1, 2, 3]).problem


def test_an_index_that_is_right_has_no_problem(tmp_path: Path) -> None:
    index_of(tmp_path / "index", built(1, 2), built(3))
    assert problem(tmp_path / "index") == ""


def test_an_article_in_two_segments_is_found(tmp_path: Path) -> None:
    index_of(tmp_path / "index", built(1, 2), built(2, 3))
    with Index.open(tmp_path / "index") as index:
        checked = index.check([1, 2, 3])
    assert (checked.twice, checked.good) == ((2,), False)


def _more(values: np.ndarray) -> np.ndarray:
    return values.astype(np.int64) + 1_000_000


def _turned(values: np.ndarray) -> np.ndarray:
    return values[::-1].copy()


def _shorter(values: np.ndarray) -> np.ndarray:
    return values[:-1]


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        ("text/words/docs", _more, "a document that there is not"),
        ("text/words/docs", _turned, "out of order"),
        ("text/words/times", _more, "other positions"),
        ("text/words/positions", _more, "behind the end"),
        ("text/words/positions", _shorter, "does not divide"),
        ("text/words/posts", _more, "does not divide"),
        ("author/words/places", _turned, "does not divide"),
        ("text/words/blob", _turned, "out of order"),
        ("text/pairs/starts", _shorter, "does not divide|out of order"),
        ("stems/en/words/forms", _more, "a word that there is not"),
        ("stems/en/words/at", _more, "does not divide"),
        ("sentences/at", _shorter, "does not divide"),
        ("end", _shorter, "not of 3 documents"),
        ("sorted_at", _shorter, "not of 3 documents"),
    ],
)
def test_a_table_that_is_wrong_in_itself_is_named(
    tmp_path: Path, name: str, change: Callable[[np.ndarray], np.ndarray], says: str
) -> None:
    arrays = built(1, 2, 3)
    arrays[name] = change(arrays[name])
    index_of(tmp_path / "index", arrays)
    found = problem(tmp_path / "index")
    assert "is damaged" in found
    assert any(one in found for one in says.split("|"))
    assert "index rebuild" in found
