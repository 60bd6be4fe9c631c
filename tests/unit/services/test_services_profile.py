"""The page of an entity, counted, against counting by hand."""

import random
import time
from collections import Counter
from datetime import date, timedelta

import pytest

from reader.domain.article import ParsedItem
from reader.domain.entity import Alias, Entity
from reader.domain.profile import (
    OTHERS,
    Companion,
    Profile,
    Question,
    Sentence,
    SentenceKey,
)
from reader.domain.profile_columns import UNITS, Unit, midnight
from reader.errors import UsageError
from reader.services.company import Company, with_sentences
from reader.services.profile import Profiler
from reader.services.sentences import LONGEST, Sentences
from reader.store.store import Store
from tests.helpers.world import START, World, item

EVER = Question()
PEOPLE = ("Haftar", "Burns", "Tobruk", "Mali")


@pytest.fixture
def tracked(world: World) -> World:
    for name in PEOPLE:
        world.library.track(Entity(name, "person", "libya"))
    return world


def entity(world: World, name: str = "Haftar") -> Entity:
    return world.library.entity(name)


def profile(world: World, question: Question = EVER, name: str = "Haftar") -> Profile:
    return Profiler(world.store, world.clock).profile(entity(world, name), question)


def publish(world: World, *items: ParsedItem, feed: str = "a") -> None:
    world.feed(feed).publish(*items)
    world.refresh()


def copied(world: World, *titles: str) -> None:
    """They carry the text of the first one."""
    first, *others = (world.id(title) for title in titles)
    for other in others:
        world.store.copies.join(other, first, 0.9)


def companions(world: World, question: Question = EVER) -> dict[str, Companion]:
    company = Company(world.store)
    who = entity(world)
    met = company.sentences(who, question)
    return {one.name: one for one in with_sentences(company.companions(who, question), met)}


def sentences(
    world: World, question: Question = EVER, other: Entity | None = None
) -> list[Sentence]:
    page = Sentences(world.store).page(entity(world), question, None, 500, other=other)
    return list(page.sentences)


def test_days_are_local_zero_filled_and_end_today(tracked: World, baku: None) -> None:
    publish(tracked, *(item(body="Haftar. Haftar!", hours_ago=h) for h in (0, 15.5, 16.5, 71)))
    found = profile(tracked)
    assert [(c.span.first, c.articles, c.mentions) for c in found.columns] == [
        (date(2026, 3, 1), 1, 2), (date(2026, 3, 2), 0, 0), (date(2026, 3, 3), 1, 2),
        (date(2026, 3, 4), 2, 4),
    ]  # fmt: skip
    tracked.pass_time(days=2)
    assert profile(tracked).columns[-1].span.first == date(2026, 3, 6)


def test_hours_are_local_zero_filled_and_end_now(tracked: World, baku: None) -> None:
    publish(tracked, *(item(body="Haftar.", hours_ago=h) for h in (0, 1.1, 3)))
    found = profile(tracked, Question(date(2026, 3, 4), unit="hour"))
    begun = [column.span.hour[0] for column in found.columns if column.span.hour]
    now = tracked.clock().astimezone()
    assert [moment.hour for moment in begun] == list(range(now.hour + 1))
    assert {f"{moment:%Y-%m-%d %z}" for moment in begun} == {"2026-03-04 +0400"}
    assert [column.articles for column in found.columns[-4:]] == [1, 1, 0, 1]
    assert sum(column.articles for column in found.columns) == 3


@pytest.mark.parametrize(
    ("zone", "day", "count"),
    [
        ("Europe/Berlin", date(2025, 10, 26), 25),
        ("Europe/Berlin", date(2025, 3, 30), 23),
        ("Australia/Lord_Howe", date(2025, 4, 6), 25),
        ("Asia/Kolkata", date(2025, 4, 6), 24),
    ],
)
def test_an_article_is_in_one_hour_of_a_day_of_any_length(
    tracked: World, monkeypatch: pytest.MonkeyPatch, zone: str, day: date, count: int
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        begin = midnight(day)
        quarters = int((midnight(day + timedelta(days=1)) - begin) / timedelta(minutes=15))
        publish(
            tracked,
            *(
                item(f"T{n}", "Haftar.", hours_ago=(START - begin) / timedelta(hours=1) - n / 4)
                for n in range(quarters)
            ),
        )
        found = profile(tracked, Question(day, day, "hour"))
    time.tzset()
    assert found.articles == quarters
    assert len(found.columns) == count
    hours = [column.span.hour for column in found.columns if column.span.hour]
    lengths = [(end - begin) / timedelta(minutes=15) for begin, end in hours]
    assert [column.articles for column in found.columns] == lengths


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("collapse", [False, True])
def test_totals_equal_the_sums(tracked: World, unit: Unit, collapse: bool) -> None:
    chance = random.Random(7)
    for feed in "abcdefgh":
        publish(
            tracked,
            *(
                item(f"{feed}{n}", "Haftar " * chance.randrange(4), language=chance.choice("xyz"),
                     hours_ago=chance.randrange(3000))
                for n in range(12)
            ),
            feed=feed,
        )  # fmt: skip
    copied(tracked, "a1", "b1", "c1", "d2")
    found = profile(tracked, Question(date(2026, 1, 5), date(2026, 2, 27), unit, collapse))
    assert found.articles > 20
    for lines in (found.columns, found.outlets, found.languages):
        assert sum(line.articles for line in lines) == found.articles
        assert sum(line.mentions for line in lines) == found.mentions
    for strands in (found.by_outlet, found.by_language):
        for at, column in enumerate(found.columns):
            assert sum(strand.counts[at] for strand in strands) == column.articles
        counted = zip(*(strand.mentions for strand in strands), strict=True)
        assert [sum(column) for column in counted] == [one.mentions for one in found.columns]
    assert len(found.by_outlet) == 6
    assert found.by_outlet[-1].name == OTHERS
    assert sum(line.share for line in found.outlets) == pytest.approx(1)
    assert (found.columns[0].span.first, found.columns[-1].span.last) == (
        date(2026, 1, 5), date(2026, 2, 27),
    )  # fmt: skip


def test_copies_count_once_where_they_were_first(tracked: World) -> None:
    publish(tracked, item("late", "Haftar", hours_ago=1), feed="a")
    publish(tracked, item("early", "Haftar Haftar", hours_ago=30), feed="b")
    publish(tracked, item("other", "Haftar", hours_ago=2), feed="c")
    copied(tracked, "late", "early")
    assert profile(tracked).articles == 3
    once = profile(tracked, Question(collapse=True))
    assert (once.articles, once.mentions) == (2, 3)
    assert {line.name for line in once.outlets} == {"The B Wire", "The C Wire"}
    today = Question(START.date(), collapse=True)
    assert profile(tracked, today).articles == 2  # the first of the period


def test_first_and_last_are_of_all_time_and_name_the_outlet(tracked: World) -> None:
    publish(tracked, item("new", "Haftar", hours_ago=1), feed="a")
    publish(tracked, item("old", "Haftar", hours_ago=900), feed="b")
    found = profile(tracked, Question(START.date()))
    assert found.first is not None
    assert found.last is not None
    assert (found.first.title, found.first.outlet) == ("old", "The B Wire")
    assert (found.last.title, found.last.article_id) == ("new", tracked.id("new"))
    assert found.articles == 1


def test_an_outlet_says_what_it_reported_first(tracked: World) -> None:
    publish(tracked, *(item(f"a{n}", "Haftar", hours_ago=n) for n in range(3)))
    publish(tracked, item("b", "Haftar", hours_ago=9), feed="b")
    first, second = profile(tracked).outlets
    assert (first.name, first.articles, first.first.title) == ("The A Wire", 3, "a2")
    assert (second.name, second.share) == ("The B Wire", 0.25)


def test_an_outlet_of_the_gazetteer_says_where_it_is_and_whose(tracked: World) -> None:
    publish(tracked, item(body="Haftar"))
    publish(tracked, item(body="Haftar"), feed="b")
    site = "UPDATE feed SET site_url = 'https://www.bbc.co.uk/' WHERE url LIKE '%//a.%'"
    tracked.store.connection.execute(site)
    found = {line.name: (line.country, line.owner) for line in profile(tracked).outlets}
    assert found == {"The A Wire": ("GB", "BBC"), "The B Wire": ("", "")}


def test_deleted_articles_do_not_count(tracked: World) -> None:
    publish(tracked, item("gone", "Haftar in Mali.", hours_ago=5), item("kept", "Haftar in Mali."))
    tracked.store.connection.execute("UPDATE article SET deleted = 1 WHERE title = 'gone'")
    found = profile(tracked)
    assert (found.articles, found.first and found.first.title) == (1, "kept")
    assert [one.title for one in sentences(tracked)] == ["kept"]
    (mali,) = companions(tracked).values()
    assert (mali.articles, mali.of, mali.sentences) == (1, 1, 1)
    assert companions(tracked, Question(date(2026, 1, 1)))["Mali"].of == 1
    tracked.store.connection.execute("UPDATE article SET deleted = 0 WHERE title = 'gone'")


def test_a_watchlist_that_is_switched_off_counts_for_nothing_at_once(tracked: World) -> None:
    tracked.library.track(Entity("Derna", "place", "coast"))
    publish(tracked, item("T", "Haftar in Derna."))
    haftar, derna = entity(tracked), entity(tracked, "Derna")
    tracked.library.switch_watchlist("coast", enabled=False)
    assert companions(tracked) == {}
    assert sentences(tracked, other=derna) == []
    tracked.library.switch_watchlist("coast", enabled=True)
    tracked.library.switch_watchlist("libya", enabled=False)
    found = Profiler(tracked.store, tracked.clock).profile(haftar, EVER)
    assert (found.articles, found.first) == (0, None)
    assert sentences(tracked) == []
    tracked.library.switch_watchlist("libya", enabled=True)
    assert profile(tracked).articles == 1
    tracked.catch_up()


def test_an_entity_without_mentions_has_an_empty_page(tracked: World) -> None:
    publish(tracked, item(body="Nothing of interest."))
    found = profile(tracked)
    assert (found.articles, found.columns, found.outlets, found.first) == (0, (), (), None)
    zeros = profile(tracked, Question(date(2026, 3, 1)))
    assert [column.articles for column in zeros.columns] == [0, 0, 0, 0]
    assert companions(tracked) == {}
    assert sentences(tracked) == []


def test_compared_entities_share_their_columns(tracked: World) -> None:
    publish(
        tracked, item(body="Haftar", hours_ago=24), item(body="Burns", hours_ago=72),
        item(body="Burns and Haftar"),
    )  # fmt: skip
    who = [entity(tracked, name) for name in ("Haftar", "Burns", "Mali")]
    found = Profiler(tracked.store, tracked.clock).compare(who, Question())
    assert found.columns[0][0] == date(2026, 3, 1)
    assert [[count for count, _ in one.counts] for one in found.entities] == [
        [0, 0, 1, 1], [1, 0, 0, 1], [0, 0, 0, 0],
    ]  # fmt: skip
    assert [one.articles for one in found.entities] == [2, 2, 0]


@pytest.mark.parametrize("count", [0, 6])
def test_no_more_than_five_are_compared(tracked: World, count: int) -> None:
    with pytest.raises(UsageError, match="One to 5"):
        Profiler(tracked.store).compare([entity(tracked)] * count, Question())


# company


def test_an_entity_that_is_everywhere_does_not_come_first(tracked: World) -> None:
    publish(tracked, *(item(body="In Mali it rained.") for _ in range(40)))
    publish(tracked, *(item(body="Haftar in Mali, with Burns.") for _ in range(4)))
    publish(tracked, item(body="Haftar in Mali."), item(body="Burns alone."))
    found = companions(tracked)
    assert list(found) == ["Burns", "Mali"]
    burns, mali = found.values()
    assert (burns.articles, burns.of, mali.articles, mali.of) == (4, 5, 5, 45)
    assert burns.likelihood > 3.84
    assert burns.pmi > mali.pmi > 0
    assert (burns.sentences, mali.sentences) == (4, 5)


def test_those_who_avoid_each_other_are_below_chance(tracked: World) -> None:
    publish(tracked, *(item(body="Mali.") for _ in range(30)))
    publish(tracked, *(item(body="Haftar.") for _ in range(20)), item(body="Haftar. Mali."))
    mali = companions(tracked)["Mali"]
    assert mali.likelihood < 0
    assert mali.pmi < 0
    assert mali.sentences == 0


def test_copies_are_no_company_of_their_own(tracked: World) -> None:
    for feed in "abc":
        publish(tracked, item(feed, "Haftar met Burns."), feed=feed)
    publish(tracked, item(body="Burns"), item(body="Mali"))
    copied(tracked, "a", "b", "c")
    burns = companions(tracked, Question(collapse=True))["Burns"]
    assert (burns.articles, burns.of, burns.sentences) == (1, 2, 1)
    assert companions(tracked)["Burns"].of == 4


def test_a_sentence_counts_once_and_a_name_inside_another_is_no_company(world: World) -> None:
    world.library.track(Entity("Haftar", "person"))
    world.library.track(Entity("Haftar Brigade", "organisation"))
    world.library.track(Entity("Burns", "person"))
    publish(world, item("T", "Haftar Brigade. Haftar, Haftar and Burns, Burns. Burns! Haftar!"))
    found = companions(world)
    assert found["Haftar Brigade"].sentences == 0
    assert found["Burns"].sentences == 1


def test_sentence_company_agrees_with_the_sentences_shown(tracked: World) -> None:
    chance = random.Random(3)
    words = [*PEOPLE, "rain", "in", "the", "Gen.", "end.", "end.", "so?"]
    publish(
        tracked,
        *(
            item(
                f"T {n}", " ".join(chance.choices(words, k=40)),
                lead=" ".join(chance.choices(words, k=9)),
            )
            for n in range(60)
        ),
    )  # fmt: skip
    found = companions(tracked)
    assert len(found) == 3
    for name, one in found.items():
        shown = sentences(tracked, other=entity(tracked, name))
        assert len(shown) == one.sentences
        assert one.sentences


def test_work_can_be_stopped_between_articles(tracked: World) -> None:
    publish(tracked, item(body="Haftar met Burns."))

    def stop(_done: int, _total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        Company(tracked.store).sentences(entity(tracked), Question(), stop)


# sentences


def test_a_sentence_stands_where_it_says(tracked: World) -> None:
    tracked.library.track(Entity("Haftar", "person", "libya", (Alias("Хафтар"), Alias("حفتر"))))
    first = "😀 Gen. Haftar met\nall of Haftar’s sons in Dec. 2024!"
    body = f"Nothing. {first}\n\nХафтару звонили. قال حفتر."
    publish(tracked, item("No, Haftar said", body, language="ar"))
    found = sentences(tracked)
    texts = tracked.article("No, Haftar said").texts
    assert [one.text for one in found] == [
        "No, Haftar said", first, "Хафтару звонили.", "قال حفتر.",
    ]  # fmt: skip
    for one in found:
        assert texts.get(one.field)[one.start : one.start + len(one.text)] == one.text
    named = [one.text[start:end] for one in found for start, end, _ in one.marks]
    assert [name.removesuffix("’s") for name in named] == [
        "Haftar", "Haftar", "Haftar", "Хафтару", "حفتر",
    ]  # fmt: skip
    assert all(which == entity(tracked).id for one in found for _, _, which in one.marks)


def test_pages_follow_each_other_without_gap_or_double(tracked: World) -> None:
    for feed in "ab":
        publish(
            tracked,
            *(item(body=f"Haftar {feed}{n}. Then Haftar. And Haftar again!", hours_ago=n // 3)
              for n in range(60)),
            feed=feed,
        )  # fmt: skip
    whole = sentences(tracked)
    assert len(whole) == 360
    assert [one.at for one in whole] == sorted((one.at for one in whole), reverse=True)
    paged: list[Sentence] = []
    after: SentenceKey | None = None
    while True:
        page = Sentences(tracked.store).page(entity(tracked), Question(), after, 7)
        paged += page.sentences
        if page.after is None:
            break
        after = page.after
    assert paged == whole


def test_a_sentence_that_an_article_repeats_is_given_once(tracked: World) -> None:
    publish(tracked, item("Haftar denies it", "Haftar denies it\nThen more.\nHaftar denies it"))
    assert len(sentences(tracked)) == 1


def test_copies_are_quoted_once_by_the_first_of_the_period(tracked: World) -> None:
    for hours, feed in ((1, "a"), (30, "b"), (60, "c")):
        publish(tracked, item(feed, "Haftar spoke.", hours_ago=hours), feed=feed)
    copied(tracked, "a", "b", "c")
    assert [one.title for one in sentences(tracked)] == ["a", "b", "c"]
    assert [one.title for one in sentences(tracked, Question(collapse=True))] == ["c"]
    some = Question(START.date() - timedelta(days=1), collapse=True)
    assert [one.title for one in sentences(tracked, some)] == ["b"]


def test_both_names_are_marked_where_both_are_asked_for(tracked: World) -> None:
    publish(tracked, item("T", "Haftar met Burns. Haftar left. Burns stayed."))
    (one,) = sentences(tracked, other=entity(tracked, "Burns"))
    marked = [(one.text[start:end], which) for start, end, which in one.marks]
    burns = entity(tracked, "Burns").id
    assert marked == [("Haftar", entity(tracked).id), ("Burns", burns)]


def test_an_endless_sentence_is_cut_around_the_name(tracked: World) -> None:
    publish(tracked, item("T", "so " * 900 + "Haftar " + "on " * 900))
    (one,) = sentences(tracked)
    assert len(one.text) <= LONGEST
    ((start, end, _),) = one.marks
    assert one.text[start:end] == "Haftar"
    assert Counter(one.text.split()).keys() == {"so", "on", "Haftar"}


def test_nothing_is_written(tracked: World) -> None:
    publish(tracked, item(body="Haftar met Burns."))
    with Store.open(tracked.paths, read_only=True) as store:
        who = entity(tracked)
        assert Profiler(store).profile(who, Question(collapse=True)).articles == 1
        assert Company(store).companions(who, Question(date(2026, 1, 1), collapse=True))
        assert Sentences(store).page(who, Question(collapse=True), None, 5).sentences
