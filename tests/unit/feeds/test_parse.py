import contextlib
import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.article import Texts
from reader.domain.feed import ParsedFeed
from reader.errors import FeedError, NotAFeedError
from reader.feeds import items, syndication
from reader.feeds.items import repeats
from reader.feeds.parse import parse

URL = "https://example.org/feed"


def rss(inner: str, head: str = "") -> bytes:
    start = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    return f"{start}<channel><title>T</title>{head}{inner}</channel></rss>".encode()


def read(body: bytes, url: str = URL) -> ParsedFeed:
    return parse(body, "", url)


def error(body: bytes) -> FeedError:
    with pytest.raises(FeedError) as caught:
        read(body)
    assert str(caught.value).endswith(".")
    assert "example.org" in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(rss("")), b"%PDF-1.7 x", b"PK\x03\x04xx", b"{}", b"[1, 2]", b'{"items": 5}',
        b"{broken",
        b'{"a": ' * 5000, b"just words", b"<opml><body/></opml>", b"<urlset></urlset>", b"<svg/>",
        b"<data><x/></data>", b"<rss", b'<rss version="2.0"><channel><title>x',
        b"<?xml version='1.0'?>",
        b"\x00\x01\x02\x03", b"<channel><item/></channel>", b"<feed></wrong>", b"\xff\xfe<\x00",
    ],
)  # fmt: skip
def test_what_is_no_feed_is_named_as_broken(body: bytes) -> None:
    found = error(body)
    assert found.kind == "broken"
    assert not isinstance(found, NotAFeedError)


@pytest.mark.parametrize("body", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\x00\x00", b"\xff\xfe"])
def test_nothing_is_named_as_empty(body: bytes) -> None:
    assert error(body).kind == "empty"


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>x</body></html>", b"<!DOCTYPE html><title>x</title>",
        b"<!doctype HTML>\n<p>x",
        b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x.dtd"><html/>',
        b"<!-- c --><HTML></HTML>", b"<center><body>x", b"\n\n<head></head>",
    ],
)  # fmt: skip
def test_web_pages_are_told_from_feeds_whatever_they_are_called(body: bytes) -> None:
    with pytest.raises(NotAFeedError) as caught:
        parse(body, "application/rss+xml", URL)
    assert caught.value.kind == "page"
    assert caught.value.found == ()


def test_a_feed_served_as_a_page_is_a_feed() -> None:
    assert parse(rss("<item><title>x</title></item>"), "text/html; charset=utf-8", URL).items


def test_a_feed_that_quotes_a_page_is_a_feed() -> None:
    body = rss("<item><title>x</title><description><![CDATA[<html><body>y]]></description></item>")
    assert read(body).items[0].texts.body == "y"


def test_a_feed_without_items_is_a_feed() -> None:
    feed = read(rss(""))
    assert (feed.title, feed.items, feed.problem) == ("T", (), "")


def test_no_more_items_are_read_than_a_feed_may_have() -> None:
    feed = read(rss("<item><title>x</title></item>" * (items.MOST_ITEMS + 5)))
    assert len(feed.items) == items.MOST_ITEMS


TITLES = [
    ("AT&amp;T", "AT&T"),
    ("AT&amp;amp;T", "AT&T"),
    ("A & B", "A & B"),
    ("&lt;b&gt;Bold&lt;/b&gt; news", "Bold news"),
    ("<![CDATA[<i>In</i> data &amp; more]]>", "In data & more"),
    ("&amp;lt;b&amp;gt;", "<b>"),
    ("a &lt; b", "a < b"),
    ("The &lt;b&gt; tag", "The <b> tag"),
    ("one\n  two\t three ", "one two three"),
    ("caf&#233; &amp;eacute;t&amp;eacute;", "café été"),
    ("x&#160;y", "x\xa0y"),
    ("Q&amp;A: R&amp;D, 5 &amp; 6", "Q&A: R&D, 5 & 6"),
    ("&lt;img src=x onerror=alert(1)&gt;News", "News"),
]


@pytest.mark.parametrize(("written", "title"), TITLES)
def test_titles_of_rss_are_read_as_people_meant_them(written: str, title: str) -> None:
    assert read(rss(f"<item><title>{written}</title></item>")).items[0].texts.title == title


@pytest.mark.parametrize(
    ("kind", "written", "title"),
    [
        ("text", "AT&amp;T &lt;b&gt;", "AT&T <b>"),
        ("text", "AT&amp;amp;T", "AT&amp;T"),
        ("html", "AT&amp;amp;T &lt;b&gt;x&lt;/b&gt; &amp;lt;y&amp;gt;", "AT&T x <y>"),
        ("xhtml", '<div xmlns="http://www.w3.org/1999/xhtml">AT&amp;T <b>x</b> &lt;y&gt;</div>',
        "AT&T x <y>"),
    ],
)  # fmt: skip
def test_titles_of_atom_are_what_they_say_they_are(kind: str, written: str, title: str) -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>1</id>'
        f'<title type="{kind}">{written}</title></entry></feed>'
    )
    assert read(atom.encode()).items[0].texts.title == title


@pytest.mark.parametrize(
    "guid", ["t3_x", "../relative", "post/7", "http://h.org/7", "urn:x:7", "  spaced  ", "17"]
)
def test_identities_stay_as_the_feed_wrote_them_wherever_it_lies(guid: str) -> None:
    in_rss = rss(f"<item><title>x</title><guid>{guid}</guid></item>")
    in_atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://base.org/"><entry>'
        f"<title>x</title><id>{guid}</id></entry></feed>"
    ).encode()
    for body in (in_rss, in_atom):
        for url in (URL, "http://moved.example/other/place"):
            assert read(body, url).items[0].guid == guid.strip()


def test_an_identity_is_a_link_only_if_it_is_one() -> None:
    for guid, url in (("17", ""), ("urn:x", ""), ("https://o.org/7", "https://o.org/7")):
        assert read(rss(f"<item><title>x</title><guid>{guid}</guid></item>")).items[0].url == url


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a", "https://example.org/a"), ("https://o.org/?a=1&amp;b=2", "https://o.org/?a=1&b=2"),
        ("javascript:alert(1)", ""), ("file:///etc/passwd", ""), ("data:text/html,x", ""),
        ("\n https://o.org/x \n", "https://o.org/x"), ("http://[bad", ""), ("//o.org/y",
        "https://o.org/y"),
    ],
)  # fmt: skip
def test_links_are_web_links_or_nothing(link: str, url: str) -> None:
    assert read(rss(f"<item><title>x</title><link>{link}</link></item>")).items[0].url == url


def test_the_full_text_is_the_body_and_a_real_summary_the_lead() -> None:
    content = "<content:encoded>&lt;p&gt;Body text here.&lt;/p&gt;</content:encoded>"
    item = f"<item><title>x</title><description>%s</description>{content}</item>"
    own = read(rss(item % "What it is about")).items[0].texts
    assert (own.lead, own.body) == ("What it is about", "Body text here.")
    teaser = read(rss(item % "Body text [...]")).items[0].texts
    assert (teaser.lead, teaser.body) == ("", "Body text here.")


def test_a_summary_longer_than_the_content_it_begins_with_is_the_body() -> None:
    item = (
        "<item><title>x</title><description>Short. And then all the rest of it.</description>"
        "<content:encoded>Short.</content:encoded></item>"
    )
    texts = read(rss(item)).items[0].texts
    assert (texts.lead, texts.body) == ("", "Short. And then all the rest of it.")


@pytest.mark.parametrize(
    ("lead", "body", "same"),
    [
        ("The port is open.", "The  PORT is open. More follows.", True),
        ("The port is open… Read more", "The port is open. More follows in ten years.", False),
        ("1 2 3 4 5 6 7 8 9 10 … more", "1 2 3 4 5 6 7 8 9 10 11 12", True),
        ("Open.", "MARSA (Agency) - Open. And more", True),
        ("A different story", "The port is open.", False),
        ("", "anything", True),
    ],
)  # fmt: skip
def test_a_summary_is_a_lead_only_if_it_says_something_else(
    lead: str, body: str, same: bool
) -> None:
    assert repeats(lead, body) is same


def test_one_odd_item_never_costs_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    make = items.item

    def stumbles(raw: items.RawItem, base: str, language: str) -> object:
        if raw.guid == "2":
            raise RuntimeError("a bug")
        return make(raw, base, language)

    monkeypatch.setattr("reader.feeds.parse.item", stumbles)
    feed = read(rss("".join(f"<item><guid>{n}</guid><title>t</title></item>" for n in range(4))))
    assert [item.guid for item in feed.items] == ["0", "1", "3"]
    assert feed.problem


def test_an_item_that_confuses_the_parser_costs_only_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = syndication._parsed

    def stumbles(document: str) -> object:
        if "<guid>2</guid>" in document:
            raise ValueError("confused")
        return whole(document)

    monkeypatch.setattr(syndication, "_parsed", stumbles)
    feed = read(rss("".join(f"<item><guid>{n}</guid><title>t</title></item>" for n in range(4))))
    assert [item.guid for item in feed.items] == ["0", "1", "3"]
    assert feed.title == "T"
    assert feed.problem


@pytest.mark.parametrize(
    "field",
    [
        "<pubDate>\x00</pubDate>", "<pubDate>Mon, 99 Foo 99999 99:99:99 +9999</pubDate>",
        "<link></link>",
        "<category></category>", "<enclosure/>", "<guid/>", "<author>()</author>",
        "<source url='x'/>",
        "<description>&#xD800;&#0;&#x110000;&#99999999999999999999;</description>",
        "<title/><title>2</title>",
        "<media:content xmlns:media='http://search.yahoo.com/mrss/' url='x'/>",
        "<unknown:x>y</unknown:x>",
        "<description>" + "&lt;div&gt;" * 3000 + "</description>", "<a>" * 300 + "</a>" * 300,
        "<content type='base64' mode='base64'>!!!</content>", "<geo:lat>x</geo:lat>",
    ],
)  # fmt: skip
def test_odd_fields_never_cost_an_item(field: str) -> None:
    feed = read(rss(f"<item><guid>1</guid>{field}</item><item><guid>2</guid></item>"))
    assert [item.guid for item in feed.items][-1] == "2"


def test_entity_bombs_are_defused() -> None:
    steps = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "ha">{steps}]>'
    body = f'{bomb}<rss version="2.0"><channel><item><title>&e9;</title></item></channel></rss>'
    feed = read(body.encode())
    assert len(feed.items[0].texts.title) < 10_000


def test_local_files_are_never_read(tmp_path: object) -> None:
    body = (
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<rss version="2.0"><channel><item><title>a&x;b</title></item></channel></rss>'
    )
    assert "root:" not in read(body).items[0].texts.title


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner,
    max_size=3),
    max_leaves=6,
)  # fmt: skip
NAMES = (
    "id", "url", "external_url", "title", "content_html", "content_text", "summary",
    "date_published", "authors", "author", "tags",
)  # fmt: skip


@settings(deadline=None, max_examples=50)
@given(st.lists(st.dictionaries(st.sampled_from(NAMES), json_values), max_size=4))
def test_a_json_feed_may_hold_anything_anywhere(entries: list[dict[str, object]]) -> None:
    body = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": entries}
    feed = read(json.dumps(body).encode())
    assert feed.kind == "json"
    assert len(feed.items) <= len(entries)
    for item in feed.items:
        item.texts.body.encode("utf-8")
        item.guid.encode("utf-8")


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=60), st.integers(0, 300), st.integers(0, 300))
def test_damage_gives_a_feed_or_a_feed_error(noise: bytes, start: int, cut: int) -> None:
    whole = rss(
        "<item><title>A &amp; B</title><link>/1</link><description>x</description></item>" * 2
    )
    body = whole[:start] + noise + whole[start + cut :]
    with contextlib.suppress(FeedError):  # any other error is what this looks for
        for item in read(body).items:
            f"{item.guid}{item.texts}{item.html}{item.author}".encode()


def test_a_content_that_is_also_the_summary_is_the_body_alone() -> None:
    """feedparser makes a summary of the content where a feed has none."""
    body = rss(
        "<item><title>T</title><content:encoded><![CDATA[<p>All of it.</p>]]></content:encoded>"
        "</item>"
    )
    (item,) = read(body).items
    assert (item.html, item.texts) == ("<p>All of it.</p>", Texts("T", "", "All of it."))


@pytest.mark.parametrize("ending", ["", "…", "...", " […]", "[...] ", " [&#8230;]\n"])
def test_a_summary_that_breaks_off_repeats_the_body(ending: str) -> None:
    words = " ".join(f"word{number}" for number in range(8))
    assert repeats(f"{words}{ending}", f"{words} and more of it")
    assert not repeats(f"Another {words}{ending}", "Something else altogether")
