"""Whatever a person does with a library, in any order: undoing all of it gives the same library."""

import contextlib
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from reader.domain.alert import AlertRule
from reader.domain.entity import Alias, ContextRule, Entity
from reader.entities.interchange import read
from reader.errors import ReaderError
from reader.services.dismissals import Dismissals
from tests.helpers.world import World, item

NAMES = ("Haftar", "Hifter", "LNA", "Tobruk", "Derna", "Wagner", "S-400", "Sirte")
LISTS = ("libya", "people", "arms", "default")
KINDS = ("person", "place", "weapon", "ship", "boat")
QUERIES = ("entity:haftar", "watchlist:libya OR type:ship", "type:boat -derna", "wagner OR lna")
SEARCHES = ("one", "two", "three")
CHANGES = 45
TABLES = {
    "watchlist": "name, note, enabled, kept",
    "entity": "e.id, w.name, e.name, type, e.\"case\", inflect, e.note, language, plural, rules",
    "alias": "*", "verdict": "*", "entity_type": "*", "appearance": "*", "mention": "*",
    "entity_tally": "*", "dismissed_name": "key", "note": "article_id, text", "article_tag": "*",
    "saved_search": "id, name, query, alert, broken, folder_id IS NULL, rule",
    "hit": "article_id, saved_id", "saved_tally": "t.*", "alert": "*",
    "judgement": "article_id, saved_id, keep",
    "article": "id, read, starred", "feed": "id, own_title, folder_id, removed IS NULL",
}  # fmt: skip


@pytest.fixture
def kept(world: World) -> World:
    """Some of everything, looked through."""
    texts = [f"{a} and {b}" for a in NAMES[:5] for b in NAMES[3:]]
    world.feed("a").publish(*(item(text) for text in texts))
    world.refresh()
    library = world.library
    library.track(Entity("Haftar", "person", "libya", (Alias("Hifter", True),), note="who"))
    library.track(Entity("LNA", "ship", "libya", (Alias("Wagner", plural=True),)))
    library.add_type("boat", "cyan")
    for name, query in zip(SEARCHES, QUERIES, strict=False):
        library.save_search(name, query, alert=name == "one", folder="Sea")
    world.catch_up()
    haftar = library.entity("Haftar")
    library.reject_mention(world.id("Haftar and Tobruk"), haftar.id, "Haftar")
    library.judge("one", world.ids()[:3], True)
    world.catch_up()
    return world


@pytest.mark.parametrize("seed", range(8))
def test_undoing_everything_gives_the_same_library(kept: World, seed: int) -> None:
    dice, start = random.Random(seed), len(done(kept))
    first = picture(kept)
    former = {start: (first, "nothing")}
    for _ in range(CHANGES):
        name = dice.choice(sorted(DEEDS))
        with contextlib.suppress(
            ReaderError
        ):  # what cannot be done is refused, and changes nothing
            DEEDS[name](kept, dice)
        if dice.random() < 0.3:
            kept.catch_up()
            former[len(done(kept))] = picture(kept), name
    while len(present := done(kept)) > start:
        kept.library.undo()
        if dice.random() < 0.2:
            kept.reopen()
        if done(kept) == present[:-1] and len(present) - 1 in former:  # judging goes first
            kept.catch_up()
            then, name = former[len(present) - 1]
            assert difference(then, picture(kept)) == {}, f"seed {seed}, after {name}"
    kept.reopen()
    kept.catch_up()
    assert difference(first, picture(kept)) == {}, f"seed {seed}"


def done(world: World) -> list[int]:
    """The journal's entries that are not undone, oldest first."""
    return [entry.id for entry in reversed(world.store.journal.open(1000))]


def picture(world: World) -> dict[str, list[Any]]:
    """Every row of what a person made, and of what the program found with it."""
    live = "JOIN saved_search AS s ON s.id = saved_id AND broken = ''"  # others keep what they had
    joined = {
        "entity": "entity AS e JOIN watchlist AS w ON w.id = watchlist_id",
        "hit": f"hit {live}",
        "saved_tally": f"saved_tally AS t {live}",
    }
    return {
        table: sorted(
            map(repr, world.store.connection.execute(
                f"SELECT {columns} FROM {joined.get(table, table)}"
            ).fetchall())
        )
        for table, columns in TABLES.items()
    }  # fmt: skip


def difference(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> dict[str, Any]:
    return {
        name: sorted(set(rows) ^ set(other[name]))
        for name, rows in one.items() if rows != other[name]
    }  # fmt: skip


def any_entity(world: World, dice: random.Random) -> Entity:
    return dice.choice([*world.store.entities.all(), Entity("Nobody", "topic")])


def any_article(world: World, dice: random.Random) -> int:
    return dice.choice(world.ids())


def made(dice: random.Random) -> Entity:
    names = dice.sample(NAMES, 3)
    rules = (ContextRule("requires", (dice.choice(NAMES),), 4),) if dice.random() < 0.3 else ()
    aliases = (Alias(names[1], dice.choice((None, True, False)), dice.random() < 0.5),
               Alias(names[2], rules=rules))  # fmt: skip
    kind, watchlist = dice.choice(KINDS), dice.choice(LISTS)
    return Entity(names[0], kind, watchlist, aliases, note=dice.choice(("", "n")), rules=rules)


def track(world: World, dice: random.Random) -> object:
    entity = made(dice)
    articles = {any_article(world, dice): dice.choice((True, False, None)) for _ in range(3)}
    return world.library.track(entity, {(a, entity.name): yes for a, yes in articles.items()})


def edit(world: World, dice: random.Random) -> object:
    return world.library.track(replace(made(dice), id=any_entity(world, dice).id))


def taken_in(world: World, dice: random.Random) -> object:
    told = f"""[{{"watchlist": "{dice.choice(LISTS)}", "note": "{dice.choice("xy")}",
        "enabled": {dice.choice(("true", "false"))}, "entities": [
        {{"name": "{dice.choice(NAMES)}", "type": "ship", "aliases": ["Sirte"]}},
        {{"name": "{dice.choice(NAMES)}", "type": "boat"}}],
        "types": [{{"name": "ship", "colour": "{dice.choice(("cyan", "red"))}"}}]}}]"""
    return world.library.import_names(read(told.encode(), "some.json"))


def merge(world: World, dice: random.Random) -> object:
    ids = [any_entity(world, dice).id for _ in range(dice.choice((2, 3)))]
    return world.library.merge_entities(ids, ids[0])


def split(world: World, dice: random.Random) -> object:
    one = any_entity(world, dice)
    gone = [alias.text for alias in one.aliases if dice.random() < 0.6]
    return world.library.split_entity(one.id, gone, dice.choice((*NAMES, *gone)))


def judge_mention(world: World, dice: random.Random) -> object:
    one, library = any_entity(world, dice), world.library
    put = dice.choice((library.confirm_mention, library.reject_mention))
    return put(any_article(world, dice), one.id, dice.choice(one.spellings()).text)


def edit_search(world: World, dice: random.Random) -> object:
    judged = {any_article(world, dice): dice.random() < 0.5}
    return world.library.edit_search(
        dice.choice(SEARCHES), query=dice.choice((None, *QUERIES)), alert=dice.choice((None, True)),
        new_name=dice.choice((None, *SEARCHES)), folder=dice.choice((None, "", "Ports")),
        rule=dice.choice((None, AlertRule("daily"))), judged=judged,
    )  # fmt: skip


def mark(world: World, dice: random.Random) -> object:
    ids = [any_article(world, dice) for _ in range(3)]
    said = dice.choice((None, True, False)), dice.choice((None, True, False))
    return world.library.mark(ids, read=said[0], starred=said[1])


A = "https://a.example/feed"
DEEDS: dict[str, Callable[[World, random.Random], object]] = {
    "track": track,
    "edit": edit,
    "import": taken_in,
    "merge": merge,
    "split": split,
    "untrack": lambda w, d: w.library.untrack_all([any_entity(w, d).id, any_entity(w, d).id]),
    "starter": lambda w, d: w.library.track_all([made(d), made(d)]),
    "judge mention": judge_mention,
    "add list": lambda w, d: w.library.add_watchlist(d.choice(LISTS), "new"),
    "note list": lambda w, d: w.library.note_watchlist(d.choice(LISTS), d.choice("xyz")),
    "switch list": lambda w, d: w.library.switch_watchlist(
        d.choice(LISTS), enabled=d.random() < 0.5
    ),
    "rename list": lambda w, d: w.library.rename_watchlist(
        d.choice(LISTS), d.choice(("Libya", *LISTS))
    ),
    "remove list": lambda w, d: w.library.remove_watchlist(d.choice(LISTS)),
    "move": lambda w, d: w.library.move_entities([any_entity(w, d).id], d.choice(LISTS)),
    "add type": lambda w, d: w.library.add_type(d.choice(KINDS), "green"),
    "edit type": lambda w, d: w.library.edit_type(d.choice(KINDS), colour=d.choice(("", "red"))),
    "rename type": lambda w, d: w.library.rename_type(d.choice(KINDS), d.choice(KINDS)),
    "remove type": lambda w, d: w.library.remove_type(d.choice(KINDS), d.choice(KINDS)),
    "dismiss": lambda w, d: Dismissals(w.store, w.clock).dismiss_name(d.choice(NAMES)),
    "save": lambda w, d: w.library.save_search(
        d.choice(SEARCHES), d.choice(QUERIES), judged={any_article(w, d): True}
    ),
    "edit search": edit_search,
    "remove search": lambda w, d: w.library.remove_search(d.choice(SEARCHES)),
    "judge": lambda w, d: w.library.judge(
        d.choice(SEARCHES), [any_article(w, d)], d.choice((True, False, None))
    ),
    "mark": mark,
    "tag": lambda w, d: w.library.tag(
        [any_article(w, d)], d.choice(("Sea", "sea")), remove=d.random() < 0.4
    ),
    "note": lambda w, d: w.library.note(any_article(w, d), d.choice(("", "a", "b"))),
    "feed": lambda w, d: w.library.rename_feed(A, d.choice("AB")),
    "move feed": lambda w, d: w.library.move_feed(A, d.choice(("", "X/Y"))),
}
