"""Messages for people: subject, plain text and HTML.

Pure. Everything that comes from an article is made harmless here: no line breaks in a subject, no
markup in the HTML but ours, no letter that turns the direction of what follows it.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, tzinfo
from html import escape

from reader.delivery.message import Item, Message, grouped, passages, pieces, searches, words
from reader.delivery.wrap import END, ISOLATE, wrapped
from reader.domain.alert import Alert, Context
from reader.domain.plain import more_places

SHOWN = 100
"""Articles told of in full; how many more there are is said."""
_SUBJECT = 150
_NAMED = 5
"""Saved searches named in a subject."""
WEB = re.compile(r"https?://[^\s<>\"\x00-\x1f\x7f]+")
"""An address that a link may lead to."""
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FIELDS = {"title": "Title", "lead": "Lead", "body": "Text"}
_STYLE = (
    "body{font:15px/1.5 sans-serif;max-width:44em;margin:1em auto;padding:0 1em}"
    "h1{font-size:1em;margin:2em 0 0;padding-bottom:.2em;border-bottom:1px solid #ccc}"
    "h2{font-size:1.05em;margin:1.4em 0 .1em}p{margin:.2em 0}"
    "mark{background:#ffe58a;color:#111}.about{color:#666;font-size:.9em}"
    "blockquote{margin:.3em 0;padding-inline-start:.8em;border-inline-start:3px solid #ccc}"
)


def subject(told: Message) -> str:
    """One line of at most 150 characters; what is cut ends in "…"."""
    if told.test:
        return "Test: alerts of Media Reader arrive here"
    names = searches(told.items)
    if len(told.items) == 1:
        text = f"{', '.join(names)}: {told.items[0].title or 'Untitled'}"
    else:
        text = f"{len(told.items)} articles: {_counted(names)}"
    if told.notice.missed:
        text = f"While you were away: {text}"
    return _cut(clean(text))


def _counted(names: dict[str, int]) -> str:
    named = [f"{name} ({count})" for name, count in list(names.items())[:_NAMED]]
    left = len(names) - len(named)
    return ", ".join(named) + (f" and {left} more" if left else "")


def _cut(text: str) -> str:
    return text if len(text) <= _SUBJECT else text[: _SUBJECT - 1].rstrip() + "…"


def plain(told: Message, zone: tzinfo | None = None) -> str:
    """The whole message as text, in lines of 72 columns but for addresses and other long words.
    `zone`: of its times; None is that of this machine."""
    blocks = [_opening(told)]
    if len(told.items) > 1:
        blocks.append("\n".join(_tallied(told)))
    number = 0
    for name, items in _sections(told):
        if name:
            blocks.append("\n".join(wrapped(f"== {isolated(name)} ==")))
        for item in items:
            number += 1
            blocks.append("\n".join(_lines(item, number, zone)))
    blocks += ("\n".join(wrapped(text)) for text in _closing(told))
    return "\n\n".join(blocks) + "\n"


def _sections(told: Message) -> list[tuple[str, list[Item]]]:
    """By saved search; where there is only one, it needs no heading."""
    found = grouped(told.items[:SHOWN])
    return found if len(found) > 1 else [("", items) for _, items in found]


def _opening(told: Message) -> str:
    if told.test:
        return "This is how alerts of Media Reader will look. Nothing has fired."
    count = len(told.items)
    what = f"{count} articles" if count != 1 else "One article"
    if told.notice.missed:
        return f"{what} fired alerts while Media Reader was not running."
    return f"{what} fired alerts."


def _tallied(told: Message) -> Iterator[str]:
    for name, count in searches(told.items).items():
        yield from wrapped(isolated(name), f"{count:>6}  ", " " * 8)


def _closing(told: Message) -> list[str]:
    left = len(told.items) - SHOWN
    if left <= 0:
        return []
    command = f"media-reader alerts --limit {len(told.notice.alerts)}"
    what = f"{left} more article{'s are' if left > 1 else ' is'} not shown here"
    return [f"{what}: see the inbox of alerts in Media Reader, or {command}."]


def _lines(item: Item, number: int, zone: tzinfo | None) -> Iterator[str]:
    title, below = _title_and_passages(item)
    yield from wrapped(_marked(title), f"{number}. ", "   ")
    yield from wrapped(_about(item, zone), "   ", "   ")
    for alert in item.alerts:
        yield from wrapped(_named(alert), "   ", "     ")
    for context in below:
        text = f"{_FIELDS.get(context.field, context.field)}: {_marked(context)}"
        yield from wrapped(text, "   ", "   ")
    if link(item):
        yield f"   {link(item)}"


def _title_and_passages(item: Item) -> tuple[Context, list[Context]]:
    """The words that fired are marked in the title itself, where it is the one that they are of."""
    title, below = Context("title", item.title or "Untitled", ()), []
    for context in passages(item):
        if context.field == "title" and context.text == item.title:
            title = context
        else:
            below.append(context)
    return title, below


def _about(item: Item, zone: tzinfo | None) -> str:
    moment = item.published or max(alert.at for alert in item.alerts)
    about = f"{isolated(item.source)} · " if item.source else ""
    return about + local(moment, zone)


def _named(alert: Alert) -> str:
    named = f"{isolated(alert.saved_search)} (version {alert.version} of its query)"
    fired = words(alert)
    return named + (f": {', '.join(map(isolated, fired))}" if fired else "") + _beyond(alert)


def _beyond(alert: Alert) -> str:
    return f" and {more_places(alert.more)}" if alert.more else ""


def _marked(context: Context) -> str:
    marked = "".join(
        f"*{_harmless(text)}*" if on else _harmless(text) for text, on in pieces(context)
    )
    return _directed(" ".join(marked.split()))


def html(told: Message, zone: tzinfo | None = None) -> str:
    """The same as a page of HTML: no scripts, no pictures, nothing that is fetched."""
    parts = [f"<p>{escape(_opening(told))}</p>"]
    if len(told.items) > 1:
        rows = (f"<li>{_bdi(n)}: {c}</li>" for n, c in searches(told.items).items())
        parts.append(f"<ul>{''.join(rows)}</ul>")
    for name, items in _sections(told):
        parts += [f"<h1>{_bdi(name)}</h1>"] if name else []
        parts += [_html_item(item, zone) for item in items]
    parts += [f"<p>{escape(text)}</p>" for text in _closing(told)]
    head = f'<meta charset="utf-8"><title>{escape(subject(told))}</title><style>{_STYLE}</style>'
    body = "\n".join(parts)
    return f"<!DOCTYPE html>\n<html><head>{head}</head><body>\n{body}\n</body></html>\n"


def _html_item(item: Item, zone: tzinfo | None) -> str:
    heading, below = _title_and_passages(item)
    title = _html_marked(heading)
    address = link(item)
    if address:
        title = f'<a href="{escape(address)}">{title}</a>'
    spoken = f' lang="{item.language}"' if re.fullmatch("[a-z]{2,3}", item.language) else ""
    moment = item.published or max(alert.at for alert in item.alerts)
    source = f"{_bdi(item.source)} · " if item.source else ""
    parts = [
        f'<h2 dir="auto"{spoken}>{title}</h2>',
        f'<p class="about">{source}{escape(local(moment, zone))}</p>',
        *(f"<p>{_html_alert(alert)}</p>" for alert in item.alerts),
        *(f'<blockquote dir="auto"{spoken}>{_html_marked(c)}</blockquote>' for c in below),
    ]
    return "\n".join(parts)


def _html_alert(alert: Alert) -> str:
    fired = ", ".join(map(_bdi, words(alert)))
    about = f'<span class="about">(version {alert.version} of its query)</span>'
    return (
        f"<b>{_bdi(alert.saved_search)}</b> {about}{': ' + fired if fired else ''}{_beyond(alert)}"
    )


def _html_marked(context: Context) -> str:
    return "".join(
        f"<mark>{escape(_harmless(text))}</mark>" if on else escape(_harmless(text))
        for text, on in pieces(context)
    )


def _bdi(text: str) -> str:
    return f"<bdi>{escape(clean(text))}</bdi>"


def link(item: Item) -> str:
    """The article's address when it is one of the web without spaces or marks, else ""."""
    return item.url if WEB.fullmatch(item.url) else ""


def local(moment: datetime, zone: tzinfo | None) -> str:
    """With the zone's name, for on the day clocks change an hour comes twice."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M %Z}"


def clean(text: str) -> str:
    """One line without control characters."""
    return " ".join(_harmless(text).split())


def isolated(text: str) -> str:
    """One line that keeps its direction to itself."""
    return _directed(clean(text))


def _directed(text: str) -> str:
    turns = any(unicodedata.bidirectional(letter) in {"R", "AL", "AN"} for letter in text)
    return f"{ISOLATE}{text}{END}" if turns else text


def _harmless(text: str) -> str:
    """Without what could turn the direction of our own words, end a line, or start a command."""
    kept = _TURNS.sub("", text)
    return "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp", "Cs"} else c for c in kept)
