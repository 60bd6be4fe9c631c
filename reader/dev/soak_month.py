"""A long proof that every alert fires and arrives once: a month of news with kills in it.

A collector of its own process fetches what a script serves, at the moments of the script, and
sends its alerts to servers that refuse some and leave others unanswered. It is killed at random
moments and started again. After every fetch the inbox must hold exactly what the script's own
books say; in the end everything must have been sent, each alert under one name of a batch only.
"""

import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from reader.dev.child import Child
from reader.dev.month_books import check_the_end, compare
from reader.dev.month_feeds import Source, served
from reader.dev.month_script import Script
from reader.dev.month_worker import file_of
from reader.dev.promise import SoakError
from reader.dev.sinks import Sinks
from reader.paths import LibraryPaths
from reader.services.library import Library
from reader.settings import Command, Email, Settings, Webhook, save
from reader.store.store import Store

_KILLED = 0.7
"""Share of the fetches that are killed, once or several times."""
_YOUNG = 0.5
"""Share of the starts that are to be killed before they are over."""
_TROUBLE = 0.12
_PATIENCE = 120.0
"""Seconds after which a fetch that nobody killed has failed."""
_AFTERWARDS = 15
"""Fetches after the month, 13 hours apart: a weekly digest is among them, and any hour."""


def month(folder: Path, tries: int, seed: int) -> str:
    """`tries`: fetches of all feeds, spread over thirty days."""
    script = Script(str(seed), tries)
    with Sinks(script.now, _TROUBLE, f"{seed}/sinks") as sinks:
        soak = _Month(folder, script, sinks)
        try:
            for _ in range(tries):
                soak.fetch()
            soak.let_all_arrive()
        finally:
            soak.worker.kill()
        soak.check_the_end()
    return soak.told()


class _Worker:
    """The collector, in a process that may be killed, also while it starts."""

    def __init__(self, paths: LibraryPaths, served_from: Path, chance: random.Random) -> None:
        self._folders = str(paths.root), str(served_from)
        self._chance = chance
        self._child: Child | None = None
        self._opening = 1.0
        """Seconds that a start takes."""
        self.killed = self.killed_young = 0

    def start(self) -> Child:
        if self._child is None:
            began = time.perf_counter()
            self._child = self._made()
            _expect(self._child, "open")
            self._opening = 0.7 * self._opening + 0.3 * (time.perf_counter() - began)
        return self._child

    def _made(self) -> Child:
        return Child("reader.dev.month_worker", "work", *self._folders, also={"TZ": "UTC"})

    def _dies_young(self) -> bool:
        """It is started, and killed before it has said that it is there."""
        self._child = self._made()
        if self._child.says_within(self._chance.uniform(0.2, 1.0) * self._opening):
            _expect(self._child, "open")
            return False
        self.kill()
        self.killed_young += 1
        return True

    def tick(self, now: datetime, *, rebuild: bool, patience: float | None) -> bool:
        """False when it was killed after so many seconds, before it had said that it was done."""
        young = self._child is None and self._chance.random() < _YOUNG
        if young and self._dies_young():
            return False
        child = self.start()
        child.tell(json.dumps({"at": now.isoformat(), "rebuild": rebuild}))
        if patience is None or child.says_within(patience):
            _expect(child, "done")
            return True
        self.kill()
        self.killed += 1
        return False

    def kill(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child = None


def _expect(child: Child, word: str) -> None:
    if not child.says_within(_PATIENCE) or child.hear() != word:
        raise SoakError("The collector failed; what it said stands above.")


class _Month:
    def __init__(self, folder: Path, script: Script, sinks: Sinks) -> None:
        self._paths = LibraryPaths(folder / "library")
        self._served = folder / "served"
        self._served.mkdir()
        self._script, self._sinks = script, sinks
        self._chance = random.Random(f"{script.seed}/kills")
        self.worker = _Worker(self._paths, self._served, self._chance)
        self._typical = 1.0
        self._rebuilt = 0
        self._subscribed: set[str] = set()
        self._saved: set[str] = set()
        Store.open(self._paths).close()
        me = "me@news.example"
        email = Email("127.0.0.1", sinks.mail_port, "none", "", me, (me,))
        webhook = Webhook(f"http://127.0.0.1:{sinks.web_port}/alerts")
        command = Command(sinks.program)
        save(self._paths.settings, Settings(email=email, webhook=webhook, command=command))

    # -- time goes on

    def fetch(self) -> None:
        self._script.tick()
        self._serve()
        rebuild = self._chance.random() < 0.04
        self._rebuilt += rebuild
        self._tick(rebuild=rebuild, kills=self._chance.random() < _KILLED)
        self._compare()

    def _tick(self, *, rebuild: bool = False, kills: bool = False) -> None:
        """One moment, as often as it takes to live through it."""
        self._sinks.now = self._script.now
        while True:
            patience = self._chance.uniform(0, 1.1) * self._typical if kills else None
            began = time.perf_counter()
            if self.worker.tick(self._script.now, rebuild=rebuild, patience=patience):
                self._typical = 0.8 * self._typical + 0.2 * (time.perf_counter() - began)
                return
            kills = self._chance.random() < 0.3

    def let_all_arrive(self) -> None:
        """Nothing new comes, nobody is in the mood to refuse, and a week of digests goes by."""
        self._sinks.trouble = 0.0
        for _ in range(_AFTERWARDS):
            self._script.rest(13)
            self._tick()
        self._compare()

    def _serve(self) -> None:
        """What the feeds say now, and new subscriptions and searches."""
        with self._library() as library:
            for source in self._script.sources:
                if source.since <= self._script.number:
                    self._show(source)
            for search in self._script.there():
                if search.name not in self._saved:
                    self._saved.add(search.name)
                    library.save_search(
                        search.name, search.query, alert=search.alert, rule=search.rule
                    )

    def _show(self, source: Source) -> None:
        if source.url not in self._subscribed:
            self._subscribed.add(source.url)
            with Store.open(self._paths) as store, store.transaction():
                store.feeds.add(source.url, now=self._script.now)
        file = self._served / file_of(source.url)
        if source.away:
            file.unlink(missing_ok=True)
        else:
            file.write_bytes(served(source))

    @contextmanager
    def _library(self) -> Iterator[Library]:
        with Store.open(self._paths) as store:
            yield Library(store)

    # -- what must be

    def _compare(self) -> None:
        with Store.open(self._paths) as store:
            compare(self._script, store)

    def check_the_end(self) -> None:
        check_the_end(self._script, self._sinks.came, self._paths)

    def told(self) -> str:
        sinks, script = self._sinks, self._script
        answers = Counter(one.answer for one in sinks.came)
        return (
            f"{script.number + 1} fetches of a month, {self.worker.killed} collectors killed "
            f"and {self.worker.killed_young} more while they started, "
            f"{self._rebuilt} indexes built anew; {sum(script.did.values())} happenings "
            f"({', '.join(f'{count} {name}' for name, count in script.did.most_common())}); "
            f"{script.expected.total()} alerts, every one once, in {len(sinks.came)} messages, "
            f"{answers['no']} refused and {answers['silence']} taken without an answer"
        )
