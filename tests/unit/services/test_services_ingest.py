"""What feeds say becomes articles: nothing twice, nothing lost, nothing of the reader's touched."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from reader.domain.scope import Scope
from tests.helpers.world import START, World, churned, edited, item

# The same again


def test_same_feed_twice_adds_nothing_and_flips_no_read_flag(world: World) -> None:
    feed = world.feed("a", etags=False).publish(item("One"), item("Two"))
    world.refresh()
    world.library.mark([world.id("One")], read=True)
    feed.version += 1  # other bytes, the same items
    summary = world.refresh()
    assert (summary.new, summary.updated, summary.unchanged) == (0, 0, 2)
    assert {line.title: line.read for line in world.library.lines(world.ids())} == {
        "One": True,
        "Two": False,
    }


def test_unmodified_answer_writes_no_articles(world: World) -> None:
    world.feed("a").publish(item("One"), item("Two"))
    world.refresh()
    before = world.store.connection.total_changes
    world.pass_time(hours=1)
    summary = world.refresh(catch_up=False)
    assert (summary.new, summary.unchanged) == (0, 2)
    assert world.store.connection.total_changes - before == 1, "only the feed itself is written"
    assert world.requests[-1].etag == '"The A Wire 1"'
    assert world.stored_feed("a").last_fetched == START + timedelta(hours=1)


def test_same_bytes_write_no_articles_even_without_an_etag(world: World) -> None:
    world.feed("a", etags=False).publish(item("One"))
    world.refresh()
    before = world.store.connection.total_changes
    summary = world.refresh(catch_up=False)
    assert summary.unchanged == 1
    assert world.store.connection.total_changes - before == 1


def test_undated_items_stand_in_the_order_of_their_feed(world: World) -> None:
    feed = world.feed("a").publish(*(item(t, published=None) for t in ("Third", "Second", "First")))
    world.refresh()
    world.pass_time(hours=1)
    feed.publish(item("Fifth", published=None), item("Fourth", published=None))
    world.refresh()
    assert world.titles() == ["Fifth", "Fourth", "Third", "Second", "First"]


# Edits


def test_edited_article_keeps_its_earlier_text_and_what_the_reader_made_of_it(world: World) -> None:
    old = item("Port closed", "The port is closed.")
    feed = world.feed("a").publish(old)
    world.refresh()
    number = world.id("Port closed")
    world.library.mark([number], read=True, starred=True)
    world.library.tag([number], "ports")
    world.library.note(number, "Ask the harbour master.")
    world.pass_time(hours=2)
    feed.publish(edited(old, title="Port open again"))
    assert world.refresh().updated == 1
    now = world.article("Port open again")
    assert now.line.id == number
    assert (now.line.read, now.line.starred, now.line.tags) == (True, True, ("ports",))
    assert now.note == "Ask the harbour master."
    assert [revision.texts.title for revision in now.revisions] == ["Port closed"]
    assert world.found('"port closed"') == set()
    assert world.found('"port open"') == {"Port open again"}


def test_edit_of_an_undated_article_leaves_it_where_it_stands(world: World) -> None:
    old = item("Undated", published=None)
    feed = world.feed("a").publish(old)
    world.refresh()
    world.pass_time(hours=2)
    feed.publish(edited(old, body="More of it."))
    world.refresh()
    assert world.article("Undated").line.sorted_at == START


def test_article_that_loses_its_date_in_an_edit_keeps_the_one_it_had(world: World) -> None:
    old = item("Dated", hours_ago=5)
    feed = world.feed("a").publish(old)
    world.refresh()
    feed.publish(edited(old, body="More of it.", published=None))
    world.refresh()
    line = world.article("Dated").line
    assert line.published == line.sorted_at == START - timedelta(hours=5)


def test_two_edits_leave_two_revisions_in_order(world: World) -> None:
    old = item("One")
    feed = world.feed("a").publish(old)
    for title in ("Two", "Three"):
        world.refresh()
        feed.publish(edited(old, title=title))
    world.refresh()
    assert [r.texts.title for r in world.article("Three").revisions] == ["One", "Two"]


# Identity


def test_new_id_and_link_with_the_same_words_and_date_is_the_same_article(world: World) -> None:
    old = item("Port closed", hours_ago=1)
    feed = world.feed("a").publish(old)
    world.refresh()
    world.library.mark(world.ids(), read=True)
    for _ in range(3):
        feed.say(churned(old))
        summary = world.refresh()
        assert (summary.new, summary.updated, summary.unchanged) == (0, 0, 1)
    assert world.titles() == ["Port closed"]
    assert world.article("Port closed").line.read


def test_one_link_in_several_feeds_is_one_article_with_one_read_flag(world: World) -> None:
    link = "https://news.example/port"
    world.feed("a").publish(item("Port closed", url=link))
    world.refresh()
    world.library.mark(world.ids(), read=True)
    world.feed("b").publish(item("Port closed!", url=link + "?utm_source=b#top"))
    assert world.refresh().new == 0
    assert set(world.article("Port closed").feeds) == {
        "https://a.example/feed",
        "https://b.example/feed",
    }
    for name in "ab":
        (number,) = world.ids(Scope(feed=world.stored_feed(name).id))
        assert world.library.lines([number])[0].read


def test_article_in_two_feeds_is_found_by_the_name_of_each(world: World) -> None:
    link = "https://news.example/port"
    for name in "ab":
        world.library.save_search(name, f"port feed:{name}.example")
        world.feed(name).publish(item("Port closed", url=link))
        world.refresh()
    assert world.hits("a") == world.hits("b") == {"Port closed"}


def test_feed_whose_items_all_link_to_one_page_keeps_them_apart(world: World) -> None:
    page = "https://news.example/live"
    first = [item(f"Update {n}", url=page, hours_ago=n) for n in (1, 2, 3)]
    feed = world.feed("a").publish(*first)
    world.refresh()
    feed.publish(item("Update 0", url=page, hours_ago=0))
    world.refresh()
    feed.say(item("Update -1", url=page, hours_ago=-0.1))  # alone in the body, too
    world.refresh()
    assert len(world.titles()) == 5


def test_ids_shared_by_different_texts_are_given_up_for_this_feed(world: World) -> None:
    items = [item(f"Story {n}", guid="42", hours_ago=n) for n in range(4)]
    feed = world.feed("a").publish(item("First", guid="1"))
    world.refresh()
    assert world.stored_feed("a").identity == "guid"
    feed.say(*items)
    world.refresh()
    feed.say(*items, item("Story 9", guid="42", hours_ago=9))
    assert world.refresh().new == 1
    assert world.stored_feed("a").identity == "link_date"
    assert len(world.titles()) == 6


def test_two_items_that_share_an_id_in_a_good_feed_are_both_kept(world: World) -> None:
    many = [item(hours_ago=n) for n in range(40)]
    pair = [item("Left", guid="same"), item("Right", guid="same")]
    feed = world.feed("a").say(*many, *pair)
    world.refresh()
    feed.say(*reversed(pair), *many)
    summary = world.refresh()
    assert (summary.new, summary.updated) == (0, 0)
    assert {"Left", "Right"} < set(world.titles())
    assert world.stored_feed("a").identity == "guid"


def test_degrading_the_identity_takes_known_articles_along(world: World) -> None:
    items = [item(f"Story {n}", hours_ago=n) for n in range(4)]
    feed = world.feed("a").say(*items)
    world.refresh()
    world.library.mark(world.ids(), read=True)
    feed.say(*(replace(one, guid="42") for one in items))
    summary = world.refresh()
    assert (summary.new, summary.unchanged) == (0, 4)
    assert world.ids(Scope(unread=True)) == []


def test_deleted_article_stays_deleted(world: World) -> None:
    old = item("Spam", hours_ago=1)
    feed = world.feed("a").publish(old, item("News"))
    world.refresh()
    world.store.marks.deleted([world.id("Spam")], value=True)
    for again in (edited(old, body="More spam."), churned(old), replace(old, guid="other")):
        feed.say(again)
        assert world.refresh().new == 0
    world.feed("b").publish(item("Spam", url=old.url))
    world.refresh()
    assert world.titles() == ["News"]


# Subscriptions


def test_removing_a_feed_keeps_its_articles_and_adding_it_again_brings_them_back(
    world: World,
) -> None:
    feed = world.feed("a").publish(item("One"), item("Two"))
    world.refresh()
    world.library.mark([world.id("One")], read=True)
    world.library.remove_feed(feed.url)
    assert (world.library.overview().feeds, len(world.titles())) == ((), 2)
    assert world.refresh().new == 0, "nobody asks for it any more"
    world.store.feeds.add(feed.url, now=world.now)
    assert world.refresh().new == 0
    (line,) = world.library.overview().feeds
    assert (line.articles, line.unread) == (2, 1)


def test_answer_of_a_feed_unsubscribed_meanwhile_is_dropped(world: World) -> None:
    feed = world.feed("a").publish(item("One"))
    known = world.stored_feed("a")
    world.library.remove_feed(feed.url)
    parsed = world.round().run([known], lambda *_: None)
    assert asyncio.run(parsed).new == 0
    assert world.titles() == []


def test_title_read_at_the_first_fetch_is_known_to_saved_searches_at_once(world: World) -> None:
    world.library.save_search("wire", 'port feed:"north wire"')
    world.library.save_search("outlet", 'port outlet:"the north wire"')
    world.catch_up()
    world.feed("north").publish(item("Port closed"))
    world.refresh(catch_up=False)
    assert world.hits("wire") == world.hits("outlet") == {"Port closed"}


def test_feed_moved_while_it_was_fetched_is_matched_where_it_is_now(world: World) -> None:
    world.library.save_search("libya", "port folder:Libya")
    feed = world.feed("a").publish(item("Port closed"))
    stale = world.desk.due(None, everything=True)
    world.library.move_feed(feed.url, "Africa/Libya")
    asyncio.run(world.round().run(stale, lambda *_: None))
    assert world.hits("libya") == {"Port closed"}


# Dates


@pytest.mark.parametrize("hours", [3, 23])
def test_date_a_little_ahead_is_shown_but_does_not_float_on_top(world: World, hours: int) -> None:
    world.feed("a").publish(item("Ahead", hours_ago=-hours))
    world.refresh()
    line = world.article("Ahead").line
    assert line.published == START + timedelta(hours=hours)
    assert line.sorted_at == START


@pytest.mark.parametrize("hours", [-48, -9_000, 400_000])
def test_absurd_date_is_kept_as_written_and_sorted_by_arrival(world: World, hours: int) -> None:
    world.feed("a").publish(item("Absurd", hours_ago=hours, published_raw="Thu, 31 Dec"))
    world.refresh()
    detail = world.article("Absurd")
    assert (detail.line.published, detail.line.sorted_at) == (None, START)
    assert detail.published_raw == "Thu, 31 Dec"


def test_undated_article_stands_where_it_arrived(world: World) -> None:
    world.feed("a").publish(item("Undated", published=None), item("Earlier", hours_ago=1))
    world.refresh()
    assert world.titles() == ["Undated", "Earlier"]


# Texts


def test_snippet_is_one_line_of_whole_words(world: World) -> None:
    world.feed("a").publish(item("Long", "word\n\n  " * 300))
    world.refresh()
    snippet = world.article("Long").line.snippet
    assert snippet.endswith("word…")
    assert len(snippet) <= 201
    assert "\n" not in snippet


def test_snippet_prefers_the_standfirst(world: World) -> None:
    world.feed("a").publish(item("Led", "The body.", lead="The standfirst."))
    world.refresh()
    assert world.article("Led").line.snippet == "The standfirst."


def test_full_text_from_a_second_feed_takes_the_place_of_a_teaser(world: World) -> None:
    link = "https://news.example/port"
    world.feed("a").publish(item("Port closed", "Short.", url=link, hours_ago=3))
    world.refresh()
    world.feed("b").publish(item("Port closed", "The whole story. " * 20, url=link))
    assert world.refresh().updated == 1
    detail = world.article("Port closed")
    assert detail.texts.body.startswith("The whole story.")
    assert detail.line.published == START - timedelta(hours=3), "it is as old as before"
    assert [r.texts.body for r in detail.revisions] == ["Short."]
