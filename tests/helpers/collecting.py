"""A collector inside the test, without a process of its own."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from reader.paths import LibraryPaths
from reader.settings import Settings
from reader.workers.collector import Collector
from reader.workers.messages import News


def collecting(
    paths: LibraryPaths, settings: Settings, work: Callable[[Collector], Awaitable[Any]]
) -> tuple[Any, list[News]]:
    """What `work` gives with an open collector, and what that told meanwhile."""
    told: list[News] = []

    async def run() -> Any:
        async with Collector(paths, settings, told.append) as collector:
            return await work(collector)

    return asyncio.run(asyncio.wait_for(run(), 60)), told
