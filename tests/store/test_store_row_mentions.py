"""What is named in the rows on show, read for those rows alone."""

from store_world import World

from reader.domain.article import Mention, Texts
from reader.store.row_mentions import FARTHEST, LOOKED_AT, named_in_rows


def put(world: World, texts: Texts, *mentions: tuple[str, int, int, bool]) -> int:
    article = world.article(world.feed(), texts=texts)
    entity = world.entity("Derna", "place")
    world.store.entities.replace_mentions(
        article,
        [Mention(entity, "Derna", "place", "Derna", f, a, z, shown) for f, a, z, shown in mentions],
    )
    return article


def test_title_and_snippet_are_told_apart(world: World) -> None:
    texts = Texts("In Derna", "", "News\n\nfrom Derna today")
    article = put(world, texts, ("title", 3, 8, True), ("body", 11, 16, True))
    [found] = named_in_rows(world.store.connection, [(article, "News from Derna today")])
    assert [one[:3] for one in found.title] == [(3, 8, "place")]
    assert [one[:3] for one in found.snippet] == [(10, 15, "place")]


def test_what_lies_inside_a_longer_mention_says_so(world: World) -> None:
    texts = Texts("The Derna Brigade of Derna", "", "x")
    article = put(world, texts, ("title", 4, 9, False), ("title", 21, 26, True))
    brigade = world.entity("Derna Brigade", "organisation")
    longer = Mention(brigade, "", "", "Derna Brigade", "title", 4, 17)
    known = world.store.entities.mentions(article)
    world.store.entities.replace_mentions(article, [*known, longer])
    [found] = named_in_rows(world.store.connection, [(article, "x")])
    assert [(one.start, one.type, one.within) for one in found.title] == [
        (4, "organisation", None), (4, "place", ("organisation", brigade)), (21, "place", None),
    ]  # fmt: skip


def test_every_row_is_answered_in_order_also_one_without_names_or_gone(world: World) -> None:
    article = put(world, Texts("Nothing here", "", "x"))
    found = named_in_rows(world.store.connection, [(999, "gone"), (article, "x")])
    assert [(one.article_id, one.of, one.title, one.snippet) for one in found] == [
        (999, "gone", (), ()), (article, "x", (), ()),
    ]  # fmt: skip


def test_a_passage_from_far_down_has_its_names_too(world: World) -> None:
    body = "Derna. " + "word " * (LOOKED_AT // 5) + "and then Derna"
    at = body.rindex("Derna")
    marks = [("body", 0, 5, True), ("body", at, at + 5, True)]
    article = put(world, Texts("T", "", body), *marks)
    other = put(world, Texts("In Derna", "", "Derna"), ("title", 3, 8, True))
    rows = [(article, "…and then Derna"), (other, "…x")]
    found = named_in_rows(world.store.connection, rows)
    assert [[one[:2] for one in row.snippet] for row in found] == [[(10, 15)], []]
    assert [one[:2] for one in found[1].title] == [(3, 8)]


def test_an_endless_text_is_not_read_to_its_end(world: World) -> None:
    body = "word " * (FARTHEST // 5) + "and then Derna"
    at = body.index("Derna")
    article = put(world, Texts("T", "", body), ("body", at, at + 5, True))
    [found] = named_in_rows(world.store.connection, [(article, "…and then Derna")])
    assert found.snippet == ()


def test_nothing_is_scanned(world: World) -> None:
    world.store.connection.execute("ANALYZE")
    statements: list[str] = []
    world.store.connection.set_trace_callback(statements.append)
    article = put(world, Texts("In Derna", "", "Derna"), ("body", 0, 5, True))
    statements.clear()
    named_in_rows(world.store.connection, [(article, "Derna")])
    assert len(statements) == 2
    named_in_rows(world.store.connection, [(article, "…elsewhere")])
    world.store.connection.set_trace_callback(None)
    assert len(statements) == 5
    for statement in statements:
        plan = world.store.connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
        told = [row[3] for row in plan]
        scans = [line for line in told if line.startswith("SCAN") and not line.startswith("SCAN j")]
        assert scans == [], told
