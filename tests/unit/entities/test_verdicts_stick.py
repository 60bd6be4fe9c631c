"""A mention that a person confirmed or rejected stays so, whatever is scanned again."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reader.domain.article import FIELDS, Mention, Texts
from reader.domain.entity import Alias, ContextRule, Entity
from reader.entities import russian
from reader.entities.match import Matcher
from reader.entities.overlap import shown_anew
from reader.errors import NotFoundError, StoreError
from reader.services.lexicon import Lexicon, judged_anew
from reader.services.mention_verdicts import MentionVerdicts, take_back_verdict
from reader.store.database import connect
from tests.helpers.world import World, edited, item

BURNS = Entity("William Burns", "person", "envoys", (Alias("Burns"), Alias("Бернс")), id=1)
NEEDS_CIA = Alias("Burns", rules=(ContextRule("requires", ("CIA",)),))
TITLE = "Burns in the kitchen, Burns in the garden"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    try:
        made.library.track(replace(BURNS, id=0))
        made.library.track(Entity("Garden", "topic", aliases=(Alias("Burns in the garden"),)))
        made.feed("a").publish(item(TITLE, "Бернс"), item("William Burns speaks"))
        made.refresh()
        yield made
        assert made.store.check() == []
    finally:
        made.close()


@pytest.fixture
def verdicts(world: World) -> MentionVerdicts:
    return MentionVerdicts(world.store, world.clock)


def burns(world: World) -> int:
    return next(e.id for e in world.store.entities.all() if e.name == "William Burns")


def told(world: World, title: str = TITLE) -> list[tuple[str, str, bool]]:
    mentions = world.store.entities.mentions(world.id(title))
    return [(one.entity, one.alias, one.shown) for one in mentions]


ALL = [
    ("William Burns", "Burns", True),
    ("Garden", "Burns in the garden", True),
    ("William Burns", "Burns", False),
    ("William Burns", "Бернс", True),
]


def test_a_rejected_spelling_goes_at_all_its_places_in_the_article(
    world: World, verdicts: MentionVerdicts
) -> None:
    assert told(world) == ALL
    changes = verdicts.reject_mention(world.id(TITLE), burns(world), "Burns")
    assert changes.articles == {world.id(TITLE)}
    assert changes.entities
    assert told(world) == [
        ("Garden", "Burns in the garden", True),
        ("William Burns", "Бернс", True),
    ]
    assert told(world, "William Burns speaks") == [("William Burns", "William Burns", True)]


def test_it_stays_away_when_everything_is_scanned_again(
    world: World, verdicts: MentionVerdicts
) -> None:
    verdicts.reject_mention(world.id(TITLE), burns(world), "Burns")
    after = told(world)
    world.library.track(Entity("Kitchen", "place"))
    world.catch_up()
    assert [one for one in told(world) if one[0] != "Kitchen"] == after
    world.reopen()
    world.library.track(Entity("Somewhere", "place"))
    world.catch_up()
    assert [one for one in told(world) if one[0] != "Kitchen"] == after


def test_it_stays_away_when_the_article_is_revised(world: World, verdicts: MentionVerdicts) -> None:
    verdicts.reject_mention(world.id(TITLE), burns(world), "Burns")
    feed = world.feed("b").publish(old := item("Burns first"))
    world.refresh()
    verdicts.reject_mention(world.id("Burns first"), burns(world), "Burns")
    feed.publish(edited(old, title="Burns first, corrected: Burns"))
    world.refresh()
    assert told(world, "Burns first, corrected: Burns") == []


def test_searches_for_the_entity_follow(world: World, verdicts: MentionVerdicts) -> None:
    world.library.save_search("about him", 'entity:"William Burns"', alert=False)
    world.catch_up()
    assert world.hits("about him") == {TITLE, "William Burns speaks"}
    verdicts.reject_mention(world.id(TITLE), burns(world), "Burns")
    verdicts.reject_mention(world.id(TITLE), burns(world), "Бернс")
    world.catch_up()
    assert world.hits("about him") == {"William Burns speaks"}
    assert world.found('entity:"William Burns"') == {"William Burns speaks"}


def test_a_confirmed_spelling_is_kept_though_a_context_rule_would_drop_it(
    world: World, verdicts: MentionVerdicts
) -> None:
    entity = world.library.entity("William Burns")
    verdicts.confirm_mention(world.id(TITLE), entity.id, "Burns")
    world.library.track(replace(entity, aliases=(NEEDS_CIA,)))
    scanned = _scanned(world)
    assert [one.alias for one in scanned[world.id(TITLE)]] == [
        "Burns",
        "Burns in the garden",
        "Burns",
    ]
    assert judged_anew(world.store, world.id(TITLE), entity.id), "Бернс is no alias any more"
    assert [alias for _, alias, _ in told(world)] == ["Burns", "Burns in the garden", "Burns"]


def test_without_the_verdict_the_context_rule_drops_it(world: World) -> None:
    entity = world.library.entity("William Burns")
    world.library.track(replace(entity, aliases=(NEEDS_CIA,)))
    assert [one.alias for one in _scanned(world)[world.id(TITLE)]] == ["Burns in the garden"]


def test_a_scan_knows_the_language_of_each_article(world: World) -> None:
    world.library.track(Entity("Tartus", "place", language="de"))
    world.feed("b").publish(
        item("Tartus auf Deutsch", language="de"), item("Tartus in English", language="en"),
        item("Tartus anywhere", language=""),
    )  # fmt: skip
    world.refresh()
    scanned = _scanned(world)
    found = {title: len(scanned[world.id(title)]) for title in world.titles() if "Tartus" in title}
    assert found == {"Tartus auf Deutsch": 1, "Tartus in English": 0, "Tartus anywhere": 1}


def _scanned(world: World) -> dict[int, tuple[Mention, ...]]:
    lexicon = Lexicon(world.store, russian.RULES)
    lexicon.reload()
    return lexicon.scan([*world.ids(), 9_999])


def test_verdicts_are_taken_back(world: World, verdicts: MentionVerdicts) -> None:
    article, entity = world.id(TITLE), burns(world)
    verdicts.confirm_mention(article, entity, "Burns")
    verdicts.reject_mention(article, entity, "Burns")
    entry = world.store.journal.latest()
    assert entry is not None
    assert (entry.what, entry.before["confirmed"]) == ("reject mention", True)
    with world.store.transaction():
        changes = take_back_verdict(world.store, entry.before)
    assert changes.articles == {article}
    assert told(world) == ALL
    assert world.store.entities.reading.verdicts([article]) == {article: {(entity, "Burns"): True}}


def test_the_same_verdict_twice_changes_nothing(world: World, verdicts: MentionVerdicts) -> None:
    article, entity = world.id(TITLE), burns(world)
    assert verdicts.confirm_mention(article, entity, "Burns").articles
    before = world.store.journal.latest()
    assert not verdicts.confirm_mention(article, entity, "Burns").articles
    assert world.store.journal.latest() == before
    assert told(world) == ALL


def test_what_is_not_there_cannot_be_judged(world: World, verdicts: MentionVerdicts) -> None:
    article, entity = world.id(TITLE), burns(world)
    with pytest.raises(NotFoundError, match="no longer tracked"):
        verdicts.reject_mention(article, 999, "Burns")
    with pytest.raises(NotFoundError, match="“Burnes” is no name or alias of “William Burns”"):
        verdicts.reject_mention(article, entity, "Burnes")
    with pytest.raises(NotFoundError, match="article is no longer in the library"):
        verdicts.confirm_mention(999, entity, "Burns")
    assert world.store.entities.reading.verdicts([article, 999]) == {}


def test_verdicts_go_with_the_entity(world: World, verdicts: MentionVerdicts) -> None:
    entity, reading = burns(world), world.store.entities.reading
    verdicts.reject_mention(world.id(TITLE), entity, "Burns")
    assert reading.verdicts_on([entity]) == [(entity, world.id(TITLE), "Burns", False)]
    world.library.untrack("William Burns")
    assert reading.verdicts_on([entity]) == []
    assert world.store.connection.execute("SELECT count(*) FROM verdict").fetchone() == (0,)
    assert not judged_anew(world.store, world.id(TITLE), 1)


def test_a_verdict_on_what_is_gone_is_not_kept(world: World) -> None:
    reading = world.store.entities.reading
    assert reading.put_verdict(999, burns(world), "Burns", False) is None
    assert reading.verdicts([999]) == {}


def test_another_program_that_writes_is_named(world: World, verdicts: MentionVerdicts) -> None:
    article, entity = world.id(TITLE), burns(world)
    world.store.connection.execute("PRAGMA busy_timeout = 0")
    with closing(connect(world.paths.database)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="in use by another program"):
            verdicts.reject_mention(article, entity, "Burns")
        other.execute("ROLLBACK")
    assert told(world) == ALL


@pytest.mark.parametrize(
    "change",
    [
        {"language": "en"},
        {"plural": True},
        {"rules": (ContextRule("not", ("Ken", "Robert"), 2),)},
        {"aliases": (Alias("Burns", language="en"),)},
        {"aliases": (Alias("Burns", plural=True),)},
        {"aliases": (NEEDS_CIA,)},
    ],
)
def test_the_store_keeps_every_option(world: World, change: dict[str, object]) -> None:
    entity = replace(world.library.entity("William Burns"), **change)  # type: ignore[arg-type]
    assert world.store.entities.put(entity) == (entity.id, True)
    assert world.store.entities.put(entity) == (entity.id, False)
    assert world.library.entity("William Burns") == entity


# The matcher itself


def test_a_rejected_long_name_does_not_leave_a_shorter_one_in_its_place() -> None:
    texts = Texts("William Burns met Burns")
    said = {(1, "William Burns"): False}
    mentions = Matcher([BURNS]).mentions(texts, "en", said)
    assert [(one.alias, one.start) for one in mentions] == [("Burns", 18)]


def test_a_rejected_name_hides_no_other_entity() -> None:
    army = Entity("Libyan National Army", "organisation", id=1)
    libya = Entity("Libyan", "place", id=2)
    texts = Texts("the Libyan National Army")
    shown = [m.shown for m in Matcher([army, libya]).mentions(texts, "", {})]
    assert shown == [True, False]
    said = {(1, "Libyan National Army"): False}
    (left,) = Matcher([army, libya]).mentions(texts, "", said)
    assert (left.entity, left.shown) == ("Libyan", True)


def test_a_rejected_mention_bears_out_nothing() -> None:
    entity = replace(BURNS, aliases=(NEEDS_CIA, Alias("CIA director Burns")))
    texts = Texts("Burns", "", f"{'word ' * 40}William Burns")
    assert len(Matcher([entity]).mentions(texts)) == 2
    assert Matcher([entity]).mentions(texts, "", {(1, "William Burns"): False}) == ()
    assert len(Matcher([entity]).mentions(texts, "", {(1, "Burns"): True})) == 2


def test_shown_is_told_anew_as_a_matcher_would() -> None:
    entities = [
        Entity("a b", "x", id=1), Entity("b c d", "x", id=2), Entity("c", "x", id=3),
        Entity("d", "x", id=4), Entity("a b", "y", "other", id=5),
    ]  # fmt: skip
    texts = Texts("a b c d", "c d", "d a b c")
    mentions = Matcher(entities).mentions(texts)
    blank = [replace(one, shown=False) for one in reversed(mentions)]
    told = sorted(shown_anew(blank), key=_order)
    assert told == sorted(mentions, key=_order)


def _order(one: Mention) -> tuple[int, int, int, int]:
    return FIELDS.index(one.field), one.start, -one.end, one.entity_id
