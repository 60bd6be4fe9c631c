"""Which stored article an item is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reader.domain.decide import (
    MODES,
    Candidate,
    Decision,
    KnownArticle,
    Verdict,
    decide,
    distinct_keys,
    usable_mode,
)

ITEM = Candidate(key=1, url_key=10, content=100, title="Port closed", published=5, size=400)
ARTICLE = KnownArticle(7, content=100, title="Port closed", published=5, size=400, in_feed=True)
NOWHERE: Mapping[int, Sequence[KnownArticle]] = {}


def one(
    item: Candidate = ITEM,
    by_key: KnownArticle | None = None,
    by_url: KnownArticle | None = None,
    twin: KnownArticle | None = None,
) -> Decision:
    (decision,) = decide(
        [item],
        {item.key: by_key} if by_key else {},
        {item.url_key: [by_url]} if by_url and item.url_key is not None else {},
        {item.content: [twin]} if twin else {},
    )
    return decision


# One item


def test_unknown_item_is_new_and_remembered() -> None:
    assert one() == Decision(Verdict.NEW, 0, new_key=True)


def test_known_key_with_the_same_text_changes_nothing() -> None:
    assert one(by_key=ARTICLE) == Decision(Verdict.SAME, 7)


def test_known_key_with_another_text_is_a_revision() -> None:
    assert one(by_key=replace(ARTICLE, content=99)) == Decision(Verdict.REVISED, 7)


def test_new_id_and_link_with_the_same_text_and_date_is_the_same_article() -> None:
    assert one(twin=ARTICLE) == Decision(Verdict.JOINED, 7, new_key=True)


def test_same_text_on_another_day_is_another_article() -> None:
    assert one(twin=replace(ARTICLE, published=6)).verdict is Verdict.NEW


def test_items_without_a_word_are_not_all_one_article() -> None:
    silent = replace(ITEM, title="", size=0, published=None)
    assert one(silent, twin=replace(ARTICLE, published=None)).verdict is Verdict.NEW


def test_reused_id_finds_the_article_that_has_this_text() -> None:
    decision = one(by_key=replace(ARTICLE, content=99), twin=replace(ARTICLE, article_id=8))
    assert decision == Decision(Verdict.JOINED, 8, new_key=True)


def test_link_of_another_feed_is_one_article_whatever_its_title() -> None:
    other = replace(ARTICLE, title="Harbour shut", content=99, published=4, in_feed=False)
    assert one(by_url=other) == Decision(Verdict.JOINED, 7, new_key=True)


def test_full_text_from_another_feed_replaces_a_teaser() -> None:
    teaser = replace(ARTICLE, content=99, size=100, in_feed=False)
    assert one(by_url=teaser).verdict is Verdict.REVISED


def test_teaser_from_another_feed_leaves_the_full_text() -> None:
    full = replace(ARTICLE, content=99, size=4000, in_feed=False)
    assert one(by_url=full).verdict is Verdict.JOINED


def test_known_link_under_a_new_id_is_an_edit_when_title_or_date_agree() -> None:
    edited = replace(ARTICLE, content=99)
    assert one(by_url=replace(edited, title="Harbour shut")).verdict is Verdict.REVISED
    assert one(by_url=replace(edited, published=4)).verdict is Verdict.REVISED
    assert one(by_url=replace(edited, title="Harbour shut", published=4)).verdict is Verdict.NEW


def test_undated_items_of_one_link_are_not_taken_for_the_same_date() -> None:
    undated = replace(ARTICLE, content=99, title="Harbour shut", published=None)
    assert one(replace(ITEM, published=None), by_url=undated).verdict is Verdict.NEW


def test_deleted_article_stays_deleted_however_it_comes_back() -> None:
    gone = replace(ARTICLE, deleted=True)
    edited = replace(gone, content=99)
    ways = [one(by_key=gone), one(by_key=edited), one(by_url=gone), one(twin=gone)]
    assert [(d.verdict, d.article_id) for d in ways] == [(Verdict.DELETED, 7)] * 4


# Several items


def test_item_said_twice_is_taken_once() -> None:
    first, second = decide([ITEM, ITEM], {}, NOWHERE, NOWHERE)
    assert (first.verdict, second.verdict) == (Verdict.NEW, Verdict.SAME)


def test_link_shared_by_several_items_identifies_nothing() -> None:
    items = [replace(ITEM, key=n, content=n, title=str(n), published=n) for n in (1, 2, 3)]
    stored = {10: [replace(ARTICLE, in_feed=False)]}
    assert [d.verdict for d in decide(items, {}, stored, NOWHERE)] == [Verdict.NEW] * 3


def test_article_whose_own_id_is_still_in_the_feed_is_not_given_away() -> None:
    copy = replace(ITEM, key=2, url_key=11)
    decisions = decide([copy, ITEM], {1: ARTICLE}, NOWHERE, {100: [ARTICLE]})
    assert [d.verdict for d in decisions] == [Verdict.NEW, Verdict.SAME]


def test_two_copies_under_new_ids_are_given_two_articles() -> None:
    copies = [replace(ITEM, key=n, url_key=n) for n in (2, 3)]
    twins = {100: [ARTICLE, replace(ARTICLE, article_id=8)]}
    assert [d.article_id for d in decide(copies, {}, NOWHERE, twins)] == [7, 8]


# Keys


def keys(**given: list[int]) -> dict[str, list[int]]:
    return {mode: given.get(mode, [mode_number * 1000 + n for n in range(len(given["guid"]))])
            for mode_number, mode in enumerate(MODES, 1)}  # fmt: skip


def test_good_ids_are_kept() -> None:
    assert usable_mode("guid", keys(guid=[1, 2, 3]), [7, 8, 9]) == "guid"


def test_ids_that_several_texts_share_are_given_up() -> None:
    assert usable_mode("guid", keys(guid=[1, 1, 1]), [7, 8, 9]) == "link_date"


def test_the_same_item_said_twice_does_not_speak_against_its_id() -> None:
    assert usable_mode("guid", keys(guid=[1, 1, 2]), [7, 7, 9]) == "guid"


def test_a_mode_once_given_up_does_not_come_back() -> None:
    assert usable_mode("link_title", keys(guid=[1, 2, 3]), [7, 8, 9]) == "link_title"


def test_when_nothing_tells_items_apart_their_content_does() -> None:
    same = {mode: [1, 1, 1] for mode in MODES}
    assert usable_mode("guid", same, [7, 8, 9]) == "content"


def test_the_few_items_that_share_an_id_are_told_apart_by_something_else() -> None:
    offered = keys(guid=[1, 1, 2])
    chosen = distinct_keys("guid", offered, [7, 8, 9])
    assert chosen == [offered["link_date"][0], offered["link_date"][1], 2]


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.tuples(
            st.lists(st.integers(1, 5), min_size=n, max_size=n),
            st.lists(st.integers(11, 14), min_size=n, max_size=n),
            st.lists(st.integers(21, 24), min_size=n, max_size=n),
            st.lists(st.integers(100, 106), min_size=n, max_size=n),
        )
    ),
    st.sampled_from(MODES),
)
def test_items_of_different_texts_never_share_a_key(
    columns: tuple[list[int], list[int], list[int], list[int]], mode: str
) -> None:
    guids, dated, titled, contents = columns
    offered = dict(zip(MODES, (guids, dated, titled, contents), strict=True))
    chosen = distinct_keys(mode, offered, contents)
    assert len(set(zip(chosen, contents, strict=True))) == len(set(chosen))
