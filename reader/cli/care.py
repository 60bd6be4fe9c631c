"""Commands for the care of a library: its index, its database, its backups."""

import argparse
from pathlib import Path

from reader.cli.command import DONE, FAILED, Command, Context, iso
from reader.cli.feeds import refuse_own
from reader.cli.search import catch_up, has_index
from reader.errors import IndexFailure
from reader.workers.messages import CatchUp, RebuildIndex


def _index_status(context: Context, _arguments: argparse.Namespace) -> int:
    totals = context.core.store.totals()
    info = context.core.finder.index_info() if has_index(context) else None
    value = {
        "articles": totals.articles,
        "indexed": info.documents if info else 0,
        "to_index": totals.to_index if info else totals.articles,
        "segments": info.segments if info else 0,
        "bytes": info.bytes if info else 0,
        "format": info.format if info else None,
    }
    if not info:
        context.tell("There is no search index yet; the first search, or a refresh, makes it.")
    context.emit(value, (f"{name:<10} {one}" for name, one in value.items()))
    return DONE


def _index_rebuild(context: Context, _arguments: argparse.Namespace) -> int:
    context.ask(RebuildIndex())
    info = context.core.finder.index_info()
    context.emit({"indexed": info.documents}, [f"The index holds {info.documents} articles."])
    return DONE


def _index_check(context: Context, _arguments: argparse.Namespace) -> int:
    if has_index(context):
        problems = _checked(context)
    elif context.core.store.totals().articles:
        problems = ["There is no search index; build it with media-reader index rebuild."]
    else:
        problems = []
    return _problems(context, problems, "The index agrees with the database.")


def _checked(context: Context) -> list[str]:
    try:
        catch_up(context)
        return context.core.finder.check_index()
    except IndexFailure as problem:  # it cannot even be opened
        return [str(problem)]


def _problems(context: Context, problems: list[str], fine: str) -> int:
    for problem in problems:
        context.tell(problem)
    context.emit({"ok": not problems, "problems": problems}, [] if problems else [fine])
    return FAILED if problems else DONE


def _library_info(context: Context, _arguments: argparse.Namespace) -> int:
    store, paths = context.core.store, context.core.paths
    totals = store.totals()
    index = sum(file.stat().st_size for file in paths.index.rglob("*") if file.is_file())
    value = {
        "path": str(paths.root),
        "feeds": totals.feeds,
        "failing": totals.failing,
        "articles": totals.articles,
        "unread": totals.unread,
        "starred": totals.starred,
        "entities": len(store.entities.all()),
        "saved_searches": len(store.saved.all()),
        "to_index": totals.to_index,
        "database_bytes": totals.bytes_on_disk,
        "index_bytes": index,
        "last_refresh": iso(totals.last_refresh),
    }
    context.emit(value, (f"{name:<15} {one}" for name, one in value.items()))
    return DONE


def _library_check(context: Context, _arguments: argparse.Namespace) -> int:
    problems = context.core.store.check()
    return _problems(context, problems, "The library is sound.")


def _file_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path)


def _library_backup(context: Context, arguments: argparse.Namespace) -> int:
    target: Path = arguments.file.absolute()
    refuse_own(context, target)
    context.core.store.backup(target)
    size = target.stat().st_size
    context.emit({"file": str(target), "bytes": size}, [f"Wrote {target} ({size} bytes)."])
    return DONE


def _library_restore(context: Context, arguments: argparse.Namespace) -> int:
    from reader.workers.care import restore_backup

    kept = restore_backup(context.core.paths, arguments.file.absolute())
    context.ask(CatchUp())
    articles = context.core.store.totals().articles
    lines = [f"Restored {articles} articles from {arguments.file}."]
    if kept:
        lines.append(f"What was there before is kept as {kept}.")
    context.emit({"articles": articles, "kept": str(kept) if kept else None}, lines)
    return DONE


COMMANDS = (
    Command("index status", "what the search index holds", _index_status),
    Command("index rebuild", "build the index anew from the database", _index_rebuild),
    Command("index check", "verify the index against the database", _index_check),
    Command("library info", "what the library holds", _library_info),
    Command("library check", "verify the database", _library_check),
    Command("library backup", "write a backup to a file", _library_backup, _file_argument),
    Command("library restore", "bring a backup back", _library_restore, _file_argument),
)
