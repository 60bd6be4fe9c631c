"""The benchmark of the page of an entity: a library of 100,000 articles, a fifth of which have it.

Forty other entities stand in the same articles, each in fewer than the one before, and one in ten
articles carries another's text.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from reader.dev.figures import Figure, median
from reader.dev.libraries import add, invented_feed
from reader.dev.newsroom import NEWEST, Newsroom, Story
from reader.domain.article import Mention
from reader.domain.entity import Entity
from reader.domain.profile import Question
from reader.paths import LibraryPaths
from reader.services.company import Company
from reader.services.profile import Profiler
from reader.services.sentences import Sentences
from reader.store.store import Store

ARTICLES = 100_000
_EVERY = 5
_OTHERS, _FEEDS, _TEXTS = 40, 200, 300
_COPIED = 10
_PAGE = 50


def profile(arguments: argparse.Namespace) -> list[Figure]:
    """Seconds by the clock; `arguments`: `seed`, `tries`."""
    with tempfile.TemporaryDirectory(prefix="media-reader-bench-") as folder:
        paths = LibraryPaths(Path(folder))
        with Store.open(paths) as store:
            entities = _filled(store, arguments.seed)
        with Store.open(paths, read_only=True) as store:
            return _measured(store, entities, arguments.tries)


def _filled(store: Store, seed: int) -> list[Entity]:
    chance = random.Random(seed)
    newsroom = Newsroom(seed)
    stories = [newsroom.story(number) for number in range(_TEXTS)]
    with store.transaction():
        feeds = [invented_feed(store, number) for number in range(_FEEDS)]
        named = [Entity(f"Entity {number}", "person") for number in range(_OTHERS + 1)]
        entities = [replace(one, id=store.entities.put(one)[0]) for one in named]
        last = 0
        for number in range(ARTICLES):
            story = stories[number * 7 % _TEXTS]
            article = add(store, feeds[number * 13 % _FEEDS], number, story)
            present = [
                one
                for rank, one in enumerate(entities)
                if (number % _EVERY == 0 if rank == 0 else chance.random() < 0.5 / rank)
            ]
            store.entities.replace_mentions(article, _mentions(present, story, chance))
            if last and number % _COPIED == 1:
                store.copies.join(article, last, 0.9)
            last = article
    return entities


def _mentions(present: list[Entity], story: Story, chance: random.Random) -> list[Mention]:
    """Each twice, somewhere in the body."""
    length = len(story.body) - 10
    places = [(one, chance.randrange(length)) for one in present for _ in range(2)]
    return [
        Mention(one.id, one.name, one.type, one.name, "body", start, start + 8)
        for one, start in places
    ]


def _measured(store: Store, entities: list[Entity], tries: int) -> list[Figure]:
    main, month = entities[0], Question((NEWEST - timedelta(days=30)).date(), NEWEST.date())
    profiler, company, sentences = Profiler(store), Company(store), Sentences(store)
    asked: dict[str, Callable[[], object]] = {
        "a month": lambda: profiler.profile(main, month),
        "all": lambda: profiler.profile(main, Question()),
        "all, copies collapsed": lambda: profiler.profile(main, Question(collapse=True)),
        "five compared": lambda: profiler.compare(entities[:5], Question()),
        "company": lambda: company.companions(main, Question()),
        "company, copies collapsed": lambda: company.companions(main, Question(collapse=True)),
        "company by sentences": lambda: company.sentences(main, Question()),
        "a page of sentences": lambda: sentences.page(main, Question(), None, _PAGE),
        "a page, copies collapsed": lambda: sentences.page(
            main, Question(collapse=True), None, _PAGE
        ),
        "a page with a rare other": lambda: sentences.page(
            main, Question(), None, _PAGE, other=entities[-1]
        ),
    }
    note = f"an entity in {ARTICLES // _EVERY:,} of {ARTICLES:,} articles"
    return [
        Figure("profile", what, median([_taken(ask) for _ in range(tries)]), "ms", tries, note)
        for what, ask in asked.items()
    ]


def _taken(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000
