"""What an entity would find, compared with looking through every article."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from reader.domain.entity import Alias, ContextRule, Entity
from reader.domain.workshop import Preview
from reader.entities import morphology
from reader.entities.match import Matcher
from reader.errors import UsageError
from reader.search.index import Index
from reader.services.passage import passage_at
from reader.services.preview import SAMPLES, Previewer
from tests.helpers.world import World, item

HAFTAR = Entity(
    "Khalifa Haftar", "person", aliases=(Alias("Haftar"), Alias("Хафтар"), Alias("حفتر"))
)
BURNS = Entity("William Burns", "person", aliases=(Alias("Burns"),))


def preview(world: World, entity: Entity) -> Preview:
    return Previewer(world.store, partial(Index.open, world.paths.index)).run(entity)


def publish(world: World, *bodies: str, feed: str = "a") -> None:
    world.feed(feed).publish(*(item(body=body) for body in bodies))
    world.refresh()


def test_every_spelling_and_script_is_counted(world: World) -> None:
    publish(
        world, "Haftar’s men", "pro-Haftar", "встреча с Хафтаром", "وحفتر", "Haftarin joukot",
        "KHALIFA HAFTAR", "Hafter", "Burns",
    )  # fmt: skip
    found = preview(world, HAFTAR)
    assert (found.articles, found.mentions) == (5, 5)
    assert {one.text: one.articles for one in found.aliases} == {
        "Khalifa Haftar": 1, "Haftar": 2, "Хафтар": 1, "حفتر": 1,
    }  # fmt: skip


def test_the_cases_of_a_language_are_counted_in_its_articles(world: World) -> None:
    bodies = {"Z Donaldem Tuskiem": "pl", "Tuska nie było": "pl", "S Tuskem": "cs", "Tuska": "en"}
    world.feed("a").publish(*(item(body=text, language=code) for text, code in bodies.items()))
    world.refresh()
    found = preview(world, Entity("Donald Tusk", "person", aliases=(Alias("Tusk"),)))
    assert (found.articles, found.mentions) == (3, 3)


def test_nothing_found_is_an_answer(world: World) -> None:
    publish(world, "Tobruk")
    found = preview(world, HAFTAR)
    assert (found.articles, found.days, found.samples, found.gained) == (0, (), (), 0)


def test_days_are_local_and_without_gaps(world: World, baku: None) -> None:
    world.feed("a").publish(*(item(body="Haftar", hours_ago=h) for h in (0, 15.5, 16.5, 71)))
    world.refresh()
    assert preview(world, HAFTAR).days == (
        (date(2026, 3, 1), 1), (date(2026, 3, 2), 0), (date(2026, 3, 3), 1), (date(2026, 3, 4), 2),
    )  # fmt: skip


def test_samples_are_spread_over_time_and_show_the_name(world: World) -> None:
    world.feed("a").publish(
        *(item(f"T{n}", f"On day {n} Haftar spoke.", hours_ago=24 * n) for n in range(40))
    )
    world.refresh()
    samples = preview(world, HAFTAR).samples
    assert len(samples) == SAMPLES
    assert [one.title for one in samples][::9] == ["T2", "T38"]
    assert {one.text[one.start : one.end] for one in samples} == {"Haftar"}
    assert samples == tuple(sorted(samples, key=lambda one: one.moment, reverse=True))


@pytest.mark.parametrize("name", ["ایران", "حزب الله", "خامنه‌ای"])
def test_the_index_hides_no_article_with_a_joined_name(world: World, name: str) -> None:
    publish(world, "مردم ایران‌اند", "حزب‌الله لبنان", "خامنه‌ای‌ها", "کابل")
    assert preview(world, Entity(name, "other")).articles == 1


def test_it_tells_where_an_alias_stands_without_any_other(world: World) -> None:
    publish(world, "Robert Burns wrote it", "Burns said", "William Burns; Burns added", "it burns")
    told = {one.text: one for one in preview(world, BURNS).aliases}
    assert (told["Burns"].articles, told["Burns"].alone) == (3, 2), "small, it is a verb"
    assert told["Burns"].sentence == (
        "“Burns” stands in 4 articles, and counts in 3; "
        "2 of them have no other alias of this entity."
    )


def test_it_tells_how_often_a_word_stands_there_and_is_not_meant(world: World) -> None:
    publish(world, "Shell raised prices", "a shell fell", "the shell", "SHELL PLANT BURNS DOWN")
    (name,) = preview(world, Entity("Shell", "organisation")).aliases
    assert name.standing == 4
    assert name.articles < name.standing
    assert "stands in 4 articles, and counts in" in name.sentence


def test_context_rules_decide_as_they_will_when_saved(world: World) -> None:
    publish(world, "Burns, director of the CIA", "Burns the baker")
    rule = ContextRule("requires", ("CIA",), 10)
    ruled = Entity("William Burns", "person", aliases=(Alias("Burns", rules=(rule,)),))
    found = preview(world, ruled)
    assert found.articles == 1
    assert found.aliases[1].standing == 2


def test_it_tells_what_is_gained_and_lost(world: World) -> None:
    publish(world, "William Burns", "Burns", "Bill Burns")
    world.library.track(BURNS)
    world.catch_up()
    (stored,) = world.store.entities.all()
    changed = replace(stored, name="Bill Burns", aliases=(Alias("the CIA director"),))
    publish(world, "the CIA director spoke", feed="b")
    found = preview(world, changed)
    assert (found.articles, found.gained, found.lost) == (2, 1, 2)
    bodies = [world.library.detail(i) for i in found.gained_samples]
    assert [one.texts.body for one in bodies if one] == ["the CIA director spoke"]
    assert len(found.lost_samples) == 2


def test_a_rejected_mention_is_not_promised_again(world: World) -> None:
    publish(world, "Burns", "Burns too")
    world.library.track(BURNS)
    world.catch_up()
    (stored,) = world.store.entities.all()
    world.store.entities.reading.put_verdict(world.ids()[0], stored.id, "Burns", False)
    found = preview(world, stored)
    assert (found.articles, found.gained, found.lost) == (1, 0, 0)


def test_entities_at_the_same_places_are_named(world: World) -> None:
    publish(world, "Wagner Group men", "the opera of Wagner", "Haftar")
    world.library.track(Entity("Wagner Group", "organisation"))
    world.library.track(Entity("Richard Wagner", "person", aliases=(Alias("Wagner"),)))
    world.library.track(HAFTAR)
    found = preview(world, Entity("PMC Wagner", "organisation", aliases=(Alias("Wagner"),)))
    told = [(one.name, one.shared, one.articles) for one in found.collisions]
    assert told == [("Richard Wagner", ("Wagner",), 2), ("Wagner Group", (), 1)]
    assert any("also an alias of “Richard Wagner”" in sentence for sentence in found.warnings)


def test_it_can_be_stopped_between_slices(world: World) -> None:
    publish(world, "Haftar")

    class StopError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise StopError((done, total))

    with pytest.raises(StopError):
        Previewer(world.store, partial(Index.open, world.paths.index)).run(HAFTAR, stop)
    assert preview(world, HAFTAR).articles == 1


def test_what_cannot_be_stored_is_refused(world: World) -> None:
    publish(world, "Haftar")
    with pytest.raises(UsageError, match="name"):
        preview(world, Entity("", "person"))


WORDS = (
    "Haftar", "haftar's", "al-Assad", "al Assad", "AlAssad", "S-400", "S 400", "S400s", "С-400",
    "Хафтаром", "Россией", "وحفتر", "بالسوريا", "Libyalılar", "Hafter'in", "Putins", "US", "us",
    "哈夫塔尔说", "하프타르는", "Düsseldorf", "Duesseldorf", "Haf\u00adtar", "Har\u00a0Kiv",
    "Haftarem", "Putinovi", "Dudy", "DUDĄ", "al-Assada", "Λιβύης", "ולבנון", "オリビア", "リビア",
    "NATO-led", "Харків'яни", "AT&T", "Caliber.Az", "caliber.az/x",
    "the", ".", ",", "“", "”", "\n", "नेपाल",
)  # fmt: skip
NAMES = (
    "Haftar", "al-Assad", "S-400", "Хафтар", "Россия", "حفتر", "سوريا", "Libya", "Putin", "US",
    "哈夫塔尔", "하프타르", "Düsseldorf", "Har Kiv", "NATO", "Харків'яни", "AT&T", "Caliber.Az",
    "नेपाल", "Duda", "Λιβύη", "לבנון", "リビア",
)  # fmt: skip


def test_the_index_never_hides_an_article_from_the_matcher(world: World) -> None:
    chance = random.Random(5)
    languages = ("", "en", "tr", "de", "ru", "ar", "pl", "cs")
    bodies = [
        "".join(chance.choice(WORDS) + chance.choice((" ", " ", " ", "-", "")) for _ in range(9))
        for _ in range(250)
    ]
    world.feed("a").publish(*(item(body=b, language=chance.choice(languages)) for b in bodies))
    world.refresh()
    ids = world.ids()
    texts = world.store.articles.texts(ids)
    spoken = world.store.entities.reading.languages(ids)
    for name in NAMES:
        matcher = Matcher([Entity(name, "other", id=1)], morphology.best())
        counts = Counter({i: len(matcher.mentions(texts[i], spoken[i])) for i in ids})
        found = preview(world, Entity(name, "other"))
        assert found.articles == sum(map(bool, counts.values())), name
        assert found.mentions == counts.total(), name
    assert counts.total() > 0


@pytest.mark.parametrize("seed", range(40))
def test_a_passage_has_the_name_at_its_place(seed: int) -> None:
    chance = random.Random(seed)
    text = "".join(chance.choice("ab  c\n\t") for _ in range(chance.randrange(1, 600)))
    start = chance.randrange(len(text))
    end = chance.randrange(start, len(text)) + 1
    passage, first, last = passage_at(text, start, min(end, start + 20))
    assert passage[first:last] == text[start : min(end, start + 20)]
    assert "  " not in passage[:first] + "|" + passage[last:]


def test_out_of_patience_it_tells_of_the_newest_and_how_many_were_left(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.services.preview._AT_ONCE", 2)
    publish(world, *(f"Haftar on day {n}" for n in range(5)))
    previewer = Previewer(world.store, partial(Index.open, world.paths.index))
    hurried = previewer.run(HAFTAR, patience=0.0)
    assert (hurried.read, hurried.candidates, hurried.articles) == (2, 5, 2)
    assert hurried.partial
    assert {one.article_id for one in hurried.samples} == set(world.ids()[:2])
    patient = previewer.run(HAFTAR, patience=60.0)
    assert (patient.read, patient.articles, patient.partial) == (5, 5, False)


def test_what_a_person_said_of_mentions_is_told_also_where_they_are_none_for_it(
    world: World,
) -> None:
    world.library.track(HAFTAR)
    publish(world, "Haftar here", "Haftar there", "Haftar everywhere")
    (entity,) = world.store.entities.all()
    kept, refused, _ = world.ids()
    world.library.confirm_mention(kept, entity.id, "Haftar")
    world.library.reject_mention(refused, entity.id, "Haftar")
    found = preview(world, entity)
    assert {one.article_id: one.verdict for one in found.samples} == {
        kept: True, world.ids()[2]: None,
    }  # fmt: skip
    (one,) = found.rejected
    assert (one.article_id, one.alias, one.verdict) == (refused, "Haftar", False)
    assert one.text[one.start : one.end] == "Haftar"
    without = replace(entity, aliases=entity.aliases[1:])
    assert preview(world, without).rejected == ()


def test_what_is_gained_and_lost_is_shown_in_its_place(world: World) -> None:
    publish(world, "Haftar here", "Hifter there", "both Haftar and Hifter")
    assert preview(world, HAFTAR).changes == (), "a new entity gains all"
    world.library.track(HAFTAR)
    (entity,) = world.store.entities.all()
    found = preview(world, replace(entity, aliases=(Alias("Hifter"),)))
    assert [(one.change, one.alias, one.text[one.start : one.end]) for one in found.changes] == [
        ("gained", "Hifter", "Hifter"), ("lost", "Haftar", "Haftar"),
    ]  # fmt: skip
