"""Merging in steps: nothing is lost, whatever else is done meanwhile, and whatever goes wrong."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.domain.article import SearchDocument, Texts
from reader.errors import IndexFailure
from reader.search import tiers, writing
from reader.search.index import Index, Merging
from reader.search.language import parse
from reader.search.tiers import CAP, Size, choose
from tests.helpers.search_oracle import Predicates

NOW = datetime(2024, 12, 18, 12, tzinfo=UTC)


def article(number: int, title: str = "common") -> SearchDocument:
    return SearchDocument(number, Texts(f"{title} word{number}"), sorted_at=NOW, first_seen=NOW)


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a merge takes several; and nothing is synced, for no power is lost here."""
    monkeypatch.setattr("reader.search.merging._STEP", 0.0)
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """Twelve segments, so that there is something to merge."""
    with Index.open(tmp_path / "index", write=True) as opened:
        for number in range(12):
            opened.add([article(number)])
            opened.commit()
        yield opened


def matching(index: Index, typed: str = "common") -> list[int]:
    return index.matching(parse(typed, NOW, UTC), Predicates([])).tolist()


def started(index: Index) -> Merging:
    merging = index.merging()
    assert merging is not None
    return merging


def finish(index: Index) -> None:
    while merging := index.merging():
        while not merging.closed:
            merging.step()
    index.refresh()


def files(index: Index, tmp_path: Path) -> int:
    """Checks that there are no others than a segment each, the manifest, the lock and bitmaps."""
    names = sorted(entry.name for entry in (tmp_path / "index").iterdir())
    segments = [name for name in names if name.endswith(".segment")]
    assert len(segments) == index.segments
    assert {"index.json", "write.lock"} <= set(names)
    return len(names) - len(segments) - 2


def test_merging_leaves_few_segments_and_the_same_answers(index: Index, tmp_path: Path) -> None:
    finish(index)
    assert index.segments <= 8
    assert matching(index) == list(range(12))
    assert index.check(range(12)).good
    assert files(index, tmp_path) == 0


def test_the_last_step_says_that_all_is_done(index: Index) -> None:
    merging = started(index)
    done, total = merging.step()
    while done < total:
        done, total = merging.step()
    assert merging.closed
    assert merging.step() == (total, total)


def test_a_merge_is_seen_by_a_reader_that_refreshes(index: Index, tmp_path: Path) -> None:
    with Index.open(tmp_path / "index") as reader:
        finish(index)
        assert matching(reader) == list(range(12))
        assert reader.refresh()
        assert reader.segments == index.segments
        assert matching(reader) == list(range(12))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_between_the_steps_is_kept(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    there: dict[int, str] = {}
    committed: dict[int, str] = {}
    with Index.open(tmp_path / "index", write=True) as index:
        for _ in range(120):
            kind = chance.random()
            if kind < 0.35:
                some = {chance.randrange(60): chance.choice("abc") for _ in range(3)}
                index.add([article(number, f"common {title}") for number, title in some.items()])
                there |= some
            elif kind < 0.45:
                gone = {chance.randrange(60) for _ in range(4)}
                assert index.delete(gone) == len(gone & there.keys())
                there = {n: title for n, title in there.items() if n not in gone}
            elif kind < 0.65:
                index.commit()
                committed = dict(there)
            elif merging := index.merging():
                for _ in range(chance.randrange(1, 60)):
                    merging.step()
                index.refresh()
            assert matching(index) == sorted(committed)
            for title in "abc":
                named = [n for n, known in committed.items() if known == title]
                assert matching(index, f"title:{title}") == sorted(named)
        assert index.check(committed).good
    with Index.open(tmp_path / "index", write=True) as index:
        finish(index)
        assert index.check(committed).good
        files(index, tmp_path)


def test_a_merge_given_up_leaves_no_trace(index: Index, tmp_path: Path) -> None:
    merging = started(index)
    merging.step()
    merging.close()
    assert index.segments == 12
    assert files(index, tmp_path) == 0
    assert started(index) is not merging


def test_closing_the_index_gives_up_the_merge(index: Index, tmp_path: Path) -> None:
    merging = started(index)
    index.close()
    assert merging.closed
    with Index.open(tmp_path / "index") as reader:
        assert matching(reader) == list(range(12))
        files(reader, tmp_path)


def test_there_is_one_merge_at_a_time(index: Index) -> None:
    assert started(index) is started(index)


@pytest.mark.parametrize("size", [100, 1500])
def test_a_full_disk_in_a_merge_leaves_the_index_as_it_was(
    index: Index, tmp_path: Path, size: int
) -> None:
    resource = pytest.importorskip("resource", reason="not on this system")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        with pytest.raises(IndexFailure, match="cannot be written"):
            finish(index)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert matching(index) == list(range(12))
    assert files(index, tmp_path) == 0
    finish(index)
    assert index.check(range(12)).good


def test_a_full_disk_in_a_commit_leaves_nothing_behind(index: Index, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="not on this system")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    index.add([article(n, "many words of another " * 40) for n in range(5, 50)])
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, limits[1]))
    try:
        with pytest.raises(IndexFailure, match="free space"):
            index.commit()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert files(index, tmp_path) == 0
    assert matching(index) == list(range(12))
    index.commit()
    assert index.check(range(12)).good


def test_more_than_fits_in_memory_is_one_commit_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_MOST_WAITING", 3)
    with Index.open(tmp_path / "index", write=True) as index:
        index.add(article(n % 7, f"common v{n}") for n in range(10))
        assert matching(index) == []
        index.delete([1, 5])
        index.commit()
        assert matching(index) == [0, 2, 3, 4, 6]
        assert matching(index, "v7 OR v8 OR v9") == [0, 2]
        assert matching(index, "v0 OR v1 OR v2") == []
        index.add(article(n, "dropped") for n in range(10))
    with Index.open(tmp_path / "index", write=True) as index:
        index.add([])
        assert files(index, tmp_path) >= 0
        assert index.check([0, 2, 3, 4, 6]).good


def test_a_commit_merges_by_itself_before_too_many_files_are_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.search.index._CROWD", 9)
    with Index.open(tmp_path / "index", write=True) as index:
        for number in range(12):
            index.add([article(number)])
            index.commit()
            assert index.segments <= 9
        assert matching(index) == list(range(12))


def test_a_segment_of_which_nothing_is_left_goes(index: Index, tmp_path: Path) -> None:
    index.delete(range(11))
    index.commit()
    assert index.segments == 1
    assert files(index, tmp_path) == 0


def test_deleted_documents_are_counted_until_they_are_merged_away(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index", write=True) as index:
        index.add(article(n) for n in range(10))
        index.commit()
        index.delete(range(3))
        index.commit()
        assert (index.info().documents, index.info().deleted) == (7, 3)
        finish(index)
        assert (index.info().documents, index.info().deleted) == (7, 0)
        assert files(index, tmp_path) == 0


# -- which segments


def test_few_segments_are_left_alone() -> None:
    assert choose([Size(10**n, 0) for n in range(4)]) == []


def test_many_deleted_documents_are_worth_writing_a_segment_again() -> None:
    assert choose([Size(1000, 199), Size(1000, 201)]) == [1]


def test_the_smallest_are_merged_first() -> None:
    sizes = [Size(2000 + n, 0) for n in range(7)] + [Size(3, 0), Size(1, 0), Size(80_000, 40_000)]
    assert choose(sizes)[:2] == [8, 7]
    assert 9 not in choose(sizes)


@pytest.mark.parametrize("batch", [20, 200, 7_000])
def test_an_index_that_grows_keeps_few_segments_and_seldom_writes_an_article_again(
    batch: int,
) -> None:
    sizes: list[int] = []
    written = 0
    batches = 1_000
    for _ in range(batches):
        sizes.append(batch)
        while chosen := choose([Size(size, 0) for size in sizes]):
            merged = sum(sizes[index] for index in chosen)
            assert merged <= CAP
            written += merged
            sizes = [s for index, s in enumerate(sizes) if index not in chosen] + [merged]
        full = sum(size > CAP // 2 for size in sizes)
        assert len(sizes) <= max(4, full + 3)
    assert written <= 35 * batch * batches


def test_no_more_are_merged_at_once_than_files_may_be_open() -> None:
    assert len(choose([Size(1, 0)] * 5_000)) == tiers._AT_ONCE


# -- kills

_WRITER = """
    import sys
    from pathlib import Path
    from reader.domain.article import SearchDocument, Texts
    from reader.search import merging
    from reader.search.index import Index

    merging._STEP = 0.0
    with Index.open(Path(sys.argv[1]), write=True) as index:
        for number in range(1, 10_000):
            index.add([SearchDocument(number, Texts(f"word{number} common"))])
            index.delete([number - 5])
            index.commit()
            sys.stdout.write(f"{number}\\n")
            sys.stdout.flush()
            for _ in range(7):
                if merge := index.merging():
                    merge.step()
"""


@pytest.mark.parametrize("seed", range(3))
def test_a_kill_while_merging_loses_nothing_committed(tmp_path: Path, seed: int) -> None:
    folder = tmp_path / "index"
    command = [sys.executable, "-c", textwrap.dedent(_WRITER), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = "".join(writer.stdout.readline() for _ in range(12))
        _read_along(folder, random.Random(seed).uniform(0, 0.4))
        writer.send_signal(signal.SIGKILL)
        said += writer.stdout.read()
    committed = len(said.splitlines())
    with Index.open(folder, write=True) as index:
        ids = matching(index)
        assert ids in [list(range(last - 4, last + 1)) for last in (committed, committed + 1)]
        finish(index)
        index.commit()
        assert index.check(ids).good
        files(index, tmp_path)


def _read_along(folder: Path, seconds: float) -> None:
    """Another process that reads meanwhile meets whole generations only."""
    until = time.monotonic() + seconds
    with Index.open(folder) as reader:
        while time.monotonic() < until:
            ids = matching(reader)
            assert ids == list(range(ids[0], ids[0] + 5))
            reader.refresh()
