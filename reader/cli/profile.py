"""Commands about what is said of tracked entities: when, by whom, beside whom, in which words."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli import profile_rows
from reader.cli.arguments import add_limit
from reader.cli.command import DONE, Command, Context, table
from reader.cli.progress import Progress
from reader.cli.search import catch_up
from reader.domain import profile_tables
from reader.domain.profile import Question, Report, since
from reader.domain.profile_columns import UNITS

if TYPE_CHECKING:
    from reader.domain.profile import Companion, Comparison, Profile
    from reader.domain.profile_tables import Table

_TABLES = ("time", "outlets", "languages", "company")
_SHOWN = 15
"""Lines of a table that a person is shown."""
_HOURS = 24
"""So many hours of a chart."""
_WIDEST = 40
"""Signs of the longest bar."""


def _period_arguments(parser: argparse.ArgumentParser, *, units: bool = True) -> None:
    parser.add_argument(
        "--period", default="90d", metavar="P", help="30d, 12w, 6m, 1y or all (90d)"
    )
    if units:
        parser.add_argument("--by", choices=UNITS, default="day", help="day is default")
    parser.add_argument(
        "--collapse-copies", action="store_true", help="a text that many carry counts once"
    )
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write it as a table, too")


def _question(arguments: argparse.Namespace) -> Question:
    today = datetime.now(UTC).astimezone().date()
    first = since(arguments.period, today)
    return Question(first, None, getattr(arguments, "by", "day"), arguments.collapse_copies)


def _tell_coarser(context: Context, asked: str, unit: str) -> None:
    if unit != asked:
        context.tell(f"The period is too long for {asked}s: it is counted in {unit}s.")


def _write(context: Context, path: Path | None, made: Callable[[], Table]) -> None:
    if path is not None:
        from reader.services.exchange import write_file

        found = made()
        write_file(path, found.csv())
        context.tell(f"{len(found.rows)} rows written to {path}.")


# -- one entity


def _show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--watchlist", metavar="W", help="which one, where several have the name")
    _period_arguments(parser)
    parser.add_argument(
        "--table", choices=_TABLES, default="time", help="which one goes into the file (time)"
    )


def _show(context: Context, arguments: argparse.Namespace) -> int:
    from reader.services.company import Company, with_sentences
    from reader.services.profile import Profiler

    question = _question(arguments)
    entity = context.core.library.entity(arguments.name, arguments.watchlist)
    catch_up(context, wait=False)
    store = context.core.store
    found = Profiler(store).profile(entity, question)
    company = Company(store)
    with Progress() as progress:
        met = company.sentences(
            entity, question, lambda done, total: progress(done, total, 0, "Reading sentences")
        )
    companions = with_sentences(company.companions(entity, question), met)
    if not found.articles:
        context.tell(f"No article of this period mentions “{entity.name}”.")
    tables = {
        "time": lambda: profile_tables.time(found, found.by_outlet),
        "outlets": lambda: profile_tables.outlets(found),
        "languages": lambda: profile_tables.languages(found),
        "company": lambda: profile_tables.company(companions),
    }
    _tell_coarser(context, question.unit, found.unit)
    _write(context, arguments.csv, tables[arguments.table])
    context.emit(profile_rows.profiled(found, companions), _profile_told(found, companions))
    return DONE


def _profile_told(found: Profile, companions: tuple[Companion, ...]) -> list[str]:
    lines = [f"{found.entity.name}: {found.mentions} mentions in {found.articles} articles."]
    if found.first and found.last:
        lines += [_seen("First", found.first), _seen("Last", found.last)]
    most = max((column.articles for column in found.columns), default=0)
    lines += [
        f"{profile_tables.told(c.span)}  {c.articles:>6}  "
        f"{'▇' * round(_WIDEST * c.articles / max(1, most))}".rstrip()
        for c in found.columns[-(_HOURS if found.unit == "hour" else _SHOWN) :]
    ]
    outlets = [[one.articles, f"{one.share:.0%}", one.name] for one in found.outlets[:_SHOWN]]
    others = [
        [one.articles, one.of, one.sentences, f"{one.likelihood:.1f}", f"{one.pmi:.2f}", one.name]
        for one in companions[:_SHOWN]
    ]
    if outlets:
        lines += ["", *table(outlets, ("articles", "share", "outlet"))]
    if others:
        head = ("articles", "of", "sentences", "likelihood", "pmi", "appears with")
        lines += ["", *table(others, head)]
    return lines


def _seen(word: str, report: Report) -> str:
    return f"{word} seen {report.at.astimezone():%Y-%m-%d %H:%M}, {report.outlet}: {report.title}"


# -- several


def _compare_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="+", metavar="NAME", help="two to five")
    parser.add_argument("--watchlist", metavar="W", help="which one, where several have the name")
    _period_arguments(parser)


def _compare(context: Context, arguments: argparse.Namespace) -> int:
    from reader.services.profile import Profiler

    question = _question(arguments)
    entities = [
        context.core.library.entity(name, arguments.watchlist)
        for name in dict.fromkeys(arguments.names)
    ]
    catch_up(context, wait=False)
    found = Profiler(context.core.store).compare(entities, question)
    _tell_coarser(context, question.unit, found.unit)
    _write(context, arguments.csv, lambda: profile_tables.comparison(found))
    context.emit(profile_rows.compared(found), _comparison_told(found))
    return DONE


def _comparison_told(found: Comparison) -> list[str]:
    rows = [
        [profile_tables.told(column), *(one.counts[at][0] for one in found.entities), ""]
        for at, column in enumerate(found.columns)
    ]
    totals = ["articles", *(one.articles for one in found.entities), ""]
    return table([*rows, totals], (found.unit, *(one.entity.name for one in found.entities), ""))


# -- the sentences


def _sentences_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--watchlist", metavar="W", help="which one, where several have the name")
    parser.add_argument("--with", dest="other", metavar="OTHER", help="only those with both names")
    add_limit(parser, 50)
    _period_arguments(parser, units=False)


def _sentences(context: Context, arguments: argparse.Namespace) -> int:
    from reader.services.sentences import Sentences

    library = context.core.library
    entity = library.entity(arguments.name, arguments.watchlist)
    other = library.entity(arguments.other) if arguments.other else None
    question = _question(arguments)
    catch_up(context, wait=False)
    page = Sentences(context.core.store).page(entity, question, None, arguments.limit, other=other)
    if not page.sentences:
        names = f"“{entity.name}”" + (f" and “{other.name}”" if other else "")
        context.tell(f"No sentence of this period has {names}.")
    elif page.after is not None:
        context.tell("There are more: --limit N shows more of them.")
    names_of = {one.id: one.name for one in (entity, other) if one is not None}
    _write(context, arguments.csv, lambda: profile_tables.sentences(page.sentences))
    context.emit(
        [profile_rows.quoted(one, names_of) for one in page.sentences],
        [
            f"{one.at.astimezone():%Y-%m-%d}  {one.source}: {' '.join(one.text.split())}"
            for one in page.sentences
        ],
    )
    return DONE


COMMANDS = (
    Command("entities show", "what is said of a name: when, by whom, with whom", _show,
            _show_arguments),
    Command("entities compare", "several names over the same time", _compare, _compare_arguments),
    Command("entities sentences", "the sentences that mention a name", _sentences,
            _sentences_arguments),
)  # fmt: skip
