"""The analyst tries queries out: in its turn, on what there is, and refuses in one sentence."""

from collections.abc import Iterator
from functools import partial
from multiprocessing import Pipe
from typing import Any

import pytest

from reader.core import Core
from reader.domain.alert import Backtest
from reader.errors import NotFoundError, QueryError
from reader.paths import LibraryPaths
from reader.search.index import Index
from reader.services.backtest import Backtester
from reader.services.library import Library
from reader.settings import Settings
from reader.store.store import Store
from reader.workers.answering import Left
from reader.workers.ask import ask
from reader.workers.messages import (
    Answer,
    Ask,
    CatchUp,
    DiscoverNames,
    Progress,
    Refresh,
    Refusal,
    Suggest,
    TryOut,
)
from reader.workers.process import Worker
from reader.workers.questions import Questions
from tests.helpers.rss import rss, serve, subscribed
from tests.helpers.web import WebServer


def test_what_was_overtaken_is_dropped_and_the_rest_comes_in_turn() -> None:
    ours, theirs = Pipe()
    requests = (DiscoverNames(9, 9), Suggest("a"), TryOut("a"), TryOut("ab"), Suggest("b"))
    for number, request in enumerate(requests, 1):
        theirs.send(Ask(number, request))
    questions = Questions(ours)
    asked = [questions.next(1) for _ in range(3)]
    assert [one.number for one in asked if one] == [4, 5, 1]
    theirs.close()
    ours.close()


def test_a_query_that_was_overtaken_is_left_on_the_way(
    paths: LibraryPaths, settings: Settings
) -> None:
    ask(paths, settings, CatchUp(), lambda *_: None)  # makes an index

    def leave(_done: int, _total: int) -> None:
        raise Left

    with Core(paths) as core:
        tester = Backtester(core.store, core.finder, partial(Index.open, paths.index))
        with pytest.raises(Left):
            tester.run("tobruk", leave)
        assert tester.run("tobruk").total == 0


@pytest.fixture
def worker(paths: LibraryPaths, settings: Settings, web: WebServer) -> Iterator[Worker]:
    subscribed(paths, serve(web, "f1", rss("f1", range(6))))
    ask(paths, settings, Refresh(everything=True), lambda *_: None)
    with Store.open(paths) as store:
        Library(store).save_search("harbour", "tobruk")
    ask(paths, settings, CatchUp(), lambda *_: None)
    with Worker("analyst", "reader.workers.analyst:main", paths, ()) as made:
        yield made


def answer(worker: Worker, request: object) -> Any:
    worker.connection.send(Ask(1, request))
    message: object = None
    while message is None or isinstance(message, Progress):
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
