"""The inbox as plain values: one row for an article however many saved searches fired for it.

Knows nothing of Qt. An alert whose saved search is gone is shown, but can no longer be judged.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from reader.domain.alert import Alert
from reader.domain.article import Marked
from reader.domain.plain import more_places
from reader.gui import words

ALL, OPEN, KEPT, NOISE = "all", "open", "kept", "noise"
VERDICTS = (ALL, OPEN, KEPT, NOISE)
_STATE = {True: KEPT, False: NOISE, None: OPEN}

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """`verdict`: one of VERDICTS; `saved`: only what this saved search fired for, 0 for all."""

    verdict: str = ALL
    saved: int = 0
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class Fired:
    """What fired for an article, the newest first. `marked`: the passage to show, and the title.

    `fresh`: one of them has not been looked at. `chosen`: the alert that is judged alone, by id.
    """

    alerts: tuple[Alert, ...]
    marked: Marked
    fresh: bool = False
    chosen: int = 0

    @property
    def at(self) -> datetime:
        """When the newest of them fired."""
        return self.alerts[0].at

    @property
    def kept(self) -> bool:
        return any(alert.kept for alert in self._judged())

    @property
    def noise(self) -> bool:
        """Whether every one of them is."""
        return all(alert.kept is False for alert in self._judged())

    def _judged(self) -> Sequence[Alert]:
        """Those that a judgement would be for."""
        return [alert for alert in self.alerts if self.chosen in (0, alert.id)]

    def alone(self, alert: Alert) -> bool:
        """Whether this one is judged, and others that fired for the article are not."""
        return self.chosen == alert.id and len(self.alerts) > 1


def by_article(alerts: Iterable[Alert]) -> dict[int, tuple[Alert, ...]]:
    """From alerts newest first to articles, the one that fired last first."""
    found: dict[int, list[Alert]] = {}
    for alert in alerts:
        found.setdefault(alert.article_id, []).append(alert)
    return {article: tuple(fired) for article, fired in found.items()}


def fits(alerts: Iterable[Alert], wanted: InboxFilter, fresh: Container[int]) -> bool:
    """Whether an article is listed: one of its alerts must be as the filter says.

    `fresh`: ids of the alerts that nobody has looked at.
    """
    return any(
        (not wanted.saved or alert.saved_id == wanted.saved)
        and (not wanted.unseen or alert.id in fresh)
        and (wanted.verdict == ALL or state(alert) == wanted.verdict)
        for alert in alerts
    )


def state(alert: Alert) -> str:
    """OPEN, KEPT or NOISE; "" for one that can no longer be judged."""
    return _STATE[alert.kept] if alert.saved_id is not None else ""


def fired(
    alerts: Sequence[Alert], *, fresh: bool = False, first: int = 0, chosen: int = 0
) -> Fired:
    """`first`: the saved search whose passage is shown, where it fired; else the newest one's."""
    order = sorted(alerts, key=lambda alert: bool(first) and alert.saved_id != first)
    return Fired(tuple(alerts), _marked(order), fresh, chosen)


def _marked(alerts: Sequence[Alert]) -> Marked:
    """The first passage that holds words, else the first there is, with all words that fired."""
    contexts = [one for alert in alerts for one in alert.context]
    title = " ".join(alerts[0].title.split())
    inside = [one for one in contexts if one.field != "title"]
    shown = next((one for one in inside if one.spans), inside[0] if inside else None)
    text = shown.text if shown else ""
    return Marked(
        alerts[0].article_id,
        _joined(c.spans for c in contexts if c.field == "title" and c.text == title)
        if title == alerts[0].title
        else (),
        text,
        _joined(c.spans for c in inside if c.text == text),
    )


def _joined(spans: Iterable[Spans]) -> Spans:
    """In order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(chain.from_iterable(spans)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def all_of(fired: Fired) -> str:
    """Everything that fired for an article, one a line, with how it was judged."""
    said = {KEPT: " · kept", NOISE: " · noise"}
    return "\n".join(f"{one.saved_search}{said.get(state(one), '')}" for one in fired.alerts)


def share(kept: int, noise: int) -> str:
    """ "23 kept · 4 noise · 85 %", "" when nothing was judged."""
    if not kept + noise:
        return ""
    return f"{words.number(kept)} kept · {words.number(noise)} noise · {percent(kept, noise)}"


def percent(kept: int, noise: int) -> str:
    """Never "100 %" or "0 %" unless it is all or none."""
    part = 100 * kept / (kept + noise)
    return f"{min(99, max(1, round(part))) if kept and noise else round(part)} %"


def why(alert: Alert, most: int = 6) -> str:
    """The words that fired it, each once: “S-400”, “Tobruk” and 2 more."""
    said = list(dict.fromkeys(" ".join(span.text.split()) for span in alert.why))
    more = f" and {len(said) - most} more" if len(said) > most else ""
    far = f" · {more_places(alert.more)}" if alert.more else ""
    return ", ".join(f"“{word}”" for word in said[:most]) + more + far
