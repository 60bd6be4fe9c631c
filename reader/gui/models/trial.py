"""What a back-test says, in sentences, and how sure judgements make one. Pure.

Names of saved searches are set apart, so that one written from right to left does not turn the
sentence around it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from reader.domain.alert import AlertRule, Backtest, Overlap
from reader.gui import words
from reader.gui.models.days import Bar, bars

MANY = {"at once": 30, "hourly": 100, "daily": 300, "weekly": 300}
"""Alerts a day from which they are too many to be read as they come."""
NAMED = 3
"""Overlaps that are told; the others are counted."""
_WORTH = 0.05
"""The share of the articles from which an overlap is worth a word."""
_LONGEST_NAME = 60
_SURE = 1.959964
"""Standard deviations on either side that hold 95 of 100 outcomes."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Where trying a query out stands.

    `state`: "empty" (there is no query), "trying", "done", "refused" (the query cannot be run;
    `position` is where, in code points), or "failed" (something else: trying again may help).
    `tried`: the latest answer, also while another one is waited for.
    """

    query: str = ""
    state: str = "empty"
    tried: Backtest | None = None
    sentence: str = ""
    position: int = 0


def name_of(query: str) -> str:
    """What a search may be called: its words, without the signs of the language; brackets stay
    where without them it would read as another."""
    bare = query.strip()
    if re.fullmatch(r"\([^()]*\)", bare):
        bare = bare[1:-1]
    signs = r'["=~*]' if re.search(r"\bOR\b", bare) else r'[()"=~*]'
    return " ".join(re.sub(signs, " ", bare).split())[:_LONGEST_NAME]


def headline(tried: Backtest) -> str:
    if not tried.measured:
        return "No articles yet"
    if not tried.total:
        return "No hits so far"
    return f"{_often(tried.expected)[:1].upper()}{_often(tried.expected)[1:]}"


def explained(tried: Backtest, *, each_outlet: bool) -> str:
    """What the headline rests on, and how many of the hits are copies."""
    if not tried.measured:
        return "The library is empty, so there is nothing to try this search on. It can be saved."
    if not tried.total:
        return "Nothing in the library matches. Saved, this search waits for the first that does."
    total = f"{words.counted(tried.total, 'article')} in the library"
    days = f"the last {tried.measured} days" if tried.measured > 1 else "the one day there is"
    return f"{_copies(tried, each_outlet=each_outlet)}{total}. Going by {days}."


def _copies(tried: Backtest, *, each_outlet: bool) -> str:
    repeated = tried.expected - tried.expected_alerts
    if repeated < 0.05:
        return ""
    become = "which alert, too" if each_outlet else "which stay quiet"
    return f"{rate(repeated)} of them copies, {become}. "


def _often(expected: float) -> str:
    """ "about 3.2 hits a day", "about one hit in 14 days"."""
    if not expected:
        return "none of late"
    if expected < 0.3:
        return f"about one hit in {round(1 / expected)} days"
    return f"about {rate(expected)} {'hit' if rate(expected) == '1' else 'hits'} a day"


def rate(a_day: float) -> str:
    """ "3.2", "1", "48", "1,204": no figures that nobody can be sure of."""
    return words.number(round(a_day)) if a_day >= 9.95 else f"{a_day:.1f}".removesuffix(".0")


def flood(tried: Backtest, *, alert: bool, rule: AlertRule) -> str:
    """What is to be said against so many alerts, or ""."""
    a_day = tried.expected if rule.each_outlet else tried.expected_alerts
    if not alert or a_day < MANY[rule.when]:
        return ""
    way = "narrow the search, or choose a digest" if rule.when == "at once" else "narrow the search"
    return f"{rate(a_day)} alerts a day are very many: {way}."


def overlaps(tried: Backtest, besides: str) -> Iterator[str]:
    """A sentence for each saved search that has much the same articles; `besides`: not this."""
    found = [one for one in tried.overlaps if one.saved_search != besides]
    told = [one for one in found if one.shared >= _WORTH * tried.total]
    for one in told[:NAMED]:
        yield _overlap(one, tried.total)
    if len(told) > NAMED:
        yield f"Shares articles with {words.number(len(told) - NAMED)} more."


def _overlap(one: Overlap, total: int) -> str:
    name = f"“\u2068{one.saved_search}\u2069”"
    if one.shared == one.total == total:
        return f"Finds the same articles as {name}."
    if one.shared == total:
        return f"{name} finds all of these, too."
    if one.shared == one.total:
        return f"Finds all that {name} does."
    share = max(1, min(99, round(100 * one.shared / max(1, total))))
    return f"Shares {share} % with {name}."


def likely(kept: int, judged: int) -> tuple[float, float]:
    """Between which shares the true one lies, 95 times of 100 (after Wilson, 1927)."""
    if not judged:
        return 0.0, 1.0
    share, square = kept / judged, _SURE * _SURE
    middle = (share + square / (2 * judged)) / (1 + square / judged)
    reach = sqrt(share * (1 - share) / judged + square / (4 * judged * judged))
    reach *= _SURE / (1 + square / judged)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def precision(kept: int, noise: int) -> str:
    """ "13 of 16 kept: 81 %, likely 57–93 %"; "" when nothing was judged."""
    judged = kept + noise
    if not judged:
        return ""
    low, high = likely(kept, judged)
    share = round(100 * kept / judged)
    return f"{kept} of {judged} kept: {share} %, likely {round(100 * low)}–{round(100 * high)} %"


def charted(days: Sequence[tuple[date, int]]) -> tuple[Bar, ...]:
    """Bars for all of these days, also where there are no hits at either end."""
    if not days:
        return ()
    ends = [(days[0][0].isoformat(), 1), (days[-1][0].isoformat(), 1)]
    found, at = [], 0
    for bar in bars(ends):
        total = 0
        while at < len(days) and days[at][0] <= bar.last:
            total += days[at][1]
            at += 1
        found.append(Bar(bar.first, bar.last, total))
    return tuple(found)
