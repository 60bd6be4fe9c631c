"""A segment of lists, slow but plain enough to be believed, and a judge of trees over it.

The judge walks over every article and every combination of places. It shares the cutting of texts
into words with the search, and nothing else.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import query

from reader.domain.article import SearchDocument, Texts
from reader.search import nodes
from reader.search.analysis import CASE, GAP, cut, forms
from reader.search.evaluate import Evaluator, Mentioned, Rarity, Result
from reader.search.segment import UNKNOWN
from reader.search.stems import has, stem
from reader.search.syntax import Slot, joined
from tests.helpers.search_oracle import edits

REGIONS = ("title", "lead", "body")
Place = tuple[int, int]
Named = tuple[str, int, int, int]
"""What an article mentions: the entity, the region's number, the first and the last word."""


@dataclass
class Doc:
    """An article, and where each form of a kind stands in its text space."""

    id: int
    title: str = ""
    lead: str = ""
    body: str = ""
    author: str = ""
    language: str = "en"
    sorted_at: int = UNKNOWN
    mentions: tuple[Named, ...] = ()
    groups: dict[str, dict[tuple[str, str], set[int]]] = field(default_factory=dict)
    at: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    known: dict[tuple[str, Slot], list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.groups = {"text": {}, "author": {}}
        begin = 0
        for text in (self.title, self.lead, self.body):
            self.at.append(begin)
            found = cut(text)
            self.sentences += [begin + position for position in found.sentences]
            self._put("text", begin, found.words)
            self.end = begin + len(found.words)
            begin = self.end + GAP
        self._put("author", 0, cut(self.author).words)

    def _put(self, group: str, begin: int, words: list[str]) -> None:
        for position, word in enumerate(words, begin):
            for form in forms(word):
                self.groups[group].setdefault((form.kind, form.text), set()).add(position)

    def article(self) -> SearchDocument:
        """The same, to be indexed."""
        known = self.sorted_at != UNKNOWN
        at = datetime.fromtimestamp(self.sorted_at / 1000, UTC) if known else None
        texts = Texts(self.title, self.lead, self.body)
        return SearchDocument(
            self.id, texts, author=self.author, language=self.language, sorted_at=at
        )

    def positions(self, name: str, slot: Slot) -> list[int]:
        if (name, slot) not in self.known:
            self.known[name, slot] = self._positions(name, slot)
        return self.known[name, slot]

    def _positions(self, name: str, slot: Slot) -> list[int]:
        group = "text" if name in REGIONS else name
        found = {
            position
            for (kind, form), positions in self.groups[group].items()
            if self._accepts(slot, kind, form, inflected=group == "text")
            for position in positions
        }
        if slot.kind == "cased" and slot.text == slot.text.lower():
            for (kind, form), positions in self.groups[group].items():
                if kind == "cased" and form.startswith(slot.text + CASE):
                    found -= positions
        return sorted(p for p in found if name not in REGIONS or self.region(p) == name)

    def _accepts(self, slot: Slot, kind: str, form: str, *, inflected: bool) -> bool:
        wanted = "pair" if " " in slot.text else "word"
        if slot.kind == "cased":
            capital = slot.text != slot.text.lower()
            text = slot.text.lower() + (CASE + slot.text if capital else "")
            return kind == ("cased" if capital else "word") and form == text
        if kind != wanted:
            return False
        if slot.kind == "word" and inflected and has(self.language):
            return stem(form, self.language) == stem(slot.text, self.language)
        return accepts(slot, form)

    def region(self, position: int) -> str:
        return REGIONS[(position >= self.at[1]) + (position >= self.at[2])]

    def sentence(self, position: int) -> int:
        return max((s for s in self.sentences if s <= position), default=0)


def accepts(slot: Slot, form: str) -> bool:
    """Whether a slot is true of an exact form, letter by letter."""
    if slot.kind == "fuzzy":
        return edits(slot.text, form) <= slot.edits
    if slot.kind == "glob":
        signs = {"*": "[^ ]*", "?": "[^ ]"}
        pattern = "".join(signs.get(letter) or re.escape(letter) for letter in slot.text)
        return re.fullmatch(pattern, form) is not None
    if slot.kind == "regex":
        return re.fullmatch(slot.text, form) is not None
    return form == slot.text


class Lists:
    """A segment of lists: slow, and plain enough to be believed."""

    def __init__(self, docs: Sequence[Doc], deleted: Sequence[int] = ()) -> None:
        self._all = list(docs)
        self.count = len(self._all)
        self.live = np.ones(self.count, dtype=bool) if deleted else None
        for number in deleted:
            assert self.live is not None
            self.live[number] = False
        self.lead_at = np.array([doc.at[1] for doc in docs], dtype=np.uint32)
        self.body_at = np.array([doc.at[2] for doc in docs], dtype=np.uint32)
        self.end = np.array([doc.end for doc in docs], dtype=np.uint32)

    @property
    def newest(self) -> NDArray[np.uint32]:
        order = sorted(range(self.count), key=lambda n: (self._all[n].sorted_at, self._all[n].id))
        return np.array(order[::-1][: self.count // 2], dtype=np.uint32)

    def column(self, name: str) -> NDArray[np.int64]:
        values = [doc.id if name == "id" else doc.sorted_at for doc in self._all]
        return np.array(values, dtype=np.int64)

    def frequency(self, field: str, slot: Slot) -> int:
        return len(self.docs(field, slot))

    def docs(self, field: str, slot: Slot) -> NDArray[np.uint32]:
        held = [n for n, doc in enumerate(self._all) if doc.positions(field, slot)]
        return np.array(held, dtype=np.uint32)

    def marks(self, field: str, slot: Slot) -> NDArray[np.bool_]:
        held: NDArray[np.bool_] = self.spread(field, slot) != 0
        return held

    def weighed(self, field: str, slot: Slot) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
        docs = self.docs(field, slot)
        weights = []
        for doc in (self._all[number] for number in docs):
            where = [doc.region(p) if field == "text" else "" for p in doc.positions(field, slot)]
            weights.append(sum({"title": 3.0, "lead": 1.5}.get(region, 1.0) for region in where))
        return docs, np.array(weights, dtype=np.float32)

    def holding(self, field: str, slot: Slot, docs: NDArray[np.uint32]) -> NDArray[np.bool_]:
        return np.array([bool(self._all[n].positions(field, slot)) for n in docs], dtype=bool)

    def weights(self, field: str, slot: Slot, docs: NDArray[np.uint32]) -> NDArray[np.float32]:
        return self.spread(field, slot)[docs]

    def spread(self, field: str, slot: Slot) -> NDArray[np.float32]:
        found = np.zeros(self.count, dtype=np.float32)
        docs, weights = self.weighed(field, slot)
        found[docs] = weights
        return found

    def keys(
        self, field: str, slot: Slot, docs: NDArray[np.uint32] | None = None
    ) -> NDArray[np.int64]:
        wanted = range(self.count) if docs is None else docs.tolist()
        found = [n << 32 | p for n in wanted for p in self._all[n].positions(field, slot)]
        return np.array(found, dtype=np.int64)

    def sought(self, field: str, slot: Slot) -> None:
        """There are no forms to be told of: whoever asks goes from place to place."""

    def sentences(self, docs: NDArray[np.uint32]) -> NDArray[np.int64]:
        found = [n << 32 | p for n in docs.tolist() for p in self._all[n].sentences]
        return np.array(found, dtype=np.int64)

    def begun(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        places = [(key >> 32, key & 0xFFFFFFFF) for key in keys.tolist()]
        found = [n << 32 | self._all[n].sentence(position) for n, position in places]
        return np.array(found, dtype=np.int64)


class Told:
    """Says where entities stand, and remembers which articles it was asked about."""

    def __init__(self, docs: Sequence[Doc]) -> None:
        self._docs = docs
        self.asked: list[int] = []

    def __call__(self, node: nodes.Filter, ids: NDArray[np.int64]) -> Mentioned:
        self.asked += ids.tolist()
        rows = [
            (doc.id, *mention[1:])
            for doc in self._docs
            if doc.id in ids
            for mention in doc.mentions
            if mention[0] == node.value
        ]
        table = np.array(rows, dtype=np.int64).reshape(-1, 4)
        return Mentioned(table[:, 0], table[:, 1].astype(np.uint8), table[:, 2], table[:, 3])


def allowed(tree: Any, docs: Sequence[Doc]) -> dict[nodes.Filter, NDArray[np.int64]]:
    filters = {leaf for leaf in tree.leaves() if isinstance(leaf, nodes.Filter)}
    return {
        one: np.array(sorted(doc.id for doc in docs if holds(one, doc)), dtype=np.int64)
        for one in filters
    }


def holds(node: nodes.Filter, doc: Doc) -> bool:
    if node.fieldname == "lang":
        return doc.language == node.value
    return any(mention[0] == node.value for mention in doc.mentions)


def found(
    tree: Any, docs: Sequence[Doc], deleted: Sequence[int] = (), *, scored: bool = False
) -> Result:
    segment = Lists(docs, deleted)
    rarity = Rarity([segment]) if scored else None
    return Evaluator(segment, allowed(tree, docs), rarity, Told(docs)).run(tree)


def ids(tree: Any, docs: Sequence[Doc], deleted: Sequence[int] = ()) -> list[int]:
    return [docs[number].id for number in found(tree, docs, deleted).docs.tolist()]


# --- the judge -----------------------------------------------------------------------------------


def true(node: Any, doc: Doc) -> bool:
    if isinstance(node, query.And):
        return all(true(part, doc) for part in node)
    if isinstance(node, query.Or):
        return any(true(part, doc) for part in node)
    if isinstance(node, query.Not):
        return not true(node.query, doc)
    if isinstance(node, nodes.Filter):
        return holds(node, doc)
    if isinstance(node, nodes.During):
        at = doc.sorted_at
        return at != UNKNOWN and (node.start or 0) <= at < (node.end or 10**9)
    if isinstance(node, nodes.Often):
        return len({first for part in node.parts for first, _ in places(part, doc)}) >= node.times
    return bool(set(places(node, doc)))


def places(node: Any, doc: Doc, name: str = "text") -> Iterator[Place]:
    slot = nodes.slot_of(node)
    if slot:
        yield from ((p, p) for p in doc.positions(node.fieldname, slot))
    elif isinstance(node, nodes.Filter):
        for entity, region, first, last in doc.mentions:
            if entity == node.value and name in ("text", REGIONS[region]):
                yield doc.at[region] + first, doc.at[region] + last
    elif isinstance(node, nodes.Chain):
        yield from chained(node, doc)
    elif isinstance(node, nodes.AnyOf):
        for part in node.parts:
            yield from places(part, doc, str(node.fieldname))
    elif isinstance(node, nodes.Opening):
        for first, last in places(node.child, doc, str(node.fieldname)):
            begin = doc.at[REGIONS.index(doc.region(first))] if node.fieldname != "author" else 0
            if last < begin + node.words:
                yield first, last
    else:
        yield from beside(node, doc)


def chained(node: nodes.Chain, doc: Doc) -> Iterator[Place]:
    name = str(node.fieldname)
    for path in product(*(doc.positions(name, slot) for slot in node.slots)):
        gaps = zip(path, path[1:], node.joins, strict=False)
        if all(
            0 < b - a <= node.between + 1
            or (a == b and join is not None and a in doc.positions(name, join))
            for a, b, join in gaps
        ):
            yield path[0], path[-1]


def beside(node: nodes.Close, doc: Doc) -> Iterator[Place]:
    name = str(node.fieldname)
    left, right = set(places(node.left, doc, name)), set(places(node.right, doc, name))
    pairs = list(product(left, right))
    if node.sentence or not node.ordered:
        pairs += list(product(right, left))
    for a, b in pairs:
        if a[1] < b[0]:
            same = name == "author" or doc.sentence(a[0]) == doc.sentence(b[1])
            if same if node.sentence else b[0] - a[1] <= node.between + 1:
                yield a[0], b[1]
    for join in node.joins:
        yield from ((p, p) for p in doc.positions(name, join))


# --- random libraries and queries ----------------------------------------------------------------

WORDS = ["air", "Air", "defence", "defences", "system", "systems", "air-defence", "hafter",
         "air-defence-systems", "Who", "WHO", "who", "apple", "Apple", "port", "ports", "tobruk",
         "Tobruk", "haftar", "Haftar"]  # fmt: skip
SLOTS = [Slot("word", w) for w in ("air", "defence", "systems", "ports", "who", "tobruk")]
SLOTS += [Slot("exact", w) for w in ("air", "defence", "who", "port", "nowhere")]
SLOTS += [Slot("glob", "def*"), Slot("glob", "h?fter"), Slot("fuzzy", "haftr", 1)]
SLOTS += [Slot("regex", "por.s?"), Slot("cased", "WHO"), Slot("cased", "apple")]
ENTITIES = ("Haftar", "Tobruk")


def text(chance: random.Random, longest: int) -> str:
    words = chance.choices(WORDS, k=chance.randint(0, longest))
    return "".join(word + chance.choice((" ", " ", " ", ". ", "\n\n")) for word in words)


def library(chance: random.Random, count: int) -> list[Doc]:
    numbers = chance.sample(range(1, 10 * count), count)
    return [article(chance, number) for number in numbers]


def article(chance: random.Random, number: int) -> Doc:
    texts = [text(chance, longest) for longest in (4, 4, 16)]
    mentions = []
    for region, written in enumerate(texts):
        words = cut(written).words
        for _ in range(chance.randint(0, 2) if words else 0):
            first = chance.randrange(len(words))
            last = min(len(words) - 1, first + chance.randint(0, 1))
            mentions.append((chance.choice(ENTITIES), region, first, last))
    title, lead, body = texts
    language, at = chance.choice(("en", "ar")), chance.choice((UNKNOWN, *range(5)))
    return Doc(number, title, lead, body, text(chance, 3), language, at, tuple(mentions))


def tree(chance: random.Random, depth: int = 3) -> Any:
    kind = chance.random()
    if depth and kind < 0.25:
        parts = [tree(chance, depth - 1) for _ in range(chance.randint(1, 3))]
        parts += [query.Not(tree(chance, depth - 1)) for _ in range(chance.randint(0, 1))]
        chance.shuffle(parts)
        return query.And(parts)
    if depth and kind < 0.45:
        return query.Or([tree(chance, depth - 1) for _ in range(chance.randint(0, 3))])
    if depth and kind < 0.5:
        return query.Not(tree(chance, depth - 1))
    if kind < 0.56:
        return nodes.During("sorted_at", chance.choice((None, 1, 2)), chance.choice((None, 3, 4)))
    if kind < 0.62:
        return nodes.Filter("lang", "en")
    if kind < 0.66:
        return nodes.Filter("entity", chance.choice(ENTITIES))
    name = chance.choice(("text", "text", "text", *REGIONS, "author"))
    if kind < 0.72:
        parts = [placed(chance, name, 1) for _ in range(chance.randint(1, 2))]
        return nodes.Often(parts[:1], chance.randint(1, 3))
    return placed(chance, name, 3)


def placed(chance: random.Random, name: str, depth: int) -> Any:
    kind = chance.random()
    if depth and kind < 0.35:
        return close(chance, name, depth)
    if depth and kind < 0.45:
        return nodes.AnyOf([placed(chance, name, depth - 1), placed(chance, name, depth - 1)])
    if depth and kind < 0.55:
        return nodes.Opening(placed(chance, name, depth - 1), chance.randint(1, 5))
    if kind < 0.75:
        slots = chance.choices(SLOTS, k=chance.randint(2, 3))
        return nodes.Chain(name, slots, chance.choice((0, 0, 1, 3)))
    return nodes.leaf(name, chance.choice(SLOTS))


def close(chance: random.Random, name: str, depth: int) -> Any:
    left, right = placed(chance, name, depth - 1), placed(chance, name, depth - 1)
    if name != "author" and chance.random() < 0.3:
        entity = nodes.Filter("entity", chance.choice(ENTITIES))
        left = entity if chance.random() < 0.6 else nodes.AnyOf([left, entity])
    if chance.random() < 0.3:
        left, right = right, left
    first, second = nodes.slot_of(left), nodes.slot_of(right)
    ordered, sentence = chance.random() < 0.5, chance.random() < 0.3
    joins = [joined(first, second)] if first and second else []
    if not ordered and first and second:
        joins.append(joined(second, first))
    known = [join for join in joins if join]
    return nodes.Close(left, right, chance.randint(0, 4), ordered, known, sentence=sentence)
