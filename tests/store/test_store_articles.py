"""What feeds bring: known, new, revised, joined."""

from dataclasses import replace
from datetime import timedelta

import pytest
from store_world import NOW, World, item

from reader.domain.article import Texts
from reader.domain.decide import KnownArticle
from reader.domain.scope import Scope
from reader.store.articles import Articles

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def articles(world: World) -> Articles:
    return world.store.articles


def test_stored_article_is_known_by_key_link_and_text(world: World, articles: Articles) -> None:
    feed, other = world.feed(), world.feed()
    new = item(feed, 1, texts=Texts("T", "Lead", "Body"))
    stored = articles.add(new)
    ms = int(NOW.timestamp() * 1000)
    known = KnownArticle(stored, 1001, "T", ms, 8, in_feed=True)
    assert articles.known(feed, [1, 2]) == {1: known}
    assert articles.by_url(feed, [5001, 5002]) == {5001: [known]}
    assert articles.twins(feed, [1001, 7]) == {1001: [known]}
    assert articles.known(other, [1]) == {}
    assert articles.by_url(other, [5001]) == {5001: [replace(known, in_feed=False)]}
    assert articles.twins(other, [1001]) == {}


def test_thousands_of_keys_are_asked_at_once(world: World, articles: Articles) -> None:
    feed = world.feed()
    stored = articles.add(item(feed, -(2**63)))
    known = articles.known(feed, range(-(2**63), -(2**63) + 50_000))
    assert [one.article_id for one in known.values()] == [stored]


def test_joined_article_keeps_its_text_and_remembers_what_each_feed_said(
    world: World, articles: Articles
) -> None:
    first, second = world.feed(), world.feed()
    stored = articles.add(item(first, 1))
    articles.join(second, stored, 9, 4711)
    articles.join(second, stored, 10, 4711)
    assert articles.known(second, [9])[9].content == 4711
    assert articles.known(first, [1])[1].content == 1001
    assert [len(found) for found in articles.twins(second, [4711]).values()] == [1]
    assert articles.texts([stored])[stored].body == "Body of 1"
    assert list(world.store.lists.ids(Scope(feed=second))) == [stored]
    assert world.store.lists.detail(stored).feeds == tuple(
        feed.url for feed in world.store.feeds.all()
    )


def test_revised_article_keeps_earlier_texts_and_the_user_s_marks(
    world: World, articles: Articles
) -> None:
    feed = world.feed()
    stored = articles.add(item(feed, 1, texts=Texts("Old", "L", "B"), author="A"))
    world.store.marks.read([stored], True)
    world.store.marks.tag([stored], "keep")
    new = item(feed, 1, texts=Texts("New", "", "Body, corrected"), content_hash=77)
    assert articles.revise(stored, new, LATER) == 2
    assert articles.revise(stored, replace(new, content_hash=78), LATER) == 3

    detail = world.store.lists.detail(stored)
    assert detail.texts == new.texts
    assert (detail.line.read, detail.line.tags, detail.line.revisions) == (True, ("keep",), 2)
    first, second = detail.revisions
    assert (first.number, first.seen, first.texts) == (1, NOW, Texts("Old", "L", "B"))
    assert (first.author, first.url, first.html) == ("A", "https://news.example/1", "<p>B</p>")
    assert (second.number, second.seen, second.texts) == (2, LATER, new.texts)
    assert articles.known(feed, [1])[1].content == 78


def test_revision_may_move_the_article_in_every_list(world: World, articles: Articles) -> None:
    feed = world.feed()
    moved, other = (
        articles.add(item(feed, 1, hours_ago=2)),
        articles.add(item(feed, 2, hours_ago=1)),
    )
    entity, saved = world.entity("E"), world.saved("S", moved, other)
    for article in (moved, other):
        world.mention(article, entity, (0, 1))
    articles.revise(moved, item(feed, 1, content_hash=5), LATER)
    for scope in (Scope(), Scope(feed=feed), Scope(entity=entity), Scope(saved=saved)):
        assert list(world.store.lists.ids(scope)) == [moved, other]


def test_deleted_article_stays_known(world: World, articles: Articles) -> None:
    feed = world.feed()
    stored = articles.add(item(feed, 1))
    world.store.marks.deleted([stored], True)
    assert articles.known(feed, [1])[1].deleted
    assert articles.by_url(feed, [5001])[5001][0].deleted
    assert articles.twins(feed, [1001])[1001][0].deleted


def test_id_of_a_purged_article_never_comes_back(world: World, articles: Articles) -> None:
    feed = world.feed()
    purged = articles.add(item(feed, 1))
    world.store.connection.execute("DELETE FROM article")
    assert world.store.check() == []
    assert articles.add(item(feed, 2)) > purged


def test_all_articles_are_gone_through_newest_first(world: World, articles: Articles) -> None:
    feed = world.feed()
    ids = [articles.add(item(feed, number)) for number in range(5)]
    world.store.marks.deleted([ids[3]], True)
    assert articles.ids_below(None, 3) == [ids[4], ids[2], ids[1]]
    assert articles.ids_below(ids[1], 3) == [ids[0]]
    assert articles.count_below(ids[4]) == 3
    assert articles.ids_below(ids[0], 3) == []


def test_newest_is_the_highest_id_there_ever_was(world: World, articles: Articles) -> None:
    assert articles.newest() == 0
    last = [articles.add(item(world.feed(), number)) for number in range(3)][-1]
    world.store.connection.execute("DELETE FROM article WHERE id = ?", (last,))
    assert articles.newest() == last


def test_texts_are_read_in_one_go_without_those_that_are_gone(
    world: World, articles: Articles
) -> None:
    feed = world.feed()
    texts = Texts("Хафтар", "𝔘nicode \ud7ff", "حفتر")
    stored = articles.add(item(feed, 1, texts=texts))
    assert articles.texts([stored, 999]) == {stored: texts}


def test_article_without_link_or_date_is_stored(world: World, articles: Articles) -> None:
    feed = world.feed()
    new = item(feed, 1, url="", url_key=None, published=None, published_raw="yesterday")
    detail = world.store.lists.detail(articles.add(new))
    assert (detail.line.published, detail.published_raw) == (None, "yesterday")
    assert articles.known(feed, [1])[1].published is None
