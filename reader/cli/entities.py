"""Commands about tracked entities."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from reader.cli.arguments import number
from reader.cli.articles import found_article, mention
from reader.cli.command import DONE, Command, Context, table
from reader.cli.search import catch_up
from reader.domain.entity import NOTHING_SAID, TYPES, Alias, ContextRule, Entity, EntityLine
from reader.errors import FileError, TakenError, UsageError

if TYPE_CHECKING:
    from reader.entities.match import Matcher


def entity_row(line: EntityLine) -> dict[str, Any]:
    entity = line.entity
    return {
        "name": entity.name,
        "type": entity.type,
        "watchlist": entity.watchlist,
        "aliases": [alias.text for alias in entity.aliases],
        "articles": line.articles,
        "mentions": line.mentions,
    }


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--watchlist", metavar="W", help="only those of this watchlist")


def _entities(context: Context, arguments: argparse.Namespace) -> int:
    wanted = arguments.watchlist
    name = None if wanted is None else context.core.library.watchlist(wanted).name
    catch_up(context)
    lines = context.core.store.entities.lines()
    rows = [entity_row(line) for line in lines if name in {None, line.entity.watchlist}]
    if not rows:
        context.tell("Nothing is tracked yet: media-reader entities add NAME --type TYPE.")
    head = ("articles", "mentions", "type", "watchlist", "name", "aliases")
    cells = [[*(one[name] for name in head[:-1]), ", ".join(one["aliases"])] for one in rows]
    context.emit(rows, table(cells, head) if rows else ())
    return DONE


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--type", required=True, help=f"{', '.join(TYPES)}, or a word of yours")
    parser.add_argument("--alias", action="extend", nargs="+", default=[], metavar="A")
    parser.add_argument("--watchlist", default="default", metavar="W")
    parser.add_argument("--note", default="", help="what to remember about it")
    _rule_arguments(parser)


def _rule_arguments(parser: argparse.ArgumentParser) -> None:
    """What must stand near the name and its aliases."""
    for option, to, says in (
        ("--requires", "requires", "one of these must stand near it"),
        ("--not", "unless", "none of these may stand near it"),
    ):
        parser.add_argument(
            option, dest=to, action="extend", nargs="+", default=[], metavar="WORD", help=says
        )
    parser.add_argument(
        "--within", type=int, default=0, metavar="N", help="words between; 0: in the whole article"
    )


def _rules(arguments: argparse.Namespace) -> tuple[ContextRule, ...]:
    asked: tuple[tuple[Literal["requires", "not"], list[str]], ...] = (
        ("requires", arguments.requires),
        ("not", arguments.unless),
    )
    return tuple(
        ContextRule(kind, tuple(dict.fromkeys(words)), arguments.within)
        for kind, words in asked
        if words
    )


def _add(context: Context, arguments: argparse.Namespace) -> int:
    present = [
        entity
        for entity in context.core.store.entities.by_name(arguments.name)
        if entity.watchlist == arguments.watchlist
    ]
    if present:
        raise TakenError(
            f"“{present[0].name}” is already in the watchlist “{arguments.watchlist}”: "
            "change it with media-reader entities edit."
        )
    entity = Entity(
        arguments.name,
        arguments.type,
        arguments.watchlist,
        tuple(Alias(text) for text in dict.fromkeys(arguments.alias)),
        note=arguments.note,
        rules=_rules(arguments),
    )
    return _track(context, entity)


def _track(context: Context, entity: Entity) -> int:
    """Say what may well be a mistake, and do it."""
    from reader.entities.check import check, warnings

    check(entity)
    for sentence in warnings(entity, context.core.store.entities.watched()):
        context.tell(sentence)
    context.core.library.track(entity)
    return _report(context, entity.name, entity.watchlist)


def _report(context: Context, name: str, watchlist: str) -> int:
    """Count in the stored articles before answering, so that the answer is true."""
    catch_up(context)
    line = next(
        one
        for one in context.core.store.entities.lines()
        if (one.entity.name, one.entity.watchlist) == (name, watchlist)
    )
    context.emit(
        entity_row(line), [f"{name}: {line.mentions} mentions in {line.articles} articles."]
    )
    return DONE


def _edit_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--name", dest="new_name", metavar="NEW")
    parser.add_argument("--type")
    parser.add_argument("--alias", action="extend", nargs="+", metavar="A", help="all its aliases")
    parser.add_argument(
        "--add-alias", action="extend", nargs="+", default=[], metavar="A", help="further aliases"
    )
    parser.add_argument("--watchlist", metavar="W", help="which one, where several have the name")
    parser.add_argument("--move", metavar="W", help="put it into this watchlist")
    parser.add_argument("--note")
    parser.add_argument("--no-rules", action="store_true", help="nothing need stand near it")
    _rule_arguments(parser)


def _edit(context: Context, arguments: argparse.Namespace) -> int:
    entity = context.core.library.entity(arguments.name, arguments.watchlist)
    aliases = entity.aliases
    if arguments.alias is not None:
        options = {alias.text: alias for alias in entity.aliases}
        aliases = tuple(options.get(t, Alias(t)) for t in dict.fromkeys(arguments.alias))
    known = {alias.text for alias in aliases}
    more = (Alias(text) for text in dict.fromkeys(arguments.add_alias) if text not in known)
    changed = replace(
        entity,
        name=arguments.new_name or entity.name,
        type=arguments.type or entity.type,
        watchlist=arguments.move or entity.watchlist,
        aliases=(*aliases, *more),
        note=entity.note if arguments.note is None else arguments.note,
        rules=_rules(arguments) or (() if arguments.no_rules else entity.rules),
    )
    if changed == entity:
        raise UsageError(
            "Say what to change: --name, --type, --alias, --add-alias, --note, --move, --requires, "
            "--not, --no-rules."
        )
    return _track(context, changed)


def _remove_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--watchlist", metavar="W")


def _remove(context: Context, arguments: argparse.Namespace) -> int:
    context.core.library.untrack(arguments.name, arguments.watchlist)
    catch_up(context)
    context.emit({"removed": arguments.name}, [f"“{arguments.name}” is no longer tracked."])
    return DONE


def _annotate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE|-", help="UTF-8 plain text")
    parser.add_argument("--article", type=number, metavar="ID", help="a stored article instead")
    parser.add_argument("--watchlist", type=Path, metavar="FILE", help="instead of the library's")
    parser.add_argument(
        "--language", metavar="CODE", help="of the text, instead of its own look: tr"
    )


def _annotate(context: Context, arguments: argparse.Namespace) -> int:
    from reader.entities import morphology
    from reader.entities.match import Matcher

    if (arguments.file is None) == (arguments.article is None):
        raise UsageError("Give one text to annotate: FILE, - for standard input, or --article ID.")
    entities = _watchlist(context, arguments.watchlist)
    matcher = Matcher(entities, morphology.best())
    rows = (
        _annotate_article(context, matcher, arguments.article)
        if arguments.article is not None
        else _annotate_text(matcher, _text(arguments.file), arguments.language)
    )
    if not entities:
        context.tell("Nothing is tracked: media-reader entities add, or --watchlist FILE.")
    lines = (
        f"{r['start']:>6}–{r['end']:<6} {r['entity']} ({r['type']}): {r['text']}" for r in rows
    )
    context.emit(rows, lines)
    return DONE


def _watchlist(context: Context, path: Path | None) -> list[Entity]:
    if path is None:
        return context.core.store.entities.watched()
    from reader.entities import interchange
    from reader.services.exchange import read_file

    file = interchange.read(read_file(path), path.name)
    for row in file.rejected:
        context.tell(row.sentence())
    for sentence in file.dropped:
        context.tell(sentence)
    return [replace(entity, id=position) for position, entity in enumerate(file.entities, 1)]


def _text(name: str) -> str:
    from reader.services.exchange import read_file

    data = sys.stdin.buffer.read() if name == "-" else read_file(Path(name))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise FileError(
            f"{'Standard input' if name == '-' else name} is not UTF-8 text "
            f"(byte {problem.start}): convert it first."
        ) from problem


def _annotate_text(matcher: Matcher, text: str, language: str | None) -> list[dict[str, Any]]:
    """As an article with this text would have them: in the language it seems to be in."""
    from reader.feeds.language import detect

    if language is None:
        language = detect(text)
    found: dict[tuple[int, int, int], dict[str, Any]] = {}
    for match in matcher.find(text, language):
        if match.shown:
            found.setdefault(
                (match.entity.id, match.start, match.end),
                {
                    "entity": match.entity.name,
                    "type": match.entity.type,
                    "alias": match.alias,
                    "start": match.start,
                    "end": match.end,
                    "text": text[match.start : match.end],
                },
            )
    return list(found.values())


def _annotate_article(context: Context, matcher: Matcher, article_id: int) -> list[dict[str, Any]]:
    """Title, lead and body in turn; `field` says which text the offsets are of."""
    texts = found_article(context, article_id).texts
    reading = context.core.store.entities.reading
    language = reading.languages([article_id]).get(article_id, "")
    said = reading.verdicts([article_id]).get(article_id, NOTHING_SAID)
    return [
        {**mention(one), "text": texts.get(one.field)[one.start : one.end]}
        for one in matcher.mentions(texts, language, said)
        if one.shown
    ]


COMMANDS = (
    Command("entities", "list the tracked names with their counts", _entities, _list_arguments),
    Command("entities add", "track a name", _add, _add_arguments),
    Command("entities edit", "change a tracked name", _edit, _edit_arguments),
    Command("entities remove", "stop tracking a name", _remove, _remove_arguments),
    Command("annotate", "find the tracked names in a text", _annotate, _annotate_arguments),
)
