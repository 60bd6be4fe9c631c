"""Commands that help to choose whom to track, and by which aliases. They change nothing but what
is dismissed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from reader.cli.arguments import add_limit, amount
from reader.cli.command import DONE, Command, Context, iso, table
from reader.cli.progress import Progress
from reader.cli.search import catch_up
from reader.domain.entity import TYPES, Alias, Entity
from reader.domain.workshop import AliasSuggestion, Discovered, Preview, Sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.search.index import Index

_NEW_TYPE = "person"
_DAYS_SHOWN = 14
_NAMES = 50
_WIDEST = 40
"""Signs of the longest bar."""


def _named_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="tracked, or to be tracked")
    parser.add_argument("--type", help=f"{', '.join(TYPES)}, or a word of yours")
    parser.add_argument("--alias", action="extend", nargs="+", metavar="A", help="all its aliases")
    parser.add_argument(
        "--add-alias", action="extend", nargs="+", default=[], metavar="A", help="further aliases"
    )
    parser.add_argument("--watchlist", metavar="W", help="which one, where several have the name")


def _proposed(context: Context, arguments: argparse.Namespace) -> Entity:
    """The tracked entity of that name as it would be, or a new one."""
    present = [
        entity
        for entity in context.core.store.entities.by_name(arguments.name)
        if arguments.watchlist in (None, entity.watchlist)
    ]
    if present:
        entity = context.core.library.entity(arguments.name, arguments.watchlist)
    else:
        entity = Entity(arguments.name, _NEW_TYPE, arguments.watchlist or "default")
    aliases = entity.aliases
    if arguments.alias is not None:
        old = {alias.text: alias for alias in aliases}
        aliases = tuple(old.get(text, Alias(text)) for text in dict.fromkeys(arguments.alias))
    known = {alias.text for alias in aliases}
    more = (Alias(text) for text in dict.fromkeys(arguments.add_alias) if text not in known)
    return replace(entity, type=arguments.type or entity.type, aliases=(*aliases, *more))


def _suggest(context: Context, arguments: argparse.Namespace) -> int:
    from reader.services.aliases import AliasAdviser

    entity = _proposed(context, arguments)
    catch_up(context, wait=False)
    adviser = AliasAdviser(context.core.store, _index(context))
    with Progress() as progress:
        found = adviser.suggest(entity, _step(progress, "Looking for spellings"))
    if not any(one.articles for one in found):
        context.tell("The archive has no other spelling of it.")
    context.emit([_suggested(one) for one in found], _suggestions_told(found))
    return DONE


def _suggested(one: AliasSuggestion) -> dict[str, Any]:
    return {
        "text": one.text,
        "kind": one.kind,
        "covered": one.covered,
        "articles": one.articles,
        "owners": list(one.owners),
        "sample": _sample(one.sample) if one.sample else None,
    }


def _suggestions_told(found: tuple[AliasSuggestion, ...]) -> list[str]:
    cells = [
        [
            one.articles,
            "found already" if one.covered else one.kind,
            ", ".join(one.owners),
            one.text,
        ]
        for one in found
    ]
    return table(cells, ("articles", "kind", "alias of", "spelling")) if cells else []


def _preview(context: Context, arguments: argparse.Namespace) -> int:
    from reader.services.preview import Previewer

    entity = _proposed(context, arguments)
    catch_up(context, wait=False)
    previewer = Previewer(context.core.store, _index(context))
    with Progress() as progress:
        tried = previewer.run(entity, _step(progress, "Looking into articles"))
    context.emit(_previewed(entity, tried), _preview_told(entity, tried))
    return DONE


def _previewed(entity: Entity, tried: Preview) -> dict[str, Any]:
    return {
        "name": entity.name,
        "articles": tried.articles,
        "mentions": tried.mentions,
        "gained": tried.gained,
        "lost": tried.lost,
        "gained_samples": list(tried.gained_samples),
        "lost_samples": list(tried.lost_samples),
        "days": [{"day": day.isoformat(), "articles": count} for day, count in tried.days],
        "aliases": [
            {
                "text": one.text,
                "articles": one.articles,
                "alone": one.alone,
                "standing": one.standing,
            }
            for one in tried.aliases
        ],
        "collisions": [
            {
                "entity": one.name,
                "watchlist": one.watchlist,
                "shared": list(one.shared),
                "articles": one.articles,
            }
            for one in tried.collisions
        ],
        "warnings": list(tried.warnings),
        "samples": [_sample(one) for one in tried.samples],
        "seconds": round(tried.seconds, 3),
    }


def _preview_told(entity: Entity, tried: Preview) -> Iterator[str]:
    yield (
        f"{entity.name}: {tried.mentions} mentions in {tried.articles} articles "
        f"({tried.gained} new, {tried.lost} no longer)."
    )
    yield from (one.sentence for one in tried.aliases)
    yield from (one.sentence for one in tried.collisions)
    yield from tried.warnings
    days = tried.days[-_DAYS_SHOWN:]
    most = max((count for _, count in days), default=0)
    for day, count in days:
        yield f"{day}  {count:>6}  {'▇' * round(_WIDEST * count / max(1, most))}".rstrip()
    for one in tried.samples:
        yield f"{one.moment.astimezone():%Y-%m-%d}  {one.source}: {' '.join(one.text.split())}"


def _discover_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--days", type=amount, default=14, metavar="N", help="how far back (14)")
    add_limit(parser, _NAMES)
    parser.add_argument("--dismiss", metavar="NAME", help="do not offer it again")


def _discover(context: Context, arguments: argparse.Namespace) -> int:
    from reader.services.discover import Discovery
    from reader.services.dismissals import Dismissals

    if arguments.dismiss is not None:
        new = Dismissals(context.core.store).dismiss_name(arguments.dismiss).entities
        told = "will not be offered again" if new else "was dismissed before"
        context.emit({"dismissed": arguments.dismiss}, [f"“{arguments.dismiss}” {told}."])
        return DONE
    catch_up(context, wait=False)
    discovery = Discovery(context.core.store, _index(context))
    with Progress() as progress:
        step = _step(progress, "Looking for names")
        found = discovery.run(arguments.days, arguments.limit, step)
    if not found:
        context.tell("No name that nobody tracks is frequent in these days.")
    context.emit([_named(one) for one in found], _names_told(found))
    return DONE


def _named(one: Discovered) -> dict[str, Any]:
    return {
        "name": one.name,
        "type": one.type,
        "spellings": list(one.spellings),
        "articles": one.articles,
        "outlets": one.outlets,
        "former": one.former,
        "burst": round(one.burst, 2),
        "first_seen": iso(one.first_seen),
        "last_seen": iso(one.last_seen),
        "samples": [_sample(sample) for sample in one.samples],
    }


def _names_told(found: tuple[Discovered, ...]) -> list[str]:
    cells = [
        [one.articles, one.outlets, one.former, f"{one.burst:.1f}×", one.type, one.name]
        for one in found
    ]
    head = ("articles", "outlets", "before", "rise", "type", "name")
    return table(cells, head) if cells else []


def _sample(one: Sample) -> dict[str, Any]:
    return {
        "article_id": one.article_id,
        "title": one.title,
        "source": one.source,
        "at": iso(one.moment),
        "text": one.text,
        "start": one.start,
        "end": one.end,
    }


def _index(context: Context) -> Callable[[], Index]:
    from reader.search.index import Index

    return partial(Index.open, context.core.paths.index)


def _step(progress: Progress, label: str) -> Callable[[int, int], None]:
    def step(done: int, total: int) -> None:
        progress(done, total, 0, label)

    return step


COMMANDS = (
    Command("entities suggest", "aliases that a name could have", _suggest, _named_arguments),
    Command(
        "entities preview", "what a name would find, before it is saved", _preview, _named_arguments
    ),
    Command("entities discover", "frequent names that nobody tracks", _discover,
            _discover_arguments),
)  # fmt: skip
