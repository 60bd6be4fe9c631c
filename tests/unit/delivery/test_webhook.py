"""Webhooks against a real server: what is posted, and what each answer means."""

import asyncio
import errno
import hashlib
import hmac
import json
import os
import socket
from collections.abc import Iterator

import pytest

from reader.delivery.message import Message, document
from reader.delivery.webhook import SIGNATURE, Webhook
from reader.errors import DeliveryError
from reader.settings import Webhook as Settings
from tests.helpers.post import PostOffice
from tests.helpers.web import Reply, Request, WebServer
from tests.unit.delivery.messages import alert, line, told

ONE = told(alert(1, "قائمة"), lines=(line(1, title="港 Хафтар"),))


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def send(url: str, message: Message = ONE, secret: str | None = None, seconds: float = 10) -> None:
    asyncio.run(Webhook(Settings(url, seconds), lambda: secret).send(message))


def refused(url: str, seconds: float = 10) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        send(url, seconds=seconds)
    return caught.value


def test_alerts_are_posted_as_json_under_the_name_of_their_batch(web: WebServer) -> None:
    web.route("/hook", Reply(b"", {}, 204))
    send(web.url("/hook?key=1"))
    (request,) = web.requests
    assert (request.method, request.path) == ("POST", "/hook?key=1")
    assert json.loads(request.body) == document(ONE)
    assert request.headers["Content-Type"] == "application/json; charset=utf-8"
    assert request.headers["Idempotency-Key"] == "webhook-1"
    assert request.headers["User-Agent"].startswith("MediaReader/")
    assert SIGNATURE not in request.headers


def test_shared_secret_signs_the_very_bytes_that_are_sent(web: WebServer) -> None:
    web.route("/hook", b"ok")
    send(web.url("/hook"), secret="pässword")
    (request,) = web.requests
    expected = hmac.new("pässword".encode(), request.body, hashlib.sha256).hexdigest()
    assert request.headers[SIGNATURE] == f"sha256={expected}"


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_any_success_is_delivered(web: WebServer, status: int) -> None:
    web.route("/hook", Reply(b"", {}, status))
    send(web.url("/hook"))
    assert len(web.requests) == 1


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (400, "did not take the alerts (400)"),
        (401, "refuses us; see webhook.url, and the secret you share with it (401)"),
        (404, "is not there; see webhook.url (404)"),
        (405, "takes nothing by POST"),
        (410, "is gone"),
        (413, "too many alerts at once (413)"),
        (500, "did not take the alerts (500)"),
        (503, "did not take the alerts (503)"),
    ],
)
def test_refusal_says_why_and_names_no_more_than_the_host(
    web: WebServer, status: int, said: str
) -> None:
    web.route("/T0KEN", Reply(b"nope", {}, status))
    problem = refused(web.url("/T0KEN?key=s3cret"))
    assert said in str(problem)
    assert f"127.0.0.1:{web.port}" in str(problem)
    assert "T0KEN" not in str(problem)
    assert "s3cret" not in str(problem)
    assert problem.retry_after is None
    assert problem.too_large == (status == 413)


@pytest.mark.parametrize(
    ("status", "final"),
    [(400, True), (409, True), (415, True), (422, True), (451, True),
     (401, False), (403, False), (404, False), (408, False), (410, False), (413, False),
     (425, False), (429, False), (302, False), (500, False), (503, False)],
)  # fmt: skip
def test_what_is_about_the_message_is_final_and_all_else_may_be_mended(
    web: WebServer, status: int, final: bool
) -> None:
    web.route("/hook", Reply(b"", {}, status))
    assert refused(web.url("/hook")).refused == final


def test_wish_to_wait_is_passed_on(web: WebServer) -> None:
    web.route("/hook", Reply(b"", {"Retry-After": "120"}, 429))
    problem = refused(web.url("/hook"))
    assert "less often" in str(problem)
    assert problem.retry_after == 120
    web.route("/hook", Reply(b"", {"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"}, 503))
    assert refused(web.url("/hook")).retry_after is None


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_told_and_not_followed(web: WebServer, status: int) -> None:
    web.redirect("/old", web.url("/new"), status)
    web.route("/new", b"ok")
    assert "enter the address it leads to" in str(refused(web.url("/old")))
    assert [request.path for request in web.requests] == ["/old"]


def test_slow_server_is_left(web: WebServer) -> None:
    def slow(_: Request) -> bytes:
        web.pause(30)
        return b"ok"

    web.route("/hook", slow)
    assert "did not answer within 1 s" in str(refused(web.url("/hook"), 1.0))


def test_server_that_is_not_there_is_named() -> None:
    with socket.socket() as taken:  # nobody else gets its port, and nobody listens there
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/hook"
        said = str(refused(url))
    assert f"cannot be reached ({os.strerror(errno.ECONNREFUSED)});" in said


def test_server_that_hangs_up_is_named(web: WebServer) -> None:
    def hang_up(_: Request) -> bytes:
        web._server.end_connections()
        return b""

    web.route("/hook", hang_up)
    assert "closed the connection" in str(refused(web.url("/hook")))


def test_unknown_certificate_is_not_trusted() -> None:
    with PostOffice(tls="tls") as office:
        said = str(refused(f"https://127.0.0.1:{office.port}/hook"))
    assert "certificate that is not trusted" in said


def test_server_without_encryption_is_no_https(web: WebServer) -> None:
    said = str(refused(f"https://127.0.0.1:{web.port}/hook", 5))
    assert "127.0.0.1" in said
    assert web.requests == []


def test_thousand_alerts_are_one_request(web: WebServer) -> None:
    web.route("/hook", b"ok")
    send(web.url("/hook"), told(*(alert(n) for n in range(1, 1_001))))
    (request,) = web.requests
    assert len(json.loads(request.body)["articles"]) == 1_000
