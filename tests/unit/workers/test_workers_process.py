"""The collector as a process: asked, stopped, killed, replaced; nothing lost, nobody left over."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from reader.core import Core
from reader.domain.reports import RefreshSummary
from reader.errors import BusyError, ReaderError, StoreError
from reader.paths import LibraryPaths
from reader.settings import Settings
from reader.store.store import Store
from reader.workers import searcher
from reader.workers.ask import ask
from reader.workers.lock import CollectorLock
from reader.workers.messages import (
    Answer,
    Ask,
    CatchUp,
    Explain,
    News,
    Progress,
    Refresh,
    Refusal,
    Search,
    StopWork,
)
from reader.workers.process import Worker
from tests.helpers.rss import START, rss, subscribed
from tests.helpers.rss import serve as serve_feed
from tests.helpers.web import WebServer

pytestmark = pytest.mark.slow

PATIENCE = 60.0
"""Seconds, for whatever surely happens."""
SLOW = 2 * PATIENCE
"""Seconds until a feed comes that nobody waits for."""
FOREGROUND = """
import sys
from pathlib import Path
from reader.paths import LibraryPaths
from reader.settings import Collect, Settings
from reader.workers.serve import foreground
foreground(LibraryPaths(Path(sys.argv[1])), Settings(collect=Collect(parsers=1)), print)
"""


def silent(*_: object) -> None:
    pass


def collector(paths: LibraryPaths) -> Worker:
    return Worker("collector", "reader.workers.serve:main", paths, ())


def heard(worker: Worker, wanted: Callable[[Any], object]) -> list[Any]:
    """What the worker says, up to and with the first message that is wanted."""
    said: list[Any] = []
    while not said or not wanted(said[-1]):
        assert worker.connection.poll(PATIENCE), f"nothing more after {said}"
        said.append(worker.connection.recv())
    return said


def answered(worker: Worker, number: int) -> Any:
    """The answer to an ask, after whatever is said in between."""
    last = heard(worker, lambda m: isinstance(m, Answer | Refusal) and m.number == number)[-1]
    return last.value if isinstance(last, Answer) else last.error


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.01)


def children(pid: int) -> list[int]:
    """Of all its threads."""
    told = [task.read_text() for task in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(child) for line in told for child in line.split()]


def alive(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.fixture
def feeds(paths: LibraryPaths, web: WebServer) -> list[str]:
    urls = [serve_feed(web, f"f{n}", rss(f"f{n}", range(6)), seconds=0.01 * n) for n in range(8)]
    subscribed(paths, *urls)
    return urls


def test_asked_reports_progress_answers_and_leaves_when_the_pipe_closes(
    paths: LibraryPaths, feeds: list[str]
) -> None:
    with collector(paths) as worker:
        worker.connection.send(Ask(7, Refresh(everything=True)))
        said = heard(worker, lambda m: isinstance(m, Answer) and m.number == 7)
        summary = said[-1].value
        assert summary.new + summary.unchanged == 48, "the schedule may have been first"
        assert any(isinstance(m, Progress) and m.number == 7 for m in said)
        assert any(isinstance(m, News) and m.changes.lists for m in said)
        family = [worker.pid, *children(worker.pid)]
        assert len(family) > 1, "parsers are processes of their own"
        worker.connection.close()
        until(lambda: worker.exit_code is not None and not any(alive(pid) for pid in family))
        assert worker.exit_code == 0


def test_stopped_in_mid_refresh_answers_with_what_is_done(
    paths: LibraryPaths, web: WebServer
) -> None:
    fast = serve_feed(web, "fast", rss("fast", range(3)))
    slow = serve_feed(web, "slow", rss("slow", range(3)), seconds=SLOW)
    subscribed(paths, fast, slow)
    with collector(paths) as worker:
        worker.connection.send(Ask(1, Refresh(everything=True)))
        until(lambda: len(web.requests) >= 2 and articles(paths) == 3)
        worker.connection.send(Ask(2, StopWork()))
        assert answered(worker, 1).stopped
        worker.connection.send(Ask(3, CatchUp()))
        assert answered(worker, 3) is None
    with Core(paths) as core:
        assert core.finder.count("haftar") == 3


def articles(paths: LibraryPaths) -> int:
    with Store.open(paths, read_only=True) as store:
        return store.totals().articles


def test_closing_in_mid_refresh_waits_for_nothing(paths: LibraryPaths, web: WebServer) -> None:
    slow = serve_feed(web, "slow", rss("slow", range(3)), seconds=SLOW)
    subscribed(paths, slow)
    with collector(paths) as worker:
        until(lambda: web.requests)
        worker.connection.close()
        until(lambda: worker.exit_code is not None)
        assert worker.exit_code == 0


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_any_moment_loses_nothing_and_converges(
    paths: LibraryPaths, settings: Settings, feeds: list[str], seed: int
) -> None:
    """Articles, mentions, hits and index agree after the next start, as if nobody had died."""
    chance = random.Random(seed)
    with Core(paths) as core:
        core.library.save_search("tobruk", "tobruk", alert=True)
    kept: set[int] = set()
    for _try in range(2):
        with collector(paths) as worker:
            heard(worker, lambda m: isinstance(m, Progress) and m.label == "Fetching")
            time.sleep(chance.uniform(0.0, 0.9))
            family = [worker.pid, *children(worker.pid)]
            os.kill(worker.pid, signal.SIGKILL)
            until(lambda family=family: not any(map(alive, family)))  # type: ignore[misc]
        with Store.open(paths) as store:
            assert store.check() == []
            now = ids_of(store)
            assert kept <= now, "what was committed is there"
            kept = now
            store.connection.execute("UPDATE feed SET next_fetch = 0")
    ask(paths, settings, Refresh(everything=True), silent)
    with Core(paths) as core:
        assert kept <= ids_of(core.store)
        assert core.store.totals().articles == 48
        assert core.store.check() == core.finder.check_index() == []
        assert core.finder.count("tobruk") == 48
        assert [line.total for line in core.store.saved.lines()] == [48]
        assert not core.library.pending()
        assert core.store.alerts.latest(100) == []


def ids_of(store: Store) -> set[int]:
    return set(store.selection.with_flag("all"))


# Others who collect


def test_ask_beside_a_collector_is_done_by_it(
    paths: LibraryPaths, settings: Settings, feeds: list[str]
) -> None:
    """Also when that one is only just starting."""
    with collector(paths) as worker:
        until(lambda: paths.collector_lock.exists())
        progress: list[tuple[int, int, int, str]] = []
        summary = ask(paths, settings, Refresh((feeds[0],)), lambda *told: progress.append(told))
        assert isinstance(summary, RefreshSummary)
        assert progress
        assert CollectorLock.acquire(paths) is None, "the window's collector still holds the lock"
        assert worker.exit_code is None
        with pytest.raises(ReaderError, match="not subscribed"):
            ask(paths, settings, Refresh(("https://nobody.example",)), silent)


def test_ask_beside_who_never_answers_says_so(paths: LibraryPaths, settings: Settings) -> None:
    lock = CollectorLock.acquire(paths)
    assert lock is not None
    with lock, pytest.raises(BusyError, match="wait until it is done"):
        ask(paths, settings, CatchUp(), silent, patience=0.2)


@contextlib.contextmanager
def foreground(paths: LibraryPaths) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-c", FOREGROUND, str(paths.root)], stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            until(lambda: paths.collector_lock.exists() and paths.collector_lock.read_text())
            yield process
        finally:
            process.kill()


def test_window_uses_who_collects_already_and_takes_over_when_they_leave(
    paths: LibraryPaths, feeds: list[str]
) -> None:
    with foreground(paths) as other, collector(paths) as worker:
        worker.connection.send(Ask(1, Refresh((feeds[0],))))
        assert isinstance(answered(worker, 1), RefreshSummary)
        assert other.poll() is None
        other.send_signal(signal.SIGINT)
        assert other.wait(PATIENCE) == 0
        assert other.stderr is not None
        assert other.stderr.read() == ""
        worker.connection.send(Ask(2, Refresh((feeds[1],))))
        summary = answered(worker, 2)
        if isinstance(summary, BusyError):  # asked in the moment of the change
            worker.connection.send(Ask(3, Refresh((feeds[1],))))
            summary = answered(worker, 3)
        assert isinstance(summary, RefreshSummary)
        assert CollectorLock.acquire(paths) is None


def test_window_reads_anew_what_another_may_have_changed_before_it_collects(
    paths: LibraryPaths,
) -> None:
    lock = CollectorLock.acquire(paths)
    assert lock is not None
    with collector(paths) as worker:
        with lock:
            worker.connection.send(Ask(1, CatchUp()))
            assert isinstance(answered(worker, 1), BusyError)
        (told,) = heard(worker, lambda message: isinstance(message, News))
        assert told.changes.lists
        assert told.changes.counts


def test_request_open_when_the_one_who_collects_dies_is_refused(
    paths: LibraryPaths, web: WebServer
) -> None:
    slow = serve_feed(web, "slow", rss("slow", range(3)), seconds=SLOW)
    subscribed(paths, slow)
    with Store.open(paths) as store:  # nobody fetches it unasked
        store.feeds.unmodified(1, START, START + timedelta(days=365))
    with foreground(paths) as other, collector(paths) as worker:
        worker.connection.send(Ask(1, Refresh((slow,))))
        until(lambda: web.requests)
        other.kill()
        assert isinstance(answered(worker, 1), BusyError)


LEAVES_ITS_WORKER = """
import sys
from pathlib import Path
from reader.paths import LibraryPaths
from reader.workers.process import Worker
if __name__ == "__main__":
    worker = Worker("collector", "reader.workers.serve:main", LibraryPaths(Path(sys.argv[1])), ())
    print(worker.pid, flush=True)
    raise SystemExit("crashed")
"""


def test_program_that_ends_without_closing_its_worker_does_not_hang(
    paths: LibraryPaths, tmp_path: Path
) -> None:
    program = tmp_path / "program.py"
    program.write_text(LEAVES_ITS_WORKER)
    done = subprocess.run(
        [sys.executable, str(program), str(paths.root)],
        capture_output=True, text=True, timeout=PATIENCE, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert (done.returncode, done.stderr.strip()) == (1, "crashed")
    assert not alive(int(done.stdout))


def test_library_of_a_newer_version_is_refused_with_a_sentence(paths: LibraryPaths) -> None:
    with Store.open(paths) as store:
        store.connection.execute("PRAGMA user_version = 9999")
    with collector(paths) as worker:
        refusal = heard(worker, lambda m: isinstance(m, Refusal))[-1]
        assert isinstance(refusal.error, StoreError)


# The searcher


def test_searcher_answers_the_newest_search_and_sees_what_arrives(
    paths: LibraryPaths, settings: Settings, feeds: list[str]
) -> None:
    ask(paths, settings, Refresh((feeds[0],)), silent)
    with Worker("searcher", "reader.workers.searcher:main", paths, ()) as worker:
        worker.connection.send(Ask(1, Search("tobruk")))
        first = answered(worker, 1)
        assert first.total == 6
        worker.connection.send(Ask(2, Explain("tobruk", first.ids[0])))
        assert {span.text for span in answered(worker, 2).spans} == {"Tobruk"}
        worker.connection.send(Ask(3, Search("((")))
        assert isinstance(answered(worker, 3), ReaderError)
        ask(paths, settings, Refresh((feeds[1],)), silent)
        for number in range(4, 9):
            worker.connection.send(Ask(number, Search("tobruk")))
        assert answered(worker, 8).total == 12


def test_searches_that_were_overtaken_are_dropped() -> None:
    asks = [Ask(1, Search("a")), Ask(2, Explain("a", 1)), Ask(3, Search("ab"))]
    assert [asked.number for asked in searcher.newest(asks)] == [2, 3]
