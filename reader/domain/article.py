"""Articles as they pass through the program, one name per stage.

    ParsedItem      what a feed said          (feeds)
    StoredArticle   what the library holds    (store), with `Texts`
    ArticleLine     one row of a list; never carries a body
    ArticleDetail   everything the reading pane and `show` need

Times are aware datetimes in UTC. Offsets are code points into one of the three plain texts named
by `FIELDS`.
"""

from dataclasses import dataclass, field
from datetime import datetime

from reader.domain.imprint import Imprint

FIELDS = ("title", "lead", "body")
"""The texts of an article that are matched, in reading order."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The plain texts of an article.

    `lead` is the standfirst: a summary that is not simply the beginning of `body`; else empty.
    """

    title: str = ""
    lead: str = ""
    body: str = ""

    def get(self, name: str) -> str:
        return str(getattr(self, name))


@dataclass(frozen=True, slots=True)
class ParsedItem:
    """One entry of a feed, cleaned: `html` is safe to show, the texts hold no markup."""

    guid: str
    url: str
    texts: Texts
    html: str
    author: str = ""
    published: datetime | None = None
    published_raw: str = ""
    """The date as the feed wrote it, kept when it could not be understood or is implausible."""
    language: str = ""
    """ISO 639-1, or "" when unknown."""
    categories: tuple[str, ...] = ()
    written: int = 0
    """A hash of how the feed wrote it, by which it can be left out the next time; 0: it cannot."""
    imprint: Imprint | None = field(default=None, compare=False, repr=False)
    """What all of this makes of it, where somebody had the time to work it out."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An alias found in an article. `start`, `end`: code points in the text named by `field`.

    `shown` is False for a mention that lies inside a longer one: it counts, but is not painted.
    """

    entity_id: int
    entity: str
    type: str
    alias: str
    field: str
    start: int
    end: int
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """A place in an article that made a query true, with the words that stand there."""

    field: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A tracked entity of an article, as the list shows it."""

    entity_id: int
    name: str
    type: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class ArticleLine:
    id: int
    title: str
    source: str
    """The title of the (first) feed it came from."""
    feed: str
    """The subscribed URL of that feed."""
    url: str
    author: str
    language: str
    published: datetime | None
    sorted_at: datetime
    """Where it stands in a list by date: `published` when plausible, else when first seen."""
    read: bool
    starred: bool
    snippet: str
    chips: tuple[Chip, ...] = ()
    tags: tuple[str, ...] = ()
    has_note: bool = False
    revisions: int = 0
    """How many earlier texts of the article are kept."""
    copies: int = 1
    """How many articles carry this text, itself among them."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Another article with much the same text. `score`: the share of the shorter text, 0 to 1."""

    article_id: int
    title: str
    source: str
    outlet: str
    published: datetime | None
    first_seen: datetime
    score: float


@dataclass(frozen=True, slots=True)
class Marked:
    """Title and snippet of a search hit with the spans to mark, (start, end) in code points."""

    article_id: int
    title: tuple[tuple[int, int], ...]
    snippet: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier text of an article. `number` counts from 1, the oldest."""

    number: int
    seen: datetime
    """When this text was first fetched."""
    texts: Texts
    html: str
    author: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A person said that `spelling` does not mean this entity in an article."""

    entity_id: int
    entity: str
    spelling: str


@dataclass(frozen=True, slots=True)
class ArticleDetail:
    line: ArticleLine
    texts: Texts
    html: str
    outlet: str
    first_seen: datetime
    feeds: tuple[str, ...]
    """Subscribed URLs of every feed that carried it."""
    mentions: tuple[Mention, ...] = ()
    note: str = ""
    revisions: tuple[Revision, ...] = ()
    hits: tuple[str, ...] = ()
    """Names of the saved searches it matches."""
    published_raw: str = ""
    images_allowed: bool = False
    copies: tuple[Copy, ...] = ()
    """The others with this text, first seen first."""
    confirmed: frozenset[tuple[int, str]] = frozenset()
    """(entity, spelling) of which a person said that it is meant here."""
    rejected: tuple[Rejection, ...] = ()
    """Of which a person said that it is not."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One article with everything a query can ask about it; the index and the matcher read this."""

    id: int
    texts: Texts
    author: str = ""
    url: str = ""
    language: str = ""
    published: datetime | None = None
    sorted_at: datetime | None = None
    first_seen: datetime | None = None
    feeds: tuple[tuple[str, str], ...] = ()
    """(subscribed URL, title) of every feed that carried it."""
    folders: tuple[str, ...] = ()
    """Folder paths of those feeds: "Mediterranean/Libya"."""
    outlets: tuple[str, ...] = ()
    entities: tuple[tuple[str, str, str], ...] = ()
    """(name, type, watchlist) of every entity mentioned."""
    aliases: tuple[tuple[str, ...], ...] = ()
    """The aliases of each of `entities`, in the same order; may be left out."""
    entity_spans: tuple[Mention, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""
    read: bool = False
    starred: bool = False
    has_revision: bool = False


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a query is true of an article: the places, and a sentence for each clause."""

    spans: tuple[Span, ...] = ()
    clauses: tuple[str, ...] = field(default=())
    more: int = 0
    """Places beyond those of `spans`, which are the first ones of very many."""
