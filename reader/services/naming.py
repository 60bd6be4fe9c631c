"""Which saved searches name an entity, a type or a watchlist, and how they go on after a renaming.

The reading of queries is imported late: the window starts without it.
"""

from collections.abc import Callable

from reader.domain.filters import same_name
from reader.domain.search import SavedSearch
from reader.errors import QueryError
from reader.store.store import Store


def naming(store: Store, field: str, meant: Callable[[str], bool]) -> list[SavedSearch]:
    """Those that can be run and ask for, or exclude, `field:value` with a value that is meant."""
    from reader.search.language import parse
    from reader.search.syntax import Where

    found = []
    for saved in store.saved.all():
        try:
            clauses = parse(saved.query).root.walk()
        except QueryError:
            continue
        asked = (one.value for one in clauses if isinstance(one, Where) and one.field == field)
        if any(map(meant, asked)):
            found.append(saved)
    return found


def rename_in_searches(store: Store, field: str, name: str, new_name: str) -> list[tuple[int, str]]:
    """Every saved search asks for the new name. (id, query before) of those that were changed."""
    from reader.search.renaming import renamed

    changed = []
    for saved in naming(store, field, lambda value: same_name(value, name)):
        store.saved.edit(saved.id, query=renamed(saved.query, field, name, new_name))
        changed.append((saved.id, saved.query))
    return changed
