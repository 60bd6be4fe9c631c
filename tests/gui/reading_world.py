"""Articles for the tests of the reading side, with mentions found by plain looking."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape

from reader.domain.article import (
    FIELDS,
    ArticleDetail,
    ArticleLine,
    Explained,
    Mention,
    Span,
    Texts,
)

THEN = datetime(2026, 11, 22, 8, 12, tzinfo=UTC)
Tracked = tuple[int, str, str, tuple[str, ...]]
HAFTAR: Tracked = (1, "Khalifa Haftar", "person", ("Khalifa Haftar", "Haftar", "حفتر"))
TOBRUK: Tracked = (2, "Tobruk", "place", ("Tobruk", "طبرق"))
S400: Tracked = (3, "S-400", "weapon", ("S-400",))
LNA: Tracked = (4, "Libyan National Army", "organisation", ("Libyan National Army",))
LIBYAN: Tracked = (5, "Libyan", "other", ("Libyan",))
ALL = (HAFTAR, TOBRUK, S400, LNA)

PARAGRAPHS = (
    "Radars for the S-400 were flown to an airfield held by Khalifa Haftar, two officials said.",
    "The Libyan National Army controls Tobruk. Haftar did not answer questions about Tobruk.",
    "A third paragraph names nobody at all.",
)


def mentions(texts: Texts, tracked: Sequence[Tracked] = ALL) -> tuple[Mention, ...]:
    """Longest first; what lies inside a longer mention is not shown."""
    found = [
        Mention(number, name, kind, m.group(), field, m.start(), m.end())
        for number, name, kind, aliases in tracked
        for field in FIELDS
        for m in re.finditer("|".join(map(re.escape, aliases)), texts.get(field))
    ]
    found.sort(key=lambda m: (m.field, m.start, -m.end))
    inside, reach = set(), dict.fromkeys(FIELDS, 0)
    for m in found:
        if m.end <= reach[m.field]:
            inside.add(m)
        reach[m.field] = max(reach[m.field], m.end)
    return tuple(
        Mention(m.entity_id, m.entity, m.type, m.alias, m.field, m.start, m.end, m not in inside)
        for m in found
    )


def line(number: int = 1, **changes: object) -> ArticleLine:
    values: dict[str, object] = {
        "id": number, "title": "", "source": "Harbour Review", "feed": "http://one.test/feed",
        "url": f"http://one.test/{number}", "author": "A. Writer", "language": "en",
        "published": THEN, "sorted_at": THEN, "read": False, "starred": False, "snippet": "",
    }  # fmt: skip
    return ArticleLine(**(values | changes))  # type: ignore[arg-type]


def article(
    number: int = 1,
    title: str = "Haftar looks to Tobruk",
    lead: str = "An airlift that began quietly.",
    paragraphs: Sequence[str] = PARAGRAPHS,
    *,
    html: str | None = None,
    tracked: Sequence[Tracked] = ALL,
    row: dict[str, object] | None = None,
    **changes: object,
) -> ArticleDetail:
    texts = Texts(title, lead, "\n\n".join(paragraphs))
    markup = "".join(f"<p>{escape(p)}</p>" for p in paragraphs) if html is None else html
    values: dict[str, object] = {
        "line": line(number, title=title, **(row or {})), "texts": texts, "html": markup,
        "outlet": "Harbour", "first_seen": THEN, "feeds": ("http://one.test/feed",),
        "mentions": mentions(texts, tracked),
    }  # fmt: skip
    return ArticleDetail(**(values | changes))  # type: ignore[arg-type]


def explained(detail: ArticleDetail, *words: str) -> Explained:
    spans = [
        Span(field, m.start(), m.end(), m.group())
        for field in FIELDS
        for m in re.finditer("|".join(words), detail.texts.get(field))
    ]
    return Explained(tuple(spans))
