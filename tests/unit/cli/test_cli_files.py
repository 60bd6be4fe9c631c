"""Files in and out: nothing is lost on the way, and the library's own files are left alone."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from reader.paths import LibraryPaths
from tests.unit.cli.command_line import CommandLine, News

DATA = Path(__file__).parents[2] / "data"

OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Ближний Восток"><outline text="Ливия &amp; &quot;co&quot; [x]+">
<outline type="rss" text="A" xmlUrl="https://a.example/feed?x=1&amp;y=2"/></outline>
<outline type="rss" text="新闻" xmlUrl="https://b.example/"/></outline>
<outline text="A/B"><outline text="back\\slash"><outline type="rss" xmlUrl="https://c.example/"/>
</outline></outline><outline type="rss" text="Top" xmlUrl="https://d.example/"/></body></opml>"""
LISTS = [
    {"watchlist": "Список «1»", "entities": [
        {"name": "Şərq (Komandanlığı) [x]+", "type": "organisation", "note": "a, \"b\" | c",
         "aliases": ["ELC", {"text": "US", "case": True}, "فاغنر", "新闻社", "a|b", "back\\slash"]},
        {"name": "Apple", "type": "company", "aliases": [], "case": False, "inflect": False}]},
    {"watchlist": "two", "entities": [{"name": "ข่าวด่วน", "type": "topic", "aliases": []}]},
]  # fmt: skip
SEARCHES = [
    {"name": "Имя \"q\" [a-z]+", "query": "\"air defence\"~3 OR title:xyz*", "alert": True},
    {"name": "قائمة", "query": "is:unread -wheat haddar", "alert": False},
]  # fmt: skip
COUNTS = {"articles", "unread", "mentions", "total", "last_fetched", "error"}


def listed(cli: CommandLine, command: str) -> list[dict[str, Any]]:
    rows = [{k: v for k, v in row.items() if k not in COUNTS} for row in cli.json(command)]
    return sorted(rows, key=str)


def write(path: Path, content: Any) -> Path:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("command", "content", "kind", "count"),
    [
        ("feeds", OPML, "opml", 4),
        ("entities", LISTS, "watchlist", 3),
        ("saved", SEARCHES, "saved", 2),
    ],
)
def test_what_is_exported_and_imported_elsewhere_is_the_same(
    command: str, content: Any, kind: str, count: int, cli: CommandLine, tmp_path: Path
) -> None:
    source = write(tmp_path / "source", content)
    report = cli.json("import", str(source))
    assert (report["kind"], report["added"], report["known"]) == (kind, count, 0)
    target = tmp_path / {"opml": "f.opml", "watchlist": "w.json", "saved": "saved.json"}[kind]
    assert cli.json("export", str(target))["count"] == count
    here = listed(cli, command)
    cli.library = tmp_path / "elsewhere"
    assert cli.json("import", str(target))["added"] == count
    assert listed(cli, command) == here
    again = cli.json("import", str(target))
    assert (again["added"], again["known"]) == (0, count)


def test_folders_stay_nested_with_any_sign_in_their_names(cli: CommandLine, tmp_path: Path) -> None:
    cli("import", str(write(tmp_path / "x", OPML)))
    folders = {row["url"]: row["folder"] for row in cli.json("feeds")}
    assert folders == {
        "https://a.example/feed?x=1&y=2": 'Ближний Восток/Ливия & "co" [x]+',
        "https://b.example/": "Ближний Восток",
        "https://c.example/": "A\\/B/back\\\\slash",
        "https://d.example/": "",
    }


@pytest.mark.parametrize("ending", ["csv", "tsv"])
def test_an_export_says_what_its_format_leaves_behind(
    ending: str, cli: CommandLine, tmp_path: Path
) -> None:
    cli("import", str(write(tmp_path / "lists", LISTS)))
    outcome = cli("export", str(tmp_path / f"x.{ending}"), "--json")
    assert (outcome.code, outcome.json["count"]) == (0, 3)
    assert "only in a .json file" in outcome.sentence
    cli.library = tmp_path / "elsewhere"
    cli("import", str(tmp_path / f"x.{ending}"))
    assert {row["name"] for row in cli.json("entities")} == {
        entity["name"] for one in LISTS for entity in one["entities"]
    }  # fmt: skip


NOT_IMPORTED = {
    "nothing": "",
    "a web page": "<!doctype html><title>x</title>",
    "a feed": "<?xml version='1.0'?><rss version='2.0'><channel/></rss>",
    "words": "just words",
    "a wrong field": '{"watchlist": "x", "entities": [{"name": "A", "typ": "person"}]}',
    "a wrong type": '{"watchlist": "x", "entities": [{"name": 5}]}',
    "broken JSON": '{"watchlist": "x", "entities": [',
    "a search without a query": '[{"name": "x"}]',
    "a refused query": '[{"name": "good", "query": "x"}, {"name": "bad", "query": "(x"}]',
    "a broken list of feeds": "<opml><body><outline xmlUrl='https://a.example/'",
}


@pytest.mark.parametrize("what", NOT_IMPORTED)
def test_a_file_that_cannot_be_taken_over_changes_nothing(
    what: str, cli: CommandLine, tmp_path: Path
) -> None:
    outcome = cli("import", str(write(tmp_path / "file", NOT_IMPORTED[what])), "--json")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.sentence
    for command in ("feeds", "entities", "saved"):
        assert cli.json(command) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b" \r\n", "is empty"),
        ("name,type\nВалерий Пробник,person\n".encode("koi8-r"), "save it as UTF-8"),
        (b"\x7fELF\x00\xff\xfe", "or saved searches (JSON).\n"),
    ],
)
def test_a_file_that_is_of_no_kind_is_told_apart_from_one_in_another_encoding(
    cli: CommandLine, tmp_path: Path, data: bytes, said: str
) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(data)
    outcome = cli("import", str(path))
    assert (outcome.code, outcome.out) == (1, "")
    assert said in outcome.err


def test_files_that_are_not_there_are_named(cli: CommandLine, tmp_path: Path) -> None:
    missing = str(tmp_path / "none" / "x.json")
    for words in (["import", missing], ["import", str(tmp_path)], ["export", missing],
                  ["export", str(tmp_path), "--what", "feeds"], ["annotate", missing],
                  ["annotate", str(tmp_path)], ["library", "backup", missing],
                  ["library", "backup", str(tmp_path)], ["library", "restore", missing],
                  ["annotate", "-", "--watchlist", missing]):  # fmt: skip
        outcome = cli(*words, "--json")
        assert (outcome.code, outcome.out) == (1, ""), words
        assert str(tmp_path) in outcome.sentence


@pytest.mark.parametrize("name", ["library.db", "library.db-wal", "collector.lock", "index/x.opml"])
def test_no_export_or_backup_overwrites_the_library(
    name: str, news: News, cli: CommandLine
) -> None:
    own = news.folder / name
    assert cli("export", str(own), "--what", "feeds").code == 1
    assert cli("library", "backup", str(own)).code == 1
    assert len(cli.ids()) == 8


def test_a_backup_brings_everything_back(news: News, cli: CommandLine, tmp_path: Path) -> None:
    backup = tmp_path / "backup.db"
    assert cli.json("library", "backup", str(backup))["bytes"] == backup.stat().st_size
    before = cli.json("articles")
    cli("remove", news.coast)
    cli("entities", "remove", "Derna")
    cli("mark", *map(str, cli.ids()), "--read")
    restored = cli.json("library", "restore", str(backup))
    assert restored["articles"] == 8
    assert Path(restored["kept"]).is_file()
    assert cli.json("articles") == before
    assert cli.json("search", "entity:Derna", "--count") == {"count": 2}
    assert cli.json("index", "check") == {"ok": True, "problems": []}
    assert cli.json("library", "check") == {"ok": True, "problems": []}


def test_a_backup_makes_a_library_elsewhere(news: News, cli: CommandLine, tmp_path: Path) -> None:
    cli("library", "backup", str(tmp_path / "backup.db"))
    before = cli.json("articles")
    cli.library = tmp_path / "elsewhere"
    assert cli.json("library", "restore", str(tmp_path / "backup.db"))["kept"] is None
    assert cli.json("articles") == before


def test_what_is_no_backup_restores_nothing(news: News, cli: CommandLine, tmp_path: Path) -> None:
    for content in ("", "words", OPML):
        outcome = cli("library", "restore", str(write(tmp_path / "x", content)))
        assert outcome.code == 1
        assert outcome.sentence
    assert len(cli.ids()) == 8


def without_index(news: News, *, folder: bool) -> None:
    index = LibraryPaths(news.folder).index
    shutil.rmtree(index)
    if folder:
        index.mkdir()


def test_the_index_is_rebuilt_from_the_database(news: News, cli: CommandLine) -> None:
    without_index(news, folder=False)
    check = cli("index", "check", "--json")
    assert (check.code, check.json["ok"]) == (1, False)
    assert cli.json("index", "status")["indexed"] == 0
    assert cli.json("index", "rebuild") == {"indexed": 8}
    assert cli.json("search", "haddar", "--count") == {"count": 3}
    assert cli.json("index", "check")["ok"] is True


@pytest.mark.parametrize("folder", [True, False])
def test_a_lost_index_is_made_again_by_the_first_who_needs_it(
    folder: bool, news: News, cli: CommandLine
) -> None:
    without_index(news, folder=folder)
    assert cli.json("search", "haddar", "--count") == {"count": 3}
    assert cli.json("index", "check")["ok"] is True


def test_a_damaged_index_is_named_with_what_mends_it(news: News, cli: CommandLine) -> None:
    for file in LibraryPaths(news.folder).index.iterdir():
        file.write_bytes(b"")
    outcome = cli("search", "haddar", "--json")
    assert (outcome.code, outcome.out) == (1, "")
    assert "media-reader index rebuild" in outcome.sentence
    check = cli("index", "check", "--json")
    assert (check.code, check.json["ok"]) == (1, False)
    assert "media-reader index rebuild" in check.json["problems"][0]
    assert cli("index", "rebuild").code == 0
    assert cli.json("search", "haddar", "--count") == {"count": 3}


# -- texts from elsewhere


def test_annotate_finds_every_spelling_at_its_place(cli: CommandLine) -> None:
    path = DATA / "article.txt"
    rows = cli.json("annotate", str(path), "--watchlist", str(DATA / "article_watchlist.json"))
    found: dict[str, list[list[Any]]] = {}
    for row in rows:
        assert tuple(row) == ("entity", "type", "alias", "start", "end", "text")
        found.setdefault(row["entity"], []).append([row["start"], row["end"], row["text"]])
    assert found == json.loads((DATA / "article_expected.json").read_text(encoding="utf-8"))
    starts = [row["start"] for row in rows]
    assert starts == sorted(starts)
    assert not cli.library.exists()


def test_annotate_takes_the_text_unchanged(news: News, cli: CommandLine) -> None:
    text = "\ufeffHaddar\r\n\r\n\tL.L.A. и Хаддар"
    rows = cli.json("annotate", "-", stdin=text.encode())
    assert [text[row["start"] : row["end"]] for row in rows] == ["Haddar", "L.L.A.", "Хаддар"]


@pytest.mark.parametrize(("options", "expected"), [((), ["Zembells"]), (("--language", "en"), [])])
def test_annotate_knows_the_endings_of_the_language_the_text_is_in(
    cli: CommandLine, options: tuple[str, ...], expected: list[str]
) -> None:
    assert cli("entities", "add", "Zembell", "--type", "organisation").code == 0
    text = "Zembells Aktie stieg, sagte der Vorstand am Montag in Berlin."
    rows = cli.json("annotate", "-", *options, stdin=text.encode())
    assert [row["text"] for row in rows] == expected


def test_annotate_refuses_what_is_not_utf8(news: News, cli: CommandLine) -> None:
    outcome = cli("annotate", "-", stdin="Хаддар".encode("cp1251"))
    assert (outcome.code, outcome.out) == (1, "")
    assert "UTF-8" in outcome.sentence


def test_annotate_of_an_article_says_which_text_an_offset_is_of(
    news: News, cli: CommandLine
) -> None:
    (row,) = cli.json("search", '"reached derna"')
    article = cli.json("show", str(row["id"]))
    for one in cli.json("annotate", "--article", str(row["id"])):
        text = article[{"body": "text"}.get(one["field"], one["field"])]
        assert text[one["start"] : one["end"]] == one["text"]


def test_percolate_says_which_saved_search_each_line_answers(news: News, cli: CommandLine) -> None:
    lines = [
        {"title": "Haddar speaks", "text": "No radar was seen.", "language": "en"},
        {"title": "Weather", "text": "Rain."},
        {"title": "An S-400", "text": ""},
    ]
    data = "\n\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()
    rows = cli.json("percolate", "-", stdin=data)
    assert [(row["line"], row["saved_search"]) for row in rows] == [
        (1, "radars"), (5, "С-400 «везде»"),
    ]  # fmt: skip
    assert rows[1]["why"] == [{"field": "title", "start": 3, "end": 8, "text": "S-400"}]
    assert len(cli.ids()) == 8


def test_percolate_says_why_it_has_nothing(news: News, cli: CommandLine) -> None:
    for data, why in ((b"", "on standard input"), (b'{"title": "x"}', "No saved search matches")):
        outcome = cli("percolate", "-", "--json", stdin=data)
        assert (outcome.code, outcome.json) == (0, [])
        assert why in outcome.sentence
    for row in cli.json("saved"):
        cli("saved", "remove", row["name"])
    assert "No saved searches yet" in cli("percolate", "-", stdin=b'{"title": "x"}').sentence


@pytest.mark.parametrize(
    "line", [b"words", b"[1]", b'{"title": 5}', b"\xff", b'{"title": "x"', b"5"]
)
def test_percolate_names_the_line_that_is_wrong(line: bytes, cli: CommandLine) -> None:
    outcome = cli("percolate", "-", "--json", stdin=b'{"title": "fine"}\n' + line)
    assert (outcome.code, outcome.out) == (1, "")
    assert "Line 2" in outcome.sentence
