"""Writes what the sidebar shows to a file others can read. Runs on a library thread."""

from pathlib import Path

from reader.domain.library import Overview
from reader.errors import UsageError
from reader.gui import words

FILTERS = "Feeds (*.opml);;Entities (*.json);;Entities as a table (*.csv)"


def export(path: Path, overview: Overview) -> str:
    """The ending decides what is written; gives a sentence saying what it was."""
    # imported here, so that the window opens without them
    from reader.entities import interchange
    from reader.feeds import opml
    from reader.services import exchange

    entities = [line.entity for line in overview.entities]
    ending = path.suffix.lower()
    if ending in (".opml", ".xml"):
        feeds = [line.feed for line in overview.feeds]
        rows = [opml.Outline(f.url, f.title, f.site_url, f.folder) for f in feeds]
        data, what = opml.write(rows, "Media Reader"), words.counted(len(rows), "feed")
    elif ending == ".json":
        data, what = interchange.write_json(entities), _entities(len(entities))
    elif ending == ".csv":
        data, what = interchange.write_csv(entities), _entities(len(entities))
    else:
        raise UsageError(
            f"{path.name} does not say what to write: end it in .opml for feeds, or in .json or "
            ".csv for entities."
        )
    exchange.write_file(path, data)
    return f"{what} written to {path}."


def _entities(count: int) -> str:
    return words.counted(count, "entity", "entities")
