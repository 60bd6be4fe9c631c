"""One article against a query, in memory: what the index would say of it, and where and why.

Saved searches are matched with this when articles arrive, and hits are explained by it. An
`Article` cuts its texts into words once, however many queries it is asked.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from whoosh import query as whoosh_query

from reader.domain.article import FIELDS, Explained, Mention, SearchDocument, Span
from reader.domain.filters import entity_matches, holds, same_name
from reader.search import nodes, places
from reader.search.analysis import tokens
from reader.search.dates import to_ms
from reader.search.language import Query
from reader.search.places import Place
from reader.search.syntax import And, Node, Not, Slot
from reader.search.tree import grow

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


class Words(NamedTuple):
    """The words of one field: where each form stands, by position and in the text."""

    text: str
    positions: dict[str, list[int]]
    offsets: dict[tuple[str, int], tuple[int, int]]


class Article:
    """An article ready for many queries."""

    def __init__(self, document: SearchDocument) -> None:
        self.document = document
        self._words: dict[str, Words] = {}

    def matches(self, query: Query) -> bool:
        anchor = query.anchor
        if anchor is not None and anchor.isdisjoint(self._forms_anywhere):
            return False
        return self._true(query.tree)

    @cached_property
    def _forms_anywhere(self) -> set[str]:
        return {form for field in FIELDS for form in self.words(field).positions}

    def explain(self, query: Query) -> Explained:
        """The places of what the query looks for; meant for a query that matches."""
        parts = query.root.parts if isinstance(query.root, And) else (query.root,)
        spans = tuple(self.spans(query.tree))[:MOST_SPANS]
        return Explained(spans, tuple(self._clause(part, query) for part in parts))

    def spans(self, tree: Any, *, everything: bool = False) -> list[Span]:
        """In reading order, none inside another; nothing that the query excludes.

        `everything`: also of clauses that are not wholly true, for an article of which only the
        texts are known.
        """
        found: dict[str, set[tuple[int, int]]] = {}
        self._collect(tree, found, everything)
        return [
            Span(field, start, end, self.document.texts.get(field)[start:end])
            for field in FIELDS
            for start, end in _outermost(found.get(field, ()))
        ]

    def words(self, field: str) -> Words:
        known = self._words.get(field)
        if known is None:
            known = self._words[field] = _cut(_text_of(self.document, field))
        return known

    def _true(self, node: Any) -> bool:
        if isinstance(node, whoosh_query.Term):
            return node.text in self.words(node.fieldname).positions
        if isinstance(node, whoosh_query.Or):
            return any(self._true(part) for part in node)
        if isinstance(node, whoosh_query.And):
            return all(self._true(part) for part in node)
        if isinstance(node, whoosh_query.Not):
            return not self._true(node.query)
        if isinstance(node, nodes.Filter):
            return holds(str(node.fieldname), node.value, self.document)
        if isinstance(node, nodes.During):
            return self._during(node)
        if isinstance(node, nodes.Often):
            return places.times(self._places(part) for part in node.parts) >= node.times
        return bool(self._places(node))

    def _during(self, node: nodes.During) -> bool:
        moment = getattr(self.document, str(node.fieldname))
        if moment is None:
            return False
        at = to_ms(moment)
        return (node.start is None or node.start <= at) and (node.end is None or at < node.end)

    def _places(self, node: Any) -> list[Place]:
        """Where a clause with places stands in its field, in order of beginning."""
        slot = nodes.slot_of(node)
        if slot:
            return places.single(self._positions(node.fieldname, slot))
        if isinstance(node, nodes.Chain):
            return self._chain(node)
        if isinstance(node, nodes.Close):
            left, right = self._places(node.left), self._places(node.right)
            found = places.close(left, right, node.between, node.ordered)
            for join in node.joins:
                found += places.single(self._positions(str(node.fieldname), join))
            return sorted(set(found))
        if isinstance(node, nodes.AnyOf):
            return sorted({place for part in node.parts for place in self._places(part)})
        return [place for place in self._places(node.child) if place[1] < node.words]

    def _chain(self, node: nodes.Chain) -> list[Place]:
        field = str(node.fieldname)
        known = self.words(field).positions
        if any(slot.kind == "word" and slot.text not in known for slot in node.slots):
            return []
        slots = [self._positions(field, slot) for slot in node.slots]
        joins = [set(self._positions(field, join)) if join else set() for join in node.joins]
        return places.chain(slots, joins, node.between)

    def _positions(self, field: str, slot: Slot) -> list[int]:
        known = self.words(field).positions
        if slot.kind == "word":
            return known.get(slot.text, [])
        return sorted({p for form in self._forms(field, slot) for p in known[form]})

    def _forms(self, field: str, slot: Slot) -> list[str]:
        known = self.words(field).positions
        if slot.kind == "word":
            return [slot.text] if slot.text in known else []
        start = slot.beginning
        return [form for form in known if form.startswith(start) and slot.accepts(form)]

    def _collect(self, node: Any, found: dict[str, set[tuple[int, int]]], everything: bool) -> None:
        """Adds the spans of every clause that is true and not excluded."""
        if isinstance(node, whoosh_query.Not):
            return
        if isinstance(node, nodes.Filter):
            for mention in self._mentions(node):
                found.setdefault(mention.field, set()).add((mention.start, mention.end))
        elif isinstance(node, whoosh_query.Or | whoosh_query.And | nodes.Often):
            if everything or self._true(node):
                for part in node.children():
                    self._collect(part, found, everything)
        elif not isinstance(node, nodes.During):
            field = str(node.fieldname)
            found.setdefault(field, set()).update(self._marks(node, self._places(node)))

    def _marks(self, node: Any, windows: Sequence[Place]) -> Iterator[tuple[int, int]]:
        """What to mark of a clause inside the windows: words, and phrases as a whole."""
        if isinstance(node, nodes.Close):
            inner = [p for p in self._places(node) if places.inside(p, windows)]
            for part in (node.left, node.right):
                yield from self._marks(part, inner)
            for join in node.joins:
                yield from self._marked(str(node.fieldname), join, windows)
        elif isinstance(node, nodes.AnyOf | nodes.Opening):
            for part in node.children():
                yield from self._marks(part, windows)
        elif isinstance(node, nodes.Chain):
            yield from self._marked_chain(node, windows)
        else:
            slot = nodes.slot_of(node)
            if slot:
                yield from self._marked(node.fieldname, slot, windows)

    def _marked_chain(
        self, node: nodes.Chain, windows: Sequence[Place]
    ) -> Iterator[tuple[int, int]]:
        field = str(node.fieldname)
        for place in self._chain(node):
            if not places.inside(place, windows):
                continue
            if node.between and place[0] < place[1]:
                for slot in node.slots:
                    yield from self._marked(field, slot, [place])
                continue
            first = [*self._marked(field, node.slots[0], [(place[0], place[0])])]
            last = [*self._marked(field, node.slots[-1], [(place[1], place[1])])]
            if first and last:
                yield min(first)[0], max(end for _start, end in last)

    def _marked(
        self, field: str, slot: Slot, windows: Sequence[Place]
    ) -> Iterator[tuple[int, int]]:
        words = self.words(field)
        for form in self._forms(field, slot):
            for position in words.positions[form]:
                if places.inside((position, position), windows):
                    yield words.offsets[form, position]

    def _mentions(self, node: nodes.Filter) -> list[Mention]:
        if node.fieldname not in ("entity", "type", "watchlist"):
            return []
        names = set(_entities(node, self.document))
        return [mention for mention in self.document.entity_spans if mention.entity in names]

    def _clause(self, part: Node, query: Query) -> str:
        """`"air defence" · title 1, body 3`: where a clause stands, for people."""
        if isinstance(part, Not):
            return f"{part} · nowhere"
        found = self.spans(grow(part, query.now, query.zone))
        counts = [(field, sum(span.field == field for span in found)) for field in FIELDS]
        where = ", ".join(f"{field} {count}" for field, count in counts if count)
        return f"{part} · {where}" if where else str(part)


def _cut(text: str) -> Words:
    words = Words(text, {}, {})
    for token in tokens(text):
        at = (token.text, token.position)
        if at not in words.offsets:
            words.offsets[at] = (token.start, token.end)
            words.positions.setdefault(token.text, []).append(token.position)
    return words


def _text_of(document: SearchDocument, field: str) -> str:
    if field in FIELDS:
        return document.texts.get(field)
    return document.author if field == "author" else document.url


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


def _outermost(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept
