"""kill -9 at random moments loses nothing that was committed, and half of nothing stays."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from store_world import NOW

from reader.domain.scope import Scope
from reader.paths import LibraryPaths
from reader.store.store import Store

KILLS = int(os.environ.get("MEDIA_READER_KILLS", "6"))
"""More of them for a long proof."""

WRITER = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from store_world import World, NOW
from reader.paths import LibraryPaths
from reader.store.store import Store

with Store.open(LibraryPaths(Path(sys.argv[1]))) as store:
    world = World(store)
    feed = store.feeds.add("https://a.example", now=NOW)
    entity = world.entity("E")
    if not store.saved.all():
        store.saved.add("S", "s", True)
    (search,) = store.saved.all()
    number = store.totals().articles
    while True:
        with store.transaction():
            for _ in range(3):
                number += 1
                article = world.article(feed, str(number), key=number, content_hash=number)
                world.mention(article, entity, (0, 1))
                store.saved.put_hits(article, {search.id: "[]"})
                alert = store.alerts.fire(article, search, "[]", NOW)
                store.outbox.put(alert, {"desktop": NOW})
                store.queue.push([article])
        store.marks.read([number], True)
        store.outbox.batched("desktop", NOW)
        print(number, flush=True)
"""


def run_until_killed(paths: LibraryPaths, after: float) -> int:
    """The highest number whose transaction the writer saw committed."""
    here = Path(__file__).parent
    search = [str(here), str(here.parent.parent)]
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(paths.root), *search], stdout=subprocess.PIPE, text=True
    )
    with writer:
        first = int(writer.stdout.readline())
        time.sleep(after)
        writer.send_signal(signal.SIGKILL)
        *whole, _torn = writer.stdout.read().split("\n")
        return int(whole[-1]) if whole else first


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill like that")
@pytest.mark.slow
def test_killed_writer_loses_nothing_committed(paths: LibraryPaths) -> None:
    dice = random.Random(20261122)
    for _ in range(KILLS):
        committed = run_until_killed(paths, dice.uniform(0, 0.05))
        with Store.open(paths) as store:
            ids = sorted(store.lists.ids(Scope()))
            assert len(ids) >= committed
            assert len(ids) % 3 == 0, "a transaction is there wholly or not at all"
            assert ids == sorted(store.lists.ids(Scope(entity=1)))
            assert ids == sorted(store.lists.ids(Scope(saved=1)))
            assert ids == sorted(store.queue.batch(10**6).ids)
            alerts = sorted(alert.id for alert in store.alerts.latest(10**6))
            assert len(alerts) == len(ids)
            begun, due = store.outbox.unfinished("desktop"), store.outbox.due("desktop", NOW)
            waiting = [*(begun.rows if begun else ()), *due]
            assert sorted(row.alert_id for row in waiting) == alerts
            assert store.check() == []
