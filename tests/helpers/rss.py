"""RSS as a small site would serve it, for tests that fetch and read real bytes."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

from reader.paths import LibraryPaths
from reader.store.store import Store
from tests.helpers.web import Reply, Request, WebServer

START = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=3)


def rss(name: str, numbers: range, words: str = "Haftar met envoys in Tobruk.") -> bytes:
    """A feed with one item for each number, each `number` minutes older than the start."""
    items = "".join(
        f"<item><title>{escape(name)} {n}</title><guid>{name}-{n}</guid>"
        f"<link>https://{name}.example/{n}</link>"
        f"<pubDate>{format_datetime(START - timedelta(minutes=n))}</pubDate>"
        f"<description>{escape(words)} It was report {n} of {escape(name)}.</description></item>"
        for n in numbers
    )
    return (
        f'<rss version="2.0"><channel><title>{escape(name)}</title>'
        f"<link>https://{name}.example/</link><description>d</description>{items}</channel></rss>"
    ).encode()


def serve(web: WebServer, name: str, body: bytes, *, seconds: float = 0.0) -> str:
    """Put `body` at /name, with an ETag; answers after so many seconds. Returns the address."""
    etag = f'"{hash(body)}"'

    def answer(request: Request) -> Reply:
        if seconds:
            web.pause(seconds)
        if request.headers.get("If-None-Match") == etag:
            return Reply(b"", {"ETag": etag}, 304)
        return Reply(body, {"ETag": etag, "Content-Type": "application/rss+xml"})

    web.route(f"/{name}", answer)
    return web.url(f"/{name}")


def subscribed(paths: LibraryPaths, *urls: str) -> None:
    """The feeds, as if the user had typed their addresses."""
    with Store.open(paths) as store:
        for url in urls:
            store.feeds.add(url, now=START, allow_private=True)
