"""The evaluator finds what a walk over every article and every place finds."""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from whoosh import query
from whoosh.query import spans as whoosh_spans

from reader.search import nodes, placing, spans
from reader.search.analysis import CASE, GAP, cut, forms
from reader.search.evaluate import (
    Evaluator,
    Mentioned,
    Rarity,
    Result,
    Unsupported,
    best,
    leading,
)
from reader.search.segment import UNKNOWN
from reader.search.sets import Sets, among_sorted
from reader.search.stems import has, stem
from reader.search.syntax import Slot, joined

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
        return form == slot.text if slot.kind == "word" else slot.accepts(form)

    def region(self, position: int) -> str:
        return REGIONS[(position >= self.at[1]) + (position >= self.at[2])]

    def sentence(self, position: int) -> int:
        return max((s for s in self.sentences if s <= position), default=0)


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

    def column(self, name: str) -> NDArray[np.int64]:
        values = [doc.id if name == "id" else doc.sorted_at for doc in self._all]
        return np.array(values, dtype=np.int64)

    def frequency(self, field: str, slot: Slot) -> int:
        return len(self.docs(field, slot))

    def docs(self, field: str, slot: Slot) -> NDArray[np.uint32]:
        held = [n for n, doc in enumerate(self._all) if doc.positions(field, slot)]
        return np.array(held, dtype=np.uint32)

    def weighed(self, field: str, slot: Slot) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
        docs = self.docs(field, slot)
        weights = []
        for doc in (self._all[number] for number in docs):
            where = [doc.region(p) if field == "text" else "" for p in doc.positions(field, slot)]
            weights.append(sum({"title": 3.0, "lead": 1.5}.get(region, 1.0) for region in where))
        return docs, np.array(weights, dtype=np.float32)

    def keys(
        self, field: str, slot: Slot, docs: NDArray[np.uint32] | None = None
    ) -> NDArray[np.int64]:
        wanted = range(self.count) if docs is None else docs.tolist()
        found = [n << 32 | p for n in wanted for p in self._all[n].positions(field, slot)]
        return np.array(found, dtype=np.int64)

    def sentences(self, docs: NDArray[np.uint32]) -> NDArray[np.int64]:
        found = [n << 32 | p for n in docs.tolist() for p in self._all[n].sentences]
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


@pytest.mark.parametrize("seed", range(4))
def test_a_tree_finds_what_a_walk_over_every_article_finds(seed: int) -> None:
    chance = random.Random(seed)
    docs = library(chance, 25)
    hits = 0
    for _ in range(120):
        asked = tree(chance)
        wanted = [doc.id for doc in docs if true(asked, doc)]
        assert ids(asked, docs) == wanted, (seed, asked)
        hits += len(wanted)
    assert hits > 300


def test_deleted_articles_are_found_by_nothing() -> None:
    chance = random.Random(5)
    docs = library(chance, 25)
    gone = chance.sample(range(25), 8)
    kept = [doc for number, doc in enumerate(docs) if number not in gone]
    for _ in range(60):
        asked = tree(chance)
        assert ids(asked, docs, gone) == [doc.id for doc in kept if true(asked, doc)], asked


def test_few_places_at_a_time_give_the_same_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "BLOCK", 8)
    monkeypatch.setattr(placing, "MOST_PLACES", 12)
    chance = random.Random(6)
    docs = library(chance, 25)
    for _ in range(60):
        asked = placed(chance, "text", 3)
        assert ids(asked, docs) == [doc.id for doc in docs if true(asked, doc)], asked


@pytest.mark.parametrize("seed", range(3))
def test_the_first_words_of_places_are_known_without_the_places(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(200):
        slots = [keys(chance) for _ in range(chance.randint(2, 4))]
        joins = [np.intersect1d(a, b)[::2] for a, b in pairwise(slots)]
        between = chance.randint(0, 3)
        left, right = (spans.chain(slots[:2], joins[:1], between, 10**6) for _ in range(2))
        right = spans.either([right, spans.single(slots[-1])])
        sentences = np.union1d(keys(chance), np.arange(3) << 32)
        for places_, begins in (
            (spans.chain(slots, joins, between, 10**6), spans.chain_begins(slots, joins, between)),
            (
                spans.near(left, right, between, False, 10**6),
                spans.near_begins(left, right, between, False),
            ),
            (
                spans.sentence(left, right, sentences, 10**6),
                spans.sentence_begins(left, right, sentences),
            ),
        ):
            assert np.unique(places_.first).tolist() == begins.tolist()
            pairs = list(zip(places_.first.tolist(), places_.last.tolist(), strict=True))
            assert pairs == sorted(set(pairs))


def keys(chance: random.Random) -> NDArray[np.int64]:
    found = {chance.randrange(3) << 32 | chance.randrange(12) for _ in range(chance.randint(0, 15))}
    return np.array(sorted(found), dtype=np.int64)


def test_more_places_than_allowed_are_never_made() -> None:
    many = np.arange(100, dtype=np.int64)
    with pytest.raises(spans.Crowded):
        spans.chain([many, many], [spans.NO_KEYS], 50, 1_000)


# --- whoosh's own nodes ---------------------------------------------------------------------------

PORTS = [
    Doc(1, "", "", "the port of tobruk and the port of derna"),
    Doc(2, "", "", "tobruk has a port"),
    Doc(3, "port", "", "derna"),
    Doc(4, "", "", "a the port tobruk"),
]
PORT, TOBRUK, DERNA, OF = (query.Term("text", w) for w in ("port", "tobruk", "derna", "of"))
WIDE = nodes.During("sorted_at", None, None)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (query.Phrase("text", ["port", "of", "tobruk"]), [1]),
        (query.Phrase("text", ["port", "tobruk"], slop=2), [1, 4]),
        (query.Phrase("text", []), []),
        (whoosh_spans.SpanNear(PORT, TOBRUK, slop=2), [1, 4]),
        (whoosh_spans.SpanNear(PORT, TOBRUK, slop=3, ordered=False), [1, 2, 4]),
        (whoosh_spans.SpanNear(whoosh_spans.SpanNear(PORT, OF), DERNA), [1]),
        (whoosh_spans.SpanNear(query.Or([OF, TOBRUK]), DERNA), [1]),
        (whoosh_spans.SpanFirst(PORT, limit=1), [1, 3]),
        (whoosh_spans.SpanOr([TOBRUK, DERNA]), [1, 2, 3, 4]),
        (whoosh_spans.SpanNot(whoosh_spans.SpanNear(PORT, TOBRUK, slop=2), OF), [4]),
        (whoosh_spans.SpanNot(PORT, query.Term("text", "nowhere")), [1, 2, 3, 4]),
        (query.AndNot(PORT, DERNA), [2, 4]),
        (query.AndMaybe(DERNA, TOBRUK), [1, 3]),
        (query.Require(PORT, DERNA), [1, 3]),
        (query.DisjunctionMax([DERNA, OF]), [1, 3]),
        (query.DisjunctionMax([]), []),
        (query.ConstantScoreQuery(DERNA), [1, 3]),
        (query.Every(), [1, 2, 3, 4]),
        (query.And([]), [1, 2, 3, 4]),
        (query.Or([]), []),
        (query.NullQuery, []),
        (query.NumericRange("id", 2, 4, endexcl=True), [2, 3]),
        (query.NumericRange("id", 2, None, startexcl=True), [3, 4]),
        (query.And([PORT, query.NumericRange("id", None, 2)]), [1, 2]),
        (query.And([query.Not(TOBRUK), query.Not(WIDE)]), [3]),
    ],
)
def test_what_stock_whoosh_can_say(asked: Any, wanted: list[int]) -> None:
    assert ids(asked, PORTS) == wanted


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (query.Regex("text", "a.*"), "Regex"),
        (query.And([PORT, query.TermRange("text", "a", "b")]), "TermRange"),
        (query.Or([PORT, query.Not(query.Every("title"))]), "title"),
        (query.NumericRange("size", 1, 2), "size"),
        (whoosh_spans.SpanNear(PORT, OF, mindist=2), "distance"),
        (whoosh_spans.SpanContains(PORT, OF), "SpanContains"),
        (whoosh_spans.SpanNear(PORT, query.Every()), "Every"),
    ],
)
def test_what_is_unknown_is_named_before_anything_is_searched(asked: Any, named: str) -> None:
    with pytest.raises(Unsupported, match=named):
        ids(asked, PORTS)


# --- entities beside words ------------------------------------------------------------------------

NAMED = [
    Doc(10, "", "", "haftar came to tobruk", mentions=(("Haftar", 2, 0, 0),)),
    Doc(11, "", "", "the marshal left tobruk", mentions=(("Haftar", 2, 0, 1),)),
    Doc(12, "", "", "the marshal left derna", mentions=(("Haftar", 2, 0, 1),)),
    Doc(13, "", "", "haftar came to tobruk", mentions=()),
    Doc(14, "marshal", "", "tobruk", mentions=(("Haftar", 0, 0, 0),)),
]
HAFTAR = nodes.Filter("entity", "Haftar")
TOBRUK_SLOT = [Slot("word", "tobruk")]


def test_where_an_entity_stands_is_asked_only_where_the_other_side_stands() -> None:
    asked = nodes.Close(HAFTAR, nodes.Chain("text", [Slot("word", "left"), *TOBRUK_SLOT]), 0, True)
    told = Told(NAMED)
    segment = Lists(NAMED, deleted=[0])
    result = Evaluator(segment, allowed(asked, NAMED), None, told).run(asked)
    assert [NAMED[number].id for number in result.docs] == [11]
    assert told.asked == [11]


def test_a_mention_in_another_region_is_not_near() -> None:
    tobruk = nodes.leaf("text", TOBRUK_SLOT[0])
    assert ids(nodes.Close(HAFTAR, tobruk, 1_000, False), NAMED) == [10, 11]
    titled = nodes.leaf("title", Slot("word", "marshal"))
    assert ids(nodes.Close(HAFTAR, titled, 1_000, False), NAMED) == []


def test_without_anybody_to_say_where_entities_stand_it_is_unsupported() -> None:
    asked = nodes.Close(HAFTAR, nodes.leaf("text", TOBRUK_SLOT[0]), 5, False)
    with pytest.raises(Unsupported, match="entity"):
        Evaluator(Lists(NAMED), allowed(asked, NAMED)).run(asked)


# --- scores ---------------------------------------------------------------------------------------

FILLER = "one two three four five six seven eight"


def scores(asked: Any, docs: Sequence[Doc]) -> dict[int, float]:
    result = found(asked, docs, scored=True)
    assert result.scores.dtype == np.float32
    numbers = result.docs.tolist()
    return {docs[n].id: score for n, score in zip(numbers, result.scores.tolist(), strict=True)}


def exact(*words: str) -> Any:
    slots = [Slot("exact", word) for word in words]
    return nodes.leaf("text", slots[0]) if len(slots) == 1 else nodes.Chain("text", slots)


RANKED = [
    Doc(1, "port", "", FILLER),
    Doc(2, "", "port", FILLER),
    Doc(3, "", "", f"port {FILLER}"),
    Doc(4, "", "", f"port port {FILLER}"),
    Doc(5, "", "", f"port {FILLER} {FILLER}"),
    Doc(6, "", "", f"the port of tobruk {FILLER}"),
    Doc(7, "port", "", f"the port of derna {FILLER}"),
]


def test_a_score_is_rarity_times_how_well_the_words_fit() -> None:
    (score,) = scores(exact("derna"), RANKED).values()
    rarity = math.log(1 + (7 - 1 + 0.5) / (1 + 0.5))
    assert score == pytest.approx(rarity * 1 / (1 + 1.2 * (0.25 + 0.75 * 13 / 400)), rel=1e-5)


def test_title_weighs_more_than_lead_and_lead_more_than_body() -> None:
    found = scores(exact("port"), RANKED)
    assert found[1] > found[2] > found[3]
    assert found[4] > found[3] > found[5]


def test_rare_words_score_more() -> None:
    found = scores(query.Or([exact("tobruk"), exact("of")]), RANKED)
    assert found[6] > 2 * found[7] > 0


def test_a_phrase_weighs_where_it_stands_and_counts_all_its_words() -> None:
    docs = [*RANKED, Doc(8, "the port of call", "", FILLER)]
    found = scores(exact("port", "of"), docs)
    assert found[8] > found[6] > found[7]
    assert found[6] > scores(exact("port"), docs)[6]


def test_parts_are_summed_and_filters_and_exclusions_score_nothing() -> None:
    alone = [scores(exact(word), RANKED) for word in ("port", "of")]
    phrase = scores(exact("the", "port"), RANKED)
    language = nodes.Filter("lang", "en")
    asked = query.And([exact("port"), language, exact("of"), exact("the", "port")])
    found = scores(query.And([*asked, query.Not(exact("derna"))]), RANKED)
    assert found == pytest.approx({6: alone[0][6] + alone[1][6] + phrase[6]}, rel=1e-5)
    assert set(scores(query.Or([language, query.Not(exact("port"))]), RANKED).values()) == {0.0}


def test_some_nodes_score_in_their_own_way() -> None:
    port, of = (scores(exact(word), RANKED)[6] for word in ("port", "of"))
    both = [exact("port"), exact("of")]
    found = {
        "most": scores(query.DisjunctionMax(both), RANKED)[6],
        "maybe": scores(query.AndMaybe(exact("the"), exact("the", "port")), RANKED)[6],
        "require": scores(query.Require(*both), RANKED)[6],
        "constant": scores(query.ConstantScoreQuery(exact("of"), 2.0), RANKED)[6],
        "boost": scores(query.Term("text", "of", boost=3.0), RANKED)[6],
        "often": scores(nodes.Often([exact("port")], 1), RANKED)[6],
    }
    maybe = scores(exact("the"), RANKED)[6] + scores(exact("the", "port"), RANKED)[6]
    assert found == pytest.approx(
        {"most": max(port, of), "maybe": maybe, "require": port, "constant": 2.0,
         "boost": 3 * of, "often": port}, rel=1e-5,
    )  # fmt: skip


def test_what_must_all_be_true_scores_nothing_where_only_some_is() -> None:
    both = query.And([exact("the"), exact("port", "of"), exact("derna")])
    whole, alone = scores(both, RANKED), scores(exact("tobruk"), RANKED)
    assert scores(query.Or([both, exact("tobruk")]), RANKED) == pytest.approx(whole | alone)
    most = query.DisjunctionMax([both, exact("tobruk")])
    assert scores(most, RANKED) == pytest.approx(whole | alone)
    maybe = scores(query.AndMaybe(exact("tobruk"), both), RANKED)
    assert maybe == pytest.approx(alone)


def test_scores_do_not_depend_on_how_articles_are_spread_over_segments() -> None:
    chance = random.Random(8)
    docs = library(chance, 24)
    halves = [Lists(docs[:7]), Lists(docs[7:])]
    for _ in range(40):
        asked = tree(chance)
        whole = scores(asked, docs)
        rarity, apart = Rarity(halves), {}
        for segment in halves:
            evaluator = Evaluator(segment, allowed(asked, docs), rarity, Told(docs))
            result = evaluator.run(asked)
            apart |= zip(segment.column("id")[result.docs], result.scores, strict=True)
        assert apart == pytest.approx(whole, rel=1e-5, abs=1e-6), asked


# --- the first of a list --------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("limit", [0, 1, 7, 50, 80, None])
def test_the_leading_ones_are_those_of_the_whole_sorted_list(seed: int, limit: int | None) -> None:
    chance = random.Random(seed)
    rows = [(chance.randrange(3), chance.randrange(4), n) for n in chance.sample(range(99), 60)]
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    picked = [rows[at] for at in leading(columns, limit)]
    assert picked == sorted(rows, reverse=True)[:limit]


def test_best_puts_newest_first_and_unknown_dates_last() -> None:
    docs = [Doc(n, "port", sorted_at=at) for n, at in enumerate((5, UNKNOWN, 9, 5))]
    segments = [Lists(docs[:2]), Lists(docs[2:])]
    rarity = Rarity(segments)
    results = [(s, Evaluator(s, {}, rarity).run(exact("port"))) for s in segments]
    assert best(results, "date").ids.tolist() == [2, 3, 0, 1]
    assert best(results, "date", 2)[:2] == (4, pytest.approx([2, 3]))
    assert best(results, "score", 3).ids.tolist() == [2, 3, 0]
    assert best([], "score", 3).total == 0


# --- sets -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("sizes", [(0, 5), (3, 900), (900, 3), (400, 500), (1, 1), (20, 1_000)])
def test_sets_of_documents_join_as_sets_do(sizes: tuple[int, int]) -> None:
    chance = random.Random(sum(sizes))
    a, b = (set(chance.sample(range(1_000), size)) for size in sizes)
    left, right = (np.array(sorted(one), dtype=np.uint32) for one in (a, b))
    sets = Sets(1_000)
    for _ in range(2):  # the marks are clean again afterwards
        assert sets.both(left, right).tolist() == sorted(a & b)
        assert sets.without(left, right).tolist() == sorted(a - b)
        assert sets.union([left, right]).tolist() == sorted(a | b)
    assert among_sorted(left, right).tolist() == [one in b for one in sorted(a)]
