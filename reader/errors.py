"""Every failure a user can cause or meet, each with one sentence saying what to do.

    ReaderError
    ├── UsageError            wrong words on the command line, a field that does not exist
    │   └── QueryError        a query that cannot be run: where, and why
    ├── NotFoundError         an article, feed, entity, … that was named is not in the library
    ├── TakenError            a name that is to be new is already there
    ├── FeedError             one feed could not be fetched or read; never stops the others
    │   └── NotAFeedError     a web page was given; carries the feeds it announces
    ├── StoreError            database locked, full, damaged, newer, not writable
    ├── IndexFailure          the search index cannot be opened or written
    ├── FileError             a file given by the user cannot be read or written
    ├── BusyError             somebody else holds the library
    └── DeliveryError         a channel did not take alerts; they wait, and are sent again later

Bugs are not in this tree: they reach the top and are reported with a traceback in the log.
Every error passes all its arguments to `super().__init__`, so that it survives a process boundary.
"""


class ReaderError(Exception):
    """A sentence for a person."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else type(self).__name__


class UsageError(ReaderError):
    """What was asked for is not something the program can do; nothing was changed."""


class QueryError(UsageError):
    """A refused query: `position` is the offset in the text (code points) where it went wrong."""

    def __init__(self, sentence: str, position: int = 0) -> None:
        super().__init__(sentence, position)
        self.position = position


class NotFoundError(ReaderError):
    """What was named is not in the library; nothing was changed."""


class TakenError(ReaderError):
    """What is to be new is there already; nothing was changed."""


class FeedError(ReaderError):
    """`kind` is one of `KINDS`; `url` the address it is about."""

    KINDS = (
        "address", "host", "refused", "timeout", "tls", "http", "gone", "limited", "redirect",
        "blocked", "size", "empty", "page", "broken", "parser", "stopped",
    )  # fmt: skip

    def __init__(
        self, sentence: str, kind: str, url: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(sentence, kind, url, retry_after)
        self.kind = kind
        self.url = url
        self.retry_after = retry_after
        """Seconds the server asked us to wait, when it said so."""


class NotAFeedError(FeedError):
    """A web page instead of a feed. `found` lists the (url, title) pairs of feeds it announces."""

    def __init__(self, sentence: str, url: str, found: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(sentence, "page", url)
        self.args = (sentence, url, found)
        self.found = found


class StoreError(ReaderError):
    """The database cannot be opened, read or written."""


class IndexFailure(ReaderError):  # noqa: N818 - "IndexError" is taken by Python
    """The search index cannot be opened, read or written. It can always be rebuilt."""


class FileError(ReaderError):
    """A file named by the user cannot be read or written, or holds something else."""


class BusyError(ReaderError):
    """Another program holds the library."""


class DeliveryError(ReaderError):
    """A channel did not take what it was to deliver, or never said so."""

    def __init__(
        self, sentence: str, retry_after: float | None = None, too_large: bool = False,
        refused: bool = False, sign: str = "",
    ) -> None:  # fmt: skip
        super().__init__(sentence, retry_after, too_large, refused, sign)
        self.retry_after = retry_after
        """Seconds the other side asked us to wait, when it said so."""
        self.too_large = too_large
        """It was refused because of its size: fewer alerts at once may be taken."""
        self.refused = refused
        """This very message will never be taken; others may be."""
        self.sign = sign
        """What makes the failure the same as another; once it repeats itself often enough, it is
        a refusal. "": it may repeat itself for ever."""
