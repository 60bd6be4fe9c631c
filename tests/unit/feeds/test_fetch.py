import asyncio
import resource
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from reader.domain.feed import Fetched
from reader.errors import FeedError
from reader.feeds.answers import retry_after
from reader.feeds.fetch import Fetcher, Limits
from tests.helpers.web import Reply, Request, WebServer, gzip_bomb, gzipped

FEED = b"<rss/>"


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        server.route("/feed", FEED)
        yield server


def get(
    url: str,
    *,
    limits: Limits | None = None,
    etag: str = "",
    last_modified: str = "",
    allow_private: bool = True,
) -> Fetched:
    async def ask() -> Fetched:
        async with Fetcher(limits) as fetcher:
            return await fetcher.get(
                url, etag=etag, last_modified=last_modified, allow_private=allow_private
            )

    return asyncio.run(ask())


def refused(url: str, **options: object) -> FeedError:
    with pytest.raises(FeedError) as caught:
        get(url, **options)  # type: ignore[arg-type]
    error = caught.value
    assert error.kind in FeedError.KINDS
    assert str(error).endswith(".")
    assert "\n" not in str(error)
    return error


def test_the_answer_comes_with_what_the_next_request_needs(web: WebServer) -> None:
    headers = {
        "ETag": 'W/"a b"',
        "Last-Modified": "Wed, 18 Dec 2024 09:12:00 GMT",
        "Content-Type": "application/rss+xml",
    }
    web.route("/feed", Reply(FEED, headers))
    fetched = get(web.url("/feed"))
    assert (fetched.status, fetched.body, fetched.url) == (200, FEED, web.url("/feed"))
    assert (fetched.etag, fetched.last_modified) == (headers["ETag"], headers["Last-Modified"])
    assert fetched.content_type == "application/rss+xml"
    assert fetched.moved_to == ""
    assert fetched.seconds > 0


def test_validators_are_sent_back_as_they_were_and_304_has_no_body(web: WebServer) -> None:
    web.route("/feed", Reply(b"", {"ETag": 'W/"2"'}, 304))
    fetched = get(web.url("/feed"), etag='W/"1"', last_modified="yesterday, oddly")
    assert (fetched.status, fetched.body, fetched.etag) == (304, b"", 'W/"2"')
    assert web.requests[0].headers["If-None-Match"] == 'W/"1"'
    assert web.requests[0].headers["If-Modified-Since"] == "yesterday, oddly"


def test_a_validator_that_is_no_header_is_not_sent(web: WebServer) -> None:
    get(web.url("/feed"), etag="a\r\nX-Evil: 1")
    assert web.requests[0].headers["If-None-Match"] is None
    assert web.requests[0].headers["X-Evil"] is None


def test_304_to_a_question_without_validators_is_an_error(web: WebServer) -> None:
    web.route("/feed", Reply(b"", {}, 304))
    assert refused(web.url("/feed")).kind == "http"


def test_the_program_names_itself_and_only_what_it_can_read(web: WebServer) -> None:
    get(web.url("/feed"))
    headers = web.requests[0].headers
    assert headers["User-Agent"].startswith("MediaReader/")
    offered = {one.strip() for one in headers["Accept-Encoding"].split(",")}
    assert {"gzip", "deflate", "br", "zstd"} >= offered >= {"gzip"}


def test_compressed_answers_arrive_in_the_clear(web: WebServer) -> None:
    brotli = pytest.importorskip("brotli")
    web.route("/gzip", gzipped(FEED))
    web.route("/deflate", Reply(zlib.compress(FEED), {"Content-Encoding": "deflate"}))
    web.route("/br", Reply(brotli.compress(FEED), {"Content-Encoding": "br"}))
    assert [get(web.url(p)).body for p in ("/gzip", "/deflate", "/br")] == [FEED] * 3


def test_a_body_that_is_not_compressed_as_it_says_is_broken(web: WebServer) -> None:
    web.route("/feed", Reply(b"not gzip at all", {"Content-Encoding": "gzip"}))
    assert refused(web.url("/feed")).kind == "broken"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, "http"), (401, "http"), (403, "http"), (404, "http"), (410, "gone"), (418, "http"),
        (429, "limited"), (500, "http"), (502, "http"), (503, "limited"), (300, "http"),
    ],
)  # fmt: skip
def test_every_bad_status_has_its_kind_and_is_named(web: WebServer, status: int, kind: str) -> None:
    web.route("/feed", Reply(b"sorry", {}, status))
    error = refused(web.url("/feed"))
    assert (error.kind, error.url) == (kind, web.url("/feed"))
    assert str(status) in str(error)


def test_a_limited_answer_says_how_long_to_wait(web: WebServer) -> None:
    web.route("/feed", Reply(b"", {"Retry-After": "120"}, 429))
    assert refused(web.url("/feed")).retry_after == 120
    now = datetime(2026, 1, 1, tzinfo=UTC)
    dates = {"Date": format_datetime(now, usegmt=True)}
    until = format_datetime(now + timedelta(minutes=10), usegmt=True)
    reply = Reply(b"", {**dates, "Retry-After": until}, 503)
    web.route("/feed", reply)
    assert refused(web.url("/feed")).retry_after == pytest.approx(600, abs=2)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("0", 0.0), ("-5", 0.0), ("", None), ("soon", None), ("9" * 12, 999999999999.0), ("²", None)],
)
def test_odd_retry_after_headers_are_survived(header: str, seconds: float | None) -> None:
    assert retry_after(header) == seconds


def test_a_retry_date_in_the_past_means_now() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert retry_after("Mon, 01 Jan 2024 00:00:00 GMT", now=now) == 0


@pytest.mark.parametrize(
    "url",
    [
        "", "example.org", "file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)",
        "http://",
        "http://exa mple.org/", "http://x:99999/", "http://[::1", "feed:x", "http:///path",
        "//x/y",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_before_anything_is_asked(url: str) -> None:
    assert refused(url).kind == "address"


def test_an_unknown_host_and_a_closed_port_are_told_apart() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert refused(f"http://127.0.0.1:{port}/").kind == "refused"
    assert refused("http://no-such-host.invalid/", allow_private=False).kind == "host"


def test_a_server_without_tls_says_so(web: WebServer) -> None:
    error = refused(web.url("/feed").replace("http:", "https:"))
    assert error.kind == "tls"


def test_an_empty_body_is_an_error(web: WebServer) -> None:
    web.route("/feed", b"")
    assert refused(web.url("/feed")).kind == "empty"
    web.route("/feed", b" \r\n ")
    assert refused(web.url("/feed")).kind == "empty"


def test_a_body_that_breaks_off_is_no_answer(web: WebServer) -> None:
    web.route("/feed", Reply(b"<rss>", {"Content-Length": "500"}))
    assert refused(web.url("/feed")).kind == "refused"


def test_a_server_that_speaks_nonsense_is_named() -> None:
    def nonsense(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(b"SSH-2.0-OpenSSH\r\n\r\n")

    async def ask(server: socket.socket) -> None:
        answering = asyncio.create_task(asyncio.to_thread(nonsense, server))
        async with Fetcher() as fetcher:
            url = f"http://127.0.0.1:{server.getsockname()[1]}/"
            with pytest.raises(FeedError) as caught:
                await fetcher.get(url, allow_private=True)
        await answering
        assert caught.value.kind == "http"

    with socket.create_server(("127.0.0.1", 0)) as server:
        asyncio.run(ask(server))


class TestRedirects:
    def test_are_followed_to_the_address_that_answers(self, web: WebServer) -> None:
        web.redirect("/a", "/b?x=1")
        web.redirect("/b", web.url("/feed"), 307)
        fetched = get(web.url("/a"))
        assert (fetched.url, fetched.body, fetched.moved_to) == (web.url("/feed"), FEED, "")

    def test_that_are_all_permanent_give_a_new_address(self, web: WebServer) -> None:
        web.redirect("/a", "/b", 301)
        web.redirect("/b", "/feed", 308)
        assert get(web.url("/a")).moved_to == web.url("/feed")

    def test_one_temporary_hop_keeps_the_old_address(self, web: WebServer) -> None:
        web.redirect("/a", "/b", 301)
        web.redirect("/b", "/feed", 302)
        assert get(web.url("/a")).moved_to == ""

    def test_a_304_behind_a_permanent_redirect_still_tells_the_new_address(
        self, web: WebServer
    ) -> None:
        web.redirect("/a", "/b", 301)
        web.route("/b", Reply(b"", {}, 304))
        fetched = get(web.url("/a"), etag='"1"')
        assert (fetched.status, fetched.moved_to) == (304, web.url("/b"))

    def test_circles_end_soon(self, web: WebServer) -> None:
        web.redirect("/a", "/b")
        web.redirect("/b", "/a")
        assert refused(web.url("/a")).kind == "redirect"
        assert len(web.requests) < 5

    def test_an_endless_chain_ends_at_the_limit(self, web: WebServer) -> None:
        def onward(request: Request) -> Reply:
            number = int(request.path.partition("=")[2])
            return Reply(b"", {"Location": f"/n?n={number + 1}"}, 302)

        web.route("/n", onward)
        assert refused(web.url("/n?n=0"), limits=Limits(redirects=4)).kind == "redirect"
        assert len(web.requests) == 5

    @pytest.mark.parametrize(
        "target",
        ["file:///etc/passwd", "javascript:alert(1)", "", "http://", "http://[x", "ftp://h/"],
    )
    def test_to_anything_but_the_web_are_refused(self, web: WebServer, target: str) -> None:
        web.redirect("/a", target)
        assert refused(web.url("/a")).kind == "redirect"

    def test_a_cookie_handed_out_on_the_way_is_shown_again(self, web: WebServer) -> None:
        def gate(request: Request) -> Reply:
            if request.headers["Cookie"] == "seen=1":
                return Reply(FEED)
            return Reply(b"", {"Location": "/gate", "Set-Cookie": "seen=1"}, 302)

        web.route("/gate", gate)
        assert get(web.url("/gate")).body == FEED


class TestPrivateAddresses:
    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0.0.0.0",
            "127.1", "0x7f.1", "0x7f000001", "2130706433", "0177.0.0.1", "10.0.0.1", "192.168.1.1",
            "172.16.0.1", "169.254.1.1", "[fe80::1]", "[fc00::1]", "[64:ff9b::7f00:1]",
            "127.0.0.1.", "[2002:7f00:1::]", "[::127.0.0.1]", "100.64.0.1", "224.0.0.1",
            "255.255.255.255", "[::]",
        ],
    )  # fmt: skip
    def test_are_not_asked_in_any_spelling(self, host: str) -> None:
        error = refused(f"http://{host}:9/", allow_private=False)
        assert error.kind == "blocked"
        assert error.url

    def test_are_asked_when_the_user_typed_them(self, web: WebServer) -> None:
        assert get(web.url("/feed"), allow_private=True).body == FEED
        assert refused(web.url("/feed"), allow_private=False).kind == "blocked"
        assert len(web.requests) == 1

    def test_stay_closed_to_redirects_from_a_typed_address(self, web: WebServer) -> None:
        with WebServer() as inner:
            inner.route("/secret", b"secret")
            web.redirect("/a", inner.url("/secret"))
            assert refused(web.url("/a")).kind == "blocked"
            web.redirect("/b", f"http://localhost:{inner.port}/secret")
            assert refused(web.url("/b")).kind == "blocked"
            assert inner.requests == []

    def test_a_name_resolved_for_a_typed_feed_stays_closed_to_others(self, web: WebServer) -> None:
        url = f"http://localhost:{web.port}/feed"

        async def both() -> None:
            async with Fetcher() as fetcher:
                assert (await fetcher.get(url, allow_private=True)).body == FEED
                with pytest.raises(FeedError) as caught:
                    await fetcher.get(url)
                assert caught.value.kind == "blocked"

        asyncio.run(both())
        assert len(web.requests) == 1


class TestLogins:
    def test_in_the_address_become_basic_auth(self, web: WebServer) -> None:
        fetched = get(web.url("/feed", login="user:p%40ss"))
        assert web.requests[0].headers["Authorization"] == "Basic dXNlcjpwQHNz"
        assert fetched.url == web.url("/feed")

    def test_never_appear_in_messages(self, web: WebServer) -> None:
        url = web.url("/none", login="user:hunter2")
        for error in (
            refused(url),
            refused(url, allow_private=False),
            refused("http://user:hunter2@no-such-host.invalid/", allow_private=False),
            refused("ftp://user:hunter2@example.org/"),
            refused("http://user:hunter2@x:99999/"),
        ):
            assert "hunter2" not in f"{error!r}{error}"

    def test_go_on_to_the_same_server_only(self, web: WebServer) -> None:
        web.redirect("/here", "/feed")
        get(web.url("/here", login="user:secret"))
        assert [r.headers["Authorization"] is not None for r in web.requests] == [True, True]

    def test_do_not_follow_a_redirect_to_another_server(
        self, web: WebServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("reader.feeds.guard.is_public", lambda _: True)
        monkeypatch.setattr("reader.feeds.fetch.is_private_literal", lambda _: False)
        with WebServer() as other:
            other.route("/feed", FEED)
            web.redirect("/away", other.url("/feed", login="stolen:login"), 301)
            fetched = get(web.url("/away", login="user:secret"))
            assert fetched.body == FEED
            assert other.requests[0].headers["Authorization"] is None
            assert fetched.moved_to == ""

    def test_stay_with_the_address_when_it_moves_on_its_server(self, web: WebServer) -> None:
        web.redirect("/old", "/feed", 301)
        fetched = get(web.url("/old", login="user:secret"))
        assert fetched.moved_to == web.url("/feed", login="user:secret")


class TestLimits:
    def test_a_declared_size_is_enough_to_refuse(self, web: WebServer) -> None:
        web.route("/feed", Reply(b"", {"Content-Length": "50000000"}))
        assert refused(web.url("/feed")).kind == "size"

    def test_an_endless_body_is_cut(self, web: WebServer) -> None:
        def endless(_: Request) -> Reply:
            def pieces() -> Iterator[bytes]:
                while web.pause(0):
                    yield b"x" * 65536

            return Reply(pieces())

        web.route("/feed", endless)
        assert refused(web.url("/feed"), limits=Limits(body_bytes=1_000_000)).kind == "size"

    def test_a_gzip_bomb_costs_no_memory(self, web: WebServer) -> None:
        web.route("/feed", Reply(gzip_bomb(1000), {"Content-Encoding": "gzip"}))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        assert refused(web.url("/feed")).kind == "size"
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        assert grown < 60_000  # kilobytes; the limit is 10 MB and the bomb 1 GB

    def test_a_body_at_the_limit_is_whole(self, web: WebServer) -> None:
        web.route("/feed", b"x" * 1000)
        assert len(get(web.url("/feed"), limits=Limits(body_bytes=1000)).body) == 1000
        assert refused(web.url("/feed"), limits=Limits(body_bytes=999)).kind == "size"

    def test_a_server_that_drips_is_cut_at_the_deadline(self, web: WebServer) -> None:
        def drip(_: Request) -> Reply:
            def pieces() -> Iterator[bytes]:
                while web.pause(0.02):
                    yield b"<"

            return Reply(pieces())

        web.route("/feed", drip)
        assert refused(web.url("/feed"), limits=Limits(deadline=0.3)).kind == "timeout"

    def test_the_deadline_counts_all_redirects_together(self, web: WebServer) -> None:
        def slowly(request: Request) -> Reply:
            web.pause(0.15)
            return Reply(b"", {"Location": f"{request.path}x"}, 302)

        for n in range(10):
            web.route(f"/{'x' * n}", slowly)
        assert refused(web.url("/"), limits=Limits(deadline=0.4)).kind == "timeout"

    def test_cancelling_waits_for_nothing(self, web: WebServer) -> None:
        arrived = threading.Event()

        def slow(_: Request) -> bytes:
            arrived.set()
            return FEED if web.pause(120) else b"late"

        web.route("/feed", slow)

        async def cancelled() -> None:
            async with Fetcher() as fetcher:
                asking = asyncio.create_task(fetcher.get(web.url("/feed"), allow_private=True))
                await asyncio.to_thread(arrived.wait, 60)
                asking.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await asking

        asyncio.run(asyncio.wait_for(cancelled(), 60))


class TestTurns:
    def test_one_host_is_asked_by_a_few_at_once(self, web: WebServer) -> None:
        pair = threading.Barrier(2)

        def answer(_: Request) -> bytes:
            pair.wait(60)
            return FEED if web.pause(0.05) else b"late"

        web.route("/feed", answer)

        async def many() -> None:
            async with Fetcher(total=8, per_host=2) as fetcher:
                asked = (fetcher.get(web.url("/feed"), allow_private=True) for _ in range(8))
                await asyncio.gather(*asked)

        asyncio.run(many())
        assert web.most_at_once == 2

    def test_a_slow_host_does_not_hold_up_another(self, web: WebServer) -> None:
        web.route("/slow", lambda _: FEED if web.pause(120) else b"late")

        async def both() -> None:
            with WebServer() as other:
                other.route("/feed", FEED)
                async with Fetcher(total=3, per_host=2) as fetcher:
                    slow = [
                        asyncio.create_task(fetcher.get(web.url("/slow"), allow_private=True))
                        for _ in range(10)
                    ]
                    await asyncio.sleep(0.1)
                    await fetcher.get(other.url("/feed"), allow_private=True)
                    for task in slow:
                        task.cancel()
                    await asyncio.gather(*slow, return_exceptions=True)

        asyncio.run(asyncio.wait_for(both(), 60))

    def test_requests_to_one_public_host_are_spaced(
        self, web: WebServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("reader.feeds.turns.is_loopback", lambda _: False)

        async def three() -> float:
            async with Fetcher(spacing=0.1) as fetcher:
                began = time.monotonic()
                asked = (fetcher.get(web.url("/feed"), allow_private=True) for _ in range(3))
                await asyncio.gather(*asked)
            return time.monotonic() - began

        assert asyncio.run(three()) >= 0.2

    def test_loopback_is_not_spaced(self, web: WebServer) -> None:
        async def three() -> None:
            async with Fetcher(spacing=60) as fetcher:
                for _ in range(3):
                    await fetcher.get(web.url("/feed"), allow_private=True)

        asyncio.run(asyncio.wait_for(three(), 60))
