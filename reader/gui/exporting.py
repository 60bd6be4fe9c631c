"""Writes what the sidebar shows to a file others can read. Runs on a library thread."""

from pathlib import Path

from reader.domain.entity import Entity
from reader.domain.library import Overview
from reader.domain.looks import EntityType, looked
from reader.errors import UsageError
from reader.gui import words

FILTERS = (
    "Feeds (*.opml);;Entities (*.json);;Entities as a table (*.csv);;Entities as variants (*.tsv)"
)
_ENTITIES = (".json", ".csv", ".tsv")


def export(path: Path, overview: Overview) -> str:
    """The ending decides what is written; gives a sentence saying what it was."""
    # imported here, so that the window opens without them
    from reader.entities import interchange
    from reader.feeds import opml
    from reader.services import exchange

    entities = _entities(overview)
    ending = path.suffix.lower()
    if ending in (".opml", ".xml"):
        feeds = [line.feed for line in overview.feeds]
        rows = [opml.Outline(f.url, f.title, f.site_url, f.folder) for f in feeds]
        data, what = opml.write(rows, "Media Reader"), words.counted(len(rows), "feed")
    elif ending in _ENTITIES:
        what = words.counted(len(entities), "entity", "entities")
        if ending == ".json":
            data = interchange.write_json(entities, overview.watchlists, _told(overview))
        else:
            data = (interchange.write_csv if ending == ".csv" else interchange.write_tsv)(entities)
    else:
        raise UsageError(
            f"{path.name} does not say what to write: end it in .opml for feeds, or in .json, "
            ".csv or .tsv for entities."
        )
    exchange.write_file(path, data)
    return f"{what} written to {path}."


def losses(path: Path, overview: Overview) -> tuple[str, ...]:
    """Sentences on what a file of that name would not keep."""
    from reader.entities import interchange
    from reader.services import exchange

    if path.suffix.lower() not in _ENTITIES:
        return ()
    kind = exchange.watchlist_format(path)
    lists, types = overview.watchlists, _told(overview)
    return interchange.losses(_entities(overview), kind, lists, types)


def _entities(overview: Overview) -> list[Entity]:
    entities = (line.entity for line in overview.entities)
    return sorted(entities, key=lambda one: (one.watchlist, one.name))


def _told(overview: Overview) -> list[EntityType]:
    """The types that a person made, or gave another look."""
    used = {line.entity.type for line in overview.entities}
    return [
        one for one in overview.types
        if one != looked(EntityType(one.name)) or not (one.built_in or one.name in used)
    ]  # fmt: skip
