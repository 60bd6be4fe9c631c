"""The form that builds a search, and the text it writes and reads."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.errors import QueryError
from reader.gui.query_parts import NAMED, STATES, WHERE, Near, Parts, tokens, write
from reader.gui.query_reading import read
from reader.gui.views.dialogs.query_form import TOO_MUCH, Known, QueryForm
from reader.search.language import parse
from reader.search.typed import clauses

WORD = st.sampled_from(
    ["port", "air*", "haftar~2", "S-400", '"air defence"', "=who", "порт", "C++"]
)
NAME = st.sampled_from(
    ["Khalifa Haftar", "libya", "حفتر", "A/B", "AT&T", "C*", '"Ahrar" men', "-x"]
)
NEAR = st.one_of(st.just(Near()), st.builds(Near, WORD, WORD, st.integers(0, 50)))
DATES = st.sampled_from([("", ""), ("2024", "2024"), ("2024-12-01", "2024-12-18"), ("2024", "")])
PARTS = st.builds(
    lambda every, phrase, some, none, near, where, named, last, dates, state: Parts(
        every=every, phrase=phrase, some=some, none=none, near=near,
        where=where if every or phrase or some or near.left else "",
        named=tuple((field, value) for field, value in named.items()), last=last,
        since="" if last else dates[0], until="" if last else dates[1], state=state,
    ),
    st.lists(WORD.filter(lambda w: w[0] != '"'), max_size=3).map(tuple),
    st.sampled_from(["", "air defence", "grid storage"]),
    st.lists(WORD, min_size=2, max_size=3).map(tuple) | st.just(()),
    st.lists(WORD, max_size=2).map(tuple),
    NEAR,
    st.sampled_from(["", *WHERE]),
    st.dictionaries(st.sampled_from(NAMED), NAME, max_size=3),
    st.sampled_from(["", "7d", "24h"]),
    DATES,
    st.sampled_from(["", *STATES]),
)  # fmt: skip


@settings(deadline=None)
@given(PARTS)
def test_what_the_form_writes_it_reads_back(parts: Parts) -> None:
    text = write(parts)
    assert read(text, clauses(text)) == parts


@settings(deadline=None)
@given(PARTS)
def test_the_form_writes_queries_that_can_be_run(parts: Parts) -> None:
    text = write(parts)
    only_excludes = not write(Parts(**{**_fields(parts), "none": ()}))
    if text and not only_excludes:
        parse(text)


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="*?~/", exclude_categories=("Cs",)), max_size=30))
def test_whatever_is_written_into_a_field_for_words_can_be_run(text: str) -> None:
    found = tokens(text)
    for query in (write(Parts(every=found)), write(Parts(every=("port",), none=found))):
        parse(query or "port")


def test_a_bar_in_a_word_is_no_operator_in_the_form() -> None:
    assert write(Parts(every=tokens("port|harbour"))) == '"port|harbour"'


@settings(deadline=None)
@given(st.lists(st.sampled_from(
    ['a', 'b', '"c d"', "AND", "OR", "NOT", "NEAR/5", "(", ")", "title:e", "title:(", "-f",
     "feed:g", "-tag:h", "is:unread", "last:7d", "date:2024", "FIRST/5", '"open', "author:i"]
), max_size=9).map(" ".join))  # fmt: skip
def test_reading_any_text_into_the_form_keeps_its_meaning(text: str) -> None:
    written = write(read(text, clauses(text)))
    try:
        meant = parse(text)
    except QueryError:
        assert bool(written) == bool(text.strip())
        return
    assert _meaning(str(parse(written))) == _meaning(str(meant))


def _meaning(text: str) -> list[str]:
    """A query's conditions whatever their order; ANDed parts are printed side by side."""
    text = re.sub(r'"\s*([^"]*?)\s*"', r'"\1"', text)
    return sorted(text.replace("NOT ", "-").replace("(", " ").replace(")", " ").split())


def _fields(parts: Parts) -> dict[str, object]:
    return {name: getattr(parts, name) for name in Parts.__dataclass_fields__}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('port tobruk "air defence"', Parts(every=("port", "tobruk"), phrase="air defence")),
        ("port AND (ship OR vessel)", Parts(every=("port",), some=("ship", "vessel"))),
        ("ship OR vessel", Parts(some=("ship", "vessel"))),
        ("port NOT football -tennis", Parts(every=("port",), none=("football", "tennis"))),
        ("title:(a NEAR/3 b)", Parts(near=Near("a", "b", 3), where="title")),
        ("lead:port lang:en", Parts(every=("port",), where="lead", named=(("lang", "en"),))),
        ("port tag:a tag:b", Parts(every=("port",), named=(("tag", "a"),), rest="tag:b")),
        ("port -feed:x", Parts(every=("port",), rest="-feed:x")),
        ("a b OR c", Parts(rest="a b OR c", whole=True)),
        ("-(a b) c", Parts(rest="-(a b) c", whole=True)),
        ("title:a body:b", Parts(rest="title:a body:b", whole=True)),
        ('port "open', Parts(every=("port", '"open'))),
        ("FIRST/5 a", Parts(rest="FIRST/5 a", whole=True)),
    ],
)
def test_a_query_is_read_as_far_as_it_is_flat(text: str, parts: Parts) -> None:
    assert read(text, clauses(text)) == parts


def test_what_is_kept_is_held_together_when_more_is_asked_for() -> None:
    assert write(Parts(rest="a OR b", whole=True)) == "a OR b"
    assert write(Parts(rest="a OR b", whole=True, state="is:unread")) == "(a OR b) is:unread"


def test_words_that_are_operators_or_have_signs_are_quoted() -> None:
    assert tokens("AND near -x a:b (c) “d  e”") == (
        '"AND"', "near", '"-x"', '"a:b"', '"(c)"', '"d e"',
    )  # fmt: skip


# the dialog

KNOWN = Known(("Harbour Review",), ("Mediterranean/Libya",), ("Khalifa Haftar",), ("review",))


@pytest.fixture
def form(shown: Callable[..., QWidget], qtbot: QtBot) -> Callable[..., QueryForm]:
    window = shown(QWidget(), 1200, 800)

    def make(text: str = "") -> QueryForm:
        made = QueryForm(window, read(text, clauses(text)), KNOWN)
        qtbot.addWidget(made)
        made.open()
        return made

    return make


def test_every_field_writes_its_part_of_the_text(form: Callable[..., QueryForm]) -> None:
    made = form()
    said: list[str] = []
    made.changed.connect(said.append)
    made.every.setText("port")
    made.phrase.setText("air defence")
    made.some.setText("ship vessel")
    made.none.setText("football")
    made.near_left.setText("haftar")
    made.near_right.setText("moscow talks")
    made.where.setCurrentIndex(made.where.findData("body"))
    made.named["feed"].setCurrentText("Harbour Review")
    made.named["folder"].setCurrentText("Mediterranean/Libya")
    made.named["lang"].setCurrentText("German")
    made.named["entity"].setCurrentText("Khalifa Haftar")
    made.named["tag"].setCurrentText("review")
    made.time.setCurrentIndex(made.time.findData("7d"))
    made.state.setCurrentIndex(made.state.findData("is:unread"))
    query = (
        'body:(port "air defence" (ship OR vessel) haftar NEAR/5 "moscow talks") -football '
        'feed:"Harbour Review" folder:Mediterranean/Libya lang:de entity:"Khalifa Haftar" '
        "tag:review last:7d is:unread"
    )
    assert made.query() == made.text.text() == said[-1] == query
    parse(query)


def test_two_days_take_the_place_of_an_age(form: Callable[..., QueryForm]) -> None:
    made = form("last:7d")
    assert not made.since.isVisible()
    made.time.setCurrentIndex(made.time.findData("between"))
    made.since.setText("2024-12-01")
    assert made.query() == "date:2024-12-01.."
    made.until.setText("2024-12-18")
    assert made.since.isVisible()
    assert made.query() == "date:2024-12-01..2024-12-18"


def test_a_query_fills_the_fields(form: Callable[..., QueryForm]) -> None:
    made = form('title:(port "air defence") -football lang:de last:5y is:starred')
    assert (made.every.text(), made.phrase.text(), made.none.text()) == (
        "port", "air defence", "football",
    )  # fmt: skip
    assert made.where.currentData() == "title"
    assert made.named["lang"].currentText() == "German"
    assert (made.time.currentData(), made.state.currentData()) == ("5y", "is:starred")
    assert not made.note.isVisible()


def test_what_is_more_than_the_form_can_show_is_said_and_kept(
    form: Callable[..., QueryForm],
) -> None:
    made = form("title:a OR (b c)")
    assert made.note.isVisible()
    assert TOO_MUCH in made.note.text()
    made.state.setCurrentIndex(made.state.findData("is:unread"))
    assert made.query() == "(title:a OR (b c)) is:unread"


def test_clearing_the_form_lets_go_of_what_was_kept(form: Callable[..., QueryForm]) -> None:
    made = form("port tag:a tag:b")
    made.clear.click()
    assert (made.query(), made.note.isVisible()) == ("", False)


def test_only_the_number_of_results_for_what_it_says_now_is_shown(
    form: Callable[..., QueryForm],
) -> None:
    made = form("port")
    made.show_count("port", 1284)
    assert made.count.text() == "1,284 results"
    made.every.setText("ports")
    assert made.count.text() == ""
    made.show_count("port", 1284)
    assert made.count.text() == ""


def test_a_refusal_is_shown_until_the_next_change(form: Callable[..., QueryForm]) -> None:
    made = form("port")
    made.show_error("There is no date 2024-13: check year, month and day.")
    assert made.problem.isVisible()
    made.every.setText("ports")
    assert not made.problem.isVisible()


def test_an_empty_form_searches_for_nothing(form: Callable[..., QueryForm], qtbot: QtBot) -> None:
    made = form()
    with qtbot.assertNotEmitted(made.wanted):
        made.main.click()
    assert made.isVisible()
    made.every.setText("port")
    with qtbot.waitSignal(made.wanted) as wanted:
        made.main.click()
    assert wanted.args == ["port"]


def test_every_field_has_a_name(form: Callable[..., QueryForm]) -> None:
    made = form("date:2024")
    fields = (
        made.every, made.phrase, made.some, made.none, made.near_left, made.near_right,
        made.near_words, made.where, made.state, made.time, made.since, made.until,
        *made.named.values(),
    )  # fmt: skip
    names = [field.accessibleName() for field in fields]
    assert all(names)
    assert len(set(names)) == len(names)
