"""The gazetteer of outlets: who is behind a host or a name, where, and owned by whom.

Brought along as `resources/outlets/outlets.tsv`, a row for each outlet with lists separated by `|`;
a name that ends in `?` may well mean something else. Read when it is first asked for.
"""

import csv
from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

from reader import paths
from reader.domain.fold import fold_key
from reader.domain.outlet import Outlet

COLUMNS = ("name", "short", "also", "hosts", "country", "owner", "kind")


class Outlets:
    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self.all = tuple(outlets)
        self._by_host = {host: outlet for outlet in self.all for host in outlet.hosts}
        self._by_name: dict[str, list[Outlet]] = {}
        for outlet in self.all:
            for key in dict.fromkeys(map(fold_key, outlet.names())):
                self._by_name.setdefault(key, []).append(outlet)

    def by_host(self, host: str) -> Outlet | None:
        """Of a host or one below it ("feeds.bbci.co.uk"); the most particular one there is."""
        labels = host.lower().rstrip(".").split(".")
        above = (".".join(labels[first:]) for first in range(len(labels) - 1))
        return next((self._by_host[name] for name in above if name in self._by_host), None)

    def by_url(self, url: str) -> Outlet | None:
        try:
            return self.by_host(urlsplit(url).hostname or "")
        except ValueError:
            return None

    def by_name(self, name: str) -> tuple[Outlet, ...]:
        """Those that are called exactly so in any case; several where a name is shared."""
        return tuple(self._by_name.get(fold_key(name), ()))

    def of_feed(self, url: str, site: str = "", links: Iterable[str] = ()) -> Outlet | None:
        """Who publishes the feed at `url`; where that host is nobody's, whose the `site` is, or
        whose all the articles are that it `links` to."""
        behind = {self.by_url(link) for link in links if link}
        common = behind.pop() if len(behind) == 1 else None
        return self.by_url(url) or self.by_url(site) or common

    def find(self, text: str) -> list[Outlet]:
        """Those with `text` in a name, a host, the country's code or the owner; "" finds all."""
        wanted = fold_key(text)
        return [outlet for outlet in self.all if wanted in _described(outlet)]


@cache
def gazetteer() -> Outlets:
    with paths.resource("outlets", "outlets.tsv").open(encoding="utf-8", newline="") as file:
        return Outlets(map(_outlet, csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)))


def by_host(host: str) -> Outlet | None:
    """The outlet behind a host, whose country and owner are worth telling."""
    return gazetteer().by_host(host)


def spellings(name: str) -> tuple[str, ...]:
    """An outlet's name, then the other forms of a known one; a name of nobody alone."""
    known = (one for one in gazetteer().by_name(name) if one.name == name)
    return next((one.names() for one in known), (name,))


def _outlet(row: dict[str, str]) -> Outlet:
    (name,), short, also = (_list(row[column]) for column in ("name", "short", "also"))
    return Outlet(
        name=_bare(name),
        kind=row["kind"],
        hosts=_list(row["hosts"]),
        short=tuple(map(_bare, short)),
        also=tuple(map(_bare, also)),
        country=row["country"],
        owner=row["owner"],
        unsure=frozenset(_bare(one) for one in (name, *short, *also) if one.endswith("?")),
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _bare(name: str) -> str:
    return name.removesuffix("?")


def _described(outlet: Outlet) -> str:
    parts = (*outlet.names(), *outlet.hosts, outlet.country, outlet.owner)
    return "\n".join(map(fold_key, parts))
