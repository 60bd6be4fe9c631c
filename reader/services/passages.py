"""What an alert shows of the words that fired it: passages of the text as it was then.

Pure but for reading the texts. Offsets count code points.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reader.domain.alert import Alert, Context
from reader.domain.article import FIELDS, Span, Texts
from reader.store.alerts import Alerts

LENGTH = 160
"""Code points of a passage, about; more when a single place is longer."""
MOST = 3
"""Passages of one alert."""

LOOKED_AT = 24
"""Places in one text that are weighed; a word that stands more often is not what is special."""

_BEFORE = 40
_CUT = "…"
_SPACE = re.compile(r"\s+")
_SENTENCE = re.compile(r"[.!?…。！？؟]\s+|\n+")

Range = tuple[int, int]


def with_context(store: Alerts, alerts: Sequence[Alert]) -> list[Alert]:
    """The same alerts with the passages that hold their words."""
    texts = store.texts([alert.id for alert in alerts])
    return [
        replace(alert, context=passages(texts.get(alert.id, Texts()), alert.why))
        for alert in alerts
    ]


def passages(texts: Texts, spans: Sequence[Span]) -> tuple[Context, ...]:
    """Up to `MOST`, in reading order: of the title, and those with the most different words.

    Without any place (the search asked for a feed, a language …) the beginning of the text is
    shown, with nothing marked. Places that are not in these texts are left out.
    """
    found = [span for span in spans if texts.get(span.field)[span.start : span.end] == span.text]
    offered = [one for field in FIELDS for one in _of_field(texts, field, found)]
    if not offered:
        field = next((name for name in ("lead", "body", "title") if texts.get(name)), "title")
        text = texts.get(field)
        return (_shown(field, text, _window(text, (0, 0)), ()),) if text else ()
    return tuple(_shown(*one) for one in _telling(offered))


_Offered = tuple[str, str, Range, Sequence[Range]]
"""Field, its text, the window to show, the places in it."""


def _of_field(texts: Texts, field: str, spans: Sequence[Span]) -> Iterator[_Offered]:
    """Windows one after the other that hold the first places."""
    text = texts.get(field)
    places = sorted((s.start, s.end) for s in spans if s.field == field)[:LOOKED_AT]
    while places:
        window = _window(text, places[0])
        inside = [place for place in places if place[1] <= window[1]]
        yield field, text, window, inside
        places = places[len(inside) :]


def _window(text: str, place: Range) -> Range:
    """From a little before a place, at the beginning of a sentence or word, to the end of one; all
    of a short text."""
    if len(text) <= LENGTH:
        return 0, len(text)
    start = _beginning(text, place[0])
    end = min(len(text), max(start + LENGTH, place[1]))
    if end < len(text) and not text[end].isspace():
        space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
        end = space if space >= max(place[1], start + LENGTH // 2) else end
    return start, end


def _beginning(text: str, place: int) -> int:
    low = place - _BEFORE
    if low <= 0:
        return 0
    ends = [found.end() for found in _SENTENCE.finditer(text, low, place)]
    space = _SPACE.search(text, low, place)
    return ends[0] if ends else space.end() if space else low


def _telling(offered: Sequence[_Offered]) -> list[_Offered]:
    """The title, and those that add words the others have not, in the order given."""
    chosen = [one for one in offered if one[0] == "title"][:1]
    rest = [one for one in offered if one[0] != "title"]
    told: set[str] = set()
    while rest and len(chosen) < MOST:
        best = max(rest, key=lambda one: len(_words(one) - told))
        if not _words(best) - told:
            break
        chosen.append(best)
        rest.remove(best)
        told |= _words(best)
    return [one for one in offered if one in chosen]


def _words(one: _Offered) -> set[str]:
    _, text, _, places = one
    return {text[start:end].casefold() for start, end in places}


def _shown(field: str, text: str, window: Range, places: Sequence[Range]) -> Context:
    """The window with its white space folded, … where it was cut, and the places moved along."""
    start, end = window
    head = _CUT if text[:start].strip() else ""
    tail = _CUT if text[end:].strip() else ""
    inner = text[start:end].lstrip()
    start = min(end, len(text)) - len(inner)

    def moved(offset: int) -> int:
        return len(head) + len(_SPACE.sub(" ", inner[: offset - start]))

    spans = tuple((moved(first), moved(last)) for first, last in places)
    return Context(field, head + _SPACE.sub(" ", inner).rstrip() + tail, spans)
