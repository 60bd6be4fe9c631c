"""The demo's world: real feeds in four formats, always recent, in two rounds."""

import json
import re
import socket
import struct
import threading
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.entity import TYPES
from reader.services import demo
from reader.services.demo import DemoServer, Entry, Source

NOW = datetime(2026, 3, 4, 12, 30, 15, tzinfo=UTC)
FIRST = {1: NOW}
BOTH = {1: NOW, 2: NOW + timedelta(minutes=2)}
BASE = "http://127.0.0.1:1"
DATA = Path(__file__).parents[1] / "data"

each_source = pytest.mark.parametrize("source", demo.sources(), ids=lambda s: s.slug)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> Iterator[DemoServer]:
    with DemoServer(clock) as running:
        yield running


def articles(moments: dict[int, datetime]) -> dict[str, Entry]:
    """By link, as a library would hold them."""
    return {e.link: e for source in demo.sources() for e in source.edition(moments)}


def get(url: str, **headers: str) -> tuple[bytes, dict[str, str]]:
    request = Request(url, headers={k.replace("_", "-"): v for k, v in headers.items()})
    with urlopen(request, timeout=5) as answer:
        return answer.read(), dict(answer.headers)


def status(url: str, **headers: str) -> int:
    try:
        get(url, **headers)
    except HTTPError as problem:
        with problem:
            return problem.code
    return HTTPStatus.OK


# What is in it


def test_it_is_large_and_varied_enough_for_a_real_day() -> None:
    feeds = demo.sources()
    assert len(feeds) >= 14
    assert len(articles(BOTH)) >= 190
    assert {f.kind for f in feeds} == {"rss", "rdf", "atom", "json"}
    assert {"en", "ru", "ar", "tr", "az", "ja", "fr", "de"} <= {f.language for f in feeds}
    assert any("/" in f.folder for f in feeds)


def test_most_articles_are_from_the_last_three_days_and_none_from_the_future() -> None:
    ages = [NOW - e.published for e in articles(FIRST).values()]
    assert min(ages) > timedelta()
    assert max(ages) < timedelta(days=13)
    assert sum(age < timedelta(days=3) for age in ages) > len(ages) / 2


def test_round_two_brings_news_in_most_feeds_and_new_texts_of_known_articles() -> None:
    before, after = articles(FIRST), articles(BOTH)
    fresh = [after[link] for link in after.keys() - before.keys()]
    changed = [link for link in before if before[link].html != after[link].html]
    assert before.keys() <= after.keys()
    assert len(fresh) >= 30
    assert all(BOTH[2] - e.published < timedelta(hours=1) for e in fresh)
    assert len(changed) >= 5
    assert all(after[link].published == before[link].published for link in changed)
    assert sum(s.edition(BOTH) != s.edition(FIRST) for s in demo.sources()) >= 14


@each_source
def test_links_are_the_outlets_own_and_ids_are_unique(source: Source) -> None:
    links = [e.link for e in source.edition(BOTH)]
    assert len(links) == len(set(links))
    assert all(re.match(r"https://[a-z]+\.example/", link) for link in [source.site, *links])


@each_source
def test_bodies_are_well_formed_html_without_scripts(source: Source) -> None:
    for entry in source.edition(BOTH):
        tags = {e.tag for e in ET.fromstring(_closed(f"<body>{entry.html}</body>")).iter()}
        assert tags <= {"body", "p", "h2", "ul", "li", "blockquote", "em", "strong", "a", "img"}, (
            entry
        )
        assert "@copy" not in entry.html
        assert " => " not in entry.html


def _closed(html: str) -> str:
    return re.sub(r"(<img [^>]*[^/])>", r"\1/>", html)


def test_wire_copies_repeat_their_source_nearly_word_for_word() -> None:
    copies = [e for e in articles(FIRST).values() if e.id in {"hc-freighter", "ld-lisov"}]
    told = _words(_entry("freighter-latakia-derna"))
    assert len(copies) == 2
    for copy in copies:
        assert copy.html != _entry("freighter-latakia-derna").html
        assert len(told & _words(copy)) > 0.6 * min(len(told), len(_words(copy)))


def _entry(name: str) -> Entry:
    return next(e for e in articles(FIRST).values() if e.id == name)


def _words(entry: Entry) -> set[str]:
    words = re.findall(r"\w+", re.sub("<[^>]+>", " ", entry.html))
    return {" ".join(words[i : i + 4]) for i in range(len(words) - 3)}


def test_some_articles_are_carried_by_two_feeds_under_one_link() -> None:
    links = [e.link for s in demo.sources() for e in s.edition(FIRST)]
    assert len(links) - len(set(links)) >= 3


# What is served


@each_source
@pytest.mark.parametrize("moments", [FIRST, BOTH], ids=["first round", "both rounds"])
def test_every_feed_reads_back_as_it_was_written(
    source: Source, moments: dict[int, datetime]
) -> None:
    body = demo.render(source, moments, BASE).body
    told = _read_json(body) if source.kind == "json" else _read_xml(body)
    title, language, items = told
    assert title == source.title
    assert language == source.language
    assert items == [
        (e.title, e.link, e.author, e.published.astimezone(UTC), e.html if source.full else "")
        for e in source.edition(moments)
    ]


Read = tuple[str, str, list[tuple[str, str, str, datetime, str]]]


def _read_xml(body: bytes) -> Read:
    ET.fromstring(body)
    feed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo
    return (
        feed.feed.title,
        feed.feed.get("language") or feed.feed.title_detail.language,
        [
            (
                e.title,
                e.link,
                e.get("author", ""),
                datetime(*e.published_parsed[:6], tzinfo=UTC)
                if "published_parsed" in e
                else datetime(*e.updated_parsed[:6], tzinfo=UTC),
                "".join(c.value for c in e.get("content", [])),
            )
            for e in feed.entries
        ],
    )


def _read_json(body: bytes) -> Read:
    feed = json.loads(body)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    return (
        feed["title"],
        feed["language"],
        [
            (
                e["title"],
                e["url"],
                "".join(a["name"] for a in e.get("authors", [])),
                datetime.fromisoformat(e["date_published"]).astimezone(UTC),
                e.get("content_html", ""),
            )
            for e in feed["items"]
        ],
    )


def test_summaries_are_plain_text_in_every_format() -> None:
    for source in demo.sources():
        for entry in source.edition(BOTH):
            assert "<" not in entry.summary
            assert "&amp;" not in entry.summary


def test_markup_characters_in_a_title_survive() -> None:
    quay = next(s for s in demo.sources() if s.slug == "the-quay")
    titles = [e.title for e in feedparser.parse(demo.render(quay, FIRST, BASE).body).entries]
    assert "Bread & roses: a bakery that pays its rent in concerts" in titles


printable = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=40)


@given(kind=st.sampled_from(["rss", "rdf", "atom"]), title=printable, author=printable)
def test_any_words_survive_in_xml(kind: str, title: str, author: str) -> None:
    entry = replace(demo.sources()[0].entries[0], title=title, author=author)
    source = replace(demo.sources()[0], kind=kind, entries=(entry,))
    texts = [e.text for e in ET.fromstring(demo.render(source, FIRST, BASE).body).iter()]
    assert {title, author} <= set(texts)


def test_links_between_articles_lead_to_articles() -> None:
    known = articles(BOTH)
    links = [url for e in known.values() for url in re.findall(r'href="([^"]+)"', e.html)]
    assert len(links) >= 10
    assert set(links) <= known.keys()


# The server


def test_every_feed_is_served_where_it_says_and_announced_on_the_front_page(
    server: DemoServer,
) -> None:
    front = get(server.address + "/")[0].decode()
    for feed in server.feeds():
        body, headers = get(feed.url)
        assert len(body) == int(headers["Content-Length"])
        assert headers["Content-Type"].startswith(("application/", "text/xml"))
        assert f'href="{feed.url}"' in front
    assert len({f.url for f in server.feeds()}) == len(demo.sources())


def test_unchanged_feed_answers_304_to_etag_and_to_date(server: DemoServer) -> None:
    for feed in server.feeds():
        headers = get(feed.url)[1]
        assert status(feed.url, If_None_Match=headers["ETag"]) == HTTPStatus.NOT_MODIFIED
        assert status(feed.url, If_None_Match="W/" + headers["ETag"]) == HTTPStatus.NOT_MODIFIED
        since = headers["Last-Modified"]
        assert status(feed.url, If_Modified_Since=since) == HTTPStatus.NOT_MODIFIED


def test_publishing_the_second_round_changes_feeds_but_not_the_dates_of_the_first(
    server: DemoServer, clock: Clock
) -> None:
    url = server.feeds()[0].url
    body, headers = get(url)
    clock.now += timedelta(minutes=5)
    server.publish(2)
    assert status(url, If_None_Match=headers["ETag"]) == HTTPStatus.OK
    assert status(url, If_Modified_Since=headers["Last-Modified"]) == HTTPStatus.OK
    after = {e.link: e.published for e in feedparser.parse(get(url)[0]).entries}
    assert {e.link: e.published for e in feedparser.parse(body).entries}.items() <= after.items()
    assert max(_last_modified(url), clock.now) == clock.now


def _last_modified(url: str) -> datetime:
    return parsedate_to_datetime(get(url)[1]["Last-Modified"])


def test_publishing_a_round_again_changes_nothing(server: DemoServer, clock: Clock) -> None:
    before = [get(f.url)[0] for f in server.feeds()]
    clock.now += timedelta(hours=1)
    server.publish(1)
    assert [get(f.url)[0] for f in server.feeds()] == before


@pytest.mark.parametrize("date", ["yesterday", "", "Thu, 01 Jan 1970 00:00:00 -0000"])
def test_a_date_that_says_nothing_gets_the_whole_feed(server: DemoServer, date: str) -> None:
    assert status(server.feeds()[0].url, If_Modified_Since=date) == HTTPStatus.OK


def test_unknown_address_is_not_found(server: DemoServer) -> None:
    assert status(server.address + "/nothing.xml") == HTTPStatus.NOT_FOUND


def test_reader_that_hangs_up_disturbs_nobody(
    server: DemoServer, capfd: pytest.CaptureFixture[str]
) -> None:
    url = urlsplit(server.feeds()[0].url)
    for _ in range(5):
        with socket.create_connection((url.hostname, url.port)) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            line.sendall(f"GET {url.path} HTTP/1.0\r\n\r\n".encode())
    assert status(url.geturl()) == HTTPStatus.OK
    assert capfd.readouterr().err == ""


def test_there_are_two_rounds_only(server: DemoServer) -> None:
    with pytest.raises(ValueError, match="rounds"):
        server.publish(3)


def test_closing_leaves_no_thread_and_no_open_port() -> None:
    before = set(threading.enumerate())
    with DemoServer() as server:
        address = server.address
        get(address + "/")
    assert set(threading.enumerate()) <= before
    with pytest.raises(OSError, match="refused"):
        get(address + "/")


# Watchlist and saved searches


def test_every_entity_of_the_watchlist_is_written_about_and_has_a_known_type() -> None:
    text = " ".join(f"{e.title} {e.lead} {e.html}" for e in articles(BOTH).values()).casefold()
    entities = json.loads(demo.watchlist())["entities"]
    assert 30 <= len(entities) <= 45
    assert {e["type"] for e in entities} >= {"person", "organisation", "place", "weapon", "event"}
    assert {e["type"] for e in entities} <= set(TYPES)
    assert len({e["name"] for e in entities}) == len(entities)
    for entity in entities:
        assert any(name.casefold() in text for name in _names(entity)), entity["name"]


def test_the_main_people_and_places_are_tracked_in_at_least_three_scripts() -> None:
    scripts = {e["name"]: _scripts(_names(e)) for e in json.loads(demo.watchlist())["entities"]}
    for name in (
        "Salem Haddar",
        "Ingrid Solvang",
        "Levent Arıkan",
        "Derna",
        "Libya",
        "Vostok-Lift",
    ):
        assert scripts[name] >= {"LATIN", "CYRILLIC", "ARABIC"}, name


def _names(entity: dict[str, Any]) -> list[str]:
    aliases = [a if isinstance(a, str) else a["text"] for a in entity["aliases"]]
    return [entity["name"], *aliases]


def _scripts(names: list[str]) -> set[str]:
    return {unicodedata.name(c).split()[0] for c in "".join(names) if c.isalpha()}


SEARCHES: dict[str, Callable[[Entry], bool]] = {
    "Air defence at Derna": lambda e: (
        _says(e, r"S-[34]00|С-[34]00|MQ-9|Su-35|Pantsir-S1")
        and _says(e, "Derna|درنة|Дерн|Derne|デルナ")
        and not re.search("media", e.title, re.IGNORECASE)
    ),
    "Grain corridor: costs and checks": lambda e: (
        _says(e, r"grain corridor|зернов\w+ коридор|tahıl koridor|穀物回廊|ممر الحبوب")
        and _says(e, r"\binsur|\binspect|Ar[ıi]kan|Арыкан|アルカン|أريكان")
    ),
    "Cease-fire in Valletta": lambda e: (
        _says(e, "Solvang|Сульванг|سولفانغ|ソルバング")
        and _says(e, "cease-fire|Valletta Conference|Valletta talks|مؤتمر فاليتا|バレッタ会議")
    ),
}


def _says(entry: Entry, pattern: str) -> bool:
    text = f"{entry.title}\n{entry.lead}\n{entry.html}"
    return re.search(pattern, text, re.IGNORECASE) is not None


def test_each_saved_search_has_hits_in_round_one_and_alerts_for_round_two() -> None:
    searches = demo.saved_searches()
    before, after = articles(FIRST), articles(BOTH)
    assert [s.name for s in searches] == list(SEARCHES)
    assert all(s.alert for s in searches)
    for holds in SEARCHES.values():
        assert sum(map(holds, before.values())) >= 3
        fresh = [link for link in after.keys() - before.keys() if holds(after[link])]
        assert 2 <= len(fresh) <= 12


# The article with every trap, for the tests of others


def test_expected_finds_of_the_trap_article_stand_where_they_say() -> None:
    text = (DATA / "article.txt").read_text("utf-8")
    watchlist = json.loads((DATA / "article_watchlist.json").read_text("utf-8"))
    expected = json.loads((DATA / "article_expected.json").read_text("utf-8"))
    finds = sorted((start, end, found) for all_ in expected.values() for start, end, found in all_)
    assert all(text[start:end] == found for start, end, found in finds)
    assert all(one[1] <= other[0] for one, other in pairwise(finds))
    assert expected.keys() == {e["name"] for e in watchlist["entities"]} - {"Levent Arıkan"}
    assert len(finds) > 60


def test_trap_article_and_its_feed_say_the_same() -> None:
    title, *paragraphs, author = (DATA / "article.txt").read_text("utf-8").splitlines()
    feed = feedparser.parse((DATA / "article_feed.xml").read_bytes(), sanitize_html=False)
    entry = feed.entries[0]
    assert not feed.bozo
    assert entry.title == title
    assert f"By {entry.author}" == author
    assert re.findall("<p>(.*?)</p>", entry.content[0].value) == paragraphs
