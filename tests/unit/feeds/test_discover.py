import time

import pytest

from reader.feeds.discover import feeds_in

BASE = "https://example.org/news/"


def found(html: str) -> list[str]:
    return [url for url, _ in feeds_in(html, BASE)]


def test_announced_feeds_come_in_order_and_once_with_their_titles() -> None:
    html = """
        <link rel="alternate" type="application/rss+xml" title="All &amp; sundry" href="/rss">
        <LINK HREF='atom.xml' TYPE='application/atom+xml; charset=utf-8' REL='ALTERNATE'>
        <link rel=alternate type=application/feed+json href=/feed.json title=JSON />
        <link rel="alternate" type="application/rss+xml" title="again" href="https://example.org/rss">
    """
    assert feeds_in(html, BASE) == (
        ("https://example.org/rss", "All & sundry"),
        ("https://example.org/news/atom.xml", ""),
        ("https://example.org/feed.json", "JSON"),
    )


@pytest.mark.parametrize(
    "link",
    [
        "<link rel=stylesheet type=text/css href=/rss.css>",
        "<link rel=alternate hreflang=ru href=/ru/>",
        "<link rel=alternate type=application/json href=/wp-json/wp/v2/pages/7>",
        "<link rel=alternate type=application/json+oembed href=/oembed>",
        "<link rel=alternate type=application/rss+xml href='javascript:x'>",
        "<link rel=alternate type=application/rss+xml href=''>",
        "<link rel=alternate type=application/rss+xml>",
        "<!-- <link rel=alternate type=application/rss+xml href=/old> -->",
        "<script>'<link rel=alternate type=application/rss+xml href=/js>'</script>",
    ],
)  # fmt: skip
def test_other_links_are_not_taken_for_feeds(link: str) -> None:
    assert found(link) == []


def test_the_page_s_own_base_is_heeded() -> None:
    link = "<link rel=alternate type=application/rss+xml href=feed>"
    assert found(f"<base href='https://cdn.example/x/'>{link}") == ["https://cdn.example/x/feed"]


def test_links_in_the_page_count_only_when_it_announces_nothing() -> None:
    anchors = """
        <a href="/about">About</a> <a href="/feedback">no</a>
        <a href="/feed/">Our <b>feed</b></a>
        <a href="/index.xml">x</a>
        <a href="https://feeds.example.net/abc">y</a>
        <a href="/rss.xml">RSS</a> <a href="/rss.xml">again</a>
        <a href="feed:https://example.org/f.rss">z</a>
    """
    assert feeds_in(anchors, BASE) == (
        ("https://example.org/feed/", "Our"),
        ("https://example.org/index.xml", "x"),
        ("https://feeds.example.net/abc", "y"),
        ("https://example.org/rss.xml", "RSS"),
        ("https://example.org/f.rss", "z"),
    )
    announced = "<link rel=alternate type=application/rss+xml href=/rss>"
    assert found(announced + anchors) == ["https://example.org/rss"]


@pytest.mark.parametrize(
    "piece", ["<link ", "<a href=", "<!--", "<script>", "<a href='x'>", "<base "]
)
def test_hostile_pages_are_read_in_reasonable_time(piece: str) -> None:
    began = time.process_time()
    found(piece * 40_000)
    assert time.process_time() - began < 2
