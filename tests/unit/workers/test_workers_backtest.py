"""The searcher tries queries out: in its turn, on what there is, and refuses in one sentence."""

from collections.abc import Iterator
from typing import Any

import pytest

from reader.domain.alert import Backtest
from reader.errors import NotFoundError, QueryError
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
    Facets,
    Refresh,
    Refusal,
    Search,
    Suggest,
    TryOut,
)
from reader.workers.process import Worker
from tests.helpers.rss import rss, serve, subscribed
from tests.helpers.web import WebServer


def test_what_was_overtaken_is_dropped_and_the_rest_comes_last() -> None:
    requests = (Suggest("a"), TryOut("a"), Facets("a"), TryOut("ab"), Suggest("b"), Search("ab"))
    asks = [Ask(number, request) for number, request in enumerate(requests, 1)]
    left = searcher.urgent_first(searcher.newest(asks))
    assert [asked.number for asked in left] == [6, 3, 4, 5]


@pytest.fixture
def worker(paths: LibraryPaths, settings: Settings, web: WebServer) -> Iterator[Worker]:
    subscribed(paths, serve(web, "f1", rss("f1", range(6))))
    ask(paths, settings, Refresh(everything=True), lambda *_: None)
    with Store.open(paths) as store:
        Library(store).save_search("harbour", "tobruk")
    ask(paths, settings, CatchUp(), lambda *_: None)
    with Worker("searcher", "reader.workers.searcher:main", paths, ()) as made:
        yield made


def answer(worker: Worker, request: object) -> Any:
    worker.connection.send(Ask(1, request))
    assert worker.connection.poll(30), request
    message = worker.connection.recv()
    if isinstance(message, Refusal):
        raise message.error
    assert isinstance(message, Answer)
    return message.value


@pytest.mark.slow
def test_a_process_that_only_reads_answers_and_refuses(worker: Worker) -> None:
    tried = answer(worker, TryOut("tobruk OR zzz*"))
    assert isinstance(tried, Backtest)
    assert tried.total == len(tried.samples) == sum(hits for _, hits in tried.days)
    assert [(one.saved_search, one.shared) for one in tried.overlaps] == [("harbour", tried.total)]
    assert tried.total
    with pytest.raises(QueryError, match="never closed"):
        answer(worker, TryOut('"tobruk'))
    assert answer(worker, Suggest("harbour")) == ()
    with pytest.raises(NotFoundError):
        answer(worker, Suggest("gone"))
