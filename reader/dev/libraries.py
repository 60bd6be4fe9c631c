"""Libraries to measure and test with: the demo's, generated ones, and one of a million rows."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from reader.dev.newsroom import NEWEST, Newsroom, Story
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
        watch(store)
        import_file(store, resource("demo", "saved-searches.json"))


def watch(store: Store) -> None:
    """The demo's tracked names alone."""
    import_file(store, resource("demo", "watchlist.json"))


def fill(paths: LibraryPaths, articles: int, *, seed: int = 1) -> None:
    """So many articles from 200 feeds, written straight into the database and never indexed."""
    newsroom = Newsroom(seed, length=120)
    stories = [newsroom.story(number) for number in range(_TITLES)]
    with Store.open(paths) as store, store.transaction():
        feeds = [invented_feed(store, number) for number in range(_FEEDS)]
        for number in range(articles):
            add(store, feeds[number % _FEEDS], number, stories[number * 7 % _TITLES])


def add(store: Store, feed: int, number: int, story: Story | None = None) -> int:
    """The id of a new article with that number; the lower the number, the newer it is."""
    told = story or Story(number, "An invented article", "Somebody", ("Nothing happened.",), NEWEST)
    at = NEWEST - timedelta(minutes=number)
    return store.articles.add(
        NewArticle(
            feed_id=feed,
            key=number,
            content_hash=number,
            texts=Texts(f"{told.title} {number}", "", told.body),
            html=f"<p>{told.body}</p>",
            snippet=told.body[:200],
            sorted_at=at,
            first_seen=at,
            url=f"https://example.org/{number}",
            url_key=number,
            author=told.author,
            language="en",
            published=at,
        )
    )


def invented_feed(store: Store, number: int) -> int:
    """The id of a subscription that nobody will ask the network for."""
    url = f"https://feed{number}.example.org/rss.xml"
    feed_id = store.feeds.add(url, now=NEWEST, title=f"Invented {number}", folder="Invented")
    store.feeds.gone(feed_id)
    return feed_id


def links_of(paths: LibraryPaths) -> Sequence[str]:
    """The address of every article in the library, those that are there twice twice."""
    with Store.open(paths, read_only=True) as store:
        ids = store.articles.ids_below(None, 10_000_000)
        return [line.url for line in store.lists.lines(ids)]
