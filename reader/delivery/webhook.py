"""A webhook: alerts posted as JSON to an address the user entered, wherever that is.

`Idempotency-Key` is the batch: a receiver that was told twice after a crash can tell. With a shared
secret, `X-Media-Reader-Signature` is "sha256=" and the HMAC of the body in hexadecimal.
"""

import asyncio
import hashlib
import hmac
import json
import os
import ssl
from collections.abc import Callable
from urllib.parse import urlsplit

import aiohttp

import reader
from reader.delivery.message import Message, document
from reader.errors import DeliveryError
from reader.settings import Webhook as WebhookSettings

SIGNATURE = "X-Media-Reader-Signature"
_AGENT = f"MediaReader/{reader.__version__}"
_SENTENCES = {
    401: "refuses us; see webhook.url, and the secret you share with it",
    403: "refuses us; see webhook.url, and the secret you share with it",
    404: "is not there; see webhook.url",
    405: "takes nothing by POST; see webhook.url",
    410: "is gone; see webhook.url",
    413: "says that there were too many alerts at once",
    429: "asks us to send less often",
}
_NOT_THE_MESSAGE = frozenset((401, 402, 403, 404, 405, 407, 408, 410, 421, 423, 425, 426, 429))
"""About the address, who we are, or the moment; every other 4xx is about what was sent."""


class Webhook:
    """`secret` is asked for with every message; None: unsigned."""

    def __init__(self, settings: WebhookSettings, secret: Callable[[], str | None]) -> None:
        self._settings = settings
        self._secret = secret

    async def send(self, told: Message) -> None:
        """Any 2xx is delivered; everything else is a DeliveryError."""
        body = json.dumps(document(told), ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": _AGENT,
            "Idempotency-Key": told.notice.batch,
        }
        secret = await asyncio.to_thread(self._secret)
        if secret:
            headers[SIGNATURE] = signature(body, secret)
        try:
            await self._post(body, headers)
        except TimeoutError as problem:
            seconds = f"{self._settings.deadline_s:g}"
            raise self._failed(f"did not answer within {seconds} s") from problem
        except (aiohttp.ClientError, OSError, ValueError) as problem:
            raise self._failed(_reason(problem)) from problem

    async def _post(self, body: bytes, headers: dict[str, str]) -> None:
        unlimited = aiohttp.ClientTimeout(total=None)  # the deadline is ours
        async with (
            asyncio.timeout(self._settings.deadline_s),
            aiohttp.ClientSession(timeout=unlimited, cookie_jar=aiohttp.DummyCookieJar()) as web,
            web.post(
                self._settings.url, data=body, headers=headers, allow_redirects=False
            ) as answer,
        ):
            if not 200 <= answer.status < 300:
                raise self._refused(answer)

    def _refused(self, answer: aiohttp.ClientResponse) -> DeliveryError:
        """Redirects are not followed: they would turn what is posted into a mere visit."""
        wait = answer.headers.get("Retry-After", "")
        seconds = float(wait) if wait.isascii() and wait.isdecimal() and len(wait) < 7 else None
        if 300 <= answer.status < 400:
            what = "sends us elsewhere; enter the address it leads to as webhook.url"
        else:
            what = _SENTENCES.get(answer.status, "did not take the alerts")
        status = answer.status
        refused = 400 <= status < 500 and status != 413 and status not in _NOT_THE_MESSAGE
        return self._failed(f"{what} ({status})", seconds, status == 413, refused)

    def _failed(
        self, what: str, retry_after: float | None = None, too_large: bool = False,
        refused: bool = False,
    ) -> DeliveryError:  # fmt: skip
        """Only the host is named: the rest of such an address is often a secret."""
        sentence = f"The webhook at {_host(self._settings.url)} {what}."
        return DeliveryError(sentence, retry_after, too_large, refused)


def signature(body: bytes, secret: str) -> str:
    """What a receiver that knows the secret works out of the bytes it was sent."""
    return f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"


def _host(url: str) -> str:
    return urlsplit(url).netloc


def _reason(problem: Exception) -> str:
    match problem:
        case aiohttp.ClientConnectorCertificateError(certificate_error=inner):
            why = getattr(inner, "verify_message", "") or "unknown"
            return f"shows a certificate that is not trusted ({why})"
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return "and we could not agree on encryption; see webhook.url"
        case aiohttp.ClientConnectorDNSError():
            return "was not found; see webhook.url"
        case aiohttp.ClientConnectorError(os_error=inner):
            said = os.strerror(inner.errno) if inner.errno else inner.strerror or inner
            return f"cannot be reached ({said}); see webhook.url"
        case aiohttp.ServerDisconnectedError() | ConnectionError():
            return "closed the connection"
        case aiohttp.InvalidURL():
            return "has an address that cannot be used; see webhook.url"
    return f"did something unexpected ({type(problem).__name__})"
