"""The analyst as a process: what it answers, and when it leaves."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from reader.domain.entity import Alias, Entity
from reader.domain.profile import Question
from reader.domain.workshop import Preview
from reader.errors import ReaderError, UsageError
from reader.paths import LibraryPaths
from reader.services.library import Library
from reader.settings import Settings
from reader.store.store import Store
from reader.workers.analyst import BUG
from reader.workers.ask import ask
from reader.workers.messages import (
    Answer,
    Ask,
    CatchUp,
    CompareEntities,
    DiscoverNames,
    FindCompany,
    PreviewEntity,
    ProfileEntity,
    Progress,
    QuoteEntity,
    Refresh,
    Refusal,
    SuggestAliases,
)
from reader.workers.process import Worker
from tests.helpers.rss import rss, serve, subscribed
from tests.helpers.web import WebServer

PATIENCE = 60.0


@pytest.fixture
def library(paths: LibraryPaths, settings: Settings, web: WebServer) -> LibraryPaths:
    """Two outlets, three articles each; indexed."""
    for feed in ("a", "b"):
        words = f"Then Gleb Irisov met Khalifa Hifter, as {feed} says."
        subscribed(paths, serve(web, feed, rss(feed, range(3), words)))
    ask(paths, settings, Refresh(everything=True), lambda *_: None)
    ask(paths, settings, CatchUp(), lambda *_: None)
    return paths


@pytest.fixture
def worker(library: LibraryPaths) -> Iterator[Worker]:
    with Worker("analyst", "reader.workers.analyst:main", library, ()) as made:
        yield made


def answer(worker: Worker, number: int, request: object) -> Any:
    worker.connection.send(Ask(number, request))
    while True:
        assert worker.connection.poll(PATIENCE), request
        message = worker.connection.recv()
        if not isinstance(message, Progress):
            return message


def test_it_answers_each_kind_of_question_and_goes_on_after_a_refusal(worker: Worker) -> None:
    haftar = Entity("Khalifa Haftar", "person")
    previewed = answer(worker, 1, PreviewEntity(Entity("Gleb Irisov", "person"), 1.5))
    assert isinstance(previewed, Answer)
    assert isinstance(previewed.value, Preview)
    assert (previewed.value.articles, previewed.value.partial) == (6, False)
    suggested = answer(worker, 2, SuggestAliases(haftar))
    assert any(one.text == "Hifter" and one.articles == 6 for one in suggested.value)
    discovered = answer(worker, 3, DiscoverNames(14, 10))
    assert "Gleb Irisov" in [one.name for one in discovered.value]
    refused = answer(worker, 4, PreviewEntity(Entity("Tobruk", "place", aliases=(Alias(""),))))
    assert isinstance(refused, Refusal)
    assert isinstance(refused.error, UsageError)
    assert answer(worker, 5, PreviewEntity(haftar)).value.articles == 0


def test_it_tells_what_is_said_of_a_name(worker: Worker, library: LibraryPaths) -> None:
    with Store.open(library) as store:
        for name in ("Gleb Irisov", "Khalifa Hifter"):
            Library(store).track(Entity(name, "person"))
        irisov, hifter = store.entities.all()
    ask(library, Settings(), CatchUp(), lambda *_: None)
    profile = answer(worker, 1, ProfileEntity(irisov, Question())).value
    assert (profile.articles, len(profile.outlets)) == (6, 2)
    compared = answer(worker, 2, CompareEntities((irisov, hifter), Question())).value
    assert [one.articles for one in compared.entities] == [6, 6]
    page = answer(worker, 3, QuoteEntity(irisov, Question(), None, 4, hifter)).value
    assert len(page.sentences) == 4
    rest = answer(worker, 4, QuoteEntity(irisov, Question(), page.after, 4)).value
    assert len(rest.sentences) == 2
    (met,) = answer(worker, 5, FindCompany(irisov, Question())).value
    assert (met.name, met.articles, met.sentences) == ("Khalifa Hifter", 6, None)
    (read,) = answer(worker, 6, FindCompany(irisov, Question(), reading=True)).value
    assert read.sentences == 6


def test_it_starts_without_what_few_questions_need() -> None:
    words = (
        "import sys, reader.workers.analyst; sys.exit(bool({'whoosh', 'numpy'} & {*sys.modules}))"
    )
    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == 0


def test_a_bug_is_told_in_a_sentence_and_does_not_end_it(worker: Worker) -> None:
    refused = answer(worker, 1, "what is this?")
    assert isinstance(refused, Refusal)
    assert type(refused.error) is ReaderError
    assert str(refused.error) == BUG
    assert isinstance(answer(worker, 2, DiscoverNames(14, 1)), Answer)


def test_it_leaves_when_nobody_asks(library: LibraryPaths) -> None:
    with Worker("analyst", "reader.workers.analyst:main", library, (), 0.01) as idle:
        assert idle.connection.poll(PATIENCE)
        with pytest.raises((EOFError, OSError)):
            idle.connection.recv()
