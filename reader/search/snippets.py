"""What a list row shows of a hit: the places in the title, and the passage that says most.

Nothing that a query only excludes is ever marked. Offsets count code points.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from reader.domain.article import Marked, SearchDocument, Span, Texts
from reader.domain.fold import fold_key
from reader.search.language import Query
from reader.search.matcher import Article

LENGTH = 180
"""Characters of a passage, about."""
LOOKED_AT = 400
"""Places in one text that are weighed; a word that stands more often is not what is special."""

_BEFORE = 40
_CUT = "…"

Range = tuple[int, int]


def mark(
    query: Query, article_id: int, texts: Texts, document: SearchDocument | None = None
) -> Marked:
    """The marks of one hit. With `document`, the mentions that an `entity:` filter found, too."""
    article = Article(document or SearchDocument(article_id, texts))
    spans = article.spans(query.tree, everything=True)
    title = tuple((s.start, s.end) for s in spans if s.field == "title")
    best: tuple[float, str, Range, list[Span]] | None = None
    for field in ("lead", "body"):
        here = [span for span in spans if span.field == field][:LOOKED_AT]
        for score, window, inside in _passages(texts.get(field), here):
            if best is None or score > best[0]:
                best = (score, field, window, inside)
    if best is None:
        field = "lead" if texts.lead else "body"
        best = (0.0, field, _fit(texts.get(field), 0), [])
    _score, field, window, inside = best
    return Marked(article_id, title, *_shown(texts.get(field), window, inside))


def _passages(text: str, spans: Sequence[Span]) -> Iterator[tuple[float, Range, list[Span]]]:
    """A window from a little before each place, with how much it says: different words first."""
    starts = [span.start for span in spans]
    for index, span in enumerate(spans):
        window = _fit(text, span.start)
        inside = [s for s in spans[index : bisect_left(starts, window[1])] if s.end <= window[1]]
        words = {fold_key(s.text) for s in inside}
        yield len(words) + 0.1 * min(len(inside), 5), window, inside


def _fit(text: str, place: int) -> Range:
    """About `LENGTH` characters around `place`, from a sentence or word on, to the end of one."""
    start = _beginning(text, place)
    end = min(len(text), start + LENGTH)
    if end < len(text) and not text[end].isspace():
        space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
        end = space if space > max(place, start + LENGTH // 2) else end
    return start, end


def _beginning(text: str, place: int) -> int:
    if place <= _BEFORE:
        return 0
    low = place - _BEFORE
    sentence = [found.end() for found in re.finditer(r"[.!?…。؟]\s+|\n+", text[low:place])]
    if sentence:
        return low + sentence[0]
    space = re.search(r"\s", text[low:place])
    return low + space.end() if space else low


def _shown(text: str, window: Range, spans: Sequence[Span]) -> tuple[str, tuple[Range, ...]]:
    """The passage with its white space folded, … where it was cut, and the spans moved along."""
    start, end = window
    lead = _CUT if text[:start].strip() else ""
    shown, moved = lead, {}
    wanted = {position for span in spans for position in (span.start, span.end)}
    gap = False
    for position in range(start, end + 1):
        character = text[position] if position < end else ""
        if position in wanted:
            pending = gap and bool(character) and not character.isspace() and shown != lead
            moved[position] = len(shown) + pending
        if not character or character.isspace():
            gap = True
            continue
        if gap and shown != lead:
            shown += " "
        shown, gap = shown + character, False
    tail = _CUT if text[end:].strip() else ""
    return shown + tail, tuple((moved[span.start], moved[span.end]) for span in spans)
