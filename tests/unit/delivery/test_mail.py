"""E-mail against a real server: what it takes arrives whole, and what it refuses says why."""

import asyncio
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reader.delivery.mail import Mail
from reader.delivery.message import Message
from reader.errors import DeliveryError
from reader.settings import Email
from tests.helpers.post import CERTIFICATE, PostOffice
from tests.unit.delivery.messages import NOON, alert, line, told

SECRET = "correct horse"
ONE = told(alert(1), channel="email", batch="email-1")


@pytest.fixture
def post() -> Iterator[PostOffice]:
    with PostOffice() as office:
        yield office


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))


def settings(post: PostOffice, **values: Any) -> Email:
    usual = {"host": "127.0.0.1", "port": post.port, "security": "none", "deadline_s": 10.0}
    return Email(**{**usual, "to": ("ann@news.example",), **values})


def send(to: Email, message: Message = ONE, password: str | None = SECRET) -> None:
    mail = Mail(to, lambda: password, ZoneInfo("Europe/Berlin"), lambda: NOON)
    asyncio.run(mail.send(message))


def refused(to: Email, password: str | None = SECRET) -> str:
    with pytest.raises(DeliveryError) as caught:
        send(to, password=password)
    return str(caught.value)


def test_letter_arrives_with_text_and_html_for_everybody(post: PostOffice) -> None:
    to = ("ann@news.example", "bo@news.example")
    send(settings(post, to=to, sender="desk@news.example"))
    (letter,) = post.letters
    assert (letter.sender, letter.recipients) == ("desk@news.example", list(to))
    assert letter.message["To"] == "ann@news.example, bo@news.example"
    assert letter.message["Subject"] == "Libya: Title 1"
    assert parsedate_to_datetime(letter.message["Date"]) == NOON
    assert letter.message["Date"].endswith("13:00:00 +0100")
    assert "Title: *Tobruk* closed" in letter.text()
    assert "<mark>Tobruk</mark>" in letter.text("html")


def test_same_batch_has_the_same_name_and_another_has_another(post: PostOffice) -> None:
    for batch in ("email-1", "email-1", "email-2", "strange name\r\n", "strange name\r\n"):
        send(settings(post), told(alert(1), batch=batch))
    ids = [letter.message["Message-ID"] for letter in post.letters]
    assert ids[0] == ids[1] == "<email-1@news.example>"
    assert ids[3] == ids[4]
    assert len(set(ids)) == 3


def test_texts_in_every_script_arrive_as_they_were(post: PostOffice) -> None:
    words = "Хафтар حفتر 港 ẞ 🛰 " * 200
    send(settings(post), told(alert(1, "قائمة"), lines=(line(1, title=words),)))
    (letter,) = post.letters
    assert letter.data.isascii()
    assert max(map(len, letter.data.split(b"\r\n"))) < 998
    text = re.sub("[\u2068\u2069]", "", letter.text())
    assert " ".join(words.split()) in " ".join(text.split())
    assert letter.message["Subject"].startswith("قائمة: Хафтар")


def test_letter_with_lines_of_a_single_dot_arrives_whole(post: PostOffice) -> None:
    send(settings(post), told(alert(1, "."), alert(2, "..")))
    assert "     1  .\n     1  ..\n" in post.letters[0].text()


def test_high_priority_is_told_to_mail_programs(post: PostOffice) -> None:
    send(settings(post), told(alert(1), priority="high"))
    send(settings(post), told(alert(1)))
    assert [letter.message["Importance"] for letter in post.letters] == ["high", None]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_connection_is_encrypted_before_the_password_is_sent(trusted: None, security: str) -> None:
    with PostOffice({"ann": SECRET}, tls=security) as post:
        send(settings(post, security=security, user="ann"))
    assert [(letter.user, letter.encrypted) for letter in post.letters] == [("ann", True)]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_server_of_an_unknown_certificate_is_told_nothing(security: str) -> None:
    with PostOffice({"ann": SECRET}, tls=security) as post:
        said = refused(settings(post, security=security, user="ann"))
    assert "certificate that is not trusted" in said
    assert post.letters == []


def test_server_without_starttls_is_told_nothing() -> None:
    with PostOffice({"ann": SECRET}) as post:
        said = refused(settings(post, security="starttls", user="ann"))
    assert 'cannot encrypt by STARTTLS; set email.security to "tls"' in said


def test_starttls_that_is_refused_is_no_reason_to_go_on_unencrypted(trusted: None) -> None:
    with PostOffice({"ann": SECRET}, tls="starttls", say={"STARTTLS": "454 not now"}) as post:
        said = refused(settings(post, security="starttls", user="ann"))
    assert "454" in said
    assert post.letters == []


def test_unencrypted_port_for_tls_says_what_to_look_at(post: PostOffice) -> None:
    said = refused(settings(post, security="tls", deadline_s=2.0))
    assert "email.security" in said


def test_wrong_password_says_how_to_enter_it_and_is_not_repeated() -> None:
    said = "535 no such login as ann with hunter2"
    with PostOffice({"ann": SECRET}, say={"AUTH": said}) as post:
        told_ = refused(settings(post, user="ann"), "hunter2")
    assert "refuses the login of ann" in told_
    assert "media-reader alerts secret email" in told_
    assert "hunter2" not in told_


def test_missing_password_is_asked_for(post: PostOffice) -> None:
    said = refused(settings(post, user="ann"), None)
    assert "No password is known for ann at 127.0.0.1" in said


def test_server_that_takes_no_login_says_so(post: PostOffice) -> None:
    assert "takes no login here" in refused(settings(post, user="ann"))


def test_message_goes_to_all_addresses_or_to_none(post: PostOffice) -> None:
    to = settings(post, to=("ann@news.example", "gone@news.example", "bo@news.example"))
    post.refused = {"gone@news.example"}
    assert "takes no mail for gone@news.example (550" in refused(to)
    assert post.letters == []
    post.refused = set()
    send(to)
    assert len(post.letters) == 1


@pytest.mark.parametrize(
    ("step", "line", "told"),
    [
        ("HELLO", "554 go away", "did not take the message (554 go away)"),
        ("MAIL", "550 who are you", "takes no mail from ann@news.example (550 who are you)"),
        ("DATA", "452 disk full", "did not take the message (452 disk full)"),
        ("DONE", "554 looks like spam", "did not take the message (554 looks like spam)"),
        ("DONE", "", "closed the connection"),
        ("RCPT", "", "closed the connection"),
        ("HELLO", "garbage \x7f", "127.0.0.1"),
    ],
)
def test_refusal_at_any_step_says_why(post: PostOffice, step: str, line: str, told: str) -> None:
    post.say[step] = line
    assert told in refused(settings(post))


@pytest.mark.parametrize(
    ("step", "line", "final", "large"),
    [
        ("DONE", "554 looks like spam", True, False),
        ("DONE", "550 no", True, False),
        ("DONE", "552 too large", False, True),
        ("DONE", "451 try later", False, False),
        ("DONE", "535 log in first", False, False),
        ("MAIL", "550 who are you", False, False),
        ("RCPT", "550 nobody", False, False),
        ("HELLO", "554 go away", False, False),
    ],
)
def test_only_a_letter_that_is_refused_for_itself_is_refused_for_good(
    post: PostOffice, step: str, line: str, final: bool, large: bool
) -> None:
    post.say[step] = line
    with pytest.raises(DeliveryError) as caught:
        send(settings(post))
    assert (caught.value.refused, caught.value.too_large) == (final, large)


def test_letter_is_sent_once_whatever_the_farewell_is(post: PostOffice) -> None:
    post.say["QUIT"] = ""
    send(settings(post))
    assert len(post.letters) == 1


@pytest.mark.parametrize("step", ["HELLO", "DONE"])
def test_slow_server_is_left(post: PostOffice, step: str) -> None:
    post.patience[step] = 30
    assert "within 1 s" in refused(settings(post, deadline_s=1.0))


def test_server_that_is_not_there_says_where_we_looked() -> None:
    with PostOffice() as post:
        to = settings(post)
    said = refused(to)
    assert f"127.0.0.1, port {to.port}, cannot be reached" in said
    assert "email.host" in said


def test_foreign_addresses_need_a_server_that_knows_them(post: PostOffice) -> None:
    to = settings(post, to=("añ@bücher.example",))
    assert "plain ASCII" in refused(to)
    post.offers = ("SMTPUTF8",)
    send(to)
    assert post.letters[0].recipients == ["añ@bücher.example"]
    assert post.letters[0].message["To"] == "añ@bücher.example"


def test_sending_can_be_cancelled(post: PostOffice) -> None:
    post.patience["HELLO"] = 120

    async def cancelled() -> None:
        mail = Mail(settings(post), lambda: None)
        sending = asyncio.create_task(mail.send(ONE))
        while not post.connections:  # noqa: ASYNC110 - it comes to a server's thread
            await asyncio.sleep(0.005)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending

    asyncio.run(asyncio.wait_for(cancelled(), 60))
