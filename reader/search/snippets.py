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
    spans = article.passages(query)
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
    """A window from a little before each place, with how much it says: different words first.

    Places that cannot say more than one before are left out.
    """
    starts = [span.start for span in spans]
    words = [fold_key(span.text) for span in spans]
    best = 0.0
    for index, start in enumerate(starts):
        beyond = bisect_left(starts, start + LENGTH)
        if _says(words[index:beyond]) <= best:
            continue
        window = _fit(text, start)
        inside = [at for at in range(index, beyond) if spans[at].end <= window[1]]
        score = _says([words[at] for at in inside])
        if score > best:
            best = score
            yield score, window, [spans[at] for at in inside]


def _says(words: Sequence[str]) -> float:
    return len(set(words)) + 0.1 * min(len(words), 5)


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
    tail = _CUT if text[end:].strip() else ""
    shown = lead + " ".join(text[start:end].split()) + tail

    def moved(position: int) -> int:
        before = text[start:position]
        folded = len(" ".join(before.split()))
        inside = position < end and not text[position].isspace()
        return len(lead) + folded + bool(folded and inside and before[-1].isspace())

    return shown, tuple((moved(span.start), moved(span.end)) for span in spans)
