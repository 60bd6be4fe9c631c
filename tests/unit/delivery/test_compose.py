"""What a message says: every search, every article once, words marked, nothing cut in silence."""

import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.delivery.compose import SHOWN, html, link, local, plain, subject
from reader.delivery.mail import mail
from reader.delivery.message import document, message, passages, pieces
from reader.delivery.wrap import width
from reader.domain.alert import Context, Notice
from reader.domain.article import Span
from reader.settings import Email
from tests.unit.delivery.messages import NOON, alert, line, told

POST = Email(host="mail.example", to=("ann@news.example", "bo@news.example"))
NASTY = st.text(
    st.one_of(st.characters(), st.sampled_from("\r\n\t\0\u202e\u2066\u2028<>&\"'*:@;=?"))
)


class Reading(HTMLParser):
    """The tags that are opened, the texts that are marked, and all addresses."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.marked: list[str] = []
        self.links: list[str | None] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._open.append(tag)
        self.links += [value for name, value in attrs if name in {"href", "src"}]
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "mark":
            self.marked.append(data)
        self.text += data


def test_one_article_matching_five_alerts_is_one_item_naming_all_five() -> None:
    names = ["Libya", "Ports", "Haftar", "Coast", "Wagner"]
    one = told(*(alert(1, name, version=n) for n, name in enumerate(names, 1)))
    (item,) = one.items
    assert [a.saved_search for a in item.alerts] == names
    for text in (plain(one), Reading(html(one)).text):
        assert text.count("Title 1") >= 1
        assert len(re.findall("Tobruk.? closed", text)) == 1, "the passage they share comes once"
        for version, name in enumerate(names, 1):
            assert re.search(rf"{name}\s*\(version {version} of its query\): Tobruk", text)
    assert all(name in subject(one) for name in names)


def test_words_are_marked_in_context_with_outlet_time_and_link() -> None:
    body = Context("body", "… the port of Tobruk was closed …", ((14, 20),))
    one = told(alert(1, context=(Context("title", "Tobruk closed", ((0, 6),)), body)))
    text = plain(one, ZoneInfo("Africa/Tripoli"))
    assert "Title: *Tobruk* closed" in text
    assert "Text: … the port of *Tobruk* was closed …" in text
    assert "The Wire · 2026-03-04 14:00 EET" in text
    assert "https://wire.example/1?a=1&b=2" in text
    page = Reading(html(one))
    assert page.marked == ["Tobruk", "Tobruk"]
    assert page.links == ["https://wire.example/1?a=1&b=2"]


def test_places_that_are_left_out_are_counted() -> None:
    one = told(alert(1, more=1), alert(2, more=1_037))
    assert "Tobruk and 1 more place\n" in plain(one, UTC)
    assert "Tobruk and 1,037 more places" in plain(one, UTC)
    assert "</bdi> and 1,037 more places</p>" in html(one)


def test_passage_of_two_alerts_has_the_words_of_both_marked() -> None:
    text = "Haftar visits Tobruk"
    one = told(
        alert(1, "a", context=(Context("title", text, ((0, 6), (14, 18))),)),
        alert(1, "b", context=(Context("title", text, ((14, 20),)),)),
    )
    (merged,) = passages(one.items[0])
    assert [piece for piece, on in pieces(merged) if on] == ["Haftar", "Tobruk"]


@given(st.text(), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_pieces_are_the_whole_text_and_marks_are_the_union_of_spans(
    text: str, ends: list[tuple[int, int]]
) -> None:
    spans = [(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in ends]
    one = told(
        *(alert(1, str(n), context=(Context("body", text, (s,)),)) for n, s in enumerate(spans))
    )
    if not one.items:
        return
    (merged,) = passages(one.items[0])
    cut = list(pieces(merged))
    assert "".join(piece for piece, _ in cut) == text
    marked = [on for piece, on in cut for _ in piece]
    assert marked == [any(a <= i < b for a, b in spans) for i in range(len(text))]


def test_long_digest_says_how_many_more_there_are_and_where() -> None:
    one = told(*(alert(n, f"search {n % 3}") for n in range(1, 501)))
    text, page = plain(one), Reading(html(one))
    for whole in (text, page.text):
        assert f"{500 - SHOWN} more articles are not shown here" in whole
        assert "media-reader alerts --limit 500" in whole
        assert f"Title {SHOWN}" in whole
        assert f"Title {SHOWN + 1}" not in whole
    assert "500 articles fired alerts." in text
    assert re.search(r"167 +search 1\n +167 +search 2\n +166 +search 0", text)
    assert len(document(one)["articles"]) == 500, "programs are told everything"
    assert "more" not in plain(told(*(alert(n) for n in range(1, SHOWN + 1))))
    assert "1 more article is not" in plain(told(*(alert(n) for n in range(1, SHOWN + 2))))


def test_subject_names_what_fired_and_is_cut_visibly() -> None:
    assert subject(told(alert(1))) == "Libya: Title 1"
    several = told(alert(1, "a"), alert(2, "b"), alert(3, "b"), missed=True)
    assert subject(several) == "While you were away: 3 articles: b (2), a (1)"
    many = told(*(alert(n, f"search {n}") for n in range(1, 9)))
    assert subject(many).endswith("and 3 more")
    long = told(alert(1, "x" * 400))
    assert (len(subject(long)), subject(long)[-1]) == (150, "…")


def test_digest_is_grouped_by_search_and_every_article_stands_once() -> None:
    one = told(
        alert(1, "Ports"), alert(2, "Libya"), alert(3, "Ports"), alert(3, "Libya"),
        alert(4, "Libya"),
    )  # fmt: skip
    text = plain(one, UTC)
    assert re.findall(r"== (\w+) ==|\d\. \*?(Title \d)", text) == [
        ("Libya", ""), ("", "Title 2"), ("", "Title 3"), ("", "Title 4"),
        ("Ports", ""), ("", "Title 1"),
    ]  # fmt: skip
    assert re.findall("<h1><bdi>(\\w+)|>(Title \\d)<", html(one)) == [
        ("Libya", ""), ("", "Title 2"), ("", "Title 3"), ("", "Title 4"),
        ("Ports", ""), ("", "Title 1"),
    ]  # fmt: skip
    assert "== " not in plain(told(alert(1), alert(2)))


def test_words_are_marked_in_the_title_they_are_of() -> None:
    one = told(alert(1), lines=(line(1, title="Tobruk closed"),))
    assert "1. *Tobruk* closed\n" in plain(one)
    assert "Title:" not in plain(one)
    assert ">" + "<mark>Tobruk</mark> closed</a></h2>" in html(one)
    assert "<blockquote" not in html(one)


@given(st.lists(NASTY, min_size=3, max_size=3))
def test_plain_text_fits_72_columns_but_for_what_cannot_be_cut(texts: list[str]) -> None:
    title, name, body = texts
    context = (Context("body", body * 9, ((0, len(title)),)),)
    one = told(alert(1, name, context=context), alert(2), lines=(line(1, title=title * 9),))
    for row in plain(one, UTC).splitlines():
        assert width(row) <= 72 or len(row.split()) <= 3, row


def test_missed_alerts_say_so() -> None:
    assert "while Media Reader was not running" in plain(told(alert(1), missed=True))
    assert "not running" not in plain(told(alert(1)))
    assert document(told(alert(1), missed=True))["missed"] is True


def test_hebrew_arabic_and_japanese_keep_their_direction_and_letters() -> None:
    arabic, title = "أعلن حفتر إغلاق الميناء", "حفتر"
    one = told(
        alert(1, "ליבי", context=(Context("body", arabic, ((5, 9),)),)),
        alert(2, "港", "トブルク"),
        lines=(line(1, title=title, language="ar"), line(2, title="トブルク閉鎖", language="ja")),
    )
    text = plain(one)
    assert f"1. \u2068{title}\u2069\n" in text
    assert "\u2068ליבי\u2069 (version 1 of its query)" in text
    assert "Text: \u2068أعلن *حفتر* إغلاق الميناء\u2069" in text
    assert "2. トブルク閉鎖\n" in text
    assert "Title: *トブルク* closed" in text
    page = html(one)
    assert (
        f'<h2 dir="auto" lang="ar"><a href="https://wire.example/1?a=1&amp;b=2">{title}</a>' in page
    )
    assert "<mark>حفتر</mark>" in page


def test_letters_that_turn_the_direction_do_not_reach_the_reader() -> None:
    one = told(alert(1, "a\u202eb"), lines=(line(1, title="x\u2066y", source="z\u202d"),))
    for text in (plain(one), html(one), subject(one)):
        assert not re.search("[\u202a-\u202e\u2066\u2067]", text)


@given(NASTY, NASTY, NASTY, NASTY)
def test_nothing_an_article_says_ends_a_header_or_becomes_markup(
    title: str, name: str, source: str, url: str
) -> None:
    text = f"{title} {source}"
    one = told(
        alert(1, name, context=(Context("body", text, ((0, len(title)),)),)),
        lines=(line(1, title=title, source=source, url=url, language=source),),
        batch=name,
    )
    page = Reading(html(one, UTC))
    known = {"html", "head", "meta", "title", "style", "body", "p", "h2", "a", "b", "bdi", "span",
             "mark", "blockquote"}  # fmt: skip
    assert set(page.tags) <= known
    assert page.tags.count("h2") == page.tags.count("b") == 1
    assert all(re.match("https?://", str(found)) for found in page.links)
    letter = mail(one, POST, NOON, UTC)
    assert set(letter.keys()) == {
        "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "MIME-Version",
        "Content-Type",
    }  # fmt: skip
    head = letter.as_bytes().partition(b"\r\n\r\n")[0]
    names = [row.split(b":")[0].decode() for row in head.split(b"\r\n") if row[:1] not in b" \t"]
    assert sorted(names) == sorted(letter.keys()), "no line of a value begins a header"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "https://a.example/ x", 'https://a.example/"onload=', "", "ftp://a"],
)
def test_address_that_is_none_of_the_web_is_no_link(url: str) -> None:
    one = told(alert(1), lines=(line(1, url=url),))
    assert link(one.items[0]) == ""
    assert Reading(html(one)).links == []


def test_times_tell_the_two_hours_of_the_night_clocks_go_back_apart() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    summer = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    winter = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert local(summer, berlin) == "2026-10-25 02:30 CEST"
    assert local(winter, berlin) == "2026-10-25 02:30 CET"


def test_undated_article_has_the_time_it_fired() -> None:
    one = told(alert(1), lines=(line(1, published=None),))
    assert "2026-03-04 12:00 UTC" in plain(one, UTC)
    assert document(one)["articles"][0]["published"] is None


def test_article_that_is_gone_is_left_out() -> None:
    notice = Notice("b", "email", (alert(1), alert(2)))
    assert [i.article_id for i in message(notice, [line(2)]).items] == [2]


def test_document_is_the_same_for_the_same_batch_and_holds_everything() -> None:
    why = (Span("title", 0, 6, "Tobruk"),)
    one = told(alert(1, version=3, revision=2, priority="high", why=why), sound=True)
    assert json.loads(json.dumps(document(one))) == {
        "version": 1,
        "batch": "webhook-1",
        "channel": "webhook",
        "test": False,
        "missed": False,
        "priority": "normal",
        "sound": True,
        "searches": [{"name": "Libya", "articles": 1}],
        "articles": [
            {
                "id": 1,
                "title": "Title 1",
                "url": "https://wire.example/1?a=1&b=2",
                "source": "The Wire",
                "published": "2026-03-04T12:00:00Z",
                "language": "en",
                "alerts": [
                    {
                        "id": 10,
                        "saved_search": "Libya",
                        "query_version": 3,
                        "revision": 2,
                        "priority": "high",
                        "at": "2026-03-04T12:00:00Z",
                        "why": [{"field": "title", "start": 0, "end": 6, "text": "Tobruk"}],
                        "more": 0,
                        "context": [{"field": "title", "text": "Tobruk closed", "spans": [[0, 6]]}],
                    }
                ],
            }
        ],
    }
