"""What rows of a list need to highlight names: mentions, and how the texts begin.

For the rows on show alone: these are the only lists that read from bodies, and hardly ever more
than their first letters.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from reader.domain.article import FIELDS, Mention, Texts
from reader.domain.row_mentions import CUT, RowMentions, row_mentions
from reader.store.database import Connection
from reader.store.scopes import ids_json

LOOKED_AT, FARTHEST = 20_000, 2_000_000
"""Code points of a text; the latter for the few passages that are from further down."""
_MENTIONS = """
    SELECT m.article_id, m.entity_id, e.name, e.type, m.alias, m.field, m."start", m."end",
        m.shown
    FROM json_each(:ids) AS j CROSS JOIN mention AS m ON m.article_id = j.value
    JOIN entity AS e ON e.id = m.entity_id JOIN watchlist AS w ON w.id = e.watchlist_id
    WHERE w.enabled AND m."end" <= :most
    ORDER BY m.article_id, m.field, m."start", m."end" DESC, m.shown DESC
"""
_FURTHER = """
    SELECT DISTINCT m.article_id FROM json_each(:ids) AS j
    CROSS JOIN mention AS m ON m.article_id = j.value WHERE m."end" > :most
"""
_TEXTS = """
    SELECT a.id, a.title, substr(b.lead, 1, :most), substr(b.text, 1, :most)
    FROM json_each(:ids) AS j CROSS JOIN article AS a ON a.id = j.value
    JOIN body AS b ON b.article_id = a.id
"""


def named_in_rows(db: Connection, rows: Sequence[tuple[int, str]]) -> list[RowMentions]:
    """For (article, snippet as the row shows it), in that order."""
    snippets = dict(rows)
    near = {one.article_id: one for one in _named(db, snippets, LOOKED_AT)}
    missed = [a for a, one in near.items() if not one.snippet and one.of.startswith(CUT)]
    further = {article: snippets[article] for article in _named_further(db, missed)}
    for one in _named(db, further, FARTHEST) if further else ():
        near[one.article_id] = one
    return list(near.values())


def _named_further(db: Connection, articles: Sequence[int]) -> list[int]:
    values = {"ids": ids_json(articles), "most": LOOKED_AT}
    return [row[0] for row in db.execute(_FURTHER, values)] if articles else []


def _named(db: Connection, snippets: Mapping[int, str], most: int) -> Iterator[RowMentions]:
    values = {"ids": ids_json(snippets), "most": most}
    mentions: dict[int, list[Mention]] = defaultdict(list)
    for article, entity, name, kind, alias, field, *place in db.execute(_MENTIONS, values):
        start, end, shown = place
        found = Mention(entity, name, kind, alias, FIELDS[field], start, end, bool(shown))
        mentions[article].append(found)
    below = [a for a, found in mentions.items() if any(m.field != "title" for m in found)]
    values["ids"] = ids_json(below)
    texts = {article: Texts(*row) for article, *row in db.execute(_TEXTS, values)}
    for article, snippet in snippets.items():
        yield row_mentions(article, snippet, texts.get(article, Texts()), mentions.get(article, ()))
