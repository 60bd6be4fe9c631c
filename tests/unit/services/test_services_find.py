"""Searching: pages of results with passages, counts, facets, reasons and hints."""

from collections.abc import Iterator
from typing import Any

import pytest

from reader.domain.entity import Alias, Entity
from reader.domain.search import FACETS, Hits
from reader.errors import QueryError
from reader.search.index import Index
from reader.search.language import Query
from reader.services.find import MOST_VALUES, NO_HITS, NONE_SO, NOTHING_YET, Finder
from reader.store.store import Store
from tests.helpers.world import World, item


@pytest.fixture
def stocked(world: World) -> World:
    world.library.track(Entity("Khalifa Haftar", "person", "libya", (Alias("Haftar"),)))
    world.feed("a", folder="Africa/Libya").publish(
        item("Haftar in Tobruk", "A long preface. " * 40 + "Then the port was closed."),
        item("Port of Derna", hours_ago=30, language="ar"),
    )
    world.feed("b").publish(item("Weather", "Sunny at the port.", hours_ago=2))
    world.refresh()
    return world


def test_newest_first_with_the_passage_that_matches(stocked: World) -> None:
    found = stocked.finder.found("port")
    assert [line.title for line, _ in found.lines] == [
        "Haftar in Tobruk",
        "Weather",
        "Port of Derna",
    ]
    assert "port was closed" in found.lines[0][0].snippet
    assert (found.total, found.hint) == (3, "")


def test_page_is_limited_and_the_total_is_not(stocked: World) -> None:
    found = stocked.finder.found("port", limit=1)
    assert (len(found.lines), found.total) == (1, 3)


def test_best_first_puts_the_title_before_the_body(stocked: World) -> None:
    first, *others = stocked.finder.found("port", sort="score").lines
    assert first[0].title == "Port of Derna"
    assert first[1] > others[0][1] > 0


def test_nothing_found_says_what_to_do(stocked: World) -> None:
    assert stocked.finder.found("zebra").hint == NO_HITS


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("entity:zebra", "no tracked name “zebra”; there are: Khalifa Haftar, Wagner Group."),
        ("entity:wagner NEAR/5 port", 'entity:"Wagner Group" is known'),
        ("entity:haftr", "Did you mean entity:Haftar?"),
        ("folder:Afrika", "Did you mean folder:Africa?"),
        ("folder:Asia/Japan", "There is no folder “Asia/Japan”; there are: Africa, Africa/Libya."),
        ("feed:zebra", "There is no feed “zebra”."),
        ("type:gun", "There is no type “gun”; there are: person, organisation."),
        ("watchlist:libia", "Did you mean watchlist:libya?"),
        ("lang:Arabic", "are written ar"),
        ("note:call port", "No note has the words “call”. Try instead: port (3 articles)"),
        ("is:starred", "No article is starred yet."),
        ("has:revision", "No article has an earlier text yet."),
        ("tag:" + "x" * 500, "There is no tag “" + "x" * 60 + "…”."),
        ("date:1999", NONE_SO),
        ("lang:ar folder:Africa title:derna -port", NO_HITS),
    ],
)
def test_nothing_found_names_the_filter_that_nothing_passes(
    stocked: World, query: str, hint: str
) -> None:
    stocked.library.track(Entity("Wagner Group", "organisation", "libya", (Alias("Wagner"),)))
    query = query.replace("entity:wagner", 'entity:"Wagner Group"')
    assert hint in stocked.finder.found(query).hint


def test_of_many_names_a_few_are_told(stocked: World) -> None:
    for n in range(9):
        stocked.library.track(Entity(f"Name {n}", "person", f"list {n}"))
    hint = stocked.finder.found("watchlist:zebra").hint
    assert hint.endswith(" and 4 more.")
    assert hint.count(",") == 5


def test_empty_library_says_that_it_is_empty(world: World) -> None:
    assert world.finder.found("zebra").hint == NOTHING_YET


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("entity:haftar", {"Haftar in Tobruk"}),
        ("type:person", {"Haftar in Tobruk"}),
        ("watchlist:libya", {"Haftar in Tobruk"}),
        ("folder:africa/libya", {"Haftar in Tobruk", "Port of Derna"}),
        ("feed:b.example", {"Weather"}),
        ('outlet:"the b wire"', {"Weather"}),
        ("lang:ar", {"Port of Derna"}),
        ("is:unread -weather", {"Haftar in Tobruk", "Port of Derna"}),
        ("has:note", set()),
        ("port last:24h", {"Haftar in Tobruk", "Weather"}),
    ],
)
def test_filters_join_what_the_library_knows_with_the_words(
    stocked: World, query: str, titles: set[str]
) -> None:
    assert stocked.found(query) == titles
    assert stocked.finder.count(query) == len(titles)


def test_facets_count_articles_biggest_first(stocked: World) -> None:
    facet = stocked.finder.facet("port", "feed")
    assert facet.values == (("https://a.example/feed", 2), ("https://b.example/feed", 1))
    assert stocked.finder.facet("port", "entity").values == (("Khalifa Haftar", 1),)
    days = stocked.finder.facet("port", "day").values
    assert [count for _, count in days] == [2, 1]
    assert days == tuple(sorted(days, reverse=True))


def test_explanation_names_every_place(stocked: World) -> None:
    number = stocked.id("Haftar in Tobruk")
    why = stocked.finder.explained("port haftar", number)
    assert {(span.field, span.text) for span in why.spans} == {
        ("title", "Haftar"),
        ("body", "port"),
    }
    assert stocked.finder.explained("weather", number).spans == ()
    assert stocked.finder.explained("weather", 99_999).spans == ()


def test_query_that_cannot_be_run_is_refused_with_its_place(stocked: World) -> None:
    with pytest.raises(QueryError) as caught:
        stocked.finder.found("port (haftar")
    assert caught.value.position == 5


def test_index_that_differs_from_the_library_is_told(stocked: World) -> None:
    assert stocked.finder.check_index() == []
    stocked.desk.index.delete([stocked.id("Weather")])
    stocked.desk.index.commit()
    assert stocked.finder.check_index() == [
        "1 articles are in the library but not in the index.",
        "Rebuild the index to mend this.",
    ]


def test_other_processes_see_a_rebuilt_index(stocked: World) -> None:
    other = Finder(stocked.store, lambda: Index.open(stocked.paths.index), clock=stocked.clock)
    try:
        stocked.desk.index.delete([stocked.id("Weather")])
        stocked.desk.index.commit()
        assert other.count("port") == 2
        rebuilding = stocked.desk.rebuild()
        while rebuilding.some().done:
            pass
        rebuilding.finish()
        assert other.count("port") == 3
    finally:
        other.close()


class Counting(Index):
    """Notes what is evaluated."""

    asked: list[str]

    def _note(self, query: Query) -> None:
        self.asked.append(query.text)

    def search(self, query: Query, *args: Any, **values: Any) -> Hits:
        self._note(query)
        return super().search(query, *args, **values)

    def count(self, query: Query, *args: Any, **values: Any) -> int:
        self._note(query)
        return super().count(query, *args, **values)

    def matching(self, query: Query, *args: Any, **values: Any) -> Any:
        self._note(query)
        return super().matching(query, *args, **values)


@pytest.fixture
def searcher(stocked: World) -> Iterator[tuple[Finder, list[str]]]:
    """A finder as the searcher has it: on a connection of its own, remembering; what it asked."""
    index = Counting.open(stocked.paths.index)
    asked: list[str] = []
    index.__class__ = Counting
    index.asked = asked
    with Store.open(stocked.paths, read_only=True) as store:
        finder = Finder(store, lambda: index, clock=stocked.clock, remember=4)
        yield finder, asked
        finder.close()


def test_what_follows_a_search_does_not_evaluate_it_again(
    searcher: tuple[Finder, list[str]],
) -> None:
    finder, asked = searcher
    for query in ("port", "port is:unread", "port last:24h", "port -tag:x"):
        hits = finder.hits(query)
        assert finder.hits(query) is hits
        assert finder.count(query) == hits.total == 3 - ("last" in query)
        assert finder.facets(query)[0].values == finder.facet(query, "feed").values
        assert asked == [query]
        asked.clear()


def test_search_is_evaluated_again_after_what_can_change_its_answer(
    searcher: tuple[Finder, list[str]], stocked: World
) -> None:
    finder, asked = searcher
    assert [finder.hits(query).total for query in ("port", "port is:unread")] == [3, 3]
    stocked.library.mark([stocked.id("Weather")], read=True)
    assert [finder.hits(query).total for query in ("port", "port is:unread")] == [3, 2]
    assert asked == ["port", "port is:unread", "port is:unread"]
    stocked.feed("b").publish(item("Port of Sirte"))
    stocked.refresh()
    assert [finder.hits(query).total for query in ("port", "port is:unread")] == [4, 3]


def test_relative_time_moves_on_with_the_clock(
    searcher: tuple[Finder, list[str]], stocked: World
) -> None:
    finder, _ = searcher
    assert finder.hits("port last:24h").total == 2
    stocked.pass_time(hours=23)
    assert finder.hits("port last:24h").total == 1
    stocked.pass_time(hours=2)
    assert finder.hits("port last:24h").total == 0


def test_only_the_newest_results_are_kept(searcher: tuple[Finder, list[str]]) -> None:
    finder, asked = searcher
    for query in ("port", "haftar", "tobruk", "derna", "sunny"):
        finder.hits(query)
    asked.clear()
    finder.hits("haftar")
    finder.hits("port")
    assert asked == ["port"]


def test_panel_is_given_the_biggest_values_and_all_days(world: World) -> None:
    for number in range(60):
        count = 2 if number == 59 else 1
        items = [item("Port", hours_ago=24 * number) for _ in range(count)]
        world.feed(f"f{number}").publish(*items)
    world.refresh()
    facets = {facet.name: facet.values for facet in world.finder.facets("port")}
    assert tuple(facets) == FACETS
    assert facets["feed"][0] == ("https://f59.example/feed", 2)
    assert len(facets["feed"]) == len(facets["outlet"]) == MOST_VALUES
    assert len(facets["day"]) == 60


def test_entity_in_a_query_is_shown_with_its_type(stocked: World) -> None:
    types = [clause.type for clause in stocked.finder.clauses("entity:HAFTAR entity:x haftar")]
    assert types == ["person", "", ""]
    assert [c.type for c in stocked.finder.clauses("entity:(haftar OR x)")] == [
        "", "person", "", "", "",
    ]  # fmt: skip
