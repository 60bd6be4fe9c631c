"""The highest of many, without sorting all of them."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_SOME = 16
"""One value in so many tells how high the best ones are."""

Key = Callable[[NDArray[np.intp] | slice], NDArray[Any]]
"""What to sort by: the values of some of a list."""


def highest(keys: Sequence[Key], count: int, limit: int) -> NDArray[np.intp]:
    """Which of a list are the `limit` highest by the first key, among equals by the next."""
    sure = [np.empty(0, np.intp)]
    rest: NDArray[np.intp] | None = None
    for key in keys if limit else ():
        values = key(slice(count) if rest is None else rest)
        least = _least(values, limit)
        high = np.flatnonzero(values >= least)
        values = values.take(high)
        if rest is not None:
            high = rest.take(high)
        sure.append(high[values > least])
        rest = high[values == least]
        limit -= len(sure[-1])
        if limit == len(rest):
            break
    return np.concatenate(sure if rest is None else [*sure, rest[:limit]])


def _least(values: NDArray[Any], limit: int) -> Any:
    """What `limit` of them reach. The highest of some of them leave few to be compared."""
    some = values[::_SOME]
    if len(some) > _SOME * limit:
        values = values.take(np.flatnonzero(values >= _least(some, limit)))
    return np.partition(values, len(values) - limit)[len(values) - limit]
