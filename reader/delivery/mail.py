"""E-mail, by the user's own mail server.

A message goes to all addresses or to none, so that trying again tells nobody twice. Its
Message-ID comes from the batch: should one be sent twice after a crash, mail programs can tell.
"""

import asyncio
import contextlib
import hashlib
import re
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from email.message import EmailMessage
from email.policy import SMTP as _WIRE
from email.utils import format_datetime

import aiosmtplib as smtp

from reader.delivery import compose
from reader.delivery.message import Message
from reader.errors import DeliveryError
from reader.settings import Email

_OURSELVES = "[127.0.0.1]"
"""How we greet: what our machine is called is nobody's business."""
_FAREWELL = 2.0
"""Seconds to part politely, once the message was taken."""
_SAID = 160
_NOT_LET_IN = frozenset((530, 534, 535, 538))
"""Some servers say only at the end that they want another login."""
_TOO_LARGE = 552


def _now() -> datetime:
    return datetime.now(UTC)


class Mail:
    """`password` is asked for when a login is needed; `zone`: of the times in the message."""

    def __init__(
        self,
        settings: Email,
        password: Callable[[], str | None],
        zone: tzinfo | None = None,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self._settings = settings
        self._password = password
        self._zone = zone
        self._clock = clock

    async def send(self, told: Message) -> None:
        """DeliveryError when the server did not take it for every address."""
        letter = mail(told, self._settings, self._clock(), self._zone)
        password = await asyncio.to_thread(self._password) if self._settings.user else None
        try:
            async with asyncio.timeout(self._settings.deadline_s):
                await self._sent(letter, password)
        except smtp.SMTPServerDisconnected as problem:
            raise self._failed("closed the connection; it will be tried again") from problem
        except (smtp.SMTPException, OSError) as problem:
            raise self._translated(problem, password or "") from problem

    async def _sent(self, letter: EmailMessage, password: str | None) -> None:
        settings = self._settings
        client = smtp.SMTP(
            hostname=settings.host,
            port=settings.port,
            local_hostname=_OURSELVES,
            timeout=settings.deadline_s,
            use_tls=settings.security == "tls",
            start_tls=settings.security == "starttls",
            tls_context=await self._trust(),
        )
        try:
            await client.connect()
            await client.ehlo()
            await self._log_in(client, password)
            await self._hand_over(client, letter)
            with contextlib.suppress(smtp.SMTPException, OSError):
                await client.quit(timeout=_FAREWELL)
        finally:
            client.close()

    async def _trust(self) -> ssl.SSLContext | None:
        """Reading all certificates this system trusts takes a moment."""
        if self._settings.security == "none":
            return None
        return await asyncio.to_thread(ssl.create_default_context)

    async def _log_in(self, client: smtp.SMTP, password: str | None) -> None:
        if not self._settings.user:
            return
        if password is None:
            raise DeliveryError(
                f"No password is known for {self._settings.user} at {self._settings.host}: enter "
                "it with media-reader alerts secret email."
            )
        if not client.supports_extension("auth"):
            raise self._failed("takes no login here; empty email.user, or use another port")
        await client.login(self._settings.user, password)

    async def _hand_over(self, client: smtp.SMTP, letter: EmailMessage) -> None:
        addresses = (sender(self._settings), *self._settings.to)
        foreign = not "".join(addresses).isascii()
        if foreign and not client.supports_extension("smtputf8"):
            raise self._failed("takes only addresses in plain ASCII; write them that way")
        options = ["SMTPUTF8"] if foreign else []
        await client.mail(addresses[0], options=options, encoding="utf-8")
        for address in addresses[1:]:
            await client.rcpt(address, encoding="utf-8")
        await client.data(letter.as_bytes(policy=_WIRE.clone(cte_type="7bit", utf8=foreign)))

    def _failed(self, what: str) -> DeliveryError:
        return DeliveryError(f"The mail server {self._settings.host} {what}.")

    def _translated(self, problem: Exception, password: str) -> DeliveryError:
        settings = self._settings
        match problem:
            case ssl.SSLCertVerificationError():
                return self._untrusted(problem)
            case smtp.SMTPAuthenticationError():
                return self._failed(
                    f"refuses the login of {settings.user} ({_said(problem, password)}); enter "
                    "the password again with media-reader alerts secret email"
                )
            case smtp.SMTPRecipientRefused(recipient=address):
                said = _said(problem, password)
                return self._failed(f"takes no mail for {address} ({said}); see email.to")
            case smtp.SMTPSenderRefused():
                return self._failed(
                    f"takes no mail from {sender(settings)} ({_said(problem, password)}); see "
                    "email.sender and email.user"
                )
            case smtp.SMTPDataError() if problem.code >= 500 and problem.code not in _NOT_LET_IN:
                return self._refused(problem, password)
            case smtp.SMTPResponseException():
                return self._failed(f"did not take the message ({_said(problem, password)})")
            case TimeoutError():
                return self._failed(f"did not take the message within {settings.deadline_s:g} s")
            case smtp.SMTPConnectError() if isinstance(problem.__cause__, OSError):
                return self._unreachable(problem.__cause__)
            case OSError():
                return self._unreachable(problem)
        if "STARTTLS" in str(problem):
            return self._failed('cannot encrypt by STARTTLS; set email.security to "tls"')
        return self._failed(f"did something unexpected ({_clean(str(problem), password)})")

    def _refused(self, problem: smtp.SMTPDataError, password: str) -> DeliveryError:
        """Sender and addresses were accepted: it is about the letter."""
        sentence = str(self._failed(f"did not take the message ({_said(problem, password)})"))
        large = problem.code == _TOO_LARGE
        return DeliveryError(sentence, too_large=large, refused=not large)

    def _unreachable(self, problem: OSError) -> DeliveryError:
        if isinstance(problem, ssl.SSLCertVerificationError):
            return self._untrusted(problem)
        if isinstance(problem, ssl.SSLError):
            return self._failed(
                f"and we could not agree on encryption (port {self._settings.port}, "
                f"{self._settings.security}); see email.port and email.security"
            )
        why = problem.strerror or str(problem) or type(problem).__name__
        return DeliveryError(
            f"The mail server {self._settings.host}, port {self._settings.port}, cannot be reached "
            f"({_clean(why, '')}); see email.host and email.port."
        )

    def _untrusted(self, problem: ssl.SSLCertVerificationError) -> DeliveryError:
        return self._failed(
            f"shows a certificate that is not trusted ({problem.verify_message}); see email.host"
        )


def mail(told: Message, settings: Email, now: datetime, zone: tzinfo | None) -> EmailMessage:
    """Plain text with HTML beside it; no line of it can end a header."""
    letter = EmailMessage(policy=_WIRE)
    letter["Subject"] = compose.subject(told)
    letter["From"] = sender(settings)
    letter["To"] = ", ".join(settings.to)
    letter["Date"] = format_datetime(now.astimezone(zone))
    letter["Message-ID"] = f"<{_id(told.notice.batch)}@{_domain(sender(settings))}>"
    letter["Auto-Submitted"] = "auto-generated"
    if told.notice.priority == "high":
        letter["Importance"] = "high"
        letter["X-Priority"] = "1"
    letter.set_content(compose.plain(told, zone))
    letter.add_alternative(compose.html(told, zone), subtype="html")
    return letter


def sender(settings: Email) -> str:
    return settings.sender or settings.to[0]


def _id(batch: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9-]{1,100}", batch):
        return batch
    return hashlib.blake2b(batch.encode(), digest_size=16).hexdigest()


def _domain(address: str) -> str:
    domain = address.rpartition("@")[2]
    return domain if re.fullmatch(r"[A-Za-z0-9.-]+", domain) else "media-reader.invalid"


def _said(problem: smtp.SMTPResponseException, password: str) -> str:
    return _clean(f"{problem.code} {problem.message}", password)


def _clean(text: str, password: str) -> str:
    """One short line; should a server repeat the password, we do not."""
    line = compose.clean(text.replace(password, "…") if password else text).rstrip(".")
    return line if len(line) <= _SAID else line[: _SAID - 1] + "…"
