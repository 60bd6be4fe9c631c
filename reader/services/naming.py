"""Which saved searches name an entity, a type or a watchlist, and how they go on after a renaming.

The reading of queries is imported late: the window starts without it.
"""

from collections.abc import Callable

from reader.domain.entity import Entity
from reader.domain.filters import entity_matches, same_name
from reader.domain.fold import fold_key
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


def follow(store: Store, former: Entity, present: Entity) -> list[tuple[int, str]]:
    """Saved searches that name the entity by a spelling it has no more, as no other one has, ask
    for it by its name. In the caller's transaction; returns as `rename_in_searches` does."""
    kept = {fold_key(alias.text) for alias in present.spellings()}
    lost = [one.text for one in former.spellings() if fold_key(one.text) not in kept]
    if not lost or not naming(store, "entity", lambda value: entity_matches(value, "", lost)):
        return []
    known = {fold_key(a.text) for one in store.entities.all() for a in one.spellings()}
    before: dict[int, str] = {}
    for text in lost:
        if fold_key(text) not in known:
            for saved_id, query in rename_in_searches(store, "entity", text, present.name):
                before.setdefault(saved_id, query)
    return [*before.items()]
