"""Samples of the long proofs of searching, and that each notices what it is there to notice."""

import random
from array import array
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from reader.dev import libraries, soak_input, soak_kills, soak_search
from reader.dev.promise import SoakError
from reader.domain.search import Found
from reader.errors import QueryError
from reader.paths import LibraryPaths
from reader.search.index import Index
from reader.store.store import Store

# -- hits


def test_index_matcher_and_judge_agree_on_a_sample(tmp_path: Path) -> None:
    assert "60 queries" in soak_search.agreement(tmp_path, 6, seed=11, articles=40)


def test_hits_are_those_of_stock_whoosh_on_a_sample(tmp_path: Path) -> None:
    assert "30 queries" in soak_search.against_whoosh(tmp_path, 3, seed=11, articles=70)


def test_hits_that_differ_from_those_of_stock_whoosh_are_noticed(tmp_path: Path) -> None:
    chance = random.Random(1)
    documents = soak_search._library(chance, 30)
    word = documents[4].texts.body.split()[0]
    stock = soak_search._stock(documents)
    with Index.open(tmp_path / "index", write=True) as index, stock.searcher() as searcher:
        soak_search._fill(index, documents)
        assert soak_search._same(index, searcher, ("word", "", [word]), 1) >= 1
        index.delete([documents[4].id])
        index.commit()
        with pytest.raises(SoakError, match=r'Seed 1: "\w+" finds .* and not \[5'):
            soak_search._same(index, searcher, ("word", "", [word]), 1)


def test_only_mistyped_words_without_a_swap_are_compared() -> None:
    assert soak_search._swaps_make_no_difference("bada", ["bade", "badara"], 1)
    assert not soak_search._swaps_make_no_difference("bada", ["bdaa"], 1)


# -- input


def test_anything_typed_gives_results_or_a_sentence_on_a_sample(tmp_path: Path) -> None:
    told = soak_input.anything(tmp_path, 4, seed=11)
    assert told.startswith("200 inputs: ")
    found, hints, refused = (int(n) for n in _numbers(told)[1:4])
    assert found > 5 < hints
    assert refused > 20
    assert found + hints + refused == 200


def _numbers(text: str) -> list[str]:
    return "".join(c if c.isdecimal() else " " for c in text).split()


def test_all_ways_of_typing_are_tried() -> None:
    texts = [soak_input.typed(random.Random(number)) for number in range(300)]
    assert any(text in soak_input.REAL for text in texts)
    assert any(len(text) > 1_000 for text in texts)
    assert any("\ud800" in text for text in texts)
    assert len(set(texts)) > 250


class Answering:
    """A finder with one answer for everything."""

    def __init__(self, answer: Any) -> None:
        self._answer = answer

    def found(self, text: str, *, limit: int) -> Any:
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        (ZeroDivisionError("oh"), "ends in ZeroDivisionError"),
        (Found(0, ()), "finds nothing, and nobody says why"),
        (QueryError(""), "refused without a sentence"),
        (QueryError("Too far.", 9), "refused without a sentence"),
    ],
)
def test_an_input_that_is_not_answered_well_is_noticed(answer: Any, wrong: str) -> None:
    finder: Any = Answering(answer)
    with pytest.raises(SoakError, match=rf"seed 1: 'army' .*{wrong}"):
        soak_input._answer(finder, "army", "seed 1")


def test_answers_are_told_apart() -> None:
    found: Any = Answering(Found(1, ()))
    hint: Any = Answering(Found(0, (), "Nothing."))
    refused: Any = Answering(QueryError("Not so.", 2))
    told = [soak_input._answer(finder, "army", "") for finder in (found, hint, refused)]
    assert told == ["found", "hint", "refused"]


# -- kills


@pytest.mark.slow
def test_a_writer_killed_at_random_moments_leaves_a_whole_index(tmp_path: Path) -> None:
    told = soak_kills.killed(tmp_path, 1, seed=11)
    assert told.startswith("1 writers killed, ")
    assert int(_numbers(told)[2]) > 1


def filled(tmp_path: Path) -> LibraryPaths:
    paths = LibraryPaths(tmp_path / "library")
    with soak_kills.desk(paths) as opened:
        with opened.store.transaction():
            feed = libraries.invented_feed(opened.store, 0)
            ids = [libraries.add(opened.store, feed, number) for number in range(3)]
            opened.store.queue.push(ids)
        while opened.upkeep.some() is not None:
            pass
    soak_kills._whole(paths, "here")
    return paths


def test_an_article_that_the_index_lost_is_noticed(tmp_path: Path) -> None:
    paths = filled(tmp_path)
    with Index.open(paths.index, write=True) as index:
        index.delete([2])
        index.commit()
    with pytest.raises(SoakError, match=r"kill 3: lost \[2\]"):
        soak_kills._whole(paths, "kill 3")


def test_an_article_that_still_waits_to_be_indexed_is_not_lost(tmp_path: Path) -> None:
    paths = filled(tmp_path)
    with Index.open(paths.index, write=True) as index, Store.open(paths) as store:
        index.delete([2])
        index.commit()
        with store.transaction():
            store.queue.push([2])
    soak_kills._whole(paths, "kill 4")


def test_an_index_that_does_not_open_is_noticed(tmp_path: Path) -> None:
    paths = filled(tmp_path)
    for file in paths.index.iterdir():
        if file.suffix == ".json":
            file.write_text("{")
    with pytest.raises(SoakError, match="kill 5: the index does not open"):
        soak_kills._whole(paths, "kill 5")


def test_a_reader_that_contradicts_itself_is_noticed() -> None:
    hits = SimpleNamespace(total=3, ids=array("q", [1, 2, 2]))
    index: Any = SimpleNamespace(search=lambda *_, **__: hits, count=lambda *_: 3)
    with pytest.raises(SoakError, match=r"army counts 3 and lists \[1, 2, 2\] of 3"):
        soak_kills._consistent(index, "army", "date")


def test_a_process_that_does_not_start_is_noticed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SoakError, match="was to search did not start"):
        soak_kills._start("search", LibraryPaths(tmp_path / "nothing"), 1)
    assert "There is no search index" in capfd.readouterr().err
