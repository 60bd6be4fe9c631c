"""What rows of a list need to highlight names: mentions, and how the texts begin.

For the rows on show alone: these are the only lists that read from bodies, and no more than their
first letters.
"""

from collections import defaultdict
from collections.abc import Sequence

from reader.domain.article import FIELDS, Mention, Texts
from reader.domain.row_mentions import RowMentions, row_mentions
from reader.store.database import Connection
from reader.store.scopes import ids_json

LOOKED_AT = 20_000
"""Code points of a text; a passage from further down is shown without its names."""
_MENTIONS = """
    SELECT m.article_id, m.entity_id, e.name, e.type, m.alias, m.field, m."start", m."end",
        m.shown
    FROM json_each(:ids) AS j CROSS JOIN mention AS m ON m.article_id = j.value
    JOIN entity AS e ON e.id = m.entity_id JOIN watchlist AS w ON w.id = e.watchlist_id
    WHERE w.enabled AND m."end" <= :most
    ORDER BY m.article_id, m.field, m."start", m."end" DESC, m.shown DESC
"""
_TEXTS = """
    SELECT a.id, a.title, substr(b.lead, 1, :most), substr(b.text, 1, :most)
    FROM json_each(:ids) AS j CROSS JOIN article AS a ON a.id = j.value
    JOIN body AS b ON b.article_id = a.id
"""


def named_in_rows(db: Connection, rows: Sequence[tuple[int, str]]) -> list[RowMentions]:
    """For (article, snippet as the row shows it), in that order."""
    snippets = dict(rows)
    values = {"ids": ids_json(snippets), "most": LOOKED_AT}
    mentions: dict[int, list[Mention]] = defaultdict(list)
    for article, entity, name, kind, alias, field, *place in db.execute(_MENTIONS, values):
        start, end, shown = place
        found = Mention(entity, name, kind, alias, FIELDS[field], start, end, bool(shown))
        mentions[article].append(found)
    below = [a for a, found in mentions.items() if any(m.field != "title" for m in found)]
    values["ids"] = ids_json(below)
    texts = {article: Texts(*row) for article, *row in db.execute(_TEXTS, values)}
    return [
        row_mentions(article, snippet, texts.get(article, Texts()), mentions.get(article, ()))
        for article, snippet in snippets.items()
    ]
