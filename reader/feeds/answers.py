"""What a server's answer means, and the sentence a person reads when it is bad news."""

import errno
import re
import socket
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
from yarl import URL

from reader.errors import FeedError
from reader.feeds.guard import blocked
from reader.feeds.links import host, without_password

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HOST = re.compile(r"[\w.:%~-]+")
_CHECK = "check the address"


def address(url: str) -> URL:
    """The address to ask, or FeedError of kind "address"."""
    text = url.strip()
    shown = without_password(text)
    try:
        parsed = URL(text)
        valid = bool(_HOST.fullmatch(parsed.raw_host or "")) and (parsed.port or 0) > 0
    except (ValueError, UnicodeError) as problem:
        raise _error(f"{shown!r} is not a web address; {_CHECK}.", "address", shown) from problem
    if parsed.scheme and parsed.scheme not in {"http", "https"}:
        sentence = (
            f"{shown!r} is not fetched: give an address that starts with http:// or https://."
        )
        raise _error(sentence, "address", shown)
    if not valid or not parsed.scheme:
        what = f"{shown!r} is not a full" if shown.rpartition("://")[2] else "This is no"
        sentence = f"{what} web address; write it as https://example.org/feed."
        raise _error(sentence, "address", shown)
    return parsed


def conditions(etag: str, last_modified: str) -> dict[str, str]:
    """Headers asking only for what is new; a value that could not be a header is left out."""
    wanted = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: v for name, v in wanted.items() if v and not _CONTROL.search(v)}


def target(url: URL, location: str) -> URL:
    """Where a redirect leads, without a login of its own."""
    try:
        aim = url.join(URL(location.strip()))
        usable = bool(location.strip()) and bool(aim.host) and (aim.port or 0) > 0
    except (ValueError, UnicodeError) as problem:
        raise _lost(url) from problem
    if not usable or aim.scheme not in {"http", "https"}:
        raise _lost(url)
    return aim.with_user(None).with_fragment(None)


def check(answer: aiohttp.ClientResponse, url: URL, *, conditional: bool) -> None:
    """Passes 2xx, and 304 when it was asked for; raises FeedError for everything else."""
    status, name = answer.status, host(str(url))
    if 200 <= status < 300 or (status == 304 and conditional):
        return
    wait = retry_after(answer.headers.get("Retry-After", ""), answer.headers.get("Date", ""))
    if status == 410:
        sentence = (
            f"{name} says this feed is gone for good (410); remove it or find its new address."
        )
        raise _error(sentence, "gone", url)
    if status in {429, 503}:
        raise FeedError(
            f"{name} asks us to come back later ({status}); wait before the next try.",
            "limited",
            str(url),
            wait,
        )
    raise FeedError(_refusal(status, name, answer.reason or ""), "http", str(url), wait)


def _refusal(status: int, name: str, reason: str) -> str:
    if status in {401, 407}:
        return (
            f"{name} wants a login ({status}); put it into the address: https://user:password@…/."
        )
    if status == 403:
        return f"{name} refuses to hand this feed out (403); {_CHECK} or ask its owner."
    if status == 404:
        return f"{name} has no such page (404); {_CHECK}."
    if status >= 500:
        return f"{name} has a problem of its own ({status}); try again later."
    said = _CONTROL.sub(" ", reason)[:60].strip()
    return f"{name} answered {status}{f' {said}' if said else ''} instead of a feed; {_CHECK}."


def retry_after(header: str, date: str = "", now: datetime | None = None) -> float | None:
    """Seconds to wait, from seconds or an HTTP date; None when there is nothing usable.

    A date is measured against the server's own clock when it sent one: clocks differ.
    """
    header = header.strip()
    if re.fullmatch(r"[+-]?\d{1,12}(?:\.\d*)?", header, re.ASCII):
        return max(0.0, float(header))
    until = _http_date(header)
    if until is None:
        return None
    since = _http_date(date) or now or datetime.now(UTC)
    return max(0.0, (until - since).total_seconds())


def _http_date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def translated(problem: Exception, url: URL) -> FeedError:
    """What went wrong on the line, as a FeedError."""
    name, cause = host(str(url)), _cause(problem)
    if isinstance(problem, aiohttp.ClientSSLError) or isinstance(cause, ssl.SSLError):
        why = "its certificate is not valid" if _certificate(problem, cause) else "it speaks no TLS"
        return _error(f"No secure connection to {name}: {why}; {_CHECK}.", "tls", url)
    if isinstance(problem, aiohttp.ClientConnectorDNSError) or isinstance(cause, socket.gaierror):
        sentence = f"There is no host called {name}; {_CHECK} and your connection."
        return _error(sentence, "host", url)
    if isinstance(cause, OSError) and cause.errno in {errno.ENETUNREACH, errno.EHOSTUNREACH}:
        return _error(f"{name} cannot be reached; check your connection.", "host", url)
    if isinstance(cause, OSError) and cause.errno == errno.ETIMEDOUT:
        return _error(f"{name} did not answer; try again later.", "timeout", url)
    if isinstance(problem, aiohttp.ClientConnectorError):
        sentence = f"{name} refused the connection; {_CHECK} or try again later."
        return _error(sentence, "refused", url)
    if isinstance(problem, aiohttp.InvalidURL | ValueError):
        return _error(f"The address at {name} cannot be asked for; {_CHECK}.", "address", url)
    return _broken_off(problem, name, url)


def _broken_off(problem: Exception, name: str, url: URL) -> FeedError:
    if _undecodable(problem):
        sentence = f"{name} sent a body that cannot be decompressed; try again later."
        return _error(sentence, "broken", url)
    if isinstance(problem, aiohttp.ClientResponseError):
        return _error(f"{name} does not answer as a web server should; {_CHECK}.", "http", url)
    sentence = f"{name} broke off before its answer was complete; try again later."
    return _error(sentence, "refused", url)


def _undecodable(problem: BaseException | None) -> bool:
    while problem is not None:
        if type(problem).__name__ == "ContentEncodingError" or "encoding" in str(problem).lower():
            return True
        problem = problem.__cause__
    return False


def _cause(problem: BaseException) -> BaseException:
    inner = getattr(problem, "os_error", None) or problem.__cause__
    return inner if isinstance(inner, BaseException) else problem


def _certificate(problem: BaseException, cause: BaseException) -> bool:
    return isinstance(problem, aiohttp.ClientConnectorCertificateError) or isinstance(
        cause, ssl.SSLCertVerificationError
    )


def private(url: URL) -> FeedError:
    error = blocked(url.host or "")
    return FeedError(str(error), error.kind, str(url))


def too_slow(url: URL, seconds: float) -> FeedError:
    sentence = f"{host(str(url))} did not finish within {seconds:g} seconds; try again later."
    return _error(sentence, "timeout", url)


def too_big(url: URL, limit: int) -> FeedError:
    size = f"{limit / 1_000_000:g} MB"
    sentence = f"{host(str(url))} sends more than {size}, which no feed needs; {_CHECK}."
    return _error(sentence, "size", url)


def too_many_redirects(url: URL) -> FeedError:
    sentence = f"{host(str(url))} sends us round in circles (redirects); {_CHECK}."
    return _error(sentence, "redirect", url)


def empty(url: URL) -> FeedError:
    sentence = f"{host(str(url))} sent nothing at all; {_CHECK} or try again later."
    return _error(sentence, "empty", url)


def _lost(url: URL) -> FeedError:
    sentence = f"{host(str(url))} redirects to nowhere we can follow; {_CHECK}."
    return _error(sentence, "redirect", url)


def _error(sentence: str, kind: str, url: URL | str) -> FeedError:
    return FeedError(sentence, kind, without_password(str(url)))
