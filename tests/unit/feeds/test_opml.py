import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain import folders
from reader.errors import FileError
from reader.feeds.opml import Outline, read, write


def opml(body: str, start: str = "") -> bytes:
    return f"{start}<opml version='1.1'><head/><body>{body}</body></opml>".encode()


words = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=12,
).map(str.strip)
names = words.filter(bool)
outlines = st.builds(
    Outline,
    url=st.builds("https://example.org/{}".format, names),
    title=words,
    site_url=st.sampled_from(["", "https://example.org/?a=1&b=<2>"]),
    folder=st.lists(names, max_size=4).map(folders.join),
)


@settings(deadline=None, max_examples=30)
@given(st.lists(outlines, max_size=8, unique_by=lambda one: one.url), words)
def test_what_is_written_is_read_again(feeds: list[Outline], title: str) -> None:
    assert read(write(feeds, title)) == feeds


def test_folders_are_nested_and_names_may_hold_slashes() -> None:
    feeds = [
        Outline("https://a/", "A", folder=folders.join(["News", "Libya / Syria"])),
        Outline("https://b/", "B", folder="News"),
        Outline("https://c/", "C"),
    ]
    data = write(feeds, "My feeds")
    assert data.count(b"<outline text=") == 2
    assert b'text="Libya / Syria"' in data
    assert read(data) == feeds


@pytest.mark.parametrize(
    "outline",
    [
        '<outline text="T" xmlUrl="https://x/?a=1&b=2"/>',
        '<outline title="T" XMLURL="https://x/?a=1&amp;b=2"/>',
        '<outline text="T" type="rss" url="https://x/?a=1&amp;b=2"/>',
        '<OUTLINE text="other" title="T" xmlUrl=" https://x/?a=1&amp;b=2 " type="atom"/>',
    ],
)  # fmt: skip
def test_sloppy_outlines_are_understood(outline: str) -> None:
    assert read(opml(outline)) == [Outline("https://x/?a=1&b=2", "T")]


def test_each_address_comes_once_and_the_first_counts() -> None:
    body = '<outline text="A"><outline xmlUrl="https://x/" text="1"/></outline>'
    assert read(opml(body + '<outline xmlUrl="https://x/" text="2"/>')) == [
        Outline("https://x/", "1", folder="A")
    ]


def test_encodings_are_recognised_even_when_wrongly_declared() -> None:
    body = '<outline text="Новости" xmlUrl="https://x/"/>'
    declared = '<?xml version="1.0" encoding="windows-1251"?>'
    as_declared = f"{declared}<opml><body>{body}</body></opml>".encode("cp1251")
    assert read(as_declared)[0].title == "Новости"
    assert read(opml(body, declared))[0].title == "Новости"
    assert read(b"\xef\xbb\xbf" + opml(body))[0].title == "Новости"
    assert read(f"<opml><body>{body}</body></opml>".encode("utf-16"))[0].title == "Новости"


def test_names_of_html_characters_are_known() -> None:
    body = '<outline text="Caf&eacute; &amp; bar &nosuch; &#1078;" xmlUrl="https://x/"/>'
    assert read(opml(body))[0].title == "Café & bar &nosuch; ж"


def test_any_depth_is_read_without_trouble() -> None:
    deep = 30_000
    body = '<outline text="f">' * deep + '<outline xmlUrl="https://x/"/>' + "</outline>" * deep
    began = time.process_time()
    feeds = read(opml(body))
    assert feeds[0].url == "https://x/"
    assert len(folders.split(feeds[0].folder)) == 100
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    "data",
    [
        b"", b"hello", b"<html><body>x</body></html>", b"<rss/>", b"\x00\x01",
        b"<opml><body><outline",
        opml("</wrong>"), b"{}",
        opml('<outline text="&a;"/>', '<!DOCTYPE opml [<!ENTITY a "b">]>'),
        opml("", '<!DOCTYPE opml [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>'),
        opml("", '<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    ],
)  # fmt: skip
def test_what_is_no_list_of_feeds_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(FileError) as caught:
        read(data)
    assert str(caught.value).endswith(".")
    assert "OPML" in str(caught.value)


def test_a_list_without_feeds_is_a_list() -> None:
    assert read(opml("")) == []
    assert read(write([], "none")) == []
