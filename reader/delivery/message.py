"""A message: what one channel is told at once, article by article.

Pure. One article that several saved searches fired for is one item that names all of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reader.domain.alert import Alert, Context, Notice
from reader.domain.article import ArticleLine
from reader.domain.plain import iso, span_values

FORMAT = 1
"""Of `document`; raised when something in it changes its meaning or goes."""


@dataclass(frozen=True, slots=True)
class Item:
    """An article, with every alert of the notice that it fired."""

    article_id: int
    title: str
    url: str
    source: str
    published: datetime | None
    language: str
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """`test`: sent only to see whether it arrives."""

    notice: Notice
    items: tuple[Item, ...]
    test: bool = False


def message(notice: Notice, lines: Iterable[ArticleLine]) -> Message:
    """`lines`: the articles of the notice; one that is gone is left out with its alerts."""
    known = {line.id: line for line in lines}
    fired: dict[int, list[Alert]] = {}
    for alert in notice.alerts:
        fired.setdefault(alert.article_id, []).append(alert)
    items = (_item(known[i], alerts) for i, alerts in fired.items() if i in known)
    return Message(notice, tuple(items))


def _item(line: ArticleLine, alerts: Sequence[Alert]) -> Item:
    return Item(
        line.id,
        line.title,
        line.url,
        line.source,
        line.published,
        line.language,
        tuple(alerts),
    )


def searches(items: Iterable[Item]) -> dict[str, int]:
    """How many articles each saved search fired for; those with the most first."""
    counts: dict[str, int] = {}
    for item in items:
        for name in {alert.saved_search for alert in item.alerts}:
            counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def grouped(items: Sequence[Item]) -> list[tuple[str, list[Item]]]:
    """By saved search, those with the most first; an article stands once, under the first search
    that it fired for."""
    groups: dict[str, list[Item]] = {name: [] for name in searches(items)}
    for item in items:
        names = {alert.saved_search for alert in item.alerts}
        groups[next(name for name in groups if name in names)].append(item)
    return [(name, found) for name, found in groups.items() if found]


def words(alert: Alert) -> tuple[str, ...]:
    """The words that made it fire, each once, in reading order."""
    return tuple(dict.fromkeys(" ".join(span.text.split()) for span in alert.why))


def passages(item: Item) -> tuple[Context, ...]:
    """What stands around the words; a passage that several alerts show comes once, with the words
    of all of them marked."""
    spans: dict[tuple[str, str], set[tuple[int, int]]] = {}
    for alert in item.alerts:
        for context in alert.context:
            spans.setdefault((context.field, context.text), set()).update(context.spans)
    return tuple(Context(name, text, _merged(found)) for (name, text), found in spans.items())


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def pieces(context: Context) -> Iterator[tuple[str, bool]]:
    """The whole text in order, cut where the marks begin and end: (piece, marked)."""
    end = 0
    for start, stop in context.spans:
        yield context.text[end:start], False
        yield context.text[start:stop], True
        end = stop
    yield context.text[end:], False


def document(told: Message) -> dict[str, Any]:
    """The message as JSON for programs; docs/alerts.md describes it. Nothing in it depends on when
    it is sent: the same batch is the same document."""
    notice = told.notice
    return {
        "version": FORMAT,
        "batch": notice.batch,
        "channel": notice.channel,
        "test": told.test,
        "missed": notice.missed,
        "priority": notice.priority,
        "sound": notice.sound,
        "searches": [{"name": n, "articles": c} for n, c in searches(told.items).items()],
        "articles": [_article(item) for item in told.items],
    }


def _article(item: Item) -> dict[str, Any]:
    return {
        "id": item.article_id,
        "title": item.title,
        "url": item.url,
        "source": item.source,
        "published": iso(item.published) if item.published else None,
        "language": item.language,
        "alerts": [_alert(alert) for alert in item.alerts],
    }


def _alert(alert: Alert) -> dict[str, Any]:
    return {
        "id": alert.id,
        "saved_search": alert.saved_search,
        "query_version": alert.version,
        "revision": alert.revision,
        "priority": alert.priority,
        "at": iso(alert.at),
        "why": [span_values(span) for span in alert.why],
        "more": alert.more,
        "context": [
            {"field": one.field, "text": one.text, "spans": [list(span) for span in one.spans]}
            for one in alert.context
        ],
    }
