"""The searcher process: answers queries from read-only snapshots of index and database.

Only the newest search matters to somebody who is typing, so a search that has been overtaken by
a newer one in the pipe is dropped without an answer.
"""

import logging
from contextlib import ExitStack
from multiprocessing.connection import Connection

from reader import log
from reader.errors import ReaderError
from reader.paths import LibraryPaths
from reader.search.index import Index
from reader.services.find import Finder
from reader.store.store import Store
from reader.workers.messages import (
    Answer,
    Ask,
    Clauses,
    Complete,
    Explain,
    Facets,
    Instead,
    Mark,
    Narrow,
    Refusal,
    Search,
)

logger = logging.getLogger(__name__)

BUG = "Something went wrong inside the search; the details are in the library's reader.log."


def main(connection: Connection, paths: LibraryPaths, topics: tuple[str, ...]) -> None:
    """Serve until the pipe closes."""
    log.setup(paths.log, topics=topics)
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(paths, read_only=True))
        finder = Finder(store, lambda: Index.open(paths.index))
        stack.callback(finder.close)
        try:
            while True:
                _serve(connection, finder)
        except (EOFError, OSError):
            logger.info("The window is gone; leaving.")


def _serve(connection: Connection, finder: Finder) -> None:
    for ask in _newest(_pending(connection)):
        try:
            connection.send(Answer(ask.number, _answer(finder, ask.request)))
        except ReaderError as problem:
            connection.send(Refusal(ask.number, problem))
        except (EOFError, OSError):
            raise  # the window is gone
        except Exception:
            logger.exception("A bug while answering %r.", ask.request)
            connection.send(Refusal(ask.number, ReaderError(BUG)))


def _pending(connection: Connection) -> list[Ask]:
    """Everything that has arrived, waiting for the first."""
    asks = [connection.recv()]
    while connection.poll():
        asks.append(connection.recv())
    return asks


def _newest(asks: list[Ask]) -> list[Ask]:
    """All of them, but of the searches only the last."""
    searches = [ask for ask in asks if isinstance(ask.request, Search)]
    return [ask for ask in asks if ask not in searches[:-1]]


def _answer(finder: Finder, request: object) -> object:
    match request:
        case Search(query, sort):
            return finder.hits(query, sort=sort)
        case Mark(query, ids):
            return finder.marks(query, ids)
        case Explain(query, article_id):
            return finder.explained(query, article_id)
        case Facets(query):
            return finder.facets(query)
        case Clauses(query):
            return finder.clauses(query)
        case Complete(query, cursor):
            return finder.complete(query, cursor)
        case Narrow(query, field, value, without):
            return finder.narrowed(query, field, value, without=without)
        case Instead(query):
            return finder.instead(query)
    raise TypeError(f"The searcher does not know {type(request).__name__}.")
