"""Items that were read before are left out, and nothing else changes."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.feed import ParsedFeed
from reader.feeds import unchanged
from reader.feeds.parse import parse
from reader.feeds.unchanged import reduced

URL = "https://example.org/feed.xml"
BODIES = [
    "<![CDATA[<p>plain</p>]]>",
    "<![CDATA[how to write <item> and </item> ] ]] ]>]]>",
    "&lt;item&gt; escaped &lt;/item&gt;",
    "<!-- </item> --> - -- said",
    "<b xmlns='http://www.w3.org/1999/xhtml'>x</b>",
    "",
]
numbers = st.lists(st.integers(0, 9), max_size=8, unique=True)


def entry(kind: str, number: int) -> str:
    body, link = BODIES[number % len(BODIES)], f"https://example.org/{number}"
    if kind == "atom":
        return (
            f"<entry><id>i{number}</id><title>T {number}</title><link href='{link}'/>"
            f"<content type='html'>{body}</content></entry>"
        )
    name = "item" if kind == "rss" else f'item rdf:about="{link}"'
    return (
        f"<{name}><title>T {number}</title><link>{link}</link>"
        f"<description>{body}</description></item>"
    )


def document(kind: str, items: list[int], around: str = "", root: str = "") -> bytes:
    entries = "\n".join(entry(kind, number) for number in items)
    return {
        "rss": f"<?xml version='1.0'?><rss version='2.0' {root}><channel><title>R</title>{around}"
        f"{entries}<ttl>5</ttl></channel></rss>",
        "rdf": "<rdf:RDF xmlns='http://purl.org/rss/1.0/' xmlns:rdf='http://www.w3.org/1999/02/"
        f"22-rdf-syntax-ns#' {root}><channel><title>R</title>{around}</channel>{entries}</rdf:RDF>",
        "atom": f"<feed xmlns='http://www.w3.org/2005/Atom' {root}><title>R</title>{around}"
        f"{entries}</feed>",
    }[kind].encode()


def read(body: bytes, known: tuple[int, ...] = ()) -> ParsedFeed:
    return parse(body, "", URL, frozenset(known))


def written(feed: ParsedFeed) -> tuple[int, ...]:
    return tuple(one.written for one in feed.items)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(["rss", "rdf", "atom"]), numbers, numbers)
def test_a_feed_without_what_is_known_and_what_is_known_are_the_whole_feed(
    kind: str, before: list[int], now: list[int]
) -> None:
    known = written(read(document(kind, before)))
    whole = read(document(kind, now))
    assert len(whole.items) == len(now)
    assert 0 not in written(whole)
    rest = read(document(kind, now), known)
    items = {one.written: one for one in whole.items}
    assert [items[number] for number in written(rest)] == list(rest.items)
    assert set(rest.known) == set(known) & set(items)
    assert [*rest.items] == [one for one in whole.items if one.written not in rest.known]
    assert replace(rest, items=(), known=()) == replace(whole, items=())


@pytest.mark.parametrize("kind", ["rss", "rdf", "atom"])
def test_a_feed_that_says_nothing_new_is_still_that_feed(kind: str) -> None:
    whole = read(document(kind, [1, 2, 3]))
    again = read(document(kind, [3, 1, 2]), written(whole))
    assert (again.items, again.kind, again.title) == ((), whole.kind, "R")
    assert sorted(again.known) == sorted(written(whole))


def test_any_other_letter_makes_another_item() -> None:
    body = document("rss", [1, 2])
    known = written(read(body))
    changed = read(body.replace(b"T 1", b"T I"), known)
    assert [one.texts.title for one in changed.items] == ["T I"]
    assert changed.known == known[1:]


@pytest.mark.parametrize(
    "other",
    [
        document("rss", [1], root="xmlns:x='https://x.example'"),
        document("rss", [1], root="xml:base='https://y.example/'"),
        document("rss", [1], around="<x xml:base='https://y.example/'/>"),
        document("rss", [1]).replace(b"<channel>", b"<channel xmlns:x='https://x.example'>"),
    ],
)
def test_what_decides_how_an_item_is_read_belongs_to_it(other: bytes) -> None:
    known = written(read(document("rss", [1])))
    assert read(other, known).known == ()
    assert parse(document("rss", [1]), "", "https://moved.example/", frozenset(known)).known == ()


def test_an_item_is_read_again_by_other_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    known = written(read(document("rss", [1])))
    monkeypatch.setattr(unchanged, "_READ_BY", "others")
    assert read(document("rss", [1]), known).known == ()


def test_what_else_the_feed_says_does_not() -> None:
    known = written(read(document("rss", [1])))
    said = read(document("rss", [1], around="<lastBuildDate>now</lastBuildDate>"), known)
    assert said.known == known


@pytest.mark.parametrize(
    "doubtful",
    [
        "<rss><channel><item><title>A</title><item><title>B</title></item></item></channel></rss>",
        "<rss><channel><item><title>A</title></channel></rss>",
        "<rss><channel></item><item><title>A</title></item></channel></rss>",
        "<rss><channel><item/><item><title>A</title></item></channel></rss>",
        "<!DOCTYPE rss [<!ENTITY e 'x'>]><rss><item><title>A</title></item></rss>",
        "<rss><channel><item><title>A</title></item><item><title><![CDATA[B</title></item>",
        "<rss><channel><title>none</title></channel></rss>",
    ],
)
def test_what_cannot_be_cut_beyond_doubt_is_left_whole(doubtful: str) -> None:
    class Everything:
        def __contains__(self, number: object) -> bool:
            return True

    part = reduced(doubtful, URL, Everything())
    assert (part.document, part.written, part.known) == (doubtful, (), ())


def test_an_element_of_another_name_inside_an_item_is_part_of_it() -> None:
    text = "<rss><item><m:entry><title>A</title></m:entry></item><item>B</item></rss>"
    one, two = reduced(text, URL, frozenset()).written
    assert reduced(text, URL, {one}).document == "<rss><item>B</item></rss>"
    assert reduced(text, URL, {one, two}).document == "<rss></rss>"


def test_no_more_than_the_first_two_thousand_are_ever_read() -> None:
    body = document("rss", [*range(2_010)])
    known = written(read(body))
    assert len(known) == 2_000
    assert read(body, known).items == ()


def test_a_damaged_feed_of_which_all_is_known_is_read_whole() -> None:
    body = document("rss", [1]).replace(b"<ttl>", b"<ttl>&nothing;<")
    whole = read(body)
    again = read(body, written(whole))
    assert again.problem == whole.problem != ""
    assert {*written(again), *again.known} == {*written(whole)}
