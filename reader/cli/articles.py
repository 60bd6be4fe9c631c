"""Commands that show articles: a list, or one of them with all that belongs to it."""

import argparse
import html as markup
from typing import Any

from reader.cli.arguments import add_limit, number
from reader.cli.command import DONE, Command, Context, iso
from reader.domain.address import typed_address, without_password
from reader.domain.article import ArticleDetail, ArticleLine, Copy, Mention
from reader.domain.scope import Scope
from reader.domain.search import DEFAULT_LIMIT
from reader.errors import NotFoundError


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
        "copies": line.copies,
    }


def spoken(line: ArticleLine) -> list[str]:
    marks = ("" if line.read else "•") + ("★" if line.starred else "")
    when = line.sorted_at.astimezone().strftime("%Y-%m-%d %H:%M")
    times = f" ×{line.copies}" if line.copies > 1 else ""
    return [
        f"{line.id:>6} {marks:<2} {when}  {line.source}: {line.title}{times}",
        *([f"          {line.snippet}"] if line.snippet else []),
    ]


def _articles_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--feed", metavar="URL", help="only those of this feed")
    parser.add_argument("--unread", action="store_true", help="only unread ones")
    add_limit(parser, DEFAULT_LIMIT)


def _articles(context: Context, arguments: argparse.Namespace) -> int:
    store = context.core.store
    feed = None
    if arguments.feed is not None:
        url = without_password(arguments.feed.strip())
        known = store.feeds.by_url(url) or store.feeds.by_url(typed_address(url))
        if known is None:
            raise NotFoundError(f"{url} is not subscribed: see media-reader feeds.")
        feed = known.id
    scope = Scope(feed=feed, unread=arguments.unread)
    ids = [article_id for _, article_id in store.lists.page(scope, None, arguments.limit)]
    lines = store.lists.lines(ids)
    if arguments.limit and not lines:
        context.tell(_nothing_here(context, arguments))
    context.emit([row(line) for line in lines], (text for line in lines for text in spoken(line)))
    return DONE


def _nothing_here(context: Context, arguments: argparse.Namespace) -> str:
    if not context.core.store.totals().articles:
        return "The library holds no articles yet: add a feed and refresh."
    return f"No {'unread ' if arguments.unread else ''}articles here."


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
    detail = context.core.store.lists.detail(article_id)
    if detail is None:
        raise NotFoundError(f"There is no article {article_id}.")
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
        "also_at": [_copy(one) for one in detail.copies],
    }


def _copy(one: Copy) -> dict[str, Any]:
    return {
        "article_id": one.article_id,
        "title": one.title,
        "outlet": one.outlet,
        "published": iso(one.published),
        "first_seen": iso(one.first_seen),
        "score": round(one.score, 2),
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
    when = f"{line.sorted_at.astimezone():%Y-%m-%d %H:%M}"
    parts = [
        line.title,
        " · ".join(part for part in (line.source, line.author, when) if part),
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
    for one in detail.copies:
        seen = f"{one.first_seen.astimezone():%Y-%m-%d %H:%M}"
        parts.append(f"Also at: {one.outlet}, {seen} ({one.score:.0%}, article {one.article_id})")
    return parts


COMMANDS = (
    Command("articles", "list articles, newest first", _articles, _articles_arguments),
    Command("show", "one article with its revisions, mentions and hits", _show, _show_arguments),
)
