"""One request for one feed: conditional, limited in every direction, and safe to point anywhere.

Whatever a server does ends in a `Fetched` value or in a `FeedError` with one sentence. Redirects
are followed here, hop by hop, because every hop has to pass the guard (`guard.py`) again and may
meet another host's place in the queue.
"""

import asyncio
import time
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Self

import aiohttp
from yarl import URL

import reader
from reader.domain.feed import Fetched
from reader.errors import FeedError
from reader.feeds import answers
from reader.feeds.guard import GuardedResolver, is_private_literal
from reader.feeds.turns import Turns

USER_AGENT = f"MediaReader/{reader.__version__} (desktop feed reader)"
_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)
_CHUNK = 64 * 1024
_HEADER_LINE = 32 * 1024  # some servers send long policies; the library's own limit is 8 KB


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes after decompression, times in seconds."""

    body_bytes: int = 10_000_000
    deadline: float = 30.0
    """For a whole request with all its redirects, without the time it waited for its turn."""
    redirects: int = 10


@dataclass(slots=True)
class _Journey:
    """One `get` on its way through redirects."""

    asked: URL
    url: URL
    limits: Limits
    allow_private: bool
    conditions: dict[str, str]
    permanent: bool = True
    spent: float = 0.0
    hops: int = 0
    seen: set[URL] = field(default_factory=set)
    cookies: aiohttp.CookieJar | None = None

    @property
    def home(self) -> bool:
        """Whether we still are where the user sent us: same scheme, host and port."""
        return self.url.origin() == self.asked.origin()

    @property
    def trusted(self) -> bool:
        """Private addresses are allowed here: the user's own host and port, whatever scheme."""
        same = (self.url.host, self.url.port) == (self.asked.host, self.asked.port)
        return self.allow_private and same

    def headers(self) -> dict[str, str]:
        headers = dict(self.conditions)
        if self.home and (self.asked.user or self.asked.password):
            login = f"{self.asked.user or ''}:{self.asked.password or ''}"
            headers["Authorization"] = f"Basic {b64encode(login.encode()).decode()}"
        if self.cookies and (cookies := self.cookies.filter_cookies(self.url)):
            headers["Cookie"] = "; ".join(f"{k}={v.value}" for k, v in cookies.items())
        return headers

    def follow(self, answer: aiohttp.ClientResponse) -> None:
        """Steps to the next address, or refuses to."""
        target = answers.target(self.url, answer.headers.get("Location", ""))
        self.permanent = self.permanent and answer.status in {301, 308}
        self.hops += 1
        new_cookies = bool(answer.cookies)
        if new_cookies:  # some sites send everybody round once to hand out a cookie
            self.cookies = self.cookies or aiohttp.CookieJar(unsafe=True)
            self.cookies.update_cookies(answer.cookies, self.url)
        self.seen.add(self.url)
        if self.hops > self.limits.redirects or (target in self.seen and not new_cookies):
            raise answers.too_many_redirects(self.asked)
        self.url = target

    def moved_to(self) -> str:
        """The new address when every hop was permanent; with the login only on the same server."""
        if not self.hops or not self.permanent:
            return ""
        if not (self.asked.user or self.asked.password):
            return str(self.url)
        login = self.url.with_user(self.asked.user).with_password(self.asked.password)
        return str(login) if self.home else ""


class Fetcher:
    """Fetches feeds; an async context manager, used from one event loop.

    Two sessions, so that a name resolved or a connection opened for a feed that may be on a
    private network is never used again for one that may not.

    `total`, `per_host`: requests under way at once. `spacing`: seconds between the starts of two
    requests to one host, none on loopback. A host is an address with its port.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        total: int = 24,
        per_host: int = 2,
        spacing: float = 1.0,
    ) -> None:
        self.limits = limits or Limits()
        self._turns = Turns(total, per_host, spacing)
        self._guarded: aiohttp.ClientSession | None = None
        self._trusted: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._guarded = _session(GuardedResolver())
        self._trusted = _session(aiohttp.ThreadedResolver())
        return self

    async def __aexit__(self, *_: object) -> None:
        for session in (self._guarded, self._trusted):
            if session:
                await session.close()
        self._guarded = self._trusted = None

    async def get(
        self, url: str, *, etag: str = "", last_modified: str = "", allow_private: bool = False
    ) -> Fetched:
        """Asks for `url`; `etag` and `last_modified` are sent back exactly as a server gave them.

        `allow_private`: the user typed this address, so it (and a redirect to the same host and
        port) may lie on a private network. Raises FeedError, never anything of aiohttp's.
        """
        asked = answers.address(url)
        conditions = answers.conditions(etag, last_modified)
        journey = _Journey(asked, _bare(asked), self.limits, allow_private, conditions)
        while True:
            fetched = await self._hop(journey)
            if fetched:
                return fetched

    async def _hop(self, journey: _Journey) -> Fetched | None:
        """One request. None: it was redirected, `journey` stands at the next address."""
        session = self._session_for(journey)
        async with self._turns.of(journey.url):
            started = time.monotonic()
            try:
                async with asyncio.timeout(journey.limits.deadline - journey.spent):
                    return await _ask(session, journey)
            except FeedError as problem:
                raise problem if problem.url else answers.private(journey.url) from problem
            except TimeoutError as problem:
                raise answers.too_slow(journey.asked, journey.limits.deadline) from problem
            except (aiohttp.ClientError, OSError, ValueError) as problem:
                raise answers.translated(problem, journey.url) from problem
            finally:
                journey.spent += time.monotonic() - started

    def _session_for(self, journey: _Journey) -> aiohttp.ClientSession:
        if self._guarded is None or self._trusted is None:
            raise RuntimeError("a Fetcher is used inside `async with`")
        if journey.trusted:
            return self._trusted
        if is_private_literal(journey.url.host or ""):  # aiohttp resolves names, not numbers
            raise answers.private(journey.url)
        return self._guarded


def _session(resolver: aiohttp.abc.AbstractResolver) -> aiohttp.ClientSession:
    """The number of connections is limited by `Turns`; the deadline is ours as well."""
    connector = aiohttp.TCPConnector(resolver=resolver, limit=0, ttl_dns_cache=60)
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
        headers={"User-Agent": USER_AGENT, "Accept": _ACCEPT},
        max_line_size=_HEADER_LINE,
        max_field_size=_HEADER_LINE,
    )


async def _ask(session: aiohttp.ClientSession, journey: _Journey) -> Fetched | None:
    started = time.monotonic()
    # Accept-Encoding is left to aiohttp, which names exactly what it can decompress.
    request = session.get(journey.url, headers=journey.headers(), allow_redirects=False)
    async with request as answer:
        if answer.status in answers.REDIRECTS:
            journey.follow(answer)
            answer.close()
            return None
        answers.check(answer, journey.url, conditional=bool(journey.conditions))
        body = b"" if answer.status == 304 else await _body(answer, journey)
        return Fetched(
            status=answer.status,
            url=str(journey.url),
            body=body,
            content_type=answer.headers.get("Content-Type", ""),
            etag=answer.headers.get("ETag", ""),
            last_modified=answer.headers.get("Last-Modified", ""),
            moved_to=journey.moved_to(),
            seconds=journey.spent + time.monotonic() - started,
        )


async def _body(answer: aiohttp.ClientResponse, journey: _Journey) -> bytes:
    """The decompressed body. What arrives is decompressed a piece at a time and counted."""
    limit = journey.limits.body_bytes
    if (answer.content_length or 0) > limit:
        answer.close()
        raise answers.too_big(journey.url, limit)
    body = bytearray()
    async for piece in answer.content.iter_chunked(_CHUNK):
        body += piece
        if len(body) > limit:
            answer.close()
            raise answers.too_big(journey.url, limit)
    if not body.strip():
        raise answers.empty(journey.url)
    return bytes(body)


def _bare(url: URL) -> URL:
    return url.with_user(None).with_fragment(None)


__all__ = ["USER_AGENT", "FeedError", "Fetcher", "Limits"]
