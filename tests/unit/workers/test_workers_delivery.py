"""From a feed to a letter: the real collector, real servers, failing and recovering, and killed."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reader import settings as settings_file
from reader.core import Core
from reader.domain.alert import AlertRule, ChannelState
from reader.errors import DeliveryError, FileError, UsageError
from reader.paths import LibraryPaths
from reader.services.publish import Publisher
from reader.settings import Command, Email, Settings, Webhook
from reader.store.secrets import Secrets
from reader.workers.ask import ask
from reader.workers.collector import Collector
from reader.workers.messages import DeliverNow, News, Refresh, TryChannel
from tests.helpers.collecting import collecting
from tests.helpers.post import PostOffice
from tests.helpers.rss import rss, serve, subscribed
from tests.helpers.web import Reply, WebServer
from tests.helpers.world import World, item

ROOT = Path(__file__).parents[3]


@pytest.fixture
def post() -> Iterator[PostOffice]:
    with PostOffice() as office:
        yield office


def email(post: PostOffice, **values: Any) -> Email:
    usual = {"host": "127.0.0.1", "port": post.port, "security": "none", "deadline_s": 20.0}
    return Email(**{**usual, "to": ("ann@news.example",), **values})


def silent(*_: object) -> None:
    pass


def waiting_for(paths: LibraryPaths, *channels: str) -> None:
    """A library in which the alert "port" has fired for two articles, and nothing was sent."""
    world = World(paths.root.parent)
    rule = AlertRule(channels=channels)
    world.library.save_search("port", "port", alert=True, rule=rule)
    world.feed("a").publish(item("Nothing of interest"))
    world.refresh()
    world.feed("a").publish(item("Port shut"), item("Port open"))
    world.refresh()
    world.library.remove_feed("https://a.example/feed")  # nobody may ask for it
    world.close()
    assert state(paths, channels[0]).waiting == 2


def state(paths: LibraryPaths, channel: str) -> ChannelState:
    with Core(paths) as core:
        return next(one for one in core.library.channels() if one.name == channel)


def test_refresh_of_the_command_line_ends_with_delivering(
    paths: LibraryPaths, settings: Settings, web: WebServer, post: PostOffice
) -> None:
    url = serve(web, "good", rss("good", range(1)))
    subscribed(paths, url)
    settings = replace(settings, email=email(post))
    with Core(paths) as core:
        rule = AlertRule(channels=("email",))
        core.library.save_search("tobruk", "tobruk", alert=True, rule=rule)
    ask(paths, settings, Refresh(everything=True), silent)
    assert post.letters == [], "a first fetch is silent"
    serve(web, "good", rss("good", range(3)))
    ask(paths, settings, Refresh(everything=True), silent)
    ask(paths, settings, Refresh(everything=True), silent)
    (letter,) = post.letters
    assert letter.message["Subject"] == "2 articles: tobruk (2)"
    assert "not running" not in letter.text()
    assert state(paths, "email").waiting == 0


def test_failing_servers_recover_and_everything_arrives_once(
    paths: LibraryPaths, settings: Settings, web: WebServer, post: PostOffice, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    write = f"import sys; open({str(kept)!r}, 'a').write(sys.stdin.read())"
    settings = replace(
        settings,
        email=email(post),
        webhook=Webhook(web.url("/hook")),
        command=Command((sys.executable, "-S", "-c", write)),
    )
    waiting_for(paths, "email", "webhook", "command")
    post.say["DONE"] = "451 try later"
    web.route("/hook", Reply(b"", {}, 500))

    async def day(collector: Collector) -> None:
        await collector.outgoing.deliver()
        post.say.clear()
        web.route("/hook", b"")
        await collector.outgoing.deliver()  # they rest until their next try
        assert post.letters == []
        await collector.handle(DeliverNow(), silent)

    _, told = collecting(paths, settings, day)
    sentences = sorted(news.told for news in told if news.told)
    assert len(sentences) == 4
    assert sentences[0] == "E-mail works again."
    assert "451 try later" in sentences[1]
    assert "(500)" in sentences[2]
    assert sentences[3] == "The webhook works again."
    assert len(post.letters) == 1
    hooks = [request for request in web.requests if request.path == "/hook"]
    assert len(hooks) == 2
    assert hooks[0].body == hooks[1].body, "the same batch, the same document"
    assert hooks[0].headers["Idempotency-Key"] == hooks[1].headers["Idempotency-Key"]
    (document,) = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    assert len(document["articles"]) == 2
    assert [state(paths, name).waiting for name in ("email", "webhook", "command")] == [0, 0, 0]


def test_settings_are_followed_while_it_runs(
    paths: LibraryPaths, settings: Settings, post: PostOffice
) -> None:
    waiting_for(paths, "email")

    async def day(collector: Collector) -> None:
        await collector.outgoing.deliver()
        settings_file.save(paths.settings, replace(settings, email=email(post, host="h.invalid.")))
        paths.settings.write_text("[email]\nport = 0\n")
        with pytest.raises(FileError, match=r"email\.port = 0"):
            await collector.outgoing.deliver()
        await collector.outgoing.deliver()
        assert post.letters == []
        settings_file.save(paths.settings, replace(settings, email=email(post)))
        await collector.outgoing.deliver()

    collecting(paths, settings, day)
    assert len(post.letters) == 1


def test_what_was_due_before_the_start_comes_once_marked_missed(
    paths: LibraryPaths, settings: Settings, post: PostOffice
) -> None:
    settings = replace(settings, email=email(post))
    waiting_for(paths, "email")

    async def start(collector: Collector) -> None:
        await collector.outgoing.present()
        await collector.outgoing.deliver()

    collecting(paths, settings, start)
    (letter,) = post.letters
    assert letter.message["Subject"] == "While you were away: 2 articles: port (2)"


def test_desktop_is_told_of_once(paths: LibraryPaths, settings: Settings) -> None:
    waiting_for(paths, "desktop")

    async def day(collector: Collector) -> None:
        await collector.outgoing.deliver()
        await collector.outgoing.deliver()

    _, told = collecting(paths, settings, day)
    assert [news.due for news in told if news.due] == [2]


def test_desktop_is_told_of_before_a_slow_server_has_answered(
    paths: LibraryPaths, settings: Settings, web: WebServer
) -> None:
    settings = replace(settings, webhook=Webhook(web.url("/hook")))
    waiting_for(paths, "desktop", "webhook")
    told: list[News] = []
    told_before: list[int] = []

    def slow(_: object) -> bytes:
        told_before.extend(news.due for news in told if news.due)
        return b""

    web.route("/hook", slow)

    async def deliver() -> None:
        async with Collector(paths, settings, told.append) as collector:
            await collector.outgoing.deliver()

    asyncio.run(deliver())
    assert told_before[:1] == [2]


def test_password_comes_from_the_secrets_of_that_server(
    paths: LibraryPaths, settings: Settings
) -> None:
    with PostOffice({"ann": "hunter2"}) as post:
        settings = replace(settings, email=email(post, user="ann"))
        waiting_for(paths, "email")

        async def day(collector: Collector) -> None:
            await collector.handle(TryChannel("email"), silent)

        with pytest.raises(DeliveryError, match="No password is known for ann"):
            collecting(paths, settings, day)
        Secrets(paths.root, None).set(f"smtp://ann@127.0.0.1:{post.port}", "hunter2")
        collecting(paths, settings, day)
    (letter,) = post.letters
    assert letter.user == "ann"
    assert letter.message["Subject"].startswith("Test")
    assert state(paths, "email").waiting == 2, "nothing that waits was sent"
    assert "hunter2" not in paths.settings.read_text(encoding="utf-8")


def test_channel_that_cannot_be_tried_says_why(paths: LibraryPaths, settings: Settings) -> None:
    for channel, said in (("email", r"\[email\] in settings"), ("desktop", "window itself")):
        with pytest.raises(UsageError, match=said):
            ask(paths, settings, TryChannel(channel), silent)


def test_feed_files_are_brought_up_to_date_when_things_are_delivered(
    paths: LibraryPaths, settings: Settings, tmp_path: Path
) -> None:
    waiting_for(paths, "desktop")
    kept = tmp_path / "port.json"
    with Core(paths) as core:
        Publisher(core.store).publish("port", kept)
    kept.unlink()
    ask(paths, settings, DeliverNow(), silent)
    assert len(json.loads(kept.read_bytes())["items"]) == 2


def test_killed_between_sending_and_knowing_it_repeats_the_same_letter(
    paths: LibraryPaths, settings: Settings, post: PostOffice
) -> None:
    waiting_for(paths, "email")
    settings_file.save(paths.settings, replace(settings, email=email(post)))
    post.patience["DONE"] = 120
    command = [sys.executable, "-m", "reader", "--library", str(paths.root), "alerts", "deliver"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        until = time.monotonic() + 60
        while not post.letters and time.monotonic() < until:
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
    assert len(post.letters) == 1
    post.patience.clear()
    ask(paths, settings_file.load(paths.settings), DeliverNow(), silent)
    first, again = post.letters
    assert first.message["Message-ID"] == again.message["Message-ID"]
    assert first.text() == again.text()
    assert state(paths, "email").waiting == 0


def test_collecting_begins_with_what_was_missed_and_stops_when_asked(
    paths: LibraryPaths, settings: Settings, post: PostOffice
) -> None:
    waiting_for(paths, "email")
    settings_file.save(paths.settings, replace(settings, email=email(post)))
    command = [sys.executable, "-m", "reader", "--library", str(paths.root), "collect"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as process:
        until = time.monotonic() + 60
        while not post.letters and time.monotonic() < until:
            time.sleep(0.01)
        while state(paths, "email").waiting and time.monotonic() < until:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
    (letter,) = post.letters
    assert letter.message["Subject"] == "While you were away: 2 articles: port (2)"
    assert process.returncode == 0, said
    assert state(paths, "email").waiting == 0


def test_stopping_does_not_wait_for_a_server(
    paths: LibraryPaths, settings: Settings, post: PostOffice
) -> None:
    settings = replace(settings, email=email(post))
    waiting_for(paths, "email")
    post.patience["HELLO"] = 120

    async def stop(collector: Collector) -> Any:
        work = asyncio.create_task(collector.handle(DeliverNow(), silent))
        while not post.connections:  # noqa: ASYNC110 - it comes to a server's thread
            await asyncio.sleep(0.005)
        collector.stop()
        return await work

    answer, _ = collecting(paths, settings, stop)
    assert answer == ()
    assert state(paths, "email").waiting == 2
    assert state(paths, "email").failures == 0
