"""The searcher process: what it answers, in which order, and what it drops."""

from collections.abc import Iterator
from typing import Any

import pytest

from reader.domain.entity import Alias, Entity
from reader.domain.search import FACETS, Clause
from reader.paths import LibraryPaths
from reader.services.library import Library
from reader.settings import Settings
from reader.store.store import Store
from reader.workers import searcher
from reader.workers.ask import ask
from reader.workers.messages import (
    Answer,
    Ask,
    CatchUp,
    Clauses,
    Complete,
    Explain,
    Facets,
    Instead,
    Mark,
    Narrow,
    Refresh,
    Refusal,
    Search,
)
from reader.workers.process import Worker
from tests.helpers.rss import rss, serve, subscribed
from tests.helpers.web import WebServer

PATIENCE = 30.0


def waiting(*requests: object) -> list[Ask]:
    return [Ask(number, request) for number, request in enumerate(requests, 1)]


def numbers(asks: list[Ask]) -> list[int]:
    return [asked.number for asked in asks]


def test_what_was_overtaken_is_dropped_kind_by_kind() -> None:
    asks = waiting(
        Search("a"), Facets("a"), Complete("a", 1), Instead("a"),
        Facets("ab"), Search("ab"), Complete("ab", 2), Instead("ab"),
    )  # fmt: skip
    assert numbers(searcher.newest(asks)) == [5, 6, 7, 8]


def test_what_is_about_one_thing_is_never_dropped() -> None:
    asks = waiting(
        Mark("a", (1,)), Mark("a", (2,)), Explain("a", 1), Explain("a", 2), Clauses("a"),
        Clauses("b"), Narrow("a", "lang", "en"), Narrow("a", "lang", "ru"),
    )  # fmt: skip
    assert numbers(searcher.newest(asks)) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_who_waits_comes_before_what_only_accompanies() -> None:
    asks = waiting(
        Facets("a"), Instead("a"), Mark("a", (1,)), Search("ab"), Complete("ab", 2), Clauses("ab")
    )
    assert numbers(searcher.urgent_first(asks)) == [5, 6, 4, 3, 1, 2]


class Client:
    """Asks the worker one thing at a time."""

    def __init__(self, worker: Worker) -> None:
        self._connection = worker.connection
        self._number = 0

    def __call__(self, request: object) -> Any:
        self._number += 1
        self._connection.send(Ask(self._number, request))
        assert self._connection.poll(PATIENCE), request
        message = self._connection.recv()
        if isinstance(message, Refusal):
            raise message.error
        assert isinstance(message, Answer)
        assert message.number == self._number
        return message.value


@pytest.fixture
def client(paths: LibraryPaths, settings: Settings, web: WebServer) -> Iterator[Client]:
    subscribed(paths, serve(web, "f1", rss("f1", range(6))))
    with Store.open(paths) as store:
        Library(store).track(Entity("Tobruk Harbour", "place", "libya", (Alias("Tobruk"),)))
    ask(paths, settings, Refresh(everything=True), lambda *_: None)
    ask(paths, settings, CatchUp(), lambda *_: None)
    with Worker("searcher", "reader.workers.searcher:main", paths, ()) as worker:
        yield Client(worker)


@pytest.mark.slow
def test_box_and_panel_are_answered_and_see_what_others_change(
    client: Client, paths: LibraryPaths
) -> None:
    ids = client(Search("tobruk")).ids
    facets = {facet.name: dict(facet.values) for facet in client(Facets("tobruk"))}
    assert tuple(facets) == FACETS
    assert facets["entity"] == {"Tobruk Harbour": len(ids)}
    assert client(Facets("(")) == ()
    assert client(Clauses("entity:tobruk (a)"))[:2] == (
        Clause(0, 13, "filter", "tobruk", "entity", type="place"), Clause(14, 15, "bracket", "("),
    )  # fmt: skip
    (offered,) = client(Complete("entity:Tob", 10))
    assert offered.text == '"Tobruk Harbour"'
    assert client(Narrow("a OR b", "lang", "en", without=True)) == "(a OR b) -lang:en"
    assert client(Instead("tobrul")) == ("Tobruk",)
    with Store.open(paths) as store:
        store.marks.read(ids[:2], True)
    assert client(Search("tobruk is:unread")).total == len(ids) - 2
    with Store.open(paths) as store:
        store.marks.star(ids[:1], True)
        Library(store).untrack("Tobruk Harbour")
    assert client(Search("tobruk is:starred")).total == 1
    assert dict(client(Facets("tobruk"))[4].values) == {}
