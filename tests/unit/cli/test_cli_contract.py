"""What every command prints with --json: the keys, the types, one document and nothing else."""

import re
from typing import Any

import pytest

from tests.helpers.web import WebServer
from tests.unit.cli.command_line import CommandLine, News, feed

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
ARTICLE = (
    "id", "title", "feed", "url", "author", "published", "language", "read", "starred", "snippet",
    "copies",
)  # fmt: skip
SAVED = (
    "name", "query", "total", "unread", "alert", "folder", "when", "channels", "quiet",
    "cooldown_minutes", "priority", "sound", "max_age_hours", "each_outlet", "kept", "noise",
    "broken",
)  # fmt: skip
ROWS = {
    "feeds": (
        "url", "title", "outlet", "folder", "articles", "unread", "error", "last_fetched",
    ),
    "articles": ARTICLE,
    "search haddar": (*ARTICLE, "score"),
    "search haddar --sort score": (*ARTICLE, "score"),
    "saved run radars": (*ARTICLE, "score"),
    "saved": SAVED,
    "alerts": (
        "article_id", "title", "saved_search", "why", "more", "at", "id", "source", "url",
        "context", "priority", "version", "revision", "kept", "seen",
    ),
    "alerts channels": (
        "channel", "configured", "waiting", "next_due", "failures", "error", "next_try",
        "last_sent", "refused", "refusal",
    ),
    "entities": ("name", "type", "watchlist", "aliases", "articles", "mentions"),
    "entities sentences Derna": (
        "article_id", "title", "source", "at", "language", "field", "start", "text", "mentions",
    ),
    "annotate --article HIT": ("entity", "type", "alias", "field", "start", "end", "text"),
}  # fmt: skip
OBJECTS = {
    "refresh": ("new", "updated", "unchanged", "failed"),
    "search haddar --count": ("count",),
    "search haddar --facet day": ("facet", "values"),
    "saved add new haddar": SAVED,
    "saved edit radars --alert": SAVED,
    "saved judge radars 1 --keep": ("saved_search", "changed", "kept", "noise", "precision"),
    "entities add X --type place": (
        "name", "type", "watchlist", "aliases", "articles", "mentions",
    ),
    "entities edit Derna --add-alias Darna": (
        "name", "type", "watchlist", "aliases", "articles", "mentions",
    ),
    "entities show Derna": (
        "name", "type", "watchlist", "period", "by", "articles", "mentions", "first_seen",
        "last_seen", "timeline", "outlets", "languages", "timeline_by_outlet",
        "timeline_by_language", "appears_with", "seconds",
    ),
    "entities compare Derna S-400": ("period", "by", "columns", "entities", "seconds"),
    "alerts keep 1": ("changed",),
    "alerts seen": ("seen",),
    "tag 1 urgent": ("changed",),
    "note 1 text": ("changed",),
    "mark 1 --read": ("changed",),
    "index status": ("articles", "indexed", "to_index", "segments", "bytes", "format"),
    "index check": ("ok", "problems"),
    "library check": ("ok", "problems"),
}  # fmt: skip


@pytest.mark.parametrize("command", ROWS)
def test_a_listing_is_an_array_of_rows_with_exactly_the_keys_of_the_contract(
    command: str, news: News, cli: CommandLine
) -> None:
    rows = cli.json(*_words(command, cli))
    assert rows
    assert {tuple(row) for row in rows} == {ROWS[command]}


@pytest.mark.parametrize("command", OBJECTS)
def test_a_summary_is_an_object_with_exactly_the_keys_of_the_contract(
    command: str, news: News, cli: CommandLine
) -> None:
    assert tuple(cli.json(*command.split())) == OBJECTS[command]


@pytest.mark.parametrize(
    "command",
    ["feeds", "articles", "articles --unread", "search x", "search x --explain", "saved", "alerts",
     "entities", "percolate -", "annotate -"],
)  # fmt: skip
def test_a_listing_of_an_empty_library_is_an_empty_array(command: str, cli: CommandLine) -> None:
    assert cli(*command.split(), "--json").out == "[]\n"


@pytest.mark.parametrize(
    "command", ["feeds", "articles", "search x", "saved", "alerts", "entities"]
)
def test_an_empty_listing_is_done_and_says_on_stderr_what_to_do(
    command: str, cli: CommandLine
) -> None:
    outcome = cli(*command.split())
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.sentence.endswith((".", "!"))


@pytest.mark.parametrize(
    "command",
    ["refresh", "refresh --all", "index status", "index check", "index rebuild", "library info",
     "library check", "search x --count", "search x --facet feed"],
)  # fmt: skip
def test_a_summary_of_an_empty_library_succeeds(command: str, cli: CommandLine) -> None:
    assert isinstance(cli.json(*command.split()), dict)


@pytest.mark.parametrize(
    "command",
    ["remove https://a.example/", "saved run x", "saved edit x --alert", "saved remove x",
     "saved judge x 1 --keep", "saved publish x a.atom", "saved unpublish x",
     "alerts keep 9", "alerts noise 9", "alerts --search x", "entities edit X --type place",
     "entities remove X", "show 1",
     "tag 1 x", "note 1 x", "mark 1 --read", "annotate --article 2", "refresh https://a.example/",
     "articles --feed https://a.example/"],
)  # fmt: skip
def test_what_does_not_exist_is_refused_in_one_sentence(command: str, cli: CommandLine) -> None:
    outcome = cli(*command.split(), "--json")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.sentence


def test_feeds_are_named_by_the_address_the_user_gave(news: News, cli: CommandLine) -> None:
    rows = {row["url"]: row for row in cli.json("feeds")}
    assert set(rows) == {news.coast, news.world}
    coast = rows[news.coast]
    assert (coast["title"], coast["folder"]) == ("Coast Courier", "Море/Ливия & co")
    assert (coast["articles"], coast["unread"], coast["error"]) == (4, 4, None)
    assert TIME.fullmatch(coast["last_fetched"])


def test_articles_are_newest_first_with_whole_utc_times(news: News, cli: CommandLine) -> None:
    rows = cli.json("articles")
    times = [row["published"] for row in rows]
    assert len(rows) == 8
    assert times == sorted(times, reverse=True)
    assert all(TIME.fullmatch(time) for time in times)
    assert all(type(row["id"]) is int and row["read"] is False for row in rows)


def test_articles_can_be_narrowed_to_a_feed_to_unread_and_to_a_number(
    news: News, cli: CommandLine
) -> None:
    assert {row["feed"] for row in cli.json("articles", "--feed", news.world)} == {news.world}
    first, second = cli.json("articles", "--limit", "2")
    cli("mark", str(first["id"]), "--read")
    unread = [row["id"] for row in cli.json("articles", "--unread")]
    assert first["id"] not in unread
    assert second["id"] in unread


def test_search_counts_all_whatever_the_limit(news: News, cli: CommandLine) -> None:
    assert len(cli.json("search", "haddar OR derna", "--limit", "1")) == 1
    assert cli.json("search", "haddar OR derna", "--limit", "1", "--count") == {"count": 4}


def test_search_by_score_puts_the_best_first(news: News, cli: CommandLine) -> None:
    scores = [row["score"] for row in cli.json("search", "derna radars", "--sort", "score")]
    assert scores == sorted(scores, reverse=True)
    assert all(isinstance(score, float) and score > 0 for score in scores)


@pytest.mark.parametrize(
    ("facet", "query", "values"),
    [
        ("entity", "type:weapon", {"S-400": 3, "Derna": 2, "Salem Haddar": 2}),
        ("outlet", "entity:Derna", {"Coast Courier": 2}),
        ("lang", "entity:Derna", {"en": 2}),
    ],
)
def test_facets_count_articles(
    facet: str, query: str, values: dict[str, int], news: News, cli: CommandLine
) -> None:
    shown = cli.json("search", query, "--facet", facet)
    assert shown["facet"] == facet
    assert {row["value"]: row["count"] for row in shown["values"]} == values


def test_the_feed_facet_names_subscribed_addresses(news: News, cli: CommandLine) -> None:
    shown = cli.json("search", "entity:S-400", "--facet", "feed")
    assert shown["values"] == [
        {"value": news.coast, "count": 2},
        {"value": news.world, "count": 1},
    ]


def test_an_empty_facet_does_not_say_that_nothing_matches(news: News, cli: CommandLine) -> None:
    outcome = cli("search", "wheat", "--facet", "entity", "--json")
    assert outcome.json == {"facet": "entity", "values": []}
    assert outcome.sentence == "None of the 1 matching articles has a value for entity."


def test_explain_says_where_each_article_matches(news: News, cli: CommandLine) -> None:
    (row,) = cli.json("search", "salem", "--explain")
    article = cli.json("show", str(row["id"]))
    for why in row["why"]:
        text = article["text" if why["field"] == "body" else why["field"]]
        assert text[why["start"] : why["end"]] == why["text"] == "Salem"
    assert row["clauses"]


def test_an_alert_says_which_words_made_it_fire_and_where(news: News, cli: CommandLine) -> None:
    (alert,) = cli.json("alerts")
    article = cli.json("show", str(alert["article_id"]))
    assert alert["saved_search"] == "С-400 «везде»"
    assert alert["title"] == article["title"] == "Third S-400 convoy seen near Derna"
    assert TIME.fullmatch(alert["at"])
    assert {"field": "title", "start": 6, "end": 11, "text": "S-400"} in alert["why"]


def test_a_cut_list_of_alerts_says_so(news: News, cli: CommandLine) -> None:
    assert "--limit" in cli("alerts", "--limit", "1", "--json").err
    assert cli("alerts", "--limit", "5", "--json").err == ""


def test_saved_searches_count_articles_and_the_unread_among_them(
    news: News, cli: CommandLine
) -> None:
    (hit,) = [row["id"] for row in cli.json("saved", "run", "radars", "--limit", "1")]
    cli("mark", str(hit), "--read")
    rows = {row["name"]: row for row in cli.json("saved")}
    radars = rows["radars"]
    assert (radars["total"], radars["unread"], radars["alert"]) == (2, 1, False)
    assert rows["С-400 «везде»"]["alert"] is True


def test_entities_count_articles_and_mentions_in_every_script(news: News, cli: CommandLine) -> None:
    rows = {row["name"]: row for row in cli.json("entities")}
    haddar = rows["Salem Haddar"]
    assert haddar["aliases"] == ["Haddar", "Хаддар", "حدار"]
    assert (haddar["articles"], haddar["type"], haddar["watchlist"]) == (5, "person", "coast")
    assert haddar["mentions"] >= haddar["articles"]


def test_a_new_entity_is_counted_in_what_is_stored_already(news: News, cli: CommandLine) -> None:
    row = cli.json("entities", "add", "Wheat", "--type", "topic", "--alias", "grain", "Weizen")
    assert row == {
        "name": "Wheat", "type": "topic", "watchlist": "default", "aliases": ["grain", "Weizen"],
        "articles": 1, "mentions": 2,
    }  # fmt: skip
    assert cli.json("search", "entity:Wheat", "--count") == {"count": 1}


def test_show_tells_all_of_one_article(news: News, cli: CommandLine) -> None:
    (row,) = cli.json("search", "reached")
    shown = cli.json("show", str(row["id"]))
    assert set(ARTICLE) < set(shown)
    assert "by sea at night" in shown["text"]
    assert shown["hits"] == ["radars", "С-400 «везде»"]
    assert shown["revisions"] == []
    assert {one["entity"] for one in shown["mentions"]} == {"S-400", "Derna"}


def test_copies_are_counted_in_rows_and_named_by_show(news: News, cli: CommandLine) -> None:
    text = (
        "Fishermen in Tarsk went home early, because the ice had closed the bay for the first time."
    )
    with WebServer() as web:
        for name in ("North", "The South"):
            web.route(f"/{name[-5:]}", feed(name, ("Ice in the bay", text)))
            cli("add", web.url(f"/{name[-5:]}"))
        cli("refresh")
    rows = [row for row in cli.json("articles") if row["title"] == "Ice in the bay"]
    assert [row["copies"] for row in rows] == [2, 2]
    assert {row["copies"] for row in cli.json("search", "grain")} == {1}
    (other,) = cli.json("show", str(rows[0]["id"]))["also_at"]
    assert tuple(other) == (
        "article_id", "title", "outlet", "published", "first_seen", "score",
    )  # fmt: skip
    assert (other["article_id"], other["score"]) == (rows[1]["id"], 1.0)
    assert "×2" in cli("articles").out
    assert f"article {rows[1]['id']}" in cli("show", str(rows[0]["id"])).out


def test_show_html_prints_a_page_or_carries_it(news: News, cli: CommandLine) -> None:
    page = cli("show", "--html", "1").out
    assert page.startswith("<h1>")
    assert "html" in cli.json("show", "1", "--html")
    assert "html" not in cli.json("show", "1")


def test_marks_tags_and_notes_are_shown_and_found(news: News, cli: CommandLine) -> None:
    one, two = map(str, cli.ids()[:2])
    assert cli.json("tag", one, two, "ağır [a-z]+ 新闻") == {"changed": 2}
    assert cli.json("tag", two, "--remove", "ağır [a-z]+ 新闻") == {"changed": 1}
    assert cli.json("mark", one, two, "--starred", "--read") == {"changed": 2}
    assert cli.json("mark", two, "--unstarred", "--unread") == {"changed": 1}
    assert cli.json("note", one, "Проверить") == {"changed": 1}
    shown = cli.json("show", one)
    assert (shown["tags"], shown["note"]) == (["ağır [a-z]+ 新闻"], "Проверить")
    assert (shown["read"], shown["starred"]) == (True, True)
    found = cli.json("search", 'tag:"ağır [a-z]+ 新闻" is:starred has:note')
    assert [row["id"] for row in found] == [int(one)]


def test_no_article_is_marked_when_one_of_them_does_not_exist(news: News, cli: CommandLine) -> None:
    one = str(cli.ids()[0])
    assert cli("mark", one, "999999", "--read").code == 1
    assert cli.json("show", one)["read"] is False


def test_removing_a_feed_keeps_its_articles(news: News, cli: CommandLine) -> None:
    assert cli.json("remove", news.coast) == {"removed": news.coast}
    assert [row["url"] for row in cli.json("feeds")] == [news.world]
    assert len(cli.ids()) == 8


def test_for_a_person_the_same_is_said_in_lines(news: News, cli: CommandLine) -> None:
    for command in (
        "feeds", "articles", "search haddar --explain", "saved", "alerts", "entities", "show 1",
        "library info", "index status", "annotate --article HIT",
    ):  # fmt: skip
        outcome = cli(*_words(command, cli))
        assert outcome.code == 0
        assert outcome.out.endswith("\n")
        assert not outcome.out.startswith(("[", "{")), command


def _words(command: str, cli: CommandLine) -> list[str]:
    """HIT is an article with a tracked name; which number it has depends on whose feed answered."""
    hit = str(cli.json("search", "entity:Derna")[0]["id"]) if "HIT" in command else ""
    return [hit if word == "HIT" else word for word in command.split()]


def _counts(value: Any) -> list[Any]:
    return [count for name, count in value.items() if name not in {"path", "last_refresh"}]


def test_every_count_is_an_integer(news: News, cli: CommandLine) -> None:
    assert {type(count) for count in _counts(cli.json("library", "info"))} == {int}
    assert {type(count) for count in _counts(cli.json("index", "status"))} == {int}
