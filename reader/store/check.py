"""Looks for everything that should not be so in a library's database. Changes nothing."""

from reader.store.database import Connection

_MISPLACED = """
    SELECT count(*) FROM {table} AS p JOIN article AS a ON a.id = p.article_id
    WHERE p.sorted_at <> a.sorted_at
"""
_MISCOUNTED = """
    SELECT count(*) FROM {tally} AS t WHERE (articles, {second}) <> (
        SELECT count(*), total({counted}) FROM {table} AS p JOIN article AS a ON a.id = p.article_id
        WHERE p.{column} = t.{column} AND a.deleted = 0)
"""
_PROBLEMS = {
    "{n} articles have lost their text.": """
        SELECT count(*) FROM article AS a
        WHERE NOT EXISTS (SELECT 1 FROM body WHERE article_id = a.id)
    """,
    "{n} articles belong to no feed.": """
        SELECT count(*) FROM article AS a
        WHERE NOT EXISTS (SELECT 1 FROM membership WHERE article_id = a.id)
    """,
    "{n} articles miss an earlier text.": """
        SELECT count(*) FROM article AS a WHERE revision <> 1 + (
            SELECT count(*) FROM revision WHERE article_id = a.id)
    """,
    "{n} counts of mentions differ from the mentions.": """
        SELECT count(*) FROM appearance AS p WHERE mentions <> (
            SELECT count(*) FROM mention AS m
            WHERE m.article_id = p.article_id AND m.entity_id = p.entity_id)
    """,
    "{n} articles stand at a wrong place in a feed's list.": _MISPLACED.format(table="membership"),
    "{n} articles stand at a wrong place in an entity's list.": _MISPLACED.format(
        table="appearance"
    ),
    "{n} articles stand at a wrong place in a saved search's list.": _MISPLACED.format(table="hit"),
    "The articles known to be in several feeds are wrong.": """
        SELECT (SELECT count(*) FROM shared) <> (SELECT count(*) FROM (
            SELECT 1 FROM membership GROUP BY article_id HAVING count(*) > 1))
    """,
    "The counts of the whole library are wrong.": """
        SELECT (articles, unread, starred) <> (
            SELECT count(*), total(read = 0), total(starred) FROM article WHERE deleted = 0)
        FROM library_tally
    """,
    "The counts of {n} feeds are wrong.": _MISCOUNTED.format(
        tally="feed_tally", second="unread", counted="a.read = 0", table="membership",
        column="feed_id",
    ),
    "The counts of {n} entities are wrong.": _MISCOUNTED.format(
        tally="entity_tally", second="mentions", counted="p.mentions", table="appearance",
        column="entity_id",
    ),
    "The counts of {n} saved searches are wrong.": _MISCOUNTED.format(
        tally="saved_tally", second="unread", counted="a.read = 0", table="hit", column="saved_id"
    ),
    "{n} articles stand at a wrong place in a folder of saved searches.": _MISPLACED.format(
        table="saved_folder_hit"
    ),
    "{n} articles are counted wrongly in folders of saved searches.": """
        SELECT count(*) FROM (
            SELECT 1 FROM (
                SELECT folder_id, article_id, 1 AS searches FROM hit
                JOIN saved_search AS s ON s.id = saved_id WHERE folder_id IS NOT NULL
                UNION ALL SELECT folder_id, article_id, -searches FROM saved_folder_hit)
            GROUP BY folder_id, article_id HAVING sum(searches) <> 0)
    """,
    "The counts of {n} folders of saved searches are wrong.": """
        SELECT count(*) FROM saved_folder AS t WHERE (articles, unread) <> (
            SELECT count(*), total(a.read = 0)
            FROM saved_folder_hit AS p JOIN article AS a ON a.id = p.article_id
            WHERE p.folder_id = t.id AND a.deleted = 0)
    """,
    "{n} folders of saved searches are empty.": """
        SELECT count(*) FROM saved_folder AS f
        WHERE NOT EXISTS (SELECT 1 FROM saved_search WHERE folder_id = f.id)
    """,
    "{n} articles stand wrongly in the inbox.": """
        SELECT count(*) FROM (
            SELECT 1 FROM (
                SELECT *, 1 AS times FROM inbox_now UNION ALL SELECT *, -1 FROM inbox)
            GROUP BY article_id, at, last, open, kept, noise, unread, deleted
            HAVING sum(times) <> 0)
    """,
    "{n} groups of copies do not begin with the first of them.": """
        SELECT count(*) FROM (
            SELECT root_id FROM copy GROUP BY root_id HAVING min(article_id) <> root_id)
    """,
    "The counts of {n} groups of copies are wrong.": """
        SELECT count(*) FROM (
            SELECT root_id FROM copy UNION SELECT root_id FROM copy_tally) AS g
        LEFT JOIN copy_tally AS t ON t.root_id = g.root_id
        WHERE t.outlets IS NOT (
            SELECT count(DISTINCT coalesce(f.outlet_id, -f.id)) FROM copy AS c
            JOIN article AS a ON a.id = c.article_id JOIN feed AS f ON f.id = a.feed_id
            WHERE c.root_id = g.root_id AND a.deleted = 0)
    """,
}  # fmt: skip


def problems(connection: Connection) -> list[str]:
    """One sentence each; an empty list when all is well. Reads everything: seconds on a big one."""
    found = [
        f"The file is damaged: {row[0]}."
        for row in connection.execute("PRAGMA integrity_check(20)").fetchall()
        if row[0] != "ok"
    ]
    found += [
        f"A row of {table} refers to a {parent} that is gone."
        for table, parent in {
            (row[0], row[2]) for row in connection.execute("PRAGMA foreign_key_check").fetchall()
        }
    ]
    for sentence, sql in _PROBLEMS.items():
        (count,) = connection.execute(sql).fetchone()
        if count:
            found.append(sentence.format(n=count))
    return found
