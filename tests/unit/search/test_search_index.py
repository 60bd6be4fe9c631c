"""The index finds what it was given, survives what befalls it, and says what to do otherwise."""

import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from array import array
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from whoosh.query import TermRange

from reader.domain.article import SearchDocument, Texts
from reader.errors import IndexFailure
from reader.search import manifest, storage
from reader.search.dates import to_ms
from reader.search.index import Index, swap
from reader.search.language import parse
from reader.search.segment import UNKNOWN
from tests.helpers.search_oracle import Predicates

NOW = datetime(2024, 12, 18, 12, tzinfo=UTC)


def article(number: int, title: str = "", body: str = "", days: float = 0) -> SearchDocument:
    at = NOW - timedelta(days=days)
    return SearchDocument(number, Texts(title, "", body), sorted_at=at, first_seen=at)


ARTICLES = [
    article(1, "Haftar meets Burns", "Nothing more was said", days=3),
    article(2, "Other news", "The general, Haftar, and again Haftar", days=1),
    article(3, "Tobruk", "A port", days=2),
]


@pytest.fixture(autouse=True)
def unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    """No power is lost here, and a kill loses nothing that was written."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.open(tmp_path / "index", write=True) as opened:
        opened.add(ARTICLES)
        opened.commit()
        yield opened


def found(index: Index, typed: str, **options: object) -> list[int]:
    hits = index.search(parse(typed, NOW, UTC), Predicates(ARTICLES), **options)  # type: ignore[arg-type]
    return hits.ids.tolist()


def test_the_newest_comes_first(index: Index) -> None:
    assert found(index, "haftar OR tobruk") == [2, 3, 1]


def test_a_word_in_the_title_weighs_most(index: Index) -> None:
    assert found(index, "haftar", sort="score") == [1, 2]


def test_equal_scores_come_newest_first(index: Index) -> None:
    index.add([article(n, "Same words", days=d) for n, d in ((7, 5), (8, 1), (9, 1))])
    index.commit()
    assert found(index, "same words", sort="score") == [9, 8, 7]


def test_the_total_is_exact_whatever_the_limit(index: Index) -> None:
    hits = index.search(parse("haftar OR tobruk"), Predicates(ARTICLES), limit=1)
    assert (hits.total, hits.ids.tolist()) == (3, [2])
    assert index.count(parse("haftar OR tobruk"), Predicates(ARTICLES)) == 3
    assert index.matching(parse("haftar OR tobruk"), Predicates(ARTICLES)).tolist() == [1, 2, 3]


def test_a_document_replaces_the_one_of_its_id(index: Index) -> None:
    index.add([article(1, "Khmeimim")])
    index.add([article(1, "Tartus")])
    index.commit()
    assert found(index, "tartus") == [1]
    assert found(index, "khmeimim OR burns") == []
    assert index.check([1, 2, 3]).good


def test_what_is_deleted_is_gone_also_for_exclusions(index: Index) -> None:
    assert index.delete([2, 99]) == 1
    index.commit()
    assert found(index, "haftar OR port") == [3, 1]
    assert found(index, "date:2024 -burns") == [3]


def test_what_is_not_committed_is_not_found_and_forgotten(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index", write=True) as first:
        first.add(ARTICLES)
        assert found(first, "haftar") == []
    with Index.open(tmp_path / "index", write=True) as second:
        assert second.info().documents == 0
        second.add(ARTICLES)
        second.commit()
        assert second.info().documents == 3


def test_a_reader_sees_what_is_committed_when_it_refreshes(index: Index, tmp_path: Path) -> None:
    with Index.open(tmp_path / "index") as reader:
        index.add([article(4, "Benghazi")])
        index.delete([1])
        index.commit()
        assert found(reader, "benghazi OR burns") == [1]
        assert reader.refresh()
        assert found(reader, "benghazi OR burns") == [4]
        assert not reader.refresh()


def test_a_second_writer_is_told_to_wait(index: Index, tmp_path: Path) -> None:
    index.add([article(5)])
    with (
        Index.open(tmp_path / "index", write=True) as second,
        pytest.raises(IndexFailure, match="Another program is writing"),
    ):
        second.add([article(6)])


def test_a_reader_refuses_to_write(index: Index, tmp_path: Path) -> None:
    with (
        Index.open(tmp_path / "index") as reader,
        pytest.raises(IndexFailure, match="reading only"),
    ):
        reader.add(ARTICLES)


def test_a_check_names_what_is_missing_and_what_is_too_much(index: Index) -> None:
    checked = index.check([2, 3, 4])
    assert (checked.missing, checked.extra, checked.good) == ((4,), (1,), False)


@pytest.mark.parametrize("collection", [list, set, tuple, lambda ids: array("q", ids)])
def test_filters_may_answer_with_any_collection(
    index: Index, collection: Callable[[list[int]], Collection[int]]
) -> None:
    class Given:
        def ids(self, field: str, value: str) -> Collection[int]:
            return collection([3, 1, 77] if value == "x" else [])

    assert index.matching(parse("tag:x"), Given()).tolist() == [1, 3]
    assert index.matching(parse("haftar -tag:x"), Given()).tolist() == [2]
    assert index.matching(parse("tag:y"), Given()).tolist() == []


def test_facts_tell_the_date_and_language_of_every_match(tmp_path: Path) -> None:
    dated = {1: ("en", 5), 2: ("ru", 3), 3: ("en", 1), 4: ("", 2), 5: ("ru", 9)}
    with Index.open(tmp_path / "index", write=True) as index:
        for number, (language, days) in dated.items():  # so that segments know other languages
            title = "Haftar" if number < 5 else "Tobruk"
            index.add([replace(article(number, title, days=days), language=language)])
            if number % 2:
                index.commit()
        index.add([SearchDocument(6, Texts("Haftar"))])
        index.commit()
        facts = index.facts(parse("haftar"), Predicates([]))
    found = zip(facts.ids.tolist(), facts.sorted_at.tolist(), facts.language.tolist(), strict=True)
    assert {number: (facts.languages[row], at) for number, at, row in found} == {
        number: (language, to_ms(NOW - timedelta(days=days)))
        for number, (language, days) in dated.items()
        if number < 5
    } | {6: ("", UNKNOWN)}


def test_spellings_are_words_that_the_index_knows_commonest_first(index: Index) -> None:
    assert index.spellings("hafter") == [("haftar", 2)]
    index.add([article(7, "Hafter"), article(8, "Hafter"), article(9, "Hafter")])
    index.commit()
    assert index.spellings("haftr", 1) == [("hafter", 3), ("haftar", 2)]
    assert index.spellings("xyzxyzxyz") == []


@pytest.mark.parametrize("sort", ["date", "score"])
@pytest.mark.parametrize("limit", [0, 1, 7, 40, 100])
def test_a_limit_gives_the_beginning_of_the_whole_list(
    tmp_path: Path, sort: str, limit: int
) -> None:
    chance = random.Random(limit)
    with Index.open(tmp_path / "index", write=True) as index:
        for start in range(0, 60, 20):
            titles = (" ".join(["tobruk"] * chance.randrange(4)) for _ in range(20))
            index.add(
                article(start + n, title, days=chance.randrange(5))
                for n, title in enumerate(titles)
            )
            index.commit()
        whole = found(index, "tobruk", sort=sort)
        assert found(index, "tobruk", sort=sort, limit=limit) == whole[:limit]


def test_what_only_whoosh_knows_is_left_to_whoosh(index: Index) -> None:
    asked = parse("haftar", NOW, UTC)
    asked.__dict__["tree"] = TermRange("text", "burma", "byzantium")
    assert index.matching(asked, Predicates(ARTICLES)).tolist() == [1]


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index", write=True) as index:
        assert found(index, "haftar -b", sort="score") == []
        assert index.check([]).good


def test_an_article_without_words_or_dates_can_be_filtered(tmp_path: Path) -> None:
    bare = SearchDocument(1, Texts())
    with Index.open(tmp_path / "index", write=True) as index:
        index.add([bare])
        index.commit()
        assert index.matching(parse("is:unread"), Predicates([bare])).tolist() == [1]
        assert index.matching(parse("date:..2100"), Predicates([bare])).tolist() == []


def test_a_missing_index_is_made_only_for_writing(tmp_path: Path) -> None:
    with pytest.raises(IndexFailure, match="no search index"):
        Index.open(tmp_path / "index")
    assert not (tmp_path / "index").exists()


def test_an_index_killed_before_it_was_created_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "index.json.tmp").write_text("{")
    with pytest.raises(IndexFailure, match="no search index"):
        Index.open(tmp_path / "index")
    Index.open(tmp_path / "index", write=True).close()
    Index.open(tmp_path / "index").close()


def test_a_folder_of_somebody_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(IndexFailure, match="something else"):
        Index.open(tmp_path, write=True)
    with pytest.raises(IndexFailure, match="something else"):
        Index.create(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"format": storage.FORMAT + 1}, "newer version"),
        ({"format": "new"}, "newer version"),
        ({"format": 1}, "older version"),
        ({"schema": "other"}, "older version"),
        ({"program": "other"}, "something else"),
    ],
)
def test_another_format_is_refused(
    index: Index, tmp_path: Path, change: dict[str, object], says: str
) -> None:
    marker = tmp_path / "index" / manifest.NAME
    marker.write_text(json.dumps(json.loads(marker.read_text()) | change))
    with pytest.raises(IndexFailure, match=says):
        Index.open(tmp_path / "index", write=True)


def test_an_index_of_the_first_format_is_said_to_be_older(tmp_path: Path) -> None:
    marker = {"program": "media-reader", "format": 1, "schema": "0123456789abcdef"}
    (tmp_path / "media-reader-index.json").write_text(json.dumps(marker))
    (tmp_path / "_MAIN_1.toc").write_bytes(b"pickles")
    for write in (False, True):
        with pytest.raises(IndexFailure, match="older version"):
            Index.open(tmp_path, write=write)
    with Index.create(tmp_path) as index:
        assert index.check([]).good
    assert [entry.name for entry in tmp_path.iterdir()] == ["index.json"]


@pytest.mark.parametrize("ending", ["index.json", ".segment", ".deleted"])
@pytest.mark.parametrize("content", [b"", b"\x00" * 40, b"nonsense" * 20, b"[]", b"{}"])
def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path, ending: str, content: bytes) -> None:
    folder = tmp_path / "index"
    with Index.open(folder, write=True) as index:
        index.add(ARTICLES)
        index.commit()
        index.delete([1])
        index.commit()
    (damaged,) = [file for file in folder.iterdir() if file.name.endswith(ending)]
    damaged.write_bytes(content)
    with pytest.raises(IndexFailure, match=r"index rebuild|something else"):
        Index.open(folder)


def test_a_check_finds_every_changed_byte(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with Index.open(folder, write=True) as index:
        index.add(ARTICLES)
        index.commit()
    (file,) = folder.glob("*.segment")
    whole = file.read_bytes()
    used = [(at, at + size) for at, size in _arrays(file)]
    for at in random.Random(1).sample([n for low, high in used for n in range(low, high)], 40):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        try:
            with Index.open(folder) as index:
                problem = index.check([1, 2, 3]).problem
        except IndexFailure as failure:
            problem = str(failure)
        assert "index rebuild" in problem
    file.write_bytes(whole)
    with Index.open(folder) as index:
        assert index.check([1, 2, 3]).good


def _arrays(file: Path) -> Iterator[tuple[int, int]]:
    """Where the arrays of a segment lie, and their bytes."""
    content = file.read_bytes()
    length = int.from_bytes(content[-20:-12], "little")
    table = json.loads(content[-20 - length : -20])
    for dtype, offset, count, _crc in table.values():
        yield offset, count * np.dtype(dtype).itemsize


def test_a_rebuilt_index_takes_the_place_of_the_old_one(index: Index, tmp_path: Path) -> None:
    with Index.create(tmp_path / "index.new") as new:
        new.add([article(9, "Rebuilt")])
        new.commit()
    index.close()
    swap(tmp_path / "index", tmp_path / "index.new")
    with Index.open(tmp_path / "index") as again:
        assert found(again, "rebuilt") == [9]
    assert [entry.name for entry in tmp_path.iterdir()] == ["index"]


def test_a_reader_finds_the_swapped_index_when_it_refreshes(tmp_path: Path) -> None:
    for name, title in (("index", "before"), ("index.new", "after")):
        with Index.create(tmp_path / name) as index:  # both are of the same generation
            index.add([article(1, title)])
            index.commit()
    with Index.open(tmp_path / "index") as reader:
        swap(tmp_path / "index", tmp_path / "index.new")
        assert found(reader, "before") == [1]
        assert reader.refresh()
        assert found(reader, "after") == [1]


def test_a_half_removed_index_can_be_created_anew(index: Index, tmp_path: Path) -> None:
    index.close()
    (tmp_path / "index" / manifest.NAME).unlink()
    with pytest.raises(IndexFailure, match="index rebuild"):
        Index.open(tmp_path / "index", write=True)
    with Index.create(tmp_path / "index") as again:
        assert again.info().documents == 0


def test_a_full_disk_takes_back_all_since_the_last_commit(index: Index) -> None:
    resource = pytest.importorskip("resource", reason="not on this system")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    index.add([article(4, "Benghazi " + "word " * 5_000)])
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with pytest.raises(IndexFailure, match="cannot be written"):
            index.commit()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    index.add([article(6, "Sirte")])
    index.commit()
    assert found(index, "benghazi OR sirte OR burns") == [6, 1]


def test_a_reader_waits_for_a_swap_and_helps_when_it_was_killed(tmp_path: Path) -> None:
    Index.create(tmp_path / "index").close()
    (tmp_path / "index").rename(tmp_path / "index.old")
    Index.open(tmp_path / "index").close()
    assert [entry.name for entry in tmp_path.iterdir()] == ["index"]


@pytest.mark.parametrize("moment", ["parked", "moved"])
def test_a_swap_killed_half_way_leaves_one_whole_index(tmp_path: Path, moment: str) -> None:
    for name in ("index", "index.new"):
        with Index.create(tmp_path / name) as index:
            index.add(ARTICLES)
            index.commit()
    (tmp_path / "index").rename(tmp_path / "index.old")
    if moment == "moved":
        (tmp_path / "index.new").rename(tmp_path / "index")
    with Index.open(tmp_path / "index", write=True) as index:
        assert found(index, "tobruk") == [3]
    assert not (tmp_path / "index.old").exists()


_WRITER = """
    import sys
    from pathlib import Path
    from reader.domain.article import SearchDocument, Texts
    from reader.search.index import Index

    with Index.open(Path(sys.argv[1]), write=True) as index:
        for number in range(1, 400):
            index.add([SearchDocument(number, Texts(f"word{number} common"))])
            index.commit()
            sys.stdout.write(f"{number}\\n")
            sys.stdout.flush()
"""


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_kill_at_any_moment_loses_nothing_committed(tmp_path: Path, seed: int) -> None:
    folder = tmp_path / "index"
    command = [sys.executable, "-c", textwrap.dedent(_WRITER), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = writer.stdout.readline()
        time.sleep(random.Random(seed).uniform(0, 0.2))
        writer.send_signal(signal.SIGKILL)
        said += writer.stdout.read()
    committed = len(said.splitlines())
    with Index.open(folder, write=True) as index:
        ids = index.matching(parse("common"), Predicates([])).tolist()
        assert ids in ([*range(1, committed + 1)], [*range(1, committed + 2)])
        index.add([article(1000, "common")])
        index.commit()
        assert index.check([*ids, 1000]).good


def test_an_index_that_may_not_be_read_is_not_said_to_be_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    Index.create(tmp_path / "index").close()
    monkeypatch.setattr(manifest, "read", refused)
    with pytest.raises(IndexFailure, match="cannot be read: check its permissions"):
        Index.open(tmp_path / "index")
