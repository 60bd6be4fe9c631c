"""From the raw fields of one entry to a `ParsedItem`: what RSS, Atom and JSON have in common."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reader.domain.article import ParsedItem, Texts
from reader.feeds.clean import clean, fold, line, paragraphs, readable, text_of
from reader.feeds.dates import parse_date
from reader.feeds.language import detect
from reader.feeds.links import absolute

MOST_ITEMS = 2000
"""Items read of one feed. A feed is news; what is longer is an archive or an attack."""

_TITLE_WORDS = 12
_LONGEST = 1000  # characters of a title, an author, an identity
_WORD = re.compile(r"\w+")
_TEASER_TAIL = 0.8
_TEASER_WORDS = 25
_COMPARED = 600  # characters; what is the same so far is the same
_ENDINGS = ("[…]", "[...]", "[&#8230;]", "…", "...")


@dataclass(frozen=True, slots=True)
class Markup:
    """A text as the feed wrote it. `base`: what its relative links are relative to."""

    value: str = ""
    is_html: bool = True
    base: str = ""

    def html(self, base: str) -> str:
        return clean(self.value if self.is_html else paragraphs(self.value), self.base or base)

    def line(self) -> str:
        return line(self.value) if self.is_html else fold(readable(self.value))


@dataclass(frozen=True, slots=True)
class RawItem:
    """One entry before anything is believed about it. Addresses may be relative."""

    guid: str = ""
    url: str = ""
    title: Markup = Markup()
    summary: Markup = Markup()
    contents: tuple[Markup, ...] = ()
    authors: tuple[str, ...] = ()
    date: str = ""
    language: str = ""
    categories: tuple[str, ...] = ()


def item(raw: RawItem, base: str, language: str) -> ParsedItem | None:
    """The cleaned item; None when there is nothing in it at all.

    `base`: the feed's address. `language`: what the feed says it is written in.
    """
    url = absolute(raw.url, base)
    html, body, lead = _bodies(raw, url or base)
    title = raw.title.line() or _first_words(body or lead) or url
    guid = readable(raw.guid).strip()[:_LONGEST]
    if not (title or guid):
        return None
    texts = Texts(title[:_LONGEST], "" if repeats(lead, body) else lead, body)
    return ParsedItem(
        guid=guid,
        url=url,
        texts=texts,
        html=html,
        author=", ".join(dict.fromkeys(filter(None, map(line, raw.authors))))[:_LONGEST],
        published=parse_date(raw.date),
        published_raw=fold(readable(raw.date))[:_LONGEST],
        language=detect(f"{texts.title}. {lead} {body}", raw.language or language),
        categories=_unique(raw.categories),
    )


def repeats(lead: str, body: str) -> bool:
    """Whether a summary is just the beginning of the body, with or without a "read more"."""
    core = _without_ending(lead)
    if body.startswith(core):
        return True
    words, text = _folded(core[:_COMPARED]), _folded(body[: _COMPARED + 400])
    same = next((i for i, (a, b) in enumerate(zip(words, text, strict=False)) if a != b), None)
    same = min(len(words), len(text)) if same is None else same
    if same >= min(len(words) * _TEASER_TAIL, _TEASER_WORDS):
        return True
    return f" {' '.join(words)} " in f" {' '.join(text)} "


def _bodies(raw: RawItem, base: str) -> tuple[str, str, str]:
    """Safe HTML and text of the body, and the text of the summary. The fuller text is the body."""
    if _only_content(raw):
        html = raw.contents[0].html(base)
        return html, text_of(html), ""
    summary = raw.summary.html(base)
    lead = text_of(summary)
    html = max((c.html(base) for c in raw.contents), key=len, default="")
    if not html.strip():
        return summary, lead, ""
    body = text_of(html)
    if len(lead) > len(body) and repeats(body, lead):
        return summary, lead, ""
    return html, body, lead


def _only_content(raw: RawItem) -> bool:
    """Whether the summary is the content once more: feedparser copies it where there is none."""
    said = [(one.value, one.is_html) for one in raw.contents]
    return said == [(raw.summary.value, raw.summary.is_html)] and bool(raw.summary.value.strip())


def _without_ending(text: str) -> str:
    """Without the dots that stand for the rest."""
    stripped = text.rstrip()
    ending = next((one for one in _ENDINGS if stripped.endswith(one)), "")
    return stripped.removesuffix(ending).rstrip() if ending else text


def _first_words(text: str) -> str:
    words = text[:400].split()
    return " ".join(words[:_TITLE_WORDS]) + ("…" if len(words) > _TITLE_WORDS else "")


def _folded(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (line(n)[:100] for n in names))))[:50]
