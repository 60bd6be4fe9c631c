"""Whose turn it is: how many requests run at once, in all and to one host, and how far apart.

A request waits for its host first and for a free place second, so that a hundred feeds of one slow
host never keep the others from being fetched.
"""

import asyncio
import ipaddress
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from yarl import URL

_Place = tuple[str, int]


@dataclass(slots=True)
class _Host:
    places: asyncio.Semaphore
    users: int = 0
    next_start: float = field(default=0.0)


class Turns:
    """Used from one event loop. A host is an address or name with a port."""

    def __init__(self, total: int, per_host: int, spacing: float) -> None:
        self._free = asyncio.Semaphore(total)
        self._per_host = per_host
        self._spacing = spacing
        self._hosts: dict[_Place, _Host] = {}

    @asynccontextmanager
    async def of(self, url: URL) -> AsyncIterator[None]:
        """Waits for a turn at `url`'s host and keeps it until the block is left."""
        name, port = url.host or "", url.port or 0
        place = (name, port)
        host = self._hosts.setdefault(place, _Host(asyncio.Semaphore(self._per_host)))
        host.users += 1
        try:
            async with host.places:
                await self._space(host, 0.0 if is_loopback(name) else self._spacing)
                async with self._free:
                    yield
        finally:
            host.users -= 1
            self._forget(place)

    async def _space(self, host: _Host, spacing: float) -> None:
        now = asyncio.get_running_loop().time()
        start = max(now, host.next_start)
        host.next_start = start + spacing
        if start > now:
            await asyncio.sleep(start - now)

    def _forget(self, place: _Place) -> None:
        """Hosts nobody waits for are dropped once their spacing is over."""
        now = asyncio.get_running_loop().time()
        if not self._hosts[place].users and self._hosts[place].next_start <= now:
            del self._hosts[place]


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
