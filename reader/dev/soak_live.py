"""A long proof of alerts by the collector itself, with all that is around it in real use.

`media-reader collect` fetches the feeds of a script from a server, and sends its alerts to servers
that refuse some and leave others unanswered, all on this machine and by the real clock. It is asked
to refresh and to deliver as a window asks it, killed at any moment, or told to leave, and started
again. After each round that it lived through the inbox must hold exactly what the script's books
say; a feed file that it keeps must be whole at every moment; in the end each alert must have been
sent under one name of a batch only.
"""

import contextlib
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import feedparser

from reader.dev import libraries
from reader.dev.figures import ROOT
from reader.dev.month_books import check_the_end, compare
from reader.dev.month_feeds import served
from reader.dev.month_script import Script
from reader.dev.month_searches import AT_ONCE
from reader.dev.newsstand import Newsstand
from reader.dev.processes import alive, end, family
from reader.dev.promise import SoakError
from reader.dev.sinks import Sinks
from reader.errors import BusyError
from reader.paths import LibraryPaths
from reader.services.library import Library
from reader.settings import Command, Email, Settings, Webhook, save
from reader.store.store import Store
from reader.workers.lock import connect
from reader.workers.messages import Answer, Ask, CatchUp, DeliverNow, Refresh, Refusal

_KILLED, _LEFT = 0.6, 0.15
"""Shares of the rounds in which it is killed, and after which it is told to leave."""
_TROUBLE = 0.12
_PATIENCE = 120.0
"""Seconds after which a collector that nobody killed has failed."""
_ORPHANS_LEAVE = 15.0
_LAST_ROUNDS = 20
_PUBLISHED = "Word 0"


def live(folder: Path, tries: int, seed: int) -> str:
    """`tries`: rounds of fetching."""
    with Newsstand() as stand:
        script = Script(str(seed), tries, stand.site, AT_ONCE, _now)
        with Sinks(script.now, _TROUBLE, f"{seed}/sinks") as sinks:
            soak = _Live(folder, script, stand, sinks)
            try:
                for _ in range(tries):
                    soak.round()
                soak.let_all_arrive()
            finally:
                soak.collector.kill()
            check_the_end(script, sinks.came, soak.paths)
    return soak.told()


def _now() -> datetime:
    return datetime.now(UTC)


class _Collector:
    """`media-reader collect`, asked through its socket as a window or another command would."""

    def __init__(self, paths: LibraryPaths, log: Path) -> None:
        self._paths, self._log = paths, log
        self._process: subprocess.Popen[bytes] | None = None
        self._link: Connection | None = None
        self._number = 0
        self.killed = self.left = 0

    def start(self) -> None:
        if self._process is None:
            words = [sys.executable, "-m", "reader", "--library", str(self._paths.root), "collect"]
            with self._log.open("ab") as log:
                self._process = subprocess.Popen(  # noqa: S603 - our own words
                    words, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log
                )

    def does(self, request: object, until: float) -> bool:
        """False when it had not answered by then; SoakError when it refuses or has ended."""
        self.start()
        link = self._linked(until)
        if link is None:
            return False
        self._number += 1
        try:
            link.send(Ask(self._number, request))
            while link.poll(max(0.0, until - time.monotonic())):
                match link.recv():
                    case Answer(self._number):
                        return True
                    case Refusal(_, error):
                        raise SoakError(f"The collector refused {request}: {error}")
        except (EOFError, OSError) as problem:
            raise SoakError(f"The collector failed; see {self._log}.") from problem
        return False

    def _linked(self, until: float) -> Connection | None:
        while self._link is None and time.monotonic() < until:
            if self._process is None or self._process.poll() is not None:
                raise SoakError(f"The collector ended by itself; see {self._log}.")
            with contextlib.suppress(BusyError):
                self._link = connect(self._paths)
                break
            time.sleep(0.02)
        return self._link

    def kill(self) -> None:
        """With SIGKILL; its children must leave by themselves."""
        self.killed += self._gone(signal.SIGKILL) is not None

    def leave(self) -> None:
        """As by Ctrl+C: it finishes what it has begun."""
        if self._gone(signal.SIGINT) not in {0, None}:
            raise SoakError(f"The collector did not leave well; see {self._log}.")
        self.left += 1

    def _gone(self, how: signal.Signals) -> int | None:
        if self._link is not None:
            self._link.close()
            self._link = None
        process, self._process = self._process, None
        if process is None:
            return None
        members = family(process.pid)
        process.send_signal(how)
        code = process.wait(_PATIENCE)
        until = time.monotonic() + _ORPHANS_LEAVE
        while alive(members):
            if time.monotonic() > until:
                left = alive(members)
                end(left)
                raise SoakError(f"A collector left orphans: {left}")
            time.sleep(0.02)
        return code


class _Live:
    def __init__(self, folder: Path, script: Script, stand: Newsstand, sinks: Sinks) -> None:
        self.paths = LibraryPaths(folder / "library")
        self._script, self._stand, self._sinks = script, stand, sinks
        self._chance = random.Random(f"{script.seed}/kills")
        self.collector = _Collector(self.paths, folder / "collector.log")
        self._feed_file = folder / "published.atom"
        self._typical = 3.0
        self._saved: set[str] = set()
        self._feeds: set[str] = set()
        Store.open(self.paths).close()
        me = "me@news.example"
        email = Email("127.0.0.1", sinks.mail_port, "none", "", me, (me,))
        webhook = Webhook(f"http://127.0.0.1:{sinks.web_port}/alerts")
        command = Command(sinks.program)
        save(self.paths.settings, Settings(email=email, webhook=webhook, command=command))

    # -- time goes on

    def round(self) -> None:
        self._script.tick()
        self._sinks.now = self._script.now
        self._bring()
        kills = self._chance.random() < _KILLED
        while not self._lived_through(kills):
            kills = self._chance.random() < 0.3
        with Store.open(self.paths) as store:
            compare(self._script, store)
        if self._chance.random() < _LEFT:
            self.collector.leave()

    def _lived_through(self, kills: bool) -> bool:
        began = time.monotonic()
        patience = self._chance.uniform(0, 1.1) * self._typical if kills else _PATIENCE
        for request in (Refresh(None, everything=True), DeliverNow()):
            if not self.collector.does(request, began + patience):
                if not kills:
                    raise SoakError("The collector did not answer in two minutes.")
                self.collector.kill()
                self._check_feed_file()
                return False
        self._typical = 0.8 * self._typical + 0.2 * (time.monotonic() - began)
        return True

    def let_all_arrive(self) -> None:
        """Nothing new comes, and nobody is in the mood to refuse."""
        self._sinks.trouble = 0.0
        for request in (CatchUp(), *(DeliverNow() for _ in range(_LAST_ROUNDS))):
            self.collector.does(request, time.monotonic() + _PATIENCE)
            if not isinstance(request, CatchUp) and not self._waiting():
                break
        self.collector.leave()
        self._check_feed_file()

    def _waiting(self) -> int:
        with Store.open(self.paths) as store:
            return sum(one.waiting for one in store.outbox.states() if one.name != "desktop")

    # -- the world, and the user

    def _bring(self) -> None:
        """New searches first, for they are asked about what comes; then what all feeds say, at
        once; then the new subscriptions."""
        with self._library() as library:
            for search in self._script.there():
                if search.name not in self._saved:
                    library.save_search(
                        search.name, search.query, alert=search.alert, rule=search.rule
                    )
                    self._saved.add(search.name)
            sources = [s for s in self._script.sources if s.since <= self._script.number]
            self._stand.show({one.url: None if one.away else served(one) for one in sources})
            libraries.subscribe(
                self.paths, [one.url for one in sources if one.url not in self._feeds]
            )
            self._feeds.update(one.url for one in sources)
            if not self._script.number:
                library.publish_search(_PUBLISHED, str(self._feed_file))

    @contextlib.contextmanager
    def _library(self) -> Iterator[Library]:
        with Store.open(self.paths) as store:
            yield Library(store)

    # -- what must be

    def _check_feed_file(self) -> None:
        """At every moment a whole feed, without an entry twice."""
        read = feedparser.parse(self._feed_file.read_bytes())
        ids = [entry.id for entry in read.entries]
        if read.bozo or len(ids) != len(set(ids)):
            raise SoakError(f"The feed file is not whole: {read.get('bozo_exception')}")

    def told(self) -> str:
        sinks, script = self._sinks, self._script
        answers = Counter(one.answer for one in sinks.came)
        return (
            f"{script.number + 1} rounds of the collector itself, killed {self.collector.killed} "
            f"times and sent away {self.collector.left} times; {sum(script.did.values())} "
            f"happenings; {script.expected.total()} alerts, every one once, in "
            f"{len(sinks.came)} messages, {answers['no']} refused and {answers['silence']} taken "
            "without an answer"
        )
