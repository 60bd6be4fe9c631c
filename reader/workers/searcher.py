"""The searcher process: answers queries from read-only snapshots of index and database.

Only the newest search matters to somebody who is typing, so a search that has been overtaken by
a newer one in the pipe is dropped without an answer, and so is what is asked about a search. What
somebody waits for comes before what only accompanies it.
"""

import logging
from contextlib import ExitStack
from functools import partial
from multiprocessing.connection import Connection

from reader import log
from reader.paths import LibraryPaths
from reader.search.index import Index
from reader.services.find import Finder
from reader.store.store import Store
from reader.workers.answering import reply
from reader.workers.messages import (
    Ask,
    Clauses,
    Complete,
    Explain,
    Facets,
    Instead,
    Mark,
    Narrow,
    Search,
)

logger = logging.getLogger(__name__)

_OVERTAKEN = (Search, Facets, Complete, Instead)
_PATIENCE = {Search: 1, Mark: 2, Explain: 2, Facets: 3, Instead: 3}
"""What is answered after what; all else, which takes no time, comes first."""
_RESULTS = 8
"""Of so many of the newest searches the answers are kept."""
BUG = "Something went wrong inside the search; the details are in the library's reader.log."


def main(connection: Connection, paths: LibraryPaths, topics: tuple[str, ...]) -> None:
    """Serve until the pipe closes."""
    log.setup(paths.log, topics=topics)
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(paths, read_only=True))
        open_index = partial(Index.open, paths.index)
        finder = Finder(store, open_index, remember=_RESULTS)
        stack.callback(finder.close)
        waiting: list[Ask] = []
        try:
            while True:
                waiting += _arrived(connection, wait=not waiting)
                waiting = urgent_first(newest(waiting))
                reply(connection, waiting.pop(0), partial(_answer, finder), BUG)
        except (EOFError, OSError):
            logger.info("The window is gone; leaving.")


def _arrived(connection: Connection, *, wait: bool) -> list[Ask]:
    """Everything that has been asked meanwhile."""
    asks = [connection.recv()] if wait else []
    while connection.poll():
        asks.append(connection.recv())
    return asks


def newest(asks: list[Ask]) -> list[Ask]:
    """All of them, but of each kind that is overtaken by the next only the last."""
    last = {type(ask.request): ask for ask in asks}
    return [
        ask
        for ask in asks
        if not isinstance(ask.request, _OVERTAKEN) or ask is last[type(ask.request)]
    ]


def urgent_first(asks: list[Ask]) -> list[Ask]:
    """Equally urgent ones in the order in which they were asked."""
    return sorted(asks, key=lambda ask: _PATIENCE.get(type(ask.request), 0))


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
            return tuple(one.query for one in finder.instead(query))
    raise TypeError(f"The searcher does not know {type(request).__name__}.")
