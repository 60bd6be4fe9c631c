"""Libraries to measure and test with: the demo's, generated ones, and one of a million rows."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from reader.dev.newsroom import NEWEST, Newsroom
from reader.domain.article import Texts
from reader.paths import LibraryPaths, resource
from reader.services.exchange import import_file
from reader.store.articles import NewArticle
from reader.store.store import Store

_FEEDS = 200
_TITLES = 500
"""Different texts of a filled library; what its size costs does not depend on the words."""


def subscribe(paths: LibraryPaths, urls: Iterable[str], *, folder: str = "") -> None:
    """As if the user had typed the addresses: they are on this machine."""
    with Store.open(paths) as store, store.transaction():
        for url in urls:
            store.feeds.add(url, now=datetime.now(UTC), folder=folder, allow_private=True)


def track(paths: LibraryPaths) -> None:
    """The demo's tracked names and saved searches."""
    with Store.open(paths) as store:
        for name in ("watchlist.json", "saved-searches.json"):
            import_file(store, resource("demo", name))


def fill(paths: LibraryPaths, articles: int, *, seed: int = 1) -> None:
    """So many articles from 200 feeds, written straight into the database and never indexed."""
    newsroom = Newsroom(seed, length=120)
    stories = [newsroom.story(number) for number in range(_TITLES)]
    with Store.open(paths) as store, store.transaction():
        feeds = [_feed(store, number) for number in range(_FEEDS)]
        for number in range(articles):
            story = stories[number * 7 % _TITLES]
            at = NEWEST - timedelta(minutes=number)
            title = f"{story.title} {number}"
            texts = Texts(title, "", story.body)
            store.articles.add(
                NewArticle(
                    feed_id=feeds[number % _FEEDS],
                    key=number,
                    content_hash=number,
                    texts=texts,
                    html=f"<p>{story.body}</p>",
                    snippet=story.body[:200],
                    sorted_at=at,
                    first_seen=at,
                    url=f"https://example.org/{number}",
                    url_key=number,
                    author=story.author,
                    language="en",
                    published=at,
                )
            )


def _feed(store: Store, number: int) -> int:
    url = f"https://feed{number}.example.org/rss.xml"
    feed_id = store.feeds.add(url, now=NEWEST, title=f"Invented {number}", folder="Invented")
    store.feeds.gone(feed_id)  # nobody is to ask the network for it
    return feed_id


def links_of(paths: LibraryPaths) -> Sequence[str]:
    """The address of every article in the library, those that are there twice twice."""
    with Store.open(paths, read_only=True) as store:
        ids = store.articles.ids_below(None, 10_000_000)
        return [line.url for line in store.lists.lines(ids)]
