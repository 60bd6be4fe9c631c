"""What the article list says of itself: above its rows, or in place of them when it is empty."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reader.gui import words
from reader.gui.presenters.empty import Empty, broken, no_results, why
from reader.gui.presenters.listing import AlertList, Shown


@dataclass(frozen=True, slots=True)
class Around:
    """What the words depend on besides the list itself.

    `unread`: how many the place on show holds. `searching`: an answer is waited for. `refused`:
    what stands in the search box cannot be run, and the rows are those of an earlier query.
    `broken`: why saved searches cannot be run, by their ids.
    """

    unread: int = 0
    unread_only: bool = False
    searching: bool = False
    refused: bool = False
    refreshing: bool = False
    feeds: int = 0
    broken: Mapping[int, str] = field(default_factory=dict)


def subtitle(shown: Shown, count: int, alerts: AlertList | None, around: Around) -> str:
    """How much is listed."""
    if around.searching:
        return "Searching…"
    if shown.searched:
        kind = "unread result" if around.unread_only else "result"
        old = f" for “{shown.query}”" if around.refused else ""
        return words.counted(count, kind) + old
    if alerts is not None:
        return alerts.subtitle(count)
    if around.unread_only or shown.scope.unread:
        return words.counted(count, "unread article")
    unread = f"{words.number(around.unread)} unread · " if around.unread else ""
    return unread + words.counted(count, "article")


def why_empty(shown: Shown, alerts: AlertList | None, around: Around) -> Empty:
    if alerts is not None and around.feeds:
        return alerts.why_empty()
    if shown.searched:
        return no_results(shown.query, unread=around.unread_only)
    if (problem := around.broken.get(shown.scope.saved or 0)) is not None:
        return broken(problem)
    return why(
        shown.scope,
        feeds=around.feeds,
        unread=around.unread_only,
        refreshing=around.refreshing,
    )
