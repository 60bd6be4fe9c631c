"""What was asked last is kept, within a budget, because the next letter typed asks for it again."""

from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Forgets what was not asked for longest, as soon as the sizes of all exceed the budget."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._kept: dict[K, tuple[V, int]] = {}
        self._size = 0

    def get(self, key: K) -> V | None:
        found = self._kept.pop(key, None)
        if found is None:
            return None
        self._kept[key] = found
        return found[0]

    def put(self, key: K, value: V, size: int = 1) -> None:
        """What is bigger than half the budget is not kept."""
        if key in self._kept or 2 * size > self._budget:
            return
        self._kept[key] = (value, size)
        self._size += size
        while self._size > self._budget:
            oldest = next(iter(self._kept))
            self._size -= self._kept.pop(oldest)[1]
