"""Whoever changes what is read in a feed raises the number of the rules."""

from hashlib import sha256
from pathlib import Path

from reader.errors import FeedError
from reader.feeds.identity import imprint
from reader.feeds.parse import parse
from reader.feeds.unchanged import RULES

FEEDS = Path(__file__).parents[2] / "data" / "feeds"
ODD = [
    "<p>One &amp; two</p><p>three<br>four",
    "a < b, <b>bold</b> and <script>nothing</script>&nbsp;end […]",
    "<table><tr><td>x</td><td>y</td></tr></table><ul><li>u<li>v</ul>",
    "<pre>  kept\n  lines</pre><img src='p.png' alt='Port'> \u00ad\u200bM\u00fcnchen",
]
RECORDED = ("dbf6437e8668bd9b", "1 992a7e4a0f9dd956")
"""Of which feeds, and what is read in them by these rules."""


def test_what_is_read_is_what_the_rules_of_this_number_read() -> None:
    given, read = sha256(), sha256()
    for body in [*map(Path.read_bytes, sorted(FEEDS.iterdir())), odd()]:
        given.update(body)
        read.update(repr(said(body)).encode("utf-8", "surrogatepass"))
    now = (given.hexdigest()[:16], f"{RULES} {read.hexdigest()[:16]}")
    assert now[0] == RECORDED[0], f"Other feeds: record {now} here."
    assert now == RECORDED, f"Raise RULES, that feeds are read anew; then record {now} here."


def odd() -> bytes:
    items = "".join(
        f"<item><guid>{n}</guid><title>Odd {n}</title><description>Short.</description>"
        f"<content:encoded><![CDATA[{text}]]></content:encoded></item>"
        for n, text in enumerate(ODD)
    )
    space = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    return f"<rss version='2.0' {space}><channel>{items}</channel></rss>".encode()


def said(body: bytes) -> list[object]:
    """By what a stored article is told apart from what a feed says."""
    try:
        feed = parse(body, "", "https://example.org/feed")
    except FeedError as problem:
        return [problem.kind]
    marks = [imprint(one) for one in feed.items]
    return [
        (one.texts, mark.keys, mark.url_key) for one, mark in zip(feed.items, marks, strict=True)
    ]
