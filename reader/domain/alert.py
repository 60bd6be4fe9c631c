"""Alerts: when a saved search tells of its hits, what it then says, and how good it is.

An alert fires in the transaction that stores the article: it then stands in the inbox, whatever
becomes of its delivery. What is to be delivered elsewhere waits in the outbox, by channel.
"""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from reader.domain.article import Span

WHEN = ("at once", "hourly", "daily", "weekly")
CHANNELS = ("desktop", "email", "webhook", "command")
"""Where an alert can go beside the inbox, which has them all."""
PRIORITIES = ("low", "normal", "high")


@dataclass(frozen=True, slots=True)
class AlertRule:
    """How the alert of a saved search behaves while it is on."""

    when: str = "at once"
    channels: tuple[str, ...] = ("desktop",)
    quiet: str = ""
    """Local hours in which nothing is delivered: "22:00-07:00"; "" as the settings have it,
    "none" for no such hours. What fires then is delivered, together, at their end."""
    cooldown_minutes: int = 0
    """The least time between two deliveries; what fires meanwhile comes with the next."""
    priority: str = "normal"
    """"high" is delivered in quiet hours too; "low" makes no sound and does not stay on screen."""
    sound: bool = False
    max_age_hours: int = 0
    """Articles published longer ago than this fire nothing; 0: as the settings have it."""
    each_outlet: bool = False
    """Copies of an article that has fired before fire too, once for each outlet."""


AS_USUAL = AlertRule()


@dataclass(frozen=True, slots=True)
class Context:
    """Words that fired an alert, with what stands around them.

    `spans`: (start, end) of the words in `text`, in code points.
    """

    field: str
    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Alert:
    """A saved search that fired for an article. `version`: of the search's query, `revision`: of
    the article's text, when it did; `why` are places in that text."""

    article_id: int
    title: str
    saved_search: str
    why: tuple[Span, ...]
    at: datetime
    seen: bool = False
    source: str = ""
    id: int = 0
    saved_id: int | None = None
    """None when the saved search is gone."""
    version: int = 1
    revision: int = 1
    priority: str = "normal"
    context: tuple[Context, ...] = ()
    kept: bool | None = None
    """True: judged worth keeping; False: noise; None: not judged."""
    more: int = 0
    """Places beyond those of `why`, which are the first ones of very many."""


@dataclass(frozen=True, slots=True)
class InboxQuery:
    """Which articles the inbox lists: those with an alert that is as all of this says.

    `verdict`: "all", "open" (of a search that is left, and not judged), "kept" or "noise".
    `saved`: of this saved search; 0: of any. `unseen`: that nobody has looked at, or one of
    `among`. `unread`: of articles that are.
    """

    verdict: str = "all"
    saved: int = 0
    unseen: bool = False
    among: tuple[int, ...] = ()
    unread: bool = False


@dataclass(frozen=True, slots=True)
class InboxList:
    """`ids`: of articles, the one that fired last first. `counts`: articles by verdict, for all
    else that was asked. `unseen`: the article of every alert nobody has looked at. `searches`:
    those that have fired."""

    ids: "array[int]"
    counts: Mapping[str, int]
    unseen: Mapping[int, int]
    searches: frozenset[int]


@dataclass(frozen=True, slots=True)
class Notice:
    """What a channel is to deliver at once: alerts by article, newest first.

    `batch` names it for good: delivered twice after a crash, it can be told to be the same.
    """

    batch: str
    channel: str
    alerts: tuple[Alert, ...]
    sound: bool = False
    priority: str = "normal"
    """The highest among them."""
    missed: bool = False
    """They fired while nobody was there to be told."""


@dataclass(frozen=True, slots=True)
class ChannelState:
    """How delivery goes. `error`: the latest failure in one sentence, "" when all is well.

    `refused`: alerts that the receiver will not take as they were sent, set aside until a person
    says what is to become of them; `refusal`: why, of the latest.
    """

    name: str
    configured: bool
    waiting: int = 0
    """Alerts to be delivered, due or not, but for those that were refused."""
    failures: int = 0
    error: str = ""
    next_try: datetime | None = None
    last_sent: datetime | None = None
    refused: int = 0
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Precision:
    """How a saved search has been judged. `weeks`: (its Monday, kept, noise), oldest first."""

    saved_search: str
    kept: int
    noise: int
    weeks: tuple[tuple[date, int, int], ...] = ()

    @property
    def share(self) -> float | None:
        """Kept of all that were judged; None when none was."""
        judged = self.kept + self.noise
        return self.kept / judged if judged else None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way to less noise: `sentence` says why, `query` is the whole query changed that way.

    `noise` of the hits judged as noise would go, and `kept` of those judged worth keeping.
    """

    saved_search: str
    sentence: str
    query: str
    noise: int
    kept: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """`shared`: articles of a tried query that a saved search has too; `total`: all it has."""

    saved_search: str
    shared: int
    total: int


@dataclass(frozen=True, slots=True)
class Backtest:
    """What a query would have found in the archive; tells nobody.

    `days`: (local day, hits), oldest first, without gaps from the first hit to today.
    `expected`: hits a day, the mean of the last 30 days (or of as many as the archive has:
    `measured`). `expected_alerts`: the same without copies, which stay quiet.
    `copies`: hits that repeat the text of an earlier hit; none of them is among the samples.
    `samples`: up to 20 articles spread over all hits, newest first.
    `slow`: sentences that name parts of the query that take long, or match nearly anything.
    """

    query: str
    total: int
    days: tuple[tuple[date, int], ...] = ()
    expected: float = 0.0
    samples: tuple[int, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    slow: tuple[str, ...] = ()
    seconds: float = 0.0
    measured: int = 0
    expected_alerts: float = 0.0
    copies: int = 0
