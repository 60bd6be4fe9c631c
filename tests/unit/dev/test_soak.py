"""Samples of the long proofs; in full by `python -m reader.dev soak`."""

from pathlib import Path

import pytest

from reader.dev import libraries, soak
from reader.dev.feedserver import FeedServer, Plan
from reader.paths import LibraryPaths
from reader.search.index import Index
from reader.store.store import Store


@pytest.mark.slow
def test_a_collector_killed_at_random_moments_loses_nothing_and_converges(tmp_path: Path) -> None:
    assert "nothing lost or twice" in soak.collector(tmp_path, 2, seed=11)


@pytest.mark.slow
def test_a_writer_killed_at_random_moments_keeps_what_it_said_was_written(tmp_path: Path) -> None:
    assert "none lost" in soak.store(tmp_path, 3, seed=11)


def broken(folder: Path, tries: int, seed: int) -> str:
    raise soak.SoakError(f"{tries} tries were one too many.")


def test_the_first_broken_promise_ends_the_proof_with_its_seed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(soak.SOAKS, "store", (broken, "broken"))
    assert soak.main(["store", "--tries", "3", "--seed", "7"]) == 1
    assert capsys.readouterr().err == "store --seed 7: 3 tries were one too many.\n"


def test_all_proofs_of_searching_run_by_one_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in soak.GROUPS["search"]:
        monkeypatch.setitem(soak.SOAKS, name, (lambda _folder, tries, _seed: f"{tries} held", ""))
    assert soak.main(["search", "--tries", "4"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in told] == soak.GROUPS["search"]
    assert len(told) == 4
    assert all("4 held" in line for line in told)


def stored(tmp_path: Path, numbers: range) -> LibraryPaths:
    paths = LibraryPaths(tmp_path / "library")
    with Store.open(paths) as store:
        feed = libraries.invented_feed(store, 0)
        for number in numbers:
            libraries.add(store, feed, number)
    return paths


def test_an_article_that_is_gone_is_noticed(tmp_path: Path) -> None:
    paths = stored(tmp_path, range(3))
    held = soak._nothing_lost(paths, set(), 1)
    assert len(held) == 3
    with pytest.raises(soak.SoakError, match=r"lost .'https://example.org/7'"):
        soak._nothing_lost(paths, {*held, "https://example.org/7"}, 2)


def test_an_unsound_database_is_noticed(tmp_path: Path) -> None:
    paths = stored(tmp_path, range(3))
    with Store.open(paths) as store:
        store.connection.execute("UPDATE library_tally SET articles = 99")
        store.connection.commit()
    with pytest.raises(soak.SoakError, match="counts of the whole library"):
        soak._nothing_lost(paths, set(), 1)


def test_articles_that_were_served_but_not_stored_are_noticed(tmp_path: Path) -> None:
    paths = stored(tmp_path, range(1))
    Index.open(paths.index, write=True).close()
    refused = pytest.raises(soak.SoakError, match=r"Not converged: never served .*missing")
    with FeedServer(Plan(1, 2, words=30, latency=(0.0, 0.0))) as server, refused:
        soak._converged(paths, server, set())
