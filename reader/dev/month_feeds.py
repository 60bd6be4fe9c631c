"""The feeds of a scripted month: their articles as they stand just now, and the RSS they serve."""

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from html import escape


@dataclass
class Item:
    """An article as its feed shows it. `story` is shared by its copies."""

    story: int
    guid: str
    url: str
    title: str
    paragraphs: list[str]
    marks: frozenset[str]
    published: datetime | None
    since: datetime
    """When it first stood in the feed."""
    hits: set[str] = field(default_factory=set)
    """Searches that it matches, as the library knows by now."""
    known: set[str] = field(default_factory=set)
    """Those that fired for it, or that an article matches whose place it has taken."""
    worn: frozenset[str] = frozenset()
    """Marks that it does not get again."""


@dataclass
class Source:
    """A feed. `since`: the tick at which it is subscribed; `first`: it was never fetched."""

    title: str
    url: str
    since: int
    items: list[Item] = field(default_factory=list)
    first: bool = True
    away: bool = False


def mention(mark: str) -> str:
    return f"In this matter {mark} was named."


def token(number: int) -> str:
    """A word for a number, in letters: figures in a title would tell texts apart."""
    return "zz" + "".join("bcdfghjklm"[int(digit)] for digit in str(number))


def token_of(title: str) -> str:
    return title.rsplit(maxsplit=1)[-1]


def outlet(number: int, since: int, site: str) -> Source:
    """`site`: where its feed is, with "{}" for its number."""
    return Source(f"Outlet {number}", site.format(number), since)


def served(source: Source) -> bytes:
    """The feed as RSS."""
    items = "".join(map(_served_item, source.items))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{source.title}</title><link>{source.url}</link><description>News</description>"
        f"<language>en</language>{items}</channel></rss>"
    ).encode()


def _served_item(item: Item) -> str:
    html = "".join(f"<p>{escape(part)}</p>" for part in item.paragraphs)
    date = f"<pubDate>{format_datetime(item.published)}</pubDate>" if item.published else ""
    return (
        f"<item><title>{escape(item.title)}</title><link>{item.url}</link>"
        f"<guid isPermaLink='false'>{item.guid}</guid>{date}"
        f"<content:encoded><![CDATA[{html}]]></content:encoded></item>\n"
    )
