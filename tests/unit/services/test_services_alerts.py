"""Which saved searches an arriving article answers, and when that is worth an alert."""

from dataclasses import replace

import pytest

from reader.domain.article import SearchDocument, Texts
from reader.domain.entity import Alias, Entity
from reader.services.percolate import Percolator
from reader.services.watch import Watch
from tests.helpers.world import World, churned, edited, item


@pytest.fixture
def watched(world: World) -> World:
    """A library with the alert "port", and a feed "a" that has been fetched before."""
    world.library.save_search("port", "port", alert=True)
    world.feed("a").publish(item("Nothing of interest"))
    world.refresh()
    return world


def test_first_fetch_of_a_feed_stores_hits_and_raises_no_alert(world: World) -> None:
    world.library.save_search("port", "port", alert=True)
    world.feed("a").publish(item("Port closed"))
    assert world.refresh().alerts == 0
    assert world.hits("port") == {"Port closed"}
    assert world.alerts() == []


def test_alert_says_which_words_where(watched: World) -> None:
    watched.feed("a").publish(item("The Port is closed"))
    assert watched.refresh().alerts == 1
    (alert,) = watched.alerts()
    assert (alert.saved_search, alert.title) == ("port", "The Port is closed")
    assert [(s.field, s.start, s.end, s.text) for s in alert.why] == [("title", 4, 8, "Port")]
    assert alert.at == watched.now


def test_search_without_alert_only_has_hits(watched: World) -> None:
    watched.library.edit_search("port", alert=False)
    watched.feed("a").publish(item("Port closed"))
    watched.refresh()
    assert (watched.hits("port"), watched.alerts()) == ({"Port closed"}, [])


@pytest.mark.parametrize(("hours_ago", "alerts"), [(47.9, 1), (48.1, 0), (-30, 1)])
def test_only_what_is_at_most_two_days_old_raises_an_alert(
    watched: World, hours_ago: float, alerts: int
) -> None:
    watched.feed("a").publish(item("Port closed", hours_ago=hours_ago))
    assert watched.refresh().alerts == alerts
    assert watched.hits("port") == {"Port closed"}


def test_undated_counts_as_now(watched: World) -> None:
    watched.feed("a").publish(item("Port closed", published=None))
    assert watched.refresh().alerts == 1


def test_why_an_alert_fired_is_told_of_the_text_that_fired_it(watched: World) -> None:
    first = item("Port closed", "The port is shut.")
    watched.feed("a").publish(first)
    watched.refresh()
    (fired,) = watched.alerts()
    second = edited(first, title="Again the Port closed", body="The port is shut.")
    third = edited(first, title="Harbour closed", body="It reopens.")
    for text in (second, third):
        watched.feed("a").say(text)
        assert watched.refresh().alerts == 0
        (alert,) = watched.alerts()
        assert alert == replace(fired, title=text.texts.title)
        assert watched.store.alerts.texts([alert.id]) == {alert.id: first.texts}
        assert all(first.texts.get(s.field)[s.start : s.end] == s.text for s in alert.why)


def test_one_article_in_several_feeds_raises_one_alert(watched: World) -> None:
    watched.feed("b").publish(item())
    watched.refresh()
    for name in "ab":
        watched.feed(name).publish(item("Port closed", url="https://news.example/port"))
    watched.refresh("a")
    watched.refresh("b")
    assert len(watched.alerts()) == 1


def test_changed_ids_raise_no_alert(watched: World) -> None:
    first = item("Port closed")
    feed = watched.feed("a").publish(first)
    watched.refresh()
    feed.say(churned(first))
    assert watched.refresh().alerts == 0


def test_changed_ids_raise_no_alert_for_a_search_made_meanwhile(watched: World) -> None:
    first = item("Strait closed")
    feed = watched.feed("a").publish(first)
    watched.refresh()
    watched.library.save_search("strait", "strait", alert=True)
    feed.say(churned(first))
    assert watched.refresh().alerts == 0
    assert watched.hits("strait") == {"Strait closed"}


def test_edit_that_brings_the_words_raises_an_alert_and_a_second_edit_none(watched: World) -> None:
    old = item("Harbour closed")
    feed = watched.feed("a").publish(old)
    assert watched.refresh().alerts == 0
    feed.publish(edited(old, title="Port closed"))
    assert watched.refresh().alerts == 1
    feed.publish(edited(old, title="Port still closed"))
    assert watched.refresh().alerts == 0


def test_edit_after_which_the_words_are_gone_ends_the_hit_and_keeps_the_alert(
    watched: World,
) -> None:
    old = item("Port closed")
    feed = watched.feed("a").publish(old)
    watched.refresh()
    feed.publish(edited(old, title="Harbour closed"))
    watched.refresh()
    assert watched.hits("port") == set()
    assert len(watched.alerts()) == 1


def test_edit_raises_no_alert_for_a_search_not_yet_asked_about_the_archive(watched: World) -> None:
    old = item("Strait closed")
    feed = watched.feed("a").publish(old)
    watched.refresh()
    watched.library.save_search("strait", "strait", alert=True)
    feed.publish(edited(old, body="Still."))
    assert watched.refresh().alerts == 0


def test_alert_outlives_its_search(watched: World) -> None:
    watched.feed("a").publish(item("Port closed"))
    watched.refresh()
    watched.library.remove_search("port")
    assert [alert.saved_search for alert in watched.alerts()] == ["port"]


def test_alerts_are_new_until_they_are_seen(watched: World) -> None:
    watched.feed("a").publish(item("Port closed"))
    watched.refresh()
    assert watched.library.overview().totals.alerts_unseen == 1
    watched.library.alerts_seen()
    assert watched.library.overview().totals.alerts_unseen == 0
    assert watched.alerts()[0].seen


def test_search_that_can_no_longer_be_run_says_so_and_stops_nothing(watched: World) -> None:
    broken = watched.store.saved.add("broken", "((", True)
    watched.feed("a").publish(item("Port closed"))
    assert watched.refresh().alerts == 1
    (saved,) = [s for s in watched.store.saved.all() if s.id == broken]
    assert saved.broken
    watched.library.edit_search("broken", query="closed")
    watched.catch_up()
    assert watched.hits("broken") == {"Port closed"}


def test_search_that_breaks_keeps_all_it_has_and_is_asked_again_when_it_can_be_run(
    watched: World,
) -> None:
    """As when a program that knows more of the language has saved it."""
    watched.feed("a").publish(item("Port closed"))
    watched.refresh()
    watched.library.judge("port", [watched.id("Port closed")], True)
    write_query(watched, "((port")
    watched.feed("a").publish(item("Port open"))
    assert watched.refresh().alerts == 0
    (line,) = watched.library.overview().saved
    assert "bracket" in line.saved.broken
    assert (line.total, line.kept, len(watched.alerts())) == (1, 1, 1)
    write_query(watched, "port")
    watched.feed("a").publish(item("Port busy"))
    assert watched.refresh().alerts == 1
    (line,) = watched.library.overview().saved
    assert (line.saved.broken, line.total, line.kept) == ("", 3, 1)


def write_query(world: World, query: str) -> None:
    with world.store.transaction():
        world.store.connection.execute("UPDATE saved_search SET query = ?", (query,))
        world.store.meta.raised("saved_version")


def test_entity_in_any_spelling_makes_a_hit_at_arrival(watched: World) -> None:
    watched.library.track(Entity("Khalifa Haftar", "person", aliases=(Alias("Хафтар"),)))
    watched.library.save_search("haftar", 'entity:"Khalifa Haftar"', alert=True)
    watched.catch_up()
    watched.feed("a").publish(item("Хафтар прибыл в Тобрук"))
    assert watched.refresh(catch_up=False).alerts == 1
    (mention,) = watched.article("Хафтар прибыл в Тобрук").mentions
    assert (mention.entity, mention.field, mention.start, mention.end) == (
        "Khalifa Haftar",
        "title",
        0,
        6,
    )


def test_watchlist_changed_while_news_were_worked_out_is_asked_anew(
    watched: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched.feed("a").publish(item("Haftar in Tobruk"))
    prepare = watched.desk.ingest._prepare

    def overtaken(*arguments: object) -> object:
        prepared = prepare(*arguments)  # type: ignore[arg-type]
        monkeypatch.undo()
        watched.library.track(Entity("Haftar", "person"))
        return prepared

    monkeypatch.setattr(watched.desk.ingest, "_prepare", overtaken)
    watched.refresh(catch_up=False)
    assert [m.entity for m in watched.article("Haftar in Tobruk").mentions] == ["Haftar"]


def test_percolation_tells_what_would_match_and_stores_nothing(watched: World) -> None:
    watched.library.track(Entity("Tobruk", "place"))
    watched.library.save_search("place", "type:place")
    before = watched.ids()
    found = dict(Percolator(watched.store).hits(item("Port of Tobruk", "Closed.")))
    assert set(found) == {"port", "place"}
    assert found["port"].spans[0].text == "Port"
    assert watched.ids() == before


def test_only_a_saved_search_that_changed_is_prepared_anew(watched: World) -> None:
    store = watched.store
    watched.library.save_search("strait", "strait")
    watch = Watch(store)
    watch.reload()
    before = {question.saved.name: question.query for question in watch.questions}
    with store.transaction():
        strait = next(saved for saved in store.saved.all() if saved.name == "strait")
        store.saved.edit(strait.id, name="narrows", query="narrows OR strait*")
    watch.reload()
    after = {question.saved.name: question.query for question in watch.questions}
    assert after["port"] is before["port"]
    document = SearchDocument(1, Texts("Straits of Messina, port of Messina"))
    assert {saved.name for saved in watch.hits(document, watched.now)} == {"port", "narrows"}


def test_item_that_changes_nothing_keeps_the_spans_of_its_hits(watched: World) -> None:
    news = item("Port closed")
    feed = watched.feed("a").publish(news)
    watched.refresh()
    number = watched.id("Port closed")
    feed.publish(replace(news, author="Somebody"))
    watched.refresh()
    ((name, spans),) = watched.store.lists.hits(number)
    assert (name, [span.text for span in spans]) == ("port", ["Port"])
