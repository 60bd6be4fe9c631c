"""The benchmark of finding tracked names in text."""

import argparse
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from reader.dev.figures import Figure, median
from reader.dev.newsroom import Newsroom
from reader.entities.match import Matcher

T = TypeVar("T")


def match(arguments: argparse.Namespace) -> list[Figure]:
    """Megabytes (of UTF-8) a second, by the number of aliases."""
    newsroom = Newsroom(arguments.seed)
    stories = [newsroom.story(number).body for number in range(1_500)]
    size = sum(len(text.encode()) for text in stories)
    figures = []
    for aliases in (100, 1_000, 10_000):
        began = time.perf_counter()
        matcher = Matcher(newsroom.entities(aliases))
        built = time.perf_counter() - began
        tries = [_timed(partial(_count, matcher, stories)) for _ in range(arguments.tries)]
        took = [seconds for seconds, _found in tries]
        note = f"{size / 1e6:.1f} MB, {tries[0][1]} found; built in {built:.2f} s"
        speed = size / 1e6 / median(took)
        figures.append(Figure("match", f"{aliases} aliases", speed, "MB/s", len(took), note))
    return figures


def _count(matcher: Matcher, texts: list[str]) -> int:
    return sum(len(matcher.find(text)) for text in texts)


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result
