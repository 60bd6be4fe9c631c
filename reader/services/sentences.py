"""The sentences that mention a tracked entity, newest first, page by page.

Offsets are exact: a sentence is what stands in the article, and so is each mention in it.
"""

from collections.abc import Iterator, Sequence

from reader.domain.article import FIELDS, Texts
from reader.domain.entity import Entity
from reader.domain.profile import Question, Sentence, SentenceKey, SentencePage
from reader.search.sentence_spans import Span, holding, spans
from reader.services.profile import bounds
from reader.store.database import from_ms
from reader.store.profiles import Found, Place, Profiles
from reader.store.store import Store

LONGEST = 600
"""Code points of a sentence that are given; texts without full stops have longer ones."""
_BEFORE = 150
_AT_ONCE = 40
"""Articles looked into together."""


class Sentences:
    """Used by the thread that opened `store`."""

    def __init__(self, store: Store) -> None:
        self._store, self._profiles = store, Profiles(store.connection)

    def page(
        self, entity: Entity, question: Question, after: SentenceKey | None = None,
        limit: int = 50, *, other: Entity | None = None,
    ) -> SentencePage:  # fmt: skip
        """Up to `limit` that follow `after` (None: the newest).

        `other`: only those that mention it as well. With copies collapsed only the first article
        of each text is quoted. A sentence that an article repeats is given once.
        """
        if limit < 1:
            return SentencePage()
        page: list[Sentence] = []
        last = after
        for key, sentence in self._walk(entity, question, after, other):
            if len(page) == limit:
                return SentencePage(tuple(page), last)
            page.append(sentence)
            last = key
        return SentencePage(tuple(page))

    def _walk(
        self, entity: Entity, question: Question, after: SentenceKey | None, other: Entity | None
    ) -> Iterator[tuple[SentenceKey, Sentence]]:
        """All that follow `after`, each with its own key."""
        since, until = bounds(question)
        at, article, number = after or (until - 1, 2**62, -1)
        while found := self._profiles.speaking(
            entity.id, since, (at, article), _AT_ONCE,
            other=other.id if other else None, collapse=question.collapse,
        ):  # fmt: skip
            ids = [one.article for one in found]
            texts, places = self._store.articles.texts(ids), self._profiles.places(ids)
            wanted = (entity.id, other.id) if other else (entity.id,)
            for one in found:
                meant = [p for p in places.get(one.article, ()) if p.entity in wanted]
                told = _sentences(one, texts.get(one.article, Texts()), meant, wanted)
                skipped = number if one.article == article else -1
                for n, sentence in enumerate(told):
                    if n > skipped:
                        yield (one.at, one.article, n), sentence
            if len(found) < _AT_ONCE:
                return
            at, article, number = found[-1].at, found[-1].article - 1, -1


def _sentences(
    found: Found, texts: Texts, places: Sequence[Place], wanted: Sequence[int]
) -> Iterator[Sentence]:
    """Those of an article that mention all of `wanted`, none twice."""
    told: set[str] = set()
    for number, field in enumerate(FIELDS):
        here = [place for place in places if place.field == number]
        text = texts.get(field)
        for span, marks in _marked(text, here):
            if len({place.entity for place in marks}) < len(wanted):
                continue
            start, end = _shortened(text, span, marks)
            words = " ".join(text[start:end].split())
            if words not in told:
                told.add(words)
                inside = tuple(
                    (p.start - start, p.end - start, p.entity)
                    for p in _side_by_side(marks)
                    if p.end <= end
                )
                yield Sentence(
                    found.article, found.title, found.source, from_ms(found.at), found.language,
                    field, start, text[start:end], inside,
                )  # fmt: skip


def _marked(text: str, places: Sequence[Place]) -> Iterator[tuple[Span, list[Place]]]:
    """The sentences with a mention, and the mentions in each; one that reaches over the end of
    its sentence makes it longer."""
    if not places:
        return
    found = spans(text)
    groups: dict[int, list[Place]] = {}
    for place in places:
        groups.setdefault(max(0, holding(found, place.start)), []).append(place)
    for number, marks in groups.items():
        first = marks[0].start
        start, end = found[number] if found else (first, first)
        yield (min(start, first), max(end, *(place.end for place in marks))), marks


def _side_by_side(marks: Sequence[Place]) -> Iterator[Place]:
    """Without those that lie in, or reach into, the one before."""
    done = -1
    for place in marks:
        if place.start >= done:
            yield place
            done = place.end


def _shortened(text: str, span: Span, marks: Sequence[Place]) -> Span:
    """The part of a very long sentence around its first mention, cut between words."""
    start, end = span
    if end - start <= LONGEST:
        return span
    first = marks[0]
    if first.start - start > _BEFORE:
        space = text.find(" ", first.start - _BEFORE, first.start)
        start = space + 1 if space >= 0 else first.start - _BEFORE
    limit = max(start + LONGEST, first.end)
    if limit < end:
        space = text.rfind(" ", first.end, limit)
        end = space if space >= 0 else limit
    return start, end
