"""One article against a query, in memory: what the index would say of it, and where and why.

Saved searches are matched with this when articles arrive, and hits are explained by it. An
`Article` cuts its texts into words once, however many queries it is asked.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import Any

from reader.domain.article import FIELDS, Explained, Mention, SearchDocument, Span
from reader.domain.filters import entity_matches, same_name
from reader.search import nodes, places
from reader.search.language import Query
from reader.search.marking import Marking, marking
from reader.search.places import Place, Windows
from reader.search.reading import Mark, Reading
from reader.search.spotting import Spotter
from reader.search.stems import primary
from reader.search.syntax import ENTITY_FIELDS, OTHER_TEXT_FIELDS, And, Node, Not, Slot
from reader.search.tree import ANYWHERE

MOST_SPANS = 200


def matches(
    query: Query, document: SearchDocument, now: datetime | None = None
) -> Explained | None:
    """Why the query is true of the article; None when it is not.

    `now` moves the queries that count from now (`last:7d`); otherwise they keep theirs.
    """
    article = Article(document)
    asked = query.at(now) if now else query
    return article.explain(asked) if article.matches(asked) else None


class Article:
    """An article ready for many queries. `spotter`: one of its language, for the words in them."""

    def __init__(self, document: SearchDocument, spotter: Spotter | None = None) -> None:
        self.document = document
        self._spotter = spotter
        self._readings: dict[str, Reading] = {}
        self._spelt: dict[Mark, Span] = {}

    def matches(self, query: Query) -> bool:
        holds = self.text.holds
        for words in query.needs:
            if not any(map(holds, words)):  # most articles lack some word
                return False
        return query.settled or query.condition(self)

    @cached_property
    def text(self) -> Reading:
        """Title, lead and body."""
        texts = [(field, self.document.texts.get(field)) for field in FIELDS]
        if self._spotter is not None:
            return self._spotter.reading(texts)
        return Reading(texts, primary(self.document.language))

    def explain(self, query: Query) -> Explained:
        """The places of what the query looks for; meant for a query that matches."""
        marks = [_outermost(self._marks_of([marking])) for marking in query.markings]
        several = isinstance(query.root, And)
        parts = query.root.parts if isinstance(query.root, And) else (query.root,)
        clauses = tuple(map(_clause, parts, marks))
        if several and not query.condition(self):
            return Explained((), clauses)
        found = _outermost(chain.from_iterable(marks)) if several else marks[0]
        return self._explained(found, clauses)

    def why(self, query: Query) -> Explained:
        """`explain` without a sentence for each clause, for a query that matches."""
        return self._explained(_outermost(self._marks_of(query.markings)))

    def _explained(self, marks: list[Mark], clauses: tuple[str, ...] = ()) -> Explained:
        shown = tuple(self._spans(marks[:MOST_SPANS]))
        return Explained(shown, clauses, max(0, len(marks) - MOST_SPANS))

    def passages(self, query: Query) -> list[Span]:
        """In reading order, none inside another; nothing that the query excludes.

        Also of clauses that are not wholly true, for an article of which only the texts are known.
        """
        return self._spans(_outermost(self._marks_of([marking(query.tree, everything=True)])))

    def _marks_of(self, markings: Iterable[Marking]) -> set[Mark]:
        found: set[Mark] = set()
        for mark in markings:
            mark(self, found)
        return found

    def _spans(self, marks: Iterable[Mark]) -> list[Span]:
        return [self._spelt.get(mark) or self._spell(mark) for mark in marks]

    def _spell(self, mark: Mark) -> Span:
        region, start, end = mark
        field = FIELDS[region]
        found = Span(field, start, end, self.document.texts.get(field)[start:end])
        self._spelt[mark] = found
        return found

    def _reading(self, field: str) -> tuple[Reading, str]:
        """Where a field is looked for, and in which region of it ("": in all of it)."""
        if field not in OTHER_TEXT_FIELDS:
            return self.text, "" if field == ANYWHERE else field
        if field not in self._readings:
            text = self.document.author if field == "author" else self.document.url
            self._readings[field] = Reading([(field, text)])
        return self._readings[field], ""

    def holds(self, field: str, slot: Slot) -> bool:
        """Whether a word stands in a field, or anywhere in the texts."""
        reading, region = self._reading(field)
        return reading.holds(slot, region)

    def stands(self, node: Any) -> bool:
        """Whether a clause has any place; a long article may have very many."""
        field = nodes.place_field(node)
        if isinstance(node, nodes.Often):
            return places.times(self._places(part, field) for part in node.parts) >= node.times
        if isinstance(node, nodes.Chain):
            return self.has_chain(node)
        if not isinstance(node, nodes.Close):
            return bool(self._places(node, field))
        if any(self.holds(str(node.fieldname), join) for join in node.joins):
            return True
        left, right = self._sides(node, field)
        if not left or not right:
            return False
        if node.sentence:
            return places.share(left, right, self.text.sentences)
        return places.meet(left, right, node.between, node.ordered)

    def has_chain(self, node: nodes.Chain) -> bool:
        """`stands` for words in a row."""
        return places.chains(*self._linked(node))

    def _places(self, node: Any, field: str) -> list[Place]:
        """Where a clause with places stands, in order of beginning; mentions only in `field`."""
        slot = nodes.slot_of(node)
        if slot:
            return places.single(self._positions(node.fieldname, slot))
        if isinstance(node, nodes.Chain):
            return self._chain(node)
        if isinstance(node, nodes.Close):
            return self._close(node, field)
        if isinstance(node, nodes.AnyOf):
            return sorted({place for part in node.parts for place in self._places(part, field)})
        if isinstance(node, nodes.Filter):
            return sorted({place for place, _mention in self._mentioned(node, field)})
        reading, _region = self._reading(field)
        found = self._places(node.child, field)
        begins = reading.begins
        return [p for p in found if p[1] - begins[bisect_right(begins, p[0]) - 1] < node.words]

    def _chain(self, node: nodes.Chain) -> list[Place]:
        return places.chain(*self._linked(node))

    def _linked(self, node: nodes.Chain) -> tuple[list[list[int]], list[set[int]], int]:
        """Where the words stand, and where two neighbours stand in one compound."""
        reading, region = self._reading(str(node.fieldname))
        slots: list[list[int]] = []
        for slot in node.slots:
            slots.append(reading.positions(slot, region))
            if not slots[-1]:
                return [[]], [], node.between
        joins = [
            set(reading.positions(join, region)) if join and reading.has_compounds else set()
            for join in node.joins
        ]
        return slots, joins, node.between

    def _sides(self, node: nodes.Close, field: str) -> tuple[list[Place], list[Place]]:
        left = self._places(node.left, field)
        return left, self._places(node.right, field) if left else []

    def _close(self, node: nodes.Close, field: str) -> list[Place]:
        left, right = self._sides(node, field)
        if node.sentence:
            found = places.sentence(left, right, self.text.sentences)
        else:
            found = places.close(left, right, node.between, node.ordered)
        for join in node.joins:
            found += places.single(self._positions(str(node.fieldname), join))
        return sorted(set(found))

    def _positions(self, field: str, slot: Slot) -> list[int]:
        reading, region = self._reading(field)
        return reading.positions(slot, region)

    def _mentioned(self, node: nodes.Filter, field: str) -> Iterator[tuple[Place, Mention]]:
        """The words of each mention that a filter is about."""
        for mention in self._mentions(node):
            if field in (ANYWHERE, mention.field) and mention.field in FIELDS:
                place = self.text.words(mention.field, mention.start, mention.end)
                if place:
                    yield place, mention

    # -- marks

    def mention_marks(self, node: nodes.Filter) -> list[Mark]:
        """The mentions that a filter is about."""
        return [_mark(m) for m in self._mentions(node) if m.field in FIELDS]

    def word_marks(self, field: str, slot: Slot) -> Sequence[Mark]:
        """Every place of a word."""
        reading, region = self._reading(field)
        return reading.all_marks(slot, region)

    def chain_marks(self, node: nodes.Chain) -> Iterator[Mark]:
        """Every place of words in a row."""
        return self._marked_chain(node, self._chain(node))

    def place_marks(self, node: Any, field: str) -> Iterator[Mark]:
        """The words that stand so to each other as a clause asks."""
        return self._marks(node, field, Windows(self._places(node, field)))

    def _marks(self, node: Any, field: str, windows: Windows) -> Iterator[Mark]:
        """What to mark of a clause inside the windows: words, and phrases as a whole."""
        slot = nodes.slot_of(node)
        if slot:
            yield from self._marked(node.fieldname, slot, windows)
        elif isinstance(node, nodes.Close):
            inner = Windows([p for p in self._places(node, field) if windows.hold(p)])
            for part in (node.left, node.right):
                yield from self._marks(part, field, inner)
            for join in node.joins:
                yield from self._marked(str(node.fieldname), join, windows)
        elif isinstance(node, nodes.AnyOf | nodes.Opening):
            for part in node.children():
                yield from self._marks(part, field, windows)
        elif isinstance(node, nodes.Filter):
            for place, mention in self._mentioned(node, field):
                if windows.hold(place):
                    yield _mark(mention)
        else:
            found = [place for place in self._chain(node) if windows.hold(place)]
            yield from self._marked_chain(node, found)

    def _marked_chain(self, node: nodes.Chain, found: Sequence[Place]) -> Iterator[Mark]:
        """A phrase as a whole; only its words where others may stand between them."""
        field = str(node.fieldname)
        apart = [place for place in found if node.between and place[0] < place[1]]
        if apart:
            for slot in node.slots:
                yield from self._marked(field, slot, Windows(apart))
        reading, _region = self._reading(field)
        for first, last in found if not apart else sorted(set(found).difference(apart)):
            begins = [*reading.marks(node.slots[0], first)]
            ends = [*reading.marks(node.slots[-1], last)]
            if begins and ends:
                yield min(begins)._replace(end=max(mark.end for mark in ends))

    def _marked(self, field: str, slot: Slot, windows: Windows) -> Iterator[Mark]:
        reading, region = self._reading(field)
        for position in reading.positions(slot, region):
            if windows.hold((position, position)):
                yield from reading.marks(slot, position)

    def _mentions(self, node: nodes.Filter) -> list[Mention]:
        if node.fieldname not in ENTITY_FIELDS:
            return []
        names = set(_entities(node, self.document))
        return [mention for mention in self.document.entity_spans if mention.entity in names]


def _clause(part: Node, marks: Sequence[Mark]) -> str:
    """`"air defence" · title 1, body 3`: where a clause stands, for people."""
    if isinstance(part, Not):
        return f"{part} · nowhere"
    counts = Counter(FIELDS[mark.region] for mark in marks)
    where = ", ".join(f"{field} {counts[field]}" for field in FIELDS if counts[field])
    return f"{part} · {where}" if where else str(part)


def _entities(node: nodes.Filter, document: SearchDocument) -> Iterator[str]:
    """The names of the article's entities that a filter is about."""
    for index, (name, type_, watchlist) in enumerate(document.entities):
        aliases = document.aliases[index] if index < len(document.aliases) else ()
        if node.fieldname == "entity":
            wanted = entity_matches(node.value, name, aliases)
        else:
            wanted = same_name(node.value, type_ if node.fieldname == "type" else watchlist)
        if wanted:
            yield name


def _mark(mention: Mention) -> Mark:
    return Mark(FIELDS.index(mention.field), mention.start, mention.end)


def _outermost(marks: Iterable[Mark]) -> list[Mark]:
    """Those that are not inside another, in reading order."""
    kept: list[Mark] = []
    region, start, end = -1, 0, 0
    for mark in sorted(marks):
        if mark[0] == region:
            if mark[1] == start:  # at least as long as the one before
                kept.pop()
            elif mark[2] <= end:
                continue
        kept.append(mark)
        region, start, end = mark
    return kept
