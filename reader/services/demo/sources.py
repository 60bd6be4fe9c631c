"""What the demo's invented outlets wrote, read from `resources/demo/feeds`.

The sources hold every item with its age; `Source.edition` makes dates of ages, so that the demo is
always of today. Their form is explained in `resources/demo/README.md`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from itertools import chain

from reader.domain.search import SavedSearch
from reader.paths import resource

ROUNDS = (1, 2)
_ITEM = re.compile(r"=== (\S+) (?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?: (fresh|update))?$")
_COPY = re.compile(r"@copy (\S+)(?: (\d+)-(\d+))?((?: \| .+? => .+?)*)$")
_NEVER = datetime.min.replace(tzinfo=UTC)
_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as an outlet wrote it; `blocks` are HTML, one for each paragraph, list or picture.

    `age` is measured from the moment its round is published; `Source.edition` makes dates of it.
    `revises`: it takes the place of the entry of the same id, keeping that one's date.
    """

    id: str
    link: str
    age: timedelta
    round: int
    revises: bool
    title: str
    author: str
    tags: tuple[str, ...]
    lead: str
    blocks: tuple[str, ...]
    published: datetime = _NEVER
    updated: datetime = _NEVER

    @property
    def html(self) -> str:
        return "\n".join(self.blocks)

    @property
    def summary(self) -> str:
        """The standfirst in plain words: the lead, else the first paragraph."""
        first = self.blocks[0] if self.blocks else ""
        return self.lead or _plain(first)


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet's feed. `full`: it carries whole articles, not only their first paragraph."""

    slug: str
    title: str
    site: str
    kind: str
    language: str
    folder: str
    about: str
    zone: timezone
    full: bool
    entries: tuple[Entry, ...]

    def edition(self, moments: Mapping[int, datetime]) -> list[Entry]:
        """What the feed says when the rounds of `moments` are out, newest first."""
        now: dict[str, Entry] = {}
        for entry in (e for e in self.entries if e.round in moments):
            at = (moments[entry.round] - entry.age).astimezone(self.zone).replace(microsecond=0)
            published = now[entry.id].published if entry.revises else at
            now[entry.id] = replace(entry, published=published, updated=at)
        return sorted(now.values(), key=lambda e: e.published, reverse=True)


def watchlist() -> bytes:
    """The starter watchlist, in the program's own JSON."""
    return resource("demo", "watchlist.json").read_bytes()


def saved_searches() -> list[SavedSearch]:
    """The starter searches; none is stored yet, so every id is 0."""
    told = json.loads(resource("demo", "saved-searches.json").read_bytes())
    return [SavedSearch(0, each["name"], each["query"], each["alert"]) for each in told]


@cache
def sources() -> tuple[Source, ...]:
    """Every feed of the demo, in the order a reader would subscribe to them."""
    texts = {p.stem: p.read_text("utf-8") for p in sorted(resource("demo", "feeds").glob("*.txt"))}
    heads = {slug: _fields(text.partition("\n=== ")[0]) for slug, text in texts.items()}
    written = {slug: _entries(texts[slug], heads[slug]["site"]) for slug in texts}
    by_id: dict[str, list[Entry]] = {}
    for entry in chain.from_iterable(written.values()):
        by_id.setdefault(entry.id, []).append(entry)
    return tuple(_source(slug, heads[slug], written[slug], by_id) for slug in texts)


def _source(
    slug: str, head: Mapping[str, str], own: list[Entry], by_id: Mapping[str, list[Entry]]
) -> Source:
    shared = chain.from_iterable(by_id[name] for name in head.get("also", "").split())
    entries = [replace(e, blocks=tuple(_expand(e.blocks, by_id))) for e in chain(own, shared)]
    return Source(
        slug=slug.partition("-")[2],
        title=head["title"],
        site=head["site"],
        kind=head["format"],
        language=head["language"],
        folder=head["folder"],
        about=head["about"],
        zone=_zone(head.get("zone", "+00:00")),
        full=head.get("text", "full") == "full",
        entries=tuple(entries),
    )


def _zone(offset: str) -> timezone:
    moment = datetime.fromisoformat(f"2000-01-01T00:00{offset}")
    return timezone(moment.utcoffset() or timedelta())


def _fields(text: str) -> dict[str, str]:
    lines = (line.partition(": ") for line in text.strip().splitlines())
    return {name: value.strip() for name, _, value in lines}


def _entries(text: str, site: str) -> list[Entry]:
    return [_entry("=== " + part, site) for part in text.split("\n=== ")[1:]]


def _entry(text: str, site: str) -> Entry:
    first, _, rest = text.partition("\n")
    match = _ITEM.match(first)
    if match is None:
        raise ValueError(f"not the beginning of an item: {first!r}")
    name, days, hours, minutes, late = match.groups()
    head, _, body = rest.partition("\n\n")
    told = _fields(head)
    return Entry(
        id=name,
        link=f"{site}{name}",
        age=timedelta(days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0)),
        round=2 if late else 1,
        revises=late == "update",
        title=told["title"],
        author=told.get("by", ""),
        tags=tuple(tag.strip() for tag in told.get("tags", "").split(",") if tag.strip()),
        lead=told.get("lead", ""),
        blocks=tuple(block.strip() for block in body.split("\n\n") if block.strip()),
    )


def _expand(blocks: Iterable[str], by_id: Mapping[str, list[Entry]]) -> Iterator[str]:
    for block in blocks:
        if match := _COPY.match(block):
            name, first, last, changes = match.groups()
            copied = by_id[name][0].blocks[int(first or 1) - 1 : int(last) if last else None]
            yield from (_changed(b, changes) for b in _expand(copied, by_id))
        else:
            yield _html(block)


def _changed(text: str, changes: str) -> str:
    for change in filter(None, changes.split(" | ")):
        old, _, new = change.partition(" => ")
        text = text.replace(old.strip(), new.strip())
    return text


def _html(block: str) -> str:
    """Sources are HTML with a few short forms for what a desk writes most."""
    if block.startswith("<"):
        return block
    lines = block.splitlines()
    if block.startswith("## "):
        return f"<h2>{block[3:]}</h2>"
    if block.startswith("- "):
        return "<ul>" + "".join(f"<li>{line[2:]}</li>" for line in lines) + "</ul>"
    if block.startswith("> "):
        return "<blockquote><p>" + " ".join(line[2:] for line in lines) + "</p></blockquote>"
    return f"<p>{' '.join(lines)}</p>"


def _plain(html: str) -> str:
    text = _TAGS.sub("", html)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
