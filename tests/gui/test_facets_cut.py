"""Taking a part out of a query leaves a query that says the rest, and nothing else."""

import random
from datetime import UTC, datetime

import pytest
from query_words import clauses_of

from reader.gui.models.clauses import cut
from reader.search.language import parse
from reader.search.typed import clauses as read

NOW = datetime(2026, 11, 22, tzinfo=UTC)
CASES = [
    ("haftar feed:x", "feed:x", "haftar"),
    ("haftar -feed:x tobruk", "feed:x", "haftar tobruk"),
    ("haftar AND NOT feed:x", "feed:x", "haftar"),
    ("feed:x AND haftar", "feed:x", "haftar"),
    ("a AND feed:x OR b", "feed:x", "a OR b"),
    ("a OR feed:x b", "feed:x", "a OR b"),
    ("feed:x b OR c", "feed:x", "b OR c"),
    ("(feed:x OR feed:y) haftar", "feed:x", "(feed:y) haftar"),
    ("haftar (feed:x)", "feed:x", "haftar"),
    ("haftar AND ((feed:x))", "feed:x", "haftar"),
    ("haftar OR -(feed:x)", "feed:x", "haftar"),
    ("(a OR b) feed:x", "feed:x", "a OR b"),
    ("((a OR b) (c OR d)) feed:x", "feed:x", "(a OR b) (c OR d)"),
    ('(a OR ")(") feed:x', "feed:x", 'a OR ")("'),
    ("-(a OR b) feed:x c", "feed:x", "-(a OR b) c"),
    ("title:(a OR b) feed:x", "feed:x", "title:(a OR b)"),
    ("a AND feed:x NEAR/5 b", "feed:x", "a AND b"),
    ("feed:x", "feed:x", ""),
    ("حفتر entity:x طبرق", "entity:x", "حفتر طبرق"),
    ('air feed:"The Harbour" base', 'feed:"The Harbour"', "air base"),
]


@pytest.mark.parametrize(("query", "part", "left"), CASES)
def test_a_part_goes_with_what_held_it(query: str, part: str, left: str) -> None:
    clauses = read(query)
    [number] = [n for n, c in enumerate(clauses) if query[c.start : c.end].lstrip("-") == part]
    assert cut(query, clauses, number) == left


def test_the_minus_goes_whether_it_is_part_of_the_clause_or_not() -> None:
    for clauses in (read("a -feed:x"), clauses_of("a -feed:x")):
        assert cut("a -feed:x", clauses, 1) == "a"


def test_what_is_left_can_still_be_run_and_lacks_nothing_else() -> None:
    chance = random.Random(11)
    for _ in range(300):
        query = _group(chance, 3)
        clauses = read(query)
        filters = [n for n, clause in enumerate(clauses) if clause.value == "x"]
        if filters:
            left = cut(query, clauses, chance.choice(filters))
            assert left.count("lang:x") == query.count("lang:x") - 1
            assert words_of(left) == words_of(query)
            parse(left, NOW)


def words_of(query: str) -> list[str]:
    """Everything but the filter that is cut, its signs, and what holds the parts together."""
    gone = ("lang:x", "-lang:x", "AND", "OR", "NOT", "-", "")
    return [word for word in query.replace("(", " ").replace(")", " ").split() if word not in gone]


def _group(chance: random.Random, depth: int) -> str:
    """A query that never only excludes: "air" stands in every group."""
    parts = ["air"]
    for _ in range(chance.randint(1, 4)):
        kind = chance.random()
        if kind < 0.2 and depth:
            parts.append(f"({_group(chance, depth - 1)})")
        else:
            parts.append(chance.choice(("lang:x", "-lang:x", "NOT lang:x", "title:port", '"a b"')))
    return "".join(part + chance.choice((" ", " AND ", " OR air ")) for part in parts) + "base"
