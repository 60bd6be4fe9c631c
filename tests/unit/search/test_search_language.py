"""Any text gives a query that prints back, or a refusal that says where and why."""

import pickle
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.errors import QueryError
from reader.search import dates
from reader.search.language import Query, parse
from reader.search.syntax import And, Near, Not, Or, Slot, Text, When, Where, within

NOW = datetime(2024, 12, 18, 12, tzinfo=UTC)


def word(text: str, field: str = "") -> Text:
    return Text((Slot("word", text),), 0, field)


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("haftar tobruk", And((word("haftar"), word("tobruk")))),
        ("haftar AND tobruk", And((word("haftar"), word("tobruk")))),
        ("a OR b c", Or((word("a"), And((word("b"), word("c")))))),
        ("(a OR b) c", And((Or((word("a"), word("b"))), word("c")))),
        ("a -b", And((word("a"), Not(word("b"))))),
        ("a NOT b", And((word("a"), Not(word("b"))))),
        ("a NOT b OR c", Or((And((word("a"), Not(word("b")))), word("c")))),
        ("a NOT b NEAR/2 c", And((word("a"), Not(Near(word("b"), word("c"), 2, False))))),
        ("a and or not", And((word("a"), word("and"), word("or"), word("not")))),
        ('"air defence"', Text((Slot("word", "air"), Slot("word", "defence")))),
        ('"air defence"~3', Text((Slot("word", "air"), Slot("word", "defence")), 3)),
        ("“air defence”", Text((Slot("word", "air"), Slot("word", "defence")))),
        ("«air defence»", Text((Slot("word", "air"), Slot("word", "defence")))),
        ("air-defence", Text((Slot("word", "air"), Slot("word", "defence")))),
        ("12:30", Text((Slot("word", "12"), Slot("word", "30")))),
        ("http://x.az", Text((Slot("word", "http"), Slot("word", "x"), Slot("word", "az")))),
        ("Reuters:Libya", Text((Slot("word", "reuters"), Slot("word", "libya")))),
        ("Libya: a", And((word("libya"), word("a")))),
        ("title:Haftar", word("haftar", "title")),
        ("Title:haftar", word("haftar", "title")),
        ("ｔｉｔｌｅ：haftar", word("haftar", "title")),
        ("（a OR b）", Or((word("a"), word("b")))),
        ("title:(a OR b)", Or((word("a", "title"), word("b", "title")))),
        ("title:(a body:b)", And((word("a", "title"), word("b", "body")))),
        ("air*", Text((Slot("glob", "air*"),))),
        ("h?ftar", Text((Slot("glob", "h?ftar"),))),
        ("東京*", Text((Slot("word", "東"), Slot("word", "京")))),
        ("haftar~", Text((Slot("fuzzy", "haftar", 1),))),
        ("haftar~2", Text((Slot("fuzzy", "haftar", 2),))),
        ("haftar NEAR/5 wagner", Near(word("haftar"), word("wagner"), 5, False)),
        ("haftar ONEAR/5 wagner", Near(word("haftar"), word("wagner"), 5, True)),
        ('entity:"Khalifa Haftar"', Where("entity", "Khalifa Haftar")),
        ("feed:https://a.example/feed?x=1", Where("feed", "https://a.example/feed?x=1")),
        ("tag:(a OR b)", Or((Where("tag", "a"), Where("tag", "b")))),
        ("is:Unread", Where("is", "unread")),
        ("date:2024-12-01..", When("date", "2024-12-01..")),
        ('"Haftar back?"', Text((Slot("word", "haftar"), Slot("word", "back")))),
        ("a & b", And((word("a"), word("b")))),
        ("NOT NOT a", word("a")),
        ("=defences", word("defences")),
        ("a - b", And((word("a"), word("b")))),
    ],
)  # fmt: skip
def test_what_is_typed_means(typed: str, meaning: object) -> None:
    assert parse(typed, NOW, UTC).root == meaning


@pytest.mark.parametrize(
    ("typed", "says", "position"),
    [
        ("", "type a word", 0),
        ("   ", "type a word", 0),
        ("&", "no word", 0),
        ('haftar "air', "quotation mark is never closed", 7),
        ("a (b", "never closed", 2),
        ("a)", "closing bracket has no opening", 1),
        ("a ()", "nothing between these brackets", 2),
        ("AND", "missing before AND", 0),
        ("a AND", "nothing after AND", 5),
        ("a OR OR b", "missing before OR", 5),
        ("NOT", "nothing after NOT", 3),
        ("-haftar", "only excludes", 0),
        ("-is:read", "only excludes", 0),
        ("a OR -b", "only excludes", 0),
        ("*", "two letters", 0),
        ("a*", "two letters", 0),
        ("haftar *ar", "two letters", 7),
        ("?", "two letters", 0),
        ("tilte:haftar", "Did you mean title:?", 0),
        ("source:bbc", "Did you mean feed:?", 0),
        ("foo:bar", "no field foo:", 0),
        ("a title:", "right after the colon", 2),
        ("title: a", "right after the colon", 0),
        ("date:2024-02-30", "no date 2024-02-30", 5),
        ("date:2024-13", "no date 2024-13", 5),
        ("date:soon", "write 2024", 5),
        ("date:2024-12-05..2024-12-01", "swap", 5),
        ("date:(2024)", "no brackets", 5),
        ("last:0d", "no length of time", 5),
        ("last:7", "no length of time", 5),
        ("is:new", "unread, read, starred", 3),
        ("entity:haf*", "whole name", 7),
        ("a NEAR b", "needs a number", 2),
        ("a NEAR/5 (b c)", "joined by OR", 2),
        ("a NEAR/5 title:b", "same field", 2),
        ("entity:x NEAR/5 b", "not available yet", 9),
        ("a SENT b", "SENT is not available yet", 2),
        ("/s-?[34]00/", "not available yet", 0),
        ("case:WHO", "not available yet", 0),
        ("ab~", "too short", 0),
        ("haftar~3", "1 or 2", 0),
        ("air-defence~", "one plain word", 0),
        ('"a b"~', "needs a number", 5),
    ],
)
def test_a_refusal_says_where_and_why(typed: str, says: str, position: int) -> None:
    with pytest.raises(QueryError) as refused:
        parse(typed, NOW, UTC)
    assert says in str(refused.value)
    assert refused.value.position == position


@pytest.mark.parametrize(
    "typed",
    ["word " * 10_000, " OR ".join(["word"] * 1_001), '"' + "word " * 1_001 + '"', "x" * 60_000],
)
def test_far_too_much_is_refused(typed: str) -> None:
    with pytest.raises(QueryError, match="several saved searches"):
        parse(typed)


@pytest.mark.parametrize("typed", ["(" * 3_000 + "a", "a " + "NOT " * 1_000 + "b", "a -(" * 900])
def test_deep_nesting_is_refused(typed: str) -> None:
    with pytest.raises(QueryError, match="nested"):
        parse(typed)


def test_a_thousand_words_are_accepted() -> None:
    assert len(parse(" OR ".join(f"word{n}" for n in range(1_000))).terms()) == 1_000


_BITS = st.sampled_from(
    ["haftar", "Tobruk", "air-defence", "C++", "東京", "AND", "OR", "NOT", "-", "(", ")", '"',
     '"a b"', '"a b"~2', "title:", "body:(", "tag:", "is:unread", "last:7d", "date:2024-12..",
     "seen:24h", "NEAR/3", "ONEAR/2", "FIRST/5", "ATLEAST/2", "air*", "h?f", "haftar~", ":", "&",
     "*", "~", "«", "»", "（", "http://a.b/c", 'entity:"A B"', "=", "/x/", "case:A"]
)  # fmt: skip


_TYPED = st.one_of(
    st.text(max_size=40),
    st.lists(_BITS, max_size=9).map(" ".join),
    st.lists(_BITS, max_size=9).map("".join),
)


def outcome(typed: str) -> Query | QueryError:
    try:
        return parse(typed, NOW, UTC)
    except QueryError as refused:
        return refused


@given(_TYPED)
@example("a\ud800b")
@example("tag:\x00 \x1f")
@example('feed:"a:b (c)" -"x')
@settings(max_examples=400, deadline=None)
def test_any_text_gives_a_query_that_prints_back_or_a_refusal(typed: str) -> None:
    found = outcome(typed)
    if isinstance(found, QueryError):
        assert str(found)
        assert 0 <= found.position <= len(typed)
        assert pickle.loads(pickle.dumps(found)).position == found.position
    else:
        again = parse(str(found), NOW, UTC)
        assert again == found
        assert again.tree == found.tree


def test_what_changes_without_the_article_is_volatile() -> None:
    for typed in ("is:unread", "has:note a", "tag:x", "last:7d", "seen:24h", "a -is:read"):
        assert parse(typed).volatile, typed
    for typed in ("haftar", "title:a", "entity:x", "date:2024", "seen:2024-12-01"):
        assert not parse(typed).volatile, typed


def test_terms_are_what_is_looked_for_and_never_what_is_excluded() -> None:
    assert [str(t) for t in parse('a "b c" -d NOT (e OR f) title:g').terms()] == [
        "a", '"b c"', "title:g",
    ]  # fmt: skip


def test_filters_are_named_for_hints_unless_they_only_exclude() -> None:
    assert parse("a entity:x -tag:y").filters() == [Where("entity", "x")]


def test_a_relative_time_moves_with_now() -> None:
    query = parse("last:2d", NOW, UTC)
    later = query.at(NOW + timedelta(days=1))
    assert later.tree.start - query.tree.start == 86_400_000
    assert later == query


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp() * 1000)


@pytest.mark.parametrize(
    ("value", "first", "end"),
    [
        ("2024", "2024-01-01T00:00+03:00", "2025-01-01T00:00+03:00"),
        ("2024-12", "2024-12-01T00:00+03:00", "2025-01-01T00:00+03:00"),
        ("2024-12-16", "2024-12-16T00:00+03:00", "2024-12-17T00:00+03:00"),
        ("2024-12-01..2024-12-18", "2024-12-01T00:00+03:00", "2024-12-19T00:00+03:00"),
        ("2024-11..2024-12", "2024-11-01T00:00+03:00", "2025-01-01T00:00+03:00"),
    ],
)
def test_dates_include_both_ends_in_the_users_zone(value: str, first: str, end: str) -> None:
    zone = timezone(timedelta(hours=3))
    assert dates.span(value, zone) == (ms(first), ms(end))


def test_a_day_has_23_hours_when_the_clocks_go_forward() -> None:
    start, end = dates.span("2024-03-31", ZoneInfo("Europe/Berlin"))
    assert start is not None
    assert end is not None
    assert end - start == 23 * 3_600_000


def test_open_ranges_have_one_end() -> None:
    assert dates.span("..2024-12-18", UTC)[0] is None
    assert dates.span("2024-12-01..", UTC)[1] is None


@pytest.mark.parametrize(
    ("value", "then"),
    [
        ("30min", "2024-05-31T11:30+00:00"),
        ("24h", "2024-05-30T12:00+00:00"),
        ("2w", "2024-05-17T12:00+00:00"),
        ("3m", "2024-02-29T12:00+00:00"),
        ("1y", "2023-05-31T12:00+00:00"),
    ],
)
def test_ages_count_back_from_now(value: str, then: str) -> None:
    assert dates.age(value, datetime(2024, 5, 31, 12, tzinfo=UTC), UTC) == ms(then)


@given(st.text("abc", max_size=5), st.text("abc", max_size=5), st.integers(0, 2))
def test_typing_errors_are_counted_the_same_from_both_ends(a: str, b: str, edits: int) -> None:
    assert within(a, b, edits) == within(b, a, edits) == within(a[::-1], b[::-1], edits)
    assert within(a, a, 0)


def test_swapping_neighbours_is_one_typing_error() -> None:
    assert within("haftar", "hafatr", 1)
    assert not within("haftar", "hatfra", 1)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("haftar", {"haftar"}),
        ("a haftar -tobruk is:unread", {"haftar"}),
        ("haftar OR (tobruk b)", {"haftar", "tobruk"}),
        ('"air defence" NEAR/2 (a OR bc)', {"defence"}),
        ("haf* wagner", {"wagner"}),
        ("haftar OR haf*", None),
        ("is:unread", None),
        ("author:smith", None),
    ],
)
def test_the_anchor_is_what_an_article_cannot_do_without(
    typed: str, words: set[str] | None
) -> None:
    assert parse(typed).anchor == words
