"""A search box can always show, complete and narrow what is typed, also when it cannot be run."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.fold import fold_key
from reader.errors import QueryError
from reader.search.language import Context, clauses, context, narrowed, parse
from reader.search.narrow import conditions


def told(typed: str) -> list[str]:
    return [
        f"{'-' if c.excluded else ''}{c.kind} {c.field}{':' if c.field else ''}{c.value}"
        for c in clauses(typed)
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", []),
        ("haftar wagner~2", ["word haftar", "word wagner~2"]),
        ('a "b c"~3', ["word a", "phrase b c"]),
        ("-wagner a", ["-word wagner", "word a"]),
        ("NOT (a OR b) c", ["operator NOT", "-bracket (", "-word a", "operator OR", "-word b",
                            "-bracket )", "word c"]),
        ("NOT a NEAR/5 b c", ["operator NOT", "-word a", "operator NEAR/5", "-word b", "word c"]),
        ('entity:"Khalifa Haftar"', ["filter entity:Khalifa Haftar"]),
        ("title:(a b)", ["bracket title:(", "filter title:a", "filter title:b", "bracket title:)"]),
        ("-tag:x NOT -tag:y", ["-filter tag:x", "operator NOT", "filter tag:y"]),
        ("case:WHO =x /a.c/", ["filter case:WHO", "word =x", "word /a.c/"]),
        ("last:7d date:2024..", ["filter last:7d", "filter date:2024.."]),
        ("“a b” （c）", ["phrase a b", "bracket (", "word c", "bracket )"]),
        ('a entity:"Kha b', ["word a", 'word entity:"Kha b']),
        ("a title: foo:bar", ["word a", "word title:", "word foo:bar"]),
        ("a w/5 b)", ["word a", "word w/5", "word b", "bracket )"]),
        ("a -", ["word a", "word -"]),
        ('entity:"the ""Ahrar"" men" b', ['filter entity:the "Ahrar" men', "word b"]),
        ('entity:"""Ahr', ['word entity:"""Ahr']),
    ],
)  # fmt: skip
def test_the_parts_of_a_query_are_shown_as_typed(typed: str, expected: list[str]) -> None:
    assert told(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ent|", Context("word", "ent", 0, 3)),
        ("a |", Context("word", "", 2, 2)),
        ("|", Context("word", "", 0, 0)),
        ("a -haf|tar b", Context("word", "haf", 3, 9)),
        ("=haf|", Context("word", "haf", 1, 4)),
        ("(haf|", Context("word", "haf", 1, 4)),
        ("title:haf|", Context("word", "haf", 6, 9, "title")),
        ("title:|", Context("word", "", 6, 6, "title")),
        ('a "khalifa haf|tar x"', Context("word", "haf", 11, 17, "", True)),
        ('a "khalifa haf|', Context("word", "haf", 11, 14, "", True)),
        ("a enti|ty:x", Context("field", "enti", 2, 9)),
        ("-enti|ty:x", Context("field", "enti", 1, 8)),
        ("entity:|", Context("value", "", 7, 7, "entity")),
        ("entity:Kha|", Context("value", "Kha", 7, 10, "entity")),
        ('entity:"Khalifa H|', Context("value", "Khalifa H", 7, 17, "entity", True)),
        ('a -entity:"Kha|lifa" b', Context("value", "Kha", 10, 19, "entity")),
        ("tag:(a OR |", Context("value", "", 10, 10, "tag")),
        ("tag:(a OR b|)", Context("value", "b", 10, 11, "tag")),
        ("tag:(a) |", Context("word", "", 8, 8)),
        ("date:2024-1|", Context("value", "2024-1", 5, 11, "date")),
    ],
)
def test_the_context_says_what_is_being_typed(typed: str, expected: Context) -> None:
    at = typed.index("|")
    assert context(typed[:at] + typed[at + 1 :], at) == expected


@pytest.mark.parametrize(
    ("typed", "field", "value", "expected"),
    [
        ("", "tag", "libya", "tag:libya"),
        ("haftar", "entity", "Khalifa Haftar", 'haftar entity:"Khalifa Haftar"'),
        ("haftar", "feed", "https://a.example/f?x=1", "haftar feed:https://a.example/f?x=1"),
        ("a OR b", "lang", "en", "(a OR b) lang:en"),
        ("(a OR b) c", "lang", "en", "(a OR b) c lang:en"),
        ("a tag:libya", "tag", "LIBYA", "a tag:libya"),
        ("a -tag:libya b", "tag", "libya", "a b tag:libya"),
        ("a NOT tag:libya AND b", "tag", "libya", "a b tag:libya"),
        ("a last:7d", "date", "2024-12-16", "a date:2024-12-16"),
        ("date:2024-12..2024-12-05 AND a", "day", "2024-12-16", "a date:2024-12-16"),
        ("a -date:2024", "date", "2024-12-16", "a -date:2024 date:2024-12-16"),
        ("a tag:x OR b", "tag", "x", "(a tag:x OR b) tag:x"),
        ("a NEAR/5 entity:x", "entity", "x", "a NEAR/5 entity:x entity:x"),
        ('a "b', "tag", "x", 'a "b" tag:x'),
        ("(a b", "tag", "x", "(a b) tag:x"),
        ("a", "outlet", 'The "Wire"', 'a outlet:"The ""Wire"""'),
        ("a", "tag", "-x", 'a tag:"-x"'),
        ("a", "feed", "https://a.example/~x", 'a feed:"https://a.example/~x"'),
        ("a", "lang", "", "a"),
    ],
)
def test_a_filter_is_added_to_the_whole_query(
    typed: str, field: str, value: str, expected: str
) -> None:
    assert narrowed(typed, field, value) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a", "a -tag:x"),
        ("a tag:x", "a -tag:x"),
        ("a -tag:x", "a -tag:x"),
        ("a OR b", "(a OR b) -tag:x"),
        ("a last:7d", "a last:7d -tag:x"),
    ],
)
def test_a_filter_can_be_excluded(typed: str, expected: str) -> None:
    assert narrowed(typed, "tag", "x", without=True) == expected


_TYPED = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            [
                "a",
                "NOT",
                "-",
                "(",
                ")",
                '"',
                '"a b"',
                "OR",
                "AND",
                "NEAR/2",
                "tag:",
                "tag:x",
                "tag:(",
                "last:7d",
                "case:",
                "=",
                "/a/",
                "“",
                "title:",
                "||",
                "w/5",
                "FIRST/2",
                " ",
                ":",
                'entity:"x',
            ]
        ),
        max_size=9,
    ).map(" ".join),
    st.text('a":(-)= /~*', max_size=14),
)


@given(_TYPED)
@settings(max_examples=200, deadline=None)
def test_the_parts_cover_all_that_was_typed_but_the_space_between(typed: str) -> None:
    found = clauses(typed)
    covered = [at for clause in found for at in range(clause.start, clause.end)]
    assert covered == sorted(set(covered))
    assert all(typed[at].isspace() for at in set(range(len(typed))) - set(covered))


@given(_TYPED, st.integers(-1, 45))
@settings(max_examples=200, deadline=None)
def test_the_context_ends_what_is_typed_at_the_cursor(typed: str, cursor: int) -> None:
    found = context(typed, cursor)
    at = max(0, min(cursor, len(typed)))
    assert 0 <= found.start <= at <= found.end <= len(typed)
    assert found.typed in typed[:at]
    assert typed[:at].endswith(found.typed)


def runs(typed: str) -> bool:
    try:
        parse(typed)
    except QueryError:
        return False
    return True


@given(_TYPED, st.sampled_from(["x", "Khalifa Haftar", "a:b", "(x", "-", "“x”", "*", "x~2"]))
@settings(max_examples=200, deadline=None)
def test_a_query_that_runs_still_runs_with_a_filter_and_has_it_once(typed: str, value: str) -> None:
    before = narrowed(typed, "tag", value)
    if not runs(typed):
        return
    assert runs(before)
    wanted = fold_key(value)
    assert [fold_key(p.value) for p in conditions(before)].count(wanted) >= 1
    assert narrowed(before, "tag", value) == before
