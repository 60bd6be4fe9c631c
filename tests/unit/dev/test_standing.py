"""The benchmark of alerts: its saved searches can be run, and find something."""

from datetime import UTC, datetime

import pytest

from reader.dev.bench_share import asking, refreshing
from reader.dev.corpus import Corpus
from reader.dev.feedserver import Plan
from reader.dev.standing import standing
from reader.search.language import parse
from reader.search.matcher import matches


def test_fewer_searches_are_the_first_of_more() -> None:
    corpus = Corpus(300)
    assert standing(corpus, 20, seed=2) == standing(corpus, 60, seed=2)[:20]
    assert standing(corpus, 20, seed=2) != standing(corpus, 20, seed=3)


def test_searches_can_be_run_and_find_some_of_the_articles() -> None:
    corpus = Corpus(300)
    articles = list(corpus.documents(0, 60))
    queries = [parse(text) for text in standing(corpus, 100)]
    now = datetime(2026, 1, 1, tzinfo=UTC)
    hits = sum(matches(q, article, now) is not None for q in queries for article in articles)
    assert 30 < hits < 3_000


@pytest.mark.slow
def test_the_share_of_a_refresh_is_a_share() -> None:
    figure = asking(Plan(2, 5, corpus=300))
    assert 0 < figure.value < 100
    assert " hits" in figure.note
    assert "; 0 hits" not in figure.note


@pytest.mark.slow
def test_what_searches_add_is_measured_in_pairs_of_refreshes_of_the_program() -> None:
    first, more = refreshing(Plan(2, 5, latency=(0.0, 0.01), corpus=300), pairs=1)
    assert "first fetch" in first.what
    assert "5 new each" in more.what
    assert -100 < first.value < 100
    assert first.of == more.of == 1
