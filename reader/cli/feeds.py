"""Commands about feeds: subscribing, importing, fetching."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from reader.cli.command import DONE, FAILED, Command, Context, iso, table
from reader.cli.search import somebody_collects
from reader.domain.address import without_password
from reader.domain.reports import ImportReport, RefreshSummary
from reader.domain.subscribe import SubscribeReport
from reader.errors import BusyError, FileError
from reader.workers.messages import ImportFile, Refresh, Subscribe

_SHOWN = 20
"""Rows of a file that are told one by one."""


def about(url: str, sentence: str) -> str:
    """A sentence that says which address it is about."""
    return sentence if url in sentence else f"{url}: {sentence}"


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("urls", nargs="+", metavar="URL", help="a feed, or a page announcing one")
    parser.add_argument("--folder", default="", metavar="A/B", help="the folder to put it in")


def _add(context: Context, arguments: argparse.Namespace) -> int:
    request = Subscribe(tuple(arguments.urls), arguments.folder)
    reports: list[SubscribeReport] = context.ask(request)
    for report in reports:
        _tell_problem(context, report)
    context.emit([_outcome(report) for report in reports], _spoken(reports))
    return DONE if all(report.subscribed for report in reports) else FAILED


def _tell_problem(context: Context, report: SubscribeReport) -> None:
    if report.error:
        context.tell(about(report.url, report.error))
    elif report.choices:
        context.tell(
            f"{report.url} is a web page and announces several feeds; add the one you want:"
        )
        for url, title in report.choices:
            context.tell(f"  {url}  {title}")


def _outcome(report: SubscribeReport) -> dict[str, Any]:
    return {
        "url": report.url,
        "subscribed": report.subscribed or None,
        "title": report.title or None,
        "known": report.known,
        "choices": [{"url": url, "title": title} for url, title in report.choices],
        "error": report.error or None,
    }


def _spoken(reports: list[SubscribeReport]) -> list[str]:
    return [
        f"{report.subscribed} was subscribed already."
        if report.known
        else f"Subscribed: {report.title or report.subscribed} ({report.subscribed})"
        for report in reports
        if report.subscribed
    ]


def _feeds(context: Context, _arguments: argparse.Namespace) -> int:
    rows = [
        {
            "url": line.feed.url,
            "title": line.feed.title,
            "outlet": line.feed.outlet,
            "folder": line.feed.folder,
            "articles": line.articles,
            "unread": line.unread,
            "error": line.feed.error or None,
            "last_fetched": iso(line.feed.last_fetched),
        }
        for line in context.core.store.feeds.lines()
    ]
    if not rows:
        context.tell("No feeds yet: media-reader add URL, or media-reader import FILE.")
    head = ("articles", "unread", "folder", "title", "url", "error")
    cells = [[row[name] for name in head] for row in rows]
    context.emit(rows, table(cells, head) if rows else ())
    return DONE


def _remove_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="the subscribed address")


def _remove(context: Context, arguments: argparse.Namespace) -> int:
    context.core.library.remove_feed(arguments.url)
    url = without_password(arguments.url)
    context.emit({"removed": url}, [f"Unsubscribed from {url}; its articles stay in the library."])
    return DONE


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="OPML, watchlist or saved searches")


def _import(context: Context, arguments: argparse.Namespace) -> int:
    path = arguments.file.absolute()
    report: ImportReport = context.ask(ImportFile(path))
    for row in report.rejected[:_SHOWN]:
        context.tell(row.sentence())
    if len(report.rejected) > _SHOWN:
        context.tell(f"… and {len(report.rejected) - _SHOWN} more; --json lists them all.")
    for sentence in report.dropped:
        context.tell(sentence)
    context.emit(asdict(report), [report.sentence()])
    return FAILED if report.rejected else DONE


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    from reader.services.exchange import KINDS

    parser.add_argument("file", metavar="FILE", type=Path, help="its ending says what to write")
    parser.add_argument("--what", choices=KINDS, help="instead of telling it from the name")


def _export(context: Context, arguments: argparse.Namespace) -> int:
    from reader.services.exchange import export_file, watchlist_losses

    refuse_own(context, arguments.file)
    kind, count = export_file(context.core.store, arguments.file, arguments.what)
    if kind == "watchlists":
        lost = watchlist_losses(context.core.store, arguments.file)
        if lost:
            context.tell(f"{' '.join(lost)} There is room for it only in a .json file.")
    context.emit(
        {"kind": kind, "count": count, "file": str(arguments.file)},
        [f"Wrote {count} {kind} to {arguments.file}."],
    )
    return DONE


def _refresh_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("urls", nargs="*", metavar="URL", help="only these feeds")
    parser.add_argument("--all", action="store_true", help="also what is not due yet")


def _refresh(context: Context, arguments: argparse.Namespace) -> int:
    request = Refresh(tuple(arguments.urls) or None, everything=arguments.all)
    summary: RefreshSummary = context.ask(request)
    if summary.stopped:
        context.tell("Stopped; what was fetched until then is kept.")
    for url, sentence in summary.failed:
        context.tell(about(url, sentence))
    for state in context.core.store.outbox.states():
        for sentence in (state.error, state.refusal):
            if sentence:
                context.tell(sentence)
    context.emit(
        {
            "new": summary.new,
            "updated": summary.updated,
            "unchanged": summary.unchanged,
            "failed": [{"url": url, "error": error} for url, error in summary.failed],
        },
        [summary.sentence()],
    )
    return FAILED if summary.failed or summary.stopped else DONE


def _collect(context: Context, _arguments: argparse.Namespace) -> int:
    from reader.workers.serve import foreground

    root = context.core.paths.root
    if somebody_collects(context):
        raise BusyError(f"Another program already works for the library {root}: close it first.")
    context.tell(f"Collecting for {root}; stop with Ctrl+C.")
    foreground(context.core.paths, context.core.settings, context.tell)
    context.emit({"stopped": True}, ["Stopped."])
    return DONE


def refuse_own(context: Context, target: Path) -> None:
    """FileError for a folder, and for the files the library itself consists of."""
    if target.is_dir():
        raise FileError(f"{target} is a folder: name a file to write.")
    paths, place = context.core.paths, target.resolve()
    root = paths.root.resolve()
    own = (paths.database.name, paths.settings.name, paths.collector_lock.name, paths.log.name)
    inside = paths.index.resolve() in place.parents
    if inside or (place.parent == root and place.name.startswith(own)):
        raise FileError(f"{target} belongs to the library itself: name another file.")


COMMANDS = (
    Command("add", "subscribe to feeds, or to the feed a page announces", _add, _add_arguments),
    Command("feeds", "list the subscribed feeds", _feeds),
    Command("remove", "unsubscribe from a feed; its articles stay", _remove, _remove_arguments),
    Command("import", "take in OPML, a watchlist or saved searches", _import, _import_arguments),
    Command("export", "write feeds, watchlists or saved searches", _export, _export_arguments),
    Command("refresh", "fetch the feeds that are due", _refresh, _refresh_arguments),
    Command("collect", "keep fetching on schedule until stopped", _collect),
)
