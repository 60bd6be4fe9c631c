"""Many invented feeds behind slow lines, served by a process of its own on this machine.

Every feed has an address of its own (127.x.y.z), so that it counts as a host of its own. How long
each takes to answer, and what it says, depend only on the seed; `publish` brings out more items.
"""

import asyncio
import contextlib
import hashlib
import multiprocessing
import random
import resource
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from html import escape
from multiprocessing.connection import Connection
from typing import Self

from reader.dev.corpus import Corpus
from reader.dev.newsroom import NEWEST, OFTEN, Newsroom, Story
from reader.dev.press import Press

_CONTEXT = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Plan:
    """`items`: how many the newest of each feed shows; `latency`: seconds, least and most.

    `corpus`: articles of the one that standing searches are made for (`words` says nothing then);
    0 for a newsroom's.
    """

    feeds: int
    items: int
    words: int = 350
    latency: tuple[float, float] = (0.05, 0.3)
    seed: int = 1
    corpus: int = 0

    def newsroom(self) -> Newsroom:
        if self.corpus:
            return Press(Corpus(self.corpus, self.seed), self.feeds)
        return Newsroom(self.seed, length=self.words)

    def wait(self, feed: int) -> float:
        """Seconds before that feed's server answers; always the same."""
        return random.Random(f"{self.seed}/{feed}").uniform(*self.latency)


class FeedServer:
    """Use as a context manager; `published` counts the items each feed has brought out so far."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.published = plan.items
        self._ours, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_serve, args=(plan, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._port: int = self._ours.recv()

    def urls(self) -> list[str]:
        return [f"http://{address(n)}:{self._port}/{n}.xml" for n in range(self.plan.feeds)]

    def publish(self, more: int) -> None:
        """Brings out so many more items of each feed; the oldest leave it. Returns when done."""
        self._ours.send(more)
        self.published += self._ours.recv()

    def close(self) -> None:
        self._ours.close()
        self._process.join(5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def address(feed: int) -> str:
    return f"127.{1 + feed // 62_500}.{feed // 250 % 250}.{1 + feed % 250}"


def links(feed: int, published: int) -> list[str]:
    """The link of every item that a feed has ever brought out."""
    return [_link(feed, n) for n in range(published)]


def _link(feed: int, number: int) -> str:
    return f"https://feed{feed}.example.org/{number}.html"


def document(newsroom: Newsroom, feed: int, numbers: Sequence[int]) -> bytes:
    """An RSS feed with these items, newest first."""
    items = "".join(
        _item(newsroom.story(feed * OFTEN + number), feed, number) for number in reversed(numbers)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Invented {feed}</title><link>https://feed{feed}.example.org/</link>"
        f"<description>Invented news</description><language>en</language>{items}</channel></rss>"
    ).encode()


def _item(story: Story, feed: int, number: int) -> str:
    html = "".join(f"<p>{escape(part)}</p>" for part in story.paragraphs)
    date = format_datetime(NEWEST - timedelta(days=30) + timedelta(minutes=number * 90 + feed % 90))
    return (
        f"<item><title>{escape(story.title)}</title><link>{_link(feed, number)}</link>"
        f"<guid isPermaLink='false'>{feed}-{number}</guid><pubDate>{date}</pubDate>"
        f"<author>{escape(story.author)}</author>"
        f"<content:encoded><![CDATA[{html}]]></content:encoded></item>\n"
    )


def _serve(plan: Plan, pipe: Connection) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4 * plan.feeds + 256
    if soft < wanted:
        limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
    asyncio.run(_Site(plan).run(pipe))


class _Site:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._newsroom = plan.newsroom()
        self._published = plan.items
        self._bodies: list[bytes] = []
        self._tags: list[str] = []

    async def run(self, pipe: Connection) -> None:
        """Answers until the pipe closes."""
        self._render()
        hosts = [address(feed) for feed in range(self._plan.feeds)]
        first = await asyncio.start_server(self._client, hosts[0], 0)
        port = first.sockets[0].getsockname()[1]
        others = [await asyncio.start_server(self._client, host, port) for host in hosts[1:]]
        pipe.send(port)
        with contextlib.suppress(EOFError, OSError):
            while True:
                more = await asyncio.to_thread(pipe.recv)
                self._published += more
                self._render()
                pipe.send(more)
        for server in (first, *others):
            server.close()

    def _render(self) -> None:
        newest = range(self._published - self._plan.items, self._published)
        self._bodies = [document(self._newsroom, n, newest) for n in range(self._plan.feeds)]
        self._tags = [f'"{hashlib.sha256(body).hexdigest()[:20]}"' for body in self._bodies]

    async def _client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError, ValueError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                feed = int(head.split(" ", 2)[1].strip("/").partition(".")[0])
                await asyncio.sleep(self._plan.wait(feed))
                writer.write(self._answer(feed, head))
                await writer.drain()
        writer.close()

    def _answer(self, feed: int, head: str) -> bytes:
        body, tag = self._bodies[feed], self._tags[feed]
        if tag in head:
            return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode()
        return (
            f"HTTP/1.1 200 OK\r\nETag: {tag}\r\nContent-Type: application/rss+xml\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode() + body
