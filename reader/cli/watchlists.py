"""Commands about watchlists, types, and making one tracked name of several or two of one."""

import argparse
from collections.abc import Callable
from typing import Any

from reader.cli.command import DONE, Command, Context, table
from reader.cli.entities import entity_row
from reader.cli.search import catch_up
from reader.domain.looks import COLOURS, TypeLine
from reader.domain.watchlist import Merged, WatchlistLine

Run = Callable[[Context, argparse.Namespace], int]


def _row(line: WatchlistLine) -> dict[str, Any]:
    return {
        "name": line.watchlist.name,
        "enabled": line.watchlist.enabled,
        "entities": line.entities,
        "articles": line.articles,
        "mentions": line.mentions,
        "note": line.watchlist.note,
    }


def _watchlists(context: Context, _arguments: argparse.Namespace) -> int:
    catch_up(context)
    rows = [_row(line) for line in context.core.library.watchlists()]
    if not rows:
        context.tell("There is no watchlist yet: media-reader watchlists add NAME.")
    head = ("entities", "articles", "mentions", "enabled", "name", "note")
    cells = [["on" if r[h] is True else "off" if r[h] is False else r[h] for h in head]
             for r in rows]  # fmt: skip
    context.emit(rows, table(cells, head) if rows else ())
    return DONE


def _report(context: Context, name: str) -> int:
    """Count in the stored articles before answering, so that the answer is true."""
    catch_up(context)
    name = context.core.library.watchlist(name).name
    row = next(_row(o) for o in context.core.library.watchlists() if o.watchlist.name == name)
    state = "" if row["enabled"] else ", switched off"
    counts = f"{row['entities']} names, {row['mentions']} mentions in {row['articles']} articles"
    context.emit(row, [f"{name}: {counts}{state}."])
    return DONE


def _name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    _name(parser)
    parser.add_argument("--note", default="", help="what to remember about it")


def _add(context: Context, arguments: argparse.Namespace) -> int:
    context.core.library.add_watchlist(arguments.name, arguments.note)
    return _report(context, " ".join(arguments.name.split()))


def _rename_arguments(parser: argparse.ArgumentParser) -> None:
    _name(parser)
    parser.add_argument("new_name", metavar="NEW")


def _rename(context: Context, arguments: argparse.Namespace) -> int:
    context.core.library.rename_watchlist(arguments.name, arguments.new_name)
    return _report(context, " ".join(arguments.new_name.split()))


def _note_arguments(parser: argparse.ArgumentParser) -> None:
    _name(parser)
    parser.add_argument("text", metavar="TEXT", help="empty: none")


def _note(context: Context, arguments: argparse.Namespace) -> int:
    context.core.library.note_watchlist(arguments.name, arguments.text)
    return _report(context, arguments.name)


def _switch(enabled: bool) -> Run:
    def run(context: Context, arguments: argparse.Namespace) -> int:
        context.core.library.switch_watchlist(arguments.name, enabled=enabled)
        return _report(context, arguments.name)

    return run


def _remove(context: Context, arguments: argparse.Namespace) -> int:
    name = context.core.library.watchlist(arguments.name).name
    context.core.library.remove_watchlist(name)
    catch_up(context)
    context.emit({"removed": name}, [f"The watchlist “{name}” is gone, with its names."])
    return DONE


# -- types


def _type_row(line: TypeLine) -> dict[str, Any]:
    return {
        "name": line.type.name,
        "colour": line.type.colour,
        "icon": line.type.icon,
        "built_in": line.type.built_in,
        "entities": line.entities,
    }


def _types(context: Context, _arguments: argparse.Namespace) -> int:
    rows = [_type_row(line) for line in context.core.library.types()]
    head = ("entities", "colour", "icon", "name")
    context.emit(rows, table([[row[name] for name in head] for row in rows], head))
    return DONE


def _type_report(context: Context, name: str) -> int:
    name = context.core.library.type_named(name)
    row = next(_type_row(o) for o in context.core.library.types() if o.type.name == name)
    context.emit(row, [f"{name}: {row['colour']}, {row['icon']}, {row['entities']} names."])
    return DONE


def _look_arguments(parser: argparse.ArgumentParser, missing: str | None) -> None:
    parser.add_argument(
        "--colour", default=missing, help=f"{', '.join(COLOURS)}, or one of your own: #2f62c9"
    )
    parser.add_argument("--icon", default=missing, help="the name of an icon: star, eye, link …")


def _add_type_arguments(parser: argparse.ArgumentParser) -> None:
    _name(parser)
    _look_arguments(parser, "")


def _add_type(context: Context, arguments: argparse.Namespace) -> int:
    context.core.library.add_type(arguments.name, arguments.colour, arguments.icon)
    return _type_report(context, " ".join(arguments.name.split()))


def _edit_type_arguments(parser: argparse.ArgumentParser) -> None:
    _name(parser)
    _look_arguments(parser, None)
    parser.add_argument("--name", dest="new_name", metavar="NEW")


def _edit_type(context: Context, arguments: argparse.Namespace) -> int:
    library, name = context.core.library, arguments.name
    library.edit_type(name, colour=arguments.colour, icon=arguments.icon)
    if arguments.new_name:
        library.rename_type(name, arguments.new_name)
        catch_up(context)
    return _type_report(context, " ".join((arguments.new_name or name).split()))


def _remove_type_arguments(parser: argparse.ArgumentParser) -> None:
    _name(parser)
    parser.add_argument("--to", default="other", metavar="TYPE", help="of its names from now on")


def _remove_type(context: Context, arguments: argparse.Namespace) -> int:
    library = context.core.library
    name, to = library.type_named(arguments.name), library.type_named(arguments.to)
    library.remove_type(name, to)
    catch_up(context)
    context.emit({"removed": name}, [f"“{name}” is no type any more; its names are {to} now."])
    return DONE


# -- merging and splitting


def _merge_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="+", metavar="NAME")
    parser.add_argument("--into", metavar="NAME", help="the one that stays; else the first")
    parser.add_argument("--watchlist", metavar="W", help="which one, where several have a name")


def _merge(context: Context, arguments: argparse.Namespace) -> int:
    library, names = context.core.library, [*arguments.names]
    into = arguments.into or names[0]
    ids = [library.entity(name, arguments.watchlist).id for name in (into, *names)]
    return _joined(context, library.merge_entities(ids, ids[0]))


def _split_arguments(parser: argparse.ArgumentParser) -> None:
    _name(parser)
    parser.add_argument("--alias", action="extend", nargs="+", required=True, metavar="A")
    parser.add_argument("--into", required=True, metavar="NEW", help="the name of the new one")
    parser.add_argument("--watchlist", metavar="W", help="which one, where several have the name")


def _split(context: Context, arguments: argparse.Namespace) -> int:
    library = context.core.library
    entity = library.entity(arguments.name, arguments.watchlist)
    return _joined(context, library.split_entity(entity.id, arguments.alias, arguments.into))


def _joined(context: Context, done: Merged) -> int:
    for sentence in done.notes:
        context.tell(sentence)
    if done.searches:
        searches = ", ".join(done.searches)
        context.tell(f"These saved searches name it and find “{done.entity}” now: {searches}.")
    catch_up(context)
    line = next(
        one
        for one in context.core.store.entities.lines()
        if (one.entity.name, one.entity.watchlist) == (done.entity, done.watchlist)
    )
    row = {**entity_row(line), "searches": list(done.searches), "notes": list(done.notes)}
    said = f"{done.entity}: {line.mentions} mentions in {line.articles} articles."
    context.emit(row, [said])
    return DONE


COMMANDS = (
    Command("watchlists", "list the watchlists with their counts", _watchlists),
    Command("watchlists add", "make an empty watchlist", _add, _add_arguments),
    Command("watchlists rename", "give it another name", _rename, _rename_arguments),
    Command("watchlists note", "say what to remember about it", _note, _note_arguments),
    Command("watchlists enable", "switch it on", _switch(enabled=True), _name),
    Command("watchlists disable", "as though it were not there", _switch(enabled=False), _name),
    Command("watchlists remove", "remove it, with its names", _remove, _name),
    Command("types", "list the types of names, with colour and icon", _types),
    Command("types add", "make a type of your own", _add_type, _add_type_arguments),
    Command("types edit", "change colour, icon or name", _edit_type, _edit_type_arguments),
    Command("types remove", "remove a type of yours", _remove_type, _remove_type_arguments),
    Command("entities merge", "make one name of several", _merge, _merge_arguments),
    Command("entities split", "make a new name of some aliases", _split, _split_arguments),
)
