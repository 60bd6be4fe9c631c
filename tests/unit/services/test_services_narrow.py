"""The parts of what was typed, and a query with one condition more."""

import random

import pytest

from reader.domain.search import Clause
from reader.errors import QueryError
from reader.search.language import parse
from reader.services.narrow import clauses, narrowed, written
from tests.helpers import search_oracle as oracle


def shown(text: str) -> list[tuple[str, str, str, bool]]:
    return [(c.kind, c.field, c.value, c.excluded) for c in clauses(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("haftar tobruk", [("word", "", "haftar", False), ("word", "", "tobruk", False)]),
        ('"air defence"~3', [("phrase", "", "air defence", False)]),
        ('entity:"Khalifa Haftar"', [("filter", "entity", "Khalifa Haftar", False)]),
        ("Title:port", [("filter", "title", "port", False)]),
        ("-lang:ru", [("filter", "lang", "ru", True)]),
        ("NOT a", [("operator", "", "NOT", False), ("word", "", "a", True)]),
        ("NOT NOT a", [*[("operator", "", "NOT", False)] * 2, ("word", "", "a", False)]),
        (
            "title:(a OR b)",
            [
                ("bracket", "title", "(", False), ("filter", "title", "a", False),
                ("operator", "", "OR", False), ("filter", "title", "b", False),
                ("bracket", "title", ")", False),
            ],
        ),
        (
            "NOT a NEAR/5 b c",
            [
                ("operator", "", "NOT", False), ("word", "", "a", True),
                ("operator", "", "NEAR/5", False), ("word", "", "b", True),
                ("word", "", "c", False),
            ],
        ),
        (
            "-(a -b) c",
            [
                ("bracket", "", "(", True), ("word", "", "a", True), ("word", "", "b", False),
                ("bracket", "", ")", True), ("word", "", "c", False),
            ],
        ),
        ('entity:"Khalifa H', [("filter", "entity", "Khalifa H", False)]),
        ("feed: x", [("filter", "feed", "", False), ("word", "", "x", False)]),
        ("nofield:x Libya: y", [("word", "", t, False) for t in ("nofield:x", "Libya:", "y")]),
        ("“open «closed»", [("phrase", "", "open ", False), ("word", "", "closed", False),
                            ("phrase", "", "", False)]),
    ],
)  # fmt: skip
def test_parts_are_named_also_while_the_query_cannot_be_run(
    text: str, expected: list[tuple[str, str, str, bool]]
) -> None:
    assert shown(text) == expected


def test_parts_lie_where_they_were_typed() -> None:
    text = 'a  -entity:"Khalifa Haftar"~ OR (b)'
    found = [text[c.start : c.end] for c in clauses(text)]
    assert found == ["a", '-entity:"Khalifa Haftar"~', "OR", "(", "b", ")"]
    assert clauses("haftar") == (Clause(0, 6, "word", "haftar"),)


def test_whatever_is_typed_has_parts_in_order_without_overlap() -> None:
    chance = random.Random(5)
    signs = ['"', "(", ")", "-", ":", " ", "a", "OR", "NOT ", "feed:", "NEAR/2", "~", "*", "“"]
    signs += ["ب", "\n"]
    for _ in range(3000):
        text = "".join(chance.choice(signs) for _ in range(chance.randint(0, 14)))
        found = clauses(text)
        ends = [0, *(c.end for c in found)]
        assert all(end <= c.start < c.end for end, c in zip(ends, found, strict=False)), text
        between = "".join(text[e : c.start] for e, c in zip(ends, found, strict=False))
        assert not between.strip(), text
        narrowed(text, "feed", "x")


def test_parts_of_a_good_query_are_what_the_parser_read() -> None:
    chance = random.Random(8)
    for _ in range(300):
        text = oracle.show(oracle.query(chance))
        read = parse(text)
        filters = sorted((f.field, f.value) for f in read.root.walk() if hasattr(f, "value"))
        listed = ("title", "lead", "body", "author", "url")
        parts = [c for c in clauses(text) if c.kind == "filter" and c.field not in listed]
        assert sorted((c.field, c.value) for c in parts) == filters, text


@pytest.mark.parametrize(
    ("text", "field", "value", "expected"),
    [
        ("", "lang", "en", "lang:en"),
        ("port", "feed", "https://a.example/rss", "port feed:https://a.example/rss"),
        ("port", "entity", "Khalifa Haftar", 'port entity:"Khalifa Haftar"'),
        ("a OR b", "lang", "en", "(a OR b) lang:en"),
        ("(a OR b) c", "lang", "en", "(a OR b) c lang:en"),
        ("a lang:EN", "lang", "en", "a lang:EN"),
        ("a -lang:en b", "lang", "en", "a b lang:en"),
        ("a AND NOT lang:en AND b", "lang", "en", "a AND b lang:en"),
        ("lang:en AND b", "lang", "ru", "lang:en AND b lang:ru"),
        ("a date:2024 AND b", "day", "2024-12-16", "a b date:2024-12-16"),
        ("a last:7d", "date", "2024-12-16..2024-12-18", "a date:2024-12-16..2024-12-18"),
        ("a -date:2024", "day", "2024-12-16", "a -date:2024 date:2024-12-16"),
        ("a seen:24h", "day", "2024-12-16", "a seen:24h date:2024-12-16"),
        ("entity:x NEAR/5 b", "entity", "x", "entity:x NEAR/5 b entity:x"),
        ("a", "lang", "", "a"),
        ("a", "entity", 'The "Wolf"', 'a entity:"The Wolf"'),
        ("a", "tag", "top~", 'a tag:"top~"'),
        ("a", "tag", "-x", 'a tag:"-x"'),
        ('a "open', "lang", "en", 'a "open" lang:en'),
        ("a (b", "lang", "en", "a (b) lang:en"),
    ],
)
def test_query_with_one_condition_more(text: str, field: str, value: str, expected: str) -> None:
    assert narrowed(text, field, value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", "a -lang:en"),
        ("a OR b", "(a OR b) -lang:en"),
        ("a lang:en", "a -lang:en"),
        ("a -lang:en", "a -lang:en"),
        ("a NOT lang:en", "a NOT lang:en"),
    ],
)
def test_query_that_excludes_something_more(text: str, expected: str) -> None:
    assert narrowed(text, "lang", "en", without=True) == expected


def test_day_that_is_excluded_leaves_the_time_as_it_is() -> None:
    assert narrowed("a last:7d", "day", "2024-12-16", without=True) == "a last:7d -date:2024-12-16"


def test_good_query_stays_good_and_is_narrowed_as_a_whole() -> None:
    chance = random.Random(3)
    for _ in range(300):
        text = oracle.show(oracle.query(chance))
        value = chance.choice(
            ("x", "two words", "S-400", "a/b", "Wolf*", "a~2", "https://a.b/?c=d")
        )
        one = narrowed(text, "feed", value)
        assert narrowed(one, "feed", value) == one, text
        root = parse(one).root
        last = getattr(root, "parts", (root,))[-1]
        assert (last.field, last.value) == ("feed", value), one
        turned = parse(narrowed(one, "feed", value, without=True)).root
        assert turned.parts[-1].child == last, one


@pytest.mark.parametrize("value", ["a b", "S-400", "x*", "q~1", "(a)", "“a”", "/x/", "=x", "a:b"])
def test_value_is_written_so_that_it_is_read_as_it_is(value: str) -> None:
    try:
        root = parse(written("tag", value)).root
    except QueryError as problem:  # pragma: no cover
        pytest.fail(str(problem))
    assert getattr(root, "value", "") == value.replace("“", "").replace("”", "")
