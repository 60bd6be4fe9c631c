"""What is to be done again after the tracked entities are others; whoever collects does it."""

from reader.store.store import Store

_ASK_AGAIN = 1
"""Below every article's id: nothing is scanned, but searches for entities are asked again."""


def scan_again(store: Store) -> None:
    """Every stored article is to be looked through with the watchlists as they are now.

    What is stored from now on has been: whoever stores it looks at the version again.
    """
    store.entities.raise_version()
    store.entities.set_rescan_below(store.articles.newest() + 1)


def heed_rules(store: Store, rules: str) -> None:
    """The archive is scanned anew when its mentions were found by other rules than these: the
    program is another version, or a dictionary of endings has come or gone."""
    if store.entities.found_by() == rules:
        return
    with store.transaction():
        if store.entities.all():
            scan_again(store)
        store.entities.set_found_by(rules)


def ask_again(store: Store) -> None:
    """The mentions are right, but what they are called is not: searches are asked again."""
    store.entities.raise_version()
    if not store.entities.rescan_below():
        store.entities.set_rescan_below(_ASK_AGAIN)
