"""Names that nobody tracks yet: which are offered, which are not, and with what numbers."""

from functools import partial

import pytest

from reader.domain.entity import Alias, Entity
from reader.domain.workshop import Discovered
from reader.errors import UsageError
from reader.search.index import Index
from reader.services.discover import Discovery
from reader.services.dismissals import Dismissals
from reader.store.untracked import Untracked
from tests.helpers.world import World, edited, item

FILLER = (
    "Officials in the coastal towns spoke about fuel, bread and water for a long while.",
    "Nobody at the harbour office would say when the next ships are going to be unloaded.",
    "Traders complained that prices at the market had been rising for several weeks now.",
    "The weather service expects strong winds and some rain along the whole coastline.",
)


def discovered(world: World, days: int = 14, most: int = 50) -> dict[str, Discovered]:
    discovery = Discovery(world.store, partial(Index.open, world.paths.index), world.clock)
    return {one.name: one for one in discovery.run(days, most)}


def publish(world: World, *bodies: str, language: str = "en", hours_ago: float = 1) -> None:
    """Each at another of two outlets, in turn; every text unlike the others."""
    for number, body in enumerate(bodies):
        text = f"{body} {FILLER[number % 4]} {'abcdefghij'[number % 10] * 4} {number} words."
        made = item(f"report {number} of today", text, language=language, hours_ago=hours_ago)
        world.feed("ab"[number % 2]).publish(made)
    world.refresh()


def test_a_new_name_comes_with_counts_days_and_samples(world: World) -> None:
    publish(world, *(f"On the {n}th day Gleb Irisov spoke to us." for n in range(4, 8)))
    one = discovered(world)["Gleb Irisov"]
    assert (one.articles, one.outlets, one.type, one.former) == (4, 2, "", 0)
    assert one.first_seen <= one.last_seen
    assert len(one.samples) == 3
    assert {s.text[s.start : s.end] for s in one.samples} == {"Gleb Irisov"}


def test_less_than_three_articles_or_two_outlets_is_no_news(world: World) -> None:
    publish(world, "Then Gleb Irisov spoke.", "Then Gleb Irisov left.")
    for number in range(3):
        text = f"We saw Nadia Omar {number} times. {FILLER[number]}"
        world.feed("a").publish(item(f"only here {number}", text))
    world.refresh()
    assert discovered(world) == {}


def test_copies_of_a_text_count_once(world: World) -> None:
    text = "We heard that Gleb Irisov spoke. " + " ".join(FILLER) * 2
    for name in "abcd":
        world.feed(name).publish(item("one report", text))
    world.refresh()
    assert len(world.store.copies.group(world.ids()[-1])) == 4
    assert discovered(world) == {}


def test_capitals_at_the_beginning_of_sentences_and_in_titles_say_nothing(world: World) -> None:
    publish(world, *(f"Gunfire was heard at {n}. Smugglers fled. Yesterday it rained."
                     for n in range(4)))  # fmt: skip
    for name in "abc":
        world.feed(name).publish(item("Rebels Storm Coastal Airbase Overnight", FILLER[0] + name))
    world.refresh()
    assert discovered(world) == {}


def test_a_name_known_from_inside_sentences_counts_at_their_beginning_too(world: World) -> None:
    publish(world, "Dbeibah spoke.", "Dbeibah left.", "We met Dbeibah.", "We saw Dbeibah.")
    assert discovered(world)["Dbeibah"].articles == 4


def test_a_surname_counts_for_the_full_name(world: World) -> None:
    publish(world, *(f"There Gleb Irisov{s} spoke. Later on Irisov left." for s in ("", "’s", "")),
            "They say Irisov will return.")  # fmt: skip
    found = discovered(world)
    assert found["Gleb Irisov"].articles == 4
    assert "Irisov" not in found
    assert "Irisov" in found["Gleb Irisov"].spellings


def test_designators_are_weapons_only_among_words_for_weapons(world: World) -> None:
    publish(
        world, *(f"They sent {n} T-90M tanks. {FILLER[0]} We took an A-320 home." for n in "abc")
    )
    found = discovered(world)
    assert found["T-90M"].type == "weapon"
    assert found["A-320"].type == ""


def test_cases_of_a_russian_name_are_one(world: World) -> None:
    publish(
        world, "Там был Игорь Седов.", "Мы видели Игоря Седова.", "Мы говорили с Игорем Седовым.",
        language="ru",
    )  # fmt: skip
    found = discovered(world)
    assert list(found) == ["Игорь Седов"]
    assert found["Игорь Седов"].articles == 3


def test_german_nouns_are_no_names(world: World) -> None:
    publish(world, *(f"Am {n}. Tag lobte Olaf Scholz die Regierung und den Hafen." for n in "123"),
            language="de")  # fmt: skip
    assert list(discovered(world)) == ["Olaf Scholz"]


def test_nothing_tracked_is_offered_by_any_alias_or_part(world: World) -> None:
    publish(world, *(f"{n} men saw Khalifa Haftar. Then Hifter met Aguila Saleh." for n in "abc"))
    assert set(discovered(world)) == {"Khalifa Haftar", "Hifter", "Aguila Saleh"}
    world.library.track(Entity("Khalifa Haftar", "person", aliases=(Alias("Hifter"),)))
    world.library.track(Entity("Saleh", "person"))
    assert discovered(world) == {}


def test_a_dismissed_name_stays_dismissed_until_that_is_taken_back(world: World) -> None:
    publish(world, *(f"{n} men saw Gleb Irisov there." for n in "abc"))
    people = Dismissals(world.store, world.clock)
    assert people.dismiss_name("gleb  IRISOV").entities
    assert not people.dismiss_name("Gleb Irisov").entities
    world.reopen()
    assert discovered(world) == {}
    assert set(Untracked(world.store.connection).dismissed().values()) == {"gleb  IRISOV"}
    assert world.library.undo()[0] == "dismissing a name"
    assert list(discovered(world)) == ["Gleb Irisov"]


def test_nothing_to_dismiss_is_refused(world: World) -> None:
    with pytest.raises(UsageError):
        Dismissals(world.store, world.clock).dismiss_name(" – ")


def test_what_is_new_comes_before_what_was_always_there(world: World) -> None:
    old = [f"In those days Aguila Saleh spoke {n} times." for n in range(60)]
    publish(world, *old, hours_ago=24 * 40)
    publish(world, *(f"At {n} Aguila Saleh met Gleb Irisov." for n in range(4)))
    found = discovered(world)
    assert list(found) == ["Gleb Irisov", "Aguila Saleh"]
    assert found["Aguila Saleh"].former == 60
    assert found["Gleb Irisov"].burst > found["Aguila Saleh"].burst


def test_only_the_days_asked_for_are_looked_at(world: World) -> None:
    publish(world, *(f"{n} men saw Gleb Irisov there." for n in "abc"), hours_ago=24 * 5)
    assert discovered(world, days=3) == {}
    assert list(discovered(world, days=6)) == ["Gleb Irisov"]
    assert discovered(world, days=6, most=0) == {}


def test_an_empty_library_has_no_names(world: World) -> None:
    world.refresh()
    assert discovered(world) == {}


def test_asked_again_it_reads_only_what_is_new_or_revised_and_says_the_same(world: World) -> None:
    read: list[int] = []

    def step(_done: int, total: int) -> None:
        read.append(total)

    kept = Discovery(world.store, partial(Index.open, world.paths.index), world.clock)
    publish(world, *(f"On the {n}th day Gleb Irisov spoke to us." for n in range(4, 8)))
    first = kept.run(step=step)
    assert kept.run(step=step) == first
    publish(world, *(f"In week {n} we met Nadia Omar." for n in range(3)))
    assert kept.run(step=step) == discover_anew(world)
    assert sorted(set(read)) == [0, 3, 4]


def test_an_article_that_was_revised_is_read_again(world: World) -> None:
    kept = Discovery(world.store, partial(Index.open, world.paths.index), world.clock)
    publish(world, "Gleb Irisov spoke? We saw Gleb Irisov.", "Then Gleb Irisov spoke.")
    third = item("third report", "Later on we met Gleb Irisov.")
    world.feed("a").publish(third)
    world.refresh()
    assert [one.articles for one in kept.run()] == [3]
    world.feed("a").publish(edited(third, body="Later on we met nobody at all."))
    world.refresh()
    assert kept.run() == discover_anew(world) == ()


def discover_anew(world: World) -> tuple[Discovered, ...]:
    return Discovery(world.store, partial(Index.open, world.paths.index), world.clock).run()


def test_what_was_read_before_it_was_stopped_need_not_be_read_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.services.names_seen._AT_ONCE", 1)
    publish(world, *(f"On the {n}th day Gleb Irisov spoke to us." for n in range(4, 8)))
    kept = Discovery(world.store, partial(Index.open, world.paths.index), world.clock)
    left: list[int] = []

    def stop(done: int, _total: int) -> None:
        if done == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        kept.run(step=stop)
    assert kept.run(step=lambda _done, total: left.append(total)) == discover_anew(world)
    assert left[0] == 1


def test_what_is_compared_with_follows_the_archive(world: World) -> None:
    kept = Discovery(world.store, partial(Index.open, world.paths.index), world.clock)
    publish(world, *(f"On the {n}th day Gleb Irisov spoke to us." for n in range(4, 8)))
    assert [one.former for one in kept.run()] == [0]
    publish(world, "Gleb Irisov was here. We met Gleb Irisov.", hours_ago=24 * 40)
    assert [one.former for one in kept.run()] == [1]
