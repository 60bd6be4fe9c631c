import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from reader.domain.feed import ParsedFeed
from reader.errors import FeedError, NotAFeedError
from reader.feeds.parse import parse
from reader.workers.parsers import ParserPool

URL = "https://example.org/feed"
GOOD = (
    b'<rss version="2.0"><channel><title>T</title><item><title>One</title></item></channel></rss>'
)
ENDLESS = b'<rss version="2.0"><channel>' + b"<a>" * 2_000_000  # half a minute of parsing
CORPUS = Path(__file__).parents[2] / "data" / "feeds"


def run(work: Callable[[ParserPool], Awaitable[None]], **settings: float) -> None:
    async def inside() -> None:
        async with ParserPool(**settings) as pool:  # type: ignore[arg-type]
            await work(pool)

    asyncio.run(inside())
    assert not multiprocessing.active_children()


async def kind_of_failure(asked: Awaitable[ParsedFeed]) -> str:
    with pytest.raises(FeedError) as caught:
        await asked
    assert "example.org" in str(caught.value)
    return caught.value.kind


def test_a_child_gives_exactly_what_parsing_here_gives() -> None:
    async def work(pool: ParserPool) -> None:
        for name in ("rss20.xml", "atom10.xml", "json11.json", "empty.xml", "broken.xml"):
            body = (CORPUS / name).read_bytes()
            assert await pool.parse(body, "", URL) == parse(body, "", URL)
        page = (CORPUS / "page.html").read_bytes()
        with pytest.raises(NotAFeedError) as caught:
            await pool.parse(page, "", URL)
        assert len(caught.value.found) == 4
        assert await kind_of_failure(pool.parse(b"", "", URL)) == "empty"
        assert await kind_of_failure(pool.parse(b"<x/>", "", URL)) == "broken"

    run(work, size=1)


def test_a_feed_that_takes_too_long_costs_only_itself() -> None:
    async def work(pool: ParserPool) -> None:
        await pool.parse(GOOD, "", URL)
        slow = asyncio.create_task(kind_of_failure(pool.parse(ENDLESS, "", URL)))
        others = await asyncio.gather(*(pool.parse(GOOD, "", URL) for _ in range(6)))
        assert [feed.title for feed in others] == ["T"] * 6
        assert await slow == "parser"
        assert (await pool.parse(GOOD, "", URL)).title == "T"

    run(work, size=2, seconds=1.2)


def test_cancelling_kills_at_once_and_the_place_is_free_again() -> None:
    async def work(pool: ParserPool) -> None:
        await pool.parse(GOOD, "", URL)
        asking = asyncio.create_task(pool.parse(ENDLESS, "", URL))
        await asyncio.sleep(0.2)
        (child,) = multiprocessing.active_children()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        child.join(60)
        assert child.exitcode is not None, "it would wait for the next feed"
        assert (await pool.parse(GOOD, "", URL)).title == "T"

    run(work, size=1)


def test_closing_ends_children_at_work() -> None:
    async def work(pool: ParserPool) -> None:
        await pool.parse(GOOD, "", URL)
        asking = asyncio.create_task(kind_of_failure(pool.parse(ENDLESS, "", URL)))
        await asyncio.sleep(0.2)
        await pool.close()
        assert await asking == "stopped"
        assert not multiprocessing.active_children()
        assert await kind_of_failure(pool.parse(GOOD, "", URL)) == "stopped"

    run(work, size=1)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="address space is limited on POSIX only")
def test_a_feed_that_eats_memory_costs_only_itself() -> None:
    async def work(pool: ParserPool) -> None:
        body = b'<rss version="2.0"><channel>' + b"<item><title>x</title></item>" * 400_000
        assert await kind_of_failure(pool.parse(body, "", URL)) == "parser"
        assert (await pool.parse(GOOD, "", URL)).title == "T"

    run(work, size=1, memory=60_000_000)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="signals of POSIX")
def test_a_child_that_dies_in_its_sleep_is_replaced_without_blaming_a_feed() -> None:
    async def work(pool: ParserPool) -> None:
        await pool.parse(GOOD, "", URL)
        (child,) = multiprocessing.active_children()
        os.kill(child.pid or 0, signal.SIGINT)  # Ctrl+C reaches the children as well
        assert (await pool.parse(GOOD, "", URL)).title == "T"
        assert multiprocessing.active_children() == [child]
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        assert (await pool.parse(GOOD, "", URL)).title == "T"

    run(work, size=1)


OWNER = """
import asyncio, multiprocessing, sys
from reader.workers.parsers import ParserPool

GOOD = {good!r}
ENDLESS = b'<rss version="2.0"><channel>' + b"<a>" * 2_000_000

async def work():
    pool = ParserPool(2)
    await asyncio.gather(pool.parse(GOOD, "", "u"), pool.parse(GOOD, "", "u"))
    busy = asyncio.create_task(pool.parse(ENDLESS, "", "u"))
    await asyncio.sleep(0.3)
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    await busy

def collect():
    asyncio.run(work())

if __name__ == "__main__":
    owner = multiprocessing.get_context("spawn").Process(target=collect)
    owner.start()
    print(owner.pid, flush=True)
    owner.join()
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
def test_no_child_outlives_a_spawned_owner_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "owner.py"
    script.write_text(OWNER.format(good=GOOD), encoding="utf-8")
    root = str(Path(__file__).parents[3])
    environment = {**os.environ, "PYTHONPATH": root}
    command = [sys.executable, str(script)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as program:
        assert program.stdout
        owner = int(program.stdout.readline())
        children = [int(pid) for pid in program.stdout.readline().split()]
        assert len(children) == 2
        os.kill(owner, signal.SIGKILL)
        deadline = time.monotonic() + 60
        while any(map(runs, children)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(map(runs, children))
        program.wait(60)


def runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
