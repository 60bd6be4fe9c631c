"""What the search command says besides its results."""

import pytest

from tests.unit.cli.command_line import CommandLine, News


@pytest.mark.parametrize("option", [(), ("--count",), ("--facet", "feed"), ("--explain",)])
def test_search_without_hits_names_what_would_find_something(
    news: News, cli: CommandLine, option: tuple[str, ...]
) -> None:
    outcome = cli("search", "wheat lang:ja", *option, "--json")
    assert outcome.code == 0
    assert outcome.sentence.startswith("No article matches. Try instead: wheat (1 article)")
    assert outcome.json in ([], {"count": 0}, {"facet": "feed", "values": []})


def test_what_is_named_can_be_typed_as_it_is(news: News, cli: CommandLine) -> None:
    told = cli("search", "wheet entity:haddarr").sentence
    assert told.startswith("There is no tracked name “haddarr”.")
    offered = told.partition("Try instead: ")[2].split(" · ")
    for one in offered:
        query, _, count = one.rpartition(" (")
        assert cli.json("search", query, "--count") == {"count": int(count.split()[0])}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("wheat (port", "This bracket is never closed. (At character 7: (port)"),
        ("a  title:", "right after the colon. (At character 4: title:)"),
        ("a (" + "b " * 40, "never closed. (At character 3: (" + "b " * 19 + "b…)"),
        ('"', "This quotation mark is never closed."),
        ("wheat AND", "There is nothing after AND."),
    ],
)
def test_a_refused_query_is_told_with_the_place(
    query: str, sentence: str, news: News, cli: CommandLine
) -> None:
    refused = [cli("search", "--", query), cli("saved", "add", "--", "new", query)]
    assert [(one.code, one.out) for one in refused] == [(2, ""), (2, "")]
    assert all(one.sentence.endswith(sentence) for one in refused)


def test_search_with_hits_says_nothing_more(news: News, cli: CommandLine) -> None:
    assert cli("search", "wheat").err == ""
    assert cli("search", "wheat", "--facet", "feed").err == ""
