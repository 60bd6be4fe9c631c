"""Commands about articles: listing, searching, showing, marking."""

import argparse
import html as markup
from typing import Any

from reader.cli.arguments import limit, number
from reader.cli.command import DONE, Command, Context, iso
from reader.domain.article import ArticleDetail, ArticleLine, Mention, Span
from reader.domain.scope import Scope
from reader.domain.search import DEFAULT_LIMIT
from reader.errors import UsageError
from reader.store.selection import FACETS


def row(line: ArticleLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "title": line.title,
        "feed": line.feed,
        "url": line.url,
        "author": line.author,
        "published": iso(line.published),
        "language": line.language,
        "read": line.read,
        "starred": line.starred,
        "snippet": line.snippet,
    }


def spoken(line: ArticleLine) -> list[str]:
    marks = ("" if line.read else "•") + ("★" if line.starred else "")
    when = line.sorted_at.astimezone().strftime("%Y-%m-%d %H:%M")
    return [
        f"{line.id:>6} {marks:<2} {when}  {line.source}: {line.title}",
        *([f"          {line.snippet}"] if line.snippet else []),
    ]


def span(one: Span) -> dict[str, Any]:
    return {"field": one.field, "start": one.start, "end": one.end, "text": one.text}


def _articles_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--feed", metavar="URL", help="only those of this feed")
    parser.add_argument("--unread", action="store_true", help="only unread ones")
    parser.add_argument("--limit", type=limit, default=DEFAULT_LIMIT, metavar="N")


def _articles(context: Context, arguments: argparse.Namespace) -> int:
    store = context.core.store
    feed = None
    if arguments.feed is not None:
        known = store.feeds.by_url(arguments.feed)
        if known is None:
            raise UsageError(f"{arguments.feed} is not subscribed: see media-reader feeds.")
        feed = known.id
    scope = Scope(feed=feed, unread=arguments.unread)
    ids = [article_id for _, article_id in store.lists.page(scope, None, arguments.limit)]
    lines = store.lists.lines(ids)
    if not lines:
        context.tell("No articles here yet.")
    context.emit([row(line) for line in lines], (text for line in lines for text in spoken(line)))
    return DONE


def _search_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", metavar="QUERY")
    parser.add_argument("--sort", choices=("date", "score"), default="date")
    parser.add_argument("--limit", type=limit, default=DEFAULT_LIMIT, metavar="N")
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--count", action="store_true", help="only how many there are")
    output.add_argument("--facet", choices=FACETS, help="count by this instead of listing")
    output.add_argument("--explain", action="store_true", help="say where each article matches")


def _search(context: Context, arguments: argparse.Namespace) -> int:
    catch_up(context)
    finder = context.core.finder
    if arguments.count:
        count = finder.count(arguments.query)
        _hint(context, count)
        context.emit({"count": count}, [str(count)])
    elif arguments.facet:
        facet = finder.facet(arguments.query, arguments.facet)
        _hint(context, len(facet.values))
        values = [{"value": value, "count": count} for value, count in facet.values]
        lines = (f"{count:>8}  {value}" for value, count in facet.values)
        context.emit({"facet": facet.name, "values": values}, lines)
    else:
        _search_rows(context, arguments)
    return DONE


def _search_rows(context: Context, arguments: argparse.Namespace) -> None:
    finder = context.core.finder
    found = finder.found(arguments.query, sort=arguments.sort, limit=arguments.limit)
    _hint(context, found.total)
    rows, lines = [], []
    for line, score in found.lines:
        shown = {**row(line), "score": round(score, 4)}
        lines.extend(spoken(line))
        if arguments.explain:
            why = finder.explained(arguments.query, line.id)
            shown["why"] = [span(one) for one in why.spans]
            shown["clauses"] = list(why.clauses)
            lines.extend(f"          {clause}" for clause in why.clauses)
            lines.extend(
                f"          {one.field} {one.start}–{one.end}: {one.text}" for one in why.spans
            )
        rows.append(shown)
    if found.total > len(rows):
        context.tell(f"{len(rows)} of {found.total} articles; more with --limit.")
    context.emit(rows, lines)


def _hint(context: Context, count: int) -> None:
    if not count:
        context.tell(context.core.finder.hint())


def catch_up(context: Context) -> None:
    """Bring index, mentions and hits up to date where something is still to be done."""
    from reader.cli.feeds import progress
    from reader.workers.messages import CatchUp

    if context.core.library.pending() or not context.core.paths.index.exists():
        context.core.ask_collector(CatchUp(), progress(context))


def _show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", type=number)
    parser.add_argument("--html", action="store_true", help="print its safe HTML")


def _show(context: Context, arguments: argparse.Namespace) -> int:
    detail = found_article(context, arguments.id)
    if arguments.html and not context.json:
        context.emit(None, [_page(detail)])
        return DONE
    value = _detail(detail)
    if arguments.html:
        value["html"] = detail.html
    context.emit(value, _spoken_detail(detail))
    return DONE


def found_article(context: Context, article_id: int) -> ArticleDetail:
    detail = context.core.library.detail(article_id)
    if detail is None:
        raise UsageError(f"There is no article {article_id}.")
    return detail


def _detail(detail: ArticleDetail) -> dict[str, Any]:
    return {
        **row(detail.line),
        "outlet": detail.outlet,
        "feeds": list(detail.feeds),
        "first_seen": iso(detail.first_seen),
        "published_raw": detail.published_raw or None,
        "lead": detail.texts.lead,
        "text": detail.texts.body,
        "tags": list(detail.line.tags),
        "note": detail.note or None,
        "revisions": [
            {
                "number": revision.number,
                "seen": iso(revision.seen),
                "title": revision.texts.title,
                "lead": revision.texts.lead,
                "text": revision.texts.body,
            }
            for revision in detail.revisions
        ],
        "mentions": [mention(one) for one in detail.mentions if one.shown],
        "hits": list(detail.hits),
    }


def mention(one: Mention) -> dict[str, Any]:
    return {
        "entity": one.entity,
        "type": one.type,
        "alias": one.alias,
        "field": one.field,
        "start": one.start,
        "end": one.end,
    }


def _page(detail: ArticleDetail) -> str:
    title = markup.escape(detail.texts.title)
    lead = f"<p><em>{markup.escape(detail.texts.lead)}</em></p>\n" if detail.texts.lead else ""
    return f"<h1>{title}</h1>\n{lead}{detail.html}"


def _spoken_detail(detail: ArticleDetail) -> list[str]:
    line = detail.line
    names = dict.fromkeys(m.entity for m in detail.mentions)
    parts = [
        line.title,
        f"{line.source} · {line.author + ' · ' if line.author else ''}"
        f"{line.sorted_at.astimezone():%Y-%m-%d %H:%M}",
        line.url,
        "",
        *([detail.texts.lead, ""] if detail.texts.lead else []),
        detail.texts.body,
        "",
    ]
    for label, values in (("Entities", names), ("Tags", line.tags), ("Matches", detail.hits)):
        if values:
            parts.append(f"{label}: {', '.join(values)}")
    if detail.note:
        parts.append(f"Note: {detail.note}")
    if detail.revisions:
        parts.append(f"Earlier versions: {len(detail.revisions)}")
    return parts


def _tag_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="+", metavar="ID… TAG")
    parser.add_argument("--remove", action="store_true")


def _tag(context: Context, arguments: argparse.Namespace) -> int:
    *ids, name = arguments.words
    if not ids:
        raise UsageError("Give the numbers of the articles, then the tag.")
    return _changed(
        context,
        _known(context, ids),
        lambda known: context.core.library.tag(known, name, remove=arguments.remove),
    )


def _note_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", type=number)
    parser.add_argument("text", metavar="TEXT", help='"" removes the note')


def _note(context: Context, arguments: argparse.Namespace) -> int:
    return _changed(
        context,
        _known(context, [arguments.id]),
        lambda known: context.core.library.note(known[0], arguments.text),
    )


def _mark_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="+", metavar="ID")
    read = parser.add_mutually_exclusive_group()
    read.add_argument("--read", dest="read", action="store_const", const=True)
    read.add_argument("--unread", dest="read", action="store_const", const=False)
    star = parser.add_mutually_exclusive_group()
    star.add_argument("--starred", dest="starred", action="store_const", const=True)
    star.add_argument("--unstarred", dest="starred", action="store_const", const=False)


def _mark(context: Context, arguments: argparse.Namespace) -> int:
    if arguments.read is None and arguments.starred is None:
        raise UsageError("Say how to mark: --read, --unread, --starred or --unstarred.")
    return _changed(
        context,
        _known(context, arguments.ids),
        lambda known: context.core.library.mark(
            known, read=arguments.read, starred=arguments.starred
        ),
    )


def _known(context: Context, ids: list[Any]) -> list[int]:
    """UsageError for the first that is no article; nothing is changed then."""
    try:
        numbers = [number(str(one)) for one in ids]
    except argparse.ArgumentTypeError as problem:
        raise UsageError(f"{problem}.") from problem
    present = {line.id for line in context.core.library.lines(numbers)}
    for one in numbers:
        if one not in present:
            raise UsageError(f"There is no article {one}; nothing was changed.")
    return numbers


def _changed(context: Context, ids: list[int], change: Any) -> int:
    changed = len(change(ids).articles)
    context.emit({"changed": changed}, [f"{changed} of {len(ids)} changed."])
    return DONE


COMMANDS = (
    Command("articles", "list articles, newest first", _articles, _articles_arguments),
    Command("search", "find articles; media-reader search --help", _search, _search_arguments),
    Command("show", "one article with its revisions, mentions and hits", _show, _show_arguments),
    Command("tag", "tag articles, or take a tag away", _tag, _tag_arguments),
    Command("note", "write a note on an article", _note, _note_arguments),
    Command("mark", "mark articles read, unread, starred …", _mark, _mark_arguments),
)
