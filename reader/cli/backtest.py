"""Commands that try a search out on the archive, and that use how its hits were judged."""

import argparse
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from reader.cli.articles import row, spoken
from reader.cli.command import DONE, Command, Context, table
from reader.cli.search import catch_up, check
from reader.domain.alert import Backtest, Overlap, Precision, Suggestion
from reader.domain.search import SavedSearch

if TYPE_CHECKING:
    from reader.services.verdicts import Verdicts

_DAYS_SHOWN = 14
_OVERLAPS_SHOWN = 10
_WIDEST = 40
"""Signs of the longest bar."""


def _backtest_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("search", metavar="NAME|QUERY", help="a saved search, or a query")


def _backtest(context: Context, arguments: argparse.Namespace) -> int:
    saved = context.core.store.saved.by_name(arguments.search.strip())
    query = saved.query if saved else arguments.search
    check(query)
    catch_up(context, wait=False)
    tried = _tried(context, query, saved.name if saved else "")
    samples = context.core.library.lines(tried.samples)
    value = {
        **_figures(tried),
        "saved_search": saved.name if saved else None,
        "samples": [row(line) for line in samples],
    }
    lines = [*_told(tried), *(text for line in samples for text in spoken(line))]
    context.emit(value, lines)
    return DONE


def _tried(context: Context, query: str, besides: str) -> Backtest:
    from reader.search.index import Index
    from reader.services.backtest import Backtester

    core = context.core
    backtester = Backtester(core.store, core.finder, partial(Index.open, core.paths.index))
    return backtester.run(query, besides=besides)


def forewarn(context: Context, saved: SavedSearch) -> None:
    """How often an alert is to be expected, and what of its query takes long or never is true."""
    tried = _tried(context, saved.query, saved.name)
    for sentence in (_expected(tried), *tried.slow) if tried.measured else tried.slow:
        context.tell(sentence)


def _figures(tried: Backtest) -> dict[str, Any]:
    return {
        "query": tried.query,
        "total": tried.total,
        "copies": tried.copies,
        "expected": round(tried.expected, 3),
        "expected_alerts": round(tried.expected_alerts, 3),
        "measured": tried.measured,
        "days": [{"day": day.isoformat(), "hits": hits} for day, hits in tried.days],
        "overlaps": [_overlap(one, tried.total) for one in tried.overlaps],
        "slow": list(tried.slow),
        "seconds": round(tried.seconds, 3),
    }


def _overlap(one: Overlap, total: int) -> dict[str, Any]:
    """`share`: of the articles of the search tried; `share_of_saved`: of those of the other."""
    return {
        "saved_search": one.saved_search,
        "shared": one.shared,
        "total": one.total,
        "share": round(one.shared / max(1, total), 3),
        "share_of_saved": round(one.shared / max(1, one.total), 3),
    }


def _told(tried: Backtest) -> Iterator[str]:
    yield f"{tried.total:,} article{'s' * (tried.total != 1)} so far. {_expected(tried)}"
    yield from tried.slow
    for one in tried.overlaps[:_OVERLAPS_SHOWN]:
        same = one.shared == one.total == tried.total
        yield (
            f"The same articles as “{one.saved_search}”."
            if same
            else f"{one.shared:,} of them also in “{one.saved_search}”, which has {one.total:,}."
        )
    if len(tried.overlaps) > _OVERLAPS_SHOWN:
        yield f"{len(tried.overlaps) - _OVERLAPS_SHOWN} more have some of them; --json names all."
    recent = tried.days[-_DAYS_SHOWN:]
    most = max((hits for _, hits in recent), default=0)
    for day, hits in recent:
        yield f"{day}  {hits:>6}  {'▇' * round(_WIDEST * hits / max(1, most))}".rstrip()


def _expected(tried: Backtest) -> str:
    if not tried.measured:
        return "The library holds no articles yet."
    days = f"the last {tried.measured} days" if tried.measured > 1 else "the one day there is"
    return (
        f"Expect {tried.expected:.1f} a day ({tried.expected_alerts:.1f} without copies), going by "
        f"{days}."
    )


def _precision_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help="one saved search; else all")


def _precision(context: Context, arguments: argparse.Namespace) -> int:
    verdicts = _verdicts(context)
    names = (
        [saved.name for saved in context.core.store.saved.all()]
        if arguments.name is None
        else [arguments.name]
    )
    found = [verdicts.precision(name) for name in names]
    if not any(one.kept or one.noise for one in found):
        context.tell("No hit was judged yet.")
    cells = [[_percent(one), one.kept, one.noise, one.saved_search] for one in found]
    head = ("precision", "kept", "noise", "name")
    context.emit([_judged(one) for one in found], table(cells, head) if cells else ())
    return DONE


def _percent(one: Precision) -> str:
    return "" if one.share is None else f"{one.share:.0%}"


def _judged(one: Precision) -> dict[str, Any]:
    return {
        "saved_search": one.saved_search,
        "kept": one.kept,
        "noise": one.noise,
        "precision": None if one.share is None else round(one.share, 3),
        "weeks": [
            {"week": monday.isoformat(), "kept": kept, "noise": noise}
            for monday, kept, noise in one.weeks
        ],
    }


def _suggest_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")


def _suggest(context: Context, arguments: argparse.Namespace) -> int:
    from reader.services.remedies import LEAST_JUDGED, LEAST_NOISE

    verdicts = _verdicts(context)
    judged = verdicts.precision(arguments.name)
    found: tuple[Suggestion, ...] = ()
    if judged.noise < LEAST_NOISE or judged.kept + judged.noise < LEAST_JUDGED:
        context.tell(
            f"Judge at least {LEAST_JUDGED} hits first, {LEAST_NOISE} of them as noise: so far "
            f"{judged.kept} are worth keeping and {judged.noise} noise."
        )
    else:
        catch_up(context, wait=False)
        found = verdicts.suggestions(arguments.name)
        if not found:
            context.tell("Nothing was found that would cut the noise and keep what you kept.")
    rows = [
        {"saved_search": one.saved_search, "sentence": one.sentence, "query": one.query,
         "noise": one.noise, "kept": one.kept}
        for one in found
    ]  # fmt: skip
    context.emit(rows, (text for one in found for text in (one.sentence, f"    {one.query}")))
    return DONE


def _verdicts(context: Context) -> "Verdicts":
    from reader.services.verdicts import Verdicts

    return Verdicts(context.core.store, context.core.finder)


COMMANDS = (
    Command(
        "saved backtest", "what a search would have found so far", _backtest, _backtest_arguments
    ),
    Command(
        "saved precision", "how hits were judged, week by week", _precision, _precision_arguments
    ),
    Command("saved suggest", "how a saved search would have less noise", _suggest,
            _suggest_arguments),
)  # fmt: skip
