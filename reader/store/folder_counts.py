"""How many articles are in each folder of feeds, with all that is below it."""

from collections.abc import Iterator

from reader.domain import folders
from reader.domain.library import FolderLine
from reader.store.database import Connection

# Grouped by the folders they are in, so that ten thousand shared articles are a few rows.
_SHARED = """
    SELECT folders, count(*), total(read = 0) FROM (
        SELECT group_concat(feed.folder_id) AS folders, a.read FROM shared
        CROSS JOIN article AS a ON a.id = article_id AND a.deleted = 0
        CROSS JOIN membership USING (article_id) JOIN feed ON feed.id = membership.feed_id
        WHERE feed.removed IS NULL AND feed.folder_id IS NOT NULL
        GROUP BY article_id HAVING count(*) > 1)
    GROUP BY folders
"""


def folder_lines(db: Connection, paths: dict[int, str]) -> list[FolderLine]:
    """Every folder with what is in it and below it; an article in several feeds counts once.

    `paths`: of all folders, by id.
    """
    counts = {path: [0, 0] for path in paths.values()}
    above = {folder: _upwards(path) for folder, path in paths.items()}
    for folder, articles, unread in _sums(db):
        for path in above[folder]:
            counts[path][0] += articles
            counts[path][1] += unread
    for path, articles, unread in _repeats(db, above):
        counts[path][0] -= articles
        counts[path][1] -= unread
    return [FolderLine(path, *counts[path]) for path in sorted(counts, key=str.casefold)]


def _sums(db: Connection) -> list[tuple[int, int, int]]:
    return db.execute(
        "SELECT folder_id, sum(articles), sum(unread) FROM feed"
        " JOIN feed_tally ON feed_tally.feed_id = feed.id"
        " WHERE removed IS NULL AND folder_id IS NOT NULL GROUP BY folder_id"
    ).fetchall()


def _repeats(db: Connection, above: dict[int, list[str]]) -> Iterator[tuple[str, int, int]]:
    """(path, articles, unread) by which the sums count shared articles too often."""
    for folders_of_article, articles, unread in db.execute(_SHARED).fetchall():
        seen: set[str] = set()
        for folder in folders_of_article.split(","):
            for path in above[int(folder)]:
                if path in seen:
                    yield path, articles, int(unread)
                seen.add(path)


def _upwards(path: str) -> list[str]:
    names = folders.split(path)
    return [folders.join(names[:length]) for length in range(1, len(names) + 1)]
