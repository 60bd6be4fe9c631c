"""What a batch of alerts says on the desktop. Plain values; knows nothing of Qt.

An article that fired is one notification, naming every saved search. More than three at once, and
what was missed, are one notification together.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.delivery.compose import isolated
from reader.domain.alert import Alert, Context, Notice
from reader.gui import words

EACH = 3
"""Articles that have a notification of their own, when they come at once."""
INBOX, WINDOW = "inbox", "window"
"""Keys of notifications about several articles, and about the program itself."""
OPEN = "default"
"""The action of a click on the notification itself."""
LOW, NORMAL, URGENT = 0, 1, 2
_URGENCY = {"low": LOW, "high": URGENT}
_NAMED, _TITLE, _PASSAGE, _BEFORE = 4, 160, 180, 60
_HARMLESS = {
    **dict.fromkeys((*range(32), *range(0x7F, 0xA0), 0x2028, 0x2029), " "),
    **dict.fromkeys((0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
                    "\u2060"),
}  # fmt: skip
_ACTIONS = (("keep", "Keep"), ("noise", "Noise"), ("read", "Mark read"))


@dataclass(frozen=True, slots=True)
class Toast:
    """`key` names it when something is chosen on it; `marks` are (start, end) of words in `text`,
    in code points. `actions`: (id, words), shown where there is room for them.
    """

    key: str
    title: str
    text: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    actions: tuple[tuple[str, str], ...] = ()
    urgency: int = NORMAL
    sound: bool = False


def toasts_of(notice: Notice) -> Iterator[Toast]:
    """Nothing for alerts that have been seen in the window meanwhile."""
    groups = by_article([alert for alert in notice.alerts if not alert.seen])
    if len(groups) > (1 if notice.missed else EACH):
        yield _summary(notice, groups)
        return
    for number, (article, alerts) in enumerate(groups.items()):
        yield _of_article(article, alerts, notice, sound=notice.sound and number == 0)


def by_article(alerts: Sequence[Alert]) -> dict[int, tuple[Alert, ...]]:
    """In the order of their first."""
    ids = dict.fromkeys(alert.article_id for alert in alerts)
    return {one: tuple(alert for alert in alerts if alert.article_id == one) for one in ids}


def article_of(key: str) -> int | None:
    """The article that a notification was about; None: several, or none."""
    return int(key) if key.isdecimal() else None


def _of_article(article: int, alerts: Sequence[Alert], notice: Notice, *, sound: bool) -> Toast:
    names = _listed([alert.saved_search for alert in alerts])
    about = f"{isolated(alerts[0].source)} · {names}" if alerts[0].source else names
    passage, marks = _passage(alerts)
    text = f"{about}\n{passage}" if passage else about
    shift = len(about) + 1
    away = "While you were away: " if notice.missed else ""
    return Toast(
        key=str(article),
        title=_cut(f"{away}{_line(alerts[0].title) or 'Untitled'}", _TITLE),
        text=text,
        marks=tuple((start + shift, end + shift) for start, end in marks),
        actions=_ACTIONS,
        urgency=max(_URGENCY.get(alert.priority, NORMAL) for alert in alerts),
        sound=sound,
    )


def _summary(notice: Notice, groups: dict[int, tuple[Alert, ...]]) -> Toast:
    alerts = [alert for group in groups.values() for alert in group]
    names = [name for name, _ in Counter(a.saved_search for a in alerts).most_common()]
    away = "While you were away: " if notice.missed else ""
    titles = "\n".join(
        _cut(_line(group[0].title) or "Untitled", 90) for group in list(groups.values())[:EACH]
    )
    return Toast(
        key=INBOX,
        title=f"{away}{words.counted(len(groups), 'article')} · {_listed(names)}",
        text=titles,
        urgency=max(_URGENCY.get(alert.priority, NORMAL) for alert in alerts),
        sound=notice.sound,
    )


def _listed(names: Sequence[str]) -> str:
    """The first few, and how many more."""
    known = [isolated(name) for name in dict.fromkeys(names)]
    more = f" and {len(known) - _NAMED} more" if len(known) > _NAMED else ""
    return ", ".join(known[:_NAMED]) + more


def _passage(alerts: Sequence[Alert]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The words that fired it outside the title, with what stands around them."""
    contexts = [c for alert in alerts for c in alert.context if c.field != "title" and c.spans]
    return _around(contexts[0]) if contexts else ("", ())


def _around(context: Context) -> tuple[str, tuple[tuple[int, int], ...]]:
    first = min(start for start, _ in context.spans)
    begin = 0 if first <= _BEFORE else first - _BEFORE
    end = min(len(context.text), begin + _PASSAGE)
    before, after = "…" * (begin > 0), "…" * (end < len(context.text))
    shift = len(before) - begin
    marks = tuple((s + shift, min(e, end) + shift) for s, e in context.spans if begin <= s < end)
    return f"{before}{_flat(context.text[begin:end])}{after}", marks


def _flat(text: str) -> str:
    """One for one: what ends a line, or no desktop can show, as a space; what would turn the
    direction of the words after it as a sign that is not seen."""
    return text.translate(_HARMLESS)


def _line(text: str) -> str:
    return " ".join(_flat(text).split())


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
