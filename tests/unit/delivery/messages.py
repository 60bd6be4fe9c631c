"""Messages for tests: what fired, article by article."""

from datetime import UTC, datetime
from typing import Any

from reader.delivery.message import Message, message
from reader.domain.alert import Alert, Context, Notice
from reader.domain.article import ArticleLine, Span

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def alert(article: int = 1, name: str = "Libya", word: str = "Tobruk", **values: Any) -> Alert:
    """Fired at noon by `word`, the first of the article's title."""
    usual = {
        "title": f"{word} closed",
        "why": (Span("title", 0, len(word), word),),
        "at": NOON,
        "id": 10 * article,
        "context": (Context("title", f"{word} closed", ((0, len(word)),)),),
    }
    return Alert(article_id=article, saved_search=name, **{**usual, **values})


def line(article: int = 1, **values: Any) -> ArticleLine:
    usual = {
        "title": f"Title {article}",
        "source": "The Wire",
        "feed": "https://wire.example/feed",
        "url": f"https://wire.example/{article}?a=1&b=2",
        "author": "",
        "language": "en",
        "published": NOON,
        "sorted_at": NOON,
        "read": False,
        "starred": False,
        "snippet": "",
    }
    return ArticleLine(id=article, **{**usual, **values})


def told(*alerts: Alert, lines: tuple[ArticleLine, ...] = (), **values: Any) -> Message:
    """A message of these alerts; each article has a line of its own unless given."""
    given = {one.id for one in lines}
    ids = dict.fromkeys(a.article_id for a in alerts)
    others = tuple(line(i) for i in ids if i not in given)
    usual = {"batch": "webhook-1", "channel": "webhook"}
    return message(Notice(alerts=alerts, **{**usual, **values}), lines + others)
