"""A hit is explained by the words that made it true, where they stand in the original."""

from datetime import UTC, datetime, timedelta

import pytest

from reader.domain.article import Explained, Mention, SearchDocument, Texts
from reader.search.language import parse
from reader.search.matcher import MOST_SPANS, Article, matches

NOW = datetime(2024, 12, 18, 12, tzinfo=UTC)
DOCUMENT = SearchDocument(
    1,
    Texts(
        "Khalifa Haf\u00adtar meets Burns",
        "Élysée: no comment",
        "The air-defence systems S‑400 left. Haftar’s men and وحفتر, 東京都. Air, ground defence.",
    ),
    author="Jane Smith",
    url="https://www.wsj.com/world/x-1",
    language="en-GB",
    published=NOW,
    sorted_at=NOW,
    first_seen=NOW,
    entities=(("Khalifa Haftar", "person", "libya"), ("S-400", "weapon", "arms")),
    aliases=(("Haftar", "حفتر"), ()),
    entity_spans=(
        Mention(1, "Khalifa Haftar", "person", "Khalifa Haftar", "title", 0, 15),
        Mention(2, "S-400", "weapon", "S-400", "body", 24, 29),
    ),
)


def marked(typed: str) -> list[tuple[str, str]]:
    why = matches(parse(typed, NOW, UTC), DOCUMENT)
    assert why is not None
    for span in why.spans:
        assert DOCUMENT.texts.get(span.field)[span.start : span.end] == span.text
    return [(span.field, span.text) for span in why.spans]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("haftar", [("title", "Haf\u00adtar"), ("body", "Haftar")]),
        ("body:haftar", [("body", "Haftar")]),
        ("elysee", [("lead", "Élysée")]),
        ("s-400", [("body", "S‑400")]),
        ("حفتر", [("body", "حفتر")]),
        ("京都", [("body", "京都")]),
        ('"air defence systems"', [("body", "air-defence systems")]),
        ('"air defence"', [("body", "air-defence")]),
        ('"air defence"~1', [("body", "air-defence"), ("body", "Air"), ("body", "defence")]),
        ("khalifa NEAR/2 burns", [("title", "Khalifa"), ("title", "Burns")]),
        ("burns -wagner", [("title", "Burns")]),
        ("burns (wagner OR left)", [("title", "Burns"), ("body", "left")]),
        ("gro*", [("body", "ground")]),
        ("brns~", [("title", "Burns")]),
        ("*round", [("body", "ground")]),
        ("/s-?[34]00/", [("body", "S‑400")]),
        ("/[gl].*/", [("body", "left"), ("body", "ground")]),
        ("system", [("body", "systems")]),
        ("title:meeting", [("title", "meets")]),
        ("air-defences", [("body", "air-defence")]),
        ("case:Air", [("body", "Air")]),
        ("case:air", [("body", "air")]),
        ("case:S-400", [("body", "S‑400")]),
        ("left SENT system", [("body", "systems"), ("body", "left")]),
        ("air SENT defences", [("body", "air-defence"), ("body", "Air"), ("body", "defence")]),
        ("entity:haftar NEAR/2 burns", [("title", "Khalifa Haf\u00adtar"), ("title", "Burns")]),
        ("type:weapon SENT left", [("body", "S‑400"), ("body", "left")]),
        ("FIRST/2 entity:haftar", [("title", "Khalifa Haf\u00adtar")]),
        ("ATLEAST/2 (type:weapon OR left)", [("body", "S‑400"), ("body", "left")]),
        ("entity:haftar", [("title", "Khalifa Haf\u00adtar")]),
        ("type:weapon", [("body", "S‑400")]),
        ("author:smith url:wsj.com", []),
    ],
)
def test_the_spans_are_the_words_that_made_it_true(
    typed: str, expected: list[tuple[str, str]]
) -> None:
    assert marked(typed) == expected


@pytest.mark.parametrize(
    "typed",
    ["wagner", '"defence air"', "burns ONEAR/5 khalifa", "burns -haftar", "FIRST/2 burns",
     "ATLEAST/3 haftar", "haftar title:left", "date:2025", "entity:burns", "is:read", "=system",
     '"air defences"', "case:AIR", "case:haftar", "case:burns", "/haf/", "haftar SENT air",
     "left SENT haftar", "type:weapon SENT burns", "type:weapon NEAR/1 systems NEAR/0 haftar",
     "FIRST/1 entity:haftar", "ATLEAST/2 entity:haftar", "title:(type:weapon NEAR/9 burns)",
     "author:smiths"],
)  # fmt: skip
def test_what_is_not_true_has_no_explanation(typed: str) -> None:
    assert matches(parse(typed, NOW, UTC), DOCUMENT) is None


def test_each_clause_says_where_it_stands() -> None:
    why = matches(parse('haftar "air defence" -wagner type:person last:7d', NOW, UTC), DOCUMENT)
    assert why is not None
    assert why.clauses == (
        "haftar · title 1, body 1",
        '"air defence" · body 1',
        "NOT wagner · nowhere",
        "type:person · title 1",
        "last:7d",
    )


def test_a_relative_time_counts_from_the_given_moment() -> None:
    query = parse("last:2d", NOW, UTC)
    assert matches(query, DOCUMENT, NOW + timedelta(days=1)) is not None
    assert matches(query, DOCUMENT, NOW + timedelta(days=3)) is None


def test_there_are_never_too_many_spans() -> None:
    long = SearchDocument(1, Texts("", "", "haftar " * 500))
    why = matches(parse("haftar"), long)
    assert why is not None
    assert len(why.spans) == MOST_SPANS
    assert why.more == 500 - MOST_SPANS
    assert Article(long).why(parse("haftar")) == Explained(why.spans, (), why.more)


def test_one_article_answers_many_queries() -> None:
    article = Article(DOCUMENT)
    asked = ("haftar", "wagner", "s-400 burns")
    assert [article.matches(parse(typed)) for typed in asked] == [True, False, True]


@pytest.mark.parametrize(("language", "found"), [("en", True), ("ru", False), ("", False)])
def test_words_are_inflected_as_in_the_language_of_the_article(language: str, found: bool) -> None:
    article = Article(SearchDocument(1, Texts("Missiles fired"), language=language))
    assert article.matches(parse("missile")) is found
    assert article.matches(parse("missiles"))
    assert not article.matches(parse("=missile"))


def test_nothing_reaches_from_one_text_into_another() -> None:
    article = Article(SearchDocument(1, Texts("One haftar", "tobruk two", "Three")))
    assert not article.matches(parse("haftar NEAR/1000 tobruk"))
    assert not article.matches(parse('"haftar tobruk"~1000'))
    assert not article.matches(parse("haftar SENT tobruk"))
    assert article.matches(parse("FIRST/1 three"))


def test_a_mention_covers_every_word_that_it_touches() -> None:
    mention = Mention(1, "LNA", "organisation", "LNA", "body", 5, 13)
    document = SearchDocument(
        1,
        Texts("", "", "one two-three four five six"),
        entities=(("LNA", "organisation", ""),),
        entity_spans=(mention,),
    )
    article = Article(document)
    assert article.text.words("body", 5, 13) == article.text.words("body", 4, 13)
    assert article.matches(parse("entity:lna ONEAR/0 four"))
    assert article.matches(parse("one ONEAR/0 entity:lna"))
    assert not article.matches(parse("entity:lna NEAR/0 three"))
    assert article.text.words("body", 3, 4) is None


def test_a_search_that_cannot_match_is_refused_without_looking_at_its_tree() -> None:
    article = Article(DOCUMENT)
    query = parse("wagner (haftar OR s-400) -burns")
    assert not article.matches(query)
    assert "tree" not in query.__dict__


def test_the_places_of_a_phrase_and_of_its_words_are_counted_apart() -> None:
    document = SearchDocument(1, Texts("", "air", "Air defence, air defence and air"))
    why = matches(parse('"air defence" air'), document)
    assert why is not None
    assert [span.text for span in why.spans] == ["air", "Air defence", "air defence", "air"]
    assert why.clauses == ('"air defence" · body 2', "air · lead 1, body 3")
