import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.article import ParsedItem, Texts
from reader.feeds.identity import canonical_url, content_hash, hash64, item_keys

ITEM = ParsedItem(
    guid="g1",
    url="https://example.org/a?utm_source=rss",
    texts=Texts("Title", "Lead", "Body of it"),
    html="<p>Body of it</p>",
    published=datetime(2026, 1, 14, 10, tzinfo=UTC),
)


def keys(item: ParsedItem) -> dict[str, str]:
    return item_keys(item, content_hash(item))


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a/B?x=1&y=%C3%A4", "http://example.org/a/B?x=1&y=ä",
        "HTTPS://EXAMPLE.org:443/a/B/?x=1&y=%c3%a4#top",
        "http://example.org:80/a/B?x=1&utm_source=z&y=ä",
        "https://user:pw@example.org/a/%42?x=1&y=ä&fbclid=7",
        " https://example.org./a/B?gclid=&x=1&y=ä ",
    ],
)  # fmt: skip
def test_one_address_has_one_canonical_form(url: str) -> None:
    assert canonical_url(url) == "https://example.org/a/B?x=1&y=%C3%A4"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a?x=1", "https://example.org/a?x=2"),
        ("https://example.org/a", "https://www.example.org/a"),
        ("https://example.org/a", "https://m.example.org/a"),
        ("https://example.org/a", "https://example.org:8443/a"),
        ("https://example.org/#!a", "https://example.org/#!b"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/a?b", "https://example.org/a%3Fb"),
    ],
)
def test_different_pages_stay_different(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_what_is_no_web_address_comes_back_as_it_is() -> None:
    for text in ("", "urn:x:7", "mailto:a@b.org", "http://[bad", "no address"):
        assert canonical_url(text) == text


urls = st.builds(
    "{}://{}{}/{}{}{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["example.org", "Bücher.example", "127.0.0.1", "[::1]"]),
    st.sampled_from(["", ":80", ":8080"]),
    st.text(max_size=12),
    st.sampled_from(["", "?", "?a=1&utm_x=2", "?%zz&&b"]),
    st.sampled_from(["", "#x", "#!x"]),
)


@settings(deadline=None, max_examples=50)
@given(urls)
def test_the_canonical_form_is_its_own_canonical_form(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


@settings(deadline=None, max_examples=50)
@given(st.text())
def test_hashes_fit_a_signed_64_bit_integer(text: str) -> None:
    assert -(2**63) <= hash64(text) < 2**63
    assert hash64(text) == hash64(text)


def test_hashes_are_the_same_in_another_process() -> None:
    code = "from reader.feeds.identity import hash64; print(hash64('Хафтар \\ud800'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    assert int(done.stdout) == hash64("Хафтар \ud800") == 3383895572660364083


def test_keys_are_offered_best_first_and_only_where_they_can_be() -> None:
    assert list(keys(ITEM)) == ["guid", "link_date", "link_title", "content"]
    bare = ParsedItem("", "", Texts("Title"), "")
    assert list(keys(bare)) == ["content"]
    assert list(keys(replace(ITEM, published=None))) == ["guid", "link_title", "content"]
    assert len(set(keys(ITEM).values())) == 4


def test_keys_do_not_depend_on_what_changes_for_no_reason() -> None:
    moved = replace(
        ITEM,
        url="http://EXAMPLE.org/a/?utm_medium=x#frag",
        texts=Texts("Title ", "Lead", "Body\n\nof\xa0it"),
        html="<div>other markup</div>",
        author="Somebody",
    )
    assert keys(moved) == keys(ITEM)


def test_a_site_that_moves_to_https_keeps_its_identities() -> None:
    old = replace(ITEM, guid="http://example.org/?p=7#one")
    new = replace(ITEM, guid="https://example.org/?p=7#one")
    other = replace(ITEM, guid="https://example.org/?p=7#two")
    assert keys(old)["guid"] == keys(new)["guid"] != keys(other)["guid"]


@pytest.mark.parametrize(
    "texts",
    [
        Texts("title", "Lead", "Body of it"), Texts("Title", "lead", "Body of it"),
        Texts("Title", "Lead", "Body of it."), Texts("Title", "", "Lead Body of it"),
        Texts("Title Lead", "", "Body of it"),
    ],
)  # fmt: skip
def test_the_content_hash_sees_every_change_of_words_and_case(texts: Texts) -> None:
    assert content_hash(replace(ITEM, texts=texts)) != content_hash(ITEM)
