"""The books of a script against what a library holds and what its servers were sent."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from reader.dev.month_feeds import token_of
from reader.dev.month_script import Script
from reader.dev.month_searches import Standing
from reader.dev.promise import SoakError
from reader.dev.sinks import Came, Key
from reader.domain.scope import Scope
from reader.paths import LibraryPaths
from reader.search.index import Index
from reader.services.find import Finder
from reader.store.store import Store

_EVERYTHING = 10_000_000


def compare(script: Script, store: Store) -> None:
    """The inbox holds what the books say. SoakError names what it lacks, or has too much."""
    alerts = store.alerts.latest(_EVERYTHING)
    found = Counter((a.saved_search, token_of(a.title), a.source) for a in alerts)
    if found != script.expected:
        missing = sorted(script.expected - found)[:5]
        extra = sorted(found - script.expected)[:5]
        raise SoakError(f"Fetch {script.number}: missing alerts {missing}, unexpected {extra}.")


def check_the_end(script: Script, came: Sequence[Came], paths: LibraryPaths) -> None:
    """Everything was sent where it was to be sent; only what is for the desktop waits."""
    for channel in ("webhook", "email", "command"):
        check_delivered(channel, [one for one in came if one.channel == channel], script)
    rules = {search.name: search.rule for search in script.searches}
    desktop = sum("desktop" in rules[name].channels for name, _, _ in script.expected.elements())
    with Store.open(paths) as store:
        waiting = {state.name: state.waiting for state in store.outbox.states()}
        problems = store.check()
        _check_hits(store, paths)
    if problems or waiting != {"desktop": desktop, "email": 0, "webhook": 0, "command": 0}:
        raise SoakError(f"In the end {waiting} wait, not {desktop}. {' '.join(problems)}")


def _check_hits(store: Store, paths: LibraryPaths) -> None:
    """What is held of every search is what it finds."""
    with Index.open(paths.index) as index:
        finder = Finder(store, lambda: index)
        for saved in store.saved.all():
            held = sorted(store.lists.ids(Scope(saved=saved.id)))
            if held != sorted(finder.matching(saved.query)):
                raise SoakError(f"The hits of {saved.query} are not what it finds.")


def check_delivered(channel: str, came: list[Came], script: Script) -> None:
    """Each alert under one name, none too early, none that was not to be sent there."""
    rules = {search.name: search for search in script.searches}
    batches: dict[Key, set[str]] = defaultdict(set)
    contents: dict[str, tuple[Key, ...]] = {}
    begun: dict[str, datetime] = {}
    for one in came:
        keys = tuple((search, token_of(title), source) for search, title, source in one.alerts)
        if contents.setdefault(one.batch, keys) != keys:
            raise SoakError(f"The batch {one.batch} was sent again with other alerts.")
        early = [key for key in keys if _is_early(rules[key[0]], script.fired_at[key], one.at)]
        # What failed before quiet hours is sent in them only before something that may be.
        alone = all(other.batch == one.batch or other.at != one.at for other in came)
        if early and (one.batch not in begun or (alone and len(early) == len(keys))):
            raise SoakError(f"{early[0]} was sent by {channel} at {one.at}: too early.")
        begun.setdefault(one.batch, one.at)
        for key in keys if one.answer != "no" else ():
            batches[key].add(one.batch)
    expected = {key for key in script.expected if channel in rules[key[0]].rule.channels}
    if batches.keys() != expected:
        differ = sorted(batches.keys() ^ expected)[:5]
        raise SoakError(f"By {channel} these were sent, or not sent, against the books: {differ}.")
    twice = [key for key, names in batches.items() if len(names) > 1]
    if twice:
        raise SoakError(f"By {channel} these were sent in several batches: {twice[:5]}.")
    check_cooldown(contents, begun, rules)


def _is_early(search: Standing, fired: datetime, at: datetime) -> bool:
    """Hours of the day are UTC: the collector was told so."""
    rule = search.rule
    early = at < fired
    if rule.quiet and rule.priority != "high":
        early |= at.hour >= 22 or at.hour < 7
    if rule.when == "hourly":
        early |= at < fired.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    if rule.when in ("daily", "weekly"):
        early |= at < _next_eight(fired, monday=rule.when == "weekly")
    return early


def _next_eight(moment: datetime, *, monday: bool) -> datetime:
    day = moment.replace(hour=8, minute=0, second=0, microsecond=0)
    while day <= moment or (monday and day.weekday() != 0):
        day += timedelta(days=1)
    return day


def check_cooldown(
    contents: dict[str, tuple[Key, ...]], begun: dict[str, datetime], rules: dict[str, Standing]
) -> None:
    last: dict[str, datetime] = {}
    for batch in sorted(begun, key=begun.__getitem__):
        for name in {search for search, _, _ in contents[batch]}:
            rest = timedelta(minutes=rules[name].rule.cooldown_minutes)
            if name in last and begun[batch] < last[name] + rest:
                raise SoakError(f"{name} was told of {last[name]} and {begun[batch]}: too soon.")
            last[name] = begun[batch]
