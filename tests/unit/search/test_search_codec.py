"""Whoosh reads our segments and writes them, and finds in them what we find."""

import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from whoosh import index as whoosh_index
from whoosh import query
from whoosh.query import spans

from reader.domain.article import SearchDocument, Texts
from reader.errors import IndexFailure
from reader.search.builder import Builder
from reader.search.codec import ArrayCodec, schema, stock_docs
from reader.search.evaluate import Evaluator
from reader.search.pack import Pack
from reader.search.segment import Segment

WORDS = (
    "haftar",
    "tobruk",
    "libya",
    "S-400",
    "Air",
    "defence",
    "air-defence",
    "to",
    "the",
    "Сирия",
)
AT = datetime(2024, 12, 16, tzinfo=UTC)


def documents(count: int, seed: int = 1) -> list[SearchDocument]:
    chance = random.Random(seed)

    def text(longest: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(0, longest)))

    return [
        SearchDocument(
            n, Texts(text(4), text(6), text(20)), language="en", author="Ann Lee",
            url="https://caliber.example/news", sorted_at=AT, first_seen=AT,
        )
        for n in range(1, count + 1)
    ]  # fmt: skip


def whole(document: SearchDocument) -> str:
    return f"{document.texts.title} {document.texts.lead} {document.texts.body}"


def built(count: int = 60) -> Segment:
    builder = Builder()
    for document in documents(count):
        builder.add(document)
    return builder.segment()


def term(text: str, field: str = "text") -> Any:
    return query.Term(field, text)


QUERIES = [
    term("haftar"),
    term("haftar", "title"),
    term("tobruk", "lead"),
    term("defence", "body"),
    term("caliber", "url"),
    term("lee", "author"),
    term("nowhere"),
    query.And([term("haftar"), term("tobruk")]),
    query.Or([term("haftar"), term("s-400")]),
    query.And([term("haftar"), query.Not(term("tobruk"))]),
    query.AndMaybe(term("haftar"), term("libya")),
    query.Require(term("haftar"), term("libya")),
    query.DisjunctionMax([term("haftar"), term("сирия")]),
    query.Phrase("text", ["to", "the"]),
    query.Phrase("body", ["haftar", "tobruk"], slop=3),
    query.Prefix("text", "def"),
    query.Wildcard("text", "h?f*r"),
    query.FuzzyTerm("text", "tobruc", maxdist=1, prefixlength=0),
    query.FuzzyTerm("text", "libia", maxdist=1, prefixlength=1),
    spans.SpanNear(term("haftar"), term("libya"), slop=4, ordered=False),
    query.Every(),
]


@pytest.mark.parametrize("tree", QUERIES, ids=repr)
def test_whooshs_own_searcher_finds_what_the_evaluator_finds(tree: Any) -> None:
    segment = built()
    found = Evaluator(segment, {}).run(tree).docs
    assert stock_docs(segment, tree).tolist() == found.tolist()


def test_deleted_documents_are_deleted_for_whoosh_too() -> None:
    segment = built()
    live = np.ones(segment.count, np.bool_)
    live[::2] = False
    found = stock_docs(segment.deleting(live), term("haftar"))
    assert len(found)
    assert (found % 2 == 1).all()


def test_what_only_whoosh_knows_is_answered_by_whoosh() -> None:
    segment = built()
    tree = query.TermRange("text", "h", "l")
    wanted = Evaluator(segment, {}).run(query.Or([term("haftar")])).docs
    assert stock_docs(segment, tree).tolist() == wanted.tolist()


@pytest.fixture
def written(tmp_path: Path) -> Any:
    """An index of Whoosh's own whose segments are ours."""
    index = whoosh_index.create_in(str(tmp_path), schema())
    writer = index.writer(codec=ArrayCodec())
    for document in documents(40):
        text = whole(document)
        if text.strip():
            writer.add_document(text=text, author=document.author, id=document.id)
    writer.commit()
    return index


def test_whooshs_writer_writes_segments_that_whoosh_reads(written: Any) -> None:
    texts = {document.id: whole(document).lower() for document in documents(40)}
    with written.searcher() as searcher:
        ids = searcher.reader().column_reader("id", translate=False)
        found = {int(ids[doc]) for doc in term("haftar").docs(searcher)}
        assert found == {number for number, text in texts.items() if "haftar" in text.split()}
        phrase = query.Phrase("text", ["to", "the"])
        found = {int(ids[doc]) for doc in phrase.docs(searcher)}
        assert found == {number for number, text in texts.items() if " to the " in f" {text} "}
        assert len(searcher.search(term("haftar"), limit=5)) > 5


def test_whooshs_writer_writes_segments_that_the_evaluator_reads(
    written: Any, tmp_path: Path
) -> None:
    (path,) = tmp_path.glob("*.pack")
    segment = Segment(Pack(path))
    with written.searcher() as searcher:
        for tree in QUERIES:
            found = Evaluator(segment, {}).run(tree).docs.tolist()
            assert found == sorted(tree.docs(searcher)), tree


def test_whooshs_deletes_and_second_commits_are_seen(written: Any) -> None:
    writer = written.writer(codec=ArrayCodec())
    writer.delete_document(0)
    writer.add_document(text="haftar anew", id=900)
    writer.commit(merge=False)
    with written.searcher() as searcher:
        assert searcher.doc_count_all() == searcher.doc_count() + 1
        assert len(list(term("anew").docs(searcher))) == 1


def test_what_a_segment_cannot_hold_is_refused(tmp_path: Path) -> None:
    index = whoosh_index.create_in(str(tmp_path), schema())
    writer = index.writer(codec=ArrayCodec())
    writer.add_document(title="a title of its own")
    with pytest.raises(IndexFailure, match="no field title"):
        writer.commit()
