"""Alerts on the command line: narrowed, judged, counted as seen, and really delivered."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reader import settings as settings_file
from reader.settings import Command, Email, Settings, Webhook
from reader.store.secrets import Secrets
from tests.helpers.post import PostOffice
from tests.helpers.web import Reply, WebServer
from tests.unit.cli.command_line import CommandLine, News


@pytest.fixture
def post() -> Iterator[PostOffice]:
    with PostOffice({"ann": "hunter2"}) as office:
        yield office


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Secrets, "open", lambda folder: Secrets(folder, None))


def write_settings(cli: CommandLine, **sections: object) -> None:
    settings_file.save(cli.library / "settings.toml", replace(Settings(), **sections))


def email(post: PostOffice) -> Email:
    return Email("127.0.0.1", post.port, "none", "ann", "", ("ann@news.example",), 20.0)


def test_alert_has_its_words_in_context_and_a_link(news: News, cli: CommandLine) -> None:
    (alert,) = cli.json("alerts")
    context = next(one for one in alert["context"] if one["field"] == "title")
    start, end = context["spans"][0]
    assert context["text"][start:end] == "S-400"
    assert alert["url"].startswith("https://")
    assert alert["source"] == "Coast Courier"
    assert (alert["version"], alert["revision"], alert["priority"]) == (1, 1, "normal")
    assert (alert["kept"], alert["seen"]) == (None, False)


def test_alerts_are_narrowed_to_what_is_unseen_or_of_a_search(news: News, cli: CommandLine) -> None:
    name = "С-400 «везде»"
    assert len(cli.json("alerts", "--unseen", "--search", name.upper())) == 1
    assert cli.json("alerts", "--search", "radars") == []
    assert cli.json("alerts", "seen") == {"seen": 1}
    assert cli.json("alerts", "seen") == {"seen": 0}
    assert cli.json("alerts", "--unseen") == []
    assert cli("alerts", "--unseen").err.startswith("There is no alert")
    cli("saved", "remove", name)
    assert len(cli.json("alerts", "--search", name)) == 1, "what it fired stays"


def test_alerts_are_judged_by_their_id(news: News, cli: CommandLine) -> None:
    number = str(cli.json("alerts")[0]["id"])
    assert cli.json("alerts", "noise", number) == {"changed": 1}
    assert cli.json("alerts")[0]["kept"] is False
    assert cli.json("alerts", "keep", number, number) == {"changed": 1}
    assert cli.json("alerts", "keep", number) == {"changed": 0}
    row = next(one for one in cli.json("saved") if one["alert"])
    assert (row["kept"], row["noise"]) == (1, 0)


def test_judging_is_all_or_nothing(news: News, cli: CommandLine) -> None:
    alert = cli.json("alerts")[0]
    outcome = cli("alerts", "noise", str(alert["id"]), "99")
    assert (outcome.code, outcome.sentence) == (1, "There is no alert 99; nothing was changed.")
    assert cli.json("alerts")[0]["kept"] is None
    cli("saved", "remove", alert["saved_search"])
    assert "is gone" in cli("alerts", "keep", str(alert["id"])).sentence


def test_channels_say_what_is_set_up_and_what_waits(news: News, cli: CommandLine) -> None:
    rows = {row["channel"]: row for row in cli.json("alerts", "channels")}
    assert {name: row["configured"] for name, row in rows.items()} == {
        "desktop": True, "email": False, "webhook": False, "command": False,
    }  # fmt: skip
    assert (rows["desktop"]["waiting"], rows["email"]["waiting"]) == (1, 0)
    fired = cli.json("alerts")[0]["at"]
    assert (rows["desktop"]["next_due"], rows["email"]["next_due"]) == (fired, None)
    assert fired in cli("alerts", "channels").out
    write_settings(cli, webhook=Webhook("http://127.0.0.1:9/"))
    rows = {row["channel"]: row for row in cli.json("alerts", "channels")}
    assert rows["webhook"]["configured"] is True


def test_password_is_kept_for_its_server_and_used(
    news: News, cli: CommandLine, post: PostOffice
) -> None:
    assert cli("alerts", "secret", "email", stdin=b"x\n").code == 2
    write_settings(cli, email=email(post))
    assert "alerts secret email" in cli("alerts", "test", "email").sentence
    assert cli.json("alerts", "secret", "email", stdin=b"hunter2\n") == {
        "channel": "email", "kept": True,
    }  # fmt: skip
    assert cli.json("alerts", "test", "email") == {"channel": "email", "sent": True}
    assert [letter.user for letter in post.letters] == ["ann"]
    kept = [p for p in cli.library.iterdir() if p.is_file() and b"hunter2" in p.read_bytes()]
    assert [path.name for path in kept] == ["secrets.json"]
    cli("alerts", "secret", "email", "--forget")
    assert cli("alerts", "test", "email").code == 1
    assert cli("alerts", "secret", "email", stdin=b"\n").code == 2


@pytest.mark.parametrize("channel", ["desktop", "command"])
def test_channel_without_a_password_says_so(channel: str, cli: CommandLine) -> None:
    outcome = cli("alerts", "secret", channel, stdin=b"x\n")
    assert (outcome.code, "no password" in outcome.sentence) == (2, True)


def test_what_waits_is_delivered_and_a_failure_is_told(
    news: News, cli: CommandLine, tmp_path: Path
) -> None:
    assert "No channel is set up" in cli("alerts", "deliver").sentence
    name = "С-400 «везде»"
    cli("saved", "edit", name, "--channel", "webhook", "--channel", "command")
    with WebServer() as web:
        web.route("/hook", Reply(b"", {}, 500))
        write_settings(
            cli,
            webhook=Webhook(web.url("/hook")),
            command=Command((sys.executable, "-S", "-c", "")),
        )
        _fire(cli, web)
        assert "(500)" in cli("refresh", "--all").err, "a refresh says what it could not deliver"
        outcome = cli("alerts", "deliver", "--json")
        assert outcome.code == 1
        rows = {row["channel"]: row for row in json.loads(outcome.out)}
        assert "(500)" in rows["webhook"]["error"]
        state = next(r for r in cli.json("alerts", "channels") if r["channel"] == "webhook")
        assert (state["waiting"], state["failures"]) == (1, 2)
        assert state["error"] == rows["webhook"]["error"]
        assert state["next_try"]
        web.route("/hook", b"")
        rows = {row["channel"]: row for row in cli.json("alerts", "deliver")}
        assert rows["webhook"] == {
            "channel": "webhook", "messages": 1, "articles": 1, "error": None,
            "refused": 0, "refusal": None,
        }  # fmt: skip
    states = {row["channel"]: row for row in cli.json("alerts", "channels")}
    assert [states[name]["waiting"] for name in ("webhook", "command")] == [0, 0]
    assert states["webhook"]["error"] is None


def _fire(cli: CommandLine, web: WebServer) -> None:
    """A new feed, fetched once in silence, has news that the next refresh brings."""
    from tests.unit.cli.command_line import feed

    web.route("/new", feed("Newcomer", ("Calm", "Nothing happened.")))
    cli("add", web.url("/new"))
    cli("refresh", web.url("/new"))
    web.route("/new", feed("Newcomer", ("S-400 again", "It was seen."), ("Calm", "Nothing.")))


def test_search_is_published_listed_and_left(news: News, cli: CommandLine, tmp_path: Path) -> None:
    path = str(tmp_path / "radars.atom")
    assert cli.json("saved", "publish") == []
    row = {"name": "radars", "file": path, "error": None}
    assert cli.json("saved", "publish", "RADARS", path) == row
    assert cli.json("saved", "publish") == [row]
    assert (tmp_path / "radars.atom").read_bytes().count(b"<entry") == 2
    assert cli.json("saved", "unpublish", "radars") == {"unpublished": [path]}
    assert cli("saved", "unpublish", "radars").code == 1
    assert cli("saved", "publish", "radars").code == 2
    assert cli("saved", "publish", "radars", str(tmp_path / "x.rss")).code == 2
    own = str(cli.library / "settings.toml")
    assert "belongs to the library" in cli("saved", "publish", "radars", own).sentence


def test_what_a_receiver_refuses_is_told_and_sent_again_or_dropped(
    news: News, cli: CommandLine
) -> None:
    cli("saved", "edit", "С-400 «везде»", "--channel", "webhook")
    with WebServer() as web:
        web.route("/hook", Reply(b"", {}, 422))
        write_settings(cli, webhook=Webhook(web.url("/hook")))
        _fire(cli, web)
        assert "(422)" in cli("refresh", "--all").err
        state = next(r for r in cli.json("alerts", "channels") if r["channel"] == "webhook")
        assert (state["refused"], state["waiting"], state["failures"]) == (1, 0, 0)
        assert "(422)" in state["refusal"]
        assert "media-reader alerts retry webhook" in cli("alerts", "channels").err
        asked = len(web.requests)
        assert cli("alerts", "deliver").code == 0
        assert len(web.requests) == asked, "it is not tried again by itself"
        assert cli("alerts", "retry", "webhook").code == 1
        assert cli.json("alerts", "drop", "webhook") == {"dropped": 1}
        assert cli.json("alerts", "drop", "webhook") == {"dropped": 0}
