"""Parsing in child processes that can be killed, so that no feed can hang or bloat its reader.

Each child is spawned when it is first needed, parses one feed at a time and sends plain values
back. A child that takes too long, takes too much memory or dies costs its own feed only and is
replaced. Children leave by themselves when their owner is gone, however it went. The owner must
not be a daemonic process, which Python forbids to have children.
"""

import asyncio
import contextlib
import logging
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Container
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from operator import attrgetter
from pathlib import Path
from typing import Any, Self, TypeVar

from reader.domain.article import ParsedItem, Texts
from reader.domain.feed import ParsedFeed
from reader.domain.imprint import Imprint, unpacked
from reader.errors import FeedError, NotAFeedError
from reader.feeds.links import host

_LOG = logging.getLogger(__name__)
_SPAWN = multiprocessing.get_context("spawn")
_START_SECONDS = 60.0  # a child imports its libraries on a loaded machine
_GRACE = 5  # seconds after which a child whose owner never came to kill it ends itself
_TEXTS = attrgetter("title", "lead", "body")
_ITEM = attrgetter(
    "guid", "url", "html", "author", "published", "published_raw", "language", "categories",
    "written",
)  # fmt: skip
_IMPRINT = attrgetter("keys", "url_key", "content", "written")
_HEAD = attrgetter("title", "site_url", "language", "kind", "problem", "known")

_Job = tuple[bytes, str, str, bytes]
_Reply = tuple[str, Any]
T = TypeVar("T")


class _LostError(Exception):
    """The child is gone or of no more use; says why."""


class ParserPool:
    """Parses feeds in `size` child processes; used from one event loop.

    `seconds`: what one feed may take. `memory`: bytes a child may take beyond what it starts with,
    where the system can limit that.
    """

    def __init__(self, size: int = 2, seconds: float = 20.0, memory: int = 600_000_000) -> None:
        self._seconds, self._memory = seconds, memory
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="parser")
        self._idle: asyncio.LifoQueue[_Child | None] = asyncio.LifoQueue()
        for _ in range(size):
            self._idle.put_nowait(None)
        self._children: set[_Child] = set()
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def parse(
        self, body: bytes, content_type: str, url: str, known: bytes = b""
    ) -> ParsedFeed:
        """As `reader.feeds.parse.parse`, with `known` packed (`imprint.packed`).

        FeedError of kind "parser" when the child did not live.

        Cancelling kills the child at once.
        """
        child = await self._idle.get()
        try:
            child = living = await self._living(child)
            reply = await self._in_thread(lambda: living.ask((body, content_type, url, known)))
        except BaseException as problem:
            self._drop(child)
            child = None
            if isinstance(problem, _LostError):
                kind = "stopped" if self._closed else "parser"
                raise FeedError(f"{host(url)} {problem}", kind, url) from problem
            raise
        finally:
            self._idle.put_nowait(child)
        return _opened(reply, url)

    async def close(self) -> None:
        """Ends every child, also those at work, and waits until they are gone."""
        self._closed = True
        for child in tuple(self._children):
            self._drop(child)
        await asyncio.get_running_loop().run_in_executor(None, self._threads.shutdown)

    async def _living(self, child: "_Child | None") -> "_Child":
        """`child`, or a new one when there is none or it died while it had nothing to do."""
        if child and child.alive():
            return child
        self._drop(child)
        if self._closed:
            raise _LostError("was not read: the program is closing.")
        fresh = _Child(self._memory, self._seconds)
        self._children.add(fresh)
        try:
            await self._in_thread(fresh.start)
        except BaseException:
            self._drop(fresh)
            raise
        return fresh

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _drop(self, child: "_Child | None") -> None:
        """Kills the child; the thread that waits for it sees the pipe close."""
        if child and child in self._children:
            self._children.discard(child)
            child.kill()
            self._threads.submit(child.bury)


class _Child:
    """The owner's end of one child. All but `alive` and `kill` block, and run in the threads."""

    def __init__(self, memory: int, seconds: float) -> None:
        self._memory, self._seconds = memory, seconds
        self._pipe, self._theirs = _SPAWN.Pipe()
        self._process: BaseProcess = _SPAWN.Process(
            target=_serve, args=(self._theirs, memory, seconds), name="feed parser", daemon=True
        )
        self._used = threading.Lock()  # by one thread at a time: the pipe is not closed under it
        self._born = threading.Lock()
        self._killed = False

    def start(self) -> None:
        with self._used:
            with self._born:
                if self._killed:
                    raise _LostError("was not read: it was stopped.")
                self._process.start()
            self._theirs.close()  # or we would never see the child's end of it close
            self._receive(_START_SECONDS)

    def ask(self, job: _Job) -> _Reply:
        with self._used:
            try:
                self._pipe.send(job)
            except OSError as problem:
                raise _LostError("made the parser end; it was set aside.") from problem
            return self._receive(self._seconds)

    def alive(self) -> bool:
        return self._process.is_alive()

    def kill(self) -> None:
        """Waits for nothing but, if need be, for the process to have been made."""
        with self._born:
            self._killed = True
            if self._process.pid is not None:
                self._process.kill()

    def bury(self) -> None:
        with self._used:
            if self._process.pid is not None:
                self._process.join()
            self._pipe.close()
            self._theirs.close()

    def _receive(self, seconds: float) -> _Reply:
        try:
            if not self._pipe.poll(seconds):
                raise _LostError(f"took more than {seconds:g} seconds to read; it was set aside.")
            reply: _Reply = self._pipe.recv()
        except (EOFError, OSError) as problem:
            raise _LostError("made the parser crash; it was set aside.") from problem
        if reply[0] == "memory":
            raise _LostError("needs too much memory to be read; it was set aside.")
        return reply


def _opened(reply: _Reply, url: str) -> ParsedFeed:
    """The feed in a child's reply, or the error it met."""
    what, value = reply
    if what == "feed":
        return _unpacked(*value)
    if what == "page":
        raise NotAFeedError(*value)
    if what == "error":
        raise FeedError(*value)
    _LOG.error("Parsing %s failed:\n%s", host(url), value)
    raise FeedError(f"{host(url)} cannot be read; please report it.", "parser", url)


def _unpacked(head: tuple[Any, ...], rows: list[tuple[Any, ...]]) -> ParsedFeed:
    title, site_url, language, kind, problem, known = head
    items = tuple(_item(Texts(*texts), *fields, Imprint(*marks)) for texts, fields, marks in rows)
    return ParsedFeed(title, site_url, language, items, kind, problem, known)


def _item(texts: Texts, guid: str, url: str, html: str, *rest: Any) -> ParsedItem:
    return ParsedItem(guid, url, texts, html, *rest)


# What follows runs in the child.


def _serve(pipe: Connection, memory: int, seconds: float) -> None:
    """Reads jobs until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the owner decides, also after Ctrl+C
    threading.Thread(target=_leave_with_owner, daemon=True).start()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # each thread would reserve memory
    logging.lastResort = None  # problems travel in the reply
    from reader.feeds.parse import parse

    _limit(memory)
    with contextlib.suppress(EOFError, OSError):
        pipe.send(("ready", None))
        while True:
            job = pipe.recv()
            _alarm(seconds + _GRACE)
            reply = _reply(parse, job)
            pipe.send(reply)
            _alarm(0)
            if reply[0] == "memory":
                return  # what is left of the heap is no place to work in


def _reply(parse: Callable[[bytes, str, str, Container[int]], ParsedFeed], job: _Job) -> _Reply:
    """Plain values only: an exception or a library's object may not survive the pipe."""
    body, content_type, url, known = job
    try:
        return "feed", _packed(parse(body, content_type, url, frozenset(unpacked(known))))
    except NotAFeedError as page:
        return "page", (str(page), page.url, page.found)
    except FeedError as problem:
        return "error", (str(problem), problem.kind, problem.url, problem.retry_after)
    except MemoryError:
        return "memory", None
    except Exception:  # noqa: BLE001 - a bug that one feed brings out; told with its traceback
        return "bug", traceback.format_exc()


def _packed(feed: ParsedFeed) -> tuple[tuple[Any, ...], list[tuple[Any, ...]]]:
    from reader.feeds.identity import imprint  # the owner has enough to do without

    return _HEAD(feed), [
        (_TEXTS(item.texts), _ITEM(item), _IMPRINT(imprint(item))) for item in feed.items
    ]


def _leave_with_owner() -> None:
    owner = multiprocessing.parent_process()
    if owner is not None:
        wait([owner.sentinel])
        os._exit(0)


def _alarm(seconds: float) -> None:
    """Ends this process even inside a library's loop, should the owner not do it."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit(memory: int) -> None:
    """`memory` bytes more address space than is in use now, where the system knows limits."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
