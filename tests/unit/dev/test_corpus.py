"""The invented news: reproducible to the letter, and with the statistics that searches cost by."""

import re
from collections import Counter
from itertools import chain, pairwise
from statistics import median

import numpy as np
import pytest

from reader.dev import tongues
from reader.dev.corpus import BLOCK, ENTITIES, FEEDS, OLDEST, SPAN, Corpus, feed_url, folder_of
from reader.domain.article import SearchDocument

COUNT = 750


@pytest.fixture(scope="module")
def articles() -> list[SearchDocument]:
    return list(Corpus(COUNT).documents())


def words(article: SearchDocument) -> list[str]:
    texts = article.texts
    return re.findall(r"\w+", f"{texts.title} {texts.lead} {texts.body}".lower())


def test_the_same_seed_gives_the_same_articles_wherever_one_begins(
    articles: list[SearchDocument],
) -> None:
    corpus = Corpus(COUNT)
    assert list(corpus.documents(BLOCK + 7, BLOCK + 9)) == articles[BLOCK + 7 : BLOCK + 9]
    assert list(corpus.documents(BLOCK - 1, BLOCK + 1)) == articles[BLOCK - 1 : BLOCK + 1]
    assert list(Corpus(COUNT, seed=2).documents(0, 5)) != articles[:5]


def test_numbers_follow_each_other_without_a_gap(articles: list[SearchDocument]) -> None:
    assert [article.id for article in articles] == list(range(1, COUNT + 1))


def test_articles_beyond_the_last_are_newer_than_all_others(
    articles: list[SearchDocument],
) -> None:
    more = list(Corpus(COUNT).documents(COUNT + 100, COUNT + 150))
    newest = max(a.sorted_at for a in articles if a.sorted_at)
    assert all(article.sorted_at and article.sorted_at > newest for article in more)


def test_facts_are_those_of_the_articles(articles: list[SearchDocument]) -> None:
    corpus = Corpus(COUNT)
    facts = corpus.facts(100, 700)
    for row, article in enumerate(articles[100:700]):
        feed = int(facts.feed[row])
        assert article.feeds[0][0] == feed_url(feed)
        assert article.folders == (folder_of(feed),)
        assert article.language == corpus.languages[facts.language[row]]
        assert article.sorted_at is not None
        assert int(facts.published[row]) == round(article.sorted_at.timestamp() * 1e3)
    assert len(facts.feed) == len(facts.entities) == 600
    assert facts.feed.max() < FEEDS
    assert facts.entities.max() < ENTITIES


def test_lengths_are_those_of_news(articles: list[SearchDocument]) -> None:
    title, lead, body = (
        [len(article.texts.get(name).split()) for article in articles]
        for name in ("title", "lead", "body")
    )
    assert 7 < sum(title) / COUNT < 11
    assert 20 < sum(lead) / COUNT < 32
    assert 300 < median(body) < 360
    assert max(body) > 1_500


def test_few_words_come_very_often_and_new_ones_never_cease(
    articles: list[SearchDocument],
) -> None:
    counted = Counter(chain.from_iterable(map(words, articles)))
    ranked = [times for _word, times in counted.most_common()]
    assert ranked[0] > 20 * ranked[100] > 20 * 10 * ranked[5_000]
    early = len(set(chain.from_iterable(map(words, articles[: COUNT // 2]))))
    assert 1.2 * early < len(counted) < 1.8 * early


def test_dates_run_over_two_years_nearly_in_order(articles: list[SearchDocument]) -> None:
    at = np.array([a.sorted_at.timestamp() for a in articles if a.sorted_at])
    assert abs(at.max() - at.min() - SPAN.total_seconds()) < 3 * 86_400
    assert abs(at.min() - OLDEST.timestamp()) < 86_400
    assert np.abs(np.argsort(at) - np.arange(COUNT)).max() < 20


def test_words_stand_together_more_often_than_by_chance(articles: list[SearchDocument]) -> None:
    english = [words(article) for article in articles if article.language == "en"]
    single = Counter(chain.from_iterable(english))
    pairs = Counter(chain.from_iterable(pairwise(text) for text in english))
    total = sum(single.values())
    rare = [pair for pair in pairs if all(10 < single[word] < 300 for word in pair)]
    bound = [
        p for p in rare if pairs[p] > 10 * single[p[0]] * single[p[1]] / total and pairs[p] > 4
    ]
    assert len(bound) > 100


def test_one_article_in_ten_is_in_another_language(articles: list[SearchDocument]) -> None:
    share = Counter(article.language for article in articles)
    assert set(share) == set(Corpus(1).languages)
    assert 0.85 < share["en"] / COUNT < 0.95


def test_texts_read_as_sentences(articles: list[SearchDocument]) -> None:
    for article in articles[:50]:
        texts = article.texts
        assert texts.body.endswith(".")
        assert texts.title == texts.title.strip()
        assert "  " not in texts.body
        assert " ." not in texts.body
        if article.language == "en":
            assert all(sentence[0].isupper() for sentence in texts.lead.split(". "))


def test_every_slot_of_a_sentence_has_words_in_every_language() -> None:
    slots = {*tongues.SENTENCES.split(), *tongues.TITLES.split()} - {
        tongues.COMMA,
        tongues.FULL_STOP,
    }
    for code in Corpus(1).languages:
        for slot in slots:
            assert tongues.tongue(code).words[slot], (code, slot)


@pytest.mark.parametrize(
    ("base", "plural", "past", "going"),
    [("party", "parties", "partied", "partying"), ("clash", "clashes", "clashed", "clashing"),
     ("raise", "raises", "raised", "raising"), ("stay", "stays", "stayed", "staying")],
)  # fmt: skip
def test_english_words_are_inflected_as_in_english(
    base: str, plural: str, past: str, going: str
) -> None:
    assert tongues._plural(base) == plural
    assert tongues._ended(base, "ed") == past
    assert tongues._ended(base, "ing") == going
