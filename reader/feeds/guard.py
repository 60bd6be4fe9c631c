"""Which addresses a feed may lead us to: the public internet, unless the user said otherwise.

A feed, a redirect or a link could otherwise make this machine ask its own services, the router or
a cloud's metadata server. The check is made on the numbers really connected to, so a name that
changes its mind between check and use gains nothing.
"""

import ipaddress
import socket

import aiohttp
from aiohttp.abc import ResolveResult

from reader.errors import FeedError

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")


def is_public(address: str) -> bool:
    """Whether an IP address, in its usual form, belongs to the public internet."""
    try:
        return _public(ipaddress.ip_address(address.partition("%")[0]))
    except ValueError:
        return False


def is_private_literal(host: str) -> bool:
    """Whether `host` is written as a number that is not public; names are left to the resolver.

    Forms only the C library understands (`127.1`, `0x7f.1`, `2130706433`) count as numbers too.
    """
    host = host.strip("[]").rstrip(".")
    try:
        return not _public(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        pass
    try:
        return not is_public(socket.inet_ntoa(socket.inet_aton(host)))
    except (OSError, UnicodeError):
        return False


def _public(address: _Address) -> bool:
    inner = _inside(address)
    if inner is not None:
        return _public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _inside(address: _Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address an IPv6 address stands for, if it does."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if address in _NAT64 or address in _COMPATIBLE:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return None


class GuardedResolver(aiohttp.ThreadedResolver):
    """Resolves names to public addresses only."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await super().resolve(host, port, family)
        public = [one for one in found if is_public(one["host"])]
        if not public:
            raise blocked(host)
        return public


def blocked(host: str) -> FeedError:
    return FeedError(
        f"{host} is on a private network and was not asked; if you trust it, "
        "add its address yourself.",
        "blocked",
    )
