"""What the studio says of a back-test, and how sure it is of what was judged."""

import math
import random
from datetime import date, timedelta

import pytest

from reader.domain.alert import AlertRule, Backtest, Overlap
from reader.gui.models import trial

TODAY = date(2026, 11, 22)
SOME = Backtest("x", 1284, ((TODAY, 5),), 3.2, (1, 2), measured=30, expected_alerts=2.1, copies=300)


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (3.2, "About 3.2 hits a day"),
        (1.0, "About 1 hit a day"),
        (0.96, "About 1 hit a day"),
        (2.0, "About 2 hits a day"),
        (47.6, "About 48 hits a day"),
        (1204.4, "About 1,204 hits a day"),
        (1 / 14, "About one hit in 14 days"),
        (0.0, "None of late"),
    ],
)
def test_the_headline_is_a_figure_one_can_be_sure_of(expected: float, said: str) -> None:
    assert trial.headline(Backtest("x", 9, expected=expected, measured=30)) == said


def test_an_empty_library_and_a_search_without_hits_are_told_apart() -> None:
    assert trial.headline(Backtest("x", 0)) == "No articles yet"
    assert trial.headline(Backtest("x", 0, measured=30)) == "No hits so far"
    assert "library is empty" in trial.explained(Backtest("x", 0), each_outlet=False)
    assert "waits" in trial.explained(Backtest("x", 0, measured=9), each_outlet=False)


def test_copies_are_counted_apart_and_what_becomes_of_them_is_said() -> None:
    quiet = trial.explained(SOME, each_outlet=False)
    assert quiet.startswith("1.1 of them copies, which stay quiet. 1,284 articles in the library.")
    assert quiet.endswith("Going by the last 30 days.")
    assert "1.1 of them copies, which alert, too." in trial.explained(SOME, each_outlet=True)


def test_without_copies_nothing_is_said_of_them() -> None:
    tried = Backtest("x", 3, expected=3.0, expected_alerts=3.0, measured=1)
    assert trial.explained(tried, each_outlet=False) == (
        "3 articles in the library. Going by the one day there is."
    )


def test_very_many_alerts_are_warned_of_as_the_rule_delivers_them() -> None:
    many = Backtest("x", 9, expected=120.0, expected_alerts=25.0, measured=30)
    at_once, daily = AlertRule(), AlertRule("daily")
    assert trial.flood(many, alert=True, rule=at_once) == ""
    each = AlertRule(each_outlet=True)
    assert trial.flood(many, alert=True, rule=each).startswith("120 alerts a day are very many")
    assert "digest" in trial.flood(many, alert=True, rule=each)
    assert trial.flood(many, alert=False, rule=each) == ""
    assert trial.flood(many, alert=True, rule=daily) == ""


def test_overlaps_say_who_has_whose_articles() -> None:
    found = (
        Overlap("own", 10, 10), Overlap("same", 10, 10), Overlap("wider", 10, 90),
        Overlap("narrower", 4, 4), Overlap("Libya", 8, 20), Overlap("ports", 5, 50),
        Overlap("hardly", 0, 50),
    )  # fmt: skip
    said = list(trial.overlaps(Backtest("x", 10, overlaps=found), "own"))
    assert said == [
        "Finds the same articles as “\u2068same\u2069”.",
        "“\u2068wider\u2069” finds all of these, too.",
        "Finds all that “\u2068narrower\u2069” does.",
        "Shares articles with 2 more.",
    ]
    libya = Backtest("x", 10, overlaps=(Overlap("Libya", 8, 20),))
    assert list(trial.overlaps(libya, "")) == ["Shares 80 % with “\u2068Libya\u2069”."]


def test_sixteen_judgements_say_what_the_brief_says() -> None:
    assert trial.precision(13, 3) == "13 of 16 kept: 81 %, likely 57–93 %"
    assert trial.precision(0, 0) == ""


def test_the_likely_range_holds_the_true_share_about_as_often_as_it_claims() -> None:
    chance, held, tries = random.Random(7), 0, 4000
    for _ in range(tries):
        share, judged = chance.uniform(0.1, 0.9), chance.randint(8, 20)
        kept = sum(chance.random() < share for _ in range(judged))
        low, high = trial.likely(kept, judged)
        held += low <= share <= high
    assert 0.93 < held / tries < 0.98


@pytest.mark.parametrize("judged", range(21))
def test_the_likely_range_holds_what_was_seen_and_narrows(judged: int) -> None:
    for kept in range(judged + 1):
        low, high = trial.likely(kept, judged)
        seen = kept / judged if judged else 0.5
        assert 0 <= low <= seen + 1e-12
        assert seen - 1e-12 <= high <= 1
        if judged:
            wider = trial.likely(kept, judged)
            more = trial.likely(10 * kept, 10 * judged)
            assert more[1] - more[0] < wider[1] - wider[0]
            assert not math.isnan(low + high)


def test_the_chart_has_every_hit_and_reaches_to_the_last_day() -> None:
    chance = random.Random(3)
    for length in (1, 7, 44, 45, 46, 300, 1400, 9000):
        first = TODAY - timedelta(days=length - 1)
        counts = [chance.choice((0, 0, 1, 5)) for _ in range(length)]
        days = [(first + timedelta(days=n), count) for n, count in enumerate(counts)]
        bars = trial.charted(days)
        assert sum(bar.count for bar in bars) == sum(counts)
        assert bars[0].first <= first
        assert bars[-1].last >= TODAY
        assert len(bars) <= 45
        if length <= 45:
            assert [bar.count for bar in bars] == counts
    assert trial.charted(()) == ()
