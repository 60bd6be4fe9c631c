"""Any text gives a query that prints back, or a refusal that says where and why."""

import pickle
import time
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.domain.fold import fold_key
from reader.errors import QueryError
from reader.search import dates, lexer
from reader.search.language import Query, parse
from reader.search.narrow import written
from reader.search.syntax import (
    And,
    AtLeast,
    First,
    Kind,
    Near,
    Not,
    Or,
    Sentence,
    Slot,
    Text,
    When,
    Where,
)

NOW = datetime(2024, 12, 18, 12, tzinfo=UTC)


def word(text: str, field: str = "") -> Text:
    return Text((Slot("word", text),), 0, field)


def exact(*texts: str, field: str = "", between: int = 0) -> Text:
    return Text(tuple(Slot("exact", text) for text in texts), between, field)


def words(*texts: str) -> Text:
    return Text(tuple(Slot("word", text) for text in texts))


def one(kind: Kind, text: str, field: str = "") -> Text:
    return Text((Slot(kind, text),), 0, field)


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
        ('"air defence"', exact("air", "defence")),
        ('"air defence"~3', exact("air", "defence", between=3)),
        ("“air defence”", exact("air", "defence")),
        ("«air defence»", exact("air", "defence")),
        ('"an ""air"" defence"', exact("an", "air", "defence")),
        ('entity:"the ""Ahrar"" men"', Where("entity", 'the "Ahrar" men')),
        ('entity:"""Ahrar"""', Where("entity", '"Ahrar"')),
        ('entity:"ЧВК «Вагнер»"', Where("entity", 'ЧВК "Вагнер"')),
        ('entity:"新『赤』 «b»"', Where("entity", '新"赤" "b"')),
        ('"said «no» today"', exact("said", "no", "today")),
        ('"a" «b» "c"', And((exact("a"), exact("b"), exact("c")))),
        ('"h?ftar met?"', Text((Slot("glob", "h?ftar"), Slot("exact", "met")))),
        ('"haft* met"', Text((Slot("glob", "haft*"), Slot("exact", "met")))),
        ('"*ftar met"', Text((Slot("glob", "*ftar"), Slot("exact", "met")))),
        ('"? haftar"', exact("haftar")),
        ('"* **haftar* - *"', Text((Slot("glob", "haftar*"),))),
        ("http://x.az?y=1", Text(tuple(Slot("word", w) for w in ("http", "x", "az", "y", "1")))),
        ('"http://x.az?y=1"', exact("http", "x", "az", "y", "1")),
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
        ("東京*", exact("東", "京")),
        ("haftar~", Text((Slot("fuzzy", "haftar", 1),))),
        ("haftar~2", Text((Slot("fuzzy", "haftar", 2),))),
        ("haftar NEAR/5 wagner", Near(word("haftar"), word("wagner"), 5, False)),
        ("haftar ONEAR/5 wagner", Near(word("haftar"), word("wagner"), 5, True)),
        ('entity:"Khalifa Haftar"', Where("entity", "Khalifa Haftar")),
        ("feed:https://a.example/feed?x=1", Where("feed", "https://a.example/feed?x=1")),
        ("tag:(a OR b)", Or((Where("tag", "a"), Where("tag", "b")))),
        ("is:Unread", Where("is", "unread")),
        ("date:2024-12-01..", When("date", "2024-12-01..")),
        ("date:2024-12-16T14", When("date", "2024-12-16T14")),
        ('"Haftar back?"', exact("haftar", "back")),
        ("a & b", And((word("a"), word("b")))),
        ("NOT NOT a", word("a")),
        ("=defences", exact("defences")),
        ("=Air-Defence", exact("air", "defence")),
        ('="air defence"', exact("air", "defence")),
        ("title:=defences", exact("defences", field="title")),
        ("= defences", word("defences")),
        ("air-def*", Text((Slot("exact", "air"), Slot("glob", "def*")))),
        ("*ftar", one("glob", "*ftar")),
        ("case:WHO", one("cased", "WHO")),
        ("case:who", one("cased", "who")),
        ("case:F-16", one("cased", "F-16")),
        ("case:16", exact("16")),
        ("case:Élysée", one("cased", "Elysee")),
        ('case:"White house"', Text((Slot("cased", "White"), Slot("cased", "house")))),
        ("title:case:WHO", one("cased", "WHO", "title")),
        ("case:title:WHO", one("cased", "WHO", "title")),
        ("case:(WHO OR UN)", Or((one("cased", "WHO"), one("cased", "UN")))),
        ("/s-?[34]00/", one("regex", "s-?[34]00")),
        ("title:/s-?[34]00/", one("regex", "s-?[34]00", "title")),
        ("/a/b/", words("a", "b")),
        ("and/or", words("and", "or")),
        ("10/12/2024", words("10", "12", "2024")),
        ("a SENT b", Sentence(word("a"), word("b"))),
        ("a SENT b SENT c", Sentence(Sentence(word("a"), word("b")), word("c"))),
        ("NOT a SENT b c", And((Not(Sentence(word("a"), word("b"))), word("c")))),
        ("entity:x NEAR/5 b", Near(Where("entity", "x"), word("b"), 5, False)),
        ("type:x SENT watchlist:y", Sentence(Where("type", "x"), Where("watchlist", "y"))),
        (
            "title:(entity:x NEAR/5 (b OR type:y))",
            Near(Where("entity", "x"), Or((word("b", "title"), Where("type", "y"))), 5, False),
        ),
        ("FIRST/50 entity:x", First(50, Where("entity", "x"))),
        ("ATLEAST/3 (entity:x OR b)", AtLeast(3, Or((Where("entity", "x"), word("b"))))),
        ("a near/5 b", Near(word("a"), word("b"), 5, False)),
        ("a && b || c", Or((And((word("a"), word("b"))), word("c")))),
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
        ('x "a * b"', "letters of a word", 5),
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
        ("haftar *a", "two letters", 7),
        ("?", "two letters", 0),
        ("tilte:haftar", "Did you mean title:?", 0),
        ("source:bbc", "Did you mean feed:?", 0),
        ("foo:bar", "no field foo:", 0),
        ("a title:", "right after the colon", 2),
        ("title: a", "right after the colon", 0),
        ("date:2024-02-30", "no date 2024-02-30", 5),
        ("date:2024-13", "no date 2024-13", 5),
        ("date:2024-12-16T24", "no date 2024-12-16T24", 5),
        ("date:2024-12-16T14:30", "for an hour, 2024-12-16T14", 5),
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
        ("tag:x NEAR/5 b", "Beside NEAR stand words", 6),
        ("title:(entity:x NEAR/5 type:y)", "title: limits words, not entity:", 16),
        ("author:(entity:x NEAR/5 b)", "title, lead and body only", 17),
        ("title:(FIRST/5 entity:x)", "limits words", 7),
        ("author:(a SENT b)", "SENT works in title, lead and body", 10),
        ("a SENT (b c)", "joined by OR", 2),
        ("FIRST/5 ATLEAST/3 a", "cannot count ATLEAST", 0),
        ("/(?=a)b/", "cannot be used: invalid perl operator", 0),
        (r"b /(a)\1/", "cannot be used: invalid escape", 2),
        ("/[ab/", "cannot be used: missing ]", 0),
        ("/((a{99}){99}){99}/", "cannot be used", 0),
        ("/" + "a" * 501 + "/", "more than 500 characters", 0),
        ("/.*/", "true of any word", 0),
        (r"title:/\w{3,}/", "true of any word", 6),
        ("/(a|.)+/", "true of any word", 0),
        (r"/\Aab/", "does not belong", 0),
        ("case:haf*", "as they are", 5),
        ("case:hafter~", "as they are", 5),
        ("case:/x/", "as they are", 5),
        ("a case: b", "right after the colon", 2),
        ("=(a b)", "belongs to one word", 0),
        ("a w/5 b", "ONEAR/5 (in this order) or NEAR/5", 2),
        ("a near5 b", "written NEAR/5", 2),
        ("a ADJ b", "written ONEAR/0", 2),
        ("a adj3 b", "written ONEAR/3", 2),
        ("atleast5 a", "written ATLEAST/5", 0),
        ("title=haftar", "written title:", 0),
        ("a NEAR/ b", "as in NEAR/5", 2),
        ("a NEAR/five b", "as in NEAR/5", 2),
        ("a ONEAR/-1 b", "as in ONEAR/5", 2),
        ("ATLEAST/x a", "as in ATLEAST/5", 0),
        ("FIRST/ a", "as in FIRST/5", 0),
        ("FIRST/5a", "as in FIRST/5", 0),
        ("haftar !wagner", "written -", 7),
        ("a title:-b", "-title:", 8),
        ('tag:-"a b" c', "-tag:", 4),
        ('a !"b c"', "written -", 2),
        ("haftar|wagner", "written OR", 0),
        ("(a| b)", "written OR", 1),
        ("a | b", "written OR", 2),
        ("title:a|b", "written OR", 6),
        ("S-400||S-300", "written OR", 0),
        ("/haf tar/", "holds no space", 0),
        ("x (/air defence/)", "holds no space", 3),
        ('hd="a b"', "written title:", 0),
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
    ["h" + "?" * 3000, "x" * 3000 + ":a", "date:" + "9" * 3000, "last:" + "9" * 3000,
     "is:" + "x" * 3000, "a NEAR/" + "9" * 3000 + " b", "date:" + "2024-12-18.." * 300],
)  # fmt: skip
def test_a_refusal_is_never_longer_than_a_person_reads(typed: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse(typed, NOW, UTC)
    assert len(str(refused.value)) < 200


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
    ["haftar", "Tobruk", "air-defence", "case:", "case:WHO", "=a", "SENT",
     "/a.c/", "entity:x", "||", "C++", "東京", "AND", "OR", "NOT", "-", "(", ")", '"',
     '"a b"', '"a b"~2', "title:", "body:(", "tag:", "is:unread", "last:7d", "date:2024-12..",
     "seen:24h", "NEAR/3", "ONEAR/2", "FIRST/5", "ATLEAST/2", "air*", "h?f", "haftar~", ":", "&",
     "*", "~", "«", "»", '""', 'tag:"a ""b"""', "（", "http://a.b/c", 'entity:"A B"', "=",
     "/x/", "case:A"]
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
@example('tag:"l*bya" type:"x~2" entity:"~"')
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


_NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


@given(st.sampled_from(lexer.NAMES), _NAMES)
@example("entity", '"Ahrar" Brigade')
@example("watchlist", '"')
@example("tag", "「赤」 «b» “c”")
@settings(max_examples=300, deadline=None)
def test_every_name_can_be_asked_for(field: str, name: str) -> None:
    clause = written(field, name)
    assert (clause == "") == (not name.split())
    if clause:
        root = parse(f"a -{clause}").root
        assert isinstance(root, And)
        assert isinstance(root.parts[1], Not)
        asked = root.parts[1].child
        assert isinstance(asked, Where)
        assert (asked.field, fold_key(asked.value)) == (field, fold_key(name))


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


@pytest.mark.parametrize(
    ("value", "zone", "first", "end"),
    [
        ("2024-12-16T14", "UTC", "2024-12-16T14:00Z", "2024-12-16T15:00Z"),
        ("2024-12-16T9..2024-12-16t11", "UTC", "2024-12-16T09:00Z", "2024-12-16T12:00Z"),
        ("2024-12-16T23..2024-12-17", "UTC", "2024-12-16T23:00Z", "2024-12-18T00:00Z"),
        ("2024-12-16T14", "Asia/Kolkata", "2024-12-16T08:30Z", "2024-12-16T09:30Z"),
        ("2024-03-31T01", "Europe/Berlin", "2024-03-31T00:00Z", "2024-03-31T01:00Z"),
        ("2024-10-27T01", "Europe/Berlin", "2024-10-26T23:00Z", "2024-10-27T00:00Z"),
        ("2024-10-27T02", "Europe/Berlin", "2024-10-27T00:00Z", "2024-10-27T02:00Z"),
        ("2024-10-06T02", "Australia/Lord_Howe", "2024-10-05T15:30Z", "2024-10-05T16:00Z"),
        ("2024-04-07T01", "Australia/Lord_Howe", "2024-04-06T14:00Z", "2024-04-06T15:30Z"),
    ],
)
def test_an_hour_is_that_of_the_clock_and_both_where_it_shows_one_twice(
    value: str, zone: str, first: str, end: str
) -> None:
    assert dates.span(value, ZoneInfo(zone)) == (ms(first), ms(end))


def test_the_local_clock_may_leap_over_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        hours = [dates.span(f"2024-03-31T0{hour}", None) for hour in (1, 2, 3)]
        patch.setenv("TZ", "Asia/Beirut")
        time.tzset()
        day = dates.span("2024-03-31", None)
    time.tzset()
    leap = ms("2024-03-31T01:00Z")
    assert hours == [(leap - 3_600_000, leap), (leap, leap), (leap, leap + 3_600_000)]
    assert day == (ms("2024-03-30T22:00Z"), ms("2024-03-31T21:00Z"))


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


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("haftar", {"haftar"}),
        ("defences", {"defences"}),
        ("a haftar -tobruk is:unread", {"haftar"}),
        ("haftar OR (tobruk b)", {"haftar", "tobruk"}),
        ('"air defence" NEAR/2 (a OR bc)', {"defence"}),
        ("a SENT haftar", {"haftar"}),
        ("case:F-16", {"F-16"}),
        ("haf* wagner", {"wagner"}),
        ("entity:x NEAR/5 wagner", {"wagner"}),
        ("haftar OR haf*", {"haftar", "haf*"}),
        ("/haf.*/ tag:x", {"haf.*"}),
        ("haftar~2 OR tag:x", None),
        ("is:unread", None),
        ("author:smith", None),
    ],
)
def test_the_anchor_is_what_an_article_cannot_do_without(
    typed: str, expected: set[str] | None
) -> None:
    needed = parse(typed).needs
    assert ({slot.text for slot in needed[0]} if needed else None) == expected


@pytest.mark.parametrize(
    ("typed", "settled"),
    [
        ("haftar", True),
        ("=haftar case:Tobruk haf*", True),
        ("haftar (tobruk OR sirte~)", True),
        ("haftar OR tobruk", True),
        ("haftar OR (tobruk sirte)", False),
        ('"air defence"', False),
        ("haftar -tobruk", False),
        ("haftar lang:en", False),
        ("title:haftar", False),
        ("ATLEAST/2 haftar", False),
    ],
)
def test_a_search_of_words_alone_is_settled_by_those_it_needs(typed: str, settled: bool) -> None:
    assert parse(typed).settled is settled


@pytest.mark.parametrize(
    ("pattern", "folded"),
    [
        ("S-?[34]00", "s-?[34]00"),
        ("Élys.e", "elys.e"),
        ("E\u0301lyse", "elyse"),
        ("[A-ZÉ]x", "[a-ze]x"),
        (r"\S+\.AZ", r"\S+\.az"),
        (r"\bХАФ\w", r"\bхаф[\pL\pM\pN_]"),
        (r"[\w-]x", r"[\pL\pM\pN_-]x"),
        (r"\p{Lu}A\x{41}\QA.B\E", r"\p{Lu}a\x{41}\QA.B\E"),
        ("[[:alpha:]A]x", "[[:alpha:]a]x"),
        ("[^A]x", "[^a]x"),
        ("[]A]x", "[]a]x"),
        ("straße", "stra(?:ss)e"),
        ("S–400", "s-400"),
        ("a\ud800", "a\ufffd"),
        ("don’t", "don't"),
        ("(?P<Name>A)(?i:B)", "(?P<Name>a)(?i:b)"),
    ],
)
def test_a_pattern_is_folded_as_words_are_and_its_escapes_are_not(
    pattern: str, folded: str
) -> None:
    found = parse(f"/{pattern}/").terms()[0]
    assert found.slots == (Slot("regex", folded),)
    assert str(found) == f"/{pattern}/"


@pytest.mark.parametrize(
    "typed",
    ["case:WHO", "title:case:WHO", '=a "b c"', "title:=a", r"/a\/b/", "title:/É.c/", "a SENT b",
     "(a OR b) SENT entity:x", "a SENT (b NEAR/3 c)", "case:(A OR B)", "FIRST/5 (a SENT b)"],
)  # fmt: skip
def test_a_query_prints_as_it_is_written(typed: str) -> None:
    query = parse(typed)
    assert parse(str(query)) == query
    assert str(query).replace("case:A OR case:B", "case:(A OR B)") == typed
