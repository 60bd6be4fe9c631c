"""What a list says when it holds nothing: why, and what to do. Pure words, no widgets."""

import re
import textwrap
from dataclasses import dataclass

from reader.domain.scope import Scope


@dataclass(frozen=True, slots=True)
class Empty:
    """`actions` are ids of the registry, the first one the most useful; `queries` can be run."""

    icon: str
    title: str
    sentence: str
    actions: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()


NO_FEEDS = Empty(
    "rss",
    "No feeds yet",
    "Add the address of a feed or of any page, or bring your feeds along as an OPML file.",
    ("add_feed", "import"),
)
ALL_READ = Empty("circle-check", "All read", "There is nothing unread here.", ("refresh",))
NOT_YET = Empty(
    "newspaper",
    "Nothing here yet",
    "No article has been fetched so far. Refresh to fetch what the feeds hold now.",
    ("refresh",),
)
FETCHING = Empty(
    "refresh-cw", "Fetching…", "Articles appear here as soon as the first feed is read."
)
STARRED = Empty("star", "Nothing starred", "Press S on an article to find it here again.")
ALERTS = Empty(
    "bell",
    "No alerts",
    "When new articles match a saved search whose alert is on, they are listed here.",
)
_INBOX = {
    "open": Empty(
        "circle-check", "All judged", "Everything that fired has been kept, or called noise.",
        ("inbox_all",),
    ),
    "kept": Empty(
        "check", "Nothing kept", "Press K on an alert that was worth telling of.", ("inbox_all",)
    ),
    "noise": Empty(
        "bell-off", "No noise", "Press N on an alert that was not worth telling of: what most of "
        "them have in common is suggested for leaving out.", ("inbox_all",),
    ),
}  # fmt: skip
SAVED = Empty("search", "No article matches", "New articles that match will be listed here.")
ENTITY = Empty(
    "crosshair", "Not mentioned yet", "Articles that mention it in any spelling are listed here."
)


def no_results(query: str, *, unread: bool) -> Empty:
    """`unread`: read articles are hidden."""
    if unread:
        hint = "Only unread articles are shown. Press U to search in all of them."
        return Empty("search", "No unread results", hint, ("unread_only",))
    hint = "Try fewer words, another spelling (haftar~), or the beginning of a word (air*)."
    return Empty("search", f"Nothing found for “{_short(query)}”", hint, ("search",))


def broken(reason: str) -> Empty:
    """For a saved search that cannot be run and has found nothing before."""
    hint = f"{reason} Choose “Edit…” in its menu in the sidebar to mend it."
    return Empty("triangle-alert", "This search cannot be run", hint)


def no_alerts(verdict: str, *, filtered: bool) -> Empty:
    """For the inbox; `verdict`: "all", "open", "kept" or "noise" are listed."""
    if verdict in _INBOX:
        return _INBOX[verdict]
    if filtered:
        return Empty(
            "bell", "No such alerts", "Nothing that fired passes these filters.", ("inbox_clear",)
        )
    return ALERTS


def nothing_but(query: str, queries: tuple[str, ...]) -> Empty:
    """Nothing was found, but these queries would find something."""
    return Empty(
        "search", f"Nothing found for “{_short(query)}”", "Did you mean:", queries=queries[:5]
    )


def why(scope: Scope, *, feeds: int, unread: bool, refreshing: bool) -> Empty:
    """For a list that is not a search; `unread`: the filter is on."""
    if not feeds:
        return NO_FEEDS
    if scope.alerts:
        return ALERTS
    if unread or scope.unread:
        return ALL_READ
    if scope.starred:
        return STARRED
    if scope.saved is not None:
        return SAVED
    if scope.entity is not None:
        return ENTITY
    return FETCHING if refreshing else NOT_YET


def in_lines(query: str) -> str:
    """A query for a button, in as many short lines as it needs within reason."""
    lines = textwrap.wrap(query, 36, max_lines=4, placeholder=" …")
    return "\n".join(lines)


def _short(query: str) -> str:
    """A word too long for the list may be broken where a sign stands, else somewhere."""
    cut = query if len(query) <= 40 else query[:39].rstrip() + "…"
    cut = re.sub(r"(?<=[^\w\s\"“(])(?=\w)", "\u200b", cut)
    return re.sub(r"\w{16}(?=\w{4})", "\\g<0>\u200b", cut)
