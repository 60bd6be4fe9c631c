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


def test_search_with_hits_says_nothing_more(news: News, cli: CommandLine) -> None:
    assert cli("search", "wheat").err == ""
    assert cli("search", "wheat", "--facet", "feed").err == ""
