"""Words and options in every order, and one sentence for those that are wrong."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli.arguments import parse
from reader.cli.commands import COMMANDS
from tests.unit.cli.command_line import CommandLine, News

GLOBALS = (["--json"], ["--library", "/tmp/x"], ["--log", "store,feeds.fetch"], ["--trace-sql"])


def read(words: list[str]) -> tuple[str, dict[str, Any]]:
    command, arguments, _ = parse(words, lambda: COMMANDS)
    assert command is not None
    return command.name, vars(arguments)


@st.composite
def lines_with_globals_anywhere(draw: st.DrawFn) -> list[str]:
    """`tag 1 2 --remove urgent` with every global option put in somewhere."""
    parts = [["tag"], ["1"], ["2"], ["--remove"], ["urgent"]]
    for option in GLOBALS:
        parts.insert(draw(st.integers(0, len(parts))), option)
    return [word for part in parts for word in part]


@given(lines_with_globals_anywhere())
def test_global_options_may_stand_anywhere(words: list[str]) -> None:
    command, arguments, everywhere = parse(words, lambda: COMMANDS)
    assert command is not None
    assert command.name == "tag"
    assert (arguments.words, arguments.remove) == (["1", "2", "urgent"], True)
    assert (everywhere.library, everywhere.json) == ("/tmp/x", True)
    assert everywhere.topics == ("store", "feeds.fetch", "store.sql")


@given(st.permutations([["saved", "edit"], ["--json"], ["--library=/tmp/x"]]))
def test_a_command_of_two_words_stays_together(parts: list[list[str]]) -> None:
    name, arguments = read([word for part in parts for word in part] + ["mine", "--alert"])
    assert (name, arguments["name"], arguments["alert"]) == ("saved edit", "mine", True)


@given(st.permutations(["--limit=7", "--sort=score", "-iran libya"]))
def test_options_may_stand_before_and_after_the_words(order: list[str]) -> None:
    _, arguments = read(["search", *order])
    assert arguments["query"] == ["-iran libya"]
    assert (arguments["limit"], arguments["sort"]) == (7, "score")


@pytest.mark.parametrize(
    ("words", "query"),
    [
        (["search", "-libya"], "-libya"),
        (["search", "-1"], "-1"),
        (["search", "--count", "-l"], "-l"),
        (["search", "--", "--count"], "--count"),
        (["search", "--count", "--", "--json"], "--json"),
        (["search", "--json", "--", "-x"], "-x"),
    ],
)
def test_a_query_may_begin_with_a_dash(words: list[str], query: str) -> None:
    assert read(words)[1]["query"] == [query]


def test_an_option_takes_a_query_that_begins_with_a_dash() -> None:
    assert read(["saved", "edit", "a", "--query", "-iran libya"])[1]["query"] == "-iran libya"


WRONG = [
    "nonsense",
    "feeds more",
    "feeds --nonsense",
    "feeds -x",
    "feed",
    "search",
    "search a b",
    "search x --limit -1",
    "search x --limit ten",
    "search x --limit 99999999999999999999",
    "search x --sort name",
    "search x --facet colour",
    "search x --count --explain",
    "search x --cou",
    "articles --limit",
    "saved nonsense",
    "saved add onlyname",
    "saved edit radars",
    "entities add X",
    "entities add X --type",
    "index",
    "index nonsense",
    "library",
    "library backup",
    "tag",
    "tag 1",
    "tag x urgent",
    "tag 0 urgent",
    "tag 1.5 urgent",
    "tag 99999999999999999999 urgent",
    "note 1",
    "mark 1",
    "mark --read",
    "mark 1 --read --unread",
    "mark one --read",
    "show",
    "show x",
    "show ²",
    "annotate",
    "annotate file --article 1",
    "percolate",
    "percolate file",
    "add",
    "remove",
    "import",
    "export",
    "export list.docx",
    "demo --size 1x1",
    "demo --size huge",
    "demo --scheme blue",
    "demo --no-window --size 800x600",
    "--library",
    "feeds --library",
]


@pytest.mark.parametrize("line", WRONG)
def test_wrong_usage_is_refused_in_one_sentence_with_code_2(line: str, cli: CommandLine) -> None:
    outcome = cli.bare("--library", str(cli.library), "--json", *line.split(" "))
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.sentence.endswith((".", ")", "'"))


TOLD = {
    "feed": "There is no command “feed”: did you mean feeds?",
    "search x --facet colour": "'colour' is not possible; use one of feed, outlet, lang",
    "entities discover --days 0": "a number of 1 or more is needed, not '0'",
    "alerts noise x": "a number of 1 or more is needed, not 'x'",
    "percolate": "Give the articles on standard input",
    "tag 1": "Give the numbers of the articles, then the tag.",
}


@pytest.mark.parametrize("line", TOLD)
def test_a_refusal_says_what_to_do_instead(line: str, cli: CommandLine) -> None:
    assert TOLD[line] in cli(*line.split()).sentence


QUERIES = [
    "", " ", '"air', "(a", "a)", "a AND", "OR a", "-a", "NOT a", "a OR -b", "*", "?", "nofield:x",
    "title:", "entity:", "is:purple", "date:never", "date:2024-13-45", "last:7x", "a~9",
    "date:2024-12-18..2024-12-01", "😀", "...", "(" * 60 + "a" + ")" * 60, "NOT " * 60 + "a",
    "a" * 60_000, " OR ".join(f"word{n}" for n in range(10_000)),
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:20])
@pytest.mark.parametrize("command", ["search", "saved add x"])
def test_a_refused_query_prints_nothing_and_says_why(
    command: str, query: str, cli: CommandLine
) -> None:
    outcome = cli(*command.split(), "--json", query)
    assert (outcome.code, outcome.out) == (2, "")
    assert len(outcome.sentence) < 300


@pytest.mark.parametrize(
    "query",
    ["'", "a'b", "C++ AT&T", "%s %d {0}", "\\", "a\\b", "a\0b", "ʼ", "haddar\n\tderna", "日本 語",
     "ข่าวด่วน", "نفى حدار", "İSTANBUL", "-wheat haddar", "x" * 5_000, "a; DROP TABLE article"],
    ids=lambda query: repr(query)[:20],
)  # fmt: skip
def test_any_other_text_gives_results_or_a_hint(query: str, news: News, cli: CommandLine) -> None:
    outcome = cli("search", query, "--json")
    assert outcome.code in {0, 2}
    assert outcome.err if outcome.code or not outcome.json else not outcome.err


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["help"], ["feeds", "-h"], ["--version"]])
def test_help_and_version_are_printed_and_succeed(words: list[str], cli: CommandLine) -> None:
    outcome = cli(*words)
    assert outcome.code == 0
    assert outcome.out
    assert not outcome.err
    assert not cli.library.exists()


def test_the_overview_names_every_command(cli: CommandLine) -> None:
    listed = {line.split("  ")[1] for line in cli("--help").out.splitlines() if "  " in line[2:]}
    assert set(COMMANDS) <= listed


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, cli: CommandLine) -> None:
    outcome = cli(*name.split(), "--help")
    assert outcome.code == 0
    assert outcome.out.startswith(f"usage: media-reader {name}")


def test_wrong_usage_makes_no_library(cli: CommandLine) -> None:
    cli("search", "(")
    cli("nonsense")
    cli("search", "a", "b")
    assert not cli.library.exists()
