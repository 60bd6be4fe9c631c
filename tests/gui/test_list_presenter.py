"""The article list and the search that leads it, with a real model and real threads."""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from gui_world import NOW, Library, Search, line
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from reader.domain.article import Chip
from reader.domain.library import Changes, Overview, Totals
from reader.domain.scope import Scope
from reader.domain.search import SavedLine, SavedSearch
from reader.errors import IndexFailure, StoreError
from reader.gui.jobs import Jobs
from reader.gui.models.articles import PAGE
from reader.gui.presenters.article_list import ArticleListPresenter
from reader.gui.presenters.changer import Changer
from reader.gui.presenters.empty import Empty, no_results
from reader.gui.presenters.marking import MarkingPresenter
from reader.gui.presenters.search import SearchPresenter


class Screen(QObject):
    """What a view would show, as told by the presenter."""

    def __init__(self, jobs: Jobs, searcher: Search) -> None:
        super().__init__()
        self.changer = Changer(jobs, self)
        self.list = ArticleListPresenter(jobs, searcher, self)
        self.marking = MarkingPresenter(jobs, self.list, self.changer, self)
        self.search = SearchPresenter(searcher, self.list, self)
        self.heading = ("", "")
        self.empty: Empty | None = None
        self.news = 0
        self.rows: list[int] = []
        self.problems: list[str] = []
        self.list.heading.connect(self._head)
        self.list.emptied.connect(self._emptied)
        self.list.filled.connect(lambda: self._emptied(None))
        self.list.news.connect(self._news)
        self.marking.row_wanted.connect(self.rows.append)
        self.list.problem.connect(lambda problem: self.problems.append(str(problem)))
        self.marking.problem.connect(lambda problem: self.problems.append(str(problem)))
        self.search.problem.connect(lambda problem: self.problems.append(str(problem)))
        self.changer.problem.connect(lambda problem: self.problems.append(str(problem)))
        self.changer.changed.connect(self.list.apply)

    def ids(self) -> list[int]:
        return self.list.model.ids.tolist()

    def load(self, row: int = 0) -> None:
        self.list.model.line(row)

    def _head(self, title: str, subtitle: str) -> None:
        self.heading = (title, subtitle)

    def _emptied(self, empty: Empty | None) -> None:
        self.empty = empty

    def _news(self, count: int) -> None:
        self.news = count


@pytest.fixture
def screen(jobs: Jobs, searcher: Search) -> Iterator[Screen]:
    made = Screen(jobs, searcher)
    made.list._soon.setInterval(5)
    made.list._renamed.setInterval(5)
    made.list._mark_soon.setInterval(1)
    made.search._rest.setInterval(20)
    made.search._again.setInterval(5)
    yield made
    made.deleteLater()


@pytest.fixture
def shows(qtbot: QtBot, screen: Screen) -> Callable[[Scope, str], None]:
    """Shows a place and waits until it is there."""

    def show(scope: Scope = Scope(), title: str = "All articles", **more: object) -> None:  # noqa: B008
        generation = screen.list.model.generation
        screen.list.show(scope, title, **more)
        qtbot.waitUntil(lambda: screen.list.model.generation > generation)

    return show


@pytest.fixture
def searched(screen: Screen, searcher: Search, shows: Callable) -> None:
    """One search, answered, over all articles."""
    shows()
    screen.search.enter("haftar")
    searcher.answer("haftar", [990])


@pytest.fixture
def long(library: Library) -> Library:
    """More articles than a page holds."""
    library.articles.update({n: line(n) for n in range(1, 3 * PAGE)})
    return library


def loaded(qtbot: QtBot, screen: Screen, row: int = 0) -> None:
    screen.load(row)
    qtbot.waitUntil(lambda: screen.list.model.at_hand(row) is not None)


# places


def test_a_place_is_listed_newest_first_with_its_heading(
    screen: Screen, shows: Callable, library: Library
) -> None:
    shows(Scope(feed=2), "Defence Weekly Bulletin", unread=3)
    assert screen.ids() == sorted(screen.ids(), reverse=True)
    assert {library.articles[n].source for n in screen.ids()} == {"Defence Weekly Bulletin"}
    assert screen.heading == ("Defence Weekly Bulletin", f"3 unread · {len(screen.ids())} articles")


def test_a_late_answer_for_the_previous_place_is_dropped(
    screen: Screen, qtbot: QtBot, library: Library
) -> None:
    with library.lock:
        screen.list.show(Scope(feed=1), "One")
        screen.list.show(Scope(feed=3), "Three")
    qtbot.waitUntil(lambda: screen.heading[0] == "Three")
    qtbot.wait(30)
    assert {library.articles[n].feed for n in screen.ids()} == {"http://three.test/ru"}
    assert screen.list.model.generation == 1


def test_lines_below_the_first_page_are_read_when_rows_are_looked_at(
    screen: Screen, qtbot: QtBot, long: Library
) -> None:
    screen.list.show(Scope(), "All articles")
    qtbot.waitUntil(lambda: len(screen.ids()) == len(long.articles))
    assert not [call for call in long.calls if call[0] == "lines"]
    loaded(qtbot, screen, PAGE)
    assert screen.list.model.at_hand(PAGE) == long.articles[screen.ids()[PAGE]]


def test_the_first_rows_are_there_before_the_list_is_read_to_its_end(
    screen: Screen, qtbot: QtBot, long: Library
) -> None:
    order: list[str] = []
    screen.list.topped.connect(lambda: order.append(f"{len(screen.ids())} rows"))
    screen.list.filled.connect(lambda: order.append(f"{len(screen.ids())} rows"))
    screen.list.show(Scope(), "All articles")
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == [f"{PAGE} rows", f"{len(long.articles)} rows"]
    assert all(screen.list.model.at_hand(row) for row in range(PAGE))
    assert screen.list.model.generation == 1, "the rows below are added, and nothing moves"


def test_reading_a_list_again_never_shortens_it(
    screen: Screen, shows: Callable, qtbot: QtBot
) -> None:
    shows()
    screen.list.topped.connect(lambda: pytest.fail("only the top is shown"))
    with qtbot.waitSignal(screen.list.filled):
        screen.list.again()


def test_what_is_gathered_before_it_is_listed_is_read_once(
    screen: Screen, shows: Callable, library: Library
) -> None:
    shows(Scope(tag="port"), "port")
    assert not [call for call in library.calls if call[0] == "newest"]


def test_the_unread_filter_narrows_the_same_place(
    screen: Screen, shows: Callable, qtbot: QtBot, library: Library
) -> None:
    shows(Scope(feed=2), "Bulletin")
    screen.list.set_unread_only(on=True)
    qtbot.waitUntil(lambda: "unread article" in screen.heading[1])
    assert screen.ids()
    assert not any(library.articles[n].read for n in screen.ids())
    assert screen.list.scope() == Scope(feed=2, unread=True)


def test_a_library_that_cannot_be_read_is_told_and_the_list_stays(
    screen: Screen, shows: Callable, qtbot: QtBot, library: Library
) -> None:
    shows()
    before = screen.ids()
    library.refuse = StoreError("The library is locked. Try again.")
    screen.list.show(Scope(feed=1), "One")
    qtbot.waitUntil(lambda: bool(screen.problems))
    assert screen.problems == ["The library is locked. Try again."]
    assert screen.ids() == before


# why a list is empty


@pytest.mark.parametrize(
    ("scope", "says"),
    [
        (Scope(starred=True), "Nothing starred"),
        (Scope(unread=True), "All read"),
        (Scope(alerts=True), "No alerts"),
        (Scope(entity=99), "Not mentioned yet"),
        (Scope(feed=99), "Nothing here yet"),
    ],
)
def test_an_empty_place_says_why(
    screen: Screen, shows: Callable, library: Library, scope: Scope, says: str
) -> None:
    library.articles.clear()
    screen.list.set_library(Overview(Totals(feeds=5)))
    shows(scope, "x")
    assert screen.empty is not None
    assert screen.empty.title == says
    assert screen.empty.sentence.endswith(".")


def test_a_saved_search_that_cannot_be_run_promises_nothing(
    screen: Screen, shows: Callable, library: Library
) -> None:
    library.articles.clear()
    broken = SavedSearch(3, "Half a phrase", '"grain', broken="It is never closed.")
    screen.list.set_library(Overview(Totals(feeds=5), saved=(SavedLine(broken, 0, 0),)))
    shows(Scope(saved=3), "Half a phrase")
    assert screen.empty is not None
    assert screen.empty.title == "This search cannot be run"
    assert screen.empty.sentence.startswith("It is never closed. ")
    mended = SavedSearch(3, "Half a phrase", "grain")
    screen.list.set_library(Overview(Totals(feeds=5), saved=(SavedLine(mended, 0, 0),)))
    assert screen.empty.title == "No article matches"


def test_without_feeds_it_offers_to_add_one(
    screen: Screen, shows: Callable, library: Library
) -> None:
    library.articles.clear()
    shows()
    assert screen.empty is not None
    assert screen.empty.actions == ("add_feed", "import")
    screen.list.set_library(Overview(Totals(feeds=1)))
    assert screen.empty.actions == ("refresh",)
    screen.list.set_refreshing(on=True)
    assert screen.empty.title == "Fetching…"


# what comes in while one reads


def test_new_articles_are_announced_and_do_not_move_the_rows(
    screen: Screen, shows: Callable, qtbot: QtBot, library: Library
) -> None:
    shows()
    before = screen.ids()
    library.publish(12)
    screen.list.apply(Changes(lists=True))
    qtbot.waitUntil(lambda: screen.news == 12)
    assert screen.ids() == before
    screen.list.show_news()
    assert len(screen.ids()) == len(before) + 12
    assert screen.news == 0
    assert screen.list.model.keeping


def test_new_articles_come_in_at_once_where_nobody_reads(
    screen: Screen, shows: Callable, qtbot: QtBot, library: Library
) -> None:
    shows()
    screen.list.calm = lambda: True
    fresh = library.publish(2)
    screen.list.apply(Changes(lists=True))
    qtbot.waitUntil(lambda: screen.ids()[:2] == fresh[::-1])
    assert screen.news == 0


def test_an_empty_list_fills_by_itself(
    screen: Screen, shows: Callable, qtbot: QtBot, library: Library
) -> None:
    library.articles.clear()
    shows()
    library.publish(1)
    screen.list.apply(Changes(lists=True))
    qtbot.waitUntil(lambda: len(screen.ids()) == 1)
    assert screen.empty is None


def test_news_of_a_place_that_was_left_are_dropped(
    screen: Screen, shows: Callable, qtbot: QtBot, library: Library
) -> None:
    shows()
    library.publish(3)
    with library.lock:
        screen.list._look_for_news()
        screen.list.show(Scope(feed=3), "Three")
    qtbot.waitUntil(lambda: screen.heading[0] == "Three")
    qtbot.wait(30)
    assert screen.news == 0


def test_articles_that_left_are_no_news(
    screen: Screen, shows: Callable, qtbot: QtBot, library: Library
) -> None:
    shows(Scope(unread=True), "Unread")
    before = screen.ids()
    library.mark(before[:3], read=True)
    screen.list.apply(Changes(lists=True))
    qtbot.wait(60)
    assert (screen.news, screen.ids()) == (0, before)


def test_rows_touched_elsewhere_are_read_again(
    screen: Screen, shows: Callable, qtbot: QtBot, library: Library
) -> None:
    shows()
    loaded(qtbot, screen)
    first = screen.ids()[0]
    library.mark([first], starred=True, read=True)
    screen.list.apply(Changes(articles=frozenset({first, -5})))
    qtbot.waitUntil(lambda: screen.list.model.known(first).starred)


# moving and marking


def test_chips_and_sources_follow_entities_and_feeds(
    screen: Screen, shows: Callable, qtbot: QtBot, library: Library
) -> None:
    shows()
    loaded(qtbot, screen)
    number, other = screen.ids()[0], screen.ids()[1]
    screen.list.visible = lambda: [number]
    for each in (number, other):
        library.articles[each] = replace(
            library.articles[each], source="Renamed", chips=(Chip(9, "Trump", "person"),)
        )
    screen.list.apply(Changes(entities=True, feeds=True))
    qtbot.waitUntil(lambda: screen.list.model.known(number).source == "Renamed")
    assert screen.list.model.known(number).chips[0].name == "Trump"
    loaded(qtbot, screen, 1)  # one that is not on show is read when it is
    assert screen.list.model.known(other).source == "Renamed"


def test_marking_shows_at_once_and_is_stored(
    screen: Screen, shows: Callable, qtbot: QtBot, library: Library
) -> None:
    shows()
    loaded(qtbot, screen)
    first = next(n for n in screen.ids() if not library.articles[n].read)
    with library.lock:
        screen.marking.viewed(first)
        assert screen.list.model.known(first).read
        assert not library.articles[first].read
    qtbot.waitUntil(lambda: library.articles[first].read)


def test_a_mark_that_is_refused_is_taken_back(
    screen: Screen, shows: Callable, qtbot: QtBot, library: Library
) -> None:
    shows()
    loaded(qtbot, screen)
    first = screen.ids()[0]
    before = screen.list.model.known(first)
    library.refuse = StoreError("The disk is full. Free some space.")
    screen.marking.mark([first], starred=not before.starred)
    qtbot.waitUntil(lambda: bool(screen.problems))
    assert screen.list.model.known(first) == before


def test_toggling_several_makes_them_alike(
    screen: Screen, shows: Callable, qtbot: QtBot, library: Library
) -> None:
    shows()
    loaded(qtbot, screen)
    some = screen.ids()[:4]
    assert {library.articles[n].read for n in some} == {True, False}
    screen.marking.toggle_read(some)
    assert all(screen.list.model.known(n).read for n in some)
    screen.marking.toggle_read(some)
    qtbot.waitUntil(lambda: not any(library.articles[n].read for n in some))


def test_marking_all_read_is_about_the_list_on_show(
    screen: Screen, shows: Callable, qtbot: QtBot, library: Library
) -> None:
    shows(Scope(feed=2), "Bulletin")
    before = NOW - timedelta(days=1)
    screen.marking.mark_all_read(before)
    qtbot.waitUntil(lambda: "mark_all_read" in library.names())
    asked = next(call[1] for call in library.calls if call[0] == "mark_all_read")
    assert asked == Scope(feed=2, before=before)


def test_next_unread_is_below_and_then_from_the_top(
    screen: Screen, shows: Callable, qtbot: QtBot, library: Library
) -> None:
    shows()
    loaded(qtbot, screen)
    unread = [row for row, n in enumerate(screen.ids()) if not library.articles[n].read]
    screen.marking.next_unread(unread[0])
    assert screen.rows == [unread[1]]
    screen.marking.next_unread(len(screen.ids()) - 1)
    qtbot.waitUntil(lambda: len(screen.rows) == 2)
    assert screen.rows[1] == unread[0]


def test_next_unread_is_found_among_rows_that_were_never_read(
    qtbot: QtBot, searcher: Search, jobs: Jobs, library: Library
) -> None:
    library.articles = Library(900).articles
    last = min(library.articles)
    library.mark([n for n in library.articles if n != last], read=True)
    library.mark([last], read=False)
    screen = Screen(jobs, searcher)
    screen.list.show(Scope(), "All")
    qtbot.waitUntil(lambda: len(screen.ids()) == 900)
    screen.marking.next_unread(0)
    qtbot.waitUntil(lambda: screen.rows == [899])
    screen.deleteLater()


def test_it_says_when_nothing_is_unread(
    screen: Screen, shows: Callable, qtbot: QtBot, library: Library
) -> None:
    library.mark(list(library.articles), read=True)
    shows()
    with qtbot.waitSignal(screen.marking.nothing_unread):
        screen.marking.next_unread(0)


# searching


def test_a_search_waits_for_a_rest_and_asks_once(
    screen: Screen, searcher: Search, qtbot: QtBot
) -> None:
    for text in ("h", "ha", "haf"):
        screen.search.typed(text)
    qtbot.waitUntil(lambda: bool(searcher.asked))
    qtbot.wait(40)
    assert searcher.asked == [("haf", "date")]


def test_results_are_listed_in_the_order_of_the_search(
    screen: Screen, searcher: Search, shows: Callable, qtbot: QtBot
) -> None:
    shows()
    screen.search.enter("haftar")
    with qtbot.waitSignal(screen.search.found) as found:
        searcher.answer("haftar", [970, 990, 980], 0.04)
    qtbot.waitUntil(lambda: screen.ids() == [970, 990, 980])
    assert found.args == [3, 0.04]
    assert screen.heading == ("Search results", "3 results")


def test_only_the_newest_search_is_shown(
    screen: Screen, searcher: Search, shows: Callable, qtbot: QtBot
) -> None:
    shows()
    screen.search.enter("haf")
    screen.search.enter("haftar")
    searcher.answer("haftar", [970])
    searcher.answer("haf", [980, 990])
    qtbot.waitUntil(lambda: screen.ids() == [970])
    qtbot.wait(20)
    assert screen.ids() == [970]


def test_leaving_a_search_goes_back_to_the_place_before(
    screen: Screen, searcher: Search, shows: Callable, qtbot: QtBot
) -> None:
    shows(Scope(feed=2), "Bulletin")
    before = screen.ids()
    screen.search.enter("haftar")
    searcher.answer("haftar", [970])
    qtbot.waitUntil(lambda: screen.ids() == [970])
    screen.search.leave()
    qtbot.waitUntil(lambda: screen.ids() == before)
    assert screen.heading[0] == "Bulletin"


def test_an_answer_after_leaving_is_dropped(
    screen: Screen, searcher: Search, shows: Callable, qtbot: QtBot
) -> None:
    shows()
    before = screen.ids()
    screen.search.enter("haftar")
    screen.search.leave()
    searcher.answer("haftar", [970])
    qtbot.wait(30)
    assert screen.ids() == before


def test_a_refused_query_says_where_and_the_list_stays(
    screen: Screen, shows: Callable, qtbot: QtBot
) -> None:
    shows()
    before = screen.ids()
    with qtbot.waitSignal(screen.search.refused) as refused:
        screen.search.enter('air "defence')
    assert refused.args == ["Close the quotation mark that is opened here.", 'air "defence', 4]
    assert screen.ids() == before


def test_a_broken_index_is_a_problem_and_no_refusal(
    screen: Screen, searcher: Search, qtbot: QtBot
) -> None:
    screen.search.enter("haftar")
    with qtbot.assertNotEmitted(screen.search.refused):
        searcher.fail("haftar", IndexFailure("The index is damaged. Rebuild it."))
    assert screen.problems == ["The index is damaged. Rebuild it."]


def test_nothing_found_says_what_to_try(screen: Screen, searcher: Search, qtbot: QtBot) -> None:
    screen.search.enter("xyzzy")
    searcher.answer("xyzzy", [])
    qtbot.waitUntil(lambda: screen.empty is not None)
    assert "xyzzy" in screen.empty.title


def test_a_word_that_fills_the_list_may_be_broken() -> None:
    title = no_results("a" * 5_000, unread=False).title
    assert max(map(len, title.split("\u200b"))) < 40
    for query in ("haftar tobruk", '"air defence" (a OR b)'):
        assert no_results(query, unread=False).title == f"Nothing found for “{query}”"


def test_unread_results_keep_the_order_of_the_search(
    screen: Screen, searcher: Search, qtbot: QtBot, library: Library
) -> None:
    library.mark([980], read=True)
    library.mark([970, 990], read=False)
    screen.search.enter("haftar")
    searcher.answer("haftar", [970, 980, 990])
    qtbot.waitUntil(lambda: len(screen.ids()) == 3)
    screen.list.set_unread_only(on=True)
    qtbot.waitUntil(lambda: screen.ids() == [970, 990])
    assert screen.heading[1] == "2 unread results"


def test_hits_are_marked_in_the_rows_on_show_once(
    screen: Screen, searcher: Search, qtbot: QtBot
) -> None:
    screen.list.visible = lambda: screen.ids()[:2]
    screen.search.enter("haftar")
    searcher.answer("haftar", [970, 980, 990])
    qtbot.waitUntil(lambda: searcher.marked == [("haftar", [970, 980])])
    screen.list.rows_moved()
    qtbot.wait(20)
    assert len(searcher.marked) == 1
    assert screen.list.model.has_marks(970)


def test_marks_of_the_last_search_are_gone_with_it(
    screen: Screen, searcher: Search, shows: Callable, qtbot: QtBot
) -> None:
    shows()
    screen.list.visible = lambda: screen.ids()[:2]
    screen.search.enter("haftar")
    searcher.answer("haftar", [970])
    qtbot.waitUntil(lambda: screen.list.model.has_marks(970))
    screen.search.leave()
    assert not screen.list.model.has_marks(970)


def test_half_a_word_that_finds_nothing_leaves_the_former_results_for_a_moment(
    screen: Screen, searcher: Search, qtbot: QtBot
) -> None:
    screen.search.enter("haftar")
    searcher.answer("haftar", [990])
    qtbot.waitUntil(lambda: screen.ids() == [990])
    screen.search.typed("haftar tob")
    qtbot.waitUntil(lambda: len(searcher.asked) == 2)
    searcher.answer("haftar tob", [])
    assert screen.search.query == "haftar"
    screen.search.typed("haftar tobruk")
    qtbot.waitUntil(lambda: len(searcher.asked) == 3)
    searcher.answer("haftar tobruk", [980])
    qtbot.waitUntil(lambda: screen.ids() == [980])
    qtbot.wait(20)
    assert screen.search.query == "haftar tobruk"


def test_what_was_typed_and_finds_nothing_says_so_in_the_end(
    screen: Screen, searcher: Search, qtbot: QtBot
) -> None:
    screen.search._hold.setInterval(10)
    screen.search.typed("tobrook")
    qtbot.waitUntil(lambda: len(searcher.asked) == 1)
    searcher.answer("tobrook", [])
    qtbot.waitUntil(lambda: screen.empty is not None)
    assert screen.search.query == "tobrook"


def test_a_change_of_order_searches_again(screen: Screen, searcher: Search, qtbot: QtBot) -> None:
    screen.search.set_sort("score")
    assert searcher.asked == []
    screen.search.enter("haftar")
    searcher.answer("haftar", [970])
    screen.search.set_sort("date")
    assert searcher.asked == [("haftar", "score"), ("haftar", "date")]


def test_new_results_are_announced_like_new_articles(
    screen: Screen, searcher: Search, qtbot: QtBot, library: Library
) -> None:
    screen.search.enter("haftar")
    searcher.answer("haftar", [990, 980])
    qtbot.waitUntil(lambda: screen.ids() == [990, 980])
    fresh = library.publish(1)[0]
    screen.search.apply(Changes(lists=True))
    qtbot.waitUntil(lambda: len(searcher.asked) == 2)
    searcher.answer("haftar", [fresh, 990, 980])
    qtbot.waitUntil(lambda: screen.news == 1)
    assert screen.ids() == [990, 980]
    screen.list.show_news()
    assert screen.ids() == [fresh, 990, 980]


@pytest.mark.usefixtures("searched")
def test_articles_that_come_in_drop_no_search_the_user_waits_for(
    screen: Screen, searcher: Search, qtbot: QtBot
) -> None:
    screen.search.enter("tobruk")
    screen.search.apply(Changes(lists=True))
    qtbot.wait(30)
    assert [query for query, _ in searcher.asked] == ["haftar", "tobruk"]
    searcher.answer("tobruk", [980])
    qtbot.waitUntil(lambda: len(searcher.asked) == 3)
    assert searcher.asked[-1] == ("tobruk", "date")
    assert screen.search.query == "tobruk"


@pytest.mark.usefixtures("searched")
def test_articles_that_come_in_take_nothing_from_who_is_writing(
    screen: Screen, searcher: Search, qtbot: QtBot
) -> None:
    screen.search._rest.setInterval(60)
    screen.search.typed("haftar tob")
    screen.search.apply(Changes(lists=True))
    qtbot.waitUntil(lambda: len(searcher.asked) == 2)
    assert searcher.asked[-1] == ("haftar tob", "date")


@pytest.mark.usefixtures("searched")
def test_a_search_run_again_says_nothing_of_another_query_in_the_box(
    screen: Screen, searcher: Search, qtbot: QtBot
) -> None:
    screen.search.enter('haftar "tob')
    told: list[object] = []
    screen.search.found.connect(lambda *said: told.append(said))
    screen.search.apply(Changes(lists=True))
    qtbot.waitUntil(lambda: searcher.asked[-1] == ("haftar", "date") and len(searcher.asked) == 3)
    searcher.answer("haftar", [990])
    assert told == []
    assert screen.search.query == "haftar"


def test_only_what_the_user_asked_for_is_said_to_be_late(
    screen: Screen, searcher: Search, shows: Callable, qtbot: QtBot
) -> None:
    shows()
    screen.search._patience.setInterval(5)
    late: list[bool] = []
    screen.search.waiting.connect(late.append)
    screen.search.enter("haftar")
    qtbot.waitUntil(lambda: late == [True])
    searcher.answer("haftar", [990])
    assert late == [True, False]
    screen.search.apply(Changes(lists=True))
    qtbot.waitUntil(lambda: len(searcher.asked) == 2)
    qtbot.wait(20)
    assert late == [True, False]


@pytest.mark.usefixtures("searched")
def test_a_change_of_order_is_about_the_query_on_its_way(
    screen: Screen, searcher: Search, qtbot: QtBot
) -> None:
    screen.search.enter("tobruk")
    screen.search.set_sort("score")
    assert searcher.asked[-1] == ("tobruk", "score")


def test_undoing_says_what_was_taken_back(screen: Screen, qtbot: QtBot) -> None:
    with qtbot.waitSignals([screen.changer.undone, screen.changer.changed]):
        screen.changer.undo()


def test_arrays_of_ids_are_shared_and_not_copied(screen: Screen, qtbot: QtBot) -> None:
    ids = array("q", [970, 980])
    screen.list.show_results("x", ids)
    qtbot.waitUntil(lambda: screen.ids() == [970, 980])
    assert screen.list.model.ids is ids
    assert SavedSearch(1, "x", "y").alert is False
