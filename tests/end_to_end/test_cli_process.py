"""The program as a user's shell runs it: real processes, signals, pipes, two at a time."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.web import Request, WebServer

PROGRAM = [sys.executable, "-m", "reader"]
PATIENCE = 60


class Shell:
    """Runs the program on one library; no display, and a locale without letters."""

    def __init__(self, library: Path) -> None:
        self.library = library
        kept = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
        self._environment = {**kept, "LC_ALL": "C", "MEDIA_READER_LIBRARY": str(library)}

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*PROGRAM, *words], env=self._environment, encoding="utf-8",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *words: str) -> tuple[int, str, str]:
        with self.start(*words) as process:
            out, err = process.communicate(timeout=PATIENCE)
        assert "Traceback" not in err
        return process.returncode, out, err

    def json(self, *words: str) -> Any:
        code, out, err = self.run(*words, "--json")
        assert code == 0, err
        return json.loads(out)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "library")


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def rss(title: str, items: int) -> bytes:
    written = "".join(
        f"<item><guid>{title}{n}</guid><title>{title} {n}: Хаддар у Дерны</title>"
        f"<description>Text {n}</description></item>"
        for n in range(items)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{title}</title>{written}</channel></rss>"
    ).encode()


def test_from_an_address_to_a_hit_and_no_output_lost_to_the_locale(
    web: WebServer, shell: Shell
) -> None:
    web.route("/feed", rss("Вести", 3))
    assert shell.json("add", web.url("/feed"))[0]["title"] == "Вести"
    assert shell.json("refresh")["new"] == 3
    rows = shell.json("search", "Хаддар -2")
    assert len(rows) == 2
    code, out, err = shell.run("articles", "--limit", "1")
    assert (code, err) == (0, "")
    assert "Хаддар у Дерны" in out


def test_two_commands_at_once_both_do_their_work(web: WebServer, shell: Shell) -> None:
    addresses = []
    for number in range(2):
        web.route(f"/{number}", rss(f"Feed {number}", 1))
        addresses.append(web.url(f"/{number}"))
    started = [shell.start("add", address) for address in addresses]
    for process in started:
        _, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, err
    assert sorted(row["url"] for row in shell.json("feeds")) == sorted(addresses)


def test_ctrl_c_during_a_refresh_keeps_what_is_done(web: WebServer, shell: Shell) -> None:
    web.route("/quick", rss("Quick", 4))
    web.route("/slow", rss("Slow", 4))
    assert shell.run("add", web.url("/quick"), web.url("/slow"))[0] == 0
    asked = len(web.requests)

    def stuck(_request: Request) -> bytes:
        web.pause(2 * PATIENCE)
        return b""

    web.route("/slow", stuck)
    with shell.start("refresh", "--json") as process:
        wait_until(lambda: len(shell.json("articles")) == 4 and len(web.requests) > asked)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert json.loads(out)["new"] == 4
    assert "Stopped" in err
    assert "Traceback" not in err
    assert shell.json("library", "check") == {"ok": True, "problems": []}
    assert shell.json("search", "quick", "--count") == {"count": 4}


def wait_until(true: Any) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_collect_fetches_until_it_is_stopped_and_works_for_others(
    web: WebServer, shell: Shell
) -> None:
    web.route("/feed", rss("Feed", 2))
    with shell.start("collect") as process:
        try:
            assert process.stderr is not None
            assert "Collecting" in process.stderr.readline()
            assert shell.json("add", web.url("/feed"))[0]["error"] is None
            assert shell.json("refresh", "--all")["failed"] == []
            assert shell.json("search", "feed", "--count") == {"count": 2}
            code, _, err = shell.run("library", "restore", str(shell.library / "library.db"))
            assert (code, "close it" in err) == (1, True)
        finally:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 0


def test_output_may_be_cut_off_or_refused(shell: Shell) -> None:
    with shell.start("feeds", "--json") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert "No feeds yet" in process.stderr.readline()
        assert process.stderr.read() == ""
    assert process.returncode == 0
    full = f"{' '.join(PROGRAM)} feeds --json > /dev/full"
    done = subprocess.run(
        ["sh", "-c", full], env=shell._environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
